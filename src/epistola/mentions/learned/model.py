"""The learned weights of a language: a tagger and a judge, two files of CRFsuite.

``weights/<language>/card.md`` says what they were learned from, and how well they do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from epistola.mentions.learned.features import Row

WEIGHTS = "weights"
TAGGER, JUDGE = "tagger.crf", "judge.crf"
MAKE = "“epistola train” makes one"
RIGHT, WRONG = "right", "wrong"
"""The two labels of the judge."""


class ModelError(Exception):
    """A model cannot be used; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights as CRFsuite writes them; what is made of them is made for every letter anew.

    So nothing is shared between letters, or between threads.
    """

    tagger: bytes
    judge: bytes


@dataclass(frozen=True, slots=True)
class Labelled:
    """The best label of every word; ``likely(label, word)`` says how likely any is."""

    labels: tuple[str, ...]
    likely: Callable[[str, int], float]


Models = Mapping[str, Model]
"""The weights for each language, by its code; a language may have none."""

RULES_ALONE: Models = MappingProxyType({})
"""No weights for any language: the rules decide."""


@cache
def shipped() -> Models:
    """Return the weights that ship with the package."""
    return _models(files(__package__).joinpath(WEIGHTS))


def models_in(folder: Path) -> Models:
    """Return the weights in ``folder``, which has a folder for each language.

    Raises ModelError where there are none, or they cannot be read.
    """
    try:
        models = _models(folder)
    except OSError as error:
        raise ModelError(f"{folder}: no model: {error.strerror}; {MAKE}") from error
    if not models:
        raise ModelError(f"{folder}: there is no model in it: no en/{TAGGER}; {MAKE}")
    return models


def _models(folder: Traversable) -> Models:
    return MappingProxyType(
        {
            language.name: Model(
                language.joinpath(TAGGER).read_bytes(), language.joinpath(JUDGE).read_bytes()
            )
            for language in sorted(folder.iterdir(), key=lambda path: path.name)
            if language.joinpath(TAGGER).is_file()
        }
    )


def label(model: Model, rows: Sequence[Row]) -> Labelled:
    """Return the best labels of a letter's words, whose features ``rows`` are."""
    tagger = _opened(model.tagger)
    tagger.set(rows)
    return Labelled(tuple(tagger.tag()), tagger.marginal)


def judge(model: Model, cases: Sequence[Row]) -> list[float]:
    """Return how likely each name is right, from its features."""
    tagger = _opened(model.judge)
    verdicts: list[float] = []
    for case in cases:
        tagger.set([case])
        verdicts.append(tagger.marginal(RIGHT, 0))
    return verdicts


def _opened(weights: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN202 - CRFsuite has no types
    import pycrfsuite  # noqa: PLC0415 - only letters in a language with weights need it

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    return tagger
