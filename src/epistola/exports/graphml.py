"""GraphML, which Gephi, Cytoscape, yEd, igraph and NetworkX read (graphml.graphdrawing.org)."""

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

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
G: Final = cast("Maker", ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE}))
NODE: Mapping[str, str] = {
    "label": "string", "kind": "string", "key": "string", "address": "string",
    "sent": "int", "received": "int", "named": "int",
}  # fmt: skip
EDGE: Mapping[str, str] = {"weight": "int", "first": "string", "last": "string"}
"""What is said of nodes and edges, and its type."""


def write(letters: Letters) -> Iterator[Part]:
    """Yield the graph of ``letters`` that is chosen."""
    found = network(letters)
    graph = G.graph(
        {"id": "letters", "edgedefault": "directed" if found.directed else "undirected"}
    )
    keys = [*_keys("node", NODE), *_keys("edge", EDGE)]
    yield from stream(G.graphml(*keys, graph), {graph: _parts(found)})


def _keys(of: str, types: Mapping[str, str]) -> Iterator[etree._Element]:
    for name, type_ in types.items():
        said = {"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": type_}
        yield G.key(said)


def _parts(found: Network) -> Iterator[etree._Element]:
    for node in found.nodes.values():
        yield G.node({"id": node.id}, *_data("node", _of_node(node)))
    for (source, target), edge in found.edges.items():
        ends = {"source": found.nodes[source].id, "target": found.nodes[target].id}
        yield G.edge(ends, *_data("edge", _of_edge(edge)))


def _of_node(node: Node) -> dict[str, str]:
    counts = {"sent": str(node.sent), "received": str(node.received), "named": str(node.named)}
    said = {"label": node.label, "kind": node.kind, "key": node.key, "address": node.address}
    return {**said, **counts}


def _of_edge(edge: Edge) -> dict[str, str]:
    return {"weight": str(edge.weight), "first": edge.when.first, "last": edge.when.last}


def _data(of: str, said: Mapping[str, str]) -> Iterator[etree._Element]:
    for name, value in said.items():
        if value:
            yield G.data({"key": f"{of}-{name}"}, value)


FORMAT = LettersFormat(
    write,
    "Graph of who writes to whom, for Gephi, Cytoscape, NetworkX",
    ".graphml",
    keeps="persons and organisations with their numbers of letters; edges with number of letters,"
    " first and last day",
    loses="the text, single letters, certainty, names without an entry",
    choices=CHOICES,
)
