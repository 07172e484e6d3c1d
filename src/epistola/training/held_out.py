"""Measure what was learned on the letters that were held back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from epistola.edition import Edition
from epistola.evaluate.gold import Gold
from epistola.evaluate.made import made_mentions
from epistola.evaluate.score import Judged, Measure, judge
from epistola.evaluate.scores import Scores, scored
from epistola.model import Source
from epistola.training.fit import Fold, unseen

KINDS = ("person", "place")


def held_out_scores(golds: Iterable[Gold], folds: Sequence[Fold], language: str) -> Scores:
    """Return the scores of all gold letters, each encoded with weights that had not seen it.

    Letters that taught nothing, for they are tagged in part only, are scored as well.
    """
    measure = Measure(kinds=KINDS, languages=frozenset({language}))
    editions = [Edition(models={language: unseen(folds, nth)}) for nth in range(len(folds))]
    fold_of = {example.name: nth for nth, fold in enumerate(folds) for example in fold.part}
    return scored(
        [_judged(gold, editions[fold_of.get(gold.name, 0)], measure, language) for gold in golds],
        measure,
    )


def _judged(gold: Gold, edition: Edition, measure: Measure, language: str) -> Judged:
    source = Source(gold.name, gold.text)
    made = made_mentions(source, measure.languages, edition, language)
    return judge(gold.name, gold, made, measure)
