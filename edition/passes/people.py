"""Names of people in the text: marked where a form of the register stands, never guessed where it could be two.

`register` makes Persons of people.yaml, `mark` writes persName into a unit and tells what it left alone.
Knows one unit and the forms that begin with its words; knows no other unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .. import edtf
from ..book import Mention, Person, Undecided
from ..config import Loaded, PersonRecord
from ..normal.vocabulary import blocks, place, standing
from ..problems import Place, Problem, did_you_mean
from ..words import placed, prepared
from ..xml import ID, Element, all_named, local, tei
from .name_forms import Form, joint, person_forms, sort_form
from .spans import GAP, content, covered, flow, set_content, wrap

# Words that may stand before a surname without being part of a name.
TITLES = frozenset(
    (
        "Mr Mrs Ms Miss Dr Professor Prof Sir Lady Lord Comrade President Chairman Chairwoman Prosecutor "
        "Judge General Marshal Colonel Captain Commissar Premier Minister Secretary Ambassador Senator "
        "Academician Citizen Herr Frau Madame Monsieur Mme Count Countess Prince Princess Saint St King Queen "
        "Tsar"
    ).split()
)
# What institutions and occasions are called: with one of these a surname is part of their name.
INSTITUTIONS = frozenset(
    (
        "Academy Act Affair Archive Archives Association Award Brigade Bureau Case Centre Center Collective College "
        "Commission Committee Company Conference Congress Council Court Day Doctrine Foundation Fund Group Hospital "
        "Hotel House Institute Law Library Line Medal Mission Museum Order Papers Party Plan Plant Press Prize School "
        "Society Square Street Theatre Theater Tribunal Trial Trials Union University Works"
    ).split()
)
_BEFORE_A_PART = frozenset("against of for into on to".split())
_LINKS = _BEFORE_A_PART | frozenset("the and in a an at by".split())


def register(files: Sequence[Loaded[dict[str, PersonRecord]]]) -> tuple[dict[str, Person], list[Problem]]:
    """Persons by key, with all their forms. Of a person in several files the later wins, field by field,
    and is told."""
    records: dict[str, PersonRecord] = {}
    problems: list[Problem] = []
    for file in files:
        for key, record in (file.value or {}).items():
            problems += _life_problems(key, record, file.where)
            if key in records:
                fields = sorted(record.model_fields_set)
                text = f"“{key}” is in an earlier register too; here its {', '.join(fields)} hold"
                problems.append(Problem("person-merged", file.where_key(key), text))
                record = records[key].model_copy(update={name: getattr(record, name) for name in fields})
            records[key] = record
    return {key: _person(key, record) for key, record in records.items()}, problems


def _life_problems(key: str, record: PersonRecord, where: Callable[..., Place]) -> list[Problem]:
    found = []
    for name in ("born", "died"):
        value = getattr(record, name)
        if value and (reason := edtf.problem_with(value)):
            found.append(Problem("date-edtf", where(key, name), f"“{value}” is no date: {reason}", edtf.HINT))
    return found


def _person(key: str, record: PersonRecord) -> Person:
    sort = record.sort or sort_form(record.name)
    forms = person_forms(record.name, sort, record.variants)
    idno = tuple(sorted(record.idno.items()))
    return Person(key, record.name, sort, forms, record.born, record.died, record.about, tuple(record.see_also), idno)


# What has been decided stays as it is.
SETTLED = frozenset(("rs", "persName", "date"))


@dataclass(frozen=True, slots=True)
class Known:
    """What the pass may ask: forms by first word, whether a key is a person's, all keys (for hints),
    decisions for a block, words seen in lower case."""

    forms: Callable[[str], Sequence[Form]]
    person: Callable[[str], bool]
    people: Callable[[], Iterable[str]]
    here: Callable[[str], Mapping[str, str]]
    lower: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a flow: characters start…end, the form's words as they stand, whom it may mean."""

    start: int
    end: int
    keys: tuple[str, ...]
    why: str = ""


def mark(unit: Element, file: str, key: str, known: Known) -> tuple[list[Undecided], list[Problem]]:
    """Write persName into a unit; what is ambiguous stays as it is and is returned."""
    problems = _own_marks(unit, file, key, known)
    undecided: list[Undecided] = []
    for block in blocks(unit):
        if local(block) == "head" and block.get("type") == "short":
            continue
        text = flow(block).text
        here = known.here(block.get(ID, ""))
        settled = covered(block, SETTLED)
        for match in reversed(_matches(text, known, here)):
            if any(start < match.end and match.start < end for start, end in settled):
                continue
            form = text[match.start : match.end]
            if not match.why and len(match.keys) == 1:
                wrap(block, match.start, match.end, lambda m=match: _name(m.keys[0]))  # type: ignore[misc]
            elif match.why:
                where = place(block, unit, file, key)
                undecided.append(Undecided(form, match.why, block.get(ID, ""), match.keys, where))
    for spared in list(all_named(unit, "rs")):
        if spared.get("key") == "none":
            _unwrap(spared)
    return undecided[::-1], problems


def _own_marks(unit: Element, file: str, key: str, known: Known) -> list[Problem]:
    """The editor's own `{person=…}`: made persName, or complained of."""
    problems = []
    own = [rs for rs in all_named(unit, "rs") if rs.get("type") == "person" and rs.get("key", "none") != "none"]
    places = [place(rs, unit, file, key) for rs in own]
    for rs, where in zip(own, places, strict=True):
        name = rs.get("key", "")
        if not known.person(name):
            problems.append(unknown_person(name, where, known.people()))
        rs.tag = _name(name).tag
        rs.attrib.clear()
        rs.set("ref", f"#person-{name}")
    return problems


def gather(unit: Element) -> tuple[Mention, ...]:
    """Every mention of a person in a unit, in document order."""
    return tuple(
        Mention(
            name.get("ref", "").removeprefix("#person-"), name.get(ID, ""), *standing(name), "".join(name.itertext())
        )
        for name in all_named(unit, "persName")
        if name.get("ref", "").startswith("#person-")
    )


def unknown_person(name: str, where: Place, others: Iterable[str]) -> Problem:
    hint = did_you_mean(name, others, "add the person to people.yaml, or write an id that is there")
    return Problem("person-unknown", where, f"nobody in people.yaml has the id “{name}”", hint)


def _name(key: str) -> Element:
    return tei("persName", {"ref": f"#person-{key}"})


def _unwrap(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    items = content(parent)
    at = items.index(element)
    set_content(parent, [*items[:at], *content(element), *items[at + 1 :]])


Token = tuple[int, int, str]  # start, end, word


def _matches(text: str, known: Known, here: Mapping[str, str]) -> list[Match]:
    """Longest matches from left to right, none overlapping."""
    found: list[Match] = []
    at = placed(text)
    n = 0
    while n < len(at):
        form = _longest(text, at, n, known)
        if form is None:
            n += 1
            continue
        last = n + len(form.words) - 1
        start, end = at[n][0], at[last][1]
        decided = here.get(prepared(text[start:end]))
        keys = form.keys if decided is None else () if decided == "none" else (decided,)
        why = "" if decided is not None or not keys else _doubt(text, at, n, last, keys, known)
        found.append(Match(start, end, keys, why))
        n = last + 1
    return found


def _longest(text: str, at: list[Token], n: int, known: Known) -> Form | None:
    for form in known.forms(at[n][2]):
        stretch = at[n : n + len(form.words)]
        if tuple(word for _, _, word in stretch) != form.words:
            continue
        joints = tuple(joint(_between(text, a, b)) for a, b in pairwise(stretch))
        if joints == form.joints:
            return form
    return None


def _between(text: str, a: Token, b: Token) -> str:
    return text[a[1] : b[0]]


def _doubt(text: str, at: list[Token], first: int, last: int, keys: tuple[str, ...], known: Known) -> str:
    """Why a match is left alone: "ambiguous", "namesake" (in a longer, unlisted name), "institution", or ""."""
    if _in_institution(text, at, first, last):
        return "institution"
    if last + 1 < len(at) and at[last + 1][2][:1].isupper() and joint(_between(text, at[last], at[last + 1])) == "-":
        return "namesake"
    if first == last and first > 0 and _is_given_name(text, at, first - 1, known):
        return "namesake"
    return "ambiguous" if len(keys) > 1 else ""


def _in_institution(text: str, at: list[Token], first: int, last: int) -> bool:
    """Whether a name is part of an institution's: "the Dewey Commission",
    "Commission of Inquiry into the Case of …"."""

    def word(n: int) -> str:
        return at[n][2]

    def apart(n: int) -> bool:
        """Whether words n and n + 1 are parted by more than a space."""
        return bool(_between(text, at[n], at[n + 1]).strip("\u00a0 \n"))

    if last + 1 < len(at) and not apart(last) and word(last + 1) in INSTITUTIONS:
        return True
    if first == 0 or apart(first - 1) or word(first - 1) not in _BEFORE_A_PART:
        return False
    between = 0  # capitalised words between the institution and the name
    for n in range(first - 1, -1, -1):
        if word(n) in INSTITUTIONS and between:
            return True
        if apart(n - 1) if n else True:
            return False
        if word(n)[:1].isupper():
            between += 1
        elif word(n) not in _LINKS:
            return False
    return False


def _is_given_name(text: str, at: list[Token], n: int, known: Known) -> bool:
    """Whether word n, which stands before a lone surname, looks like the given name of somebody unlisted."""
    word, between = at[n][2], _between(text, at[n], at[n + 1])
    if joint(between) not in (" ", "-") or GAP in between or not word[0].isupper():
        return False
    if between.startswith(".") and len(word) > 1:
        return False  # a full stop: the word ends a sentence, or is an abbreviated title
    decided = any(form.words == (word,) for form in known.forms(word))
    return not (word in TITLES or decided or known.lower(word.lower()))


def left_problems(left: Sequence[Undecided]) -> list[Problem]:
    """One complaint for every form left undecided: how often, whom it may mean, where it stands first."""
    grouped: dict[tuple[str, str], list[Undecided]] = {}
    for item in left:
        grouped.setdefault((item.form, item.why), []).append(item)
    return [_left(form, why, items) for (form, why), items in grouped.items()]


def _left(form: str, why: str, items: Sequence[Undecided]) -> Problem:
    first, who = items[0], items[0].keys[0]
    times = "once" if len(items) == 1 else f"{len(items)} times"
    text, hint = {
        "ambiguous": (
            f"“{form}” may be {', '.join(first.keys)}; it stands {times} and is not in the index",
            f"decide in decisions.yaml, forms: {{{form}: {who}}}, or in the text: [{form}]{{person={who}}}",
        ),
        "namesake": (
            f"“{form}” seems part of a longer name that is not in people.yaml; it stands so {times}",
            f"list that person, or decide in the text: [{form}]{{person={who}}}, or {{person=none}}",
        ),
        "institution": (
            f"“{form}” is taken as part of an institution's name, not as a mention; it stands so {times}",
            f"if the person is meant, say so in the text: [{form}]{{person={who}}}",
        ),
    }[why]
    return Problem(f"name-{why}", first.place, text, hint)
