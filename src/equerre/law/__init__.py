"""What is written: articles and their wordings, dated parameters, readings. Tables, and three questions to them.

``wording(citation, on)`` gives the one wording in force that day, or says why there is none; ``parameter(name, on)``
a number of the law with its reference; ``reading(id)`` a doubt and its options. No statute text is kept: a summary in
our own words, and the address of the text.
"""

from equerre.law.parameters import Parameter, parameter, parameters
from equerre.law.readings import Reading, reading, readings
from equerre.law.wordings import Article, State, Wording, article, articles, wording

__all__ = [
    "Article",
    "Parameter",
    "Reading",
    "State",
    "Wording",
    "article",
    "articles",
    "parameter",
    "parameters",
    "reading",
    "readings",
    "wording",
]
