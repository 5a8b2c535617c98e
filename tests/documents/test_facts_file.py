"""Files of facts: what is read, what is refused and in which words, and that writing then reading changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equerre.documents.facts_file import facts_from_json, facts_to_json, read_facts, read_facts_bytes, write_facts
from equerre.documents.facts_file.shape import COMMON
from equerre.documents.facts_file.template import template
from equerre.facts import KINDS
from equerre.facts.managing_body import ManagingBody, StatutesReview
from equerre.facts.recognition import Recognition
from equerre.facts.school_facts import SchoolFacts
from equerre.facts.teaching import Audience, Course
from equerre.kernel.errors import FactsError
from equerre.kernel.fact import Fact, Source
from equerre.kernel.period import Period
from tests.strategies import school_facts

HEAD = """\
fictif = true
[school]
uai = "9990012J"
name = "École de l'exemple"
[sources.acte]
publisher = "Ministère fictif"
title = "Arrêté fictif"
"""  # what a body adds begins on line 8


def read(body: str) -> SchoolFacts:
    return read_facts(HEAD + body, name="école.toml")


def problems(text: str) -> list[str]:
    with pytest.raises(FactsError) as caught:
        read_facts(text, name="école.toml")
    return list(caught.value.problems)


# --- What is read ------------------------------------------------------------------------------------------------------


def test_a_fact_has_its_value_its_two_times_and_its_source() -> None:
    facts = read(
        """
[[recognition]]
effect_on = 2026-06-12
authority = "le ministre"
sites = ["principal"]
until = 2027-01-01
known_from = 2026-06-15T10:00:00+02:00
source = "acte"
"""
    )
    assert facts[Recognition] == (
        Fact(
            "recognition",
            Recognition(date(2026, 6, 12), "le ministre", sites=("principal",)),
            Period(date(2026, 6, 12), date(2027, 1, 1)),
            Source("acte", "Ministère fictif", "Arrêté fictif"),
            Period(datetime(2026, 6, 15, 8, tzinfo=UTC)),
        ),
    )
    assert (facts.uai, facts.name, facts.fictional) == ("9990012J", "École de l'exemple", True)


def test_a_last_day_is_included() -> None:
    facts = read('[[audience]]\nschool_status = 3\nlast_day = 2026-08-31\nsource = "acte"\n')
    assert facts[Audience][0].valid == Period(None, date(2026, 9, 1))


def test_from_may_differ_from_the_day_of_the_event() -> None:
    row = 'reviewed_on = 2024-01-17\nnon_profit = true\nreviewer = "le rectorat"\nsource = "acte"\n'
    assert read(f"[[statutes_review]]\n{row}")[StatutesReview][0].valid.start == date(2024, 1, 17)
    assert read(f"[[statutes_review]]\nfrom = 2020-01-01\n{row}")[StatutesReview][0].valid.start == date(2020, 1, 1)


def test_an_identifier_is_kept_in_its_one_form() -> None:
    row = 'name = "A"\nlegal_category = "9220"\nsiren = "000 000 018"\nsource = "acte"\n'
    assert read(f"[[managing_body]]\n{row}")[ManagingBody][0].value.siren == "000000018"


def test_a_correction_does_not_overlap_what_it_corrects() -> None:
    facts = read(
        """
[[audience]]
school_status = 3
known_until = 2026-01-01T00:00:00Z
source = "acte"
[[audience]]
school_status = 4
known_from = 2026-01-01T00:00:00Z
source = "acte"
"""
    )
    assert facts.as_known(None)[Audience][0].value.school_status == 4


def test_windows_line_ends_and_byte_order_mark_are_read() -> None:
    text = (HEAD + '[[audience]]\nschool_status = 3\nsource = "acte"\n').replace("\n", "\r\n")
    assert read_facts_bytes(b"\xef\xbb\xbf" + text.encode(), name="école.toml") == read_facts(text, name="école.toml")


def test_ten_thousand_facts_are_read_and_found() -> None:
    row = '[[course]]\nid = "c{}"\ntitle = "CAP"\ncertification = "RNCP37897"\nsource = "{}"\n'
    assert len(read("".join(row.format(n, "acte") for n in range(10_000)))[Course]) == 10_000
    found = problems(HEAD + "".join(row.format(n, "acte" if n < 9_999 else "acta") for n in range(10_000)))
    assert found == ["Ligne 50007, course.source : aucune source ne s'appelle « acta ». Vouliez-vous dire « acte » ?"]


def test_no_field_of_a_kind_has_the_name_of_what_every_fact_says() -> None:
    for kind in KINDS.values():
        assert not set(kind.fields) & set(COMMON)


# --- What is refused ---------------------------------------------------------------------------------------------------

ROW = '[[recognition]]\neffect_on = 2026-06-12\nauthority = "le ministre"\nsource = "acte"\n'
AUDIENCE = '[[audience]]\nschool_status = 3\nsource = "acte"\n'

BAD: dict[str, tuple[str, list[str]]] = {
    "unknown table": (
        '[[recogniton]]\nsource = "acte"\n',
        ["Ligne 8, recogniton : cette table n'existe pas. Vouliez-vous dire « recognition » ?"],
    ),
    "unknown table, in French": (
        '[[organisme_gestionnaire]]\nsource = "acte"\n',
        ["Ligne 8, organisme_gestionnaire : cette table n'existe pas. Vouliez-vous dire « managing_body » ?"],
    ),
    "unknown table, far from all": (
        '[[zzz]]\nsource = "acte"\n',
        ["Ligne 8, zzz : cette table n'existe pas. Voyez le modèle : equerre facts --template."],
    ),
    "unknown key": (
        ROW + "efect = 2026-01-01\nsined_on = 2026-06-09\n",
        [
            "Ligne 12, recognition.efect : cette clé n'existe pas. Vouliez-vous dire « effect_on » ?",
            "Ligne 13, recognition.sined_on : cette clé n'existe pas. Vouliez-vous dire « signed_on » ?",
        ],
    ),
    "unknown key, far from all": (
        AUDIENCE + "zzz = 1\n",
        [
            "Ligne 11, audience.zzz : cette clé n'existe pas. Les clés possibles : school_status, apprentices, trainees, from, "
            "until, last_day, known_from, known_until, source."
        ],
    ),
    "missing keys": ("[[recognition]]\n", ["Ligne 8, recognition : il manque effect_on, authority et source."]),
    "one bracket": (
        "[recognition]\n",
        ["Ligne 8, recognition : chaque fait a sa table, comme [[recognition]]."],
    ),
    "text for a date": (
        ROW + 'signed_on = "oui"\n',
        [
            "Ligne 12, recognition.signed_on : « oui » n'est pas une date. Une date s'écrit année-mois-jour, comme 2026-09-01, "
            "sans guillemets."
        ],
    ),
    "date in quotes": (
        ROW + 'signed_on = "2026-06-09"\n',
        [
            "Ligne 12, recognition.signed_on : « 2026-06-09 » est un texte. Une date s'écrit sans guillemets : 2026-06-09."
        ],
    ),
    "French date in quotes": (
        ROW + 'signed_on = "9/6/2026"\n',
        [
            "Ligne 12, recognition.signed_on : « 9/6/2026 ». Une date s'écrit année-mois-jour : 2026-06-09 pour le 9 juin 2026."
        ],
    ),
    "instant for a date": (
        ROW + "signed_on = 2026-06-09T10:00:00Z\n",
        [
            "Ligne 12, recognition.signed_on : « 2026-06-09T10:00:00+00:00 » porte une heure. Écrivez le jour seul, comme "
            "2026-06-09."
        ],
    ),
    "impossible dates, unquoted text, all at once": (
        ROW + "signed_on = 2024-02-30\npublished_on = 2023-02-29\nnumber = FICTIF-12\nenquiry_on = 2024-13-01\n",
        [
            "Ligne 12, signed_on : « 2024-02-30 ». Le 30 février n'existe pas. Février s'arrête au 29.",
            "Ligne 13, published_on : « 2023-02-29 ». Le 29 février n'existe pas en 2023. Février s'arrête au 28.",
            "Ligne 14, number : « FICTIF-12 » n'est pas lisible. Un texte s'écrit entre guillemets droits (\"…\"), une date "
            "sans guillemets (2026-09-01), oui true, non false.",
            "Ligne 15, enquiry_on : « 2024-13-01 ». Le mois 13 n'existe pas. Une date s'écrit année-mois-jour, comme "
            "2026-09-01.",
        ],
    ),
    "dates of other kinds": (
        ROW + "signed_on = 2026-6-9\npublished_on = 14/06/2026\n",
        [
            "Ligne 12, signed_on : « 2026-6-9 ». Une date s'écrit année-mois-jour : 2026-06-09 pour le 9 juin 2026.",
            "Ligne 13, published_on : « 14/06/2026 ». Une date s'écrit année-mois-jour : 2026-06-14 pour le 14 juin 2026.",
        ],
    ),
    "a date for ever": (
        AUDIENCE + "until = 9999-12-31\n",
        [
            "Ligne 11, audience.until : « 9999-12-31 ». Équerre lit les dates de 1800 à 2199. Une fin inconnue ne s'écrit pas : "
            "retirez la ligne."
        ],
    ),
    "a key without value": (
        AUDIENCE + "until =   # inconnu\n",
        ["Ligne 11, until : il manque la valeur après le signe =. Si vous ne la connaissez pas, retirez la ligne."],
    ),
    "yes for a boolean": (
        ROW + 'cse_opinion_favourable = "oui"\n',
        [
            "Ligne 12, recognition.cse_opinion_favourable : « oui » n'est ni oui ni non. Écrivez true pour oui, false pour non, "
            "en minuscules et sans guillemets."
        ],
    ),
    "yes without quotes": (
        ROW + "cse_opinion_favourable = oui\n",
        [
            "Ligne 12, cse_opinion_favourable : « oui ». Écrivez true pour oui, false pour non, en minuscules et sans "
            "guillemets."
        ],
    ),
    "typographic quotes": (
        ROW + "number = “FICTIF-12”\n",
        ['Ligne 12, number : « “FICTIF-12” ». Remplacez ces guillemets par des guillemets droits ("…").'],
    ),
    "text for a number": (
        '[[audience]]\nschool_status = "3"\nsource = "acte"\n',
        [
            "Ligne 9, audience.school_status : « 3 » n'est pas un nombre entier. Écrivez-le en chiffres, sans guillemets ni "
            "virgule."
        ],
    ),
    "negative number": (
        '[[audience]]\nschool_status = -3\nsource = "acte"\n',
        ["Ligne 9, audience.school_status : -3. Ce nombre ne peut pas être négatif."],
    ),
    "number too large to print": (
        "[[audience]]\nschool_status = 0x" + "f" * 5000 + '\nsource = "acte"\n',
        ["Ligne 9, audience.school_status : un nombre démesuré. Écrivez un nombre de 0 à 9007199254740991."],
    ),
    "reading that does not exist": (
        '[[ruling]]\nwritten_on = 2026-01-05\nreading = "R0"\noption = "a"\nauthority = "le recteur"\nsource = "acte"\n',
        ["Ligne 10, ruling.reading : « R0 ». Une lecture s'écrit R et son numéro, par exemple « R3 »."],
    ),
    "year on two figures": (
        '[[annual_list_entry]]\nact_year = 25\nsource = "acte"\n',
        ["Ligne 9, annual_list_entry.act_year : 25. Écrivez un nombre de 1800 à 2199."],
    ),
    "number for a text": (
        '[[staff_member]]\nid = 12\nfunction = "director"\nsource = "acte"\n',
        ["Ligne 9, staff_member.id : 12 n'est pas un texte. Écrivez-le entre guillemets droits."],
    ),
    "text for a list": (
        ROW + 'sites = "principal"\n',
        [
            "Ligne 12, recognition.sites : « principal » n'est pas une liste. Écrivez des crochets et des textes : "
            '["a", "b"].'
        ],
    ),
    "empty text": (
        ROW + 'number = ""\n',
        [
            "Ligne 12, recognition.number : le texte est vide. Écrivez-le ; s'il est facultatif et inconnu, retirez la ligne."
        ],
    ),
    "text that drives a terminal": (
        ROW + 'number = "\\u001B[31m"\n',
        [
            "Ligne 12, recognition.number : « �[31m » contient un caractère invisible (U+001B). Retirez-le : un texte tient sur "
            "une seule ligne."
        ],
    ),
    "wrong choice": (
        '[[staff_member]]\nid = "a"\nfunction = "directeur"\nsource = "acte"\n',
        [
            "Ligne 10, staff_member.function : « directeur » n'est pas un choix possible. Écrivez director, teacher, master ou "
            "speaker."
        ],
    ),
    "wrong number among few": (
        '[[cohort]]\nexit_year = 2025\nhorizon = 7\nleavers = 3\nreached = 3\nsource = "acte"\n',
        ["Ligne 10, cohort.horizon : 7. Écrivez 6, 12, 18 ou 24."],
    ),
    "key with a space": (
        '[[staff_member]]\nid = "Mme X"\nfunction = "director"\nsource = "acte"\n',
        [
            "Ligne 9, staff_member.id : « Mme X ». Écrivez un nom court, sans espace, virgule ni crochet, par exemple "
            "« cap-métallier »."
        ],
    ),
    "wrong SIREN and legal category": (
        '[[managing_body]]\nname = "A"\nlegal_category = "association"\nsiren = "000000019"\nsource = "acte"\n',
        [
            "Ligne 10, managing_body.legal_category : « association ». La catégorie juridique de l'Insee a quatre chiffres, par "
            "exemple « 9220 ».",
            "Ligne 11, managing_body.siren : « 000000019 ». Le dernier chiffre, qui contrôle les autres, les contredit. Un "
            "chiffre est faux ou deux sont inversés : recopiez-le de l'avis de situation Sirene.",
        ],
    ),
    "SIRET spoiled by a spreadsheet": (
        '[[site]]\nid = "a"\nsiret = "2,17003E+13"\nsource = "acte"\n',
        [
            "Ligne 10, site.siret : « 2,17003E+13 ». Le tableur a abîmé ce numéro, il l'a pris pour une quantité et des "
            "chiffres ont pu se perdre. Reprenez-le à la source et redonnez-le en texte, quatorze chiffres."
        ],
    ),
    "wrong sheet of the RNCP": (
        '[[course]]\nid = "a"\ntitle = "CAP"\ncertification = "37897"\nsource = "acte"\n',
        ["Ligne 11, course.certification : « 37897 ». Écrivez RNCP devant le numéro, pour qu'on le reconnaisse."],
    ),
    "wrong successor": (
        '[[certification]]\ncode = "RNCP37897"\ntitle = "CAP"\nkind = "diploma"\nsuccessors = ["RS12"]\nsource = "acte"\n',
        [
            "Ligne 12, certification.successors : « RS12 ». RS est le répertoire spécifique. Une école de production prépare un "
            "diplôme ou un titre du RNCP : donnez le numéro de sa fiche RNCP."
        ],
    ),
    "unknown département": (
        '[[site]]\nid = "a"\ndepartement = "1"\nsource = "acte"\n',
        [
            "Ligne 10, site.departement : « 1 ». Aucun département n'a ce code : il s'écrit comme « 01 », « 2A » ou « 974 »."
        ],
    ),
    "school year of three years": (
        '[[annual_list]]\nact_year = 2025\npublished_on = 2025-11-20\nschool_year = "2025-2027"\nsource = "acte"\n',
        [
            "Ligne 11, annual_list.school_year : « 2025-2027 ». Une année scolaire va d'une année à la suivante, comme "
            "« 2025-2026 »."
        ],
    ),
    "list signed in another year": (
        '[[annual_list]]\nact_year = 2025\nsigned_on = 2024-11-09\npublished_on = 2024-11-26\nsource = "acte"\n',
        [
            "Ligne 9, annual_list.act_year : 2025, mais l'arrêté est signé le 9 novembre 2024. act_year est l'année de la "
            "signature."
        ],
    ),
    "ruling on an option that does not exist": (
        '[[ruling]]\nwritten_on = 2026-01-05\nreading = "R3"\noption = "z"\nauthority = "le recteur"\nsource = "acte"\n',
        ["Ligne 11, ruling.option : « z ». La lecture R3 n'a pas d'option « z » : choisissez a, b ou c."],
    ),
    "absence of what is no fact": (
        '[[stated_absence]]\nof = "recognitions"\nsource = "acte"\n',
        [
            "Ligne 9, stated_absence.of : « recognitions » n'est pas une sorte de fait. Écrivez par exemple « recognition » ou "
            "« opposition »."
        ],
    ),
    "more reached than left": (
        '[[cohort]]\nexit_year = 2025\nhorizon = 6\nleavers = 3\nreached = 4\nsource = "acte"\n',
        ["Ligne 12, cohort.reached : 4 personnes jointes pour 3 sortants. Relisez les deux nombres."],
    ),
    "period that ends before it starts": (
        ROW + "until = 2026-01-01\n",
        [
            "Ligne 12, recognition.until : la période finit le 1er janvier 2026 et commence le 12 juin 2026. Elle doit "
            "commencer avant de finir : until est le premier jour qui n'en est plus."
        ],
    ),
    "last day before the first": (
        AUDIENCE + "from = 2026-09-01\nlast_day = 2026-08-31\n",
        [
            "Ligne 12, audience.last_day : la période finit le 31 août 2026 inclus et commence le 1er septembre 2026. Elle doit "
            "commencer avant de finir."
        ],
    ),
    "two ends": (
        AUDIENCE + "until = 2026-09-01\nlast_day = 2026-08-31\n",
        [
            "Ligne 12, audience.last_day : until et last_day disent deux fins. Gardez-en une : last_day est le dernier jour "
            "inclus, until le lendemain."
        ],
    ),
    "local instant": (
        AUDIENCE + "known_from = 2026-01-05T09:00:00\n",
        [
            "Ligne 11, audience.known_from : « 2026-01-05T09:00:00 ». Il manque le fuseau. Un instant s'écrit avec l'heure et "
            "son fuseau, comme 2026-01-05T09:00:00+01:00 (Paris en hiver, +02:00 en été) ou 2026-01-05T08:00:00Z."
        ],
    ),
    "date for an instant": (
        AUDIENCE + "known_from = 2026-01-05\n",
        [
            "Ligne 11, audience.known_from : « 2026-01-05 » n'est pas un instant. Un instant s'écrit avec l'heure et son "
            "fuseau, comme 2026-01-05T09:00:00+01:00 (Paris en hiver, +02:00 en été) ou 2026-01-05T08:00:00Z."
        ],
    ),
    "knowledge that ends before it starts": (
        AUDIENCE + "known_from = 2026-01-05T09:00:00Z\nknown_until = 2026-01-05T10:00:00+01:00\n",
        [
            "Ligne 12, audience.known_until : known_until, où l'on cesse de tenir ce fait pour vrai, vient après known_from."
        ],
    ),
    "unknown source": (
        '[[audience]]\nschool_status = 3\nsource = "registre"\n',
        ["Ligne 10, audience.source : aucune source ne s'appelle « registre ». Décrivez-la dans [sources.registre]."],
    ),
    "a wrong source is said once": (
        '[sources.b]\npublisher = "B"\nurl = "ftp://b"\n[[audience]]\nschool_status = 3\nsource = "b"\n',
        [
            "Ligne 8, sources.b : il manque title.",
            "Ligne 10, sources.b.url : « ftp://b ». Une adresse commence par https://.",
        ],
    ),
    "two facts that overlap": (
        AUDIENCE + "from = 2025-09-01\n" + AUDIENCE + "from = 2026-01-01\nuntil = 2026-09-01\n",
        [
            "Ligne 12, audience : ce fait et celui de la ligne 8 portent tous deux sur audience à partir du 1er janvier 2026 "
            "jusqu’au 31 août 2026 inclus. Finissez l'un par until ; si l'un corrige l'autre, finissez la connaissance du "
            "premier par known_until."
        ],
    ),
    "the same key in one table": (
        AUDIENCE + "school_status = 4\n",
        [
            "Ligne 11, colonne 18 : la même clé est donnée deux fois dans une table. Retirez l'une des deux. La suite du "
            "fichier n'a pas été lue."
        ],
    ),
    "the same table twice": (
        "[audience]\n[audience]\n",
        [
            "Ligne 9, colonne 10 : cette table est déjà ouverte plus haut. Chaque fait s'ouvre par deux crochets, comme "
            "[[course]]. La suite du fichier n'a pas été lue."
        ],
    ),
    "unclosed text": (
        ROW + 'number = "FICTIF\n',
        [
            "Ligne 12, colonne 17 : un texte n'est pas refermé, il manque un guillemet droit. La suite du fichier n'a pas été "
            "lue."
        ],
    ),
    "unclosed long text": (
        ROW + 'number = """FICTIF\n',
        [
            "Ligne 12, fin du fichier : un texte n'est pas refermé, il manque un guillemet droit. La suite du fichier n'a pas "
            "été lue."
        ],
    ),
    "unclosed list": (
        ROW + 'sites = ["a"\nnumber = "x"\n',
        [
            "Ligne 13, colonne 1 : une liste ouverte par [ n'est pas refermée par ]. La suite du fichier n'a pas été lue."
        ],
    ),
    "key with accents": (
        ROW + 'numéro = "x"\n',
        [
            "Ligne 12, colonne 4 : il manque le signe = après la clé, ou la clé contient un accent ou un espace. La suite du "
            "fichier n'a pas été lue."
        ],
    ),
    "backslash": (
        ROW + 'number = "a\\d"\n',
        [
            "Ligne 12, colonne 14 : un texte contient une barre oblique inverse mal employée. Doublez-la, ou mettez ce texte "
            "entre apostrophes droites. La suite du fichier n'a pas été lue."
        ],
    ),
    "a fault sets nothing else aside": (
        ROW + "until = 2026-02-30\nsigned_on = 12\n",
        [
            "Ligne 12, until : « 2026-02-30 ». Le 30 février n'existe pas. Février s'arrête au 28.",
            "Ligne 13, recognition.signed_on : 12 n'est pas une date. Une date s'écrit année-mois-jour, comme 2026-09-01, sans "
            "guillemets.",
        ],
    ),
    "control character in a key": (
        AUDIENCE + '"\\u001B[31m" = 1\n',
        [
            "Ligne 11, audience.�[31m : cette clé n'existe pas. Les clés possibles : school_status, apprentices, trainees, "
            "from, until, last_day, known_from, known_until, source."
        ],
    ),
}


@pytest.mark.parametrize(("body", "expected"), BAD.values(), ids=BAD)
def test_a_bad_body_is_told_in_french_with_its_line(body: str, expected: list[str]) -> None:
    assert problems(HEAD + body) == expected


BAD_WHOLE: dict[str, tuple[str, list[str]]] = {
    "empty": (" \n", ["école.toml : le fichier est vide. Pour partir du modèle : equerre facts --template."]),
    "no school": ("# rien\n", ["Ligne 1 : il manque la table [school], avec uai et name."]),
    "school is no table": (
        "school = 1\n",
        ["Ligne 1, school : 1 n'est pas une table : il faut des clés et des valeurs."],
    ),
    "wrong letter": (
        'fictif = true\n[school]\nuai = "9990012A"\nname = "x"\n',
        [
            "Ligne 3, school.uai : « 9990012A ». La lettre de contrôle de 9990012 est J, et non A. La lettre ou l'un des "
            "chiffres est faux : vérifiez à la source."
        ],
    ),
    "fictional without its banner": (
        '[school]\nuai = "9990012J"\nname = "x"\n',
        ["Ligne 2, school.uai : « 9990012J » est un numéro d'école fictive. Écrivez fictif = true."],
    ),
    "banner that is no boolean": (
        'fictif = 1\n[school]\nuai = "0831819B"\nname = "x"\n',
        [
            "Ligne 1, fictif : 1 n'est ni oui ni non. Écrivez true pour oui, false pour non, en minuscules et sans guillemets."
        ],
    ),
    "number without quotes": (
        'fictif = true\n[school]\nuai = 9990012J\nname = "x"\n',
        [
            "Ligne 3, uai : « 9990012J » n'est pas lisible. Un texte s'écrit entre guillemets droits (\"…\"), une date sans "
            "guillemets (2026-09-01), oui true, non false."
        ],
    ),
    "sources is no table": (
        'sources = 1\n[school]\nuai = "0831819B"\nname = "x"\n',
        ["Ligne 1, sources : chaque source a sa table, comme [sources.statuts]."],
    ),
    "deep lists": (
        "a = " + "[" * 5000,
        ["Ligne 1, le fichier emboîte trop de listes les unes dans les autres. La suite du fichier n'a pas été lue."],
    ),
    "endless number": (
        "a = " + "9" * 5000,
        [
            "Ligne 1, le fichier contient un nombre trop long pour être lu : il a des milliers de chiffres. La suite du fichier "
            "n'a pas été lue."
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BAD_WHOLE.values(), ids=BAD_WHOLE)
def test_a_bad_file_is_told_in_french(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


BAD_BYTES: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", ["école.toml : le fichier est vide. Pour partir du modèle : equerre facts --template."]),
    "Latin-1": (
        'a = 1\nname = "École"\n'.encode("latin-1"),
        [
            "Ligne 2, ce fichier n'est pas en UTF-8 (octet 0xc9). Enregistrez-le de nouveau en choisissant l'encodage UTF-8."
        ],
    ),
    "UTF-16": (
        "name".encode("utf-16"),
        ["école.toml : ce n'est pas un fichier de texte. Un fichier de faits est un texte TOML, en UTF-8."],
    ),
    "spreadsheet": (
        b"PK\x03\x04abc",
        ["école.toml : ce n'est pas un fichier de texte. Un fichier de faits est un texte TOML, en UTF-8."],
    ),
}


@pytest.mark.parametrize(("data", "expected"), BAD_BYTES.values(), ids=BAD_BYTES)
def test_bytes_that_are_no_text_are_told_in_french(data: bytes, expected: list[str]) -> None:
    with pytest.raises(FactsError) as caught:
        read_facts_bytes(data, name="école.toml")
    assert list(caught.value.problems) == expected


def test_all_problems_are_told_in_the_order_of_the_lines() -> None:
    text = "\n".join(body for body, expected in BAD.values() if "La suite" not in expected[-1] and "[[" in body)
    told = problems(HEAD + text)
    places = [int(problem.split()[1].rstrip(",")) for problem in told]
    assert places == sorted(places)
    assert len(told) >= 40


def test_after_many_faults_of_syntax_the_reading_stops_and_says_so() -> None:
    told = problems(HEAD + "".join(f"k{n} = oui\n" for n in range(50)))
    assert len(told) == 20
    assert told[-1].endswith("La suite du fichier n'a pas été lue.")


# --- Writing, then reading ---------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(school_facts())
def test_what_is_written_is_read_back_equal(facts: SchoolFacts) -> None:
    text = write_facts(facts)
    assert read_facts(text, name="x") == facts
    assert write_facts(read_facts(text, name="x")) == text


@settings(max_examples=60, deadline=None)
@given(school_facts())
def test_json_gives_back_the_same_facts(facts: SchoolFacts) -> None:
    document = json.loads(json.dumps(facts_to_json(facts)))
    assert facts_from_json(document) == facts
    assert facts_to_json(facts_from_json(document)) == document


def test_two_sources_under_one_key_cannot_be_written() -> None:
    facts = read(AUDIENCE)
    other = Fact("audience", facts[Audience][0].value, Period(), Source("acte", "Autre", "Autre"))
    with pytest.raises(ValueError, match="share the key"):
        write_facts(SchoolFacts.of(facts.uai, facts.name, True, audience=(*facts[Audience], other)))


def test_an_event_without_beginning_cannot_be_written() -> None:
    recognition = read(ROW)[Recognition][0]
    endless = Fact(recognition.name, recognition.value, Period(), recognition.source)
    with pytest.raises(ValueError, match="no beginning"):
        facts_to_json(SchoolFacts.of("9990012J", "x", True, recognition=(endless,)))


# --- JSON --------------------------------------------------------------------------------------------------------------

SCHOOL = {"uai": "9990012J", "name": "x"}
SOURCES = {"acte": {"publisher": "p", "title": "t"}}
BAD_JSON: dict[str, tuple[object, list[str]]] = {
    "no object": ([], ["À la racine : il faut un objet JSON, avec school, sources et les faits."]),
    "no school": ({}, ["À la racine : il manque la table « school », avec uai et name."]),
    "one fact for many": (
        {"fictif": True, "school": SCHOOL, "audience": {}},
        ['À /audience : chaque fait a sa table, comme "audience": [{…}].'],
    ),
    "values": (
        {
            "fictif": True,
            "school": SCHOOL,
            "sources": SOURCES,
            "audience": [
                {"school_status": 1.5, "from": "2026-02-30", "source": "acte"},
                {"school_status": None, "until": 2026, "known_from": "2026-01-05T09:00:00", "source": "act"},
                "x",
            ],
        },
        [
            "À /audience/0/school_status : « 1.5 » n'est pas un nombre entier. Écrivez-le en chiffres, sans guillemets ni "
            "virgule.",
            "À /audience/0/from : « 2026-02-30 ». Le 30 février n'existe pas. Février s'arrête au 28.",
            "À /audience/1/school_status : null n'est pas un nombre entier. Écrivez-le en chiffres, sans guillemets ni virgule.",
            "À /audience/1/until : 2026 n'est pas une date. Une date s'écrit année-mois-jour, comme 2026-09-01, entre "
            "guillemets.",
            "À /audience/1/known_from : « 2026-01-05T09:00:00 » n'est pas un instant. Un instant s'écrit avec l'heure et son "
            "fuseau, comme 2026-01-05T09:00:00+01:00 (Paris en hiver, +02:00 en été) ou 2026-01-05T08:00:00Z.",
            "À /audience/1/source : aucune source ne s'appelle « act ». Vouliez-vous dire « acte » ?",
            "À /audience/2 : « x » n'est pas une table : il faut des clés et des valeurs.",
        ],
    ),
    "overlap": (
        {
            "fictif": True,
            "school": SCHOOL,
            "sources": SOURCES,
            "audience": [{"school_status": 1, "source": "acte"}, {"school_status": 2, "source": "acte"}],
        },
        [
            "À /audience/1 : ce fait et celui de /audience/0 portent tous deux sur audience. Finissez l'un par until ; si l'un "
            "corrige l'autre, finissez la connaissance du premier par known_until."
        ],
    ),
}


@pytest.mark.parametrize(("document", "expected"), BAD_JSON.values(), ids=BAD_JSON)
def test_bad_json_is_told_in_french_with_its_pointer(document: object, expected: list[str]) -> None:
    with pytest.raises(FactsError) as caught:
        facts_from_json(document)
    assert list(caught.value.problems) == expected


# --- Whatever comes ----------------------------------------------------------------------------------------------------

TOKENS = st.sampled_from(
    (
        '"',
        "'",
        '"""',
        "'''",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ",",
        ".",
        "#",
        "\\",
        "\n",
        "\r\n",
        "\x00",
        "\ufeff",
        "é",
        " ",
    )
) | st.sampled_from(
    (
        "2024-02-30",
        "2024-02-29",
        "oui",
        "true",
        "-1",
        "9" * 30,
        "1e400",
        "nan",
        "0x" + "f" * 40,
        "0001-01-01T00:00:00+14:00",
    )
)
TEMPLATE = template()


def told(read_it: Callable[[], SchoolFacts]) -> tuple[str, ...]:
    """What is wrong, or nothing. Any other error goes through."""
    try:
        read_it()
    except FactsError as error:
        return error.problems or ("refused without a word",)
    return ()


def only_a_facts_error(text: str) -> None:
    found = told(lambda: read_facts(text, name="école.toml"))
    assert all(one.startswith(("Ligne ", "école.toml : ")) for one in found)


@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    only_a_facts_error(text)


@given(st.binary())
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    found = told(lambda: read_facts_bytes(data, name="école.toml"))
    assert all(one.startswith(("Ligne ", "école.toml : ")) for one in found)


@given(st.lists(TOKENS | st.sampled_from(("a", "school", "audience", "from", "source")), max_size=30).map("".join))
def test_any_tokens_are_read_or_told(text: str) -> None:
    only_a_facts_error(text)
    only_a_facts_error(HEAD + text)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(TEMPLATE)), st.integers(0, 40), TOKENS | st.just(""))
def test_a_mutated_file_is_read_or_told(start: int, length: int, token: str) -> None:
    only_a_facts_error(TEMPLATE[:start] + token + TEMPLATE[start + length :])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(TEMPLATE)), TOKENS), max_size=8))
def test_a_file_mutated_many_times_is_read_or_told(mutations: list[tuple[int, str]]) -> None:
    text = TEMPLATE
    for start, token in mutations:
        text = text[:start] + token + text[start:]
    only_a_facts_error(text)


KEYS = st.sampled_from((*KINDS, "school", "sources", "fictif", "uai", "name", *COMMON, "acte"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read_or_told(document: object) -> None:
    assert all(one.startswith("À ") for one in told(lambda: facts_from_json(document)))


@settings(max_examples=100, deadline=None)
@given(st.data(), JSON)
def test_mutated_json_is_read_or_told(data: st.DataObject, value: object) -> None:
    document = facts_to_json(read_facts(TEMPLATE, name="x"))
    kind = data.draw(st.sampled_from(sorted(document)))
    table = document[kind]
    row = table[0] if isinstance(table, list) else table
    if isinstance(row, dict):
        row[data.draw(st.sampled_from(sorted(row)))] = value
    assert all(one.startswith("À ") for one in told(lambda: facts_from_json(document)))
