"""How the commands that encode read a file, and write one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from epistola.files import write_whole
from epistola.model import Finding, Severity
from epistola.shown.lines import Outcome
from epistola.terminal import COULD_NOT_RUN, called, from_path, put, tell
from epistola.text.read import ReadError

if TYPE_CHECKING:
    from epistola.edition import Edition
    from epistola.text.opened import Opened


@dataclass(frozen=True, slots=True)
class Settings:
    """How to encode, the same for every text of a run."""

    edition: Edition | None = None
    language: str | None = None
    encoding: str | None = None
    date: str | None = None
    gutenberg: bool = False


def opened_from(path: Path, settings: Settings, findings: list[Finding]) -> tuple[Opened, ...]:
    """Return what is in the file at ``path``; raises ReadError."""
    from epistola.text.doors import open_file  # noqa: PLC0415 - see above

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
