"""ISO Schematron with XPath 2 and 3: what is found where, and what is refused."""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from epistola.checks import schematron
from epistola.checks.positions import Positions
from epistola.checks.schemas import SchemaError
from epistola.checks.schematron import MISSING, check_schematron, load_schematron
from epistola.model import Finding, Severity
from shared import shared

SCH = 'xmlns="http://purl.oclc.org/dsdl/schematron"'

pytest.importorskip("saxonche", reason="needs saxonche: pip install 'epistola[schematron]'")


def rules(folder: Path, body: str, attributes: str = 'queryBinding="xslt2"') -> Path:
    path = folder / "rules.sch"
    path.write_text(f"<schema {SCH} {attributes}>{body}</schema>", "utf-8")
    return path


def check(path: Path, document: str, phase: str = "#DEFAULT") -> list[Finding]:
    raw = document.encode()
    tree = etree.ElementTree(etree.fromstring(raw))
    return check_schematron(tree, Positions(raw), load_schematron(path, phase))


def said(findings: list[Finding]) -> list[str]:
    return [f"{one.line}:{one.column} {one.message}" for one in findings]


def rule(context: str, *checks: str) -> str:
    return f'<pattern><rule context="{context}">{"".join(checks)}</rule></pattern>'


# What is refused, by name and line.


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('\n<include href="a.sch"/>', ":2: include in schema is not supported"),
        ("<pattern>\n<include href='a.sch'/></pattern>", ":2: include in pattern"),
        ('<f xmlns="http://www.w3.org/1999/XSL/Transform"/>', ":1: xsl:f is XSLT"),
        (
            '\n<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="a"/>',
            ":2: xsl:function is XSLT, which is not supported: say it in XPath",
        ),
        ("<pattern documents='b'/>", ":1: the attribute documents is not supported"),
        (
            "<pattern><rule context='a'><extends href='b'/></rule></pattern>",
            ":1: the attribute href is not supported",
        ),
        ("<group/>", ":1: group in schema is not supported"),
        ("<pattern><rule>a</rule></pattern>", ":1: rule has no context"),
        (rule("a", "<assert>x</assert>"), ":1: assert has no test"),
        (rule("a", "<assert test=' '>x</assert>"), ":1: assert has no test"),
        (rule("a", "<assert test='key(&quot;k&quot;, .)'>x</assert>"), ":1: key() is XSLT"),
        (rule("a[current()/b]"), ":1: current() in the context of a rule"),
        (rule("a", "<extends rule='b'/>"), ":1: there is no abstract rule “b”"),
        ("<pattern is-a='b'/>", ":1: there is no abstract pattern “b”"),
        (rule("a", "<assert test='a' diagnostics='d'>x</assert>"), "no diagnostic “d”"),
        (
            "<pattern><rule abstract='true' id='a'><extends rule='a'/></rule>"
            "<rule context='a'><extends rule='a'/></rule></pattern>",
            ":1: the rule “a” extends itself",
        ),
        ("<let name='a'><b/></let>", ":1: let has no value"),
    ],
)
def test_what_is_not_supported(tmp_path: Path, body: str, why: str) -> None:
    path = rules(tmp_path, body)
    with pytest.raises(SchemaError) as caught:
        load_schematron(path)
    assert str(caught.value).startswith(str(path))
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "the schema cannot be read: No such file or directory"),
        ("<schema", "the schema is no well-formed XML"),
        ("<schema/>", "this is no Schematron schema: its outermost element is schema"),
        ('<schema xmlns="http://www.ascc.net/xml/schematron"/>', "this is Schematron 1.5"),
        (f'<schema {SCH} queryBinding="stx"/>', "queryBinding=“stx” is not supported"),
    ],
)
def test_what_is_no_schematron(tmp_path: Path, text: str | None, why: str) -> None:
    path = tmp_path / "a.sch"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(SchemaError, match=re.escape(f"{path}: {why}")):
        load_schematron(path)


@pytest.mark.parametrize(
    ("body", "line", "expression"),
    [
        (f"\n\n{rule('a[')}", 3, "a["),
        (rule("a", "\n<assert test='b ('>x</assert>"), 2, "b ("),
        (rule("a", "<let name='v' value='1 +'/>"), 1, "1 +"),
        (rule("a", "<assert test='$v'>x</assert>"), 1, "$v"),
        (rule("a", "<assert test='f:g()'>x</assert>"), 1, "f:g()"),
        (rule("a", "<assert test='a) or (b'>x</assert>"), 1, "in “a) or (b” do not match"),
        (rule("a", "<assert test='f(&quot;)&quot;'>x</assert>"), 1, "do not match"),
    ],
)
def test_what_is_no_xpath(tmp_path: Path, body: str, line: int, expression: str) -> None:
    path = rules(tmp_path, body)
    with pytest.raises(SchemaError) as caught:
        check(path, "<a/>")
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert expression in str(caught.value)


def test_without_saxon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget = vars(schematron)["_saxon"].cache_clear
    forget()
    monkeypatch.setitem(sys.modules, "saxonche", None)
    with pytest.raises(SchemaError, match=re.escape(MISSING)):
        check(rules(tmp_path, rule("a")), "<a/>")
    forget()


# What is found.


def test_assert_and_report(tmp_path: Path) -> None:
    path = rules(
        tmp_path,
        rule(
            "p",
            "<assert test='@n' id='numbered'>no number</assert>",
            "<report test='not(text())' role='warn'>no text</report>",
            "<report test='@n' severity='info'>numbered</report>",
        ),
    )
    found = check(path, "<a>\n  <p/>\n <p n='1'>x</p></a>")
    assert said(found) == ["2:3 no number", "2:3 no text", "3:2 numbered"]
    assert [one.code for one in found] == ["numbered", "schematron", "schematron"]
    assert [one.severity for one in found] == [Severity.ERROR, Severity.WARNING, Severity.INFO]


@pytest.mark.parametrize(
    ("role", "severity"),
    [
        ("nonfatal", Severity.WARNING),
        ("Warning", Severity.WARNING),
        ("information", Severity.INFO),
        ("error", Severity.ERROR),
        ("fatal", Severity.ERROR),
        ("anything", Severity.ERROR),
    ],
)
def test_a_rule_has_a_role_too(tmp_path: Path, role: str, severity: Severity) -> None:
    body = f"<pattern><rule context='a' role='{role}'><assert test='b'>x</assert></rule></pattern>"
    assert [one.severity for one in check(rules(tmp_path, body), "<a/>")] == [severity]


def test_only_the_first_rule_that_matches_a_node_is_applied(tmp_path: Path) -> None:
    body = "".join(
        f"<rule context='{context}'><report test='true()'>{number}</report></rule>"
        for number, context in enumerate(["b[@x]", "a/b | c", "*"])
    )
    found = check(rules(tmp_path, f"<pattern>{body}</pattern>"), "<a><b x=''/><b/><c/><d/></a>")
    assert sorted(one.message for one in found) == ["0", "1", "1", "2", "2"]


@pytest.mark.parametrize(
    ("context", "places"),
    [
        ("/", ["1:1"]),
        ("/a", ["1:1"]),
        ("a", ["1:1"]),
        ("/a/b", ["1:4"]),
        ("//b", ["1:4"]),
        ("/a | b", ["1:1", "1:4"]),
        ("b/@x", ["1:7"]),
        ("@xml:id", ["1:13"]),
        ("b/text()", ["1:4"]),
        ("b[1]", ["1:4"]),
        ("comment()", ["1:4"]),
        ("c", []),
    ],
)
def test_where_contexts_are(tmp_path: Path, context: str, places: list[str]) -> None:
    body = rule(context, "<report test='true()'>x</report>")
    found = check(rules(tmp_path, body), "<a><b x='1' xml:id='i'>t<!-- c --></b></a>")
    assert [f"{one.line}:{one.column}" for one in found] == places


def test_messages(tmp_path: Path) -> None:
    message = """
        <name/> in <name path='..'/> says "<value-of select='@n'/>": <emph>mind</emph>
        <value-of select='1 to 3'/> <dir>and</dir> <value-of select='//none'/> &lt;&amp;.
    """
    body = rule("b", f"<report test='true()' diagnostics='d e'>{message}</report>") + (
        "<diagnostics><diagnostic id='d'>See <value-of select='name(.)'/>.</diagnostic>"
        "<diagnostic id='e'>Good bye.</diagnostic></diagnostics>"
    )
    assert said(check(rules(tmp_path, body), "<a><b n='x&quot;y'/></a>")) == [
        '1:4 b in a says "x"y": mind 1 2 3 and <&. See b. Good bye.'
    ]


def test_variables_of_schema_pattern_and_rule(tmp_path: Path) -> None:
    body = (
        "<let name='all' value='//b'/>"
        "<pattern><let name='many' value='count($all) gt 1'/>"
        "<rule context='b[$many]'><let name='me' value='@n'/><let name='twice' value='$me * 2'/>"
        "<assert test='$all[@n = $twice]'><value-of select='$twice'/> is missing</assert>"
        "</rule></pattern>"
    )
    path = rules(tmp_path, body)
    assert said(check(path, "<a><b n='1'/><b n='2'/></a>")) == ["1:14 4 is missing"]
    assert check(path, "<a><b n='1'/></a>") == []


def test_current_is_the_node_of_the_rule(tmp_path: Path) -> None:
    body = rule(
        "b",
        "<assert test=\"//c[@n = current( )/@n and 'current()' != '']\">"
        "<value-of select='//d[@n = current()/@n]'/></assert>",
    )
    document = "<a><b n='1'/><c n='1'/><b n='2'/><d n='2'>two</d></a>"
    assert said(check(rules(tmp_path, body), document)) == ["1:24 two"]


def test_abstract_patterns_and_rules(tmp_path: Path) -> None:
    body = (
        "<pattern abstract='true' id='needs'><rule context='$one'>"
        "<extends rule='named'/><assert test='$what'>no <value-of select='&quot;$what&quot;'/>"
        "</assert></rule></pattern>"
        "<pattern is-a='needs'><param name='one' value='b'/><param name='what' value='@n'/>"
        "</pattern><pattern is-a='needs'><param name='one' value='c'/>"
        "<param name='what' value='@m'/></pattern>"
        "<pattern><rule abstract='true' id='named'><let name='own' value='@name'/>"
        "<report test='$own = &quot;x&quot;'>x is no name</report></rule></pattern>"
    )
    assert said(check(rules(tmp_path, body), "<a><b name='x'/><c/></a>")) == [
        "1:4 x is no name",
        "1:4 no @n",
        "1:17 no @m",
    ]


def test_phases(tmp_path: Path) -> None:
    body = (
        "<phase id='one'><let name='v' value='1'/><active pattern='p1'/></phase>"
        "<phase id='two'><let name='v' value='2'/><active pattern='p2'/></phase>"
        "<pattern id='p1'><rule context='a'><report test='$v'>1: <value-of select='$v'/></report>"
        "</rule></pattern>"
        "<pattern id='p2'><rule context='a'><report test='$v'>2: <value-of select='$v'/></report>"
        "</rule></pattern>"
    )
    path = rules(tmp_path, body, "defaultPhase='two'")
    assert said(check(path, "<a/>")) == ["1:1 2: 2"]
    assert said(check(path, "<a/>", "one")) == ["1:1 1: 1"]
    with pytest.raises(SchemaError, match=r"there is no phase “three”; there are one, two"):
        check(path, "<a/>", "three")


def test_a_subject_is_where_it_is_reported(tmp_path: Path) -> None:
    body = rule("a", "<report test='true()' subject='b[2]'>x</report>")
    assert said(check(rules(tmp_path, body), "<a><b/><b/></a>")) == ["1:8 x"]
    assert said(check(rules(tmp_path, body), "<a><b/></a>")) == ["1:1 x"]


def test_xpath_2_and_3(tmp_path: Path) -> None:
    tests = [
        "matches(@when, '^\\d{4}$')",
        "every $x in * satisfies $x castable as xs:integer",
        "map { 'a': 1 }?a eq 1 and exists(array { 1, 2 })",
        "(1 to 3) => sum() eq 6",
        "let $f := function($x) { $x + 1 } return $f(1) eq 2",
        "(: a comment with key( in it :) true()",
        "id('i') >> .",
    ]
    checks = [f'<assert test="{html.escape(test)}">{at}</assert>' for at, test in enumerate(tests)]
    path = rules(tmp_path, rule("a", *checks), 'queryBinding="xslt3"')
    assert check(path, "<a when='1848'><b>1</b><b xml:id='i'>2</b></a>") == []
    assert [one.message for one in check(path, "<a when='x'><b>x</b></a>")] == ["0", "1", "6"]


def test_a_test_that_fails_on_this_document_is_a_finding(tmp_path: Path) -> None:
    body = rule(
        "a",
        "<assert test='b'>no b</assert>",
        "\n<assert id='n' test='xs:integer(@n) gt 1'>small</assert>",
    )
    path = rules(tmp_path, body)
    assert said(check(path, "<a n='1'/>")) == ["1:1 no b", "1:1 small"]
    first, second = check(path, "<a n='x'/>")
    assert first.message == "no b"
    assert second.code == "n"
    assert second.message.startswith("the test in line 2 of rules.sch cannot be evaluated: Cannot")


def test_no_network_and_no_entity(tmp_path: Path) -> None:
    body = rule("a", "<assert test=\"doc('http://localhost:9/a.xml')//b\">x</assert>")
    (found,) = check(rules(tmp_path, body), "<a/>")
    assert "prohibited" in found.message


def test_namespaces_and_document_types(tmp_path: Path) -> None:
    body = "<ns prefix='t' uri='urn:t'/>" + rule("t:b/@t:x", "<report test='true()'>x</report>")
    document = "<!DOCTYPE a [<!ENTITY e 'x'>]>\n<a xmlns='urn:t' xmlns:q='urn:t'>&e;<b q:x=''/></a>"
    assert said(check(rules(tmp_path, body), document)) == ["2:40 x"]


# TEI's own rules.

CHANGED = Counter(
    {
        # An address that does not begin with # is no longer looked at.
        "The indicated by spanTo notMeaningful must follow the current delSpan": -1,
        "Lattribut spanTo est requis": 2,
    }
)
"""Where TEI 4.12.0 says more or less often what its older log of expected results has."""


def test_tei_all_says_what_is_expected() -> None:
    folder = shared("data", "tei", "tei_test")
    log = (folder / "expected-results" / "detest_xml_schematron.log").read_text("utf-8")
    entries = [plain(entry) for entry in re.split(r"\)\n", html.unescape(log)) if entry.strip()]
    path = shared("data", "tei", "tei_all_4.12.0.sch")
    document = (folder / "detest.xml").read_text("utf-8").partition("?>")[2]
    ours = Counter(plain(one.message) for one in check(path, document.lstrip("\n")))
    theirs = Counter(next((m for m in ours if entry.startswith(m)), entry) for entry in entries)
    differences = {m: ours[m] - theirs[m] for m in ours | theirs if ours[m] != theirs[m]}
    assert sum(theirs.values()) > 35
    assert differences == expected_differences(theirs)


def expected_differences(theirs: Counter[str]) -> dict[str, int]:
    found = {}
    for message, number in CHANGED.items():
        whole = next((one for one in theirs if one.startswith(message)), message)
        found[whole] = number
    return found


def plain(message: str) -> str:
    """``message`` without what the two editions put differently: marks around names."""
    words = re.sub(r"[<>@'’.,#()]|\belement\b", "", message)
    return " ".join(words.split())
