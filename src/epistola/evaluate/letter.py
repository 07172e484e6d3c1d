"""Judge one letter of a gold edition: read it, find what it mentions, hold the two together."""

from __future__ import annotations

from pathlib import Path

from epistola.edition import Edition
from epistola.evaluate.gold import read_gold
from epistola.evaluate.made import made_mentions
from epistola.evaluate.score import Judged, Measure, judge
from epistola.model import Finding, Report, Severity, Source, ignore

SHORTEST = 40
"""A gold text of fewer characters is none: that of a register, or a stub."""


def judge_file(
    path: Path,
    name: str,
    measure: Measure,
    edition: Edition | None = None,
    language: str | None = None,
    report: Report = ignore,
) -> Judged | None:
    """Return the letter in the gold file ``path``, called ``name``, judged; none for a stub.

    ``edition`` and ``language`` are for the pipeline, as in ``pipeline.encode``.

    Raises GoldError.
    """
    gold = read_gold(path, measure.languages, report)
    if len(gold.text.strip()) < SHORTEST:
        message = f"it is passed over: its text has fewer than {SHORTEST} characters"
        report(Finding(Severity.INFO, "gold", message))
        return None
    source = Source(gold.name, gold.text)
    return judge(name, gold, made_mentions(source, measure.languages, edition, language), measure)
