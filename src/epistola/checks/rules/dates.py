"""Dates exist, and ranges run forwards (TEI P5, 14.4; ISO 8601)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from epistola.checks.index import TEI, Index, local_name, words_of
from epistola.checks.rules.fault import Fault, shortened

Day = tuple[int, int, int]

VALUE = re.compile(
    r"(?P<year>-?\d{4,9})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T[\d:.]+)?)?)?(?:Z|[+-]\d\d:\d\d)?"
)
YEARLESS = re.compile(r"--(?P<month>\d\d)(?:-(?P<day>\d\d))?(?:Z|[+-]\d\d:\d\d)?")
"""The forms of teidata.temporal.w3c that have a month."""

LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTHS = (
    "January February March April May June July August September October November December".split()
)

DATES = ("when", "notBefore", "from", "to", "notAfter")
UNDATED = frozenset({"app", "arc", "biblScope", "citedRange", "locus", "rt", "span"})
"""Elements whose ``from`` and ``to`` are no dates."""

PAIRS = (("from", "to"), ("notBefore", "notAfter"), ("from", "notAfter"), ("notBefore", "to"))
"""What may not be later than what."""

TOGETHER: Mapping[str, tuple[str, ...]] = {
    "when": ("notBefore", "notAfter", "from", "to"),
    "from": ("notBefore",),
    "to": ("notAfter",),
}
"""What says the same twice (TEI's own constraints on att.datable.w3c)."""

OF_VALUE = """
    when notBefore notAfter from to when-iso notBefore-iso notAfter-iso from-iso to-iso
    when-custom notBefore-custom notAfter-custom from-custom to-custom
    period datingPoint dur dur-iso sameAs copyOf corresp
""".split()
"""Any of these says what a date means."""

LONGEST = 40
"""No date that a calendar can have or lack is longer."""

YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
"""A year in the words of a date, so that it can be given a value without knowing more."""


def days(value: str) -> tuple[Day, Day] | None:
    """Return the first and the last day of a date, or None for what is none with a year.

    >>> days("1848-02"), days("June")
    (((1848, 2, 1), (1848, 2, 29)), None)
    """
    found = VALUE.fullmatch(value.strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.group("year", "month", "day"))
    if not month:
        return (year, 1, 1), (year, 12, 31)
    if not day:
        return (year, month, 1), (year, month, _length(year, month))
    return (year, month, day), (year, month, day)


def _length(year: int, month: int) -> int:
    if not 1 <= month <= len(LENGTHS):
        return 0
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return LENGTHS[month - 1] if leap or month != 2 else 28  # noqa: PLR2004 - February


@lru_cache(maxsize=4096)
def impossible(value: str) -> str:
    """Return why the date ``value`` is in no calendar, or nothing where it may be.

    >>> impossible("1848-06-31"), impossible("1848-06-30")
    ('June 1848 has 30 days', '')
    """
    value = value.strip()
    found = VALUE.fullmatch(value) or YEARLESS.fullmatch(value)
    if found is None or not found["month"]:
        return ""
    year = int(found.groupdict().get("year") or 2000)
    month, day = int(found["month"]), found["day"]
    length = _length(year, month)
    if not length:
        return f"there is no month {month}"
    if day and not 1 <= int(day) <= length:
        named = f" {year}" if "year" in found.groupdict() else ""
        return f"{MONTHS[month - 1]}{named} has {length} days"
    return ""


def dates_exist(index: Index) -> Iterator[Fault]:
    """Yield each date that no calendar has: 31 June."""
    for name in DATES:
        for attribute in (name, f"{name}-iso"):
            for element, value in index.attributes.get(attribute, ()):
                why = impossible(value) if len(value) <= LONGEST else ""
                if why and local_name(element) not in UNDATED:
                    message = f"{attribute}=“{value}” is no date: {why}"
                    yield Fault("date", element, message, attribute)


def ranges_run_forwards(index: Index) -> Iterator[Fault]:
    """Yield each date that ends before it begins."""
    for early, late in PAIRS:
        for element, value in index.attributes.get(early, ()):
            other = element.get(late)
            if other is None or local_name(element) in UNDATED:
                continue
            begins, ends = days(value), days(other)
            if begins and ends and begins[0] > ends[1]:
                message = (
                    f"{early}=“{value}” is after {late}=“{other}”: one of the two is wrong, or"
                    " they are exchanged"
                )
                yield Fault("date-order", element, message, early)


def dates_say_one_thing(index: Index) -> Iterator[Fault]:
    """Yield each date that has a day and a range, or two beginnings, or two ends."""
    for name, others in TOGETHER.items():
        for element, _ in index.attributes.get(name, ()):
            both = [other for other in others if element.get(other) is not None]
            if both and local_name(element) not in UNDATED:
                message = (
                    f"{name} and {both[0]} stand together: give when alone, or one beginning"
                    " (from or notBefore) and one end (to or notAfter)"
                )
                yield Fault("date-together", element, message, both[0])


def dates_have_values(index: Index) -> Iterator[Fault]:
    """Yield each date in the text that has words and no value a machine can read."""
    texts = [text for text in index.all("text") if not _in_text(text)]
    for element in (date for text in texts for date in text.iter(f"{TEI}date")):
        if any(element.get(name) is not None for name in OF_VALUE):
            continue
        words = words_of(element)
        if words:
            message = (
                f"the date “{shortened(words)}” has no value: give it when, or from and to, or"
                " notBefore and notAfter"
            )
            code = "date-without-value" if YEAR.search(words) else "date-unresolved"
            yield Fault(code, element, message)


def _in_text(element: etree._Element) -> bool:
    return any(local_name(one) == "text" for one in element.iterancestors("*"))
