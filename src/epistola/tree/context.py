"""Which letters stand around this one, as an editor or the letter itself says (TEI P5, 2.4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lxml import etree

from epistola import language as languages
from epistola.model import Annotation, Span
from epistola.tree.element import E
from epistola.tree.facts import Facts, plain

OTHERS = (("answers", "repliesTo"), ("previous", "prev"), ("next", "next"))
"""What an editor says of other letters -> the type of the reference."""
EARLY = 2
"""In so many paragraphs a letter says what it answers."""


def context(facts: Facts) -> Iterator[etree._Element]:
    """Yield the ``correspContext``: the letters around it that somebody names."""
    refs = [*_others(facts), *_works_answered(facts)]
    if not facts.letter.sidecar.answers:
        refs += _letters_answered(facts)
    if refs:
        yield E.correspContext(*refs)


def _others(facts: Facts) -> Iterator[etree._Element]:
    """Yield the letters that an editor names: by the name of a text, or in words."""
    for field, kind in OTHERS:
        name = getattr(facts.letter.sidecar, field)
        if name:
            target = {} if " " in name else {"target": name if "." in name else f"{name}.xml"}
            yield E.ref({"type": kind, **target}, name)


def _works_answered(facts: Facts) -> Iterator[etree._Element]:
    """Yield the works by others that a letter's first paragraph says it answers.

    A letter to a journal answers what it names; any other, only what is a letter or a reply.
    """
    first = next((a.span for a in facts.annotations if a.kind == "p"), None)
    own = facts.letter.author
    writer = {a.entry for a in facts.within(own.span, "person")} if own else set()
    for work in facts.within(first, "work", "reference"):
        if not work.entry or not _is_answered(facts, work):
            continue
        if facts.entries[work.entry].values.get("author") not in writer:
            target = {"type": "repliesTo", "target": f"#{work.entry}"}
            yield E.ref(target, plain(facts.text(work.span)))


def _is_answered(facts: Facts, work: Annotation) -> bool:
    genre = work.values.get("genre", "")
    return genre in REPLIES or (bool(genre) and facts.letter.genre == "letterToJournal")


REPLIES = frozenset({"letter", "reply", "response"})


def _letters_answered(facts: Facts) -> Iterator[etree._Element]:
    """Yield the letters by the addressee that the first paragraphs date: "yours of the 3d"."""
    paragraphs = [a.span for a in facts.annotations if a.kind == "p"][:EARLY]
    for span in paragraphs:
        for match in _answer(facts.letter.language).finditer(
            facts.source.folded, span.start, span.end
        ):
            date = _date_at(facts, Span(match.end(), span.end))
            if date is not None:
                before = facts.text(Span(match.start(), date.span.start))
                dated = facts.date_element(date)
                yield E.ref({"type": "repliesTo"}, f"{before} ", dated)


def _date_at(facts: Facts, rest: Span) -> Annotation | None:
    """Return the date with which ``rest`` begins, after no more than an article."""
    near = Span(rest.start, min(rest.end, rest.start + LONGEST_GAP))
    dates = [a for a in facts.within(rest, "date") if a.span.start in range(near.start, near.end)]
    return next((date for date in dates if _is_near(facts, rest.start, date)), None)


LONGEST_GAP = 6


def _is_near(facts: Facts, start: int, date: Annotation) -> bool:
    gap = facts.source.text[start : date.span.start]
    return len(gap.split()) <= 1 and "\n\n" not in gap


class _Words(NamedTuple):
    """How a letter speaks of one that it answers."""

    owner: str
    letter: str
    of: str
    alone: str


@cache
def _answer(language: str) -> re.Pattern[str]:
    """Return what stands before the date of a letter that is answered: "your kind letter of"."""
    data = languages.load(language)["letter"]["answers"]
    words = _Words(
        *("|".join(map(re.escape, data[key])) for key in ("your", "letter", "of", "yours"))
    )
    return re.compile(
        rf"\b(?:(?:{words.owner})\s+(?:[^\W\d_]+,?\s+){{0,3}}?(?:{words.letter})\s+(?:{words.of})"
        rf"|(?:{words.alone}))\s+",
        re.IGNORECASE,
    )
