"""What the page calls things: kinds, certainty, dates, parts of the register."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

CALLED: Mapping[str, str] = MappingProxyType(
    {
        "person": "person",
        "persons": "persons",
        "place": "place",
        "org": "organisation",
        "event": "event",
        "work": "work",
        "title": "title",
        "reference": "reference",
        "date": "date",
        "term": "term",
        "object": "object",
        "name": "name",
    }
)
"""What a mention of each kind is called."""
SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "person": "Persons",
        "place": "Places",
        "org": "Organisations",
        "event": "Events",
        "work": "Works",
        "term": "Terms",
        "object": "Objects",
        "name": "Names",
    }
)
"""The parts of the register, in their order, and what each is called."""
CERTAIN: Mapping[str, str] = MappingProxyType(
    {"high": "almost certain", "medium": "probable", "low": "doubtful", "unknown": "unsure"}
)
"""What ``@cert`` says."""
MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAY = re.compile(
    r"(?P<before>-?)0*(?P<year>\d+)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"|--(?P<no_year>\d\d)(?:-(?P<its_day>\d\d))?"
)
"""A day, month or year, and a day or month of no year (ISO 8601; XML Schema's gMonthDay)."""


def dating_words(dating: Mapping[str, str]) -> str:
    """Return in words what the attributes of a date say.

    >>> dating_words({"when": "1848-05-03"}), dating_words({"notAfter": "1935"})
    ('3 May 1848', 'not after 1935')
    >>> dating_words({"from": "1930", "to": "1939"}), dating_words({"from": "1917"})
    ('1930 to 1939', 'from 1917 on')
    """
    days = {name: day_words(value) for name, value in dating.items()}
    if "when" in days:
        return days["when"]
    if "from" in days:
        return f"{days['from']} to {days['to']}" if "to" in days else f"from {days['from']} on"
    if "to" in days:
        return f"until {days['to']}"
    if {"notBefore", "notAfter"} <= days.keys():
        return f"between {days['notBefore']} and {days['notAfter']}"
    return "".join(
        f"{words} {days[name]}"
        for name, words in (("notBefore", "not before"), ("notAfter", "not after"))
        if name in days
    )


def day_words(value: str) -> str:
    """Return a date of ISO 8601 as people write it; any other as it is.

    >>> day_words("1848-05"), day_words("-0044-03-15"), day_words("--05-03"), day_words("12:00")
    ('May 1848', '15 March 44 BC', '3 May', '12:00')
    """
    found = DAY.fullmatch(value)
    number = int(found["month"] or found["no_year"] or 0) if found else 0
    if found is None or number > len(MONTHS):
        return value
    day = found["day"] or found["its_day"] or ""
    month = MONTHS[number - 1] if number else ""
    era = "BC" if found["before"] else ""
    return " ".join(filter(None, (day.lstrip("0"), month, found["year"] or "", era)))
