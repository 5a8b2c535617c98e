"""The door of the server: ``equerre serve`` opens it, any other WSGI server may."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equerre.config.settings")

application = get_wsgi_application()
