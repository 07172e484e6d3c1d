"""``epistola show``: what a stage of the encoding yields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.cli_options import (
    edition_option,
    language_option,
    line_breaks_option,
    min_cert_option,
    no_model_option,
)
from epistola.cli_read import (
    chosen_edition,
    decided,
    encoding_option,
    gutenberg_option,
    metadata_option,
    not_read,
    read,
    settled,
)
from epistola.corpus.settings import Settings
from epistola.model import Finding, Span
from epistola.shown.lines import stage
from epistola.terminal import Refusal, called, examples, put, tell
from epistola.text.read import ReadError

if TYPE_CHECKING:
    from epistola.text.opened import Opened

STAGES = ("text", "letters", "structure", "letter", "mentions", "resolved", "tree")


@click.command(
    "show", epilog=examples("show --stage mentions letter.txt", "show --stage letters book.txt")
)
@click.option("--stage", "wanted", type=click.Choice(STAGES), required=True, help="Which stage.")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@edition_option
@language_option
@encoding_option
@metadata_option
@gutenberg_option
@line_breaks_option
@no_model_option
@min_cert_option
def show_command(  # noqa: PLR0913 - one parameter an option
    *,
    wanted: str,
    path: Path,
    edition: Path | None,
    language: str | None,
    encoding: str | None,
    table: Path | None,
    gutenberg: bool,
    line_breaks: bool,
    no_model: bool,
    min_cert: str | None,
) -> int:
    """Show what a stage of the encoding yields for one text.

    An annotation is a line: where, kind, rule, certainty, text, values, entry. A letter of a
    book is a line: number, line, how sure, heading, first words; what is no letter has a dash.
    """
    findings: list[Finding] = []
    chosen = settled(
        Settings(
            edition, language, encoding, None, table, gutenberg, line_breaks, no_model, min_cert
        )
    )
    known = chosen_edition(chosen)
    try:
        opened, sidecar = read(path, chosen, findings)
        decisions = decided(path, chosen)
    except ReadError as error:
        return not_read(path, error).code
    source = opened[0].source
    if wanted == "letters":
        tell(findings, called(path), source)
        put("".join(f"{line}\n" for line in letter_lines_of(opened, language)).encode())
        return 0
    if len(opened) > 1:
        raise Refusal(f"{path} holds {len(opened)} letters: show --stage letters lists them")
    tell(findings, called(path), source)
    from epistola.decisions.store import standing  # noqa: PLC0415 - letters of a book need it not
    from epistola.pipeline import stages  # noqa: PLC0415 - as above

    given = replace(opened[0], decisions=standing(decisions))
    value = getattr(stages(given, known, language, sidecar=sidecar), wanted)
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
