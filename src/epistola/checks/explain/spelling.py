"""Which of the words that are allowed was meant by one that is not."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``known`` that ``word`` may be a slip for, the nearest first.

    >>> nearest("persNmae", ["placeName", "persName", "p"]), nearest("foo", ["p", "hi"])
    (('persName',), ())
    """
    near = [(slip(word, one), number, one) for number, one in enumerate(known)]
    return tuple(one for distance, _, one in sorted(near) if distance <= tolerance(word, one))


def tolerance(word: str, other: str) -> float:
    """Return how far apart two words may be for one to be a slip for the other."""
    return min(3.0, max(len(word), len(other)) * 0.4)


def slip(word: str, other: str) -> float:
    """Return how many slips lead from one word to the other.

    A letter added, left out, or replaced, or two letters swapped, is one (Damerau 1964);
    capitals for small letters, however many, are half of one.

    >>> slip("date", "dtae"), slip("persname", "persName"), slip("p", "q")
    (1.0, 0.5, 1.0)
    """
    if word.lower() == other.lower():
        return 0.0 if word == other else 0.5
    return _distance(word.lower(), other.lower())


def _distance(word: str, other: str) -> float:
    """Return the distance of optimal string alignment."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, mark in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != mark))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == mark:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return float(last[-1])
