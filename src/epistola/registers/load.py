"""Registers as an editor keeps them: TEI files with lists of entries.

A register is any TEI file that holds ``person``, ``place``, ``org``, ``event``,
``biblStruct`` or ``item`` (of a list of terms) with an ``xml:id``, wherever they stand
(TEI P5, 14.3 and 3.12). Each entry keeps its element as it was written. A bibliography in
CSL-JSON or BibTeX beside them is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from epistola.model import DATING, Entry, EntryId
from epistola.registers.catalogue import CatalogueName, catalogue_name
from epistola.safe import UnreadableError, parse

TEI = "http://www.tei-c.org/ns/1.0"
T = f"{{{TEI}}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

KINDS: Mapping[str, str] = MappingProxyType(
    {
        f"{T}person": "person",
        f"{T}place": "place",
        f"{T}org": "org",
        f"{T}event": "event",
        f"{T}biblStruct": "work",
        f"{T}item": "term",
    }
)
NESTED = frozenset(
    f"{T}{name}" for name in ("listPerson", "listPlace", "listOrg", "listEvent", "listBibl", "list")
)
NAMED = frozenset(f"{T}{name}" for name in "persName orgName eventName label".split())
DATED = ("birth", "death", "floruit")


class RegisterError(Exception):
    """A register cannot be read; the message names the file, the line and the remedy."""


def load_registers(folder: Path) -> tuple[Entry, ...]:
    """Return the entries of all registers in ``folder``, file by file in order of name.

    They are TEI (``*.xml``), CSL-JSON (``*.json``) and BibTeX (``*.bib``). An entry that is
    only the stub of a retired id is none; its heir names the id among its values, as
    "retired". Raises RegisterError for a file that cannot be read, for an id used twice, and
    for a retired id that leads to no entry.
    """
    entries: list[Entry] = []
    homes: dict[str, str] = {}
    retired: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        for entry in _entries(path):
            if entry.id in homes:
                raise RegisterError(
                    f"{path}: the id “{entry.id}” is used twice, here and in"
                    f" {homes[entry.id]}; give one of the two entries another xml:id"
                )
            homes[entry.id] = path.name
            if "heir" in entry.values:
                retired[entry.id] = entry.values["heir"]
            else:
                entries.append(entry)
    return _with_retired(folder, entries, retired, homes) if retired else tuple(entries)


def _with_retired(
    folder: Path, entries: list[Entry], retired: Mapping[str, str], homes: Mapping[str, str]
) -> tuple[Entry, ...]:
    """Return ``entries`` that name the retired ids which lead to them, through whatever others."""
    kept = {entry.id for entry in entries}
    led: dict[str, list[str]] = {}
    for old in retired:
        seen, heir = {old}, retired[old]
        while heir in retired and heir not in seen:
            seen.add(heir)
            heir = retired[heir]
        if heir not in kept:
            raise RegisterError(
                f"{folder / homes[old]}: the retired id “{old}” leads to “{retired[old]}”, which is"
                " no entry: let its sameAs name the entry that stands for it now, or take it out"
            )
        led.setdefault(heir, []).append(old)
    return tuple(
        replace(e, values={**e.values, "retired": " ".join(led[e.id])}) if e.id in led else e
        for e in entries
    )


def heir_of(element: etree._Element) -> str:
    """Return the id of the entry that stands for a retired one now, of which only a stub is left.

    A stub has an id and ``@sameAs``, which leads to an entry of the same registers, so that
    who pointed at the old one is led to the new one (TEI P5, 17.8).
    """
    match = HEIR.fullmatch(element.get("sameAs", ""))
    return match["id"] if match else ""


HEIR = re.compile(r"(?:[^/:#]+\.xml)?#(?P<id>\S+)")


def _entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of one file of a folder of registers; none of another kind of file."""
    if path.name.startswith("."):
        return
    if path.suffix == ".xml":
        yield from read_register(path)
    elif path.suffix.lower() in BIBLIOGRAPHIES:
        yield from _works(path)


BIBLIOGRAPHIES = frozenset({".json", ".bib"})


def _works(path: Path) -> Iterator[Entry]:
    """Yield the entries of a bibliography.

    No pointer leads into such a file, and so a copy of its entry names no home.
    """
    from epistola.registers.bibliography import (  # noqa: PLC0415 - few editions have one
        BibliographyError,
        read_bibliography,
    )

    try:
        yield from map(read_entry, read_bibliography(path))
    except BibliographyError as error:
        raise RegisterError(str(error)) from error


def read_register(path: Path, *, identified: bool = True) -> Iterator[Entry]:
    """Yield the entries of one register file in document order.

    Those without an ``xml:id`` are passed over, unless ``identified`` is false.
    """
    for element in entry_elements(path, identified=identified):
        yield read_entry(element, path.name)


def entry_elements(path: Path, *, identified: bool = True) -> Iterator[etree._Element]:
    """Yield the elements that are the entries of one register file, in document order.

    Raises RegisterError where it cannot be read.
    """
    try:
        root = parse(path.read_bytes()).getroot()
    except UnreadableError as error:
        where = f"{path}:{error.line}:{error.column}"
        raise RegisterError(f"{where}: {error.message}") from error
    except OSError as error:
        raise RegisterError(f"{path}: cannot be read: {error.strerror or error}") from error
    yield from entries_within(root, identified=identified)


def entries_within(root: etree._Element, *, identified: bool = True) -> Iterator[etree._Element]:
    """Yield the elements in the tree of ``root`` that are entries, in document order.

    They have an ``xml:id``, unless ``identified`` is false.
    """
    for element in root.iter(*KINDS):
        if (element.get(XML_ID) or not identified) and not _is_other(element):
            yield element


def _is_other(element: etree._Element) -> bool:
    """Return whether ``element`` is no entry: part of a header, or an item of another list."""
    if next(element.iterancestors(f"{T}teiHeader"), None) is not None:
        return True
    parent = element.getparent()
    return element.tag == f"{T}item" and (parent is None or parent.get("type") != "terms")


def read_entry(element: etree._Element, home: str = "") -> Entry:
    """Return the entry that ``element`` is; entries nested in it are entries of their own."""
    own = _local(_alone(element))
    kind = KINDS[str(element.tag)]
    if heir := heir_of(element):
        return Entry(EntryId(str(own.get(XML_ID, ""))), kind, (), {"heir": heir}, home=home)
    return Entry(
        id=EntryId(str(own.get(XML_ID, ""))),
        kind=kind,
        names=tuple(dict.fromkeys(_names(own, kind))),
        values=dict(_values(own, kind)),
        record=etree.tostring(own, encoding="unicode"),
        home=home,
    )


def _alone(element: etree._Element) -> etree._Element:
    """Return a copy of ``element`` without the lists of entries in it."""
    own = deepcopy(element)
    own.tail = None
    for nested in [child for child in own.iter() if child.tag in NESTED and child is not own]:
        parent = nested.getparent()
        if parent is not None:
            parent.remove(nested)
    etree.cleanup_namespaces(own)
    return own


def _local(element: etree._Element) -> etree._Element:
    """Make pointers to entries of other registers local: a letter holds copies of both."""
    for part in element.iter(etree.Element):
        for name, value in part.attrib.items():
            if name in POINTERS and ".xml#" in value:
                part.set(
                    name, " ".join(REGISTER.sub("#", pointer) for pointer in str(value).split())
                )
    return element


POINTERS = frozenset({"ref", "where", "active", "passive", "mutual", "corresp", "target"})
REGISTER = re.compile(r"^[^/:#]+\.xml#")


def words(element: etree._Element) -> str:
    """Return the words of ``element``, white space made single."""
    return " ".join("".join(map(str, element.itertext())).split())


def _names(element: etree._Element, kind: str) -> Iterator[str]:
    """Yield the forms by which an entry may be called, as written, the first one first."""
    if kind == "term":
        yield words(element).split(":")[0].strip()
        return
    for name in _named(element, kind):
        yield words(name)
        for added in name.iter(f"{T}addName"):
            yield words(added)
        if kind == "person" and (parts := _catalogued(name)):
            if parts.initials:
                yield f"{parts.initials} {parts.surname}"
            yield " ".join(filter(None, (parts.forename or parts.title, parts.surname)))


def _named(element: etree._Element, kind: str) -> Iterator[etree._Element]:
    """Yield the elements that name an entry; those of places around it name other things."""
    if kind == "work":
        found = list(_own_titles(element))
    elif kind == "place":
        own = list(element.iter(f"{T}placeName", f"{T}geogName"))
        found = own or list(element.iter(f"{T}settlement", f"{T}region", f"{T}country"))[:1]
    else:
        found = list(element.iter(*NAMED))
    notes = (f"{T}note", f"{T}location", f"{T}birth", f"{T}death")
    yield from (n for n in found if words(n) and next(n.iterancestors(*notes), None) is None)


def _own_titles(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the titles of a work itself: an article's, not those of its journal."""
    own = element.find(f"{T}analytic")
    yield from (element if own is None else own).iter(f"{T}title")


def _values(element: etree._Element, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the facts of an entry that the machine can read."""
    for attribute in ("type", "subtype", *DATING):
        if value := element.get(attribute):
            yield attribute, value
    if kind == "person":
        yield from _person_values(element)
    if kind == "place" and (around := _around(element)):
        yield "within", "; ".join(around)
    if kind == "work":
        yield from _work_values(element)


def _around(element: etree._Element) -> list[str]:
    """Return the places that a place lies in, the nearest first (TEI P5, 14.3.3)."""
    named = {words(name) for name in _named(element, "place")}
    found = [words(e) for e in element.iter(f"{T}settlement", f"{T}district", *AROUND)]
    return [name for name in dict.fromkeys(found) if name and name not in named]


AROUND = tuple(f"{T}{name}" for name in ("region", "country", "bloc"))


def _catalogued(name: etree._Element) -> CatalogueName | None:
    """Return the parts of a name that is written surname first, and not taken apart already."""
    return None if len(name) else catalogue_name(words(name))


def _person_values(element: etree._Element) -> Iterator[tuple[str, str]]:
    first = element.find(f"{T}persName")
    written = _catalogued(first) if first is not None else None
    if written is not None:
        yield from ((part, value) for part, value in written._asdict().items() if value)
    yield from _name_parts(element)
    sex = element.find(f"{T}sex")
    if sex is not None and (told := sex.get("value") or words(sex)):
        yield "sex", told
    for event in DATED:
        found_event = element.find(f"{T}{event}")
        if found_event is not None and (when := _when(found_event)):
            yield event, when


def _name_parts(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the parts of names as TEI marks them, the first of each sort (TEI P5, 14.2.1)."""
    found: dict[str, str] = {}
    for name in element.iter(*PARTS):
        sort = name.get("type", "")
        part = sort if sort in {"maiden", "married"} else PARTS[str(name.tag)]
        found.setdefault(part, words(name))
    yield from ((part, found[part]) for part in ORDER if found.get(part))


PARTS: Mapping[str, str] = MappingProxyType(
    {f"{T}forename": "forename", f"{T}surname": "surname", f"{T}roleName": "title"}
)
ORDER = ("forename", "surname", "title", "maiden", "married")


def _when(event: etree._Element) -> str:
    """Return when a birth or death was; one that is not known exactly was early, or late."""
    early = event.tag == f"{T}birth"
    bounds = ("notBefore", "notAfter") if early else ("notAfter", "notBefore")
    return next((str(event.get(name)) for name in ("when", *bounds) if event.get(name)), "")


def _work_values(element: etree._Element) -> Iterator[tuple[str, str]]:
    titles = {t.get("level", "m"): words(t) for t in element.iter(f"{T}title")}
    own = next((level for level in ("a", "u", "m", "j", "s") if level in titles), "")
    if own:
        yield "level", own
        yield "title", titles[own]
    if own != "j" and "j" in titles:
        yield "journal", titles["j"]
    if own == "a" and "m" in titles:
        yield "book", titles["m"]
    yield from _printing_values(element)
    author = next(element.iter(f"{T}author"), None)
    if author is not None:
        named = next((e for e in author.iter() if e.get("ref")), None)
        yield (
            "author",
            str(named.get("ref")).removeprefix("#") if named is not None else words(author),
        )


def _printing_values(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield when, in which edition and in which volume of a larger work a work was printed."""
    for scope in element.iter(f"{T}biblScope"):
        unit = scope.get("unit")
        in_series = next(scope.iterancestors(f"{T}series"), None) is not None
        if unit and words(scope) and not in_series:
            yield unit, scope.get("n") or words(scope)
    edition = element.find(f".//{T}edition")
    if edition is not None:
        yield "edition", words(edition)
    date = element.find(f".//{T}imprint/{T}date")
    for bound in DATING if date is not None else ():
        if date is not None and (value := date.get(bound)):
            yield bound, value
