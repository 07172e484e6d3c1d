"""Say what a stretch of date tokens means: the values of a date, by the names TEI gives them.

A value is never more precise than the words. None means that this is no date after all; no
values, that it is a date whose day, month or year the words alone do not give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from epistola.mentions.dates.words import CENTURIES, MONTHS, YEARS, Reading, Words
from epistola.model import NOTHING

Value = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens that the grammar knows: which rule, and what to read it with."""

    reading: Reading
    first: int
    last: int
    words: Words
    order: str

    @property
    def letters(self) -> str:
        """The letters of its tokens."""
        return self.reading.letters[self.first : self.last]

    @property
    def text(self) -> str:
        """What stands in the text, from the first token to the last."""
        start, end = self.reading.spans[self.first][0], self.reading.spans[self.last - 1][1]
        return self.reading.text[start:end]

    def numbers(self, letters: str) -> list[int]:
        """Return the numbers of those tokens that have one of ``letters``, in order."""
        row = zip(self.letters, self.reading.numbers[self.first : self.last], strict=True)
        return [number for letter, number in row if letter in letters]


LEAP_YEAR = 2000
"""Stands in for a year that is not named, so that 29 February may be a day."""


def iso(year: int, month: int = 0, day: int = 0) -> str:
    """Return the W3C form of a date, of which the year (0) may be missing; "" if there is none."""
    try:
        date(year or LEAP_YEAR, month or 1, day or 1)
    except ValueError:
        return ""
    tail = f"-{month:02d}-{day:02d}" if day else f"-{month:02d}" if month else ""
    return f"{year:04d}{tail}" if year else f"-{tail}" if tail else ""


def when(text: str) -> Value:
    """Return the value of a date that is a day, month or year; none for an impossible one."""
    return {"when": text} if text else NOTHING


def _range(first: str, last: str, *, sure: bool = True) -> Value:
    """Return a range, if it runs forward."""
    if not first or not last or first >= last:
        return NOTHING
    return {"from": first, "to": last} if sure else {"notBefore": first, "notAfter": last}


def _years(found: Found) -> list[int]:
    """Return the years; of a double year (1712/13) the one that begins on 1 January."""
    years: list[int] = []
    for before, letter, number in _pairs(found):
        if letter == "Y" and before == "/" and years:
            years[-1] = number
        elif letter == "Y":
            years.append(number)
        elif letter in "DZ" and before == "/" and years:
            years[-1] = _completed(years[-1], number)
    return years


def _pairs(found: Found) -> Iterator[tuple[str, str, int]]:
    letters = found.letters
    row = found.reading.numbers[found.first : found.last]
    return ((letters[at - 1 : at], letters[at], row[at]) for at in range(len(letters)))


def _completed(year: int, short: int) -> int:
    """Return the year that ``short`` is short for after ``year``: 13 after 1712 is 1713."""
    scale: int = 10 ** len(str(short))
    return year - year % scale + short


def _days(found: Found) -> list[int]:
    """Return the days of the month; "twenty-first" is one, what follows a slash or ' is none."""
    days: list[int] = []
    tens = 0
    for before, letter, number in _pairs(found):
        if letter == "T":
            tens = number
        elif letter in "DONK" and before not in ("/", "'"):
            days.append(tens + number)
            tens = 0
    return days


def _calendar(found: Found) -> Value:
    styles = found.numbers("G")
    if "/" in found.letters or styles == [0]:
        return {"calendar": "#julian"}
    return {"calendar": "#gregorian"} if styles else NOTHING


def day(found: Found) -> Value:
    """Return the value of "the 12th of May, 1798", "4 June"."""
    return {**when(_named(found)), **_calendar(found)}


def days_of_month(found: Found) -> Value:
    """Return the value of "17 & 18 May 1871"."""
    (first, last), month, year = _days(found), found.numbers("MAm")[0], _year(found)
    return _range(iso(year, month, first), iso(year, month, last))


def day_to_day(found: Found) -> Value:
    """Return the value of "3 May to 4 June 1871"."""
    (first, last), (one, two) = _days(found), found.numbers("MAm")
    years = _years(found) or [0]
    return _range(iso(years[0], one, first), iso(years[-1], two, last))


def month_to_month(found: Found) -> Value:
    """Return the value of "July-September 1922"."""
    (one, two), years = found.numbers("MAm"), _years(found)
    return _range(iso(years[0], one), iso(years[-1], two))


def named(found: Found) -> Value:
    """Return the value of "May 1871", "early in 1848", "c. 1848": the day, month or year named."""
    return when(_named(found))


def _named(found: Found) -> str:
    months, days = found.numbers("MAm"), _days(found)
    return iso(_year(found), months[0] if months else 0, days[0] if days else 0)


def _year(found: Found) -> int:
    return (_years(found) or [0])[0]


def years(found: Found) -> Value | None:
    """Return the value of "1861-65", "between 1861 and 1865"; "1872/73" may be either."""
    first, *later = found.numbers("Y")
    last = (later or [_completed(first, short) for short in found.numbers("DZ")])[-1]
    if last <= first:
        return None
    sure = not set("/b") & set(found.letters)
    return _range(iso(first), iso(last), sure=sure)


def onwards(found: Found) -> Value:
    """Return the value of "1917 onwards"."""
    return {"from": _named(found)} if _named(found) else NOTHING


def before(found: Found) -> Value:
    """Return the last year, month or day before the one named: pre-1936 is 1935 at the latest."""
    limit, year = _named(found), _year(found)
    if not year or not limit:
        return NOTHING
    precision = limit.count("-")
    if not precision:
        return {"notAfter": iso(year - 1)}
    first = date.fromisoformat(limit if precision > 1 else f"{limit}-01")
    return {"notAfter": (first - timedelta(1)).isoformat()[: len(limit)]}


def after(found: Found) -> Value:
    """Return the year itself: what was "after 1917" may have been later in that year."""
    return {"notBefore": _named(found)} if _years(found) and _named(found) else NOTHING


def decade(found: Found) -> Value:
    """Return the value of "the 1930s"; "the 1900s" may be ten years or a hundred."""
    decades = found.numbers("E")
    if not decades:
        return NOTHING  # "the thirties", of any century
    first, last = decades[0], decades[-1]
    if first % 100 == 0 and first == last:
        return _range(iso(first), iso(first + 99), sure=False)
    return _range(iso(first), iso(last + 9), sure="L" not in found.letters)


def century(found: Found) -> Value:
    """Return the value of "the eighteenth century": 1701 to 1800."""
    numbers = _days(found)
    if not all(number in CENTURIES for number in numbers):
        return NOTHING
    first, last = iso(numbers[0] * 100 - 99), iso(numbers[-1] * 100)
    return _range(first, last, sure="L" not in found.letters)


SEASONS = {1: (3, 6), 2: (6, 9), 3: (9, 12)}
"""First and last month of spring, summer and autumn, on the northern half of the world."""
WINTER = 4


def season(found: Found) -> Value:
    """Return the months between which a season lies; a winter may be of either end of its year."""
    name, first = found.numbers("Ss")[0], found.numbers("Y")[0]
    others = [_completed(first, n) for n in found.numbers("DZ")] + found.numbers("Y")[1:]
    if name == WINTER:
        months = (
            (iso(first, 12), iso(others[-1], 3)) if others else (iso(first, 1), iso(first + 1, 3))
        )
        return _range(*months, sure=False)
    if others:
        return NOTHING
    opening, closing = SEASONS[name]
    return _range(iso(first, opening), iso(first, closing), sure=False)


FIGURES = re.compile(r"(\d+)[./-](\d+)[./-](\d+)")
CENTURY = 100


def figures(found: Found) -> Value | None:
    """Return the date that figures give; the year alone where the order is anyone's guess."""
    match = FIGURES.fullmatch(found.text)
    if match is None:
        return None
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
    day_ = found.words.days.get(" ".join(_feast_words(found).split()).lower(), "")
    year = _year(found)
    if not day_:
        return when(iso(year)) if year else None
    if day_[0].isdecimal():
        return when(f"{year:04d}-{day_}" if year else f"--{day_}")
    if year < FIRST_SURE_EASTER:
        return NOTHING
    return when((_easter(year) + timedelta(int(day_))).isoformat())


def _feast_words(found: Found) -> str:
    at = found.first + found.letters.index("F")
    start, end = found.reading.spans[at]
    return found.reading.text[start:end]


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, after Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def nothing(_: Found) -> Value:
    """Return no value: for weekdays, "inst." and what else only the letter's own date explains."""
    return NOTHING
