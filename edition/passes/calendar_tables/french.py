"""Calendar expressions in French."""

from __future__ import annotations

import re

from ..calendar_grammar import (
    DAY_FIRST,
    Form,
    Grammar,
    after,
    before,
    counted_things,
    forms_of,
    numbered,
    phrases_of,
    sure_words,
)

_MONTHS = (
    "janvier janv. janv", "février févr. févr fév.", "mars", "avril avr.", "mai", "juin", "juillet juil. juill.",
    "août aout", "septembre sept. sept", "octobre oct. oct", "novembre nov. nov", "décembre déc. déc",
)  # fmt: skip
_SEASONS = ("printemps", "été", "automne", "hiver")
_KINDS = {
    "w": "le la les",
    "f": "de du des",
    "a": "et",
    "B": "entre",
    "t": "à au aux jusqu",
    "i": "depuis dès",
    "b": "avant",
    "A": "après",
    "c": "vers environ env. circa ca ca. c.",
    "p": "début débuts",
    "q": "mi milieu",
    "r": "fin",
    "h": "siècle siècles s.",
    "D": "années décennie",
    "Y": "année an",
}
_PHRASES = {
    "e": ["av. j.-c.", "avant j.-c.", "avant jésus-christ", "avant notre ère", "av. n. è.", "av. n. ère"],
    "E": ["apr. j.-c.", "ap. j.-c.", "après j.-c.", "après jésus-christ", "de notre ère", "de n. è."],
    "w": ["l'"],
    "f": ["d'", "de l'"],
    "t": ["jusqu'à", "jusqu'au", "jusqu'aux", "jusqu'en"],
    "i": ["à partir de", "à partir du", "à partir des", "à compter de", "à compter du"],
    "c": ["autour de", "autour du", "aux alentours de", "aux environs de"],
    "P": ["pas avant", "au plus tôt en", "au plus tôt le", "au plus tôt"],
    "Q": ["pas après", "au plus tard en", "au plus tard le", "au plus tard"],
    "O": ["ancien style", "vieux style", "v. st.", "a. s.", "v. s.", "julien"],
    "W": ["nouveau style", "n. st.", "n. s.", "grégorien"],
}
_ORDINALS = (
    "premier", "deuxième second", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième",
    "dixième", "onzième", "douzième", "treizième", "quatorzième", "quinzième", "seizième", "dix-septième",
    "dix-huitième", "dix-neuvième", "vingtième",
)  # fmt: skip
_TENS = (
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante-dix",
    "quatre-vingt quatre-vingts",
    "quatre-vingt-dix",
)


def _forms() -> dict[str, Form]:
    forms = numbered("M", _MONTHS) | numbered("S", _SEASONS, 21) | forms_of(_KINDS)
    forms |= numbered("R", _ORDINALS) | numbered("K", _TENS, 20, 10)
    return forms | {"ou": ("a", 1)}


def _phrases() -> dict[str, Form]:
    hyphened = {word: form for word, form in _forms().items() if "-" in word}
    return phrases_of(_PHRASES) | hyphened | {"vingt et unième": ("R", 21), "vingt-et-unième": ("R", 21)}


_LATE = "(?:[pqr]-?f?w?)?"
_YEAR = "(?:[f,]?w?Y?)<y>"
_YEAR2 = "(?:[f,]?w?Y?)<y2>"
FRENCH = Grammar(
    forms=_forms(),
    phrases=_phrases(),
    day_suffixes=frozenset(("er", "e", "ᵉ", "ème", "re")),
    roman_suffixes=frozenset(("", "e", "ᵉ", "ème", "er", "ᵉʳ", "è")),
    points=(
        f"<d>f?<m>{_YEAR}",
        r"<d.><m#>\.?<y>",
        "<d>/<m#>/<y>",
        "<d>-<m#>-<y>",
        f"{_LATE}<m>{_YEAR}",
        f"{_LATE}<s>{_YEAR}",
        "<s>f?w?Y?<y>[-/]<n>",
        "(?:[pqr]-?(?:f?w?Y)?f?)?<y>",
        f"{_LATE}Df?<k#>(?![-t][dny])",
        f"{_LATE}Df?w?<kk>f?w?<c>h",
        f"{_LATE}Df?w?<kk>",
        f"{_LATE}<c>h[eE]?",
    ),
    shared=(
        f"<d1>Jw?<d2>f?<m2>{_YEAR2}",
        f"<d1>f?<m1>Jw?<d2>f?<m2>{_YEAR2}",
        "<d1>/<m#1>J<d2>/<m#2>/<y2>",
        f"<m1>J<m2>{_YEAR2}",
        f"<s1>J<s2>{_YEAR2}",
        "Df?<k#1>J<k#2>",
        "Df?<kk1>J<kk2>",
        "<c1>h?Jw?<c2>h[eE]?",
    ),
    dual=DAY_FIRST,
    opens=(("bw?", "../{}"), ("Aw?", "{}/.."), ("Pw?", "{}/.."), ("Qw?", "../{}"), ("iw?", "{}/")),
    openers={"f": "t", "i": "t", "B": "-ta"},
    joins="-t",
    clue=re.compile("[0-9]|siècle|anné", re.IGNORECASE),
    not_before=before(
        "p pp n no nos vol vols t ch chap art fig col f fol ff l n° §§? tél éd",
        "pages? numéros? n° nº volumes? tomes? chapitres? articles? figures? lignes? notes? chambre salle section "
        "paragraphes? plus_de moins_de près_de presque quelque quelques exactement au_moins au_plus jusqu'à_près_de",
    ),
    not_after=after(
        "pour_cent km kg m cm mm g t kilomètres mètres lieues pieds hectares arpents tonnes kilos livres grammes "
        "litres francs frs? marks roubles couronnes florins dollars euros écus sous exemplaires mots pages lignes voix "
        "millions mille fois heures pièces degrés"
    ),
    counted=counted_things(
        "personnes hommes femmes enfants ans années mois semaines jours heures minutes ouvriers paysans soldats "
        "officiers prisonniers détenus victimes délégués membres étudiants habitants foyers familles maisons navires "
        "chevaux "
        "canons autres d'entre_eux d’entre_eux"
    ),
    surely=sure_words("en année an depuis printemps été automne hiver l'an l’an"),
)
