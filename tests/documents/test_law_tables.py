"""The tables of law, printed: nothing left out, nothing said that they do not hold."""

from __future__ import annotations

from datetime import date

import pytest

from equerre import law
from equerre.documents.law_tables import articles, articles_page, readings, readings_page
from equerre.kernel.citation import Citation
from equerre.rules.rule import REGISTER
from tests.documents.test_voices import ISO, words


@pytest.mark.parametrize("on", [date(2018, 9, 1), date(2022, 9, 1), date(2026, 11, 3)])
def test_every_article_is_shown_with_what_it_is_that_day(on: date) -> None:
    found = articles(on)
    assert set(found.articles) == set(law.articles())
    said = words(articles_page(found))
    for row in found.articles.values():
        assert f"{row.short[0].upper()}{row.short[1:]} · {row.title}" in said
    assert not ISO.findall(said)


def test_an_article_that_is_not_born_says_so() -> None:
    assert articles(date(2019, 1, 1)).articles[Citation("code-education", "L443-6")].state == "not_yet_born"
    assert "Pas encore en vigueur." in words(articles_page(articles(date(2019, 1, 1))))


def test_an_article_names_the_rules_that_cite_it() -> None:
    assert "recognition.recognised" in articles(date(2026, 11, 3)).articles[Citation("code-education", "L443-2")].rules


def test_every_reading_is_shown_with_its_rules_or_why_none_takes_it() -> None:
    found = readings().readings
    assert list(found) == list(law.readings())
    said = words(readings_page(readings()))
    for number, row in found.items():
        assert f"{number} · {row.title}" in said
        assert bool(row.rules) != bool(row.unused), number
        assert list(row.rules) == [rule.name for rule in REGISTER.values() if number in rule.readings]
        for meaning in row.options.values():
            assert meaning.strip() in said


def test_the_default_of_each_use_is_marked() -> None:
    said = words(readings_page(readings()))
    assert "b [prise si l'arrêté se tait] : " in said
    assert "c [prise si l'arrêté dit quand il finit] : " in said
