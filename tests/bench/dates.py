"""How right dates are read: every date of the letters in the corpus that has a value, held against its words.

python -m tests.bench.dates
"""

from __future__ import annotations

from pathlib import Path

from edition.passes.date_lint import disagrees, said
from edition.xml import all_named, parse

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "schnitzler-briefe"


def main() -> None:
    if not CORPUS.is_dir():
        print("dates: skipped, the corpus is not here")
        return
    equal = total = 0
    for path in sorted(CORPUS.glob("L*.xml")):
        for date in all_named(parse(path.read_bytes()), "date"):
            value, words = date.get("when", ""), "".join(date.itertext())
            if not value or not words.strip():
                continue
            total += 1
            equal += said(words, "de-AT", value) == value
            if own := disagrees(words, "de-AT", value):
                print(
                    f"dates: {path.name}:{date.sourceline}: “{' '.join(words.split())}” is tagged {value}, says {own}"
                )
    print(f"dates: {total} with a value, {equal} read as it: {equal / total:.3f}")


if __name__ == "__main__":
    main()
