"""What to look at in the demo year: a school, a day, a question, and the answer that one finds there.

Tests ask each of them again; ``docs/demo.md`` prints them. ``SHOWCASE`` names the school that shows each sentence of L. 443-6.
Texts are in French, for whoever reads the demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from equerre.demo.moments import morning
from equerre.demo.numbers import fictional_uai
from equerre.demo.schools import SCHOOLS, InventedSchool
from equerre.kernel.finding import Outcome

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN
NOT_APPLICABLE = Outcome.NOT_APPLICABLE

# The rules most looked at, by a short name.
_RULES = {
    "opening": "opening.opened",
    "body": "managing_body.non_profit",
    "recognition": "recognition.recognised",
    "staff": "staff_approval.approved",
    "list": "annual_list.production_school",
    "prefect": "regional_list.listed",
    "entitled": "tax_balance.entitled",
    "payable": "tax_balance.payable",
    "s1": "l443_6.s1",
    "s2": "insertion.figures",
    "s4": "l443_6.s4",
    "s5": "production.real",
    "s7": "agreements.instruments",
    "door_2b": "tax_balance.door_2b",
    "door_2c": "tax_balance.door_2c",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One question on one day. ``hangs`` names a reading that the answer hangs on, ``solid`` says that none moves it.

    ``known_at`` None is what is held now.
    """

    on: date
    rule: str
    outcome: Outcome
    hangs: str = ""
    solid: bool = False
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """One telling situation, of one school."""

    chapter: str
    slug: str
    title: str
    tells: str
    looks: tuple[Look, ...]

    @property
    def school(self) -> InventedSchool:
        return row_of(self.slug)

    @property
    def uai(self) -> str:
        return fictional_uai(self.school.academie, self.school.rank)


def row_of(slug: str) -> InventedSchool:
    """The school of a short name."""
    return next(row for row in SCHOOLS if row.slug == slug)


def _look(
    on: str, rule: str, outcome: Outcome, hangs: str = "", *, solid: bool = False, known: str | None = None
) -> Look:
    known_at = morning(date.fromisoformat(known)) if known else None
    return Look(date.fromisoformat(on), _RULES[rule], outcome, hangs, solid, known_at)


SITUATIONS = (
    # --- The thread: one school with nothing amiss, from one list to the next ---
    Situation(
        "Le fil de l'année",
        "val-d-ambre",
        "Une école où rien ne manque, d'une liste à l'autre",
        "Avant la première liste du registre, on ne sait pas. Puis trois listes, trois textes : celui de 2023 dit quand il cesse "
        "de valoir, celui de 2024 dit l'année scolaire et la campagne, celui de 2025 ne dit rien. Le 25 novembre 2026, la liste "
        "2025 ne couvre plus et la liste 2026 n'est pas signée : l'école n'est sur une liste que sous la lecture R3-b. Presque "
        "tout le pays est dans ce cas.",
        (
            _look("2023-10-02", "list", UNKNOWN),
            _look("2024-01-15", "list", MET),
            _look("2024-10-01", "list", MET, "R3"),
            _look("2025-03-03", "list", MET),
            _look("2026-06-01", "list", MET, solid=True),
            _look("2026-06-01", "payable", MET),
            _look("2026-11-25", "list", MET, "R3"),
            _look("2026-11-25", "entitled", MET, solid=True),
        ),
    ),
    # --- Opening ---
    Situation(
        "L'ouverture",
        "bassin-franc",
        "Ouverte un 21 décembre",
        "Déclarée en septembre 2020, ouverte le 21 décembre, en pleine année scolaire. Sa demande de reconnaissance attend : la "
        "réponse note le risque de pratique (R8) sans en faire un refus. L'acte vient en juin 2022.",
        (
            _look("2020-12-20", "opening", NOT_MET),
            _look("2020-12-21", "opening", MET),
            _look("2021-06-01", "recognition", NOT_MET, "R17"),
            _look("2022-07-01", "recognition", MET, solid=True),
        ),
    ),
    Situation(
        "L'ouverture",
        "lagon-ouest",
        "Le délai d'opposition court",
        "Dossier complet le 28 septembre 2026 : sans opposition, l'école ouvre le 28 décembre. Jusque-là, non.",
        (_look("2026-11-25", "opening", NOT_MET), _look("2026-12-28", "opening", MET)),
    ),
    Situation(
        "L'ouverture",
        "causse-lointain",
        "Une opposition, puis sa levée",
        "Le préfet s'oppose en août 2023 et lève son opposition le 12 octobre. L'école peut ouvrir ce jour-là.",
        (_look("2023-09-20", "opening", NOT_MET), _look("2023-10-12", "opening", MET)),
    ),
    Situation(
        "L'ouverture",
        "cap-sarrazelle",
        "On ignore quel jour le dossier a été complet",
        "La déclaration est là, l'accusé de réception manque : le délai d'opposition n'a pas de départ établi.",
        (_look("2026-11-25", "opening", UNKNOWN),),
    ),
    Situation(
        "L'ouverture",
        "forge-d-ardoulane",
        "Fermée huit semaines",
        "Fermeture temporaire du 12 janvier au 8 mars 2026. L'école reste reconnue : une fermeture n'est pas un retrait.",
        (
            _look("2026-02-02", "opening", NOT_MET),
            _look("2026-02-02", "recognition", MET),
            _look("2026-03-09", "opening", MET),
        ),
    ),
    Situation(
        "L'ouverture",
        "fosse-aux-fers",
        "Fermée, et toujours sur la liste",
        "Fermeture définitive le 16 mars 2026. Aucun acte ne l'a retirée de la liste annuelle : les actes sont séparés, et la "
        "chaîne le montre.",
        (
            _look("2026-03-15", "opening", MET),
            _look("2026-10-01", "opening", NOT_MET),
            _look("2026-10-01", "list", MET, "R3"),
        ),
    ),
    # --- The managing body ---
    Situation(
        "L'organisme gestionnaire",
        "tuffeau-pale",
        "Gérée par une société",
        "Une société par actions simplifiée : une personne a lu ses statuts, ils permettent de partager les profits. Le ministre "
        "a refusé la reconnaissance en juin 2025.",
        (_look("2026-10-01", "body", NOT_MET, solid=True), _look("2026-10-01", "recognition", NOT_MET, solid=True)),
    ),
    Situation(
        "L'organisme gestionnaire",
        "autan-neuf",
        "Gérée par une chambre de commerce",
        "Les statuts interdisent le profit, mais nul n'a dit si cette forme suffit (R10). L'école est pourtant reconnue et "
        "sur la liste.",
        (_look("2026-10-01", "body", UNKNOWN, "R10"), _look("2026-10-01", "recognition", MET)),
    ),
    Situation(
        "L'organisme gestionnaire",
        "riviere-saliere",
        "Gérée par une coopérative",
        "Même doute, pour une coopérative (R10).",
        (_look("2026-10-01", "body", UNKNOWN, "R10"),),
    ),
    Situation(
        "L'organisme gestionnaire",
        "havres-blancs",
        "Des statuts que personne n'a lus",
        "La catégorie juridique 9900 ne dit rien de la forme. Il manque l'examen des statuts par une personne.",
        (_look("2026-10-01", "body", UNKNOWN, solid=True), _look("2026-10-01", "s1", UNKNOWN)),
    ),
    Situation(
        "L'organisme gestionnaire",
        "plateau-gris",
        "Passée à un autre organisme",
        "Fusion au 1er janvier 2026. Aucun texte ne dit si la reconnaissance suit l'école (R44).",
        (_look("2025-12-31", "recognition", MET), _look("2026-10-01", "recognition", UNKNOWN, "R44")),
    ),
    # --- Recognition ---
    Situation(
        "La reconnaissance",
        "beauce-haute",
        "Une demande sans réponse",
        "Demandée le 16 mars 2026, sans acte depuis. Le silence n'est ni un oui ni un non sous la lecture suivie (R17).",
        (_look("2026-10-01", "recognition", NOT_MET, "R17"),),
    ),
    Situation(
        "La reconnaissance",
        "filatures-hautes",
        "Jamais demandée, et on le sait",
        "Le ministère atteste qu'il n'existe ni demande ni acte. Seule une attestation fait d'une absence un fait.",
        (
            _look("2026-10-01", "recognition", NOT_MET, solid=True),
            _look("2026-10-01", "recognition", UNKNOWN, known="2025-12-15"),
        ),
    ),
    Situation(
        "La reconnaissance",
        "gave-d-argent",
        "Retirée en cours d'année",
        "Retrait à effet du 16 février 2026, après les explications de l'école, l'enquête et l'avis. Jusqu'en septembre, la "
        "réponse tient à la lecture R18 ; ensuite, à rien.",
        (
            _look("2026-02-15", "recognition", MET),
            _look("2026-03-02", "recognition", NOT_MET, "R18"),
            _look("2026-10-01", "recognition", NOT_MET, solid=True),
            _look("2026-10-01", "staff", NOT_APPLICABLE),
        ),
    ),
    Situation(
        "La reconnaissance",
        "ligne-claire",
        "Retirée sans enquête ni avis",
        "Le retrait s'applique, et la réponse note ce qui manque au dossier : il peut être contesté.",
        (_look("2026-10-01", "recognition", NOT_MET, solid=True),),
    ),
    Situation(
        "La reconnaissance",
        "quais-de-brume",
        "Un déménagement que l'acte ne connaît pas",
        "La reconnaissance nomme l'ancien site. Le site principal est ailleurs depuis la rentrée 2025 : on ne sait pas si l'acte "
        "y vaut (R11).",
        (_look("2025-06-02", "recognition", MET), _look("2026-10-01", "recognition", UNKNOWN, "R11")),
    ),
    Situation(
        "La reconnaissance",
        "grand-eperon",
        "Le même doute, levé par écrit",
        "Même déménagement ; en mars 2026 le ministre écrit que l'acte suit l'école. Le doute est clos pour elle.",
        (
            _look("2026-01-15", "recognition", UNKNOWN, "R11"),
            _look("2026-10-01", "recognition", MET, solid=True),
        ),
    ),
    Situation(
        "La reconnaissance",
        "anse-rouge",
        "Un second site, que l'acte ne nomme pas",
        "Un second atelier depuis la rentrée 2025. L'école ne perd rien : la réponse note seulement que l'acte ne le nomme pas.",
        (_look("2026-10-01", "recognition", MET),),
    ),
    Situation(
        "La reconnaissance",
        "trois-houblons",
        "Un maître professionnel sans agrément",
        "Enseigne-t-il, ou encadre-t-il la production (R19) ? Cette réponse n'est jamais publique.",
        (_look("2026-10-01", "staff", NOT_MET, "R19"),),
    ),
    # --- Annual list ---
    Situation(
        "La liste annuelle",
        "garrigue-bleue",
        "Reconnue, jamais sur une liste",
        "Elle remplit ce que l'article demande et n'est sur aucune liste (R2). Le solde lui reste ouvert par une autre porte, "
        "le 2° c, qui se discute.",
        (
            _look("2026-10-01", "list", NOT_MET, "R2"),
            _look("2026-10-01", "door_2c", MET),
            _look("2026-10-01", "entitled", MET),
        ),
    ),
    Situation(
        "La liste annuelle",
        "etang-vermeil",
        "Sur deux listes, plus sur la troisième",
        "Inscrite en 2023 et 2024, absente de la liste 2025, qui est au registre : c'est un non, et le motif est gardé.",
        (_look("2025-06-02", "list", MET), _look("2025-12-15", "list", NOT_MET)),
    ),
    Situation(
        "La liste annuelle",
        "coteau-mecanique",
        "Ajoutée par un arrêté modificatif",
        "Reconnue en octobre 2025, ajoutée à la liste 2025 le 12 février 2026 : trop tard pour la liste du préfet, parue en "
        "décembre. Elle a droit au solde et peut demander une liste rectifiée.",
        (
            _look("2026-01-15", "list", NOT_MET),
            _look("2026-03-02", "list", MET),
            _look("2026-03-02", "prefect", NOT_MET),
            _look("2026-03-02", "entitled", MET, "R7"),
        ),
    ),
    Situation(
        "La liste annuelle",
        "montee-des-forges",
        "Retirée par un arrêté modificatif lu en retard",
        "Retirée le 16 avril 2026 ; le registre ne l'a appris que le 8 juin. Ce que l'on répondait en mai se relit.",
        (
            _look("2026-04-15", "list", MET),
            _look("2026-05-04", "list", NOT_MET),
            _look("2026-05-04", "list", MET, known="2026-05-20"),
        ),
    ),
    # --- Prefect's list, the balance ---
    Situation(
        "La liste du préfet et le solde",
        "deux-navettes",
        "Oubliée, puis ajoutée par une liste rectifiée",
        "La liste d'Île-de-France paraît le 12 mars 2026 sans elle ; une liste rectifiée l'ajoute le 18 juin (R41).",
        (
            _look("2026-04-01", "prefect", NOT_MET),
            _look("2026-04-01", "entitled", MET, "R7"),
            _look("2026-10-01", "prefect", MET, "R41"),
        ),
    ),
    Situation(
        "La liste du préfet et le solde",
        "landes-de-keralune",
        "La demande a été manquée",
        "Aucune demande sur SOLTéA pour la campagne 2026 : l'école n'est pas sur la liste du préfet. Le droit reste (R7).",
        (_look("2026-10-01", "prefect", NOT_MET), _look("2026-10-01", "entitled", MET, "R7")),
    ),
    Situation(
        "La liste du préfet et le solde",
        "fleuve-long",
        "Une liste qui n'est pas au registre",
        "La liste 2026 de Guyane n'est pas au registre : on ne sait pas si elle nomme l'école. Ce n'est pas un non.",
        (_look("2025-10-01", "prefect", MET), _look("2026-10-01", "prefect", UNKNOWN)),
    ),
    Situation(
        "La liste du préfet et le solde",
        "pont-de-lauze",
        "Des coordonnées bancaires refusées",
        "Tout est là, sauf un compte que la plateforme accepte. Cette réponse n'est jamais publique.",
        (_look("2026-10-01", "entitled", MET, solid=True), _look("2026-10-01", "payable", NOT_MET)),
    ),
    Situation(
        "La liste du préfet et le solde",
        "monts-de-granelle",
        "Une seconde porte, par les boursiers",
        "Habilitée à recevoir des boursiers nationaux depuis septembre 2025 : la porte du 2° b s'ouvre à côté du 12° (R1).",
        (_look("2025-06-02", "door_2b", UNKNOWN), _look("2026-10-01", "door_2b", MET, "R1")),
    ),
    # --- Teaching and sheets ---
    Situation(
        "L'enseignement et les certifications",
        "vallon-des-rabots",
        "Une fiche finie le 31 août, des élèves couverts",
        "La fiche du CAP Menuisier fabricant a pris fin le 31 août 2026 ; la livraison lue ne lui connaît pas de suite. Les "
        "élèves entrés en 2025 restent couverts (R5).",
        (_look("2026-06-01", "s4", MET), _look("2026-11-25", "s4", MET, "R5")),
    ),
    Situation(
        "L'enseignement et les certifications",
        "brique-longue",
        "Ouverte le lendemain de la fin",
        "Ses premiers élèves entrent le 1er septembre 2026 ; la fiche du CAP Maçon a pris fin la veille. La seule date "
        "ne dit pas non : il manque la liste des promotions du certificateur (R54).",
        (_look("2026-10-01", "s4", UNKNOWN),),
    ),
    Situation(
        "L'enseignement et les certifications",
        "haut-ressaut",
        "Une fiche sans suite, des élèves qui sortent",
        "La fiche du CAP Charpentier bois a pris fin le 31 août 2025. Tant que la promotion de 2024 est là, oui ; après sa "
        "sortie, on ne sait pas : celles d'après sont entrées trop tard, et rien ne dit si le certificateur les a comptées. "
        "L'école reste sur la liste.",
        (
            _look("2026-06-01", "s4", MET, "R5"),
            _look("2026-10-01", "s4", UNKNOWN),
            _look("2026-10-01", "list", MET, "R3"),
            _look("2026-10-01", "entitled", UNKNOWN),
        ),
    ),
    Situation(
        "L'enseignement et les certifications",
        "ruisseau-perdu",
        "Une fiche qui nomme sa suite",
        "Le titre de soudeur assembleur a pris fin le 28 février 2025 et nomme la fiche qui le remplace. Les élèves entrés avant "
        "restent couverts ; à la rentrée, l'école prépare la nouvelle.",
        (_look("2025-06-02", "s4", MET, "R5"), _look("2026-10-01", "s4", MET)),
    ),
    Situation(
        "L'enseignement et les certifications",
        "rue-aux-limes",
        "Une fiche qui finit entre deux jours",
        "Le titre de menuisier de fabrication a pris fin le 24 octobre 2026.",
        (_look("2026-10-01", "s4", MET), _look("2026-11-25", "s4", MET, "R5")),
    ),
    Situation(
        "L'enseignement et les certifications",
        "etangs-plats",
        "Une semaine trop tard",
        "Ses élèves entrent le 8 septembre 2025 ; la fiche du bac pro avait pris fin le 1er : on ne sait pas. "
        "À l'École-atelier de la "
        "Vrille-d'Or, entrés ce 1er septembre, ils sont couverts.",
        (_look("2026-06-01", "s4", UNKNOWN),),
    ),
    Situation(
        "L'enseignement et les certifications",
        "vrille-d-or",
        "Entrés le dernier jour de la fiche",
        "La même fiche qu'à la Fabrique des Étangs-Plats : les élèves entrés le 1er septembre 2025 restent couverts.",
        (_look("2026-11-25", "s4", MET, "R5"),),
    ),
    Situation(
        "L'enseignement et les certifications",
        "combe-aux-copeaux",
        "Une fin ramenée dans le passé",
        "En juin 2024, la fiche du CAP Décolletage finissait le 1er janvier 2025 ; la livraison de janvier 2025 la fait finir le "
        "18 juillet 2024, avant l'entrée des élèves : de oui, la réponse devient on ne sait pas.",
        (
            _look("2024-10-15", "s4", MET, known="2024-11-04"),
            _look("2024-10-15", "s4", UNKNOWN),
            _look("2026-10-01", "s4", MET),
        ),
    ),
    Situation(
        "L'enseignement et les certifications",
        "dentelle-de-fer",
        "Une fin reculée d'un an",
        "En juin 2024, le titre de technicien de maintenance finissait le 9 janvier 2025 ; la livraison suivante dit le 9 "
        "janvier 2026. Elle est finie depuis, et les élèves entrés avant restent couverts.",
        (
            _look("2025-01-20", "s4", MET, "R5", known="2025-01-20"),
            _look("2025-01-20", "s4", MET),
            _look("2026-10-01", "s4", MET, "R5"),
        ),
    ),
    Situation(
        "L'enseignement et les certifications",
        "darse-claire",
        "Entrés avant l'enregistrement",
        "Ses élèves de 2024 préparent un titre enregistré à partir du 28 février 2025. Il manque la liste du certificateur ; "
        "elle arrive en mai, et compte cette promotion.",
        (_look("2025-01-15", "s4", UNKNOWN, known="2025-03-03"), _look("2025-01-15", "s4", MET)),
    ),
    Situation(
        "L'enseignement et les certifications",
        "tuilerie-verte",
        "Pas une heure d'enseignement général",
        "L'article veut les deux sortes d'enseignement. Il ne fixe aucun nombre d'heures, mais zéro n'en est pas une.",
        (_look("2026-10-01", "s4", NOT_MET),),
    ),
    Situation(
        "L'enseignement et les certifications",
        "hortillons-bas",
        "Des heures que l'on ne connaît pas",
        "L'école n'a pas dit ses heures d'enseignement général : on ne sait pas, et la réponse nomme ce qui manque.",
        (_look("2026-10-01", "s4", UNKNOWN),),
    ),
    Situation(
        "L'enseignement et les certifications",
        "mistral-blanc",
        "Des apprentis à côté des élèves",
        "Trente élèves et quatorze apprentis. Le statut scolaire des élèves suffit ; les apprentis se comptent à part.",
        (_look("2026-10-01", "s4", MET),),
    ),
    # --- Production, insertion, agreements ---
    Situation(
        "La production, l'insertion, les conventions",
        "sioulade",
        "Deux comptes manquent",
        "Le relevé d'automne ne dit ni les compétences ni les heures : un compte absent est inconnu, jamais nul.",
        (_look("2026-06-01", "s5", MET), _look("2026-10-01", "s5", UNKNOWN)),
    ),
    Situation(
        "La production, l'insertion, les conventions",
        "meulieres-longues",
        "Aucun client extérieur",
        "Toutes les commandes viennent de l'organisme gestionnaire. Sous une autre lecture, l'exercice suffirait (R14).",
        (_look("2026-10-01", "s5", NOT_MET, "R14"),),
    ),
    Situation(
        "La production, l'insertion, les conventions",
        "creux-fondeur",
        "Un compte rectifié une semaine après",
        "Le relevé disait zéro client extérieur ; l'école en déclare sept le 23 octobre. La première réponse se relit.",
        (
            _look("2026-10-01", "s5", NOT_MET, "R14", known="2026-10-20"),
            _look("2026-10-01", "s5", MET),
        ),
    ),
    Situation(
        "La production, l'insertion, les conventions",
        "crayeres-neuves",
        "Une cohorte trop petite pour être montrée",
        "Cinq sortants : les chiffres existent, et restent cachés.",
        (_look("2026-10-01", "s2", NOT_APPLICABLE),),
    ),
    Situation(
        "La production, l'insertion, les conventions",
        "boucle-neuve",
        "On ignore le niveau à l'entrée",
        "Sans lui, on ne peut rien dire des jeunes sans qualification : on ne sait pas.",
        (_look("2026-10-01", "s2", UNKNOWN),),
    ),
    Situation(
        "La production, l'insertion, les conventions",
        "flandres-vives",
        "De l'argent de l'État, sans avis",
        "45 000 euros de fonctionnement, sans avis favorable du Conseil supérieur de l'éducation au dossier : valable sous la "
        "lecture suivie (R15).",
        (_look("2026-10-01", "s7", MET, "R15"),),
    ),
    Situation(
        "La production, l'insertion, les conventions",
        "douve-angevelle",
        "Une convention que l'entreprise n'a pas signée",
        "Nul n'est tenu de signer une convention ; celle qui existe doit l'être par les deux parties.",
        (_look("2026-10-01", "s7", NOT_MET, solid=True),),
    ),
    Situation(
        "La production, l'insertion, les conventions",
        "estuaire-gris",
        "Deux conventions valables",
        "Une région, une entreprise : les deux sont signées.",
        (_look("2026-10-01", "s7", MET, solid=True),),
    ),
    # --- Contested, settled ---
    Situation(
        "Ce qui est contesté",
        "bocage-des-fers",
        "Un annuaire dit un autre jour",
        "L'acte donne effet au 6 juin 2016, un annuaire dit le 1er septembre. Le fait tenu reste, et la réponse dit qu'il est "
        "contesté : quelqu'un doit trancher.",
        (_look("2026-10-01", "recognition", MET),),
    ),
    Situation(
        "Ce qui est contesté",
        "pins-hauts",
        "Un SIRET, tranché",
        "Le registre tenait un ancien SIRET ; un avis de situation en proposait un autre, un agent a tranché en juin 2026. "
        "Aucune réponse n'en dépend : un numéro n'est pas une condition de l'article (R51).",
        (_look("2026-10-01", "recognition", MET), _look("2026-10-01", "recognition", MET, known="2026-05-20")),
    ),
)


def _shown(sentence: str, slug: str, why: str) -> tuple[str, str, str]:
    row = row_of(slug)
    return sentence, fictional_uai(row.academie, row.rank), why


# For the first page: the sentence, the UAI of the school that shows it, and what one sees there from 1 October 2026 on.
SHOWCASE = [
    _shown(
        "s1",
        "val-d-ambre",
        "Reconnue, et gérée par une association dont une personne a lu les statuts : oui, sans réserve.",
    ),
    _shown(
        "s2", "beffroi-neuf", "Des chiffres, avec leurs deux comptes. Jamais un oui ni un non : la phrase donne un but."
    ),
    _shown(
        "s3",
        "orgues-basses",
        "Sur la liste 2025, qui ne couvre plus ; la suivante n'est pas publiée. Oui, mais sous la lecture R3-b.",
    ),
    _shown(
        "s4",
        "vallon-des-rabots",
        "La fiche de son CAP a pris fin le 31 août 2026. Oui, car les élèves entrés avant sont couverts.",
    ),
    _shown("s5", "sioulade", "Deux comptes manquent au relevé d'automne : on ne sait pas, et la réponse les nomme."),
    _shown(
        "s6",
        "garrigue-bleue",
        "Reconnue, sur aucune liste : le solde lui reste ouvert par le 2° c, une porte qui se discute.",
    ),
    _shown("s7", "douve-angevelle", "Une convention que l'entreprise n'a pas signée : non."),
]
