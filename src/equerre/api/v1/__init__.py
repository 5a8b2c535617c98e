"""Version 1 of the API: one file a resource, and ``shapes`` for what several answer with. Addresses and names never change.

What is added later is added beside: a program that ignores what it does not know goes on working.
"""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from equerre.api.problems import answer_problems
from equerre.api.v1 import acts, annual_list, articles, certifications, changes, readings, schools


class French(JSONRenderer):
    """JSON in UTF-8, without blanks."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}  # noqa: RUF012 (the library's own form)


ABOUT = """\
Le registre public des écoles de production (code de l'éducation, art. L. 443-6), en lecture.

- Chaque réponse vaut pour un jour (`on`, aujourd'hui par défaut) et pour un état des connaissances (`known_at`).
- Un résultat vaut `MET` (oui), `NOT_MET` (non), `UNKNOWN` (on ne sait pas) ou `NOT_APPLICABLE` (sans objet). `UNKNOWN` n'est
  jamais un non.
- `hangs_on` nomme les lectures du droit qui changeraient la réponse ; sans elles, la réponse tient sous toute lecture.
- Les périodes sont semi-ouvertes : `until` est le premier jour qui n'en fait plus partie.
- `ETag` et `If-None-Match` évitent de tout retélécharger. Les en-têtes `RateLimit-*` disent ce qu'il vous reste.
- Un problème se lit en `application/problem+json` (RFC 9457).
- Données sous Licence Ouverte 2.0.
"""

api = NinjaAPI(
    title="Équerre : registre des écoles de production",
    version="1",
    description=ABOUT,
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    renderer=French(),
)
answer_problems(api)
for resource in (schools, annual_list, acts, certifications, articles, readings, changes):
    api.add_router("", resource.router)
