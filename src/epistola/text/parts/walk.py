"""The cheapest walk through the parts of a letter (Viterbi, 1967).

A letter is a walk through zones that never goes back, but for a closer after a
postscript, and for a second letter, which begins at the top again. Where TEI allows
which part is part of the walk (TEI P5, 4.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from epistola.text.look import Look
from epistola.text.parts.costs import COSTS, NEVER, STATES
from epistola.text.parts.states import AFTER, APPARATUS, BODY, BOTTOM, COVER, OPENER, TOP, State


def walk(seen: Sequence[Look]) -> list[State]:
    """Return the cheapest sequence of states: one for each look, of which there is one at least."""
    costs = {s: COSTS[s](seen[0]) for s in STATES if s.zone in {TOP, BODY}}
    costs = {s: cost for s, cost in costs.items() if cost < NEVER}
    trails: list[dict[State, State]] = []
    for before, look in pairwise(seen):
        reached: dict[State, float] = {}
        trail: dict[State, State] = {}
        for state in STATES:
            own = COSTS[state](look)
            if own >= NEVER:
                continue
            cost, best = min((costs[s] + _step(s, state, before, look), s) for s in costs)
            if cost < NEVER:
                reached[state], trail[state] = cost + own, best
        costs = reached
        trails.append(trail)
    path = [min(costs, key=costs.__getitem__)]
    for trail in reversed(trails):
        path.append(trail[path[-1]])
    return path[::-1]


def _step(before: State, after: State, seen: Look, look: Look) -> float:
    """Return the cost of going from one part to the next."""
    same_block = seen.block == look.block
    if after.zone < before.zone:
        return _back(before, after, look, same_block=same_block)
    if before.zone == TOP and after.zone in {BOTTOM, AFTER, COVER, APPARATUS}:
        return NEVER  # TEI wants a paragraph between an opener and a closer
    if _is_unled(before, after):
        return NEVER
    if after.part == "note" and look.inside and before.part != "note":
        return NEVER  # what goes on in brackets is what they opened with
    apart = 0.0 if same_block or after.part != "valediction" else _apart(before, seen, look)
    if before.part == after.part and before.zone == after.zone:
        late = 1.0 * (
            after.part == "p" and look.greets and look.length > SHORTEST and not same_block
        )
        apart += late  # a salutation that runs on opens a letter
        return _same(before.part, seen, look, same_block=same_block) + apart
    cost = apart + _usual(before, after, look, same_block=same_block)
    cost += _entering(before, after, seen, look)
    return cost + (_within_block(before, after, seen, look) if same_block else 0.0)


def _usual(before: State, after: State, look: Look, *, same_block: bool) -> float:
    """Return the cost of one part after another; a second writer takes leave below the first."""
    again = (before.part, after.part) in AGAIN and same_block and look.opens("valediction")
    return 0.2 if again else STEPS.get((before.part, after.part), 0.0)


AGAIN = frozenset({("signed", "valediction"), ("named", "valediction")})


def _is_unled(before: State, after: State) -> bool:
    """Return whether a signature is of the wrong kind here, or an editor's remark out of place.

    A signature that follows the text is ``named``, one that follows a part of the closer
    ``signed``; a remark stands below the closer.
    """
    closing = before.zone == BOTTOM
    if after.part == "remark":
        return before.zone < BOTTOM
    return (after.part == "signed" and not closing) or (after.part == "named" and closing)


def _apart(before: State, seen: Look, look: Look) -> float:
    """Return the cost of leave-taking in a block of its own.

    It wants its words there; and what it follows is no whole sentence of leave itself.
    """
    said = _says_leave(look)
    broken = before.part == "p" and seen.opens("valediction") and seen.open and not seen.ends_open
    again = before.part == "valediction" and seen.sentence and not seen.leave
    line = look.comma and look.length < SHORTEST
    return (
        (0.9 if line else 1.8) * (not said) + 1.0 * again + 1.5 * (broken and seen.length < SHORT)
    )


def _says_leave(look: Look) -> bool:
    return look.opens("valediction") or look.valedictory or look.leads or look.leave


def _back(before: State, after: State, look: Look, *, same_block: bool) -> float:
    """Return the cost of a closer to a postscript, or of a second letter."""
    if (before.zone, after.zone) == (AFTER, BOTTOM):
        return NEVER if after.part == "signed" else 1.2
    if after.zone == TOP and before.zone in {BODY, BOTTOM, AFTER} and not same_block:
        again = after.part in {"number", "heading", "dateline", "salute", "address"}
        sure = look.opens("salute") or look.number or (look.dated and not look.prose)
        sure = sure or after.part == "heading"
        lone = 0.6 * (after.part in {"number", "salute", "address"})
        lone -= 0.6 * (after.part == "heading" and (look.parenthesised or look.enclosed))
        return lone + (2.2 if before.zone == BODY else 1.8) if again and sure else NEVER
    return NEVER


def _same(part: str, seen: Look, look: Look, *, same_block: bool) -> float:
    """Return the cost of one part going on: lines of one block belong together.

    A name alone, or a date, is no line of a paragraph.
    """
    if same_block and part in TOGETHER:
        alone = part == "p" and (look.name or (look.dated and not look.prose))
        return 0.0 if alone else TOGETHER[part]
    if part == "p" and look.proper and look.shout and not look.number:
        return 0.8  # a name in capitals is rather a signature
    if part in {"dateline", "address"}:
        return 1.2 - 1.0 * (part == "dateline" and seen.comma)
    if part == "signed":
        return 0.5 if same_block else 0.9
    return {"salute": 1.0, "byline": 2.0, "valediction": -0.2}.get(part, 0.0)


TOGETHER = MappingProxyType(
    {
        "provenance": -1.3,
        "dateline": -1.3,
        "address": -1.0,
        "p": -0.8,
        "valediction": -0.9,
        "salute": 0.2,
    }
)
"""The cost of two lines of one block being the same part."""


def _within_block(before: State, after: State, seen: Look, look: Look) -> float:
    """Return the cost of two parts in one block.

    A line that ends amid a sentence goes on in the next; a short line above a signature
    belongs to it; below one stands the office or place of who signs.
    """
    labelled = look.opens("postscript") or look.opens("enclosure")
    if after.zone == COVER:
        return 3.0
    if before.part == "address" and after.part == "dateline" and not look.dated:
        return 1.2
    if before.part in {"signed", "named"}:
        return {"address": -1.0, "postscript": 1.2 * (not labelled)}.get(after.part, 0.0)
    if before.part == "p" and after.zone == BOTTOM:
        short = seen.length < SHORT and seen.lines == 1 and not (look.leave and seen.sentence)
        return 0.6 + 1.0 * short + 1.2 * seen.open * (seen.length < MOST_OPEN)
    opens = before.zone == TOP and before.part in OPENER
    return 3.0 * (opens and after.part in {"number", "head", "heading", "byline"})


MOST_OPEN = 320
SHORT = 130
SHORTEST = 40


def _entering(before: State, after: State, seen: Look, look: Look) -> float:
    """Return the cost of what is out of its usual order."""
    if after.part == "postscript":
        return _adding(before, seen, look)
    if after.zone == BOTTOM and before.zone < BOTTOM:
        return _closing(after, look)
    if COVER in {before.zone, after.zone} or APPARATUS in {before.zone, after.zone}:
        return _appended(before, after, look)
    return _opening(before, after, seen, look)


def _opening(before: State, after: State, seen: Look, look: Look) -> float:
    """Return the cost of what is out of its usual order above the text."""
    if before.part == "salute" and after.part == "dateline":
        return 1.0 * (not seen.opens("salute")) + 1.0 * (not look.dated)
    if before.part == "dateline" and after.part == "p":
        return 0.0 if look.greets else 0.3
    if before.part == "address" and after.part == "dateline" and seen.block != look.block:
        return 1.0 * seen.comma  # a place with a comma goes on in its date
    late = before.zone == after.zone == TOP and before.part in OPENER
    return 2.0 if late and after.part in {"byline", "provenance", "head", "heading"} else 0.0


def _adding(before: State, seen: Look, look: Look) -> float:
    """Return the cost of a postscript here: after a signature or with its letters it is usual."""
    labelled = look.opens("postscript") or look.opens("enclosure")
    if before.zone == BODY and not labelled:
        return NEVER  # what follows no closer is the letter
    if before.part == "signed" or labelled or (before.part == "named" and _surely_signs(seen)):
        return 0.3
    unsaid = before.part == "valediction" and not _says_leave(seen)
    return 1.2 + 2.0 * unsaid


def _surely_signs(look: Look) -> bool:
    """Return whether a name without leave before it is set as a signature, or is a forename."""
    return look.stepped or (look.forename and look.proper and not look.listed)


def _appended(before: State, after: State, look: Look) -> float:
    """Return the cost of what stands below the letter: each sort begins with its own words."""
    if before.part == "noteHead" and after.part != "note":
        return NEVER  # a section of notes has notes
    if before.zone == after.zone:
        return 0.0
    unheaded = {"apparatus", "note"} if after.zone == APPARATUS else set()
    addressed = look.opens("cover") or (look.titled and before.part in SIGNED)
    if after.part in unheaded or (after.part == "envelope" and not addressed):
        return NEVER
    if after.zone not in {COVER, APPARATUS}:
        return 0.0
    return 1.6 if before.zone == BODY else 0.2 if look.titled else 0.4


SIGNED = frozenset({"signed", "named", "postscript"})


def _closing(after: State, look: Look) -> float:
    """Return the cost of a closer that opens with this part."""
    if after.part == "named":
        return 0.2 if look.names_bearer else 1.0
    return {"valediction": 0.0, "ornament": 0.0, "note": 0.0}.get(after.part, 2.0)


STEPS: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("valediction", "signed"): -0.8,
        ("head", "byline"): 0.4,
        ("heading", "dated"): 1.0,  # below the heading of a letter a date is its dateline
        ("salute", "dateline"): 0.7,
        ("salute", "address"): 1.2,
        ("salute", "p"): -0.3,
        ("dateline", "salute"): -0.2,
        ("address", "salute"): -0.2,
        ("provenance", "dateline"): 0.6,
        ("signed", "valediction"): 1.0,
        ("named", "valediction"): 1.0,
        ("named", "signed"): 0.9,
    }
)
