"""From when to when a date goes, in days, for tools that know no others."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import NamedTuple

DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
"""A year, month or day after Christ, as TEI writes it (TEI P5, att.datable.w3c)."""

MONTHS = 12


class Bounds(NamedTuple):
    """The first and the last day that are possible; empty where there is no such bound."""

    first: str = ""
    last: str = ""


def bounds(dating: Mapping[str, str]) -> Bounds:
    """Return the days between which a date lies, from the attributes that say when.

    >>> bounds({"when": "1848-02"}), bounds({"notAfter": "1850"}), bounds({"when": "--05-03"})
    (Bounds(first='1848-02-01', last='1848-02-29'), Bounds(first='', last='1850-12-31'), Bounds(first='', last=''))
    """  # noqa: E501 - what Python shows
    starts = [_first(dating[name]) for name in ("when", "from", "notBefore") if name in dating]
    ends = [_last(dating[name]) for name in ("when", "to", "notAfter") if name in dating]
    return Bounds(min(filter(None, starts), default=""), max(filter(None, ends), default=""))


def widened(one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds of both; what has none on a side bounds nothing there.

    >>> widened(Bounds("1848-01-01", "1848-12-31"), Bounds("1840-05-03", ""))
    Bounds(first='1840-05-03', last='1848-12-31')
    """
    firsts, lasts = filter(None, (one.first, other.first)), filter(None, (one.last, other.last))
    return Bounds(min(firsts, default=""), max(lasts, default=""))


def _first(value: str) -> str:
    found = _parts(value)
    return "" if found is None else f"{found[0]:04}-{found[1] or 1:02}-{found[2] or 1:02}"


def _last(value: str) -> str:
    found = _parts(value)
    if found is None:
        return ""
    year, month = found[0], found[1] or MONTHS
    return f"{year:04}-{month:02}-{found[2] or monthrange(year, month)[1]:02}"


def _parts(value: str) -> tuple[int, int, int] | None:
    """Return year, month and day, nought where not said; None for what is no such date."""
    found = DAY.match(value)
    if found is None or (found.end() < len(value) and value[found.end()] not in "TZ+-"):
        return None
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    if not year or (found["month"] and not 1 <= month <= MONTHS):
        return None
    if found["day"] and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return year, month, day
