"""Measure how well mentions of one person are brought together: B-cubed.

Bagga and Baldwin, "Algorithms for scoring coreference chains", 1998. Only mentions that both
sides have, to the character but for titles of address, and that both link, are counted; so the
measure is of linking alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from epistola.evaluate.counted import tight_span, without_address
from epistola.evaluate.gold import Mention
from epistola.evaluate.rates import Rates, harmonic
from epistola.evaluate.words import words_of
from epistola.model import Span

P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Links:
    """How persons are linked: ``linked`` of the ``gold`` mentions with ``@ref`` are compared.

    ``within`` takes each letter by itself, ``across`` all together: there a person must have
    one entry in all letters.
    """

    gold: int
    linked: int
    within: Rates
    across: Rates


@dataclass(frozen=True, slots=True)
class LinkedLetter:
    """The persons linked in one letter: where, and to which entry, in the gold and as made."""

    name: str
    gold: Mapping[Span, str]
    made: Mapping[Span, str]


def linked_persons(
    text: str, mentions: Iterable[Mention], languages: frozenset[str]
) -> dict[Span, str]:
    """Return the entry of each linked person, where the name without titles of address stands."""
    words = words_of(languages)
    found: dict[Span, str] = {}
    for mention in mentions:
        if mention.kind == "person" and mention.ref.strip():
            tight = replace(mention, span=tight_span(text, mention, words))
            found.setdefault(without_address(text, tight, languages), entry_of(mention.ref))
    return found


def entry_of(reference: str) -> str:
    """Return the id that a reference points at; of several the first.

    >>> entry_of("../persons.xml#finch #other")
    'finch'
    """
    return reference.split(maxsplit=1)[0].rpartition("#")[2]


def measure_links(letters: Iterable[LinkedLetter]) -> Links:
    """Return the measure over all ``letters``."""
    letters = list(letters)
    gold = {(one.name, span): entry for one in letters for span, entry in one.gold.items()}
    made = {(one.name, span): entry for one in letters for span, entry in one.made.items()}
    return Links(
        gold=len(gold),
        linked=len(gold.keys() & made.keys()),
        within=b_cubed(
            {place: (place[0], entry) for place, entry in gold.items()},
            {place: (place[0], entry) for place, entry in made.items()},
        ),
        across=b_cubed(gold, made),
    )


def b_cubed(gold: Mapping[P, Hashable], made: Mapping[P, Hashable]) -> Rates:
    """Return B-cubed over the mentions that are in both, each with the entry it is linked to.

    >>> b_cubed({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "x"}).recall
    1.0
    """
    shared = sorted(gold.keys() & made.keys(), key=repr)
    if not shared:
        return Rates(0.0, 0.0, 0.0)
    together = Counter((gold[place], made[place]) for place in shared)
    by_gold = Counter(gold[place] for place in shared)
    by_made = Counter(made[place] for place in shared)
    precision = sum(n * n / by_made[m] for (_, m), n in together.items()) / len(shared)
    recall = sum(n * n / by_gold[g] for (g, _), n in together.items()) / len(shared)
    return Rates(precision, recall, harmonic(precision, recall))
