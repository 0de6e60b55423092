"""Which TEI element is what: tables of names, as the Guidelines have them (TEI P5, chapters 3 to 13, 22).

Knows names only.
"""

from __future__ import annotations

# --- blocks

DIVS = frozenset(("div", "div0", "div1", "div2", "div3", "div4", "div5", "div6", "div7"))
# Lists of people, places, organisations, events: registers beside the text, lists within it.
REGISTERS = {
    "listPerson": "people", "listPlace": "places", "listOrg": "organisations", "listEvent": "events",
    "listBibl": "works", "listNym": "names", "listObject": "objects",
}  # fmt: skip
# Parts of title pages, and the type of the <ab> that they become.
TITLE_PARTS = {
    "titlePart": "title", "docAuthor": "author", "docEdition": "edition", "docImprint": "imprint", "docDate": "date",
    "imprimatur": "imprimatur", "byline": "byline",
}  # fmt: skip
TITLE_PAGE = frozenset(("titlePage", "docTitle", *TITLE_PARTS))
# What stands in front and back as a division but for its name.
SECTIONS = frozenset(("castList", "performance", "prologue", "epilogue", "set", "listBibl"))
GREETINGS = frozenset(("dateline", "salute", "signed"))
_OTHER_BLOCKS = (
    "p ab lg l list item table row cell figure eg egXML sp spGrp castGroup castItem opener closer postscript trailer "
    "argument epigraph head floatingText text body front back group schemaSpec elementSpec"
)
# Blocks wherever they stand. Quotations, directions, notes and greetings may be phrases too.
BLOCKS = DIVS | TITLE_PAGE | SECTIONS | REGISTERS.keys() | frozenset(_OTHER_BLOCKS.split())
# Blocks if they hold blocks, phrases if they do not.
SWITCHING = frozenset(("q", "quote", "said", "cit"))
# What may be cut in two where a block stands in its midst.
CUTTABLE = frozenset(("hi", "emph", "foreign", "seg", "q", "add", "supplied", "unclear", "damage", "title", "term"))
# Units of <milestone> that are a place in a book, and no break in the text.
PLACES = frozenset(
    ("page", "leaf", "folio", "column", "line", "line-number", "quire", "gathering", "sheet", "signature")
)

# Nothing but elements stands in these: text of their own is a slip, and is put before them.
ELEMENTS_ONLY = REGISTERS.keys() | frozenset(
    ("table", "row", "list", "figure", "floatingText", "app", "subst", "choice", "address")
)

# --- phrases

NAMED = frozenset("persName placeName orgName geogName name rs settlement region country district bloc".split())
# Kept under their names.
KEPT = frozenset(
    "emph term gloss mentioned soCalled forename surname addName roleName nameLink genName num measure time supplied "
    "unclear damage surplus sic corr orig reg abbr expan add del".split()
)
# Parts of a <bibl>, kept where they stand right in it.
BIBL_PARTS = frozenset("author editor publisher pubPlace edition biblScope citedRange extent".split())
# Names of elements and attributes, values, identifiers (chapter 22).
CODE = frozenset("code gi att val ident tag kw".split())
# These hold no direction and no bibliographic reference in TEI: such a one is <seg> in them.
PHRASES_ONLY = NAMED | BIBL_PARTS | frozenset(
    "speaker role roleDesc castItem opener closer dateline addrLine label foreign term gloss mentioned soCalled abbr "
    "expan "
    "forename surname addName roleName nameLink genName num measure date time bibl".split()
)  # fmt: skip
# Grammar and typesetting: the text stays, its tags go.
TAGS_ONLY = frozenset("w c pc s cl phr m g ex am rdgGrp cit noteGrp resp locus u".split())
# Parts of records: the text stays, with a space on either side.
RECORD_PARTS = frozenset(
    "person personGrp persona org place event birth death floruit sex gender age nationality occupation affiliation "
    "education residence faith langKnowledge langKnown socecStatus location geo eventName desc nym object state trait "
    "population climate terrain biblStruct biblFull analytic monogr imprint series respStmt relatedItem idno "
    "email".split()
)
# What says something about the text and is no part of it: left out, and told with its words.
OUT = {
    "fw": "running heads, catchwords and page numbers of the source", "index": "entries for an index",
    "interp": "interpretations", "interpGrp": "interpretations", "span": "interpretations",
    "spanGrp": "interpretations", "certainty": "degrees of certainty", "precision": "degrees of certainty",
    "respons": "responsibilities", "wit": "witnesses", "witDetail": "witnesses", "listWit": "the list of witnesses",
    "listRelation": "relations", "linkGrp": "links between passages", "link": "links between passages",
    "joinGrp": "links between passages", "join": "links between passages", "altGrp": "links between passages",
    "alt": "links between passages", "timeline": "timelines", "fs": "feature structures",
    "fLib": "feature structures", "divGen": "generated sections", "metamark": "marks of the scribe",
    "specList": "declarations of a schema", "standOff": "annotations beside the text",
}  # fmt: skip
# Signs of a change that hold no text.
SIGNS = frozenset(
    "handShift delSpan addSpan damageSpan substJoin undo redo retrace witStart witEnd lacunaStart lacunaEnd media "
    "ptrGrp "
    "listTranspose shift vocal pause kinesic incident writing binaryObject notatedMusic".split()
)
