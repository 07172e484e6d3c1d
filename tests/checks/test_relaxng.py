import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents import Documents
from epistola.checks.relaxng import check_schema, schema_path
from epistola.model import Severity
from schema_cases import INVALID, VALID, letter


@pytest.mark.parametrize("document", [row[0] for row in INVALID.values()], ids=INVALID)
def test_says_what_is_wrong_and_where(document: bytes) -> None:
    findings = check_schema(document)
    assert findings
    for finding in findings:
        assert finding.severity is Severity.ERROR
        assert finding.code.startswith("schema.")
        assert finding.line
        assert finding.column


@pytest.mark.parametrize("document", VALID.values(), ids=VALID)
def test_finds_nothing_in_what_is_valid(document: bytes) -> None:
    assert check_schema(document) == []


@pytest.mark.parametrize(
    ("document", "line", "message"),
    [
        (b"", 1, "not well-formed XML: Document is empty"),
        (b"<TEI>\n<p></TEI>", 2, "not well-formed XML: Opening and ending tag mismatch: p"),
        (b"<TEI>\xff</TEI>", 1, "not well-formed XML: "),
    ],
)
def test_what_is_no_xml_is_a_finding(document: bytes, line: int, message: str) -> None:
    [finding] = check_schema(document)
    assert (finding.severity, finding.code, finding.line) == (Severity.ERROR, "xml", line)
    assert finding.message.startswith(message)
    assert "column" not in finding.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_no_other_file_is_read(tmp_path: Path) -> None:
    """A pipe that nobody writes to would be waited for, for ever."""
    pipe = tmp_path / "letter.dtd"
    os.mkfifo(pipe)
    doctype = f'<!DOCTYPE TEI SYSTEM "{pipe}">'.encode()
    assert check_schema(doctype + VALID["verse"]) == []


def test_every_fault_is_found() -> None:
    document = letter("<p foo='1'><salute/></p>\n<p><closer/></p>")
    places = [(finding.line, finding.column) for finding in check_schema(document)]
    assert places == [(5, 4), (5, 12), (6, 4)]


def test_a_tree_is_checked_as_the_file_it_would_become() -> None:
    tree = etree.ElementTree(etree.fromstring(letter("<p><salute/></p>")))
    assert check_schema(tree) == check_schema(letter("<p><salute/></p>"))
    assert check_schema(tree) == check_schema(tree)


GRAMMAR = etree.parse(str(schema_path()))
VALIDATOR = etree.RelaxNG(GRAMMAR)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_every_fault_has_a_message(seed: int) -> None:
    """A document with one element moved elsewhere is judged, and by our own tables."""
    document = etree.tostring(Documents(GRAMMAR, seed, size=60).spoiled("TEI"))
    findings = check_schema(document)
    valid = VALIDATOR.validate(etree.fromstring(document, etree.XMLParser(collect_ids=False)))
    assert bool(findings) is not valid
    assert all(finding.message and finding.line and finding.column for finding in findings)
    assert all(finding.code.startswith("schema.") for finding in findings)
