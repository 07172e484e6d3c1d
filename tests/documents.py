"""Random documents that a RELAX NG grammar allows, to hold against another grammar.

``Documents(grammar, seed).element("p")`` is a random instance of what the grammar
defines under the name "p". The grammar is read from its XML syntax; what neither our own
schema nor TEI simplePrint uses is not known here, and meeting it is a ``KeyError``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
FOREIGN = "{urn:x:other}element"
"""What stands for an element of any other vocabulary."""

WORDS = ("Paris", "x", "é", "1848", "no-one", "“so”", "&", "Ω")
POINTERS = ("#person-marx", "https://example.org/a?b=c", "../registers/persons.xml#p1", "urn:x:y")

TIMES = {"oneOrMore": (1, 3), "zeroOrMore": (0, 3), "optional": (0, 1)}
VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("anyURI", r"\S+"): POINTERS,
    ("token", r"[^\p{C}\p{Z}]+"): WORDS,
    ("token", r"[0-9]+(\.[0-9]+){0,2}"): ("4", "4.12.0"),
    ("token", r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}"): ("0.1", "2", "1a.2b3"),
    ("token", r"-?[0-9]+(\.[0-9]+)? -?[0-9]+(\.[0-9]+)?"): ("48.85 2.35", "-1 -0.5"),
    ("token", r"[\d]+(\.[\d]+){0,2}"): ("4", "4.12.0"),
    ("token", r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}"): ("0.1", "2", "1a.2b3"),
    ("token", r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?)"): ("0,0", "-1.5,20"),
    ("token", r"(\-?[\d]+/\-?[\d]+)"): ("1/2", "-3/4"),
    ("token", r"[a-z][a-z0-9\+\.\-]*"): ("psn", "x-1"),
    ("token", r"[\-+]?\d+(\.\d+)?(%|cm|mm|in|pt|pc|px|em|ex|ch|rem|vw|vh|vmin|vmax)"): ("3cm",),
    ("token", r"[0-9.,DHMPRSTWYZ/:+\-]+"): ("1848-03-18", "P3D"),
    ("token", ""): ("", "two words"),
    ("NCName", ""): ("a", "b-1"),
    ("string", ""): ("", "two words", "é"),
    ("language", ""): ("en", "fr-CA", "la"),
    ("Name", ""): ("persName", "xml:id", "_a-1.b"),
    ("nonNegativeInteger", ""): ("0", "7"),
    ("decimal", ""): ("0", "-1.5", "12"),
    ("double", ""): ("0", "1", "0.25", "1E-1"),
    ("boolean", ""): ("true", "false", "1", "0"),
    ("date", ""): ("1848-03-18", "1848-03-18Z", "-0044-03-15"),
    ("gYear", ""): ("1848", "-0044"),
    ("gYearMonth", ""): ("1848-03",),
    ("gMonthDay", ""): ("--03-18",),
    ("gMonth", ""): ("--03",),
    ("gDay", ""): ("---18",),
    ("time", ""): ("11:30:00",),
    ("dateTime", ""): ("1848-03-18T12:00:00", "2018-01-11T08:30:00Z"),
    ("duration", ""): ("P3D", "P2Y", "PT1H"),
}
"""Values of each datatype, under its name and its pattern."""


class Documents:
    """A source of random elements; ``size`` is about how many each one holds."""

    def __init__(self, grammar: etree._ElementTree, seed: int, size: int = 12) -> None:
        self.defines = {one.get("name", ""): one for one in grammar.iter(f"{RNG}define")}
        self.names = [
            name
            for name, one in self.defines.items()
            if [inside.get("name") for inside in one.iterchildren(f"{RNG}element")]
            not in ([], [None])
        ]
        self.namespace = grammar.getroot().get("ns", "")
        self.random = Random(seed)  # noqa: S311 - reproducible, and no secret
        self.size = size
        self.costs = self._all_costs()
        self.left = 0
        self.taken: Counter[tuple[str, etree._Element]] = Counter()
        self.count = 0

    def element(self, name: str) -> etree._Element:
        self.left = self.size
        holder = etree.Element("holder")
        self._write(self.defines[name], holder)
        return holder[0]

    def spoiled(self, name: str) -> etree._Element:
        """A random element with one element moved elsewhere and one attribute changed.

        Mostly invalid; now and then it is still valid.
        """
        tree = self.element(name)
        everything = list(tree.iter())
        moved, goal = (
            self.random.choice(everything[1:] or everything),
            self.random.choice(everything),
        )
        if goal not in moved.iter():
            goal.insert(self.random.randint(0, len(goal)), moved)
        moved.set(self.random.choice(["n", "type", "level", "foo"]), "-")
        return tree

    # ---- how many elements a pattern needs at least

    def _all_costs(self) -> dict[str, float]:
        costs = dict.fromkeys(self.defines, math.inf)
        while True:
            better = {name: self._sum(one, costs) for name, one in self.defines.items()}
            if better == costs:
                return costs
            costs = better

    def _cost(self, pattern: etree._Element, costs: Mapping[str, float]) -> float:
        match _tag(pattern):
            case "ref":
                return costs[pattern.get("name", "")]
            case "element":
                return 1 + self._sum(pattern, costs)
            case "choice":
                return min(self._cost(one, costs) for one in _patterns(pattern))
            case "group" | "oneOrMore":
                return self._sum(pattern, costs)
            case "notAllowed":
                return math.inf
            case _:
                return 0

    def _sum(self, pattern: etree._Element, costs: Mapping[str, float]) -> float:
        return sum(self._cost(one, costs) for one in _patterns(pattern))

    # ---- writing

    def _write(self, pattern: etree._Element, parent: etree._Element) -> None:
        for one in _patterns(pattern):
            getattr(self, f"_write_{_tag(one)}")(one, parent)

    def _write_ref(self, pattern: etree._Element, parent: etree._Element) -> None:
        self._write(self.defines[pattern.get("name", "")], parent)

    def _write_element(self, pattern: etree._Element, parent: etree._Element) -> None:
        self.left -= 1
        name = pattern.get("name")
        child = etree.SubElement(parent, f"{{{self.namespace}}}{name}" if name else FOREIGN)
        if name:
            self._write(pattern, child)

    _write_group = _write

    def _write_choice(self, pattern: etree._Element, parent: etree._Element) -> None:
        branches = [one for one in _patterns(pattern) if self._cost(one, self.costs) < math.inf]
        if self.left <= 0:
            least = min(self._cost(one, self.costs) for one in branches)
            branches = [one for one in branches if self._cost(one, self.costs) == least]
        chosen = self._fresh(branches, parent)
        self.taken[parent.tag, chosen] += 1
        getattr(self, f"_write_{_tag(chosen)}")(chosen, parent)

    def _fresh(self, branches: list[etree._Element], parent: etree._Element) -> etree._Element:
        """Return a branch that was taken least often so far inside ``parent``'s element."""
        taken = [self.taken[parent.tag, one] for one in branches]
        return self.random.choice(
            [one for one, times in zip(branches, taken, strict=True) if times == min(taken)]
        )

    def _write_optional(self, pattern: etree._Element, parent: etree._Element) -> None:
        if self._sum(pattern, self.costs) == math.inf:
            return
        attribute = pattern[0].tag == f"{RNG}attribute"
        chance = 0.12 if attribute else 0.5 if self.left > 0 else 0
        if self.random.random() < chance:
            self._write(pattern, parent)

    def _write_zeroOrMore(self, pattern: etree._Element, parent: etree._Element) -> None:  # noqa: N802 - RELAX NG's own name
        if self._sum(pattern, self.costs) == math.inf:
            return
        while self.left > 0 and self.random.random() < 0.7:
            self._write(pattern, parent)

    def _write_oneOrMore(self, pattern: etree._Element, parent: etree._Element) -> None:  # noqa: N802 - RELAX NG's own name
        self._write(pattern, parent)
        self._write_zeroOrMore(pattern, parent)

    def _write_attribute(self, pattern: etree._Element, parent: etree._Element) -> None:
        name = pattern.get("name", "").replace("xml:", "{http://www.w3.org/XML/1998/namespace}")
        parent.set(name, self._value(pattern))

    def _write_text(self, _: etree._Element, parent: etree._Element) -> None:
        _append(parent, " ".join(self.random.choices(WORDS, k=self.random.randint(0, 3))))

    def _write_data(self, pattern: etree._Element, parent: etree._Element) -> None:
        _append(parent, self._datum(pattern))

    def _write_empty(self, _: etree._Element, __: etree._Element) -> None:
        pass

    # ---- values of attributes

    def _value(self, pattern: etree._Element) -> str:
        return " ".join(self._one_value(one) for one in _patterns(pattern))

    def _one_value(self, pattern: etree._Element) -> str:
        match _tag(pattern):
            case "ref" | "list" | "group":
                return self._value(self.defines.get(pattern.get("name", ""), pattern))
            case "choice":
                return self._one_value(self.random.choice(list(_patterns(pattern))))
            case "oneOrMore" | "zeroOrMore" | "optional" as kind:
                times = self.random.randint(*TIMES[kind])
                return " ".join(self._value(pattern) for _ in range(times))
            case "value":
                return pattern.text or ""
            case "data" | "text":
                return self._datum(pattern)
            case tag:
                raise KeyError(tag)

    def _datum(self, pattern: etree._Element) -> str:
        kind = pattern.get("type", "string")
        if kind == "ID":
            self.count += 1
            return f"id-{self.count}"
        patterns = [one.text or "" for one in pattern if one.get("name") == "pattern"]
        return self.random.choice(VALUES[kind, "".join(patterns)])


def _patterns(pattern: etree._Element) -> Iterator[etree._Element]:
    return pattern.iterchildren(f"{RNG}*")


def _tag(pattern: etree._Element) -> str:
    return etree.QName(pattern).localname


def _append(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
