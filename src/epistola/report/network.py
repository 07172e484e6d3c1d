"""Draw who writes to whom: correspondents on a circle, and whom most letters go to in its middle.

The places are computed from the numbers alone, in one pass, so that the same letters give the
same picture and many correspondents cost no time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, degrees, hypot, pi, sin, sqrt

from lxml import etree

from epistola.report.drawing import NARROW, Words, disc, fitted, picture, text
from epistola.report.tally import Tally
from epistola.shown.markup import H, number

CENTRAL = 0.5
"""Who has this share of all drawn letters stands in the middle."""
SMALLEST, LARGEST = 4.0, 16.0
"""The radius of a disc: of one letter, of the most letters."""
THINNEST, THICKEST = 1.0, 9.0
AWAY = 14.0
"""How far from its place the name of a correspondent begins."""
BEND = 0.25
"""How far a line between two on the circle bends to its middle, where it is a radius long."""
SMALL = 1e-3
"""A direction that is no more than this off the vertical is that."""


@dataclass(frozen=True, slots=True)
class Node:
    """A correspondent: how many letters it wrote and got, and whether it is a person."""

    name: str
    written: int
    got: int
    person: bool = False

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
    ties = {_sorted(at[key] for key in pair): times for pair, times in letters.items()}
    nodes = [
        Node(sums.name(k), sums.writing[k], sums.receiving[k], sums.things[k].kind == "person")
        for k in ordered
    ]
    hub = _hub(nodes, list(letters.values()))
    return Network(tuple(nodes), dict(sorted(ties.items())), hub, len(keys) - len(drawn))


def _sorted(pair: Iterable[int]) -> tuple[int, int]:
    low, high = sorted(pair)
    return low, high


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
    high, radius = (width * 1.15, width * 0.19) if width < NARROW else (700.0, 225.0)
    middle = Place(width / 2, high / 2)
    ring = [at for at in range(len(shown.nodes)) if at != shown.hub]
    places = _places(ring, middle, radius)
    if shown.hub is not None:
        places[shown.hub] = middle
    shapes = [*_lines(shown, places, middle), *_discs(shown, places)]
    shapes += _names(shown, places, middle)
    return picture(ident, said(shown), (width, high), shapes)


def _places(ring: Sequence[int], middle: Place, radius: float) -> dict[int, Place]:
    """Return where on the circle each of ``ring`` stands; the first one is on top."""
    places = {}
    for at, node in enumerate(ring):
        angle = 2 * pi * at / len(ring) - pi / 2
        x, y = middle.x + radius * cos(angle), middle.y + radius * sin(angle)
        places[node] = Place(x, y, angle)
    return places


def _lines(shown: Network, places: Mapping[int, Place], middle: Place) -> Iterator[etree._Element]:
    """Yield the lines, the thick ones last; between two on the circle they bend to its middle."""
    most = max(shown.ties.values(), default=1)
    for (a, b), letters in sorted(shown.ties.items(), key=lambda tie: (tie[1], tie[0])):
        thick = THINNEST + (THICKEST - THINNEST) * sqrt((letters - 1) / most)
        one, other = places[a], places[b]
        bend = _bend(one, other, middle)
        x = (one.x + other.x) / 2 * (1 - bend) + middle.x * bend
        y = (one.y + other.y) / 2 * (1 - bend) + middle.y * bend
        ends = f"{number(other.x)} {number(other.y)}"
        path = f"M{number(one.x)} {number(one.y)}Q{number(x)} {number(y)} {ends}"
        yield H.path({"class": "tie", "d": path, "stroke-width": number(thick)})


def _bend(one: Place, other: Place, middle: Place) -> float:
    """Return how far the line between two places bends to the middle: none of its own does."""
    if middle in {one, other}:
        return 0.0
    radius = hypot(one.x - middle.x, one.y - middle.y)
    return BEND * hypot(one.x - other.x, one.y - other.y) / radius


def _discs(shown: Network, places: Mapping[int, Place]) -> Iterator[etree._Element]:
    most = max((node.letters for node in shown.nodes), default=1)
    for at, node in enumerate(shown.nodes):
        radius = max(SMALLEST, LARGEST * sqrt(node.letters / most))
        tip = f"{node.name}: wrote {node.written:,}, received {node.got:,}"
        kind = "node" if node.written else "node hollow"
        yield disc(kind, places[at].x, places[at].y, radius, tip)


def _names(shown: Network, places: Mapping[int, Place], middle: Place) -> Iterator[etree._Element]:
    """Yield the names, each turned away from the middle; none upside down."""
    for at, node in enumerate(shown.nodes):
        place = places[at]
        if at == shown.hub:
            yield text("label centre halo", place.x, place.y + LARGEST + 17, node.name)
            continue
        over, down = cos(place.angle), sin(place.angle)
        x, y = place.x + AWAY * over, place.y + AWAY * down
        room = min(_room(middle.x, place.x - middle.x, over), _room(middle.y, y - middle.y, down))
        turned = over < -SMALL
        yield text(
            "label left" if turned else "label",
            0,
            4,
            shortest(node, room - AWAY),
            transform=f"translate({number(x)} {number(y)})"
            f" rotate({number(degrees(place.angle) + 180 * turned)})",
        )


def _room(half: float, from_middle: float, share: float) -> float:
    """Return how far it is to the edge of the picture, on a way that leads there by ``share``."""
    return (half - abs(from_middle)) / max(abs(share), SMALL)


def shortest(node: Node, room: float) -> str:
    """Return the name of ``node``, with initials for forenames where there is little room.

    >>> ann = Node("Ann Mary Bell", 1, 1, person=True)
    >>> shortest(ann, 200), shortest(ann, 90), shortest(ann, 60), shortest(ann, 30)
    ('Ann Mary Bell', 'A. M. Bell', 'A. Bell', 'A…')
    """
    *first, last = node.name.split() or [""]
    initials = [f"{name[0]}." for name in first]
    forms = [node.name]
    if node.person and first:
        forms += [" ".join([*initials, last]), f"{initials[0]} {last}"]
    fitting = (form for form in forms if fitted(form, room) == form)
    return next(fitting, fitted(forms[-1], room))
