"""Read a letter of a gold edition: the text an encoder is given, and the names tagged in it.

Anyone's TEI will do. What an editor wrote about the text (notes, the header, what was
struck out, gaps) is not read; of a ``choice`` the reading that an editor would print is
taken, of an ``app`` the lemma (TEI P5, 3.5 and 13.1). White space is one space, but a line
is kept apart by a line feed and a block by two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from epistola.evaluate.words import words_of
from epistola.model import Finding, Report, Severity, Span, ignore
from epistola.safe import MalformedError, UnreadableError, parse
from epistola.text.read import ReadError, read_bytes
from epistola.tree.element import XML

LINES = frozenset("address addrLine dateline salute signed".split())
"""Blocks that take a line for themselves; all other blocks have an empty one around them."""
BLOCKS = LINES | frozenset(
    """
    ab argument back body byline closer dateline div docDate docImprint docTitle epigraph figure
    floatingText front group head item l label letter lg list opener p postmark postscript row
    sp table text titlePage titlePart trailer
    """.split()
)
BREAKS = frozenset("cb lb milestone pb".split())
UNREAD = frozenset(
    """
    certainty del facsimile figDesc fw gap index interpGrp listBibl listPerson listPlace metamark
    note noteGrp respons spanGrp standOff teiHeader
    """.split()
)
"""Elements whose words are not the letter's."""
UNREAD_DIVISIONS = frozenset("envelope notes original".split())
READINGS: Mapping[str, int] = MappingProxyType({"reg": 2, "corr": 2, "expan": 2, "am": 0})
"""Which child of a ``choice`` is read: that with the highest number, the first of those."""
OTHER_READING = 1

KIND_OF: Mapping[str, str] = MappingProxyType(
    {"persName": "person", "orgName": "org", "date": "date", "title": "title"}
    | {"eventName": "event", "bibl": "reference"}
    | dict.fromkeys("bloc country district geogName placeName region settlement".split(), "place")
)
"""Element -> the kind of mention that it marks."""
KIND_OF_TYPE: Mapping[str, str] = MappingProxyType(
    dict.fromkeys("forename people pers persname person persons surname".split(), "person")
    | dict.fromkeys("city country geo geog place placename places settlement".split(), "place")
    | dict.fromkeys("corporate corporatebody institution org orgs".split(), "org")
    | dict.fromkeys("organisation organization".split(), "org")
    | dict.fromkeys("bibl lit lit_work title work works".split(), "title")
)
"""``@type`` of ``name`` and ``rs`` in small letters -> the kind of mention that it marks."""

OUTSIDE = re.compile(rb"(<!ENTITY\s+[\w.:-]+\s+)(?:SYSTEM|PUBLIC)\b[^<>]*>")
"""The declaration of an entity that is in another file."""
BEFORE = re.compile(rb"\s+(?=<\?xml\s)")
"""White space where none may be: before the XML declaration."""


class GoldError(ValueError):
    """A gold file that cannot be read, in one sentence; ``line`` and ``column`` from one, or 0."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: where, what kind, and what is said of it.

    ``ref`` is the entry it is linked to, ``level`` a title's. ``rule`` and ``certainty``
    are those of a mention that the program made.
    """

    span: Span
    kind: str
    ref: str = ""
    level: str = ""
    rule: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Gold:
    """A letter of a gold edition: its text, and the mentions tagged in it, as they are tagged.

    Spans are code points of ``text``, which ends with a line feed. A mention's span is that
    of its element; what of it is counted, ``counted.counted`` says.
    """

    name: str
    text: str
    mentions: tuple[Mention, ...]


def read_gold(path: Path, languages: frozenset[str], report: Report = ignore) -> Gold:
    """Return the letter in the TEI file ``path``, its mentions in the order of the text.

    A block that says (``xml:lang``) that it is in a language not among ``languages``, codes
    such as "en", is passed over; one that does not say is read. The text is that of all
    ``body`` elements, or ``text`` where there is none. A file that is not well-formed is
    read as far as it can be made out, and reported.

    Raises GoldError for a file that is not there, is not safe to read, or holds no letter.
    """
    reading = _Reading(languages)
    for top in _tops(_parsed(path, report)):
        _walk(top, reading)
        reading.separate(2)
    text = "".join(reading.pieces).rstrip()
    mentions = (_within(mention, len(text)) for mention in reading.found)
    return Gold(path.stem, f"{text}\n", tuple(sorted(mentions, key=_text_order)))


def _parsed(path: Path, report: Report) -> etree._Element:
    """Return the root of a file; what it would take from another file is nothing."""
    try:
        raw = read_bytes(path)
    except ReadError as error:
        raise GoldError(str(error)) from None
    before = BEFORE.match(raw)
    skipped = before.end() if before else 0
    own = OUTSIDE.sub(rb'\1"">', raw[skipped:])
    try:
        return _made_out(own, skipped_lines=raw[:skipped].count(b"\n"), report=report)
    except UnreadableError as error:
        raise GoldError(error.message, error.line, error.column) from None


def _made_out(raw: bytes, *, skipped_lines: int, report: Report) -> etree._Element:
    """Return the root of ``raw``, well-formed or not; the latter is reported."""
    try:
        return parse(raw).getroot()
    except MalformedError as error:
        root = parse(raw, recover=True).getroot()
        message = f"{error.message}; it is read as far as it can be made out"
        line = error.line + skipped_lines
        report(Finding(Severity.WARNING, "gold", message, line=line, column=error.column))
        return root


def _tops(root: etree._Element) -> list[etree._Element]:
    """Return the outermost bodies of ``root``, in order."""
    bodies = list(root.iter("{*}body")) or list(root.iter("{*}text"))
    if not bodies:
        raise GoldError("there is no letter in it: a gold edition has its text in <body>")
    every = set(bodies)
    return [top for top in bodies if every.isdisjoint(top.iterancestors())]


@dataclass(slots=True)
class _Reading:
    """What has been read so far; local to one call."""

    languages: frozenset[str]
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    newlines: int = 0
    at_space: bool = True
    found: list[Mention] = field(default_factory=list)

    def put(self, text: str | None) -> None:
        """Add ``text``, each stretch of white space in it as one space."""
        for part in PARTS.findall(text or ""):
            if not part.isspace():
                self._add(part)
                self.newlines = 0
            elif not self.at_space:
                self._add(" ")
            self.at_space = part.isspace()

    def separate(self, newlines: int) -> None:
        """End the line, with at least so many line feeds, unless nothing stands before it."""
        if not self.length:
            return
        if self.pieces[-1] == " ":
            self.pieces.pop()
            self.length -= 1
        missing = newlines - self.newlines
        if missing > 0:
            self._add("\n" * missing)
            self.newlines = newlines
        self.at_space = True

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def since(self, start: int) -> str:
        """Return what has been read from ``start`` on."""
        taken: list[str] = []
        left = self.length - start
        for piece in reversed(self.pieces):
            if left <= 0:
                break
            taken.append(piece)
            left -= len(piece)
        return "".join(reversed(taken))[max(-left, 0) :]


PARTS = re.compile(r"\s+|\S+")


def _walk(element: etree._Element, reading: _Reading) -> None:
    name = _name(element)
    if not name or _is_unread(element, name, reading.languages):
        return
    if name in BREAKS:
        if element.get("break") != "no":
            reading.separate(1)
        return
    chosen = _chosen(element, name)
    if chosen is not None:
        _walk(chosen, reading)
        return
    blank = 0 if name not in BLOCKS else 1 if name in LINES else 2
    if blank:
        reading.separate(blank)
    start = reading.length
    _walk_content(element, reading)
    _note(element, name, start, reading)
    if blank:
        reading.separate(blank)


def _walk_content(element: etree._Element, reading: _Reading) -> None:
    reading.put(element.text)
    for child in element:
        _walk(child, reading)
        reading.put(child.tail)


def _note(element: etree._Element, name: str, start: int, reading: _Reading) -> None:
    """Keep what ``element`` marks, if it marks a mention."""
    kind = kind_named(name, element.get("type") or "")
    if not kind or (name == "rs" and not is_name(reading.since(start), reading.languages)):
        return
    ref = element.get("ref") or element.get("key") or element.get("corresp") or ""
    level = element.get("level") or "" if kind == "title" else ""
    reading.found.append(Mention(Span(start, reading.length), kind, ref, level))


def kind_named(element: str, type_: str = "") -> str:
    """Return the kind of mention that an element of that name and ``@type`` marks, or "".

    >>> kind_named("settlement"), kind_named("name", "Pers"), kind_named("hi")
    ('place', 'person', '')
    """
    if element in {"name", "rs"}:
        return KIND_OF_TYPE.get(type_.lower(), "")
    return KIND_OF.get(element, "")


def is_name(words: str, languages: frozenset[str]) -> bool:
    """Return whether ``words`` begin with a capital, after quotation marks and an article.

    What ``rs`` marks is a name only then.

    >>> is_name("the “Old Soldier”", frozenset({"en"})), is_name("my uncle", frozenset({"en"}))
    (True, False)
    """
    lead = words_of(languages).lead.match(words)
    return words[lead.end() if lead else 0 :][:1].isupper()


def _name(element: etree._Element) -> str:
    """Return the local name of an element, or "" for a comment or an instruction."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _is_unread(element: etree._Element, name: str, languages: Iterable[str]) -> bool:
    if name in UNREAD or (name == "div" and element.get("type") in UNREAD_DIVISIONS):
        return True
    language = element.get(f"{XML}lang")
    return bool(language) and name in BLOCKS and str(language)[:2].lower() not in languages


def _chosen(element: etree._Element, name: str) -> etree._Element | None:
    """Return the one reading of ``element`` that is read, or none if it offers no choice."""
    if name not in {"app", "choice"}:
        return None
    readings = [child for child in element if _name(child)]
    if name == "app":
        lemmas = [child for child in readings if _name(child) == "lem"]
        return next(iter([*lemmas, *readings]), None)
    rank = {id(child): READINGS.get(_name(child), OTHER_READING) for child in readings}
    return max(readings, key=lambda child: rank[id(child)], default=None)


def _within(mention: Mention, end: int) -> Mention:
    """Return ``mention`` with a span that ends with the text."""
    span = Span(min(mention.span.start, end), min(mention.span.end, end))
    return Mention(span, mention.kind, mention.ref, mention.level)


def _text_order(mention: Mention) -> tuple[int, int, str]:
    return mention.span.start, -mention.span.end, mention.kind
