"""Find what a letter mentions. Each recogniser is one function in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from epistola.gazetteer import Names
from epistola.mentions.dates.grammar import dates
from epistola.mentions.foreign import foreign
from epistola.mentions.names.events import events
from epistola.mentions.names.organisations import organisations
from epistola.mentions.names.persons import persons
from epistola.mentions.names.places import places
from epistola.mentions.works.canon import canonical
from epistola.mentions.works.canon.shelfmarks import shelfmarks
from epistola.mentions.works.quoted import quoted
from epistola.mentions.works.references import references
from epistola.mentions.works.titles import titles
from epistola.model import Annotation, Letter, Source

Recogniser = Callable[[Source, Letter, Names], Iterator[Annotation]]

RECOGNISERS: Sequence[Recogniser] = (
    dates,
    references,
    canonical,
    shelfmarks,
    titles,
    events,
    organisations,
    places,
    persons,
    foreign,
    quoted,
)
"""All recognisers, in the order in which they are asked."""


def recognise(
    source: Source,
    letter: Letter,
    names: Names,
    recognisers: Sequence[Recogniser] = RECOGNISERS,
) -> Iterator[Annotation]:
    """Yield every mention that a recogniser claims; claims may collide (see settle)."""
    for recogniser in recognisers:
        yield from recogniser(source, letter, names)
