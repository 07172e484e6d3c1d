"""Read a TEI text element back into a source and its annotations: the inverse of body.

The source projection is defined here, once: what an editor added (``corr``, ``reg``,
``expan``, ``supplied`` with a ``resp``, an editorial note) is not the source's and is
passed over; the borders of blocks and ``lb``, ``cb``, ``pb`` count as white space. An
element that the policy does not know comes back under its own name, so that nothing is
lost in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from epistola.model import Annotation, EntryId, Source, Span
from epistola.tree.added import content_of, responsible
from epistola.tree.body import MACHINE, attribute
from epistola.tree.element import TEI, XML
from epistola.tree.policy import INSIDE, POLICY, READINGS, Form, Policy

LAYOUT = frozenset({"TEI", "text", "front", "body", "back", "group"})
"""Elements in which TEI allows no words: white space directly in them is layout."""
BLOCKS = frozenset(
    """
    ab address addrLine argument back body byline closer dateline div docDate docImprint docTitle
    epigraph figure floatingText front group head item l label lg list opener p postmark
    postscript row salute signed sp table text titlePage titlePart trailer
    """.split()
)
"""Elements that begin and end a line of the text."""
BREAKS = frozenset({"cb", "lb", "milestone", "pb"})
ADDED = frozenset({"corr", "reg", "expan"})
"""What an editor sets beside the source's reading (TEI P5, 3.5)."""
CERTAINTY: Mapping[str | None, float] = {"high": 0.9, "medium": 0.8, "low": 0.5, "unknown": 0.5}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a stretch of the source stands in a tree, at ``start`` in the source.

    It is the whole of ``holder``'s ``tail``, if ``tail`` is true, else of its ``text``.
    """

    start: int
    end: int
    holder: etree._Element
    tail: bool


class Place(NamedTuple):
    """An element and what it covers of the text that was read, in code points."""

    element: etree._Element
    span: Span


def is_added(element: etree._Element) -> bool:
    """Return whether an editor added ``element``: its words are not the source's."""
    name = _name(element)
    return (
        name in ADDED
        or (name == "supplied" and bool(element.get("resp")))
        or (name == "note" and element.get("type") == "editorial")
    )


@dataclass(slots=True)
class _Reading:
    """What has been read so far; local to one call."""

    policy: Policy | None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    at_border: bool = False
    found: list[tuple[Annotation, etree._Element]] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    joins: bool = False
    skips: Callable[[etree._Element], bool] = is_added
    places: list[Place] = field(default_factory=list)

    def put_slot(self, holder: etree._Element, *, tail: bool) -> None:
        """Add what ``holder`` has as its tail or text, and note where it stands."""
        text = holder.tail if tail else holder.text
        if text:
            self.put(text)
            self.slots.append(Slot(self.length - len(text), self.length, holder, tail))

    def put(self, text: str | None) -> None:
        """Add ``text``; after the end of a block it is kept apart from what stood there."""
        if text:
            if self.at_border and not text[0].isspace():
                self.separate()
            self.at_border = False
            self.pieces.append(text)
            self.length += len(text)

    @property
    def at_line(self) -> bool:
        """Return whether a line has just ended."""
        return bool(self.pieces) and self.pieces[-1][-1] == "\n"

    def separate(self) -> None:
        """Add a line feed, unless there is white space or nothing before it."""
        if self.pieces and not self.pieces[-1][-1].isspace():
            self.pieces.append("\n")
            self.length += 1
        self.at_border = False


def read_text(
    text: etree._Element, policy: Policy = POLICY, name: str = ""
) -> tuple[Source, list[Annotation]]:
    """Return the source that ``text`` holds, and its annotations in document order."""
    reading = _Reading(policy)
    _walk(text, "", reading)
    return Source(name, "".join(reading.pieces)), [annotation for annotation, _ in reading.found]


def read_elements(
    text: etree._Element, policy: Policy = POLICY, name: str = ""
) -> tuple[Source, list[tuple[Annotation, etree._Element]]]:
    """Return what ``read_text`` does, each annotation with the element that it was read from."""
    reading = _Reading(policy)
    _walk(text, "", reading)
    return Source(name, "".join(reading.pieces)), reading.found


def read_slots(
    text: etree._Element,
    policy: Policy = POLICY,
    name: str = "",
    skips: Callable[[etree._Element], bool] = is_added,
    *,
    joins: bool = True,
) -> tuple[Source, list[Annotation], list[Slot]]:
    """Return what ``read_text`` does, and where in the tree each stretch of the source is.

    A word that goes on over a break (``break="no"``) is one word here, for names to be found,
    unless ``joins`` is false. ``skips`` says which elements are passed over.
    """
    reading = _Reading(policy, joins=joins, skips=skips)
    _walk(text, "", reading)
    found = [annotation for annotation, _ in reading.found]
    return Source(name, "".join(reading.pieces)), found, reading.slots


def read_places(
    text: etree._Element,
    skips: Callable[[etree._Element], bool] = is_added,
    *,
    joins: bool = False,
) -> tuple[str, list[Place]]:
    r"""Return what ``text`` reads, and where each element in it that is read stands.

    Without further arguments that is the projection. ``skips`` says which elements are passed
    over; with ``joins`` a word goes on over a break (``break="no"``). An element comes before
    those in it.

    >>> text, places = read_places(etree.fromstring("<p>I saw <name>Ann</name></p>"))
    >>> [text[place.span.start : place.span.end] for place in places]
    ['I saw Ann', 'Ann']
    """
    reading = _Reading(None, joins=joins, skips=skips)
    _walk(text, "", reading)
    return "".join(reading.pieces), reading.places


def projection(text: etree._Element) -> str:
    r"""Return what the source reads, as a ``text`` element (or any part of one) holds it.

    >>> projection(etree.fromstring("<p>the <choice><sic>teh</sic><corr>the</corr></choice></p>"))
    'the teh'
    """
    reading = _Reading(None)
    _walk(text, "", reading)
    return "".join(reading.pieces)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_layout(element: etree._Element) -> bool:
    """Return whether ``element`` holds no words; ``text`` of another vocabulary, as SVG, does."""
    return str(element.tag).removeprefix(f"{{{TEI}}}") in LAYOUT


def _walk(element: etree._Element, parent: str, reading: _Reading) -> None:
    """Read ``element``, which stands in an annotation of the kind ``parent``."""
    name = _name(element)
    bare = _is_layout(element) or name == "choice"  # its readings say what there is to say
    kind = "" if bare else _kind(element, parent, reading.policy)
    at = len(reading.found)
    if _announces(element):
        reading.separate()
        reading.at_border = True
        return
    joins = reading.joins and element.get("break") == "no"
    if name == "pb" and not joins:
        reading.put("\f")
    elif reading.at_border or name in BLOCKS or (name in BREAKS and not joins):
        reading.separate()
    at_line = name == "lb" and reading.at_line
    start = reading.length - ((name == "pb" and not joins) or at_line)
    place = len(reading.places)
    reading.places.append(Place(element, Span(start, start)))
    _walk_content(element, kind, reading)
    reading.places[place] = Place(element, Span(start, max(start, reading.length)))
    reading.at_border = reading.at_border or name in BLOCKS or (name in BREAKS and not joins)
    if kind and reading.policy:
        span = Span(start, reading.length)
        annotation = _annotation(element, kind, parent, span, reading.policy)
        reading.found.insert(at, (annotation, element))


def _announces(element: etree._Element) -> bool:
    """Return whether ``element`` is the ``pb`` of a number that is printed right behind it."""
    after = element.getnext()
    return (
        _name(element) == "pb"
        and not element.tail
        and after is not None
        and _name(after) == "fw"
        and after.get("n") is not None
    )


def _walk_content(element: etree._Element, kind: str, reading: _Reading) -> None:
    has_words = not _is_layout(element)
    if has_words:
        reading.put_slot(element, tail=False)
    for child in element:
        if isinstance(child.tag, str) and not reading.skips(child):
            _walk(child, kind, reading)
        elif reading.policy and isinstance(child.tag, str) and _name(child) == "note":
            reading.found.append((_remark(child, reading), child))
        if has_words:
            reading.put_slot(child, tail=True)


def _remark(note: etree._Element, reading: _Reading) -> Annotation:
    """Return an editor's note as an annotation of the place where it stands."""
    form = (reading.policy or POLICY)["remark"]
    attributes = {name: value for name in form.values if (value := note.get(name))}
    values = {**attributes, **content_of(note), **responsible(note, MACHINE)}
    return Annotation(Span(reading.length, reading.length), "remark", "read", values)


def _kind(element: etree._Element, parent: str, policy: Policy | None) -> str:
    """Return the kind that the policy writes as ``element`` inside ``parent``."""
    if policy is None:
        return ""
    for (outer, kind), form in INSIDE.items():
        if outer == parent and _fits(element, form):
            return kind
    if parent == "closer" and _name(element) == "salute":
        return "valediction"
    fitting = [kind for kind, form in policy.items() if _fits(element, form)]
    if not fitting:
        return _name(element)
    return max(fitting, key=lambda kind: len(policy[kind].fixed))


def _fits(element: etree._Element, form: Form) -> bool:
    return _name(element) == form.element and all(
        element.get(name) == value for name, value in form.fixed.items()
    )


def _annotation(
    element: etree._Element, kind: str, parent: str, span: Span, policy: Policy
) -> Annotation:
    form = INSIDE.get((parent, kind)) or policy.get(kind)
    if form is None:
        return Annotation(span, kind, "read", dict(_all_values(element)))
    values = {
        name: value for name in form.values if (value := element.get(attribute(name))) is not None
    }
    values |= responsible(element, MACHINE) | _beside(element, kind)
    link = element.get(form.link) if form.link else None
    entry = EntryId(link.removeprefix("#")) if link else None
    return Annotation(span, kind, "read", values, entry, CERTAINTY.get(element.get("cert"), 1.0))


def _beside(element: etree._Element, kind: str) -> dict[str, str]:
    """Return what an editor set beside a reading of the source, and who he is."""
    choice = element.getparent()
    if kind not in READINGS or choice is None or _name(choice) != "choice":
        return {}
    other = next((one for one in choice if _name(one) == READINGS[kind]), None)
    return {} if other is None else {**content_of(other), **responsible(other, MACHINE)}


def _all_values(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name).replace(XML, "xml:"), str(value)) for name, value in element.attrib.items())
