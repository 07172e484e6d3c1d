"""Say what each number has gained or lost since an earlier report, and by which letters."""

from __future__ import annotations

from dataclasses import dataclass

from epistola.evaluate.rates import Rates, Tally, exact, overlap, total
from epistola.evaluate.scores import Scores


class OtherMeasureError(ValueError):
    """The earlier report measured something else; one sentence."""


@dataclass(frozen=True, slots=True)
class LetterChange:
    """How many more right mentions one letter has than before, and how many more wrong ones."""

    letter: str
    right: int
    wrong: int


@dataclass(frozen=True, slots=True)
class KindChange:
    """The numbers of one kind before and now, and the letters that changed, the best first."""

    kind: str
    before: Tally
    now: Tally
    letters: tuple[LetterChange, ...]

    @property
    def gain(self) -> float:
        """Return how much exact F has grown; less than nothing is a loss."""
        return exact(self.now).f - exact(self.before).f

    @property
    def overlap_gain(self) -> float:
        """Return how much F by overlap has grown."""
        return overlap(self.now).f - overlap(self.before).f


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has changed, kind by kind and in linking, over the letters that both reports have.

    ``new`` and ``gone`` are the letters that only one has. Linking is compared as a whole.
    """

    kinds: tuple[KindChange, ...]
    within: tuple[Rates, Rates]
    across: tuple[Rates, Rates]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def compare(before: Scores, now: Scores) -> Comparison:
    """Return what has changed from ``before`` to ``now``.

    Raises OtherMeasureError where the two do not measure alike, or have no letter in common.
    """
    for name, ours, theirs in (
        ("--first-mention", now.measure.first_mention, before.measure.first_mention),
        ("--languages", now.measure.languages, before.measure.languages),
    ):
        if ours != theirs:
            raise OtherMeasureError(f"it was made with another {name}: measure both alike")
    shared = [name for name in now.letters if name in before.letters]
    if not shared:
        raise OtherMeasureError("it has none of these letters: it is of another gold edition")
    return Comparison(
        kinds=tuple(_change(kind, before, now, shared) for kind in _kinds(before, now)),
        within=(before.links.within, now.links.within),
        across=(before.links.across, now.links.across),
        new=tuple(sorted(now.letters.keys() - before.letters.keys())),
        gone=tuple(sorted(before.letters.keys() - now.letters.keys())),
    )


def _kinds(before: Scores, now: Scores) -> list[str]:
    return [kind for kind in now.measure.kinds if kind in before.measure.kinds]


def _change(kind: str, before: Scores, now: Scores, shared: list[str]) -> KindChange:
    old = {name: before.letters[name].get(kind, Tally()) for name in shared}
    new = {name: now.letters[name].get(kind, Tally()) for name in shared}
    changed = [
        LetterChange(name, new[name].exact - old[name].exact, _wrong(new[name]) - _wrong(old[name]))
        for name in shared
        if new[name] != old[name]
    ]
    return KindChange(
        kind=kind,
        before=total(old.values()),
        now=total(new.values()),
        letters=tuple(sorted(changed, key=lambda one: (one.wrong - one.right, one.letter))),
    )


def _wrong(numbers: Tally) -> int:
    return numbers.made - numbers.exact
