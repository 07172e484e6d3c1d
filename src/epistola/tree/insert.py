"""Put elements around words of a tree that is otherwise left as it is.

A mention becomes an element where it begins and ends between the same two tags, as seen
from the lowest element that holds both its ends: then nothing that was there is split or
moved out of its place. Where a mention begins with the first word of an element, it may
begin before that element's tag, and likewise at the end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from epistola.model import Annotation, Finding, Report, Severity, Source, Span, ignore
from epistola.tree.body import attributes_of
from epistola.tree.element import TEI, E
from epistola.tree.nest import Node, nest
from epistola.tree.policy import POLICY, Policy, form_of
from epistola.tree.read import Slot, is_added

READINGS = frozenset("abbr app choice lem orig rdg sic subst".split())
"""Elements for one reading among several (TEI P5, 3.5, 11.3.1.4): a name stands around all."""
TAGGED = frozenset(
    "addName bibl biblStruct date forename geogName name orgName persName placeName rs surname"
    " term time title".split()
)
"""Elements that say already what their words are."""
NAMES = frozenset("eventName name objectName orgName persName placeName rs term title".split())
"""Names, in which TEI allows others."""
HOLDERS = frozenset(
    "ab add addrLine byline cell closer corr damage dateline del desc distinct emph foreign fw"
    " gloss head hi item l label lem mentioned note opener orig p postmark q quote rdg ref said"
    " salute seg sic signed soCalled stage supplied trailer unclear".split()
)
"""Elements in which TEI allows names and dates (macro.phraseSeq, macro.paraContent and
macro.specialPara; opener and closer have a model of their own that does)."""


def insert(
    source: Source,
    slots: Sequence[Slot],
    mentions: Iterable[Annotation],
    policy: Policy = POLICY,
    report: Report = ignore,
    *,
    beside: bool = False,
) -> list[tuple[Annotation, etree._Element]]:
    """Put ``mentions`` into the tree that ``slots`` are of, in place; return the new elements.

    ``source`` and ``slots`` are as ``read_slots`` gives them. What cannot be put where it
    belongs without touching what is there is reported and left out. Words that are tagged
    already are left as they are, unless ``beside`` is true: then a name may stand in one that
    is there, or around it.
    """
    writing = _Writing(source, list(slots), beside=beside)
    made: list[tuple[Annotation, etree._Element]] = []
    for annotation, outer in _outer_first(nest(source, mentions, policy, report)):
        form = form_of(policy, annotation.kind, outer)
        element = E(form.element, dict(attributes_of(annotation, form)))
        fault = writing.put(annotation.span, element)
        if fault:
            report(_left_out(source, annotation, fault))
        else:
            made.append((annotation, element))
    return made


def _outer_first(nodes: Iterable[Node], outer: str = "") -> Iterator[tuple[Annotation, str]]:
    for node in nodes:
        yield node.annotation, outer
        yield from _outer_first(node.children, node.annotation.kind)


def _left_out(source: Source, annotation: Annotation, why: str) -> Finding:
    shown = " ".join(source[annotation.span].split())
    message = f"{annotation.kind} “{shown}” is left out: {why}"
    return Finding(Severity.INFO, "left-out", message, annotation.span)


# --- places between tags ---------------------------------------------------------------

Place = tuple[etree._Element, int, int]  # noqa: SLF001 - lxml names the type so
"""A place in an element: after so many of its children, and then after so many characters."""


class _Writing:
    """The slots of a tree while elements are put into it; local to one call."""

    def __init__(self, source: Source, slots: list[Slot], *, beside: bool) -> None:
        self.source = source
        self.slots = slots
        self.beside = beside
        self.new: set[etree._Element] = set()

    def put(self, span: Span, element: etree._Element) -> str:
        """Put ``element`` around the words in ``span``; return why not, or nothing."""
        first, last = self._slot(span.start), self._slot(span.end - 1)
        if first is None or last is None:
            return "it begins or ends where an element does"
        starts = list(_before(first, span.start - first.start))
        ends = list(_after(last, span.end - last.start))
        found = _common(starts, ends)
        if found is None:
            return "it crosses the markup that is there"
        start, end = found
        fault = self._fault(start, end)
        if fault:
            return fault
        self._wrap(start, end, element, span)
        return ""

    def _slot(self, offset: int) -> Slot | None:
        at = bisect_right(self.slots, offset, key=lambda slot: slot.start) - 1
        slot = self.slots[at] if at >= 0 else None
        return slot if slot is not None and slot.start <= offset < slot.end else None

    def _fault(self, start: Place, end: Place) -> str:
        parent = start[0]
        around = [parent, *parent.iterancestors()]
        inside = [e for child in _children(parent, start[1], end[1]) for e in child.iter("*")]
        tagged = [e for e in (*around, *inside) if _local(e) in TAGGED and e not in self.new]
        if tagged and not self.beside:
            return f"a <{_local(tagged[0])}> says already what that is"
        holders = HOLDERS | NAMES if self.beside else HOLDERS
        if parent not in self.new and _local(parent) not in holders:
            return f"TEI allows none in a <{_local(parent)}>"
        return ""

    def _wrap(self, start: Place, end: Place, element: etree._Element, span: Span) -> None:
        parent, first, cut = start
        _, last, stop = end
        before = parent if first == 0 else parent[first - 1]
        after = parent if last == 0 else parent[last - 1]
        opening = (before.text if first == 0 else before.tail) or ""
        closing = (after.text if last == 0 else after.tail) or ""
        children = _children(parent, first, last)
        _set(before, opening[:cut], tail=first > 0)
        if first == last:
            element.text = opening[cut:stop] or None
            rest = opening[stop:]
        else:
            element.text = opening[cut:] or None
            rest = closing[stop:]
            element.extend(children)
            element[-1].tail = closing[:stop] or None
        parent.insert(first, element)
        element.tail = rest or None
        self.new.add(element)
        self._moved(span, before, after, element, (first > 0, last > 0))

    def _moved(
        self,
        span: Span,
        before: etree._Element,
        after: etree._Element,
        element: etree._Element,
        tails: tuple[bool, bool],
    ) -> None:
        """Say anew where the words around the borders of ``span`` stand."""
        low = bisect_right(self.slots, span.start, key=lambda slot: slot.end)
        high = bisect_left(self.slots, span.end, lo=low, key=lambda slot: slot.start)
        moved: list[Slot] = []
        for slot in self.slots[low:high]:
            moved.extend(_cut(slot, span, (before, tails[0]), (after, tails[1]), element))
        # What stands right behind an element that is wrapped is the tail of the new one.
        for slot in self.slots[high : high + 1]:
            same = (slot.holder, slot.tail) == (after, tails[1])
            moved.append(Slot(slot.start, slot.end, element, tail=True) if same else slot)
        self.slots[low : high + 1] = moved


def _cut(
    slot: Slot,
    span: Span,
    before: tuple[etree._Element, bool],
    after: tuple[etree._Element, bool],
    element: etree._Element,
) -> Iterator[Slot]:
    """Yield the stretches into which the borders of ``span`` cut ``slot``."""
    here = (slot.holder, slot.tail)
    opens, closes = here == before, here == after
    if not (opens or closes):
        yield slot
        return
    if opens and slot.start < span.start:
        yield Slot(slot.start, span.start, slot.holder, slot.tail)
    inner = Slot(max(slot.start, span.start), min(slot.end, span.end), slot.holder, slot.tail)
    yield Slot(inner.start, inner.end, element, tail=False) if opens else inner
    if closes and slot.end > span.end:
        yield Slot(span.end, slot.end, element, tail=True)


def _children(parent: etree._Element, first: int, last: int) -> list[etree._Element]:
    """Return some children of an element that may have very many."""
    return [parent[at] for at in range(first, last)]


def _set(holder: etree._Element, text: str, *, tail: bool) -> None:
    if tail:
        holder.tail = text or None
    else:
        holder.text = text or None


def _local(element: etree._Element) -> str:
    return str(element.tag).removeprefix(f"{{{TEI}}}")


def _before(slot: Slot, offset: int) -> Iterator[Place]:
    """Yield the places at which what begins at ``offset`` in ``slot`` may begin, inner first."""
    parent = slot.holder.getparent() if slot.tail else slot.holder
    if parent is None:
        return
    index = parent.index(slot.holder) + 1 if slot.tail else 0
    yield parent, index, offset
    while offset == 0 or _blank_reading(parent, index, offset):
        if not _nothing_before(parent, index):
            return
        outer = parent.getparent()
        if outer is None:
            return
        index = outer.index(parent)
        words = (outer.text if index == 0 else outer[index - 1].tail) or ""
        parent, offset = outer, len(words)
        yield parent, index, offset
        if words and not _blank_reading(parent, index, offset):
            return


def _after(slot: Slot, offset: int) -> Iterator[Place]:
    """Yield the places at which what ends at ``offset`` in ``slot`` may end, inner first."""
    parent = slot.holder.getparent() if slot.tail else slot.holder
    if parent is None:
        return
    index = parent.index(slot.holder) + 1 if slot.tail else 0
    words = (slot.holder.tail if slot.tail else slot.holder.text) or ""
    yield parent, index, offset
    while offset == len(words) or (_local(parent) in READINGS and not words[offset:].strip()):
        if not _nothing_after(parent, index):
            return
        outer = parent.getparent()
        if outer is None:
            return
        index = outer.index(parent) + 1
        words = parent.tail or ""
        parent, offset = outer, 0
        yield parent, index, offset


def _blank_reading(parent: etree._Element, index: int, offset: int) -> bool:
    """Return whether only white space between readings stands before a place."""
    words = (parent.text if index == 0 else parent[index - 1].tail) or ""
    return _local(parent) in READINGS and not words[:offset].strip()


def _nothing_before(parent: etree._Element, index: int) -> bool:
    """Return whether no words of the source stand before the words before child ``index``."""
    words = (
        [] if index == 0 else [parent.text, *(child.tail for child in list(parent)[: index - 1])]
    )
    return _hold_nothing(parent, list(parent)[:index], words)


def _nothing_after(parent: etree._Element, index: int) -> bool:
    """Return whether no words of the source stand in or after the child ``index``."""
    return _hold_nothing(
        parent, list(parent)[index:], [child.tail for child in list(parent)[index:]]
    )


def _hold_nothing(
    parent: etree._Element, children: Iterable[etree._Element], words: Iterable[str | None]
) -> bool:
    """Return whether neither ``children`` nor the ``words`` between them are the source's."""
    said = "".join(word or "" for word in words)
    if any(isinstance(child.tag, str) and not is_added(child) for child in children):
        return False
    return not (said.strip() if _local(parent) in READINGS else said)


def _common(starts: Sequence[Place], ends: Sequence[Place]) -> tuple[Place, Place] | None:
    """Return a start and an end in the content of one element, the lowest that may hold both."""
    pairs = [(s, e) for s in starts for e in ends if s[0] is e[0]]
    outside = [pair for pair in pairs if _local(pair[0][0]) not in READINGS]
    return next(iter(outside or pairs), None)
