"""Findings as a JUnit report: a test case a file, which fails if there is an error in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from epistola.model import Finding, Severity
from epistola.shown.lines import Outcome, finding_line

UNREADABLE = 2
"""The exit code of a file that could not be checked at all."""

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(outcomes: Sequence[Outcome]) -> str:
    """Return the report; what is no error stands in its file's ``system-out``."""
    cases = [_case(outcome) for outcome in outcomes]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
    }
    suites = etree.Element("testsuites", counts)
    suite = etree.SubElement(suites, "testsuite", {"name": "epistola check", **counts})
    suite.extend(cases)
    etree.indent(suites)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{declaration}{etree.tostring(suites, encoding='unicode')}\n"


def _case(outcome: Outcome) -> etree._Element:
    file = _plain(outcome.file)
    case = etree.Element("testcase", {"classname": "epistola.check", "name": file, "file": file})
    errors = [one for one in outcome.findings if one.severity is Severity.ERROR]
    others = [one for one in outcome.findings if one.severity is not Severity.ERROR]
    if errors:
        kind = "error" if outcome.code == UNREADABLE else "failure"
        first = {"type": errors[0].code, "message": _plain(errors[0].message)}
        etree.SubElement(case, kind, first).text = _lines(errors, outcome.file)
    if others:
        etree.SubElement(case, "system-out").text = _lines(others, outcome.file)
    return case


def _lines(findings: Iterable[Finding], file: str) -> str:
    return _plain("\n".join(finding_line(one, file) for one in findings))


def _plain(text: str) -> str:
    """Return ``text`` without characters that XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", text)
