"""What came of each letter of a run, kept so that the next run does only what is left.

An SQLite file in the folder ``.epistola`` beside what is written. A row is written after the
letter's file, so that a run that is killed between the two does the letter again, with the same
bytes. While a run goes on the file is locked: a second one is refused (sqlite.org/lockingv3.html).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from epistola.model import Finding, Severity

FOLDER, FILE = ".epistola", "journal.sqlite"
VERSION = 1
TABLE = """
CREATE TABLE IF NOT EXISTS letter (
    name TEXT PRIMARY KEY, inputs TEXT NOT NULL, output TEXT NOT NULL, size INTEGER NOT NULL,
    time INTEGER NOT NULL, words INTEGER NOT NULL, code INTEGER NOT NULL, findings TEXT NOT NULL
) WITHOUT ROWID
"""

KEEP = """
INSERT INTO letter VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
    inputs = excluded.inputs, words = excluded.words, code = excluded.code,
    findings = excluded.findings,
    output = iif(excluded.output = '', output, excluded.output),
    size = iif(excluded.output = '', size, excluded.size),
    time = iif(excluded.output = '', time, excluded.time)
"""


class JournalError(Exception):
    """The journal cannot be used; one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one letter.

    ``name`` is its file below the output folder, ``inputs`` the digest of all it was made from,
    ``output`` that of what was written (nothing where nothing was), ``size`` and ``time`` the
    written file's; ``code`` the exit code, ``findings`` have line and column.
    """

    name: str
    inputs: str
    output: str = ""
    size: int = 0
    time: int = 0
    words: int = 0
    code: int = 0
    findings: tuple[Finding, ...] = ()


@contextmanager
def journal(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the journal of the output ``folder``, locked until it is closed.

    A journal of another version of this program is begun anew.

    Raises JournalError where another run has it, or it cannot be read or written.
    """
    path = folder / FOLDER / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise JournalError(f"{path}: cannot be written: {error}") from error
    try:
        _prepare(connection, path)
        yield connection
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            connection.execute("DROP TABLE IF EXISTS letter")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute(TABLE)
        connection.execute("COMMIT")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            message = f"another run is writing to {path.parent.parent}; wait until it has ended"
            raise JournalError(message) from error
        raise JournalError(f"{path}: cannot be written: {error}") from error
    except sqlite3.DatabaseError as error:
        message = f"{path}: is no journal of a run ({error}); delete it, and all is encoded anew"
        raise JournalError(message) from error


def keep(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write ``rows`` into the journal, all or none; a row of the same name goes.

    What was written before stays known where nothing was written now.

    Raises JournalError where it cannot be written.
    """
    try:
        connection.execute("BEGIN")
        connection.executemany(KEEP, map(_packed, rows))
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise JournalError(f"the journal of the run cannot be written: {error}") from error


def kept(connection: sqlite3.Connection, name: str) -> Row | None:
    """Return what the journal says of the letter ``name``."""
    found = connection.execute("SELECT * FROM letter WHERE name = ?", (name,)).fetchone()
    if found is None:
        return None
    name, inputs, output, size, time, words, code, findings = found
    return Row(name, inputs, output, size, time, words, code, _findings(findings))


def _packed(row: Row) -> tuple[str | int, ...]:
    told = [[str(f.severity), f.code, f.message, f.line, f.column] for f in row.findings]
    head = (row.name, row.inputs, row.output, row.size, row.time, row.words, row.code)
    return (*head, json.dumps(told, ensure_ascii=False))


def _findings(packed: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(Severity(severity), code, message, line=line, column=column)
        for severity, code, message, line, column in json.loads(packed)
    )
