"""Say what a stretch of date tokens means: the values of a date, by the names TEI gives them.

A value is never more precise than the words. None means that this is no date after all; no
values, that it is a date whose day, month or year the words alone do not give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from epistola.mentions.dates.calendars import gregorian
from epistola.mentions.dates.reading import Reading
from epistola.mentions.dates.words import Words
from epistola.model import NOTHING

Value = Mapping[str, str]
JULIAN: Value = {"calendar": "#julian"}
BOTH_CALENDARS: Value = {"calendar": "#julian #gregorian"}


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

    def word(self, at: int) -> str:
        """Return the token at ``at``, counted from its first one; "" beyond the text."""
        if not 0 <= self.first + at < len(self.reading.spans):
            return ""
        start, end = self.reading.spans[self.first + at]
        return self.reading.text[start:end]

    def numbers(self, letters: str) -> list[int]:
        """Return the numbers of those tokens that have one of ``letters``, in order."""
        row = zip(self.letters, self.reading.numbers[self.first : self.last], strict=True)
        return [number for letter, number in row if letter in letters]


# ---------------------------------------------------------------- parts of dates

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


def span(first: str, last: str, *, sure: bool = True) -> Value:
    """Return a range, if it runs forward; one that is not sure is only what lies between."""
    if not first or not last or first >= last:
        return NOTHING
    return {"from": first, "to": last} if sure else {"notBefore": first, "notAfter": last}


def years_of(found: Found) -> list[int]:
    """Return the years; of a double year (1712/13) the one that begins on 1 January."""
    years: list[int] = []
    for before, letter, number in _pairs(found):
        doubled = before in ("/", "~") and bool(years)
        if letter == "Y" and before == "/" and years:
            years[-1] = number
        elif letter == "Y":
            years.append(number)
        elif letter in "DZ" and doubled:
            years[-1] = completed(years[-1], number)
    return years


def _pairs(found: Found) -> Iterator[tuple[str, str, int]]:
    letters = found.letters
    row = found.reading.numbers[found.first : found.last]
    return ((letters[at - 1 : at], letters[at], row[at]) for at in range(len(letters)))


def completed(year: int, short: int) -> int:
    """Return the year that ``short`` is short for after ``year``: 13 after 1712 is 1713."""
    scale: int = 10 ** len(str(short))
    return year - year % scale + short


def year_of(found: Found) -> int:
    """Return the first year named, or 0."""
    return (years_of(found) or [0])[0]


def days_of(found: Found) -> list[int]:
    """Return the days of the month; "twenty-first" is one, what is short for a year is none."""
    days: list[int] = []
    tens = 0
    seen = ""
    for before, letter, number in _pairs(found):
        if letter == "T":
            tens = number
        elif letter in "DONK" and before != "'" and not (before in "/~" and seen == "Y"):
            days.append(tens + number)
            tens = 0
        seen = letter if letter not in "/~" else seen
    return days


# ---------------------------------------------------------------- days


def named(found: Found) -> Value:
    """Return the value of "May 1871", "early in 1848", "c. 1848": the day, month or year named."""
    return when(form_of(found))


def form_of(found: Found) -> str:
    """Return the W3C form of the first day, month or year named."""
    months, days = found.numbers("MAm"), days_of(found)
    return iso(year_of(found), months[0] if months else 0, days[0] if days else 0)


def day(found: Found) -> Value:
    """Return the value of "the 12th of May, 1798", "4 June", of the Old Style and the New.

    An Old Style day is given as the Gregorian one, as TEI asks (att.datable.w3c): the 11th
    of February 1731/32, O.S., is the 22nd of February 1732.
    """
    styles = found.numbers("G")
    if styles == [1]:
        return {**named(found), "calendar": "#gregorian"}
    first = found.numbers("Y")[:1]
    if first and years_of(found) != first:
        return _of_double_year(found, first[0])
    return _old_style(found, year_of(found)) if styles else named(found)


OLD_NEW_YEAR = (3, 25)
"""The day on which the year began in England, until 1752."""


def _of_double_year(found: Found, first: int) -> Value:
    """Return the value of "10 Feb. 1711/12": such a day lies before the old New Year's Day."""
    last, month, day_ = year_of(found), found.numbers("MAm")[0], days_of(found)[0]
    if last != first + 1 or (month, day_) >= OLD_NEW_YEAR:
        return NOTHING
    if iso(last) >= found.words.gregorian:
        return span(iso(first, month, day_), iso(last, month, day_), sure=False)
    return {**when(gregorian(last, month, day_)), **JULIAN}


def _old_style(found: Found, year: int) -> Value:
    """Return the value of "3 May 1699 O.S."; of "3 March" the year may be either."""
    months, days = found.numbers("MAm"), days_of(found)
    early = iso(year) < found.words.gregorian and (months[0], days[0]) < OLD_NEW_YEAR
    if not year or early:
        return JULIAN
    return {**when(gregorian(year, months[0], days[0])), **JULIAN}


def days_of_month(found: Found) -> Value:
    """Return the value of "17 & 18 May 1871", "the 3rd or 4th of May", "12/24 May 1821"."""
    days, month, year = days_of(found), found.numbers("MAm")[0], year_of(found)
    first, last = iso(year, month, days[0]), iso(year, month, days[-1])
    if "/" in found.letters.partition("Y")[0]:
        return _two_calendars(first, last) or span(first, last, sure=False)
    return span(first, last, sure=_is_row(found, days))


def _is_row(found: Found, days: Sequence[int]) -> bool:
    """Return whether numbers are a stretch without a gap, not two of which one is meant."""
    if {"v", "b"} & set(found.letters):
        return False
    return bool({"u", "9", "~"} & set(found.letters)) or days[-1] - days[0] == len(days) - 1


DIFFERENCES = range(10, 14)
"""By how many days the calendars differed from 1582 to 2100."""


def _two_calendars(old: str, new: str) -> Value:
    """Return the value of a day in both calendars, or nothing where the two are not the same."""
    if not old or not new:
        return NOTHING
    if old.startswith("--"):
        same = int(new[-2:]) - int(old[-2:]) in DIFFERENCES
    else:
        same = gregorian(*map(int, old.split("-"))) == new
    return {"when": new, **BOTH_CALENDARS} if same else NOTHING


def day_to_day(found: Found) -> Value:
    """Return the value of "3 May to 4 June 1871", and of "28 Feb./12 March 1821"."""
    (first, last), (one, two) = days_of(found), found.numbers("MAm")
    years = years_of(found) or [0]
    opening, closing = iso(years[0], one, first), iso(years[-1], two, last)
    if "/" in found.letters:
        return _two_calendars(opening, closing)
    return span(opening, closing, sure="b" not in found.letters)


def month_to_month(found: Found) -> Value:
    """Return the value of "July-September 1922", "May or June 1848", "from May to July"."""
    (one, two), years = found.numbers("MAm"), years_of(found) or [0]
    unsure = {"/", "v", "b"} & set(found.letters)
    if "&" in found.letters and two - one != 1:
        unsure.add("&")
    return span(iso(years[0], one), iso(years[-1], two), sure=not unsure)


# ---------------------------------------------------------------- years, decades, centuries


def years(found: Found) -> Value | None:
    """Return the value of "1861-65", "between 1861 and 1865"; "1872/73" may be either."""
    first, *later = found.numbers("Y")
    last = (later or [completed(first, short) for short in found.numbers("DZ")])[-1]
    if last <= first:
        return None
    return span(iso(first), iso(last), sure=not set("/bv") & set(found.letters))


def onwards(found: Found) -> Value:
    """Return the value of "1917 onwards", "since 1917"."""
    return {"from": form_of(found)} if form_of(found) else NOTHING


def until(found: Found) -> Value:
    """Return the value of "until 1945"."""
    return {"to": form_of(found)} if form_of(found) else NOTHING


def before(found: Found) -> Value:
    """Return the last year, month or day before the one named: pre-1936 is 1935 at the latest."""
    limit, year = form_of(found), year_of(found)
    if not year or not limit:
        return NOTHING
    precision = limit.count("-")
    if not precision:
        return {"notAfter": iso(year - 1)}
    first = date.fromisoformat(limit if precision > 1 else f"{limit}-01")
    return {"notAfter": (first - timedelta(1)).isoformat()[: len(limit)]}


def after(found: Found) -> Value:
    """Return the year itself: what was "after 1917" may have been later in that year."""
    return {"notBefore": form_of(found)} if years_of(found) and form_of(found) else NOTHING


def lone_year(found: Found) -> Value | None:
    """Return the value of a year that stands alone; in quotation marks it is a title, "1984"."""
    start, end = found.reading.spans[found.first]
    around = found.reading.text[max(0, start - 1) : end + 1]
    return None if around[0] == around[-1] == '"' else named(found)


def of_one_thing(found: Found) -> Value | None:
    """Return the year of "the 1916 volume"; "the 1916 volumes" may be so many."""
    plural, thing = found.words.plural, found.word(1)
    return None if not plural or thing.endswith(plural) else named(found)


def decade(found: Found) -> Value:
    """Return the value of "the 1930s"; "the 1900s" may be ten years or a hundred."""
    decades = found.numbers("E")
    if not decades:
        return _spelled_decade(found)
    first, last = decades[0], decades[-1]
    if first % 100 == 0 and first == last:
        return span(iso(first), iso(first + 99), sure=False)
    gap = last - first > 10 and not {"~", "u", "9"} & set(found.letters)  # noqa: PLR2004 - ten years
    sure = not gap and not {"L", "v"} & set(found.letters)
    return span(iso(first), iso(last + 9), sure=sure)


def _spelled_decade(found: Found) -> Value:
    """Return the value of "the eighteen-thirties"; "the thirties" may be of any century."""
    centuries, tens = found.numbers("K"), found.numbers("e")
    if not centuries or centuries[0] not in SPELLED_CENTURIES or tens[0] not in range(2, 10):
        return NOTHING
    first = 100 * centuries[0] + 10 * tens[0]
    return span(iso(first), iso(first + 9), sure="L" not in found.letters)


SPELLED_CENTURIES = range(13, 20)


def years_of_decade(found: Found) -> Value:
    """Return the value of "les années 1930", "les années 1848 et 1849"; "30" is of any century."""
    first, *later = found.numbers("Y") or [0]
    if later:
        return span(iso(first), iso(later[-1]), sure=later[-1] == first + 1 or "u" in found.letters)
    sure = "L" not in found.letters
    return span(iso(first), iso(first + 9), sure=sure) if first and first % 10 == 0 else NOTHING


CENTURIES = range(1, 22)


def century(found: Found) -> Value:
    """Return the value of "the eighteenth century": 1701 to 1800."""
    numbers = [*days_of(found), *found.numbers("r")]
    if "U" in found.letters or not all(number in CENTURIES for number in numbers):
        return NOTHING
    first, last = iso(numbers[0] * 100 - 99), iso(numbers[-1] * 100)
    sure = "L" not in found.letters and _is_row(found, numbers)
    return span(first, last, sure=sure)


SEASONS = {1: (3, 6), 2: (6, 9), 3: (9, 12), 4: (12, 15)}
"""First and last month of each season on the northern half of the world; 15 is next March."""
WINTER = 4


def season(found: Found) -> Value:
    """Return the months between which a season lies; a winter may be of either end of its year."""
    (name, *more), first = found.numbers("Ss"), found.numbers("Y")[0]
    others = [completed(first, n) for n in found.numbers("DZ")] + found.numbers("Y")[1:]
    if WINTER in (name, *more):
        last = others[-1] if others else first + 1
        opening = iso(first, 12) if others else iso(first, 1)
        return NOTHING if more else span(opening, iso(last, 3), sure=False)
    if others:
        return NOTHING
    closing = SEASONS[more[-1] if more else name][1]
    return span(iso(first, SEASONS[name][0]), iso(first, closing), sure=False)


def nothing(_: Found) -> Value:
    """Return no value: for weekdays, "inst." and what else only the letter's own date explains."""
    return NOTHING
