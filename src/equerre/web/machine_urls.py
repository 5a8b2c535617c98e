"""The addresses of files, feeds and what machines look for. They are for ever, like those of the pages."""

from __future__ import annotations

from django.urls import path

from equerre.web import downloads, feeds

urlpatterns = [
    path("donnees/datapackage.json", downloads.package, name="datapackage"),
    path("donnees/<slug:slug>.schema.json", downloads.schema, name="table-schema"),
    path("donnees/<slug:slug>.<str:form>", downloads.table, name="download"),
    path("flux.atom", feeds.flux, name="feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-<int:page>.xml", feeds.sitemap, name="sitemap-page"),
    path("robots.txt", feeds.robots, name="robots"),
    path(".well-known/security.txt", feeds.security, name="security"),
]
