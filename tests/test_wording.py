"""Words the tool puts in: every generated section has its heading."""

import pytest

from edition.config.fields import SECTIONS
from edition.passes import generated
from edition.wording import ENGLISH


def test_sections_that_may_be_named_are_the_ones_that_are_made() -> None:
    assert list(generated.SECTIONS) == list(SECTIONS)


@pytest.mark.parametrize("name", generated.SECTIONS)
def test_every_section_has_a_heading(name: str) -> None:
    assert ENGLISH.section(name)
