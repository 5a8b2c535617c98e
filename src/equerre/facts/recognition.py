"""Recognition by the State: L. 443-2, R. 443-1."""

from __future__ import annotations

from datetime import date

from equerre.facts.kind import KEY, MINISTER, field, kind


@kind(
    label="la demande de reconnaissance",
    title="Demandes de reconnaissance",
    about="La demande de reconnaissance, en cours jusqu'à la décision. until : le jour de la décision.",
    starts="filed_on",
    valid_until=date(2024, 6, 10),
)
class RecognitionRequest:
    """The school asked; ``until`` is the day of the decision. While it lasts, the request is pending."""

    filed_on: date = field("jour du dépôt", public=True, example=date(2023, 10, 2))


@kind(
    label="l'acte de reconnaissance",
    title="Reconnaissances",
    about="L'acte du ministre qui reconnaît l'école. Il n'est pas annuel : il vaut jusqu'à un retrait.",
    starts="effect_on",
)
class Recognition:
    """*Reconnaissance par l'État*: the act, and the sites it names (none when the act names the school alone)."""

    effect_on: date = field("jour d'effet", public=True, example=date(2024, 6, 15))
    authority: str = field("autorité", public=True, example=MINISTER)
    signed_on: date | None = field("jour de signature", default=None, public=True, example=date(2024, 6, 10))
    published_on: date | None = field("jour de publication", default=None, public=True, example=date(2024, 6, 14))
    nor: str | None = field("NOR", default=None, public=True, example="FICT2400001A", norm="nor")
    number: str | None = field("numéro", default=None, public=True, example="FICTIF-2024-01")
    enquiry_on: date | None = field("jour de l'enquête", default=None, public=True, example=date(2024, 2, 6))
    cse_opinion_on: date | None = field(
        "jour de l'avis du Conseil supérieur de l'éducation", default=None, public=True, example=date(2024, 4, 4)
    )
    cse_opinion_favourable: bool | None = field(
        "avis favorable du Conseil supérieur de l'éducation", default=None, public=True, example=True
    )
    sites: tuple[str, ...] = field(
        "sites nommés",
        default=(),
        public=True,
        in_feed=False,
        hint="aucun, si l'acte ne nomme que l'école",
        example=("principal",),
        form=KEY,
    )


@kind(
    label="le refus de reconnaissance",
    title="Refus de reconnaissance",
    about="Le ministre refuse la reconnaissance.",
    starts="signed_on",
    ends=True,
    shown=False,
    valid_until=date(2024, 6, 15),
)
class RecognitionRefusal:
    """The minister refused; in force until another act."""

    signed_on: date = field("jour de signature", public=True, example=date(2023, 6, 5))
    authority: str = field("autorité", public=True, example=MINISTER)
    number: str | None = field("numéro", default=None, public=True, example="FICTIF-2023-07")


@kind(
    label="le retrait de la reconnaissance",
    title="Retraits de reconnaissance",
    about="La reconnaissance est retirée. Ce qui a précédé l'acte fait partie du fait.",
    starts="effect_on",
    ends=True,
    shown=False,
)
class RecognitionWithdrawal:
    """*Retrait* of the recognition "in the same conditions" (R18): what was done before the act is part of the fact."""

    effect_on: date = field("jour d'effet", public=True, example=date(2027, 3, 15))
    authority: str = field("autorité", public=True, example=MINISTER)
    signed_on: date | None = field("jour de signature", default=None, public=True, example=date(2027, 3, 10))
    number: str | None = field("numéro", default=None, public=True, example="FICTIF-2027-03")
    heard_on: date | None = field(
        "jour où l'école s'est expliquée", default=None, public=True, example=date(2027, 1, 12)
    )
    enquiry_on: date | None = field("jour de l'enquête", default=None, public=True, example=date(2027, 1, 19))
    cse_opinion_on: date | None = field(
        "jour de l'avis du Conseil supérieur de l'éducation", default=None, public=True, example=date(2027, 2, 25)
    )
