"""Read from a TEI file what a report counts of its letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from epistola.model import CERTAIN, LIKELY
from epistola.registers.load import XML_ID, T, words
from epistola.report.sent import Named, Sent, first_date, header_date, named, pointer_of, sent
from epistola.report.things import Pointers, Registers, pointers
from epistola.tree.read import is_added, projection

NAMING: Mapping[str, str] = {
    "persName": "person",
    "placeName": "place",
    "geogName": "place",
    "settlement": "place",
    "region": "place",
    "country": "place",
    "orgName": "org",
    "eventName": "event",
    "title": "work",
    "bibl": "work",
}
"""The elements that name something, and the kind of what they name."""
TYPES: Mapping[str, str] = {
    "person": "person",
    "pers": "person",
    "place": "place",
    "geo": "place",
    "org": "org",
    "organisation": "org",
    "organization": "org",
    "event": "event",
    "work": "work",
    "book": "work",
    "title": "work",
    "bibl": "work",
}
"""What ``name`` and ``rs`` may have as their ``@type``, and the kind of what they name."""
TAGGED: Mapping[str, str] = {
    **NAMING,
    "date": "date",
    "quote": "quotation",
    "q": "quotation",
    "foreign": "foreign",
}
"""The elements whose certainty is counted, and the kinds as which."""
GRADES = ("right", "high", "medium", "low", "unknown")
"""How certain a tag is: it has no ``@cert``, or what that says."""
TAGS = [T + name for name in (*TAGGED, "name", "rs")]


class Tag(NamedTuple):
    """A kind of tag, and one of ``GRADES``."""

    kind: str
    grade: str


@dataclass(frozen=True, slots=True)
class Mention:
    """What a letter names so many times; from ``linked`` of them a pointer leads to it."""

    named: Named
    times: int
    linked: int


@dataclass(frozen=True, slots=True)
class Letter:
    """What a report counts of one letter, the one at ``file``."""

    file: Path
    title: str = ""
    sent: Sent = Sent()  # noqa: RUF009 - frozen
    words: int = 0
    mentions: tuple[Mention, ...] = ()
    tags: tuple[tuple[Tag, int], ...] = ()


def letters(root: etree._Element, path: Path, registers: Registers) -> Iterator[Letter]:
    """Yield the letters in the tree of ``root``, the file at ``path``; of a register, none.

    Each ``TEI`` with a ``text`` is one, unless the text holds but lists of entries; of a
    file without texts, as an index of correspondence is (CMIF), each ``correspDesc``.
    """
    known = pointers(root, path, registers)
    for tei in root.iter(f"{T}TEI"):
        text = tei.find(f"{T}text")
        described = tei.findall(f"{T}teiHeader//{T}correspDesc")
        if len(described) > 1 or (described and text is None):
            yield from (Letter(path, sent=sent(one, known)) for one in described)
        elif text is not None and (described or not _is_register(text)):
            yield _letter(tei, text, described[0] if described else None, known)


def _is_register(text: etree._Element) -> bool:
    """Return whether ``text`` holds entries, as a register's text does."""
    lists = (f"{T}{name}" for name in ("listPerson", "listPlace", "listOrg", "listEvent"))
    listed = next(text.iter(*lists), None) is not None
    listed = listed or any(one.get(XML_ID) for one in text.iterfind(f".//{T}listBibl/*"))
    return listed and text.find(f".//{T}opener") is None


def _letter(
    tei: etree._Element, text: etree._Element, described: etree._Element | None, known: Pointers
) -> Letter:
    told = sent(described, known)
    header = tei.find(f"{T}teiHeader")
    if not told.when.told and header is not None:
        told = replace(told, when=header_date(header))
    if not told.when.told:
        told = replace(told, when=first_date(text.iterfind(f".//{T}dateline//{T}date")))
    title = tei.find(f"{T}teiHeader/{T}fileDesc/{T}titleStmt/{T}title")
    return Letter(
        known.path,
        words(title) if title is not None else "",
        told,
        len(projection(text).split()),
        tuple(_mentions(text, known)),
        tuple(sorted(_tags(text).items())),
    )


# ---- who and what is named


def _mentions(text: etree._Element, known: Pointers) -> Iterator[Mention]:
    """Yield what ``text`` names, each thing once, in the order of the first mention."""
    first: dict[str, Named] = {}
    times, linked = Counter[str](), Counter[str]()
    for element, kind in _naming(text):
        found = named(element, kind, known)
        if found is not None:
            key = found.thing.key
            first.setdefault(key, found)
            times[key] += 1
            linked[key] += bool(pointer_of(element))
    yield from (Mention(one, times[key], linked[key]) for key, one in first.items())


def _naming(text: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements of the source that name something, and the kind of each.

    The later pieces of a name in pieces are none of their own, nor are parts of a name
    that point nowhere else.
    """
    for element in text.iter(*TAGS):
        kind = _kind(element)
        if not kind or element.get("prev") or any(map(is_added, element.iterancestors())):
            continue
        if element.tag == f"{T}bibl" and not _is_of_entry(element):
            continue
        if not _is_part(element, kind):
            yield element, kind


def _kind(element: etree._Element) -> str:
    name = str(element.tag).removeprefix(T)
    if name in {"name", "rs"}:
        return TYPES.get(element.get("type", ""), "")
    return NAMING.get(name, "")


def _is_of_entry(bibl: etree._Element) -> bool:
    """Return whether a reference is one to a work that has an entry, and not to its own source."""
    pointer = pointer_of(bibl)
    return bool(pointer) and not pointer.startswith("#src-")


def _is_part(element: etree._Element, kind: str) -> bool:
    """Return whether ``element`` only says again what one around it names."""
    pointer = pointer_of(element)
    for around in element.iterancestors(*TAGS):
        same = pointer_of(around)
        if _kind(around) == kind and (same or kind != "work") and pointer in {"", same}:
            return True
    return False


# ---- how certain


def _tags(text: etree._Element) -> Counter[Tag]:
    """Return how many tags there are of each kind and grade of certainty."""
    found = Counter[Tag]()
    for element in text.iter(*TAGS):
        kind = TAGGED.get(str(element.tag).removeprefix(T)) or _kind(element)
        if kind and not element.get("prev"):
            found[Tag(kind, grade(element.get("cert", "")))] += 1
    return found


def grade(cert: str) -> str:
    """Return which of ``GRADES`` a ``@cert`` stands for; it may be a number (TEI P5, 1.4.2).

    >>> [grade(cert) for cert in ("", "medium", "0.8", "1", "who knows")]
    ['right', 'medium', 'medium', 'high', 'unknown']
    """
    if not cert:
        return "right"
    if cert in GRADES[1:]:
        return cert
    try:
        share = float(cert)
    except ValueError:
        return "unknown"
    return "high" if share >= CERTAIN else "medium" if share >= LIKELY else "low"
