"""Who and what letters name: the entries that their pointers lead to, each known by one key.

Two mentions are of one thing where their pointers lead to one entry: that of a register, also
by way of a copy with ``@sameAs`` (TEI P5, 17.4), or what a URI stands for. An entry in a
letter's own file that names no register is known by its authority number, else by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from epistola.gazetteer import fold
from epistola.reconcile.card import Point, read_point
from epistola.registers.catalogue import catalogue_name
from epistola.registers.load import KINDS, XML_ID, T, words
from epistola.safe import LIMITS, UnreadableError, parse

ENTRIES: Mapping[str, str] = {**KINDS, f"{T}bibl": "work", f"{T}personGrp": "person"}
"""The elements that may be entries, and the kind of each."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "person": ("persName", "name"),
    "place": ("placeName", "geogName", "settlement", "region", "country"),
    "org": ("orgName", "name"),
    "event": ("label", "eventName", "desc"),
    "work": ("title",),
}
"""The elements that name an entry of a kind, the first one that it has."""
PARTS = frozenset(
    f"{T}{name}" for name in "forename surname nameLink genName roleName addName".split()
)
URI = re.compile(r"https?://\S+")
SCHEME = re.compile(r"(?P<prefix>[A-Za-z][\w.+-]*):(?P<rest>.*)")
DEEPEST = 8
"""So many entries in a row may say that they are the same as another."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, a place, an organisation, an event, a work: ``key`` is the same for the same.

    ``name`` is "" where only the letters say what it is called; ``point`` is where it lies.
    """

    key: str
    kind: str
    name: str = ""
    point: Point | None = None


Entries = Mapping[str, Thing]
"""The things that one file has entries for, by their xml:id."""
NONE: Entries = {}


@dataclass(frozen=True, slots=True)
class Registers:
    """The files that letters point into, each read once; the caller keeps one for a report."""

    _files: dict[Path, Entries] = field(default_factory=dict, repr=False)
    _paths: dict[tuple[Path, str], Path | None] = field(default_factory=dict, repr=False)

    def entries(self, folder: Path, reference: str, depth: int = 0) -> Entries:
        """Return the entries of the file that ``reference`` names, as seen from ``folder``.

        None where it is no XML file on this machine, or cannot be read.
        """
        path = self._path(folder, reference)
        if path is None:
            return NONE
        if path not in self._files:
            self._files[path] = NONE  # files that point at each other in a ring
            self._files[path] = dict(self._read(path, depth))
        return self._files[path]

    def _path(self, folder: Path, reference: str) -> Path | None:
        asked = (folder, reference)
        if asked not in self._paths:
            self._paths[asked] = _plain(folder, reference)
        return self._paths[asked]

    def _read(self, path: Path, depth: int) -> Iterator[tuple[str, Thing]]:
        try:
            if path.stat().st_size > LIMITS.size:
                return
            root = parse(path.read_bytes()).getroot()
        except (OSError, UnreadableError):
            return
        yield from own_entries(root, path, self, home=str(path), depth=depth)


def _plain(folder: Path, reference: str) -> Path | None:
    try:
        path = folder.joinpath(unquote(reference)).resolve()
        return path if path.suffix.lower() == ".xml" and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, a NUL in it, a ring of links
        return None


def own_entries(
    root: etree._Element, path: Path, registers: Registers, *, home: str = "", depth: int = 0
) -> Iterator[tuple[str, Thing]]:
    """Yield the entries in the tree of ``root``, the file at ``path``, with their xml:ids.

    ``home`` is what their keys begin with where they are a register's.
    """
    found = {name: e for e in root.iter(*ENTRIES) if (name := e.get(XML_ID)) and not _in_use(e)}
    for name, element in found.items():
        heir = _heir(element, found)
        copied = _elsewhere(heir.get("sameAs", ""), path, registers, depth)
        yield name, copied or _thing(heir, f"{home}#{heir.get(XML_ID)}" if home else "")


def _in_use(element: etree._Element) -> bool:
    """Return whether ``element`` is no entry: a reference in a text, or a part of a header."""
    if next(element.iterancestors(f"{T}fileDesc"), None) is not None:
        return True
    listed = next(element.iterancestors(f"{T}listBibl"), None) is not None
    return element.tag == f"{T}bibl" and not listed


def _heir(element: etree._Element, found: Mapping[str, etree._Element]) -> etree._Element:
    """Return the entry of the same file that ``element`` says it is the same as, or itself."""
    for _ in range(DEEPEST):
        pointer = element.get("sameAs", "")
        following = found.get(pointer[1:]) if pointer.startswith("#") else None
        if following is None:
            break
        element = following
    return element


def _elsewhere(same_as: str, path: Path, registers: Registers, depth: int) -> Thing | None:
    """Return what an entry with that ``@sameAs`` is a copy of, if it is in another file."""
    reference, hash_sign, name = same_as.partition("#")
    if not same_as or not reference or not hash_sign or depth > DEEPEST:
        return None
    return registers.entries(path.parent, reference, depth + 1).get(name)


def _thing(element: etree._Element, key: str) -> Thing:
    kind = ENTRIES[str(element.tag)]
    name = entry_name(element, kind)
    point = entry_point(element) if kind == "place" else None
    return Thing(key or _number(element) or by_name(kind, name), kind, name, point)


def by_name(kind: str, name: str) -> str:
    """Return the key of what is known by its name alone."""
    return f"{kind}:{fold(name).casefold()}"


def _number(element: etree._Element) -> str:
    """Return the authority number of an entry that is a URI, if it has one."""
    if URI.fullmatch(element.get("sameAs", "")):
        return element.get("sameAs", "")
    numbers = (words(child) for child in element.iterchildren(f"{T}idno"))
    return next((number for number in numbers if URI.fullmatch(number)), "")


def entry_name(element: etree._Element, kind: str) -> str:
    """Return what an entry is called; "Scott, Walter, 1771-1832" as "Walter Scott"."""
    for tag in NAMES.get(kind, ()):
        for named in element.iter(f"{T}{tag}"):
            if name := _written(named):
                return spoken(name) if kind == "person" and not len(named) else name
    return words(element)[:80] if kind == "term" else ""


def _written(named: etree._Element) -> str:
    """Return a name; its parts are words of their own, however they are typed."""
    if any(child.tag in PARTS for child in named):
        return " ".join(" ".join(map(str, named.itertext())).split())
    return words(named)


def spoken(name: str) -> str:
    """Return a person's name as one says it, where a catalogue has turned it round.

    >>> spoken("Scott, Walter, 1771-1832")
    'Walter Scott'
    """
    parts = catalogue_name(name) if "," in name else None
    if parts is None:
        return name
    return " ".join(filter(None, (parts.forename or parts.title, parts.surname)))


def entry_point(element: etree._Element) -> Point | None:
    """Return where a place lies: the first ``geo`` of its own ``location`` (TEI P5, 14.3.4)."""
    for geo in element.iter(f"{T}geo"):
        if next(geo.iterancestors(f"{T}place"), None) is element:
            return read_point(words(geo))
    return None


# ---- pointers


@dataclass(frozen=True, slots=True)
class Pointers:
    """What the pointers in one file lead to.

    ``entries`` are the file's own, ``prefixes`` its ``prefixDef`` (TEI P5, 17.2.3): a prefix,
    a pattern, what to put in its place.
    """

    path: Path
    entries: Entries
    registers: Registers
    prefixes: Sequence[tuple[str, re.Pattern[str], str]] = ()

    def thing(self, pointer: str, kind: str) -> Thing | None:
        """Return what ``pointer`` leads to; of what is nowhere described, only its key."""
        pointer = self._expanded(pointer)
        reference, hash_sign, name = pointer.partition("#")
        if URI.match(pointer):
            return Thing(pointer, kind)
        if hash_sign and not reference and name in self.entries:
            return self.entries[name]
        found = self.registers.entries(self.path.parent, reference) if reference else NONE
        return found.get(name) or Thing(pointer, kind)

    def _expanded(self, pointer: str) -> str:
        split = SCHEME.fullmatch(pointer)
        for prefix, pattern, replacement in self.prefixes if split else ():
            found = (
                pattern.fullmatch(split["rest"]) if split and split["prefix"] == prefix else None
            )
            if found:
                return found.expand(replacement)
        return pointer


def pointers(root: etree._Element, path: Path, registers: Registers) -> Pointers:
    """Return what the pointers in the tree of ``root``, the file at ``path``, lead to."""
    own = dict(own_entries(root, path, registers))
    return Pointers(path, own, registers, tuple(_prefixes(root)))


def _prefixes(root: etree._Element) -> Iterator[tuple[str, re.Pattern[str], str]]:
    for one in root.iter(f"{T}prefixDef"):
        replacement = re.sub(r"\$(\d)", r"\\g<\1>", one.get("replacementPattern", ""))
        try:
            pattern = re.compile(one.get("matchPattern", ""))
        except re.error:
            continue
        yield one.get("ident", ""), pattern, replacement
