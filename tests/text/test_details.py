"""A letter's parts and what is within them, from the text to TEI and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from epistola.edition import Edition
from epistola.pipeline import encode
from epistola.text.details import Details
from epistola.tree.read import read_text

LETTER = """London, 3 May [1801].

My dear Bell,

I read _The Loaf_ in the mor-
ning, and to-day [illegible] it was VERY GOOD, as he said; and
then it was very good again.

He wrote these lines on it, which are the best of them all:--

    The wind is high upon the sea,
    And all is well with thee and me.

1. Bread.
2. Cheese.

[p. 2]

Ever yours,
John Quill
"""


def inner(details: Details) -> str:
    made = encode(LETTER, edition=replace(Edition(), details=details))
    assert made.is_sound
    text = made.tree.find("{*}text")
    assert text is not None
    return etree.tostring(text, encoding="unicode")


def test_all_is_there() -> None:
    text = inner(Details())
    assert "3 May <supplied>[1801]</supplied></date>" in text
    assert 'mor<pc force="weak">-</pc>\n<lb break="no"/>ning' in text
    assert '<gap reason="illegible"><desc>[illegible]</desc></gap>' in text
    assert '<hi rend="caps">VERY GOOD</hi>' in text
    assert '<quote type="block" cert="medium" resp="#resp-machine"><lg><l>' in text
    assert '<list type="numbered"><item n="1">' in text
    assert '<pb n="2"/><fw type="pageNum" n="2">[p. 2]</fw>' in text
    assert "<lb/>" not in text


@pytest.mark.parametrize(
    ("details", "element"),
    [
        (Details(blocks=False), "<lg>"),
        (Details(highlighting=False), "<hi"),
        (Details(brackets=False), "<gap"),
    ],
)
def test_an_edition_does_without(details: Details, element: str) -> None:
    assert element in inner(Details())
    assert element not in inner(details)


def test_every_line_is_kept_on_request() -> None:
    text = inner(Details(line_breaks=True))
    assert (text.count('<lb break="no"/>'), text.count("<lb/>")) == (1, 1)


def test_what_is_encoded_is_read_back() -> None:
    made = encode(LETTER, edition=replace(Edition(), details=Details(line_breaks=True)))
    text = made.tree.find("{*}text")
    assert text is not None
    source, found = read_text(text)
    assert source.text == LETTER
    kinds = {"lineBreak", "hyphen", "highlight", "gap", "gapWords", "verse", "line", "pageNumber"}
    before = [(a.span, a.kind) for a in made.annotations if a.kind in kinds]
    after = [(a.span, a.kind) for a in found if a.kind in kinds]
    assert sorted(after) == sorted(before)


@pytest.mark.parametrize(
    "text",
    [
        "1. Bread is good.\n2. Cheese is good.\n\u00a0",
        "So.\n\n    The wind is over all the sea,\n    And all is well with thee.\n\u00a0",
        "Bread    3\n\u00a0Cheese   4\nButter   5",
    ],
)
def test_a_character_that_prints_as_nothing_is_text(text: str) -> None:
    assert encode(text).is_sound


def test_a_quotation_is_told_once() -> None:
    stepped = (
        "Dear Bell,\n\nI have had the following from him, and copy it for you now, all of it:\n\n"
        "    The house was burnt on the night of the third, and there was\n"
        "    nobody who could say how it had come about, he wrote.\n\nSo he says.\n"
    )
    made = encode(stepped)
    assert len(made.tree.findall(".//{*}quote")) == 1
