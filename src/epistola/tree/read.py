"""Read a TEI text element back into a source and its annotations: the inverse of body.

What an editor added (``corr``, ``reg``, ``expan``, ``supplied`` with a ``resp``, an
editorial note) is not the source's and is passed over. An element that the policy
does not know comes back under its own name, so that nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from epistola.model import Annotation, EntryId, Source, Span
from epistola.tree.body import XML
from epistola.tree.policy import INSIDE, POLICY, Form, Policy

LAYOUT = frozenset({"text", "front", "body", "back", "group"})
"""Elements in which TEI allows no words: white space directly in them is layout."""
ADDED = frozenset({"corr", "reg", "expan"})
CERTAINTY: Mapping[str | None, float] = {None: 1.0, "high": 0.9, "medium": 0.8, "low": 0.5}


@dataclass(slots=True)
class _Reading:
    """What has been read so far, local to one call of read_text."""

    policy: Policy
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    found: list[Annotation] = field(default_factory=list)

    def put(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)


def read_text(
    text: etree._Element, policy: Policy = POLICY, name: str = ""
) -> tuple[Source, list[Annotation]]:
    """Return the source that ``text`` holds, and its annotations in document order."""
    reading = _Reading(policy)
    _walk(text, "", reading)
    return Source(name, "".join(reading.pieces)), reading.found


def is_added(element: etree._Element) -> bool:
    """Return whether an editor added ``element``: its words are not the source's."""
    name = etree.QName(element).localname
    return (
        name in ADDED
        or (name == "supplied" and element.get("resp") is not None)
        or (name == "note" and element.get("type") == "editorial")
    )


def _walk(element: etree._Element, parent: str, reading: _Reading) -> None:
    name = etree.QName(element).localname
    start = reading.length
    at = len(reading.found)
    kind = "" if name in LAYOUT else _kind(element, parent, reading.policy)
    if kind == "pageBreak":
        reading.put("\f")
    if name not in LAYOUT:
        reading.put(element.text)
    for child in element:
        if isinstance(child.tag, str) and not is_added(child):
            _walk(child, kind, reading)
        if name not in LAYOUT:
            reading.put(child.tail)
    if kind:
        span = Span(start, reading.length)
        reading.found.insert(at, _annotation(element, kind, parent, span, reading.policy))


def _kind(element: etree._Element, parent: str, policy: Policy) -> str:
    """Return the kind that the policy writes as ``element`` inside ``parent``."""
    for (outer, kind), form in INSIDE.items():
        if outer == parent and _fits(element, form):
            return kind
    if parent == "closer" and etree.QName(element).localname == "salute":
        return "valediction"
    fitting = [kind for kind, form in policy.items() if _fits(element, form)]
    if not fitting:
        return etree.QName(element).localname
    return max(fitting, key=lambda kind: len(policy[kind].fixed))


def _fits(element: etree._Element, form: Form) -> bool:
    return etree.QName(element).localname == form.element and all(
        element.get(name) == value for name, value in form.fixed.items()
    )


def _annotation(
    element: etree._Element, kind: str, parent: str, span: Span, policy: Policy
) -> Annotation:
    form = INSIDE.get((parent, kind)) or policy.get(kind)
    if form is None:
        return Annotation(span, kind, "read", dict(_all_values(element)))
    values = {
        name: value
        for name in form.values
        if (value := element.get(name.replace("xml:", XML))) is not None
    }
    link = element.get(form.link) if form.link else None
    entry = EntryId(link.removeprefix("#")) if link else None
    return Annotation(span, kind, "read", values, entry, CERTAINTY[element.get("cert")])


def _all_values(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name).replace(XML, "xml:"), str(value)) for name, value in element.attrib.items())
