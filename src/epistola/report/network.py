"""Draw who writes to whom: correspondents on a circle, and whom most letters go to in its middle.

The places are computed from the numbers alone, in one pass, so that the same letters give the
same picture and many correspondents cost no time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, degrees, pi, sin, sqrt

from lxml import etree

from epistola.report.drawing import Words, disc, fitted, picture, text
from epistola.report.tally import Tally
from epistola.shown.markup import H, number

CENTRAL = 0.5
"""Who has this share of all drawn letters stands in the middle."""
SMALLEST, LARGEST = 3.5, 15.0
"""The radius of a disc: of one letter, of the most letters."""
THINNEST, THICKEST = 1.0, 9.0
ROOM = 0.27
"""The share of the width that is left for names on each side."""
MOST_ROOM = 165.0


@dataclass(frozen=True, slots=True)
class Node:
    """A correspondent: how many letters it wrote and got."""

    name: str
    written: int
    got: int

    @property
    def letters(self) -> int:
        """Return how many letters it has to do with."""
        return self.written + self.got


@dataclass(frozen=True, slots=True)
class Network:
    """The correspondents with most letters, in the order of the circle.

    ``ties`` are the letters between two of them, by their numbers, whoever wrote; ``hub``
    is the number of who stands in the middle; ``left`` how many correspondents are not drawn.
    """

    nodes: tuple[Node, ...]
    ties: Mapping[tuple[int, int], int]
    hub: int | None = None
    left: int = 0


def network(sums: Tally, most: int) -> Network:
    """Return the ``most`` correspondents with most letters, and the letters between them."""
    keys = sums.correspondents()
    letters: defaultdict[frozenset[str], int] = defaultdict(int)
    drawn = set(keys[:most])
    for pair, times in sums.pairs.items():
        if pair.sender != pair.receiver and {pair.sender, pair.receiver} <= drawn:
            letters[frozenset(pair)] += times
    ordered = _ordered(keys[:most], letters)
    at = {key: number for number, key in enumerate(ordered)}
    ties = {tuple(sorted(at[key] for key in pair)): times for pair, times in letters.items()}
    nodes = [Node(sums.name(k), sums.writing[k], sums.receiving[k]) for k in ordered]
    hub = _hub(nodes, list(letters.values()))
    return Network(tuple(nodes), dict(sorted(ties.items())), hub, len(keys) - len(drawn))


def _hub(nodes: Sequence[Node], letters: Sequence[int]) -> int | None:
    """Return the number of who has to do with most of all ``letters``, if anybody has."""
    if len(nodes) < 3 or not letters:  # noqa: PLR2004 - two have no middle
        return None
    first = max(range(len(nodes)), key=lambda at: (nodes[at].letters, -at))
    return first if nodes[first].letters >= CENTRAL * sum(letters) else None


def _ordered(keys: Sequence[str], letters: Mapping[frozenset[str], int]) -> list[str]:
    """Return ``keys`` so that who write to each other often stand side by side.

    From each, the one with most letters goes next: a walk into the depth of the network.
    """
    rank = {key: at for at, key in enumerate(keys)}
    beside: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for pair, times in letters.items():
        a, b = sorted(pair, key=rank.__getitem__)
        beside[a].append((times, -rank[b], b))
        beside[b].append((times, -rank[a], a))
    ordered: dict[str, None] = {}
    waiting = list(reversed(keys))
    while waiting:
        key = waiting.pop()
        if key not in ordered:
            ordered[key] = None
            waiting += [other for _, _, other in sorted(beside[key]) if other not in ordered]
    return list(ordered)


def said(shown: Network) -> Words:
    """Return the picture in words."""
    if not shown.nodes:
        return Words("Who writes to whom", "No letter says who wrote it or to whom.")
    first = max(shown.nodes, key=lambda node: node.letters)
    count = len(shown.nodes)
    who = f"{count} correspondents as discs" if count > 1 else "One correspondent as a disc"
    return Words(
        "Who writes to whom",
        f"{who}, joined by lines as thick as there are letters between them;"
        f" most letters are from or to {first.name}: {first.letters:,}.",
    )


# ---- drawing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a correspondent is drawn, and in which direction from the middle."""

    x: float
    y: float
    angle: float = 0.0


def draw(ident: str, shown: Network, width: float) -> etree._Element:
    """Return the picture of ``shown``, so many units wide."""
    room = min(width * ROOM, MOST_ROOM)
    ring = [at for at in range(len(shown.nodes)) if at != shown.hub]
    side = min(width, 760.0)
    places = _places(ring, width / 2, side / 2, side / 2 - room)
    if shown.hub is not None:
        places[shown.hub] = Place(width / 2, side / 2)
    shapes = [
        *_lines(shown, places, side),
        *_discs(shown, places),
        *_names(shown, places, room - 24),
    ]
    return picture(ident, said(shown), (width, side), shapes)


def _places(ring: Sequence[int], x: float, y: float, radius: float) -> dict[int, Place]:
    """Return where on the circle each of ``ring`` stands; the first one is on top."""
    places = {}
    for at, node in enumerate(ring):
        angle = 2 * pi * at / len(ring) - pi / 2
        places[node] = Place(x + radius * cos(angle), y + radius * sin(angle), angle)
    return places


def _lines(shown: Network, places: Mapping[int, Place], side: float) -> Iterator[etree._Element]:
    """Yield the lines, the thick ones last; between two on the circle they bend to its middle."""
    most = max(shown.ties.values(), default=1)
    middle = next((p for at, p in places.items() if at == shown.hub), None)
    x = middle.x if middle else sum(p.x for p in places.values()) / max(len(places), 1)
    y = side / 2
    for (a, b), letters in sorted(shown.ties.items(), key=lambda tie: (tie[1], tie[0])):
        thick = THINNEST + (THICKEST - THINNEST) * sqrt((letters - 1) / most)
        one, other = places[a], places[b]
        bend_x, bend_y = (one.x + other.x + 2 * x) / 4, (one.y + other.y + 2 * y) / 4
        if shown.hub in {a, b}:
            bend_x, bend_y = (one.x + other.x) / 2, (one.y + other.y) / 2
        yield H.path(
            {
                "class": "tie",
                "d": f"M{number(one.x)} {number(one.y)}Q{number(bend_x)} {number(bend_y)}"
                f" {number(other.x)} {number(other.y)}",
                "stroke-width": number(thick),
            }
        )


def _discs(shown: Network, places: Mapping[int, Place]) -> Iterator[etree._Element]:
    most = max((node.letters for node in shown.nodes), default=1)
    for at, node in enumerate(shown.nodes):
        radius = max(SMALLEST, LARGEST * sqrt(node.letters / most))
        tip = f"{node.name}: wrote {node.written:,}, received {node.got:,}"
        kind = "node" if node.written else "node hollow"
        yield disc(kind, places[at].x, places[at].y, radius, tip)


def _names(shown: Network, places: Mapping[int, Place], room: float) -> Iterator[etree._Element]:
    for at, node in enumerate(shown.nodes):
        place = places[at]
        if at == shown.hub:
            yield text("label centre halo", place.x, place.y + LARGEST + 17, node.name)
            continue
        turned = cos(place.angle) < -1e-9  # noqa: PLR2004 - left of the middle
        away = LARGEST + 5
        x, y = place.x + away * cos(place.angle), place.y + away * sin(place.angle)
        angle = degrees(place.angle) + (180 if turned else 0)
        yield text(
            "label left" if turned else "label",
            0,
            4,
            fitted(node.name, room),
            transform=f"translate({number(x)} {number(y)}) rotate({number(angle)})",
        )
