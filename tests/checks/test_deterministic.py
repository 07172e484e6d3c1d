"""Our content models are deterministic: the next child alone says where in the model one is.

libxml2 then reports the child that is wrong, not its parent. The test builds the
position automaton of each model (Glushkov 1961; XML 1.0, appendix E).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from lxml import etree

from epistola.checks.odd import RNG as NAMESPACE

RNG = f"{{{NAMESPACE}}}"
GRAMMAR = etree.parse(Path(__file__).parents[2] / "schemas" / "letter.rng")
DEFINES = {one.get("name", ""): one for one in GRAMMAR.iter(f"{RNG}define")}
ELEMENTS = [name for name, one in DEFINES.items() if one[0].tag == f"{RNG}element"]


@dataclass(frozen=True)
class Part:
    """A part of a model: may it be empty, and which positions come first and last in it."""

    empty: bool
    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()


class Positions:
    """The places of a content model that a child can take, and what may follow each."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.follow: list[set[int]] = []

    def ambiguous(self, model: etree._Element) -> set[str]:
        """Return the names that two places of ``model`` compete for."""
        start = self.sequence(self.parts(model))
        return set().union(*(self.twice(places) for places in [start.first, *self.follow]))

    def twice(self, places: AbstractSet[int]) -> set[str]:
        names = [self.names[place] for place in places]
        return {name for name in names if names.count(name) > 1}

    def part(self, pattern: etree._Element) -> Part:
        match etree.QName(pattern).localname:
            case "ref":
                return self.reference(pattern.get("name", ""))
            case "text" | "empty" | "data" | "value" | "attribute":
                return Part(empty=True)
            case "choice":
                return self.choice(self.parts(pattern))
            case "optional" | "zeroOrMore" | "oneOrMore" as often:
                return self.repeated(often, self.sequence(self.parts(pattern)))
            case _:
                return self.sequence(self.parts(pattern))

    def parts(self, pattern: etree._Element) -> list[Part]:
        return [self.part(one) for one in pattern.iterchildren(f"{RNG}*")]

    def reference(self, name: str) -> Part:
        return self.place(name) if name in ELEMENTS else self.sequence(self.parts(DEFINES[name]))

    def repeated(self, often: str, part: Part) -> Part:
        if often != "optional":
            self.link(part.last, part.first)
        return replace(part, empty=part.empty or often != "oneOrMore")

    def place(self, name: str) -> Part:
        self.names.append(name)
        self.follow.append(set())
        here = frozenset({len(self.names) - 1})
        return Part(empty=False, first=here, last=here)

    def choice(self, parts: list[Part]) -> Part:
        first = frozenset[int]().union(*(one.first for one in parts))
        last = frozenset[int]().union(*(one.last for one in parts))
        return Part(empty=any(one.empty for one in parts), first=first, last=last)

    def sequence(self, parts: list[Part]) -> Part:
        whole = Part(empty=True)
        for one in parts:
            self.link(whole.last, one.first)
            first = whole.first | one.first if whole.empty else whole.first
            last = whole.last | one.last if one.empty else one.last
            whole = Part(whole.empty and one.empty, first, last)
        return whole

    def link(self, before: frozenset[int], after: frozenset[int]) -> None:
        for place in before:
            self.follow[place] |= after


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("<ref name='p'/><optional><ref name='note'/></optional>", set()),
        ("<zeroOrMore><ref name='p'/></zeroOrMore><ref name='p'/>", {"p"}),
        (
            (
                "<choice><group><ref name='p'/><ref name='ab'/></group>"
                "<group><ref name='p'/><ref name='note'/></group></choice>"
            ),
            {"p"},
        ),
    ],
)
def test_ambiguity_is_found(model: str, names: set[str]) -> None:
    assert Positions().ambiguous(etree.fromstring(f"<m xmlns='{NAMESPACE}'>{model}</m>")) == names


@pytest.mark.parametrize("name", ELEMENTS)
def test_the_next_child_says_where_one_is(name: str) -> None:
    assert Positions().ambiguous(DEFINES[name][0]) == set()
