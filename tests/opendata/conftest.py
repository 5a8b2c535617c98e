"""The same client and forgetting as the tests of the API."""

from __future__ import annotations

from tests.api.conftest import api, nothing_remembered

__all__ = ["api", "nothing_remembered"]
