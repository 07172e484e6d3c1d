"""GeoJSON (RFC 7946): the places of letters, with the letters that have to do with each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from epistola.exports import LettersFormat, Part
from epistola.exports.addresses import addresses
from epistola.exports.days import Bounds, bounds
from epistola.exports.entries import Known
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Named
from epistola.model import Finding, Severity

EAST, NORTH = 180.0, 90.0
"""The largest longitude and latitude that there are."""
SHOWN = 20
"""How many names a finding gives."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a feature says of a letter."""

    name: str
    title: str
    when: Bounds


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The places by their keys; which letters have to do with each, and how: role and number."""

    places: dict[str, Known] = field(default_factory=dict)
    letters: list[_Told] = field(default_factory=list)
    uses: dict[str, list[tuple[int, str, int]]] = field(default_factory=dict)
    nameless: Counter[str] = field(default_factory=Counter)


def write(letters: Letters) -> Iterator[Part]:
    """Yield the places that ``letters`` were sent from, received at, or name.

    A place without coordinates is a feature that lies nowhere (RFC 7946, 3.2); it is told to
    ``letters.report``, as are names of places without an entry.
    """
    found = _Gathered()
    for letter in letters:
        _take(letter, found)
    head = {"type": "FeatureCollection", "name": letters.title or letters.name}
    yield _json(head).removesuffix("}") + ', "features": ['
    between = "\n"
    for key, place in found.places.items():
        yield between + _json(_feature(key, place, found))
        between = ",\n"
    yield "\n]}\n"
    for finding in _unplaced(found):
        letters.report(finding)


def _take(letter: ExportedLetter, found: _Gathered) -> None:
    """Add what ``letter`` has to do with places."""
    date = letter.date
    when = bounds(date.dating) if date is not None else Bounds()
    number = len(found.letters)
    found.letters.append(_Told(letter.name, letter.title, when))
    counts: Counter[tuple[str, str]] = Counter()
    for role, one in _named(letter):
        places = [entry for entry in one.entries if entry.kind == "place"]
        for place in places:
            found.places.setdefault(place.key, place)
            counts[place.key, role] += 1
        if not places and one.kind == "place":
            found.nameless[" ".join(one.text.split()) or one.key] += 1
    for (key, role), count in counts.items():
        found.uses.setdefault(key, []).append((number, role, count))


def _named(letter: ExportedLetter) -> Iterator[tuple[str, Named]]:
    """Yield the places of the correspondence, then those in the text, and what each is."""
    for act in letter.actions:
        if act.type in {"sent", "received"}:
            yield from ((act.type, place) for place in act.places)
    yield from (("named", mention) for mention in letter.mentions)


def _feature(key: str, place: Known, found: _Gathered) -> dict[str, object]:
    uses = found.uses[key]
    roles = Counter(role for _, role, _ in uses)
    letters = [_use(found.letters[number], role, count) for number, role, count in uses]
    said = {
        "name": place.name,
        "names": list(place.names),
        "key": key,
        "address": next(addresses(place), ""),
        "sent": roles["sent"],
        "received": roles["received"],
        "named": roles["named"],
        "letters": letters,
    }
    return {"type": "Feature", "id": key, "geometry": _geometry(place), "properties": said}


def _use(letter: _Told, role: str, count: int) -> dict[str, object]:
    days = {"first": letter.when.first, "last": letter.when.last}
    said = {"letter": letter.name, "title": letter.title, "role": role, "times": count}
    return {**said, **{name: day for name, day in days.items() if day}}


def _geometry(place: Known) -> dict[str, object] | None:
    """Return the point of ``place``, longitude first (RFC 7946, 3.1.1)."""
    if place.coordinates is None or not _is_on_earth(place.coordinates):
        return None
    north, east = place.coordinates
    return {"type": "Point", "coordinates": [east, north]}


def _is_on_earth(coordinates: tuple[float, float]) -> bool:
    return abs(coordinates[0]) <= NORTH and abs(coordinates[1]) <= EAST


def _unplaced(found: _Gathered) -> Iterator[Finding]:
    lost = [one for one in found.places.values() if one.coordinates is None]
    wrong = [one for one in found.places.values() if one.coordinates and _geometry(one) is None]
    if lost:
        said = f"places without coordinates, which lie nowhere: {_examples(p.name for p in lost)}"
        yield Finding(Severity.WARNING, "no-coordinates", said)
    if wrong:
        said = f"coordinates that are not on earth: {_examples(p.name for p in wrong)}"
        yield Finding(Severity.WARNING, "wrong-coordinates", said)
    if found.nameless:
        names = [name for name, _ in found.nameless.most_common()]
        said = f"names of places without an entry are passed over: {_examples(names)}"
        yield Finding(Severity.INFO, "no-entry", said)


def _examples(names: Iterable[str]) -> str:
    known = list(names)
    rest = len(known) - SHOWN
    return "; ".join(known[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMAT = LettersFormat(
    write,
    "Places for maps (GeoJSON)",
    ".geojson",
    keeps="places with coordinates, names and number of an authority; which letters were sent"
    " from, received at or name them, when, how often",
    loses="the text, persons, certainty, names of places without an entry",
)
