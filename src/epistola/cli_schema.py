"""The command line's ``epistola schema``: from an ODD to its schemas and its reference."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.files import write_whole

if TYPE_CHECKING:
    from lxml import etree

    from epistola.checks.odd import Odd


WHERE = re.compile(r", line \d+, column \d+$")
"""What the XML parser repeats at the end of its message."""


class SchemaError(click.ClickException):
    """An ODD cannot be read or compiled: one sentence, exit code 2."""

    exit_code = 2


odd_argument = click.argument("odd", metavar="ODD", type=click.Path(path_type=Path))
source_option = click.option(
    "--source",
    metavar="P5SUBSET",
    type=click.Path(path_type=Path),
    help="The declarations of the Guidelines (TEI's p5subset.xml), for an ODD that changes them.",
)


@click.group()
def schema() -> None:
    """Compile a TEI customisation (ODD), or show it."""


@schema.command(
    "build",
    epilog="\b\nFor example:\n  epistola schema build schemas/letter.odd -o schemas\n"
    "  epistola schema build mine.odd -o schemas --source p5subset.xml",
)
@odd_argument
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the schemas go; they are called as the ODD is.",
)
@source_option
def build_command(*, odd: Path, output: Path, source: Path | None) -> None:
    """Compile ODD to RELAX NG and ISO Schematron: DIR/NAME.rng and DIR/NAME.sch.

    An ODD that says everything itself compiles alone; one that takes modules or elements
    from the Guidelines needs --source. What is not supported is named with its line, and
    nothing is written then.
    """
    from epistola.checks.odd import OddError, relaxng, schematron, serialise  # noqa: PLC0415 - lxml

    declared = loaded(odd, source)
    try:
        made = [(".rng", serialise(relaxng(declared))), (".sch", serialise(schematron(declared)))]
    except OddError as error:
        raise refusal(error, odd) from None
    for suffix, data in made:
        written(output / f"{odd.stem}{suffix}", data)


@schema.command(
    "doc", epilog="\b\nFor example:\n  epistola schema doc schemas/letter.odd -o letter.html"
)
@odd_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The HTML page to write.",
)
@source_option
def doc_command(*, odd: Path, output: Path, source: Path | None) -> None:
    """Show ODD as one HTML page: its elements, attributes, values and examples."""
    from epistola.checks.odd import OddError, reference  # noqa: PLC0415 - lxml

    declared = loaded(odd, source)
    try:
        page = reference(declared)
    except OddError as error:
        raise refusal(error, odd) from None
    written(output, page)


def loaded(odd: Path, source: Path | None) -> Odd:
    """Return what the file ``odd`` declares, with what it takes from ``source``.

    Raises SchemaError where a file cannot be read, is no XML, or is no ODD.
    """
    from epistola.checks.odd import OddError, load_odd  # noqa: PLC0415 - lxml

    try:
        return load_odd(parsed(odd), parsed(source) if source is not None else None)
    except OddError as error:
        raise refusal(error, odd) from None


def parsed(path: Path) -> etree._ElementTree:
    """Return the XML of the file at ``path``.

    Raises SchemaError where it cannot be read, or is no XML.
    """
    from epistola.checks.odd import parse_odd  # noqa: PLC0415 - lxml

    try:
        return parse_odd(path)
    except OSError as error:
        raise SchemaError(f"{path}: it cannot be read: {error.strerror}") from None
    except SyntaxError as error:
        where = f"{path}, line {error.lineno}" if error.lineno else str(path)
        reason = WHERE.sub("", str(error.msg))
        raise SchemaError(f"{where}: it is no well-formed XML: {reason}") from None


def refusal(error: Exception, odd: Path) -> SchemaError:
    """Return what to tell of ``error``: the file at fault, the line, and what is to be done."""
    file = getattr(error, "file", "") or odd
    return SchemaError(f"{click.format_filename(file)}, {error}")


def written(target: Path, data: bytes) -> None:
    """Write ``data`` to ``target``, and the folders it needs.

    Raises SchemaError where that cannot be done.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
    except OSError as error:
        raise SchemaError(f"{target}: it cannot be written: {error.strerror}") from None
    click.echo(f"{target}: {len(data):,} bytes", err=True)
