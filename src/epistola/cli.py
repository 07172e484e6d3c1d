"""The command line: ``epistola encode`` and ``epistola show``; others have their own file.

What only one command needs and is slow to load is loaded where it is needed: a check does
not wait for the recognisers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
    language_option,
    min_cert_option,
    no_model_option,
    tagging,
)
from epistola.cli_read import Settings, opened_from, unread, written
from epistola.files import Job, PlanError, plan
from epistola.model import Finding, Span
from epistola.shown.lines import Outcome, stage
from epistola.terminal import (
    FOUND_ERRORS,
    Refusal,
    called,
    examples,
    has_errors,
    paths_argument,
    placed,
    put,
    summary,
    tell,
    watched,
)
from epistola.text.read import ReadError, read_bytes

if TYPE_CHECKING:
    from epistola.edition import Edition
    from epistola.text.opened import Opened

STAGES = ("letters", "text", "structure", "letter", "mentions", "resolved", "tree")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
EPOCH = "SOURCE_DATE_EPOCH"
TEI_ENDING = ".xml"
"""The ending of a file whose structure somebody has marked up in TEI."""


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


gutenberg_option = click.option(
    "--gutenberg",
    is_flag=True,
    help="Let Project Gutenberg's header and licence describe the source: they are no text then.",
)


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
        "encode book.txt --split --gutenberg -o letters/",
        "encode book.txt --split -o book.xml",
        "encode structured.xml -o tagged.xml",
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
@click.option(
    "--split",
    "divided",
    is_flag=True,
    help="Divide a book of letters: one edition a letter in a folder, or one teiCorpus in a file.",
)
@gutenberg_option
@no_model_option
@min_cert_option
def encode_command(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[Path, ...],
    output: str | None,
    edition: Edition | None,
    language: str | None,
    encoding: str | None,
    date: str | None,
    divided: bool,
    gutenberg: bool,
    no_model: bool,
    min_cert: str | None,
) -> int:
    """Encode the text of a letter, or of many, as TEI.

    PATH is a text, a folder (its *.txt files, at any depth) or - for standard input. A
    Markdown, HTML, DOCX, ODT or mail file is known by its ending (docs/input.md); to a TEI
    file (*.xml) only mentions, links and registers are added, and what is there is left as
    it is.
    A text with errors is not written; the exit code is then 1, and 2 where a text could
    not be read.
    """
    edition = tagging(edition, no_model=no_model, min_cert=min_cert)
    settings = Settings(edition, language, encoding, date, gutenberg)
    if divided:
        from epistola.cli_split import encode_books  # noqa: PLC0415 - only this option's

        return encode_books(paths, output, settings)
    try:
        jobs = plan(paths, output)
    except PlanError as error:
        raise Refusal(str(error)) from None
    outcomes = [encode_one(job, settings) for job in watched(jobs, "Encoding")]
    if len(outcomes) > 1:
        click.echo(summary("texts", outcomes), err=True)
    return max(outcome.code for outcome in outcomes)


@cli.command(
    "show", epilog=examples("show --stage mentions letter.txt", "show --stage letters book.txt")
)
@click.option("--stage", "wanted", type=click.Choice(STAGES), required=True, help="Which stage.")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@edition_option
@language_option
@encoding_option
@gutenberg_option
@no_model_option
@min_cert_option
def show_command(  # noqa: PLR0913 - one parameter an option
    *,
    wanted: str,
    path: Path,
    edition: Edition | None,
    language: str | None,
    encoding: str | None,
    gutenberg: bool,
    no_model: bool,
    min_cert: str | None,
) -> int:
    """Show what a stage of the encoding yields for one text.

    An annotation is a line: where, kind, rule, certainty, text, values, entry. A letter of a
    book is a line: number, line, how sure, heading, first words; what is no letter has a dash.
    """
    findings: list[Finding] = []
    settings = Settings(edition, language, encoding, gutenberg=gutenberg)
    try:
        opened = opened_from(path, settings, findings)
    except ReadError as error:
        return unread(path, error).code
    source = opened[0].source
    if wanted == "letters":
        tell(findings, called(path), source)
        put("".join(f"{line}\n" for line in letter_lines_of(opened, language)).encode())
        return 0
    if len(opened) > 1:
        raise Refusal(f"{path} holds {len(opened)} letters: show --stage letters lists them")
    tell(findings, called(path), source)
    edition = tagging(edition, no_model=no_model, min_cert=min_cert)
    from epistola.pipeline import stages  # noqa: PLC0415 - see above

    value = getattr(stages(opened[0], edition, language), wanted)
    put(f"{stage(value, source)}\n".encode())
    return 0


def letter_lines_of(opened: Sequence[Opened], language: str | None) -> Iterator[str]:
    """Yield a line for each letter that was opened, and for what stands between them."""
    from epistola.shown.pieces import piece_line  # noqa: PLC0415 - only this stage's
    from epistola.text.split import Piece, split  # noqa: PLC0415 - as above

    if len(opened) == 1 and opened[0].head is None:
        source = opened[0].source
        yield from (piece_line(piece, source) for piece in split(source, language))
        return
    for number, one in enumerate(opened, 1):
        whole = Span(0, len(one.source.text))
        yield piece_line(Piece(whole, number, one.head or whole), one.source)


def encode_one(job: Job, settings: Settings) -> Outcome:
    """Encode and write one text, and tell what was found."""
    from epistola.pipeline import encode  # noqa: PLC0415 - see above

    if job.text.suffix.lower() == TEI_ENDING:
        return enrich_one(job, settings)
    findings: list[Finding] = []
    try:
        opened = opened_from(job.text, settings, findings)
    except ReadError as error:
        return unread(job.text, error)
    if len(opened) > 1:
        message = f"there are {len(opened)} letters in it: divide them with --split"
        return unread(job.text, ReadError(message))
    made = encode(
        opened[0], edition=settings.edition, language=settings.language, date=settings.date
    )
    file, start = opened[0].place
    findings.extend(placed(made.findings, start))
    tell(findings, called(job.text), file)
    if has_errors(findings):
        return Outcome(FOUND_ERRORS, tuple(findings))
    return Outcome(written(made.to_bytes(), job.target), tuple(findings))


def enrich_one(job: Job, settings: Settings) -> Outcome:
    """Add mentions and registers to a TEI file, write it, and tell what was found."""
    from epistola.enrich import enrich  # noqa: PLC0415 - only such a file's

    try:
        raw = read_bytes(job.text)
        made = enrich(raw, edition=settings.edition, language=settings.language, file=job.text)
    except ReadError as error:
        return unread(job.text, error)
    tell((replace(one, span=None) for one in made.findings), called(job.text))
    if not made.is_sound:
        return Outcome(FOUND_ERRORS, made.findings)
    return Outcome(written(made.to_bytes(), job.target), made.findings)
