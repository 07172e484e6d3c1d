"""Authority files on this machine: a table (CSV) or a register in TEI.

The table has a header; ``id`` and ``name`` are needed, all other columns are not.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from epistola.reconcile.card import Card, Point, Years, plain, read_card, read_point, year, years_in
from epistola.reconcile.numbers import Number, number
from epistola.registers.load import KINDS, RegisterError, entry_elements

COLUMNS: Mapping[str, str] = {
    "id": "the number, best as its address; several are separated by |",
    "name": "the name",
    "variants": "other names, separated by |",
    "type": "person, place, org, event or work",
    "birth": "the year of birth, or when it began",
    "death": "the year of death, or when it ended",
    "place": "the places it lies in, separated by |",
    "lat": "latitude in degrees",
    "lon": "longitude in degrees",
    "author": "who made a work, separated by |",
    "authority": "whose number it is, where that is no address (VIAF, GND ...)",
}
"""The columns of the table, and what stands in them."""
SAME: Mapping[str, str] = {"uri": "id", "kind": "type", "variant": "variants"}
"""Other names of columns."""
TYPES = frozenset(KINDS.values()) - {"term"}
LARGEST = 256_000_000


class AuthorityError(Exception):
    """An authority file cannot be used; the message names the file, the line and the remedy."""


def load_authority(path: Path) -> tuple[Card, ...]:
    """Return what the authority file at ``path`` describes, in its order.

    A file ``*.xml`` is read as TEI, any other as a table with commas, semicolons or tabs.

    Raises AuthorityError.
    """
    if path.suffix.lower() == ".xml":
        return _tei(path)
    try:
        if path.stat().st_size > LARGEST:
            raise AuthorityError(f"{path}: it has more than 256 MB: divide it")
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise AuthorityError(f"{path}: it is not in UTF-8: save it as “CSV UTF-8”") from None
    except OSError as error:
        raise AuthorityError(f"{path}: it cannot be read: {error.strerror}") from None
    return tuple(_table(path, text))


def _tei(path: Path) -> tuple[Card, ...]:
    try:
        return tuple(read_card(one) for one in entry_elements(path))
    except RegisterError as error:
        raise AuthorityError(str(error)) from None


def _table(path: Path, text: str) -> Iterator[Card]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        names = _header(path, next(lines, []))
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield _card(_row(names, cells))
    except (ValueError, csv.Error) as error:
        raise AuthorityError(f"{path}:{lines.line_num}: {error}") from None


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _header(path: Path, cells: Sequence[str]) -> list[str]:
    """Return the names of the columns; raises AuthorityError where they cannot be used."""
    names = [SAME.get(name, name) for name in (cell.strip().lower() for cell in cells)]
    missing = [name for name in ("id", "name") if name not in names]
    if missing:
        raise AuthorityError(
            f"{path}:1: there is no column “{missing[0]}”: the first line names the columns,"
            f" and these are known: {', '.join(COLUMNS)}"
        )
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            fault = "is there twice" if name in COLUMNS else "is not known"
            raise AuthorityError(
                f"{path}:1: the column “{name}” {fault}: take it out, or call it by one of"
                f" {', '.join(COLUMNS)}"
            )
    return names


def _row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) != len(names):
        raise ValueError(f"there are {len(cells)} cells, and the header has {len(names)}")
    return {name: cell.strip() for name, cell in zip(names, cells, strict=True)}


def _card(row: Mapping[str, str]) -> Card:
    """Return the card of one row; raises ValueError with what is wrong in it, and the remedy."""
    kind = row.get("type", "")
    if kind and kind not in TYPES:
        raise ValueError(f"the type “{kind}” is not known: write one of {', '.join(sorted(TYPES))}")
    if not row["name"]:
        raise ValueError("the name is empty: write one, or take the line out")
    years = Years(_year(row, "birth"), _year(row, "death"))
    return Card(
        kind,
        (row["name"], *_several(row.get("variants", ""))),
        years if any(years) else years_in(row["name"]),
        frozenset(map(plain, _several(row.get("place", "")))),
        _point(row),
        tuple(_several(row.get("author", ""))),
        tuple(_numbers(row)),
    )


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _numbers(row: Mapping[str, str]) -> Iterator[Number]:
    values = _several(row["id"])
    if not values:
        raise ValueError("the id is empty: write the number, or take the line out")
    for value in values:
        try:
            yield number(value, row.get("authority", ""))
        except ValueError as error:
            raise ValueError(f"{error}: write its address, or name it in “authority”") from None


def _year(row: Mapping[str, str], name: str) -> int | None:
    cell = row.get(name, "")
    found = year(cell)
    if cell and found is None:
        raise ValueError(f"{name} is “{cell}”, in which there is no year: write it as 1771")
    return found


def _point(row: Mapping[str, str]) -> Point | None:
    latitude, longitude = row.get("lat", ""), row.get("lon", "")
    if not latitude and not longitude:
        return None
    point = read_point(f"{latitude} {longitude}")
    if point is None:
        raise ValueError(
            f"lat and lon are “{latitude}” and “{longitude}”: write degrees, as 51.38 and -2.36"
        )
    return point
