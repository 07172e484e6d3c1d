"""Add mentions, links and registers to a TEI file that somebody structured by hand.

What was there stays: every element, attribute, comment and processing instruction, in its
place, and every character of the text. Taken out again, what is added leaves the tree that
was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from lxml import etree

from epistola.checks.document import Demands, check_document
from epistola.checks.records import admissible
from epistola.checks.relaxng import check_schema
from epistola.checks.rules import check_pointers
from epistola.checks.schemas import SchemaError
from epistola.checks.wording import check_wording
from epistola.edition import Edition
from epistola.language import codes
from epistola.mentions.settle import KINDS
from epistola.model import Annotation, Entry, EntryId, Finding, Report, Severity, Source
from epistola.pipeline import recognised
from epistola.registers.load import entries_within, read_entry
from epistola.registers.register import Register
from epistola.registers.resolve import Resolution
from epistola.safe import UnreadableError, parse
from epistola.text.opened import Opened
from epistola.text.read import ReadError
from epistola.tree.body import MACHINE
from epistola.tree.element import TEI, XML, E
from epistola.tree.header import CALENDARS
from epistola.tree.insert import insert
from epistola.tree.policy import POLICY
from epistola.tree.read import Slot, projection, read_slots
from epistola.tree.standoff import build_standoff

NAMED = frozenset(KINDS) - {"quote", "speech", "mentioned", "soCalled"}
"""The mentions that are added; quotations belong to the structure, which is the editor's."""


@dataclass(frozen=True, slots=True)
class Enriched:
    """A TEI file with what was added: ``wrapped`` around its words, ``added`` besides them.

    A finding of severity ``error`` means that it must not be written.
    """

    source: Source
    tree: etree._ElementTree
    wrapped: tuple[etree._Element, ...]
    added: tuple[etree._Element, ...]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Return whether nothing is wrong with what was added."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    def to_bytes(self) -> bytes:
        """Return the document as UTF-8 bytes with what stood around its root, a line each."""
        return written(self.tree)


def written(tree: etree._ElementTree) -> bytes:
    """Return ``tree`` as UTF-8 bytes with what stood around its root, a line each."""
    if tree.docinfo.internalDTD is not None:
        return etree.tostring(tree, encoding="UTF-8", xml_declaration=True) + b"\n"
    root = tree.getroot()
    parts = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    lines = [etree.tostring(part, encoding="UTF-8", with_tail=False) for part in parts]
    return b"\n".join([b'<?xml version="1.0" encoding="UTF-8"?>', *lines, b""])


def enrich(
    raw: bytes,
    *,
    edition: Edition | None = None,
    language: str | None = None,
    file: Path | None = None,
) -> Enriched:
    """Return the TEI document ``raw`` with mentions, links and registers added, checked.

    ``language`` is the language of the letter, else what the file says in ``xml:lang``, else
    the edition's; ``file`` is where it was read from, for the schema that it names.

    Raises ReadError for what is no TEI document with one text.
    """
    edition = edition or Edition()
    findings: list[Finding] = []
    text = _text(_parsed(raw))
    source, found, _ = read_slots(text, name=file.stem if file else "letter")
    if not source.text.strip():
        raise ReadError("there is no text in it")
    structure = tuple(a for a in found if a.kind in POLICY and a.kind not in KINDS)
    own = tuple(read_entry(element) for element in entries_within(text.getroottree().getroot()))
    edition = replace(edition, register=_register(own, edition))
    opened = Opened(source, structure=structure)
    known = recognised(opened, edition, language or _language(text, edition), findings.append).known
    known = _renamed(known, own, _ids(text))
    known = replace(known, entries=admissible(known.entries, findings.append))
    given = _Given(raw, file, own, edition.registers, tuple(faults_of(raw, file)))
    made = _fitting(given, known, findings.append)
    findings += check_wording(_text(made.tree), Source(source.name, projection(text)))
    findings += [*_told(given.faults), *_new(given, made), *_dangling(raw, made.tree)]
    return replace(made, source=source, findings=tuple(findings))


@dataclass(frozen=True, slots=True)
class _Given:
    """The document as it was given: its own entries, and what its schema has against it.

    ``registers`` is the folder of the edition's registers, as a letter points to it.
    """

    raw: bytes
    file: Path | None
    own: tuple[Entry, ...]
    registers: str
    faults: tuple[Finding, ...]


# --- the file that was given -----------------------------------------------------------


def _parsed(raw: bytes) -> etree._ElementTree:
    try:
        return parse(raw)
    except UnreadableError as error:
        raise ReadError(error.message, None, error.line, error.column) from None


def _text(tree: etree._ElementTree) -> etree._Element:
    """Return the one text of a TEI document; raises ReadError where there is none."""
    root = tree.getroot()
    if root.tag != f"{{{TEI}}}TEI":
        called = etree.QName(root).localname
        raise ReadError(f"this is XML, but no TEI P5 document: its outermost element is <{called}>")
    text = root.find(f"{{{TEI}}}text")
    if text is None:
        raise ReadError("this TEI document has no <text>: there is nothing to encode in it")
    return text


def _language(text: etree._Element, edition: Edition) -> str:
    """Return the language that the nearest ``xml:lang`` gives, if its words are known."""
    for element in (text, *text.iterancestors()):
        code = (element.get(f"{XML}lang") or "").split("-")[0]
        if code in codes():
            return code
    return edition.language


def _register(own: Sequence[Entry], edition: Edition) -> Register:
    """Return the edition's register with the entries that the document has itself."""
    ids = {entry.id for entry in own}
    others = tuple(entry for entry in edition.register if entry.id not in ids)
    return Register((*own, *others)) if own else edition.register


def _ids(text: etree._Element) -> frozenset[str]:
    root = text.getroottree().getroot()
    return frozenset(str(e.get(f"{XML}id")) for e in root.iter("*") if e.get(f"{XML}id"))


def _renamed(known: Resolution, own: Sequence[Entry], taken: Collection[str]) -> Resolution:
    """Return ``known`` such that no new entry has an id that the document has already."""
    theirs = {entry.id for entry in own}
    used = {*taken, *(str(entry.id) for entry in known.entries)}
    to: dict[EntryId, EntryId] = {}
    for entry in known.entries:
        if entry.id in taken and entry.id not in theirs:
            name = next(n for n in (f"{entry.id}-{i}" for i in count(2)) if n not in used)
            to[entry.id] = EntryId(name)
            used.add(name)
    if not to:
        return known
    return Resolution(
        tuple(
            replace(a, entry=to.get(a.entry, a.entry)) if a.entry else a for a in known.annotations
        ),
        tuple(_with_ids(entry, to) for entry in known.entries),
    )


def _with_ids(entry: Entry, to: dict[EntryId, EntryId]) -> Entry:
    """Return ``entry`` with ids renamed; a renamed one of a register is no copy of it any more."""
    values = {k: str(to.get(EntryId(v), v)) for k, v in entry.values.items()}
    if entry.id not in to:
        return replace(entry, values=values)
    return replace(entry, id=to[entry.id], values=values, record="", home="")


# --- what is added ---------------------------------------------------------------------


def _fitting(given: _Given, known: Resolution, report: Report) -> Enriched:
    """Return the document with as many mentions as its schema allows.

    Where all together make new faults, kinds of element in kinds of element are tried one
    after another, and those that make one are left out.
    """
    mentions = [a for a in known.annotations if a.kind in NAMED]
    said: list[Finding] = []
    made = _added(given, mentions, known.entries, said.append)
    if not _new(given, made):
        _tell(said, report)
        return made
    kept: list[Annotation] = []
    for group in _groups(given.raw, mentions):
        tried = _added(given, [*kept, *group], known.entries, _silent)
        if _new(given, tried):
            _tell((_refused(made.source, a) for a in group), report)
        else:
            kept.extend(group)
    return _added(given, kept, known.entries, report)


def _silent(_: Finding) -> None:
    """Say nothing of a trial."""


def _tell(findings: Iterable[Finding], report: Report) -> None:
    for finding in findings:
        report(finding)


def _groups(raw: bytes, mentions: Sequence[Annotation]) -> list[list[Annotation]]:
    """Return ``mentions`` by their kind and the element that they would stand in."""
    tree = _parsed(raw)
    _, _, slots = read_slots(_text(tree))
    groups: dict[tuple[str, str], list[Annotation]] = {}
    for a in mentions:
        groups.setdefault((_holder(slots, a), a.kind), []).append(a)
    return [groups[key] for key in sorted(groups)]


def _holder(slots: Sequence[Slot], mention: Annotation) -> str:
    slot = next((s for s in slots if s.start <= mention.span.start < s.end), None)
    if slot is None:
        return ""
    holder = slot.holder.getparent() if slot.tail else slot.holder
    return str(holder.tag) if holder is not None else ""


def _refused(source: Source, a: Annotation) -> Finding:
    shown = " ".join(source[a.span].split())
    message = f"{a.kind} “{shown}” is left out: the schema of the file allows none there"
    return Finding(Severity.INFO, "left-out", message, a.span)


def _added(
    given: _Given, mentions: Sequence[Annotation], entries: Sequence[Entry], report: Report
) -> Enriched:
    """Return the document with ``mentions`` and with the entries that they need."""
    tree = _parsed(given.raw)
    text = _text(tree)
    source, _, slots = read_slots(text)
    made = insert(source, slots, mentions, report=report)
    elements = [element for _, element in made]
    added = _registers(text, _needed(entries, made), given)
    added += [*_responsible(text, [*elements, *added]), *_calendars(text, elements)]
    return Enriched(source, tree, tuple(elements), tuple(added), ())


def _needed(
    entries: Sequence[Entry], made: Sequence[tuple[Annotation, etree._Element]]
) -> list[Entry]:
    """Return the entries that mentions or other such entries point to."""
    by_id = {entry.id: entry for entry in entries}
    wanted = [a.entry for a, _ in made if a.entry]
    needed: dict[EntryId, Entry] = {}
    while wanted:
        entry = by_id.get(wanted.pop())
        if entry is not None and entry.id not in needed:
            needed[entry.id] = entry
            wanted += [EntryId(v) for v in entry.values.values() if EntryId(v) in by_id]
            wanted += [other for other in by_id if f'"#{other}"' in entry.record]
    return [entry for entry in entries if entry.id in needed]


def _registers(
    text: etree._Element, entries: Sequence[Entry], given: _Given
) -> list[etree._Element]:
    """Add the entries that the document has not got, and return the new elements."""
    theirs = {entry.id for entry in given.own}
    made = build_standoff([e for e in entries if e.id not in theirs], given.registers)
    root = text.getparent()
    if made is None or root is None:
        return []
    standoff = root.find(f"{{{TEI}}}standOff")
    if standoff is not None:
        lists = list(made)
        standoff.extend(lists)
        return lists
    made.tail = "\n"
    header = root.find(f"{{{TEI}}}teiHeader")
    root.insert(0 if header is None else root.index(header) + 1, made)
    return [made]


def _responsible(text: etree._Element, elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Name the program in the header, where what was added points to it and nothing is there."""
    root = text.getparent()
    title = None if root is None else root.find(f".//{{{TEI}}}titleStmt")
    asked = any(MACHINE in str(e.get("resp", "")) for made in elements for e in made.iter("*"))
    if title is None or not asked or MACHINE.removeprefix("#") in _ids(text):
        return []
    statement = E.respStmt(
        {f"{XML}id": MACHINE.removeprefix("#")},
        E.resp("automatic tagging and linking"),
        E.name({"type": "software"}, "epistola"),
    )
    title.append(statement)
    return [statement]


def _calendars(
    text: etree._Element, elements: Iterable[etree._Element]
) -> Iterator[etree._Element]:
    """Describe the calendars that new dates point to in the header, where it does not yet."""
    asked = {name for e in elements for name in str(e.get("calendar", "")).split()}
    missing = sorted(name for name in asked if name.removeprefix("#") not in _ids(text))
    root = text.getparent()
    header = None if root is None else root.find(f"{{{TEI}}}teiHeader")
    if not missing or header is None:
        return
    profile = header.find(f"{{{TEI}}}profileDesc")
    described = None if profile is None else profile.find(f"{{{TEI}}}calendarDesc")
    calendars = [
        E.calendar({f"{XML}id": name.removeprefix("#")}, E.p(CALENDARS.get(name, name)))
        for name in missing
    ]
    if described is not None:
        described.extend(calendars)
        yield from calendars
    elif profile is not None:
        profile.append(made := E.calendarDesc(*calendars))
        yield made
    else:
        made = E.profileDesc(E.calendarDesc(*calendars))
        revisions = header.find(f"{{{TEI}}}revisionDesc")
        header.insert(len(header) if revisions is None else header.index(revisions), made)
        yield made


# --- what is wrong ---------------------------------------------------------------------


def faults_of(raw: bytes, file: Path | None) -> list[Finding]:
    """Return what a document's schema has against it, or the one that ships if that is not here."""
    try:
        found = check_document(raw, Demands(rules=False), file)
    except SchemaError:
        found = check_schema(raw)
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _new(given: _Given, made: Enriched) -> list[Finding]:
    """Return the faults of ``made`` that the document given has not got."""
    return new_among(faults_of(made.to_bytes(), given.file), given.faults)


def new_among(faults: Iterable[Finding], before: Iterable[Finding]) -> list[Finding]:
    """Return those of ``faults`` that are not told ``before``."""
    left = Counter(fault.message for fault in before)
    new = []
    for fault in faults:
        if left[fault.message]:
            left[fault.message] -= 1
        else:
            new.append(fault)
    return new


def _told(faults: Sequence[Finding]) -> list[Finding]:
    """Return what is to be said of a document that was not valid when it was given."""
    if not faults:
        return []
    message = (
        "by the schema that it is checked with, the file given has faults, and so has this, but"
        f" no new ones: {faults[0].message}"
    )
    if len(faults) > 1:
        message += f" ({len(faults)} faults; “epistola check” shows them all)"
    return [Finding(Severity.WARNING, "given-invalid", message, line=faults[0].line)]


def _dangling(raw: bytes, tree: etree._ElementTree) -> list[Finding]:
    """Return the pointers that lead nowhere, but for those that were given."""
    before = {f.message for f in check_pointers(_parsed(raw))}
    return [f for f in check_pointers(tree) if f.message not in before]
