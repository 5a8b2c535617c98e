"""A citation is an address in a code: code, article, then paragraph, item or sentence. It says nothing of the wording.

Written ``code-education/L443-6/s3`` in tables and data; printed as French lawyers write it:
"code de l'éducation, art. L. 443-6, troisième phrase".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from equerre.kernel.errors import CitationError, quoted

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

# A law calls its seventh sentence "septième"; past the tenth, French lawyers write a figure.
_ORDINALS = ("", "", "deux", "trois", "quatr", "cinqu", "six", "sept", "huit", "neuv", "dix")
_LATIN = "bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies"
# L443-6, D443-1-1, 238 bis, 242 nonies A, A47 A-1.
_ARTICLE = re.compile(
    rf"(?P<letter>[LRDA]?)(?P<number>[0-9]+(?:-[0-9]+)*)(?P<rest>(?: (?:{_LATIN})| [A-Z]+(?:-[0-9]+)?)*)"
)
# II (a division of the article), p2 (its second paragraph), 12° or 4 (an item), c (a letter under it), s3 (a sentence).
_PIECE = rf"(?:[IVX]+|[0-9]+°?(?: (?:{_LATIN}))?|[a-z]|[ps][1-9][0-9]*)"
_PART = re.compile(rf"{_PIECE}(?:-{_PIECE})*")


@dataclass(frozen=True, slots=True)
class Citation:
    """An address. ``part`` is ``s3`` for the third sentence, ``p2`` for the second paragraph (*alinéa*), or what the code
    itself numbers, from the widest to the narrowest: ``12°``, ``2°-c``, ``II-1°``.

    Texts come in through :meth:`parse`; the constructor trusts whoever writes the pieces.
    """

    code: str
    article: str
    part: str | None = None

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read ``code/article[/part]``. Raises :class:`CitationError` when it is not an address.

        >>> Citation.parse("code-education/L443-6/s3").part
        's3'
        """
        code, *pieces = text.split("/")
        if code not in CODES or len(pieces) not in (1, 2) or not _ARTICLE.fullmatch(pieces[0]):
            raise CitationError(
                f"{quoted(text)} n'est pas l'adresse d'un article. Écrivez par exemple code-education/L443-6/s3."
            )
        if len(pieces) == 2 and not _PART.fullmatch(pieces[1]):
            raise CitationError(
                f"{quoted(text)} : {quoted(pieces[1])} n'est pas une partie d'article. Écrivez par exemple s3 pour la "
                "troisième phrase, p2 pour le deuxième alinéa, 12°, 2°-c ou II-1°."
            )
        return cls(code, *pieces)

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
        >>> Citation("lpf", "A47 A-1").in_french()
        'livre des procédures fiscales, art. A. 47 A-1'
        """
        found = _ARTICLE.fullmatch(self.article)
        assert found is not None, self.article
        letter, number, rest = found["letter"], found["number"], found["rest"]
        printed = f"art. {letter + '. ' if letter else ''}{number}{rest}{_part_in_french(self.part)}"
        return f"{CODES[self.code]}, {printed}" if with_code else printed


def _part_in_french(part: str | None) -> str:
    """What follows the number: a letter stands beside its item ("2° c"), all else after a comma."""
    printed = ""
    for piece in part.split("-") if part else ():
        beside = piece.isalpha() and piece.islower() and printed[-1:] in ("°", *"0123456789")
        printed += f"{' ' if beside else ', '}{_piece_in_french(piece)}"
    return printed


def _piece_in_french(piece: str) -> str:
    kind, rank = piece[0], piece[1:]
    if kind not in "sp" or not rank:
        return piece
    return f"{_ordinal(int(rank), 'première')} phrase" if kind == "s" else f"{_ordinal(int(rank), 'premier')} alinéa"


def _ordinal(rank: int, first: str) -> str:
    if rank == 1:
        return first
    return f"{_ORDINALS[rank]}ième" if rank < len(_ORDINALS) else f"{rank}e"
