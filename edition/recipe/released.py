"""Rules of releases: which version this is, and the page numbers that an edition keeps from one."""

from __future__ import annotations

import json

from .. import book
from .. import config as conf
from ..book import dump
from ..engine import Trace
from ..passes import lockfile, releases
from ..problems import Place, Problem
from .view import YAML, plans_of


def released(t: Trace) -> bytes:
    """Table: version -> its release (config.ReleaseRecord); "versions" -> all of them, oldest first."""
    t.version(*YAML)
    found = {}
    for version in releases.versions_in(t.read(releases.FOLDER)):
        name = releases.file_of(version)
        loaded = conf.load_release(t.read(name) or b"", name)
        t.say(*loaded.problems)
        if loaded.value is not None and loaded.value.version != version:
            t.say(releases.misnamed(version, loaded.value))
        elif loaded.value is not None:
            found[version] = loaded.value.model_dump(mode="json")
    return dump({**found, "versions": list(found)})


def standing(t: Trace) -> bytes:
    """Version and date of the last release, whether this is it, and all revisions (passes/releases.py)."""
    versions = t.look("released", "versions")
    return dump(releases.standing([conf.ReleaseRecord(**t.look("released", name)) for name in versions], t.read))


def kept(t: Trace) -> bytes:
    """The release whose page numbers the edition keeps, as {pages, also}; {} where it keeps none."""
    version = t.look("config", "pages")["from_"]
    release = t.look("released", version) if version else None
    if version and release is None:
        t.version(*YAML)
        loaded = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml")
        t.say(releases.unknown(version, t.look("released", "versions"), loaded.where("pages", "from")))
    return dump({name: release[name] for name in ("pages", "also")} if release else {})


def reference(t: Trace) -> bytes:
    """The map of the pages that the e-book carries: those of a release, if the edition keeps them, else of print."""
    from ..writers import frozen

    release = json.loads(t.need("kept"))
    if not release:
        return t.need("page_map")
    text = frozen.text_of([json.loads(t.need("xhtml", p.key)) for p in plans_of(t)])
    after = _names_today(t)
    placed, lost = frozen.placed(release["pages"], text, lambda name: after.get(name, name))
    if lost:
        told = f"the words on which these pages of the release began are gone: {', '.join(lost)}"
        hint = "their numbers stand before the paragraph that follows"
        t.say(Problem("pages-moved", Place("edition.yaml"), told, hint))
    return dump(frozen.with_exceptions(placed, {after.get(k, k): label for k, label in release["also"].items()}))


def page_record(t: Trace) -> bytes:
    """What a release keeps of the pages: {pages: [{start, text}], also} (writers/frozen.py)."""
    from ..writers import frozen

    text = frozen.text_of([json.loads(t.need("xhtml", p.key)) for p in plans_of(t)])
    pages = book.page_map_from(t.need("reference"))
    rows = [{"start": start, "text": frozen.first_words(text, start)} for start in pages.starts]
    return dump({"pages": rows, "also": frozen.exceptions(pages, text)})


def _names_today(t: Trace) -> dict[str, str]:
    """Ids that have become others, or are gone -> the id that is or follows there now."""
    rows = lockfile.load(t.need("lock"))[0].rows
    found: dict[str, str] = {}
    following = ""
    for row in reversed(rows):
        following = following if row.gone else row.mark.id
        found |= dict.fromkeys(row.names if row.gone else row.aliases, following)
    return found


def pages_moved(t: Trace) -> bytes:
    """Tells which pages of print no longer begin where those of the release did whose numbers the e-book keeps."""
    if json.loads(t.need("kept")):
        now, then = (book.page_map_from(t.need(name)) for name in ("page_map", "reference"))
        moved = releases.moved(then, now)
        if moved:
            told = f"pages of print that begin elsewhere than in version {t.look('config', 'pages')['from_']}: {moved}"
            hint = "the e-book keeps the numbers of that version; a new release may give new ones: take out pages: from"
            t.say(Problem("pages-moved", Place("edition.yaml"), told, hint))
    return b""
