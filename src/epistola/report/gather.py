"""Read the files of an edition, one after the other, for a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from epistola.model import Finding
from epistola.report.letter import letters
from epistola.report.tally import Read
from epistola.report.things import Registers
from epistola.safe import LIMITS, UnreadableError, parse, refuse_size

Check = Callable[[bytes, Path], Iterable[Finding]]
"""What says what is wrong with a letter, from its bytes and its path."""


class NotReadError(Exception):
    """A file is not read; the message says why, and what to do."""


def read_file(path: Path, registers: Registers, check: Check | None = None) -> Read:
    """Return what the TEI file at ``path`` holds; of a register, nothing.

    ``check`` is asked what is wrong with a file that has letters. Raises NotReadError.
    """
    try:
        refuse_size(path.stat().st_size, LIMITS)
        raw = path.read_bytes()
        root = parse(raw).getroot()
    except UnreadableError as error:
        raise NotReadError(f"{path}:{error.line}:{error.column}: {error.message}") from None
    except OSError as error:
        raise NotReadError(f"{path}: cannot be read: {error.strerror or error}") from None
    found = tuple(letters(root, path.resolve(), registers))
    if check is None or not found:
        return Read(found)
    return Read(found, tuple(check(raw, path)))
