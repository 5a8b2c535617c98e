"""Lines of a TOML text: every key and table of what ``tomllib`` reads is found, on the line where it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equerre.documents.facts_file import write_facts
from equerre.documents.facts_file.template import template
from equerre.documents.facts_file.toml_lines import DEEPEST, Path, line_of, lines
from equerre.facts.school_facts import SchoolFacts
from tests.strategies import school_facts

TWISTED = '''\
# [not_a_table]
top = 1  # [[nor.this]]
"quoted key" = "a # that is no comment, nor ] a bracket"
'single' = 'C:\\path'
dotted.key.here = true

[table]
text = """
[looks_like_a_table]
key = "value"
""\\""""
literal = \'\'\'
[[neither]]\'\'\'
after = 2024-01-01T10:00:00Z
list = [
  1,  # one
  { inline = "x", other = [ "a]", "b" ] },
  [ "nested", ],
]
empty = []
none = {}

[[array]]
id = 1
  [[array.of]]
  deep = 1
  [array.table]
  deep = 2
[[array]]
id = 2
[[array.of]]
deep = 3
[array.dotted.path]
x = 1
[last]
x = 1'''

EXPECTED = {
    ("top",): 2,
    ("quoted key",): 3,
    ("single",): 4,
    ("dotted", "key", "here"): 5,
    ("table",): 7,
    ("table", "text"): 8,
    ("table", "literal"): 12,
    ("table", "after"): 14,
    ("table", "list"): 15,
    ("table", "list", 0): 16,
    ("table", "list", 1, "inline"): 17,
    ("table", "list", 1, "other", 1): 17,
    ("table", "list", 2, 0): 18,
    ("table", "none"): 21,
    ("array",): 23,
    ("array", 0): 23,
    ("array", 0, "of", 0, "deep"): 26,
    ("array", 0, "table", "deep"): 28,
    ("array", 1, "id"): 30,
    ("array", 1, "of", 0, "deep"): 32,
    ("array", 1, "dotted", "path"): 33,
    ("last", "x"): 36,
}


@pytest.mark.parametrize(("path", "line"), EXPECTED.items(), ids=str)
def test_the_line_of_a_twisted_text(path: Path, line: int) -> None:
    assert lines(TWISTED)[path] == line


def test_every_path_of_a_twisted_text_is_found() -> None:
    assert set(paths(tomllib.loads(TWISTED))) <= set(lines(TWISTED))


def test_what_is_very_deep_is_passed_over_and_stands_where_it_begins() -> None:
    deep = "[" * 400 + '{ a = "]}", b = [1, \n"x"] } # ]' + "\n" + "]" * 400
    where = lines(f"a = 1\nb = {deep}\nc = 3\n")
    assert line_of(where, ("b", *([0] * 400))) == 2
    assert where[("c",)] == 5


def test_a_path_that_is_absent_stands_where_it_should_have_been() -> None:
    where = lines("a = 1\n[b]\nc = 2\n")
    assert line_of(where, ("b", "missing")) == 2
    assert line_of(where, ("missing",)) == 1


def test_the_template_is_found_whole() -> None:
    text = template()
    where = lines(text)
    rows = text.splitlines()
    for path in paths(tomllib.loads(text)):
        assert str(next(part for part in reversed(path) if isinstance(part, str))) in rows[where[path] - 1]


@settings(max_examples=25, deadline=None)
@given(school_facts())
def test_every_key_of_a_written_file_is_on_its_line(facts: SchoolFacts) -> None:
    text = write_facts(facts)
    where, rows = lines(text), text.split("\n")
    for path in paths(tomllib.loads(text)):
        name = str(next(part for part in reversed(path) if isinstance(part, str)))
        assert name in rows[where[path] - 1]


def paths(tree: object, above: Path = ()) -> Iterator[Path]:
    """Every path of a tree, elements of lists included."""
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, child in children:
        yield (*above, key)
        yield from paths(child, (*above, key))


NAMES = st.sampled_from(("a", "b", "c.d", '"e f"', "'g'", " a . b "))
VALUES = st.recursive(
    st.sampled_from(("1", "2024-02-29", "2024-02-29 10:00:00Z", "true", '"a]"', "'}'", '"""x\n[a]\n"""', "'''y\n'''"))
    | st.sampled_from(('"""\\""""', '""""q" """""', '"\\""', "nan")),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda many: f"[ # c ]\n{','.join(many)}\n]")
        | st.dictionaries(NAMES, inner, max_size=2).map(
            lambda rows: f"{{{', '.join(f'{k} = {v}' for k, v in rows.items())}}}"
        )
    ),
    max_leaves=5,
)
STATEMENTS = (
    st.builds(lambda name, value: f"{name}={value} # c", NAMES, VALUES)
    | NAMES.map(lambda name: f"[ {name} ]")
    | NAMES.map(lambda name: f"[[{name}]] # ]]")
    | st.sampled_from(("", "# [a]", "\t"))
)


@settings(max_examples=300, deadline=None)
@given(st.lists(STATEMENTS, max_size=6).map("\n".join))
def test_whatever_is_read_is_found(text: str) -> None:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    where = lines(text)
    for path in paths(tree):
        assert path in where or len(path) > DEEPEST
