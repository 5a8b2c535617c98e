"""A citation is an address in a code: code, article, then paragraph, item or sentence. It says nothing of the wording.

Written ``code-education/L443-6/s3`` in tables and data; printed as French lawyers write it:
"code de l'éducation, art. L. 443-6, troisième phrase".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from equerre.kernel.errors import CitationError

CODES = {
    "code-education": "code de l'éducation",
    "code-travail": "code du travail",
    "code-securite-sociale": "code de la sécurité sociale",
    "code-commerce": "code de commerce",
    "cgi": "code général des impôts",
    "cgi-annexe-2": "code général des impôts, annexe II",
    "lpf": "livre des procédures fiscales",
    "crpa": "code des relations entre le public et l'administration",
    "cja": "code de justice administrative",
}

_ORDINALS = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième")
_ARTICLE = re.compile(r"(?P<letter>[LRDA]?)(?P<number>\d+(?:-\d+)*)(?P<rest>(?: [A-Z0-9-]+| bis| ter)*)")


@dataclass(frozen=True, slots=True)
class Citation:
    """An address. ``part`` is ``s3`` for the third sentence, or an item as the code numbers it: ``12°``, ``2°-c``."""

    code: str
    article: str
    part: str | None = None

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read ``code/article[/part]``. Raises :class:`CitationError` when it is not an address.

        >>> Citation.parse("code-education/L443-6/s3").part
        's3'
        """
        pieces = text.split("/")
        if len(pieces) not in (2, 3) or pieces[0] not in CODES or not _ARTICLE.fullmatch(pieces[1]):
            raise CitationError(
                f"« {text} » n'est pas l'adresse d'un article. Écrivez par exemple code-education/L443-6/s3."
            )
        return cls(*pieces)

    @property
    def whole_article(self) -> Citation:
        return self if self.part is None else Citation(self.code, self.article)

    def __str__(self) -> str:
        return f"{self.code}/{self.article}" + (f"/{self.part}" if self.part else "")

    def in_french(self, *, with_code: bool = True) -> str:
        """As French lawyers write it.

        >>> Citation("code-travail", "L6241-5", "2°-c").in_french()
        'code du travail, art. L. 6241-5, 2° c'
        >>> Citation("code-education", "L443-6", "s1").in_french(with_code=False)
        'art. L. 443-6, première phrase'
        """
        found = _ARTICLE.fullmatch(self.article)
        assert found is not None, self.article
        letter, number, rest = found["letter"], found["number"], found["rest"]
        printed = f"art. {letter + '. ' if letter else ''}{number}{rest}"
        if self.part:
            if re.fullmatch(r"s\d+", self.part):
                printed += f", {_ORDINALS[int(self.part[1:]) - 1]} phrase"
            else:
                printed += ", " + self.part.replace("-", " ")
        return f"{CODES[self.code]}, {printed}" if with_code else printed
