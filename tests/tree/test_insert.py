"""Elements put around words of a tree that is there; what was there is never split."""

from __future__ import annotations

import pytest
from lxml import etree

from epistola.model import Annotation, Finding, Span
from epistola.tree.element import TEI
from epistola.tree.insert import insert
from epistola.tree.read import read_slots

NS = f' xmlns="{TEI}"'


def written(xml: str, *wanted: tuple[str, str]) -> tuple[str, list[str]]:
    """The paragraph ``xml`` with mentions of ``wanted`` (kind, words), and what was said."""
    root = etree.fromstring(f"<p{NS}>{xml}</p>")
    source, _, slots = read_slots(root)
    mentions = [
        Annotation(Span(at, at + len(words)), kind)
        for kind, words in wanted
        for at in [source.text.index(words)]
    ]
    findings: list[Finding] = []
    insert(source, slots, mentions, report=findings.append)
    inner = etree.tostring(root, encoding="unicode").replace(NS, "")
    return inner.removeprefix("<p>").removesuffix("</p>"), [f.message for f in findings]


REFUSED = {
    "it begins in an element and ends outside": (
        "in Brus<hi>sels and</hi> Rome", ("place", "Brussels"),
        "it crosses the markup that is there",
    ),
    "it ends within an element": (
        "<hi>old Karl</hi> Marx", ("person", "Karl Marx"), "it crosses the markup that is there",
    ),
    "a line begins before the first word of the element": (
        "<hi><lb/>Karl</hi> Marx", ("person", "Karl Marx"), "it crosses the markup that is there"
    ),
    "it is tagged": (
        "in <name>Rome</name>", ("place", "Rome"), "a <name> says already what that is"
    ),
    "it holds what is tagged": (
        "Mr. <surname>Marx</surname>", ("person", "Mr. Marx"),
        "a <surname> says already what that is",
    ),
    "TEI allows none there": (
        "<gap><desc>x</desc></gap><stamp>Rome</stamp>", ("place", "Rome"),
        "TEI allows none in a <stamp>",
    ),
}  # fmt: skip

PUT = {
    "plain words": ("in Rome.", [("place", "Rome")], "in <placeName>Rome</placeName>."),
    "the whole": ("Rome", [("place", "Rome")], "<placeName>Rome</placeName>"),
    "two, one after the other": (
        "Rome, Ely", [("place", "Rome"), ("place", "Ely")],
        "<placeName>Rome</placeName>, <placeName>Ely</placeName>",
    ),
    "one in the other": (
        "the Rome treaty.", [("event", "Rome treaty"), ("place", "Rome")],
        "the <eventName><placeName>Rome</placeName> treaty</eventName>.",
    ),
    "the content of an element": (
        "in <hi>Rome</hi>.", [("place", "Rome")], "in <hi><placeName>Rome</placeName></hi>."
    ),
    "an element and more": (
        "I saw <hi>Karl</hi> Marx.", [("person", "Karl Marx")],
        "I saw <persName><hi>Karl</hi> Marx</persName>.",
    ),
    "more and an element": (
        "I saw Karl <hi>Marx</hi>", [("person", "Karl Marx")],
        "I saw <persName>Karl <hi>Marx</hi></persName>",
    ),
    "two elements": (
        "<hi>Karl</hi> <hi>Marx</hi>", [("person", "Karl Marx")],
        "<persName><hi>Karl</hi> <hi>Marx</hi></persName>",
    ),
    "elements in elements": (
        "<hi><hi>Karl</hi></hi> Marx", [("person", "Karl Marx")],
        "<persName><hi><hi>Karl</hi></hi> Marx</persName>",
    ),
    "a line ends within": (
        "Karl<lb/> Marx", [("person", "Karl\n Marx")], "<persName>Karl<lb/> Marx</persName>"
    ),
    "a word goes on in the next line": (
        'in Ber<lb break="no"/>lin', [("place", "Berlin")],
        'in <placeName>Ber<lb break="no"/>lin</placeName>',
    ),
    "comments stay": (
        "<!--a-->Karl<?b c?> Marx<!--d-->.", [("person", "Karl Marx")],
        "<!--a--><persName>Karl<?b c?> Marx</persName><!--d-->.",
    ),
    "a name stands around all readings": (
        "in <choice><sic>Rmoe</sic><corr>Rome</corr></choice>.", [("place", "Rmoe")],
        "in <placeName><choice><sic>Rmoe</sic><corr>Rome</corr></choice></placeName>.",
    ),
    "a reading within a name": (
        "Karl <choice>\n<sic>Mrax</sic>\n<corr>Marx</corr>\n</choice> came",
        [("person", "Karl \nMrax")],
        "<persName>Karl <choice>\n<sic>Mrax</sic>\n<corr>Marx</corr>\n</choice></persName> came",
    ),
    "what an editor added is not the text": (
        "in <supplied resp='#a'>old </supplied>Rome", [("place", "Rome")],
        'in <supplied resp="#a">old </supplied><placeName>Rome</placeName>',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("xml", "wanted", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_left_out_is_reported(xml: str, wanted: tuple[str, str], why: str) -> None:
    made, said = written(xml, wanted)
    assert made == xml
    assert [message.partition("left out: ")[2] for message in said] == [why]


@pytest.mark.parametrize(("xml", "wanted", "tei"), PUT.values(), ids=PUT)
def test_where_an_element_is_put(xml: str, wanted: list[tuple[str, str]], tei: str) -> None:
    assert written(xml, *wanted) == (tei, [])
