"""The same demo year, client and forgetting as the tests of the API."""

from __future__ import annotations

from tests.api.conftest import api, demo_year, loaded, nothing_remembered

__all__ = ["api", "demo_year", "loaded", "nothing_remembered"]
