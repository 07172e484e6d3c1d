from __future__ import annotations

from time import process_time

import pytest
from lxml import etree

from epistola.checks.rules import check_pointers
from epistola.model import Finding, Severity
from shared import shared


def check(xml: str) -> list[Finding]:
    named = xml.replace("<a", '<a xmlns="http://www.tei-c.org/ns/1.0"', 1)
    return check_pointers(etree.fromstring(named, etree.XMLParser(collect_ids=False)))


@pytest.mark.parametrize(
    "xml",
    [
        '<a n="#1" rend="color:#fff" type="#b"/>',
        '<a ref="http://example.org/#b c.xml#d person:marx"/>',
        '<a target="#xpath(//p)"/>',
        '<a xml:id="b" ref="#b"/>',
        '<a><b resp="#d" who="#c #d"/><c xml:id="c"/><d xml:id="d"/><!-- #e --><?f ref="#g"?></a>',
        '<a when="1848" xml:lang="en"/>',
        '<a><date from="#x" to="#y"/><gi scheme="#z">p</gi><move where="#door"/></a>',
        '<a xml:base="https://example.org/c.xml"><b ref="#d"/></a>',
        '<a><egXML xmlns="http://www.tei-c.org/ns/Examples"><ref target="#b"/></egXML></a>',
        '<a xml:id="müller" ref="#m%C3%BCller"/>',
    ],
)
def test_what_points_nowhere_in_the_file_or_somewhere_is_no_fault(xml: str) -> None:
    assert check(xml) == []


ATTRIBUTES = """
    ref corresp target who resp decls scheme active passive mutual next prev sameAs calendar where
    ana
"""


@pytest.mark.parametrize("attribute", ATTRIBUTES.split())
def test_every_pointer_must_point_at_something(attribute: str) -> None:
    xml = f'<a>\n<b xml:id="person-marx"/>\n<c {attribute}="#person-marx #person-mark"/></a>'
    message = f"{attribute}=“#person-mark” points at nothing; did you mean “#person-marx”?"
    expected = ("#person-marx",)
    assert check(xml) == [
        Finding(Severity.ERROR, "pointer", message, line=3, column=1, expected=expected)
    ]


@pytest.mark.parametrize("element", ["app", "span"])
def test_from_points_where_it_is_no_date(element: str) -> None:
    (finding,) = check(f'<a><{element} from="#x"/></a>')
    assert finding.message == "from=“#x” points at nothing: no element has this xml:id"


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("#person-marx", "no element has this xml:id"),
        ("#", "an xml:id should follow the #"),
        ("#https://example.org/marx", "write an address outside the file without the #"),
    ],
)
def test_no_hint_where_nothing_is_near(address: str, advice: str) -> None:
    (finding,) = check(f'<a xml:id="b" ref="{address}"/>')
    assert finding.message == f"ref=“{address}” points at nothing: {advice}"


def test_an_id_must_be_given_once() -> None:
    first, second = check('<a>\n<b xml:id="x"/>\n<c xml:id="x"/>\n<d xml:id="x"/></a>')
    assert first.message == "xml:id “x” is used twice (first in line 2): give each element its own"
    assert (first.code, first.line, second.line) == ("id", 3, 4)


def test_a_tree_made_in_memory_has_no_lines() -> None:
    root = etree.Element("{http://www.tei-c.org/ns/1.0}a", ref="#b")
    (finding,) = check_pointers(etree.ElementTree(root))
    assert finding.line == 0


def test_many_faults_do_not_take_long() -> None:
    start = process_time()
    names = "".join(f'<a xml:id="person-{i}" ref="#persom-{i}"/>' for i in range(2000))
    assert len(check(f"<a>{names}</a>")) == 2000
    assert process_time() - start < 5


def test_the_target_points_at_what_it_holds() -> None:
    tree = etree.parse(shared("target", "seed-letter.xml"))
    assert check_pointers(tree) == []
