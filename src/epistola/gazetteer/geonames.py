"""Compile a dump of GeoNames to a table of names (https://download.geonames.org/export/dump/).

A dump is a text with a place a line and 19 values with tabs between them: ``cities500``,
``DE`` or ``allCountries`` with its 13 million lines, as they come: packed or not. It is
read line by line, and what is kept is sorted in runs on disk, so that memory does not grow
with it. What may be listed is said in ``guard``; what ships keeps its names ("Cologne",
not "Köln"), so that the two agree on what is one place.
"""

from __future__ import annotations

import heapq
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from epistola.gazetteer import Facts, Names, fold
from epistola.gazetteer.guard import Rivals, names_a_place
from epistola.gazetteer.table import GazetteerError

VALUES = 19
"""How many values a line has, by the "readme.txt" beside the dumps."""
NAME, ASCII, OTHERS, LATITUDE, LONGITUDE, FEATURE, CODE, COUNTRY, POPULATION = (
    *(1, 2, 3, 4, 5),
    *(6, 7, 8, 14),
)
ADDRESS = "https://www.geonames.org/"
ROOM = 200_000
"""How many lines are sorted in memory at once."""
SHORTEST = 4
"""Other names that are shorter, or in capitals, are mostly codes of airports."""
LINK = re.compile(r"^\w+:")

CLASSES = (
    *(("A", "PCL", "country"), ("A", "ADM1", "region"), ("A", "ADM2", "region")),
    *(("A", "TERR", "region"), ("P", "PPLX", "site"), ("P", "", "settlement")),
    *(("H", "", "geography"), ("T", "", "geography"), ("U", "", "geography")),
    *(("V", "", "geography"), ("L", "CONT", "bloc"), ("L", "RGN", "region")),
    *(("L", "PRK", "site"), ("R", "", "site"), ("S", "", "site")),
)
"""Feature class, beginning of the feature code, class of ours; others are left out."""
FEATURES = frozenset(feature for feature, _, _ in CLASSES)
PLACES = ("country", "region", "settlement", "capital", "geography", "bloc", "site")
PEOPLED = frozenset({"settlement", "site"})
"""Classes whose ambiguous names are listed if the place is large; no others are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which places are wanted.

    Those of these feature classes and countries (of all, if none is named), and of the
    settlements those with so many inhabitants or more.
    """

    features: frozenset[str] = frozenset("AP")
    countries: frozenset[str] = frozenset()
    inhabitants: int = 1_000


class Place(NamedTuple):
    """One line of a dump, as far as it is used."""

    id: str
    sort: str
    name: str
    others: tuple[str, ...]
    geo: str
    inhabitants: int


def opened(path: Path) -> tuple[IO[bytes], int]:
    """Return the dump at ``path``, or the one text in an archive, and its size in bytes.

    Raises GazetteerError where it cannot be read.
    """
    try:
        if not zipfile.is_zipfile(path):
            return path.open("rb"), path.stat().st_size
        archive = zipfile.ZipFile(path)
        texts = [one for one in archive.infolist() if one.filename.endswith(".txt")]
        texts = [one for one in texts if Path(one.filename).name != "readme.txt"]
        if len(texts) != 1:
            raise GazetteerError(
                f"{path}: holds {len(texts)} texts besides a readme.txt, and one is wanted;"
                " unpack it and name the text"
            )
        return archive.open(texts[0]), texts[0].file_size
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise GazetteerError(f"{path}: cannot be read: {error}") from error


def compiled(
    lines: Iterable[bytes], file: str, choice: Choice, names: Names
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table (see ``table``) with the places of a dump, sorted.

    ``names`` are those that ship. A name that several places of a class share has neither
    number nor coordinates; raises GazetteerError for a line that is none of a dump.
    """
    rivals = {name: rivals_of(name, names) for name in {sort for _, _, sort in CLASSES}}
    found = (
        line
        for place in places(lines, file, choice)
        for line in _lines(place, names, rivals[place.sort])
    )
    split = (tuple(line.split("\t")) for line in in_order(found))
    for (sort, form), group in groupby(split, key=lambda row: row[:2]):
        yield form, sort, *_thing(group)


def places(lines: Iterable[bytes], file: str, choice: Choice) -> Iterator[Place]:
    """Yield the places of a dump that are wanted."""
    for number, raw in enumerate(_to_the_end(lines, file), 1):
        try:
            place = _wanted(raw.decode("utf-8").rstrip("\r\n").split("\t"), choice)
        except (ValueError, IndexError) as error:
            message = f"{file}:{number}: is no line of a dump of GeoNames, as it {_why(error, raw)}"
            raise GazetteerError(f"{message}; name one, as cities500.zip") from None
        if place:
            yield place


def _to_the_end(lines: Iterable[bytes], file: str) -> Iterator[bytes]:
    """Yield ``lines``; an archive may turn out to be damaged while it is unpacked."""
    try:
        yield from lines
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise GazetteerError(f"{file}: is damaged: {error}; download it again") from error


def _why(error: Exception, raw: bytes) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "is not in UTF-8"
    values = 1 + raw.count(b"\t")
    if values != VALUES:
        return f"has {values} values, not {VALUES} with tabs between them"
    return "has no number where one belongs"


def _wanted(values: list[str], choice: Choice) -> Place | None:
    """Return the place on a line, none if it is not wanted; raises as ``places`` tells."""
    if len(values) != VALUES:
        raise IndexError
    if values[FEATURE] not in choice.features:
        return None
    if choice.countries and values[COUNTRY] not in choice.countries:
        return None
    sort, inhabitants = class_of(values[FEATURE], values[CODE]), int(values[POPULATION] or 0)
    if not sort or (values[FEATURE] == "P" and inhabitants < choice.inhabitants):
        return None
    geo = f"{float(values[LATITUDE]):.5f} {float(values[LONGITUDE]):.5f}"
    others = [values[ASCII], *values[OTHERS].split(",")]
    return Place(values[0], sort, fold(values[NAME]), tuple(others), geo, inhabitants)


def class_of(feature: str, code: str) -> str:
    """Return the class of ours for a feature class and code of GeoNames, or nothing.

    >>> class_of("P", "PPLC"), class_of("A", "PCLI"), class_of("A", "ADM4")
    ('settlement', 'country', '')
    """
    return next((c for f, start, c in CLASSES if f == feature and code.startswith(start)), "")


def rivals_of(sort: str, names: Names) -> Rivals:
    """Return what a name of a place of the class ``sort`` may mean besides, by ``names``."""
    asked = ("word", "forename", "surname", "person", *PLACES, "demonym")
    other = [name for name in names.table if name not in asked]
    return Rivals(
        word=partial(_knows, names, ("word", "demonym")),
        person=partial(_knows, names, ("forename", "surname", "person")),
        other=partial(_knows, names, (*other, *(p for p in PLACES if p != sort))),
        wider=partial(_knows, names, ("country", "region")),
    )


def _knows(names: Names, classes: tuple[str, ...], form: str) -> bool:
    return names.known(form, *classes)


def _lines(place: Place, names: Names, rivals: Rivals) -> Iterator[str]:
    """Yield a line for each form of a place: class, form, name, number, coordinates."""
    sort, form = place.sort, place.name
    shipped = names.known(form, sort)
    inhabitants = place.inhabitants if sort in PEOPLED else 0
    if not shipped and not names_a_place(form, rivals, inhabitants):
        return
    name = names.canonical(form, sort) if shipped else form
    yield f"{sort}\t{name}\t\t{place.id}\t{place.geo}"
    for other in dict.fromkeys(map(fold, place.others)):
        if other not in ("", form, name) and _may_vary(other, sort, names, rivals):
            yield f"{sort}\t{other}\t{name}\t\t"


def _may_vary(form: str, sort: str, names: Names, rivals: Rivals) -> bool:
    """Return whether another name of a place is listed: never if it may mean something else."""
    if len(form) < SHORTEST or form.isupper() or not form[0].isupper() or LINK.match(form):
        return False
    return not names.known(form, sort) and names_a_place(form, rivals)


def _thing(group: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return name, authority, number and coordinates of what one form means.

    It is the one place of that name; else the one place that is also called so; else what
    several share, which has only the form.
    """
    rows = list(group)
    own = [row for row in rows if not row[2]]
    if len(own) == 1:
        _, _, _, number, geo = own[0]
        return ("", *Facts("GeoNames", f"{ADDRESS}{number}", geo))
    others = {row[2] for row in rows}
    return (others.pop() if len(others) == 1 and not own else "", *Facts())


def in_order(lines: Iterable[str], room: int = ROOM) -> Iterator[str]:
    """Yield ``lines`` sorted by code point; at most ``room`` of them are in memory at once.

    >>> list(in_order(["b", "c", "a"], room=2))
    ['a', 'b', 'c']
    """
    waiting = iter(lines)
    with ExitStack() as files:
        runs: list[Iterator[str]] = []
        while run := sorted(islice(waiting, room)):
            runs.append(_spilled(run, files.enter_context))
        yield from heapq.merge(*runs)


def _spilled(run: Iterable[str], keep: Callable[[IO[str]], IO[str]]) -> Iterator[str]:
    """Return ``run`` as it is read back from a file without a name."""
    raw: IO[bytes] = TemporaryFile()  # noqa: SIM115 - it is kept until all runs are merged
    file = keep(io.TextIOWrapper(raw, "utf-8", newline="\n"))
    file.writelines(f"{line}\n" for line in run)
    file.seek(0)
    return (line[:-1] for line in file)
