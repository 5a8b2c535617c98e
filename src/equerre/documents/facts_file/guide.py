"""What each kind of fact is for, in French, with an example of each of its fields: the table behind the template.

Labels of the fields and of their values are in ``labels``; what a label alone does not say is here, in ``hints``.
Examples are fictional (banner, acts numbered FICTIF-…), save the record of the RNCP, which is real and has its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MINISTER = "le ministre chargé de l'éducation nationale"
RECTEUR = "le recteur"


@dataclass(frozen=True, slots=True)
class Guide:
    """One kind: ``about`` a sentence or two, ``example`` a whole fact. ``shown`` facts stand in the template as they are.

    The others are there as comments: to act as if they were true would be to invent a closure or a refusal.
    """

    about: str
    example: Mapping[str, object]
    hints: Mapping[str, str] = field(default_factory=dict)
    shown: bool = True
    source: str = "modele"


SOURCES: Mapping[str, Mapping[str, object]] = {
    "modele": {
        "publisher": "Équerre",
        "title": "Faits fictifs du modèle",
        "dated_on": date(2026, 10, 1),
        "url": "https://example.org/faits-fictifs",
        "sha256": "0" * 64,
    },
    "kit": {"publisher": "Certif Info", "title": "Kit apprentissage", "dated_on": date(2025, 1, 31)},
}

GUIDES: Mapping[str, Guide] = {
    "managing_body": Guide(
        "La personne morale qui gère l'école, tant qu'elle la gère. Sa forme seule ne prouve pas l'absence de but lucratif.",
        {
            "name": "Association fictive des Établis",
            "legal_category": "9220",
            "siren": "000000018",
            "rna": "W999000001",
            "from": date(2021, 3, 1),
        },
        {
            "legal_category": "code de l'Insee, quatre chiffres, sur l'avis de situation (9220 : association déclarée)",
            "rna": "W et neuf chiffres ; une association d'Alsace-Moselle n'en a pas",
        },
    ),
    "statutes_review": Guide(
        "Une personne a lu les statuts (objet, gestion, dévolution des biens) et dit s'ils interdisent le profit.",
        {"reviewed_on": date(2022, 1, 17), "non_profit": True, "reviewer": "le rectorat"},
        {"reviewer": "le service, jamais un nom de personne"},
    ),
    "site": Guide(
        "Un lieu où l'école enseigne. Un acte qui nomme des sites ne vaut que là.",
        {
            "id": "principal",
            "main": True,
            "uai": "9990001X",
            "siret": "00000001800010",
            "commune": "Ville-Fictive",
            "departement": "69",
            "from": date(2022, 9, 1),
        },
        {"id": "un nom court, repris par les actes et les formations"},
    ),
    "opening_declaration": Guide(
        "La déclaration faite au recteur avant d'ouvrir. Ses trois jours comptent chacun : la loi ne dit pas d'où part le délai.",
        {
            "filed_on": date(2022, 1, 10),
            "acknowledged_on": date(2022, 1, 14),
            "complete_on": date(2022, 1, 24),
            "gaps_named": False,
        },
    ),
    "opposition": Guide(
        "Le recteur, le maire, le préfet ou le procureur s'oppose à l'ouverture. until : le jour où elle est levée ou annulée.",
        {"opposed_on": date(2022, 2, 15), "authority": "le maire", "ground": "locaux", "until": date(2022, 3, 1)},
        shown=False,
    ),
    "closure": Guide(
        "Le préfet ferme l'école, pour un temps ou pour toujours.",
        {"effect_on": date(2027, 1, 4), "authority": "le préfet", "temporary": True, "until": date(2027, 2, 1)},
        shown=False,
    ),
    "recognition_request": Guide(
        "La demande de reconnaissance, en cours jusqu'à la décision. until : le jour de la décision.",
        {"filed_on": date(2023, 10, 2), "until": date(2024, 6, 10)},
    ),
    "recognition": Guide(
        "L'acte du ministre qui reconnaît l'école. Il n'est pas annuel : il vaut jusqu'à un retrait.",
        {
            "effect_on": date(2024, 6, 15),
            "authority": MINISTER,
            "signed_on": date(2024, 6, 10),
            "published_on": date(2024, 6, 14),
            "nor": "FICT2400001A",
            "number": "FICTIF-2024-01",
            "enquiry_on": date(2024, 2, 6),
            "cse_opinion_on": date(2024, 4, 4),
            "cse_opinion_favourable": True,
            "sites": ("principal",),
        },
        {"sites": "aucun, si l'acte ne nomme que l'école"},
    ),
    "recognition_refusal": Guide(
        "Le ministre refuse la reconnaissance.",
        {"signed_on": date(2023, 6, 5), "authority": MINISTER, "number": "FICTIF-2023-07", "until": date(2024, 6, 15)},
        shown=False,
    ),
    "recognition_withdrawal": Guide(
        "La reconnaissance est retirée. Ce qui a précédé l'acte fait partie du fait.",
        {
            "effect_on": date(2027, 3, 15),
            "authority": MINISTER,
            "signed_on": date(2027, 3, 10),
            "number": "FICTIF-2027-03",
            "heard_on": date(2027, 1, 12),
            "enquiry_on": date(2027, 1, 19),
            "cse_opinion_on": date(2027, 2, 25),
        },
        shown=False,
    ),
    "staff_member": Guide(
        "Un poste tenu par une personne.",
        {"id": "direction-1", "function": "director", "from": date(2022, 9, 1)},
        {"id": "une clé opaque, jamais un nom de personne"},
    ),
    "staff_approval": Guide(
        "L'agrément d'une personne, ou son refus. Ces faits ne sont jamais publics.",
        {"signed_on": date(2024, 8, 26), "member": "direction-1", "authority": RECTEUR, "granted": True},
        {"member": "l'id du poste"},
    ),
    "annual_list": Guide(
        "L'arrêté commun des deux ministres qui fixe la liste annuelle. Donnez-le même s'il ne nomme pas l'école : sans lui, "
        "on ne sait pas ; avec lui, on sait qu'elle n'y est pas.",
        {
            "act_year": 2025,
            "published_on": date(2025, 11, 20),
            "signed_on": date(2025, 11, 12),
            "nor": "FICT2500002A",
            "number": "FICTIF-L2025",
            "school_year": "2025-2026",
            "campaign_year": 2026,
            "effect_ends_on": date(2026, 9, 1),
            "authority": "les deux ministres",
        },
        {
            "school_year": "seulement si le texte de l'arrêté la dit",
            "campaign_year": "seulement si le texte de l'arrêté la dit",
            "effect_ends_on": "le premier jour où l'arrêté ne vaut plus, seulement s'il le dit",
        },
    ),
    "annual_list_entry": Guide(
        "La ligne de l'école sur une liste annuelle.",
        {
            "act_year": 2025,
            "sites": ("principal",),
            "motive": "réunit les conditions de l'article",
            "from": date(2025, 11, 20),
        },
        {"act_year": "celle de la liste", "sites": "aucun, si la ligne ne nomme que l'école"},
    ),
    "regional_list": Guide(
        "La liste du préfet de région pour une campagne du solde. Donnez-la même si elle ne nomme pas l'école.",
        {
            "campaign_year": 2026,
            "published_on": date(2025, 12, 18),
            "region": "Auvergne-Rhône-Alpes",
            "number": "FICTIF-R2026",
            "authority": "le préfet de région",
        },
    ),
    "regional_list_entry": Guide(
        "La ligne de l'école sur la liste du préfet de région.",
        {"campaign_year": 2026, "item": "12°", "courses": ("cap-métallier",), "from": date(2025, 12, 18)},
        {
            "item": "le numéro de l'article L. 6241-5 sous lequel elle figure",
            "courses": "les id des formations nommées, si la liste va par formation",
        },
    ),
    "audience": Guide(
        "Combien de jeunes sont formés, selon leur statut.",
        {"school_status": 24, "apprentices": 0, "trainees": 0, "from": date(2026, 9, 1)},
    ),
    "course": Guide(
        "Une formation que donne l'école. Les heures se comptent sur tout le cursus ou sur un an, pourvu que ce soit partout "
        "pareil.",
        {
            "id": "cap-métallier",
            "title": "CAP Métallier",
            "certification": "RNCP37897",
            "site": "principal",
            "full_time": True,
            "general_hours": 420,
            "vocational_hours": 840,
            "regulation_general_hours": 400,
            "from": date(2022, 9, 1),
        },
        {"id": "un nom court, repris par les promotions", "certification": "le code de la fiche RNCP préparée"},
    ),
    "certification": Guide(
        "Une fiche du RNCP, tant qu'elle est active. Relisez ses dates avant de vous y fier : elles changent.",
        {
            "code": "RNCP37897",
            "title": "CAP - Métallier",
            "kind": "diploma",
            "level": 3,
            "successors": (),
            "read_on": date(2025, 1, 31),
            "from": date(2021, 9, 1),
            "until": date(2026, 9, 1),
        },
        {
            "successors": "les codes que la fiche nomme, choisis par une personne, jamais d'office",
            "read_on": "le jour de la publication où ces dates ont été lues",
        },
        source="kit",
    ),
    "registration_request": Guide(
        "Une demande d'enregistrement au RNCP, tant que France compétences l'examine.",
        {"filed_on": date(2026, 4, 7), "certification": "RNCP37897", "until": date(2026, 12, 1)},
        shown=False,
    ),
    "intake": Guide(
        "Les élèves entrés ensemble dans une formation. until : le jour où ils la quittent.",
        {
            "entered_on": date(2025, 9, 1),
            "course": "cap-métallier",
            "pupils": 12,
            "counted_in_registration": True,
            "until": date(2027, 7, 1),
        },
        {
            "course": "l'id de la formation",
            "counted_in_registration": "ce que dit le dossier du certificateur ; sinon, rien",
        },
    ),
    "production_count": Guide(
        "Un décompte, pour une période : un fait par décompte. Un décompte absent est inconnu, jamais nul.",
        {"count": "orders", "value": 64, "from": date(2026, 1, 1), "until": date(2027, 1, 1)},
    ),
    "cohort": Guide(
        "Les sortants d'une année, observés plus tard. Des nombres de personnes, jamais des noms.",
        {
            "exit_year": 2025,
            "horizon": 6,
            "leavers": 16,
            "reached": 14,
            "employed": 7,
            "in_training": 6,
            "unqualified_at_entry": 13,
            "without_trade_diploma_at_entry": 16,
            "dropouts_at_entry": 9,
            "from": date(2026, 3, 1),
        },
        {"in_training": "et qui ne sont pas déjà comptés en emploi"},
    ),
    "second_degree": Guide(
        "Une autorité a dit si l'école est du second degré, au sens du 2° de l'article L. 6241-5.",
        {"value": True, "from": date(2024, 9, 1)},
        shown=False,
    ),
    "unqualified_training": Guide(
        "Une autorité a dit si l'organisme forme des jeunes sans qualification, au sens du 7° de l'article L. 6241-5.",
        {"value": True, "from": date(2024, 1, 1)},
        shown=False,
    ),
    "scholarship_habilitation": Guide(
        "Le recteur habilite l'école à recevoir des boursiers nationaux, ou le refuse.",
        {"effect_on": date(2025, 9, 1), "authority": RECTEUR, "granted": True, "cse_opinion_favourable": True},
        shown=False,
    ),
    "bank_details": Guide(
        "Les coordonnées bancaires de l'école sur SOLTéA, pour une campagne. Ce fait n'est jamais public.",
        {"campaign_year": 2026, "accepted": True, "from": date(2026, 5, 20)},
    ),
    "habilitation_request": Guide(
        "La demande d'habilitation sur SOLTéA. Validée ne veut pas dire inscrite : seule la liste du préfet inscrit.",
        {"campaign_year": 2026, "state": "validated", "sent_on": date(2025, 11, 24), "from": date(2025, 12, 15)},
    ),
    "agreement": Guide(
        "Une convention en cours. Nul n'est tenu d'en signer.",
        {
            "signed_on": date(2026, 1, 20),
            "id": "atelier-2026",
            "party": "une entreprise fictive de métallerie",
            "party_kind": "company",
            "purpose": "equipment",
            "signed_by_body": True,
            "signed_by_party": True,
            "written": True,
            "amount_cents": 1200000,
            "education_ministry": False,
            "cse_opinion_favourable": True,
            "state_aid_basis": "aucun : argent privé",
            "until": date(2027, 1, 1),
        },
        {
            "amount_cents": "1200000 pour 12 000 euros",
            "cse_opinion_favourable": "seulement pour de l'argent de l'État",
        },
    ),
    "campaign_date": Guide(
        "Une date du calendrier d'une campagne : prévue, puis révisée, puis réelle. Elle change chaque année.",
        {
            "kind": "bank_details_close",
            "campaign_year": 2026,
            "planned": date(2026, 10, 15),
            "revised": date(2026, 10, 22),
            "actual": date(2026, 10, 23),
        },
    ),
    "ruling": Guide(
        "Une autorité a écrit, pour cette école, quelle lecture du droit elle suit : le doute est levé tant que l'écrit vaut.",
        {"written_on": date(2026, 2, 3), "reading": "R4", "option": "a", "authority": RECTEUR, "use": "schooling"},
        {
            "reading": "son numéro : la liste est dans equerre readings",
            "use": "pour une lecture qui en a plusieurs, comme R4 : schooling ou tax ; sinon rien",
        },
        shown=False,
    ),
    "stated_absence": Guide(
        "Quelqu'un qui peut le savoir dit qu'il n'y a rien. Sans cet écrit, ce qui manque est inconnu, et non absent.",
        {"of": "opposition", "from": date(2022, 4, 24)},
        {"of": "une sorte de fait, avec sa clé s'il le faut, comme staff_approval[maître-1]"},
        shown=False,
    ),
}
