"""The settings of the tests: those of the server, in a folder that goes away, on DATABASE_URL when it is set, else on SQLite."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = tempfile.mkdtemp(prefix="equerre-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("EQUERRE_")]:
    del os.environ[_name]
os.environ["EQUERRE_HOME"] = _HOME
Path(_HOME, "static").mkdir()

from equerre.config.settings import *  # noqa: E402, F403 (the folder has to be there first)

# A test reads the style sheets where they are, and signs in without spending a second on it.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Two runs at once on one PostgreSQL never drop each other's tables.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"test_equerre_{os.getpid()}"}  # noqa: F405
