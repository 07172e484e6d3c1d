"""A user's own names as a table: a CSV file (RFC 4180) with a heading.

    form,class,name,authority,idno,geo
    Flint,person,Paul Flint,GND,118000000,
    Mossgate,settlement,,,,55.9 -3.2

``form`` and ``class`` there must be. ``name`` is the name of the thing that the form is a
variant of, ``authority`` and ``idno`` are who numbered it and how, ``geo`` is where it
lies. A column ``note`` is the user's. The separator may be a comma, a semicolon or a tab;
a line that starts with ``#`` is a comment, an empty one is none.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from pathlib import Path

from epistola.gazetteer import Facts, Listing, fold, load

NEEDED = ("form", "class")
COLUMNS = (*NEEDED, "name", *Facts._fields)
FREE = "note"
SEPARATORS = ",;\t"
GEO = re.compile(r"-?\d{1,3}(?:\.\d+)? -?\d{1,3}(?:\.\d+)?")
AUTHORITY = re.compile(r"[A-Za-z][\w.-]*")
ADDRESS = re.compile(r"https?://\S+")
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML file may hold (XML 1.0, 2.2), and so no name."""
LONGEST = 200
"""No name is longer; a form this long shows that the columns are not what they seem."""
SAVE = "save the table as UTF-8"

Row = tuple[int, Mapping[str, str]]
Fact = tuple[str, str, Facts]


class GazetteerError(Exception):
    """A file of names cannot be used; the message names file, line and remedy."""


def read_table(path: Path) -> Listing:
    """Return the names in the CSV file at ``path``.

    Raises GazetteerError where it cannot be read, or a line is not as described above.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = 1 + error.object[: error.start].count(b"\n")
        raise GazetteerError(f"{path}:{line}: is not in UTF-8; {SAVE}") from error
    if odd := FORBIDDEN.search(text):
        line = 1 + text.count("\n", 0, odd.start())
        raise GazetteerError(f"{path}:{line}: holds a control character; take it out")
    return parsed(text, str(path))


def parsed(text: str, file: str) -> Listing:
    r"""Return the names in ``text``, a table as described above.

    >>> parsed("form,class,name\nUSSR,country,Soviet Union", "a.csv").table["country"]["USSR"]
    'Soviet Union'
    """
    table: defaultdict[str, dict[str, str]] = defaultdict(dict)
    facts: list[Fact] = []
    for line, row in _rows(text, file):
        try:
            name, form, thing, known = _checked(row)
        except ValueError as error:
            raise GazetteerError(f"{file}:{line}: {error}") from None
        table[name][form] = thing
        if any(known):
            facts.append((name, thing or form, known))
    return Listing(file, dict(table), certain(facts))


def certain(facts: Iterable[Fact]) -> dict[tuple[str, str], Facts]:
    """Return the facts of each thing, by class and name; none where a name has several."""
    found: defaultdict[tuple[str, str], set[Facts]] = defaultdict(set)
    for name, thing, known in facts:
        found[name, thing].add(known)
    return {key: next(iter(known)) for key, known in found.items() if len(known) == 1}


def written(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield a table of ``rows``, whose values are those of ``COLUMNS``, line by line."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in chain([COLUMNS], rows):
        writer.writerow(row)
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _rows(text: str, file: str) -> Iterator[Row]:
    """Yield the number of each line and its values by their columns."""
    lines = ("" if line.startswith("#") else line for line in io.StringIO(text, newline=""))
    first, heading = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (1, ""))
    separator = next((mark for mark in SEPARATORS if mark in heading), ",")
    columns = [
        column.strip().lower() for column in next(csv.reader([heading], delimiter=separator))
    ]
    if problem := _fault(columns):
        raise GazetteerError(f"{file}:{first}: {problem}")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for values in reader:
            at = first + reader.line_num
            if len(values) > len(columns):
                raise GazetteerError(f"{file}:{at}: {_too_many(len(values), len(columns))}")
            if any(values):
                yield at, dict(zip_longest(columns, map(fold, values), fillvalue=""))
    except csv.Error as error:
        at = first + reader.line_num
        message = f"{file}:{at}: is no line of a CSV file ({error}); look for an odd quotation mark"
        raise GazetteerError(message) from None


def _fault(columns: Sequence[str]) -> str:
    """Return what is wrong with the heading of a table, nothing if all is well."""
    unknown = [column for column in columns if column not in {*COLUMNS, FREE}]
    if lacking := [column for column in NEEDED if column not in columns]:
        return (
            f"the heading lacks “{lacking[0]}”; the first line names the columns,"
            f" of which there are {', '.join(COLUMNS)}"
        )
    if unknown:
        return (
            f"no column “{unknown[0]}” is known; there are {', '.join(COLUMNS)},"
            f" and “{FREE}” for what is your own"
        )
    twice = next((column for column in columns if columns.count(column) > 1), "")
    return f"the column “{twice}” is there twice; take one out" if twice else ""


def _too_many(values: int, columns: int) -> str:
    return (
        f"there are {values} values for {columns} columns; put a value that holds the"
        " separator in quotation marks"
    )


def _checked(row: Mapping[str, str]) -> tuple[str, str, str, Facts]:
    """Return class, form, name and facts of a row.

    Raises ValueError that says what is wrong with it, and the remedy.
    """
    name, form, thing = row["class"], row["form"], row.get("name", "")
    if not form:
        raise ValueError("there is no form; write one, or take the line out")
    if len(form) > LONGEST or len(thing) > LONGEST:
        raise ValueError("this is longer than any name; write the name alone")
    if name not in load().table:
        raise ValueError(f"no class “{name}” is known; there are {', '.join(sorted(load().table))}")
    return name, form, "" if thing == form else thing, _facts(row)


def _facts(row: Mapping[str, str]) -> Facts:
    """Return the facts of a row; raises ValueError as above."""
    known = Facts(*(row.get(column, "") for column in Facts._fields))
    if known.geo and not GEO.fullmatch(known.geo):
        raise ValueError(f"geo is “{known.geo}”; write latitude and longitude, as 51.38 -2.36")
    if known.authority and not known.idno:
        raise ValueError("an authority gives a number; fill in idno, or leave authority out")
    if known.authority and not AUTHORITY.fullmatch(known.authority):
        raise ValueError(f"the authority is “{known.authority}”; write one word, as GND")
    if not known.idno or known.authority:
        return known
    if not ADDRESS.fullmatch(known.idno):
        raise ValueError(f"it is not said whose number “{known.idno}” is; fill in authority")
    return known._replace(authority="URI")
