"""The documents of an EPUB: types and roles, languages, links, notes, navigation, pages; no word lost."""

import re
from typing import Any

import pytest
from lxml import etree

from edition.book import PageMap, PageStart
from edition.words import words
from edition.writers import endnotes
from edition.writers.documents import file_names

from . import epub_fixture as book
from .epub_fixture import LANG, NS, TYPE, Opened, chapter, made, one, text_of


@pytest.fixture(scope="module")
def paged() -> Opened:
    return made(pages=book.pages())


@pytest.fixture(scope="module")
def plain() -> Opened:
    return made()


# --- documents


def test_every_language_is_said_in_both_ways(paged: Opened) -> None:
    for tree in paged.texts().values():
        for element in tree.iter():
            assert element.get("lang") == element.get(LANG)
    french = one(paged.texts()["ch_2e_1.xhtml"], "//h:span[@lang='fr']")
    assert text_of(french) == "il fait un temps superbe"


def test_units_have_their_types_and_roles(paged: Opened) -> None:
    found = {}
    for file, tree in paged.texts().items():
        section = tree.find("h:body", NS)[0]
        found[file] = (tree.find("h:body", NS).get(TYPE), section.get(TYPE), section.get("role"))
        assert section.get("aria-label") or section.get("aria-labelledby") or file == "nav.xhtml"
    assert found["title.xhtml"] == ("frontmatter", "titlepage", None)
    assert found["copyright.xhtml"] == ("frontmatter", "copyright-page", None)
    assert found["preface.xhtml"] == ("frontmatter", None, None)
    assert found["ch-2.xhtml"] == ("bodymatter", "chapter", "doc-chapter")
    assert found["notes.xhtml"] == ("backmatter", "endnotes", "doc-endnotes")
    assert found["index.xhtml"] == ("backmatter", "index", "doc-index")
    assert paged.texts()["index.xhtml"].find("h:body/h:nav", NS) is not None


def test_empty_elements_are_closed_in_full_and_the_prefix_is_said_once(paged: Opened) -> None:
    for name in paged.names:
        if name.endswith(".xhtml"):
            source = paged.zip.read(name).decode()
            assert set(re.findall(r"<(\w+)[^<>]*/>", source)) <= {"meta", "link", "br", "hr"}
            assert source.count("xmlns:epub=") == 1 and source.count("xmlns=") == 1


def test_no_word_is_lost_and_none_is_added(paged: Opened, plain: Opened) -> None:
    """Of a text unit, its document has the words and its notes' files those of its notes; made text is marked."""

    def own(root: Any) -> list[str]:
        for element in root.xpath("//*[@data-made] | //*[@class='noteref']"):
            element.text = " "
            element[:] = []
        return words("\n".join(root.itertext()))

    for found in (paged, plain):
        files = {file: own(tree.find("h:body", NS)) for file, tree in found.texts().items()}
        texts = [unit for unit in book.units() if not unit["unit"].startswith("@")]
        names = file_names([unit["id"] for unit in texts])
        for unit, file in zip(texts, names, strict=True):
            assert files[file] == own(etree.fromstring(unit["body"]))
        notes = "".join(note["body"] for unit in texts for note in unit["notes"])
        assert files["notes.xhtml"] == own(etree.fromstring(f"<div>{notes}</div>"))
        assert files["index.xhtml"] == files["nav.xhtml"] == []


# --- links, pages as labels


def test_every_link_leads_somewhere(paged: Opened, plain: Opened) -> None:
    for found in (paged, plain):
        texts = found.texts()
        ids = {file: set(tree.xpath("//@id")) for file, tree in texts.items()}
        for file, tree in texts.items():
            for href in tree.xpath("//h:a/@href", namespaces=NS):
                target, _, fragment = href.partition("#")
                assert fragment in ids[target or file] or (not fragment and target in ids), (file, href)


def test_links_to_the_contents_lead_to_the_nav_document() -> None:
    units = book.units()
    units[3]["body"] = units[3]["body"].replace('href="#ch.1"', 'href="#contents"', 1)
    assert one(made(units).texts()["preface.xhtml"], "//h:a[@href='nav.xhtml#toc']") is not None


def test_a_link_to_nothing_is_a_bug_of_ours() -> None:
    units = book.units()
    units[5]["body"] = units[5]["body"].replace('href="#q-1"', 'href="#q-9"', 1)
    with pytest.raises(AssertionError, match="q-9"):
        made(units)


def test_an_id_twice_is_a_bug_of_ours() -> None:
    units = book.units()
    units[5]["body"] = units[5]["body"].replace('id="p-22"', 'id="p-1"')
    with pytest.raises(AssertionError, match="p-1"):
        made(units)


def test_a_body_that_is_not_well_formed_is_a_bug_of_ours() -> None:
    units = book.units()
    units[4]["body"] = units[4]["body"].replace("</p>", "", 1)
    with pytest.raises(Exception, match="p"):
        made(units)


def test_with_pages_references_say_pages(paged: Opened) -> None:
    texts = paged.texts()
    assert "first, p. 1 is complete" in text_of(texts["preface.xhtml"])
    locators = [text_of(e) for e in texts["index.xhtml"].xpath("//h:span[@class='locators']", namespaces=NS)]
    assert locators == ["v, 1, 9", "1, 1\u00a0n.\u00a02, 5, 9, 9\u00a0n.\u00a01"]
    for link in texts["index.xhtml"].xpath("//h:a[@class='page']", namespaces=NS):
        assert link.get("aria-label") == f"page {link.text}"
    to_note = one(texts["index.xhtml"], "//h:a[contains(@aria-label, 'n. 2') or contains(@aria-label, 'n.\u00a02')]")
    assert to_note.get("href") == "notes.xhtml#p-m1"


def test_without_pages_references_say_paragraphs_and_print_text_is_gone(plain: Opened) -> None:
    texts = plain.texts()
    assert "first is complete" in text_of(texts["preface.xhtml"])
    assert "in-print" not in "".join(str(tree.xpath("//@class")) for tree in texts.values())
    locators = [text_of(e) for e in texts["index.xhtml"].xpath("//h:span[@class='locators']", namespaces=NS)]
    assert locators == ["Preface, 1.1, 2.1", "1.1, 1.1\u00a0n.\u00a02, 1.3, 2.1, 2.1\u00a0n.\u00a01"]
    events = [text_of(e) for e in texts["chronology.xhtml"].xpath("//h:span[@class='locators']", namespaces=NS)]
    assert events[0] == "1.1, 1.2, 2.1", "in the order of the book, neighbours not joined"
    assert not any(tree.xpath("//@aria-label[starts-with(., 'page')]") for tree in texts.values())


def test_neighbouring_paragraphs_are_not_joined_to_a_range() -> None:
    pointers = "".join(f'<a class="page" href="#p-{n}" data-page="p-{n}" data-locator="1.{n}"/>' for n in (3, 2, 1))
    paragraphs = "".join(f'<p id="p-{n}">{n}</p>' for n in (1, 2, 3))
    found = made([chapter(f'{paragraphs}<p><span class="locators" data-made="">{pointers}</span></p>')])
    assert text_of(one(found.texts()["ch_2e_1.xhtml"], "//h:span[@class='locators']")) == "1.1, 1.2, 1.3"


def test_what_was_said_to_writers_only_is_gone(paged: Opened) -> None:
    for tree in paged.texts().values():
        names = {name for element in tree.iter() for name in element.attrib}
        assert not names & {"data-page", "data-note", "data-locator"}


def test_an_id_without_a_page_is_a_bug_of_ours() -> None:
    pages = book.pages()
    ids = {name: page for name, page in pages.ids.items() if name != "q-1"}
    with pytest.raises(AssertionError, match="q-1"):
        made(pages=PageMap(pages.labels, ids, pages.starts))


# --- notes


def test_references_to_notes_are_what_reading_systems_look_for(paged: Opened) -> None:
    for link in paged.texts()["ch_2e_1.xhtml"].xpath("//h:a[@class='noteref']", namespaces=NS):
        assert (link.get(TYPE), link.get("role"), len(link)) == ("noteref", "doc-noteref", 0)
        assert re.fullmatch(r"notes\.xhtml#[A-Za-z][\w-]*", link.get("href"))


def test_a_note_is_a_div_with_its_number_in_front_as_the_way_back(paged: Opened) -> None:
    note = one(paged.texts()["notes.xhtml"], "//*[@id='n-weather']")
    assert (etree.QName(note).localname, note.get(TYPE), note.get("role")) == ("div", "footnote", "doc-footnote")
    assert text_of(note) == "1. The winter had been mild."
    back = note.find(".//h:a", NS)
    assert (back.get("role"), back.text, back.get("href")) == ("doc-backlink", "1", "ch_2e_1.xhtml#n-weather-ref")
    assert back.get("aria-label") == "Back to note 1 in the text"


def test_a_note_with_two_references_has_two_ways_back(paged: Opened) -> None:
    note = one(paged.texts()["notes.xhtml"], "//*[@id='n-moreau']")
    back = note.xpath(".//h:a[@role='doc-backlink']", namespaces=NS)
    assert [(link.text, link.get("href")) for link in back] == [
        ("a", "ch_2e_1.xhtml#n-moreau-ref"),
        ("b", "ch_2e_1.xhtml#n-moreau-ref-2"),
    ]
    assert len({link.get("aria-label") for link in back}) == 2
    assert text_of(note).startswith("2. a b Jeanne Moreau, widow") and len(note) == 2


def test_a_note_that_begins_with_a_quotation_and_one_marked_with_a_star(paged: Opened) -> None:
    notes = paged.texts()["notes.xhtml"]
    assert text_of(one(notes, "//*[@id='n-post']")[0]).strip() == "1."
    assert text_of(one(notes, "//*[@id='n-de']")) == "* Verschollen."


def test_notes_stand_under_the_titles_of_their_units(paged: Opened) -> None:
    heads = paged.texts()["notes.xhtml"].xpath("//h:h2", namespaces=NS)
    assert [text_of(head) for head in heads] == ["Preface", "1. To a friend in Paris", "2. The answer"]


def test_many_notes_are_several_files_of_whole_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endnotes, "MOST_IN_ONE_FILE", 3)
    found = made()
    assert [file for file in found.spine() if "notes" in file] == ["notes-preface.xhtml", "notes-ch-2.xhtml"]
    assert [href for label, href in found.listed("toc") if label == "Notes"] == ["notes-preface.xhtml"]
    ref = one(found.texts()["ch-2.xhtml"], "//*[@id='n-post-ref']")
    assert ref.get("href") == "notes-ch-2.xhtml#n-post"


def test_a_book_without_notes_has_no_file_of_notes() -> None:
    units = [{**unit, "notes": []} for unit in book.units()]
    for unit in units:
        unit["body"] = re.sub(r'<a class="noteref".*?</a>|<a class="page" [^>]*data-note[^>]*/>', "", unit["body"])
        unit["body"] = re.sub(r'<a class="page" [^>]*"#p-m2"[^>]*/>', "", unit["body"])
    found = made(units)
    assert "notes.xhtml" not in found.spine() and "endnotes" not in str(found.nav.xpath("//@*"))


# --- navigation


def test_the_contents_name_units_and_their_heads(paged: Opened) -> None:
    assert paged.listed("toc") == [
        ("Preface", "preface.xhtml"),
        ("1. To a friend in Paris", "ch_2e_1.xhtml"),
        ("The second volume", "ch_2e_1.xhtml#d-two"),
        ("2. The answer", "ch-2.xhtml"),
        ("Notes", "notes.xhtml"),
        ("Who is who", "who-is-who.xhtml"),
        ("Chronology", "chronology.xhtml"),
        ("Index of names", "index.xhtml"),
    ]
    assert paged.listed("landmarks") == [
        ("Title page", "title.xhtml"),
        ("Contents", "nav.xhtml#toc"),
        ("Start of the text", "ch_2e_1.xhtml"),
        ("Notes", "notes.xhtml"),
        ("Index of names", "index.xhtml"),
    ]


def test_chapters_hang_on_their_part() -> None:
    units = book.units()
    part = {**chapter("", unit="@part", id="part-1", kind="part", title="Letters"), "number": ""}
    part["body"] = '<section class="part" id="part-1"><h1>Letters</h1></section>'
    toc = made([*units[:4], part, *units[4:]]).nav.find(".//h:nav/h:ol", NS)
    assert [item[0].text for item in toc] == [
        "Preface",
        "Letters",
        "Notes",
        "Who is who",
        "Chronology",
        "Index of names",
    ]
    assert [item[0].text for item in toc[1][1]] == ["1. To a friend in Paris", "2. The answer"]


def test_without_a_unit_of_contents_the_nav_document_is_not_read_through() -> None:
    found = made([unit for unit in book.units() if unit["kind"] != "contents"])
    assert "nav.xhtml" not in found.spine()
    assert all("nav.xhtml" not in href for _, href in found.listed("landmarks"))
    assert one(found.opf, "//opf:item[@properties='nav']").get("href") == "text/nav.xhtml"


def test_the_ncx_says_the_same(paged: Opened, plain: Opened) -> None:
    ncx = paged.tree("toc.ncx")
    head = {e.get("name"): e.get("content") for e in ncx.iterfind(".//ncx:meta", NS)}
    assert head["dtb:uid"] == one(paged.opf, "//dc:identifier").text
    assert (head["dtb:depth"], head["dtb:totalPageCount"], head["dtb:maxPageNumber"]) == ("2", "22", "16")
    points = [
        (text_of(e[0]).strip(), e.find("ncx:content", NS).get("src")) for e in ncx.iterfind(".//ncx:navPoint", NS)
    ]
    assert points == [(label, f"text/{href}") for label, href in paged.listed("toc")]
    targets = [e.find("ncx:content", NS).get("src") for e in ncx.iterfind(".//ncx:pageTarget", NS)]
    assert targets == [f"text/{href}" for _, href in paged.listed("page-list")]
    types = [e.get("type") for e in ncx.iterfind(".//ncx:pageTarget", NS)]
    assert types == ["front"] * 6 + ["normal"] * 16
    assert plain.tree("toc.ncx").find(".//ncx:pageList", NS) is None


# --- pages of print


def test_every_page_has_one_marker_and_one_entry_in_order(paged: Opened) -> None:
    texts = paged.texts()
    found = [
        (mark.get("aria-label"), f"{file}#{mark.get('id')}")
        for file in paged.spine()
        for mark in texts[file].xpath("//*[@epub:type='pagebreak'][@role='doc-pagebreak']", namespaces=NS)
    ]
    assert [label for label, _ in found] == list(book.pages().labels)
    assert found == paged.listed("page-list")


def test_without_pages_there_is_neither(plain: Opened) -> None:
    assert plain.listed("page-list") == [] and not plain.nav.xpath("//*[@role='doc-pagelist']")
    assert not any(tree.xpath("//*[@role='doc-pagebreak']") for tree in plain.texts().values())


def test_the_contents_begin_after_their_first_page_and_end_before_their_others(paged: Opened) -> None:
    shown = [e for e in paged.nav.find("h:body", NS) if not e.get("hidden")]
    assert [e.get("aria-label") for e in shown] == ["iii", "Contents", "iv"]


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ([("1", "text/01.md#0", "p-99", 0)], "p-99"),
        ([("1", "text/99.md#0", "p-1", 0)], "text/99.md#0"),
        ([("1", "text/01.md#0", "p-1", 999)], "no word 999"),
    ],
)
def test_a_page_that_begins_nowhere_is_a_bug_of_ours(starts: list[tuple[str, str, str, int]], said: str) -> None:
    pages = PageMap(("1",), book.pages().ids | dict.fromkeys(book.pages().ids, 0), tuple(PageStart(*s) for s in starts))
    with pytest.raises(AssertionError, match=said):
        made(pages=pages)


def test_pages_without_a_start_are_a_bug_of_ours() -> None:
    pages = book.pages()
    with pytest.raises(AssertionError, match="pages are missing"):
        made(pages=PageMap(pages.labels, pages.ids, pages.starts[:-1]))
