"""Registers as an editor keeps them: TEI files with lists of entries.

A register is any TEI file that holds ``person``, ``place``, ``org``, ``event``,
``biblStruct`` or ``item`` (of a list of terms) with an ``xml:id``, wherever they stand
(TEI P5, 14.3 and 3.12). Each entry keeps its element as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from epistola.model import DATING, Entry, EntryId
from epistola.registers.forenames import is_forename
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
    """Return the entries of all ``*.xml`` in ``folder``, file by file in order of name.

    Raises RegisterError for a file that is no well-formed XML or not safe to read, and for
    an id used twice.
    """
    entries: list[Entry] = []
    homes: dict[str, str] = {}
    for path in sorted(folder.glob("*.xml")):
        for entry in read_register(path):
            if entry.id in homes:
                raise RegisterError(
                    f"{path}: the id “{entry.id}” is used twice, here and in"
                    f" {homes[entry.id]}; give one of the two entries another xml:id"
                )
            homes[entry.id] = path.name
            entries.append(entry)
    return tuple(entries)


def read_register(path: Path) -> Iterator[Entry]:
    """Yield the entries of one register file in document order."""
    try:
        root = parse(path.read_bytes()).getroot()
    except UnreadableError as error:
        where = f"{path}:{error.line}:{error.column}"
        raise RegisterError(f"{where}: {error.message}") from error
    except OSError as error:
        raise RegisterError(f"{path}: cannot be read: {error.strerror or error}") from error
    for element in root.iter(*KINDS):
        if element.get(XML_ID) and not _is_other(element):
            yield read_entry(element, path.name)


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
    return Entry(
        id=EntryId(str(own.get(XML_ID))),
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
        if kind == "person" and (parts := catalogue_name(name)):
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


class CatalogueName(NamedTuple):
    """A person's name as catalogues write it: "Scott, Walter, Sir, 1771-1832".

    ``maiden`` is a name before marriage ("née Hale"), ``married`` one after it ("m. Bly"),
    ``peerage`` what a peer is called by where the entry stands under the family's name
    ("Pelham, Thomas, 2nd Earl of Lewes").
    """

    surname: str
    forename: str = ""
    title: str = ""
    birth: str = ""
    death: str = ""
    maiden: str = ""
    married: str = ""
    peerage: str = ""


ABOUT = r"(?:\b(?:approx(?:imately)?|about|abt|active|circa|ca?)\b\.?\s*)?"
YEARS = re.compile(
    rf"{ABOUT}(?:(?P<birth>\d{{3,4}})\??|\?)?(?:\s+or\s+\d{{2,4}})?\s*[-–]\s*{ABOUT}"
    r"(?:(?P<death>\d{3,4})|\?)?\??(?P<before>\s*B\.?\s?C\b\.?)?"
)
DIED = re.compile(r"\bd(?:ied)?\.?\s*(?P<death>\d{3,4})")
MAIDEN = re.compile(r"\bn[ée]e\s+(?P<name>[^(),;]+)")
MARRIED = re.compile(r"\(\s*m(?:arried)?\.?\s+(?P<name>[^\W\d_][^(),;]+)")
ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
TITLED = re.compile(
    r"M\.|[A-Z][a-z]{1,4}\.|(?:\S+ )?[A-Za-z]\w+ of(?: .*)?|(?:Sir|Lady|Lord|Miss|Dame|Count\w*)\b.*"
    r"|(?:[Bb]aron|[Vv]iscount|[Ee]arl|[Dd]uke|[Mm]arquess|[Mm]arquis|[Pp]rince|[Aa]dmiral)\w*"
)
LEADING = re.compile(
    r"(?P<title>(?:Sir|Lady|Lord|Miss|Dame|Mrs|Mr|Ms|Dr|Hon|Rev|Capt|Captain|Col|Colonel|Major|Madame"
    r"|Mademoiselle)\b\.?)(?:\s+|$)(?P<rest>.*)"
)
TRAILING = re.compile(r"(?P<rest>.+) (?P<title>Sir|Lady|Lord|Dame)")
SUCCESSOR = re.compile(r"^\d+(?:st|nd|rd|th) ([A-Za-z].*)")
PEERAGE = re.compile(
    r"\b(?i:Duke|Duchess|Marquess|Marquis|Marchioness|Earl|Countess|Viscount|Viscountess|Baron"
    r"|Baroness) (?:of )?(?P<name>[A-Z][^,()]*)"
)


def catalogue_name(name: etree._Element) -> CatalogueName | None:
    """Return the parts of a name that is written surname first, none if it is not.

    >>> catalogue_name(etree.fromstring("<persName>Scott, Walter, Sir, 1771-1832</persName>"))[:5]
    ('Scott', 'Walter', 'Sir', '1771', '1832')
    """
    whole = words(name)
    if len(name) or "," not in whole or whole.startswith(","):
        return None
    years = next((m for m in YEARS.finditer(whole) if _dates(m) and not m["before"]), None)
    died = DIED.search(whole)
    undated = YEARS.sub(lambda match: "" if _dates(match) else match[0], whole)
    plain = ASIDE.sub("", DIED.sub("", undated))
    parts = [part.strip() for part in plain.split(",")]
    rest = [part for part in parts[1:] if part and not any(char.isdecimal() for char in part)]
    titles = [part for part in rest if _is_title(part)]
    forename, leading = _without_title(next((part for part in rest if part not in titles), ""))
    titles += [m[1] for part in parts[1:] if (m := SUCCESSOR.search(part))]
    maiden, married = MAIDEN.search(whole), MARRIED.search(whole)
    return CatalogueName(
        parts[0],
        forename or _aside(whole, "".join(titles)),
        " ".join(filter(None, (leading, *titles))),
        (years["birth"] or "") if years else "",
        (years["death"] or "") if years else died["death"] if died else "",
        maiden["name"].strip() if maiden else "",
        married["name"].strip() if married else "",
        _peerage(titles),
    )


def _dates(match: re.Match[str]) -> bool:
    return bool(match["birth"] or match["death"])


def _is_title(part: str) -> bool:
    """Return whether a part of a catalogue's name is a title, and no name with one before it."""
    leading = LEADING.fullmatch(part)
    if is_forename(part.lower().rstrip(".")):
        return False
    return TITLED.fullmatch(part) is not None and not (leading and leading["rest"])


def _without_title(forename: str) -> tuple[str, str]:
    """Return a forename and the title written before or after it: "Sir Walter"."""
    match = LEADING.fullmatch(forename) or TRAILING.fullmatch(forename)
    return (match["rest"], match["title"]) if match else (forename, "")


def _aside(whole: str, title: str) -> str:
    """Return the forename in brackets after a title: "Gore, Mrs. (Catherine Grace)"."""
    aside = re.search(r"\(([A-Z][^(),'’]*)\)", whole) if title else None
    return aside[1] if aside else ""


def _peerage(titles: Sequence[str]) -> str:
    found = (PEERAGE.search(title) for title in titles)
    return next((m["name"].strip() for m in found if m), "")


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


def _person_values(element: etree._Element) -> Iterator[tuple[str, str]]:
    first = element.find(f"{T}persName")
    written = catalogue_name(first) if first is not None else None
    if written is not None:
        yield from ((part, value) for part, value in written._asdict().items() if value)
    for part in ("forename", "surname"):
        found = [words(name) for name in element.iter(f"{T}{part}")]
        if found:
            yield part, found[0]
    for event in DATED:
        found_event = element.find(f"{T}{event}")
        if found_event is not None and found_event.get("when"):
            yield event, str(found_event.get("when"))


def _work_values(element: etree._Element) -> Iterator[tuple[str, str]]:
    titles = {t.get("level", "m"): words(t) for t in element.iter(f"{T}title")}
    own = next((level for level in ("a", "u", "m", "j", "s") if level in titles), "")
    if own:
        yield "level", own
        yield "title", titles[own]
    if own != "j" and "j" in titles:
        yield "journal", titles["j"]
    for scope in element.iter(f"{T}biblScope"):
        unit = scope.get("unit")
        if unit and words(scope):
            yield unit, scope.get("n") or words(scope)
    author = next(element.iter(f"{T}author"), None)
    if author is not None:
        named = next((e for e in author.iter() if e.get("ref")), None)
        yield (
            "author",
            str(named.get("ref")).removeprefix("#") if named is not None else words(author),
        )
