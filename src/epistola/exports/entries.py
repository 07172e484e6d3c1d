"""The entries that names lead to: in a letter, in an edition's registers, in files beside it.

An entry is TEI's ``person``, ``place``, ``org``, ``event``, ``biblStruct`` or ``item`` of a
list of terms (as ``registers.load`` reads them), or what others use instead: ``bibl``,
``personGrp``, ``object``, ``category`` ... It may stand in ``standOff``, in ``particDesc`` or
``settingDesc``, in lists in ``back``, or in a register of its own (TEI P5, 14.3 and 2.4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from lxml import etree

from epistola.model import Entry, EntryId
from epistola.registers.load import KINDS, read_entry, words
from epistola.safe import LIMITS, UnreadableError, parse
from epistola.tree.element import TEI, XML

T = f"{{{TEI}}}"
XML_ID = f"{XML}id"
OTHERS: Mapping[str, str] = MappingProxyType(
    {f"{T}bibl": "work", f"{T}biblFull": "work", f"{T}msDesc": "work", f"{T}personGrp": "person"}
    | {f"{T}object": "object", f"{T}category": "term", f"{T}nym": "name"}
)
"""Elements that others make entries of, besides those of our own registers."""
NAMING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "work": ("title", "idno"),
        "person": ("persName", "name"),
        "object": ("objectName", "name"),
        "term": ("catDesc",),
        "name": ("form",),
    }
)
"""What names an entry of ``OTHERS``, by its kind; its own words where there is none."""
COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)[\s,]+(-?\d{1,3}(?:\.\d+)?)\s*")
"""Latitude and longitude in degrees, as TEI writes them in ``geo`` (TEI P5, 14.3.4.1)."""
BESIDE = re.compile(r"(?!/|[A-Za-z][\w+.-]*:)(?P<file>[^#?]*)#(?P<id>[^()]+)")
"""A pointer to an id in this file (``#id``) or in one beside it (``persons.xml#id``)."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry, and what it is called in the letter and in the edition.

    ``local`` is its id in the file of the letter ("" where it is only in a register); ``key``
    names it throughout an export: its id in its register, else the letter's name, "/" and
    ``local``, because two letters may each have made a ``person-bell`` of their own.
    ``numbers`` are its authority numbers and addresses with their ``@type``, ``coordinates``
    latitude and longitude, ``note`` what an editor says of it. ``cited`` are the ids that its
    pointers lead to.
    """

    entry: Entry
    key: str
    local: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    coordinates: tuple[float, float] | None = None
    note: str = ""
    cited: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return "person", "place", "org", "event", "work", "term" ..."""
        return self.entry.kind

    @property
    def name(self) -> str:
        """Return the fullest form of its name, or its key where it has no name."""
        return next(iter(self.names), self.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Return all forms of its name, the fullest first."""
        return self.entry.names

    @property
    def register(self) -> str:
        """Return the file name of its register; empty for one that only the letter has."""
        return self.entry.home

    def element(self) -> etree._Element:
        """Return a new tree of its TEI element, as its editor wrote it."""
        return parse(self.entry.record.encode()).getroot()


def is_entry(element: etree._Element) -> bool:
    """Return whether a pointer to ``element`` leads to an entry."""
    return element.tag in KINDS or element.tag in OTHERS


def read_known(element: etree._Element, key: str, local: str = "", home: str = "") -> Known:
    """Return the entry that ``element`` is; see ``Known`` for ``key`` and ``local``."""
    entry = read_entry(element, home) if element.tag in KINDS else _other(element, home)
    return Known(
        entry,
        key,
        local,
        tuple((str(i.get("type", "")), words(i)) for i in element.iter(f"{T}idno") if words(i)),
        _coordinates(element),
        " ".join(words(note) for note in element.findall(f"{T}note")),
        tuple(_cited(element)),
    )


def _other(element: etree._Element, home: str) -> Entry:
    kind = OTHERS[str(element.tag)]
    found = [n for name in NAMING.get(kind, ()) for n in element.iter(f"{T}{name}") if words(n)]
    names = dict.fromkeys(words(name) for name in found or [element])
    return Entry(
        EntryId(str(element.get(XML_ID, ""))),
        kind,
        tuple(filter(None, names)),
        record=etree.tostring(element, encoding="unicode", with_tail=False),
        home=home,
    )


def _coordinates(element: etree._Element) -> tuple[float, float] | None:
    for geo in element.iterfind(f"{T}location/{T}geo"):
        found = COORDINATES.fullmatch(words(geo))
        if found:
            return float(found[1]), float(found[2])
    return None


def _cited(element: etree._Element) -> Iterator[str]:
    """Yield the ids that the pointers in ``element`` lead to, each once."""
    found = (
        word.rpartition("#")[2]
        for part in element.iter(etree.Element)
        for name in ("ref", "where", "active", "passive", "mutual", "corresp", "target")
        for word in str(part.get(name, "")).split()
        if "#" in word
    )
    yield from dict.fromkeys(found)


# ---- files beside a letter


@dataclass(frozen=True, slots=True)
class Shelf:
    """The entries of the files that letters point into, each file read once.

    Of a register of any size only its entries are kept. Nothing is read but plain ``*.xml``
    files, safely, and none from a network. ``unfiled`` are entries of the edition to which
    nothing can point, as its bibliography is no TEI: a letter's copy has the same id.
    """

    unfiled: Mapping[str, Known] = field(default_factory=lambda: MappingProxyType({}))
    _files: dict[Path, Mapping[str, Known]] = field(default_factory=dict, repr=False)

    def entry(self, folder: Path, pointer: str) -> Known | None:
        """Return the entry that ``pointer``, written in a file of ``folder``, leads to beside it.

        None where there is no such file or id.
        """
        found = BESIDE.fullmatch(pointer)
        if found is None or not found["file"]:
            return None
        try:
            path = folder.joinpath(unquote(found["file"])).resolve()
            plain = path.suffix.lower() == ".xml" and path.is_file()
        except (OSError, ValueError, RuntimeError):  # too long, a NUL in it, a ring of links
            return None
        if not plain:
            return None
        if path not in self._files:
            self._files[path] = _entries_of(path)
        return self._files[path].get(unquote(found["id"]))


def _entries_of(path: Path) -> Mapping[str, Known]:
    """Return the entries of the file at ``path`` by their ids; none of one that cannot be read."""
    try:
        if path.stat().st_size > LIMITS.size:
            return {}
        root = parse(path.read_bytes()).getroot()
    except (OSError, UnreadableError):
        return {}
    found = ((str(e.get(XML_ID)), e) for e in root.iter(*KINDS, *OTHERS) if e.get(XML_ID))
    return {name: read_known(element, name, home=path.name) for name, element in found}
