"""The same client and absence of limit as the tests of the API."""

from __future__ import annotations

from tests.api.conftest import api, no_limit

__all__ = ["api", "no_limit"]
