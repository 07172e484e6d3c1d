"""Split a book of letters into its letters and what stands between them.

A book is a walk through its blocks: each is outside any letter, opens one, stands above
one's first words, in it, or at its end. How ill a block looks as each is a cost, what a
letter's beginning costs follows from its heading and the series that this is one of
(``series.py``), and the cheapest walk over the whole book is its division (Viterbi). The
pieces, joined, are the book: they are cut where lines begin, and nothing is left over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from types import MappingProxyType

from epistola import language as languages
from epistola.model import Source, Span
from epistola.text.headings import WORD, Block, blocks
from epistola.text.series import Evidence, evidence, headed, is_weak

NEVER = 99.0
OUT, OPEN, TOP, BODY, END = range(5)
STATES = (OUT, OPEN, TOP, BODY, END)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a book: a letter, numbered from one, or what stands before or between (0).

    ``heading`` is the block that opens it; ``certainty`` says how sure it is that a letter
    begins here, from 0 to 1.
    """

    span: Span
    number: int
    heading: Span
    certainty: float = 1.0

    @property
    def is_letter(self) -> bool:
        """Return whether the piece is a letter."""
        return self.number > 0


def split(source: Source, language: str | None = None) -> tuple[Piece, ...]:
    """Return the pieces of the book ``source``, in order; joined they are its text.

    ``language`` is the language of its headings and letters; without it, the one whose small
    words are the most frequent. A book in which no letter is found is one piece.
    """
    found = blocks(source, language or language_of(source))
    if not found:
        return (Piece(Span(0, len(source.text)), 0, Span(0, len(source.text))),)
    seen = evidence(found)
    return _pieces(source, found, _walk(found, seen), seen)


def language_of(source: Source) -> str:
    """Return the language whose small words are the most frequent in ``source``."""
    sample = Counter(WORD.findall(source.folded[:SAMPLE].lower()))
    small = {
        code: languages.load(code)["dates"]["function_words"].split() for code in languages.codes()
    }
    return max(small, key=lambda code: sum(sample[word] for word in set(small[code])))


SAMPLE = 100_000


def _pieces(
    source: Source, found: Sequence[Block], walk: Sequence[int], seen: Evidence
) -> tuple[Piece, ...]:
    starts = [at for at, state in enumerate(walk) if _begins(walk, at, state)]
    offsets = [0, *(found[at].span.start for at in starts[1:]), len(source.text)]
    pieces: list[Piece] = []
    number = 0
    for place, at in enumerate(starts):
        span = Span(offsets[place], offsets[place + 1])
        is_letter = walk[at] == OPEN
        number += is_letter
        certainty = 1 / (1 + exp(-_weight(seen, at))) if is_letter else 1.0
        pieces.append(Piece(span, number if is_letter else 0, found[at].span, certainty))
    return tuple(pieces)


def _begins(walk: Sequence[int], at: int, state: int) -> bool:
    return at == 0 or state == OPEN or (state == OUT and walk[at - 1] != OUT)


# --- the walk --------------------------------------------------------------------------


def _weight(seen: Evidence, at: int) -> float:
    """Return the log odds that a letter begins at a block."""
    return seen.series[at] + 0.7 * seen.local[at]


def _out(block: Block, weight: float) -> float:
    if block.part:
        return 0.0
    if block.key:
        return max(0.3, weight)
    if block.salute or block.leave:
        return 1.6 if block.salute else 1.0
    return 0.2 if block.after else 0.0


def _open(block: Block, weight: float) -> float:
    if block.key is None or block.part:
        return NEVER
    return max(0.0, -weight)


def _top(block: Block, weight: float) -> float:
    if block.salute or block.dated or block.key:
        return max(0.0, weight)
    if block.part:
        return 2.5
    return 0.4 + 0.4 * (not block.aside) if block.prose else 0.3


def _body(block: Block, weight: float) -> float:
    if block.key:
        return max(0.2, weight)
    if block.part:
        return 2.5
    return 0.6 * (block.salute and not block.prose)


def _end(block: Block, weight: float) -> float:
    if block.after or block.leave:
        return 0.0
    if block.key:
        return 0.1 if block.name and is_weak(block) else max(0.3, weight)
    if block.part:
        return 2.5
    if block.aside:
        return 1.2
    return 0.9 if block.prose else 0.2


COSTS = (_out, _open, _top, _body, _end)
STEPS: Mapping[tuple[int, int], float] = MappingProxyType(
    {(OUT, OUT): 0.0, (OUT, OPEN): 0.2, (OPEN, TOP): 0.0, (OPEN, BODY): 0.1, (TOP, TOP): 0.0}
    | {(TOP, BODY): 0.0, (BODY, BODY): 0.0, (BODY, END): 0.0, (BODY, OPEN): 1.0}
    | {(BODY, OUT): 1.6, (END, END): 0.0, (END, BODY): 1.2, (END, OPEN): 0.0, (END, OUT): 0.7}
)
"""What it costs to go from one state to the next; what is not here is never done."""


def _walk(found: Sequence[Block], seen: Evidence) -> list[int]:
    """Return the cheapest sequence of states, one a block."""
    weights = [_weight(seen, at) for at in range(len(found))]
    near = [headed(found, at) and found[at].key != found[at - 1].key for at in range(len(found))]
    costs = {OUT: _out(found[0], weights[0]), OPEN: _open(found[0], weights[0])}
    trails: list[dict[int, int]] = []
    for at in range(1, len(found)):
        reached: dict[int, float] = {}
        trail: dict[int, int] = {}
        for (before, after), alone in STEPS.items():
            if before not in costs or (after == END and before == BODY and not _ends(found, at)):
                continue
            unmarked = before != OUT == after and not _is_marked(found[at])
            weight = min(weights[at], 0.0) if after == TOP and near[at] else weights[at]
            step = alone + UNMARKED * unmarked
            cost = costs[before] + step + COSTS[after](found[at], weight)
            if cost < reached.get(after, NEVER * len(found)):
                reached[after], trail[after] = cost, before
        costs = reached
        trails.append(trail)
    path = [min(costs, key=costs.__getitem__)]
    for trail in reversed(trails):
        path.append(trail[path[-1]])
    return path[::-1]


UNMARKED = 0.5
"""What it costs that a letter is over where nothing marks what follows as another's words."""


def _is_marked(block: Block) -> bool:
    heads = block.key is not None and not (block.name or block.salute)
    return block.aside or block.part or heads


def _ends(found: Sequence[Block], at: int) -> bool:
    """Return whether the end of a letter may begin at a block."""
    return found[at].leave or found[at].name or found[at].after
