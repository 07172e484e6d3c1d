"""Put marks that were made elsewhere into the TEI of a letter.

A mention that the marks know stays as it is, but for what they say otherwise of it; tags of
the kinds they speak of that they do not know are taken out, and those that are missing put
in. Every other element, comment and character stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from lxml import etree

from epistola.checks.rules import check_pointers
from epistola.enrich import faults_of, new_among, written
from epistola.exports.entries import XML_ID, T
from epistola.exports.letters import LINKING, ExportedLetter, Mention, is_passed_over
from epistola.imports import Mark, said
from epistola.model import Annotation, Finding, Report, Severity, Span
from epistola.safe import parse
from epistola.tree.body import attribute
from epistola.tree.insert import HOLDERS, NAMES, insert
from epistola.tree.policy import POLICY, Form, Policy
from epistola.tree.read import read_places, read_slots

MORE = frozenset({"object", "name"})
NAMING: Policy = MappingProxyType(
    {
        kind: form._replace(holds=form.holds | MORE) if "person" in form.holds else form
        for kind, form in POLICY.items()
    }
    | {
        "object": Form("objectName", POLICY["person"].holds | MORE),
        "name": Form("name", POLICY["person"].holds | MORE),
    }
)
"""What a mark becomes; a name of no kind is TEI's ``name``."""
CITED = frozenset(
    "analytic author biblScope citedRange edition editor imprint monogr publisher pubPlace series"
    " relatedItem".split()
)
"""Elements that TEI allows only in a reference."""
NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not have."""
WRAPPING = frozenset("bibl date forename surname".split())
"""Other elements in which there are words."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A letter's TEI with the marks in it, and what there is to say of them.

    ``added``, ``removed`` and ``changed`` are how many tags were put in, taken out, and given
    other attributes. A finding of severity ``error`` means that it must not be written.
    """

    tree: etree._ElementTree
    added: int
    removed: int
    changed: int
    findings: tuple[Finding, ...]

    @property
    def is_changed(self) -> bool:
        """Return whether the letter is another than it was."""
        return bool(self.added or self.removed or self.changed)

    def to_bytes(self) -> bytes:
        """Return the document as UTF-8 bytes."""
        return written(self.tree)


def merge(
    letter: ExportedLetter,
    marks: Iterable[Mark],
    kinds: frozenset[str] | None = None,
    *,
    keep: bool = False,
) -> Merged:
    """Return the TEI of ``letter`` with ``marks`` in it; the tree of ``letter`` is changed.

    ``kinds`` are those of which the marks say all there is, else those that are among them;
    other mentions stay, and with ``keep`` no tag is taken out at all.
    """
    tree = letter.root.getroottree()
    before = written(tree)
    findings: list[Finding] = []
    ids = _ids(tree.getroot())
    keys = _pointers(letter, ids)
    linked = [_linked(_fit(mark, findings.append), keys, findings.append) for mark in marks]
    known, new = _paired(letter.mentions, linked, findings.append)
    spoken = frozenset(mark.kind for mark in linked) if kinds is None else kinds
    old = [] if keep else _unknown(letter.mentions, known, new, spoken)
    removed = sum(_removed(mention, findings.append) for mention in old)
    changed = sum(_changed(mention, mark) for mention, mark in known)
    added = _added(letter, new, findings.append)
    if removed or changed or added:
        findings += _faults(letter, before, tree)
    return Merged(tree, added, removed, changed, tuple(findings))


Key = tuple[Span, str]


def _paired(
    mentions: Iterable[Mention], marks: Iterable[Mark], report: Report
) -> tuple[list[tuple[Mention, Mark]], list[Mark]]:
    """Return the mentions that are marked, each with its mark, and the marks of no mention."""
    there: dict[Key, list[Mention]] = {}
    for mention in reversed(list(mentions)):
        there.setdefault((mention.span, mention.kind), []).append(mention)
    known: list[tuple[Mention, Mark]] = []
    new: dict[Key, Mark] = {}
    for mark in marks:
        key = (mark.span, mark.kind)
        if there.get(key):
            known.append((there[key].pop(), mark))
        elif key in there or key in new:
            report(
                said("twice", f"a {mark.kind} is said to be here again, and left out", mark.span)
            )
        else:
            new[key] = mark
    return known, list(new.values())


def _unknown(
    mentions: Iterable[Mention],
    known: Iterable[tuple[Mention, Mark]],
    new: Iterable[Mark],
    spoken: frozenset[str],
) -> list[Mention]:
    """Return the mentions whose tags are wrong by the marks: none is there, or another kind."""
    right = {id(mention) for mention, _ in known}
    elsewise = {mark.span for mark in new}
    left = [mention for mention in mentions if id(mention) not in right]
    return [one for one in left if one.kind in spoken or one.span in elsewise]


# ---- links


def _linked(mark: Mark, keys: Mapping[str, str], report: Report) -> Mark:
    """Return ``mark`` with pointers that lead somewhere from the letter's file.

    ``keys`` are what may be called an entry, each with the pointer that leads there.
    """
    if not mark.pointer:
        return mark
    found: list[str] = []
    for word in mark.pointer.split():
        if word in keys or ":" in word or "#" in word[1:]:
            found.append(keys.get(word, word))
        else:
            report(said("no-entry", f"there is no entry “{word}” in the letter", mark.span))
    return replace(mark, pointer=" ".join(found) or None)


def _pointers(letter: ExportedLetter, ids: Iterable[str]) -> Mapping[str, str]:
    """Return what may be called an entry in a file about ``letter``, and how TEI points there.

    That is what the letter says already, an id, a pointer to one, or the key of an export.
    """
    said_now = {word: word for one in letter.mentions for word in one.pointer.split()}
    local = {name: f"#{name}" for name in ids}
    keys = {entry.key: f"#{entry.local}" for entry in letter.entries if entry.local in local}
    return {**local, **{pointer: pointer for pointer in local.values()}, **keys, **said_now}


def _ids(root: etree._Element) -> frozenset[str]:
    return frozenset(str(e.get(XML_ID)) for e in root.iter(etree.Element) if e.get(XML_ID))


def _fit(mark: Mark, report: Report) -> Mark:
    """Return ``mark`` with those of its values that can be attributes of TEI."""
    if mark.values is None:
        return mark
    fit = {n: v for n, v in mark.values.items() if NAME.fullmatch(n) and not UNFIT.search(v)}
    for name in mark.values.keys() - fit.keys():
        report(said("value", f"“{name}” is left out: it can be no attribute", mark.span))
    return replace(mark, values=fit)


# ---- tags


def _removed(mention: Mention, report: Report) -> bool:
    """Take the tag of ``mention`` away, and return whether that could be done."""
    element = mention.element
    if element is None:
        return False
    why = _is_needed(element)
    if why:
        message = f"the {mention.kind} “{mention.text}” keeps its tag, which no annotation has"
        report(said("conflict", f"{message}: {why}", mention.span))
        return False
    unwrap(element)
    return True


def _is_needed(element: etree._Element) -> str:
    """Return why ``element`` cannot be taken away from around its words, or nothing."""
    parent = element.getparent()
    if parent is None or _local(parent) not in HOLDERS | NAMES | CITED | WRAPPING:
        return "no words may stand there without one"
    if _local(element) == "biblStruct" or any(_local(e) in CITED for e in element.iter("*")):
        return "its parts may stand in a reference only"
    name = element.get(XML_ID)
    if element.get("next") or element.get("prev") or (name and _is_pointed_to(element, name)):
        return "something points to it"
    return ""


def _is_pointed_to(element: etree._Element, name: str) -> bool:
    root = element.getroottree().getroot()
    return any(
        f"#{name}" in str(value).split() for e in root.iter("*") for value in e.attrib.values()
    )


def unwrap(element: etree._Element) -> None:
    """Take ``element`` away; what is in it stays where it is."""
    parent = element.getparent()
    if parent is None:
        return
    index, children = parent.index(element), list(element)
    text, tail = element.text or "", element.tail or ""
    if children:
        children[-1].tail = (children[-1].tail or "") + tail or None
    else:
        text += tail
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text or None
    else:
        parent.text = (parent.text or "") + text or None
    parent.remove(element)
    for child in reversed(children):
        parent.insert(index, child)


def _changed(mention: Mention, mark: Mark) -> bool:
    """Give the element of ``mention`` what ``mark`` says of it, and return whether it is new."""
    element = mention.element
    if element is None:
        return False
    before = sorted(element.attrib.items())
    if mark.pointer is not None and mark.pointer.split() != mention.pointer.split():
        link = next((name for name in LINKING if element.get(name)), _link(mark.kind))
        element.set(link, mark.pointer)
    told = {**mention.values, "cert": mention.cert, "resp": mention.resp}
    told = {name: value for name, value in told.items() if value}
    if mark.values is not None and dict(mark.values) != told:
        for name in told.keys() - mark.values.keys():
            element.attrib.pop(attribute(name), "")
        _set(element, mark.values)
    return sorted(element.attrib.items()) != before


def _link(kind: str) -> str:
    return NAMING[kind].link or "ref"


def _set(element: etree._Element, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        element.set(attribute(name), value)


def _added(letter: ExportedLetter, marks: Iterable[Mark], report: Report) -> int:
    """Put ``marks`` into the tree, and return how many could be."""
    body = letter.root.find(f"{T}text")
    if body is None:
        return 0
    source, _, slots = read_slots(body, skips=is_passed_over, joins=False)
    wanted = {(mark.span, mark.kind): mark for mark in marks}
    claims = [Annotation(mark.span, mark.kind) for mark in wanted.values()]

    def conflict(finding: Finding) -> None:
        report(replace(finding, severity=Severity.WARNING, code="conflict"))

    made = insert(source, slots, claims, NAMING, conflict, beside=True)
    for annotation, element in made:
        mark = wanted[annotation.span, annotation.kind]
        _set(element, mark.values or {})
        if mark.pointer:
            element.set(_link(mark.kind), mark.pointer)
    return len(made)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


# ---- what is wrong


def _faults(letter: ExportedLetter, before: bytes, tree: etree._ElementTree) -> Iterator[Finding]:
    """Yield the faults that the merged letter has and that of ``before`` has not."""
    body = letter.root.find(f"{T}text")
    if body is not None and read_places(body, is_passed_over)[0] != letter.text:
        yield Finding(Severity.ERROR, "wording", "the words of the letter would be changed")
    was = parse(before)
    yield from new_among(faults_of(written(tree), letter.path), faults_of(before, letter.path))
    yield from new_among(check_pointers(tree.getroot()), check_pointers(was.getroot()))
