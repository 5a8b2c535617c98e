"""The seventy-two schools: one row each, all invented. Seventy-two names, places and bodies that do not exist.

Only the académies and the départements are real (``kernel.geography``), so that every académie has a school. A row says where
the school is, when its opening was declared, from when the State recognises it, on which annual list it first stood, and what
it teaches; ``ordinary`` makes the facts of it, ``stories`` what happened to some of them.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple


class InventedSchool(NamedTuple):
    """``place`` carries its preposition: the school is « École de production des Balmes-Rousses », its body's name alike.

    ``first_list`` is an ``act_year``, None when no list ever named it; ``form`` the legal category of its body.
    """

    academie: str
    rank: int
    kind: str
    place: str
    departement: str
    commune: str
    filed_on: date
    recognised_on: date | None
    first_list: int | None
    trades: tuple[str, ...]
    pupils: int
    form: str = "9220"

    @property
    def name(self) -> str:
        return f"{self.kind} {self.place}"

    @property
    def slug(self) -> str:
        """« des Balmes-Rousses » gives ``balmes-rousses``: the short name of the school in this package."""
        plain = unicodedata.normalize("NFD", self.place).encode("ascii", "ignore").decode().lower()
        return re.sub(r"^(des|du|de la|de l'|de) ?", "", plain).replace("'", "-")


def _on(text: str) -> date:
    return date.fromisoformat(text)


def _rows(text: str) -> tuple[InventedSchool, ...]:
    """One line a school, its cells between bars."""
    return tuple(_row([cell.strip() for cell in line.split("|")]) for line in text.strip().splitlines())


def _row(cells: list[str]) -> InventedSchool:
    academie, rank, kind, place, departement, commune, filed, recognised, first, trades, pupils, form = cells
    return InventedSchool(
        academie,
        int(rank),
        _KINDS[kind],
        place,
        departement,
        commune,
        _on(filed),
        _on(recognised) if recognised else None,
        int(first) if first else None,
        tuple(trades.split()),
        int(pupils),
        form or "9220",
    )


_KINDS = {
    "EP": "École de production",
    "AE": "Atelier-école",
    "EA": "École-atelier",
    "F": "La Fabrique",
    "É": "L'Établi",
}

# académie | rank | kind | place | département | commune | opening declared | recognised | first list | trades | pupils | form
SCHOOLS = _rows("""
01 | 1 | AE | de la Rue-aux-Limes        | 75  | Paris               | 2016-03-14 | 2018-06-11 | 2023 | menuiserie-titre | 22 |
01 | 2 | EP | des Deux-Navettes         | 75  | Paris               | 2017-04-10 | 2020-06-15 | 2023 | couture | 24 | 9300
02 | 1 | AE | du Val-d'Ambre            | 13  | Ambreval            | 2012-03-05 | 2015-06-08 | 2023 | chaudronnerie-soudage | 26 |
02 | 2 | EP | de l'Étang-Vermeil        | 13  | Vermeillan-l'Étang  | 2014-04-07 | 2017-06-12 | 2023 | metallier | 18 |
02 | 3 | F  | du Mistral-Blanc          | 84  | Courtelane          | 2013-02-11 | 2016-06-06 | 2023 | mecanique-automobile | 30 |
02 | 4 | EA | du Haut-Ressaut           | 05  | Ressaux-le-Haut     | 2015-03-16 | 2018-06-11 | 2023 | charpente | 16 |
03 | 1 | AE | des Trois-Combelles       | 25  | Combelles-les-Vis   | 2011-02-14 | 2014-06-09 | 2023 | conduite-installations chaudronnerie-soudage | 34 |
03 | 2 | EP | du Plateau-Gris           | 39  | Grisoncourt-le-Bas  | 2014-01-20 | 2017-06-12 | 2023 | menuiserie | 20 |
04 | 1 | AE | de l'Estey-Noir           | 33  | Esteyrac            | 2016-02-08 | 2019-06-10 | 2023 | cuisine restauration | 32 |
04 | 2 | F  | des Pins-Hauts            | 40  | Pinsolac            | 2018-05-14 | 2020-06-15 | 2023 | menuiserie | 21 |
04 | 3 | EP | du Gave-d'Argent          | 64  | Argentgave          | 2013-03-04 | 2016-06-06 | 2023 | chaudronnerie-soudage | 19 |
06 | 1 | EP | des Orgues-Basses         | 63  | Orguebasse          | 2010-03-08 | 2013-06-10 | 2023 | chaudronnerie-soudage fonderie | 33 |
06 | 2 | AE | de la Sioulade            | 03  | Sioulade            | 2016-04-11 | 2019-06-10 | 2023 | metallier | 23 |
07 | 1 | EA | du Clos-Ferrand           | 21  | Closferrand         | 2012-02-06 | 2015-06-08 | 2023 | metallier chaudronnerie-soudage | 30 |
07 | 2 | EP | du Creux-Fondeur          | 71  | Le Creux-Fondeur    | 2011-03-14 | 2014-06-09 | 2023 | fonderie | 20 |
08 | 1 | AE | de la Combe-aux-Copeaux   | 74  | Copelles-en-Combe   | 2009-02-09 | 2012-06-11 | 2023 | decolletage | 24 |
08 | 2 | EP | des Balmes-Rousses        | 38  | Balmerousse         | 2012-03-12 | 2015-06-08 | 2023 | chaudronnerie-bac-pro | 28 |
08 | 3 | F  | de la Dromelle            | 26  | Dromelle-le-Pont    | 2017-03-13 | 2020-06-15 | 2023 | restauration | 19 |
08 | 4 | AE | du Grand-Éperon           | 73  | Éperon-Vieux        | 2013-01-14 | 2016-06-06 | 2023 | electricite | 25 |
09 | 1 | EP | du Beffroi-Neuf           | 59  | Beffroncourt        | 2010-02-08 | 2013-06-10 | 2023 | mecanique-automobile carrosserie | 40 |
09 | 2 | AE | de la Fosse-aux-Fers      | 62  | Fosseferrière       | 2014-03-10 | 2017-06-12 | 2023 | chaudronnerie-soudage | 17 |
09 | 3 | É  | des Flandres-Vives        | 59  | Vivelande           | 2015-02-09 | 2018-06-11 | 2023 | conduite-installations | 26 |
09 | 4 | EP | du Canal-Droit            | 59  | Droitecanche        | 2018-06-11 | 2021-06-14 | 2023 | chaudronnerie-soudage | 22 |
10 | 1 | EP | de la Montée-des-Forges   | 69  | Forgemontée         | 2008-02-11 | 2011-06-13 | 2023 | metallier | 18 |
10 | 2 | AE | du Ruisseau-Perdu         | 42  | Ruissel-le-Perdu    | 2012-04-02 | 2015-06-08 | 2023 | soudeur-assembleur | 24 |
10 | 3 | F  | des Étangs-Plats          | 01  | Étangplat           | 2022-02-14 | 2024-06-10 | 2024 | usinage-bac-pro | 15 |
10 | 4 | EA | de la Vrille-d'Or         | 42  | Vrillanges-d'Or     | 2007-03-12 | 2010-06-14 | 2023 | usinage-bac-pro conduite-installations | 42 |
10 | 5 | EP | du Coteau-Mécanique       | 69  | Coteaumèche         | 2023-01-16 | 2025-10-13 |      | chaudronnerie-soudage | 18 |
11 | 1 | AE | de la Garrigue-Bleue      | 34  | Garriguebleue       | 2021-03-15 | 2024-06-10 |      | menuiserie-aluminium | 17 |
11 | 2 | EP | du Pont-de-Lauze          | 30  | Lauzepont           | 2016-03-07 | 2019-06-10 | 2023 | electricite | 24 |
11 | 3 | F  | des Salins-Neufs          | 66  | Salinove            | 2018-09-10 | 2021-06-14 | 2023 | fibre-optique | 20 |
12 | 1 | EP | du Haut-Laminoir          | 54  | Lamineville-le-Haut | 2011-01-17 | 2014-06-09 | 2023 | chaudronnerie-soudage metallier | 36 |
12 | 2 | AE | des Verriers-du-Nord      | 57  | Verraville-Nord     | 2015-01-12 | 2018-06-11 | 2023 | menuiserie-aluminium | 23 | 9260
12 | 3 | É  | de la Ligne-Claire        | 88  | Ligneclaire         | 2013-02-04 | 2016-06-06 | 2023 | menuiserie | 14 |
13 | 1 | AE | du Marais-Clair           | 79  | Maraclaire          | 2021-10-11 | 2023-06-12 | 2023 | paysage | 20 |
13 | 2 | EP | des Quais-de-Brume        | 17  | Brumequais          | 2014-02-10 | 2017-06-12 | 2023 | carrosserie | 21 |
14 | 1 | EP | de l'Anse-Rouge           | 29  | Anserouge           | 2010-04-12 | 2013-06-10 | 2023 | chaudronnerie-soudage | 31 |
14 | 2 | AE | des Landes-de-Keralune    | 56  | Keralune-les-Landes | 2015-04-13 | 2018-06-11 | 2023 | mecanique-automobile | 22 |
14 | 3 | F  | du Bocage-Haut            | 35  | Hautbocage          | 2017-02-13 | 2020-06-15 | 2023 | couverture | 18 |
15 | 1 | EP | du Ried-Doré              | 67  | Riedorsheim         | 2013-03-11 | 2016-06-06 | 2023 | conduite-installations | 27 | 9260
15 | 2 | AE | des Trois-Houblons        | 68  | Houblonwiller       | 2016-01-11 | 2019-06-10 | 2023 | menuiserie | 25 | 9260
16 | 1 | EP | de l'Autan-Neuf           | 31  | Autanville          | 2019-02-11 | 2021-06-14 | 2023 | chaudronnerie-soudage | 28 | 7381
16 | 2 | AE | du Causse-Lointain        | 12  | Lointaincausse      | 2023-06-12 | 2025-06-16 | 2025 | couverture | 12 |
16 | 3 | F  | de la Brique-Longue       | 82  | Briquelongue        | 2026-04-13 |            |      | maconnerie | 9 |
17 | 1 | EP | de l'Estuaire-Gris        | 44  | Grisestuaire        | 2009-03-09 | 2012-06-11 | 2023 | charpente-marine chaudronnerie-soudage | 38 |
17 | 2 | AE | de la Douve-Angevelle     | 49  | Angevelle-la-Douve  | 2014-04-14 | 2017-06-12 | 2023 | conduite-installations | 24 |
17 | 3 | EA | du Bocage-des-Fers        | 85  | Bocageferre         | 2013-03-18 | 2016-06-06 | 2023 | chaudronnerie-soudage | 26 |
18 | 1 | EP | des Sables-de-Loirelle    | 45  | Loirelle-les-Sables | 2012-01-16 | 2015-06-08 | 2023 | electricite plomberie | 33 |
18 | 2 | AE | du Tuffeau-Pâle           | 37  | Tuffepâle           | 2022-03-14 |            |      | maconnerie | 13 | 5710
18 | 3 | É  | de la Beauce-Haute        | 28  | Hautebeauce         | 2024-04-15 |            |      | mecanique-automobile | 14 |
19 | 1 | EP | des Crayères-Neuves       | 51  | Crayeneuve          | 2019-03-11 | 2021-06-14 | 2023 | boulangerie | 11 |
19 | 2 | AE | de la Forge-d'Ardoulane   | 08  | Ardoulane           | 2015-03-09 | 2018-06-11 | 2023 | chaudronnerie-soudage | 19 |
20 | 1 | EP | des Hortillons-Bas        | 80  | Hortillonbas        | 2021-01-18 | 2023-06-12 | 2024 | paysage | 16 |
20 | 2 | AE | de la Tuilerie-Verte      | 60  | Tuilverte           | 2018-10-08 | 2021-06-14 | 2023 | couverture | 15 |
22 | 1 | EP | des Monts-de-Granelle     | 87  | Granelle-les-Monts  | 2012-03-19 | 2015-06-08 | 2023 | menuiserie | 27 | 9230
23 | 1 | AE | de la Darse-Claire        | 83  | Darseclaire         | 2022-01-10 | 2024-06-10 | 2024 | soudeur-assembleur | 20 |
23 | 2 | EP | du Vallon-des-Rabots      | 06  | Rabotval            | 2013-04-08 | 2016-06-06 | 2023 | menuiserie | 24 |
23 | 3 | F  | du Cap-Sarrazelle         | 83  | Sarrazelle          | 2026-03-02 |            |      | cuisine | 8 |
24 | 1 | EP | du Confluent-Est          | 94  | Estconfluent        | 2016-02-15 | 2019-06-10 | 2023 | mecanique-automobile | 29 |
24 | 2 | AE | des Meulières-Longues     | 77  | Longuemeulière      | 2017-01-16 | 2020-06-15 | 2023 | metallier | 20 |
25 | 1 | EP | du Plateau-Courbe         | 91  | Courbeplateau       | 2011-04-11 | 2014-06-09 | 2023 | conduite-installations chaudronnerie-bac-pro | 37 |
25 | 2 | AE | de la Boucle-Neuve        | 95  | Neuveboucle         | 2018-07-09 | 2021-06-14 | 2023 | electricite | 24 |
27 | 1 | EP | de la Châtaigne-Haute     | 2B  | Châtaigna           | 2019-01-14 | 2021-06-14 | 2023 | charpente-marine | 14 | 9300
28 | 1 | EP | des Hauts-de-Laverine     | 974 | Laverine-les-Hauts  | 2017-05-15 | 2020-06-15 | 2023 | menuiserie-aluminium electricite | 30 |
31 | 1 | AE | de l'Anse-aux-Copeaux     | 972 | L'Anse-aux-Copeaux  | 2020-01-13 | 2022-06-13 | 2023 | charpente-marine | 17 |
32 | 1 | EP | de la Rivière-Salière     | 971 | Rivière-Salière     | 2021-02-15 | 2023-06-12 | 2024 | cuisine | 22 | 5560
33 | 1 | F  | du Fleuve-Long            | 973 | Longfleuve          | 2021-05-17 | 2023-06-12 | 2023 | plomberie | 18 |
43 | 1 | EP | du Lagon-Ouest            | 976 | Lagonouest          | 2026-09-21 |            |      | electricite | 10 |
70 | 1 | EP | du Bassin-Franc           | 76  | Francbassin         | 2020-09-14 | 2022-06-13 | 2023 | chaudronnerie-soudage | 28 |
70 | 2 | AE | de la Dentelle-de-Fer     | 61  | Dentelfer           | 2014-03-17 | 2017-06-12 | 2023 | maintenance-industrielle | 22 |
70 | 3 | É  | des Havres-Blancs         | 50  | Havreblanc          | 2021-09-13 | 2024-06-10 | 2024 | chaudronnerie-soudage | 20 | 9900
70 | 4 | EA | des Filatures-Hautes      | 27  | Hautefilature       | 2024-01-15 |            |      | couture | 12 |
""")  # noqa: E501 (a table: one line a school)
