"""A table of date phrases as letters write them: every value is right or absent, none wrong."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from epistola.gazetteer import Names
from epistola.mentions.dates.grammar import dates
from epistola.model import Fact, Letter, Source, Span

TABLE = Path(__file__).with_name("date_phrases.tsv")
NAMES = Names({"forename": {"June": "", "Avril": "", "Noël": "", "August": ""}})
Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    lines = TABLE.read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(code, *rest, *[""] * (3 - len(rest))) for code, *rest in cells]  # type: ignore[misc]


def expected_of(phrase: str, values: str) -> list[tuple[str, dict[str, str]]]:
    marked = re.search(r"\[(.+)\]", phrase)
    if marked is None:
        return []
    pairs = (pair.split("=", 1) for pair in values.split() if pair != "-")
    return [(marked[1], {name: value.replace(",", " ") for name, value in pairs})]


def found_in(code: str, phrase: str, written: str) -> list[tuple[str, dict[str, str]]]:
    head = f"{written}\n\n" if written else ""
    source = Source("row", head + re.sub(r"[\[\]]", "", phrase))
    dateline = Fact(written, Span(0, len(written))) if written else None
    found = dates(source, Letter(code, dateline=dateline), NAMES)
    return [(source[a.span], dict(a.values)) for a in found if a.span.start >= len(head)]


@pytest.mark.parametrize("row", rows(), ids="|".join)
def test_a_phrase_means_what_it_says(row: Row) -> None:
    code, phrase, values, written = row
    assert found_in(code, phrase, written) == expected_of(phrase, values)


def test_the_table_is_long_enough() -> None:
    languages = Counter(code for code, *_ in rows())
    assert languages["en"] >= 180
    assert min(languages["de"], languages["fr"]) >= 60
    assert languages.total() >= 300


def test_no_row_stands_twice() -> None:
    assert max(Counter(rows()).values()) == 1
