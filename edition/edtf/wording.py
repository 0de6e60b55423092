"""How languages write dates, as data: one Display each. What stands here lands in outputs and is CC0 (LICENSE).

Knows words only.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace


class Forms(Struct, frozen=True):
    """How a date is written by its grain: formats over {day} {month} {of_month} {season} {the_season} {year}
    {years}."""

    day: str
    month: str
    season: str
    year: str
    decade: str
    years: str = "{years}"

    def of(self, kind: str) -> str:
        return str(getattr(self, kind))

    def after(self, words: str) -> Forms:
        """The same, each after some words."""
        grains = ("day", "month", "season", "year", "decade", "years")
        return Forms(*(words + self.of(kind) for kind in grains))


class Display(Struct, frozen=True):
    """How a language writes dates. `of_months` and `the_seasons` are the names as a day and a preposition want them."""

    months: tuple[str, ...]
    of_months: tuple[str, ...]
    seasons: tuple[str, ...]  # spring, summer, autumn, winter
    the_seasons: tuple[str, ...]
    plain: Forms
    governed: Forms  # after a preposition
    before: Forms
    after: Forms
    since: Forms
    until: Forms
    circa: Forms
    short_circa: str  # where a preposition stands already
    days: str  # {first} {day} …: a range within one month
    day_month: str  # the first end of a range within one year
    between: str  # {one} {two}
    common_era: str  # {year}, below 1000
    before_common_era: str  # {year}
    both_styles: str  # {new} {old}
    first_day: str = ""
    contractions: tuple[tuple[str, str], ...] = ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# --- English

_EN = Forms("{day} {month} {year}", "{month} {year}", "{season} {year}", "{year}", "the {year}s")
_EN_MONTHS = _names("January February March April May June July August September October November December")
_BRITISH = Display(
    months=_EN_MONTHS,
    of_months=_EN_MONTHS,
    seasons=_names("spring summer autumn winter"),
    the_seasons=_names("spring summer autumn winter"),
    plain=_EN,
    governed=_EN,
    before=_EN.after("before "),
    after=_EN.after("after "),
    since=_EN.after("from "),
    until=_EN.after("until "),
    circa=replace(_EN, decade="{year}s").after("c. "),
    short_circa="c. ",
    days="{first}–{day} {month} {year}",
    day_month="{day} {month}",
    between="between {one} and {two}",
    common_era="AD {year}",
    before_common_era="{year} BC",
    both_styles="{new} ({old} Old Style)",
)
_US = replace(_EN, day="{month} {day}, {year}")
_AMERICAN = replace(
    _BRITISH,
    seasons=_names("spring summer fall winter"),
    the_seasons=_names("spring summer fall winter"),
    plain=_US,
    governed=_US,
    before=_US.after("before "),
    after=_US.after("after "),
    since=_US.after("from "),
    until=_US.after("until "),
    circa=replace(_US, decade="{year}s").after("c. "),
    days="{month} {first}–{day}, {year}",
    day_month="{month} {day}",
)

# --- German

_DE_MONTHS = _names("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
_DE = Forms("{day}. {month} {year}", "{month} {year}", "{season} {year}", "{year}", "die {year}er Jahre")
_DE_DATIVE = replace(_DE, day="dem {day}. {month} {year}", season="dem {season} {year}", decade="den {year}er Jahren")
_GERMAN = Display(
    months=_DE_MONTHS,
    of_months=_DE_MONTHS,
    seasons=_names("Frühjahr Sommer Herbst Winter"),
    the_seasons=_names("Frühjahr Sommer Herbst Winter"),
    plain=_DE,
    governed=_DE_DATIVE,
    before=_DE_DATIVE.after("vor "),
    after=_DE_DATIVE.after("nach "),
    since=_DE_DATIVE.after("seit "),
    until=replace(
        _DE.after("bis "),
        day="bis zum {day}. {month} {year}",
        season="bis zum {season} {year}",
        decade="bis zu den {year}er Jahren",
    ),
    circa=replace(_DE, day="den {day}. {month} {year}", season="den {season} {year}").after("um "),
    short_circa="ca. ",
    days="{first}.–{day}. {month} {year}",
    day_month="{day}. {month}",
    between="zwischen {one} und {two}",
    common_era="{year} n. Chr.",
    before_common_era="{year} v. Chr.",
    both_styles="{new} ({old} alten Stils)",
    contractions=(("um den Frühjahr", "um das Frühjahr"),),
)

# --- French

_FR_MONTHS = _names("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
_FR_SEASONS = _names("printemps été automne hiver")
_FR = Forms("{day} {month} {year}", "{month} {year}", "{season} {year}", "{year}", "les années {year}")
_FR_THE = replace(_FR, day="le {day} {month} {year}", season="{the_season} {year}")
_FRENCH = Display(
    months=_FR_MONTHS,
    of_months=_FR_MONTHS,
    seasons=_FR_SEASONS,
    the_seasons=("le printemps", "l’été", "l’automne", "l’hiver"),
    plain=_FR,
    governed=_FR_THE,
    before=_FR_THE.after("avant "),
    after=_FR_THE.after("après "),
    since=_FR_THE.after("depuis "),
    until=replace(_FR_THE.after("jusqu’à "), month="jusqu’en {month} {year}", year="jusqu’en {year}"),
    circa=_FR_THE.after("vers "),
    short_circa="env. ",
    days="{first}–{day} {month} {year}",
    day_month="{day} {month}",
    between="entre {one} et {two}",
    common_era="{year} apr. J.-C.",
    before_common_era="{year} av. J.-C.",
    both_styles="{new} ({old} ancien style)",
    first_day="1er",
    contractions=(("jusqu’à le ", "jusqu’au "), ("jusqu’à les ", "jusqu’aux ")),
)

# --- Spanish

_ES_MONTHS = _names("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
_ES = Forms("{day} de {month} de {year}", "{month} de {year}", "{season} de {year}", "{year}", "los años {year}")
_ES_THE = replace(_ES, day="el {day} de {month} de {year}", season="{the_season} de {year}")
_SPANISH = Display(
    months=_ES_MONTHS,
    of_months=_ES_MONTHS,
    seasons=_names("primavera verano otoño invierno"),
    the_seasons=("la primavera", "el verano", "el otoño", "el invierno"),
    plain=_ES,
    governed=_ES_THE,
    before=_ES_THE.after("antes de "),
    after=_ES_THE.after("después de "),
    since=_ES_THE.after("desde "),
    until=_ES_THE.after("hasta "),
    circa=_ES_THE.after("hacia "),
    short_circa="ca. ",
    days="{first}–{day} de {month} de {year}",
    day_month="{day} de {month}",
    between="entre {one} y {two}",
    common_era="{year} d. C.",
    before_common_era="{year} a. C.",
    both_styles="{new} ({old}, estilo antiguo)",
    contractions=((" de el ", " del "),),
)

# --- Russian

_RU = Forms("{day} {of_month} {year}", "{month} {year}", "{season} {year}", "{year}", "{year}-е годы")
_RU_GENITIVE = Forms("{day} {of_month} {year}", "{of_month} {year}", "{the_season} {year}", "{year}", "{year}-х годов")
_RUSSIAN = Display(
    months=_names("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
    of_months=_names("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    seasons=_names("весна лето осень зима"),
    the_seasons=_names("весны лета осени зимы"),
    plain=_RU,
    governed=_RU_GENITIVE,
    before=_RU_GENITIVE.after("до "),
    after=_RU_GENITIVE.after("после "),
    since=_RU_GENITIVE.after("с "),
    until=replace(_RU.after("по "), season="до {the_season} {year}"),
    circa=_RU_GENITIVE.after("около "),
    short_circa="ок. ",
    days="{first}–{day} {of_month} {year}",
    day_month="{day} {of_month}",
    between="не ранее {one} и не позднее {two}",
    common_era="{year} г. н. э.",
    before_common_era="{year} г. до н. э.",
    both_styles="{new} ({old} ст. ст.)",
)

DISPLAYS = {
    "en": _BRITISH, "en-us": _AMERICAN, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH, "ru": _RUSSIAN,
}  # fmt: skip
