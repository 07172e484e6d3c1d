"""What stands beside a text: what an editor says of it, and what he decided about it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from epistola.files import STDIN, is_remote
from epistola.model import NOTHING_SAID, Decision, Sidecar

if TYPE_CHECKING:
    from epistola.sidecar import Table

SIDECAR = ".toml"


def said_of(text: Path, table: Table | None) -> Sidecar:
    """Return what an editor says of ``text``: its own sidecar, and then the table.

    Raises SidecarError where the sidecar has a fault.
    """
    own = _own(text)
    if table is None and own is None:
        return NOTHING_SAID
    from epistola.sidecar import merged, read_sidecar  # noqa: PLC0415 - seldom wanted

    said = read_sidecar(own) if own else NOTHING_SAID
    return merged(said, table.row(text)) if table is not None else said


def decided_on(text: Path, folder: Path | None) -> tuple[Decision, ...]:
    """Return what an editor decided about ``text``, if it is a source of the edition in ``folder``.

    Raises DecisionError where the file of decisions has a fault.
    """
    path = decisions_on(text, folder)
    if path is None:
        return ()
    from epistola.decisions.store import read_decisions  # noqa: PLC0415 - seldom wanted

    return read_decisions(path)


def inputs(text: Path, table: Table | None, folder: Path | None, common: str) -> str:
    """Return a digest of all that ``text`` is encoded from; ``common`` is what all letters share.

    Raises OSError where one of its files cannot be read.
    """
    own, decided = _own(text), decisions_on(text, folder)
    parts = [
        common.encode(),
        text.name.encode(),
        text.read_bytes(),
        own.read_bytes() if own else b"",
        decided.read_bytes() if decided else b"",
        repr(table.row(text)).encode() if table else b"",
    ]
    return sha256(b"\0".join(sha256(part).digest() for part in parts)).hexdigest()


def _own(text: Path) -> Path | None:
    path = text.with_suffix(SIDECAR) if text.name else text
    return path if path != text and path.is_file() else None


def decisions_on(text: Path, folder: Path | None) -> Path | None:
    """Return the file of decisions about ``text``, if there is one."""
    if folder is None or text == STDIN or is_remote(text):
        return None
    from epistola.decisions.store import path_of  # noqa: PLC0415 - only an edition's

    path = path_of(folder, text)
    return path if path is not None and path.is_file() else None
