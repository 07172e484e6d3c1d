"""``epistola report``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.files import LETTERS, STDIN, PlanError, within, write_whole
from epistola.terminal import (
    COULD_NOT_RUN,
    Refusal,
    called,
    examples,
    paths_argument,
    put,
    watched,
)

if TYPE_CHECKING:
    from epistola.report.gather import Check
    from epistola.report.tally import Read


@click.command(
    "report",
    epilog=examples(
        "report tei -o report.html",
        "report letters --no-check -o report.html",
        "report tei --open",
    ),
)
@paths_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE.html",
    default="report.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the report goes (report.html); - for standard output.",
)
@click.option("--title", metavar="WORDS", help="What the report is called; else as the edition.")
@click.option(
    "--check/--no-check", default=True, help="Say what is wrong with the letters too (the default)."
)
@click.option("--open", "show", is_flag=True, help="Show the report in the browser.")
def report_command(
    *, paths: tuple[Path, ...], output: Path, title: str | None, check: bool, show: bool
) -> int:
    """Write what an edition holds, with pictures, as one page of HTML.

    PATH is an edition (its letters), a folder (its *.xml files, at any depth) or a file of
    TEI, ours or another's. The page shows letters over time, who writes to whom, places, the
    most-named persons and works, how certain the tags are, and what the checks find. It needs
    no script and no network.

    The exit code is 2 where a file could not be read; the report is written without it.
    """
    files = letter_files(paths)
    if output == STDIN and show:
        raise Refusal("--open shows a file: name one with -o")
    data, unread = report(files, title or title_of(paths[0]), output, check=check)
    if output == STDIN:
        put(data)
        return COULD_NOT_RUN if unread else 0
    try:
        write_whole(output, data)
    except OSError as error:
        raise Refusal(f"{called(output)}: it cannot be written: {error.strerror}") from None
    click.echo(f"{called(output)}: written", err=True)
    if show:
        click.launch(output.resolve().as_uri())
    return COULD_NOT_RUN if unread else 0


def letter_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files that ``paths`` mean, each once; of an edition those of its letters.

    Raises Refusal where there is none.
    """
    from epistola.edition import FILE  # noqa: PLC0415 - slow to load

    if STDIN in paths:
        raise Refusal("a report is on files: name one, or a folder")
    try:
        folders = [p / LETTERS if (p / FILE).is_file() else p for p in paths]
        return list(dict.fromkeys(file for path in folders for file in within(path, ".xml")))
    except PlanError as error:
        raise Refusal(str(error)) from None


def title_of(path: Path) -> str:
    """Return what a report on ``path`` is called: the edition's title, or the folder's name.

    Raises Refusal for an edition that cannot be used.
    """
    from epistola.edition import FILE, EditionError, settings  # noqa: PLC0415 - as above

    try:
        named = settings(path).get("title", "") if (path / FILE).is_file() else ""
    except EditionError as error:
        raise Refusal(str(error)) from None
    whole = path.resolve()
    return str(named) or (whole.name if whole.is_dir() else whole.stem)


def report(files: Sequence[Path], title: str, output: Path, *, check: bool) -> tuple[bytes, int]:
    """Return the report on ``files``, and how many of them could not be read."""
    from epistola.report.page import page  # noqa: PLC0415 - as above
    from epistola.report.sections import About  # noqa: PLC0415 - as above
    from epistola.report.tally import tally  # noqa: PLC0415 - as above

    unread: list[Path] = []
    sums = tally(read(files, checker() if check else None, unread))
    folder = (Path() if output == STDIN else output.parent).resolve()
    return page(sums, About(title, folder, len(unread), meanings())), len(unread)


def read(files: Sequence[Path], check: Check | None, unread: list[Path]) -> Iterator[Read]:
    """Yield what each file holds; those that cannot be read are told, and put into ``unread``."""
    from epistola.report.gather import NotReadError, read_file  # noqa: PLC0415 - as above
    from epistola.report.things import Registers  # noqa: PLC0415 - as above

    registers = Registers()
    for file in watched(files, "Reading"):
        try:
            yield read_file(file, registers, check)
        except NotReadError as error:
            click.echo(f"{error}", err=True)
            unread.append(file)


def checker() -> Check:
    """Return what finds the faults of a letter, as ``epistola check`` does."""
    from epistola.checks.document import Demands, check_document  # noqa: PLC0415 - as above

    demands = Demands()
    return lambda raw, file: check_document(raw, demands, file)


def meanings() -> dict[str, str]:
    """Return what the code of each rule means, in a few words."""
    from epistola.checks.rules import CATALOGUE  # noqa: PLC0415 - as above

    return {code: rule.title for code, rule in CATALOGUE.items()}
