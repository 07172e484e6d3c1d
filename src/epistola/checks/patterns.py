"""RELAX NG patterns, and what is left of one after an attribute, an element or text.

A content model is read one child at a time: what may follow is the derivative of the
model by that child (Brzozowski 1964; James Clark, "An algorithm for RELAX NG
validation"). Equal patterns are one object, so that derivatives can be remembered: what
grows with use is an automaton of each content model, state by state as documents need it.

Unlike Clark's, an element is one symbol here, and its own content is looked at apart.
That is what lets a fault in it be reported without losing the place outside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

T = TypeVar("T")

REMEMBERED = 1 << 16
"""For how many names, which documents make up, it is remembered what may be called so."""


@dataclass(frozen=True, slots=True)
class Names:
    """A class of names: those listed, or all of a namespace, or all, except some.

    Names are as lxml writes them: ``{namespace}local``. ``namespace`` is None where the
    names are only those ``listed``, and "*" for any.
    """

    listed: tuple[str, ...] = ()
    namespace: str | None = None
    excluded: tuple[Names, ...] = ()
    others: tuple[Names, ...] = ()

    def __contains__(self, name: str) -> bool:
        if name in self.listed or any(name in one for one in self.others):
            return True
        if self.namespace is None or any(name in one for one in self.excluded):
            return False
        return self.namespace == "*" or namespace_of(name) == self.namespace

    @property
    def is_open(self) -> bool:
        """Return whether names that are not listed belong to it too."""
        return self.namespace is not None or any(one.is_open for one in self.others)

    @property
    def all_listed(self) -> tuple[str, ...]:
        """Return the names that are listed, in the order of the schema."""
        return (*self.listed, *(name for one in self.others for name in one.all_listed))


def namespace_of(name: str) -> str:
    """Return the namespace of a name as lxml writes it.

    >>> namespace_of("{urn:x}p"), namespace_of("p")
    ('urn:x', '')
    """
    return name[1:].rpartition("}")[0] if name.startswith("{") else ""


def local(name: str) -> str:
    """Return a name as lxml writes it without its namespace."""
    return name.rpartition("}")[2]


@dataclass(frozen=True, eq=False, slots=True)
class Pattern:
    """What may stand somewhere; ``nullable`` tells whether nothing at all may."""

    nullable: bool


@dataclass(frozen=True, eq=False, slots=True)
class Nothing(Pattern):
    """RELAX NG's ``empty`` where ``nullable``, else its ``notAllowed``."""


@dataclass(frozen=True, eq=False, slots=True)
class Text(Pattern):
    """Any text, none included."""


@dataclass(frozen=True, eq=False, slots=True)
class Data(Pattern):
    """Text of a datatype."""

    type: str
    library: str
    params: tuple[tuple[str, str], ...] = ()
    excluded: Pattern | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Value(Pattern):
    """One certain text."""

    text: str
    type: str
    library: str
    namespace: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Listed(Pattern):
    """Words, parted by white space, that ``item`` allows one after another."""

    item: Pattern


@dataclass(frozen=True, eq=False, slots=True)
class Attribute(Pattern):
    """An attribute of one of these names, with a value that ``value`` allows."""

    names: Names
    value: Pattern


@dataclass(frozen=True, eq=False, slots=True)
class Element(Pattern):
    """An element of one of these names; the grammar knows what it may hold."""

    names: Names


@dataclass(frozen=True, eq=False, slots=True)
class Choice(Pattern):
    """One of several patterns."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Group(Pattern):
    """Several patterns, one after the other."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Interleave(Pattern):
    """Several patterns, in any order, what they hold mixed."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, eq=False, slots=True)
class More(Pattern):
    """A pattern once or more often."""

    part: Pattern


EMPTY = Nothing(nullable=True)
NOT_ALLOWED = Nothing(nullable=False)
TEXT = Text(nullable=True)

Derive = Callable[[Pattern], Pattern]


class Algebra:
    """Makes patterns, each only once, and remembers what is left of them.

    Everything is worked out when it is first asked for. Threads may share one: a
    pattern is entered into the table in one step.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Pattern] = {}
        self.after = cache(self._after)
        self.after_text = cache(self._after_text)
        self.after_attribute = cache(self._after_attribute)
        self.closed = cache(self._closed)
        self.first = cache(self._first)
        self.attributes = cache(self._attributes)
        self.by_name = cache(self._by_name)
        self.moves = cache(self._moves)
        self.matching = lru_cache(REMEMBERED)(self._matching)
        self.named = lru_cache(REMEMBERED)(self._named)

    # ---- making patterns

    def choice(self, parts: Iterable[Pattern]) -> Pattern:
        """Return the choice between ``parts``."""
        flat = dict.fromkeys(_flat(parts, Choice))
        flat.pop(NOT_ALLOWED, None)
        if EMPTY in flat and any(one.nullable for one in flat if one is not EMPTY):
            del flat[EMPTY]
        nullable = any(one.nullable for one in flat)
        return self._several(Choice, tuple(flat), nullable, none=NOT_ALLOWED)

    def optional(self, part: Pattern) -> Pattern:
        """Return ``part`` or nothing."""
        return self.choice((part, EMPTY))

    def group(self, parts: Iterable[Pattern]) -> Pattern:
        """Return ``parts`` one after the other."""
        return self._all(Group, parts)

    def interleave(self, parts: Iterable[Pattern]) -> Pattern:
        """Return ``parts`` in any order."""
        return self._all(Interleave, parts)

    def more(self, part: Pattern) -> Pattern:
        """Return ``part`` once or more often."""
        if isinstance(part, Nothing | Text | More):
            return part
        return self._made.setdefault((More, part), More(part.nullable, part))

    def _all(self, kind: type[Group | Interleave], parts: Iterable[Pattern]) -> Pattern:
        flat = tuple(one for one in _flat(parts, kind) if one is not EMPTY)
        if NOT_ALLOWED in flat:
            return NOT_ALLOWED
        return self._several(kind, flat, all(one.nullable for one in flat), none=EMPTY)

    def _several(
        self,
        kind: type[Choice | Group | Interleave],
        parts: tuple[Pattern, ...],
        nullable: bool,  # noqa: FBT001 - private, and named by what is passed
        none: Pattern,
    ) -> Pattern:
        if len(parts) <= 1:
            return parts[0] if parts else none
        return self._made.setdefault((kind, parts), kind(nullable, parts))

    # ---- derivatives

    def _after(self, pattern: Pattern, element: Element) -> Pattern:
        """Return what may follow ``element`` where ``pattern`` was allowed."""
        if isinstance(pattern, Element):
            return EMPTY if pattern is element else NOT_ALLOWED
        return self._derived(pattern, lambda part: self.after(part, element))

    def _after_text(self, pattern: Pattern) -> Pattern:
        """Return what may follow text where ``pattern`` was allowed."""
        if isinstance(pattern, Text):
            return pattern
        return self._derived(pattern, self.after_text)

    def _derived(self, pattern: Pattern, derive: Derive) -> Pattern:
        match pattern:
            case Choice():
                return self.choice(map(derive, pattern.parts))
            case Group():
                return self.choice(self._derived_group(pattern.parts, derive))
            case Interleave():
                return self.choice(self._derived_interleave(pattern.parts, derive))
            case More():
                rest = self.optional(pattern)
                return self.group((derive(pattern.part), rest))
            case _:
                return NOT_ALLOWED

    def _derived_group(self, parts: tuple[Pattern, ...], derive: Derive) -> Iterator[Pattern]:
        for number, part in enumerate(parts, 1):
            yield self.group((derive(part), *parts[number:]))
            if not part.nullable:
                return

    def _derived_interleave(self, parts: tuple[Pattern, ...], derive: Derive) -> Iterator[Pattern]:
        for number, part in enumerate(parts):
            yield self.interleave((*parts[:number], derive(part), *parts[number + 1 :]))

    def _after_attribute(self, pattern: Pattern, attribute: Attribute) -> Pattern:
        """Return what may still stand beside ``attribute``; the order does not matter."""
        if pattern is attribute:
            return EMPTY
        if attribute not in self.attributes(pattern):
            return NOT_ALLOWED
        match pattern:
            case Choice(_, parts):
                return self.choice(self.after_attribute(part, attribute) for part in parts)
            case Group(_, parts) | Interleave(_, parts):
                make = self.group if isinstance(pattern, Group) else self.interleave
                return self.choice(
                    make((*parts[:at], self.after_attribute(part, attribute), *parts[at + 1 :]))
                    for at, part in enumerate(parts)
                    if attribute in self.attributes(part)
                )
            case More(_, part):
                left = self.after_attribute(part, attribute)
                return self.group((left, self.optional(pattern)))
            case _:
                return NOT_ALLOWED

    def _closed(self, pattern: Pattern) -> Pattern:
        """Return what ``pattern`` allows where no further attribute comes."""
        match pattern:
            case Attribute():
                return NOT_ALLOWED
            case Choice(_, parts):
                return self.choice(map(self.closed, parts))
            case Group(_, parts):
                return self.group(map(self.closed, parts))
            case Interleave(_, parts):
                return self.interleave(map(self.closed, parts))
            case More(_, part):
                return self.more(self.closed(part))
            case _:
                return pattern

    # ---- what may come next

    def _first(self, pattern: Pattern) -> tuple[Element, ...]:
        """Return the elements with which ``pattern`` can begin, in the order of the schema."""
        match pattern:
            case Element():
                return (pattern,)
            case Choice(_, parts) | Interleave(_, parts):
                return _united(map(self.first, parts))
            case Group(_, parts):
                return _united(map(self.first, _beginning(parts)))
            case More(_, part):
                return self.first(part)
            case _:
                return ()

    def _attributes(self, pattern: Pattern) -> tuple[Attribute, ...]:
        """Return the attributes that ``pattern`` allows or asks for."""
        match pattern:
            case Attribute():
                return (pattern,)
            case Choice(_, parts) | Interleave(_, parts) | Group(_, parts):
                return _united(map(self.attributes, parts))
            case More(_, part):
                return self.attributes(part)
            case _:
                return ()

    def _by_name(self, pattern: Pattern) -> Mapping[str, tuple[Element, ...]]:
        found: dict[str, tuple[Element, ...]] = {}
        for element in self.first(pattern):
            for name in element.names.all_listed:
                found[name] = (*found.get(name, ()), element)
        return found

    def _matching(self, pattern: Pattern, name: str) -> tuple[Element, ...]:
        """Return the elements with which ``pattern`` can begin that may be called ``name``."""
        named = self.by_name(pattern).get(name, ())
        wild = [one for one in self.first(pattern) if one.names.is_open and name in one.names]
        return (*named, *(one for one in wild if one not in named))

    def _named(self, pattern: Pattern, name: str) -> tuple[Attribute, ...]:
        """Return the attributes that may be called ``name`` and that ``pattern`` allows."""
        return tuple(one for one in self.attributes(pattern) if name in one.names)

    def _moves(self, pattern: Pattern) -> Mapping[Pattern, tuple[Element, ...]]:
        """Return the patterns that can follow one more element, each with those elements."""
        found: dict[Pattern, list[Element]] = {}
        for element in self.first(pattern):
            found.setdefault(self.after(pattern, element), []).append(element)
        return {left: tuple(elements) for left, elements in found.items()}


def elements_in(pattern: Pattern) -> tuple[Element, ...]:
    """Return the elements anywhere in ``pattern``, each once, in the order of the schema."""
    match pattern:
        case Element():
            return (pattern,)
        case Choice(_, parts) | Group(_, parts) | Interleave(_, parts):
            return _united(map(elements_in, parts))
        case More(_, part):
            return elements_in(part)
        case _:
            return ()


def _flat(parts: Iterable[Pattern], kind: type[Choice | Group | Interleave]) -> Iterator[Pattern]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def _beginning(parts: tuple[Pattern, ...]) -> Iterator[Pattern]:
    """Yield the parts of a group that can come first: all up to one that must be there."""
    for part in parts:
        yield part
        if not part.nullable:
            return


def _united(several: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one for some in several for one in some))
