"""The names that an edition brings besides its registers: tables, and TEI from anyone.

A name listed here is known to the recognisers, and an entry made for it carries the number
and the coordinates that the list gives; it is no entry of the edition itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from epistola.gazetteer import Facts, Listing, Names, fold
from epistola.gazetteer.table import AUTHORITY, GEO, Fact, GazetteerError, certain, read_table
from epistola.model import Entry
from epistola.registers.load import RegisterError, T, read_register, words
from epistola.registers.resolve import class_of
from epistola.registers.spellings import CLASSES as THINGS

READ = (".csv", ".xml")
"""The endings of the files that hold names: tables, and TEI."""


def listed_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that ``paths`` mean: a folder stands for what it holds, sorted.

    Raises GazetteerError for what is not there, or is neither a table nor TEI.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.suffix.lower() in READ)
        elif not path.exists():
            raise GazetteerError(f"{path}: no such file; add it, or do not name it")
        elif path.suffix.lower() not in READ:
            raise GazetteerError(f"{path}: is neither a table nor TEI; name a *.csv or *.xml file")
        else:
            yield path


def read_listing(path: Path) -> Listing:
    """Return the names in a table or in a TEI file; raises GazetteerError."""
    return read_table(path) if path.suffix.lower() == ".csv" else read_tei(path)


def read_tei(path: Path) -> Listing:
    """Return the names of the persons, places, organisations, events, works in a TEI file.

    Raises GazetteerError where it cannot be read, or names nothing.
    """
    table: defaultdict[str, dict[str, str]] = defaultdict(dict)
    facts: list[Fact] = []
    try:
        for entry in read_register(path, identified=False):
            for name, form, thing in _forms(entry):
                table[name][form] = thing
            facts += _facts(entry)
    except RegisterError as error:
        raise GazetteerError(str(error)) from error
    if not table:
        raise GazetteerError(
            f"{path}: names nothing: it has no person, place, org, event or biblStruct of TEI"
        )
    return Listing(str(path), dict(table), certain(facts))


def _forms(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield class, form and name of all that an entry may be called."""
    name, first = class_of(entry), next(map(fold, entry.names), "")
    for form in map(fold, entry.names):
        yield name, form, "" if form == first else first
    for part in ("forename", "surname"):
        if entry.values.get(part):
            yield part, fold(entry.values[part]), ""


def _facts(entry: Entry) -> Iterator[Fact]:
    """Yield the first number of an entry that says whose it is, and where the place lies."""
    root = etree.fromstring(entry.record)
    numbers = ((n.get("type", ""), words(n)) for n in root.iterfind(f"{T}idno"))
    authority, idno = next((n for n in numbers if AUTHORITY.fullmatch(n[0]) and n[1]), ("", ""))
    places = (words(geo).replace(",", " ") for geo in root.iterfind(f"{T}location/{T}geo"))
    geo = next((" ".join(p.split()) for p in places if GEO.fullmatch(" ".join(p.split()))), "")
    if entry.names and (idno or geo):
        yield class_of(entry), fold(entry.names[0]), Facts(authority, idno, geo)


def knowing(names: Names, entry: Entry) -> Entry:
    """Return ``entry`` with what the lists of an edition know of it.

    An entry of a register says itself what is known. One made from a letter takes the
    facts of the thing of its class that has its name; where its class is not known, those
    of the only thing of its kind that has.
    """
    if entry.record or not entry.names:
        return entry
    name, sort, classes = fold(entry.names[0]), entry.values.get("type", ""), CLASSES[entry.kind]
    asked = (sort,) if sort in classes else classes
    found = {names.facts[key] for key in ((one, name) for one in asked) if key in names.facts}
    if len(found) != 1:
        return entry
    facts = {part: value for part, value in found.pop()._asdict().items() if value}
    return replace(entry, values={**entry.values, **facts})


CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {**THINGS, "person": ("person",), "work": ("work", "periodical", "newspaper"), "term": ()}
)
"""The classes of the gazetteer that hold the things of a kind."""
