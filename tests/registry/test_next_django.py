"""``prepared`` leans on what Django does not promise: the same tests, under the next Django, where one is installed apart.

``NEXT_DJANGO`` names a Python (3.12 or later) that has Django 6, the libraries of the base and of the server in
``pyproject.toml``, and what these tests import:

    python3.13 -m venv next && next/bin/pip install "django>=6" … hypothesis pytest pytest-django pytest-socket pyyaml
    NEXT_DJANGO=next/bin/python .venv/bin/pytest tests/registry/test_next_django.py
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import django
import pytest

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("NEXT_DJANGO")
TRIED = ("tests/registry/test_prepared.py", "tests/registry/test_selectors.py")


@pytest.mark.skipif(PYTHON is None, reason="NEXT_DJANGO names no Python that has the next Django")
def test_questions_written_once_hold_under_the_next_django() -> None:
    assert PYTHON is not None
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    told = "import django; print(*django.VERSION[:2])"
    version = subprocess.run([PYTHON, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert tuple(map(int, version)) > django.VERSION[:2], "this Django is no newer than the one that is pinned"
    # What is to come is announced by warnings: they stop nothing here.
    asked = [PYTHON, "-m", "pytest", "-q", "-W", "default", "-p", "no:cacheprovider", *TRIED]
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
