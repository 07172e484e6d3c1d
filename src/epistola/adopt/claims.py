"""What a TEI letter says of its text, tag by tag, as places in the text that it was made from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from epistola.decisions.line import NAME
from epistola.model import NOTHING, Annotation, Source, Span
from epistola.tree.added import SAID
from epistola.tree.body import MACHINE
from epistola.tree.policy import POLICY
from epistola.tree.read import read_elements

WORD = re.compile(r"\S+")
MINE = frozenset({"letter"})
"""What is as wide as the letter itself, and nothing to decide about."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A tag: its place in the text, what it says, and the line of the file that it is in.

    ``values`` are its attributes, ``ref`` the entry it points to, ``text`` what an editor sets
    beside it; ``cert`` is how certain it is, and ``resp`` who says so, if not the machine.
    """

    span: Span
    kind: str
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    ref: str = ""
    text: str = ""
    markup: bool = False
    cert: str = ""
    resp: str = ""
    line: int = field(default=0, compare=False)
    others: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def key(self) -> tuple[Span, str]:
        """Return what makes two claims claims about the same."""
        return self.span, self.kind


class Words:
    """Where the words of one text are in another that has the same words."""

    def __init__(self, there: str, here: str) -> None:
        self.there = [match.span() for match in WORD.finditer(there)]
        self.here = [match.span() for match in WORD.finditer(here)]
        self.starts = [start for start, _ in self.there]

    def place(self, offset: int) -> int:
        """Return the place here of ``offset`` there: in a word, or where the one before ends."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            return self.here[0][0] if self.here else 0
        start, end = self.there[at]
        return self.here[at][0] + min(offset, end) - start

    def span(self, text: str, span: Span) -> Span:
        """Return ``span`` of ``text`` here, without white space at its ends."""
        words = text[span.start : span.end]
        start = span.start + len(words) - len(words.lstrip())
        end = span.end - (len(words) - len(words.rstrip()))
        if start >= end:
            at = self.place(span.start)
            return Span(at, at)
        return Span(self.place(start), self.place(end))


def claims(text: etree._Element, source: Source) -> dict[tuple[Span, str], Claim]:
    """Return what the ``text`` of a letter says, whose words are those of ``source``.

    Of two tags of one kind on the same words, the outer one is returned.
    """
    read, found = read_elements(text)
    words = Words(read.text, source.text)
    made: dict[tuple[Span, str], Claim] = {}
    for annotation, element in found:
        if annotation.kind not in MINE:
            claim = _claim(annotation, element, words.span(read.text, annotation.span))
            made.setdefault(claim.key, claim)
    return made


def _claim(annotation: Annotation, element: etree._Element, span: Span) -> Claim:
    values = {k: v for k, v in annotation.values.items() if k not in SAID}
    said = annotation.values
    cert = said.get("cert", "") or (element.get("cert", "") if "text" not in said else "")
    form = POLICY.get(annotation.kind)
    link = str(annotation.entry or "")
    return Claim(
        span,
        annotation.kind,
        values if form is not None else NOTHING,
        link.rpartition("#")[2] if NAME.fullmatch(link.rpartition("#")[2]) else "",
        said.get("text", ""),
        "markup" in said,
        cert,
        said.get("resp", ""),
        line_of(element),
        frozenset(_strange(element, annotation, link)),
    )


def _strange(element: etree._Element, annotation: Annotation, link: str) -> Iterator[str]:
    """Yield the attributes of an element that its kind has no place for."""
    form = POLICY.get(annotation.kind)
    if form is None:
        return
    own = {"cert", "resp", *form.values, *form.fixed, form.link}
    own |= OWN.get(annotation.kind, frozenset())
    for name in element.attrib:
        if str(name).rpartition("}")[2] not in own:
            yield str(name).rpartition("}")[2]
    if link and not NAME.fullmatch(link.rpartition("#")[2]):
        yield form.link


OWN: Mapping[str, frozenset[str]] = {
    "p": frozenset({"id"}),
    **dict.fromkeys(("salute", "dateline", "signed", "valediction"), frozenset({"type"})),
}
"""Attributes that the program writes by itself."""


def line_of(element: etree._Element) -> int:
    """Return the line of the file in which an element begins."""
    line: object = element.sourceline  # the stubs do not know its type
    return line if isinstance(line, int) else 0


def is_machine(claim: Claim) -> bool:
    """Return whether the machine says that it is not certain of a claim."""
    return bool(claim.cert) and claim.resp in {"", MACHINE}
