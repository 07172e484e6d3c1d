"""Reckon in other calendars: Julian, of the French Republic, and the feasts that move."""

from __future__ import annotations

from datetime import date, timedelta

JULIAN_EPOCH = 2
"""How many days before 1 January of the year 1 the Julian calendar begins that year."""


def gregorian(year: int, month: int, day: int) -> str:
    """Return the Gregorian form (ISO 8601) of a Julian day, or "" where there is none.

    >>> gregorian(1732, 2, 11), gregorian(1917, 10, 25), gregorian(1900, 2, 29)
    ('1732-02-22', '1917-11-07', '1900-03-13')
    """
    leap = year % 4 == 0
    lengths = (31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not 1 <= month <= len(lengths) or not 1 <= day <= lengths[month - 1]:
        return ""
    before = year - 1
    ordinal = 365 * before + before // 4 + sum(lengths[: month - 1]) + day - JULIAN_EPOCH
    return date.fromordinal(ordinal).isoformat() if ordinal > 0 else ""


REPUBLIC = (22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23)
"""The day of September on which each of the fourteen years of the Republic began, from 1792."""
REPUBLICAN_YEARS = range(1, len(REPUBLIC) + 1)
REPUBLICAN_MONTH = 30
LEAP_YEARS = (3, 7, 11)
LAST_DAYS = 13
"""Stands for the days after the twelfth month, which has no thirteenth after it."""


def republican(year: int, month: int = 0, day: int = 0) -> tuple[str, str]:
    """Return first and last day (ISO 8601) of a year, month or day of the Republic.

    Both are "" where there is none such.

    >>> republican(2, 11, 9), republican(7)
    (('1794-07-27', '1794-07-27'), ('1798-09-22', '1799-09-22'))
    """
    if year not in REPUBLICAN_YEARS:
        return "", ""
    last = 365 + (year in LEAP_YEARS)
    opening = (month - 1) * REPUBLICAN_MONTH + max(day, 1) if month else 1
    closing = opening if day else min(opening + REPUBLICAN_MONTH - 1, last) if month else last
    if day > REPUBLICAN_MONTH or closing > last:
        return "", ""
    eve = date(1791 + year, 9, REPUBLIC[year - 1]) - timedelta(1)
    return tuple((eve + timedelta(n)).isoformat() for n in (opening, closing))  # type: ignore[return-value]


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, after Meeus, Jones and Butcher.

    >>> easter(1848).isoformat(), easter(1916).isoformat()
    ('1848-04-23', '1916-04-23')
    """
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
