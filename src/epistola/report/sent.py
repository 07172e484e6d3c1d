"""Who sent a letter, to whom, whence and when, as its header says (TEI P5, 2.4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from epistola.model import DATING
from epistola.registers.load import T, words
from epistola.report.things import Pointers, Thing, by_name

PARTIES = ("persName", "orgName", "name", "rs")
PLACES = ("placeName", "settlement", "geogName", "region", "country")
KINDS = {"orgName": "org", **dict.fromkeys(PLACES, "place")}
"""The elements that name something else than a person in a ``correspAction``."""
POINTING = ("ref", "key", "corresp", "sameAs")
"""The attributes that say who or what is named, the most telling first."""
WHEN = re.compile(
    r"(?P<year>-?\d{4,})(?:-(?P<month>0[1-9]|1[0-2])(?:-[0-3]\d(?:T.*)?)?)?(?:Z|[+-]\d\d:\d\d)?"
)
"""A date of W3C's profile of ISO 8601, with its year, as XML Schema writes it."""


class When(NamedTuple):
    """When a letter was sent: its year and month, as far as they are told.

    Without a year, ``told`` says whether there is a date, which is not exact to a year.
    """

    year: int | None = None
    month: int | None = None
    told: bool = False


UNDATED = When()


class Named(NamedTuple):
    """Someone or something that a header or a text names, and how it is written there."""

    thing: Thing
    form: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What one ``correspDesc`` says; ``origins`` are the places that the letter was sent from."""

    when: When = UNDATED
    senders: tuple[Named, ...] = ()
    receivers: tuple[Named, ...] = ()
    origins: tuple[Named, ...] = ()


def sent(described: etree._Element | None, known: Pointers) -> Sent:
    """Return what ``described``, a ``correspDesc`` or nothing, says of a letter."""
    if described is None:
        return Sent()
    actions = described.findall(f"{T}correspAction")
    outward = [one for one in actions if one.get("type") == "sent"]
    inward = [one for one in actions if one.get("type") == "received"]
    return Sent(
        first_date(date for one in outward for date in one.iter(f"{T}date")),
        tuple(_named(outward, PARTIES, known)),
        tuple(_named(inward, PARTIES, known)),
        tuple(_named(outward, PLACES, known))[:1],
    )


def header_date(header: etree._Element) -> When:
    """Return when a letter was written, where its ``correspDesc`` does not say so."""
    for path in (f".//{T}creation//{T}date", f".//{T}origDate"):
        found = first_date(header.iterfind(path))
        if found.told:
            return found
    return UNDATED


def first_date(dates: Iterable[etree._Element]) -> When:
    """Return what the first of ``dates`` that has a normal form says."""
    return next((found for found in map(when, dates) if found.told), UNDATED)


def when(date: etree._Element) -> When:
    """Return the year and the month of ``date``, each where it is certain.

    >>> when(etree.fromstring('<date when="1819-04-02"/>'))
    When(year=1819, month=4, told=True)
    >>> when(etree.fromstring('<date notBefore="1819-04" notAfter="1819-05"/>'))
    When(year=1819, month=None, told=True)
    >>> when(etree.fromstring('<date notAfter="1819"/>'))
    When(year=None, month=None, told=True)
    """
    found = {name: _point(date, name) for name in DATING}
    if exact := found["when"]:
        return When(*exact, told=True)
    start, end = found["from"] or found["notBefore"], found["to"] or found["notAfter"]
    if start is None or end is None:
        return When(told=bool(start or end))
    if start[0] != end[0]:
        return When(told=True)
    return When(start[0], start[1] if start == end else None, told=True)


def _point(date: etree._Element, name: str) -> tuple[int, int | None] | None:
    """Return the year and month of one attribute of a date, in W3C's or ISO's notation."""
    split = WHEN.fullmatch(date.get(name) or date.get(f"{name}-iso") or "")
    if split is None:
        return None
    return int(split["year"]), int(split["month"]) if split["month"] else None


def _named(
    actions: Iterable[etree._Element], tags: Iterable[str], known: Pointers
) -> Iterator[Named]:
    names = [T + tag for tag in tags]
    for action in actions:
        for element in action.iterchildren(*names):
            kind = KINDS.get(str(element.tag).removeprefix(T), "person")
            if found := named(element, kind, known):
                yield found


def named(element: etree._Element, kind: str, known: Pointers) -> Named | None:
    """Return whom or what ``element`` names, None where it says nothing."""
    form = words(element)
    pointer = pointer_of(element)
    thing = known.thing(pointer, kind) if pointer else None
    if thing is None and not form:
        return None
    return Named(thing or Thing(by_name(kind, form), kind, form), form)


def pointer_of(element: etree._Element) -> str:
    """Return the first pointer of ``element``, "" where it has none."""
    for attribute in POINTING:
        if value := element.get(attribute, "").split():
            return value[0]
    return ""
