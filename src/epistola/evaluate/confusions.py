"""Gather what went wrong, form by form: what was missed, wrong, cut wrongly, of a wrong kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from epistola.evaluate.gold import Mention
from epistola.evaluate.score import Judged, overlapping
from epistola.model import Span

SORTS = ("missed", "wrong", "span", "kind")
"""Missed; wrong; tagged, but with other words; tagged as something else."""
AROUND = 60
"""How many characters of the letter are shown before and after."""
LONGEST = 120
"""Of a longer mention, such as the gold has where a tag is never closed, the middle is left out."""

WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a letter, and whether they are in the gold's mention, and in the made one."""

    text: str
    gold: bool = False
    made: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """One place where it went wrong; ``rule`` and ``certainty`` are of the made mention, if any."""

    letter: str
    context: tuple[Piece, ...]
    rule: str = ""
    certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Confusion:
    """One form that goes wrong in one way, wherever it does.

    ``kind`` is the gold's (what is wrong has none: there it is that of the made mention),
    ``made_kind`` that of the made mention; ``gold`` and ``made`` are their words.
    """

    sort: str
    kind: str
    made_kind: str
    gold: str
    made: str
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class _Fault:
    """One thing that went wrong in one letter: a gold mention, a made one, or both."""

    sort: str
    gold: Mention | None
    made: Mention | None


def confusions(letters: Iterable[Judged], kinds: Sequence[str]) -> tuple[Confusion, ...]:
    """Return what went wrong, by kind and sort, the most frequent forms first."""
    groups: defaultdict[tuple[str, str, str, str, str], list[Instance]] = defaultdict(list)
    for letter in letters:
        for fault in _faults(letter, kinds):
            groups[_group(letter.text, fault)].append(_instance(letter, fault))
    found = [
        Confusion(sort, kind, made_kind, gold, made, tuple(instances))
        for (kind, sort, made_kind, gold, made), instances in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: _order(one, kinds)))


def matrix(found: Iterable[Confusion]) -> Mapping[tuple[str, str], int]:
    """Return how often a mention of one kind was tagged as another."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        if one.sort == "kind":
            counts[one.kind, one.made_kind] += len(one.instances)
    return counts


def _order(one: Confusion, kinds: Sequence[str]) -> tuple[int, int, int, str, str, str]:
    sort = SORTS.index(one.sort)
    return kinds.index(one.kind), sort, -len(one.instances), one.gold, one.made, one.made_kind


def _group(text: str, fault: _Fault) -> tuple[str, str, str, str, str]:
    kind = next(mention.kind for mention in (fault.gold, fault.made) if mention)
    made_kind = fault.made.kind if fault.made else ""
    return kind, fault.sort, made_kind, _words(text, fault.gold), _words(text, fault.made)


def _faults(letter: Judged, kinds: Sequence[str]) -> Iterator[_Fault]:
    """Yield what went wrong in a letter.

    What was missed and what is wrong are one fault where they share words: then the kind
    is wrong. A name missed within a title that is right is just missed.
    """
    missed = {
        k: [m for m in letter.gold[k] if not overlapping(m.span, letter.made[k])] for k in kinds
    }
    wrong = {
        k: [m for m in letter.made[k] if not overlapping(m.span, letter.gold[k])] for k in kinds
    }
    taken: set[Mention] = set()
    for kind in kinds:
        for mention in missed[kind]:
            rivals = [r for k in kinds for r in overlapping(mention.span, wrong[k])]
            rival = next((r for r in rivals if r not in taken), None)
            if rival:
                taken.add(rival)
            yield _Fault("kind" if rival else "missed", mention, rival)
        yield from _cut_wrongly(letter.gold[kind], letter.made[kind])
    yield from (_Fault("wrong", None, m) for k in kinds for m in wrong[k] if m not in taken)


def _cut_wrongly(gold: Iterable[Mention], made: Sequence[Mention]) -> Iterator[_Fault]:
    for mention in gold:
        for other in overlapping(mention.span, made):
            if other.span != mention.span:
                yield _Fault("span", mention, other)


def _instance(letter: Judged, fault: _Fault) -> Instance:
    made = fault.made
    return Instance(
        letter=letter.name,
        context=tuple(_context(letter.text, fault)),
        rule=made.rule if made else "",
        certainty=made.certainty if made else None,
    )


def _context(text: str, fault: _Fault) -> Iterator[Piece]:
    """Yield the words around a fault, cut where a mention begins or ends."""
    gold, made = (m.span if m else None for m in (fault.gold, fault.made))
    spans = [span for span in (gold, made) if span]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    yield Piece(_before(text, start))
    for left, right in pairwise(sorted({border for s in spans for border in (s.start, s.end)})):
        piece = Span(left, right)
        yield Piece(
            _shown(text[left:right]), bool(gold and piece in gold), bool(made and piece in made)
        )
    yield Piece(_after(text, end))


def _before(text: str, start: int) -> str:
    """Return the words before ``start``, from a whole word on."""
    words = text[max(0, start - AROUND) : start]
    if start > AROUND:
        words = f"… {words.partition(' ')[2]}"
    return _spaced(words)


def _after(text: str, end: int) -> str:
    words = text[end : end + AROUND].rstrip()
    if len(text.rstrip()) > end + AROUND:
        words = f"{words.rpartition(' ')[0]} …"
    return _spaced(words)


def _words(text: str, mention: Mention | None) -> str:
    return _shown(text[mention.span.start : mention.span.end]) if mention else ""


def _shown(text: str) -> str:
    text = _spaced(text)
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2].rstrip()} … {text[-LONGEST // 4 :].lstrip()}"


def _spaced(text: str) -> str:
    """Return ``text`` with each stretch of white space in it as one space."""
    return WHITE.sub(" ", text)
