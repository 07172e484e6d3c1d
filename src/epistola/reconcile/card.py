"""What a register or an authority file says of one person, place or thing, made comparable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from epistola.gazetteer import bare, fold
from epistola.model import Entry
from epistola.reconcile.numbers import PRIVATE, Number, number
from epistola.registers.catalogue import catalogue_name
from epistola.registers.load import KINDS, T, read_entry, words
from epistola.registers.mint import SPELT

YEAR = re.compile(r"(?<!\d)(?P<minus>-?)(?P<year>\d{3,4})(?!\d)")
AROUND = tuple(f"{T}{name}" for name in ("country", "region", "settlement", "district", "bloc"))
SPANS = (("birth", "death"), ("from", "to"), ("when", "when"), ("notBefore", "notAfter"))
"""Which facts of an entry say when it begins and ends, the most telling first."""
OTHERS = tuple(f"{T}{name}" for name in "note desc birth death occupation".split())
"""Elements that may name places, which are not those around the entry."""


class Years(NamedTuple):
    """When a person lived, or a thing was: years, as far as they are known."""

    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        """Return them as catalogues do: 1771-1832."""
        if self.start is None and self.end is None:
            return ""
        start, end = ("" if year is None else str(year) for year in self)
        return start if start == end else f"{start}-{end}"


NO_YEARS = Years()


class Point(NamedTuple):
    """A place on the globe, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Card:
    """One person, place or thing as somebody describes it.

    ``names`` are all forms as written, the first one first; ``around`` the places that it
    lies in, folded as ``plain`` does; ``makers`` who made a work; ``match`` is what a service
    says of it: that it is sure.
    """

    kind: str
    names: tuple[str, ...]
    years: Years = NO_YEARS
    around: frozenset[str] = frozenset()
    point: Point | None = None
    makers: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    match: bool = False

    @property
    def label(self) -> str:
        """Return how the card is shown: its name, and its years where the name has none."""
        name = self.names[0] if self.names else ""
        return name if not str(self.years) or YEAR.search(name) else f"{name}, {self.years}"


SPAN = re.compile(r"(?<!\d)(?P<start>\d{3,4})\??\s*[-–]\s*(?P<end>\d{3,4})(?!\d)")


def years_in(name: str) -> Years:
    """Return the years that a catalogue writes after a name.

    >>> years_in("Scott, Walter, Sir, 1771-1832"), years_in("Bly, Jo, 1790-"), years_in("Jo Bly")
    (Years(start=1771, end=1832), Years(start=1790, end=None), Years(start=None, end=None))
    """
    parts = catalogue_name(name)
    if parts is not None and (parts.birth or parts.death):
        return Years(year(parts.birth), year(parts.death))
    found = SPAN.search(name)
    return Years(int(found["start"]), int(found["end"])) if found else NO_YEARS


@lru_cache(maxsize=131072)
def plain(form: str) -> str:
    """Return ``form`` in small letters without accents and marks, its words apart.

    >>> plain("Saint-Étienne (Loire)"), plain("O’Brien"), plain("Großbritannien")
    ('saint etienne loire', 'obrien', 'grossbritannien')
    """
    folded = form if form.isascii() else bare(fold(form).translate(SPELT))
    return " ".join(WORDS.findall(APOSTROPHES.sub("", folded.lower())))


WORDS = re.compile(r"\w+")
APOSTROPHES = re.compile("['`]")


def year(text: str) -> int | None:
    """Return the year in ``text``, a date or words with a year in them.

    >>> year("1771-08-15"), year("c. 1771"), year("-0525"), year("in May")
    (1771, 1771, -525, None)
    """
    found = YEAR.search(text)
    return None if found is None else int(found["minus"] + found["year"])


def read_card(element: etree._Element) -> Card:
    """Return what the TEI entry ``element`` says: a ``person``, ``place``, ``biblStruct`` ..."""
    entry = read_entry(element)
    return Card(
        entry.kind,
        entry.names,
        _years(entry, element),
        frozenset(_around(element, entry.names)),
        _point(element),
        tuple(_makers(element)),
        tuple(read_numbers(element, entry.kind)),
    )


def _years(entry: Entry, element: etree._Element) -> Years:
    values = entry.values
    if entry.kind == "work":
        date = next(element.iter(f"{T}date"), None)
        when = "" if date is None else date.get("when") or words(date)
        return Years(year(when), year(when))
    for start, end in SPANS:
        if start in values or end in values:
            return Years(year(values.get(start, "")), year(values.get(end, "")))
    return years_in(entry.names[0]) if entry.names and entry.kind == "person" else NO_YEARS


def _around(element: etree._Element, names: tuple[str, ...]) -> Iterator[str]:
    for place in _own(element, AROUND):
        if next(place.iterancestors(*OTHERS), None) is None and words(place) not in names:
            yield plain(words(place))


def _own(element: etree._Element, tags: Iterable[str]) -> Iterator[etree._Element]:
    """Yield what is in ``element`` and not in an entry nested in it."""
    for one in element.iter(*tags):
        if one is not element and next(one.iterancestors(*KINDS), None) is element:
            yield one


def _point(element: etree._Element) -> Point | None:
    geo = next(_own(element, (f"{T}geo",)), None)
    return None if geo is None else read_point(words(geo))


def read_point(text: str) -> Point | None:
    """Return latitude and longitude in ``text``, none where it has no two such numbers.

    >>> read_point("51.38, -2.36"), read_point("Bath"), read_point("95 10")
    (Point(latitude=51.38, longitude=-2.36), None, None)
    """
    try:
        latitude, longitude = map(float, text.replace(",", " ").split())
    except ValueError:
        return None
    on_globe = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 - degrees
    return Point(latitude, longitude) if on_globe else None


def _makers(element: etree._Element) -> Iterator[str]:
    """Yield the authors of a work itself: an article's, not those of its journal."""
    own = element.find(f"{T}analytic")
    for author in (element if own is None else own).iter(f"{T}author"):
        named = author.find(f"{T}persName")
        yield words(author if named is None else named)


def read_numbers(element: etree._Element, kind: str) -> Iterator[Number]:
    """Yield the numbers that an entry has, by which others may know it.

    A bare one that nobody is said to have given is none, nor is one of the file's own.
    """
    for idno in own_numbers(element, kind):
        if idno.get("type") in PRIVATE:
            continue
        try:
            found = number(words(idno), idno.get("type", ""))
        except ValueError:
            continue
        yield replace(found, certainty=idno.get("cert", ""))


def own_numbers(element: etree._Element, kind: str) -> Iterator[etree._Element]:
    """Yield each ``idno`` of an entry itself, not of what is nested in it."""
    yield from number_parent(element, kind).iterchildren(f"{T}idno")


def number_parent(element: etree._Element, kind: str) -> etree._Element:
    """Return what holds the numbers of an entry: of a work its ``analytic``, else ``monogr``."""
    if kind != "work":
        return element
    for part in ("analytic", "monogr"):
        found = element.find(f"{T}{part}")
        if found is not None:
            return found
    return element
