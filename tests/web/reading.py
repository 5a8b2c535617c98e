"""A page as somebody reads it: its text, its links, its classes. HTML that is not closed as it was opened fails."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.test import Client

INLINE = ("a", "b", "code", "del", "em", "ins", "span", "strong", "sup")
VOID = ("meta", "link", "input", "br", "img", "path", "use", "line", "circle", "rect")


class Page(HTMLParser):
    """What a browser would find in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.classes: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.headings: list[int] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.words.append(" ")
        if tag not in VOID:
            self._open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "href":
                assert value != "None", "a link without an address"
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name == "class":
                self.classes.update((value or "").split())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open, f"</{tag}> closes nothing"
            assert self._open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """Its words on one line, with plain spaces and apostrophes."""
        return " ".join("".join(self.words).replace("\xa0", " ").replace("’", "'").split())


def read(client: Client, address: str, status: int = 200) -> Page:
    """The page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return Page(answer.content.decode())
