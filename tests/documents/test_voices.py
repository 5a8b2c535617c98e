"""One answer in three voices: what each must say, and what none may say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from equerre.documents.answer_rows import DueRow, FindingRow, OtherRow
from equerre.documents.labels import OUTCOMES, READERS
from equerre.documents.page import Grid, Line, PlainPage, Role
from equerre.documents.phrases import headline, outcome_said, texts, when
from equerre.documents.voices import BANNER, page
from equerre.kernel.citation import Citation
from equerre.kernel.finding import Outcome
from tests.documents.schools import ASKED, BETWEEN_LISTS, answer_of

every_page = [(asked, reader) for asked in ASKED for reader in READERS]
in_every_voice = pytest.mark.parametrize(("asked", "reader"), every_page, ids=str)
ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def words(found: PlainPage) -> str:
    """All that a page says."""
    return "\n".join(_words(found))


def _words(found: PlainPage) -> Iterator[str]:
    yield from (found.banner, found.title, *found.asked, found.closing)
    for section in found.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Grid):
                yield from (cell.text for row in block.rows for cell in row)
            else:
                yield block.text


def _headlines(found: PlainPage) -> list[Line]:
    lines = [block for section in found.sections for block in section.blocks if isinstance(block, Line)]
    return [line for line in lines if line.role is Role.HEADLINE]


def _finding(asked: Any, key: str) -> FindingRow:
    return answer_of(*asked).findings[key]


# --- The headline ----------------------------------------------------------------------------------------------------


def test_a_settled_answer_is_a_word() -> None:
    assert headline(_finding(("hanging", BETWEEN_LISTS), "recognition.recognised"), "school") == "Oui"
    assert headline(_finding(("hanging", BETWEEN_LISTS), "recognition.recognised"), "officer") == "Remplie"


def test_an_answer_that_hangs_says_under_which_reading_it_holds() -> None:
    finding = _finding(("hanging", BETWEEN_LISTS), "annual_list.listed")
    assert headline(finding, "school") == "Oui, sous la lecture R3-b ; non sous R3-a ; on ne sait pas sous R3-c"
    assert headline(finding, "judge") == "Remplie, sous la lecture R3-b ; non remplie sous R3-a ; inconnue sous R3-c"


def test_it_follows_the_option_chosen() -> None:
    finding = _finding(("hanging", BETWEEN_LISTS, (("R3", "a"), ("R4:tax", "b"))), "annual_list.listed")
    assert headline(finding, "school") == (
        "Non, sous les lectures R3-a et R4-a ; oui sous R3-b et R4-c ; on ne sait pas sous R3-c"
    )


def test_a_reading_of_which_no_option_is_taken_leaves_the_answer_open() -> None:
    finding = _finding(("moved", BETWEEN_LISTS), "recognition.recognised")
    assert headline(finding, "school") == "On ne sait pas, R44 restant ouverte ; oui sous R44-a ; non sous R44-b"


def test_two_uses_of_one_reading_are_told_apart() -> None:
    hangs_on = (
        OtherRow("R4:schooling", "R4", "a", "b", Outcome.NOT_MET, ""),
        OtherRow("R4:tax", "R4", "c", "a", Outcome.NOT_MET, ""),
    )
    assert outcome_said(Outcome.MET, hangs_on, "school", public=True) == (
        "Oui, sous les lectures R4-a (pour la scolarité) et R4-c (pour la taxe) ; "
        "non sous R4-b (pour la scolarité) et R4-a (pour la taxe)"
    )


@in_every_voice
def test_every_hanging_finding_names_its_readings_in_its_headline(asked: Any, reader: str) -> None:
    for finding in answer_of(*asked).findings.values():
        said = headline(finding, reader)
        assert said.startswith(OUTCOMES[reader][finding.outcome])
        for row in finding.hangs_on:
            assert f"{row.reading}-{row.option}" in said
        assert ("sous" in said or "restant ouverte" in said) == bool(finding.hangs_on)
        assert said.endswith("(confidentiel)") != finding.public


# --- Every page ------------------------------------------------------------------------------------------------------


@in_every_voice
def test_every_link_and_every_sentence_is_said(asked: Any, reader: str) -> None:
    found = answer_of(*asked)
    said = words(page(found, reader))
    for row in (*found.links, *found.sentences):
        finding = found.findings[row.finding]
        assert headline(finding, reader) in said
        assert finding.because in said or finding.measures
    for link in found.links:
        assert link.authority in said
        for due in link.due:
            assert when(due, found.on) in said


@in_every_voice
def test_what_an_unknown_lacks_is_named(asked: Any, reader: str) -> None:
    found = answer_of(*asked)
    said = words(page(found, reader))
    for link in found.links:
        for one in found.findings[link.finding].missing:
            assert one.label in said
            assert (one.name in said) or reader == "school"


@in_every_voice
def test_days_are_written_out(asked: Any, reader: str) -> None:
    """Only the keys of facts, which the judge reads, hold a day as a machine writes it."""
    found = answer_of(*asked)
    keys = [*found.facts, *(one.name for row in found.findings.values() for one in row.missing)]
    said = words(page(found, reader, robust=True))
    for key in sorted(keys, key=len, reverse=True):
        said = said.replace(key, "")
    assert not ISO.findall(said)


@in_every_voice
def test_the_chain_is_drawn_with_words(asked: Any, reader: str) -> None:
    found = answer_of(*asked)
    steps = page(found, reader).steps
    assert [step.label for step in steps] == [link.label for link in found.links]
    for step, link in zip(steps, found.links, strict=True):
        finding = found.findings[link.finding]
        assert (step.outcome, step.word) == (finding.outcome, OUTCOMES[reader][finding.outcome])
        assert bool(step.reading) != finding.settled


@in_every_voice
def test_fictional_data_carries_its_banner(asked: Any, reader: str) -> None:
    found = answer_of(*asked)
    assert page(found, reader).banner == BANNER
    real = replace(found, school=replace(found.school, fictional=False))
    assert page(real, reader).banner == ""


@pytest.mark.parametrize("reader", READERS)
def test_a_lone_small_figure_stays_hidden(reader: str) -> None:
    """Seven reached, six in work: the seventh is somebody. The judge alone reads the fact, marked confidential."""
    found = answer_of("hanging", BETWEEN_LISTS)
    said = words(page(found, reader))
    assert "chiffre caché, un effectif est trop petit" in said
    assert ("en emploi : 6" in said) == (reader == "judge")
    if reader == "judge":
        assert "cohort[2025,6] · la cohorte de sortants (confidentiel)" in said


# --- Texts and days --------------------------------------------------------------------------------------------------


def test_after_the_last_day_read_a_citation_says_so() -> None:
    found = answer_of("hanging", BETWEEN_LISTS)
    assert texts([Citation("code-education", "L443-2")], found) == (
        "code de l'éducation, art. L. 443-2 (rédaction au 6 décembre 2023, dernière lue)"
    )


def test_before_it_a_citation_gives_the_day_of_its_wording() -> None:
    found = answer_of("hanging", date(2022, 6, 15))
    assert texts([Citation("code-education", "L443-2"), Citation("code-education", "L443-6", "s1")], found) == (
        "code de l'éducation, art. L. 443-2 (rédaction du 22 juin 2000) et "
        "art. L. 443-6, première phrase (rédaction du 1er janvier 2020)"
    )


def test_the_sentences_of_one_article_are_said_together() -> None:
    found = answer_of("hanging", BETWEEN_LISTS)
    addresses = found.findings["annual_list.production_school"].citations
    assert len(addresses) == 4
    assert texts([*addresses, Citation("code-travail", "L6241-5", "12°")], found) == (
        "code de l'éducation, art. L. 443-6, première, troisième, quatrième et cinquième phrases (rédaction au 6 décembre "
        "2023, dernière lue) ; code du travail, art. L. 6241-5, 12° (rédaction au 27 mars 2026, dernière lue)"
    )


@pytest.mark.parametrize(
    ("by", "not_before", "expected"),
    [
        (date(2026, 11, 15), date(2026, 11, 1), "Entre le 1er et le 15 novembre 2026."),
        (date(2026, 12, 2), date(2026, 11, 1), "Entre le 1er novembre 2026 et le 2 décembre 2026."),
        (date(2026, 12, 31), None, "Au plus tard le 31 décembre 2026."),
        (date(2026, 11, 1), None, "Au plus tard le 1er novembre 2026, ce jour est passé."),
        (None, None, "Le texte ne fixe pas de jour."),
    ],
)
def test_by_which_day(by: date | None, not_before: date | None, expected: str) -> None:
    due = DueRow("", "", by, not_before, None if by else "Le texte ne fixe pas de jour.", None, None)
    assert when(due, BETWEEN_LISTS) == expected


def test_a_planned_day_is_no_deadline() -> None:
    """A day of the calendar of a campaign is somebody's plan: only a text sets a term."""
    due = DueRow("", "", date(2026, 12, 11), None, None, None, "Calendrier de la campagne 2027")
    assert when(due, BETWEEN_LISTS) == "Prévu le 11 décembre 2026."


# --- One voice at a time ---------------------------------------------------------------------------------------------


def test_the_school_reads_plain_words() -> None:
    said = words(page(answer_of("hanging", BETWEEN_LISTS), "school"))
    assert "Oui, sous la lecture R3-b ; non sous R3-a" in said
    assert "MET" not in said
    assert "annual_list" not in said


def test_the_school_reads_in_footnotes_what_its_answers_hang_on() -> None:
    found = answer_of("hanging", BETWEEN_LISTS)
    notes = page(found, "school").sections[-1]
    assert notes.title.startswith("Lectures")
    titles = [block.text for block in notes.blocks if isinstance(block, Line) and block.role is Role.QUESTION]
    assert titles[0] == f"R3 · {found.readings['R3'].title}"
    assert any(isinstance(block, Line) and block.text.startswith("b [prise") for block in notes.blocks)


def test_the_officer_reads_a_grid() -> None:
    sections = page(answer_of("hanging", BETWEEN_LISTS), "officer").sections
    overview = sections[0].blocks[0]
    assert isinstance(overview, Grid)
    assert overview.headers == ("Maillon", "Constat", "Depuis le", "Jusqu'au")
    assert [row[0].text for row in overview.rows][:2] == ["Ouverture", "Organisme gestionnaire"]
    sheet = sections[1].blocks[0]
    assert isinstance(sheet, Grid)
    assert [row[0].text for row in sheet.rows][:4] == ["Question", "Constat", "Motif", "Articles"]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_judge_reads_everything(asked: Any) -> None:
    found = answer_of(*asked)
    said = words(page(found, "judge"))
    for key, finding in found.findings.items():
        assert f"{headline(finding, 'judge')}. {key}" in said
        assert finding.because in said
    for key, fact in found.facts.items():
        assert f"{key} · {fact.label}" in said
    for source in found.sources.values():
        assert source.sha256 is None or source.sha256 in said
    for number, reading in found.readings.items():
        assert f"{number} · {reading.title}" in said
        assert reading.why_default in said
    for address, citation in found.citations.items():
        assert f"{citation.printed} · {citation.title}" in said
        assert str(address) in said
    for parameter in found.parameters.values():
        assert f"{parameter.label} : {parameter.value}" in said


def test_a_finding_is_unfolded_once_for_the_judge() -> None:
    lines = _headlines(page(answer_of("hanging", BETWEEN_LISTS), "judge"))
    named = [line for line in lines if line.text.endswith(" recognition.recognised")]
    assert len(named) > 1
    said = words(page(answer_of("hanging", BETWEEN_LISTS), "judge"))
    assert said.count("L'État reconnaît-il l'école ?") == 1


@pytest.mark.parametrize("reader", READERS)
def test_every_option_is_shown_when_asked(reader: str) -> None:
    found = answer_of("hanging", BETWEEN_LISTS)
    plain, robust = page(found, reader), page(found, reader, robust=True)
    assert len(robust.sections) == len(plain.sections) + 1
    grids = [block for block in robust.sections[-1].blocks if isinstance(block, Grid)]
    assert len(grids) == sum(1 for finding in found.findings.values() if finding.under)
    row = next(row for grid in grids for row in grid.rows if row[0].text == "R3 (si l'arrêté se tait)")
    assert [cell.outcome for cell in row[1:4]] == ["NOT_MET", "MET", "UNKNOWN"]
    assert [cell.text.startswith("[") for cell in row[1:4]] == [False, True, False]


def test_without_a_reading_there_is_nothing_to_vary() -> None:
    found = answer_of("bare", BETWEEN_LISTS)
    assert not any(finding.under for finding in found.findings.values())
    last = page(found, "school", robust=True).sections[-1]
    assert last.blocks[0] == Line(Role.REASON, "Aucun constat ne prend de lecture ce jour-là.")
