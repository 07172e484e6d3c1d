"""``epistola export``: the works of a register, a letter or an edition for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.files import write_parts
from epistola.terminal import Refusal, examples, put

if TYPE_CHECKING:
    from epistola.exports import Format


@click.command(
    "export",
    epilog=examples(
        "export csl edition/ -o works.json",
        "export bibtex edition/registers/works.xml -o works.bib",
        "export ris letter.xml",
        "export --list",
    ),
)
@click.argument("wanted", metavar="FORMAT", required=False)
@click.argument("path", metavar="PATH|EDITION", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the works go; without it, standard output.",
)
@click.option(
    "--list", "listed", is_flag=True, help="Show the formats, what each keeps and what it loses."
)
def export_command(
    *, wanted: str | None, path: Path | None, output: Path | None, listed: bool
) -> None:
    """Write the works of a register as CSL-JSON, BibTeX or RIS: FORMAT is csl, bibtex or ris.

    PATH is a TEI file (a register, an encoded letter), a folder of them, or an edition, whose
    registers are meant. Works have an xml:id; those in a header are passed over.
    """
    from epistola.exports import FormatError, formats  # noqa: PLC0415 - only this command's

    try:
        known = formats()
    except FormatError as error:
        raise Refusal(str(error)) from None
    if listed:
        put("".join(_table(known)).encode())
        return
    if wanted is None or path is None:
        raise Refusal("name a format and a file: epistola export csl register.xml")
    if wanted not in known:
        raise Refusal(f"no format “{wanted}” is known; there are {', '.join(known)}")
    _export(known[wanted], path, output)


def _export(chosen: Format, path: Path, output: Path | None) -> None:
    """Write the works of ``path``, whole or not at all."""
    from epistola.exports.works import ExportError, works  # noqa: PLC0415 - as above

    parts = (part.encode() for part in chosen.write(works(path)))
    try:
        if output is None:
            put(b"".join(parts))
        else:
            write_parts(output, parts)
    except ExportError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        if output is None:
            raise
        raise Refusal(f"{output}: it cannot be written: {error.strerror}") from None


def _table(known: Mapping[str, Format]) -> Iterator[str]:
    for word, one in known.items():
        yield f"{word:8}{one.name} (*{one.ending})\n"
        yield f"        keeps: {one.keeps}\n"
        yield f"        loses: {one.loses}\n"
