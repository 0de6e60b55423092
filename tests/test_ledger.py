"""Ids of blocks outlive edits: what keeps its id, what gets a fresh one, what is never given again."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.passes import ledger
from edition.passes.alignment import Mark, in_order, match
from edition.passes.ledger import align, mark_of
from edition.passes.lockfile import Ledger, dump, load
from edition.passes.similarity import CUT, shortened
from edition.xml import ID, all_named, canonical, parse

from .bench import ids as bench
from .conftest import NO_SHARED

NS = ' xmlns="http://www.tei-c.org/ns/1.0"'
# Eight paragraphs with nothing in common.
A, B, C, D, E, F, G, H = (
    "The harbour lay grey and quiet under the first snow of that long winter.",
    "Nobody in the village remembered who had built the bridge over the mill race.",
    "Her letters came every Thursday, tied with blue thread, and were never opened.",
    "In March the pump froze; we carried water from the lower spring in buckets.",
    "A clerk wrote down eleven names, and struck out four of them before evening.",
    "Bees had settled behind the organ pipes, so that every hymn began with humming.",
    "When the orchard was sold, my uncle kept one pear tree and the path to it.",
    "They argued until dawn about grammar, tin, lighthouses and the price of salt.",
)
LIFE = "Yes."


@dataclass
class Book:
    """A text that is edited and aligned again and again, as builds do."""

    ledger: Ledger = field(default_factory=Ledger)

    def build(self, *paragraphs: str | Mark, **files: list[str | Mark]) -> list[str]:
        """The ids of today's blocks, in order."""
        texts = {"text.md": list(paragraphs)} if paragraphs else {}
        rows = [(name, [_mark(block) for block in blocks]) for name, blocks in {**texts, **files}.items()]
        self.ledger = align(self.ledger, rows)
        assert align(self.ledger, rows) == self.ledger
        assert load(dump(self.ledger)) == (self.ledger, [])
        return [row.mark.id for row in self.ledger.live]

    def meaning(self, name: str) -> str:
        """The id of the block that an id means."""
        return next(row.mark.id for row in self.ledger.live if name in row.names)

    @property
    def gone(self) -> set[str]:
        return {name for row in self.ledger.gone for name in row.names}


def _mark(block: str | Mark) -> Mark:
    return mark_of(block) if isinstance(block, str) else block


def named(name: str, text: str, kind: str = "p") -> Mark:
    return mark_of(text, kind, name)


@pytest.fixture
def book() -> Book:
    return Book()


# --- what keeps its id


def test_the_first_ids_are_hashes_with_a_suffix_for_repetition(book: Book) -> None:
    a, yes, yes_2, b, yes_3 = book.build(A, LIFE, LIFE, B, LIFE)
    assert [yes_2, yes_3] == [f"{yes}-2", f"{yes}-3"]
    assert a == f"p-{mark_of(A).hash[:6]}" and b != a


def test_spelling_of_quotes_and_dashes_is_no_change(book: Book) -> None:
    before = book.build(A, "“Well”—she said—“it’s late.”")
    assert book.build(A.upper(), '"Well" - she said - "it\'s late."') == before


def test_rewording(book: Book) -> None:
    before = book.build(A, B, C, D)
    assert book.build(A, B.replace("bridge over the mill race", "old bridge"), C.replace("blue", "red"), D) == before


def test_rewording_in_small_steps_to_something_quite_different(book: Book) -> None:
    before = book.build(A, B, C)
    now, then = B.split(), H.split()
    for n in range(min(len(now), len(then))):
        now[n] = then[n]
        assert book.build(A, " ".join(now), C) == before


def test_a_short_paragraph_alone_between_its_neighbours_may_say_anything(book: Book) -> None:
    before = book.build(A, "Indeed!", B)
    assert book.build(A, "Never, sir.", B) == before


def test_insertion_and_deletion(book: Book) -> None:
    a, b, c, d = book.build(A, B, C, D)
    assert book.build(E, A, B, F, C, D, G)[1:3] == [a, b]
    now = book.build(E, A, F, C, D, G)
    assert (now[1], now[3], now[4]) == (a, c, d)
    assert book.gone == {b}


def test_moving_within_a_file_and_to_another(book: Book) -> None:
    a, b, c, d, e, f = book.build(one=[A, B, C], two=[D, E, F])
    assert book.build(one=[C, A], two=[D, E, B, F]) == [c, a, d, e, b, f]


def test_moving_and_rewording_at_once(book: Book) -> None:
    a, b, c, d, e, f = book.build(one=[A, B, C], two=[D, E, F])
    reworded = B.replace("Nobody", "Not a soul").replace("village", "parish")
    assert book.build(one=[A, C], two=[D, E, reworded, F]) == [a, c, d, e, b, f]


def test_chapters_change_places_with_all_that_is_short_in_them(book: Book) -> None:
    first, second = [A, LIFE, B, LIFE, "No."], [C, LIFE, D, "No.", LIFE]
    before = book.build(one=first, two=second)
    assert book.build(two=second, one=first) == before[5:] + before[:5]


def test_a_file_gets_another_name_and_a_chapter_is_put_before(book: Book) -> None:
    before = book.build(one=[A, B, LIFE])
    assert book.build(zero=[C, D, LIFE], uno=[A, B, LIFE])[3:] == before


def test_repeated_paragraphs_keep_apart(book: Book) -> None:
    a, one, b, two, c, three, d = book.build(A, LIFE, B, LIFE, C, LIFE, D)
    assert book.build(A, LIFE, B, C, LIFE, D) == [a, one, b, c, three, d]
    again = book.build(A, LIFE, B, LIFE, C, LIFE, D)
    assert again[:3] + again[4:] == [a, one, b, c, three, d] and again[3] not in (one, two, three)


def test_a_paragraph_becomes_a_quotation(book: Book) -> None:
    before = book.build(A, B, C)
    assert book.build(A, mark_of(B, "item"), C) == before


# --- split and merge


def test_split_the_first_part_keeps_the_id(book: Book) -> None:
    for cut in (7, 13, 20):
        book = Book()
        words = f"{B} {C}".split()
        a, bc, d = book.build(A, " ".join(words), D)
        now = book.build(A, " ".join(words[:cut]), " ".join(words[cut:]), D)
        assert now[:2] == [a, bc] and now[3] == d and now[2] not in (a, bc, d)


def test_split_of_a_long_paragraph_whose_text_is_shortened(book: Book) -> None:
    long = " ".join([B, C, D, E, F, G, H])
    assert CUT in shortened(mark_of(long).text)
    a, one = book.build(A, long)
    assert book.build(A, " ".join([B, C]), " ".join([D, E, F, G, H]))[:2] == [a, one]


def test_merge_the_lost_id_means_the_whole(book: Book) -> None:
    a, b, c, d = book.build(A, B, C, D)
    assert book.build(A, f"{B} {C}", D) == [a, b, d]
    assert book.meaning(c) == b and book.gone == set()


def test_merge_of_three_with_a_short_one_and_a_change(book: Book) -> None:
    a, b, _, c, d = book.build(A, B, LIFE, C, D)
    now = book.build(A, f"{B} {LIFE} {C.replace('blue', 'red')}", D)
    assert now == [a, b, d]
    assert book.meaning(c) == b


def test_merged_and_divided_again(book: Book) -> None:
    a, b, c, d = book.build(A, B, C, D)
    book.build(A, f"{B} {C}", D)
    now = book.build(A, B, C, D)
    assert [now[0], now[1], now[3]] == [a, b, d]
    assert book.meaning(c) == b != now[2]  # what was cited as c stood in b meanwhile


def test_what_was_deleted_is_no_alias_of_a_neighbour_that_has_the_word_too(book: Book) -> None:
    _, yes, _ = book.build(A, "The bridge.", B)
    book.build(A, B)
    assert book.gone == {yes}


# --- ids that the source gives


def test_an_explicit_id_wins_and_the_former_one_means_it_too(book: Book) -> None:
    a, b, c = book.build(A, B, C)
    assert book.build(A, named("dewey", B), C) == [a, "dewey", c]
    assert book.meaning(b) == "dewey"
    assert book.build(A, named("john-dewey", B), C) == [a, "john-dewey", c]
    assert book.meaning(b) == book.meaning("dewey") == "john-dewey"


def test_an_explicit_id_stands_whatever_becomes_of_the_words(book: Book) -> None:
    _, b, _ = book.build(A, B, C)
    book.build(A, named("x", B), C)
    assert book.build(A, C, named("x", H))[2] == "x"
    assert book.meaning(b) == "x"


def test_an_id_no_longer_given_stays(book: Book) -> None:
    before = book.build(A, named("dewey", B), C)
    assert book.build(A, B, C) == before


def test_an_explicit_id_goes_to_another_block(book: Book) -> None:
    a, b, c = book.build(A, B, C)
    book.build(A, named("x", B), C)
    assert book.build(A, B, named("x", C)) == [a, b, "x"]
    assert book.meaning(c) == "x"


def test_an_explicit_id_may_be_one_that_was_generated(book: Book) -> None:
    a, b, _ = book.build(A, B, C)
    assert book.build(named(b, A), B, C)[0] == b
    assert book.meaning(a) == b


def test_ids_given_twice_are_complained_of_elsewhere_and_upset_nothing(book: Book) -> None:
    now = book.build(named("x", A), named("x", B), named("x", A))
    assert now[0] == "x" and len(set(now)) == 3


# --- ids that are gone


def test_a_deleted_id_is_never_given_to_other_words(book: Book) -> None:
    _, b, _ = book.build(A, B, C)
    reworded = B.replace("village", "parish")
    book.build(A, reworded, C)
    book.build(A, C)
    now = book.build(A, B, C)  # its hash would be the old id
    assert now[1] == f"{b}-2" and book.gone == {b}


def test_what_was_cut_and_is_pasted_after_a_build_has_its_id_again(book: Book) -> None:
    a, b, c, d = book.build(one=[A, B], two=[C, D])
    book.build(one=[A], two=[C, D])
    assert book.build(one=[A], two=[C, B, D]) == [a, c, b, d]
    assert book.gone == set()


def test_a_file_that_comes_back_has_all_its_ids_again(book: Book) -> None:
    before = book.build(one=[A, LIFE], two=[B, LIFE, "No.", LIFE])
    book.build(one=[A, LIFE])
    assert book.build(one=[A, LIFE], two=[B, LIFE, "No.", LIFE]) == before


def test_gone_rows_keep_their_place(book: Book) -> None:
    a, b, c, d = book.build(A, B, C, D)
    book.build(A, C, D)
    book.build(A, D)
    assert [row.mark.id for row in book.ledger.rows] == [a, b, c, d]


# --- after two branches were merged


def test_an_id_may_stand_twice_in_the_ledger_and_the_text_decides(book: Book) -> None:
    a, b, c = book.build(A, B, C)
    one, two = B.replace("village", "parish"), B.replace("bridge", "ford")
    rows = [align(book.ledger, [("text.md", [mark_of(t) for t in (A, text, C)])]).rows for text in (one, two)]
    book.ledger = Ledger((*rows[0], *rows[1]))
    assert book.build(A, one, C) == book.build(A, two, C) == [a, b, c]
    assert book.gone == set()


def test_ids_both_branches_gave_to_their_own_paragraphs(book: Book) -> None:
    base = book.build(A, B, LIFE)
    one, two = (list(map(mark_of, text)) for text in ((A, LIFE, B, LIFE), (A, B, LIFE, LIFE)))
    rows = [align(book.ledger, [("text.md", text)]).rows for text in (one, two)]
    book.ledger = Ledger((*rows[0], *rows[1]))
    now = book.build(A, LIFE, B, LIFE, LIFE)
    assert len(set(now)) == 5 and set(base) <= set(now)


# --- properties

WORDS = st.sampled_from("yes no the a harbour winter pump clerk orchard bees salt tin letter bridge".split())
TEXTS = st.one_of(st.sampled_from(["", LIFE, A, B, f"{A} {B}"]), st.lists(WORDS, max_size=9).map(" ".join))
KINDS, NAMES = st.sampled_from(["p", "p", "l", "head", "item"]), st.sampled_from([""] * 8 + ["x", "y"])
MARKS = st.builds(mark_of, TEXTS, KINDS, NAMES)
FILES = st.lists(st.tuples(st.sampled_from(["one", "two", "three"]), st.lists(MARKS, max_size=8)), max_size=3)


@settings(max_examples=150)
@given(st.lists(FILES, min_size=1, max_size=4))
def test_properties_of_any_history(history: list[list[tuple[str, list[Mark]]]]) -> None:
    before = Ledger()
    for texts in history:
        after = align(before, texts)
        assert align(after, texts) == after
        assert load(dump(after)) == (after, [])
        names = [name for row in after.rows for name in row.names]
        assert len(names) == len(set(names))
        assert set(names) >= {name for row in before.rows for name in row.names}
        marks = [mark for _, row in texts for mark in row]
        assert [(row.mark.kind, row.mark.hash) for row in after.live] == [(mark.kind, mark.hash) for mark in marks]
        assert {mark.id for mark in marks if mark.id} <= {row.mark.id for row in after.live}
        dead = {row.mark.id: row.mark.hash for row in before.gone}
        for row, mark in zip(after.live, marks, strict=True):
            assert row.mark.id == mark.id or dead.get(row.mark.id, mark.hash) == mark.hash
        before = after


@settings(max_examples=100)
@given(FILES, FILES, FILES, FILES, st.randoms(use_true_random=False))
def test_any_merge_of_two_branches_comes_to_rest(base, one, two, merged, chance) -> None:  # type: ignore[no-untyped-def]
    first = align(Ledger(), base)
    rows = [*align(first, one).rows, *align(first, two).rows]
    chance.shuffle(rows)
    after = align(Ledger(tuple(rows)), merged)
    assert align(after, merged) == after
    names = [name for row in after.rows for name in row.names]
    assert len(names) == len(set(names))


@settings(max_examples=200)
@given(st.lists(st.sampled_from("abcdefgh")), st.lists(st.sampled_from("abcdefgh")))
def test_a_common_subsequence_rises_on_both_sides(a: list[str], b: list[str]) -> None:
    keys = [[("p", char) for char in text] for text in (a, b)]
    found = in_order(*keys)
    assert all(a[i] == b[j] for i, j in found)
    assert all(x < i and y < j for (x, y), (i, j) in zip(found, found[1:], strict=False))
    assert in_order(keys[0], keys[0]) == [(n, n) for n in range(len(a))]


def test_matching_ten_thousand_equal_blocks_looks_at_each_a_few_times() -> None:
    class Counting(str):
        seen = 0

        def __eq__(self, other: object) -> bool:
            Counting.seen += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    old = [Mark("p", Counting(f"{n % 9000:010}"), f"p-{n}", "") for n in range(10_000)]
    assert match(old, old) == list(range(10_000))
    assert Counting.seen < 100_000


@pytest.mark.parametrize("seed", [0, 3])
def test_a_heavily_edited_novel(seed: int) -> None:
    if not bench.CORPUS.is_dir():
        pytest.skip(NO_SHARED)
    found = bench.run(seed)
    assert found.kept >= 99.4 and found.wrong <= 0.1


def test_the_ledger_of_a_novel_is_small() -> None:
    if not bench.CORPUS.is_dir():
        pytest.skip(NO_SHARED)
    texts = sorted(bench.paragraphs(bench.OTHER), key=len)[-1500:]  # the longest there are
    assert len(dump(bench.ledger_of(texts))) <= 1_000_000


# --- fingerprints of a unit


def test_what_only_holds_blocks_goes_by_the_first_words_in_it() -> None:
    unit = parse(
        f"""<div{NS}><head>One <hi>two</hi></head><head type="short">1</head><p>Ein<note><p>Fuß</p></note> Wort</p>
        <lg><l>first line</l><l>second</l></lg><table><row><cell/><cell>cell</cell></row></table>
        <quote><p>said</p></quote><figure><graphic url="a.jpg"/><head>caption</head></figure><p/></div>""".encode()
    )
    assert [(mark.kind, mark.text) for mark in ledger.marks(unit)] == [
        ("div", "one two"), ("head", "one two"), ("head", "1"), ("p", "ein wort"), ("note", "fuss"), ("p", "fuss"),
        ("lg", "first line"), ("l", "first line"), ("l", "second"), ("table", "cell"), ("row", "cell"), ("cell", ""),
        ("cell", "cell"), ("quote", "said"), ("p", "said"), ("figure", "a jpg"), ("head", "caption"), ("p", ""),
    ]  # fmt: skip


def test_former_ids_stand_where_text_may_begin() -> None:
    unit = parse(
        f"""<div{NS} {"xml:id"}="d"><head xml:id="h">H</head><list><item xml:id="i"><p xml:id="p">P</p></item>
        <item xml:id="j">J<note xml:id="n"><p xml:id="q">Q</p></note></item></list></div>""".encode()
    )
    ledger.give_aliases(unit, {"d": ["d1"], "i": ["i1", "i2"], "j": ["j1"], "n": ["n1"]})
    at = {anchor.get(ID): (anchor.getparent().get(ID), anchor.get("corresp")) for anchor in all_named(unit, "anchor")}  # type: ignore[union-attr]
    assert at == {"d1": ("h", "#d"), "i1": ("p", "#i"), "i2": ("p", "#i"), "j1": ("j", "#j"), "n1": ("q", "#n")}
    assert b'corresp="#i" type="alias" xml:id="i2"></anchor>P</p>' in canonical(unit)


def test_a_decision_holds_for_every_id_of_its_block_its_own_first() -> None:
    decisions = {"p-1": {"Moreau": "paul"}, "p-2": {"Moreau": "jeanne", "Duval": "none"}}
    assert ledger.decided(decisions, "p-1", {"p-1": ["p-2"]}) == {"Moreau": "paul", "Duval": "none"}
    assert ledger.decided(decisions, "p-3", {}) == ledger.decided(None, "p-1", {}) == {}
