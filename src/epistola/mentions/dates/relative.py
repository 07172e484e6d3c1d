"""Resolve what is named by its place before or after the day of the letter: "the 12th inst.".

Only against a date that the letter itself gives, and only where one day, month or season
can be meant: a bare "Tuesday" may be past or to come, so it has no value, nor has "next
Spring" in February. A date without its year gets one where the words make it sure ("the 3rd
of March last") or where a weekday does ("Tuesday, 3 May").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from epistola.mentions.dates.days import day_of_feast, name_of
from epistola.mentions.dates.values import (
    SEASONS,
    Found,
    Value,
    days_of,
    form_of,
    iso,
    named,
    span,
    when,
)
from epistola.mentions.dates.words import MORROW
from epistola.model import NOTHING


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day on which a letter was written, by its own words; ``day`` is 0 where unknown."""

    year: int
    month: int
    day: int = 0

    @property
    def months(self) -> int:
        """The number of its month, counted through the years."""
        return self.year * 12 + self.month - 1

    @property
    def date(self) -> date | None:
        """The day as a date, if it is known."""
        return date(self.year, self.month, self.day) if self.day else None


def anchor_of(value: Value) -> Anchor | None:
    """Return the anchor that the date of a letter is: a day or a month, of the usual calendar.

    >>> anchor_of({"when": "1848-05-03"}), anchor_of({"when": "1848"})
    (Anchor(year=1848, month=5, day=3), None)
    """
    text = value.get("when", "")
    if "calendar" in value or text.startswith("--") or "-" not in text:
        return None
    return Anchor(*map(int, text.split("-")))


def _of_months(count: int, day: int = 0) -> str:
    return iso(count // 12, count % 12 + 1, day) if count >= MINYEAR * 12 else ""


# ---------------------------------------------------------------- months and their days


def instant(found: Found, anchor: Anchor) -> Value:
    """Return the value of "the 12th inst.", "the 30th ult.", "the 5th of this month"."""
    offset = _offset(found, "Ikt")
    days = days_of(found)
    return when(_of_months(anchor.months + offset, days[0])) if offset is not None else NOTHING


def _offset(found: Found, letters: str) -> int | None:
    """Return how far words point: -1 is "last", 0 "this"; None for none, and for a mere "the"."""
    row = zip(found.letters, found.reading.numbers[found.first : found.last], strict=True)
    told = [
        0 if letter == "t" else number
        for letter, number in row
        if letter in letters and (letter != "t" or number)
    ]
    return told[-1] if told else None


def day_of_month(found: Found, anchor: Anchor) -> Value:
    """Return the value of "the 3rd of March last", "12 May inst.", "4 June of this year"."""
    form = form_of(found)
    if found.letters.rstrip(".")[-1] == "I":
        return when(_instant_day(found, anchor, form))
    if "5" in found.letters or "y" in found.letters:
        offset = _offset(found, "5kt")
        return when(form if offset is None else f"{anchor.year + offset:04d}-{form[2:]}")
    return when(_nearest(form, anchor, found.numbers("k")[0]) or form)


def _instant_day(found: Found, anchor: Anchor, form: str) -> str:
    """Return the day of "12 May inst.", with its year if the month is the one meant."""
    meant = _of_months(anchor.months + found.numbers("I")[0], days_of(found)[0])
    return meant if meant.endswith(form[1:]) else form


def _nearest(form: str, anchor: Anchor, way: int) -> str:
    """Return ``form`` ("--03-03") with the year that makes it the last or next day of its name."""
    if not anchor.day or len(form) != len("--03-03"):
        return ""
    written = iso(anchor.year, anchor.month, anchor.day)
    years = range(anchor.year + way, anchor.year - 2 * way, -way)
    days = [f"{year:04d}-{form[2:]}" for year in years if iso(year, *_month_and_day(form))]
    side = [day for day in days if (day < written if way < 0 else day > written)]
    return (max(side) if way < 0 else min(side)) if side else ""


def _month_and_day(form: str) -> tuple[int, int]:
    return int(form[2:4]), int(form[5:7])


def month(found: Found, anchor: Anchor) -> Value:
    """Return the value of "last March", "in June next", "May of last year"."""
    number = found.numbers("MA")[0]
    if {"5", "y"} & set(found.letters):
        offset = _offset(found, "5kt")
        return named(found) if offset is None else when(iso(anchor.year + offset, number))
    if "I" in found.letters:
        return named(found)
    way = found.numbers("k")[0]
    count = anchor.year * 12 + number - 1
    passed = count < anchor.months if way < 0 else count > anchor.months
    return when(_of_months(count if passed else count + 12 * way))


# ---------------------------------------------------------------- weekdays and days

DAYS_OF_WEEK = 7


def weekday(found: Found, anchor: Anchor) -> Value:
    """Return the day of "last Tuesday", "Friday next": the nearest of its name on that side."""
    ways, written = found.numbers("k"), _checked(found, anchor)
    if not ways or written is None or "7" in found.letters:
        return NOTHING
    apart = (found.numbers("W")[0] - written.isoweekday()) % DAYS_OF_WEEK
    if ways[0] < 0:
        return when((written - timedelta(DAYS_OF_WEEK - apart)).isoformat())
    return when((written + timedelta(apart or DAYS_OF_WEEK)).isoformat())


def _checked(found: Found, anchor: Anchor) -> date | None:
    """Return the day of the letter, if it is of a time whose weekdays are known."""
    written = anchor.date
    known = written is not None and written.isoformat() >= found.words.gregorian
    return written if known else None


def weekday_and_number(found: Found, anchor: Anchor) -> Value:
    """Return the day of "Monday the 15th" where just one of the months around has it so."""
    written = _checked(found, anchor)
    if written is None:
        return NOTHING
    forms = (_of_months(anchor.months + n, days_of(found)[0]) for n in (-1, 0, 1))
    fitting = [form for form in forms if form and _is_weekday(found, form)]
    return when(fitting[0]) if len(fitting) == 1 else NOTHING


def _is_weekday(found: Found, form: str) -> bool:
    return date.fromisoformat(form).isoweekday() == found.numbers("WV")[0]


def day_with_weekday(found: Found, anchor: Anchor) -> Value:
    """Return the value of "Tuesday, 3 May" with the year, of those around, that has it so."""
    form = form_of(found)
    if not found.numbers("WV") or not form.startswith("--") or _checked(found, anchor) is None:
        return when(form)
    years = range(anchor.year - 1, anchor.year + 2)
    forms = (iso(year, *_month_and_day(form)) for year in years)
    fitting = [day for day in forms if day and _is_weekday(found, day)]
    return when(fitting[0] if len(fitting) == 1 else form)


def near_day(found: Found, anchor: Anchor) -> Value:
    """Return the day of "yesterday", "to-morrow"."""
    offset, written = found.numbers("d")[0], anchor.date
    if written is None or (offset == MORROW and found.letters[0] != "u"):
        return NOTHING
    return when((written + timedelta(1 if offset == MORROW else offset)).isoformat())


def near_feast(found: Found, anchor: Anchor) -> Value:
    """Return the day of "Lady Day last", "next Easter Monday"."""
    ways, written = found.numbers("k"), anchor.date
    if not ways or written is None or not name_of(found):
        return NOTHING
    days = [day_of_feast(found, year) for year in range(anchor.year - 1, anchor.year + 2)]
    now = written.isoformat()
    side = [day for day in days if day and (day < now if ways[0] < 0 else day > now)]
    return when(max(side) if ways[0] < 0 else min(side)) if side and all(days) else NOTHING


# ---------------------------------------------------------------- seasons

UNSURE = 3
"""So many months after a season "last" may mean the one before it; likewise with "next"."""


def season(found: Found, anchor: Anchor) -> Value:
    """Return the months of "last Winter", "this Autumn", where one season alone can be meant."""
    way = _way(found)
    seasons = sorted(_seasons(found.numbers("Ss")[0], anchor))
    if way < 0:
        past = [one for one in seasons if one[1] <= anchor.months]
        return _unless_near(past[-1], anchor.months - past[-1][1])
    if way > 0:
        to_come = [one for one in seasons if one[0] > anchor.months]
        return _unless_near(to_come[0], to_come[0][0] - anchor.months - 1)
    present = [one for one in seasons if one[0] - UNSURE <= anchor.months < one[1]]
    return _lasting(present[0]) if len(present) == 1 else NOTHING


def _way(found: Found) -> int:
    return (found.numbers("k") or [0])[0]


def _seasons(number: int, anchor: Anchor) -> Iterator[tuple[int, int]]:
    """Yield first and last month of a season in the years around, counted as ``Anchor.months``."""
    first, last = SEASONS[number]
    for year in range(anchor.year - 2, anchor.year + 3):
        yield year * 12 + first - 1, year * 12 + last - 1


def _unless_near(months: tuple[int, int], apart: int) -> Value:
    return _lasting(months) if apart >= UNSURE else NOTHING


def _lasting(months: tuple[int, int]) -> Value:
    return span(_of_months(months[0]), _of_months(months[1]), sure=False)


Resolver = Callable[[Found, Anchor], Value]

RESOLVERS: Mapping[str, Resolver] = {
    "inst": instant,
    "day_near": day_of_month,
    "day": day_with_weekday,
    "month_near": month,
    "weekday": weekday,
    "weekday_and_number": weekday_and_number,
    "near_day": near_day,
    "feast": near_feast,
    "season_near": season,
}
"""What resolves the dates of which rule of the grammar."""


def resolve(rule: str, found: Found, value: Value, anchor: Anchor) -> Value:
    """Return ``value`` or, where the letter's own date tells more, what that makes of it."""
    if rule not in RESOLVERS or "calendar" in value or not MINYEAR + 2 < anchor.year < MAXYEAR - 2:
        return value
    return RESOLVERS[rule](found, anchor) or value
