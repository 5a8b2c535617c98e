"""The settings of the server that is measured: those of the house, with the views of the bench, and no limit on its caller."""

from __future__ import annotations

from equerre.config.settings import *  # noqa: F403
from equerre.config.settings import MIDDLEWARE

MIDDLEWARE = ["bench.views.Anew", *MIDDLEWARE]
ROOT_URLCONF = "bench.views"
API_RATE = 0
