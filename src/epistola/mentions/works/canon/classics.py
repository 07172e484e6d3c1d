"""Read the classics by their divisions: "Hor. Sat. i. 4", "Plato, Rep. 514a", "Macbeth, v. 5. 17".

The works, their forms and divisions are a table (``gazetteer/classics.tsv``). A page of Plato
has a letter (Stephanus), one of Aristotle a letter and a line (Bekker).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from epistola import gazetteer
from epistola.mentions.works.canon.divisions import Division, divisions
from epistola.mentions.works.canon.numbered import WORD, forms_before
from epistola.mentions.works.canon.readings import Candidate, Reading
from epistola.mentions.works.scopes import Scope
from epistola.model import Span

CERTAINTY = 0.96
ITSELF = "@"
"""Among the forms of a work: its author's name alone means it ("Hdt. 1.32")."""
MARKS = "_\"'"
ENDS = frozenset(".,;:)]\n\"'")
NAME_END = re.compile(r"(?:'s)?[.,]*\s*[_\"']*")


class Work(NamedTuple):
    """A work: who wrote it, what it is called, what it is divided in, and how it was named.

    ``words`` is how many words the author's name has in the form, none where it is not named.
    """

    author: str
    title: str
    units: tuple[str, ...]
    words: int = 0


@cache
def works() -> dict[str, Work]:
    """Return the works by each form that may name one, in small letters, with author or without."""
    return {form.lower(): work for form, work in _table()}


@cache
def _lasts() -> frozenset[str]:
    """Return the last words of all forms, as they are written before a number."""
    return frozenset(form.rsplit(" ", 1)[-1] for form, _ in _table())


@cache
def _table() -> tuple[tuple[str, Work], ...]:
    text = files(gazetteer).joinpath("classics.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line[:1] != "#"]
    return tuple(found for row in rows for found in _forms(*row))


@cache
def _shared() -> frozenset[str]:
    """Return the titles that several authors have used."""
    named = {(work.title, work.author) for _, work in _table()}
    titles = Counter(title for title, _ in named)
    return frozenset(title for title, times in titles.items() if times > 1)


def _forms(
    author: str, authors: str, title: str, titles: str, units: str, alone: str
) -> Iterator[tuple[str, Work]]:
    """Yield each form of a work: after each form of its author, and alone where it may stand so."""
    work = Work(author, title, tuple(units.split()))
    for name in _listed(author, authors):
        by = work._replace(words=len(name.split()))
        yield from ((f"{name} {form}", by) for form in _listed(title, titles))
        if ITSELF in alone:
            yield name, by
    yield from ((form, work) for form in alone.split(", ") if form not in {"", ITSELF})


def _listed(name: str, forms: str) -> list[str]:
    return [name, *forms.split(", ")] if forms else [name]


def classic_at(candidate: Candidate) -> Reading | None:
    """Return the passage of a work whose name ends with the word of ``candidate``."""
    text = candidate.text
    if text[candidate.start : candidate.end] not in _lasts():
        return None
    for start, form in forms_before(text, candidate.end):
        work = works().get(form.lower())
        found = work and divisions(text, candidate.at, work.units, candidate.language)
        if work and found:
            passage = _is_passage(text, work, found)
            return _reading(candidate, work, start, found) if passage else None
    return None


def _is_passage(text: str, work: Work, found: Sequence[Division]) -> bool:
    """Return whether the numbers are of divisions: several, or told by a label or a letter."""
    first = found[0]
    if any(division.is_year for division in found):
        return False
    if any(division.lettered for division in found):
        return work.words > 0
    if first.labelled:
        return True
    if len(found) > 1:
        tight = text[first.span.end : found[1].span.start] in {".", ","}
        return first.roman or work.words > 0 or tight
    written = text[first.span.start : first.span.end]
    ends = text[first.span.end : first.span.end + 1] in {*ENDS, ""}
    return ends and (work.words > 0 or (first.roman and written.islower() and len(written) > 1))


def _reading(
    candidate: Candidate, work: Work, start: int, found: Sequence[Division]
) -> Reading | None:
    text = candidate.text
    author = _author(text, start, work.words)
    begins = NAME_END.match(text, author.end) if author else None
    named = begins.end() if begins and begins.end() < candidate.end else start
    opened = start and text[start - 1] in MARKS
    closed = opened and text[start - 1] in text[candidate.end : candidate.at]
    return Reading(
        "classics",
        Span(start - 1 if closed else start, found[-1].span.end),
        work.title,
        Span(named, candidate.end),
        tuple(Scope(division.span, division.unit, division.n) for division in found),
        CERTAINTY,
        author if named > start else None,
        work.author,
        work.title in _shared(),
    )


def _author(text: str, start: int, words: int) -> Span | None:
    """Return where the author is named, in so many words."""
    row = list(islice(WORD.finditer(text, start), words))
    return Span(start, row[-1].end() - 2 * row[-1].group().endswith("'s")) if row else None
