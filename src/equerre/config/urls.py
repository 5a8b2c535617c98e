"""The addresses of the house: the pages, the API, and the registry's own rooms for those who keep it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/", include("equerre.api.urls")),
    path("gestion/", admin.site.urls),
    path("", include("equerre.web.urls")),
]
