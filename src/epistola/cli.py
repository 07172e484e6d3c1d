"""The command line: ``epistola encode`` and ``epistola show``; others have their own file.

What only one command needs and is slow to load is loaded where it is needed: a check does
not wait for the recognisers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import date as calendar_date
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from epistola import __version__
from epistola.cli_options import (
    edition_option,
    keeping,
    language_option,
    line_breaks_option,
    min_cert_option,
    no_model_option,
    tagging,
)
from epistola.files import Job, PlanError, plan, write_whole
from epistola.model import NOTHING_SAID, Finding, Severity, Sidecar
from epistola.shown.lines import Outcome, stage
from epistola.terminal import (
    COULD_NOT_RUN,
    FOUND_ERRORS,
    Refusal,
    called,
    examples,
    from_path,
    has_errors,
    paths_argument,
    put,
    summary,
    tell,
    watched,
)
from epistola.text.read import ReadError, read

if TYPE_CHECKING:
    from epistola.edition import Edition
    from epistola.sidecar import Table

STAGES = ("text", "structure", "letter", "mentions", "resolved", "tree")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
EPOCH = "SOURCE_DATE_EPOCH"
SIDECAR = ".toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to encode, the same for every text of a run."""

    edition: Edition | None = None
    language: str | None = None
    encoding: str | None = None
    date: str | None = None
    table: Table | None = None


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


encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    help="How the text is encoded; without it, UTF-8 or what the bytes suggest.",
)


metadata_option = click.option(
    "--metadata",
    "table",
    metavar="TABLE.csv",
    callback=lambda _, __, value: given_table(value),
    type=click.Path(path_type=Path),
    help="What an editor says of many letters, a row each; NAME.toml beside a text is read, too.",
)


def given_table(path: Path | None) -> Table | None:
    """Return the table at ``path``, if one is given.

    Raises Refusal for one with a fault.
    """
    if path is None:
        return None
    from epistola.sidecar import SidecarError, read_table  # noqa: PLC0415 - seldom wanted

    try:
        return read_table(path)
    except SidecarError as error:
        raise Refusal(str(error)) from None


ELSEWHERE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "check": ("epistola.cli_check", "check_command"),
        "evaluate": ("epistola.cli_evaluate", "evaluate_command"),
        "export": ("epistola.cli_export", "export_command"),
        "gazetteer": ("epistola.cli_gazetteer", "gazetteer"),
        "reconcile": ("epistola.cli_reconcile", "reconcile_command"),
        "schema": ("epistola.cli_schema", "schema"),
        "train": ("epistola.cli_train", "train_command"),
    }
)
"""The commands that have a module of their own: its name, and theirs in it."""


class Commands(click.Group):
    """The commands, each loaded when it is called: to encode need not wait for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(ctx), *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, if there is one."""
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = ELSEWHERE[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("encode letter.txt -o letter.xml", "check letter.xml"),
)
@click.version_option(__version__, prog_name="epistola")
def cli() -> None:
    """Turn the plain text of letters into TEI P5 editions."""


@cli.command(
    "encode",
    epilog=examples(
        "encode letter.txt",
        "encode letters/ -o tei/ --edition tei",
        "encode letters/ -o tei/ --metadata letters.csv",
    ),
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
@metadata_option
@no_model_option
@min_cert_option
@line_breaks_option
def encode_command(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[Path, ...],
    output: str | None,
    edition: Edition | None,
    language: str | None,
    encoding: str | None,
    date: str | None,
    table: Table | None,
    no_model: bool,
    min_cert: str | None,
    line_breaks: bool,
) -> int:
    """Encode the text of a letter, or of many, as TEI.

    PATH is a text, a folder (its *.txt files, at any depth) or - for standard input.
    What NAME.toml beside NAME.txt says (author, addressee, date, repository, shelfmark ...)
    comes before what the text says.
    A text with errors is not written; the exit code is then 1, and 2 where a text could
    not be read.
    """
    edition = tagging(edition, no_model=no_model, min_cert=min_cert)
    edition = keeping(edition, line_breaks=line_breaks)
    settings = Settings(edition, language, encoding, date, table)
    try:
        jobs = plan(paths, output)
    except PlanError as error:
        raise Refusal(str(error)) from None
    every_row_has_a_text(table, jobs)
    outcomes = [encode_one(job, settings) for job in watched(jobs, "Encoding")]
    if len(outcomes) > 1:
        click.echo(summary("texts", outcomes), err=True)
    return max(outcome.code for outcome in outcomes)


@cli.command("show", epilog=examples("show --stage mentions letter.txt"))
@click.option("--stage", "wanted", type=click.Choice(STAGES), required=True, help="Which stage.")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@edition_option
@language_option
@encoding_option
@metadata_option
@no_model_option
@min_cert_option
@line_breaks_option
def show_command(  # noqa: PLR0913 - one parameter an option
    *,
    wanted: str,
    path: Path,
    edition: Edition | None,
    language: str | None,
    encoding: str | None,
    table: Table | None,
    no_model: bool,
    min_cert: str | None,
    line_breaks: bool,
) -> int:
    """Show what a stage of the encoding yields for one text.

    An annotation is a line: where, kind, rule, certainty, text, values, entry.
    """
    from epistola.pipeline import stages  # noqa: PLC0415 - see above

    findings: list[Finding] = []
    try:
        source = read(from_path(path), encoding, findings.append)
        sidecar = said_of(path, table)
    except ReadError as error:
        return unread(path, error).code
    tell(findings, called(path), source)
    edition = tagging(edition, no_model=no_model, min_cert=min_cert)
    edition = keeping(edition, line_breaks=line_breaks)
    value = getattr(stages(source, edition, language, sidecar=sidecar), wanted)
    put(f"{stage(value, source)}\n".encode())
    return 0


def encode_one(job: Job, settings: Settings) -> Outcome:
    """Encode and write one text, and tell what was found."""
    from epistola.pipeline import encode  # noqa: PLC0415 - see above

    findings: list[Finding] = []
    try:
        source = read(from_path(job.text), settings.encoding, findings.append)
        sidecar = said_of(job.text, settings.table)
    except ReadError as error:
        return unread(job.text, error)
    made = encode(
        source,
        edition=settings.edition,
        language=settings.language,
        date=settings.date,
        sidecar=sidecar,
    )
    findings.extend(made.findings)
    tell(findings, called(job.text), source)
    if has_errors(findings):
        return Outcome(FOUND_ERRORS, tuple(findings))
    return Outcome(written(made.to_bytes(), job.target), tuple(findings))


def said_of(text: Path, table: Table | None) -> Sidecar:
    """Return what an editor says of ``text``: its own sidecar, and then the table.

    Raises ReadError where the sidecar has a fault, so that this text alone is not encoded.
    """
    path = text.with_suffix(SIDECAR)
    own = path.is_file() and path != text
    if table is None and not own:
        return NOTHING_SAID
    from epistola.sidecar import SidecarError, merged, read_sidecar  # noqa: PLC0415 - see above

    try:
        said = read_sidecar(path) if own else NOTHING_SAID
    except SidecarError as error:
        raise ReadError(str(error)) from None
    return merged(said, table.row(text)) if table is not None else said


def every_row_has_a_text(table: Table | None, jobs: Sequence[Job]) -> None:
    """Refuse a table with a row for a text that is not there."""
    if table is None:
        return
    from epistola.sidecar import SidecarError, check_rows  # noqa: PLC0415 - see above

    try:
        check_rows(table, [job.text for job in jobs])
    except SidecarError as error:
        raise Refusal(str(error)) from None


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
