"""calibre takes the e-books as they are and makes Kindle's format of them; `make test-all` only."""

import re
import subprocess
from pathlib import Path

import pytest

from .conftest import Built
from .outputs import needs

pytestmark = pytest.mark.slow


def test_an_edition_becomes_azw3(built: Built, tmp_path: Path) -> None:
    made = tmp_path / "book.azw3"
    environment = {"HOME": str(tmp_path), "CALIBRE_CONFIG_DIRECTORY": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [needs("ebook-convert"), str(built.file("epub")), str(made)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=600, env={"PATH": "/usr/bin:/bin", **environment}
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert made.read_bytes()[60:68] == b"BOOKMOBI"
    assert not re.search(r"(?<!0 )\berrors?\b", done.stdout + done.stderr, re.IGNORECASE)
