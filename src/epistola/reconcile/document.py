"""The entries of one TEI file, and the file with numbers added to them.

The file is changed by position: outside of what is added, not a byte is touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from epistola.checks.fix import edited
from epistola.checks.positions import Positions
from epistola.model import Edit, Span
from epistola.reconcile.card import Years, number_parent, own_numbers, read_card
from epistola.reconcile.letters import letter_year
from epistola.reconcile.numbers import Number, number
from epistola.reconcile.propose import Subject
from epistola.registers.load import KINDS, XML_ID, T, entries_within, words
from epistola.registers.mint import slug
from epistola.safe import UnreadableError, parse

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MACHINE = "resp-machine"
"""The xml:id of whom the program's inferences are answered by, as in the header of a letter."""
PROPOSED, REVIEWED = "proposal of authority numbers", "review of authority numbers"
LATER = frozenset(
    f"{T}{name}"
    for name in """
    note noteGrp bibl biblStruct biblFull listBibl msDesc ptr ref link linkGrp relatedItem
    citedRange place listPlace event listEvent person personGrp listPerson org listOrg
    listRelation relation object listObject
    """.split()
)
"""What stands after the numbers of an entry, in TEI and in our schema."""


NOWHERE = Path()


class DocumentError(Exception):
    """A file cannot be read or added to: what follows its name, in one sentence with the remedy."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(
            "".join(f"{number}:" for number in (line, column) if number) + f" {message}"
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A TEI file, its entries, and how many more are only copies of a register's."""

    name: str
    raw: bytes
    tree: etree._ElementTree
    positions: Positions
    subjects: tuple[Subject, ...]
    copies: int = 0
    path: Path = NOWHERE

    @property
    def language(self) -> str:
        """Return the language that the file says it is in, or nothing."""
        return str(self.tree.getroot().get(XML_LANG) or "").partition("-")[0]


class Fate(Enum):
    """What becomes of a number: the program proposes it, an editor accepts or refuses it."""

    PROPOSED = auto()
    ACCEPTED = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Change:
    """A number of the entry ``id`` and what becomes of it; a proposal has a certainty."""

    id: str
    number: Number
    fate: Fate = Fate.PROPOSED
    certainty: str = ""


def read_document(raw: bytes, name: str, path: Path = NOWHERE) -> Document:
    """Return the TEI file ``raw`` with its entries.

    Raises DocumentError for what is no well-formed XML, or builds its elements of entities.
    """
    try:
        tree = parse(raw)
        positions = Positions(raw)
        positions.tag(tree.getroot())
    except UnreadableError as error:
        raise DocumentError(error.message, error.line, error.column) from None
    except ValueError:
        raise DocumentError(
            "it has entities that hold elements, so that nothing can be put in its place: write"
            " the elements themselves"
        ) from None
    elements = [one for one in entries_within(tree.getroot()) if KINDS[str(one.tag)] != "term"]
    own = [one for one in elements if one.get("sameAs") is None]
    year = letter_year(tree)
    subjects = tuple(_subject(one, name, positions, Years(year, year)) for one in own)
    return Document(name, raw, tree, positions, subjects, len(elements) - len(own), path)


def _subject(element: etree._Element, name: str, positions: Positions, named_in: Years) -> Subject:
    line, column = positions.of(element)
    return Subject(name, str(element.get(XML_ID)), read_card(element), line, column, named_in)


def changed(document: Document, changes: Iterable[Change], editor: str = "") -> bytes:
    """Return the file with ``changes``; what is accepted is the editor's of that name.

    A number that an entry has already is not added again; one that was proposed becomes the
    editor's when it is accepted, and goes when it is refused. Nothing else is taken away.

    Raises DocumentError where there is no such entry, or no place to name who answers.
    """
    entries = {str(one.get(XML_ID)): one for one in entries_within(document.tree.getroot())}
    wanted: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.id not in entries:
            raise DocumentError(f"it has no entry “{change.id}”: was its xml:id changed?")
        wanted[change.id].append(change)
    person = _editor_id(document, editor)
    edits: list[Edit] = []
    for name, some in wanted.items():
        edits += _entry_edits(document.positions, entries[name], some, person)
    inserted = "".join(edit.text for edit in edits)
    for who, name, did in ((MACHINE, "epistola", PROPOSED), (person, editor, REVIEWED)):
        if who and f"#{who}" in inserted:
            edits += _named(document, who, name, did)
    return _made(document, edits)


def _made(document: Document, edits: Sequence[Edit]) -> bytes:
    decoded = document.positions.decoded
    made = decoded.to_bytes(edited(decoded.text, _joined(edits))) if edits else document.raw
    parse(made)  # what is written can be read
    return made


def _joined(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield ``edits`` with those that insert at one place made one, in their order."""
    inserted: dict[Span, list[str]] = defaultdict(list)
    for edit in edits:
        inserted[edit.span].append(edit.text)
    yield from (Edit(span, "".join(texts)) for span, texts in inserted.items())


# ---- entries


def _entry_edits(
    positions: Positions, entry: etree._Element, changes: Iterable[Change], person: str
) -> Iterator[Edit]:
    kind = KINDS[str(entry.tag)]
    held = {known.identity: one for one in own_numbers(entry, kind) if (known := _read(one))}
    for change in changes:
        there = held.get(change.number.identity)
        is_proposal = there is not None and there.get("cert") is not None
        if there is None and change.fate is not Fate.REFUSED:
            yield _insertion(positions, number_parent(entry, kind), change, person)
        elif there is not None and is_proposal and change.fate is Fate.ACCEPTED:
            yield from _decided(positions, there, person)
        elif there is not None and is_proposal and change.fate is Fate.REFUSED:
            yield _removal(positions, there)


def _read(idno: etree._Element) -> Number | None:
    try:
        return number(words(idno), idno.get("type", ""))
    except ValueError:
        return None


def _insertion(positions: Positions, parent: etree._Element, change: Change, person: str) -> Edit:
    resp = f' resp="#{person}"' if person else ""
    if change.fate is Fate.PROPOSED:
        resp = f' cert="{change.certainty}" resp="#{MACHINE}"'
    name = f"idno type={quoteattr(change.number.authority)}{resp}"
    return _after(positions, parent, _last_before(parent), name, escape(change.number.value))


def _removal(positions: Positions, idno: etree._Element) -> Edit:
    """Return the edit that takes a proposal out, with the white space before it."""
    span = positions.tag(idno).whole
    start = len(positions.text_of_file[: span.start].rstrip())
    return Edit(Span(start, span.end), "")


def _last_before(parent: etree._Element) -> etree._Element | None:
    """Return the child of ``parent`` after which a number goes, none where it goes first."""
    children = list(parent.iterchildren("*"))
    numbers = [one for one in children if one.tag == f"{T}idno"]
    titles = [one for one in children if one.tag == f"{T}title"]
    if numbers:
        return numbers[-1]
    if titles:
        return titles[-1]
    later = next((at for at, one in enumerate(children) if one.tag in LATER), len(children))
    return children[later - 1] if later else None


def _after(
    positions: Positions,
    parent: etree._Element,
    child: etree._Element | None,
    name: str,
    content: str,
) -> Edit:
    """Return the edit that puts an element after ``child``, indented as that is.

    ``name`` has its attributes with it; ``content`` is markup.
    """
    tag = positions.tag(parent)
    if tag.is_empty:
        message = f"<{tag.name}> is empty: write the name first"
        raise DocumentError(message, *positions.of(parent))
    at = tag.start.end if child is None else positions.tag(child).whole.end
    prefix = prefix_of(tag.name)
    indent = _indent(positions, parent, child)
    whole = f"<{prefix}{name}>{content}</{prefix}{name.partition(' ')[0]}>"
    return Edit(Span(at, at), indent + whole)


def prefix_of(name: str) -> str:
    """Return what stands before the local part of a name as it is written: "tei:", or nothing."""
    prefix, colon, _ = name.rpartition(":")
    return prefix + colon


def _indent(positions: Positions, parent: etree._Element, child: etree._Element | None) -> str:
    """Return the white space before ``child``, where there is nothing else."""
    if child is None:
        before = positions.text(parent)
    else:
        previous = child.getprevious()
        before = positions.text(parent) if previous is None else positions.tail(previous)
    text = positions.text_of_file[before.span.start : before.span.end]
    return "" if text.strip() else text


def _decided(positions: Positions, idno: etree._Element, person: str) -> Iterator[Edit]:
    """Yield the edits that make a proposal an editor's own: no ``cert``, and his ``resp``."""
    for attribute in positions.attributes(idno):
        if attribute.name == "cert":
            text = positions.text_of_file
            start = len(text[: attribute.whole.start].rstrip())
            yield Edit(Span(start, attribute.whole.end), "")
        if attribute.name == "resp" and person:
            yield Edit(attribute.value, f"#{person}")


# ---- who answers


def _editor_id(document: Document, editor: str) -> str:
    """Return the xml:id of ``editor``: one of the header that bears the name, else a new one."""
    if not editor:
        return ""
    header = document.tree.find(".//{*}titleStmt")
    known = {str(one.get(XML_ID)): one for one in document.tree.iter("*") if one.get(XML_ID)}
    for one in () if header is None else header.iter("*"):
        name = one.get(XML_ID)
        if name and editor in {words(part) for part in one.iter("*")}:
            return str(name)
    base = f"resp-{slug(editor) or 'editor'}"
    numbered = (f"{base}-{at}" if at > 1 else base for at in range(1, len(known) + 2))
    return next(name for name in numbered if name not in known)


def _named(document: Document, who: str, name: str, did: str) -> Iterator[Edit]:
    """Yield the statement of responsibility that ``#who`` points at, unless it is there."""
    if any(one.get(XML_ID) == who for one in document.tree.iter("*")):
        return
    header = document.tree.find(f".//{T}titleStmt")
    if header is None:
        raise DocumentError(
            "it has no titleStmt in which to name who proposes: give it a teiHeader"
        )
    prefix = prefix_of(document.positions.tag(header).name)
    kind = ' type="software"' if who == MACHINE else ""
    content = (
        f"<{prefix}resp>{escape(did)}</{prefix}resp>"
        f"<{prefix}name{kind}>{escape(name)}</{prefix}name>"
    )
    children = list(header.iterchildren("*"))
    yield _after(
        document.positions,
        header,
        children[-1] if children else None,
        f'respStmt xml:id="{who}"',
        content,
    )
