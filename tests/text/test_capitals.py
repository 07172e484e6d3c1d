"""Words that stand out by their letters; what is written so anyway comes first."""

from __future__ import annotations

import pytest

from epistola.text.capitals import capitals
from marks import claims, in_order, marked
from stretched import stretched


@pytest.mark.parametrize(
    "line",
    [
        "he read of the USSR and the TUC in chapter XIV of it",
        "he wrote to Mr. L W and A. B. C. of it, and to J. P.",
        "THE WHOLE OF IT IS WRITTEN SO AND NOTHING ELSE",
        "TO MR. BELL, BAKER, BATH. it is",
        "a b c d and x y z are letters",
        "U S S R and then some more words",
        "A man came and I saw him there",
        "J Smith came to the house",
        "this is [highlight rend=caps VERY GOOD] of you, and it is very good",
        "[highlight rend=caps I HOPE] you are well, as I hope to be",
        "you will [highlight rend=caps NOT] go, not at all",
        "he is [highlight rend=letterspaced v e r y] good and very kind",
        "[highlight rend=dropcap T] HE morning was cold and the wind was high",
        "[highlight rend=dropcap T] he morning was cold and the wind was high",
        "[highlight rend=dropcap I] N the morning he was in the house",
    ],
)
def test_capitals(line: str) -> None:
    source, expected = marked(line)
    found = in_order(capitals(source, stretched(source)))
    assert claims(source, found) == claims(source, expected)


def test_a_heading_has_capitals_anyway() -> None:
    source, _ = marked("This is VERY GOOD, and it is very good")
    assert list(capitals(source, stretched(source, "head"))) == []
