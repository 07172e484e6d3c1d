"""What a rule reads, and what is claimed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from epistola.gazetteer import Names
from epistola.mentions.works.scopes import ROMAN, Scope
from epistola.model import Annotation, Source, Span
from epistola.text.numerals import added

PEOPLE = ("person", "forename", "surname")
DASH = re.compile(r"\s?[-–—]+\s?")


class Candidate(NamedTuple):
    """A word with a capital and a number after it.

    ``start`` and ``end`` are the word's, without stops; ``at`` is where the number (or its label)
    begins.
    """

    text: str
    language: str
    start: int
    end: int
    at: int


class Reading(NamedTuple):
    """A reference that was read: its work by the name that a register gives it, its parts.

    ``title`` is where the text names the work, ``author`` where it names who wrote that, and
    ``by`` the author's name as a register has it; ``shared`` tells that others have written works
    of this title.
    """

    rule: str
    span: Span
    work: str
    title: Span
    scopes: tuple[Scope, ...]
    certainty: float
    author: Span | None = None
    by: str = ""
    shared: bool = False


def claimed(source: Source, reading: Reading, names: Names) -> Iterator[Annotation]:
    """Yield the reference and its parts, all by one rule."""
    rule, certainty = f"canon.{reading.rule}", reading.certainty
    values = {"title": reading.work, "level": "m"}
    if reading.by:
        values |= {"author": reading.by} | ({"by": reading.by} if reading.shared else {})
    yield Annotation(reading.span, "reference", rule, values, None, certainty)
    yield Annotation(reading.title, "title", rule, {"level": "m"}, None, certainty)
    if reading.author:
        role = {"role": "author"}
        yield Annotation(reading.author, "author", rule, role, None, certainty)
        whole = source.text[reading.author.end] != "."
        if whole and names.known(source[reading.author], *PEOPLE):
            yield Annotation(reading.author, "person", rule, {}, None, certainty)
    for scope in reading.scopes:
        yield Annotation(scope.span, "citedRange", rule, _values(scope), None, certainty)


def _values(scope: Scope) -> dict[str, str]:
    """Return the unit and the number of a scope, and where a range begins and ends."""
    values = {"unit": scope.unit, "n": scope.n}
    first, dash, last = scope.n.partition("-")
    return values | {"from": first, "to": last} if dash else values


def inside_word(text: str, at: int) -> bool:
    """Return whether a word goes on at ``at``.

    A pattern that begins with the letters it looks for is ten times as fast as one that begins
    by looking back, so this is asked of what it finds.
    """
    return at > 0 and text[at - 1].isalnum()


def figures(written: str) -> str:
    """Return a number or a range in figures, Roman ones resolved; nothing where it is none.

    >>> figures("xiii"), figures("4–7"), figures("iv-vi"), figures("iix")
    ('13', '4-7', '4-6', '')
    """
    ends = [_figure(part) for part in DASH.split(written)]
    return "-".join(ends) if all(ends) else ""


def _figure(written: str) -> str:
    if written[:1].isdecimal():
        return written
    if not written or not ROMAN.fullmatch(written):
        return ""
    return str(added(written.upper()))
