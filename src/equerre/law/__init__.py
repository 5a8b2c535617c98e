"""What is written: articles and their wordings, dated parameters, readings, legal categories. Tables, and four questions.

``wording(citation, on)`` gives the one wording in force that day, or says why there is none; ``parameter(name, on)``
a number of the law with its reference; ``reading(id)`` a doubt and its options; ``legal_category(code)`` what the form
of a body lets us think. No statute text is kept: a summary in our own words, and the address of the text.
"""

from equerre.law.corrections import Correction, corrections
from equerre.law.legal_categories import LegalCategory, legal_categories, legal_category
from equerre.law.parameters import ParameterValue, parameter, parameters
from equerre.law.readings import LawReading, reading, readings
from equerre.law.wordings import Article, DatedWording, State, article, articles, wording

__all__ = [
    "Article",
    "Correction",
    "DatedWording",
    "LawReading",
    "LegalCategory",
    "ParameterValue",
    "State",
    "article",
    "articles",
    "corrections",
    "legal_categories",
    "legal_category",
    "parameter",
    "parameters",
    "reading",
    "readings",
    "wording",
]
