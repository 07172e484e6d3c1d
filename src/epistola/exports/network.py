"""Who writes to whom, and who is named with whom: the graphs that letters make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from types import MappingProxyType

from epistola.exports import Choice
from epistola.exports.addresses import addresses
from epistola.exports.days import Bounds, bounds, widened
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Named
from epistola.model import Finding, Severity

PEOPLE = frozenset({"person", "persons", "org", "name"})
"""Kinds of what may write letters, and be named."""
CORRESPONDENTS = frozenset({"address", "byline", "salute", "signed"})
"""Parts of a letter whose names are those of its correspondents, by custom."""
NAME = re.compile(r"(?!n\d+$)[A-Za-z_][\w.-]*", re.ASCII)
"""A key that GraphML takes as an id (an ``NMTOKEN``), and that is no number of ours."""

CHOICES = (
    Choice(
        "edges",
        ("letters", "naming", "together"),
        "who writes to whom; who writes about whom; who is named with whom in a letter",
    ),
    Choice("nodes", ("entries", "names"), "one for each entry, or for each name"),
)


@dataclass(slots=True)
class Node:
    """A person or an organisation, and in how many letters each part is theirs."""

    id: str
    key: str
    label: str
    kind: str
    address: str
    sent: int = 0
    received: int = 0
    named: int = 0


@dataclass(slots=True)
class Edge:
    """In how many letters two are joined, and when."""

    weight: int = 0
    when: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class Network:
    """A graph: its nodes by their keys, and its edges by the keys at their ends."""

    directed: bool
    nodes: dict[str, Node]
    edges: dict[tuple[str, str], Edge]


Pairs = Callable[["_Parts"], Iterable[tuple[str, str]]]
"""Returns which nodes a letter joins, from its parts; each pair once."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The keys of those who sent a letter, received it, and are named in it, each once."""

    sent: tuple[str, ...]
    received: tuple[str, ...]
    named: tuple[str, ...]


def network(letters: Letters) -> Network:
    """Return the graph of ``letters`` that is chosen (see ``CHOICES``).

    A weight is a number of letters. Who has an entry, or points to something, is the one that
    it leads to; of correspondents without that the name counts, and a name in a text without
    it is passed over. Greetings and signatures are no mentions here.
    """
    wanted = letters.choices["edges"]
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str], Edge] = {}
    undated = 0
    for letter in letters:
        parts = _parts(letter, nodes, by_name=letters.choices["nodes"] == "names")
        when = bounds(letter.date.dating) if letter.date is not None else Bounds()
        undated += when == Bounds()
        for pair in PAIRS[wanted](parts):
            edge = edges.setdefault(pair, Edge())
            edge.weight += 1
            edge.when = widened(edge.when, when)
    if undated:
        said = f"letters without a date, whose edges have none either: {undated}"
        letters.report(Finding(Severity.INFO, "undated", said))
    directed = wanted != "together"
    joined = {key for pair in edges for key in pair}
    kept = {
        key: node
        for key, node in nodes.items()
        if key in joined or (directed and node.sent + node.received)
    }
    return Network(directed, kept, edges)


def _writing(parts: _Parts) -> Iterator[tuple[str, str]]:
    return ((sender, receiver) for sender in parts.sent for receiver in parts.received)


def _naming(parts: _Parts) -> Iterator[tuple[str, str]]:
    return ((who, whom) for who in parts.sent for whom in parts.named if who != whom)


def _together(parts: _Parts) -> Iterator[tuple[str, str]]:
    return combinations(sorted(parts.named), 2)


PAIRS: Mapping[str, Pairs] = MappingProxyType(
    {"letters": _writing, "naming": _naming, "together": _together}
)


def _parts(letter: ExportedLetter, nodes: dict[str, Node], *, by_name: bool) -> _Parts:
    """Return the parts of ``letter``, and count them in ``nodes``."""
    linked = [
        mention
        for mention in letter.mentions
        if mention.part not in CORRESPONDENTS and (mention.entries or mention.pointer)
    ]
    found = [
        tuple(dict.fromkeys(_nodes(who, nodes, by_name=by_name)))
        for who in (letter.sender, letter.addressee, linked)
    ]
    parts = _Parts(*found)
    for key in parts.sent:
        nodes[key].sent += 1
    for key in parts.received:
        nodes[key].received += 1
    for key in parts.named:
        nodes[key].named += 1
    return parts


def _nodes(who: Iterable[Named], nodes: dict[str, Node], *, by_name: bool) -> Iterator[str]:
    """Yield the keys of the nodes that ``who`` are, and make those that are new."""
    for one in who:
        entries = [entry for entry in one.entries if entry.kind in PEOPLE]
        if one.kind not in PEOPLE or (one.entries and not entries):
            continue
        words = " ".join(one.text.split())
        keys = [(entry.key, entry.name, entry.kind) for entry in entries]
        for key, label, kind in keys or [(one.key or words, words or one.key, one.kind)]:
            chosen = label.casefold() if by_name else key
            if chosen not in nodes:
                id_ = chosen if NAME.fullmatch(chosen) else f"n{len(nodes) + 1}"
                address = next(addresses(one), "")
                nodes[chosen] = Node(id_, key, label, kind, address)
            yield chosen
