"""Which names count, and what of them: written as they stand on the page."""

from __future__ import annotations

import pytest

from epistola.evaluate.counted import counted, without_address
from epistola.evaluate.gold import Mention
from epistola.evaluate.words import words_of
from marks import marked

ENGLISH = frozenset({"en"})


def mentions(line: str) -> tuple[str, list[Mention]]:
    source, annotations = marked(line)
    return source.text, [Mention(a.span, a.kind) for a in annotations]


def shown(text: str, found: list[Mention] | tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(m.kind, text[m.span.start : m.span.end]) for m in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[person my old friend]", []),
        ("[date next week]", []),
        ("[date maybe]", []),
        ("[place  ]", []),
        ("[person “”]", []),
        ("[person Mr. Finch]", [("person", "Mr. Finch")]),
        ("[person the Finches]", [("person", "Finches")]),
        ("[person The “Finches”]", [("person", "Finches")]),
        ("[person Theodore]", [("person", "Theodore")]),
        ("[person Finch’s]", [("person", "Finch")]),
        ("[person Moses']", [("person", "Moses")]),
        ("[person Moses]", [("person", "Moses")]),
        ("[org the Times’s”,]", [("org", "Times")]),
        ("[place Ely. ]", [("place", "Ely.")]),
        ("[place Derby.]", [("place", "Derby")]),
        ("[org the B.B.C.]", [("org", "B.B.C.")]),
        ("[date the 3d of May,]", [("date", "3d of May")]),
        ("[date Februar]", [("date", "Februar")]),
        ("[date Michaelmas]", [("date", "Michaelmas")]),
        ("[date Thursdays]", [("date", "Thursdays")]),
        ("[date New Year’s\nDay]", [("date", "New Year’s\nDay")]),
        ("[person [person Ann] Finch]", [("person", "Ann Finch")]),
        ("[title Life of [person Ann]]", [("title", "Life of Ann"), ("person", "Ann")]),
        ("[person a [person Ann]]", [("person", "Ann")]),
        ("[reference the “play” ]", [("reference", "the “play”")]),
        ("[person Ann\nFinch ]", [("person", "Ann\nFinch")]),
    ],
)
def test_counted(line: str, expected: list[tuple[str, str]]) -> None:
    text, found = mentions(line)
    assert shown(text, counted(text, found, ENGLISH)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[person Finch]", "Finch"),
        ("[person Mrs]", "Mrs"),
        ("[person Mrson]", "Mrson"),
        ("[place Lady Island]", "Lady Island"),
        ("[person Mr. Finch]", "Finch"),
        ("[person my dear Aunt Mary]", "Mary"),
        ("[person Duke of Derby]", "of Derby"),
        ("[person Geo. F.]", "Geo. F"),
        ("[date May 3 .]", "May 3"),
    ],
)
def test_without_address(line: str, expected: str) -> None:
    text, (mention,) = mentions(line)
    span = without_address(text, mention, ENGLISH)
    assert text[span.start : span.end] == expected


def test_the_words_are_those_of_the_languages() -> None:
    text, found = mentions("[person die Anna] [person Frau Anna]")
    german = frozenset({"de"})
    assert shown(text, counted(text, found, german))[0] == ("person", "Anna")
    assert shown(text, counted(text, found, ENGLISH))[0] == ("person", "die Anna")
    assert len(without_address(text, found[1], german)) == len("Anna")


def test_a_language_without_data_has_no_words() -> None:
    words = words_of(frozenset({"xx"}))
    assert words.endings == ()
    assert not words.address.match("Mr Finch")
    assert not words.calendar.search("May")
    assert words.calendar.search("3")
