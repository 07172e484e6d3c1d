"""Fit the tagger and the judge, and hold letters back to see what they know of others.

CRFsuite's L-BFGS takes no random steps: the same examples in the same order give the same
weights (Okazaki, CRFsuite, 2007; Lafferty, McCallum and Pereira, 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from epistola.evaluate.counted import counted
from epistola.evaluate.gold import Mention
from epistola.evaluate.score import overlapping
from epistola.mentions.learned.features import NAMED, Row
from epistola.mentions.learned.model import PARTLY, RIGHT, WRONG, Model
from epistola.mentions.learned.tagger import case, is_judged, proposed_mentions, read_names
from epistola.model import Annotation, Span
from epistola.training.examples import Example, fold_of

FOLDS = 5
WEIGHT = 3
"""So many times a gold letter is shown for each time that a plain text is."""
TAGGER: Mapping[str, object] = MappingProxyType(
    {
        "c1": 0.3,
        "c2": 0.05,
        "max_iterations": 120,
        "feature.minfreq": 2,
        "feature.possible_transitions": True,
    }
)
JUDGE: Mapping[str, object] = MappingProxyType(
    {"c1": 0.5, "c2": 1.0, "max_iterations": 100, "feature.minfreq": 3}
)
"""Settings of CRFsuite, chosen on held-out fifths."""

Case = tuple[Row, str]


@dataclass(frozen=True, slots=True)
class Fold:
    """A part of the gold letters, with a tagger that has not seen it and the judge's cases."""

    part: tuple[Example, ...]
    tagger: bytes
    cases: tuple[Case, ...]


def held_back(
    gold: Sequence[Example], texts: Sequence[Example], folds: int = FOLDS
) -> Iterator[Fold]:
    """Yield each part of ``gold``, tagged by what was learned from the other parts and ``texts``.

    Only its name decides in which part a letter is.
    """
    for fold in range(folds):
        part = [example for example in gold if fold_of(example.name, folds) == fold]
        kept = [example for example in gold if fold_of(example.name, folds) != fold]
        tagger = fit_tagger(kept, texts)
        cases = [one for example in part for one in cases_of(example, Model(tagger, b""))]
        yield Fold(tuple(part), tagger, tuple(cases))


def fit(gold: Sequence[Example], texts: Sequence[Example], folds: Sequence[Fold]) -> Model:
    """Return the weights learned from all ``gold`` letters and plain ``texts``.

    The judge learns from ``folds``: from verdicts on letters that the tagger had not seen.
    """
    return Model(fit_tagger(gold, texts), fit_judge(one for fold in folds for one in fold.cases))


def unseen(folds: Sequence[Fold], nth: int) -> Model:
    """Return the weights that have seen nothing of the part of fold ``nth``."""
    others = (one for at, fold in enumerate(folds) if at != nth for one in fold.cases)
    return Model(folds[nth].tagger, fit_judge(others))


def cases_of(example: Example, model: Model) -> Iterator[Case]:
    """Yield what the judge sees of each name in a gold letter, and the verdict.

    These are the names of the rules and all that the tagger sees besides. Many editors tag a
    dateline as a whole and no name in it: where they tag none there, they say nothing of any.
    """
    if not example.found.words:
        return
    code, found = example.letter.language, example.found
    reading = read_names(model, found, example.settled, code)
    ruled = (a for a in example.settled if is_judged(found, a))
    silent = _silent_parts(example)
    for a in [*ruled, *proposed_mentions(reading, example.settled, code)]:
        if not any(a.span in part for part in silent):
            yield case(reading, a), verdict(a, example)


def _silent_parts(example: Example) -> list[Span]:
    """Return the datelines of a letter in which the gold tags nothing."""
    datelines = (a.span for a in example.settled if a.kind == "dateline")
    return [d for d in datelines if not any(m.span.overlaps(d) for m in example.gold)]


def verdict(a: Annotation, example: Example) -> str:
    """Return whether a name is right, partly right, or none, by what the editor tagged."""
    kind, text = NAMED[a.kind], example.found.source.text
    made = counted(text, [Mention(a.span, kind)], frozenset({example.letter.language}))
    wanted = [mention for mention in example.gold if NAMED[mention.kind] == kind]
    if made and any(mention.span == made[0].span for mention in wanted):
        return RIGHT
    return PARTLY if overlapping(a.span, wanted) else WRONG


def fit_tagger(gold: Iterable[Example], texts: Iterable[Example]) -> bytes:
    """Return the tagger's weights, as CRFsuite writes them."""
    shown = [*(example for example in gold for _ in range(WEIGHT)), *texts]
    return _fitted(((example.rows, example.labels) for example in shown), TAGGER)


def fit_judge(cases: Iterable[Case]) -> bytes:
    """Return the judge's weights: a maximum entropy model, a chain of length one."""
    return _fitted((([row], [verdict]) for row, verdict in cases), JUDGE)


def _fitted(
    sequences: Iterable[tuple[Sequence[Row], Sequence[str]]], settings: Mapping[str, object]
) -> bytes:
    import pycrfsuite  # noqa: PLC0415 - as in mentions.learned.model

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(dict(settings))
    for seen, labels in sequences:
        trainer.append(seen, labels)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "weights.crf"
        trainer.train(str(path))
        return path.read_bytes()
