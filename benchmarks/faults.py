"""How well faults are found, explained and mended, beside libxml2 and Jing.

    python benchmarks/faults.py [verdicts] [planted] [--mutants 2000] [--seed 1848] [--show]

``verdicts``: ours against Jing's on TEI's own tests, on edited letters, and on mutants of
our own output, by ``tei_all`` and by ``letter.rng``. ``planted``: single faults of ten
kinds, thirty of each, are planted in valid letters by functions that know the truth; are
line and column right, is what may stand there named (and is it really allowed), does the
first fix make the file valid? It needs the test corpora beside the checkout (``../shared``,
or where EPISTOLA_SHARED says) and, on the path, ``src`` and ``tests``.
"""

# ruff: noqa: S311, PLR2004 - what is planted is random and reproducible, at made-up odds

from __future__ import annotations

import argparse
import os
import re
import string
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from documents import Documents  # noqa: E402 - found by the line before
from epistola.checks import fix as fixes  # noqa: E402
from epistola.checks.explain import Schema, check_relaxng, load_schema  # noqa: E402
from epistola.checks.explain.schema import safe_parser  # noqa: E402
from epistola.checks.positions import Attribute, Positions  # noqa: E402
from epistola.model import Edit, Finding, Span, ignore  # noqa: E402
from epistola.pipeline import encode  # noqa: E402
from epistola.text.read import read  # noqa: E402
from jing import jing  # noqa: E402

SHARED = Path(os.environ.get("EPISTOLA_SHARED", ROOT.parent / "shared"))
TEI_ALL = SHARED / "data/tei/tei_all_4.12.0.rng"
LETTER = ROOT / "schemas/letter.rng"
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
EACH = 30
TRIES = 300


def parse(raw: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(raw, safe_parser())
    except etree.XMLSyntaxError:
        return None


def valid(raw: bytes, schema: Schema) -> bool:
    root = parse(raw)
    return root is not None and bool(schema.validator.validate(root))


@cache
def letters(number: int, seed: int) -> list[bytes]:
    """The target and so many letters, encoded by us, all of them valid."""
    paths = sorted((SHARED / "data/inputs").rglob("*.txt"))
    Random(seed).shuffle(paths)
    made = [(SHARED / "target/seed-letter.xml").read_bytes()]
    for path in paths:
        raw = encode(read(path, None, ignore)).to_bytes()
        if valid(raw, load_schema()):
            made.append(raw)
        if len(made) == number:
            break
    return made


# ---- verdicts


def mutants(number: int, seed: int) -> Iterator[bytes]:
    """Letters with one to three random changes: elements, attributes, values, text."""
    random = Random(seed)
    base = letters(61, seed)
    for _ in range(number):
        root = etree.fromstring(random.choice(base), etree.XMLParser(collect_ids=False))
        for _ in range(random.randint(1, 3)):
            random.choice(CHANGES)(root, random)
        yield etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def some(root: etree._Element, random: Random) -> etree._Element:
    return random.choice(list(root.iter("*"))[1:])


def rename(root: etree._Element, random: Random) -> None:
    other = some(root, random).tag
    some(root, random).tag = random.choice([other, f"{TEI}frob", "p", f"{TEI}p", f"{TEI}note"])


def delete(root: etree._Element, random: Random) -> None:
    if len(root) and len(elements := list(root.iter("*"))) > 3:
        node = random.choice(elements[1:])
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def move(root: etree._Element, random: Random) -> None:
    node, goal = some(root, random), some(root, random)
    if goal not in node.iter():
        goal.insert(random.randint(0, len(goal)), node)


def double(root: etree._Element, random: Random) -> None:
    node = some(root, random)
    parent = node.getparent()
    if parent is not None:
        copy = etree.fromstring(
            etree.tostring(node, with_tail=False), etree.XMLParser(collect_ids=False)
        )
        parent.insert(random.randint(0, len(parent)), copy)


NAMES = ("n", "type", "when", "ref", "level", "foo", "target", "unit", XML_ID, "cert", "to")
VALUES = (
    "",
    "x",
    "a b",
    "1848",
    "1848-13",
    "#x",
    "high",
    "-1",
    "p 1",
    "sent",
    "9",
    "m",
    " en ",
    "é",
)


def attribute(root: etree._Element, random: Random) -> None:
    some(root, random).set(random.choice(NAMES), random.choice(VALUES))


def no_attribute(root: etree._Element, random: Random) -> None:
    owners = [one for one in root.iter("*") if one.attrib]
    if owners:
        node = random.choice(owners)
        del node.attrib[random.choice(list(node.attrib))]


def value(root: etree._Element, random: Random) -> None:
    owners = [one for one in root.iter("*") if one.attrib]
    if owners:
        node = random.choice(owners)
        node.set(random.choice(list(node.attrib)), random.choice(VALUES))


def words(root: etree._Element, random: Random) -> None:
    node = some(root, random)
    if random.random() < 0.5:
        node.text = (node.text or "") + random.choice(["word", " ", "1848"])
    else:
        node.tail = (node.tail or "") + "word"


CHANGES = (rename, delete, move, double, attribute, no_attribute, value, words)


def verdicts(number: int, seed: int, *, show: bool) -> bool:
    tests = sorted((SHARED / "data/tei/tei_test").glob("*.xml"))
    edited = sorted((SHARED / "data/letters").rglob("*.xml"))
    groups = {
        "TEI's tests": well_formed(alone(path.read_bytes()) for path in tests),
        "edited letters": well_formed(alone(path.read_bytes()) for path in edited),
        f"{number} mutants": list(mutants(number, seed)),
    }
    heads = f"{'accepted':>10}{'rejected':>10}{'unexplained':>13}"
    print(f"{'verdicts':22}{'schema':12}{'files':>6}{'invalid':>9}{heads}")
    print(f"{'':49}{'wrongly':>10}{'wrongly':>10}")
    sound = True
    for path in (LETTER, TEI_ALL):
        schema = load_schema(path)
        for name, documents in groups.items():
            sound &= compare(name, documents, schema, show=show)
    return sound


OUTSIDE = re.compile(rb"(<!DOCTYPE\s+[\w:.-]+)\s+(?:SYSTEM|PUBLIC)\s[^\[>]*")
ENTITY = re.compile(rb"(<!ENTITY\s+[\w.-]+)\s+(?:SYSTEM|PUBLIC)\s[^>]*>")


def alone(raw: bytes) -> bytes:
    """The file without the files that its document type asks for: Jing stops where one lacks."""
    return ENTITY.sub(rb'\1 "">', OUTSIDE.sub(rb"\1", raw, count=1))


def well_formed(raws: Iterable[bytes]) -> list[bytes]:
    """Those that are XML: at another, Jing stops, and no schema has a say in it."""
    return [raw for raw in raws if parse(raw) is not None]


def compare(name: str, documents: list[bytes], schema: Schema, *, show: bool) -> bool:
    refused = referee(documents, schema.path)
    ours = [check_relaxng(raw, schema) for raw in documents]
    pairs = list(zip(documents, ours, refused, strict=True))
    accepted = [(raw, theirs) for raw, found, theirs in pairs if theirs and not found]
    rejected = [(raw, found) for raw, found, theirs in pairs if found and not theirs]
    unexplained = [raw for raw, found, _ in pairs if found and found[0].code == "schema"]
    print(
        f"{name:22}{schema.path.stem[:11]:12}{len(documents):6}{sum(map(bool, ours)):9}"
        f"{len(accepted):10}{len(rejected):10}{len(unexplained):13}"
    )
    if show:
        for _, complaint in accepted[:10]:
            print("    accepted:", complaint)
        for _, found in rejected[:10]:
            print("    rejected:", found[0].code, found[0].message)
    return not accepted and not rejected


def referee(documents: list[bytes], schema: Path) -> list[str]:
    """Jing's first complaint about each document; "" where it has none."""
    said: list[str] = []
    for batch in (documents[at : at + 400] for at in range(0, len(documents), 400)):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, raw in enumerate(batch):
                paths.append(Path(folder) / f"{number:04}.xml")
                paths[-1].write_bytes(raw)
            first: dict[str, str] = {}
            lines = jing(schema, paths)
            if any(".xml:" not in line or ": fatal:" in line for line in lines):
                raise RuntimeError(f"Jing gave up: {lines}")
            for line in lines:
                first.setdefault(Path(line.split(".xml:")[0]).name, line)
            said += [first.get(path.stem, "") for path in paths]
    return said


# ---- planted faults


@dataclass(frozen=True)
class Planted:
    """A letter with one fault, and the truth about it: where, and what is right.

    ``places`` has two offsets where two neighbours are swapped, and either is at fault.
    """

    kind: str
    raw: bytes
    places: tuple[int, ...]
    right: str = ""
    span: Span = field(default_factory=lambda: Span(0, 0))


class Field(NamedTuple):
    """A letter to plant in: its text, where all stands, and all its elements."""

    raw: bytes
    text: str
    positions: Positions
    elements: list[etree._Element]

    def changed(self, *edits: Edit) -> bytes:
        return fixes.apply(self.raw, edits)

    def start(self, element: etree._Element) -> int:
        return self.positions.tag(element).start.start


def field_of(raw: bytes) -> Field:
    positions = Positions(raw)
    root = etree.fromstring(raw, safe_parser())
    return Field(raw, positions.text_of_file, positions, list(root.iter("*")))


def gibberish(random: Random) -> str:
    pairs = [random.choice("bdgkmprtvz") + random.choice("aeiou") for _ in range(4)]
    return "".join(pairs)


def slipped(word: str, random: Random) -> str:
    """The word with one slip of the keyboard in it."""
    at = random.randrange(len(word))
    letter = random.choice(string.ascii_lowercase)
    ways = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word.upper(),
        word.swapcase() if random.random() < 0.3 else word[:at] + letter + word[at:],
    ]
    return random.choice(ways)


def unknown_element(f: Field, random: Random) -> Planted | None:
    name = gibberish(random)
    element = random.choice(f.elements[1:])
    if random.random() < 0.5:
        return renamed("unknown element", f, element, name)
    owners = [one for one in f.elements if one.text and len(one.text.split()) > 2]
    owner = random.choice(owners)
    stretch = f.positions.text(owner).span
    found = list(re.finditer(r"\w+", f.text[stretch.start : stretch.end]))
    word = random.choice(found)
    start, end = stretch.start + word.start(), stretch.start + word.end()
    edits = (Edit(Span(start, start), f"<{name}>"), Edit(Span(end, end), f"</{name}>"))
    return Planted("unknown element", f.changed(*edits), (start,))


def renamed(kind: str, f: Field, element: etree._Element, name: str) -> Planted:
    right = etree.QName(element).localname
    edits = [Edit(span, name) for span in f.positions.tag(element).names]
    return Planted(kind, f.changed(*edits), (f.start(element),), right)


def misspelt_element(f: Field, random: Random) -> Planted | None:
    element = random.choice(f.elements[1:])
    right = etree.QName(element).localname
    name = slipped(right, random)
    if len(right) < 4 or name in declared() or not re.fullmatch(r"[A-Za-z]\w*", name):
        return None
    return renamed("misspelt element", f, element, name)


@cache
def declared() -> frozenset[str]:
    return frozenset(one.get("name", "") for one in etree.parse(str(LETTER)).iter("{*}element"))


def unknown_attribute(f: Field, random: Random) -> Planted | None:
    element = random.choice(f.elements)
    written = [
        one
        for one in f.positions.attributes(element)
        if ":" not in one.name and one.name != "xmlns"
    ]
    if written and random.random() < 0.5:
        one = random.choice(written)
        name = slipped(one.name, random)
        if not re.fullmatch(r"[A-Za-z]\w*", name) or len(one.name) < 3:
            return None
        return Planted(
            "unknown attribute", f.changed(Edit(one.label, name)), (one.whole.start,), one.name
        )
    tag = f.positions.tag(element)
    at = tag.start.start + 1 + len(tag.name)
    new = f" {gibberish(random)}={quoteattr(random.choice(['yes', '1', 'x']))}"
    return Planted("unknown attribute", f.changed(Edit(Span(at, at), new)), (at + 1,))


DATES = ("when", "notBefore", "notAfter", "from", "to")


def attributes(
    f: Field, wanted: Callable[[Attribute], bool]
) -> list[tuple[etree._Element, Attribute]]:
    return [
        (element, one)
        for element in f.elements
        for one in f.positions.attributes(element)
        if wanted(one) and not one.name.startswith("xmlns")
    ]


def bad_value(f: Field, random: Random) -> Planted | None:
    _, one = random.choice(attributes(f, lambda a: a.name not in DATES) or [(None, None)])
    if one is None:
        return None
    right = f.text[one.value.start : one.value.end]
    wrong = random.choice(
        [slipped(right, random) if right else "?", f"{right} x", gibberish(random), f" {right}!"]
    )
    if re.search(r"[<&\"']", wrong):
        return None
    return Planted(
        "bad attribute value",
        f.changed(Edit(one.value, wrong)),
        (one.whole.start,),
        right,
        Span(one.value.start, one.value.start + len(wrong)),
    )


def missing_attribute(f: Field, random: Random) -> Planted | None:
    element, one = random.choice(attributes(f, lambda _: True) or [(None, None)])
    if one is None or element is None:
        return None
    edit = Edit(Span(one.whole.start - 1, one.whole.end), "")
    return Planted("missing required attribute", f.changed(edit), (f.start(element),), one.name)


def missing_child(f: Field, random: Random) -> Planted | None:
    element = random.choice(f.elements[1:])
    parent = element.getparent()
    if parent is None:
        return None
    edit = Edit(f.positions.tag(element).whole, "")
    right = etree.QName(element).localname
    return Planted("missing required child", f.changed(edit), (f.start(parent),), right)


def inside(f: Field, parent: etree._Element, random: Random) -> int | None:
    """A random place among the children of ``parent``."""
    tag = f.positions.tag(parent)
    if tag.is_empty:
        return None
    places = [tag.start.end, *(f.positions.tag(one).whole.end for one in parent.iterchildren("*"))]
    return random.choice(places)


def wrong_place(f: Field, random: Random) -> Planted | None:
    element, parent = random.choice(f.elements[1:]), random.choice(f.elements)
    span = f.positions.tag(element).whole
    if len(span) > 2000 or parent is element or element in parent.iterancestors():
        return None
    copy = re.sub(r"\sxml:id=\"[^\"]*\"", "", f.text[span.start : span.end])
    places = {place for _ in range(12) if (place := inside(f, parent, random)) is not None}
    if not places or any(
        valid(f.changed(Edit(Span(at, at), copy)), load_schema()) for at in places
    ):
        return None
    at = random.choice(sorted(places))
    return Planted("element in the wrong place", f.changed(Edit(Span(at, at), copy)), (at,))


def wrong_order(f: Field, random: Random) -> Planted | None:
    parent = random.choice([one for one in f.elements if len(one) > 1])
    children = list(parent.iterchildren("*"))
    if len(children) < 2:
        return None
    a, b = sorted(random.sample(range(len(children)), 2))
    first, last = children[a], children[b]
    if first.tag == last.tag:
        return None
    one, two = f.positions.tag(first).whole, f.positions.tag(last).whole
    moved = f.text[one.start : one.end]
    raw = f.changed(Edit(one, ""), Edit(Span(two.end, two.end), moved))
    places = [two.end - len(one)]
    if b == a + 1:
        places.append(two.start - len(one))
    return Planted("wrong order of children", raw, tuple(places))


def stray_text(f: Field, random: Random) -> Planted | None:
    at = inside(f, random.choice(f.elements), random)
    if at is None:
        return None
    words = random.choice(["Dear Sir", "see above", "1848", "é", "and so on"])
    return Planted(
        "text where none may stand",
        f.changed(Edit(Span(at, at), words)),
        (at,),
        "",
        Span(at, at + len(words)),
    )


MONTHS = "January February March April May June July August September October November December"


def bad_date(f: Field, random: Random) -> Planted | None:
    _, one = random.choice(attributes(f, lambda a: a.name in DATES) or [(None, None)])
    if one is None:
        return None
    right = f.text[one.value.start : one.value.end]
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", right)
    if not found:
        return None
    wrong = random.choice(misdated(*found.groups()))
    return Planted(
        "bad date",
        f.changed(Edit(one.value, wrong)),
        (one.whole.start,),
        right,
        Span(one.value.start, one.value.start + len(wrong)),
    )


def misdated(year: str, month: str | None, day: str | None) -> list[str]:
    """The date as people write it who do not know ISO 8601, or slip."""
    if month is None:
        return [year[1:], f"{year}-", f"{year}?", f"ca. {year}", f"{year}-13", f" {year}."]
    word = MONTHS.split()[int(month) - 1]
    if day is None:
        return [
            f"{year}-{int(month)}",
            f"{word} {year}",
            f"{year}/{month}",
            f"{year}-1{month}",
            f"{year}{month}",
        ]
    short, other = int(day), f"{int(month)}/{int(day)}/{year}"
    return [
        f"{year}-{int(month)}-{short}", f"{short}.{int(month)}.{year}", f"{short} {word} {year}",
        f"{year}/{month}/{day}", f"{year}{month}{day}", f"{year}-{month}-32", other,
        f"{year}.{month}.{day}", f"{word} {short}, {year}", f"{year}-{month}-{day}x",
    ]  # fmt: skip


KINDS: dict[str, Callable[[Field, Random], Planted | None]] = {
    "unknown element": unknown_element,
    "misspelt element": misspelt_element,
    "unknown attribute": unknown_attribute,
    "bad attribute value": bad_value,
    "missing required attribute": missing_attribute,
    "missing required child": missing_child,
    "element in the wrong place": wrong_place,
    "wrong order of children": wrong_order,
    "text where none may stand": stray_text,
    "bad date": bad_date,
}


def plant(kind: str, raws: Sequence[bytes], random: Random) -> Planted:
    """One fault of that kind, in a letter taken at random; it is really one."""
    for _ in range(TRIES):
        made = KINDS[kind](field_of(random.choice(raws)), random)
        if made is not None and parse(made.raw) is not None and not valid(made.raw, load_schema()):
            return made
    raise RuntimeError(f"no {kind} could be planted")


# ---- is what is named really allowed?


TRIED = (
    "x",
    "1",
    "#x",
    "true",
    "en",
    "1848",
    "high",
    "P1D",
    "0.1",
    "1 2",
    "letter",
    "sent",
    "a",
    "volume",
)


def named(planted: Planted, found: Finding, schema: Schema) -> bool:
    """Whether what the finding names first may stand where it says.

    Where it says that nothing may, whether nothing does, of all elements there are.
    """
    f = field_of(planted.raw)
    at = offset(f.positions, found.line, found.column)
    if found.code.startswith("schema.bad"):
        example = re.search(r"such as ([^\s,;]+)", found.message)
        likely = found.expected[:1] or ((example[1],) if example else ())
        return any(valid(f.changed(Edit(planted.span, one)), schema) for one in likely)
    if found.code in ("schema.unknown-attribute", "schema.missing-attribute"):
        return attribute_allowed(f, at, found, schema)
    if found.code == "schema.stray-text":
        return fits_there(f, planted.span, found, schema)
    elements = [one for one in f.elements if f.start(one) == at]
    return any(element_allowed(f, one, found, schema) for one in elements)


def element_allowed(f: Field, element: etree._Element, found: Finding, schema: Schema) -> bool:
    if found.code == "schema.missing-child":
        return any(
            valid(raw, schema) for name in found.expected[:1] for raw in added(f, element, name)
        )
    if found.code == "schema.order" and mends(f.raw, found, schema):
        return True
    tag = f.positions.tag(element)
    new = [Edit(span, name) for name in found.expected[:1] for span in tag.names]
    renamed = bool(new) and valid(f.changed(*new), schema)
    return renamed or fits_there(f, tag.whole, found, schema)


def fits_there(f: Field, span: Span, found: Finding, schema: Schema) -> bool:
    """Whether what is named first may stand in place of ``span``; else whether nothing may."""
    if found.expected:
        return any(valid(raw, schema) for raw in instead_of(f, span, found.expected[0]))
    return "may stand there" in found.message and not any(
        valid(raw, schema) for name in declared() for raw in instead_of(f, span, name)
    )


def attribute_allowed(f: Field, at: int, found: Finding, schema: Schema) -> bool:
    for element in f.elements:
        tag = f.positions.tag(element)
        if tag.start.start <= at < tag.start.end and found.expected:
            old = [a for a in f.positions.attributes(element) if a.whole.start == at]
            place = old[0].whole if old else Span(*[tag.start.start + 1 + len(tag.name)] * 2)
            before = "" if old else " "
            values = [f.text[a.value.start : a.value.end] for a in old]
            known = [*values, *TRIED, *listed_values(found.expected[0])]
            return any(
                valid(f.changed(Edit(place, f"{before}{found.expected[0]}={quoteattr(v)}")), schema)
                for v in known
            )
    return False


@cache
def listed_values(name: str) -> tuple[str, ...]:
    """All values that letter.rng lists anywhere for an attribute."""
    grammar = etree.parse(str(LETTER))
    return tuple(
        {
            (value.text or "")
            for one in grammar.iter("{*}attribute")
            if one.get("name") == name
            for value in one.iter("{*}value")
        }
    )


@cache
def samples(name: str) -> tuple[str, ...]:
    """Some random elements of a name that letter.rng allows, made without our tables."""
    source = Documents(etree.parse(str(LETTER)), 1848, size=1)
    if name not in source.names:
        return ()
    texts = [etree.tostring(source.element(name), encoding="unicode") for _ in range(8)]
    return tuple(sorted(texts, key=len))


def instead_of(f: Field, span: Span, name: str) -> Iterator[bytes]:
    """The file with something of that name in place of ``span``."""
    yield f.changed(Edit(span, f"<{name}>{f.text[span.start : span.end]}</{name}>"))
    for sample in samples(name):
        yield f.changed(Edit(span, sample))


def added(f: Field, parent: etree._Element, name: str) -> Iterator[bytes]:
    """The file with something of that name at each place in ``parent``."""
    tag = f.positions.tag(parent)
    for sample in samples(name):
        if tag.is_empty:
            yield f.changed(Edit(Span(tag.start.end - 2, tag.start.end), f">{sample}</{tag.name}>"))
            continue
        ends = (f.positions.tag(one).whole.end for one in parent.iterchildren("*"))
        for at in [tag.start.end, *ends]:
            yield f.changed(Edit(Span(at, at), sample))


def offset(positions: Positions, line: int, column: int) -> int:
    lines = positions.text_of_file.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1])) + column - 1


def mends(raw: bytes, found: Finding, schema: Schema) -> bool:
    return bool(found.fix) and valid(fixes.apply(raw, found.fix), schema)


# ---- the table


def planted(seed: int, *, show: bool) -> bool:
    random = Random(seed)
    schema = load_schema()
    raws = letters(150, seed)
    made = [plant(kind, raws, random) for kind in KINDS for _ in range(EACH)]
    check_relaxng(made[0].raw, schema)
    judged = referee([one.raw for one in made], LETTER)
    scores = {kind: Counter[str]() for kind in KINDS}
    seconds = []
    for one, theirs in zip(made, judged, strict=True):
        began = time.process_time()
        found = check_relaxng(one.raw, schema)
        seconds.append(time.process_time() - began)
        score = judge(one, found, theirs, schema)
        scores[one.kind].update(score)
        if show and not {"place", "named", "fixed"} <= score.keys():
            tell(one, found, score)
    total = sum(scores.values(), Counter[str]())
    theirs = f"{'line':>6}{'column':>8}{'right':>8}"
    heads = "".join(f"{head:>8}" for head in ("place", "named", "right", "fixed", "safe", "alone"))
    print(f"{'':76}{'libxml2':>14}{'':13}{'Jing':>6}")
    print(f"{'planted':27}{heads}   {theirs}   {theirs}")
    for kind, score in [*scores.items(), ("all", total)]:
        print(row(kind, score))
    middle, last = (sorted(seconds)[at] * 1000 for at in (len(seconds) // 2, -1))
    print(f"processor time to explain a letter: median {middle:.0f} ms, at most {last:.0f} ms")
    number = sum(score["all"] for score in scores.values())
    return (
        total["place"] >= 0.97 * number
        and total["named"] >= 0.95 * number
        and total["fixed"] >= 0.85 * number
    )


def judge(one: Planted, found: list[Finding], theirs: str, schema: Schema) -> Counter[str]:
    positions = Positions(one.raw)
    places = [positions.place(at) for at in one.places]
    score = Counter(["all"])
    if one.right:
        score["has right"] += 1
    if found:
        first = found[0]
        score["place"] += (first.line, first.column) in places
        score["named"] += named(one, first, schema)
        score["right"] += bool(one.right) and said(one.right, (*first.expected, first.message))
        score["fixed"] += mends(one.raw, first, schema)
        score["safe"] += bool(first.fix) and fixes.is_safe(one.raw, first.fix)
        score["alone"] += len(found) == 1
    schema.validator.validate(etree.fromstring(one.raw, safe_parser()))
    entry = schema.validator.error_log[0]
    score["lxml line"] += entry.line in [line for line, _ in places]
    score["lxml column"] += (entry.line, entry.column) in places
    score["lxml right"] += bool(one.right) and said(one.right, [entry.message])
    if place := re.search(r"\.xml:(\d+):(\d+): (.*)", theirs):
        score["jing line"] += int(place[1]) in [line for line, _ in places]
        score["jing column"] += (int(place[1]), int(place[2])) in places
        score["jing right"] += bool(one.right) and said(one.right, [place[3]])
    return +score


def said(word: str, texts: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) for text in texts)


def row(kind: str, score: Counter[str]) -> str:
    def right(name: str) -> str:
        return f"{score[name]}/{score['has right']}" if score["has right"] else "-"

    def theirs(who: str) -> str:
        line, column = score[f"{who} line"], score[f"{who} column"]
        return f"{line:6}{column:8}{right(f'{who} right'):>8}"

    ours = f"{score['place']:8}{score['named']:8}{right('right'):>8}"
    fixes_made = f"{score['fixed']:8}{score['safe']:8}{score['alone']:8}"
    return f"{kind:27}{ours}{fixes_made}   {theirs('lxml')}   {theirs('jing')}"


def tell(one: Planted, found: list[Finding], score: Counter[str]) -> None:
    missed = [what for what in ("place", "named", "fixed") if not score[what]]
    places = [tuple(Positions(one.raw).place(at)) for at in one.places]
    print(f"  {one.kind}, {one.right!r}, at {places}: not {', '.join(missed)}")
    for finding in found[:3]:
        edits = [edit.text[:60] for edit in finding.fix]
        print(
            f"      {finding.line}:{finding.column} {finding.code}: {finding.message[:200]} {edits}"
        )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", nargs="*", choices=["verdicts", "planted", []])
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1848)
    parser.add_argument("--show", action="store_true", help="show what went wrong")
    asked = parser.parse_args(arguments)
    if not TEI_ALL.exists():
        print(f"skipped: no {TEI_ALL}")
        return 0
    what = asked.what or ["planted", "verdicts"]
    sound = True
    if "planted" in what:
        sound &= planted(asked.seed, show=asked.show)
    if "verdicts" in what:
        sound &= verdicts(asked.mutants, asked.seed, show=asked.show)
    return 0 if sound else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
