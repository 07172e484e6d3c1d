"""Numbers are put into a file, and nothing else of it changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from epistola import encode
from epistola.checks.document import Demands, check_document
from epistola.checks.schemas import Shelf
from epistola.model import Finding, Severity
from epistola.reconcile.document import (
    Change,
    Document,
    DocumentError,
    Fate,
    changed,
    read_document,
)
from epistola.reconcile.numbers import Number
from shared import shared

VIAF, GND = Number("VIAF", "https://viaf.org/viaf/7"), Number("GND", "118540238")
HEAD = """<teiHeader>
  <fileDesc>
    <titleStmt>
      <title>Persons</title>
    </titleStmt>
    <publicationStmt><publisher>x</publisher></publicationStmt>
    <sourceDesc><p>x</p></sourceDesc>
  </fileDesc>
</teiHeader>"""
MACHINE = (
    '<respStmt xml:id="resp-machine"><resp>proposal of authority numbers</resp>'
    '<name type="software">epistola</name></respStmt>'
)
ANA = (
    '<respStmt xml:id="resp-ana-bly"><resp>review of authority numbers</resp>'
    "<name>Ana Bly</name></respStmt>"
)
PROPOSED = '<idno type="VIAF" cert="high" resp="#resp-machine">https://viaf.org/viaf/7</idno>'
ACCEPTED = '<idno type="VIAF" resp="#resp-ana-bly">https://viaf.org/viaf/7</idno>'


def file(lists: str, head: str = HEAD) -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<standOff>{lists}</standOff></TEI>\n'


def document(text: str) -> Document:
    return read_document(text.encode(), "r.xml")


def made(text: str, *changes: Change, editor: str = "") -> str:
    return changed(document(text), changes, editor).decode()


def proposal(name: str = "a", number: Number = VIAF, certainty: str = "high") -> Change:
    return Change(name, number, certainty=certainty)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<person xml:id="a"><persName>Jo</persName></person>',
            f'<person xml:id="a"><persName>Jo</persName>{PROPOSED}</person>',
        ),
        (
            '<person xml:id="a">\n  <persName>Jo</persName>\n  <note>x</note>\n</person>',
            f'<person xml:id="a">\n  <persName>Jo</persName>\n  {PROPOSED}\n  <note>x</note>\n'
            "</person>",
        ),
        (
            '<person xml:id="a">\n <persName>Jo</persName>\n <idno type="GND">8</idno><!-- c -->\n'
            " <note>x</note></person>",
            '<person xml:id="a">\n <persName>Jo</persName>\n <idno type="GND">8</idno>\n '
            f"{PROPOSED}<!-- c -->\n <note>x</note></person>",
        ),
        (
            '<person xml:id="a"><note>Only a note, by <persName>Jo</persName></note></person>',
            f'<person xml:id="a">{PROPOSED}<note>Only a note, by <persName>Jo</persName></note>'
            "</person>",
        ),
        (
            '<place xml:id="a"><placeName>Ely</placeName><location><geo>1 2</geo></location>'
            '<place xml:id="b"><placeName>Quay</placeName></place></place>',
            '<place xml:id="a"><placeName>Ely</placeName><location><geo>1 2</geo></location>'
            f'{PROPOSED}<place xml:id="b"><placeName>Quay</placeName></place></place>',
        ),
        (
            '<org xml:id="a"><orgName>All</orgName><listOrg><org xml:id="b"><orgName>Part</orgName>'
            "</org></listOrg></org>",
            f'<org xml:id="a"><orgName>All</orgName>{PROPOSED}<listOrg><org xml:id="b"><orgName>'
            "Part</orgName></org></listOrg></org>",
        ),
        (
            '<event xml:id="a" when="1848"><label>Rising</label><note>x</note></event>',
            f'<event xml:id="a" when="1848"><label>Rising</label>{PROPOSED}<note>x</note></event>',
        ),
        (
            '<biblStruct xml:id="a"><monogr><author>Jo</author><title>Loaf</title><imprint><date/>'
            "</imprint></monogr></biblStruct>",
            f'<biblStruct xml:id="a"><monogr><author>Jo</author><title>Loaf</title>{PROPOSED}'
            "<imprint><date/></imprint></monogr></biblStruct>",
        ),
        (
            '<biblStruct xml:id="a"><analytic><title level="a">Bread</title><author>Jo</author>'
            '</analytic><monogr><title level="j">Loaf</title><imprint><date/></imprint></monogr>'
            "</biblStruct>",
            f'<biblStruct xml:id="a"><analytic><title level="a">Bread</title>{PROPOSED}<author>Jo'
            '</author></analytic><monogr><title level="j">Loaf</title><imprint><date/></imprint>'
            "</monogr></biblStruct>",
        ),
    ],
)
def test_where_a_number_goes(before: str, after: str) -> None:
    expected = file(after).replace("</title>\n", f"</title>\n      {MACHINE}\n", 1)
    assert made(file(before), proposal()) == expected
    assert made(expected, proposal()) == expected


LISTS = (
    '<listPerson><person xml:id="a"><persName>Jo Bly</persName><birth when="1790"/></person>'
    "</listPerson>"
    '<listPlace><place xml:id="b"><placeName>Ely</placeName><note>x</note></place></listPlace>'
    '<listOrg><org xml:id="c"><orgName>All</orgName><note>x</note></org></listOrg>'
    '<listEvent><event xml:id="d" when="1848"><label>Rising</label><note>x</note></event>'
    "</listEvent>"
    '<listBibl><biblStruct xml:id="e" type="book"><monogr><author>Jo</author><title level="m">Loaf'
    "</title><imprint><date/></imprint></monogr></biblStruct></listBibl>"
)


def by_tei_all(text: bytes) -> list[Finding]:
    """What TEI's own schema says against a file."""
    shelf = Shelf(shared("data", "tei", "tei_all_4.12.0.rng"))
    return check_document(text, Demands(shelf, rules=False))


def everywhere(text: str) -> str:
    changes = [proposal(name, number) for name in "abcde" for number in (VIAF, GND)]
    accepted = [Change(name, Number("BnF", f"cb1{name}"), Fate.ACCEPTED) for name in "abcde"]
    return made(text, *changes, *accepted, editor="Ana Bly")


def test_what_is_written_is_valid_by_our_schema() -> None:
    text = everywhere(file(LISTS))
    assert text.count("<idno ") == 15
    assert check_document(text.encode()) == []


def test_what_is_written_is_valid_by_teis() -> None:
    assert by_tei_all(everywhere(file(LISTS)).encode()) == []
    assert by_tei_all(file(LISTS.replace("<note>x", "<idno/><placeName/><note>x")).encode())


LETTER = "Bonn, 3 May 1848.\n\nDear Sir,\n\nI saw Mr. John Hale in London.\n\nYours,\nAnna Lee\n"


def test_an_encoded_letter_stays_valid() -> None:
    letter = read_document(encode(LETTER).to_bytes(), "letter.xml")
    assert {subject.card.kind for subject in letter.subjects} >= {"person", "place"}
    assert {subject.named_in for subject in letter.subjects} == {(1848, 1848)}
    text = changed(letter, [proposal(one.id) for one in letter.subjects])
    assert text.count(b"resp-machine") >= len(letter.subjects)
    assert text.count(b'xml:id="resp-machine"') == 1
    errors = [one for one in check_document(text) if one.severity is Severity.ERROR]
    assert errors == []
    assert by_tei_all(text) == []


# Editors.


def test_a_number_accepted_is_the_editors() -> None:
    text = made(file(LISTS), Change("a", VIAF, Fate.ACCEPTED), editor="Ana Bly")
    assert ACCEPTED in text
    assert ANA in text
    assert made(text, Change("a", VIAF, Fate.ACCEPTED), editor="Ana Bly") == text


def test_a_proposal_accepted_becomes_the_editors() -> None:
    text = made(file(LISTS), proposal())
    accepted = made(text, Change("a", VIAF, Fate.ACCEPTED), editor="Ana Bly")
    expected = text.replace(PROPOSED, ACCEPTED).replace(MACHINE, f"{MACHINE}\n      {ANA}")
    assert accepted == expected


def test_a_proposal_refused_goes() -> None:
    text = made(file(LISTS), proposal())
    assert made(text, Change("a", VIAF, Fate.REFUSED)) == text.replace(PROPOSED, "")


@pytest.mark.parametrize("fate", list(Fate))
def test_an_editors_own_number_stays(fate: Fate) -> None:
    own = file(LISTS.replace("<birth", '<idno type="VIAF">7</idno><birth'))
    assert made(own, Change("a", VIAF, fate, "low"), editor="Ana Bly") == own


def test_an_editor_of_the_header_is_known_by_name() -> None:
    head = HEAD.replace("</title>", '</title><editor xml:id="me">Ana Bly</editor>')
    text = made(file(LISTS, head), Change("a", VIAF, Fate.ACCEPTED), editor="Ana Bly")
    assert '<idno type="VIAF" resp="#me">' in text
    assert "respStmt" not in text


def test_another_id_where_one_is_taken() -> None:
    text = file(LISTS.replace('"e"', '"resp-ana-bly"'))
    text = made(text, Change("a", VIAF, Fate.ACCEPTED), editor="Ana Bly")
    assert 'resp="#resp-ana-bly-2"' in text
    assert 'xml:id="resp-ana-bly-2"' in text


# Files of all kinds.


def test_prefixes_of_the_file_are_kept() -> None:
    text = (
        '<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:teiHeader><t:titleStmt><t:title>x'
        '</t:title></t:titleStmt></t:teiHeader><t:listPerson><t:person xml:id="a"><t:persName>Jo'
        "</t:persName></t:person></t:listPerson></t:TEI>"
    )
    tree = etree.fromstring(made(text, proposal()).encode())
    assert [one.tag for one in tree.iter("{*}idno")] == ["{http://www.tei-c.org/ns/1.0}idno"]
    assert len(list(tree.iter("{http://www.tei-c.org/ns/1.0}respStmt"))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
def test_encodings_and_line_ends_are_kept(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{declared}"?>\r\n{file(LISTS)}'.replace("\n", "\r\n")
    raw = text.replace("Jo Bly", "Jo Blé").encode(encoding)
    once = changed(read_document(raw, "r.xml"), [proposal(), proposal("b")])
    lines = once.decode(encoding).split("\r\n")
    assert not any("\n" in line for line in lines)
    without = once.decode(encoding).replace(PROPOSED, "").replace(f"\r\n      {MACHINE}", "")
    assert without.encode(encoding) == raw


def test_markup_in_numbers_is_written_as_text() -> None:
    number = Number('a"<b>', "https://example.org/?a=1&b=<2>")
    tree = etree.fromstring(made(file(LISTS), proposal(number=number)).encode())
    idno = next(tree.iter("{*}idno"))
    assert (idno.get("type"), idno.text) == (number.authority, number.value)


ids = st.sampled_from("abcde")
numbers = st.builds(Number, st.sampled_from(["VIAF", "GND", "URI"]), st.sampled_from("123"))
changes = st.lists(
    st.one_of(
        st.builds(Change, ids, numbers, st.just(Fate.PROPOSED), st.just("low")),
        st.builds(Change, ids, numbers, st.sampled_from([Fate.ACCEPTED, Fate.REFUSED])),
    ),
    max_size=6,
    unique_by=lambda change: (change.id, change.number),
)


@given(changes)
def test_nothing_else_changes_and_twice_is_once(some: list[Change]) -> None:
    text = file(LISTS)
    once = made(text, *some, editor="Ana Bly")
    assert made(once, *some, editor="Ana Bly") == once
    assert ADDED.sub("", once) == text


ADDED = re.compile(r"\s*<respStmt .*?</respStmt>|<idno [^>]*>[^<]*</idno>")


# What cannot be done.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<TEI>", "1:6: not well-formed"),
        (
            '<!DOCTYPE TEI [<!ENTITY p "<x/>">]><TEI xmlns="http://www.tei-c.org/ns/1.0">&p;</TEI>',
            "entities that hold elements",
        ),
    ],
)
def test_files_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        document(text)


@pytest.mark.parametrize(
    ("text", "change", "said"),
    [
        (file(LISTS), proposal("z"), "it has no entry “z”"),
        (file(LISTS, ""), proposal(), "no titleStmt"),
        (file('<person xml:id="a"/>'), proposal(), "<person> is empty"),
    ],
)
def test_what_cannot_be_added(text: str, change: Change, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        made(text, change)


def test_copies_of_a_register_are_left_to_it() -> None:
    copied = LISTS.replace('xml:id="a"', 'xml:id="a" sameAs="../registers/p.xml#a"')
    found = document(file(copied))
    assert found.copies == 1
    assert [subject.id for subject in found.subjects] == ["b", "c", "d", "e"]


def test_real_registers_are_read_and_written_to() -> None:
    path = shared("data", "registers", "edgeworth", "Personography.xml")
    found = read_document(path.read_bytes(), "p.xml")
    some = found.subjects[::100]
    text = changed(found, [proposal(one.id, Number("X", "1")) for one in some])
    again = read_document(text, "p.xml")
    added = [one for one in again.subjects if Number("X", "1", "high") in one.card.numbers]
    assert [one.id for one in added] == [one.id for one in some]
