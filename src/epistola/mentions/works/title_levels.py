"""Decide the level of each work that a letter names, by all that the letter says of it.

``a`` is a part of something (a poem, an essay, an article), ``m`` what is published by itself
(a book, a play), ``j`` a journal, ``s`` a series (TEI P5, ``title``, ``@level``). A rule that
finds a title says its level where the words beside it do ("a poem called ..."), and leaves it
empty where they do not; then the words around all mentions of the work count, then those in one
row with it, and last its own length.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from epistola.gazetteer import Names, fold
from epistola.mentions.works.title_words import PLACES, WORD, Words, context_of, weight
from epistola.model import Annotation, Source

NEAR = 70
"""How far a word that tells of a level may stand from the title, in characters."""
SAID = 3
"""What the rule that found a title says counts as much as so many words around it."""
END = re.compile(r"[.;?!][\"'_)]*\s+(?=[\"'_(]*[A-ZÀ-ÖØ-Þ])|\n[ \t]*\n")
ROW = re.compile(
    r"[\"'_]*(?:[,;]?[\"'_]*\s+(?:and|or|und|oder|et|ou|&)|[,;]?[\"'_]*)\s+[\"'_]*\w{0,3}\s?"
)
"""What stands between two titles of one row, and an article that the second may begin with."""
SHORT = 2
"""Words of weight in a title that is rather a poem's than a book's."""

Votes = Counter[str]


def levelled(
    source: Source, found: Sequence[Annotation], names: Names, words: Words
) -> Iterator[Annotation]:
    """Yield the titles ``found``, in order, with one level for each work."""
    levels = _levels(source, found, names, words)
    for title in found:
        yield replace(title, values={"level": levels[_work(source, title)]})


def _work(source: Source, title: Annotation) -> str:
    """Return the name under which mentions of one work are one: without an article."""
    return fold(source[title.span]).removeprefix("The ").casefold()


def _levels(
    source: Source, found: Sequence[Annotation], names: Names, words: Words
) -> Mapping[str, str]:
    votes: defaultdict[str, Votes] = defaultdict(Counter)
    for title in found:
        votes[_work(source, title)] += _votes(source, title, names, words)
    decided = {work: level for work, of in votes.items() if (level := _most(of))}
    for journal, part in pairwise(found):
        if decided.get(_work(source, journal)) == "j" and _holds(source, journal, part, words):
            decided.setdefault(_work(source, part), "a")
    for one, other in _neighbours(source, found):
        shared = decided.get(one) or decided.get(other)
        if shared:
            decided.setdefault(one, shared)
            decided.setdefault(other, shared)
    return {
        work: decided.get(work) or _default(source, title, names, words)
        for title in found
        for work in [_work(source, title)]
    }


def _holds(source: Source, journal: Annotation, part: Annotation, words: Words) -> bool:
    """Return whether a journal has, takes or prints what comes next: '"Lamp" has your "Ode"'."""
    gap = source.folded[journal.span.end : max(journal.span.end, part.span.start)]
    row = [word.lower() for word in WORD.findall(gap)]
    return len(row) <= FEW and bool(row) and row[0] in words.holding and not END.search(gap)


FEW = 4
"""Words between a journal and what it has."""


def _votes(source: Source, title: Annotation, names: Names, words: Words) -> Votes:
    """Return what the rule and the words of the same sentence say of one mention."""
    level = title.values["level"]
    if source.folded[title.span.start : title.span.end].lower().split()[-1] in words.series:
        return Counter({"s": SAID})
    votes: Votes = Counter({level: SAID} if level else {})
    if level == "j" and title.rule in JOURNALS:
        votes["j"] += 2 * SAID
    if title.rule not in BY_MARKS:
        return votes
    before, after = _around(source, title)
    for word in (*WORD.findall(before), *WORD.findall(after)):
        hint = words.hints.get(word.lower())
        if hint:
            votes[hint] += 1
    votes["j"] += _of_journal(source, title, before, names, words)
    return votes


def _of_journal(source: Source, title: Annotation, before: str, names: Names, words: Words) -> int:
    """Return how much is like a journal: 'sent a poem to', 'for the "Lamp"', 'the "Leeds Lamp"'."""
    context = context_of(source, title.span)
    after_the = context.before in words.articles
    marked = after_the and context.gap.strip(" \n") != ""
    to = (context.earlier if after_the else context.before) in words.towards
    sent = any(word.lower() in words.sending for word in WORD.findall(before))
    row = source.folded[title.span.start : title.span.end].split()
    local = any(names.known(" ".join(row[:size]), *PLACES) for size in range(1, len(row)))
    placed = marked and context.earlier in words.before_work
    return placed + 2 * (to and (sent or marked)) + 2 * (marked and local)


JOURNALS = frozenset({"titles.known", "titles.named", "titles.dated", "titles.located"})
BY_MARKS = frozenset(
    {"titles.double", "titles.single", "titles.italic", "titles.habit", "titles.again"}
)


def _around(source: Source, title: Annotation) -> tuple[str, str]:
    """Return what stands before and after a title in its sentence."""
    start, end = title.span.start, title.span.end
    before = END.split(source.folded[max(0, start - NEAR) : start])[-1]
    after = END.split(source.folded[end : end + NEAR])[0]
    return before, after


def _most(votes: Votes) -> str:
    """Return the level with the most votes, or nothing where two have as many."""
    first, second = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if first[1] > second[1] else ""


def _neighbours(source: Source, found: Sequence[Annotation]) -> Iterator[tuple[str, str]]:
    """Yield the works that stand in one row: “One,” “Two” and “Three”."""
    for one, other in pairwise(found):
        if one.span.end < other.span.start and ROW.fullmatch(
            source.folded, one.span.end, other.span.start
        ):
            yield _work(source, one), _work(source, other)


def _default(source: Source, title: Annotation, names: Names, words: Words) -> str:
    """Return the level of a work of which the letter says nothing but its title."""
    text = fold(source[title.span])
    if title.rule not in BY_MARKS or title.rule == "titles.italic" or names.known(text, "work"):
        return "m"
    return "a" if title.rule == "titles.single" or weight(text, words) <= SHORT else "m"
