"""Lines that are kept on request."""

from __future__ import annotations

import pytest

from epistola.model import Annotation, Span
from epistola.text.lines import line_breaks
from marks import claims, in_order, marked
from stretched import stretched


@pytest.mark.parametrize(
    "line",
    [
        "one line",
        "one\n\ntwo",
        "one[lineBreak \n]two  [lineBreak \n]  three",
    ],
)
def test_line_breaks(line: str) -> None:
    source, expected = marked(line)
    found = in_order(line_breaks(source, stretched(source)))
    assert claims(source, found) == claims(source, expected)


def test_a_break_that_is_known_is_not_told_again() -> None:
    source, _ = marked("mor-\nning")
    known = [Annotation(Span(4, 5), "lineBreak")]
    assert list(line_breaks(source, stretched(source), known)) == []
