"""How the commands that encode read a file and what is said beside it, and write one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.corpus.beside import decided_on, said_of
from epistola.corpus.letters import opened_from, unread
from epistola.corpus.settings import Settings, as_it_stands, edition_of, table_of
from epistola.files import write_whole
from epistola.model import Decision, Finding, Severity, Sidecar
from epistola.shown.lines import Outcome
from epistola.terminal import COULD_NOT_RUN, Refusal, called, put, tell
from epistola.text.read import ReadError

if TYPE_CHECKING:
    from epistola.edition import Edition
    from epistola.sidecar import Table
    from epistola.text.opened import Opened

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
metadata_option = click.option(
    "--metadata",
    "table",
    metavar="TABLE.csv",
    type=click.Path(path_type=Path),
    help="What an editor says of many letters, a row each; NAME.toml beside a text is read, too.",
)


def settled(chosen: Settings) -> Settings:
    """Return ``chosen`` with the state of what it names; raises Refusal where that has a fault."""
    from epistola.edition import EditionError  # noqa: PLC0415 - seldom wanted

    try:
        now = as_it_stands(chosen)
    except EditionError as error:
        raise Refusal(str(error)) from None
    chosen_edition(now)
    chosen_table(now)
    return now


def chosen_edition(chosen: Settings) -> Edition | None:
    """Return the edition that is chosen; raises Refusal for one that cannot be used."""
    from epistola.edition import EditionError  # noqa: PLC0415 - as above

    try:
        return edition_of(chosen)
    except EditionError as error:
        raise Refusal(str(error)) from None


def chosen_table(chosen: Settings) -> Table | None:
    """Return the table that is chosen; raises Refusal for one with a fault."""
    from epistola.sidecar import SidecarError  # noqa: PLC0415 - as above

    try:
        return table_of(chosen)
    except SidecarError as error:
        raise Refusal(str(error)) from None


def every_row_has_a_text(chosen: Settings, texts: Iterable[Path]) -> None:
    """Refuse a table with a row for a text that is not there."""
    found = chosen_table(chosen)
    if found is None:
        return
    from epistola.sidecar import SidecarError, check_rows  # noqa: PLC0415 - as above

    try:
        check_rows(found, texts)
    except SidecarError as error:
        raise Refusal(str(error)) from None


def read(
    path: Path, chosen: Settings, findings: list[Finding]
) -> tuple[tuple[Opened, ...], Sidecar]:
    """Return what is in the file at ``path``, and what an editor says of it.

    Raises ReadError where either cannot be read.
    """
    opened = opened_from(path, chosen, findings)
    return opened, said(path, chosen)


def said(text: Path, chosen: Settings) -> Sidecar:
    """Return what an editor says of ``text``; raises ReadError where that has a fault."""
    from epistola.sidecar import SidecarError  # noqa: PLC0415 - as above

    try:
        return said_of(text, chosen_table(chosen))
    except SidecarError as error:
        raise ReadError(str(error)) from None


def decided(text: Path, chosen: Settings) -> tuple[Decision, ...]:
    """Return what an editor decided about ``text``; raises ReadError where that has a fault."""
    from epistola.decisions.store import DecisionError  # noqa: PLC0415 - as above

    try:
        return decided_on(text, chosen.folder)
    except DecisionError as error:
        raise ReadError(str(error)) from None


def not_read(path: Path, error: ReadError) -> Outcome:
    """Tell why a text could not be read."""
    made = unread(error)
    tell(made.findings, called(path))
    return Outcome(made.code, made.findings)


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
