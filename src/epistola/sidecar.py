"""What an editor says of letters beside their texts: ``NAME.toml``, or a CSV table of many.

All is checked when it is read; an error names the file, the line, the key and the remedy.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date as calendar_date
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from epistola import language as languages
from epistola.model import Sidecar

KEYS = tuple(field.name for field in fields(Sidecar))
LISTS = frozenset({"notes"})
FILE = "file"
"""The column of a table that names the text of each row."""
TEXT_ENDING = ".txt"
DELIMITERS = ",;\t"
BETWEEN_NOTES = "|"
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
LONGEST_DATE = len("2026-11-24")


class SidecarError(Exception):
    """What an editor says cannot be read; one sentence with file, place, key and remedy."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, by the texts they are for; ``lines`` is where each row stands."""

    path: Path
    rows: Mapping[str, Sidecar]
    lines: Mapping[str, int]

    def row(self, text: Path) -> Sidecar:
        """Return what the table says of ``text``: of its path, its name, or its stem."""
        names = (text.as_posix(), text.name, text.stem)
        return next((self.rows[name] for name in names if name in self.rows), Sidecar())


def read_sidecar(path: Path) -> Sidecar:
    """Return what the TOML file at ``path`` says of one letter.

    Raises SidecarError for a file that cannot be read or is no TOML, an unknown key, a value
    of the wrong type, an impossible date, and a language or genre that is not known.
    """
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SidecarError(f"{path}: not well-formed TOML: {error}; mend it there") from error
    values = {
        key: _value(f"{path}, line {_line(text, key)}: {key}", key, value)
        for key, value in data.items()
    }
    return _sidecar(values)


def read_table(path: Path) -> Table:
    """Return what the CSV table at ``path`` says of many letters, a row each.

    Its first row names the columns: ``file``, and any of ``KEYS``; commas, semicolons or
    tabs part them. Several notes have "|" between them.

    Raises SidecarError as ``read_sidecar`` does, and for a row without a file, or a second
    row for one.
    """
    text = _text(path)
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns = [name.strip() for name in next(reader, [])]
    _check_columns(path, columns)
    rows: dict[str, Sidecar] = {}
    lines: dict[str, int] = {}
    for cells in reader:
        line = reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        name, said = _row(f"{path}, line {line}", columns, cells)
        if name in rows:
            raise SidecarError(
                f"{path}, line {line}: file: “{name}” has a row in line {lines[name]} already; "
                "take one of them out"
            )
        rows[name], lines[name] = said, line
    return Table(path, MappingProxyType(rows), MappingProxyType(lines))


def check_rows(table: Table, texts: Iterable[Path]) -> None:
    """Refuse a table with a row for a text that is not there.

    A row may name one of ``texts``, or a file beside one of them or beside the table.

    Raises SidecarError.
    """
    known = [*texts]
    names = {name for text in known for name in (text.as_posix(), text.name, text.stem)}
    folders = {table.path.parent, *(text.parent for text in known)}
    for name, line in table.lines.items():
        forms = (name, f"{name}{TEXT_ENDING}")
        if name not in names and not any((f / n).is_file() for f in folders for n in forms):
            close = get_close_matches(name, sorted(names), 1)
            remedy = f"did you mean “{close[0]}”?" if close else "mend the name or take the row out"
            raise SidecarError(
                f"{table.path}, line {line}: file: there is no text “{name}”; {remedy}"
            )


def merged(over: Sidecar, under: Sidecar) -> Sidecar:
    """Return what ``over`` says, and where it says nothing what ``under`` does."""
    said: Mapping[str, Any] = {key: getattr(over, key) for key in KEYS if getattr(over, key)}
    return replace(under, **said)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise SidecarError(f"{path}: no such file; name one that is there") from error
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        raise SidecarError(message) from error
    except OSError as error:
        raise SidecarError(f"{path}: cannot be read: {error.strerror}; name a file") from error


def _line(text: str, key: str) -> int:
    """Return the line in which a TOML file sets ``key``."""
    form = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[\].=]")
    lines = text.splitlines()
    return next((at for at, line in enumerate(lines, 1) if form.match(line)), 1)


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    where = f"{path}, line 1"
    if FILE not in columns:
        raise SidecarError(f"{where}: no column “{FILE}”; it names the text of each row")
    for name in columns:
        if name != FILE:
            _known(f"{where}: {name or 'a column'}", name)
        if columns.count(name) > 1:
            raise SidecarError(f"{where}: {name}: two columns have this name; take one out")


def _row(where: str, columns: Sequence[str], cells: Sequence[str]) -> tuple[str, Sidecar]:
    """Return the text that a row is for, and what it says."""
    if len(cells) > len(columns):
        raise SidecarError(
            f"{where}: {len(cells)} cells under {len(columns)} columns; "
            "put a cell that holds a comma in quotation marks"
        )
    row = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    name = row.pop(FILE, "")
    if not name:
        raise SidecarError(f"{where}: file: it is empty; name the text that the row is for")
    notes = [note.strip() for note in row.pop("notes", "").split(BETWEEN_NOTES) if note.strip()]
    values = {key: _value(f"{where}: {key}", key, cell) for key, cell in row.items() if cell}
    return name, _sidecar({**values, "notes": tuple(notes)})


def _sidecar(values: Mapping[str, str | tuple[str, ...]]) -> Sidecar:
    checked: Mapping[str, Any] = values
    return Sidecar(**checked)


def _value(where: str, key: str, value: object) -> str | tuple[str, ...]:
    """Return the value of ``key``, checked."""
    _known(where, key)
    if key in LISTS:
        return tuple(_words(where, one) for one in _items(where, value))
    if key == "date":
        return _date(where, value)
    if key == "typescript" and value is True:
        return "Typescript."
    text = _words(where, value)
    if key == "language":
        _one_of(where, text, languages.codes())
    if key == "genre":
        _one_of(where, text, tuple(languages.genres()))
    return text


def _known(where: str, key: str) -> None:
    if key not in KEYS:
        close = get_close_matches(key, KEYS, 1)
        meant = f"did you mean “{close[0]}”? " if close else ""
        raise SidecarError(f"{where}: no such key; {meant}there are {', '.join(KEYS)}")


def _one_of(where: str, text: str, known: Sequence[str]) -> None:
    if text not in known:
        raise SidecarError(f"{where}: “{text}” is not known; write one of {', '.join(known)}")


def _items(where: str, value: object) -> Iterator[object]:
    if not isinstance(value, list):
        raise SidecarError(f'{where}: it must be a list of texts, as ["one", "two"]')
    yield from value


def _words(where: str, value: object) -> str:
    """Return a text, its white space made single; XML takes no control characters."""
    if not isinstance(value, str):
        raise SidecarError(f"{where}: it must be a text in quotation marks")
    text = " ".join(value.split())
    if not text:
        raise SidecarError(f"{where}: it is empty; write it, or take the key out")
    if not all(char.isprintable() or char in "\u00ad\u200c\u200d" for char in text):
        raise SidecarError(f"{where}: it holds a character that cannot be printed; take it out")
    return text


def _date(where: str, value: object) -> str:
    """Return a date as TEI takes it: a day, a month, a year, or two of them."""
    if isinstance(value, calendar_date):
        return value.isoformat()[:LONGEST_DATE]
    text = str(value) if type(value) is int else _words(where, value)
    parts = text.split("/")
    if len(parts) > len(("from", "to")) or not all(_is_date(part) for part in parts):
        raise SidecarError(
            f"{where}: “{text}” is no date; write it as 1845-03-03, 1845-03, 1845, "
            "or two of these with “/” between"
        )
    if len(parts) > 1 and parts[0] > parts[1]:
        raise SidecarError(f"{where}: “{text}” ends before it begins; turn it round")
    return text


def _is_date(text: str) -> bool:
    """Return whether the calendar has that day, month or year."""
    if DATE.fullmatch(text) is None:
        return False
    try:
        calendar_date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return True
