"""Each fault: where it is, what is said of it, what may stand there, and what mends it."""

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents import Documents
from epistola.checks.explain import Schema, SchemaError, check_relaxng, load_schema
from epistola.checks.explain.faults import Judge
from epistola.checks.explain.nodes import read_node
from epistola.checks.explain.schema import safe_parser, schema_path
from epistola.checks.explain.spelling import nearest
from epistola.checks.explain.values import mend_date
from epistola.checks.fix import apply, is_safe
from epistola.model import Finding
from schema_cases import VALID, header, letter, register, tei


class Case(NamedTuple):
    """A document; the place, code and words of its one fault, and the line as mended."""

    document: bytes
    place: tuple[int, int]
    code: str
    message: str
    mended: str


CASES = {
    "misspelt element": Case(
        letter("<p>a <persNam ref='#m'>Marx</persNam></p>"),
        (5, 6),
        "unknown-element",
        "there is no element <persNam>; <persName> is probably meant",
        "<p>a <persName ref='#m'>Marx</persName></p>",
    ),
    "capitals": Case(
        letter("<p><persname/></p>"),
        (5, 4),
        "unknown-element",
        "there is no element <persname>; <persName> is probably meant",
        "<p><persName/></p>",
    ),
    "unknown element": Case(
        letter("<p>a <blink>b</blink></p>"),
        (5, 6),
        "unknown-element",
        "there is no element <blink>; here may stand",
        "<p>a b</p>",
    ),
    "unknown element for one that is needed": Case(
        letter("<table><frobs><cell/></frobs></table>"),
        (5, 8),
        "unknown-element",
        "there is no element <frobs>; here may stand <row>",
        "<table><row><cell/></row></table>",
    ),
    "misplaced element": Case(
        letter("<p>a <signed>K. <hi>M.</hi></signed></p>"),
        (5, 6),
        "misplaced-element",
        "<signed> may not stand in <p>, only in ",
        "<p>a K. <hi>M.</hi></p>",
    ),
    "an inline element among blocks": Case(
        letter("<persName>Marx</persName><p/>"),
        (5, 1),
        "misplaced-element",
        "<persName> may not stand in <div>; here may stand <p>",
        "<p><persName>Marx</persName></p><p/>",
    ),
    "order in a header": Case(
        header("<profileDesc/>\n<encodingDesc><p>x</p></encodingDesc>"),
        (5, 1),
        "order",
        "<encodingDesc> may stand in <teiHeader>, but not after <profileDesc>: it belongs before",
        "<profileDesc/></teiHeader><text><body><p/></body></text>",
    ),
    "missing child": Case(
        letter("<list><label>a</label></list>"),
        (5, 1),
        "missing-child",
        "<list> lacks <item> after <label>",
        "<list><label>a</label><item/></list>",
    ),
    "missing child of an empty element": Case(
        letter("<table/>"),
        (5, 1),
        "missing-child",
        "<table> lacks <row>",
        "<table><row><cell/></row></table>",
    ),
    "unknown attribute": Case(
        letter("<p\n  style='red' n='1'/>"),
        (6, 3),
        "unknown-attribute",
        "<p> has no attribute style; it may have ",
        "<p n='1'/>",
    ),
    "misspelt attribute": Case(
        letter("<p><date wen='1848'/></p>"),
        (5, 10),
        "unknown-attribute",
        "<date> has no attribute wen; when is probably meant",
        "<p><date when='1848'/></p>",
    ),
    "id without its prefix": Case(
        letter("<p id='p1'/>"),
        (5, 4),
        "unknown-attribute",
        "<p> has no attribute id; xml:id is probably meant",
        "<p xml:id='p1'/>",
    ),
    "missing attribute": Case(
        header(
            "<profileDesc><correspDesc><correspAction ><date/></correspAction></correspDesc>"
            "</profileDesc>"
        ),
        (4, 27),
        "missing-attribute",
        "<correspAction> lacks the attribute type, one of sent, received",
        '<correspAction type="sent" >',
    ),
    "value not in the list": Case(
        letter("<p><name cert='hihg'/></p>"),
        (5, 10),
        "bad-value",
        "cert=“hihg” of <name> is wrong; it must be one of high, medium, low, unknown; high is",
        "<p><name cert='high'/></p>",
    ),
    "value with a space": Case(
        letter("<p xml:id='p 1'/>"),
        (5, 4),
        "bad-value",
        "xml:id=“p 1” of <p> is wrong; it must be a name that begins with a letter",
        "<p xml:id='p-1'/>",
    ),
    "date": Case(
        letter('<p><date when="3.5.1848"/></p>'),
        (5, 10),
        "bad-date",
        "when=“3.5.1848” of <date> is wrong; it must be a date such as 1848, 1848-03 or 1848-03-18",
        '<p><date when="1848-05-03"/></p>',
    ),
    "text": Case(
        letter("\n  Dear Sir\n<p/>"),
        (6, 3),
        "stray-text",
        "<div> may not hold text directly (“Dear Sir”); it may stand in <p>",
        "<p>Dear Sir</p>",
    ),
    "text with an element in it": Case(
        letter("<p/>Dear <hi>Sir</hi>, I"),
        (5, 5),
        "stray-text",
        "<div> may not hold text directly (“Dear”)",
        "<p/><p>Dear <hi>Sir</hi>, I</p>",
    ),
    "text in an element that is empty": Case(
        letter("<p>a<lb>b</lb>c</p>"),
        (5, 9),
        "stray-text",
        "<lb> may not hold text directly (“b”); nothing may stand there",
        "<p>a<lb></lb>bc</p>",
    ),
    "namespace of the document": Case(
        letter("<p/>").replace(b' xmlns="http://www.tei-c.org/ns/1.0"', b""),
        (1, 1),
        "namespace",
        '<TEI> is not in the namespace it needs; that is xmlns="http://www.tei-c.org/ns/1.0"',
        '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_fault_is_explained_and_mended(case: Case) -> None:
    [found] = check_relaxng(case.document, load_schema())
    assert (found.line, found.column) == case.place
    assert found.code == f"schema.{case.code}"
    assert found.message.startswith(case.message)
    assert len(found.expected) <= 5
    mended = apply(case.document, found.fix)
    assert case.mended in mended.decode()
    assert check_relaxng(mended, load_schema()) == []
    assert is_safe(case.document, found.fix)


@pytest.mark.parametrize(
    ("document", "code", "message"),
    [
        (b"<letter/>", "root", "<letter> may not be the outermost element; that is <TEI>"),
        (
            letter("<p xml:id='a'/><p xml:id='a'/>"),
            "duplicate-id",
            "xml:id=“a” of <p> is the id of another element too",
        ),
        (
            letter("<p><date when='1848-13'/></p>"),
            "bad-date",
            "when=“1848-13” of <date> is wrong; it must be a date such as 1848, 1848-03 or",
        ),
        (
            header("<encodingDesc><p><gi>pers Name</gi></p></encodingDesc>"),
            "bad-text",
            "<gi> may not hold “pers Name”; it must be a name without spaces",
        ),
    ],
)
def test_what_only_an_editor_can_mend(document: bytes, code: str, message: str) -> None:
    [found] = check_relaxng(document, load_schema())
    assert found.code == f"schema.{code}"
    assert found.message.startswith(message)
    assert found.fix == ()


def test_what_excludes_an_attribute_is_named() -> None:
    document = register(
        '<listRelation><relation name="spouse" active="#a" mutual="#b #c"/></listRelation>'
    )
    [found] = check_relaxng(document, load_schema())
    assert found.message == "<relation> may not have mutual beside active"


def test_order_of_words_is_an_editors_business() -> None:
    """A fix that moves words of the text is proposed, and never applied unasked."""
    document = letter("<p>a</p>\n<opener><salute>Sir</salute></opener>")
    [found] = check_relaxng(document, load_schema())
    assert found.code == "schema.order"
    assert found.fix == () or is_safe(document, found.fix) or found.message.endswith("before <p>")


def test_a_child_that_stands_too_late_is_not_missing() -> None:
    inside = "<idno>1</idno><publisher>P</publisher>"
    [found] = check_relaxng(
        tei(
            "<teiHeader><fileDesc><titleStmt><title/></titleStmt><publicationStmt>"
            f"{inside}</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
            "<text><body><p/></body></text>"
        ),
        load_schema(),
    )
    assert (found.code, found.message.partition(" ")[0]) == ("schema.order", "<publisher>")


def test_faults_in_what_is_at_fault_are_found_too() -> None:
    document = letter("<foo><p n='1' m='2'/></foo>\n<p><salute><hi bar=''/></salute></p>")
    codes = [
        finding.code.removeprefix("schema.") for finding in check_relaxng(document, load_schema())
    ]
    assert codes == [
        "unknown-element",
        "unknown-attribute",
        "misplaced-element",
        "unknown-attribute",
    ]


def test_another_prefix_and_other_encodings() -> None:
    document = letter("<p>é<persNam/></p>").decode().replace("<", "<t:").replace("<t:/", "</t:")
    raw = document.replace("xmlns=", "xmlns:t=").encode("utf-16")
    [found] = check_relaxng(raw, load_schema())
    assert (found.line, found.column) == (5, 7)
    assert "<t:persName/>" in apply(raw, found.fix).decode("utf-16")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_our_tables_agree_with_libxml2(seed: int) -> None:
    """Faults are found in every document that is invalid, and in no valid one."""
    grammar = etree.parse(str(schema_path()))
    raw = etree.tostring(Documents(grammar, seed, size=60).spoiled("TEI"))
    root = etree.fromstring(raw, safe_parser())
    schema = load_schema()
    faults = Judge(schema.grammar, schema.values, read_node(root)).faults()
    assert bool(faults) is not schema.validator.validate(root)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_fixes_are_proved(seed: int) -> None:
    """A fix that is said to be safe is: and where it was the only fault, none is left."""
    grammar = etree.parse(str(schema_path()))
    raw = etree.tostring(Documents(grammar, seed, size=40).spoiled("TEI"))
    found = check_relaxng(raw, load_schema())
    for finding in found:
        if finding.fix:
            mended = check_relaxng(apply(raw, finding.fix), load_schema())
            assert len(mended) < len(found)


@pytest.mark.parametrize("document", VALID.values(), ids=VALID)
def test_nothing_is_found_in_what_is_valid(document: bytes) -> None:
    schema = load_schema()
    root = etree.fromstring(document, safe_parser())
    assert Judge(schema.grammar, schema.values, read_node(root)).faults() == []


# ---- any RELAX NG


GRAMMAR = '<grammar xmlns="http://relaxng.org/ns/structure/1.0" {}>{}</grammar>'
XSD = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'


def schema_of(folder: Path, inside: str, attributes: str = XSD) -> Schema:
    path = folder / "schema.rng"
    path.write_text(GRAMMAR.format(attributes, inside), "utf-8")
    return load_schema(path)


SCHEMAS = {
    "interleave": (
        "<start><element name='a'><interleave><element name='b'><empty/></element>"
        "<oneOrMore><element name='c'><text/></element></oneOrMore></interleave></element></start>",
        ["<a><c/><b/><c/></a>", "<a><b/><c/></a>"],
        ["<a><b/></a>", "<a><c/></a>", "<a><b/><c/><b/></a>", "<a>x<b/><c/></a>"],
    ),
    "mixed": (
        "<start><element name='a'><mixed><optional><element name='b'><empty/></element></optional>"
        "</mixed></element></start>",
        ["<a>x<b/>y</a>", "<a/>"],
        ["<a><b/><b/></a>", "<a><c/></a>"],
    ),
    "one name, two models": (
        "<start><element name='a'><choice><element name='b'><attribute name='x'/></element>"
        "<group><element name='b'><attribute name='y'/></element><element name='c'><empty/>"
        "</element></group></choice></element></start>",
        ["<a><b x=''/></a>", "<a><b y=''/><c/></a>"],
        ["<a><b x=''/><c/></a>", "<a><b y=''/></a>", "<a><b/></a>"],
    ),
    "classes of names": (
        "<start><element name='a'><zeroOrMore><element><anyName><except><nsName ns='urn:n'/>"
        "<name>a</name></except></anyName><zeroOrMore><attribute><nsName ns='urn:m'/></attribute>"
        "</zeroOrMore><empty/></element></zeroOrMore></element></start>",
        ["<a><b/><c xmlns='urn:c'/></a>", "<a><b m:z='' xmlns:m='urn:m'/></a>"],
        ["<a><a/></a>", "<a><b xmlns='urn:n'/></a>", "<a><b z=''/></a>"],
    ),
    "lists and values": (
        "<start><element name='a'><attribute name='n'><list><data type='int'/><oneOrMore><choice>"
        "<value>x</value><value type='integer'>07</value></choice></oneOrMore></list></attribute>"
        "<data type='token'><param name='maxLength'>3</param><except><value>no</value></except>"
        "</data></element></start>",
        ["<a n='1 x'>yes</a>", "<a n=' 2  x 7 x '> a </a>"],
        ["<a n='1'>yes</a>", "<a n='x 1'>yes</a>", "<a n='1 x'>no</a>", "<a n='1 x'>long</a>"],
    ),
    "attribute or child": (
        "<start><element name='a'><choice><attribute name='b'/><element name='b'><text/></element>"
        "</choice></element></start>",
        ["<a b=''/>", "<a><b/></a>"],
        ["<a/>", "<a b=''><b/></a>"],
    ),
    "combined definitions": (
        "<start><ref name='a'/></start><define name='a'><element name='a'><ref name='x'/></element>"
        "</define><define name='x' combine='interleave'><optional><attribute name='m'/></optional>"
        "</define><div><define name='x' combine='interleave'><element name='b'><empty/></element>"
        "</define></div>",
        ["<a m=''><b/></a>", "<a><b/></a>"],
        ["<a m=''/>", "<a n=''><b/></a>"],
    ),
    "a grammar in a grammar": (
        "<start><element name='a'><grammar><start><element name='b'><ref name='x'/>"
        "<parentRef name='x'/></element></start><define name='x'><element name='c'><empty/>"
        "</element></define></grammar></element></start><define name='x'><element name='d'>"
        "<empty/></element></define>",
        ["<a><b><c/><d/></b></a>"],
        ["<a><b><d/><c/></b></a>", "<a><c/></a>", "<a/>"],
    ),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_all_of_relax_ng_is_understood(name: str, tmp_path: Path) -> None:
    inside, good, bad = SCHEMAS[name]
    schema = schema_of(tmp_path, inside)
    for document in [*good, *bad]:
        root = etree.fromstring(document.encode(), safe_parser())
        assert schema.validator.validate(root) is (document in good), document
        faults = Judge(schema.grammar, schema.values, read_node(root)).faults()
        assert bool(faults) is (document in bad), document
    for document in bad:
        assert all(
            one.code.startswith("schema.") for one in check_relaxng(document.encode(), schema)
        )


def test_included_schemas_are_read_where_they_lie(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    part = (
        "<start><ref name='a'/></start>"
        "<define name='a'><element name='a'><ref name='b'/></element></define>"
    )
    old = "<define name='b'><element name='old'><empty/></element></define>"
    (tmp_path / "parts/part.rng").write_text(GRAMMAR.format(XSD, part + old), "utf-8")
    leaf = '<element name="leaf" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'
    (tmp_path / "leaf.rng").write_text(leaf, "utf-8")
    schema = schema_of(
        tmp_path,
        "<include href='parts/part.rng'><define name='b'><externalRef href='leaf.rng'/></define>"
        "</include>",
    )
    assert check_relaxng(b"<a><leaf/></a>", schema) == []
    [found] = check_relaxng(b"<a><old/></a>", schema)
    assert found.expected == ("leaf",)


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<include href='http://example.org/x.rng'/>", "not a local file"),
        ("<include href='nothing.rng'/>", "cannot be read"),
        ("<start><ref name='a'/></start>", "is no RELAX NG"),
        ("<start>", "not well-formed XML"),
    ],
)
def test_a_schema_that_cannot_be_used_is_refused(inside: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=message):
        check_relaxng(b"<a/>", schema_of(tmp_path, inside))


def test_many_children_take_no_longer_than_they_must() -> None:
    paragraphs = "<p>a</p>\n" * 2000
    document = letter(f"{paragraphs}<foo/>{paragraphs}<p><bar/></p>")
    found: list[Finding] = check_relaxng(document, load_schema())
    assert [finding.line for finding in found] == [2005, 4005]


# ---- guesses


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1848-5-3", "1848-05-03"),
        ("1848-5", "1848-05"),
        ("3.5.1848", "1848-05-03"),
        ("18/3/1848", "1848-03-18"),
        ("3/18/1848", "1848-03-18"),
        ("1848/03/18", "1848-03-18"),
        ("18480318", "1848-03-18"),
        ("1848-18-03", "1848-03-18"),
        ("18 March 1848", "1848-03-18"),
        ("March 18, 1848", "1848-03-18"),
        ("18. März 1848", "1848-03-18"),
        ("mars 1848", "1848-03"),
        ("1848-03-18.", "1848-03-18"),
        ("848", "0848"),
        ("3/5/1848", ""),
        ("3-5-1848", ""),
        ("1848-13", ""),
        ("31.2.1848", ""),
        ("about 1848", ""),
        ("1848?", ""),
        ("48", ""),
        ("", ""),
    ],
)
def test_a_date_is_mended_where_it_can_mean_one_thing_only(written: str, meant: str) -> None:
    assert mend_date(written) == meant


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("persNam", ["placeName", "persName"], ("persName",)),
        ("PERSNAME", ["persName"], ("persName",)),
        ("dtae", ["date", "name"], ("date",)),
        ("foo", ["p", "hi", "persName"], ()),
        ("q", ["p"], ()),
    ],
)
def test_slips_are_recognised(word: str, known: list[str], meant: tuple[str, ...]) -> None:
    assert nearest(word, known) == meant
