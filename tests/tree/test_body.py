"""Annotations to elements: a marked line and the TEI it becomes."""

from __future__ import annotations

import pytest
from lxml import etree

from epistola.model import Annotation, EntryId, Finding, Letter, Source, Span
from epistola.tree.body import build_text
from marks import marked


def built(line: str) -> tuple[str, list[str]]:
    source, annotations = marked(line)
    findings: list[Finding] = []
    text = build_text(source, Letter(), annotations, report=findings.append)
    inner = etree.tostring(text[0][0], encoding="unicode")
    inner = inner.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "").strip()
    return inner.removeprefix("<div>").removesuffix("</div>"), [f.code for f in findings]


@pytest.mark.parametrize(
    ("line", "tei", "codes"),
    [
        ("[p a < b & c]", '<p xml:id="p1">a &lt; b &amp; c</p>', []),
        ("[p I saw [person Mr. M].]", '<p xml:id="p1">I saw <persName>Mr. M</persName>.</p>', []),
        (
            "[p the [event [person A]-[person B] treaty]]",
            '<p xml:id="p1">the <eventName><persName>A</persName>-<persName>B</persName>'
            " treaty</eventName></p>",
            [],
        ),
        (
            "[p in [date when=1848 1848], [foreign vide]]",
            '<p xml:id="p1">in <date when="1848">1848</date>, <foreign>vide</foreign></p>',
            [],
        ),
        ("[p [salute Sir],--I]", '<p xml:id="p1"><seg type="salute">Sir</seg>,--I</p>', []),
        ("[opener [salute Sir]]", "<opener><salute>Sir</salute></opener>", []),
        (
            "[closer [valediction Ever] [signed A]]",
            "<closer><salute>Ever</salute> <signed>A</signed></closer>",
            [],
        ),
        ("[p a[pageBreak \f]b]", '<p xml:id="p1">a<pb/>b</p>', []),
        (
            "[p [persons the Mills]]",
            '<p xml:id="p1"><rs type="person" subtype="type">the Mills</rs></p>',
            [],
        ),
        (
            "[p [reference [title level=m X], [scope unit=page n=3 p. 3]]]",
            '<p xml:id="p1"><bibl><title level="m">X</title>, '
            '<biblScope unit="page" n="3">p. 3</biblScope></bibl></p>',
            [],
        ),
        ("[opener [salute [reference X]]]", "<opener><salute>X</salute></opener>", ["misplaced"]),
        ("[p [scope unit=page p. 3]]", '<p xml:id="p1">p. 3</p>', ["misplaced"]),
        (
            "[p so [highlight rend=italic _[title level=m X]_]]",
            '<p xml:id="p1">so <hi rend="italic">_<title level="m">X</title>_</hi></p>',
            [],
        ),
        (
            "[p [gap reason=illegible unit=word quantity=2 [gapWords two]] b]",
            '<p xml:id="p1"><gap reason="illegible" unit="word" quantity="2"><desc>two</desc></gap>'
            " b</p>",
            [],
        ),
        (
            "[p aff[supplied ec]ly [unclear so] [deletion x] [addition y]]",
            '<p xml:id="p1">aff<supplied>ec</supplied>ly <unclear>so</unclear> <del>x</del>'
            " <add>y</add></p>",
            [],
        ),
        (
            "[p mor[hyphen -][lineBreak break=no \n]ning[lineBreak \n]so]",
            '<p xml:id="p1">mor<pc force="weak">-</pc>\n<lb break="no"/>ning\n<lb/>so</p>',
            [],
        ),
        (
            "[p a\n[pageNumber n=12 p. 12]\nb]",
            '<p xml:id="p1">a\n<pb n="12"/><fw type="pageNum" n="12">p. 12</fw>\nb</p>',
            [],
        ),
        (
            "[p a[pageBreak n=12 \f][pageNumber p. 12]\nb]",
            '<p xml:id="p1">a<pb n="12"/><fw type="pageNum">p. 12</fw>\nb</p>',
            [],
        ),
        (
            "[extract [verse [line A] [line B]]]",
            '<quote type="block"><lg><l>A</l> <l>B</l></lg></quote>',
            [],
        ),
        (
            "[list type=numbered [item n=1 A]] [table [row [cell B]]]",
            '<list type="numbered"><item n="1">A</item></list> '
            "<table><row><cell>B</cell></row></table>",
            [],
        ),
        ("plain", "plain", []),
    ],
)
def test_elements(line: str, tei: str, codes: list[str]) -> None:
    assert built(line) == (tei, codes)


def test_the_weaker_of_two_that_cross_is_left_out() -> None:
    source = Source("a", "Laval-Stalin treaty")
    claims = [
        Annotation(Span(0, 19), "p"),
        Annotation(Span(0, 12), "person"),
        Annotation(Span(6, 19), "event"),
    ]
    findings: list[Finding] = []
    text = build_text(source, Letter(), claims, report=findings.append)
    assert b"eventName" in etree.tostring(text)
    assert b"persName" not in etree.tostring(text)
    assert [(f.code, f.span) for f in findings] == [("crossing", Span(0, 12))]


def test_links_and_certainty_become_attributes() -> None:
    source = Source("a", "Mill")
    mention = Annotation(Span(0, 4), "person", entry=EntryId("person-mill"), certainty=0.8)
    text = build_text(source, Letter(), [Annotation(Span(0, 4), "p"), mention])
    name = text.find(".//{*}persName")
    assert name is not None
    assert {str(k): str(v) for k, v in name.attrib.items()} == {
        "ref": "#person-mill",
        "cert": "medium",
        "resp": "#resp-machine",
    }


def test_a_colophon_stands_in_back() -> None:
    source = Source("a", "A b.\n\nLast updated")
    parts = [
        Annotation(Span(0, 4), "letter"),
        Annotation(Span(0, 4), "p"),
        Annotation(Span(6, 18), "colophon"),
        Annotation(Span(6, 18), "p"),
    ]
    text = build_text(source, Letter(genre="letter"), parts)
    assert [part.tag.rpartition("}")[2] for part in text] == ["body", "back"]
    assert text.get("type") == text[0][0].get("type") == "letter"
