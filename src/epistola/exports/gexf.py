"""GEXF 1.3, which Gephi reads, with the days between which an edge is there (gexf.net)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from lxml import etree
from lxml.builder import ElementMaker

from epistola.exports import LettersFormat, Part
from epistola.exports.gathered import Letters
from epistola.exports.network import CHOICES, Edge, Network, Node, network
from epistola.exports.stream import stream
from epistola.tree.element import Maker

NAMESPACE: Final = "http://gexf.net/1.3"
G: Final = cast("Maker", ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE}))
ATTRIBUTES: Mapping[str, str] = {
    "kind": "string", "key": "string", "address": "string",
    "sent": "integer", "received": "integer", "named": "integer",
}  # fmt: skip
"""What is said of a node, and its type."""


def write(letters: Letters) -> Iterator[Part]:
    """Yield the graph of ``letters`` that is chosen."""
    found = network(letters)
    nodes, edges = G.nodes(), G.edges()
    attributes = [G.attribute({"id": n, "title": n, "type": t}) for n, t in ATTRIBUTES.items()]
    graph = G.graph(
        {
            "defaultedgetype": "directed" if found.directed else "undirected",
            "mode": "dynamic",
            "timeformat": "date",
        },
        G.attributes({"class": "node"}, *attributes),
        nodes,
        edges,
    )
    filling = {nodes: map(_node, found.nodes.values()), edges: _edges(found)}
    yield from stream(G.gexf({"version": "1.3"}, graph), filling)


def _node(node: Node) -> etree._Element:
    said = {
        "kind": node.kind,
        "key": node.key,
        "address": node.address,
        "sent": str(node.sent),
        "received": str(node.received),
        "named": str(node.named),
    }
    values = [G.attvalue({"for": name, "value": value}) for name, value in said.items() if value]
    return G.node({"id": node.id, "label": node.label}, G.attvalues(*values))


def _edges(found: Network) -> Iterator[etree._Element]:
    for number, ((source, target), edge) in enumerate(found.edges.items(), 1):
        ends = {"source": found.nodes[source].id, "target": found.nodes[target].id}
        yield G.edge({"id": f"e{number}", **ends, "weight": str(edge.weight), **_when(edge)})


def _when(edge: Edge) -> dict[str, str]:
    said = {"start": edge.when.first, "end": edge.when.last}
    return {name: value for name, value in said.items() if value}


FORMAT = LettersFormat(
    write,
    "Graph of who writes to whom, with its days, for Gephi",
    ".gexf",
    keeps="persons and organisations with their numbers of letters; edges with number of letters,"
    " first and last day",
    loses="the text, single letters, certainty, names without an entry",
    choices=CHOICES,
)
