"""Edits that mend a fault: tried one after the other, each proved on the element around it.

A fix never changes what the text reads. Where only a change of order would help, and the
order is that of words of the text, it is proposed last, and ``fix.is_safe`` says no to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from epistola.checks.explain.faults import Fault, Judge, wrappers
from epistola.checks.explain.nodes import Node, Words, read_node
from epistola.checks.explain.skeleton import attribute_name, attribute_value, element_name, skeleton
from epistola.checks.explain.spelling import slip
from epistola.checks.explain.values import listed
from epistola.checks.explain.words import likely, likely_values, value_of
from epistola.checks.fix import OverlapError, edited, squeezed
from epistola.checks.patterns import Element, local, namespace_of
from epistola.checks.positions import Positions, Tag
from epistola.model import Edit, Span
from epistola.tree.read import projection

Fix = tuple[Edit, ...]

TRIES = 4
"""How many elements are tried where any of several might do."""
SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Mender:
    """Proposes fixes for the faults of one file."""

    judge: Judge
    positions: Positions
    counts: dict[Node, int] = field(default_factory=dict)

    def fix(self, fault: Fault) -> Fix:
        """Return the edits that mend ``fault``; none where nothing does."""
        unsafe: Fix = ()
        for edits in self.candidates(fault):
            mended, safe = self._proved(fault, edits)
            if mended and safe:
                return edits
            if mended and not unsafe and fault.code == "order":
                unsafe = edits
        return unsafe

    # ---- what to try

    def candidates(self, fault: Fault) -> Iterator[Fix]:
        """Yield what might mend ``fault``, the best first."""
        match fault.code:
            case "unknown-element":
                yield from self._unknown(fault)
            case "misplaced-element" | "order":
                yield from self._misplaced(fault)
            case "namespace":
                yield from self._namespace(fault)
            case "stray-text":
                yield from self._stray(fault)
            case "missing-child":
                yield from self._missing_child(fault)
            case "unknown-attribute" | "excluded-attribute":
                yield from self._attribute(fault)
            case "missing-attribute":
                yield from self._missing_attribute(fault)
            case "bad-value" | "bad-date":
                yield from self._value(fault)

    def _unknown(self, fault: Fault) -> Iterator[Fix]:
        names = likely(fault, self.judge)
        if fault.meant:
            yield self._renamed(fault.node, fault.meant)
        yield self._unwrapped(fault.node)
        yield from self._wrapped(fault)
        for name in names[:TRIES]:
            yield self._renamed(fault.node, name)
        yield self._bare(fault.node)

    def _misplaced(self, fault: Fault) -> Iterator[Fix]:
        if fault.goal is not None:
            yield self._moved(fault)
        yield self._unwrapped(fault.node)
        yield from self._wrapped(fault)
        yield self._bare(fault.node)
        yield from self._bare_and_wrapped(fault)
        for name in likely(fault, self.judge)[:TRIES]:
            yield self._renamed(fault.node, name)
        if not fault.node.has_words:
            yield (Edit(self._tag(fault.node).whole, ""),)

    def _stray(self, fault: Fault) -> Iterator[Fix]:
        yield from self._wrapped(fault)
        yield from self._moved_out(fault)
        yield from self._moved_in(fault)

    def _attribute(self, fault: Fault) -> Iterator[Fix]:
        written = self.positions.written(fault.node.origin, fault.attribute)
        if written is None:
            return
        if fault.meant:
            name = attribute_name(fault.meant, fault.node.origin)
            yield (Edit(written.label, name),)
        yield (self._without(written.whole),)

    def _missing_attribute(self, fault: Fault) -> Iterator[Fix]:
        tag = self._tag(fault.node)
        end = tag.start.end - (2 if self.text[tag.start.end - 2] == "/" else 1)
        while self.text[end - 1] in SPACE:
            end -= 1
        for name in fault.names:
            value = attribute_value(self.judge, fault.node, fault.model, name)
            if value is not None:
                shown = attribute_name(name, fault.node.origin)
                yield (Edit(Span(end, end), f" {shown}={quoteattr(value)}"),)

    def _value(self, fault: Fault) -> Iterator[Fix]:
        written = self.positions.written(fault.node.origin, fault.attribute)
        if written is None or fault.pattern is None:
            return
        known = set(listed(fault.pattern))
        values = likely_values(fault, self.judge, fault.pattern)
        guesses = [one for one in values if one not in known]
        value = value_of(fault)
        near = sorted((one for one in values if one in known), key=lambda one: slip(value, one))
        for guess in [*guesses, *near][:TRIES]:
            quote = self.text[written.value.end]
            yield (
                Edit(written.value, escape(guess, {quote: "&quot;" if quote == '"' else "&apos;"})),
            )
        if fault.code == "bad-value":
            yield (self._without(written.whole),)

    def _missing_child(self, fault: Fault) -> Iterator[Fix]:
        owners = {name: one for one in fault.elements for name in one.names.all_listed}
        for name in likely(fault, self.judge)[:TRIES]:
            new = skeleton(self.judge, owners[name], name, fault.node.origin)
            if new is not None:
                yield self._inserted(fault.node, fault.index, new)

    def _namespace(self, fault: Fault) -> Iterator[Fix]:
        right = namespace_of(fault.meant)
        tag = self._tag(fault.node)
        prefix = tag.name.rpartition(":")[0]
        label = f"xmlns:{prefix}" if prefix else "xmlns"
        written = [one for one in self.positions.attributes(fault.node.origin) if one.name == label]
        if written:
            yield (Edit(written[0].value, escape(right)),)
            yield (self._without(written[0].whole),)
        else:
            after = tag.start.start + 1 + len(tag.name)
            yield (Edit(Span(after, after), f" {label}={quoteattr(right)}"),)

    # ---- kinds of edits

    @property
    def text(self) -> str:
        """Return the file as text."""
        return self.positions.text_of_file

    def _tag(self, node: Node) -> Tag:
        return self.positions.tag(node.origin)

    def _renamed(self, node: Node, name: str) -> Fix:
        written = element_name(name, node.origin)
        return tuple(Edit(span, written) for span in self._tag(node).names)

    def _unwrapped(self, node: Node) -> Fix:
        tag = self._tag(node)
        if tag.is_empty:
            return (Edit(tag.start, ""),)
        return (Edit(tag.start, ""), Edit(tag.end, ""))

    def _bare(self, node: Node) -> Fix:
        """Return the edits that leave only the text of ``node``, breaks and notes aside."""
        edits = [*self._unwrapped(node)]
        for child in node.children:
            if isinstance(child, Node):
                edits += self._bare(child)
        return tuple(edits)

    def _bare_and_wrapped(self, fault: Fault) -> Iterator[Fix]:
        """Yield the edits that leave the text, in an element that may stand there."""
        text = Words("x", fault.node.origin, is_tail=False)
        if fault.state is None or not fault.node.has_words:
            return
        holding = wrappers(self.judge, fault.state, [text])
        parent = fault.parent.name if fault.parent is not None else ""
        tag = self._tag(fault.node)
        inner = [edit for edit in self._bare(fault.node) if edit.span not in (tag.start, tag.end)]
        for name in self.judge.ranked(holding, parent)[:TRIES]:
            written = element_name(name, fault.node.origin)
            yield (Edit(tag.start, f"<{written}>"), *inner, Edit(tag.end, f"</{written}>"))

    def _wrapped(self, fault: Fault) -> Iterator[Fix]:
        if fault.parent is None or fault.state is None:
            return
        run = fault.parent.tokens[fault.index : fault.until or fault.index + 1]
        if not run:
            return
        start, end = self._extent(run[0]).start, self._extent(run[-1]).end
        holding = wrappers(self.judge, fault.state, run)
        for name in self.judge.ranked(holding, fault.parent.name)[:TRIES]:
            written = element_name(name, fault.parent.origin)
            yield (Edit(Span(start, start), f"<{written}>"), Edit(Span(end, end), f"</{written}>"))

    def _extent(self, token: Node | Words) -> Span:
        """Return where a child stands; text without the white space around it."""
        if isinstance(token, Node):
            return self._tag(token).whole
        place = self.positions.tail if token.is_tail else self.positions.text
        span = place(token.origin).span
        text = self.text[span.start : span.end]
        left, right = text.lstrip(SPACE), text.rstrip(SPACE)
        return Span(span.end - len(left), span.start + len(right))

    def _moved(self, fault: Fault) -> Fix:
        tokens = fault.parent.tokens if fault.parent is not None else ()
        goal = fault.goal or 0
        span = self._tag(fault.node).whole
        margin = self._margin(span.start)
        moved = self.text[span.start : span.end]
        if goal < len(tokens):
            place = self._extent(tokens[goal]).start
            new = f"{moved}{self.text[self._margin(place) : place]}"
        else:
            place = self._extent(tokens[-1]).end
            new = f"{self.text[margin : span.start]}{moved}"
        return (Edit(Span(margin, span.end), ""), Edit(Span(place, place), new))

    def _margin(self, at: int) -> int:
        """Return where the white space before ``at`` begins."""
        while at > 0 and self.text[at - 1] in SPACE:
            at -= 1
        return at

    def _moved_out(self, fault: Fault) -> Iterator[Fix]:
        """Yield the edits that put stray text behind the element that may not hold it."""
        if fault.words is None or fault.parent is None:
            return
        span, end = self._extent(fault.words), self._tag(fault.node).end.end
        words = self.text[span.start : span.end]
        if fault.index == len(fault.parent.tokens) - 1:
            yield (Edit(span, ""), Edit(Span(end, end), words))
        start = self._tag(fault.node).start.start
        if fault.index == 0:
            yield (Edit(span, ""), Edit(Span(start, start), words))

    def _moved_in(self, fault: Fault) -> Iterator[Fix]:
        """Yield the edits that take stray text into the element before or after it."""
        if fault.words is None or fault.parent is None:
            return
        span = self._extent(fault.words)
        tokens = fault.parent.tokens
        before = tokens[fault.index - 1] if fault.index else None
        after = tokens[fault.index + 1] if fault.index + 1 < len(tokens) else None
        if isinstance(before, Node) and not self._tag(before).is_empty:
            tag = self._tag(before).end
            gap = self.text[tag.start : tag.end]
            yield (Edit(tag, ""), Edit(Span(span.end, span.end), gap))
        if isinstance(after, Node) and not self._tag(after).is_empty:
            tag = self._tag(after).start
            yield (
                Edit(Span(span.start, span.start), self.text[tag.start : tag.end]),
                Edit(tag, ""),
            )

    def _without(self, span: Span) -> Edit:
        return Edit(Span(self._margin(span.start), span.end), "")

    def _inserted(self, node: Node, index: int, new: str) -> Fix:
        tag, tokens = self._tag(node), node.tokens
        if tag.is_empty:
            slash = self.text.rindex("/", tag.start.start, tag.start.end)
            return (Edit(Span(slash, tag.start.end), f">{new}</{tag.name}>"),)
        if index < len(tokens):
            place = self._extent(tokens[index]).start
            return (Edit(Span(place, place), f"{new}{self.text[self._margin(place) : place]}"),)
        if tokens:
            last = self._extent(tokens[-1])
            margin = self.text[self._margin(last.start) : last.start]
            return (Edit(Span(last.end, last.end), f"{margin}{new}"),)
        return (Edit(Span(tag.start.end, tag.start.end), new),)

    # ---- proof

    def _proved(self, fault: Fault, edits: Fix) -> tuple[bool, bool]:
        """Return whether ``edits`` mend a fault and make none, and whether they keep the words."""
        around = self._around(fault, edits)
        if around is None:
            return self._proved_whole(edits)
        node, model = around
        span = self._tag(node).whole
        inner = [
            Edit(Span(e.span.start - span.start, e.span.end - span.start), e.text) for e in edits
        ]
        old = self.text[span.start : span.end]
        fresh = _parsed(old, inner, node.origin)
        if fresh is None:
            return False, False
        if node not in self.counts:
            self.counts[node] = self.judge.count(node, model)
        mended = self.judge.count(read_node(fresh), model) < self.counts[node]
        return mended, mended and _same_words(node.origin, fresh)

    def _around(self, fault: Fault, edits: Fix) -> tuple[Node, Element] | None:
        """Return the element that holds all edits, and what it is; None for the whole file."""
        for node, model in self.judge.known(fault):
            if model is not None and all(edit.span in self._inside(node, fault) for edit in edits):
                return node, model
        return None

    def _inside(self, node: Node, fault: Fault) -> Span:
        tag = self._tag(node)
        if node is fault.node and fault.attribute:
            return tag.whole
        if tag.is_empty:
            return tag.whole
        return Span(tag.start.end, tag.end.start)

    def _proved_whole(self, edits: Fix) -> tuple[bool, bool]:
        root = self.judge.root
        fresh = _parsed(self.text, edits, None)
        if fresh is None:
            return False, False
        if root not in self.counts:
            self.counts[root] = self.judge.count(root, None)
        mended = self.judge.count(read_node(fresh), None) < self.counts[root]
        return mended, mended and _same_words(root.origin, fresh)


def _parsed(
    text: str, edits: Iterable[Edit], around: etree._Element | None
) -> etree._Element | None:
    """Return the element that ``text``, edited, is, in the namespaces of ``around``."""
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True)
    try:
        new = edited(text, edits)
        if around is None:
            return etree.fromstring(
                new.encode("utf-8"),
                etree.XMLParser(
                    collect_ids=False, resolve_entities=False, no_network=True, encoding="utf-8"
                ),
            )
        declared = "".join(
            f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(name)}"
            for prefix, name in around.nsmap.items()
            if prefix != "xml"
        )
        holder = etree.fromstring(f"<holder{declared}>{new}</holder>".encode(), parser)
    except (etree.XMLSyntaxError, OverlapError, ValueError):
        return None
    return holder[0] if len(holder) == 1 and not (holder.text or holder[0].tail) else None


def _same_words(before: etree._Element, after: etree._Element) -> bool:
    """Return whether both read the same; in a header, the order of words does not matter."""
    if any(local(str(one.tag)) == "text" for one in [before, *before.iterancestors()]):
        return squeezed(projection(before)) == squeezed(projection(after))
    return _texts(before) == _texts(after) and sorted(_all(before)) == sorted(_all(after))


def _texts(element: etree._Element) -> list[str]:
    return [squeezed(projection(one)) for one in element.iter("{*}text")]


def _all(element: etree._Element) -> str:
    return squeezed("".join(map(str, element.itertext("*"))))
