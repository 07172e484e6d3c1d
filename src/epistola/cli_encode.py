"""``epistola encode``: texts in, TEI out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from datetime import date as calendar_date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.cli_options import (
    edition_option,
    keeping,
    language_option,
    line_breaks_option,
    min_cert_option,
    no_model_option,
    tagging,
)
from epistola.cli_read import (
    Settings,
    encoding_option,
    every_row_has_a_text,
    gutenberg_option,
    metadata_option,
    opened_from,
    said_of,
    unread,
    written,
)
from epistola.files import Job, PlanError, plan
from epistola.model import Finding
from epistola.shown.lines import Outcome
from epistola.terminal import (
    FOUND_ERRORS,
    Refusal,
    called,
    examples,
    has_errors,
    paths_argument,
    placed,
    summary,
    tell,
    watched,
)
from epistola.text.read import ReadError, read_bytes

if TYPE_CHECKING:
    from epistola.edition import Edition
    from epistola.sidecar import Table

DATE = re.compile(r"\d{4}-\d\d-\d\d")
EPOCH = "SOURCE_DATE_EPOCH"
PAGE_ENDING = ".html"
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


@click.command(
    "encode",
    epilog=examples(
        "encode letter.txt",
        "encode letters/ -o tei/ --edition tei",
        "encode letters/ -o tei/ --metadata letters.csv",
        "encode letter.txt -o letter.xml --html",
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
@metadata_option
@click.option(
    "--split",
    "divided",
    is_flag=True,
    help="Divide a book of letters: one edition a letter in a folder, or one teiCorpus in a file.",
)
@gutenberg_option
@line_breaks_option
@no_model_option
@min_cert_option
@click.option("--html", is_flag=True, help="Write a page to read beside each TEI file, too.")
def encode_command(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[Path, ...],
    output: str | None,
    edition: Edition | None,
    language: str | None,
    encoding: str | None,
    date: str | None,
    table: Table | None,
    divided: bool,
    gutenberg: bool,
    line_breaks: bool,
    no_model: bool,
    min_cert: str | None,
    html: bool,
) -> int:
    """Encode the text of a letter, or of many, as TEI.

    PATH is a text, a folder (its *.txt files, at any depth) or - for standard input. A
    Markdown, HTML, DOCX, ODT or mail file is known by its ending (docs/input.md); to a TEI
    file (*.xml) only mentions, links and registers are added, and what is there is left as
    it is.
    What NAME.toml beside NAME.txt says (author, addressee, date, repository, shelfmark ...)
    comes before what the text says.
    A text with errors is not written; the exit code is then 1, and 2 where a text could
    not be read.
    """
    edition = tagging(edition, no_model=no_model, min_cert=min_cert)
    edition = keeping(edition, line_breaks=line_breaks)
    settings = Settings(edition, language, encoding, date, table, gutenberg)
    if divided and html:
        raise Refusal("--html goes with no --split: epistola export html LETTERS -o FOLDER")
    if divided:
        from epistola.cli_split import encode_books  # noqa: PLC0415 - only this option's

        return encode_books(paths, output, settings)
    try:
        jobs = plan(paths, output)
    except PlanError as error:
        raise Refusal(str(error)) from None
    if html:
        refuse_pages(jobs)
    every_row_has_a_text(table, jobs)
    encode_job = encode_with_page if html else encode_one
    outcomes = [encode_job(job, settings) for job in watched(jobs, "Encoding")]
    if len(outcomes) > 1:
        click.echo(summary("texts", outcomes), err=True)
    return max(outcome.code for outcome in outcomes)


def encode_one(job: Job, settings: Settings) -> Outcome:
    """Encode and write one text, and tell what was found."""
    from epistola.pipeline import encode  # noqa: PLC0415 - a wrong option is told without it

    if job.text.suffix.lower() == TEI_ENDING:
        return enrich_one(job, settings)
    findings: list[Finding] = []
    try:
        opened = opened_from(job.text, settings, findings)
        sidecar = said_of(job.text, settings.table)
    except ReadError as error:
        return unread(job.text, error)
    if len(opened) > 1:
        message = f"there are {len(opened)} letters in it: divide them with --split"
        return unread(job.text, ReadError(message))
    made = encode(
        opened[0],
        edition=settings.edition,
        language=settings.language,
        date=settings.date,
        sidecar=sidecar,
    )
    file, start = opened[0].place
    findings.extend(placed(made.findings, start))
    tell(findings, called(job.text), file)
    if has_errors(findings):
        return Outcome(FOUND_ERRORS, tuple(findings))
    return Outcome(written(made.to_bytes(), job.target), tuple(findings))


def refuse_pages(jobs: Iterable[Job]) -> None:
    """Raise Refusal where a page to read has no place beside its TEI file."""
    for job in jobs:
        if job.target is None:
            raise Refusal("--html writes a page beside the TEI file: name that with -o")
        if job.target.suffix == PAGE_ENDING:
            raise Refusal(f"{job.target} is where the page would go: let the TEI file end in .xml")
        page = job.target.with_suffix(PAGE_ENDING)
        if page.is_file() and not is_page(page):
            raise Refusal(f"{page} is there already, and is no page of ours: name another with -o")


def is_page(path: Path) -> bool:
    """Return whether the file at ``path`` is a page that was written before."""
    with path.open("rb") as file:
        return b'<meta name="generator" content="Epistola">' in file.read(1000)


def encode_with_page(job: Job, settings: Settings) -> Outcome:
    """Encode and write one text, and a page to read beside it."""
    from epistola.cli_export import write_page  # noqa: PLC0415 - only this option's

    made = encode_one(job, settings)
    if made.code == 0 and job.target is not None:
        write_page(job.target, job.target.with_suffix(PAGE_ENDING))
    return made


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
