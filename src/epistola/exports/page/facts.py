"""What is known of a letter, as its header says it: who, whom, when, the source, the rights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from lxml import etree

from epistola.exports.entries import T
from epistola.exports.letters import ExportedLetter, Named
from epistola.exports.page.anchors import ADDRESS, Anchors
from epistola.exports.page.register import citation
from epistola.exports.page.words import CERTAIN, dating_words
from epistola.registers.bibliography.record import read_work
from epistola.registers.load import words
from epistola.shown.markup import H

Node = str | etree._Element  # noqa: SLF001 - lxml names its types so
Said = Sequence[Node]
HEADER = f"{T}teiHeader"
FILE = f"{HEADER}/{T}fileDesc"
SHELF = ("settlement", "repository", "collection", "idno")
"""Where a manuscript is (TEI P5, 10.4)."""


def facts(letter: ExportedLetter, at: Anchors) -> Iterator[etree._Element]:
    """Yield the terms and descriptions of what is known of ``letter``; no term without one."""
    for term, tell in TABLE.items():
        said = [part for part in tell(letter, at) if len(part)]
        if said:
            yield H.dt(term)
            yield from (H.dd(*part) for part in said)


def _named(found: Iterable[Named], at: Anchors) -> Iterator[Said]:
    for one in found:
        name = one.words or (one.entry.name if one.entry else "") or dating_words(one.dating)
        if name:
            yield [_linked(name, at.link(one) if one.entry else ""), *_how_sure(one)]


def _linked(name: str, link: str) -> Node:
    return H.a({"href": link}, name) if link else name


def _how_sure(one: Named) -> Iterator[Node]:
    if one.cert in CERTAIN:
        yield H.span({"class": "sure"}, f" {CERTAIN[one.cert]}")


def _sender(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:
    yield from _named(letter.sender, at)


def _addressee(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:
    yield from _named(letter.addressee, at)


def _date(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:  # noqa: ARG001 - as all
    if letter.date is not None:
        said = dating_words(letter.date.dating) or letter.date.words
        yield [said, *_how_sure(letter.date)] if said else []


def _place(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:
    yield from _named(filter(None, [letter.place]), at)


def _source(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:  # noqa: ARG001 - as all
    for source in letter.root.iterfind(f"{FILE}/{T}sourceDesc/*"):
        if source.tag == f"{T}biblStruct":
            yield [citation(read_work(source))]
        elif source.tag == f"{T}msDesc":
            shelf = (
                words(e) for name in SHELF for e in source.iterfind(f"{T}msIdentifier//{T}{name}")
            )
            yield [", ".join(filter(None, shelf))]
        else:
            yield [words(source)]


def _rights(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:  # noqa: ARG001 - as all
    for one in letter.root.iterfind(f"{FILE}/{T}publicationStmt/{T}availability/*"):
        target = one.get("target", "")
        yield [_linked(words(one) or target, target if ADDRESS.fullmatch(target) else "")]


def _credits(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:  # noqa: ARG001 - as all
    for one in letter.root.iterfind(f"{FILE}/{T}titleStmt/{T}respStmt"):
        parts = list(one.iterchildren(etree.Element))
        roles = ", ".join(words(e) for e in parts if e.tag == f"{T}resp" and words(e))
        names = ", ".join(words(e) for e in parts if e.tag != f"{T}resp" and words(e))
        yield [f"{names}: {roles}" if names and roles else names or roles]
    for editor in letter.root.iterfind(f"{FILE}/{T}titleStmt/{T}editor"):
        yield [f"{words(editor)}: editor"] if words(editor) else []


def _publisher(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:  # noqa: ARG001 - as all
    names = ("publisher", "authority", "distributor")
    found = (e for n in names for e in letter.root.iterfind(f"{FILE}/{T}publicationStmt/{T}{n}"))
    yield from ([words(e)] for e in found)


def _language(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:  # noqa: ARG001 - as all
    used = letter.root.findall(f"{HEADER}/{T}profileDesc/{T}langUsage/{T}language")
    said = [words(e) or str(e.get("ident", "")) for e in used] or [letter.language]
    yield ["; ".join(filter(None, said))]


def _notes(letter: ExportedLetter, at: Anchors) -> Iterator[Said]:  # noqa: ARG001 - as all
    yield from ([words(e)] for e in letter.root.iterfind(f"{FILE}/{T}notesStmt/{T}note"))
    for action in letter.root.iterfind(f"{HEADER}/{T}profileDesc/{T}correspDesc//{T}note"):
        yield [words(action)]


Teller = Callable[[ExportedLetter, Anchors], Iterator[Said]]
TABLE: Mapping[str, Teller] = MappingProxyType(
    {
        "From": _sender,
        "To": _addressee,
        "Date": _date,
        "Place": _place,
        "Language": _language,
        "Source": _source,
        "Notes": _notes,
        "Published by": _publisher,
        "Rights": _rights,
        "Responsible": _credits,
    }
)
"""What is told of a letter, in this order."""
