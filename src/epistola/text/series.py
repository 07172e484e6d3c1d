"""Which headings of the blocks of a book make a series, and so begin letters.

An editor sets the same kind of heading above every letter: "LETTER XX.", "_To Miss X._",
"216.", or the place and the day. So a heading is trusted as far as its fellows are: as far
as salutations and datelines follow them, farewells go before them, and their numbers go up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from types import MappingProxyType

from epistola.text.headings import WEAK, Block, Key

TRUST: Mapping[str, float] = MappingProxyType(
    {"to": 2.0, "between": 2.0, "sidenote": 2.0, "dateline": -0.4, "salute": -0.4}
    | {"capitals": -1.6, "titled": -2.2, "": 0.2}
)
"""How far a kind of heading is trusted before its fellows are seen, as log odds."""
NUMBER_TRUST: Mapping[str, float] = MappingProxyType({"": 0.0, "worded": 2.0, "bare": 1.4})
"""What a number before it adds: "LETTER XX" more than "XX"."""
FEW = 2.0
"""How many occurrences a series must have to weigh as much as what is known beforehand."""
CAP = 4.0
OFF = 1.5
"""What it costs a heading to be off its row of numbers, or below another kind of heading."""
HEEDED = -0.5
"""What stands around a heading counts for its series from here on: a date below is enough."""
MOST_SEEN = 2.5
AHEAD = 6
"""How many blocks of what stands above a letter are looked at, its own first included."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each block, what speaks for a letter's beginning there, as log odds.

    ``local`` is what stands around it, ``series`` how far its fellows are trusted.
    """

    local: tuple[float, ...]
    series: tuple[float, ...]


def evidence(found: Sequence[Block]) -> Evidence:
    """Return what speaks for a letter's beginning at each block of a book."""
    local = [
        _local(found, at) if block.key and not _signs(found, at) else -CAP
        for at, block in enumerate(found)
    ]
    members: dict[Key, list[int]] = defaultdict(list)
    for at, block in enumerate(found):
        if block.key and not _signs(found, at):
            members[block.key].append(at)
    series = [-CAP] * len(found)
    ruled = _ruled(found, members)
    for key, places in members.items():
        chained = _chained([found[at].number for at in places]) if found[places[0]].number else None
        strength = _strength(key, [local[at] for at in places], chained)
        for number, at in enumerate(places):
            off = chained is not None and sum(chained) >= FEW and not chained[number]
            below = ruled and is_weak(found[at])
            series[at] = strength - OFF * (off + below)
    return Evidence(tuple(local), tuple(series))


def _ruled(found: Sequence[Block], members: Mapping[Key, Sequence[int]]) -> bool:
    """Return whether proper headings are so many that no bare date or name opens a letter."""
    firm = sum(len(places) for places in members.values() if not is_weak(found[places[0]]))
    dated = sum(len(places) for key, places in members.items() if key[-1] == "dateline")
    return firm > MANY and 2 * firm > dated


MANY = 5


def _local(found: Sequence[Block], at: int) -> float:
    """Return what stands around a heading that speaks for or against a letter below it."""
    dated, salute = _above(found, at)
    block = found[at]
    behind = _behind(found, at)
    return (
        -1.6
        + 1.3 * dated
        + 1.5 * salute
        + 1.4 * behind
        + 0.5 * (block.gap > MOST_GAP)
        - 2.0 * (is_weak(block) and headed(found, at))
    )


def is_weak(block: Block) -> bool:
    """Return whether a heading is of a kind that signatures and lines of a letter are, too."""
    return block.key is not None and block.key[-1] in WEAK and block.number == 0


def _signs(found: Sequence[Block], at: int) -> bool:
    """Return whether a name signs a letter: it stands below a farewell."""
    return at > 0 and found[at - 1].leave and found[at].name and is_weak(found[at])


def headed(found: Sequence[Block], at: int) -> bool:
    """Return whether another heading stands above, with names and editor's asides between.

    A number stands above all others, and a heading by words above a mere name or date.
    """
    strong = not is_weak(found[at]) and found[at].key is not None
    if found[at].salute and at and found[at - 1].key and not _signs(found, at - 1):
        return True  # nobody signs right above a salutation
    for block in reversed(found[max(0, at - AHEAD) : at]):
        if found[at].number or (strong and is_weak(block)):
            return False
        if block.key is not None and not (block.name and is_weak(block)):
            return True
        if block.leave or not (block.aside or block.key or block.titled):
            return False
    return False


MOST_GAP = 2
"""More line ends than these above a block set it apart."""


def _above(found: Sequence[Block], at: int) -> tuple[bool, bool]:
    """Return whether a dateline, and a salutation, follow a heading before any prose does."""
    dated = salute = False
    for number, block in enumerate(found[at : at + AHEAD]):
        if number and (block.part or block.leave):
            break
        dated = dated or block.dated
        salute = salute or block.salute
        if block.salute or (block.prose and not block.aside):
            break
    return dated, salute


def _behind(found: Sequence[Block], at: int) -> bool:
    """Return whether a letter seems to have ended, or nothing yet begun, above a heading."""
    for block in reversed(found[max(0, at - AHEAD) : at]):
        if block.leave or block.part or block.name:
            return True
        if not (block.after or block.aside):
            return False
    return at == 0


def _strength(key: Key, local: Sequence[float], chained: Sequence[bool] | None) -> float:
    """Return how far a series is trusted: by its kind, by its fellows, by its numbers."""
    number = next((part for part in key if part.endswith(("roman", "arabic"))), "")
    worth = "" if not number else "worded" if " " in number else "bare"
    before = TRUST.get(key[-1], TRUST["to"]) + NUMBER_TRUST[worth]
    share = sum(value > HEEDED for value in local) / len(local)
    seen = log((share * len(local) + 0.5) / ((1 - share) * len(local) + 0.5))
    seen = max(-MOST_SEEN, min(MOST_SEEN, seen))
    counted = 0.0
    if chained is not None:
        counted = 3.0 * sum(chained) / len(chained) - 1.5
    weight = len(local) / (len(local) + FEW)
    return max(-CAP, min(CAP, before + weight * (seen + counted)))


def _chained(numbers: Sequence[int]) -> list[bool]:
    """Return which numbers belong to the longest row that goes up by small steps.

    It may begin again, as the letters of a new book do, where the new row is long enough.
    """
    best = [1] * len(numbers)
    back = [-1] * len(numbers)
    for at, number in enumerate(numbers):
        for before in range(max(0, at - WINDOW), at):
            step = number - numbers[before]
            gain = 1 if 0 < step <= STEP else 1 - AGAIN if number <= STEP else 0
            if gain and best[before] + gain > best[at]:
                best[at], back[at] = best[before] + gain, before
    kept = [False] * len(numbers)
    at = max(range(len(numbers)), key=best.__getitem__) if numbers else -1
    while at >= 0:
        kept[at], at = True, back[at]
    return kept


AGAIN = 4
WINDOW = 12
STEP = 6
