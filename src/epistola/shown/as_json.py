"""Findings as one JSON array, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from epistola.model import Finding
from epistola.shown.lines import Outcome, place


def as_json(outcomes: Iterable[Outcome]) -> str:
    """Return all findings as one JSON array, an object a line."""
    objects = [
        finding_object(one, outcome.file) for outcome in outcomes for one in outcome.findings
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in objects)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def finding_object(finding: Finding, file: str) -> Mapping[str, object]:
    """Return ``finding`` as an object; line and column are 0 where they are not known.

    ``expected`` names what may stand there; ``fix`` lists the changes that mend the fault,
    each with ``start`` and ``end`` in code points of the file without its byte order mark.
    """
    line, column = place(finding, None)
    fix = [
        {"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in finding.fix
    ]
    return {
        "file": file,
        "line": line,
        "column": column,
        "severity": str(finding.severity),
        "code": finding.code,
        "message": finding.message,
        "expected": list(finding.expected),
        "fix": fix,
    }
