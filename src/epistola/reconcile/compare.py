"""Whether two cards describe one thing, and how easily they might by accident.

What is counted is ``chance``: how many other things, as a rule, would fit as well. A name
that half the file bears says little, the same name with two dates nearly everything. The
degrees of certainty are cuts through it, and hold what ``benchmarks/reconcile.py`` measures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, prod, radians, sin, sqrt
from typing import NamedTuple

from epistola.model import DEFAULT_LANGUAGE
from epistola.reconcile.card import NO_YEARS, Card, Point, Years
from epistola.reconcile.names import Likeness, person_forms, persons_alike

CUTS: tuple[tuple[float, str], ...] = ((0.004, "high"), (0.08, "medium"), (1.0, "low"))
"""Up to which chance a match is held to be of which certainty (TEI P5, teidata.certainty)."""
FACTS_FOR_HIGH = 1
"""How many facts beside the name must agree before nothing less than ``high`` is said."""

TOLERANCE = 2
"""Years by which two sources may differ on one life without either being another's."""
ONE_YEAR = 1 / 60
"""The chance that a namesake was born, or died, in the very year."""
ABOUT_A_YEAR = 1 / 12
DISPUTED = 10.0
"""One end of a life agrees to the year, and the other not at all."""
NEAR_PLACES, FAR_PLACES = 15.0, 100.0
"""Kilometres within which two points are one place, and beyond which they are not."""
AT_THE_POINT, IN_THE_COUNTRY, ELSEWHERE = 0.01, 0.25, 6.0
BY_THE_AUTHOR = 0.05
LANGUAGE = DEFAULT_LANGUAGE
"""By whose titles of address authors' names are taken apart; catalogues give few."""
LIVING = 0.6
SURE = 0.15
"""What a service's own word is worth, that a candidate is the one."""


CHANCES: Mapping[str, float] = {"": 0.0, **{grade: cut for cut, grade in CUTS}}
"""The chance that a number is wrong, by its ``cert``; an editor's own is right."""


@dataclass(frozen=True, slots=True)
class Match:
    """A card that may describe an entry: how easily by accident, and what speaks for it."""

    card: Card
    chance: float
    evidence: tuple[str, ...] = ()
    facts: int = 0
    similarity: int = 100

    @property
    def certainty(self) -> str:
        """Return ``high``, ``medium``, ``low``, or nothing where the match says too little."""
        grade = next((word for cut, word in CUTS if self.chance <= cut), "")
        return "medium" if grade == "high" and self.facts < FACTS_FOR_HIGH else grade


class Fact(NamedTuple):
    """What one fact says: a factor of the chance, words for an editor, whether it agrees."""

    factor: float
    words: str = ""
    agrees: bool = False


NAMED: Mapping[Likeness, str] = {
    Likeness.SURNAME: "surname",
    Likeness.NEAR: "spelling near",
    Likeness.INITIALS: "name fits",
    Likeness.SAME: "same name",
}


def match(
    card: Card, likeness: Likeness, facts: Sequence[Fact], namesakes: float, similarity: int = 100
) -> Match:
    """Return how ``card`` fits an entry by its name and by ``facts``.

    ``namesakes`` is how many others, as a rule, have a name so like the entry's.
    """
    chance = prod((fact.factor for fact in facts), start=namesakes)
    evidence = (NAMED[likeness], *(fact.words for fact in facts if fact.words))
    return Match(card, chance, evidence, sum(fact.agrees for fact in facts), similarity)


def match_by_number(entry: Card, card: Card) -> Match:
    """Return how ``card``, which has a number of ``entry``, fits: as surely as that is its own."""
    theirs = {number.identity for number in card.numbers}
    shared = [number for number in entry.numbers if number.identity in theirs]
    chance = min((CHANCES.get(number.certainty, 1.0) for number in shared), default=1.0)
    return Match(card, chance, (f"same {shared[0].authority} number",) if shared else (), 1)


def compared(entry: Card, card: Card, named_in: Years = NO_YEARS) -> tuple[Fact, ...] | None:
    """Return what the facts beside the names say, or None where they exclude each other.

    ``named_in`` are the years of the first and the last letter that name the entry.
    """
    if entry.kind == "person" and _lived_apart(entry.years, card.years):
        return None
    facts = tuple(_facts(entry, card, named_in))
    return None if any(fact.factor == 0 for fact in facts) else facts


def _facts(entry: Card, card: Card, named_in: Years) -> Iterator[Fact]:
    if entry.kind == "person":
        yield from _life(entry.years, card.years)
        yield from _lived(card.years, named_in)
    elif entry.kind in {"place", "org"}:
        yield from _site(entry, card)
    else:
        yield from _time(entry.years, card.years)
    if entry.kind == "work":
        yield from _authorship(entry, card)
    if card.match:
        yield Fact(SURE, "the service is sure")


def _lived_apart(one: Years, other: Years) -> bool:
    """Return whether two lives exclude each other; one end may, if the other agrees exactly."""
    births, deaths = zip(one, other, strict=True)
    return (_differ(births) and not _agree(deaths)) or (_differ(deaths) and not _agree(births))


def _differ(years: tuple[int | None, int | None]) -> bool:
    one, other = years
    return one is not None and other is not None and abs(one - other) > TOLERANCE


def _agree(years: tuple[int | None, int | None]) -> bool:
    return years[0] is not None and years[0] == years[1]


def _life(one: Years, other: Years) -> Iterator[Fact]:
    """Yield what birth and death say of two lives that do not exclude each other."""
    ends = zip(("born", "died"), zip(one, other, strict=True), strict=True)
    known = [_end(word, mine, theirs) for word, (mine, theirs) in ends if mine and theirs]
    if all(fact.agrees for fact in known):
        yield from known
    else:
        yield Fact(DISPUTED, ", but ".join(fact.words for fact in known))


def _end(word: str, one: int, other: int) -> Fact:
    if one == other:
        return Fact(ONE_YEAR, f"{word} {one}", agrees=True)
    return Fact(ABOUT_A_YEAR, f"{word} {one} or {other}", agrees=abs(one - other) <= TOLERANCE)


def _lived(years: Years, named_in: Years) -> Iterator[Fact]:
    """Yield what the letters say: nobody is named before he is born."""
    first, last = named_in
    if first is None or last is None or years.start is None:
        return
    if years.start > first:
        yield Fact(0.0)
    elif years.end is None or years.end >= last:
        yield Fact(LIVING, f"living in {last}")


def _site(entry: Card, card: Card) -> Iterator[Fact]:
    if entry.point and card.point:
        apart = distance(entry.point, card.point)
        if apart <= NEAR_PLACES:
            yield Fact(AT_THE_POINT, f"{apart:.0f} km apart", agrees=True)
            return
        if apart > FAR_PLACES:
            yield Fact(0.0)
            return
    common = sorted(entry.around & card.around)
    if common:
        yield Fact(IN_THE_COUNTRY, f"in {', '.join(common)}", agrees=True)
    elif entry.around and card.around:
        yield Fact(ELSEWHERE, f"but in {', '.join(sorted(card.around))}")


def distance(one: Point, other: Point) -> float:
    """Return how many kilometres apart two points are, along the globe (haversine).

    >>> round(distance(Point(51.5, 0.0), Point(52.5, 0.0)))
    111
    """
    latitudes = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((latitudes[1] - latitudes[0]) / 2) ** 2
    half += cos(latitudes[0]) * cos(latitudes[1]) * sin(across / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


def _authorship(entry: Card, card: Card) -> Iterator[Fact]:
    if not entry.makers or not card.makers:
        return
    mine, theirs = (person_forms(one.makers, LANGUAGE) for one in (entry, card))
    if persons_alike(mine, theirs):
        yield Fact(BY_THE_AUTHOR, f"by {card.makers[0]}", agrees=True)
    else:
        yield Fact(0.0)


def _time(one: Years, other: Years) -> Iterator[Fact]:
    """Yield what the time of a thing says: of an event, or when a work came out."""
    mine, theirs = one.start or one.end, other.start or other.end
    if mine is None or theirs is None:
        return
    if mine == theirs:
        yield Fact(ONE_YEAR, f"in {mine}", agrees=True)
    elif abs(mine - theirs) > TOLERANCE:
        yield Fact(0.0)
