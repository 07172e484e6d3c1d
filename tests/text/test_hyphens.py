"""Words with a hyphen at the end of a line: one word, a compound, or nobody knows."""

from __future__ import annotations

import pytest

from epistola.text.hyphens import hyphens
from marks import claims, in_order, marked
from stretched import stretched

NO, MAYBE = "[lineBreak break=no \n]", "[lineBreak break=maybe \n]"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "he said so -\nand went"),
        ("en", "he said--\nand went"),
        ("en", "from 1801-\n1804 he"),
        ("en", f"in the mor[hyphen -]{NO}ning he went"),
        ("en", f"in the mor[hyphen ¬]{NO}ning he went"),
        ("en", f"a good-{NO}natured man"),
        ("en", f"we meet to-{MAYBE}morrow"),
        ("en", f"we met to-day and meet to-{NO}morrow"),
        ("en", f"we met today and meet to[hyphen -]{NO}morrow"),
        ("en", f"the flim-{NO}flam was but flim-flam"),
        ("en", f"the plo[hyphen -]{NO}ver; a plover; the mor[hyphen -]{NO}ning"),
        ("en", f"a Zorb-{MAYBE}lax of it"),
        ("de", f"ich habe gekom[hyphen -]{NO}men"),
        ("de", f"die Nord-{NO}Bahn"),
        ("fr", f"que voulez-{NO}vous"),
    ],
)
def test_hyphens(language: str, line: str) -> None:
    source, expected = marked(line)
    found = in_order(hyphens(source, stretched(source), language))
    assert claims(source, found) == claims(source, expected)
