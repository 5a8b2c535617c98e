"""The addresses of the public register. They are for ever: what moves leaves its old address behind it."""

from __future__ import annotations

from django.urls import path

from equerre.web import (
    about,
    annual_list,
    article,
    badge,
    calendar,
    employer_sheet,
    readings,
    report,
    school,
    schools,
    sources,
)

urlpatterns = [
    path("ecoles", schools.page, name="schools"),
    path("ecoles/<str:uai>", school.page, name="school"),
    path("ecoles/<str:uai>/dossier.json", school.dossier, name="dossier"),
    path("ecoles/<str:uai>/badge.svg", badge.image, name="badge"),
    path("ecoles/<str:uai>/fiche-employeur.pdf", employer_sheet.deed, name="employer-sheet"),
    path("listes", annual_list.latest, name="lists"),
    path("listes/<int:act_year>", annual_list.page, name="list"),
    path("articles", article.index, name="articles"),
    path("articles/<str:code>/<str:number>", article.page, name="article"),
    path("lectures", readings.index, name="readings"),
    path("lectures/<str:number>", readings.page, name="reading"),
    path("calendrier", calendar.page, name="calendar"),
    path("sources", sources.page, name="sources"),
    path("donnees", about.data, name="data"),
    path("accessibilite", about.accessibility, name="accessibility"),
    path("mentions-legales", about.legal, name="legal"),
    path("signaler", report.page, name="report"),
    path("signaler/<str:token>", report.followed, name="followed"),
]
