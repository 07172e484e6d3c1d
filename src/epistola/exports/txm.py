"""Letters as TEI in which every token is a ``w`` or ``pc`` with an id, for TXM and its like.

The tokens are those of ``exports.tokens`` in what the source reads; nothing else of the TEI is
changed, and the text is the same, white space included. A token that an element's border
divides is several elements with ``@part`` (TEI P5, att.fragmentable); ``@join="right"`` says
that the next token follows without a space (att.linguistic).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from epistola.exports import File, FolderFormat
from epistola.exports.entries import XML_ID, T
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, is_passed_over
from epistola.exports.tokens import tokens
from epistola.model import Span
from epistola.tree.element import TEI
from epistola.tree.read import Slot, read_slots

WHOLE = frozenset(
    """
    activity age am authority binaryObject c cRefPattern catDesc certainty channel citeData
    citeStructure classCode code collection constitution constraint conversion creation defaultVal
    depth derivation desc dim domain egXML equiv ex f fDescr factuality figDesc formula fsDescr
    funder g geo height ident idno institution interaction interp langKnown language locale locus m
    mapping measureGrp meeting memberOf metSym model msName oRef outputRendition pRef pc postBox
    postCode precision prefixDef preparedness principal purpose rendition repository resp respons
    series span sponsor string tag tagUsage val valDesc w width witness
    """.split()
)
"""Elements with words in which TEI (tei_all 4.12) allows no ``w``, and ``w`` itself."""
UNFIT = re.compile(r"[^\w.-]", re.ASCII)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Piece(NamedTuple):
    """What of a token stands in one stretch of the text of one element.

    ``part`` is "I", "M" or "F" of one that goes on elsewhere, else "".
    """

    span: Span
    number: int
    part: str
    joins: bool


def write(letters: Letters) -> Iterator[File]:
    """Yield a file of each letter."""
    for letter in letters:
        yield File(f"{letter.name}.xml", [tokenised(letter)])


def write_one(letters: Letters) -> Iterator[str]:
    """Yield the file of a single letter."""
    for letter in letters:
        yield tokenised(letter)


def tokenised(letter: ExportedLetter) -> str:
    """Return the TEI of ``letter`` with its words in tokens."""
    root = deepcopy(letter.root)
    root.tail = None
    body = root.find(f"{T}text")
    if body is not None:
        source, _, slots = read_slots(body, skips=is_passed_over, joins=False)
        spans = tokens(source.text)
        prefix = _prefix(letter.name, root)
        for slot, pieces in _by_slot(spans, [slot for slot in slots if _is_tokenised(slot)]):
            _fill(slot, pieces, source.text, prefix)
    return f"{HEAD}{etree.tostring(root, encoding='unicode')}\n"


def _prefix(name: str, root: etree._Element) -> str:
    """Return what ids of tokens begin with, such that none is taken: "w_letter_"."""
    taken = [str(e.get(XML_ID)) for e in root.iter(etree.Element) if e.get(XML_ID)]
    prefix = f"w_{UNFIT.sub('_', name)}_"
    while any(one.startswith(prefix) for one in taken):
        prefix = f"w{prefix}"
    return prefix


def _is_tokenised(slot: Slot) -> bool:
    element = slot.holder.getparent() if slot.tail else slot.holder
    namespace, _, name = str(element.tag if element is not None else "").rpartition("}")
    return namespace == f"{{{TEI}" and name not in WHOLE and not _is_in_a_token(element)


def _is_in_a_token(element: etree._Element | None) -> bool:
    return element is not None and next(element.iterancestors(f"{T}w", f"{T}pc"), None) is not None


# ---- where tokens stand


def _by_slot(spans: list[Span], slots: list[Slot]) -> Iterator[tuple[Slot, list[Piece]]]:
    """Yield each of ``slots`` with the pieces of tokens in it."""
    first = 0
    for slot in slots:
        while first < len(spans) and spans[first].end <= slot.start:
            first += 1
        pieces: list[Piece] = []
        at = first
        while at < len(spans) and spans[at].start < slot.end:
            pieces.append(_piece(spans, at, slot))
            at += 1
        yield slot, pieces


def _piece(spans: list[Span], at: int, slot: Slot) -> Piece:
    span = spans[at]
    inside = Span(max(span.start, slot.start), min(span.end, slot.end))
    begins, ends = inside.start == span.start, inside.end == span.end
    part = "" if begins and ends else "I" if begins else "F" if ends else "M"
    followed = at + 1 < len(spans) and spans[at + 1].start == span.end
    return Piece(inside, at + 1, part, not ends or followed)


# ---- elements


def _fill(slot: Slot, pieces: list[Piece], text: str, prefix: str) -> None:
    """Put ``pieces`` into elements where ``slot`` is."""
    made = [_element(piece, text, prefix) for piece in pieces]
    if not made:
        return
    ends = [*(piece.span.start for piece in pieces[1:]), slot.end]
    for piece, element, end in zip(pieces, made, ends, strict=True):
        element.tail = text[piece.span.end : end] or None
    lead = text[slot.start : pieces[0].span.start] or None
    if slot.tail:
        slot.holder.tail = None
        for element in reversed(made):
            slot.holder.addnext(element)
        slot.holder.tail = lead
    else:
        slot.holder.text = lead
        slot.holder[:0] = made


def _element(piece: Piece, text: str, prefix: str) -> etree._Element:
    words = text[piece.span.start : piece.span.end]
    is_word = any(character.isalnum() for character in words)
    again = f".{piece.span.start}" if piece.part in {"M", "F"} else ""
    attributes = {XML_ID: f"{prefix}{piece.number}{again}"}
    if piece.part:
        attributes["part"] = piece.part
    if piece.joins:
        attributes["join"] = "right"
    element = etree.Element(f"{T}w" if is_word else f"{T}pc", attributes)
    element.text = words
    return element


FORMAT = FolderFormat(
    write,
    "TEI in tokens, for TXM",
    ".xml",
    keeps="all of the TEI and every character; each word and sign has an id",
    loses="the schema that the file names, as that may not know tokens",
    alone=write_one,
)
