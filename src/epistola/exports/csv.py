"""Letters, mentions and entries as a folder of CSV files (RFC 4180, UTF-8), one a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from epistola.exports import Choice, File, FolderFormat
from epistola.exports.gathered import Letters
from epistola.exports.tables import TABLES, Cell, Column, write_tables

BETWEEN = " | "
"""What stands between the texts of one cell."""
SPECIAL = re.compile(r'[",\r\n]|^\s|\s$')
MARK = "\ufeff"


def write(letters: Letters) -> Iterator[File]:
    """Yield a file of each table, whose first row has the names of its columns."""
    mark = MARK if letters.choices["mark"] == "yes" else ""
    for name, rows in write_tables(letters, lambda _, cells: line(cells)):
        yield File(f"{name}.csv", chain([mark + head(TABLES[name])], rows))


def head(columns: tuple[Column, ...]) -> str:
    """Return the row of the names of ``columns``."""
    return line([column.name for column in columns])


def line(cells: Iterable[Cell]) -> str:
    r"""Return a row as RFC 4180 has it.

    >>> line(["Bell", 3, None, ["Ada", "A. B."], {"level": "m"}, 'as "so" is'])
    'Bell,3,,Ada | A. B.,level=m,"as ""so"" is"\r\n'
    """
    return f"{','.join(map(_cell, cells))}\r\n"


def _cell(cell: Cell) -> str:
    text = _text(cell)
    return '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text


def _text(cell: Cell) -> str:
    if isinstance(cell, dict):
        return BETWEEN.join(f"{name}={value}" for name, value in cell.items())
    if isinstance(cell, list):
        return BETWEEN.join(cell)
    return "" if cell is None else str(cell)


FORMAT = FolderFormat(
    write,
    "Tables, CSV",
    ".csv",
    keeps="letters, every mention with its context, entry and values, the registers",
    loses="text between mentions; where several texts in one cell end, if “ | ” is in one",
    choices=(Choice("mark", ("no", "yes"), "begin with a byte order mark, as Excel wants"),),
)
