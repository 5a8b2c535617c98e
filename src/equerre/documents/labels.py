"""French labels: one table for every stable key that people read. One voice per reader where the words differ.

Terms are those of ``docs/glossary.md``; the labels of the kinds of facts are on their classes (``facts``). Tests hold
this table and the code together, both ways: a key without its label fails, and so does a label without its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from equerre.facts import CHOICES as FACT_CHOICES

READERS: Mapping[str, str] = {"school": "l'école", "officer": "l'agent qui instruit", "judge": "le juge"}

_OF_SCHOOL = {"MET": "Oui", "NOT_MET": "Non", "UNKNOWN": "On ne sait pas", "NOT_APPLICABLE": "Sans objet"}
_OF_OFFICER = {"MET": "Remplie", "NOT_MET": "Non remplie", "UNKNOWN": "Inconnue", "NOT_APPLICABLE": "Sans objet"}
OUTCOMES: Mapping[str, Mapping[str, str]] = {"school": _OF_SCHOOL, "officer": _OF_OFFICER, "judge": _OF_OFFICER}


class Word(NamedTuple):
    """A link of the chain: its whole name, and the same on two short lines for a drawing."""

    label: str
    above: str
    below: str = ""


WORDS: Mapping[str, Word] = {
    "opening": Word("Ouverture", "Ouverture"),
    "managing_body": Word("Organisme gestionnaire", "Organisme", "gestionnaire"),
    "recognition": Word("Reconnaissance par l'État", "Reconnaissance"),
    "staff_approval": Word("Agrément des personnes", "Agréments"),
    "annual_list": Word("Liste annuelle", "Liste", "annuelle"),
    "regional_list": Word("Liste du préfet de région", "Liste du", "préfet"),
    "tax_balance": Word("Solde de la taxe d'apprentissage", "Solde", "de la taxe"),
}

SENTENCES: Mapping[str, str] = {
    "s1": "Première phrase",
    "s2": "Deuxième phrase",
    "s3": "Troisième phrase",
    "s4": "Quatrième phrase",
    "s5": "Cinquième phrase",
    "s6": "Sixième phrase",
    "s7": "Septième phrase",
}

STATES: Mapping[str, str] = {
    "in_force": "en vigueur",
    "not_yet_born": "pas encore en vigueur",
    "repealed": "abrogé",
    "start_not_established": "début non établi",
}

CONFIDENCES: Mapping[str, str] = {
    "certain": "date certaine",
    "likely": "date probable",
    "unsure": "date non établie",
}

# What a reading that serves two questions is taken for.
USES: Mapping[str, str] = {
    "R3:clause": "si l'arrêté dit quand il finit",
    "R3:silent": "si l'arrêté se tait",
    "R4:schooling": "pour la scolarité",
    "R4:tax": "pour la taxe",
    "R7:payability": "pour le paiement",
    "R7:right": "pour le droit",
    "R22:deductions": "pour les déductions",
    "R22:lists": "pour les listes",
    "R43:clock": "pour le délai",
    "R43:task": "pour la démarche",
    "R53:exams": "pour les examens",
    "R53:regulated_work": "pour les travaux réglementés",
}

# By name of field; ``kind.field`` where one kind says something else.
FIELDS: Mapping[str, str] = {
    "accepted": "acceptées par la plateforme",
    "acknowledged_on": "jour de l'accusé de réception",
    "act_year": "année civile de signature",
    "actual": "jour réel",
    "amount_cents": "montant, en centimes",
    "apprentices": "apprentis",
    "authority": "autorité",
    "campaign_year": "année de campagne",
    "certification": "fiche RNCP",
    "code": "code",
    "commune": "commune",
    "complete_on": "jour où le dossier a été complet",
    "count": "ce qui est compté",
    "counted_in_registration": "promotion comptée par le certificateur",
    "course": "formation",
    "courses": "formations nommées",
    "cse_opinion_favourable": "avis favorable du Conseil supérieur de l'éducation",
    "cse_opinion_on": "jour de l'avis du Conseil supérieur de l'éducation",
    "departement": "département",
    "dropouts_at_entry": "en décrochage à l'entrée",
    "education_ministry": "argent du ministère de l'éducation nationale",
    "effect_ends_on": "jour où son effet prend fin, selon son texte",
    "effect_on": "jour d'effet",
    "employed": "en emploi",
    "enquiry_on": "jour de l'enquête",
    "entered_on": "jour d'entrée",
    "exit_year": "année de sortie",
    "filed_on": "jour du dépôt",
    "full_time": "à temps plein",
    "function": "fonction",
    "general_hours": "heures d'enseignement général",
    "gaps_named": "pièces manquantes demandées",
    "granted": "accordé",
    "ground": "motif",
    "heard_on": "jour où l'école s'est expliquée",
    "horizon": "mois après la sortie",
    "id": "identifiant",
    "in_training": "en formation",
    "item": "titre de l'inscription",
    "kind": "nature",
    "leavers": "sortants",
    "legal_category": "catégorie juridique",
    "level": "niveau",
    "main": "site principal",
    "member": "personne",
    "motive": "motif de la ligne",
    "name": "nom",
    "non_profit": "profit interdit par les statuts",
    "nor": "NOR",
    "number": "numéro",
    "of": "ce qui n'existe pas",
    "opposed_on": "jour de l'opposition",
    "option": "option suivie",
    "party": "autre partie",
    "party_kind": "nature de l'autre partie",
    "planned": "jour prévu",
    "published_on": "jour de publication",
    "pupils": "élèves",
    "purpose": "objet",
    "reached": "sortants joints",
    "read_on": "jour où la fiche a été lue",
    "reading": "lecture",
    "region": "région",
    "regulation_general_hours": "heures d'enseignement général du règlement du diplôme",
    "reviewed_on": "jour de l'examen",
    "reviewer": "qui a lu les statuts",
    "revised": "jour révisé",
    "rna": "RNA",
    "school_status": "élèves sous statut scolaire",
    "school_year": "année scolaire",
    "sent_on": "jour de l'envoi",
    "signed_by_body": "signée par l'organisme gestionnaire",
    "signed_by_party": "signée par l'autre partie",
    "signed_on": "jour de signature",
    "siren": "SIREN",
    "siret": "SIRET",
    "site": "site",
    "sites": "sites nommés",
    "state": "état",
    "state_aid_basis": "fondement d'aide d'État",
    "successors": "fiches nommées pour suite",
    "temporary": "temporaire",
    "title": "intitulé",
    "trainees": "stagiaires adultes",
    "uai": "UAI",
    "unqualified_at_entry": "sans certification de niveau 3 à l'entrée",
    "value": "valeur",
    "vocational_hours": "heures d'enseignement technologique ou professionnel",
    "without_trade_diploma_at_entry": "sans diplôme du métier à l'entrée",
    "use": "usage de la lecture",
    "written": "écrite",
    "written_on": "jour de l'écrit",
    "bank_details.accepted": "acceptées par la plateforme SOLTéA",
    "scholarship_habilitation.cse_opinion_favourable": "avis favorable du Conseil supérieur de l'éducation sur les bourses",
    "scholarship_habilitation.granted": "accordée",
    "second_degree.value": "école du second degré",
    "unqualified_training.value": "organisme relevant du 7°",
}

# The few values that a field takes, by ``kind.field``.
CHOICES: Mapping[str, Mapping[str, str]] = {f"{kind}.{field}": table for (kind, field), table in FACT_CHOICES.items()}

# The sections of an answer and of a dossier, as `equerre verify` names them.
SECTIONS: Mapping[str, str] = {
    "format": "le format",
    "equerre": "la version d'Équerre",
    "question": "la question posée",
    "facts": "les faits",
    "wordings": "les rédactions citées",
    "parameters": "les paramètres",
    "readings": "les lectures prises",
    "answer": "la réponse",
    "dossier": "le dossier entier",
    "seals": "les empreintes",
}

# The keys of an answer and of a dossier, as `equerre verify` says where two of them differ.
KEYS: Mapping[str, str] = {
    "act": "acte",
    "articles": "articles",
    "authority": "autorité",
    "because": "motif",
    "beside": "à côté",
    "by": "jour",
    "changed_by": "texte qui l'a faite",
    "citations": "article",
    "confidence": "confiance",
    "covered_until": "dernier jour lu",
    "due": "suite",
    "equerre": "version",
    "facts": "fait",
    "fictional": "fictif",
    "finding": "constat",
    "findings": "constat",
    "from": "premier jour",
    "hangs_on": "ce dont il dépend",
    "in_force": "en vigueur",
    "journal_officiel": "Journal officiel",
    "known": "connu",
    "known_at": "instant de connaissance",
    "label": "libellé",
    "legiarti": "identifiant Légifrance",
    "links": "maillon",
    "measures": "chiffre",
    "missing": "ce qui manque",
    "name": "nom",
    "note": "note",
    "notes": "remarque",
    "on": "jour demandé",
    "option": "option",
    "options": "options",
    "outcome": "résultat",
    "parameters": "paramètre",
    "public": "public",
    "question": "question",
    "readings": "lecture",
    "reference": "référence",
    "school": "école",
    "sentences": "phrase",
    "settled": "acquis sous toute lecture",
    "since": "depuis",
    "source": "source",
    "sources": "source",
    "state": "état",
    "taken": "option prise",
    "title": "intitulé",
    "under": "sous chaque option",
    "until": "premier jour après la fin",
    "url": "adresse",
    "valid": "vrai",
    "value": "valeur",
    "wording": "rédaction",
    "wordings": "rédaction",
}


def field_label(kind: str, field: str) -> str:
    """What a field of a kind of fact is called."""
    return FIELDS.get(f"{kind}.{field}") or FIELDS[field]
