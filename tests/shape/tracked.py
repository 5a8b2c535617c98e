"""What belongs to the project in this folder: what git tracks, so that a file that somebody leaves here is not read.

Without git, as in a source archive, everything but what a tool makes.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What is made by a tool, or belongs to one machine.
MADE = {".git", ".venv", ".demo", ".hypothesis", "__pycache__", "build", "dist", "venv"}


def tracked(root: Path = ROOT) -> list[Path]:
    """The files of the project, in order."""
    git = shutil.which("git")
    said = git and subprocess.run(
        [git, "-C", str(root), "ls-files", "-z", "--cached"], capture_output=True, check=False, timeout=300
    )
    if said and said.returncode == 0 and said.stdout:
        return sorted(path for name in said.stdout.decode().split("\0") if name and (path := root / name).is_file())
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file()
        and not any(part in MADE or part.endswith(("_cache", ".egg-info")) for part in path.relative_to(root).parts)
    )
