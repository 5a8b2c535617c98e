"""Équerre: the regime of the écoles de production (code de l'éducation, art. L. 443-6), run as facts, rules and findings.

The rooms, from the ground up: ``kernel`` (the grammar), ``law`` (what is written), ``rules`` (the article),
``documents`` (what is read and printed), ``registry`` (facts at rest), ``opendata`` (what goes out), ``imports`` (the
world), ``web``, ``api`` and ``cli`` (the three ways in). ``docs/architecture.md`` draws the house.
"""

__version__ = "0.2.0"
