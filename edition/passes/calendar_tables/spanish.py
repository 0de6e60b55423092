"""Calendar expressions in Spanish."""

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
    "enero ene. en.", "febrero feb. febr.", "marzo mar. mzo.", "abril abr.", "mayo may.", "junio jun.", "julio jul.",
    "agosto ago. ag. agto.", "septiembre setiembre sep. sept. set. septbre.", "octubre oct. octbre.", "noviembre nov.",
    "diciembre dic. dicbre.",
)  # fmt: skip
_SEASONS = ("primavera", "verano", "otoño", "invierno")
_KINDS = {
    "w": "el la los las",
    "f": "de del",
    "a": "y e",
    "F": "desde",
    "B": "entre",
    "t": "a al hasta",
    "A": "tras",
    "c": "hacia circa c. ca ca. aproximadamente",
    "p": "principios comienzos inicios comienzo principio",
    "q": "mediados",
    "r": "finales fines final fin",
    "h": "siglo siglos s. ss.",
    "D": "años década décadas decenio",
    "Y": "año",
}
_PHRASES = {
    "e": ["a. c.", "a. de c.", "antes de cristo", "a. n. e.", "antes de nuestra era", "a. j. c."],
    "E": ["d. c.", "d. de c.", "después de cristo", "de nuestra era", "n. e.", "d. j. c."],
    "f": ["de la", "de los", "de las"],
    "b": ["antes de", "antes del"],
    "A": ["después de", "después del", "luego de"],
    "i": ["a partir de", "a partir del"],
    "c": ["alrededor de", "alrededor del", "en torno a", "en torno al", "cerca de"],
    "P": ["no antes de", "no antes del"],
    "Q": ["no después de", "no después del", "a más tardar en", "a más tardar el", "a más tardar"],
    "O": ["estilo antiguo", "antiguo estilo", "viejo estilo", "calendario juliano", "e. a.", "juliano"],
    "W": ["estilo nuevo", "nuevo estilo", "calendario gregoriano", "gregoriano"],
}
_NUMBERS = (
    "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo", "once",
    "doce",
    "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve",
)  # fmt: skip
_TENS = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()


def _forms() -> dict[str, Form]:
    forms = numbered("M", _MONTHS) | numbered("S", _SEASONS, 21) | forms_of(_KINDS)
    forms |= numbered("R", _NUMBERS) | numbered("K", _TENS, 20, 10)
    return forms | {"o": ("a", 1), "u": ("a", 1), "veintiuno": ("R", 21)}


_LATE = "(?:[pqr]f?w?)?"
_YEAR = "(?:[f,]?w?Y?)<y>"
_YEAR2 = "(?:[f,]?w?Y?)<y2>"
SPANISH = Grammar(
    forms=_forms(),
    phrases=phrases_of(_PHRASES),
    century="[RK]",
    day_suffixes=frozenset(("º", "°", ".º", "o", "ro")),
    points=(
        f"<d>f?<m>{_YEAR}",
        r"<d.><m#>\.?<y>",
        "<d>/<m#>/<y>",
        "<d>-<m#>-<y>",
        f"{_LATE}<m>{_YEAR}",
        f"{_LATE}<s>{_YEAR}",
        "<s>f?w?Y?<y>[-/]<n>",
        "(?:[pqr]f?(?:w?Y)?)?<y>",
        f"{_LATE}Df?w?<k#>(?![-t][dny])",
        f"{_LATE}Df?w?<kk>f?w?h<c>",
        f"{_LATE}Df?w?<kk>",
        f"{_LATE}h<c>[eE]?",
    ),
    shared=(
        f"<d1>Jw?<d2>f?<m2>{_YEAR2}",
        f"<d1>f?<m1>Jw?<d2>f?<m2>{_YEAR2}",
        "<d1>/<m#1>J<d2>/<m#2>/<y2>",
        f"<m1>J<m2>{_YEAR2}",
        f"<s1>J<s2>{_YEAR2}",
        "Df?w?<k#1>J<k#2>",
        "Df?w?<kk1>J<kk2>",
        "h<c1>J(?:w?h)?<c2>[eE]?",
    ),
    dual=DAY_FIRST,
    opens=(("bw?", "../{}"), ("Aw?", "{}/.."), ("Pw?", "{}/.."), ("Qw?", "../{}"), ("iw?", "{}/"), ("Fw?", "{}/")),
    openers={"f": "t", "F": "-t", "B": "-ta"},
    joins="-t",
    clue=re.compile("[0-9]|siglo|años|décad|ss?[.]", re.IGNORECASE),
    not_before=before(
        "p pp pág págs n nº núm núms vol vols t cap art fig col f fol l tel ed",
        "páginas? números? n[ºo] volumen volúmenes tomos? capítulos? artículos? figuras? líneas? notas? sala "
        "habitación sección párrafos? más_de menos_de casi unos unas exactamente al_menos a_lo_sumo por_lo_menos",
    ),
    not_after=after(
        "por_ciento km kg m cm mm g t kilómetros metros leguas pies hectáreas toneladas kilos libras gramos litros "
        "pesetas pesos reales francos marcos rublos coronas dólares euros ejemplares palabras páginas líneas "
        "votos millones "
        "mil veces horas piezas grados"
    ),
    counted=counted_things(
        "personas hombres mujeres niños años meses semanas días horas minutos obreros trabajadores campesinos soldados "
        "oficiales presos prisioneros víctimas delegados miembros estudiantes habitantes hogares familias casas barcos "
        "caballos cañones otros de_ellos"
    ),
    surely=sure_words("en año desde primavera_de verano_de otoño_de invierno_de"),
)
