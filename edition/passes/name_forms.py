"""The forms under which a person may stand in a text, made from `name`, `sort` and `variants`; and the table of them.

Knows names only: no tree, no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from ..book import Person
from ..patterns import late
from ..words import prepared, spans

_PATRONYMIC = late(r"(?:ovich|evich|ievich|ich|ovna|evna|ichna|ович|евич|ич|овна|евна|ична)$")
# What an editor adds to the name of a place: Halle (Saale), Wollzeile 15 (»Berthahof«), Grazer Straße [Bad Ischl].
_ADDED = late(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z")
# A street and the number of a house in it.
_ADDRESS = late(r"\D+ \d{1,3}[a-z]?")
_APART = late(r"\s*[/()\[\]]\s*")
# What the names of spas begin with, and people leave out: Bad Ischl.
_SPA = "Bad "
# Languages whose genitive is an s without an apostrophe, and what takes none.
_GENITIVE = frozenset(("de", "da", "nb", "nn", "no", "sv"))
_NO_S = tuple("sxzß.")
# The small letters of words that are looked up only where some form begins with that letter.
SMALL = "abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿабвгдежзийклмнопрстуфхцчшщъыьэюя" + (
    "αβγδεζηθικλμνξοπρςστυφχψω"
)
_LETTERS = {
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ß": "ss",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
}


class Form(Struct, frozen=True):
    """A surface form: its words, what stands between them (" ", "-" or "’"), whom it may mean (none: nobody)."""

    words: tuple[str, ...]
    joints: tuple[str, ...]
    keys: tuple[str, ...]


def person_forms(name: str, sort: str, variants: Iterable[str] = ()) -> tuple[str, ...]:
    """All forms of one person: whole name, surname, given and initials with surname, given name with patronymic.

    `sort` is "Surname, Given Names"; what stands before its comma is the surname. Of a double surname each half may
    stand with the given name (married and maiden forms). A variant with a comma is such a sort form too; any other is
    taken as it is. Each form also comes without its diacritics.
    """
    forms = [name, *_sorted_forms(sort or name)]
    for variant in variants:
        forms += _sorted_forms(variant) if "," in variant else [variant]
    return _with_folded(forms)


def organisation_forms(names: Sequence[str]) -> tuple[str, ...]:
    """All forms of an organisation: its names, with and without diacritics, and without what is added to them in
    brackets."""
    return _with_folded([*names, *(bare for one in names if (bare := _ADDED.sub("", one)) != one)])


def place_forms(names: Sequence[str]) -> tuple[str, ...]:
    """All forms of a place: those of its names, of spas without “Bad”, and of a house at a corner each address."""
    corners = [part for name in names if len(parts := addresses(name)) > 1 for part in parts]
    return organisation_forms([*names, *(name.removeprefix(_SPA) for name in names), *corners])


def addresses(name: str) -> list[str]:
    """The addresses in the name of a place: Kärntnerring 12/Bösendorferstraße 11, Surgery [Bösendorferstraße 11]."""
    return [part for part in _APART.split(name) if _ADDRESS.fullmatch(part)]


def _with_folded(forms: Sequence[str]) -> tuple[str, ...]:
    plain = (folded(form) for form in forms if not form.isascii())
    return tuple(dict.fromkeys(form for form in (*forms, *plain) if form))


def _sorted_forms(sort: str) -> list[str]:
    """The forms of a name that is given as it is sorted."""
    surname, _, given_part = (part.strip() for part in sort.partition(","))
    given = given_part.split()
    forms = [surname]
    if given:
        initials = [f"{word[0]}." for word in given]
        forms += [f"{given[0]} {surname}", f"{' '.join(given)} {surname}", f"{initials[0]} {surname}"]
        forms += [f"{' '.join(initials)} {surname}", f"{''.join(initials)} {surname}"]
        if len(given) == 2 and _PATRONYMIC.search(given[1]):
            forms.append(" ".join(given))
        for part in surname.split("-") if "-" in surname else ():
            forms += [f"{given[0]} {part}", f"{' '.join(given)} {part}"]
    return [*forms, *(form.replace("-", " ") for form in forms if "-" in form)]


def sort_form(name: str) -> str:
    """A sort form for a name that has none: the last word as the surname."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else name


def folded(text: str) -> str:
    """The text without diacritics."""
    plain = "".join(_LETTERS.get(letter, letter) for letter in text)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


Cut = tuple[tuple[str, ...], tuple[str, ...]]


def cut(form: str) -> Cut:
    """The words of a form and the joints between them."""
    if form.isascii() and form.replace(" ", "").isalnum():
        plain = form.split()
        return tuple(plain), (" ",) * (len(plain) - 1)
    text = prepared(form)
    found = spans(text)
    joints = tuple(joint(text[a:b]) for (_, a), (b, _) in zip(found, found[1:], strict=False))
    return tuple(text[a:b] for a, b in found), joints


def joint(between: str) -> str:
    """What joins two words of a name: "-", "’", or " " for spaces with or without a full stop; else "" (nothing
    does). A gap in the flow (spans.GAP, a control character that counts as white space) joins nothing."""
    if between == " ":
        return between
    if between in ("-", "-\u2060", "\u2010", "\u2011"):
        return "-"
    if between in ("'", "’", "ʼ"):
        return "’"
    return " " if re.fullmatch(r"\.?[^\S\x1f]+|\.", between) else ""


def form_table(people: Mapping[str, Person], decisions: Mapping[str, str], language: str = "") -> dict[str, list[Form]]:
    """First word -> forms that begin with it, longest first. A decision overrides; `none` makes a form mean nobody.

    In a language whose genitive is a bare s (Schnitzlers) each form stands for it too.
    """
    has_genitive = language.lower().partition("-")[0] in _GENITIVE
    meaning: dict[Cut, list[str]] = {}
    for key, person in people.items():
        for form in person.forms:
            meaning.setdefault(cut(form), []).append(key)
            if has_genitive and not form.endswith(_NO_S):
                meaning.setdefault(cut(f"{form}s"), []).append(key)
    _add_neighbours(meaning, people)
    for form, key in decisions.items():
        meaning[cut(form)] = [] if key == "none" else [key]
    table: dict[str, list[Form]] = {}
    for (words, joints), keys in meaning.items():
        if words:
            table.setdefault(words[0], []).append(Form(words, joints, tuple(dict.fromkeys(keys))))
    for forms in table.values():
        forms.sort(key=lambda form: (-len(form.words), form.words))
    return table


def _add_neighbours(meaning: dict[Cut, list[str]], people: Mapping[str, Person]) -> None:
    """Where several places have one address, each of its forms may mean any of them; and a street may mean a house
    of it that is listed, its number left out."""
    houses = {
        key: [found for form in place.forms for found in addresses(form)]
        for key, place in people.items()
        if place.kind == "place"
    }
    at: dict[str, list[str]] = {}
    for key, found in houses.items():
        for address in found:
            at.setdefault(address, []).append(key)
    for found in houses.values():
        there = [other for address in found for other in at[address]]
        for address in found:
            street = cut(address.rpartition(" ")[0])
            if street in meaning:
                meaning[street] += there
            if (house := cut(address)) in meaning:
                meaning[house] += there


def small_letters(first_words: Iterable[str]) -> str:
    """The small letters among those that these words begin with."""
    return "".join(sorted({word[0] for word in first_words if word[0] in SMALL}))


def is_form(text: str, cell: Callable[[str], str | None]) -> bool:
    """Whether a text is a form of the table, somebody's or nobody's. `cell` gives a cell of the table as it is kept."""
    words, joints = cut(text)
    return any((form.words, form.joints) == (words, joints) for form in forms_from(cell(words[0]) if words else None))


def as_cell(forms: Iterable[Form]) -> str:
    """A cell of the table as it is kept: of the thousands that a book has, a chapter asks for few, so that all are read
    as plain texts. A line is a form: its words, its joints, whom it may mean."""
    return "\n".join("\t".join((" ".join(one.words), ",".join(one.joints), *one.keys)) for one in forms)


def forms_from(cell: str | None) -> list[Form]:
    """Forms from a cell as it is kept."""
    return [_form(*line.split("\t")) for line in cell.split("\n")] if cell else []


def _form(words: str, joints: str, *keys: str) -> Form:
    return Form(tuple(words.split(" ")), tuple(joints.split(",")) if " " in words else (), keys)
