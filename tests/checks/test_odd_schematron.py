from __future__ import annotations

import pytest
from lxml import etree

from epistola.checks.odd import OddError, load_odd, schematron, serialise

SCH = "{http://purl.oclc.org/dsdl/schematron}"


def rules(
    inside: str, *, element: str = "", attribute: str = "", klass: str = ""
) -> etree._Element:
    """The Schematron of a small ODD with constraints in the schema, an element, and so on."""
    text = f"""<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="s" start="p"
xmlns:sch="http://purl.oclc.org/dsdl/schematron">{inside}
<classSpec ident="att.n" type="atts">{klass}<attList><attDef ident="n">{attribute}</attDef>
</attList></classSpec>
<elementSpec ident="p" mode="add"><classes><memberOf key="att.n"/></classes><content>
<elementRef key="q"/></content>{element}</elementSpec><elementSpec ident="q" mode="add"><classes>
<memberOf key="att.n"/></classes><content><textNode/></content><attList>
<attDef ident="n" mode="delete"/></attList></elementSpec></schemaSpec>"""
    odd = load_odd(etree.ElementTree(etree.fromstring(text)))
    return etree.fromstring(serialise(schematron(odd)))


def constraint(inside: str, ident: str = "c", more: str = "") -> str:
    return (
        f'<constraintSpec ident="{ident}" scheme="schematron" {more}><constraint>{inside}'
        "</constraint></constraintSpec>"
    )


ASSERT = '<sch:assert test="@n">It needs n.</sch:assert>'


def contexts(schema: etree._Element) -> list[tuple[str | None, str | None]]:
    return [
        (pattern.get("id"), rule.get("context"))
        for pattern in schema.iter(f"{SCH}pattern")
        for rule in pattern.iter(f"{SCH}rule")
    ]


def test_no_constraint_no_pattern() -> None:
    assert contexts(rules("")) == []


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({"element": constraint(ASSERT)}, [("p-c", "tei:p")]),
        ({"klass": constraint(ASSERT)}, [("att.n-c", "tei:p | tei:q")]),
        ({"attribute": constraint(ASSERT)}, [("att.n-n-c", "tei:p/@n")]),
        (
            {"element": constraint(f'<sch:rule context="tei:x">{ASSERT}</sch:rule>')},
            [("p-c", "tei:x")],
        ),
        (
            {
                "element": constraint(
                    f'<sch:pattern id="own"><sch:rule context="tei:x">{ASSERT}</sch:rule>'
                    "</sch:pattern>"
                )
            },
            [("own", "tei:x")],
        ),
        (
            {"element": constraint(ASSERT) + constraint(ASSERT)},
            [("p-c", "tei:p"), ("p-c-2", "tei:p")],
        ),
    ],
    ids=["element", "class", "attribute", "rule", "pattern", "the same name twice"],
)
def test_what_a_constraint_is_about(
    places: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert contexts(rules("", **places)) == expected


def test_a_constraint_of_the_schema_has_its_own_rule() -> None:
    inside = constraint(f"<sch:rule context=\"tei:x[@y\n   = 'a  b']\">{ASSERT}</sch:rule>")
    assert contexts(rules(inside)) == [("c", "tei:x[@y = 'a  b']")]


def test_prefixes_are_declared_once() -> None:
    space = '<sch:ns prefix="x" uri="urn:x"/>'
    rule = f'<sch:rule context="x:y">{ASSERT}</sch:rule>'
    schema = rules(constraint(space + rule) + constraint(space + rule, "d"))
    assert [one.get("prefix") for one in schema.iter(f"{SCH}ns")] == ["tei", "x"]


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        (
            constraint(ASSERT),
            "line 2: an assertion here needs a rule around it, which says its context",
        ),
        (constraint("<p>prose</p>"), "line 2: p in constraint is not supported"),
        (
            constraint(ASSERT).replace("schematron", "private"),
            "line 2: scheme=“private” of constraintSpec is not supported",
        ),
        (
            constraint('<sch:ns prefix="x" uri="urn:x"/>')
            + constraint('<sch:ns prefix="x" uri="u"/>'),
            "line 2: the prefix x stands for two namespaces",
        ),
    ],
)
def test_what_is_no_rule_is_refused(inside: str, problem: str) -> None:
    with pytest.raises(OddError) as error:
        rules(inside)
    assert str(error.value) == problem
