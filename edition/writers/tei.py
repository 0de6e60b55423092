"""The TEI document of an edition: header from the imprint, registers in standOff, units in front, body and back.

Knows the normal form and the imprint (the JSON of edition.yaml); knows no page and no style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from .. import edtf
from ..book import Event, Person, UnitPlan
from ..normal.vocabulary import CONTAINERS
from ..xml import ID, LANG, TEI, Element, document, local, tei

_PART = "unit"  # what holds the place of a unit that is written already, or of the registers
# Elements of the text that hold none themselves, so that white space in them means nothing.
_LINED = CONTAINERS | {"text", "front", "back", "titlePage", "docTitle"}


def tei_part(tree: Element) -> bytes:
    """A unit as it stands in the document."""
    _one_per_line(tree, in_text=True)
    return _written(tree)


def tei_registers(names: Sequence[Person], events: Sequence[Event], works: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The registers as they stand in the document; empty where there are none."""
    registers = [*(_register(kind, names) for kind in _LISTS), _events(events), _works(works)]
    kept = tei("standOff", {}, *(register for register in registers if register is not None))
    _one_per_line(kept)
    return _written(kept) if len(kept) else b""


def _written(tree: Element) -> bytes:
    data: bytes = etree.tostring(tree, encoding="utf-8", with_tail=False)
    return data.replace(f' xmlns="{TEI}"'.encode(), b"", 1)


def tei_document(
    units: Sequence[tuple[UnitPlan, Element | bytes | None]],
    imprint: Mapping[str, Any],
    registers: bytes,
    sources: Sequence[Mapping[str, str]],
    about: Sequence[Sequence[str]],
    version: str,
) -> bytes:
    """The whole document (TEI P5). `units`: trees of the generated sections that it keeps (None: others), `tei_part` of
    the rest. `registers`: those of `tei_registers`. `sources`: path, sha256 and what edition.yaml tells of every source
    file."""
    root = tei("TEI", {LANG: imprint["language"]}, _header(imprint, sources, about, version))
    if registers:
        root.append(etree.ProcessingInstruction(_PART, "standOff"))
    text = tei("text")
    for zone in ("front", "body", "back"):
        kids = _zone([(plan, tree) for plan, tree in units if plan.zone == zone], imprint)
        if kids:
            text.append(tei(zone, {}, *kids))
    root.append(text)
    _one_per_line(root)
    written = [("standOff", registers), *((plan.key, made) for plan, made in units if isinstance(made, bytes))]
    parts = {f"<?{_PART} {name}?>".encode(): made for name, made in written}
    return re.sub(rf"<\?{_PART} .*?\?>".encode(), lambda here: parts[here[0]], document(root))


def _one_per_line(element: Element, in_text: bool = False) -> None:
    """Line ends between the children of elements that hold no text of their own, for people and for diffs."""
    if not len(element) or any((text or "").strip() for text in (element.text, *(kid.tail for kid in element))):
        return
    in_text = in_text or local(element) == "text"
    if in_text and local(element) not in _LINED:
        return
    element.text = "\n"
    for kid in element:
        kid.tail = "\n"
        _one_per_line(kid, in_text)


def is_kept(section: Element, plan: UnitPlan) -> bool:
    """Whether the document has a generated section as it is: titles of parts, words that stand nowhere else."""
    return plan.kind == "part" or section.get("resp") == "#edition"


def _zone(units: Sequence[tuple[UnitPlan, Element | bytes | None]], imprint: Mapping[str, Any]) -> list[Element]:
    """The units of a zone; those of a part stand within it. What is written already has its place held."""
    kids: list[Element] = []
    for plan, made in units:
        tree = etree.ProcessingInstruction(_PART, plan.key) if isinstance(made, bytes) else made
        if plan.kind == "part" and tree is not None:
            tree[0].set("resp", "#edition")
            kids.append(tree)
        else:
            (kids[-1] if plan.part else kids).append(_generated(plan, imprint) if tree is None else tree)
    return kids


def _generated(plan: UnitPlan, imprint: Mapping[str, Any]) -> Element:
    """What stands for a section that is made again from the document."""
    if plan.generated == "title":
        return _title_page(imprint)
    return tei("divGen", {"type": plan.generated, ID: plan.generated})


def _title_page(imprint: Mapping[str, Any]) -> Element:
    title = tei("docTitle", {}, tei("titlePart", {"type": "main"}, imprint["title"]))
    if imprint.get("subtitle"):
        title.append(tei("titlePart", {"type": "sub"}, imprint["subtitle"]))
    page = tei("titlePage", {ID: "title"}, title)
    for creator in imprint["creators"]:
        name = "docAuthor" if creator["role"] == "aut" else "byline"
        page.append(tei(name, {}, creator["name"]))
    return page


def _header(
    imprint: Mapping[str, Any], sources: Sequence[Mapping[str, str]], about: Sequence[Sequence[str]], version: str
) -> Element:
    standing = imprint.get("standing") or {}
    return tei(
        "teiHeader",
        {},
        tei(
            "fileDesc",
            {},
            _title_statement(imprint),
            *_edition(imprint),
            _publication(imprint),
            *_series(imprint),
            *_citation(imprint),
            _sources(sources),
        ),
        tei("encodingDesc", {}, _date_scheme(), _editorial(about), _application(version)),
        _profile(imprint),
        *_revisions(standing),
    )


# Where a paragraph about the text belongs (TEI Guidelines 2.3.3); the rest stand by themselves.
_DECLARED = {"omissions": "correction", "typography": "normalization", "calendar": "stdVals"}


def _editorial(about: Sequence[Sequence[str]]) -> Element:
    """editorialDecl: the paragraphs of the section about the text."""
    declared = tei("editorialDecl")
    for key, text in about:
        paragraph = tei("p", {}, text)
        declared.append(tei(_DECLARED[key], {}, paragraph) if key in _DECLARED else paragraph)
    return declared


def _edition(imprint: Mapping[str, Any]) -> list[Element]:
    """What the publisher calls the edition; its version, or that it is a draft if there was one before."""
    standing = imprint.get("standing") or {}
    said = (imprint.get("publisher") or {}).get("edition") or ""
    if not standing.get("version"):
        return [tei("editionStmt", {}, tei("edition", {}, said))] if said else []
    number, date = standing["version"], standing["date"]
    before = f"{said}; " if said else ""
    if not standing["released"]:
        return [tei("editionStmt", {}, tei("edition", {}, f"{before}draft, after version {number}"))]
    told = tei("edition", {"n": number}, f"{before}version {number}, ", tei("date", {"when": date}, date))
    return [tei("editionStmt", {}, told)]


def _series(imprint: Mapping[str, Any]) -> list[Element]:
    series = (imprint.get("publisher") or {}).get("series")
    return [tei("seriesStmt", {}, tei("title", {}, series))] if series else []


def _citation(imprint: Mapping[str, Any]) -> list[Element]:
    """How the edition is to be cited (TEI Guidelines 2.2.6)."""
    said = imprint.get("cite_as")
    return [tei("notesStmt", {}, tei("note", {"type": "citation"}, said))] if said else []


def _revisions(standing: Mapping[str, Any]) -> list[Element]:
    """All releases, the last first (TEI P5, 2.6)."""
    changes = [
        tei("change", {"when": one["date"], "n": one["version"]}, one["changes"])
        for one in reversed(standing.get("revisions") or ())
    ]
    status = "released" if standing.get("released") else "draft"
    return [tei("revisionDesc", {"status": status}, *changes)] if changes else []


def _title_statement(imprint: Mapping[str, Any]) -> Element:
    statement = tei("titleStmt", {}, tei("title", {"type": "main"}, imprint["title"]))
    if imprint.get("subtitle"):
        statement.append(tei("title", {"type": "sub"}, imprint["subtitle"]))
    for creator in imprint["creators"]:
        if creator["role"] == "aut":
            statement.append(tei("author", {}, creator["name"]))
    for creator in imprint["creators"]:
        if creator["role"] != "aut":
            role = tei("resp", {"ref": f"https://id.loc.gov/vocabulary/relators/{creator['role']}"}, creator["role"])
            statement.append(tei("respStmt", {}, role, tei("name", {}, creator["name"])))
    return statement


def _publication(imprint: Mapping[str, Any]) -> Element:
    publisher = imprint.get("publisher") or {}
    statement = tei("publicationStmt", {}, tei("publisher", {}, publisher.get("name") or "unpublished"))
    if publisher.get("place"):
        statement.append(tei("pubPlace", {}, publisher["place"]))
    if publisher.get("year"):
        statement.append(tei("date", {"when": str(publisher["year"])}, str(publisher["year"])))
    statement.append(tei("idno", {"type": "edition"}, imprint["id"]))
    for kind, number in sorted((publisher.get("isbn") or {}).items()):
        if number:
            statement.append(tei("idno", {"type": "ISBN", "subtype": kind}, number))
    rights = [tei("p", {}, imprint[key]) for key in ("copyright", "statement") if imprint.get(key)]
    if imprint.get("licence"):
        licence = imprint["licence"]
        attributes = {"target": licence} if licence.startswith("http") else {}
        rights.append(tei("licence", attributes, licence))
    if rights:
        statement.append(tei("availability", {}, *rights))
    return statement


def _sources(sources: Sequence[Mapping[str, str]]) -> Element:
    listed = tei("listBibl")
    for source in sources:
        entry = tei("bibl", {"type": "file"})
        for name, value in (("author", source["by"]), ("title", source["title"]), ("title", source["source"])):
            if value:
                entry.append(tei(name, {"level": "m"} if name == "title" and value == source["source"] else {}, value))
        if source["translator"]:
            entry.append(tei("editor", {"role": "translator"}, source["translator"]))
        for name, value in (("date", source["date"]), ("note", source["rights"]), ("note", source["accessed"])):
            if value:
                entry.append(tei(name, {}, value))
        if source["url"]:
            entry.append(tei("ref", {"target": source["url"]}, source["url"]))
        entry.append(tei("idno", {"type": "path"}, source["path"]))
        entry.append(tei("idno", {"type": "sha256"}, source["sha256"]))
        listed.append(entry)
    return tei("sourceDesc", {}, listed if sources else tei("p", {}, "none"))


def _application(version: str) -> Element:
    return tei("appInfo", {}, tei("application", {"ident": "edition", "version": version}, tei("label", {}, "Edition")))


def _date_scheme() -> Element:
    told = "Dates that TEI's own attributes cannot hold whole are given in the Extended Date/Time Format."
    return tei("projectDesc", {}, tei("ab", {ID: "edtf"}, told))


def _profile(imprint: Mapping[str, Any]) -> Element:
    language = tei("language", {"ident": imprint["language"]}, imprint["language"])
    profile = tei("profileDesc")
    if imprint.get("description"):
        profile.append(tei("abstract", {}, tei("p", {}, imprint["description"])))
    profile.append(tei("langUsage", {}, language))
    subjects = imprint.get("subjects") or {}
    kinds = [(_SCHEMES[kind], subjects[kind]) for kind in _SCHEMES if subjects.get(kind)]
    if kinds:
        lists = [
            tei("keywords", {"scheme": scheme} if scheme else {}, *(tei("term", {}, word) for word in words))
            for scheme, words in kinds
        ]
        profile.append(tei("textClass", {}, *lists))
    return profile


_SCHEMES = {
    "keywords": "",
    "thema": "https://ns.editeur.org/thema/",
    "bisac": "https://www.bisg.org/complete-bisac-subject-headings-list",
}


# The list, the entry and the name of each kind (TEI Guidelines 14.3).
_LISTS = {
    "person": ("listPerson", "person", "persName"),
    "place": ("listPlace", "place", "placeName"),
    "org": ("listOrg", "org", "orgName"),
}


def _register(kind: str, names: Sequence[Person]) -> Element | None:
    """The list of one kind of names; None where there are none."""
    listed, entry, name = _LISTS[kind]
    entries = [_entry(entry, name, person) for person in names if person.kind == kind]
    return tei(listed, {}, *entries) if entries else None


def _entry(tag: str, name: str, person: Person) -> Element:
    lasted = "/".join((person.born, person.died)) if tag == "org" and (person.born or person.died) else ""
    entry = tei(tag, {ID: person.id}, tei(name, {"type": "display", **_dates(lasted)}, person.name))
    entry.append(tei(name, {"type": "sort"}, person.sort))
    for part, value in (("birth", person.born), ("death", person.died)) if tag == "person" else ():
        if value:
            entry.append(tei(part, {}, tei("date", _dates(value), value)))
    for scheme, number in person.idno:
        entry.append(tei("idno", {"type": scheme}, number))
    if person.about:
        entry.append(tei("note", {}, person.about))
    return entry


def _dates(text: str) -> Mapping[str, str]:
    value = edtf.parse(text) if text else None
    return value.tei_attributes() if value else {}


def _works(works: Mapping[str, Mapping[str, Any]]) -> Element | None:
    """The bibliography: a <bibl> for each work (TEI, Core 3.12)."""
    if not works:
        return None
    listed = tei("listBibl")
    for key, work in sorted(works.items()):
        entry = tei("bibl", {ID: f"bib-{key}"})
        for role in ("author", "editor"):
            entry.extend(tei(role, {}, name) for name in work[role])
        own = "a" if work["book"] or work["journal"] else "m"
        titles = (("title", own), ("book", "m"), ("journal", "j"))
        entry.extend(tei("title", {"level": level}, work[name]) for name, level in titles if work[name])
        told = (("edition", "edition"), ("place", "pubPlace"), ("publisher", "publisher"), ("date", "date"))
        entry.extend(tei(name, {}, work[field]) for field, name in told if work[field])
        entry.extend(tei("biblScope", {}, work[field]) for field in ("volume", "issue", "pages") if work[field])
        if work["url"]:
            entry.append(tei("ref", {"target": work["url"]}, work["url"]))
        listed.append(entry)
    return listed


def _events(events: Sequence[Event]) -> Element | None:
    if not events:
        return None
    listed = tei("listEvent")
    for event in events:
        entry = tei("event", {ID: event.id, **_dates(event.edtf)}, tei("label", {}, event.label))
        if event.about:
            entry.append(tei("desc", {}, event.about))
        for key in event.people:
            entry.append(tei("ptr", {"type": "person", "target": f"#person-{key}"}))
        for name in event.passages:
            entry.append(tei("ptr", {"type": "passage", "target": f"#{name}"}))
        listed.append(entry)
    return listed
