"""The door to zip archives: what it lets through, and everything it refuses."""

import stat
import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition import archive
from edition.archive import Archive, open_archive
from edition.problems import Problem

TEXT = b"It was in the winter of 1905. " * 40


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members:
            file.writestr(name, data, method)
    return out.getvalue()


def refused(data: bytes) -> list[Problem]:
    found = open_archive("text/b.epub", data)
    assert isinstance(found, list) and found
    assert all(problem.is_error and problem.place.file == "text/b.epub" for problem in found)
    return found


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in refused(data)]


def opened(data: bytes) -> Archive:
    found = open_archive("text/b.epub", data)
    assert isinstance(found, Archive)
    return found


def test_members_are_read_by_name() -> None:
    book = opened(packed(("mimetype", b"x"), ("OEBPS/", b""), ("OEBPS/é.xhtml", TEXT)))
    assert book.names == ("mimetype", "OEBPS/é.xhtml")
    assert book.read("OEBPS/é.xhtml") == TEXT


def test_names_are_found_whatever_their_composition() -> None:
    book = opened(packed(("cafe\u0301.xhtml", TEXT)))
    assert book.names == ("café.xhtml",)
    assert book.read("cafe\u0301.xhtml") == TEXT and "cafe\u0301.xhtml" in book and "café.xhtml" in book


def test_a_missing_member_is_a_problem_that_names_the_nearest() -> None:
    found = opened(packed(("word/document.xml", TEXT))).read("word/Document.xml")
    assert isinstance(found, Problem) and found.code == "archive-missing" and "word/document.xml" in found.hint


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert codes(data) == ["archive-broken"]


def test_an_archive_that_is_cut_off_is_refused() -> None:
    whole = packed(("a.xhtml", TEXT), ("b.xhtml", TEXT))
    for length in range(1, len(whole)):
        assert isinstance(open_archive("f", whole[:length]), list), length
    assert "cut off" in refused(whole[:-30])[0].text


def test_a_member_that_does_not_agree_with_its_sum_is_a_problem() -> None:
    whole = packed(("a.xhtml", TEXT), method=zipfile.ZIP_STORED)
    found = opened(whole.replace(b"winter", b"summer", 1)).read("a.xhtml")
    assert isinstance(found, Problem) and found.code == "archive-broken" and "a.xhtml" in found.text


@pytest.mark.parametrize(
    "name",
    ["../a", "a/../../b", "/etc/passwd", "C:x", "c:/x", "a\\b", "a\\..\\b", "a\x07b", "a//b", "./a", "a/.", "a\u202eb"],
)
def test_names_that_cannot_be_are_refused(name: str) -> None:
    assert codes(packed(("good", TEXT), (name, TEXT))) == ["archive-name"]


def test_a_name_with_a_nul_is_refused() -> None:
    whole = packed(("a.xhtmlX.exe", TEXT)).replace(b"a.xhtmlX", b"a.xhtml\0")
    assert codes(whole) == ["archive-name"]


@pytest.mark.parametrize(("one", "other"), [("A.xhtml", "a.xhtml"), ("café", "cafe\u0301"), ("straße", "STRASSE")])
def test_names_that_many_machines_cannot_tell_apart_are_refused(one: str, other: str) -> None:
    assert codes(packed((one, TEXT), (other, TEXT))) == ["archive-name"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_given_twice_is_refused() -> None:
    assert codes(packed(("a", TEXT), ("a", TEXT))) == ["archive-name"]


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("a.xhtml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert codes(packed((link, b"/etc/passwd"))) == ["archive-entry"]


def test_a_member_with_a_password_is_refused() -> None:
    whole = bytearray(packed(("a.xhtml", TEXT)))
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    assert codes(bytes(whole)) == ["archive-entry"]


def test_packing_other_than_deflate_is_refused() -> None:
    assert codes(packed(("a.xhtml", TEXT), method=zipfile.ZIP_LZMA)) == ["archive-entry"]


def test_entries_that_share_bytes_are_refused() -> None:
    """Two entries of the directory, one local header: two members made of one."""
    whole = packed(("a", TEXT), ("b", TEXT))
    first, second = (i for i in range(len(whole)) if whole.startswith(b"PK\x01\x02", i))
    shared = bytearray(whole)
    shared[second + 42 : second + 46] = struct.pack("<I", struct.unpack_from("<I", whole, first + 42)[0])
    assert "archive-entry" in codes(bytes(shared))


def test_what_is_packed_too_close_is_refused() -> None:
    assert codes(packed(("blank", bytes(2 * archive.SMALL)))) == ["archive-limit"]
    assert isinstance(open_archive("f", packed(("blank", bytes(archive.SMALL)))), Archive)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    assert codes(packed(("a", TEXT))) == ["archive-limit"]


def test_too_many_entries_are_refused_before_the_directory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    many = packed(*((str(n), b"") for n in range(12)))
    assert isinstance(open_archive("f", many), Archive)
    monkeypatch.setattr(archive, "MAX_ENTRIES", 11)
    assert codes(many) == ["archive-limit"]


def test_a_member_gives_no_more_than_it_declares() -> None:
    """A directory that lies about the size of a member, by which it was judged."""
    whole = bytearray(packed(("a", TEXT)))
    struct.pack_into("<I", whole, whole.index(b"PK\x01\x02") + 24, 10)
    found = opened(bytes(whole)).read("a")
    assert isinstance(found, Problem) or len(found) <= 10


@settings(max_examples=300)
@given(st.data())
def test_no_bytes_raise(data: st.DataObject) -> None:
    whole = bytearray(packed(("a/b.xhtml", TEXT), ("c", b"x"), method=zipfile.ZIP_DEFLATED))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = open_archive("f", bytes(whole))
    if isinstance(found, Archive):
        for name in found.names:
            assert isinstance(found.read(name), bytes | Problem)
