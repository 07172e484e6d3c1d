"""What the commands share: how they refuse, tell, count, and write to standard output."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from epistola.files import STDIN
from epistola.model import Finding, Severity, Source, Span
from epistola.shown.lines import Outcome, counted, finding_line, suggestions

FOUND_ERRORS = 1
COULD_NOT_RUN = 2

T = TypeVar("T")

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Refusal(click.ClickException):
    """What was asked for cannot be done: one sentence, exit code 2."""

    exit_code = COULD_NOT_RUN


paths_argument = click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)


def examples(*lines: str) -> str:
    """Return the end of a help text, whose lines Click is told to leave alone."""
    return "\b\nFor example:\n" + "\n".join(f"  epistola {line}" for line in lines)


def put(data: bytes) -> None:
    """Write ``data`` to standard output as it is: UTF-8 whatever the terminal speaks.

    Raises Refusal where that is closed or full, BrokenPipeError where its reader left.
    """
    if sys.stdout is None:
        raise Refusal("standard output is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would fail again when Python closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        message = f"standard output cannot be written to: {error.strerror}"
        raise Refusal(message) from None


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether one of ``findings`` forbids writing."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def tell(
    findings: Iterable[Finding], file: str, source: Source | None = None, raw: bytes = b""
) -> None:
    """Show ``findings`` on standard error, in the order of the text, in colour on a terminal.

    ``raw`` is the file that they are about, for fixes to show what they change.
    """
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    ordered = sorted(findings, key=lambda f: (f.span.start if f.span else -1, f.line, f.column))
    text = ""
    if any(finding.fix for finding in ordered):
        from epistola.checks.positions import decode  # noqa: PLC0415 - only what can be mended

        text = decode(raw).text
    for finding in ordered:
        severity = str(finding.severity)
        if coloured:
            severity = click.style(severity, fg=COLOURS[finding.severity], bold=True)
        click.echo(finding_line(finding, file, source, severity), err=True, color=coloured)
        for line in suggestions(finding, text):
            click.echo(f"    {line}", err=True)


def placed(findings: Iterable[Finding], start: int) -> Iterator[Finding]:
    """Yield ``findings`` about a text placed in a longer one, where it is at ``start``."""
    for one in findings:
        span = Span(one.span.start + start, one.span.end + start) if one.span else None
        yield replace(one, span=span)


def progress(message: str) -> None:
    """Tell, where someone looks on, what will take some seconds."""
    if sys.stderr.isatty():
        click.echo(f"epistola: {message}", err=True)


def table(outcomes: Sequence[Outcome]) -> None:
    """Show how many findings each file has, worst first, where someone looks on."""
    rows = [(count(one), one.file) for one in outcomes if one.findings]
    if len(outcomes) == 1 or not rows or not sys.stderr.isatty():
        return
    from rich.console import Console  # noqa: PLC0415 - slow to load, and seldom wanted
    from rich.markup import escape  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    shown = Table("file", *(f"{severity}s" for severity in Severity))
    for counts, file in sorted(rows, key=lambda row: (*(-number for number in row[0]), row[1])):
        shown.add_row(escape(file), *(str(number or "") for number in counts))
    Console(stderr=True).print(shown)


def findings_table(codes: Counter[tuple[str, str]]) -> None:
    """Show how often each finding, by severity and code, came up, where someone looks on."""
    if not codes or not sys.stderr.isatty():
        return
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    order = [str(severity) for severity in Severity]
    shown = Table("finding", "severity", "times")
    for (severity, code), times in sorted(
        codes.items(), key=lambda one: (order.index(one[0][0]), -one[1], one[0][1])
    ):
        shown.add_row(code, severity, f"{times:,}")
    Console(stderr=True).print(shown)


def count(outcome: Outcome) -> tuple[int, ...]:
    """Return how many findings of each severity there are, the worst first."""
    severities = [finding.severity for finding in outcome.findings]
    return tuple(severities.count(severity) for severity in Severity)


def watched(jobs: Sequence[T], doing: str) -> Iterable[T]:
    """Return ``jobs``, with a bar that shows how far they are where someone looks on."""
    if len(jobs) == 1 or not sys.stderr.isatty():
        return jobs
    from rich.console import Console  # noqa: PLC0415 - slow to load, and seldom wanted
    from rich.progress import track  # noqa: PLC0415 - as above

    return track(jobs, doing, console=Console(stderr=True), transient=True)


@contextmanager
def meter(total: int, doing: str) -> Iterator[Callable[[Counter[Severity]], None]]:
    """Show where someone looks on how far ``total`` files are: rate, time left, findings so far.

    What it yields is called after each file, with what was found in all of them.
    """
    if total == 1 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich import progress as rich  # noqa: PLC0415 - slow to load, and seldom wanted
    from rich.console import Console  # noqa: PLC0415 - as above

    columns = (
        rich.TextColumn(doing),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TextColumn("{task.fields[rate]}"),
        rich.TimeRemainingColumn(),
        rich.TextColumn("{task.fields[found]}"),
    )
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total, rate="", found="")

        def advance(found: Counter[Severity]) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:.0f}/s" if speed else ""
            bar.update(task, advance=1, rate=rate, found=counted(found))

        yield advance


def tallied(outcomes: Iterable[Outcome]) -> tuple[Counter[int], Counter[Severity]]:
    """Return how often each exit code came up, and how many findings of each severity."""
    exits, severities = Counter[int](), Counter[Severity]()
    for outcome in outcomes:
        exits[outcome.code] += 1
        severities.update(finding.severity for finding in outcome.findings)
    return exits, severities


def summary(what: str, exits: Counter[int], found: Counter[Severity]) -> str:
    """Return one line on many files: how many were good, and what was found."""
    number = exits.total()
    parts = [f"{number} {what if number != 1 else what[:-1]}: {exits[0]} good"]
    parts += [f"{n} with errors" for n in [exits[FOUND_ERRORS]] if n]
    parts += [f"{n} not read or written" for n in [exits[COULD_NOT_RUN]] if n]
    return f"{', '.join(parts)} ({counted(found)})"


def from_path(path: Path) -> Path | None:
    """Return what ``read`` calls ``path``: None for standard input."""
    return None if path == STDIN else path


def called(path: Path) -> str:
    """Return how a finding names the file at ``path``."""
    return "<stdin>" if path == STDIN else click.format_filename(str(path))
