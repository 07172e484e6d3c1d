"""Every fault of a document, and what the schema would have instead.

The document is walked element by element. A fault does not end the walk: the child at
fault is left out, taken for the one that was meant, or the missing one thought to be there
(see ``align``), and what it holds is looked at all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from epistola.checks.explain.align import Kind, Reader, Step, Token
from epistola.checks.explain.nodes import Node, Words, moved
from epistola.checks.explain.spelling import nearest, slip, tolerance
from epistola.checks.explain.values import Values, is_date
from epistola.checks.grammar import Grammar
from epistola.checks.patterns import (
    NOT_ALLOWED,
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    Listed,
    More,
    Pattern,
    Value,
    local,
    namespace_of,
)

DEEPEST = 60
"""How far down it is looked whether an element would fit somewhere."""
MANY = 64
"""How many combinations of missing attributes are weighed."""


@dataclass(frozen=True, eq=False, slots=True)
class Fault:
    """One fault: what (``code``), in which element, and what may stand there instead.

    ``node`` is the element at fault, or the one that lacks something; ``parent`` the one
    it stands in, judged as ``model``; ``words`` the text at fault; ``attribute`` the
    attribute. ``elements``, ``names`` or ``pattern`` are what is allowed, ``index`` and
    ``goal`` the places among the children of ``parent`` where the fault is and where it
    would be none.
    """

    code: str
    node: Node
    parent: Node | None = None
    model: Element | None = None
    words: Words | None = None
    attribute: str = ""
    names: tuple[str, ...] = ()
    meant: str = ""
    elements: tuple[Element, ...] = ()
    pattern: Pattern | None = None
    index: int = 0
    until: int = 0
    goal: int | None = None
    state: Pattern | None = None


class Judge:
    """Finds the faults of one document by one grammar."""

    def __init__(
        self, grammar: Grammar, values: Values, root: Node, like: Judge | None = None
    ) -> None:
        self.grammar = grammar
        self.algebra = grammar.algebra
        self.values = values
        self.root = root
        self.reader = Reader(self.algebra, self.chosen, self.likeness)
        self.ids: list[tuple[Node, str, str, Element]] = []
        self.common: Counter[tuple[str, ...]] = like.common if like else Counter(_kinds(root))
        self.values_seen: Counter[tuple[str, str, str]] = (
            like.values_seen if like else Counter(_values(root))
        )
        self.judged: dict[Node, Element] = {}
        self._fit: dict[tuple[Node, Element], bool] = {}

    def faults(self) -> list[Fault]:
        """Return all faults, in no certain order."""
        found: list[Fault] = []
        waiting: list[tuple[Node, Element]] = []
        document = Node("", {}, (self.root,), self.root.origin)
        self._children(document, None, self.grammar.start, found, waiting)
        return self._faults(found, waiting)

    def faults_as(self, element: Element) -> list[Fault]:
        """Return all faults of the root as an ``element`` somewhere in a document."""
        return self._faults([], [(self.root, element)])

    def count(self, node: Node, element: Element | None) -> int:
        """Return how many faults ``node`` has as an ``element``, by the same measure as this."""
        judge = Judge(self.grammar, self.values, node, self)
        return len(judge.faults() if element is None else judge.faults_as(element))

    def known(self, fault: Fault) -> Iterator[tuple[Node, Element | None]]:
        """Yield the elements around ``fault``, from the innermost, and what they were judged as."""
        node = fault.parent or fault.node
        yield node, fault.model
        for outer in self._above(node):
            if outer in self.judged:
                yield outer, self.judged[outer]

    def _above(self, node: Node) -> Iterator[Node]:
        origins = {one.origin: one for one in self.judged}
        for element in node.origin.iterancestors():
            if element in origins:
                yield origins[element]

    def _faults(self, found: list[Fault], waiting: list[tuple[Node, Element]]) -> list[Fault]:
        while waiting:
            node, element = waiting.pop()
            self.judged[node] = element
            content = self._attributes(node, element, found)
            self._content(node, element, content, found, waiting)
        return [*found, *self._doubled()]

    # ---- attributes

    def _attributes(self, node: Node, element: Element, found: list[Fault]) -> Pattern:
        """Report the attributes at fault; return what is left for the children."""
        content = state = self.grammar.content(element)
        for name, value in node.attributes.items():
            known = self.algebra.named(state, name)
            if not known:
                fault = self._unknown_attribute(node, element, name, content, state)
                found.append(fault)
                known = self.algebra.named(state, fault.meant) if fault.meant else ()
                if known and any(self.values.allows(one.value, value) for one in known):
                    state = self._with(state, known)
                continue
            good = [one for one in known if self.values.allows(one.value, value)]
            if not good:
                found.append(
                    _bad_value(
                        node, element, name, known, self.algebra.choice(one.value for one in known)
                    )
                )
            elif any(self.values.is_id(one.value) for one in good):
                self.ids.append((node, name, value, element))
            state = self._with(state, good or known)
        closed = self.algebra.closed(state)
        if closed is NOT_ALLOWED:
            closed = self._missing_attributes(node, element, state, found)
        return closed

    def _with(self, state: Pattern, attributes: Iterable[Attribute]) -> Pattern:
        return self.algebra.choice(self.algebra.after_attribute(state, one) for one in attributes)

    def _unknown_attribute(
        self, node: Node, element: Element, name: str, content: Pattern, state: Pattern
    ) -> Fault:
        allowed = [
            one
            for attribute in self.algebra.attributes(state)
            for one in attribute.names.all_listed
            if one not in node.attributes
        ]
        if self.algebra.named(content, name):
            rivals = [
                other
                for other in node.attributes
                if other != name
                and not self.algebra.named(
                    self._with(content, self.algebra.named(content, other)), name
                )
            ]
            if rivals:
                return Fault(
                    "excluded-attribute", node, model=element, attribute=name, names=tuple(rivals)
                )
        ordered = sorted(dict.fromkeys(allowed), key=lambda one: -self.common[node.name, "@", one])
        near = near_names(name, ordered)
        fitting = [
            one
            for one in near
            if any(
                self.values.allows(a.value, node.attributes[name])
                for a in self.algebra.named(state, one)
            )
        ]
        meant = (fitting or near or ("",))[0]
        names = tuple(dict.fromkeys([*fitting, *near, *ordered]))
        return Fault(
            "unknown-attribute", node, model=element, attribute=name, names=names, meant=meant
        )

    def _missing_attributes(
        self, node: Node, element: Element, state: Pattern, found: list[Fault]
    ) -> Pattern:
        for one, others in self.lacking(state):
            found.append(_missing(node, element, one, others))
            state = self.algebra.after_attribute(state, one)
        return self.algebra.closed(state)

    def lacking(self, state: Pattern) -> Iterator[tuple[Attribute, list[Attribute]]]:
        """Yield the attributes that ``state`` needs, each with those that would do instead."""
        for part in state.parts if isinstance(state, Group) else (state,):
            ways = sorted(self._needs(part), key=len)
            if ways and ways[0]:
                single = [way[0] for way in ways if len(way) == 1]
                yield from ((one, single if len(ways[0]) == 1 else [one]) for one in ways[0])

    def needed(self, state: Pattern) -> list[Attribute]:
        """Return the attributes without which ``state`` is never right."""
        return [one for one, _ in self.lacking(state)]

    def _needs(self, pattern: Pattern) -> list[tuple[Attribute, ...]]:
        """Return the sets of attributes any of which would do for ``pattern``."""
        if self.algebra.closed(pattern) is not NOT_ALLOWED:
            return [()]
        match pattern:
            case Attribute():
                return [(pattern,)]
            case Choice(_, parts):
                return [way for part in parts for way in self._needs(part)][:MANY]
            case Group(_, parts) | Interleave(_, parts):
                ways = product(*(self._needs(part)[:4] for part in parts))
                return [tuple(one for way in some for one in way) for some in ways][:MANY]
            case More(_, part):
                return self._needs(part)
            case _:
                return []

    def _doubled(self) -> Iterator[Fault]:
        """Yield the ids that an element before has already."""
        order = {element: number for number, element in enumerate(self.root.origin.iter("*"))}
        first: set[str] = set()
        for node, name, value, element in sorted(self.ids, key=lambda one: order[one[0].origin]):
            if value.strip() in first:
                yield Fault("duplicate-id", node, model=element, attribute=name)
            first.add(value.strip())

    # ---- children

    def _content(
        self,
        node: Node,
        element: Element,
        content: Pattern,
        found: list[Fault],
        waiting: list[tuple[Node, Element]],
    ) -> None:
        wanted = string_pattern(content)
        tokens = node.tokens
        if wanted and not any(isinstance(one, Node) for one in tokens):
            text = "".join(one.text for one in node.children if isinstance(one, Words))
            if any(self.values.allows(one, text) for one in wanted):
                return
            if not (content.nullable and not text.strip()) and not self.reader.reads(
                content, tokens
            ):
                pattern = self.algebra.choice(wanted)
                words = next((one for one in tokens if isinstance(one, Words)), None)
                found.append(Fault("bad-text", node, model=element, words=words, pattern=pattern))
            return
        if content is NOT_ALLOWED:
            waiting += [
                (one, e) for one in tokens if isinstance(one, Node) for e in self._by_name(one)
            ]
            return
        self._children(node, element, content, found, waiting)

    def _children(
        self,
        node: Node,
        element: Element | None,
        content: Pattern,
        found: list[Fault],
        waiting: list[tuple[Node, Element]],
    ) -> None:
        tokens = node.tokens
        steps = self.reader.align(content, tokens)
        for step in steps:
            if step.kind is not Kind.ADD and isinstance(child := tokens[step.index], Node):
                waiting += self._next(child, step)
        if any(step.kind is not Kind.KEEP for step in steps):
            found += Children(self, node, element, tokens, steps).faults()

    def _next(self, child: Node, step: Step) -> Iterable[tuple[Node, Element]]:
        """Return as what the content of a child is to be looked at."""
        if step.kind is Kind.TAKE and step.element is not None:
            return [(taken_for(child, step.element), step.element)]
        if step.kind is Kind.KEEP:
            known: Sequence[Element] = self.algebra.matching(step.state, child.name)
            return [(child, self.chosen(child, known)[0])]
        inner = [(child, one) for one in self._by_name(child)]
        if inner:
            return inner
        # Nothing is known of the element, but of those in it there is.
        return [(one, e) for one in _outermost_known(child, self) for e in self._by_name(one)]

    def _by_name(self, node: Node) -> list[Element]:
        known = self.grammar.by_name.get(node.name, ())
        return [self.chosen(node, known)[0]] if known else []

    def knows(self, name: str) -> bool:
        """Return whether the schema has an element of that name."""
        return name in self.grammar.by_name

    # ---- guesses

    def chosen(self, node: Node, elements: Sequence[Element]) -> Sequence[Element]:
        """Return those of ``elements`` that ``node`` is a right one of; all if there are none."""
        if len(elements) <= 1:
            return elements
        return [one for one in elements if self.fits(node, one)] or elements

    def likeness(self, node: Node, element: Element) -> float | None:
        """Return what it costs to take ``node`` for ``element``."""
        names = element.names.all_listed
        if not names:
            return None
        known = self.knows(node.name)
        price = min(_price(node.name, name, known=known) for name in names)
        if node is self.root and element in self.algebra.first(self.grammar.start):
            return price if price < UNLIKELY else None
        if price < UNLIKELY:
            # Of two that are spelt alike, it is the one whose attributes and content fit.
            return price if self.fits(node, element) else price + 0.75
        if known:
            return None
        return UNLIKELY if self.fits(node, element) else UNLIKELY + 2

    def fits(self, node: Node, element: Element, depth: int = 0) -> bool:
        """Return whether attributes and content of ``node`` are right for ``element``."""
        if depth > DEEPEST:
            return True
        key = (node, element)
        if key not in self._fit:
            self._fit[key] = self._fits(node, element, depth)
        return self._fit[key]

    def _fits(self, node: Node, element: Element, depth: int) -> bool:
        state = self.grammar.content(element)
        for name, value in node.attributes.items():
            good = [
                one
                for one in self.algebra.named(state, name)
                if self.values.allows(one.value, value)
            ]
            state = self._with(state, good)
        state = self.algebra.closed(state)
        tokens = node.tokens
        children = [one for one in tokens if isinstance(one, Node)]
        if not children and (wanted := string_pattern(state)):
            text = "".join(one.text for one in node.children if isinstance(one, Words))
            if any(self.values.allows(one, text) for one in wanted):
                return True
        for token in tokens:
            if isinstance(token, Words):
                state = self.algebra.after_text(state)
                continue
            known = self.algebra.matching(state, token.name)
            fitting = [one for one in known if self.fits(token, one, depth + 1)]
            state = self.algebra.choice(self.algebra.after(state, one) for one in fitting)
        return state.nullable

    def ranked(
        self, elements: Iterable[Element], parent: str, node: Node | None = None
    ) -> list[str]:
        """Return the names of ``elements``, the likeliest in ``parent`` first.

        Those that the content of ``node`` fits, if it is given, come before the others.
        """
        owners = {name: one for one in elements for name in one.names.all_listed}
        names = sorted(owners, key=lambda one: (-self.common[parent, one], -self.common["", one]))
        if node is None:
            return names
        first = names[:MANY]
        return sorted(first, key=lambda one: not self.fits(node, owners[one])) + names[MANY:]


UNLIKELY = 13
"""What it costs to take an unknown element for one whose name is not like its own."""
CLOSE = 2
"""What it costs to take an element for one that is spelt nearly so."""


def _price(name: str, other: str, *, known: bool) -> float:
    if local(name) == local(other):
        return 1
    distance = slip(local(name), local(other))
    if known or distance > tolerance(local(name), local(other)):
        return UNLIKELY
    return CLOSE + distance


def taken_for(node: Node, element: Element) -> Node:
    """Return ``node`` as it would be if its namespace were that of ``element``."""
    names = element.names.all_listed
    same = [name for name in names if local(name) == local(node.name)]
    if same and node.name not in names:
        return moved(node, namespace_of(node.name), namespace_of(same[0]))
    return node


def _outermost_known(node: Node, judge: Judge) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if judge.knows(child.name):
                yield child
            else:
                yield from _outermost_known(child, judge)


def string_pattern(pattern: Pattern) -> tuple[Pattern, ...]:
    """Return the datatypes, values and lists that the text of an element may be as a whole."""
    parts = pattern.parts if isinstance(pattern, Choice) else (pattern,)
    return tuple(one for one in parts if isinstance(one, Data | Value | Listed))


def near_names(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the names that ``name`` may be a slip for; the prefix, as of xml:id, is no matter."""
    plain = {local(one): one for one in reversed(known)}
    return tuple(plain[one] for one in nearest(local(name).rpartition(":")[2], plain))


def _bad_value(
    node: Node, element: Element, name: str, known: Sequence[Attribute], pattern: Pattern
) -> Fault:
    code = "bad-date" if any(is_date(one.value) for one in known) else "bad-value"
    return Fault(code, node, model=element, attribute=name, pattern=pattern)


def _missing(node: Node, element: Element, one: Attribute, others: Sequence[Attribute]) -> Fault:
    names = tuple(dict.fromkeys(name for a in [one, *others] for name in a.names.all_listed))
    return Fault(
        "missing-attribute", node, model=element, names=names, pattern=one.value,
        attribute=(names or ("",))[0],
    )  # fmt: skip


def _kinds(root: Node) -> Iterator[tuple[str, ...]]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield "", node.name
        for name in node.attributes:
            yield node.name, "@", name
        for child in node.children:
            if isinstance(child, Node):
                yield node.name, child.name
                waiting.append(child)


def _values(root: Node) -> Iterator[tuple[str, str, str]]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for name, value in node.attributes.items():
            yield node.name, name, value
            yield "", name, value
        waiting += [child for child in node.children if isinstance(child, Node)]


@dataclass(frozen=True, slots=True)
class Children:
    """The children of one element, and the way that was found through its model."""

    judge: Judge
    node: Node
    element: Element | None
    tokens: tuple[Token, ...]
    steps: list[Step]

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with them."""
        added = {
            name: at
            for at, step in enumerate(self.steps)
            if step.kind is Kind.ADD and step.element
            for name in step.element.names.all_listed
        }
        paired: set[int] = set()
        passed = 0
        for at, step in enumerate(self.steps):
            if step.kind is Kind.DROP and step.index >= passed:
                token = self.tokens[step.index]
                partner = added.get(token.name) if isinstance(token, Node) else None
                if partner is not None and partner not in paired:
                    paired.add(partner)
                    yield self._moved(step, self.steps[partner].index)
                else:
                    fault = self._dropped(at, step)
                    passed = fault.until
                    paired.update(self._holders(fault))
                    yield fault
            elif step.kind is Kind.TAKE:
                yield self._taken(step)
        for at, step in enumerate(self.steps):
            if step.kind is Kind.ADD and at not in paired and not self._is_root_at_fault:
                yield self._too_late(step) or self._added(step)

    @property
    def _is_root_at_fault(self) -> bool:
        return self.element is None and any(step.kind is Kind.DROP for step in self.steps)

    def _too_late(self, step: Step) -> Fault | None:
        """Return the fault that what is missing at ``step`` stands further on, if so."""
        names = {one.name for one in self.tokens[step.index + 1 :] if isinstance(one, Node)}
        wanted = self.judge.algebra.moves(step.state).get(step.after, ())
        if not any(name in one.names for one in wanted for name in names):
            return None
        for at, token in enumerate(self.tokens[step.index + 1 :], step.index + 1):
            if isinstance(token, Node) and any(token.name in one.names for one in wanted):
                others = [one for number, one in enumerate(self.tokens) if number != at]
                moved = [*others[: step.index], token, *others[step.index :]]
                if self.judge.reader.reads(self.steps[0].state, moved):
                    return Fault(
                        "order", token, self.node, self.element, index=at, goal=step.index,
                        elements=(), state=step.state,
                    )  # fmt: skip
        return None

    def _holders(self, fault: Fault) -> Iterator[int]:
        """Yield the missing child beside stray text that the text should stand in."""
        run, rest = self.tokens[fault.index : fault.until], self.tokens[fault.until :]
        for at, step in enumerate(self.steps):
            if step.kind is Kind.ADD and step.index in (fault.index, fault.until):
                holding = set(wrappers(self.judge, step.state, run))
                if holding & set(self.alternatives(step, rest)):
                    yield at
                    return

    def _moved(self, step: Step, goal: int) -> Fault:
        token = self.tokens[step.index]
        assert isinstance(token, Node)  # noqa: S101 - only elements are added
        return Fault(
            "order", token, self.node, self.element, index=step.index, goal=goal,
            elements=self.alternatives(step, self.tokens[step.index :]),
            state=step.state,
        )  # fmt: skip

    def _dropped(self, at: int, step: Step) -> Fault:
        token = self.tokens[step.index]
        until = step.index + 1
        if isinstance(token, Words):
            until = self._end_of_run(at)
            return Fault(
                "stray-text", self.node, self.node, self.element, words=token,
                elements=self.alternatives(step, self.tokens[until:]), state=step.state,
                index=step.index, until=until,
            )  # fmt: skip
        known = self.judge.knows(token.name)
        goal = self._goal(token, step.index) if known else None
        code = "unknown-element" if not known else "misplaced-element" if goal is None else "order"
        if self.element is None:
            start = self.judge.algebra.first(self.judge.grammar.start)
            return Fault("root", token, self.node, elements=start)
        return Fault(
            code, token, self.node, self.element, index=step.index, until=until, goal=goal,
            elements=self.alternatives(step, self.tokens[until:]), state=step.state,
        )  # fmt: skip

    def _end_of_run(self, at: int) -> int:
        """Return where the children end that may not stand here, of which the one ``at`` is first.

        They are one fault where one element could hold all of them.
        """
        end = self.steps[at].index + 1
        for step in self.steps[at + 1 :]:
            if step.kind is not Kind.DROP or step.index != end:
                break
            end += 1
        run = self.tokens[self.steps[at].index : end]
        return end if self.wrappers(self.steps[at].state, run) else self.steps[at].index + 1

    def wrappers(self, state: Pattern, run: Sequence[Token]) -> list[Element]:
        """Return the elements that may stand in ``state`` and may hold ``run``."""
        return wrappers(self.judge, state, run)

    def _goal(self, token: Node, index: int) -> int | None:
        """Return the nearest place among its siblings where ``token`` would be right."""
        others = [one for at, one in enumerate(self.tokens) if at != index]
        start = self.steps[0].state
        places = sorted(range(len(others) + 1), key=lambda place: abs(place - index))
        for place in places[: 2 * MANY]:
            if place != index and self.judge.reader.reads(
                start, [*others[:place], token, *others[place:]]
            ):
                return place if place < index else place + 1
        return None

    def _taken(self, step: Step) -> Fault:
        token = self.tokens[step.index]
        assert isinstance(token, Node)  # noqa: S101 - only elements are taken for others
        assert step.element is not None  # noqa: S101 - and for which is what TAKE says
        names = step.element.names.all_listed
        same = [name for name in names if local(name) == local(token.name)]
        near = near_names(token.name, names)
        code = "namespace" if same else "unknown-element"
        rest = self.alternatives(step, self.tokens[step.index + 1 :])
        likely = [*same, *near] or self.judge.ranked([step.element], self.node.name, token)
        return Fault(
            code, token, self.node, self.element, index=step.index, until=step.index + 1,
            meant=likely[0], names=tuple(likely), elements=(step.element, *rest),
            state=step.state,
        )  # fmt: skip

    def _added(self, step: Step) -> Fault:
        rest = self.tokens[step.index :]
        elements = self.alternatives(step, rest)
        if step.element is not None and not elements:
            elements = self.judge.algebra.moves(step.state)[step.after]
        return Fault(
            "missing-child", self.node, self.node, self.element, index=step.index,
            elements=elements, state=step.state,
        )  # fmt: skip

    def alternatives(self, step: Step, rest: Sequence[Token]) -> tuple[Element, ...]:
        """Return the elements that may stand at ``step``.

        Those after which ``rest`` may follow; none of them where it may follow at once; all
        that may come next where there is another fault in ``rest``.
        """
        reads = self.judge.reader.reads
        moves = self.judge.algebra.moves(step.state)
        possible = {after: some for after, some in moves.items() if after is not NOT_ALLOWED}
        good = [one for after, some in possible.items() if reads(after, rest) for one in some]
        if good or reads(step.state, rest):
            return tuple(good)
        return tuple(one for some in possible.values() for one in some)


def wrappers(judge: Judge, state: Pattern, run: Sequence[Token]) -> list[Element]:
    """Return the elements that may stand in ``state`` and need nothing but ``run``."""
    found = []
    for element in judge.algebra.first(state):
        content = judge.algebra.closed(judge.grammar.content(element))
        if judge.reader.reads(content, run):
            found.append(element)
    return found
