"""Findings in the formats that other programs read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree

from epistola import __version__
from epistola.model import Edit, Finding, Severity, Span
from epistola.shown.as_github import as_github, command
from epistola.shown.as_json import as_json
from epistola.shown.as_junit import as_junit
from epistola.shown.as_sarif import as_sarif
from epistola.shown.lines import Outcome

ERROR = Finding(
    Severity.ERROR,
    "schema.name",
    "“persname” is misspelt",
    line=7,
    column=9,
    expected=("persName", "name"),
    fix=(Edit(Span(40, 48), "persName"), Edit(Span(60, 68), "persName")),
)
WARNING = Finding(Severity.WARNING, "date", "no value", line=8)
INFO = Finding(Severity.INFO, "schema-choice", "by which schema")
READ = Finding(Severity.ERROR, "read", "there is no such file")
OUTCOMES = [
    Outcome(1, (ERROR, WARNING), "in/ä b.xml"),
    Outcome(0, (INFO,), "/d/c.xml"),
    Outcome(0, (), "good.xml"),
    Outcome(2, (READ,), "none.xml"),
]


# JSON


def test_json_is_one_array_an_object_a_line() -> None:
    text = as_json(OUTCOMES)
    objects = json.loads(text)
    assert len(text.splitlines()) == len(objects) + 2
    assert objects[0] == {
        "file": "in/ä b.xml",
        "line": 7,
        "column": 9,
        "severity": "error",
        "code": "schema.name",
        "message": "“persname” is misspelt",
        "expected": ["persName", "name"],
        "fix": [
            {"start": 40, "end": 48, "text": "persName"},
            {"start": 60, "end": 68, "text": "persName"},
        ],
    }
    assert [one["line"] for one in objects] == [7, 8, 0, 0]
    assert "ä" in text
    assert json.loads(as_json([])) == []


# SARIF 2.1.0


@pytest.fixture
def run() -> Any:
    log = json.loads(as_sarif(OUTCOMES, {"date": ("A date has no value", "Dates are sought by.")}))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def test_sarif_names_the_tool_and_its_rules(run: Any) -> None:
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("epistola", __version__)
    assert [rule["id"] for rule in driver["rules"]] == [
        "date",
        "read",
        "schema-choice",
        "schema.name",
    ]
    assert driver["rules"][0]["shortDescription"] == {"text": "A date has no value"}
    assert driver["rules"][0]["fullDescription"] == {"text": "Dates are sought by."}


def test_sarif_has_a_result_for_every_finding(run: Any) -> None:
    rules = run["tool"]["driver"]["rules"]
    levels = [one["level"] for one in run["results"]]
    assert levels == ["error", "warning", "note", "error"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert len(result["locations"]) == 1


def test_sarif_says_where(run: Any) -> None:
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [place["artifactLocation"]["uri"] for place in places] == [
        "in/%C3%A4%20b.xml",
        "in/%C3%A4%20b.xml",
        "file:///d/c.xml",
        "none.xml",
    ]
    assert [place.get("region") for place in places] == [
        {"startLine": 7, "startColumn": 9},
        {"startLine": 8},
        None,
        None,
    ]


def test_sarif_brings_fixes(run: Any) -> None:
    first, *others = run["results"]
    (fix,) = first["fixes"]
    (change,) = fix["artifactChanges"]
    assert (
        change["artifactLocation"] == first["locations"][0]["physicalLocation"]["artifactLocation"]
    )
    assert change["replacements"][0] == {
        "deletedRegion": {"charOffset": 40, "charLength": 8},
        "insertedContent": {"text": "persName"},
    }
    assert len(change["replacements"]) == 2
    assert first["properties"] == {"expected": ["persName", "name"]}
    assert not any("fixes" in one or "properties" in one for one in others)


def test_sarif_of_nothing() -> None:
    (run,) = json.loads(as_sarif([], {}))["runs"]
    assert run["results"] == []


# JUnit


def test_junit_has_a_case_a_file() -> None:
    suites = etree.fromstring(as_junit(OUTCOMES).encode())
    (suite,) = suites
    counts = [suite.get(name) for name in ("tests", "failures", "errors")]
    assert counts == ["4", "1", "1"]
    assert [suites.get(name) for name in ("tests", "failures", "errors")] == counts
    found = [(case.get("name"), [child.tag for child in case]) for case in suite]
    assert found == [
        ("in/ä b.xml", ["failure", "system-out"]),
        ("/d/c.xml", ["system-out"]),
        ("good.xml", []),
        ("none.xml", ["error"]),
    ]
    failure = suite[0][0]
    assert failure.get("type") == "schema.name"
    assert failure.text == "in/ä b.xml:7:9: error: schema.name: “persname” is misspelt"


def test_junit_holds_no_character_that_xml_forbids() -> None:
    bad = Finding(Severity.ERROR, "a", "a \x00 \x1b and \ud800 <&>")
    suites = etree.fromstring(as_junit([Outcome(1, (bad,), "\x01.xml")]).encode())
    failure = suites[0][0][0]
    assert failure.get("message") == "a \ufffd \ufffd and \ufffd <&>"


# GitHub


@pytest.mark.parametrize(
    ("finding", "file", "line"),
    [
        (
            ERROR,
            "a.xml",
            "::error file=a.xml,line=7,col=9,title=schema.name::“persname” is misspelt",
        ),
        (WARNING, "a.xml", "::warning file=a.xml,line=8,title=date::no value"),
        (INFO, "a.xml", "::notice file=a.xml,title=schema-choice::by which schema"),
        (
            Finding(Severity.ERROR, "a,b:c", "100 %\r\n::error::x, y"),
            "C:\\a,b%.xml",
            "::error file=C%3A\\a%2Cb%25.xml,title=a%2Cb%3Ac::100 %25%0D%0A::error::x, y",
        ),
    ],
)
def test_github_commands(finding: Finding, file: str, line: str) -> None:
    assert command(finding, file) == line


def test_github_has_a_line_for_every_finding() -> None:
    assert len(as_github(OUTCOMES).splitlines()) == 4
    assert as_github([]) == ""
