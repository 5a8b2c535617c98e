"""Fictional schools for the voices, the dossier and the command: files of facts, read as anybody's would be.

``HANGING`` is listed in 2025 and asked between two lists, with a sheet that lapsed under its pupils; ``BARE`` says nothing
but its name; ``REFUSED`` is run by a company, was refused, and opened in the middle of a year; ``MOVED`` changed of body.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from equerre.documents.answer import answer, chosen_options
from equerre.documents.answer_rows import Answer
from equerre.documents.facts_file import read_facts
from equerre.facts.school_facts import SchoolFacts
from equerre.rules.chain import Chain, explain
from equerre.rules.doubt import measure

EXAMPLES = Path(__file__).parents[2] / "examples"

_HEAD = """
fictif = true
[school]
uai = "{uai}"
name = "{name}"
[sources.dossier]
publisher = "Rectorat fictif"
title = "Dossier d'essai"
sha256 = "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea"
[sources.liste]
publisher = "Journal officiel fictif"
title = "Arrêté de liste"
dated_on = 2025-11-20
url = "https://example.org/liste"
"""

HANGING = (
    _HEAD.format(uai="9990012J", name="École de production des Établis")
    + """
[[managing_body]]
name = "Association Les Établis"
legal_category = "9220"
siren = "000000018"
from = 2019-01-01
source = "dossier"
[[statutes_review]]
reviewed_on = 2020-03-02
non_profit = true
reviewer = "le rectorat"
source = "dossier"
[[opening_declaration]]
filed_on = 2020-02-03
acknowledged_on = 2020-02-10
complete_on = 2020-02-17
source = "dossier"
[[recognition]]
effect_on = 2022-06-15
signed_on = 2022-06-09
authority = "le ministre chargé de l'éducation nationale"
number = "FICTIF-22"
source = "dossier"
[[staff_member]]
id = "direction-1"
function = "director"
source = "dossier"
[[staff_member]]
id = "maître-1"
function = "master"
source = "dossier"
[[staff_approval]]
member = "direction-1"
signed_on = 2022-07-01
authority = "le recteur"
source = "dossier"
[[staff_approval]]
member = "maître-1"
signed_on = 2022-07-01
authority = "le recteur"
source = "dossier"
[[annual_list]]
act_year = 2025
signed_on = 2025-11-12
published_on = 2025-11-20
number = "FICTIF-L25"
source = "liste"
[[annual_list_entry]]
act_year = 2025
from = 2025-11-20
source = "liste"
[[audience]]
school_status = 24
from = 2022-09-01
source = "dossier"
[[course]]
id = "cap-métallier"
title = "CAP Métallier"
certification = "RNCP37897"
full_time = true
general_hours = 420
vocational_hours = 840
from = 2022-09-01
source = "dossier"
[[certification]]
code = "RNCP37897"
title = "CAP - Métallier"
kind = "diploma"
level = 3
from = 2023-08-31
until = 2026-09-01
source = "dossier"
[[intake]]
course = "cap-métallier"
entered_on = 2025-09-01
pupils = 12
source = "dossier"
[[cohort]]
exit_year = 2025
horizon = 6
leavers = 9
reached = 7
employed = 6
in_training = 1
unqualified_at_entry = 9
from = 2026-01-01
source = "dossier"
[[bank_details]]
campaign_year = 2026
accepted = true
source = "dossier"
[[agreement]]
id = "région"
party = "une région fictive"
party_kind = "local_authority"
purpose = "equipment"
signed_on = 2026-01-20
signed_by_body = true
signed_by_party = true
written = true
amount_cents = 4000000
source = "dossier"
"""
    + "".join(
        f"""
[[production_count]]
count = "{count}"
value = {value}
from = 2026-01-01
until = 2027-01-01
source = "dossier"
"""
        for count, value in (("orders", 60), ("outside_customers", 22), ("pupils", 24), ("skills", 18), ("hours", 9800))
    )
)

BARE = _HEAD.format(uai="9990024X", name="École sans dossier")

REFUSED = (
    _HEAD.format(uai="9990001X", name="Ateliers Durand")
    + """
[[managing_body]]
name = "Durand Formation"
legal_category = "5710"
from = 2020-01-01
source = "dossier"
[[opening_declaration]]
filed_on = 2020-09-01
acknowledged_on = 2020-09-14
complete_on = 2020-09-21
source = "dossier"
[[recognition_request]]
filed_on = 2021-02-01
source = "dossier"
[[annual_list]]
act_year = 2020
signed_on = 2020-11-12
published_on = 2020-11-20
source = "liste"
"""
)

MOVED = (
    _HEAD.format(uai="9990001X", name="École reprise")
    + """
[[managing_body]]
name = "Première association"
legal_category = "9220"
until = 2025-01-01
source = "dossier"
[[managing_body]]
name = "Seconde association"
legal_category = "9220"
from = 2025-01-01
known_from = 2025-03-01T09:00:00Z
source = "dossier"
[[recognition]]
effect_on = 2022-06-15
authority = "le ministre chargé de l'éducation nationale"
source = "dossier"
"""
)

TEXTS = {"hanging": HANGING, "bare": BARE, "refused": REFUSED, "moved": MOVED}
BETWEEN_LISTS = date(2026, 11, 3)

# Which school, on which day, under which options: what every voice and every dossier is tried on.
ASKED = [
    ("hanging", BETWEEN_LISTS, ()),
    ("hanging", date(2026, 2, 2), ()),
    ("hanging", BETWEEN_LISTS, (("R3", "a"), ("R4:tax", "b"))),
    ("hanging", date(2022, 6, 15), ()),
    ("bare", BETWEEN_LISTS, ()),
    ("bare", date(2020, 1, 1), ()),
    ("refused", date(2021, 3, 1), ()),
    ("refused", date(2021, 6, 1), (("R8", "a"),)),
    ("moved", BETWEEN_LISTS, ()),
    *((f"example:{path.name}", BETWEEN_LISTS, ()) for path in sorted(EXAMPLES.glob("*.toml"))),
]


@cache
def school(name: str) -> SchoolFacts:
    """One of the schools, or an example of the project."""
    kind, _, file = name.partition(":")
    return read_facts((EXAMPLES / file).read_text("utf-8") if file else TEXTS[kind], name=name)


@cache
def chain_of(name: str, on: date, options: tuple[tuple[str, str], ...] = ()) -> Chain:
    return explain(school(name), on, readings=chosen_options(dict(options)))


@cache
def answer_of(name: str, on: date, options: tuple[tuple[str, str], ...] = ()) -> Answer:
    """Its answer. Shared between tests: nobody may change it."""
    chain = chain_of(name, on, options)
    return answer(chain, measure(chain))
