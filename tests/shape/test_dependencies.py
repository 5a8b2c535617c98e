"""Nothing is declared in ``pyproject.toml`` that nothing uses: what comes later is declared with the code that needs it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Where what an extra brings is used; the base and the extras of the server serve the package itself.
SERVES = {"dev": ("tests", "scripts", "bench"), "browser": ("tests/browser",)}
# What a file names, and does not import: tools, plugins, and the types of a package that is imported elsewhere.
NAMED = {
    "build": ("tests/shape/test_package.py", '"build"'),
    "django-stubs": ("pyproject.toml", "mypy_django_plugin"),
    "installer": ("tests/shape/test_package.py", '"installer"'),
    "lxml-stubs": ("src/equerre/imports/rncp/xml_export.py", "from lxml "),
    "mypy": ("Makefile", "$(BIN)/mypy"),
    "pre-commit": ("CONTRIBUTING.md", ".venv/bin/pre-commit install"),
    "psycopg": ("src/equerre/config/environment.py", "django.db.backends.postgresql"),
    "pytest-socket": ("pyproject.toml", "--disable-socket"),
    "pytest-xdist": ("Makefile", "-n auto"),
    "ruff": ("Makefile", "$(BIN)/ruff"),
    "types-jsonschema": ("tests/documents/test_schemas.py", "jsonschema"),
    "types-pyyaml": ("tests/rules/cases.py", "import yaml"),
}


def declared() -> Iterator[tuple[str, str]]:
    """Each extra, "" for the base, and each distribution that it declares."""
    for extra, lines in {"": DECLARED["dependencies"], **DECLARED["optional-dependencies"]}.items():
        for line in lines:
            yield extra, re.split(r"[\[<>=~! ]", line)[0]


def imported_names(name: str) -> set[str]:
    """The modules that a distribution installs at the top, itself under its own name."""
    files = distribution(name).files or ()
    return {path.parts[0].removesuffix(".py") for path in files if path.suffix in (".py", ".so")} - {"..", "."}


@pytest.mark.parametrize(("extra", "name"), list(declared()))
def test_what_is_declared_is_used(extra: str, name: str) -> None:
    if name in NAMED:
        path, words = NAMED[name]
        assert words in (ROOT / path).read_text("utf-8"), f"{path} does not speak of {name} any more"
        return
    if extra == "browser":
        pytest.importorskip(name.replace("-", "_"), reason="make test-browser installs it")
    modules = "|".join(map(re.escape, imported_names(name)))
    used = re.compile(rf"^\s*(?:from|import) (?:{modules})\b|\"(?:{modules})\.", re.MULTILINE)
    places = [ROOT / folder for folder in SERVES.get(extra, ("src/equerre",))]
    assert any(used.search(path.read_text("utf-8")) for place in places for path in place.rglob("*.py")), (
        f"Nothing imports {name}, declared {f'by the extra {extra}' if extra else 'by the base'}: take it away, or use it."
    )


def test_no_table_names_what_is_not_declared() -> None:
    assert set(NAMED) <= {name for _, name in declared()}
    assert set(SERVES) <= set(DECLARED["optional-dependencies"])
