"""A grammar cut down to the names in use gives the verdicts of the whole grammar."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from documents import Documents
from epistola.checks.relaxng import schema_path
from epistola.checks.specialise import Names, names_in, specialised
from jing import jing
from shared import shared

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'


def grammar(body: str, start: str = '<ref name="a"/>') -> etree._Element:
    return etree.fromstring(f"<grammar {RNG}><start>{start}</start>{body}</grammar>")


def define(name: str, content: str) -> str:
    return f'<define name="{name}"><element name="{name}">{content}</element></define>'


def written(tree: etree._Element) -> str:
    return etree.tostring(tree, encoding="unicode").replace(f" {RNG}", "")


# What is left of a content model where b and the attribute x are used, but neither c nor y.

CASES = [
    ('<ref name="c"/>', "<notAllowed/>"),
    ('<optional><ref name="c"/></optional>', "<empty/>"),
    ('<zeroOrMore><ref name="c"/></zeroOrMore>', "<empty/>"),
    ('<oneOrMore><ref name="c"/></oneOrMore>', "<notAllowed/>"),
    ('<choice><ref name="c"/><ref name="b"/></choice>', '<ref name="b"/>'),
    (
        '<choice><ref name="c"/><text/><ref name="b"/></choice>',
        '<choice><text/><ref name="b"/></choice>',
    ),
    ('<choice><ref name="b"/><empty/></choice>', '<optional><ref name="b"/></optional>'),
    ('<choice><ref name="c"/><empty/></choice>', "<empty/>"),
    ('<group><ref name="b"/><optional><ref name="c"/></optional></group>', '<ref name="b"/>'),
    ('<group><ref name="b"/><ref name="c"/></group>', "<notAllowed/>"),
    ('<choice><group><ref name="b"/><ref name="c"/></group><text/></choice>', "<text/>"),
    ('<interleave><ref name="b"/><empty/></interleave>', '<ref name="b"/>'),
    ('<mixed><optional><ref name="c"/></optional></mixed>', "<mixed><empty/></mixed>"),
    ('<mixed><ref name="c"/></mixed>', "<notAllowed/>"),
    ('<optional><attribute name="y"/></optional>', "<empty/>"),
    ('<optional><attribute name="x"/></optional>', '<optional><attribute name="x"/></optional>'),
    ('<attribute name="y"/>', "<notAllowed/>"),
    ('<attribute name="p:x"/>', '<attribute name="p:x"/>'),
    ("<attribute><name>y</name></attribute>", "<notAllowed/>"),
    ("<attribute><anyName/></attribute>", "<attribute><anyName/></attribute>"),
    ("<element><name>q</name><text/></element>", "<notAllowed/>"),
    ("<element><anyName/><ref name='c'/></element>", "<notAllowed/>"),
    ("<element><anyName/><text/></element>", "<element><anyName/><text/></element>"),
    ('<group ns="u"><ref name="b"/><empty/></group>', '<group ns="u"><ref name="b"/></group>'),
    ('<ref name="c-or-nothing"/>', "<empty/>"),
    ('<ref name="needs-c"/>', "<notAllowed/>"),
]


@pytest.mark.parametrize(("content", "left"), CASES)
def test_what_is_left(content: str, left: str) -> None:
    others = (
        define("b", "<empty/>")
        + define("c", "<empty/>")
        + '<define name="c-or-nothing"><optional><ref name="c"/></optional></define>'
        + '<define name="needs-c"><group><text/><ref name="c"/></group></define>'
    )
    whole = grammar(define("a", content) + others)
    small = written(specialised(whole, Names(frozenset("abe"), frozenset("x"))))
    if left == "<notAllowed/>":
        assert "<start><notAllowed/></start></grammar>" in small
    else:
        assert define("a", left) in small


def test_what_cannot_be_reached_goes() -> None:
    body = define("a", '<optional><ref name="b"/></optional>') + define("b", "<empty/>")
    small = specialised(grammar(body), Names(frozenset("a")))
    assert written(small) == written(grammar(define("a", "<empty/>")))


@pytest.mark.parametrize(
    "whole",
    [
        f"<element {RNG} name='a'><empty/></element>",
        f"<grammar {RNG}><include href='b.rng'/><start><ref name='a'/></start></grammar>",
        f"<grammar {RNG}><start><externalRef href='b.rng'/></start></grammar>",
        f"<grammar {RNG}><start><grammar><start><empty/></start></grammar></start></grammar>",
        f"<grammar {RNG}><start combine='choice'><text/></start></grammar>",
    ],
)
def test_what_is_made_of_parts_stays_whole(whole: str) -> None:
    tree = etree.fromstring(whole)
    assert specialised(tree, Names()) is tree


def test_names() -> None:
    tree = etree.fromstring('<a xml:id="i" xmlns:u="u"><u:b u:x=""/><!-- c --><?d e?></a>')
    names = names_in(tree)
    assert names == Names(frozenset("ab"), frozenset(["id", "x"]))
    assert Names(frozenset("a")) | Names(frozenset("b"), frozenset(["id", "x"])) == names
    assert Names(frozenset("a")) <= names
    assert not names <= Names(frozenset("ab"))


# The same verdicts.


def test_verdicts_on_random_letters() -> None:
    tree = etree.parse(str(schema_path()), etree.XMLParser(remove_comments=True))
    whole = etree.RelaxNG(tree)
    documents = Documents(tree, seed=4)
    verdicts = set()
    for number in range(150):
        make = documents.spoiled if number % 3 else documents.element
        document = etree.fromstring(etree.tostring(make("TEI")))
        small = etree.RelaxNG(etree.ElementTree(specialised(tree.getroot(), names_in(document))))
        verdict = whole.validate(document)
        assert small.validate(document) == verdict, etree.tostring(document)
        verdicts.add(verdict)
    assert verdicts == {True, False}


def test_verdicts_of_tei_all_are_those_of_jing() -> None:
    schema = shared("data", "tei", "tei_all_4.12.0.rng")
    folders = (shared("data", "tei", "tei_test"), shared("data", "letters"))
    paths = [path for folder in folders for path in alone(folder)]
    grammar = etree.parse(schema, etree.XMLParser(remove_comments=True)).getroot()
    ours = {path: valid(grammar, path) for path in paths}
    told = [line.split(":")[0] for line in jing(schema, paths)]
    invalid = {path for path in paths if str(path) in told}
    assert {path for path, verdict in ours.items() if not verdict} == invalid
    assert 0 < len(invalid) < len(paths)


def alone(folder: Path) -> list[Path]:
    """Some fifty files that Jing can read: a document type that is not there stops it."""
    paths = sorted(p for p in folder.rglob("*.xml") if b"<!DOCTYPE" not in p.read_bytes())
    return paths[:: max(1, len(paths) // 25)]


def valid(grammar: etree._Element, path: Path) -> bool:
    tree = etree.parse(path, etree.XMLParser(collect_ids=False))
    small = specialised(grammar, names_in(tree))
    return bool(etree.RelaxNG(etree.ElementTree(small)).validate(tree))
