"""Customisations: a small source in place of the Guidelines, and then the Guidelines themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from documents import RNG, Documents
from epistola.checks.odd import OddError, load_odd, relaxng, schematron, serialise
from jing import jing
from shared import shared

TESTS = Path(__file__).parents[1]

SOURCE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron">
<dataSpec ident="word" module="tei"><content><dataRef name="token"/></content></dataSpec>
<classSpec ident="att.global" type="atts" module="tei"><classes>
  <memberOf key="att.more"/></classes><attList>
  <attDef ident="n"><datatype><dataRef key="word"/></datatype></attDef></attList></classSpec>
<classSpec ident="att.more" type="atts" module="more"><attList><attDef ident="more">
  <datatype><dataRef key="word"/></datatype></attDef></attList></classSpec>
<classSpec ident="att.typed" type="atts" module="tei"><attList>
  <attDef ident="type"><datatype><dataRef key="word"/></datatype>
    <valList type="semi"><valItem ident="a"/><valItem ident="b"/></valList></attDef>
  <attDef ident="subtype"><datatype><dataRef key="word"/></datatype></attDef></attList></classSpec>
<classSpec ident="model.inline" type="model" module="tei"/>
<classSpec ident="model.rare" type="model" module="tei"/>
<elementSpec ident="p" module="core"><classes><memberOf key="att.global"/></classes>
  <content><alternate minOccurs="0" maxOccurs="unbounded"><textNode/><classRef key="model.inline"/>
    <elementRef key="note"/></alternate></content></elementSpec>
<elementSpec ident="hi" module="core"><classes><memberOf key="att.global"/>
  <memberOf key="att.typed"/>
  <memberOf key="model.inline"/></classes><content><textNode/></content>
  <constraintSpec ident="full" scheme="schematron"><constraint><sch:assert test="text()">empty
    </sch:assert></constraint></constraintSpec></elementSpec>
<elementSpec ident="note" module="notes"><classes><memberOf key="att.global"/>
  <memberOf key="att.typed"/></classes><content><textNode/></content></elementSpec>
<elementSpec ident="pair" module="core"><classes/><content><alternate><sequence>
  <elementRef key="p"/><classRef key="model.rare"/></sequence><sequence><elementRef key="hi"/>
  <classRef key="model.rare" minOccurs="0"/></sequence></alternate></content></elementSpec>
</TEI>"""

CORE = '<moduleRef key="tei"/><moduleRef key="core"/>'


def load(changes: str, start: str = "p") -> etree._ElementTree:
    odd = f'<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="s" ns="" start="{start}">'
    text = f"{odd}\n{changes}\n</schemaSpec>"
    own = load_odd(tree(text), tree(SOURCE))
    return relaxng(own)


def tree(text: str) -> etree._ElementTree:
    return etree.ElementTree(etree.fromstring(text.encode()))


def allows(changes: str, document: str, start: str = "p") -> bool:
    return bool(etree.RelaxNG(load(changes, start)).validate(tree(document)))


def attributes(*definitions: str, of: str = "hi") -> str:
    return (
        f'{CORE}<elementSpec ident="{of}" mode="change"><attList>{"".join(definitions)}</attList>'
        "</elementSpec>"
    )


def values(mode: str, items: str, kind: str = 'type="closed"') -> str:
    change = f'<valList {kind} mode="{mode}">{items}</valList>'
    return attributes(f'<attDef ident="type" mode="change">{change}</attDef>')


VANISHED = '<valItem ident="z" mode="delete"/>'
REQUIRED = '<attDef ident="type" mode="change" usage="req"/>'


@pytest.mark.parametrize(
    ("changes", "document", "allowed"),
    [
        # what is taken
        (CORE, "<p><hi/></p>", True),
        (CORE, "<p><note/></p>", False),
        (f'{CORE}<moduleRef key="notes"/>', "<p><note/></p>", True),
        (f'{CORE}<elementRef key="note"/>', "<p><note/></p>", True),
        ('<moduleRef key="tei"/><moduleRef key="core" include="p"/>', "<p><hi/></p>", False),
        ('<moduleRef key="tei"/><moduleRef key="core" except="hi"/>', "<p><hi/></p>", False),
        ('<moduleRef key="tei"/><moduleRef key="core" include="p"/>', "<p n='1'/>", True),
        (CORE, "<p more='1'/>", False),
        (f'{CORE}<moduleRef key="more"/>', "<p more='1'/>", True),
        (f'{CORE}<classRef key="att.more"/>', "<p more='1'/>", True),
        (f'{CORE}<classRef key="att.typed" include="type"/>', "<p><hi type='a'/></p>", True),
        (f'{CORE}<classRef key="att.typed" include="type"/>', "<p><hi subtype='a'/></p>", False),
        (f'{CORE}<classRef key="att.typed" except="type"/>', "<p><hi type='a'/></p>", False),
        # elements
        (f'{CORE}<elementSpec ident="hi" mode="delete"/>', "<p><hi/></p>", False),
        (
            (
                f'{CORE}<elementSpec ident="hi" mode="change"><content><empty/></content>'
                "</elementSpec>"
            ),
            "<p><hi>x</hi></p>",
            False,
        ),
        (
            f'{CORE}<elementSpec ident="hi" mode="change"><altIdent>i</altIdent></elementSpec>',
            "<p><i n='1'/></p>",
            True,
        ),
        (
            (
                f'{CORE}<elementSpec ident="hi" mode="replace"><classes><memberOf '
                'key="model.inline"/></classes><content><empty/></content></elementSpec>'
            ),
            "<p><hi n='1'/></p>",
            False,
        ),
        (
            (
                f'{CORE}<elementSpec ident="x" mode="add"><classes><memberOf key="model.inline"/>'
                "</classes><content><empty/></content></elementSpec>"
            ),
            "<p><x/></p>",
            True,
        ),
        (
            (
                f'{CORE}<elementSpec ident="hi" mode="change"><classes mode="change"><memberOf '
                'key="model.inline" mode="delete"/></classes></elementSpec>'
            ),
            "<p><hi/></p>",
            False,
        ),
        (
            (
                f'{CORE}<elementSpec ident="p" mode="change"><classes mode="change"><memberOf '
                'key="att.typed"/></classes></elementSpec>'
            ),
            "<p n='1' type='a'/>",
            True,
        ),
        # attributes
        (attributes(REQUIRED), "<p><hi/></p>", False),
        (attributes(REQUIRED), "<p><hi type='c' subtype='d'/></p>", True),
        (attributes('<attDef ident="type" mode="delete"/>'), "<p><hi type='a'/></p>", False),
        (attributes('<attDef ident="type" mode="delete"/>'), "<p><hi subtype='a'/></p>", True),
        (attributes('<attDef ident="new" mode="add"/>'), "<p><hi new='a b'/></p>", True),
        (attributes('<attRef class="att.typed" name="type"/>', of="p"), "<p type='a'/>", True),
        (
            f'{CORE}<classSpec ident="att.typed" type="atts" mode="delete"/>',
            "<p><hi type='a'/></p>",
            False,
        ),
        (
            (
                f'{CORE}<classSpec ident="att.typed" type="atts" mode="change"><attList><attDef '
                'ident="subtype" mode="delete"/></attList></classSpec>'
            ),
            "<p><hi subtype='a'/></p>",
            False,
        ),
        # values
        (values("replace", '<valItem ident="c"/>'), "<p><hi type='a'/></p>", False),
        (values("replace", '<valItem ident="c"/>'), "<p><hi type='c'/></p>", True),
        (values("change", '<valItem ident="b" mode="delete"/>'), "<p><hi type='b'/></p>", False),
        (values("change", '<valItem ident="b" mode="delete"/>'), "<p><hi type='a'/></p>", True),
        (values("change", '<valItem ident="c" mode="add"/>'), "<p><hi type='c'/></p>", True),
        (values("delete", "", ""), "<p><hi type='z'/></p>", True),
        # datatypes
        (
            (
                f'{CORE}<dataSpec ident="word" mode="change"><content><dataRef name="token" '
                'restriction="[a-z]+"/></content></dataSpec>'
            ),
            "<p n='1'/>",
            False,
        ),
    ],
)
def test_what_a_customisation_allows(changes: str, document: str, allowed: bool) -> None:  # noqa: FBT001 - a table
    assert allows(changes, document) is allowed


def test_a_sequence_that_needs_what_is_left_out_cannot_stand() -> None:
    assert not allows(CORE, "<pair><p/></pair>", "pair")
    assert allows(CORE, "<pair><hi/></pair>", "pair")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ('<moduleRef key="cor"/>', "line 2: the source has no module “cor”; is “core” meant?"),
        (
            '<moduleRef key="core" include="p hii"/>',
            "line 2: the module core has no element “hii”; is “hi” meant?",
        ),
        ('<elementRef key="nte"/>', "line 2: the source declares no “nte”; is “note” meant?"),
        (
            '<classRef key="att.typed" include="typ"/>',
            "line 2: the class att.typed has no attribute “typ”; is “type” meant?",
        ),
        (
            '<moduleRef key="core"/>\n<elementSpec ident="note" mode="change"/>',
            "line 3: “note” is not part of this schema; include it, in a moduleRef to notes",
        ),
        (
            '<moduleRef key="core"/>\n<elementSpec ident="hi"><content/></elementSpec>',
            "line 3: the source declares “hi” already; say mode=“change” or “replace”",
        ),
        (
            '<moduleRef key="core"/>\n<elementSpec ident="q" mode="delete"/>',
            "line 3: the source declares no “q”",
        ),
        (
            f"{CORE}\n{values('change', VANISHED).removeprefix(CORE)}",
            "line 3: there is no valItem “z” to delete",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(changes: str, problem: str) -> None:
    with pytest.raises(OddError) as error:
        load(changes)
    assert str(error.value) == problem


def test_constraints_come_along_and_can_be_changed() -> None:
    odd = '<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="s" start="p">{}</schemaSpec>'
    kept = schematron(load_odd(tree(odd.format(CORE)), tree(SOURCE)))
    assert b'<rule context="tei:hi">' in serialise(kept)
    change = (
        f'{CORE}<elementSpec ident="hi" mode="change">'
        '<constraintSpec ident="full" mode="delete"/></elementSpec>'
    )
    assert b"<rule" not in serialise(schematron(load_odd(tree(odd.format(change)), tree(SOURCE))))


# ---- the Guidelines


@pytest.fixture(scope="module")
def guidelines() -> Path:
    return shared("data", "tei", "p5subset_4.9.0a.xml")


@pytest.fixture(scope="module")
def simple_print(guidelines: Path) -> etree._ElementTree:
    return relaxng(load_odd(TESTS / "simple_print.odd", guidelines))


def test_simple_print_has_the_elements_of_the_published_one(
    simple_print: etree._ElementTree,
) -> None:
    published = etree.parse(shared("data", "tei", "tei_simplePrint_4.9.0a.rng"))
    names = [
        {one.get("name") for one in grammar.iter(f"{RNG}element")}
        for grammar in (simple_print, published)
    ]
    assert names[0] == names[1]


@pytest.fixture
def deep() -> Iterator[None]:
    """Let random documents of a large grammar nest deeper than Python likes."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.usefixtures("deep")
def test_simple_print_gives_the_verdicts_of_the_published_one(
    simple_print: etree._ElementTree, tmp_path: Path
) -> None:
    """On random documents of either, whole and spoiled; Jing is the referee.

    Of the published grammar libxml2 takes minutes for a small document here and there
    (its repetitions of what may be empty), so it is asked about ours alone.
    """
    published = etree.parse(shared("data", "tei", "tei_simplePrint_4.9.0a.rng"))
    documents: list[bytes] = []
    for grammar in (simple_print, published):
        source = Documents(grammar, 7)
        for name in source.names:
            documents.append(etree.tostring(source.element(name)))
            documents += [etree.tostring(source.spoiled(name)) for _ in range(2)]
    paths = written(tmp_path, documents)
    verdicts = []
    for number, grammar in enumerate((simple_print, published)):
        schema = tmp_path / f"{number}.rng"
        starting_anywhere(grammar).write(schema)
        verdicts.append({line.split(".xml:")[0] for line in jing(schema, paths)})
    own = etree.RelaxNG(etree.parse(tmp_path / "0.rng"))
    refused = {str(path.with_suffix("")) for path in paths if not own.validate(parsed(path))}
    assert len(documents) >= 1_000
    assert 0 < len(verdicts[0]) < len(documents)
    assert verdicts[0] == verdicts[1] == refused


def starting_anywhere(grammar: etree._ElementTree) -> etree._ElementTree:
    start = grammar.getroot().find(f"{RNG}start")
    assert start is not None
    start[:] = [etree.Element(f"{RNG}choice")]
    names = Documents(grammar, 0).names
    start[0].extend(etree.Element(f"{RNG}ref", name=name) for name in names)
    return grammar


def written(folder: Path, documents: list[bytes]) -> list[Path]:
    paths = [folder / f"{number:04}.xml" for number in range(len(documents))]
    for path, document in zip(paths, documents, strict=True):
        path.write_bytes(document)
    return paths


def parsed(path: Path) -> etree._ElementTree:
    return etree.parse(path, etree.XMLParser(collect_ids=False))


CMIF = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Letters</title><editor>A <email>a@example.org</email></editor></titleStmt>
<publicationStmt><publisher><ref target="https://example.org">E</ref></publisher>
<idno type="url">https://example.org/cmif.xml</idno><date when="2020-01-01"/><availability>
<licence target="https://creativecommons.org/licenses/by/4.0/">CC BY</licence></availability>
</publicationStmt><sourceDesc><bibl type="{type}" xml:id="b1">E</bibl></sourceDesc></fileDesc>
<profileDesc><correspDesc><correspAction type="sent"><persName ref="https://example.org/p1">A
</persName><date when="1851-05-03"/></correspAction></correspDesc></profileDesc></teiHeader>
<text><body><p/></body></text></TEI>"""


def test_the_correspondence_metadata_format_compiles(guidelines: Path, tmp_path: Path) -> None:
    odd = load_odd(shared("data", "tei", "cmi-customization.odd"), guidelines)
    schema = tmp_path / "cmif.rng"
    schema.write_bytes(serialise(relaxng(odd)))
    good, bad = CMIF.format(type="online"), CMIF.format(type="oral")
    paths = written(tmp_path, [good.encode(), bad.encode()])
    own = etree.RelaxNG(etree.parse(schema))
    assert [own.validate(parsed(path)) for path in paths] == [True, False]
    assert {line.split(":")[0] for line in jing(schema, paths)} == {str(paths[1])}


def test_our_own_odd_comes_to_the_same_with_the_guidelines(guidelines: Path) -> None:
    """It is complete, so there is nothing that the Guidelines add."""
    path = TESTS.parent / "schemas" / "letter.odd"
    alone, merged = relaxng(load_odd(path)), relaxng(load_odd(path, guidelines))
    own, other = Documents(alone, 3), etree.RelaxNG(starting_anywhere(merged))
    names = own.names
    both = etree.RelaxNG(starting_anywhere(alone))
    for name in names:
        for one in (own.element(name), own.spoiled(name)):
            document = etree.ElementTree(
                etree.fromstring(etree.tostring(one), etree.XMLParser(collect_ids=False))
            )
            assert both.validate(document) == other.validate(document), etree.tostring(one)


def test_compiling_is_deterministic(guidelines: Path) -> None:
    odd = TESTS / "simple_print.odd"
    first, second = (load_odd(odd, guidelines) for _ in range(2))
    assert serialise(relaxng(first)) == serialise(relaxng(second))
    assert serialise(schematron(first)) == serialise(schematron(second))
