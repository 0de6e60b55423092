"""What an edition says of its own text, by language: copy-text, omissions, typography, calendar.

Knows languages only; CC0 (LICENSE).
"""

from __future__ import annotations

from msgspec import Struct

Named = tuple[tuple[str, str], ...]
_STARTS = ("03-01", "03-25", "09-01", "12-25")
_RULES = ("quote", "apostrophe", "dash", "range", "ellipsis", "space", "hyphen", "nfc")
_REASONS = ("sic", "orig", "abbr", "corr", "reg", "expan", "del", "rdg", "surplus")


class AboutWords(Struct, frozen=True):
    """`rules` and `reasons` name what is counted, `starts` the days a year begins on. `{}` is filled in by the
    caller."""

    copy_text: str
    own_text: str
    read_normalised: str
    read_source: str
    omitted: str
    nothing_omitted: str
    omitted_here: str
    typography: str
    untouched: str
    calendar: str
    julian: str
    year_start: str
    starts: Named
    rules: Named
    reasons: Named


def _named(keys: tuple[str, ...], names: str) -> Named:
    return tuple(zip(keys, names.split("; "), strict=True))


ENGLISH = AboutWords(
    "The text follows {}.",
    "The text is this edition’s own.",
    "Corrected and regularised forms are read; what stood in the source is kept in the TEI file.",
    "The forms of the source are read; corrected and regularised ones are kept in the TEI file.",
    "Left out of the reading text: {}.",
    "Nothing is left out of the reading text.",
    "[left out]",
    "Typography was set by rule: {}.",
    "The typography is that of the source.",
    "Dates stand in the text as they are; their values in the TEI file and the chronology are those of the Gregorian "
    "calendar.",
    "Where a source counts by the Julian calendar its days are converted; a month or a year without a day stays as it "
    "is.",
    "Years of a source that begin on {} are counted from 1 January.",
    _named(_STARTS, "1 March; 25 March; 1 September; 25 December"),
    _named(_RULES, "quotation marks; apostrophes; dashes; dashes between numbers; ellipses; spaces; line-end hyphens; "
           "composed letters"),
    _named(_REASONS, "slips that are corrected; old forms; abbreviations; corrections; regularised forms; expansions; "
           "deletions; variant readings; superfluous words"),
)  # fmt: skip
GERMAN = AboutWords(
    "Der Text folgt {}.",
    "Der Text ist der dieser Ausgabe.",
    "Gelesen werden berichtigte und vereinheitlichte Formen; was in der Vorlage stand, steht in der TEI-Datei.",
    "Gelesen werden die Formen der Vorlage; berichtigte und vereinheitlichte stehen in der TEI-Datei.",
    "Im Lesetext fehlen: {}.",
    "Im Lesetext fehlt nichts.",
    "[ausgelassen]",
    "Die Typographie wurde nach Regeln gesetzt: {}.",
    "Die Typographie ist die der Vorlage.",
    "Daten stehen im Text, wie sie sind; ihre Werte in der TEI-Datei und der Zeittafel sind die des gregorianischen "
    "Kalenders.",
    "Wo eine Vorlage nach dem julianischen Kalender rechnet, sind ihre Tage umgerechnet; ein Monat oder Jahr ohne Tag "
    "bleibt, wie er steht.",
    "Jahre einer Vorlage, die am {} beginnen, sind vom 1. Januar an gezählt.",
    _named(_STARTS, "1. März; 25. März; 1. September; 25. Dezember"),
    _named(_RULES, "Anführungszeichen; Apostrophe; Gedankenstriche; Striche zwischen Zahlen; Auslassungspunkte; "
           "Leerzeichen; Trennstriche am Zeilenende; zusammengesetzte Buchstaben"),
    _named(_REASONS, "berichtigte Versehen; alte Formen; Abkürzungen; Berichtigungen; vereinheitlichte Formen; "
           "Auflösungen; Streichungen; Lesarten; überflüssige Wörter"),
)  # fmt: skip
FRENCH = AboutWords(
    "Le texte suit {}.",
    "Le texte est celui de cette édition.",
    "On lit les formes corrigées et régularisées ; celles de la source sont conservées dans le fichier TEI.",
    "On lit les formes de la source ; les formes corrigées et régularisées sont conservées dans le fichier TEI.",
    "Sont omis du texte de lecture : {}.",
    "Rien n’est omis du texte de lecture.",
    "[omis]",
    "La typographie a été établie selon des règles : {}.",
    "La typographie est celle de la source.",
    "Les dates du texte restent telles quelles ; leurs valeurs, dans le fichier TEI et la chronologie, sont celles du "
    "calendrier grégorien.",
    "Là où une source suit le calendrier julien, ses jours sont convertis ; un mois ou une année sans jour restent "
    "tels quels.",
    "Les années d’une source qui commencent le {} sont comptées à partir du 1er janvier.",
    _named(_STARTS, "1er mars; 25 mars; 1er septembre; 25 décembre"),
    _named(_RULES, "guillemets; apostrophes; tirets; tirets entre nombres; points de suspension; espaces; "
           "coupures en fin de ligne; lettres composées"),
    _named(_REASONS, "fautes corrigées; formes anciennes; abréviations; corrections; formes régularisées; "
           "développements; suppressions; variantes; mots superflus"),
)  # fmt: skip
SPANISH = AboutWords(
    "El texto sigue {}.",
    "El texto es el de esta edición.",
    "Se leen las formas corregidas y regularizadas; las de la fuente se conservan en el archivo TEI.",
    "Se leen las formas de la fuente; las corregidas y regularizadas se conservan en el archivo TEI.",
    "Se omiten en el texto de lectura: {}.",
    "Nada se omite en el texto de lectura.",
    "[omitido]",
    "La tipografía se fijó según reglas: {}.",
    "La tipografía es la de la fuente.",
    "Las fechas del texto quedan como están; sus valores en el archivo TEI y la cronología son los del calendario "
    "gregoriano.",
    "Donde una fuente sigue el calendario juliano, sus días se convierten; un mes o un año sin día quedan como están.",
    "Los años de una fuente que comienzan el {} se cuentan desde el 1 de enero.",
    _named(_STARTS, "1 de marzo; 25 de marzo; 1 de septiembre; 25 de diciembre"),
    _named(_RULES, "comillas; apóstrofos; rayas; rayas entre números; puntos suspensivos; espacios; guiones de fin de "
           "línea; letras compuestas"),
    _named(_REASONS, "erratas corregidas; formas antiguas; abreviaturas; correcciones; formas regularizadas; "
           "desarrollos; supresiones; variantes; palabras superfluas"),
)  # fmt: skip
RUSSIAN = AboutWords(
    "Текст следует источнику: {}.",
    "Текст принадлежит этому изданию.",
    "Читаются исправленные и приведённые к норме формы; формы источника сохранены в файле TEI.",
    "Читаются формы источника; исправленные и приведённые к норме сохранены в файле TEI.",
    "В тексте для чтения опущены: {}.",
    "В тексте для чтения ничего не опущено.",
    "[опущено]",
    "Типографика установлена по правилам: {}.",
    "Типографика — как в источнике.",
    "Даты в тексте оставлены как есть; их значения в файле TEI и хронологии даны по григорианскому календарю.",
    "Где источник следует юлианскому календарю, его дни пересчитаны; месяц или год без числа оставлен как есть.",
    "Годы источника, которые начинаются {}, считаются с 1 января.",
    _named(_STARTS, "1 марта; 25 марта; 1 сентября; 25 декабря"),
    _named(_RULES, "кавычки; апострофы; тире; тире между числами; многоточия; пробелы; переносы; составные буквы"),
    _named(_REASONS, "исправленные описки; старые формы; сокращения; исправления; нормализованные формы; раскрытия; "
           "зачёркнутое; разночтения; лишние слова"),
)  # fmt: skip
_LANGUAGES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN}


def about_words(language: str) -> AboutWords:
    """The words of a BCP 47 language; English where there are none."""
    return _LANGUAGES.get(language.split("-")[0].lower(), ENGLISH)
