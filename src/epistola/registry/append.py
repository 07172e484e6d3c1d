"""Add entries to the registers of an edition, as an editor would write them.

A new entry stands at the end of the list of its kind, indented as the entries before it, and
says by ``@resp`` and ``@cert`` that the program made it: what has neither, an editor has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from epistola.model import Edit, Entry, EntryId, Span
from epistola.registers.load import KINDS, TEI, XML_ID, T
from epistola.registry.page import Page, RegistryError, insertion, local, read_pages, write_pages
from epistola.tree.element import XML, E
from epistola.tree.layout import lay_out
from epistola.tree.standoff import BUILDERS, LISTS

MACHINE = "resp-machine"
"""The xml:id of whom the program's inferences are answered by, as in the header of a letter."""
DID = "listing of what the letters name"
FILES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "person": ("persons.xml", "Register of persons"),
        "place": ("places.xml", "Register of places"),
        "org": ("organisations.xml", "Register of organisations"),
        "event": ("events.xml", "Register of events"),
        "work": ("works.xml", "Register of works"),
        "term": ("terms.xml", "Register of terms"),
    }
)
"""The register that a kind of entry gets where it has none, and its title."""


def append(folder: Path, entries: Sequence[Entry]) -> tuple[Path, ...]:
    """Add ``entries`` to the registers in ``folder``, and return the files that changed.

    All files are made before the first is written, and each is written whole or not at all.

    Raises RegistryError for a register that cannot be read, changed or written.
    """
    changed = list(appended(folder, entries))
    write_pages(changed)
    return tuple(path for path, _ in changed)


def appended(folder: Path, entries: Sequence[Entry]) -> Iterator[tuple[Path, bytes]]:
    """Yield the files that change where ``entries`` are added, with what they hold then."""
    pages = read_pages(folder)
    homes = {kind: _home(kind, pages, folder) for kind in dict.fromkeys(e.kind for e in entries)}
    where = {entry.id: homes[entry.kind].name for entry in entries}
    for page in pages:
        for element in page.entries():
            where[EntryId(str(element.get(XML_ID)))] = page.path.name
    by_path: Mapping[Path, Page | None] = {page.path: page for page in pages}
    for path in dict.fromkeys(homes.values()):
        kinds = [kind for kind, home in homes.items() if home == path]
        own = {kind: _elements(entries, kind, path.name, where) for kind in kinds}
        there = by_path.get(path)
        yield path, _new(own) if there is None else there.changed(_edits(there, own))


def _home(kind: str, pages: Sequence[Page], folder: Path) -> Path:
    """Return the file for entries of ``kind``: where most of them are, else that of its name."""
    counted = {page.path: sum(KINDS[str(e.tag)] == kind for e in page.entries()) for page in pages}
    best = max(counted.values(), default=0)
    if best:
        return min(path for path, number in counted.items() if number == best)
    return folder / FILES[kind][0]


def _elements(
    entries: Sequence[Entry], kind: str, home: str, where: Mapping[EntryId, str]
) -> list[etree._Element]:
    known = {entry.id: entry for entry in entries}
    elements = []
    for entry in entries:
        if entry.kind == kind:
            element = BUILDERS[kind](entry, known)
            _vary(element, entry)
            element.set("cert", _grade(entry))
            element.set("resp", f"#{MACHINE}")
            _lead_abroad(element, home, where)
            elements.append(element)
    return elements


def _vary(element: etree._Element, entry: Entry) -> None:
    """Add the other names by which letters call a person."""
    if entry.kind == "person":
        first = element[0]
        for name in reversed(entry.names):
            if name != "".join(map(str, first.itertext())):
                first.addnext(E.persName({"type": "variant"}, name))


def _grade(entry: Entry) -> str:
    """Return how certain it is that the entry is one person's or thing's."""
    if entry.kind != "person" or entry.values.get("forename"):
        return "medium"
    return "low"


def _lead_abroad(element: etree._Element, home: str, where: Mapping[EntryId, str]) -> None:
    """Let pointers to entries of other files name the file."""
    for part in element.iter("*"):
        ref = part.get("ref", "")
        other = where.get(EntryId(ref.removeprefix("#")), home)
        if ref.startswith("#") and other != home:
            part.set("ref", f"{other}{ref}")


# ---------------------------------------------------------------- a file that is there


def _edits(page: Page, own: Mapping[str, Sequence[etree._Element]]) -> Iterator[Edit]:
    for kind, elements in own.items():
        yield from _into(page, _list(page, kind), elements)
    yield from responsible(page)


def _list(page: Page, kind: str) -> etree._Element:
    """Return the list that new entries of ``kind`` join: that with the most, the last such."""
    name, attributes = LISTS[kind]
    lists = [
        one
        for one in page.root.iter(f"{T}{name}")
        if all(one.get(key) == value for key, value in attributes.items())
        and next(one.iterancestors(f"{T}teiHeader"), None) is None
    ]
    if not lists:
        raise RegistryError(
            f"{page.path}: it has no {name} to add entries to: write an empty <{name}/> in its"
            " standOff, or body"
        )
    tags = {tag for tag, of in KINDS.items() if of == kind}
    return max(reversed(lists), key=lambda one: sum(child.tag in tags for child in one))


def _into(page: Page, parent: etree._Element, elements: Sequence[etree._Element]) -> Iterator[Edit]:
    """Yield the edit that puts ``elements`` at the end of the list ``parent``."""
    tag = page.positions.tag(parent)
    children = list(parent.iterchildren("*"))
    outer = page.indent(parent)
    indent = page.indent(children[-1]) if children else (f"{outer}  " if outer else "")
    step = indent[len(outer) :] if indent.startswith(outer) and indent != outer else "  "
    written_ = "".join(indent + written(one, indent, step, page.prefix()) for one in elements)
    if tag.is_empty:
        start = page.text[tag.start.start : tag.start.end]
        opened = start[: start.rindex("/")].rstrip() + ">"
        yield Edit(tag.start, f"{opened}{written_}{outer}</{tag.name}>")
        return
    at = len(page.text[: tag.end.start].rstrip())  # after a comment on the last entry
    closing = outer if at == tag.end.start else ""
    yield insertion(at, written_ + closing)


def written(element: etree._Element, indent: str, step: str, prefix: str = "") -> str:
    """Return ``element`` as it is written where it is indented so: its parts on their own lines.

    ``prefix`` is that of TEI's names in the file.
    """
    children = list(element)
    mixed = (element.text or "").strip() or any((child.tail or "").strip() for child in children)
    if not children or mixed or not indent or local(element) in NAMES:
        return _inline(element, prefix)
    start = _inline(_bare(element), prefix).removesuffix("/>") + ">"
    inner = "".join(
        indent + step + written(child, indent + step, step, prefix) for child in children
    )
    return f"{start}{inner}{indent}</{prefix}{local(element)}>"


NAMES = frozenset("persName placeName orgName title author editor label item".split())
"""Elements of which the words stand in one line."""


def _bare(element: etree._Element) -> etree._Element:
    """Return ``element`` without what is in it."""
    alone = deepcopy(element)
    alone.text = None
    for child in list(alone):
        alone.remove(child)
    return alone


def _inline(element: etree._Element, prefix: str) -> str:
    tail, element.tail = element.tail, None
    text = etree.tostring(element, encoding="unicode").replace(f' xmlns="{TEI}"', "")
    element.tail = tail
    return TAG.sub(rf"\1{prefix}\2", text) if prefix else text


TAG = re.compile(r"(</?)(\w)")


def responsible(
    page: Page, who: str = MACHINE, name: str = "epistola", did: str = DID
) -> Iterator[Edit]:
    """Yield the edit that names in the header who answers for what is added, unless it is there."""
    if any(one.get(XML_ID) == who for one in page.root.iter("*")):
        return
    header = page.root.find(f".//{T}titleStmt")
    children = [] if header is None else list(header.iterchildren("*"))
    if not children:
        raise RegistryError(
            f"{page.path}: it has no titleStmt in which to name who adds entries: give it a"
            " teiHeader with a title"
        )
    indent = page.indent(children[-1])
    statement = E.respStmt({f"{XML}id": who}, E.resp(did), E.name({"type": "software"}, name))
    text = indent + written(statement, indent, "  ", page.prefix())
    yield Edit(Span(*[page.positions.tag(children[-1]).whole.end] * 2), text)


# ---------------------------------------------------------------- a new file


def _new(own: Mapping[str, Iterable[etree._Element]]) -> bytes:
    """Return a register file that holds elements by their kind."""
    kind = next(iter(own))
    statement = E.respStmt(
        {f"{XML}id": MACHINE}, E.resp(DID), E.name({"type": "software"}, "epistola")
    )
    lists = [E(LISTS[of][0], dict(LISTS[of][1]), *elements) for of, elements in own.items()]
    root = E.TEI(
        E.teiHeader(
            E.fileDesc(
                E.titleStmt(E.title(FILES[kind][1]), statement),
                E.publicationStmt(E.publisher("unpublished")),
                E.sourceDesc(E.p("Made of what the letters of the edition name.")),
            )
        ),
        E.standOff(*lists),
    )
    lay_out(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
