"""The command line: ``epistola encode``, ``epistola check``, ``epistola show``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as calendar_date
from pathlib import Path

import click

from epistola import __version__
from epistola.checks.document import check_document
from epistola.edition import Edition, EditionError, load_edition
from epistola.encode import encode, stages
from epistola.files import STDIN, Job, PlanError, plan, within, write_whole
from epistola.language import codes
from epistola.model import Finding, Severity, Source
from epistola.schema_cli import schema
from epistola.shown import as_json, counted, finding_line, finding_object, stage
from epistola.text.read import ReadError, read, read_bytes

FOUND_ERRORS = 1
COULD_NOT_RUN = 2

STAGES = ("text", "structure", "letter", "mentions", "resolved", "tree")
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
DATE = re.compile(r"\d{4}-\d\d-\d\d")
EPOCH = "SOURCE_DATE_EPOCH"


class Refusal(click.ClickException):
    """What was asked for cannot be done: one sentence, exit code 2."""

    exit_code = COULD_NOT_RUN


@dataclass(frozen=True, slots=True)
class Settings:
    """How to encode, the same for every text of a run."""

    edition: Edition | None = None
    language: str | None = None
    encoding: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one file: the exit code it calls for, and what was found."""

    code: int
    findings: tuple[Finding, ...]


def known_language(_: click.Context, __: click.Parameter, code: str | None) -> str | None:
    """Return ``code`` if there is a file of words for it."""
    if code is not None and code not in codes():
        raise click.BadParameter(f"“{code}” is not known; there are {', '.join(codes())}")
    return code


def loaded_edition(_: click.Context, __: click.Parameter, folder: Path | None) -> Edition | None:
    """Return the edition in ``folder``."""
    try:
        return load_edition(folder) if folder is not None else None
    except EditionError as error:
        raise Refusal(str(error)) from None


def given_date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Return the date asked for, else that of ``SOURCE_DATE_EPOCH``, else none."""
    if value is None:
        seconds = os.environ.get(EPOCH)
        return date_of_epoch(seconds) if seconds else None
    try:
        if DATE.fullmatch(value):
            return calendar_date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise click.BadParameter(f"“{value}” is no date; write it as 2026-11-24")


def date_of_epoch(seconds: str) -> str:
    """Return the day of a time in ``seconds`` since 1970, in UTC (reproducible-builds.org).

    Raises Refusal where it is no such time.
    """
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        message = f"{EPOCH} is “{seconds}”; it must be a number of seconds since 1970"
        raise Refusal(message) from None


def examples(*lines: str) -> str:
    """Return the end of a help text, whose lines Click is told to leave alone."""
    return "\b\nFor example:\n" + "\n".join(f"  epistola {line}" for line in lines)


language_option = click.option(
    "--language",
    metavar="CODE",
    callback=known_language,
    help="The language of the text, such as en; without it, the text itself tells.",
)
encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    help="How the text is encoded; without it, UTF-8 or what the bytes suggest.",
)
edition_option = click.option(
    "--edition",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=loaded_edition,
    help="The edition (its edition.toml, registers and decisions) the letter belongs to.",
)
paths_argument = click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("encode letter.txt -o letter.xml", "check letter.xml"),
)
@click.version_option(__version__, prog_name="epistola")
def cli() -> None:
    """Turn the plain text of letters into TEI P5 editions."""


@cli.command(
    "encode", epilog=examples("encode letter.txt", "encode letters/ -o tei/ --edition tei")
)
@paths_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="Where the edition goes; several texts need a folder. Without it, standard output.",
)
@edition_option
@language_option
@encoding_option
@click.option(
    "--date",
    metavar="YYYY-MM-DD",
    callback=given_date,
    help=f"The day this edition is made, for its header; without it, that of {EPOCH}, or none.",
)
def encode_command(
    *,
    paths: tuple[Path, ...],
    output: str | None,
    edition: Edition | None,
    language: str | None,
    encoding: str | None,
    date: str | None,
) -> int:
    """Encode the text of a letter, or of many, as TEI.

    PATH is a text, a folder (its *.txt files, at any depth) or - for standard input.
    A text with errors is not written; the exit code is then 1, and 2 where a text could
    not be read.
    """
    settings = Settings(edition, language, encoding, date)
    try:
        jobs = plan(paths, output)
    except PlanError as error:
        raise Refusal(str(error)) from None
    outcomes = [encode_one(job, settings) for job in watched(jobs)]
    if len(outcomes) > 1:
        click.echo(summary("texts", outcomes), err=True)
    return max(outcome.code for outcome in outcomes)


@cli.command("check", epilog=examples("check letter.xml", "check tei/letters --json"))
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


@cli.command("show", epilog=examples("show --stage mentions letter.txt"))
@click.option("--stage", "wanted", type=click.Choice(STAGES), required=True, help="Which stage.")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@edition_option
@language_option
@encoding_option
def show_command(
    *,
    wanted: str,
    path: Path,
    edition: Edition | None,
    language: str | None,
    encoding: str | None,
) -> int:
    """Show what a stage of the encoding yields for one text.

    An annotation is a line: where, kind, rule, certainty, text, values, entry.
    """
    findings: list[Finding] = []
    try:
        source = read(from_path(path), encoding, findings.append)
    except ReadError as error:
        return unread(path, error).code
    tell(findings, called(path), source)
    value = getattr(stages(source, edition, language), wanted)
    put(f"{stage(value, source)}\n".encode())
    return 0


def encode_one(job: Job, settings: Settings) -> Outcome:
    """Encode and write one text, and tell what was found."""
    findings: list[Finding] = []
    try:
        source = read(from_path(job.text), settings.encoding, findings.append)
    except ReadError as error:
        return unread(job.text, error)
    made = encode(source, edition=settings.edition, language=settings.language, date=settings.date)
    findings.extend(made.findings)
    tell(findings, called(job.text), source)
    if has_errors(findings):
        return Outcome(FOUND_ERRORS, tuple(findings))
    return Outcome(written(made.to_bytes(), job.target), tuple(findings))


def check_one(file: Path) -> Outcome:
    """Check one file; what cannot be read is a finding too."""
    try:
        raw = read_bytes(from_path(file))
    except ReadError as error:
        finding = Finding(Severity.ERROR, "read", str(error))
        return Outcome(COULD_NOT_RUN, (finding,))
    findings = tuple(check_document(raw))
    return Outcome(FOUND_ERRORS if has_errors(findings) else 0, findings)


def unread(path: Path, error: ReadError) -> Outcome:
    """Tell why a text could not be read."""
    finding = Finding(Severity.ERROR, "read", str(error), line=error.line, column=error.column)
    tell([finding], called(path))
    return Outcome(COULD_NOT_RUN, (finding,))


def written(data: bytes, target: Path | None) -> int:
    """Write ``data`` and return the exit code that this calls for."""
    if target is None:
        put(data)
        return 0
    try:
        write_whole(target, data)
    except OSError as error:
        finding = Finding(Severity.ERROR, "write", f"it cannot be written: {error.strerror}")
        tell([finding], str(target))
        return COULD_NOT_RUN
    return 0


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


def tell(findings: Iterable[Finding], file: str, source: Source | None = None) -> None:
    """Show ``findings`` on standard error, in the order of the text, in colour on a terminal."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    ordered = sorted(findings, key=lambda f: (f.span.start if f.span else -1, f.line, f.column))
    for finding in ordered:
        severity = str(finding.severity)
        if coloured:
            severity = click.style(severity, fg=COLOURS[finding.severity], bold=True)
        click.echo(finding_line(finding, file, source, severity), err=True, color=coloured)


def watched(jobs: Sequence[Job]) -> Iterable[Job]:
    """Return ``jobs``, with a bar that shows how far they are where someone looks on."""
    if len(jobs) == 1 or not sys.stderr.isatty():
        return jobs
    from rich.console import Console  # noqa: PLC0415 - slow to load, and seldom wanted
    from rich.progress import track  # noqa: PLC0415 - as above

    return track(jobs, "Encoding", console=Console(stderr=True), transient=True)


def summary(what: str, outcomes: Sequence[Outcome]) -> str:
    """Return one line on many files: how many were good, and what was found."""
    exits = [outcome.code for outcome in outcomes]
    parts = [f"{len(exits)} {what if len(exits) != 1 else what[:-1]}: {exits.count(0)} good"]
    parts += [f"{n} with errors" for n in [exits.count(FOUND_ERRORS)] if n]
    parts += [f"{n} not read or written" for n in [exits.count(COULD_NOT_RUN)] if n]
    found = counted(finding for outcome in outcomes for finding in outcome.findings)
    return f"{', '.join(parts)} ({found})"


def from_path(path: Path) -> Path | None:
    """Return what ``read`` calls ``path``: None for standard input."""
    return None if path == STDIN else path


def called(path: Path) -> str:
    """Return how a finding names the file at ``path``."""
    return "<stdin>" if path == STDIN else click.format_filename(path)


cli.add_command(schema)
