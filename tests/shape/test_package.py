"""The wheel stands alone: built, installed into an empty environment with the base lock and nothing else, and asked
about a school from outside the checkout.

Nothing is fetched: the packages of the base lock are lent by the environment of the tests, one by one, so that whatever
else it holds stays out of reach.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.shape.tracked import ROOT, tracked

LOCKS = [path for path in tracked() if path.parent == ROOT / "requirements"]
PACKAGE = ROOT / "src" / "equerre"
BUILD_BACKEND = "hatchling"


def run(*words: str | Path, cwd: Path, **settings: str) -> str:
    """What a command prints; the test fails with its own words when it fails."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        words, cwd=cwd, env=outside | settings, capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def locked(lock: str) -> set[str]:
    """The packages that a lock pins for this machine's system."""
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8").splitlines()
    return {line.partition("==")[0] for line in lines if "==" in line and "sys_platform == 'win32'" not in line}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the checkout by the build backend of the locks."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@dataclass(frozen=True)
class Environment:
    """An environment with the wheel and the base, and a folder to work in."""

    root: Path
    python: Path

    def run(self, *words: str | Path) -> str:
        return run(*words, cwd=self.root)

    def equerre(self, *words: str | Path) -> str:
        return self.run(self.python.with_name("equerre"), *words)


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    root = tmp_path_factory.mktemp("outside")
    run(sys.executable, "-m", "venv", "--without-pip", root / "venv", cwd=root)
    made = Environment(root, root / "venv" / "bin" / "python")
    packages = Path(made.run(made.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    for name in locked("base"):
        lend(name, packages)
    installer = distribution("installer").locate_file("")
    run(made.python, "-m", "installer", wheel, cwd=root, PYTHONPATH=str(installer))
    return made


def lend(name: str, packages: Path) -> None:
    """Link what a package brings, its modules and its metadata, into the packages of another environment."""
    lender = distribution(name)
    tops = {file.parts[0] for file in lender.files or () if file.parts[0] not in ("..", "__pycache__")}
    for top in tops:
        (packages / top).symlink_to(Path(str(lender.locate_file(top))))


def test_every_table_and_schema_is_in_the_wheel(wheel: Path) -> None:
    kept = {
        str(path.relative_to(PACKAGE.parent)) for path in PACKAGE.rglob("*") if path.suffix in {".py", ".toml", ".json"}
    }
    inside = set(ZipFile(wheel).namelist())
    assert {"equerre/law/parameters.toml", "equerre/law/readings.toml"} <= kept
    assert sorted(kept - inside) == []
    assert "equerre/py.typed" in inside


def test_the_wheel_holds_nothing_but_the_package_and_its_papers(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in ZipFile(wheel).namelist()}
    assert tops == {"equerre", wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"}


def test_the_base_is_three_packages_and_what_they_need(wheel: Path) -> None:
    metadata = next(name for name in ZipFile(wheel).namelist() if name.endswith("/METADATA"))
    needs = re.findall(r"^Requires-Dist: (?!.*extra ==)([\w-]+)", ZipFile(wheel).read(metadata).decode(), re.MULTILINE)
    assert sorted(needs) == ["click", "python-stdnum", "rich"]


def test_each_extra_has_its_lock_in_the_same_versions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locks = {path.stem: path.read_text("utf-8") for path in LOCKS}
    assert set(locks) == {"base", *project["optional-dependencies"]}
    pinned: dict[str, set[str]] = {}
    for text in locks.values():
        assert f"\n{BUILD_BACKEND}==" in text
        for name, version in re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", text, re.MULTILINE):
            pinned.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pinned.items() if len(versions) > 1} == {}


def test_every_pin_of_a_lock_has_its_hashes_and_no_address() -> None:
    for path in LOCKS:
        text = path.read_text("utf-8")
        pinned = re.split(r"\n(?=\S)", text.strip())
        assert [pin for pin in pinned if "--hash=sha256:" not in pin] == [], path.name
        assert "://" not in text, path.name
        assert "--index" not in text, path.name
        assert "--find-links" not in text, path.name


def test_a_school_is_explained_from_outside_the_checkout(environment: Environment) -> None:
    example = min((ROOT / "examples").glob("*.toml"))
    facts = environment.root / "ecole.toml"
    facts.write_bytes(example.read_bytes())
    said = environment.equerre("explain", "--facts", facts, "--on", "2026-10-01")
    name = tomllib.loads(facts.read_text("utf-8"))["school"]["name"]
    assert name in " ".join(said.split())
    assert "1er octobre 2026" in said


def test_the_command_needs_neither_django_nor_the_checkout(environment: Environment) -> None:
    asked = "import equerre.cli, json, sys; print(json.dumps([equerre.__file__, sorted(sys.modules)]))"
    where, modules = json.loads(environment.run(environment.python, "-c", asked))
    assert Path(where).is_relative_to(environment.root)
    tops = {module.partition(".")[0] for module in modules}
    assert "django" not in tops
    absent = "import importlib.util as u; print([m for m in ('django', 'pytest', 'yaml') if u.find_spec(m)])"
    assert environment.run(environment.python, "-c", absent).strip() == "[]"
