"""Which school is which: the key that the registry gives it, the UAI and the name that it bears last. Three queries.

For what names schools without asking anything else of them: a change of the register, an act, a line of a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from equerre.documents.portrait.change import Named
from equerre.registry import models


def named(schools: Iterable[int] | None, known_at: datetime | None = None) -> dict[int, Named]:
    """These schools, or all, by their number in the database, in the order of their keys. One that had neither a name nor a
    number then is not told of.
    """
    some = None if schools is None else set(schools)
    if some == set():
        return {}
    identities = models.School.objects.order_by("key")
    names = models.SchoolName.objects.held(known_at).in_time()
    sites = models.SiteDetails.objects.held(known_at).filter(uai__isnull=False).in_time()
    if some is not None:
        identities = identities.filter(pk__in=some)
        names, sites = names.filter(school__in=some), sites.filter(site__school__in=some)
    name_of = dict(names.values_list("school_id", "name"))
    # The UAI that the main site bears last, as ``registry.selectors`` has it; that of another site when none is main.
    uai_of: dict[int, str] = {}
    for school, uai, main in sites.values_list("site__school_id", "uai", "main"):
        if uai is not None and (main or school not in uai_of):
            uai_of[school] = uai
    return {
        pk: Named(key, uai_of.get(pk, key), name_of.get(pk, key), fictional)
        for pk, key, fictional in identities.values_list("pk", "key", "fictional")
        if pk in name_of or pk in uai_of
    }
