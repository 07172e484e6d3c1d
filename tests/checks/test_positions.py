import time
from collections.abc import Iterator
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from epistola.checks.positions import Positions, decode
from epistola.checks.relaxng import safe_parser
from epistola.model import Span
from schema_cases import INVALID, VALID
from shared import shared


def parse(raw: bytes) -> etree._Element:
    return etree.fromstring(raw, safe_parser())


def found(raw: bytes, path: str) -> tuple[int, int]:
    [element] = parse(raw).iterfind(path)
    return Positions(raw).of(element)


@pytest.mark.parametrize(
    ("raw", "path", "place"),
    [
        (b"<a><b/></a>", "b", (1, 4)),
        (b"<?xml version='1.0'?>\n<!-- <b/> -->\n<a>\n  <b/></a>", "b", (4, 3)),
        (b"<a>\r\n<c/>\r <b/></a>", "b", (3, 2)),
        (b"<a><!-- <b/> --><b/></a>", "b", (1, 17)),
        (b"<a><![CDATA[<b/> > ]]><b/></a>", "b", (1, 23)),
        (b"<a><?x <b/>?><b/></a>", "b", (1, 14)),
        (b"<a x='>' y=\"'/>'\"><b/></a>", "b", (1, 19)),
        (b"<a>\xc3\xa9\xf0\x9f\x8c\x8d<b/></a>", "b", (1, 6)),
        (b"\xef\xbb\xbf<a><b/></a>", "b", (1, 4)),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>é<b/></a>".encode("latin-1"), "b", (1, 48)),
        ("<?xml version='1.0' encoding='UTF-16'?><a>é<b/></a>".encode("utf-16"), "b", (1, 44)),
        (b"<!DOCTYPE a [<!ENTITY e '<b/>]>'><!-- ]> ' -->]><a>&e;<b/></a>", "b", (1, 55)),
        (b"<!DOCTYPE a SYSTEM 'a>.dtd' [\n<?x ]>?>\n]\n><a><b/></a>", "b", (4, 5)),
    ],
)
def test_an_element_is_where_its_start_tag_begins(
    raw: bytes, path: str, place: tuple[int, int]
) -> None:
    assert found(raw, path) == place


@pytest.mark.parametrize(
    ("raw", "name", "line", "column", "written"),
    [
        ("<a n='1'\n  type = \"x y\" />", "type", 2, 3, 'type = "x y"'),
        ("<a n='type=\"z\"' type='x'/>", "type", 1, 17, "type='x'"),
        ("<a xml:id='i'/>", "{http://www.w3.org/XML/1998/namespace}id", 1, 4, "xml:id='i'"),
        ("<a xmlns:q='urn:q' q:n='i' n='j'/>", "{urn:q}n", 1, 20, "q:n='i'"),
        ("<!DOCTYPE a [<!ATTLIST a n CDATA 'd'>]><a m='1'/>", "n", 1, 40, "<a m='1'/>"),
    ],
)
def test_an_attribute_is_where_its_name_begins(
    raw: str, name: str, line: int, column: int, written: str
) -> None:
    root = parse(raw.encode())
    place = Positions(raw.encode()).attribute(root, name)
    assert (place.line, place.column) == (line, column)
    assert raw[place.span.start : place.span.end] == written


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        ("<a>\n  x<b/></a>", 2, 3),
        ("<a><![CDATA[ x]]><b/></a>", 1, 14),
        ("<a> &#32;&#xA;&#65;<b/></a>", 1, 15),
        ("<a>&lt;<b/></a>", 1, 4),
        ("<a> <b/></a>", 1, 4),
        ("<a/>", 1, 5),
    ],
)
def test_text_is_where_its_first_character_is(raw: str, line: int, column: int) -> None:
    assert Positions(raw.encode()).text(parse(raw.encode()))[:2] == (line, column)


def test_the_text_after_each_kind_of_node() -> None:
    raw = b"<a>1<b>2</b> 3<!-- x -->4<?y z?>5<c/><![CDATA[6<]]></a>"
    root = parse(raw)
    positions = Positions(raw)
    tails = [positions.tail(node).span for node in root]
    text = raw.decode()
    assert [text[s.start : s.end] for s in tails] == [" 3", "4", "5", "<![CDATA[6<]]>"]
    assert [positions.tail(node).column for node in root] == [14, 25, 33, 47]


def test_both_tags_of_an_element() -> None:
    raw = b"<a><b n='1'>x<b/></b ></a>"
    root = parse(raw)
    tag = Positions(raw).tag(root[0])
    assert (tag.start, tag.end) == (Span(3, 12), Span(17, 22))
    assert tag.names == (Span(4, 5), Span(19, 20))
    assert Positions(raw).tag(root[0][0]).names == (Span(14, 15),)


def test_a_tree_without_its_comments_is_known_too() -> None:
    raw = b"<a><!-- b --><b/><?x?><c/></a>"
    root = etree.fromstring(raw, etree.XMLParser(remove_comments=True, remove_pis=True))
    assert [Positions(raw).of(node).column for node in root] == [14, 23]


def test_a_node_of_another_file_is_refused() -> None:
    with pytest.raises((KeyError, ValueError)):
        Positions(b"<a/>").of(parse(b"<a><b/></a>")[0])


@pytest.mark.parametrize(
    "raw",
    [
        b"<a/>",
        b"\xef\xbb\xbf<a>\xc3\xa9</a>",
        "<a>é</a>".encode("utf-16"),
        "<a>é</a>".encode("utf-16-be"),
        b"<?xml version='1.0' encoding='latin-1'?><a>\xe9</a>",
    ],
)
def test_bytes_come_back(raw: bytes) -> None:
    decoded = decode(raw)
    assert decoded.text.endswith(">")
    assert decoded.to_bytes(decoded.text) == raw


def test_what_an_encoding_lacks_is_written_as_a_reference() -> None:
    decoded = decode(b"<?xml version='1.0' encoding='us-ascii'?><a/>")
    assert decoded.to_bytes("<é/>") == b"<&#233;/>"


def expats(raw: bytes) -> Iterator[tuple[int, int]]:
    """Line and column of each start tag, by an XML parser that knows them."""
    places: list[tuple[int, int]] = []
    parser = expat.ParserCreate()

    def started(*_: object) -> None:
        places.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = started
    parser.Parse(raw, True)  # noqa: FBT003 - expat's own signature
    yield from places


@pytest.mark.parametrize("place", ["target", "data/letters", "data/tei/tei_test"])
def test_expat_agrees(place: str) -> None:
    paths = sorted(shared(*place.split("/")).rglob("*.xml"))
    for path in paths[:: max(1, len(paths) // 40)]:
        raw = path.read_bytes()
        if b"<!ENTITY" not in raw:
            positions = Positions(raw)
            ours = [positions.of(element) for element in parse(raw).iter("*")]
            assert ours == list(expats(raw)), path


@pytest.mark.parametrize("raw", [*VALID.values(), *(row[0] for row in INVALID.values())])
def test_expat_agrees_on_small_documents(raw: bytes) -> None:
    positions = Positions(raw)
    assert [positions.of(element) for element in parse(raw).iter("*")] == list(expats(raw))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("<b>", "</b>", "<b n='>'/>", "x", " ", "\n", "\r\n", "é", "<!-- <b> -->"),
                *("<?b <b>?>", "<![CDATA[<b>]]>", "&amp;", "&#60;", '<b\n n="\'"  m = \'"/>"\' >'),
            ]
        )
    )
)
def test_expat_agrees_on_anything(pieces: list[str]) -> None:
    raw = f"<a>{''.join(pieces)}</a>".encode()
    try:
        root = parse(raw)
    except etree.XMLSyntaxError:
        return
    positions = Positions(raw)
    assert [positions.of(element) for element in root.iter("*")] == list(expats(raw))


def test_the_time_it_takes_grows_with_the_file() -> None:
    """Sixteen times the file may take 64 times as long, for the machine is shared.

    Were the time to grow with the square, it would take 256 times as long.
    """

    def seconds(times: int) -> float:
        raw = b"<a>" + b"<b n='1' m=\"2\">x<c/><!-- y --></b>\n" * times + b"</a>"
        root = parse(raw)
        began = time.process_time()
        positions = Positions(raw)
        for element in root.iter("*"):
            positions.attribute(element, "n")
        return time.process_time() - began

    least = min(seconds(1000) for _ in range(3))
    assert seconds(16000) < 64 * max(least, 0.002)
