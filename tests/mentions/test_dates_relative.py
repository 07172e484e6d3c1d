"""Dates that a letter names by their distance are reckoned from its own day, and no other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epistola.gazetteer import Names
from epistola.mentions.dates.calendars import easter, gregorian, republican
from epistola.mentions.dates.grammar import dates
from epistola.model import Annotation, Fact, Field, Letter, Source, Span
from epistola.pipeline import encode

HEAD = "Leeds, 3 May 1848."
LETTER = Letter("en", dateline=Fact(HEAD, Span(0, len(HEAD))))


def found(body: str, letter: Letter = LETTER) -> dict[str, dict[str, str]]:
    source = Source("letter", f"{HEAD}\n\nSir,\n\n{body}")
    annotations = dates(source, letter, Names({}))
    return {source[a.span]: dict(a.values) for a in annotations if a.span.start > len(HEAD)}


NOT_RESOLVED = """
He said, "I came yesterday, and go again."
On January 7, 1837, he noted that he came yesterday.
Friday, and still no news. He came yesterday.
5 May. He came yesterday.
"""


@pytest.mark.parametrize("body", NOT_RESOLVED.strip().splitlines())
def test_another_day_or_voice_is_not_the_letters(body: str) -> None:
    assert "yesterday" not in found(body)


def test_a_new_paragraph_is_the_letters_own_again() -> None:
    body = "In all January 7, 1837, was worse by far than that.\n\nHe came yesterday."
    assert found(body)["yesterday"] == {"when": "1848-05-02"}


def test_a_part_of_a_later_day_is_not_resolved() -> None:
    values = found("He came last Tuesday.\n\nThursday, 4 May 1848.\n\nShe came last Tuesday too.")
    assert values["last Tuesday"] == {}
    assert found("He came last Tuesday.\n\nAll is well.")["last Tuesday"] == {"when": "1848-05-02"}


def test_without_a_day_of_its_own_nothing_is_resolved() -> None:
    assert found("He came last Tuesday, not yesterday.", Letter("en")) == {"last Tuesday": {}}


def test_two_days_above_a_letter_are_none() -> None:
    text = "3 May 1848, sent 5 May 1848"
    letter = Letter("en", dateline=Fact(text, Span(0, len(text))))
    source = Source("letter", f"{text}\n\nHe came on the 2nd inst.")
    assert list(dates(source, letter, Names({})))[-1].values == {}


def test_a_line_on_when_it_was_written_gives_the_day() -> None:
    text = "Written: 3 May 1848"
    field = Field("written", Span(0, len(text)), Span(9, len(text)), Span(0, 7))
    source = Source("letter", f"{text}\n\nHe came on the 2nd inst.")
    assert last(source, Letter("en", fields=(field,))).values == {"when": "1848-05-02"}


def last(source: Source, letter: Letter) -> Annotation:
    return list(dates(source, letter, Names({})))[-1]


def test_a_reckoned_weekday_is_only_likely() -> None:
    source = Source("letter", f"{HEAD}\n\nHe came last Tuesday.")
    assert last(source, LETTER).certainty < 0.95


DAYS = st.dates(date(1760, 1, 1), date(1990, 1, 1))
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@given(DAYS, st.sampled_from(WEEKDAYS), st.sampled_from(["last", "next"]))
def test_a_near_weekday_is_within_the_week(written: date, weekday: str, side: str) -> None:
    text = f"{written:%-d} {MONTHS[written.month - 1]} {written.year}"
    letter = Letter("en", dateline=Fact(text, Span(0, len(text))))
    when = last(Source("", f"{text}\n\nIt was {side} {weekday}, I say."), letter).values["when"]
    day = date.fromisoformat(when)
    assert day.isoweekday() == WEEKDAYS.index(weekday) + 1
    apart = (day - written).days
    assert 1 <= (apart if side == "next" else -apart) <= 7


MONTHS = (
    "January February March April May June July August September October November December".split()
)


@given(st.dates(date(1500, 3, 1), date(1999, 12, 31)))
def test_julian_days_follow_each_other(day: date) -> None:
    later = gregorian(day.year, day.month, day.day)
    assert 9 <= (date.fromisoformat(later) - day).days <= 13
    if day.day < 28:
        following = gregorian(day.year, day.month, day.day + 1)
        assert date.fromisoformat(following) - date.fromisoformat(later) == timedelta(1)


@pytest.mark.parametrize("day", [(1700, 2, 30), (1701, 2, 29), (1700, 13, 1), (1700, 4, 31)])
def test_a_day_that_no_julian_year_has_is_none(day: tuple[int, int, int]) -> None:
    assert gregorian(*day) == ""


def test_the_years_of_the_republic_follow_each_other() -> None:
    for year in range(1, 14):
        closing, opening = republican(year)[1], republican(year + 1)[0]
        assert date.fromisoformat(opening) - date.fromisoformat(closing) == timedelta(1)
    assert republican(15) == republican(2, 11, 31) == republican(2, 13, 6) == ("", "")


@given(st.integers(1753, 2099))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    day = easter(year)
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("phrase", "names"),
    [("12/24 May 1848", ["gregorian", "julian"]), ("9 Thermidor, year II", ["republican"])],
)
def test_the_header_describes_the_calendars_of_the_dates(phrase: str, names: list[str]) -> None:
    made = encode(
        f"Riga, 3 June 1848\n\nDear Ann,\n\nWe met on {phrase}, as you know.\n\nYours,\nBen"
    )
    assert made.is_sound
    ids = [c.get("{http://www.w3.org/XML/1998/namespace}id") for c in made.tree.iter("{*}calendar")]
    assert ids == names
