"""The style sheet: small, alone, and holding every class that a page wears."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import equerre.web

ROOM = Path(equerre.web.__file__).parent
SHEET = (ROOM / "static" / "equerre.css").read_text("utf-8")
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))


def test_it_is_small_and_asks_nobody_for_anything() -> None:
    assert len(SHEET.encode()) < 24_000
    assert "@import" not in SHEET
    assert not re.findall(r"url\((?!#)", SHEET)


def test_every_class_of_a_page_is_in_it() -> None:
    worn: set[str] = set()
    for template in TEMPLATES:
        for found in re.findall(r'class="([^"]*)"', template.read_text("utf-8")):
            worn.update(re.sub(r"\{[{%].*?[%}]\}", " ", found).split())
    drawn = set(re.findall(r"\.([a-z][\w-]*)", SHEET))
    assert worn
    assert worn <= drawn


def test_what_others_wrote_is_as_they_published_it() -> None:
    said = (ROOM / "static" / "htmx.txt").read_text("utf-8")
    assert sha256((ROOM / "static" / "htmx.min.js").read_bytes()).hexdigest() in said
    assert "Zero-Clause BSD" in said


def test_no_template_writes_a_style_or_a_script() -> None:
    """A script is a file of ours, or data that no browser runs."""
    for template in TEMPLATES:
        html = re.sub(r'<script (src="\{% static|type="application/ld\+json")', "", template.read_text("utf-8"))
        assert not re.search(r"\sstyle=|<style|<script|javascript:|\son[a-z]+=\"", html), template.name
