"""Measure what was learned on the letters that were held back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from epistola.edition import Edition
from epistola.evaluate.gold import Gold
from epistola.evaluate.made import made_mentions
from epistola.evaluate.score import Judged, Measure, judge
from epistola.evaluate.scores import Scores, scored
from epistola.model import Source
from epistola.training.fit import Fold, unseen

KINDS = ("person", "place")


def held_out_scores(golds: Mapping[str, Gold], folds: Sequence[Fold], language: str) -> Scores:
    """Return the scores of all gold letters, each encoded with weights that had not seen it."""
    measure = Measure(kinds=KINDS, languages=frozenset({language}))
    return scored(list(_judged(golds, folds, measure, language)), measure)


def _judged(
    golds: Mapping[str, Gold], folds: Sequence[Fold], measure: Measure, language: str
) -> Iterator[Judged]:
    for nth, fold in enumerate(folds):
        edition = Edition(models={language: unseen(folds, nth)})
        for example in fold.part:
            gold = golds[example.name]
            source = Source(gold.name, gold.text)
            made = made_mentions(source, measure.languages, edition, language)
            yield judge(gold.name, gold, made, measure)
