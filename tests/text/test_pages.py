"""Page numbers in the text, and the paragraphs they part."""

from __future__ import annotations

import pytest

from epistola.model import Source
from epistola.text.pages import numbered, page_numbers, rejoined
from marks import claims, marked


@pytest.mark.parametrize(
    "line",
    [
        "see his book \\[p. 12\\] on it",
        "so\n\n\\[12\\]\n\nhe said",
        "so\n\n- 12 -\n\nhe said, 3 - 4 - 5",
        "\\[a. 12\\]",
        "so\n[pageNumber n=12 \\[p. 12\\]]\nhe said",
        "so\n\n[pageNumber n=xii \\[Page xii\\]]\n\nhe said",
        "so [pageNumber n=12 \\[Pg 12\\]] he said [pageNumber n=13 \\[Pg 13\\]] it",
        "so\n\n[pageNumber n=12 \\[12\\]]\n\nhe said\n\n[pageNumber n=13 \\[13\\]]\n\nit",
        "so\n\n[pageNumber n=12 - 12 -]\n\nhe said\n\n[pageNumber n=13 - 13 -]\n\nit",
        "so\f[pageNumber \\[p. 12\\]]\nhe said",
    ],
)
def test_page_numbers(line: str) -> None:
    source, expected = marked(line)
    assert claims(source, page_numbers(source, "en")) == claims(source, expected)


def test_a_form_feed_takes_the_number_behind_it() -> None:
    source, parts = marked("so[pageBreak \f]\n\\[p. 12\\]\nhe said")
    told = list(numbered(source, parts, page_numbers(source, "en")))
    assert [dict(part.values) for part in told] == [{"n": "12"}]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[p he said.]\n\n\\[p. 12\\]\n\n[p and went]", 2),
        ("[p he said]\n\n\\[p. 12\\]\n\n[p And went]", 2),
        ("[p he said]\n\n[p and went]\n\n\\[p. 12\\]", 2),
        ("[p he said]\n\n\\[p. 12\\]\n\n[p and went]", 1),
    ],
)
def test_rejoined(line: str, expected: int) -> None:
    source, parts = marked(line)
    joined = rejoined(source, parts, page_numbers(source, "en"))
    assert len(joined) == expected
    assert joined[-1].span.end == parts[-1].span.end


def test_numbers_in_a_language() -> None:
    source = Source("s", "so\n[S. 12]\nund")
    assert [dict(a.values) for a in page_numbers(source, "de")] == [{"n": "12"}]
    assert page_numbers(source, "fr") == []
