"""Patterns compiled late: they say what re.compile's say, and all that the program has can be compiled."""

import gc
import re
from importlib import import_module
from pkgutil import walk_packages

import edition.passes
import edition.readers
from edition.patterns import Late, late


def test_a_late_pattern_is_what_re_compile_gives() -> None:
    ours, theirs = late("(?P<year>[0-9]{4})|x", re.IGNORECASE), re.compile("(?P<year>[0-9]{4})|x", re.IGNORECASE)
    for text in ("1936 X 1937", "", "none"):
        assert [m.span() for m in ours.finditer(text)] == [m.span() for m in theirs.finditer(text)]
        assert ours.sub("-", text) == theirs.sub("-", text)
        assert (ours.match(text) is None) == (theirs.match(text) is None)
    assert ours.groupindex == theirs.groupindex
    assert ours.flags == theirs.flags


def test_every_late_pattern_can_be_compiled() -> None:
    for room in (edition.passes, edition.readers):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            import_module(module.name)
    gc.unfreeze()  # a build in this process has taken what there was out of the search
    found = [one for one in gc.get_objects() if type(one) is Late]
    assert len(found) > 50
    assert all(one.pattern is not None for one in found)
