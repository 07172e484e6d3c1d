"""Words between marks; what is no mark comes first."""

from __future__ import annotations

import pytest

from epistola.text.emphasis import emphasis
from marks import claims, in_order, marked
from stretched import stretched


@pytest.mark.parametrize(
    "line",
    [
        "a snake_case_name and another_one here",
        "a blank ____ and Mr. ___ too",
        "_ so _ and _so",
        "_so\n\nand_ so",
        "3 * 4 * 5 and note* one and note** two",
        "M*** and B** came",
        "x = y and y = z; a=b=c",
        'id="one" href="two"',
        "about ~5 or ~6 of them",
        "2^10 and ^ so",
        "* * *",
        "\\[1\\]* so* and",
        "[highlight rend=italic _so_] and so_",
        "[highlight rend=italic _so_], [highlight rend=italic _and\nso_]--then",
        "[highlight rend=italic _un_]kind friend[highlight rend=italic _s_]",
        "([highlight rend=italic *so*]) [highlight rend=bold **so**] [highlight rend=bold =so=]",
        "[highlight rend=letterspaced ~so~] [deletion rend=strikethrough ~~so~~]",
        "y[highlight rend=superscript ^r] aff[highlight rend=superscript ^{ly}]",
        "2[highlight rend=superscript ^nd] of May",
        "he said '[highlight rend=italic _won_] it'",
    ],
)
def test_emphasis(line: str) -> None:
    source, expected = marked(line)
    found = in_order(emphasis(source, stretched(source)))
    assert claims(source, found) == claims(source, expected)
