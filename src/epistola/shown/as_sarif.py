"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from epistola import __version__
from epistola.model import Finding, Severity
from epistola.shown.lines import Outcome, place

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

Titles = Mapping[str, tuple[str, str]]
"""The title and the explanation of each code that has them."""


def as_sarif(outcomes: Iterable[Outcome], titles: Titles) -> str:
    """Return one run with a result for every finding; ``titles`` are those of the codes."""
    pairs = [(outcome.file, one) for outcome in outcomes for one in outcome.findings]
    codes = sorted({finding.code for _, finding in pairs})
    driver = {
        "name": "epistola",
        "semanticVersion": __version__,
        "rules": [_rule(code, titles) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(file, finding, codes) for file, finding in pairs],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return f"{json.dumps(log, ensure_ascii=False, indent=1)}\n"


def _rule(code: str, titles: Titles) -> Mapping[str, Any]:
    if code not in titles:
        return {"id": code}
    title, explanation = titles[code]
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": explanation},
    }


def _result(file: str, finding: Finding, codes: list[str]) -> Mapping[str, Any]:
    artifact = {"uri": _uri(file)}
    where: dict[str, Any] = {"artifactLocation": artifact}
    if region := _region(finding):
        where["region"] = region
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": where}],
    }
    if finding.fix:
        result["fixes"] = [_fix(finding, artifact)]
    if finding.expected:
        result["properties"] = {"expected": list(finding.expected)}
    return result


def _region(finding: Finding) -> Mapping[str, int]:
    line, column = place(finding, None)
    numbers = {"startLine": line, "startColumn": column if line else 0}
    return {name: number for name, number in numbers.items() if number}


def _fix(finding: Finding, artifact: Mapping[str, str]) -> Mapping[str, Any]:
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.span.start, "charLength": len(edit.span)},
            "insertedContent": {"text": edit.text},
        }
        for edit in finding.fix
    ]
    return {"artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}]}


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
