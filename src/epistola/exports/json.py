"""Letters, mentions and entries as tables in one JSON file; ``schemas/tables.json`` describes it.

Every row is an object with all columns of its table, on a line of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from epistola.exports import LettersFormat
from epistola.exports.gathered import Letters
from epistola.exports.tables import TABLES, Cell, write_tables


def write(letters: Letters) -> Iterator[str]:
    """Yield the file: the title of the edition, then each table."""
    yield f'{{\n"title": {_written(letters.title or letters.name)}'
    for name, rows in write_tables(letters, _row):
        yield f",\n{_written(name)}: ["
        yield from _separated(rows)
        yield "\n]"
    yield "\n}\n"


def _row(table: str, cells: list[Cell]) -> str:
    names = (column.name for column in TABLES[table])
    return f"{_written(dict(zip(names, cells, strict=True)))}\n"


def _separated(rows: Iterable[str]) -> Iterator[str]:
    comma = ""
    for row in rows:
        yield f"{comma}\n{row.rstrip()}"
        comma = ","


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMAT = LettersFormat(
    write,
    "Tables, JSON",
    ".json",
    keeps="letters, every mention with its context, entry and values, the registers",
    loses="text between mentions",
)
