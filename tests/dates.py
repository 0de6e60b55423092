"""What the tests of calendar expressions share: sentences with braces around the expressions."""

from edition.passes.calendar_words import Found


def case(rows: list[tuple[str, ...]]) -> list[tuple[str, list[str]]]:
    """Rows of a sentence and its values, as sentence and list of values."""
    return [(row[0], list(row[1:])) for row in rows]


def marked(text: str) -> tuple[str, list[str]]:
    """The sentence without its braces, and what stands in them."""
    inside = [piece.partition("}")[0] for piece in text.split("{")[1:]]
    return text.replace("{", "").replace("}", ""), inside


def show(text: str, found: list[Found]) -> str:
    """The sentence with braces around what was found."""
    for one in reversed(found):
        text = f"{text[: one.start]}{{{text[one.start : one.end]}}}{text[one.end :]}"
    return text
