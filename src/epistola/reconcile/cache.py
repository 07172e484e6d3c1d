"""What a service has answered, kept in a file, so that it is asked nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

FILE = "reconcile.sqlite"
TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT NOT NULL, query TEXT NOT NULL, type TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (service, query, type)
)
"""
FIND = "SELECT answer FROM answers WHERE service = ? AND query = ? AND type = ?"
KEEP = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)"


class CacheError(Exception):
    """The cache cannot be used; the message names the file and the remedy."""


class Query(NamedTuple):
    """What a service is asked: a name, of things of its own type; no name asks who it is."""

    name: str
    type: str = ""


class Cache(NamedTuple):
    """The answers of one service in an open file."""

    connection: sqlite3.Connection
    service: str

    def find(self, query: Query) -> str | None:
        """Return the answer to ``query`` as it was received, if there was one."""
        row = self.connection.execute(FIND, (self.service, *query)).fetchone()
        return None if row is None else str(row[0])

    def keep(self, query: Query, answer: str) -> None:
        """Keep an answer, whatever happens afterwards."""
        with self.connection:
            self.connection.execute(KEEP, (self.service, *query, answer))


@contextmanager
def opened(folder: Path, service: str) -> Iterator[Cache]:
    """Open the cache in ``folder``, which is made where it is missing, for one service.

    Raises CacheError, there and within, where the file is damaged or cannot be written.
    """
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(TABLE)
            yield Cache(connection, service)
    except sqlite3.OperationalError as error:
        raise CacheError(f"{path}: it cannot be used: {error}: name another --cache") from None
    except sqlite3.DatabaseError as error:
        raise CacheError(f"{path}: it is no cache, or damaged ({error}): delete it") from None
    except OSError as error:
        raise CacheError(f"{path}: it cannot be made: {error.strerror}") from None
