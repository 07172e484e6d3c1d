"""Findings as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable

from epistola.model import Finding, Severity
from epistola.shown.lines import Outcome, place

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def as_github(outcomes: Iterable[Outcome]) -> str:
    """Return a command a line for every finding."""
    return "".join(
        f"{command(one, outcome.file)}\n" for outcome in outcomes for one in outcome.findings
    )


def command(finding: Finding, file: str) -> str:
    r"""Return ``finding`` as a workflow command, what would end it escaped.

    >>> command(Finding(Severity.INFO, "a", "50 %:\nno", line=3), "b,c.xml")
    '::notice file=b%2Cc.xml,line=3,title=a::50 %25:%0Ano'
    """
    line, column = place(finding, None)
    where = [("file", file), ("line", line), ("col", column), ("title", finding.code)]
    words = ",".join(f"{name}={str(value).translate(PROPERTY)}" for name, value in where if value)
    return f"::{COMMANDS[finding.severity]} {words}::{finding.message.translate(DATA)}"
