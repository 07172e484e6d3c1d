"""What is learned from: letters whose every capitalised word has a label.

The labels of a gold letter are its editor's; where the gold has no organisations the rules'
are kept. Those of a plain text are the rules' own: from them the tagger learns nothing new,
but what letters other than the gold's are like.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from epistola.edition import Edition
from epistola.evaluate.counted import counted
from epistola.evaluate.coverage import is_tagged_throughout
from epistola.evaluate.gold import Gold, Mention
from epistola.mentions.learned.features import NAMED, Row, Ruled, rows, ruled, words_within
from epistola.mentions.learned.model import RULES_ALONE
from epistola.mentions.names.capitals import Scan, scan
from epistola.model import Annotation, Letter, Source
from epistola.pipeline import known_names, recognised

OUTSIDE = "O"
BY_RULES = ("R=", "R-1=", "R+1=", "RRR=", "rule", "norule", "v=")
"""The features that say what the rules say."""
BLIND = 0.3
"""The share of plain texts that are shown without what the rules say: to learn by context."""
BY_RULES_ALONE = Edition(models=RULES_ALONE)


@dataclass(frozen=True, slots=True)
class Example:
    """A letter with the features and the label of every capitalised word.

    ``gold`` are the names its editor tagged, none for a plain text.
    """

    name: str
    letter: Letter
    found: Scan
    settled: tuple[Annotation, ...]
    rows: Sequence[Row]
    labels: Sequence[str]
    gold: tuple[Mention, ...] = ()


def from_gold(gold: Gold, language: str) -> Example | None:
    """Return the example that a gold letter is; none where it is not tagged throughout."""
    if not is_tagged_throughout(gold):
        return None
    example = _read(Source(gold.name, gold.text), language)
    names = tuple(
        mention
        for mention in counted(gold.text, gold.mentions, frozenset({language}))
        if mention.kind in NAMED
    )
    labels = _labels(example.found, names)
    organisations = _labels_of(
        [r if r and r.kind == "org" else None for r in ruled(example.found, example.settled)]
    )
    merged = [b if a == OUTSIDE else a for a, b in zip(labels, organisations, strict=True)]
    return _with(example, example.rows, merged, names)


def from_text(source: Source, language: str) -> Example:
    """Return the example that a plain text is, labelled by the rules."""
    example = _read(source, language)
    labels = _labels_of(ruled(example.found, example.settled))
    seen = example.rows
    if _drawn(source.name) < BLIND:
        seen = [[f for f in row if not f.startswith(BY_RULES)] for row in seen]
    return _with(example, seen, labels, ())


def _read(source: Source, language: str) -> Example:
    made = recognised(source, BY_RULES_ALONE, language)
    found = scan(source, made.letter, known_names(BY_RULES_ALONE.register))
    settled = made.mentions
    seen = rows(found, settled, language)
    return Example(source.name, made.letter, found, settled, seen, [OUTSIDE] * len(seen))


def _with(
    example: Example, seen: Sequence[Row], labels: Sequence[str], gold: tuple[Mention, ...]
) -> Example:
    return Example(
        example.name, example.letter, example.found, example.settled, seen, _begun(labels), gold
    )


def _labels(found: Scan, names: Iterable[Mention]) -> list[str]:
    labels = [OUTSIDE] * len(found.words)
    for mention in names:
        for nth, at in enumerate(words_within(found, mention.span.start, mention.span.end)):
            labels[at] = f"{'I' if nth else 'B'}-{NAMED[mention.kind]}"
    return labels


def _labels_of(rules: Iterable[Ruled | None]) -> list[str]:
    return [f"{here.place}-{here.kind}" if here else OUTSIDE for here in rules]


def _begun(labels: Sequence[str]) -> list[str]:
    """Return ``labels`` with a ``B`` wherever an ``I`` has nothing to go on from."""
    before = [OUTSIDE, *labels]
    return [
        f"B{label[1:]}" if label[0] == "I" and before[at][2:] != label[2:] else label
        for at, label in enumerate(labels)
    ]


def _drawn(name: str) -> float:
    """Return a number from 0 to 1 that only ``name`` decides: a draw that is always the same."""
    return int.from_bytes(sha256(name.encode()).digest()[:4]) / 2**32


def fold_of(name: str, folds: int) -> int:
    """Return in which of ``folds`` parts of the data a letter belongs; its name decides."""
    return int(_drawn(f"fold {name}") * folds)
