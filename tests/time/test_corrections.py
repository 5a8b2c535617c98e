"""Wrong citations of published texts: whoever looks one up is shown the article that it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from equerre import law
from equerre.kernel.citation import Citation
from equerre.kernel.errors import LawError
from equerre.law.corrections import load_corrections


def test_the_wrong_citation_of_the_parliamentary_question_is_flagged() -> None:
    with pytest.raises(LawError) as refusal:
        law.article(Citation.parse("code-education/L444-6"))
    assert str(refusal.value) == (
        "L'art. L. 444-6 du code de l'éducation n'est pas dans les tables : vouliez-vous dire l'art. L. 443-6 ? "
        "Cette erreur se lit dans la question écrite n° 7972 à l'Assemblée nationale (16 mai 2023)."
    )


def test_a_sentence_of_a_wrong_article_is_flagged_too() -> None:
    with pytest.raises(LawError, match=r"vouliez-vous dire l'art\. L\. 443-6 \?"):
        law.article(Citation.parse("code-education/L444-6/s3"))


@pytest.mark.parametrize("correction", law.corrections().values(), ids=lambda one: str(one.written))
def test_a_correction_says_who_why_and_where(correction: law.Correction) -> None:
    assert correction.written not in law.articles()
    assert correction.means != correction.written
    assert correction.author
    assert correction.reason
    assert correction.source
    assert correction.met_in[0].islower()  # read after "dans"


def test_a_correction_without_its_source_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "corrections.toml"
    table.write_text(
        '[[corrections]]\nwritten = "code-education/L1"\nmeans = "code-education/L2"\nmet_in = "un rapport"\n'
        'reason = "Une faute."\nauthor = "Équerre"\nsource = ""\n',
        "utf-8",
    )
    with pytest.raises(LawError, match=r"law/corrections\.toml, ligne 1"):
        load_corrections(table)
