"""A TEI file with mentions added: what was there is there, in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from epistola.edition import Edition
from epistola.enrich import Enriched, enrich
from epistola.mentions.learned.model import RULES_ALONE
from epistola.model import Entry, EntryId, Severity
from epistola.registers.register import Register
from epistola.safe import parse
from epistola.text.read import ReadError
from epistola.tree.element import TEI
from epistola.tree.read import projection

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt><publicationStmt>"
    "<publisher>The Loaf</publisher></publicationStmt><sourceDesc><p>Mine.</p></sourceDesc>"
    "</fileDesc></teiHeader>"
)
RULES = Edition(models=RULES_ALONE)


def document(body: str, header: str = HEADER, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<TEI xmlns="{TEI}" xml:id="letter">'
        f"{header}\n<text><body><div>{body}</div></body></text></TEI>"
    ).encode()


def canonical(tree: etree._ElementTree) -> bytes:
    return etree.tostring(tree, method="c14n", with_comments=True)


def without(made: Enriched) -> bytes:
    """The document with what was added taken out again, in its canonical form."""
    for element in made.added:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    for element in made.wrapped:
        unwrap(element)
    return canonical(made.tree)


def unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    children, first, last = list(element), element.text or "", element.tail or ""
    element.tail = None
    parent.remove(element)
    add_words(parent, at, first)
    for number, child in enumerate(children):
        parent.insert(at + number, child)
    add_words(parent, at + len(children), last)


def add_words(parent: etree._Element, at: int, words: str) -> None:
    if at == 0:
        parent.text = (parent.text or "") + words
    else:
        parent[at - 1].tail = (parent[at - 1].tail or "") + words


def tags(made: Enriched) -> Iterator[tuple[str, str]]:
    for element in made.wrapped:
        yield etree.QName(element).localname, "".join(map(str, element.itertext()))


# What can go in is what a scholar's file may hold.

WORDS = st.sampled_from(
    (
        *("Karl Marx", "Marx", "Mr. Mill", "in London", "London", "on 3 May 1848", "1848", "May"),
        *(" ", ", ", ". ", " and ", "The Times", "Ber", "lin", "Friedrich", " Engels ", "to Rome"),
        *("“On Bread”", "the Duke of ", "Wellington", "\n", "&amp; Sons", "Vide p. 34"),
    )
)
EMPTY = st.sampled_from(
    ("<lb/>", '<lb break="no"/>', '<pb n="2"/>', "<!-- a note -->", "<?epi do it?>", "<gap/>")
)


def inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    name = st.sampled_from(("hi", "emph", "seg", "add", "del", "persName", "placeName", "title"))
    element = st.builds("<{0}>{1}</{0}>".format, name, inner)
    choice = st.builds("<choice><sic>{}</sic><corr>{}</corr></choice>".format, inner, WORDS)
    added = st.builds('<supplied resp="#letter">{}</supplied>'.format, inner)
    return st.lists(element | choice | added | WORDS | EMPTY, min_size=1, max_size=5).map("".join)


content = st.recursive(st.lists(WORDS | EMPTY, min_size=1, max_size=8).map("".join), inline)
paragraphs = st.lists(content.map("<p>{}</p>".format), min_size=1, max_size=3).map("\n".join)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(paragraphs)
def test_what_was_given_is_there_and_nothing_else_is_invalid(body: str) -> None:
    raw = document(body)
    given_tree = parse(raw)
    if not projection(given_tree.getroot()[-1]).strip():
        return
    made = enrich(raw, edition=RULES)
    assert made.is_sound, made.findings
    assert projection(made.tree.getroot()[-1]) == projection(given_tree.getroot()[-1])
    assert canonical(parse(made.to_bytes())) == canonical(made.tree)
    assert without(made) == canonical(given_tree)


def test_mentions_links_and_registers_are_added() -> None:
    body = "<p>I saw <hi>Karl</hi> Marx in London on 3 May 1848.</p>"
    made = enrich(document(body), edition=RULES)
    assert list(tags(made)) == [
        ("persName", "Karl Marx"), ("placeName", "London"), ("date", "3 May 1848")
    ]  # fmt: skip
    refs = [element.get("ref", "")[1:] for element in made.wrapped[:2]]
    ids = made.tree.xpath("//*[local-name()='standOff']//@*[local-name()='id']")
    assert ids == refs


def test_an_entry_of_the_file_itself_is_linked_and_not_made_again() -> None:
    own = (
        '<standOff><listPerson><person xml:id="km"><persName><forename>Karl</forename> <surname>'
        "Marx</surname></persName></person></listPerson></standOff>"
    )
    made = enrich(document("<p>I saw Karl Marx.</p>", HEADER + own), edition=RULES)
    assert [element.get("ref") for element in made.wrapped] == ["#km"]
    assert all(etree.QName(element).localname == "respStmt" for element in made.added)


def test_an_id_of_the_file_is_not_given_again() -> None:
    body = '<p xml:id="place-london">I was in London.</p>'
    made = enrich(document(body), edition=RULES)
    assert [element.get("ref") for element in made.wrapped] == ["#place-london-2"]
    assert made.is_sound


def test_an_entry_of_a_register_gives_way_to_an_id_of_the_file() -> None:
    record = f'<place xmlns="{TEI}" xml:id="place-london"><placeName>London</placeName></place>'
    entry = Entry(EntryId("place-london"), "place", ("London",), {}, record, "places.xml")
    edition = Edition(models=RULES_ALONE, register=Register((entry,)), registers="registers")
    made = enrich(document('<p xml:id="place-london">I was in London.</p>'), edition=edition)
    assert [element.get("ref") for element in made.wrapped] == ["#place-london-2"]
    assert made.is_sound


def test_what_stands_around_the_root_stays() -> None:
    raw = document("<p>Rome</p>", before="<!-- by hand -->\n<?editor x?>\n") + b"\n<!-- end -->"
    lines = enrich(raw, edition=RULES).to_bytes().decode().split("\n")
    assert lines[1:3] == ["<!-- by hand -->", "<?editor x?>"]
    assert lines[-2] == "<!-- end -->"


def test_a_file_that_is_not_valid_is_encoded_and_told_of() -> None:
    made = enrich(document("<p>In London.</p><quatsch/>"), edition=RULES)
    assert made.is_sound
    assert [f.code for f in made.findings if f.severity is Severity.WARNING] == ["given-invalid"]
    assert ("placeName", "London") in list(tags(made))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"<TEI/>", "no TEI P5 document: its outermost element is <TEI>"),
        (b"<html/>", "no TEI P5 document"),
        (b"<p>", "not well-formed XML"),
        (f'<TEI xmlns="{TEI}">{HEADER}</TEI>'.encode(), "has no <text>"),
        (document("<p> </p>"), "no text in it"),
    ],
)
def test_what_is_no_letter_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        enrich(raw)


def test_a_schema_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    model = '<?xml-model href="none.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
    raw = document("<p>In London.</p>", before=model)
    assert enrich(raw, edition=RULES, file=tmp_path / "a.xml").is_sound
