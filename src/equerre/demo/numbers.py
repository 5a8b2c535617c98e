"""Numbers of schools and bodies that do not exist: right by their control letter or figure, and nobody's.

Made from the académie and the rank of a school in the table, so that a number says where it comes from: 999 (which belongs to
no département), the académie on two figures, the rank on two. ``tests/demo/test_demo_year.py`` looks for each of them in real
files, when there are some beside the project.
"""

from __future__ import annotations

from equerre.kernel import uai


def fictional_uai(academie: str, rank: int) -> str:
    """
    >>> fictional_uai("02", 1)
    '9990201P'
    """
    digits = f"{uai.FICTIONAL_PREFIX}{academie}{rank:02}"
    return digits + uai.check_letter(digits)


def fictional_siren(academie: str, rank: int) -> str:
    """
    >>> fictional_siren("02", 1)
    '000702019'
    """
    return _with_control(f"0007{academie}{rank:02}")


def fictional_siret(siren: str, establishment: int) -> str:
    """
    >>> fictional_siret("000702019", 1)
    '00070201900019'
    """
    return _with_control(f"{siren}{establishment:04}")


def _with_control(digits: str) -> str:
    """The digits and the last one that Luhn's rule calls for."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))]
    return digits + str(-sum(number - 9 if number > 9 else number for number in doubled) % 10)
