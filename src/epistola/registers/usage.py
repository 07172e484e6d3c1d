"""How an edition names its people: what no single letter can tell.

A second look at a letter knows how often each entry is named in all the others, and whom a
form means there. Numbers are kept as levels (none, 1, 2 to 3, 4 to 7 letters, ...), so that
a letter more or less seldom changes what is known, and a letter need not be encoded anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from epistola.model import EntryId

K = TypeVar("K")
ANY_TIME = -1
"""The period that stands for all of them."""
PERIOD = 10
"""So many years are one period."""
Levels = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Usage:
    """How an edition names its people.

    ``named`` says of each entry in how many letters it is named: a level for each period of
    years, and one for all of them under ``ANY_TIME``. ``called`` says whom a form, made
    comparable, means and in how many letters: levels too.
    """

    named: Mapping[EntryId, Levels] = field(default_factory=lambda: MappingProxyType({}))
    called: Mapping[str, Mapping[EntryId, int]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def __bool__(self) -> bool:
        """Return whether anything is known."""
        return bool(self.named)

    def weight(self, entry: EntryId, year: int | None) -> int:
        """Return how much an edition has of ``entry`` about ``year``: near letters count double."""
        levels = self.named.get(entry, {})
        near = max((levels.get(period(year) + at, 0) for at in NEAR), default=0) if year else 0
        return levels.get(ANY_TIME, 0) + near

    def custom(self, form: str, least: int = 1) -> EntryId | None:
        """Return whom ``form`` means wherever it means somebody, if it is one by far.

        He must be meant in so many letters that their level is ``least``.
        """
        found = sorted(self.called.get(form, {}).items(), key=lambda item: (-item[1], item[0]))
        if not found or found[0][1] < least:
            return None
        rest = found[1][1] if len(found) > 1 else 0
        return found[0][0] if found[0][1] - rest >= BY_FAR else None

    @property
    def writer(self) -> EntryId | None:
        """Who writes most of the letters, if it is one by far."""
        return self.custom(WRITES, MOST)


NEAR = (-1, 0, 1)
WRITES = "from"
"""Under this ``called`` says who writes the letters."""
MOST = 4
"""The level of so many letters as show who writes them: eight and more."""
BY_FAR = 1
"""So many levels apart, one is named about twice as often."""
NO_USAGE = Usage()


def period(year: int) -> int:
    """Return the period that ``year`` is in."""
    return year // PERIOD


def level(letters: int) -> int:
    """Return the level of a number of letters: 0, 1, 2 (two or three), 3 (four to seven) ...

    >>> [level(number) for number in (0, 1, 2, 3, 4, 7, 8)]
    [0, 1, 2, 2, 3, 3, 4]
    """
    return letters.bit_length()
