from pathlib import Path

import pytest
from lxml import etree

from epistola.checks.odd import TEI, OddError, load_odd, relaxng, schematron, serialise
from shared import shared

SCHEMAS = Path(__file__).parents[2] / "schemas"
ODD = SCHEMAS / "letter.odd"
RNG = "{http://relaxng.org/ns/structure/1.0}"


def compile_odd(odd: etree._ElementTree | Path) -> etree._ElementTree:
    return relaxng(load_odd(odd))


def small(specs: str, schema: str = 'start="p"') -> etree._ElementTree:
    """An ODD of one paragraph and ``specs``, each on a line from the third on."""
    text = f"""<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="s" ns="" {schema}>
<elementSpec ident="p" mode="add"><content><textNode/></content></elementSpec>
{specs}
</schemaSpec>"""
    return etree.ElementTree(etree.fromstring(text))


def element(content: str, *, attributes: str = "", classes: str = "") -> str:
    return (
        f'<elementSpec ident="x" mode="add"><classes mode="replace">{classes}</classes>'
        f"<content>{content}</content><attList>{attributes}</attList></elementSpec>"
    )


REMEDY = "to take what is missing from the Guidelines, name their p5subset.xml with --source"
WORD = '<dataSpec ident="word"><content><dataRef name="token"/></content></dataSpec>'
TYPED = f"""<classSpec ident="att.typed" type="atts"><attList><attDef ident="type"><datatype>
<dataRef key="word"/></datatype></attDef></attList></classSpec>{WORD}"""


@pytest.mark.parametrize(
    ("specs", "problem"),
    [
        (element('<elementRef key="y"/>'), "line 3: “y” is not declared"),
        (element('<classRef key="model.y"/>'), "line 3: “model.y” is not declared"),
        (element('<macroRef key="macro.y"/>'), "line 3: “macro.y” is not declared"),
        (element('<dataRef key="y"/>'), "line 3: “y” is not declared"),
        (element("<anyname/>"), "line 3: anyname in content is not supported"),
        (
            element('<sequence preserveOrder="false"><elementRef key="p"/></sequence>'),
            "line 3: preserveOrder=“false” of sequence is not supported",
        ),
        (
            element('<classRef key="model.y" expand="all"/>'),
            "line 3: expand=“all” of classRef is not supported",
        ),
        (
            element('<elementRef key="p" minOccurs="3" maxOccurs="2"/>'),
            "line 3: 3 to 2 times is not supported",
        ),
        (
            element('<text xmlns="http://relaxng.org/ns/structure/1.0"/>'),
            "line 3: text in content is not supported:"
            " write it in TEI, with sequence, alternate, elementRef, dataRef, textNode",
        ),
        (
            element("<textNode/>", classes='<memberOf key="att.y"/>'),
            "line 3: “att.y” is not declared",
        ),
        (
            element("<textNode/>", attributes='<attRef class="att.typed" name="type"/>'),
            "line 3: “att.typed” is not declared",
        ),
        (
            element("<textNode/>", attributes='<attDef ident="a" usage="mwa"/>'),
            "line 3: usage=“mwa” of attDef is not supported",
        ),
        (
            '<elementSpec ident="x" mode="delete"/>',
            f"line 3: “x” is deleted; {REMEDY}",
        ),
        (
            '<elementSpec ident="x" mode="add"/>',
            f"line 3: “x” has no content; {REMEDY}",
        ),
        (
            '<elementSpec ident="x" mode="change"><content><empty/></content></elementSpec>',
            "line 3: “x” is not in the include of any moduleRef",
        ),
        (
            '<moduleRef key="core" include="q"/>',
            f"line 3: “q” is included, and there is no elementSpec of it; {REMEDY}",
        ),
        (
            '<moduleRef key="core" except="q"/>',
            f"line 3: the module core is not declared here; {REMEDY}",
        ),
        (
            '<elementSpec ident="p" mode="add"><content><empty/></content></elementSpec>',
            "line 3: elementSpec “p” is declared twice",
        ),
        (
            '<classSpec ident="model.y" type="model"/>',
            "line 3: the class model.y has no members",
        ),
        (
            (
                '<classSpec ident="att.y" type="atts"><classes mode="replace">'
                '<memberOf key="att.z"/></classes></classSpec>'
            ),
            "line 3: “att.z” is not declared",
        ),
        ('<elementRef key="q"/>', f"line 3: “q” is not declared here; {REMEDY}"),
        (
            '<moduleRef url="svg.rng"/>',
            "line 3: the attribute url of moduleRef is not supported",
        ),
        (
            '<specGrp xml:id="g"><specGrpRef target="#g"/></specGrp>',
            "line 3: the specGrp “#g” refers to itself",
        ),
        ('<specGrpRef target="#y"/>', "line 3: there is no specGrp “#y”"),
        ('<elementSpec mode="add"/>', "line 3: elementSpec needs the attribute ident"),
    ],
)
def test_what_it_cannot_do_is_refused_by_name_and_line(specs: str, problem: str) -> None:
    with pytest.raises(OddError) as error:
        compile_odd(small(specs))
    assert str(error.value) == problem


def test_an_attribute_given_twice_is_refused() -> None:
    twice = TYPED + TYPED.replace("att.typed", "att.kind").replace(WORD, "")
    classes = '<memberOf key="att.typed"/><memberOf key="att.kind"/>'
    with pytest.raises(
        OddError, match=r"att\.kind gives x the attribute type a second time, after att\.typed"
    ):
        compile_odd(small(twice + element("<textNode/>", classes=classes)))


def test_one_schema_is_wanted() -> None:
    with pytest.raises(OddError, match="line 1: one schemaSpec is wanted, there are 0"):
        compile_odd(
            etree.ElementTree(etree.fromstring('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>'))
        )


def test_an_unknown_start_is_refused() -> None:
    with pytest.raises(
        OddError, match="line 1: the schema starts with “TEI”, which is not declared"
    ):
        compile_odd(small("", 'start="TEI"'))


@pytest.mark.parametrize(
    ("content", "pattern"),
    [
        ("<textNode/>", "<text/>"),
        ("<empty/>", "<empty/>"),
        ('<elementRef key="p"/>', '<ref name="p"/>'),
        ('<elementRef key="p" minOccurs="0"/>', '<optional><ref name="p"/></optional>'),
        (
            (
                '<alternate minOccurs="0" maxOccurs="unbounded"><textNode/>'
                '<elementRef key="p"/></alternate>'
            ),
            '<zeroOrMore><choice><text/><ref name="p"/></choice></zeroOrMore>',
        ),
        (
            '<sequence maxOccurs="unbounded"><elementRef key="p"/><elementRef key="p"/></sequence>',
            '<oneOrMore><ref name="p"/><ref name="p"/></oneOrMore>',
        ),
        (
            '<dataRef name="token" restriction="a+"/>',
            '<data type="token"><param name="pattern">a+</param></data>',
        ),
        (
            '<elementRef key="p" minOccurs="2" maxOccurs="3"/>',
            '<ref name="p"/><ref name="p"/><optional><ref name="p"/></optional>',
        ),
        (
            '<elementRef key="p" minOccurs="2" maxOccurs="unbounded"/>',
            '<ref name="p"/><ref name="p"/><zeroOrMore><ref name="p"/></zeroOrMore>',
        ),
        ('<sequence><empty/><elementRef key="p"/></sequence>', '<ref name="p"/>'),
        (
            '<alternate><empty/><elementRef key="p"/></alternate>',
            '<optional><ref name="p"/></optional>',
        ),
        (
            '<valList type="closed"><valItem ident="a"/><valItem ident="b"/></valList>',
            "<choice><value>a</value><value>b</value></choice>",
        ),
    ],
)
def test_content_becomes_a_pattern(content: str, pattern: str) -> None:
    assert inside(compile_odd(small(element(content), 'start="p x"')), "x") == pattern


def inside(grammar: etree._ElementTree, name: str) -> str:
    """What the pattern of the element ``name`` holds, on one line."""
    found = next(one for one in grammar.iter(f"{RNG}element") if one.get("name") == name)
    text = "".join(etree.tostring(one, encoding="unicode", with_tail=False) for one in found)
    for words in (' xmlns="http://relaxng.org/ns/structure/1.0"', "\n"):
        text = text.replace(words, "")
    text = text.replace(' xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"', "")
    return ">".join(part.strip() for part in text.split(">"))


@pytest.mark.parametrize(
    ("attributes", "pattern"),
    [
        ("", '<empty/><ref name="att.typed"/>'),
        ('<attDef ident="type" mode="delete"/>', "<empty/>"),
        (
            (
                '<attDef ident="type" usage="req"><datatype maxOccurs="unbounded">'
                '<dataRef key="word"/></datatype></attDef>'
            ),
            (
                '<empty/><attribute name="type"><list><oneOrMore><ref name="word"/>'
                "</oneOrMore></list></attribute>"
            ),
        ),
        (
            (
                '<attDef ident="type" usage="req"><datatype><dataRef key="word"/></datatype>'
                '<valList type="semi"><valItem ident="a"/></valList></attDef>'
            ),
            (
                '<empty/><attribute name="type"><choice><value>a</value><ref name="word"/>'
                "</choice></attribute>"
            ),
        ),
        (
            (
                '<attDef ident="type" usage="req"><datatype><dataRef key="word"/></datatype>'
                '<valList type="closed"><valItem ident="a"/></valList></attDef>'
            ),
            '<empty/><attribute name="type"><value>a</value></attribute>',
        ),
    ],
    ids=["inherited", "deleted", "many", "suggested values", "closed values"],
)
def test_attributes_of_an_element_override_its_classes(attributes: str, pattern: str) -> None:
    spec = element("<empty/>", attributes=attributes, classes='<memberOf key="att.typed"/>')
    assert inside(compile_odd(small(TYPED + spec, 'start="x"')), "x") == pattern


def test_attributes_that_exclude_each_other() -> None:
    one = '<attDef ident="{}" usage="req"><datatype><dataRef key="word"/></datatype></attDef>'
    attributes = f'<attList org="choice">{one.format("a")}{one.format("b")}</attList>'
    compiled = compile_odd(small(WORD + element("<empty/>", attributes=attributes), 'start="x"'))
    assert inside(compiled, "x") == (
        '<empty/><choice><attribute name="a"><ref name="word"/></attribute>'
        '<attribute name="b"><ref name="word"/></attribute></choice>'
    )


def test_the_shipped_grammar_is_what_the_odd_says() -> None:
    assert serialise(compile_odd(ODD)) == (SCHEMAS / "letter.rng").read_bytes()


def test_the_shipped_rules_are_what_the_odd_says() -> None:
    assert serialise(schematron(load_odd(ODD))) == (SCHEMAS / "letter.sch").read_bytes()


# ---- letter.odd itself


def specs(tree: etree._ElementTree, tag: str) -> dict[str, etree._Element]:
    return {one.get("ident", ""): one for one in tree.iter(f"{TEI}{tag}")}


def attributes_of(spec: etree._Element, classes: dict[str, etree._Element]) -> set[str]:
    own = {one.get("ident", "") for one in spec.iter(f"{TEI}attDef") if one.get("mode") != "delete"}
    for member in spec.iterfind(f"{TEI}classes/{TEI}memberOf"):
        key = member.get("key", "")
        if key.startswith("att.") and key in classes:
            own |= attributes_of(classes[key], classes)
    return own


@pytest.fixture(scope="module")
def odd() -> etree._ElementTree:
    return etree.parse(ODD)


@pytest.fixture(scope="module")
def guidelines() -> etree._ElementTree:
    parser = etree.XMLParser(collect_ids=False, huge_tree=True)
    return etree.parse(shared("data", "tei", "p5subset_4.9.0a.xml"), parser)


def test_elements_are_those_of_the_guidelines(
    odd: etree._ElementTree, guidelines: etree._ElementTree
) -> None:
    theirs = {name: one.get("module") for name, one in specs(guidelines, "elementSpec").items()}
    ours = {name: one.get("module") for name, one in specs(odd, "elementSpec").items()}
    assert ours.items() <= theirs.items()


def test_attributes_are_those_of_the_guidelines(
    odd: etree._ElementTree, guidelines: etree._ElementTree
) -> None:
    theirs, classes = specs(guidelines, "elementSpec"), specs(guidelines, "classSpec")
    own = specs(odd, "classSpec")
    added = {
        name: attributes_of(one, own) - attributes_of(theirs[name], classes)
        for name, one in specs(odd, "elementSpec").items()
    }
    assert {name: extra for name, extra in added.items() if extra} == {}


def test_a_processor_that_merges_with_the_guidelines_comes_to_the_same(
    odd: etree._ElementTree, guidelines: etree._ElementTree
) -> None:
    """Attributes that the Guidelines declare at an element stay unless the ODD speaks of them."""
    theirs = specs(guidelines, "elementSpec")
    left = {
        name: {one.get("ident") for one in theirs[name].iter(f"{TEI}attDef")}
        - {one.get("ident") for one in spec.iter(f"{TEI}attDef")}
        for name, spec in specs(odd, "elementSpec").items()
    }
    assert {name: missing for name, missing in left.items() if missing} == {}


def test_everything_is_explained(odd: etree._ElementTree) -> None:
    kinds = ("elementSpec", "classSpec", "macroSpec", "dataSpec", "attDef")
    unexplained = [
        f"{one.tag} {one.get('ident')}, line {one.sourceline}"
        for one in odd.iter(*(f"{TEI}{kind}" for kind in kinds))
        if one.get("mode") != "delete" and not one.findtext(f"{TEI}desc")
    ]
    values = [
        f"{item.get('ident')}, line {item.sourceline}"
        for item in odd.iter(f"{TEI}valItem")
        if item.getparent().getparent().tag == f"{TEI}attDef" and not item.findtext(f"{TEI}desc")  # type: ignore[union-attr]
    ]
    assert unexplained + values == []


def test_every_element_has_an_example_in_which_it_stands(odd: etree._ElementTree) -> None:
    example = "{http://www.tei-c.org/ns/Examples}"
    without = {
        name
        for name, spec in specs(odd, "elementSpec").items()
        if next(spec.iter(f"{example}{name}"), None) is None
    }
    assert without == set()


def test_ids_in_the_odd_are_used_once(odd: etree._ElementTree) -> None:
    ids = odd.xpath("//@xml:id")
    assert isinstance(ids, list)
    assert len(ids) == len(set(ids))
