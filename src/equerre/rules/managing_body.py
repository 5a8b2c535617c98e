"""The managing body (*organisme gestionnaire*): L. 443-6, first sentence.

An école de production is run by a body that does not seek profit. The article lists no legal form, and a form alone
proves nothing: the table of categories proposes, a person who has read the statutes confirms.
"""

from __future__ import annotations

from datetime import date

from equerre.facts.managing_body import ManagingBody, StatutesReview
from equerre.facts.school_facts import SchoolFacts, at
from equerre.kernel.citation import Citation
from equerre.kernel.finding import Finding
from equerre.kernel.french import day
from equerre.law.legal_categories import legal_categories
from equerre.rules.due import NO_DAY, Due, first_that_holds
from equerre.rules.rule import Reasoning, rule

# By option of R10, the kinds of bodies that may be non-profit; elsewhere, what becomes of the others.
ADMITTED = {
    "a": ("association", "foundation"),
    "b": ("association", "foundation", "company", "public", "other"),
    "c": ("association", "foundation", "company", "public", "other", "cooperative", "chamber"),
}


@rule(
    "code-education/L443-6/s1",
    asks="L'organisme qui gère l'école est-il sans but lucratif ?",
    readings=("R10",),
)
def non_profit(facts: SchoolFacts, on: date, why: Reasoning) -> Finding:
    """The statutes, read by a person, forbid profit; the legal form does not contradict them."""
    body = why.at(facts[ManagingBody])
    if body is None:
        return why.unknown("On ne sait pas quel organisme gère l'école.", "managing_body")
    category = legal_categories().get(body.value.legal_category)
    form = f"catégorie juridique {body.value.legal_category}"
    if category is not None:
        form = category.label[:1].lower() + category.label[1:]
    review = why.at(facts[StatutesReview])
    if review is None:  # the form proposes, a person confirms: without one, neither a yes nor a no
        profit = category is not None and category.kind == "company"
        said = "sa forme sert à partager des profits" if profit else "sa forme peut convenir"
        return why.unknown(
            f"{body.value.name} ({form}) : {said}, mais personne n'a dit avoir lu ses statuts.", "statutes_review"
        )
    then = at(facts[ManagingBody], review.value.reviewed_on)
    if then is not None and not same_body(then.value, body.value):
        return why.unknown(
            f"Les statuts lus le {day(review.value.reviewed_on)} étaient ceux d'un autre organisme ({then.value.name}) : "
            f"personne n'a dit avoir lu ceux de {body.value.name}.",
            "statutes_review",
        )
    if not review.value.non_profit:
        return why.not_met(
            f"{body.value.name} peut partager ses profits : c'est ce que dit l'examen de ses statuts.",
            since=review.valid.start,
        )
    kind = category.kind if category else "other"
    option = why.reading("R10")
    if kind in ADMITTED[option]:
        return why.met(
            f"{body.value.name} ({form}) ne cherche pas de profit : une personne a lu ses statuts.",
            since=max((day for day in (body.valid.start, review.valid.start) if day), default=None),
            until=body.valid.end,
        )
    if option == "a":
        return why.not_met(f"{body.value.name} ({form}) n'est ni une association ni une fondation.")
    return why.unknown(
        f"Ses statuts interdisent le profit, mais on ne sait pas si cette forme ({form}) suffit : "
        "aucune autorité ne l'a dit.",
        "ruling[R10]",
    )


def same_body(then: ManagingBody, now: ManagingBody) -> bool:
    """Is it the same legal person? By SIREN when both have one, else by name."""
    return then.siren == now.siren if then.siren and now.siren else then.name == now.name


_HAVE_STATUTES_READ = Due(
    "Joindre les statuts, et les faire lire par une personne qui confirme",
    "l'école",
    Citation("code-education", "L443-6", "s1"),
    no_date=NO_DAY,
)


def next_steps(facts: SchoolFacts, finding: Finding, on: date) -> tuple[Due, ...]:
    """A person reads the statutes when nobody did."""
    return first_that_holds(
        ("statutes_review" in finding.missing, _HAVE_STATUTES_READ),
        ("managing_body" in finding.missing, _HAVE_STATUTES_READ),
    )
