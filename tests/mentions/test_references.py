"""References: how far they reach, what they are made of, and what a resolver is told."""

from __future__ import annotations

import re

import pytest

from epistola.gazetteer import Names
from epistola.mentions.works.references import references
from epistola.mentions.works.scopes import scopes
from epistola.model import Annotation, Fact, Field, Letter, Source, Span
from marks import claims

NAMES = Names(
    {
        "newspaper": {"The Times": "", "Times": ""},
        "periodical": {"Edinburgh Review": ""},
        "settlement": {"Leeds": "", "Moscow": ""},
        "country": {"Germany": ""},
        "army": {"Red Army": ""},
        "forename": {"Paul": "", "Ada": ""},
        "surname": {"Grote": ""},
    }
)

NOT_REFERENCES = r"""
We live at No. 5 Baker Street, Room No 4.
On page I opened it stood.
He has 2 vols and no 3 men.
Volume 3 is lost; see page 4.
I read it in London, 3 May 1871.
The Times of war are hard.
Germany's response was slow and the Red Army's book is lost.
In Hyde Park I wrote to him on 3 May 1871.
your sister's letter in her own hand
My Times is lost, and so is my “friend”.
He said “no” by Monday, and my book of accounts is full.
"""

REFERENCES = r"""
[reference my ‘[title Bread and Wine]’ in [title Wild Oats], [scope Volume 13], [scope no 2]]
[reference [author Ann Poe]’s letter in [scope Volume 13], [scope no 3]].
On [reference [author Grote]'s review in [scope vol. 2]] I say nothing.
[reference my review in [scope vol. 3], [scope no. 2]]
in the [reference [title Edinburgh Review], [scope vol. xii]. [citedRange p. 34]], I find
([reference [title The Times], [date 3 May 1871]])
([reference [title The Daily Lamp], [date 3 May 1871]])
In [reference “[title The Lamp Review]” of [date the 21st of January]] I read
[reference your article in the [title Edinburgh Review] of [date 3 May]].
[reference ibid., [citedRange p. 3]] says so
his work, [reference “[title Bread and Wine]” ([pubPlace Leeds], [date 1839])]
In [reference “[title Bread and Wine]” ([publisher Owl Press], [pubPlace Leeds], [date 1839])]
a notice in [reference [scope No. 1] of the [title Lantern]] today
In [reference [title Reluctant Pilgrim]] I stressed the road.
[reference my “[title Dawn]” in “[title The Daily Lamp]”] is good
I have read [reference “[title Bread and Wine]” by [author Ada Poe]]. Then I slept.
I have read [reference [author Ada Poe]'s “[title Bread and Wine]”] and wept.
[reference My novel, _[title Bread and Wine]_], is out; [work my novel] sells.
I have read [reference [author Ada Poe]'s novel “[title Dawn]”] and [work the same novel] again.
I read “Dawn” and “Bread and Wine”. [work The latter] is good; not so [work the former].
[work Paul Grote’s response] to me and [work Ada Poe's new book]
"""


def rows(table: str) -> list[str]:
    return [row for row in table.strip().splitlines() if row]


def parts(row: str) -> tuple[str, list[tuple[str, str]]]:
    """The text of a row and its parts; unlike ``marked``, two marks may end together."""
    text, opened, inside = "", list[tuple[str, int]](), list[tuple[int, int, str]]()
    for piece in re.split(r"(\[\w+ |\])", row):
        if piece == "]":
            kind, start = opened.pop()
            inside.append((start, -len(text), kind))
        elif piece.startswith("["):
            opened.append((piece[1:-1], len(text)))
        else:
            text += piece
    return text, [(kind, text[start:-end]) for start, end, kind in sorted(inside)]


def found(text: str, letter: Letter | None = None) -> list[Annotation]:
    return list(references(Source("text", text), letter or Letter(), NAMES))


def values(text: str, letter: Letter | None = None) -> dict[str, str]:
    (reference,) = (a for a in found(text, letter) if a.kind == "reference")
    return dict(reference.values)


def page(value: str) -> tuple[str, Letter]:
    text = f"Source: {value}"
    field = Field("source", Span(0, len(text)), Span(8, len(text)), Span(0, 6))
    return text, Letter(author=Fact("Ada Byron"), fields=(field,))


@pytest.mark.parametrize("row", rows(NOT_REFERENCES))
def test_is_no_reference(row: str) -> None:
    assert [a.kind for a in found(row) if a.kind in {"reference", "work"}] == []


@pytest.mark.parametrize("row", rows(REFERENCES))
def test_reference(row: str) -> None:
    text, expected = parts(row)
    assert [(kind, part) for kind, part, _ in claims(Source("", text), found(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "my ‘Bread and Wine’ in Wild Oats, Volume XIII, no 2, Summer 2011",
            {
                "author": "#letter", "owner": "letter", "title": "Bread and Wine", "level": "a",
                "journal": "Wild Oats",
                "volume": "13", "issue": "2", "date": "2011-06/2011-09",
            },
        ),
        (
            "Ann Poe’s letter in Volume 13, no 3",
            {"author": "Ann Poe", "genre": "letter", "volume": "13", "issue": "3"},
        ),
        (
            "his letter in Volume 13, no 3",
            {"genre": "letter", "owner": "man", "volume": "13", "issue": "3"},
        ),
        ("ibid., pp. 3-5", {"cue": "ibid", "page": "3-5"}),
        ("Op. cit. p. 45", {"cue": "op. cit", "page": "45"}),
        ("In Reluctant Pilgrim I wrote it.", {"title": "Reluctant Pilgrim", "level": "m"}),
        ("(The Times, 3 May 1871)", {"journal": "The Times", "date": "1871-05-03"}),
    ],
)  # fmt: skip
def test_values_say_what_a_resolver_needs(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("value", "whole", "expected"),
    [
        (
            "Wild Oats, Volume 13, no 4, Summer 2011.",
            "Wild Oats, Volume 13, no 4, Summer 2011",
            {"journal": "Wild Oats", "volume": "13", "issue": "4", "date": "2011-06/2011-09"},
        ),
        (
            "Georg Plum, Selected Works, Volume 2 (Owl Press, Leeds, 1976), pp 3-97. Set by Bo.",
            "Georg Plum, Selected Works, Volume 2 (Owl Press, Leeds, 1976), pp 3-97",
            {
                "author": "Georg Plum", "title": "Selected Works", "level": "m",
                "volume": "2", "page": "3-97", "extent": "3-97", "date": "1976",
            },
        ),
        (
            "Reprinted in Wild Oats, No.17",
            "Wild Oats, No.17",
            {"journal": "Wild Oats", "issue": "17"},
        ),
    ],
)  # fmt: skip
def test_the_value_of_a_line_on_the_source_is_one_reference(
    value: str, whole: str, expected: dict[str, str]
) -> None:
    text, letter = page(value.removeprefix("Reprinted "))
    (reference,) = (a for a in found(text, letter) if a.kind == "reference")
    assert text[reference.span.start : reference.span.end] == whole
    assert values(text, letter) == expected


def test_a_line_on_the_source_names_its_people_and_printers() -> None:
    text, letter = page("Ann Poe (ed.), Ada Byron: Letters Home, Moscow: Owl House, 1981, p. 4")
    parts = [(a.kind, text[a.span.start : a.span.end]) for a in found(text, letter)]
    assert sorted(parts) == sorted(
        [
            ("reference", text.removeprefix("Source: ")),
            ("editor", "Ann Poe"),
            ("author", "Ada Byron"),
            ("title", "Letters Home"),
            ("pubPlace", "Moscow"),
            ("publisher", "Owl House"),
            ("date", "1981"),
            ("scope", "p. 4"),
        ]
    )


def test_a_reference_does_not_cross_a_blank_line() -> None:
    text = "my ‘Bread’ in\n\nVolume 3, no 2"
    (reference,) = (a for a in found(text) if a.kind == "reference")
    assert text[reference.span.start : reference.span.end] == "my ‘Bread’"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volume 13, no 2", [("volume", "13"), ("issue", "2")]),
        ("vol. xii. p. 34", [("volume", "12"), ("page", "34")]),
        ("pp 379–97", [("page", "379-97")]),
        ("Vol.II, act IV, scene ii", [("volume", "2"), ("act", "4"), ("scene", "2")]),
        ("on page I opened; no 1,500; no mix; volume dim", []),
    ],
)
def test_scopes(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(scope.unit, scope.n) for scope in scopes(Source("text", text), "en")] == expected
