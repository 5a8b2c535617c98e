"""The dates of law, proved: one answer on the first of every month, the same days written twice, no change unseen."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from equerre import law
from equerre.kernel.citation import CODES, Citation
from equerre.kernel.errors import LawError
from equerre.kernel.period import Period
from equerre.law.wordings import Article, DatedWording, State, load_articles
from tests.time import second_entry

TABLES = Path(str(files("equerre.law"))) / "articles"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "domain" / "wordings.csv"

# The first day of our law is that of the law of 5 September 2018 which made the article; the last, two years after the
# month in which this walk was written.
MONTHS = [date(year, month, 1) for year in range(2018, 2029) for month in range(1, 13)]
MONTHS = [day for day in MONTHS if date(2018, 9, 1) <= day <= date(2028, 11, 1)]
DAY = timedelta(days=1)

each_article = pytest.mark.parametrize("article", law.articles().values(), ids=lambda article: str(article.citation))


def held(address: str) -> Article:
    return law.article(Citation.parse(address))


# --- One answer on each day ------------------------------------------------------------------------------------------


def written_state(rows: list[second_entry.Row], day: date) -> tuple[State, int | None]:
    """The answer of the second entry, worked out apart: the state, and the rank of the wording in force."""
    for rank, (start, end, state, *_) in enumerate(rows):
        if (start is None or start <= day) and (end is None or day < end):
            earlier_life = any(other != "other_rule" for _, _, other, *_ in rows[:rank])
            if state == "other_rule":
                return (State.REPEALED if earlier_life else State.NOT_YET_BORN), None
            return (State.START_NOT_ESTABLISHED if start is None else State.IN_FORCE), rank
    return (State.NOT_YET_BORN if day < rows[0][0] else State.REPEALED), None


@each_article
def test_on_the_first_of_every_month_an_article_has_one_wording_or_says_why_it_has_none(article: Article) -> None:
    rows = second_entry.days()[str(article.citation)]
    for day in MONTHS:
        in_force = [wording for wording in article.wordings if wording.in_force.holds(day)]
        assert len(in_force) <= 1, f"{article.citation.in_french()} a {len(in_force)} rédactions le {day}"
        state, wording = article.on(day)
        expected, rank = written_state(rows, day)
        assert (state, wording) == (expected, None if rank is None else article.wordings[rank]), f"{article}, {day}"
        assert bool(article.absent_because(day)) is (state is not State.IN_FORCE)


def test_the_walk_covers_every_month_until_two_years_ahead() -> None:
    assert (len(MONTHS), MONTHS[0], MONTHS[-1]) == (123, date(2018, 9, 1), date(2028, 11, 1))


@each_article
def test_a_wording_starts_on_its_first_day_and_not_the_day_before(article: Article) -> None:
    for wording in article.wordings:
        start, end = wording.in_force.start, wording.in_force.end
        if start is None or wording.other_rule:
            continue
        assert article.on(start) == (State.IN_FORCE, wording)
        assert article.on(start - DAY)[1] != wording
        if end is not None:
            assert article.on(end - DAY) == (State.IN_FORCE, wording)
            assert article.on(end)[1] != wording


def test_l443_6_is_one_wording_since_2020() -> None:
    article = held("code-education/L443-6")
    assert article.born_on == date(2020, 1, 1)
    assert article.on(date(2019, 12, 31)) == (State.NOT_YET_BORN, None)
    assert article.on(date(2020, 1, 1)) == (State.IN_FORCE, article.wordings[0])


def test_the_door_of_the_tax_opens_a_year_before_the_status() -> None:
    door = Citation.parse("code-travail/L6241-5/12°")
    assert law.wording(door, date(2018, 12, 31)) == (State.NOT_YET_BORN, None)
    assert law.wording(door, date(2019, 1, 1))[0] is State.IN_FORCE


# --- Numbers with two lives ------------------------------------------------------------------------------------------

# Number, first day on which it stood empty, first day of the rule of today.
GAPS = [
    ("code-education/L441-3", date(2015, 9, 1), date(2018, 4, 15)),
    ("code-travail/R6241-21", date(2015, 2, 13), date(2020, 1, 1)),
    ("code-travail/R6241-25", date(2020, 1, 1), date(2023, 7, 17)),
    ("code-travail/R6241-28", date(2020, 1, 1), date(2023, 7, 17)),
]


@pytest.mark.parametrize(("address", "emptied_on", "given_again_on"), GAPS)
def test_a_number_that_stood_empty_was_repealed(address: str, emptied_on: date, given_again_on: date) -> None:
    article = held(address)
    assert article.on(emptied_on - DAY) == (State.NOT_YET_BORN, None)
    assert article.on(emptied_on) == article.on(given_again_on - DAY) == (State.REPEALED, None)
    assert article.on(given_again_on)[0] is State.IN_FORCE
    assert "aucun article ne portait ce numéro" in article.absent_because(emptied_on)


def test_no_other_number_of_the_tables_stood_empty() -> None:
    empty = {
        (str(article.citation), left.in_force.end, right.in_force.start)
        for article in law.articles().values()
        for left, right in zip(article.wordings, article.wordings[1:], strict=False)
        if left.in_force.end != right.in_force.start
    }
    assert empty == set(GAPS)


# Number, first day of the earlier rule, last day of it, first day of the rule of today.
GIVEN_AGAIN = {
    ("code-education/L441-1", date(2000, 6, 22), date(2018, 4, 14)),
    ("code-education/L441-2", date(2000, 6, 22), date(2018, 4, 14)),
    ("code-education/L441-3", date(2000, 6, 22), date(2015, 8, 31)),
    ("code-education/L441-4", date(2000, 6, 22), date(2018, 4, 14)),
    ("code-education/L914-3", date(2000, 6, 22), date(2018, 4, 14)),
    ("code-travail/L6241-4", date(2008, 5, 1), date(2018, 12, 31)),
    ("code-travail/L6241-5", date(2008, 5, 1), date(2018, 12, 31)),
    ("code-travail/R6241-21", date(2008, 5, 1), date(2015, 2, 12)),
    ("code-travail/R6241-22", date(2008, 5, 1), date(2019, 12, 31)),
    ("code-travail/R6241-23", date(2008, 5, 1), date(2019, 12, 31)),
    ("code-travail/R6241-25", date(2008, 5, 1), date(2019, 12, 31)),
    ("code-travail/R6241-28", date(2014, 1, 1), date(2019, 12, 31)),
}


@pytest.mark.parametrize(("address", "first_day", "last_day"), sorted(GIVEN_AGAIN))
def test_a_number_that_bore_another_rule_never_lends_it_to_ours(address: str, first_day: date, last_day: date) -> None:
    article = held(address)
    for day in (first_day, last_day):
        assert article.on(day) == (State.NOT_YET_BORN, None)
        assert "portait une autre règle" in article.absent_because(day)
    assert article.on(first_day - DAY) == (State.NOT_YET_BORN, None)
    assert "n'existait pas encore" in article.absent_because(first_day - DAY)


def test_the_numbers_given_again_are_these() -> None:
    found = {
        str(article.citation) for article in law.articles().values() if any(w.other_rule for w in article.wordings)
    }
    assert found == {address for address, _, _ in GIVEN_AGAIN}


def test_d6241_27_has_no_life_before_2023_though_r6241_27_had_one() -> None:
    article = held("code-travail/D6241-27")
    for day in (date(2008, 5, 1), date(2014, 1, 1), date(2019, 12, 31), date(2023, 7, 16)):
        assert article.on(day) == (State.NOT_YET_BORN, None)
    assert article.on(date(2023, 7, 17))[0] is State.IN_FORCE


# --- After the last day read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "day", "said"),
    [
        ("code-education/L443-6", date(2023, 12, 6), ""),
        ("code-education/L443-6", date(2023, 12, 7), "rédaction en vigueur au 6 décembre 2023, dernière date lue"),
        ("code-education/L443-6", date(2026, 11, 3), "rédaction en vigueur au 6 décembre 2023, dernière date lue"),
        ("code-travail/L6241-5", date(2026, 3, 27), ""),
        ("code-travail/L6241-5", date(2026, 3, 28), "rédaction en vigueur au 27 mars 2026, dernière date lue"),
    ],
)
def test_after_the_last_day_read_a_citation_says_so(address: str, day: date, said: str) -> None:
    _, wording = law.wording(Citation.parse(address), day)
    assert wording is not None
    assert wording.as_read(day) == said


def test_a_wording_that_the_sources_only_announce_is_not_said_to_be_in_force() -> None:
    wording = held("code-education/L443-6").wordings[0]
    deferred = replace(wording, in_force=Period(date(2024, 7, 1)), state="deferred")
    assert deferred.as_read(date(2025, 1, 1)) == "rédaction connue au 6 décembre 2023, dernière date lue"


# --- What every row carries ------------------------------------------------------------------------------------------


@each_article
def test_every_row_has_a_source_and_a_public_address(article: Article) -> None:
    for wording in article.wordings:
        assert wording.source.strip()
        assert re.fullmatch(
            r"https://www\.legifrance\.gouv\.fr/codes/(article_lc/LEGIARTI|texte_lc/LEGITEXT)\d{12}", wording.url
        )


def test_no_identifier_of_legifrance_stands_for_two_wordings() -> None:
    given = [w.legiarti for article in law.articles().values() for w in article.wordings if w.legiarti]
    assert len(set(given)) == len(given) > 0


def test_the_tables_name_their_code_as_citations_do() -> None:
    for path in TABLES.glob("*.toml"):
        assert f'\nname = "{CODES[path.stem]}"\n' in path.read_text("utf-8")


# Articles and parts that the rules of the regime cannot do without.
NEEDED = """
code-education: L443-6/s1 L443-6/s2 L443-6/s3 L443-6/s4 L443-6/s5 L443-6/s6 L443-6/s7 D443-1-1 L441-1 L441-2 L441-3
    L441-3-1 L441-4 D441-1 L442-2 D442-22-1 L443-1 L443-2 L443-3 L443-4 R443-1 L531-4 L531-5 R531-14 D531-15 L914-3
    R913-9 L241-7
code-travail: L6113-1 L6113-5 L6113-9 L6131-4 L6241-2 L6241-4 L6241-5/12° L6241-5/2°-b L6241-5/2°-c L6241-5/7° R6241-21
    R6241-22 R6241-23 R6241-25 D6241-27 D6241-27-1 R6241-28 R6241-28-1
"""


def test_the_articles_of_the_regime_are_there() -> None:
    code = ""
    for word in NEEDED.split():
        if word.endswith(":"):
            code = word[:-1]
        else:
            assert law.article(Citation.parse(f"{code}/{word}")).summary


def test_every_address_that_a_rule_writes_is_in_the_tables() -> None:
    """Rules name parts as the tables do: ``2°-c``, never ``2°c``."""
    written = re.compile(r"\"((?:code-[a-z-]+|cgi|lpf)/[^\"/]+(?:/[^\"/]+)?)\"")
    built = re.compile(r"Citation\(\s*\"([^\"]+)\",\s*\"([^\"]+)\"(?:,\s*\"([^\"]+)\")?,?\s*\)")
    found = set()
    for path in (Path(str(files("equerre"))) / "rules").glob("*.py"):
        text = path.read_text("utf-8")
        found |= set(written.findall(text))
        found |= {"/".join(piece for piece in pieces if piece) for pieces in built.findall(text)}
    for address in found:
        citation = Citation.parse(address)
        assert law.article(citation).citation == citation.whole_article


# --- The second entry ------------------------------------------------------------------------------------------------


def test_the_two_entries_agree() -> None:
    assert second_entry.differences(law.articles()) == []


def test_the_tables_agree_with_the_table_they_were_written_from() -> None:
    if not SHARED.exists():
        pytest.skip("the table of wordings is not beside the project")
    states = {
        "in force": "in_force",
        "ended": "ended",
        "deferred": "deferred",
        "number given again to another rule": "other_rule",
    }
    theirs: dict[str, list[tuple[str, ...]]] = {}
    with SHARED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day = (row["in_force_from"], row["in_force_until"])
            rest = (states[row["state"]], row["confidence"], row["legiarti"], row["changed_by"].lower())
            theirs.setdefault(f"{row['code']}/{row['article']}", []).append((*day, *rest))
    for citation, article in law.articles().items():
        ours = [tuple(str(cell or "") for cell in second_entry.row_of(wording)) for wording in article.wordings]
        assert ours == theirs[str(citation)], citation.in_french()


# --- No change goes unseen -------------------------------------------------------------------------------------------


def test_no_day_of_the_tables_moves_unseen() -> None:
    """Every first and last day of every row, moved by one day, alone."""
    moved = 0
    for article in law.articles().values():
        for rank, wording in enumerate(article.wordings, 1):
            for other in day_moved(wording):
                wordings = (*article.wordings[: rank - 1], other, *article.wordings[rank:])
                tampered = replace(article, wordings=wordings)
                said = second_entry.differences({**law.articles(), article.citation: tampered})
                assert len(said) == 1
                assert said[0].startswith(f"{article.citation.in_french()}, rédaction {rank} : ")
                moved += 1
    assert moved > 200


def day_moved(wording: DatedWording) -> list[DatedWording]:
    start, end = wording.in_force.start, wording.in_force.end
    starts = [replace(wording, in_force=Period(start + DAY, end))] if start else []
    return starts + ([replace(wording, in_force=Period(start, end + DAY))] if end else [])


def problems(folder: Path) -> list[str]:
    """What stops a folder of tables: what the loader refuses, or what the second entry does not say."""
    try:
        return second_entry.differences(load_articles(folder))
    except LawError as error:
        return [str(error)]


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of our tables where one text of one table is replaced, at its first place after an article's heading."""

    def make(address: str, old: str, new: str) -> Path:
        code, number = address.split("/")
        for path in TABLES.glob("*.toml"):
            text = path.read_text("utf-8")
            if path.stem == code:
                before, heading, after = text.partition(f"[articles.{number}]\n")
                assert old in after, f"{old} is not in {address}"
                text = before + heading + after.replace(old, new, 1)
            (tmp_path / path.name).write_text(text, "utf-8")
        return tmp_path

    return make


def test_a_copy_that_nobody_touched_has_no_problem(copy: Callable[[str, str, str], Path]) -> None:
    assert problems(copy("code-education/L443-6", "title", "title")) == []


@pytest.mark.parametrize(
    ("address", "old", "new", "said"),
    [
        # one date
        ("code-education/L443-6", "from = 2020-01-01", "from = 2019-01-01", "art. L. 443-6, rédaction 1 : from vaut"),
        ("code-education/L441-3", "from = 2019-07-29", "from = 2019-07-30", "art. L. 441-3, rédaction 4 : from vaut"),
        (
            "code-education/L441-1",
            "until = 2021-08-26",
            "until = 2021-08-25",
            "art. L. 441-1, rédaction 2 : until vaut",
        ),
        ("code-travail/L6241-5", "covered_until = 2026-03-27", "covered_until = 2026-03-28", "covered_until vaut"),
        # two wordings on one day, none of them in order
        ("code-education/L441-1", "until = 2018-04-15", "until = 2018-04-16", "le même jour (lignes 1 et 2)"),
        ("code-education/L441-1", "until = 2021-08-26\n", "", "art. L. 441-1, rédaction 2 : elle a pris fin"),
        ("code-education/L441-1", "from = 2018-04-15", "from = 2022-04-15", "art. L. 441-1, rédaction 2 : La période"),
        # one term of a row
        ("code-education/L441-1", 'state = "ended"', 'state = "in_force"', "art. L. 441-1, rédaction 2 : ses jours"),
        ("code-education/L441-1", 'state = "other_rule"', 'state = "ended"', "rédaction 1 : state vaut ended"),
        ("code-education/L443-6", 'state = "in_force"', 'state = "ended"', "art. L. 443-6, rédaction 1 : elle a pris"),
        (
            "code-education/L443-6",
            'state = "in_force"',
            'state = "valid"',
            "art. L. 443-6, rédaction 1 : « state » vaut",
        ),
        ("code-education/L443-6", '"likely"', '"certain"', "art. L. 443-6, rédaction 1 : confidence vaut certain"),
        ("code-education/L443-6", "5 septembre 2018", "6 septembre 2018", "art. L. 443-6, rédaction 1 : changed_by"),
        ("code-travail/L6241-5", "LEGIARTI000037386901", "LEGIARTI000037386902", "rédaction 4 : legiarti vaut"),
        ("code-travail/L6241-5", "LEGIARTI000037386901", "37386901", "rédaction 4 : « legiarti » n'est pas"),
        ("code-education/L443-6", "from = 2020-01-01", "form = 2020-01-01", "rédaction 1 : la clé « form »"),
        ("code-education/L443-6", "from = 2020-01-01", 'from = "2020"', "rédaction 1 : « from » n'est pas un jour"),
        # no source
        ("code-education/L443-2", 'source = "', 'source = "" #', "art. L. 443-2, rédaction 1 : elle n'a pas de source"),
        ("code-education/L443-2", "source =", "#", "art. L. 443-2, rédaction 1 : elle n'a pas de source"),
        # one term of our words
        (
            "code-education/L441-1",
            "trois \\\n  mois",
            "deux \\\n  mois",
            "art. L. 441-1 (code-education/L441-1) : le texte",
        ),
        ("code-education/L443-6", "parmi d'autres buts", "seulement", "art. L. 443-6, deuxième phrase"),
        ("code-education/L443-6", "\ns3 =", "\ns8 =", "art. L. 443-6, huitième phrase (code-education/L443-6/s8)"),
        ("code-education/L443-6", "\ns3 =", "\nphrase3 =", "« phrase3 » n'est pas une partie d'article"),
        ("code-travail/L6241-5", '"2°-c"', '"2°c"', "« 2°c » n'est pas une partie d'article"),
        ("code-travail/L6241-5", '"12°"', '"15°"', "art. L. 6241-5, 15°"),
        ("code-education/L443-6", 'title = "', 'titel = "', "art. L. 443-6 : la clé « titel » n'existe pas"),
        ("code-education/L443-6", 'title = "Écoles de production"', 'title = ""', "art. L. 443-6 : « title » manque"),
    ],
)
def test_one_change_in_a_copy_is_seen_and_named(
    copy: Callable[[str, str, str], Path], address: str, old: str, new: str, said: str
) -> None:
    found = problems(copy(address, old, new))
    assert any(said in problem for problem in found), found


def test_an_article_taken_out_or_added_is_named(copy: Callable[[str, str, str], Path]) -> None:
    found = problems(copy("code-education/L443-4", "[[articles.L443-4.wordings]]", "[[articles.L443-9.wordings]]"))
    assert any("art. L. 443-4" in problem and "aucune rédaction" in problem for problem in found)


def test_an_article_without_any_day_says_what_is_not_established(tmp_path: Path) -> None:
    (tmp_path / "cgi.toml").write_text(
        'code = "cgi"\ncovered_until = 2023-12-06\n'
        '[articles."238 bis"]\ntitle = "Dons"\nsummary = "Les dons."\nnot_established = "On ne sait pas."\n',
        "utf-8",
    )
    article = load_articles(tmp_path)[Citation("cgi", "238 bis")]
    assert article.on(date(2024, 1, 1)) == (State.START_NOT_ESTABLISHED, None)
    assert article.absent_because(date(2024, 1, 1)) == "On ne sait pas."
    assert article.born_on is None


def test_a_first_wording_without_its_day_is_never_read_as_always(tmp_path: Path) -> None:
    row = '[[articles."206".wordings]]\nstate = "{}"\nconfidence = "unsure"\nsource = "liste"\n{}\n'
    (tmp_path / "cgi.toml").write_text(
        'code = "cgi"\ncovered_until = 2023-12-06\n[articles."206"]\ntitle = "IS"\nsummary = "Qui doit l\'impôt."\n'
        + row.format("ended", "until = 1990-01-01")
        + row.format("ended", "from = 1990-01-01\nuntil = 2015-01-01")
        + row.format("other_rule", "from = 2015-01-01\nuntil = 2020-01-01"),
        "utf-8",
    )
    article = load_articles(tmp_path)[Citation("cgi", "206")]
    assert article.on(date(1989, 12, 31)) == (State.START_NOT_ESTABLISHED, article.wordings[0])
    assert "n'est pas établi" in article.absent_because(date(1989, 12, 31))
    assert article.on(date(1990, 1, 1)) == (State.IN_FORCE, article.wordings[1])
    # The number went to another rule afterwards: ours is repealed, and the other is not given for it.
    assert article.on(date(2015, 1, 1)) == article.on(date(2019, 12, 31)) == (State.REPEALED, None)
    assert article.absent_because(date(2016, 1, 1)) == "Ce jour-là, le numéro (art. 206) portait une autre règle."
    assert article.on(date(2020, 1, 1)) == (State.REPEALED, None)


def test_rows_out_of_order_are_refused(tmp_path: Path) -> None:
    row = (
        "[[articles.L1-1.wordings]]\nfrom = {}\nuntil = {}\nstate = 'ended'\nconfidence = 'certain'\nsource = 'liste'\n"
    )
    (tmp_path / "code-travail.toml").write_text(
        'code = "code-travail"\ncovered_until = 2023-12-06\n[articles.L1-1]\ntitle = "Un"\nsummary = "Un."\n'
        + row.format("2012-01-01", "2013-01-01")
        + row.format("2010-01-01", "2011-01-01"),
        "utf-8",
    )
    with pytest.raises(LawError, match=r"art\. L\. 1-1 : les rédactions ne sont pas dans l'ordre du temps"):
        load_articles(tmp_path)


# --- Asking the tables -----------------------------------------------------------------------------------------------


def test_an_article_that_is_not_held_is_refused_in_french() -> None:
    with pytest.raises(LawError, match=r"L'art\. L\. 1 du code du travail n'est pas dans les tables : ajoutez-le"):
        law.article(Citation.parse("code-travail/L1"))


def test_a_part_that_the_article_has_not_is_refused_with_those_it_has() -> None:
    with pytest.raises(LawError, match="n'a pas de partie « s8 » dans les tables : choisissez s1, s2"):
        law.article(Citation.parse("code-education/L443-6/s8"))
    assert law.article(Citation.parse("code-education/L443-6/s7")) is law.article(
        Citation.parse("code-education/L443-6")
    )


def test_our_tables_are_read_once_and_a_folder_every_time() -> None:
    assert law.articles() is law.articles()
    read: Mapping[Citation, Article] = load_articles(TABLES)
    assert read == law.articles()
    assert read is not law.articles()
