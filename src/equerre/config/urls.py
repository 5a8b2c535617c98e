"""The addresses of the house: the pages, the API, and the registry's own rooms for those who keep it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from equerre.web import signing_in

urlpatterns = [
    path("api/", include("equerre.api.urls")),
    path("gestion/login/", signing_in.login),
    path("gestion/", admin.site.urls),
    path("", include("equerre.web.urls")),
]

handler400 = "equerre.config.refusals.bad_request"
