"""Sources cut into units: chapters in order, what stands before them, heads and bylines that edition.yaml gives."""

from edition.normal.vocabulary import blocks
from edition.passes.numbering import facts
from edition.passes.units import units
from edition.xml import Element, canonical, parse


def body(inner: str) -> Element:
    return parse(f'<body xmlns="http://www.tei-c.org/ns/1.0">{inner}</body>'.encode())


def shape(tree: Element) -> str:
    return canonical(tree).decode().replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


def test_a_source_with_chapters_is_as_many_units() -> None:
    found = units("a.md", body("<div><head>One</head><p>x</p></div><div><head>Two</head><div><p>y</p></div></div>"))
    assert [(u.key, u.first) for u in found] == [("a.md#0", 0), ("a.md#1", 3)]
    assert shape(found[1].tree) == "<div><head>Two</head><div><p>y</p></div></div>"


def test_a_source_without_chapters_is_one_unit() -> None:
    (unit,) = units("a.txt", body("<p>x</p><p>y</p>"))
    assert shape(unit.tree) == "<div><p>x</p><p>y</p></div>"


def test_what_stands_before_the_first_chapter_is_a_unit() -> None:
    found = units("a.md", body("<p>x</p><div><head>One</head></div>"))
    assert [shape(u.tree) for u in found] == ["<div><p>x</p></div>", "<div><head>One</head></div>"]


def test_nothing_gives_nothing() -> None:
    assert units("a.md", body("")) == []


def test_a_title_heads_only_what_has_no_head() -> None:
    (bare,) = units("a.txt", body("<p>x</p>"), title="The page")
    assert shape(bare.tree) == '<div><head resp="#edition">The page</head><p>x</p></div>'
    (headed,) = units("a.md", body("<div><head>Own</head></div>"), title="Another")
    assert shape(headed.tree) == "<div><head>Own</head></div>"


def test_a_byline_follows_the_heads() -> None:
    (unit,) = units("a.md", body('<div><head>Own</head><head type="short">O</head><p>x</p></div>'), by="Ada")
    assert shape(unit.tree).endswith('<head type="short">O</head><byline resp="#edition">Ada</byline><p>x</p></div>')


def test_blocks_keep_their_places_in_the_source() -> None:
    source = body("<p>x</p><p>y</p><div><head>One</head><p>z</p></div>")
    order = [("".join(b.itertext()), n) for n, b in enumerate(blocks(source))]
    for unit in units("a.md", source, title="Made"):
        for ordinal, block in enumerate(blocks(unit.tree)):
            if block.get("resp") is None and block is not unit.tree:
                assert ("".join(block.itertext()), unit.first + ordinal) in order


def test_what_has_no_title_is_called_by_what_it_begins_with() -> None:
    def opening(inner: str) -> str:
        (unit,) = units("a.xml", body(f"<div>{inner}</div>"))
        return str(facts(unit.tree, unit.key, "en")["opening"])

    assert opening("<pb n='3'/><lg><head>A sonnet</head><l>Shall I</l></lg>") == "A sonnet"
    assert (
        opening("<p>It was in the year of the comet, as they say, that</p>")
        == "It was in the year of the comet, as they …"
    )
    assert (
        opening("<p>* * *</p><p>It was, and it was not, in the year of it,</p>")
        == "It was, and it was not, in the year of …"
    )
    assert opening("<head>Titled</head><p>It was.</p>") == opening("<p/>") == ""
