"""One invented school in the registry, with the site that bears its UAI: what the tests of the pages start from."""

from __future__ import annotations

from dataclasses import replace

from equerre.facts.opening import Site
from equerre.kernel.fact import Fact, Source
from equerre.kernel.period import Period
from equerre.registry import models
from tests.registry import writing
from tests.rules.schools import rich_school

UAI = "9990012J"


def a_school(key: str = "ecole-1", name: str = "École d'essai") -> models.School:
    """The rich school of the cases, recorded."""
    site = Site("principal", main=True, uai=UAI, departement="86")
    facts = rich_school().with_rows(
        "site", [Fact("site[principal]", site, Period(), Source("site", "Rectorat", "Registre"))]
    )
    return writing.load(replace(facts, name=name), key)
