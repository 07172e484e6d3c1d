"""Which decisions can be obeyed together, where all of them cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from epistola.model import Decision

Holds = Callable[[Sequence[Decision]], bool]


def holding(decisions: Sequence[Decision], holds: Holds) -> tuple[Decision, ...]:
    """Return those of ``decisions`` with which all is well, by the word of ``holds``.

    All is well with none of them. Where one alone spoils it, halves are tried and halves of
    these, so that it costs few trials to find it among many.

    >>> from epistola.model import Action
    >>> good, bad = Decision(Action.ADD, text="good"), Decision(Action.ADD, text="bad")
    >>> holding([good, bad, good], lambda some: bad not in some) == (good, good)
    True
    """
    return tuple(_joining((), tuple(decisions), holds))


def _joining(
    kept: Sequence[Decision], rest: Sequence[Decision], holds: Holds
) -> Sequence[Decision]:
    """Return those of ``rest`` that may join ``kept``."""
    if not rest or holds([*kept, *rest]):
        return rest
    if len(rest) == 1:
        return ()
    half = len(rest) // 2
    first = _joining(kept, rest[:half], holds)
    return [*first, *_joining([*kept, *first], rest[half:], holds)]
