"""What a search may be asked, by name of field in an address: the page and the files that one takes away read the same."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS = ("q", "academie", "region", "departement", "rncp")
# What one may ask of the answers of the day: by value of ``etat``, the link of the chain and how it is said.
STATES: Mapping[str, tuple[str, str]] = {
    "reconnue": ("recognition", "reconnue par l'État"),
    "liste": ("annual_list", "sur la liste annuelle"),
    "solde": ("tax_balance", "ayant droit au solde"),
}
# What a search reads of an address.
SEARCH = (*FIELDS, *(f"etat_{state}" for state in STATES))
