from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import process_time

import pytest
from lxml import etree

from documents import Documents
from epistola.checks.positions import Positions
from epistola.checks.rules import CATALOGUE, MOST, Library, Rule, check_rules
from epistola.checks.rules.catalogue import as_page
from epistola.model import Severity
from epistola.pipeline import encode
from epistola.safe import parse
from epistola.text.read import read
from rule_documents import document, found, told
from shared import shared

SCHEMA = Path(__file__).parents[2] / "schemas" / "letter.rng"
PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
RULES = list(CATALOGUE.items())


@pytest.mark.parametrize(("code", "rule"), RULES, ids=list(CATALOGUE))
def test_the_failing_example_fails(code: str, rule: Rule, tmp_path: Path) -> None:
    findings = found(rule.failing, path=tmp_path / "letter.xml", source=rule.source)
    assert {(one.code, one.severity) for one in findings} == {(code, rule.severity)}
    assert all(one.line >= 2 and one.column >= 1 for one in findings)


@pytest.mark.parametrize(("code", "rule"), RULES, ids=list(CATALOGUE))
def test_the_passing_example_passes(code: str, rule: Rule, tmp_path: Path) -> None:
    findings = found(rule.passing, path=tmp_path / "letter.xml", source=rule.source)
    assert findings == [], code


@pytest.mark.parametrize(
    ("code", "rule"),
    [pair for pair in RULES if pair[1].elsewhere],
    ids=lambda value: str(value)[:20],
)
def test_some_rules_are_milder_elsewhere(code: str, rule: Rule) -> None:
    assert told(rule.failing, ours=False) == [f"{rule.elsewhere} {code}"]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == as_page(), (
        "make it anew: python -m epistola.checks.rules > docs/rules.md"
    )


def test_the_target_keeps_every_rule() -> None:
    path = shared("target", "seed-letter.xml")
    raw = path.read_bytes()
    assert check_rules(parse(raw), raw, None, path) == []


def test_what_we_encode_keeps_every_rule_that_is_not_advice() -> None:
    codes: Counter[str] = Counter()
    for path in sorted(shared("data", "inputs", "letters").glob("*.txt"))[::8]:
        raw = encode(read(path)).to_bytes()
        codes.update(one.code for one in check_rules(parse(raw), raw, read(path)))
    assert set(codes) <= {"date-unresolved", "name-without-ref"}


@pytest.mark.parametrize("seed", range(40))
def test_anything_the_schema_allows_or_not_is_looked_at(seed: int) -> None:
    documents = Documents(etree.parse(SCHEMA), seed, size=80)
    tree = documents.element("TEI") if seed % 2 else documents.spoiled("TEI")
    raw = etree.tostring(tree, encoding="UTF-8")
    findings = check_rules(parse(raw), raw)
    assert all(one.line >= 1 and one.column >= 1 for one in findings)
    assert findings == sorted(findings, key=lambda one: (one.line, one.column))


def test_findings_stand_in_order_at_the_attribute_at_fault() -> None:
    piece = '<p\n  xml:id="a"><ref n="1" target="#b"/></p>\n<p xml:id="a">x</p>'
    assert [(one.code, one.line, one.column) for one in found(piece)] == [
        ("pointer", 3, 25),
        ("id", 4, 4),
    ]


def test_a_file_with_entities_has_lines_at_least() -> None:
    raw = (
        b'<!DOCTYPE TEI [<!ENTITY e "<lb/>">]>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">'
        b'&e;\n<p corresp="#b">x</p></TEI>'
    )
    (finding,) = check_rules(parse(raw), raw)
    assert (finding.code, finding.line, finding.column) == ("pointer", 3, 1)


@pytest.mark.parametrize(
    "raw", [b"<a/>", b"<TEI.2><p id='x'>y</p></TEI.2>", b"<a><!-- x --><?y?></a>"]
)
def test_any_xml_will_do(raw: bytes) -> None:
    assert check_rules(parse(raw), raw) == []


def test_a_fix_mends_the_fault() -> None:
    piece = '<foreign\txml:lang = "en_GB">whilst</foreign>'
    raw = document(piece)
    (finding,) = check_rules(parse(raw), raw)
    (edit,) = finding.fix
    text = Positions(raw).text_of_file
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert mended == text.replace("en_GB", "en-GB")
    assert check_rules(parse(mended.encode()), mended.encode()) == []


def test_a_flood_of_faults_is_cut_and_says_so() -> None:
    start = process_time()
    findings = found("".join(f'<ref target="#a{n}"/>' for n in range(20_000)))
    assert len(findings) == MOST + 1
    assert findings[-1].message.startswith("more than 500 faults of the kind “pointer”")
    assert (findings[-1].code, findings[-1].severity) == ("more", Severity.INFO)
    assert process_time() - start < 2


DEEP = "<persName>" * 200


@pytest.mark.parametrize(
    "piece",
    [
        f'<ref target="#{"a" * 5_000_000}"/><p xml:id="{"a" * 5_000_001}">x</p>',
        f'<date when="{"1" * 5_000_000}">x</date><p xml:lang="{"a-" * 2_000_000}">x</p>',
        f"<text>{'<date>' * 200}{'1848 ' * 1_000_000}{'</date>' * 200}</text>",
        f"{DEEP}{'<hi/>' * 200_000}{'x</persName>' * 200}",
        f"{DEEP}{'<persName>x</persName>' * 100_000}{'</persName>' * 200}{'<person/>'}",
        "".join(f'<p xml:id="person-{n}" corresp="#persom-{n}">x</p>' for n in range(50_000)),
        "".join(f'<p xml:lang="x-{n}" corresp="n{n}.xml#x">x</p>' for n in range(10_000)),
    ],
    ids=[
        "long ids",
        "long values",
        "deep dates",
        "deep names",
        "many names",
        "many ids",
        "many files",
    ],
)
def test_no_file_takes_long(piece: str, tmp_path: Path) -> None:
    start = process_time()
    findings = found(piece, path=tmp_path / "a.xml")
    assert process_time() - start < 5
    assert all(len(one.message) <= 400 for one in findings)


PERSONS = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
    '<person xml:id="person-bly"/><place xml:id="x"/></TEI>'
)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("../registers/persons.xml#person-bly", ""),
        ("../registers/persons.xml#person-bli", "pointer"),
        ("../registers/persons.xml#x", "pointer-kind"),
        ("../registers/none.xml#person-bly", "pointer-file"),
        ("../registers/persons.xml", ""),
        ("../registers/picture.jpg#person-bly", ""),
        ("https://example.org/persons.xml#person-bli", ""),
        ("file:///etc/persons.xml#person-bli", ""),
        ("/etc/persons.xml#person-bli", ""),
        ("psn:bli", ""),
    ],
)
def test_files_beside_are_looked_into(tmp_path: Path, address: str, code: str) -> None:
    for folder in ("letters", "registers"):
        (tmp_path / folder).mkdir()
    (tmp_path / "registers" / "persons.xml").write_text(PERSONS)
    piece = f'<persName ref="{address}">Ada Bly</persName>'
    findings = found(piece, path=tmp_path / "letters" / "a.xml")
    assert [one.code for one in findings] == [code] * bool(code)
    assert [one.code for one in found(piece)] == []


def test_a_file_that_is_not_there_is_told_once() -> None:
    piece = '<ref target="none.xml#a"/><ref target="none.xml#b"/><ref target="other.xml#b"/>'
    assert len(found(piece, path=Path("a.xml"))) == 2


def test_a_hostile_neighbour_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "deep.xml").write_bytes(b"<a>" * 1000)
    (finding,) = found('<ref target="deep.xml#a"/>', path=tmp_path / "a.xml")
    assert finding.code == "pointer-file"


def test_a_library_serves_many_files(tmp_path: Path) -> None:
    (tmp_path / "persons.xml").write_text(PERSONS)
    library = Library()
    raw = document('<persName ref="persons.xml#person-bly">Ada Bly</persName>')
    assert check_rules(parse(raw), raw, None, tmp_path / "a.xml", library) == []
    (tmp_path / "persons.xml").unlink()
    assert check_rules(parse(raw), raw, None, tmp_path / "b.xml", library) == []
