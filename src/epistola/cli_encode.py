"""``epistola encode``: texts in, TEI out."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from datetime import date as calendar_date
from pathlib import Path

import click

from epistola.cli_options import (
    Way,
    edition_option,
    language_option,
    line_breaks_option,
    min_cert_option,
    no_model_option,
)
from epistola.cli_page import refuse_pages, write_page_of
from epistola.cli_read import (
    encoding_option,
    every_row_has_a_text,
    gutenberg_option,
    metadata_option,
    settled,
    written,
)
from epistola.corpus.letters import encode_text
from epistola.corpus.settings import Settings
from epistola.files import Job, PlanError, located, plan
from epistola.terminal import Refusal, called, examples, tell

DATE = re.compile(r"\d{4}-\d\d-\d\d")
EPOCH = "SOURCE_DATE_EPOCH"


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
        "encode letters/ -o tei/ --jobs 2",
        "encode --edition edition/",
        "encode letters/ -o tei/ --metadata letters.csv",
        "encode letter.txt -o letter.xml --html",
        "encode book.txt --split --gutenberg -o letters/",
        "encode book.txt --split -o book.xml",
        "encode structured.xml -o tagged.xml",
    ),
)
@click.argument("places", metavar="PATH...", nargs=-1)
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
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1),
    default=1,
    help="How many processes encode the letters of a folder or an edition.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let the workers of a Dask scheduler do it, tcp://HOST:8786; local begins --jobs here.",
)
@click.option(
    "--force", is_flag=True, help="Encode all, also what is unchanged or was changed by hand."
)
@click.option("--watch", is_flag=True, help="Encode again whenever a text is saved, until Ctrl-C.")
@click.option("--html", is_flag=True, help="Write a page to read beside each TEI file, too.")
def encode_command(  # noqa: PLR0913 - one parameter an option
    *,
    places: tuple[str, ...],
    output: str | None,
    edition: Path | None,
    language: str | None,
    encoding: str | None,
    date: str | None,
    table: Path | None,
    divided: bool,
    gutenberg: bool,
    line_breaks: bool,
    no_model: bool,
    min_cert: str | None,
    jobs: int,
    cluster: str | None,
    force: bool,
    watch: bool,
    html: bool,
) -> int:
    """Encode the text of a letter, or of many, as TEI.

    PATH is a text, a folder (its *.txt files, at any depth) or - for standard input. A
    Markdown, HTML, DOCX, ODT or mail file is known by its ending (docs/input.md); to a TEI
    file (*.xml) only mentions, links and registers are added, and what is there is left as
    it is. Without a PATH, the texts in sources/ of the edition go to its letters/.
    PATH, and where the editions go, may be anywhere that fsspec reaches (s3://..., memory://...).
    What NAME.toml beside NAME.txt says (author, addressee, date, repository, shelfmark ...)
    comes before what the text says; what an editor decided (decisions/NAME.jsonl in the
    edition, for a text below its sources) comes before what the program finds.
    Of many texts only what is new or has changed is encoded, and a file that was changed by
    hand is left as it is (docs/editions.md).
    A text with errors is not written; the exit code is then 1, and 2 where a text could
    not be read.
    """
    try:
        paths = tuple(map(located, places))
    except PlanError as error:
        raise Refusal(str(error)) from None
    chosen = settled(
        Settings(
            edition, language, encoding, date, table, gutenberg, line_breaks, no_model, min_cert
        )
    )
    if divided and html:
        raise Refusal("--html goes with no --split: epistola export html LETTERS -o FOLDER")
    if divided:
        from epistola.cli_split import encode_books  # noqa: PLC0415 - only this option's

        return encode_books(paths, output, chosen)
    way = Way(jobs, force, watch, cluster, html)
    if not paths or (output and (len(paths) > 1 or paths[0].is_dir())):
        from epistola.cli_run import encode_folder  # noqa: PLC0415 - not one text's

        return encode_folder(paths, output, chosen, way)
    try:
        job = plan(paths, output)[0]
    except PlanError as error:
        raise Refusal(str(error)) from None
    every_row_has_a_text(chosen, [job.text])
    if html:
        refuse_pages([job.target])
    if watch:
        from epistola.cli_run import keep_encoding  # noqa: PLC0415 - as above

        return keep_encoding(lambda: [job.text], lambda: encode_one(job, chosen, way), chosen)
    return encode_one(job, chosen, way)


def encode_one(job: Job, chosen: Settings, way: Way) -> int:
    """Encode and write one text, tell what was found, and return the exit code."""
    made = encode_text(job.text, chosen)
    tell(made.findings, called(job.text))
    code = made.code or written(made.data, job.target)
    if way.html and job.target and not code:
        write_page_of(job.target)
    return code
