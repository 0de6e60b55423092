"""The content documents of an EPUB before any is made: their order, their files, and for each a request that holds all
it needs to know of the book.

Knows profiles of units and the pages of print; knows no tree. An edit that leaves ids, links and heads alone changes
nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from ..book import UNLISTED, PageMap, PageStart
from ..wording import wording
from .breaks import marker_id
from .documents import file_names, numbered, safe_id
from .endnotes import files_of_notes
from .locators import Label, Labels, labels_of, labels_with_gaps
from .nav import NAV_FILE, has_source_pages
from .profiles import Profile
from .references import paragraphs
from .roles import ZONES


class Planned(Struct):
    """A document to be made: of one unit, or of the notes of several (`gathers`), or the nav document (kind "nav").

    `starts` are the pages of print that begin in it; `lines` what the contents say of it (level, label, href).
    """

    file: str
    title: str
    language: str
    zone: str
    kind: str
    units: list[str]
    starts: list[tuple[str, str, str, int]] = field(default_factory=list)
    lines: list[tuple[int, str, str]] = field(default_factory=list)
    gathers: bool = False
    name: str = ""

    @property
    def markers(self) -> list[tuple[str, str]]:
        """(label, id) of the page breaks in it."""
        return [(label, marker_id(label)) for label, *_ in self.starts]


def planned(
    profiles: Sequence[Profile],
    imprint: Mapping[str, Any],
    pages: PageMap | None,
    styles: Sequence[str],
    images: Iterable[str],
) -> dict[str, Any]:
    """Table: "documents" -> every Planned in the order of the spine; file -> request (members.member)."""
    files = {
        profile["unit"]: file
        for profile, file in zip(profiles, file_names([profile["name"] for profile in profiles]), strict=True)
    }
    order = _in_order(profiles, files, pages, imprint)
    by_unit = {profile["unit"]: profile for profile in profiles}
    where = _where(order, by_unit)
    labels = _labels(profiles, pages, has_source_pages(imprint))
    epub = imprint.get("epub") or {}
    told = {
        "styles": list(styles),
        "images": sorted(images),
        "paragraph_numbers": epub.get("paragraph_numbers", True),
        "source_pages": epub.get("source_pages", False),
        "ranges": str((imprint.get("index") or {}).get("ranges") or "short"),
    }
    table: dict[str, Any] = {"documents": [asdict(document) for document in order]}
    for document in order:
        if document.kind != "nav":
            table[document.file] = {
                **told,
                **_request(document, [by_unit[key] for key in document.units], where, labels, pages),
            }
    return table


def _labels(profiles: Sequence[Profile], pages: PageMap | None, some_have_none: bool) -> Labels:
    """Pages or, where there are none, paragraphs; in lists, those of places on no page stand behind the others."""
    if pages and not some_have_none:
        return labels_of(pages)
    plain = paragraphs([profile for profile in profiles if profile["kind"] != "contents"])
    if not pages:
        return plain
    paged, behind = labels_with_gaps(pages), 2 * len(pages.labels) + 1

    def label(target: str) -> Label | None:
        paragraph = None if paged(target) else plain(target)
        return paragraph._replace(page=paragraph.page + behind) if paragraph else paged(target)

    return label


def _request(
    document: Planned,
    profiles: Sequence[Profile],
    where: Mapping[str, tuple[str, str]],
    labels: Labels,
    pages: PageMap | None,
) -> dict[str, Any]:
    notes = document.gathers
    parts = [profile["notes" if notes else "body"] for profile in profiles]
    links = {name for part in parts for name in part["links"]}
    links |= {ref for profile in profiles if notes for ref in profile["refs"]}
    lists = any(part["lists"] for part in parts)
    targets = [target for part in parts for target in part["pages"]]
    return {
        "file": document.file,
        "units": document.units,
        "title": document.title,
        "language": document.language,
        "zone": document.zone,
        "notes": notes,
        "name": document.name,
        "starts": document.starts,
        "links": {name: _href(where, name, document.file) for name in sorted(links)},
        "labels": {target: _label(labels, target, lists) for target in targets},
        "unpaged": sorted({target for target in targets if not (pages and pages.label(target))}),
    }


def _href(where: Mapping[str, tuple[str, str]], name: str, here: str) -> str:
    assert name in where, f"{here} links to “#{name}”, which nobody has"
    file, name = where[name]
    return f"#{name}" if file == here else f"{file}#{name}"


def _label(labels: Labels, target: str, lists: bool) -> tuple[str, int, bool]:
    """A label; where no list of places is to be put in order, its text is enough."""
    label = labels(target)
    assert label, f"no page is known for {target}"
    return (label.text, label.page, label.roman) if lists else (label.text, 0, False)


def _where(order: Sequence[Planned], profiles: Mapping[str, Profile]) -> dict[str, tuple[str, str]]:
    """Id -> file and id there. An id twice is a bug of ours."""
    where: dict[str, tuple[str, str]] = {}
    for document in order:
        for profile in (profiles[key] for key in document.units):
            for name in _ids(document, profile):
                assert name not in where, f"the id {name!r} is in {where[name][0]} and in {document.file}"
                where[name] = (document.file, "toc" if document.kind == "nav" else name)
        if document.name:
            where[document.name] = (document.file, document.name)
    return where


def _ids(document: Planned, profile: Profile) -> list[str]:
    """The ids of a unit that a document has; the nav document takes the place of its unit."""
    if document.kind == "nav":
        return [safe_id(profile["name"])]
    return [*profile["note_ids"], *profile["notes"]["ids"]] if document.gathers else list(profile["body"]["ids"])


# --- order


def _in_order(
    profiles: Sequence[Profile], files: Mapping[str, str], pages: PageMap | None, imprint: Mapping[str, Any]
) -> list[Planned]:
    """The documents as the spine has them; notes behind the body and the last unit that has some."""
    starts = _starts_by_unit(pages) if pages else {}
    language = imprint["language"]
    last = max((k for k, profile in enumerate(profiles) if profile["note_ids"] or profile["zone"] == "body"), default=0)
    collected = next((profile for profile in profiles if profile["kind"] == "notes"), None)
    order: list[Planned] = []
    for count, profile in enumerate(profiles):
        own = [(start.label, start.unit, start.block, start.word) for start in starts.pop(profile["unit"], [])]
        if profile is collected:
            order += _collected(profiles, files, profile, own, imprint)
            continue
        order.append(
            _nav(imprint, profile, own) if profile["kind"] == "contents" else _text(profile, files, own, imprint)
        )
        if count == last and collected is None:
            order += _notes(profiles, files, language, wording(language).notes)
    assert not starts, f"pages of units that are not in the book: {', '.join(starts)}"
    return order


def _starts_by_unit(pages: PageMap) -> dict[str, list[PageStart]]:
    """The pages of each unit; a blank page, which belongs to none, goes with the next page that does, or the last."""
    found: dict[str, list[PageStart]] = {}
    blanks: list[PageStart] = []
    for start in pages.starts:
        if start.unit:
            found.setdefault(start.unit, []).extend([*blanks, start])
            blanks = []
        else:
            blanks.append(start)
    if found:
        found[next(reversed(found))].extend(blanks)
    return found


Starts = list[tuple[str, str, str, int]]


def _text(profile: Profile, files: Mapping[str, str], starts: Starts, imprint: Mapping[str, Any]) -> Planned:
    file, title = files[profile["unit"]], profile["title"] or imprint["title"]
    zone = ZONES[profile["zone"]]
    return Planned(
        file, title, profile["language"], zone, profile["kind"], [profile["unit"]], starts, _lines(profile, file)
    )


def _lines(profile: Profile, file: str) -> list[tuple[int, str, str]]:
    """A unit and its inner heads, with their levels; of a generated unit only its title."""
    if profile["kind"] in UNLISTED or not profile["title"]:
        return []
    own = (0 if profile["kind"] == "part" else 1, numbered(profile["number"], profile["title"]), file)
    heads = [] if profile["unit"].startswith("@") else profile["heads"]
    return [own, *((level, text, f"{file}#{name}") for name, level, text in heads if level > 1 and text)]


def _nav(imprint: Mapping[str, Any], profile: Profile, starts: Starts) -> Planned:
    language = imprint["language"]
    return Planned(NAV_FILE, wording(language).contents, language, "frontmatter", "nav", [profile["unit"]], starts)


def _notes(
    profiles: Sequence[Profile], files: Mapping[str, str], language: str, title: str, name: str = ""
) -> list[Planned]:
    """The files of all notes; `name` is the id of the first."""
    found = [
        Planned(file, title, language, "backmatter", "notes", [profile["unit"] for profile in group], gathers=True)
        for file, group in files_of_notes(profiles, files).items()
    ]
    for document in found[:1]:
        document.name, document.lines = name, [(1, title, document.file)]
    return found


def _collected(
    profiles: Sequence[Profile], files: Mapping[str, str], own: Profile, starts: Starts, imprint: Mapping[str, Any]
) -> list[Planned]:
    """The files of notes that print has at the end of the book too, each page marked in the file where it begins."""
    title, name = own["title"], safe_id(own["name"])
    found = _notes(profiles, files, imprint["language"], title, name) or [_text(own, files, [], imprint)]
    by_unit = {profile["unit"]: profile for profile in profiles}
    ids = [{name for key in document.units for name in _ids(document, by_unit[key])} for document in found]
    here = 0
    for start in starts:
        block = safe_id(start[2]) if start[2] else ""
        here = next((k for k, names in enumerate(ids) if block in names), here) if block else here
        found[here].starts.append(start)
    return found
