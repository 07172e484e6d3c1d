"""Which of colliding claims stands; collisions first, then what may nest."""

from __future__ import annotations

from itertools import permutations

import pytest

from epistola.mentions.settle import HOLDS, KINDS, ONLY_INSIDE, settle
from epistola.model import Annotation, Finding, Source, Span

TEXT = "the Laval-Stalin treaty with France in 1935"
SOURCE = Source("a", TEXT)


def claim(words: str, kind: str, certainty: float = 1.0) -> Annotation:
    start = TEXT.index(words)
    return Annotation(Span(start, start + len(words)), kind, "test", certainty=certainty)


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        ([claim("Laval", "person"), claim("Laval", "place")], ["person"]),
        ([claim("Laval", "person", 0.6), claim("Laval", "place", 0.8)], ["place"]),
        ([claim("Laval", "place"), claim("Laval-Stalin", "persons")], ["persons"]),
        ([claim("Stalin treaty", "title"), claim("treaty with France", "event")], ["event"]),
        ([claim("1935", "scope")], []),
        ([claim("France", "author"), claim("1935", "date")], ["date"]),
        (
            [claim("Laval-Stalin treaty with France", "event"), claim("Laval", "person")],
            ["event", "person"],
        ),
        ([claim("France in 1935", "reference"), claim("1935", "scope")], ["reference", "scope"]),
        (
            [
                claim("Laval", "author"),
                claim("Laval", "person"),
                claim("Laval-Stalin", "reference"),
            ],
            ["reference", "author", "person"],
        ),
        ([claim("Laval", "person"), claim("Laval-Stalin treaty", "p")], ["p", "person"]),
        ([claim("Stalin treaty", "org"), claim("the Laval-Stalin", "p")], ["p"]),
        ([claim("Laval", "salute"), claim("Laval-Stalin", "org")], ["salute"]),
        ([claim("Laval", "highlight"), claim("Laval-Stalin", "org")], ["highlight", "org"]),
        ([claim("France in 1935", "extract"), claim("France in 1935", "quote")], ["extract"]),
        ([claim("France in 1935", "p"), claim("France in 1935", "quote")], ["p", "quote"]),
    ],
)
def test_what_stands(claims: list[Annotation], standing: list[str]) -> None:
    order = {kind: at for at, kind in enumerate(standing)}
    for arrangement in permutations(claims):
        findings: list[Finding] = []
        settled = settle(SOURCE, arrangement, findings.append)
        assert sorted((a.kind for a in settled), key=lambda k: order.get(k, 99)) == standing
        assert len(settled) + len(findings) == len(claims)


def test_the_tables_speak_of_known_kinds() -> None:
    assert set(HOLDS) <= set(KINDS)
    assert all(inner <= set(KINDS) for inner in HOLDS.values())
    assert set(ONLY_INSIDE) <= set(KINDS)
