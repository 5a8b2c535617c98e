"""Nobody writes a fact but through an action, an import or the demo, and never behind the back of ``registry.record``.

``test_borders.py`` holds who may import the writer. Here the source of every other room is read for what writes rows without it:
a manager, a row, a statement of SQL. What one may find there is in ``ALLOWED``, with its reason, and nothing else.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from equerre.registry import models

SOURCE = Path(__file__).resolve().parents[2] / "src" / "equerre"
MANAGERS = {"objects", "_default_manager", "_base_manager"}
OF_A_ROW = {"save", "delete"}
OF_A_MANAGER = {
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "_raw_delete",
}
STATEMENT = re.compile(r"\s*(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE)\b", re.IGNORECASE)

# Whoever writes rows otherwise: the part of the source, and what may be written there (the text before the manager, or the row).
IDENTITIES = r"(models\.)?(Source|School|ManagingBody|Site|Course|Certification|Act)|IDENTITIES\[.+\]"
ALLOWED = {
    "demo/": IDENTITIES,
    "cli/archive.py": r"model|apps\.get_model\(label\)",  # a backup is put back whole, where nothing was
    "opendata/threshold/counts.py": r"(INSERT INTO|DELETE FROM) ",  # how often one calls: a table of its own
    "opendata/corrections.py": r"CorrectionRequest|request",  # what people say is wrong, which is no fact
}


def writes(source: Path) -> Iterator[tuple[str, int, str]]:
    """Each line that writes rows outside the registry: file, line, what is written."""
    for path in sorted(source.rglob("*.py")):
        where = path.relative_to(source).as_posix()
        if where.startswith("registry/") or "/migrations/" in where:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Constant(value=str(text)) if STATEMENT.match(text):
                    yield where, node.lineno, text
                case ast.Call(func=ast.Attribute(attr=verb, value=value), args=arguments):
                    verb = verb.removeprefix("a") if verb.removeprefix("a") in OF_A_ROW | OF_A_MANAGER else verb
                    if verb in OF_A_MANAGER and (managed := _managed(value)) is not None:
                        yield where, node.lineno, managed
                    elif verb in OF_A_ROW and not arguments:
                        yield where, node.lineno, ast.unparse(value)


def _managed(node: ast.expr) -> str | None:
    """Whose rows a chain of calls is about (« models.School.objects.filter(…) »: models.School); None when it has no manager."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            return ast.unparse(node.value)
        node = node.func if isinstance(node, ast.Call) else node.value
    return None


def unexpected(source: Path) -> list[str]:
    return [
        f"{where}:{line}: {written}"
        for where, line, written in writes(source)
        if not any(where.startswith(part) and re.fullmatch(said, written) for part, said in ALLOWED.items())
    ]


def test_no_row_of_fact_is_written_behind_the_writer() -> None:
    assert unexpected(SOURCE) == []


def test_each_exception_is_there_for_something() -> None:
    found = list(writes(SOURCE))
    for part, said in ALLOWED.items():
        assert any(where.startswith(part) and re.fullmatch(said, written) for where, _, written in found), part


def test_an_identity_is_no_fact() -> None:
    assert [model.__name__ for model in models.DATED if re.fullmatch(IDENTITIES, f"models.{model.__name__}")] == []


@pytest.mark.parametrize(
    ("where", "line", "written"),
    [
        ("web/report.py", "models.Audience.objects.create(school_status=1)", "models.Audience"),
        ("cases/forms.py", "models.Audience.objects.filter(pk=1).update(school_status=1)", "models.Audience"),
        ("cases/actions/correct.py", "row.save(update_fields=['known_until'])", "row"),
        ("imports/directory.py", "models.SiteDetails._default_manager.bulk_create(rows)", "models.SiteDetails"),
        ("imports/directory.py", "model._default_manager.filter(pk=1).exclude(pk=2).delete()", "model"),
        ("opendata/corrections.py", "Audience.objects.all().update(school_status=1)", "Audience"),
        ("demo/book.py", "row.delete()", "row"),
        ("api/door.py", "await models.School.objects.acreate(key='a')", "models.School"),
        ("api/door.py", 'cursor.execute("update registry_audience set school_status = 1")', "update registry_audience"),
    ],
)
def test_whoever_writes_otherwise_is_named(tmp_path: Path, where: str, line: str, written: str) -> None:
    file = tmp_path / where
    file.parent.mkdir(parents=True)
    file.write_text(f'"""A sabotage."""\n{line}\n', "utf-8")
    found = unexpected(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"{where}:2: {written}")
