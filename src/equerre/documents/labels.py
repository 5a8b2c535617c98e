"""French labels: one table for every stable key that people read. One voice per reader where the words differ.

Terms are those of ``docs/glossary.md``; the labels of the kinds of facts and of their fields are where these are declared
(``facts``). Tests hold this table and the code together, both ways: a key without its label fails, and so does a label without
its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from equerre.facts import KEPT

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

# The few values that a field takes, by ``kind.field``, as its kind declares them.
CHOICES: Mapping[str, Mapping[str, str]] = {
    f"{kind.name}.{field.name}": field.choices
    for kind in KEPT.values()
    for field in kind.fields.values()
    if field.choices
}

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
    "private": "champ qui n'est pas public",
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
    "view": "vue",
    "withheld": "ce qui n'est pas public",
    "value": "valeur",
    "wording": "rédaction",
    "wordings": "rédaction",
}


# The days of every fact, as a file of facts names them.
_DAYS = {"from": "premier jour", "until": "jour de fin"}


def field_label(kind: str, field: str) -> str:
    """What a field of a kind of fact is called."""
    return _DAYS.get(field) or KEPT[kind].every[field].label
