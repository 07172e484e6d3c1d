"""Turtle and JSON-LD, parsed by rdflib, queried, and validated by pySHACL."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.compare import isomorphic

from correspondence import BEN, MOSHE, crowded, document, edition, exported
from epistola.exports import ExportError
from epistola.exports.rdf import FORMAT
from epistola.model import Finding

# rdflib's own parser of JSON-LD uses what rdflib would not have used any more
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
ROOT = Path(__file__).parents[2]
SHAPES = Graph().parse(ROOT / "schemas/letters-shapes.ttl", format="turtle")
SYNTAXES = {"turtle": "turtle", "jsonld": "json-ld"}
NAMES = """PREFIX crm: <http://www.cidoc-crm.org/cidoc-crm/>
PREFIX schema: <https://schema.org/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX itsrdf: <http://www.w3.org/2005/11/its/rdf#>
"""


def graph(path: Path, syntax: str = "turtle", *said: str) -> Graph:
    data = exported(FORMAT, path, [f"syntax={syntax}", *said])
    return Graph().parse(data=data, format=SYNTAXES[syntax])


def asked(of: Graph, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, row)) for row in of.query(NAMES + query))  # type: ignore[arg-type]


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    return edition(tmp_path / "edition")


def test_both_syntaxes_say_the_same(letters: Path) -> None:
    turtle, other = (graph(letters, syntax) for syntax in SYNTAXES)
    assert isomorphic(turtle, other)
    assert len(turtle) > 100


@pytest.mark.parametrize("source", ["edition", "seed"])
def test_it_has_the_shape_that_is_documented(source: str, letters: Path) -> None:
    data = graph(letters if source == "edition" else ROOT / "tei")
    conforms, _, said = validate(data, shacl_graph=SHAPES)
    assert conforms, said


@pytest.mark.parametrize(
    "update",
    [
        "DELETE { ?s rdfs:label ?o } WHERE { ?s a schema:Person ; rdfs:label ?o }",
        "DELETE { ?s crm:P94_has_created ?o } WHERE { ?s crm:P94_has_created ?o }",
        "INSERT { ?s schema:latitude 91 } WHERE { ?s a schema:Place }",
        "INSERT { ?s itsrdf:taConfidence 1.5 } WHERE { ?s crm:P190_has_symbolic_content ?o }",
    ],
)
def test_what_has_not_that_shape_is_refused(update: str, letters: Path) -> None:
    data = graph(letters)
    data.update(NAMES + update)
    assert not validate(data, shacl_graph=SHAPES)[0]


def test_who_wrote_to_whom(letters: Path) -> None:
    query = """SELECT ?a ?b ?when WHERE { ?l schema:sender/rdfs:label ?a ;
    schema:recipient/rdfs:label ?b ; schema:dateCreated ?when }"""
    assert asked(graph(letters), query) == [
        ("Ada Hale", BEN, "1848-05-03"),
        (BEN, "Ada Hale", "1848-05-20"),
    ]


def test_who_is_mentioned_how_often(letters: Path) -> None:
    query = """SELECT ?name (COUNT(?m) AS ?n) WHERE {
    ?m crm:P67_refers_to [ a crm:E21_Person ; rdfs:label ?name ] } GROUP BY ?name"""
    assert asked(graph(letters), query) == sorted([("Ada Hale", "1"), (BEN, "1"), (MOSHE, "3")])


def test_when_and_where(letters: Path) -> None:
    query = """SELECT ?first ?last WHERE { ?w crm:P4_has_time-span [
    crm:P82a_begin_of_the_begin ?first ; crm:P82b_end_of_the_end ?last ] }"""
    assert ("1849-01-01", "1850-02-28") in asked(graph(letters), query)
    query = """SELECT ?name ?same ?north WHERE { ?w crm:P7_took_place_at ?p . ?p rdfs:label ?name ;
    schema:sameAs ?same ; schema:latitude ?north }"""
    assert asked(graph(letters), query) == [
        ("Leeds", "https://www.geonames.org/2644688", "53.796480")
    ]


def test_addresses_begin_as_the_user_says(letters: Path) -> None:
    data = graph(letters, "turtle", "base=https://letters.test/x")
    query = "SELECT ?l WHERE { ?l a schema:Message }"
    assert asked(data, query)[0] == ("https://letters.test/x/letter/a",)
    found: list[Finding] = []
    exported(FORMAT, letters, (), found.append)
    assert [one.code for one in found] == ["no-base"]


def test_what_is_no_address_is_refused(letters: Path) -> None:
    with pytest.raises(ExportError, match="write an address"):
        exported(FORMAT, letters, ["base=a> b"])


def test_odd_names_and_odd_files(tmp_path: Path) -> None:
    text = '<p><persName ref="#p">A "b"\\\n\t&lt;c&gt; &amp; \u202eש</persName></p>'
    name = '<persName>A "b"\\ &lt;c&gt;</persName>'
    entry = f'<listPerson><person xml:id="p">{name}</person></listPerson>'
    path = tmp_path / "a b>c é.xml"
    path.write_text(document("x", "", text, entry), "utf-8")
    for syntax in SYNTAXES:
        data = graph(path, syntax)
        assert ('A "b"\\ <c>',) in asked(data, "SELECT ?n WHERE { ?p rdfs:label ?n }")
        (words,) = asked(data, "SELECT ?n WHERE { ?p crm:P190_has_symbolic_content ?n }")
        assert words[0].split() == ["A", '"b"\\', "<c>", "&", "\u202eש"]


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_ten_thousand_mentions(syntax: str, tmp_path: Path) -> None:
    data = graph(crowded(tmp_path), syntax)
    query = "SELECT (COUNT(?m) AS ?n) WHERE { ?m crm:P67_refers_to ?p }"
    assert asked(data, query) == [("10000",)]
