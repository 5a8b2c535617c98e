"""What can be said: one module per word, each kind of fact declared once (``kind``), and the plain facts of one school.

A new kind is a class in the module of its word, a model of the register, a migration, and its row in the glossary: nothing else
is touched. Names are those of ``docs/glossary.md``. Sums of money are integer cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from equerre.facts.kind import DECLARED, Kind

# The order of templates, guides, schemas and dossiers: that of the chain. A module that is not named here comes last.
_ORDER = (
    *("school", "managing_body", "opening", "recognition", "staff_approval", "annual_list", "regional_list", "acts"),
    *("teaching", "qualifications", "production", "insertion", "tax_balance", "agreements", "calendar", "statements"),
)
_FOUND = [module.name for module in iter_modules(__path__) if module.name not in ("kind", "school_facts")]

for _name in (*_ORDER, *(name for name in _FOUND if name not in _ORDER)):
    import_module(f"{__name__}.{_name}")

# Every kind that the register keeps, and those among them that rules read, by name.
KEPT: Mapping[str, Kind] = DECLARED
KINDS: Mapping[str, Kind] = {name: kind for name, kind in DECLARED.items() if kind.read}
