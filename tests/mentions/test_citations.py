"""Citations as scholars write them: what is one, how far it reaches and what it is made of."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from epistola.gazetteer import Names
from epistola.mentions.settle import PARTS
from epistola.mentions.works.citations import citations
from epistola.model import Annotation, Field, Letter, Source, Span
from marks import claims, in_order, marked

NAMES = Names(
    {
        "settlement": {"Leeds": "", "Bonn": "", "Ghent": ""},
        "forename": {"Anna": "", "Paul": ""},
        "surname": {"Bly": "", "Poe": "", "Black": ""},
        "word": {"History": "", "Black": "", "Between": ""},
    }
)
KINDS = frozenset({"reference", "title", "date", *PARTS})

PROSE = """
In 1848 Paul Bly, the printer, went to Leeds (1850).
I read A. Bly, whose Owls I like, in May 1871.
We met Poe (1861), page 4 in hand.
Anna Bly 1901, my aunt
Owl Lane, Tuesday morning (August, 1814)
Leeds, 4 May 1871, and 12 owls
A. Bly, The Owls of Leeds.
In the Owls Act 1981 (Kent) I find nothing.
Black, p. 12
"""
"""No citation in running prose."""

NOTES = """
1 Between 1851 and 1861 there were 12 owls.
2 Leeds, 1889, was cold.
3 History, p. 4, says so.
4 Tuesday, May 4, 1871
5 The owls of Bly (a town), 12 in all, were sold in 1871; see below.
6 Paul Poe (1801-1871) was a poet.
7 By the Owls (Protection) Act 1981 (Kent) they are safe.
"""
"""No citation in a note either."""


TABLE = Path(__file__).with_name("citations.tsv").read_text("utf-8")
CITED = [tuple(line.split("\t")) for line in TABLE.splitlines() if not line.startswith("#")]
"""The language of each citation, and the line that holds it."""


def rows(table: str) -> list[str]:
    return [row for row in table.strip().splitlines() if row]


def found(text: str, language: str = "en", fields: tuple[Field, ...] = ()) -> list[Annotation]:
    letter = Letter(language=language, fields=fields)
    return in_order(citations(Source("t", text), letter, NAMES))


def shown(source: Source, annotations: list[Annotation]) -> list[tuple[str, str, str]]:
    """What a row compares: kind, text, and the level of a title."""
    return [
        (kind, text, values.get("level", "") if kind == "title" else "")
        for kind, text, values in claims(source, annotations)
        if kind in KINDS
    ]


@pytest.mark.parametrize("text", [*rows(PROSE), *rows(NOTES)])
def test_what_is_no_citation(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("language", "row"), CITED)
def test_what_is_cited(language: str, row: str) -> None:
    listed = language == "list"
    source, expected = marked("Bibliography\n\n" + row if listed else row)
    levels = [(a.kind, source[a.span], a.values.get("level", "")) for a in expected]
    assert shown(source, found(source.text, "en" if listed else language)) == levels


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("text", ["", "\n", "1", "(1", "1 (", "[1] (1991) 2", "1 A.", "1 Bly, ‘"])
def test_stumps_of_notes_hold_nothing(text: str, language: str) -> None:
    assert found(text, language) == []


PROVEN = "as he says (A. Bly, Owls at Home (Leeds, 1980) 12), and so on"


def test_prose_cites_where_it_proves_it() -> None:
    texts = [text for kind, text, _ in shown(Source("t", PROVEN), found(PROVEN)) if kind == "title"]
    assert texts == ["Owls at Home"]


def test_an_author_is_a_person_too() -> None:
    people = [a for a in found("1 A. Bly, Owls (1980) 4.") if a.kind == "person"]
    assert [a.span for a in people] == [Span(2, 8)]


def test_a_line_of_metadata_is_read_elsewhere() -> None:
    line = "1. A. Bly, Owls (1980) 4."
    whole = Span(0, len(line))
    assert found(line) != []
    assert found(line, fields=(Field("source", whole, whole),)) == []


TOLD = [
    ("1 Bly, op. cit., n. 7, pp. 80-1", "author=bly cue=op.cit note=7 page=80-1"),
    ("1 A. Bly, Owls (1980) 4", "title=owls level=m author=a.bly date=1980 page=4"),
    ("1 A. Bly, Owls, vol. 1 (1980) 4", "title=owls level=m volume=1 page=4"),
    ("1 A. Bly, Owls, trans. C. Dale (1980) 4", "title=owls translator=c.dale"),
    ("1 A. Bly, ‘Owls’, Birds 4 (1980) 12-19, 15", "extent=12-19 page=12-19 volume=4"),
    ("1 A. Bly, ‘Owls’ (1980) 4 Birds 12", "journal=birds volume=4 title=owls page=12"),
]


@pytest.mark.parametrize(("text", "values"), TOLD)
def test_values_tell_a_resolver(text: str, values: str) -> None:
    told = {f"{k}={v.lower().replace(' ', '')}" for k, v in found(text)[0].values.items()}
    assert set(values.split()) <= told


@pytest.mark.parametrize(
    "piece",
    ["A. Bly, ", "‘Owls, ", "(1991) 2 Owl ", "Bly/", "Bly (1990). Owl, ", "Owls Act of the "],
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    """A hostile paragraph, of openings that lead nowhere, is read as fast as it is long."""
    times = []
    for count in (400, 3200):
        start = perf_counter()
        found("1 " + piece * count)
        times.append(perf_counter() - start)
    assert times[1] < max(1, 40 * times[0])
