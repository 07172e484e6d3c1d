"""In which years the letters of an edition name the entries of its registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from epistola.model import DATING
from epistola.reconcile.card import Years, year
from epistola.registers.load import T
from epistola.safe import UnreadableError, parse

POINTING = ("ref", "sameAs", "corresp", "key")
DATED = (
    f".//{T}correspAction[@type='sent']/{T}date",
    f".//{T}profileDesc/{T}creation//{T}date",
    f".//{T}origDate",
)
"""Where a file says when the letter was written, the surest first (TEI P5, 2.4.6 and 2.4.1)."""


def letter_year(tree: etree._ElementTree) -> int | None:
    """Return the year in which the letter in ``tree`` was written, if it says so."""
    for path in DATED:
        for date in tree.iterfind(path):
            values = (date.get(name) for name in DATING)
            found = next((year(value) for value in values if value), None)
            if found is not None:
                return found
    return None


def named_in(files: Iterable[Path]) -> Mapping[str, Years]:
    """Return the years of the first and the last letter that name each entry, by its xml:id.

    A file that cannot be read as XML, or has no date, tells nothing.
    """
    years: dict[str, Years] = {}
    for file in files:
        for name, when in _named(file):
            first, last = years.get(name, Years(when, when))
            years[name] = Years(min(first or when, when), max(last or when, when))
    return years


def _named(file: Path) -> Iterator[tuple[str, int]]:
    try:
        tree = parse(file.read_bytes())
    except (UnreadableError, OSError):
        return
    when = letter_year(tree)
    if when is not None:
        for name in {name for one in tree.iter("*") for name in _targets(one)}:
            yield name, when


def _targets(element: etree._Element) -> Iterator[str]:
    for attribute in POINTING:
        for pointer in (element.get(attribute) or "").split():
            _, hash_sign, name = pointer.rpartition("#")
            if hash_sign:
                yield name
