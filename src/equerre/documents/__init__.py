"""Documents: what is read and printed. Files of facts in, the voices of a finding out. No Django, no clock, no network.

A file of facts (``facts_file``) is checked against a shape that is drawn from the classes of ``facts``
(its ``shape``) and explained by one table (its ``guide``): reader, writer, template and JSON Schema cannot drift
from the rules, nor from each other.
"""
