"""The letter that ships, measured against a careful editor's encoding of it."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from epistola import encode
from epistola.checks.relaxng import schema_path
from epistola.edition import load_edition
from epistola.encode import Encoding
from epistola.model import Severity, ignore
from epistola.text.read import read
from jing import jing
from shared import shared

TEI = Path(__file__).parents[1] / "tei"
SOURCE = TEI / "sources" / "ratner-2011.txt"
LETTER = TEI / "letters" / "ratner-2011.xml"
NS = {"t": "http://www.tei-c.org/ns/1.0", "x": "http://www.w3.org/XML/1998/namespace"}

LEAST = {
    "person": 0.95,
    "place": 0.90,
    "org": 0.85,
    "event": 0.75,
    "date": 1.0,
    "title": 1.0,
    "reference": 1.0,
}

both = pytest.mark.parametrize("registers", [True, False], ids=["registers", "no-registers"])


@cache
def encoded(*, registers: bool) -> Encoding:
    edition = load_edition(TEI) if registers else None
    return encode(read(SOURCE, None, ignore), edition=edition)


def written(folder: Path, *, registers: bool) -> Path:
    path = folder / "ratner-2011.xml"
    path.write_bytes(encoded(registers=registers).to_bytes())
    return path


def test_the_letter_that_ships_is_what_encoding_gives() -> None:
    assert encoded(registers=True).to_bytes() == LETTER.read_bytes()


@both
def test_it_is_sound(*, registers: bool) -> None:
    findings = encoded(registers=registers).findings
    assert [f for f in findings if f.severity is Severity.ERROR] == []


@both
def test_jing_agrees(tmp_path: Path, *, registers: bool) -> None:
    made = written(tmp_path, registers=registers)
    assert jing(Path(str(schema_path())), [made]) == []
    assert jing(shared("data", "tei", "tei_all_4.12.0.rng"), [made]) == []


@both
def test_mentions_are_the_editors(tmp_path: Path, *, registers: bool) -> None:
    score = scorer()
    target = shared("target", "seed-letter.xml")
    made = written(tmp_path, registers=registers)
    gold, ours = (score.Reading(score.parse(path), gold=False) for path in (target, made))
    assert ours.text.split() == gold.text.split() == SOURCE.read_text("utf-8").split()
    for kind, least in LEAST.items():
        want, got = (
            {m for m in score.solid_mentions(reading) if m[2] == kind} for reading in (gold, ours)
        )
        exact = score.f1(len(want & got), len(want & got), len(got), len(want))[2]
        assert exact >= least, (kind, exact)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tei_score", shared("score", "tei_score.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HEADER = {
    "main title": "string(//t:titleStmt/t:title[@type='main'])",
    "subtitle": "string(//t:titleStmt/t:title[@type='sub'])",
    "author": "string(//t:titleStmt/t:author/t:persName)",
    "author's entry": "string(//t:titleStmt/t:author/t:persName/@ref)",
    "who prepared the text": "//t:titleStmt/t:respStmt[1]/*[@ref]/@ref",
    "when it was prepared": "//t:titleStmt/t:respStmt[1]/t:resp/t:date/@*",
    "the program": "string(//t:respStmt[@x:id='resp-machine']/t:name/@ref)",
    "publisher": "string(//t:publicationStmt/t:publisher)",
    "status of the edition": "string(//t:publicationStmt/t:availability/@status)",
    "terms of the edition": "normalize-space(//t:publicationStmt/t:availability/t:p)",
    "kind of print": "//t:biblStruct[@x:id='src-print']/@*[not(name()='xml:id')]",
    "author in print": "string(//*[@x:id='src-print']/t:analytic/t:author/t:persName/@ref)",
    "title in print": "string(//*[@x:id='src-print']/t:analytic/t:title)",
    "journal": "string(//*[@x:id='src-print']/t:monogr/t:title[@level='j'])",
    "journal's entry": "string(//*[@x:id='src-print']/t:monogr/t:title/@ref)",
    "volume and issue": "//*[@x:id='src-print']//t:biblScope/@n",
    "date of print": "string(//*[@x:id='src-print']//t:imprint/t:date/@notBefore)",
    "latest date of print": "string(//*[@x:id='src-print']//t:imprint/t:date/@notAfter)",
    "words of the date": "string(//*[@x:id='src-print']//t:imprint/t:date)",
    "print's page": "//*[@x:id='src-print']/t:relatedItem/@*",
    "kind of page": "string(//*[@x:id='src-online']/@type)",
    "archive": "string(//*[@x:id='src-online']/t:monogr/t:title)",
    "who prepared the page": "//*[@x:id='src-online']//t:respStmt/t:persName/@ref",
    "rights in the source": "string(//*[@x:id='src-online']//t:availability/t:p)",
    "status of the source": "string(//*[@x:id='src-online']//t:availability/@status)",
    "publisher of the page": "string(//*[@x:id='src-online']//t:imprint/t:publisher)",
    "dates of the page": "//*[@x:id='src-online']//t:imprint/t:date/@*",
    "page's print": "//*[@x:id='src-online']/t:relatedItem/@*",
    "stated aim": "normalize-space(substring-before(//t:projectDesc/t:p, ' by a program'))",
    "corrections": "normalize-space(//t:editorialDecl/t:correction)",
    "hyphenation": "normalize-space(//t:editorialDecl/t:hyphenation)",
    "quotation": "normalize-space(//t:editorialDecl/t:quotation)",
    "marks": "//t:editorialDecl/t:punctuation/@*",
    "genre": "string(//t:textClass/t:catRef/@target)",
    "the genre in words": "normalize-space(//t:category[concat('#', @x:id)=//t:catRef/@target])",
    "program": "string(//t:application/@ident)",
    "version": "string(//t:application/@version)",
    "written before": "string(//t:creation/t:date/@notAfter)",
    "language": "string(//t:langUsage/t:language[1]/@ident)",
    "language borrowed from": "string(//t:langUsage/t:language[2]/@ident)",
    "kind of correspondence": "string(//t:correspDesc/@type)",
    "sender": "string(//t:correspAction[@type='sent']/t:persName/@ref)",
    "sent before": "string(//t:correspAction[@type='sent']/t:date/@notAfter)",
    "addressee": "string(//t:correspAction[@type='received']/t:orgName/@ref)",
    "why the addressee": "string(//t:correspAction[@type='received']/t:note)",
    "answered": "//t:correspContext/t:ref[@type='repliesTo']/@target",
    "state": "string(//t:revisionDesc/@status)",
}
"""What the header says, and where; the target's answers are the ones wanted."""


@pytest.mark.parametrize("field", HEADER)
def test_the_header_says_what_the_editors_says(field: str) -> None:
    target = etree.parse(shared("target", "seed-letter.xml"))
    ours = etree.fromstring(encoded(registers=True).to_bytes()).getroottree()
    wanted, got = (_answer(tree, HEADER[field]) for tree in (target, ours))
    assert got == wanted
    assert got


def _answer(tree: etree._ElementTree, path: str) -> object:
    found = tree.xpath(path, namespaces=NS)
    return sorted(map(str, found)) if isinstance(found, list) else found
