"""An editor's changes to a register that keep every id alive: merge, split, rename.

An id once given is never given to anything else. Where an entry goes, it stays in its
file as a stub that leads to its heir by ``@sameAs``, so that letters, decisions and anybody who
pointed at it still arrive (TEI P5, 17.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from epistola.model import Edit, Span
from epistola.registers.load import KINDS, XML_ID, RegisterError, T, heir_of, load_registers, words
from epistola.registers.mint import mint
from epistola.registry.page import (
    Page,
    RegistryError,
    every_id,
    identified,
    insertion,
    is_stub,
    local,
    read_pages,
    write_pages,
)

NAMES = frozenset(f"{T}{name}" for name in "persName placeName geogName orgName label".split())
"""Elements that name an entry, in which it can be called otherwise too."""
AT_MOST_ONCE = frozenset(f"{T}{name}" for name in "birth death sex gender floruit location".split())
ID = re.compile(r"[^\W\d][\w.-]*")


class Place(NamedTuple):
    """An entry in its file."""

    page: Page
    element: etree._Element


def merge(folder: Path, old: str, heir: str) -> tuple[Path, ...]:
    """Let the entry ``heir`` stand for ``old`` too, and return the files that changed.

    It gets the names of ``old``, and what that says and it does not; what only one can say
    (a birth, a death) stays its own. Raises RegistryError.
    """
    pages = read_pages(folder)
    (one, element), (other, into) = _entry(pages, folder, old), _entry(pages, folder, heir)
    if old == heir:
        raise RegistryError(f"{one.where(element)}: “{old}” is one entry; name another to merge it")
    if element.tag != into.tag:
        raise RegistryError(
            f"{one.where(element)}: “{old}” is of another kind ({local(element)}) than “{heir}”"
            f" ({local(into)}); only entries of one kind can be merged"
        )
    if next(element.iterfind(f".//*[@{XML_ID}]"), None) is not None or element.get("sameAs"):
        raise RegistryError(
            f"{one.where(element)}: “{old}” holds elements with an xml:id, or has a sameAs of its"
            " own; merge it by hand"
        )
    edits = {page.path: list(_repointed(page, old, one, heir, other)) for page in pages}
    edits[other.path] += _given(one, element, other, into)
    edits[one.path].append(_led(one, element, other, heir))
    return _written(pages, edits)


def rename(folder: Path, old: str, new: str) -> tuple[Path, ...]:
    """Give the entry ``old`` the id ``new``, and return the files that changed.

    Raises RegistryError, also where the id is taken or is none.
    """
    pages = read_pages(folder)
    page, element = _entry(pages, folder, old)
    _free(pages, page, new)
    edits = {p.path: list(_repointed(p, old, page, new, page)) for p in pages}
    attribute = page.positions.written(element, "xml:id")
    if attribute is None:
        raise RegistryError(f"{page.where(element)}: its xml:id cannot be found; rename it by hand")
    stub = page.indent(element) + _stub(page, element, old, new)
    edits[page.path] += [Edit(attribute.value, new), insertion(_whole(page, element).end, stub)]
    return _written(pages, edits)


def split(
    folder: Path, old: str, names: Sequence[str], new: str = ""
) -> tuple[str, tuple[Path, ...]]:
    """Give ``names`` of the entry ``old`` to a new one, and return its id and what changed.

    The id is ``new``, or one made of the first name. Raises RegistryError, also for a name
    that the entry does not have, and where none would be left to it.
    """
    pages = read_pages(folder)
    page, element = _entry(pages, folder, old)
    own = [one for one in element.iterchildren("*") if one.tag in NAMES]
    moved = [_named(page, element, own, name) for name in names]
    if len(set(moved)) == len(own):
        raise RegistryError(
            f"{page.where(element)}: no name would be left to “{old}”; to give it another id, use"
            f" epistola register rename {old} NEW-ID"
        )
    taken = {known for p in pages for known in every_id(p)}
    if new:
        _free(pages, page, new)
    made = new or str(mint(KINDS[str(element.tag)], names[0], taken))
    name = page.positions.tag(element).name
    indent = page.indent(element)
    inner = page.indent(own[0])
    copied = "".join(inner + _source(page, one) for one in dict.fromkeys(moved))
    text = f'{indent}<{name} xml:id="{made}">{copied}{indent}</{name}>'
    edits = [_removal(page, one) for one in dict.fromkeys(moved)]
    edits.append(insertion(_whole(page, element).end, text))
    return made, _written(pages, {page.path: edits})


# ---------------------------------------------------------------- what is where


def _entry(pages: Sequence[Page], folder: Path, wanted: str) -> Place:
    """Return the entry ``wanted``; raises RegistryError where there is none, and tells why."""
    for page in pages:
        element = identified(page).get(wanted)
        if element is not None and is_stub(element):
            raise RegistryError(
                f"{page.where(element)}: “{wanted}” is retired, and “{heir_of(element)}” stands for"
                " it; use that"
            )
        if element is not None:
            return Place(page, element)
    raise RegistryError(f"{folder}: no register has an entry “{wanted}”{_near(pages, wanted)}")


def _near(pages: Sequence[Page], wanted: str) -> str:
    from rapidfuzz.process import extract  # noqa: PLC0415 - only for what is mistyped

    known = [one for page in pages for one in identified(page)]
    found = [match[0] for match in extract(wanted, known, limit=3, score_cutoff=75)]
    if not found:
        return "; its entries have xml:ids such as person-hale"
    return f"; is it {' or '.join(f'“{one}”' for one in found)}?"


def _free(pages: Sequence[Page], page: Page, new: str) -> None:
    if not ID.fullmatch(new):
        raise RegistryError(
            f"{page.path}: “{new}” cannot be an xml:id: write letters, digits, “-”, “_” and “.”,"
            " a letter first"
        )
    for one in pages:
        if new in every_id(one):
            raise RegistryError(
                f"{one.path}: the id “{new}” is taken, and an id once given is never given again;"
                " choose another"
            )


def _whole(page: Page, element: etree._Element) -> Span:
    return page.positions.tag(element).whole


def _source(page: Page, element: etree._Element) -> str:
    span = _whole(page, element)
    return page.text[span.start : span.end]


def _named(
    page: Page, entry: etree._Element, own: Iterable[etree._Element], name: str
) -> etree._Element:
    wanted = " ".join(name.split())
    for one in own:
        if words(one) == wanted:
            return one
    known = ", ".join(f"“{words(one)}”" for one in own)
    raise RegistryError(f"{page.where(entry)}: it has no name “{wanted}”; it has {known}")


# ---------------------------------------------------------------- what is written


def _led(page: Page, element: etree._Element, home: Page, heir: str) -> Edit:
    """Return the edit that makes ``element`` a stub: it leads to ``heir``."""
    start = page.positions.tag(element).start
    at = start.start + len(page.text[start.start : start.end].rstrip("/>").rstrip())
    return insertion(at, f' sameAs="{"" if home is page else home.path.name}#{heir}"')


def _stub(page: Page, element: etree._Element, old: str, heir: str) -> str:
    """Return a stub for the retired id ``old``, which says no more than the name it was of."""
    name = page.positions.tag(element).name
    children = list(element.iterchildren("*"))
    first = [one for one in children if one.tag in NAMES][:1] or children
    inner = "".join(page.indent(one) + _source(page, one) for one in first)
    return f'<{name} xml:id="{old}" sameAs="#{heir}">{inner}{page.indent(element)}</{name}>'


def _removal(page: Page, element: etree._Element) -> Edit:
    """Return the edit that takes ``element`` out, with the white space before it."""
    span = _whole(page, element)
    return Edit(Span(len(page.text[: span.start].rstrip()), span.end), "")


def _given(one: Page, element: etree._Element, other: Page, into: etree._Element) -> Iterator[Edit]:
    """Yield the edits that give ``into`` what ``element`` says and it does not.

    Each child goes after the last one of its name, else to the end, as TEI orders them.
    """
    held = {_said(child) for child in into.iterchildren("*")}
    own = list(into.iterchildren("*"))
    given: dict[int, list[str]] = {}
    for child in element.iterchildren("*"):
        alone = child.tag in AT_MOST_ONCE and any(known.tag == child.tag for known in own)
        if _said(child) in held or alone or not own:
            continue
        held.add(_said(child))
        after = [known for known in own if known.tag == child.tag] or own
        at = _whole(other, after[-1]).end
        given.setdefault(at, []).append(other.indent(own[0]) + _source(one, child))
    yield from (insertion(at, "".join(texts)) for at, texts in given.items())


def _said(element: etree._Element) -> tuple[str, str, str]:
    kind = "" if element.tag in NAMES else element.get("type", "")
    return str(element.tag), words(element), kind


POINTING = frozenset({"ref", "corresp", "sameAs", "where", "active", "passive", "mutual", "target"})


def _repointed(page: Page, old: str, one: Page, heir: str, other: Page) -> Iterator[Edit]:
    """Yield the edits that lead the pointers of a page from ``old`` to ``heir``."""
    was = {f"#{old}"} if page is one else set()
    was.add(f"{one.path.name}#{old}")
    now = f"#{heir}" if page is other else f"{other.path.name}#{heir}"
    for element in page.root.iter(etree.Element):
        for attribute in page.positions.attributes(element) if element.attrib else ():
            if attribute.name in POINTING:
                pointers = str(element.get(attribute.name, "")).split()
                if not was.isdisjoint(pointers):
                    led = " ".join(now if pointer in was else pointer for pointer in pointers)
                    yield Edit(attribute.value, escape(led, {'"': "&quot;"}))


def _written(pages: Iterable[Page], edits: Mapping[Path, Sequence[Edit]]) -> tuple[Path, ...]:
    """Write the pages with their edits, all made before the first is written."""
    changed = [
        (page.path, page.changed(edits[page.path])) for page in pages if edits.get(page.path)
    ]
    write_pages(changed)
    return tuple(path for path, _ in changed)


def usable(folder: Path) -> None:
    """Raise RegistryError where the registers in ``folder`` are broken, as they are."""
    if not folder.is_dir():
        raise RegistryError(f"{folder}: there is no such folder of registers")
    try:
        load_registers(folder)
    except RegisterError as error:
        raise RegistryError(str(error)) from None
