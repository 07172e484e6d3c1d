"""What an editor is told of a fault: one sentence, and what may stand there instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from epistola.checks.explain.faults import Fault, Judge, near_names, wrappers
from epistola.checks.explain.nodes import Words
from epistola.checks.explain.values import form, listed, mended
from epistola.checks.patterns import Element, Pattern, local, namespace_of

XML = "http://www.w3.org/XML/1998/namespace"
MOST = 5
"""How many suggestions there are at the most; a longer list helps nobody."""
FEW = 8
"""How many places a message names at the most."""
LONG = 30
"""How many characters of a text at fault are shown."""


def expected(fault: Fault, judge: Judge) -> tuple[str, ...]:
    """Return what may stand there: names of elements or attributes, or values."""
    return tuple(plain(one) for one in likely(fault, judge)[:MOST])


def likely(fault: Fault, judge: Judge) -> list[str]:
    """Return all that may stand there, the likeliest first, names as lxml writes them."""
    if fault.code in ("bad-value", "bad-date", "bad-text") and fault.pattern is not None:
        return likely_values(fault, judge, fault.pattern)
    if fault.code == "excluded-attribute":
        return []
    if fault.elements:
        parent = fault.parent.name if fault.parent is not None else ""
        node = None if fault.code in ("missing-child", "stray-text") else fault.node
        ranked = judge.ranked(fault.elements, parent, node)
        if fault.words is not None:
            holding = {n for e in wrapping(fault, judge) for n in e.names.all_listed}
            ranked = [one for one in ranked if one in holding] or ranked
        near = near_names(fault.node.name, ranked) if fault.code == "unknown-element" else ()
        return list(dict.fromkeys([*fault.names, *near, *ranked]))
    return list(fault.names)


def wrapping(fault: Fault, judge: Judge) -> Sequence[Element]:
    """Return the elements that could hold what may not stand there bare."""
    if fault.parent is None or fault.state is None:
        return ()
    return wrappers(judge, fault.state, fault.parent.tokens[fault.index : fault.until])


def likely_values(fault: Fault, judge: Judge, pattern: Pattern) -> list[str]:
    """Return values that the schema allows, the nearest to the one at fault first."""
    value = value_of(fault)
    seen = judge.values_seen
    name = fault.attribute
    known = sorted(
        listed(pattern), key=lambda one: (-seen[fault.node.name, name, one], -seen["", name, one])
    )
    guesses = mended(value, pattern, lambda one: judge.values.allows(pattern, one))
    return list(dict.fromkeys([*guesses, *(one for one in known if one != value)]))


def value_of(fault: Fault) -> str:
    """Return the value at fault, of an attribute or of an element."""
    if fault.attribute:
        return fault.node.attributes.get(fault.attribute, "")
    return "".join(one.text for one in fault.node.children if isinstance(one, Words))


def plain(name: str) -> str:
    """Return a name as an editor writes it: without namespace, but with xml:."""
    return f"xml:{local(name)}" if namespace_of(name) == XML else local(name)


def message(fault: Fault, judge: Judge) -> str:
    """Return one sentence: what is wrong, and what may stand there."""
    return MESSAGES[fault.code](fault, judge)


def _unknown_element(fault: Fault, judge: Judge) -> str:
    if fault.parent is not None and not fault.parent.name:
        return _root(fault, judge)
    names = likely(fault, judge)
    said = f"there is no element {fault.node.shown}"
    if fault.meant and near_names(fault.node.name, [fault.meant]):
        return f"{said}; <{plain(fault.meant)}> is probably meant"
    return f"{said}; {_here(fault, names)}"


def _misplaced(fault: Fault, judge: Judge) -> str:
    parents = judge.grammar.parents.get(fault.node.name, ())
    parent = fault.parent
    inside = parent.shown if parent is not None else ""
    if parent is not None and parent.name in parents:
        said = f"{fault.node.shown} may stand in {inside}, but not {_place(fault)}"
    else:
        only = (
            f", only in {_several(sorted(map(plain, parents)), 'and')}"
            if 0 < len(parents) <= FEW
            else ""
        )
        said = f"{fault.node.shown} may not stand in {inside}{only}"
    return f"{said}; {_here(fault, likely(fault, judge))}"


def _order(fault: Fault, judge: Judge) -> str:
    parent = fault.parent
    if parent is None or fault.goal is None:
        return _misplaced(fault, judge)
    said = f"{fault.node.shown} may stand in {parent.shown}, but not {_place(fault)}"
    return f"{said}: it belongs {_goal(fault)}"


def _goal(fault: Fault) -> str:
    tokens = fault.parent.tokens if fault.parent is not None else ()
    goal = fault.goal or 0
    if fault.goal is not None and goal < fault.index:
        return f"before {_shown(tokens[goal])}"
    return f"after {_shown(tokens[goal - 1])}"


def _place(fault: Fault) -> str:
    before = fault.parent.tokens[fault.index - 1] if fault.parent and fault.index else None
    return "first" if before is None else f"after {_shown(before)}"


def _shown(token: object) -> str:
    return str(getattr(token, "shown", "the text"))


def _here(fault: Fault, names: Sequence[str]) -> str:
    if not names:
        return "nothing more may stand there" if fault.index else "nothing may stand there"
    more = len(names) > MOST
    shown = [f"<{plain(one)}>" for one in names[:MOST]]
    return f"here may stand {_several(shown, 'or')}{', for example' if more else ''}"


def _several(words: Sequence[str], last: str) -> str:
    """Return "a, b or c"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _root(fault: Fault, judge: Judge) -> str:
    names = [f"<{plain(one)}>" for one in judge.ranked(fault.elements, "")[:MOST]]
    return f"{fault.node.shown} may not be the outermost element; that is {_several(names, 'or')}"


def _namespace(fault: Fault, _: Judge) -> str:
    right = namespace_of(fault.meant)
    return f'{fault.node.shown} is not in the namespace it needs; that is xmlns="{right}"'


def _missing_child(fault: Fault, judge: Judge) -> str:
    names = [f"<{plain(one)}>" for one in likely(fault, judge)]
    tokens = fault.parent.tokens if fault.parent is not None else ()
    where = ""
    if fault.index < len(tokens):
        where = f" before {_shown(tokens[fault.index])}"
    elif tokens:
        where = f" after {_shown(tokens[-1])}"
    more = ", for example" if len(names) > MOST else ""
    return f"{fault.node.shown} lacks {_several(names[:MOST], 'or')}{more}{where}"


def _stray_text(fault: Fault, judge: Judge) -> str:
    text = " ".join(fault.words.text.split()) if fault.words is not None else ""
    shown = text if len(text) <= LONG else f"{text[:LONG].rstrip()}…"
    said = f"{fault.node.shown} may not hold text directly (“{shown}”)"
    names = likely(fault, judge)
    if not names:
        return f"{said}; nothing may stand there"
    inside = [f"<{plain(one)}>" for one in names[:MOST]]
    more = ", for example" if len(names) > MOST else ""
    if wrapping(fault, judge):
        return f"{said}; it may stand in {_several(inside, 'or')}{more}"
    return f"{said}; here may stand {_several(inside, 'or')}{more}"


def _bad_text(fault: Fault, judge: Judge) -> str:
    return f"{fault.node.shown} may not hold “{value_of(fault)}”{_instead(fault, judge)}"


def _unknown_attribute(fault: Fault, _: Judge) -> str:
    said = f"{fault.node.shown} has no attribute {plain(fault.attribute)}"
    if fault.meant:
        return f"{said}; {plain(fault.meant)} is probably meant"
    names = [plain(one) for one in fault.names]
    more = ", for example" if len(names) > MOST else ""
    return (
        f"{said}; it may have {_several(names[:MOST], 'or')}{more}"
        if names
        else f"{said}, and none more"
    )


def _excluded(fault: Fault, _: Judge) -> str:
    others = _several([plain(one) for one in fault.names], "and")
    return f"{fault.node.shown} may not have {plain(fault.attribute)} beside {others}"


def _missing_attribute(fault: Fault, _: Judge) -> str:
    names = _several([plain(one) for one in fault.names], "or")
    said = f"{fault.node.shown} lacks the attribute {names}"
    if fault.pattern is None or len(fault.names) > 1:
        return said
    values = listed(fault.pattern)
    asked = f"one of {', '.join(values)}" if values else form(fault.pattern)
    return f"{said}, {asked}" if asked else said


def _bad_value(fault: Fault, judge: Judge) -> str:
    value = value_of(fault)
    return (
        f"{plain(fault.attribute)}=“{value}” of {fault.node.shown} is wrong{_instead(fault, judge)}"
    )


def _instead(fault: Fault, judge: Judge) -> str:
    """Return the end of a sentence: what a value must be, and which is probably meant."""
    pattern = fault.pattern
    if pattern is None:
        return ""
    values = listed(pattern)
    asked = f"one of {', '.join(values)}" if values else form(pattern)
    guesses = mended(value_of(fault), pattern, lambda one: judge.values.allows(pattern, one))
    guess = f"; {guesses[0]} is probably meant" if guesses else ""
    return f"; it must be {asked}{guess}" if asked else guess


def _duplicate(fault: Fault, _: Judge) -> str:
    value = fault.node.attributes[fault.attribute]
    return (
        f"{plain(fault.attribute)}=“{value}” of {fault.node.shown} is the id of another element too"
    )


MESSAGES: Mapping[str, Callable[[Fault, Judge], str]] = {
    "unknown-element": _unknown_element,
    "misplaced-element": _misplaced,
    "order": _order,
    "root": _root,
    "namespace": _namespace,
    "missing-child": _missing_child,
    "stray-text": _stray_text,
    "bad-text": _bad_text,
    "unknown-attribute": _unknown_attribute,
    "excluded-attribute": _excluded,
    "missing-attribute": _missing_attribute,
    "bad-value": _bad_value,
    "bad-date": _bad_value,
    "duplicate-id": _duplicate,
}
"""The catalogue of faults: the codes, after "schema.", and what is said of each."""
