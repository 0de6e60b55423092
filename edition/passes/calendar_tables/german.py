"""Calendar expressions in German."""

from __future__ import annotations

import re

from ..calendar_grammar import (
    DAY_FIRST,
    Form,
    Grammar,
    after,
    before,
    counted_things,
    declined,
    forms_of,
    numbered,
    phrases_of,
    sure_words,
)

_MONTHS = (
    "Januar Januars Jänner Jan Jan.", "Februar Februars Feber Feb Feb. Febr Febr.", "März Mrz. Mrz", "April Apr Apr.",
    "Mai Maies", "Juni Jun Jun.", "Juli Jul Jul.", "August Augusts Aug Aug.", "September Sep Sep. Sept Sept.",
    "Oktober October Okt Okt. Oct.", "November Nov Nov.", "Dezember December Dez Dez. Dec.",
)  # fmt: skip
_SEASONS = (
    "Frühling Frühlings Frühjahr Frühjahrs Vorfrühling", "Sommer Sommers Frühsommer Hochsommer Spätsommer",
    "Herbst Herbsts Herbstes Frühherbst Spätherbst", "Winter Winters",
)  # fmt: skip
_KINDS = {
    "w": "der die das den dem des",
    "a": "und",
    "F": "von vom",
    "B": "zwischen",
    "t": "bis",
    "i": "seit ab",
    "b": "vor",
    "A": "nach",
    "P": "frühestens",
    "Q": "spätestens",
    "c": "um ca ca. circa zirka etwa gegen ungefähr",
    "p": "anfang frühe frühen früher",
    "q": "mitte",
    "r": "ende späte späten später",
    "h": "jahrhundert jahrhunderts jahrhunderte jahrhunderten jh jh. jhs. jhdt jhdt. jahrh.",
    "Y": "jahr jahre jahres jahrs jahren j.",
}
_PHRASES = {
    "e": ["v. chr.", "vor chr.", "vor christus", "vor christi geburt", "v. u. z.", "v. d. z."],
    "E": ["n. chr.", "nach chr.", "nach christus", "nach christi geburt", "u. z.", "n. u. z."],
    "t": ["bis zum", "bis zur", "bis zu den", "bis zu", "bis in den", "bis in die", "bis in das", "bis ins"],
    "P": ["nicht vor"],
    "Q": ["nicht nach"],
    "O": ["alten stils", "alten stiles", "a. st.", "a. s.", "alter stil", "julianisch"],
    "W": ["neuen stils", "neuen stiles", "n. st.", "n. s.", "neuer stil", "gregorianisch"],
}
_ORDINALS = declined(
    "erst zweit dritt viert fünft sechst siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt "
    "siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst",
    "e en es er em",
)
_TENS = "zwanziger dreißiger vierziger fünfziger sechziger siebziger achtziger neunziger".split()


def _forms() -> dict[str, Form]:
    names = numbered("M", _MONTHS) | numbered("S", _SEASONS, 21)
    forms = names | {name.upper(): form for name, form in names.items()} | forms_of(_KINDS) | numbered("R", _ORDINALS)
    forms |= dict.fromkeys(("siebte", "siebten", "siebtes"), ("R", 7))
    forms |= dict.fromkeys(("oder", "bzw.", "bzw", "beziehungsweise"), ("a", 1))
    for n, ten in enumerate(_TENS, 2):
        forms |= dict.fromkeys((ten, ten.replace("ß", "ss")), ("K", 10 * n))
        forms |= dict.fromkeys((f"{ten}jahre", f"{ten}jahren"), ("T", 10 * n))
    return forms


_LATE = "(?:[pqr]w?)?"
GERMAN = Grammar(
    forms=_forms(),
    phrases=phrases_of(_PHRASES),
    day=r"[do]\.?",
    century=r"(?:d\.|[oR]\.?)",
    short_decade="K",
    day_suffixes=frozenset(("te", "ten", "ter", "sten", "ste", "tn", "t")),
    decade_suffixes=frozenset(("er", "ern", "erjahre", "erjahren")),
    year_suffixes=frozenset(("er", "ern")),
    points=(
        "<d>w?<m>,?(?:w?Y)?<y>",
        r"<d.><m#>\.?<y>",
        r"<d>/<m#>/<y>",
        f"{_LATE}<m>,?(?:w?Y)?<y>",
        f"{_LATE}<s>,?(?:w?Y)?<y>",
        "<s>(?:w?Y)?<y>[-/]<n>",
        "(?:[pqr](?:w?Y)?)?<y>",
        f"{_LATE}<k>(?:-?Y)?",
        f"{_LATE}<kk>-?Yw?<c>h",
        f"{_LATE}<kk>-?Y",
        f"{_LATE}<kt>(?:w?<c>h)?",
        f"{_LATE}<c>h[eE]?",
    ),
    shared=(
        "<d1>J<d2>w?<m2>,?(?:w?Y)?<y2>",
        "<d1><m1>J<d2><m2>,?(?:w?Y)?<y2>",
        r"<d.1>J<d.2><m#2>\.?<y2>",
        r"<d.1><m#1>\.?J<d.2><m#2>\.?<y2>",
        "<m1>J<m2>,?(?:w?Y)?<y2>",
        "<s1>J<s2>(?:w?Y)?<y2>",
        "<c1>J<c2>h[eE]?",
        "<kk1>J<kk2>-?Y",
    ),
    dual=DAY_FIRST,
    opens=(("bw?", "../{}"), ("Aw?", "{}/.."), ("Pw?", "{}/.."), ("Qw?", "../{}"), ("iw?", "{}/")),
    openers={"F": "-tu", "B": "-ta"},
    joins="-t",
    clue=re.compile("[0-9]|jahr|jh", re.IGNORECASE),
    not_before=before(
        "s bd bde nr kap art abb taf sp z anm ziff tel fol bl aufl din isbn",
        "seiten? band bände nummer kapitel artikel abbildung tafel zeilen? anmerkung zimmer absatz paragra(?:f|ph) "
        "über fast beinahe nahezu rund mehr_als weniger_als mindestens höchstens wenigstens genau insgesamt je",
    ),
    not_after=after(
        "prozent km kg m cm mm g t kilometer meter meilen fuß hektar tonnen kilo pfund gramm liter mark reichsmark "
        "rubel franken francs kronen gulden taler dollar euro exemplare exemplaren wörter seiten zeilen stimmen "
        "millionen tausend mal uhr stück grad"
    ),
    counted=counted_things(
        "menschen personen männer frauen kinder kindern jahre jahren monate monaten wochen tage tagen stunden minuten "
        "arbeiter arbeitern bauern soldaten offiziere mann häftlinge häftlingen gefangene gefangenen opfer opfern "
        "delegierte delegierten mitglieder mitgliedern studenten schüler einwohner einwohnern haushalte familien "
        "häuser schiffe pferde geschütze andere anderen von_ihnen von_diesen"
    ),
    surely=sure_words("im_jahre? jahre? jahres seit anno sommer winter frühling frühjahr herbst"),
)
