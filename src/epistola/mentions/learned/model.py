"""The learned weights of a language: a tagger and a judge, two files of CRFsuite.

``weights/<language>/card.md`` says what they were learned from, and how well they do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from epistola.mentions.learned.features import Row

WEIGHTS = "weights"
TAGGER, JUDGE, SUMS = "tagger.crf", "judge.crf", "weights.sha256"
MAKE = "“epistola train” makes one"
RIGHT, PARTLY, WRONG = "right", "partly", "wrong"
"""The labels of the judge: a name to the character, a name of that kind there, none."""


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

    Raises ModelError where there are none, or they are not what was written.
    """
    try:
        models = _models(folder)
    except OSError as error:
        raise ModelError(f"{folder}: no model: {error.strerror}; {MAKE}") from error
    if not models:
        raise ModelError(f"{folder}: there is no model in it: no en/{TAGGER}; {MAKE}")
    return models


def _models(folder: Traversable) -> Models:
    languages = sorted(folder.iterdir(), key=lambda path: path.name)
    return MappingProxyType(
        {path.name: _model(path) for path in languages if path.joinpath(TAGGER).is_file()}
    )


def _model(folder: Traversable) -> Model:
    model = Model(folder.joinpath(TAGGER).read_bytes(), folder.joinpath(JUDGE).read_bytes())
    if folder.joinpath(SUMS).read_text("utf-8") != sums(model):
        message = f"the weights are not those that {SUMS} tells of: a file is damaged"
        raise ModelError(f"{folder}: {message}; copy all of them again, or {MAKE}")
    return model


def sums(model: Model) -> str:
    """Return the checksums of a model's files, in the form that sha256sum reads.

    CRFsuite trusts its files: it must never see a damaged one.
    """
    files_ = {JUDGE: model.judge, TAGGER: model.tagger}
    return "".join(f"{sha256(raw).hexdigest()}  {name}\n" for name, raw in files_.items())


def label(model: Model, rows: Sequence[Row]) -> Labelled:
    """Return the best labels of a letter's words, whose features ``rows`` are."""
    tagger = _opened(model.tagger)
    tagger.set(rows)
    return Labelled(tuple(tagger.tag()), _marginal(tagger))


class Verdict(NamedTuple):
    """How likely a name is right to the character, and how likely it is one at all."""

    exact: float
    named: float


def judge(model: Model, cases: Sequence[Row]) -> list[Verdict]:
    """Return the verdict on each name, from its features."""
    tagger = _opened(model.judge)
    likely = _marginal(tagger)
    verdicts: list[Verdict] = []
    for case in cases:
        tagger.set([case])
        exact = likely(RIGHT, 0)
        verdicts.append(Verdict(exact, exact + likely(PARTLY, 0)))
    return verdicts


def _marginal(tagger: Any) -> Callable[[str, int], float]:
    """Return how likely a label is at a place; one that was never taught is not likely at all."""
    known, marginal = frozenset(tagger.labels()), tagger.marginal
    return lambda name, at: marginal(name, at) if name in known else 0.0


def _opened(weights: bytes) -> Any:
    """Return a tagger of CRFsuite, which has no types."""
    import pycrfsuite  # noqa: PLC0415 - only letters in a language with weights need it

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    return tagger
