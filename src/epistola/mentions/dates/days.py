"""Say what days named otherwise than by day and month are: in figures, by feast, by Republic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from epistola.mentions.dates.calendars import LAST_DAYS, REPUBLICAN_YEARS, easter
from epistola.mentions.dates.calendars import republican as reckoned
from epistola.mentions.dates.reading import MONTHS, YEARS
from epistola.mentions.dates.values import Found, Value, iso, span, when, year_of
from epistola.mentions.dates.words import ROMANS, solid
from epistola.model import NOTHING

FIGURES = re.compile(r"(\d+)[./-](\d+)[./-](\d+)")
ROMAN_MONTH = re.compile(r"(\d+)[./-]\s?([IVX]+)[./-]\s?(\d+)")
CENTURY = 100


def figures(found: Found) -> Value | None:
    """Return the date that figures give; the year alone where the order is anyone's guess."""
    match = FIGURES.fullmatch(found.text)
    if match is None:
        return _roman_month(found)
    first, second, third = map(int, match.groups())
    if first in YEARS:
        return when(iso(first, second, third)) or None
    year = third if third in YEARS else 0
    if not year and (third >= CENTURY or "-" in found.text or len(match[3]) == 1):
        return None  # 2-7-4 is a sum in pounds, shillings and pence; 1.2.3 a section
    possible = {form for form in _orders(found, first, second, year) if form}
    if not possible:
        return None
    return when(possible.pop() if len(possible) == 1 else iso(year))


def _roman_month(found: Found) -> Value | None:
    """Return the value of "12.XI.1798": a month in roman numbers is in no doubt."""
    match = ROMAN_MONTH.fullmatch(found.text)
    if match is None or ROMANS.get(match[2], 0) not in MONTHS or int(match[3]) not in YEARS:
        return None
    return when(iso(int(match[3]), ROMANS[match[2]], int(match[1]))) or None


def _orders(found: Found, first: int, second: int, year: int) -> Iterator[str]:
    """Yield the dates that two numbers may be, in the orders that are possible."""
    for order, month, day_ in (("dmy", second, first), ("mdy", first, second)):
        if found.order in ("", order) and month in MONTHS and day_:
            yield iso(year, month, day_)


def spaced_figures(found: Found) -> Value | None:
    """Return the value of "11. 8. 2003", where the language has that order."""
    (first, second), (year,) = found.numbers("D"), found.numbers("Y")
    form = iso(year, second, first) if found.order == "dmy" and second in MONTHS else ""
    return when(form) if form else None


FIRST_SURE_EASTER = 1753
"""Before it, English letters reckon Easter by the Julian calendar, others by the Gregorian."""


def feast(found: Found) -> Value | None:
    """Return the day of a feast; one that is no single day ("Christmas") is a date with a year."""
    year = year_of(found)
    if not year and _is_timid(found):
        return None
    return when(day_of_feast(found, year) or (iso(year) if not name_of(found) and year else ""))


def day_of_feast(found: Found, year: int) -> str:
    """Return the day on which the feast fell in ``year`` (0: in any), if it is one day and sure."""
    day_ = name_of(found)
    if day_[:1].isdecimal():
        return f"{year:04d}-{day_}" if year else f"--{day_}"
    if not day_ or year < FIRST_SURE_EASTER:
        return ""
    return (easter(year) + timedelta(int(day_))).isoformat()


def name_of(found: Found) -> str:
    """Return the month and day of a feast, its days after Easter, or ""."""
    return found.words.days[solid(found.word(found.letters.index("F")))]


def _is_timid(found: Found) -> bool:
    """Return whether the feast alone is no date: a season of the year, or a name."""
    feast_ = solid(found.word(found.letters.index("F")))
    return "k" not in found.letters and feast_ in found.words.timid


def republican(found: Found) -> Value | None:
    """Return the value of "12 vendémiaire an VII", "l'an VII"; without a year none."""
    months, days, years = found.numbers("R"), found.numbers("DON"), found.numbers("r")
    if "y" in found.letters and not years:
        years, days = days[-1:], days[:-1]
    if not years:
        return NOTHING if days else None
    if years[0] not in REPUBLICAN_YEARS:
        return None
    month, day_ = (months or [0])[0], (days or [0])[0]
    if month == LAST_DAYS and not day_:
        return NOTHING
    first, last = reckoned(years[0], month, day_)
    value = when(first) if first == last else span(first, last)
    return {**value, "calendar": "#republican"}
