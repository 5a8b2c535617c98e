"""A table of the law, replaced for one test."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Replace = Callable[[str, str], None]


@pytest.fixture
def replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Replace]:
    """``replace("readings", text)``: what is read in place of ``law/readings.toml``, until the test ends."""
    loaders = []

    def put(name: str, text: str) -> None:
        module = importlib.import_module(f"equerre.law.{name}")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(module, "files", lambda _package: tmp_path)
        loaders.append(getattr(module, name))
        loaders[-1].cache_clear()

    yield put
    for loader in loaders:
        loader.cache_clear()
