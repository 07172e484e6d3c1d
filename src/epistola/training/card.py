"""The card that stands beside a model: what it was learned from, how, and how well it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from epistola import __version__
from epistola.evaluate.scores import Scores
from epistola.evaluate.tables import Table, bands_table, names_table
from epistola.mentions.learned.model import Model
from epistola.training.fit import FOLDS, JUDGE, TAGGER, WEIGHT


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model was learned from: numbers of letters and words, and the data's licences."""

    language: str
    gold: int
    gold_words: int
    texts: int
    data: tuple[str, ...]


def card(learned: Learned, model: Model, scores: Scores) -> str:
    """Return the card in Markdown; ``scores`` are those on letters that were held out."""
    data = "\n".join(f"- {line}" for line in learned.data) or "- not stated"
    tables = [names_table(scores)] + (
        [bands_table(scores.calibration)] if scores.calibration else []
    )
    return f"""# Model card: names in letters, {learned.language}

Made by `epistola train` of Epistola {__version__}. The tagger and the judge look again at the
names of persons and places that the rules find; without them the rules decide alone.

## Data

{data}

{learned.gold} gold letters ({learned.gold_words:,} words), tagged throughout by their editors;
{learned.texts} plain letters, labelled by the rules.

## Method

- tagger: a conditional random field over the capitalised words of a letter ({_settings(TAGGER)};
  a gold letter counts {WEIGHT} times), {len(model.tagger):,} bytes
- judge: a maximum entropy model over names, taught on verdicts of taggers that had not seen
  the letter ({_settings(JUDGE)}), {len(model.judge):,} bytes
- no random numbers: a hash of its name puts a letter into its part, so the same data give
  the same weights

## Scores on held-out gold letters

{FOLDS} parts, each tagged and judged by what was learned from the others.

{_block(tables)}
"""


def _settings(settings: object) -> str:
    return ", ".join(f"{name} {value}" for name, value in dict(settings).items())  # type: ignore[call-overload]


def _block(tables: Sequence[Table]) -> str:
    return "\n\n".join(_markdown(table) for table in tables)


def _markdown(table: Table) -> str:
    rows = [table.head, ("---",) * len(table.head), *table.rows]
    return "\n".join([f"{table.title}:", "", *(f"| {' | '.join(row)} |" for row in rows)])
