"""``equerre what-if``: the same school with a fact changed, a fact less, or on another day; and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

import click

from equerre.cli.explain import known_option, on_option
from equerre.cli.french import Command, form_option
from equerre.cli.given import facts_of, facts_option, read_options, readings_option, uai_argument
from equerre.cli.moments import DAY, as_day, or_today
from equerre.documents.answer import answer, canonical
from equerre.documents.answer_rows import Answer
from equerre.documents.difference import differences, page
from equerre.documents.facts_file import facts_from_json, facts_to_json
from equerre.documents.facts_file.values import JsonDates, Wrong, day_of, value_of
from equerre.facts import KINDS
from equerre.facts.kind import Field
from equerre.facts.school_facts import SchoolFacts
from equerre.kernel.errors import FactsError, PeriodError, quoted
from equerre.kernel.french import listed
from equerre.rules.chain import Chain, explain
from equerre.rules.doubt import measure
from equerre.rules.what_if import compare, replaced, without

_CHANGE = re.compile(r"(?P<name>(?P<kind>[a-z_0-9]+)(?:\[.*?\])?)\.(?P<field>[a-z_0-9]+)=(?P<value>.*)", re.DOTALL)
_PERIOD = ("from", "until")
_YES_OR_NO = {"oui": True, "true": True, "non": False, "false": False}


@click.command(
    "what-if",
    cls=Command,
    help="Changer un fait, en retirer un ou prendre un autre jour, et voir ce qui change dans la chaîne.",
)
@uai_argument
@facts_option
@on_option
@known_option
@readings_option
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NOM.CHAMP=VALEUR",
    help="Changer un champ d'un fait : recognition.effect_on=2027-01-01. Sans valeur, le champ s'efface. Les champs from et "
    "until bornent le fait.",
)
@click.option(
    "--remove", "removed", multiple=True, metavar="NOM", help="Faire comme si personne n'avait donné ce fait."
)
@click.option("--day", "other_day", callback=as_day, metavar=DAY, help="Comparer à la chaîne de cet autre jour.")
@form_option
def command(
    uai: str | None,
    path: str | None,
    on: date | None,
    known_at: datetime | None,
    choices: Sequence[str],
    changes: Sequence[str],
    removed: Sequence[str],
    other_day: date | None,
    form: str,
) -> None:
    """Explain twice, compare, print."""
    if not (changes or removed or other_day):
        raise FactsError(["Dites ce qui change : --set NOM.CHAMP=VALEUR, --remove NOM, ou --day AAAA-MM-JJ."])
    facts, options = facts_of(uai, path, known_at), read_options(choices)
    day = or_today(on)
    before = explain(facts, day, known_at=known_at, readings=options)
    after = explain(changed(facts, changes, removed), other_day or day, known_at=known_at, readings=options)
    told = [*changes, *(f"sans {name}" for name in removed)]
    found = differences(_answered(before), _answered(after), compare(before, after), told)
    if form == "json":
        click.echo(canonical(found), nl=False)
    else:
        from equerre.cli.terminal import show

        show(page(found))


def _answered(chain: Chain) -> Answer:
    return answer(chain, measure(chain))


def changed(facts: SchoolFacts, changes: Sequence[str], removed: Sequence[str]) -> SchoolFacts:
    """The facts as asked, read again as a file would be: the same refusals. Raises :class:`FactsError`."""
    asked: dict[str, dict[str, object]] = {}
    problems: list[str] = []
    for change in changes:
        try:
            name, field, value = _change(change)
        except Wrong as wrong:
            problems.append(f"{quoted(change, longest=80)} : {wrong}")
        else:
            asked.setdefault(name, {})[field] = value
    if problems:
        raise FactsError(problems)
    for name in removed:
        facts = without(facts, name)
    for name, fields in asked.items():
        try:
            facts = replaced(facts, name, fields)
        except PeriodError as error:
            raise FactsError([f"{name} : {error}"]) from None
    return facts_from_json(facts_to_json(facts))


def _change(change: str) -> tuple[str, str, object]:
    found = _CHANGE.fullmatch(change)
    if found is None:
        raise Wrong("écrivez NOM.CHAMP=VALEUR, par exemple recognition.effect_on=2027-01-01.")
    kind, name, text = found["kind"], found["field"], found["value"]
    declared = KINDS.get(kind)
    if declared is None:
        raise Wrong(f"aucune sorte de fait ne s'appelle {quoted(kind)}.")
    if name in _PERIOD:
        if not text and name == "from" and declared.starts:
            raise Wrong(f"ce fait commence par son jour, {declared.starts} : from ne s'efface pas.")
        return found["name"], name, day_of(text, JsonDates()) if text else None
    field = declared.fields.get(name)
    if field is None:
        raise Wrong(f"ce champ n'existe pas. Écrivez {listed([*declared.fields, *_PERIOD], last='ou')}.")
    return found["name"], name, _value(field, text)


def _value(field: Field, text: str) -> object:
    """A text typed, as the value of its field."""
    if not text:
        if field.required:
            raise Wrong("ce champ est obligatoire : il ne s'efface pas.")
        return field.default
    raw: object = text
    if field.many:
        raw = [value.strip() for value in text.split(",")]
    elif field.base is bool:
        raw = _YES_OR_NO.get(text.lower(), text)
        if not isinstance(raw, bool):
            raise Wrong(f"{quoted(text)} n'est ni oui ni non. Écrivez oui ou non.")
    elif field.base is int and re.fullmatch(r"-?[0-9]{1,18}", text):
        raw = int(text)
    return value_of(field, raw, JsonDates())
