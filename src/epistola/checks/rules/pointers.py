"""What a file points at is there: in itself, and in the files beside it (TEI P5, 16.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree

from epistola.checks.index import XML, Index, Pointer
from epistola.checks.rules.fault import Fault

BESIDE = re.compile(r"(?!/|[A-Za-z][\w+-]*:)(?P<file>[^#?]+\.xml)#(?P<id>[^()]+)", re.IGNORECASE)
"""An id in an XML file beside this one: no ``https://``, no ``/``, no XPointer scheme."""

# Looking for the nearest of many names is slow; a file full of faults needs no more hints.
HINTS = 10
ALIKE = 0.75
LONGEST = 80
CANDIDATES = 2000


def pointers_resolve(index: Index) -> Iterator[Fault]:
    """Yield each pointer ``#id`` that leads nowhere.

    XPointer schemes (``#xpath(...)``) are not followed, nor what a foreign ``xml:base``
    makes a pointer out of the file.
    """
    hints: dict[str, str] = {}
    for pointer in index.pointers:
        if not pointer.address.startswith("#") or "(" in pointer.address:
            continue
        name = pointer.address[1:]
        if name in index.ids or unquote(name) in index.ids or _based(pointer.element):
            continue
        if name not in hints:
            hints[name] = nearest(name, index.ids) if len(hints) < HINTS else ""
        yield _dangling(pointer, hints[name])


def _dangling(pointer: Pointer, hint: str) -> Fault:
    said = f"{pointer.attribute}=“{pointer.address}” points at nothing"
    advice = f"; did you mean “#{hint}”?" if hint else f": {_lack(pointer.address[1:])}"
    expected = (f"#{hint}",) if hint else ()
    return Fault("pointer", pointer.element, said + advice, pointer.attribute, expected)


def _lack(name: str) -> str:
    if not name:
        return "an xml:id should follow the #"
    if "/" in name or ":" in name:
        return "write an address outside the file without the #"
    return "no element has this xml:id"


def files_resolve(index: Index) -> Iterator[Fault]:
    """Yield each pointer ``file.xml#id`` whose file lacks the id, or cannot be read.

    A file that is not there is told once.
    """
    if index.folder is None or index.library is None:
        return
    told: set[str] = set()
    hints: dict[tuple[str, str], str] = {}
    for pointer in index.pointers:
        found = BESIDE.fullmatch(pointer.address)
        if found is None or _based(pointer.element):
            continue
        file, name = found["file"], found["id"]
        ids = index.beside(file)
        if ids is None and file not in told:
            told.add(file)
            yield Fault("pointer-file", pointer.element, _unread(pointer, file), pointer.attribute)
        elif ids is not None and name not in ids and unquote(name) not in ids:
            if (file, name) not in hints:
                hints[file, name] = nearest(name, ids) if len(hints) < HINTS else ""
            yield _dangling_outside(pointer, file, hints[file, name])


def _unread(pointer: Pointer, file: str) -> str:
    return (
        f"{pointer.attribute}=“{pointer.address}” is not checked: there is no XML file"
        f" “{file}” beside this one that can be read"
    )


def _dangling_outside(pointer: Pointer, file: str, hint: str) -> Fault:
    said = f"{pointer.attribute}=“{pointer.address}” points at nothing in that file"
    advice = f"; did you mean “{file}#{hint}”?" if hint else ": it has no such xml:id"
    expected = (f"{file}#{hint}",) if hint else ()
    return Fault("pointer", pointer.element, said + advice, pointer.attribute, expected)


def pointers_are_filled(index: Index) -> Iterator[Fault]:
    """Yield each attribute that should point and is empty."""
    for attribute in ("ref", "target", "corresp", "resp", "who", "sameAs", "scheme", "calendar"):
        for element, value in index.attributes.get(attribute, ()):
            if not value.strip():
                message = f"{attribute} is empty: let it point at an entry, or leave it out"
                yield Fault("empty-pointer", element, message, attribute)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the id that ``name`` was probably meant to be, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a faulty file needs it

    if not name or len(name) > LONGEST:
        return ""
    alike = [one for one in known if abs(len(one) - len(name)) <= len(name) // 2]
    found = get_close_matches(name, sorted(alike)[:CANDIDATES], n=1, cutoff=ALIKE)
    return found[0] if found else ""


def _based(element: etree._Element) -> bool:
    base = f"{XML}base"
    return any(one.get(base) for one in (element, *element.iterancestors()))
