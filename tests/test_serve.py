"""The preview: what it says to whom, and in a browser, that it follows every edit and survives the bad ones."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest
from starlette.applications import Starlette

from edition.engine import Memory
from edition.serve import app, printing, text
from edition.serve.session import Session
from edition.store import Disk

from .conftest import ROOT
from .epub_checkers import MODULES, _chromium, _module, _program, outside_environment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "cases" / "every-mark", tmp_path / "every-mark")
    return tmp_path / "every-mark"


def session(folder: Path) -> Session:
    return Session(folder, nullcontext(Memory()), {"code": "1"})


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "text" / "one.md"
    path.write_text(path.read_text().replace(old, new, 1))


# --- the session


def test_the_first_text_is_that_of_the_last_build(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    with closing(Disk(tmp_path / "cache", "s")) as store:
        first = Session(folder, nullcontext(store), {"code": "1"}).read()
    with closing(Disk(tmp_path / "cache", "s")) as store:
        one = Session(folder, nullcontext(store), {"code": "1"})
        assert one.read().sections == first.sections and not store.traces
        edit(folder, "Lyon", "Dijon")
        changed = one.read().sections
        assert changed != first.sections and one.read().sections == changed


def test_an_edit_changes_its_own_section_only(folder: Path) -> None:
    one = session(folder)
    before = {s.key: s.digest for s in one.read().sections}
    edit(folder, "Lyon", "Dijon")
    after = {s.key: s.digest for s in one.read().sections}
    assert [key for key in before if before[key] != after[key]] == ["text/one.md#0"]


def test_a_bad_edit_keeps_the_last_good_text_and_tells_where_it_is(folder: Path) -> None:
    one = session(folder)
    good = one.read().sections
    edit(folder, "(#quay)", "(#key)")
    shown = one.read()
    assert not shown.good and shown.sections == good
    (complaint,) = (c for c in shown.complaints if c.problem.is_error)
    assert complaint.problem.code == "link-nothing" and complaint.block == "answer-quay"
    assert complaint.to_json()["where"] == "text/one.md:13:42"
    edit(folder, "(#key)", "(#quay)")
    assert one.read().good


def test_a_preview_that_begins_with_an_error_shows_it_and_no_text(folder: Path) -> None:
    (folder / "edition.yaml").write_text("title: x\n")
    shown = session(folder).read()
    assert not shown.good and shown.sections == () and shown.complaints


def test_values_of_former_texts_are_let_go(folder: Path) -> None:
    store = Memory()
    one = Session(folder, nullcontext(store), {"code": "1"})
    one.read()
    count = len(store.values)
    for n in range(5):
        edit(folder, "Lyon", f"Lyon {n}")
        one.read()
    assert len(store.values) <= count + 2


def test_what_a_parser_of_html_would_misread_is_written_out() -> None:
    assert text._as_html('<p><a id="x"/>a<br/><span class="c"></span></p>') == (
        '<p><a id="x"></a>a<br/><span class="c"></span></p>'
    )


# --- the server


def served(folder: Path, print_: Any = lambda: None) -> Starlette:
    async def never() -> AsyncIterator[Any]:
        await asyncio.Event().wait()
        yield None

    return app.application(session(folder), print_, never, ThreadPoolExecutor(1))


def ask(made: Starlette, *requests: tuple[str, str, dict[str, Any]]) -> list[httpx.Response]:
    async def all_() -> list[httpx.Response]:
        async with made.router.lifespan_context(made):
            transport = httpx.ASGITransport(app=made)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8470") as client:
                return [await client.request(method, path, **more) for method, path, more in requests]

    return asyncio.run(all_())


def test_the_page_has_the_text_in_it_and_now_tells_only_what_is_new(folder: Path) -> None:
    page, state = ask(served(folder), ("GET", "/", {}), ("POST", "/now", {"json": []}))
    assert "My dear " in page.text and "<h1" in page.text
    told = state.json()
    assert told["good"] and all(html for _, _, html in told["sections"])
    known = [digest for _, digest, _ in told["sections"]]
    (again,) = ask(served(folder), ("POST", "/now", {"json": known}))
    assert not any(html for _, _, html in again.json()["sections"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "127.0.0.1:8470"}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "[::1]:8470"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:8470"}, 403),
        ({"Host": ""}, 403),
        ({"Host": "localhost:80:80"}, 403),
        ({"Origin": "http://127.0.0.1:8470"}, 200),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_strangers_are_refused(folder: Path, headers: dict[str, str], status: int) -> None:
    (answer,) = ask(served(folder), ("GET", "/text.css", {"headers": headers}))
    assert answer.status_code == status
    if status == 200:
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_files_of_the_machine_are_not_served(folder: Path) -> None:
    paths = ("/static/../app.py", "/static/%2e%2e/app.py", "/fonts/../house.css", "/etc/passwd", "/page/0/x.png")
    assert {a.status_code for a in ask(served(folder), *(("GET", path, {}) for path in paths))} == {404}


def pages_of_text(count: int) -> bytes:
    """A PDF of so many pages."""
    pdf, memory = pikepdf.new(), io.BytesIO()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman"))
    for n in range(count):
        page = pdf.add_blank_page(page_size=(200, 300))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        lines = (f"BT /F {6 + n} Tf 10 {y} Td (Page {n} and its line at {y}) Tj ET\n" for y in range(0, 300, 7))
        page.Contents = pdf.make_stream("".join(lines).encode())
    pdf.save(memory)
    return memory.getvalue()


def test_pages_are_drawn_for_many_who_ask_at_once() -> None:
    """PDFium without the lock ends the process."""
    pdf = pages_of_text(6)
    alone = [printing.picture(pdf, n) for n in range(6)]
    assert len({*alone}) == 6
    with ThreadPoolExecutor(8) as many:
        assert list(many.map(printing.picture, [pdf] * 48, [*range(6)] * 8)) == alone * 8


# --- in a browser


@pytest.mark.slow
def test_a_browser_follows_edits_and_survives_bad_ones(tmp_path: Path) -> None:
    node, chromium = _program("node"), _chromium()
    _module("playwright-core")
    folder = tmp_path / "moscow-trials"
    shutil.copytree(ROOT / "sources" / "moscow-trials", folder)
    chapter = folder / "text" / "01-the-trials.md"
    chapter.write_text(chapter.read_text() + "\nAll of it is in the [](#chronology).\n")
    command = [sys.executable, "-m", "edition", "serve", str(folder), "--port", "0", "--quiet"]
    environment = {**os.environ, "EDITION_CACHE": str(tmp_path / "cache")}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    try:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        walk = [
            node,
            str(ROOT / "tests" / "preview" / "walk.mjs"),
            url,
            str(chapter),
            str(tmp_path),
            str(MODULES),
            chromium,
        ]
        done = subprocess.run(walk, capture_output=True, text=True, timeout=1500, env=outside_environment())
        assert done.returncode == 0, done.stderr
    finally:
        server.terminate()
        assert server.wait(timeout=60) == 0
    check(json.loads((tmp_path / "report.json").read_text()))


def check(seen: dict[str, Any]) -> None:
    assert seen["errors"] == [] and seen["strangers"] == [] and seen["scripted"] == 0
    assert seen["title"].startswith("The Moscow Trials") and "Index of names" in "".join(seen["contents"])
    assert seen["page"].strip().isdigit() and len(seen["note"].split()) > 3
    assert abs(seen["after"] - seen["before"]) <= 2, "the line that was read has moved"
    assert seen["marked"] == 1
    assert 0 < seen["leaves"]["changed"] < seen["leaves"]["all"]
    assert abs(seen["back"] - seen["leaving"]) <= 2 and abs(seen["leaving"] - seen["after"]) <= 2, seen
    assert "kronology" in seen["complaint"] and seen["placed"] == 1 and seen["kept"]
    assert seen["recovered"] == 0
