"""A work as bibliographies describe it: what TEI, CSL-JSON, BibTeX and RIS have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """Who made a work: a person's name in its parts, or ``literal``, which has none.

    ``particle`` is the "van" of "Vincent van Gogh", ``suffix`` a "Jr.".
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Date:
    """When a work came out, each bound as precise as it is known: ``1848``, ``1848-05``.

    ``when`` is a date, which ``season`` ("Summer") or ``circa`` may qualify; ``start`` and
    ``end`` are a span of time; ``earliest`` and ``latest`` the bounds between which a date
    lies; ``words`` say what none of them can.
    """

    when: str = ""
    start: str = ""
    end: str = ""
    earliest: str = ""
    latest: str = ""
    season: str = ""
    circa: bool = False
    words: str = ""


NO_DATE = Date()


def bounded(bounds: Mapping[str, str]) -> Date:
    """Return a date of which ``bounds`` are known, by the names of a Date's fields."""
    start, end = bounds.get("start", ""), bounds.get("end", "")
    earliest, latest = bounds.get("earliest", ""), bounds.get("latest", "")
    return Date(bounds.get("when", ""), start, end, earliest, latest)


@dataclass(frozen=True, slots=True)
class Work:
    """A work, field by field; what is empty is not known.

    ``id`` is an ``xml:id``; ``key`` what another program calls the work, where that is
    something else. ``kind`` is a value of ``biblStruct/@type``, ``genre`` says more
    ("letter", "PhD thesis"). ``container`` is the journal or book that the work is in.
    ``names`` are those who made it, by role; ``scopes`` where in the larger work it is, by
    unit; ``numbers`` its numbers and addresses, by their kind; ``others`` are texts that
    only CSL has a field for, by its name.
    """

    id: str = ""
    key: str = ""
    kind: str = "book"
    genre: str = ""
    title: str = ""
    container: str = ""
    series: str = ""
    series_number: str = ""
    names: tuple[tuple[str, tuple[Name, ...]], ...] = ()
    edition: str = ""
    scopes: tuple[tuple[str, str], ...] = ()
    publisher: str = ""
    place: str = ""
    date: Date = NO_DATE
    numbers: tuple[tuple[str, str], ...] = ()
    language: str = ""
    note: str = ""
    others: tuple[tuple[str, str], ...] = ()

    def by(self, role: str) -> tuple[Name, ...]:
        """Return those who made the work in ``role``."""
        return dict(self.names).get(role, ())

    def scope(self, unit: str) -> str:
        """Return which volume, issue or page the work is on."""
        return dict(self.scopes).get(unit, "")

    def number(self, kind: str) -> str:
        """Return the ISBN, DOI, URL ... of the work."""
        return dict(self.numbers).get(kind, "")


ROLES = ("author", "editor", "translator")
"""The roles that every format knows; others follow them, in order of the alphabet."""
UNITS = ("volume", "issue", "page", "chapter", "section")
NUMBERS = ("ISBN", "ISSN", "DOI", "URL")


def ordered_names(found: dict[str, list[Name]]) -> tuple[tuple[str, tuple[Name, ...]], ...]:
    """Return the names of each role, in one order of roles."""
    roles = sorted(
        found, key=lambda role: (ROLES.index(role) if role in ROLES else len(ROLES), role)
    )
    return tuple((role, tuple(found[role])) for role in roles if found[role])


def ordered(found: dict[str, str], first: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return what is not empty of ``found``: as ``first`` has it, then by the alphabet."""
    names = sorted(found, key=lambda name: (first.index(name) if name in first else 99, name))
    return tuple((name, found[name]) for name in names if found[name])
