"""The walls of the house (docs/architecture.md): who may import whom, who may open files, make parsers,
lay out pages."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "edition"
# A module may import from its own layer's `may` and below; names are modules or packages directly under edition/.
LAYERS = {
    "problems": set(),
    "patterns": set(),
    "words": {"patterns"},
    "edtf": set(),
    "wording": set(),
    "engine": {"problems", "disk"},
    "store": {"problems", "disk", "engine"},
    "pool": {"problems", "disk"},
    "uninterrupted": set(),
    "xml": {"problems", "words"},
    "disk": {"problems", "words"},
    "archive": {"problems", "patterns", "words"},
    "svg": {"problems", "patterns", "words", "xml"},
    "images": {"problems", "words", "xml", "svg"},
    "yamlmarks": {"problems", "words"},
    "normal": {"problems", "words", "xml", "disk", "yamlmarks"},
    "config": {"problems", "words", "edtf", "xml", "disk", "yamlmarks", "normal"},
    "book": {"problems", "words", "xml", "disk", "yamlmarks", "normal", "config"},
}
BELOW = {
    "problems",
    "patterns",
    "words",
    "edtf",
    "wording",
    "xml",
    "disk",
    "archive",
    "images",
    "yamlmarks",
    "normal",
    "config",
    "book",
}
LAYERS |= {room: BELOW | {room} for room in ("readers", "passes", "writers")}
LAYERS["recipe"] = BELOW | {"readers", "passes", "writers", "engine", "store", "pool"}
LAYERS["builder"] = LAYERS["recipe"] | {"recipe"}
LAYERS["release"] = LAYERS["builder"] | {"builder"}
LAYERS["why"] = {"engine"}
LAYERS["diff"] = LAYERS["builder"] | {"builder"}
LAYERS["serve"] = LAYERS["builder"] | {"builder", "serve"}
LAYERS["manifest"] = {"problems", "disk"}
LAYERS["report"] = {"problems", "words"}
LAYERS["verify"] = BELOW | {"verify"}
ONLY = {
    "weasyprint": {
        "writers/kept.py",
        "writers/painted.py",
        "writers/pages.py",
        "writers/pdf.py",
        "writers/weasyprint_glyphs.py",
        "writers/weasyprint_known.py",
        "writers/weasyprint_lines.py",
        "writers/weasyprint_mends.py",
        "writers/weasyprint_spaces.py",
        "writers/weasyprint_speed.py",
        "writers/weasyprint_styles.py",
    },
    "ebooklib": {"writers/opf.py"},
    "yaml": {"yamlmarks.py"},
    "starlette": {"serve/app.py"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Full dotted names a module imports, relative ones resolved: "edition.xml", "lxml"."""
    package = ("edition", *path.relative_to(PACKAGE).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join([*base, *([node.module] if node.module else [])])
            found |= {f"{stem}.{name.name}" for name in node.names} | {stem}
    return found


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_downward(path: Path) -> None:
    own = room(path)
    if own not in LAYERS:
        assert own in {"__init__", "__main__", "cli"}, f"{own} has no place in the layers"
        return
    rooms = {name.split(".")[1] for name in imported(path) if name.startswith("edition.")}
    known = {p.name.removesuffix(".py") for p in PACKAGE.iterdir()}
    assert rooms & known <= LAYERS[own] | {own}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_some_libraries_have_one_door(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    for library, doors in ONLY.items():
        if any(found.split(".")[0] == library for found in imported(path)):
            assert name in doors


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_parsers_are_made_in_one_place(path: Path) -> None:
    if path.name == "xml.py":
        return
    text = path.read_text(encoding="utf-8")
    assert "XMLParser(" not in text and "HTMLParser(" not in text and "etree.fromstring(" not in text


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
