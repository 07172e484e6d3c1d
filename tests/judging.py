"""Judge two markings of one line: the gold's and what was made."""

from __future__ import annotations

from epistola.evaluate.gold import Gold, Mention
from epistola.evaluate.score import KINDS, Judged, Measure, judge
from marks import marked

EVERYTHING = Measure(kinds=KINDS)


def judged(gold: str, made: str, measure: Measure = EVERYTHING, name: str = "a") -> Judged:
    """Return the letter that two markings of one text give; a made one may have a certainty."""
    source = marked(gold)[0]
    assert source.text == marked(made)[0].text
    return judge(name, Gold(name, source.text, mentions(gold)), mentions(made), measure)


def mentions(line: str) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            a.span,
            a.kind,
            ref=a.values.get("ref", ""),
            level=a.values.get("level", ""),
            rule=a.values.get("rule", ""),
            certainty=float(a.values.get("certainty", 1)),
        )
        for a in marked(line)[1]
    )
