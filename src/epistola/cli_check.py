"""``epistola check``."""

from __future__ import annotations

from pathlib import Path

import click

from epistola.checks.document import check_document
from epistola.files import PlanError, within
from epistola.model import Finding, Severity
from epistola.shown import as_json, finding_object
from epistola.terminal import (
    COULD_NOT_RUN,
    FOUND_ERRORS,
    Outcome,
    Refusal,
    called,
    examples,
    from_path,
    has_errors,
    paths_argument,
    put,
    summary,
    tell,
)
from epistola.text.read import ReadError, read_bytes


@click.command("check", epilog=examples("check letter.xml", "check tei/letters --json"))
@paths_argument
@click.option("--json", "json", is_flag=True, help="Show the findings as one JSON array.")
def check_command(*, paths: tuple[Path, ...], json: bool) -> int:
    """Check TEI files: their form, the schema, and what they point at.

    PATH is a file, a folder (its *.xml files, at any depth) or - for standard input.
    The exit code is 1 where an error is found, and 2 where a file could not be read.
    """
    try:
        files = [file for path in paths for file in within(path, ".xml")]
    except PlanError as error:
        raise Refusal(str(error)) from None
    outcomes = [check_one(file) for file in files]
    pairs = list(zip(files, outcomes, strict=True))
    if json:
        objects = [finding_object(f, called(file)) for file, o in pairs for f in o.findings]
        put(f"{as_json(objects)}\n".encode())
    else:
        for file, outcome in pairs:
            tell(outcome.findings, called(file))
        click.echo(summary("files", outcomes), err=True)
    return max(outcome.code for outcome in outcomes)


def check_one(file: Path) -> Outcome:
    """Check one file; what cannot be read is a finding too."""
    try:
        raw = read_bytes(from_path(file))
    except ReadError as error:
        finding = Finding(Severity.ERROR, "read", str(error))
        return Outcome(COULD_NOT_RUN, (finding,))
    findings = tuple(check_document(raw))
    return Outcome(FOUND_ERRORS if has_errors(findings) else 0, findings)
