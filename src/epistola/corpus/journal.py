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
from pathlib import Path

from epistola.corpus.row import Row
from epistola.corpus.usage import FOLDER
from epistola.model import Finding, Severity

FILE = "journal.sqlite"
VERSION = 2
TABLES = """
CREATE TABLE IF NOT EXISTS letter (
    name TEXT PRIMARY KEY, inputs TEXT NOT NULL, output TEXT NOT NULL, size INTEGER NOT NULL,
    time INTEGER NOT NULL, words INTEGER NOT NULL, doubts INTEGER NOT NULL,
    code INTEGER NOT NULL, findings TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evidence (
    name TEXT PRIMARY KEY, inputs TEXT NOT NULL, told TEXT NOT NULL, linked TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID
"""

KEEP = """
INSERT INTO letter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
    inputs = excluded.inputs, words = excluded.words, doubts = excluded.doubts,
    code = excluded.code, findings = excluded.findings,
    output = iif(excluded.output = '', output, excluded.output),
    size = iif(excluded.output = '', size, excluded.size),
    time = iif(excluded.output = '', time, excluded.time)
"""


class JournalError(Exception):
    """The journal cannot be used; one sentence with the remedy."""


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


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """Open the journal of ``folder`` to look into it, if there is one of this version.

    Raises JournalError where a run has it, or it cannot be read.
    """
    path = folder / FOLDER / FILE
    if not path.is_file():
        yield None
        return
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", timeout=0, uri=True)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        yield connection if version == VERSION else None
    except sqlite3.DatabaseError as error:
        raise _refused(error, path) from error
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for name in ("letter", "evidence", "note"):
                connection.execute(f"DROP TABLE IF EXISTS {name}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        for table in TABLES.split(";"):
            connection.execute(table)
        connection.execute("COMMIT")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError as error:
        raise _refused(error, path) from error


def _refused(error: sqlite3.DatabaseError, path: Path) -> JournalError:
    if "locked" in str(error):
        return JournalError(f"another run is writing to {path.parent.parent}; wait until it ends")
    if isinstance(error, sqlite3.OperationalError):
        return JournalError(f"{path}: cannot be written: {error}")
    message = f"{path}: is no journal of a run ({error}); delete it, and all is encoded anew"
    return JournalError(message)


def keep(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write ``rows`` into the journal, all or none; a row of the same name goes.

    What was written before stays known where nothing was written now.

    Raises JournalError where it cannot be written.
    """
    _write(connection, KEEP, map(_packed, rows))


def _write(
    connection: sqlite3.Connection, statement: str, rows: Iterable[tuple[str | int, ...]]
) -> None:
    try:
        connection.execute("BEGIN")
        connection.executemany(statement, rows)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise JournalError(f"the journal of the run cannot be written: {error}") from error


def keep_told(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write what the letters of ``rows`` tell across letters, all or none; raises JournalError."""
    _write(
        connection,
        "INSERT OR REPLACE INTO evidence VALUES (?, ?, ?, '')",
        ((row.name, row.inputs, row.told) for row in rows),
    )


def keep_linked(connection: sqlite3.Connection, links: Iterable[tuple[str, str]]) -> None:
    """Write the digest of what the register tells of each letter; raises JournalError."""
    rows = ((linked, name) for name, linked in links)
    _write(connection, "UPDATE evidence SET linked = ? WHERE name = ?", rows)


def told(connection: sqlite3.Connection, name: str) -> tuple[str, str, str]:
    """Return inputs, evidence and digest of links of the letter ``name``; empty where unknown."""
    query = "SELECT inputs, told, linked FROM evidence WHERE name = ?"
    found = connection.execute(query, (name,)).fetchone()
    return found or ("", "", "")


def remember(connection: sqlite3.Connection, name: str, said: str) -> None:
    """Write what is ``said`` of the whole run under ``name``; raises JournalError."""
    try:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, said))
    except sqlite3.Error as error:
        raise JournalError(f"the journal of the run cannot be written: {error}") from error


def remembered(connection: sqlite3.Connection, name: str) -> str:
    """Return what was last said of the run under ``name``."""
    found = connection.execute("SELECT said FROM note WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def kept(connection: sqlite3.Connection, name: str) -> Row | None:
    """Return what the journal says of the letter ``name``."""
    found = connection.execute("SELECT * FROM letter WHERE name = ?", (name,)).fetchone()
    if found is None:
        return None
    name, inputs, output, size, time, words, doubts, code, findings = found
    return Row(name, inputs, output, size, time, words, doubts, code, _findings(findings))


def _packed(row: Row) -> tuple[str | int, ...]:
    told = [[str(f.severity), f.code, f.message, f.line, f.column] for f in row.findings]
    head = (row.name, row.inputs, row.output, row.size, row.time, row.words, row.doubts, row.code)
    return (*head, json.dumps(told, ensure_ascii=False))


def _findings(packed: str) -> tuple[Finding, ...]:
    return tuple(
        Finding(Severity(severity), code, message, line=line, column=column)
        for severity, code, message, line, column in json.loads(packed)
    )
