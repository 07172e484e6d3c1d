"""How the commands that encode read a file and what is said beside it, and write one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.files import STDIN, Job, write_whole
from epistola.model import NOTHING_SAID, Decision, Finding, Severity, Sidecar
from epistola.shown.lines import Outcome
from epistola.terminal import COULD_NOT_RUN, Refusal, called, from_path, put, tell
from epistola.text.read import ReadError

if TYPE_CHECKING:
    from epistola.edition import Edition
    from epistola.sidecar import Table
    from epistola.text.opened import Opened

SIDECAR = ".toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to encode, the same for every text of a run."""

    edition: Edition | None = None
    language: str | None = None
    encoding: str | None = None
    date: str | None = None
    table: Table | None = None
    gutenberg: bool = False


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


def every_row_has_a_text(table: Table | None, jobs: Sequence[Job]) -> None:
    """Refuse a table with a row for a text that is not there."""
    if table is None:
        return
    from epistola.sidecar import SidecarError, check_rows  # noqa: PLC0415 - as above

    try:
        check_rows(table, [job.text for job in jobs])
    except SidecarError as error:
        raise Refusal(str(error)) from None


def said_of(text: Path, table: Table | None) -> Sidecar:
    """Return what an editor says of ``text``: its own sidecar, and then the table.

    Raises ReadError where the sidecar has a fault, so that this text alone is not encoded.
    """
    path = text.with_suffix(SIDECAR)
    own = path.is_file() and path != text
    if table is None and not own:
        return NOTHING_SAID
    from epistola.sidecar import SidecarError, merged, read_sidecar  # noqa: PLC0415 - as above

    try:
        said = read_sidecar(path) if own else NOTHING_SAID
    except SidecarError as error:
        raise ReadError(str(error)) from None
    return merged(said, table.row(text)) if table is not None else said


def decided_on(text: Path, edition: Edition | None) -> tuple[Decision, ...]:
    """Return what an editor decided about ``text``, where it is one of the edition's sources.

    Raises ReadError where the file of decisions has a fault, so that this text is not encoded.
    """
    if edition is None or not edition.folder or text == STDIN:
        return ()
    from epistola.decisions.store import DecisionError, decisions_of  # noqa: PLC0415 - as above

    try:
        return decisions_of(Path(edition.folder), text)
    except DecisionError as error:
        raise ReadError(str(error)) from None


def opened_from(path: Path, settings: Settings, findings: list[Finding]) -> tuple[Opened, ...]:
    """Return what is in the file at ``path``; raises ReadError."""
    from epistola.text.doors import open_file  # noqa: PLC0415 - only what encodes

    return open_file(
        from_path(path), settings.encoding, findings.append, gutenberg=settings.gutenberg
    )


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
