"""``/signaler``: ask for a correction of public data. Kept, numbered, answered at an address that only its author knows.

No account, no third party, no cookie but the one that keeps the form from being sent by somebody else's page. An address to
write back is optional. A machine that fills every field fills the one that no person sees, and is refused.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from equerre.kernel import clock
from equerre.kernel.invisible import first_invisible
from equerre.opendata import corrections
from equerre.opendata.corrections import LONGEST_PAGE, LONGEST_TEXT, TooMany
from equerre.opendata.threshold.callers import caller
from equerre.opendata.threshold.counts import take
from equerre.web.canonical import home

# Of one address: a person says a few things an hour.
MOST_OF_ONE, AN_HOUR = 6, 3600
SHORTEST = 15
TRAP = "site_internet"
FIELDS = ("page", "text", "contact")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form, then the way to the request once it is kept."""
    if request.method != "POST":
        typed = {"page": request.GET.get("page", "")[:LONGEST_PAGE], "text": "", "contact": ""}
        return _form(request, typed, {}, 200)
    typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
    errors = _errors(typed, request.POST.get(TRAP, ""))
    if errors:
        return _form(request, typed, errors, 400)
    if take("report", caller(request), MOST_OF_ONE, clock.now(), AN_HOUR).spent:
        return _form(
            request,
            typed,
            {"text": "Plusieurs demandes sont déjà parties d'ici depuis une heure. Revenez plus tard."},
            429,
        )
    try:
        kept = corrections.receive(typed["text"], page=typed["page"], contact=typed["contact"], received_at=clock.now())
    except TooMany as error:
        return _form(request, typed, {"text": str(error)}, 429)
    return redirect("followed", token=kept.token)


def _form(request: HttpRequest, typed: dict[str, str], errors: dict[str, str], status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "banner": "",
        "typed": typed,
        "errors": errors,
        "shortest": SHORTEST,
        "longest": LONGEST_TEXT,
        "trap": TRAP,
        "contact_days": corrections.CONTACT_AFTER_ANSWER.days,
        "kept_years": corrections.KEPT.days // 365,
    }
    return render(request, "web/report.html", context, status=status)


def _errors(typed: dict[str, str], trap: str) -> dict[str, str]:
    """What is wrong, by field."""
    found = {}
    if len(typed["text"]) < SHORTEST:
        found["text"] = f"Dites ce qui est faux, et ce qui serait juste, en {SHORTEST} caractères au moins."
    elif len(typed["text"]) > LONGEST_TEXT:
        found["text"] = f"Ce texte a {len(typed['text'])} caractères : la limite est de {LONGEST_TEXT}."
    if len(typed["page"]) > LONGEST_PAGE:
        found["page"] = f"Cette adresse est trop longue : {LONGEST_PAGE} caractères au plus."
    if typed["contact"] and not _is_mail(typed["contact"]):
        found["contact"] = "Cette adresse n'est pas celle d'un courriel : écrivez par exemple nom@exemple.fr, ou rien."
    for name in FIELDS:
        if first_invisible(typed[name], lines=True):
            found[name] = "Ce texte contient un caractère invisible : retirez-le."
    if trap:
        found[TRAP] = "Ce champ est un piège à robots : laissez-le vide."
    return found


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


@never_cache
@require_safe
def followed(request: HttpRequest, token: str) -> HttpResponse:
    """The request, its number, its answer. Whoever has the address reads it; nobody else finds it."""
    kept = corrections.followed(token) if token.isascii() and token.isprintable() else None
    if kept is None:
        raise Http404("Aucune demande n'est suivie à cette adresse.")
    context = {
        "banner": "",
        "kept": kept,
        "here": home(request) + request.path,
        "kept_years": corrections.KEPT.days // 365,
    }
    response = render(request, "web/followed.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
