"""Verse, lists, tables and block quotations among the paragraphs of a letter."""

from __future__ import annotations

import pytest

from epistola.model import Source
from epistola.text.extracts import extracts
from epistola.text.lists import lists
from epistola.text.paragraphs import Paragraph, measure
from epistola.text.tables import tables
from epistola.text.verse import verse
from stretched import set_in

PROSE = (
    "I was so glad of your letter that I read it to all of them at once, and\n"
    "then again to myself, and there was nobody who did not wish you well.\n\n"
)


def kinds(made: list[tuple[list[Paragraph], list]]) -> list[list[str]]:  # type: ignore[type-arg]
    return [[a.kind for a in becomes] for _, becomes in made]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("Mr. Bell,\nBridge Street,\nBath,\nSomerset.", []),
        ("    Mr. John Bell\n    Mr. Henry Quill", []),
        ("    Ever, my dear friend,\n    Most truly yours.", []),
        (f"    So no more of this now from\n{' ' * 50}The old man of it.", []),
        ("    Bread and wine     3\n    And some cheese    4", []),
        ("    the wind was high and\n    the sea was not so very calm", []),
        ("The wind is high\nAnd all is well", []),
        (
            "    The wind is high upon the sea,\n    And all is well with thee and me.",
            [["verse", "line", "line"]],
        ),
        (
            '    "The wind is high upon the sea,\n    And all is well with thee and me."',
            [["extract", "verse", "line", "line"]],
        ),
        (
            "The wind is high upon the sea,\nAnd all is well with me,\n"
            "The ships are gone, the men are come,\nAnd nobody is free.",
            [["verse", "line", "line", "line", "line"]],
        ),
        (
            "    The wind is high upon the sea,\n    And all is well.\n\n"
            "    The ships are gone upon the wind,\n    And nobody is free.",
            [["verse", "line", "line", "verse", "line", "line"]],
        ),
    ],
)
def test_verse(block: str, expected: list[list[str]]) -> None:
    source, found = set_in(PROSE + block)
    assert kinds(list(verse(source, found, measure(found), "en"))) == expected


def test_verse_that_is_announced_is_quoted() -> None:
    lines = "    The wind is high upon the sea,\n    And all is well with thee."
    source, found = set_in(PROSE + "He wrote these lines, and gave them to me:--\n\n" + lines)
    ((_, made),) = verse(source, found, measure(found), "en")
    assert [(a.kind, a.certainty < 1) for a in made[:2]] == [("extract", True), ("verse", False)]


def test_quoted_verse_that_is_announced_may_begin_small() -> None:
    lines = "    »Der Wind ist hoch und alles\n    ist gut mit mir und dir.«"
    source, found = set_in(PROSE + "He wrote these lines, and gave them to me:\n\n" + lines)
    assert kinds(list(verse(source, found, measure(found), "de"))) == [
        ["extract", "verse", "line", "line"]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2. Bread.\n3. Cheese.", []),
        ("1. Bread.\n\n2. Cheese.", []),
        ("1801. It rained.\n1802. It did not.", []),
        ("- Bread\n- Cheese", []),
        ("* * *", []),
        ("1. Bread.\n2. Cheese.", [["list", "item", "item"]]),
        ("We need:\n(a) Bread and\nwine.\n(b) Cheese.", [["p", "list", "item", "item"]]),
        ("- Bread\n- Cheese\n- Wine", [["list", "item", "item", "item"]]),
        ("1. Bread.\n\n2. Cheese.\n\n3. Wine.", [["list", "item", "item", "item"]]),
    ],
)
def test_lists(text: str, expected: list[list[str]]) -> None:
    source, found = set_in(text)
    assert kinds(list(lists(source, found))) == expected


def test_an_item_has_its_number_and_all_its_lines() -> None:
    source, found = set_in("We need:\n1. Bread and\nwine.\n2. Cheese.")
    ((_, made),) = lists(source, found)
    items = [(source[a.span], dict(a.values)) for a in made if a.kind == "item"]
    assert items == [("1. Bread and\nwine.", {"n": "1"}), ("2. Cheese.", {"n": "2"})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bread    3\nCheese   4", []),
        ("It rained.   He went.\nNobody  came to him.\nHe was glad of   that.", []),
        ("Bread    3\nCheese   4    5\nWine     6", []),
        ("Bread    3\nCheese   4\nWine     6", [["table", *["row", "cell", "cell"] * 3]]),
        ("Bread\t3\nCheese and wine\t4\nWine\t6", [["table", *["row", "cell", "cell"] * 3]]),
        ("He came....\nNobody knew....\nSo it was....", []),
        ("Bread ..... 3\nCheese .... 4\nWine ...... 6", [["table", *["row", "cell", "cell"] * 3]]),
        ("Bread  ....30\nCheese  ...40\nWine  .....60", [["table", *["row", "cell", "cell"] * 3]]),
    ],
)
def test_tables(text: str, expected: list[list[str]]) -> None:
    source, found = set_in(text)
    assert kinds(list(tables(source, found))) == expected


STEPPED = (
    "    The house was burnt on the night of the third, and there was nobody\n"
    "    who could say how it had come about, or whether it was meant."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STEPPED, 0),
        (PROSE + STEPPED, 0),
        (PROSE + "He wrote to me:\n\n" + STEPPED.replace("    ", ""), 0),
        (PROSE + "He wrote to me:\n\n    It was burnt.", 0),
        (PROSE + "He wrote to me:\n\n" + STEPPED, 1),
        (PROSE + STEPPED.replace("The", '"The', 1) + '"', 1),
        (PROSE + "> It was burnt.\n> So he wrote.", 1),
        (PROSE + "    THE BRIDGE\n\n" + PROSE, 0),
        ("  " + PROSE + "  It was burnt.\n\n  " + PROSE, 0),
        (PROSE + "It was burnt.\n\n" + PROSE, 0),
        (PROSE + "    It was burnt.\n\n" + PROSE, 1),
        (PROSE.rstrip(".\n") + ":\n\n    It was burnt.", 1),
    ],
)
def test_extracts(text: str, expected: int) -> None:
    source, found = set_in(text)
    assert len(list(extracts(source, found, measure(found)))) == expected


def test_paragraphs_have_their_lines_with_indents() -> None:
    source, found = set_in("  One\n    two  \n\nThree")
    assert [[(source[line.span], line.indent) for line in p.lines] for p in found] == [
        [("One", 2), ("two", 4)],
        [("Three", 0)],
    ]
    assert measure([]) == measure(set_in("Short.")[1])
    assert isinstance(source, Source)
