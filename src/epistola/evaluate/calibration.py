"""Measure whether the certainty of a tag means what it says.

A tag without ``@cert`` is one that the program holds to be right, ``medium`` one that it
holds to be likely (``model.CERTAIN``, ``model.LIKELY``); and of all tags with a certainty of
0.8 eight in ten should be right. Only kinds of which the gold has any are asked, for of the
tags of another kind nobody can say whether they are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from epistola.evaluate.score import Judged, overlapping
from epistola.model import CERTAIN, LIKELY

BANDS: Mapping[str, float] = {"none": CERTAIN, "medium": LIKELY, "low": 0.0}
"""The value of ``@cert`` (``none`` where there is no need of it) -> the least certainty."""
BINS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one made mention fared: right to the character, but for its title, or in part."""

    kind: str
    certainty: float
    exact: bool
    core: bool
    overlap: bool


@dataclass(frozen=True, slots=True)
class Right:
    """How many of ``made`` tags are right, in each of the three ways."""

    made: int
    exact: int
    core: int
    overlap: int


@dataclass(frozen=True, slots=True)
class Bin:
    """The tags with a certainty from ``low`` on to ``high``: their mean, and how many are right."""

    low: float
    high: float
    made: int
    exact: int
    mean: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How certainty and truth agree.

    ``bands`` gives, for each kind and for all together (""), the tags by ``@cert``; ``error``
    is the expected calibration error: the mean distance between certainty and share of
    right tags over the bins, each with the weight of its tags (Naeini, Cooper and
    Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015).
    """

    bands: Mapping[str, Mapping[str, Right]]
    bins: tuple[Bin, ...]
    error: float


def calibrate(letters: Iterable[Judged], kinds: Sequence[str]) -> Calibration:
    """Return the calibration of the tags of ``kinds`` in all ``letters``."""
    found = [verdict for letter in letters for kind in kinds for verdict in verdicts(letter, kind)]
    by_kind = {kind: [v for v in found if v.kind == kind] for kind in kinds}
    bins = tuple(_bins(found))
    return Calibration(
        bands={name: _bands(some) for name, some in {"": found, **by_kind}.items()},
        bins=bins,
        error=expected_error(bins),
    )


def verdicts(letter: Judged, kind: str) -> Iterator[Verdict]:
    """Yield how each made mention of one kind fared."""
    gold = letter.gold[kind]
    spans = {mention.span for mention in gold}
    cores = set(letter.gold_cores[kind])
    for mention, core in zip(letter.made[kind], letter.made_cores[kind], strict=True):
        yield Verdict(
            kind=kind,
            certainty=mention.certainty,
            exact=mention.span in spans,
            core=core in cores,
            overlap=bool(overlapping(mention.span, gold)),
        )


def band(certainty: float) -> str:
    """Return the value of ``@cert`` that a certainty calls for, ``none`` for no attribute.

    >>> band(0.97), band(0.8), band(0.3)
    ('none', 'medium', 'low')
    """
    return next(name for name, least in BANDS.items() if certainty >= least)


def expected_error(bins: Iterable[Bin]) -> float:
    """Return the expected calibration error over ``bins``."""
    bins = list(bins)
    made = sum(one.made for one in bins)
    return sum(abs(one.exact - one.mean * one.made) for one in bins) / made if made else 0.0


def _bands(found: Iterable[Verdict]) -> dict[str, Right]:
    found = list(found)
    return {name: _right(v for v in found if band(v.certainty) == name) for name in BANDS}


def _right(found: Iterable[Verdict]) -> Right:
    found = list(found)
    return Right(
        made=len(found),
        exact=sum(one.exact for one in found),
        core=sum(one.core for one in found),
        overlap=sum(one.overlap for one in found),
    )


def _bins(found: Sequence[Verdict]) -> Iterator[Bin]:
    """Yield ten bins of equal width; a certainty of 1 is in the last."""
    for number in range(BINS):
        inside = [v for v in found if min(int(v.certainty * BINS), BINS - 1) == number]
        total = sum(verdict.certainty for verdict in inside)
        yield Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            made=len(inside),
            exact=sum(verdict.exact for verdict in inside),
            mean=total / len(inside) if inside else 0.0,
        )
