"""GraphML and GEXF, as NetworkX reads them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from correspondence import BEN, MOSHE, crowded, document, edition, exported
from epistola.exports import gexf, graphml
from epistola.exports.days import Bounds, bounds

FORMATS = {"graphml": graphml.FORMAT, "gexf": gexf.FORMAT}
HALE, BLY, COHEN = "person-hale", "person-bly", "person-cohen"


def graph(wanted: str, path: Path, *said: str) -> Any:
    data = io.BytesIO(exported(FORMATS[wanted], path, said))
    return nx.read_graphml(data) if wanted == "graphml" else nx.read_gexf(data)


@pytest.mark.parametrize("wanted", FORMATS)
def test_who_writes_to_whom(wanted: str, tmp_path: Path) -> None:
    read = graph(wanted, edition(tmp_path / "e"))
    assert read.is_directed()
    weights = {(a, b): data["weight"] for a, b, data in read.edges(data=True)}
    assert weights == {(HALE, BLY): 2, (BLY, HALE): 1, (HALE, COHEN): 1}
    assert dict(read.in_degree(weight="weight")) == {HALE: 1, BLY: 2, COHEN: 1}
    assert dict(read.out_degree(weight="weight")) == {HALE: 3, BLY: 1, COHEN: 0}
    assert [read.nodes[key]["label"] for key in (BLY, COHEN)] == [BEN, MOSHE]
    assert read.nodes[COHEN]["address"] == "https://d-nb.info/gnd/118575449"
    assert [read.nodes[HALE][name] for name in ("sent", "received", "named")] == [2, 1, 0]


@pytest.mark.parametrize("wanted", FORMATS)
def test_who_writes_about_whom(wanted: str, tmp_path: Path) -> None:
    read = graph(wanted, edition(tmp_path / "e"), "edges=naming")
    assert set(read.edges()) == {(HALE, COHEN), (BLY, COHEN)}


@pytest.mark.parametrize("wanted", FORMATS)
def test_who_is_named_with_whom(wanted: str, tmp_path: Path) -> None:
    read = graph(wanted, edition(tmp_path / "e"), "edges=together")
    assert not read.is_directed()
    assert [sorted(pair) for pair in read.edges()] == [[BLY, COHEN]]
    assert dict(read.degree()) == {BLY: 1, COHEN: 1}


def test_edges_have_days(tmp_path: Path) -> None:
    path = edition(tmp_path / "e")
    edge = graph("graphml", path).edges[HALE, BLY]
    assert (edge["first"], edge["last"]) == ("1848-05-03", "1850-02-28")
    edge = graph("gexf", path).edges[HALE, BLY]
    assert (edge["start"], edge["end"]) == ("1848-05-03", "1850-02-28")


@pytest.mark.parametrize("wanted", FORMATS)
def test_ten_thousand_mentions_are_one_node(wanted: str, tmp_path: Path) -> None:
    read = graph(wanted, crowded(tmp_path), "edges=naming")
    assert sorted((data["label"], data["named"]) for _, data in read.nodes(data=True)) == [
        ("Ada", 0), ("Ben", 0), (MOSHE, 1)
    ]  # fmt: skip
    assert [data["weight"] for _, _, data in read.edges(data=True)] == [1]


def test_entries_of_letters_that_share_no_register_are_joined_by_name(tmp_path: Path) -> None:
    entry = '<listPerson><person xml:id="p"><persName>Ann Wren</persName></person></listPerson>'
    sent = '<correspAction type="sent"><persName ref="#p">Ann</persName></correspAction>'
    to = '<correspAction type="received"><persName>Bo</persName></correspAction>'
    for name in "ab":
        written = document(name, sent + to, "<p>Yes.</p>", entry)
        (tmp_path / f"{name}.xml").write_text(written, "utf-8")
    assert len(graph("gexf", tmp_path)) == 3
    read = graph("gexf", tmp_path, "nodes=names")
    assert [(data["weight"]) for _, _, data in read.edges(data=True)] == [2]


@pytest.mark.parametrize(
    ("dating", "expected"),
    [
        ({}, Bounds()),
        ({"when": "1848-13"}, Bounds()),
        ({"when": "1847-02-29"}, Bounds()),
        ({"when": "-0044-03-15"}, Bounds()),
        ({"when": "18480"}, Bounds()),
        ({"from": "1848", "to": "1850-02"}, Bounds("1848-01-01", "1850-02-28")),
        ({"when": "1848-05-03T12:00:00"}, Bounds("1848-05-03", "1848-05-03")),
        ({"notBefore": "1848-04"}, Bounds("1848-04-01", "")),
    ],
)
def test_days(dating: dict[str, str], expected: Bounds) -> None:
    assert bounds(dating) == expected


@pytest.mark.parametrize("wanted", FORMATS)
def test_the_same_letters_give_the_same_bytes(wanted: str, tmp_path: Path) -> None:
    path = edition(tmp_path / "e")
    assert exported(FORMATS[wanted], path) == exported(FORMATS[wanted], path)
