"""Which names of places a list may hold, so that it does not find places in every sentence.

There are towns called Reading, March and Of, and thousands that bear a family's name. A
list knows nothing of the letter, so it may hold such a name only where the place is large
enough for a letter to mean it. The lists that ship and those that users add (``geonames``)
are compiled by this one rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

WORD_INHABITANTS = 100_000
"""A place this large is listed though its name is a word as well: Reading, Nice."""
NAME_INHABITANTS = 15_000
"""A place this large is listed though people are called so, or its name is very short."""
SHORTEST = 4

LATIN = re.compile(r"[a-zà-ɏ]+(?:['-][a-zà-ɏ]+)*")
SORTS = frozenset(
    "abbey abbaye monastery castle municipality district county province department region canton "
    "arrondissement township camp kommun area massacre homicide archaeological site "
    "cemetery".split()
)
"""Words for places that are no settlements, though a source may say that they are."""
SUFFIXES = ("-shi", "-gun", "-ku")

Test = Callable[[str], bool]


class Rivals(NamedTuple):
    """What else a form may mean, each a test of it.

    ``wider`` is asked of the last word of a longer form: what ends in the name of a state
    ("Springfield Illinois") is how a source tells places apart, not how letters call them.
    """

    word: Test
    person: Test
    other: Test
    wider: Test


def names_a_place(form: str, rivals: Rivals, inhabitants: int = 0) -> bool:
    """Return whether a list of places may hold ``form``, the name of one so large.

    >>> nothing = Rivals(*4 * [lambda form: form == "Reading"])
    >>> names_a_place("Tring", nothing), names_a_place("Reading", nothing)
    (True, False)
    """
    parts = form.lower().split()
    if not all(LATIN.fullmatch(part.rstrip(".")) for part in parts) or SORTS.intersection(parts):
        return False
    if form.lower().endswith(SUFFIXES) or rivals.other(form):
        return False
    if len(parts) > 1 and rivals.wider(form.rsplit(maxsplit=1)[-1]):
        return False
    return inhabitants >= needed(form, rivals)


def needed(form: str, rivals: Rivals) -> int:
    """Return how many inhabitants a place needs for ``form`` to be listed."""
    if rivals.word(form):
        return WORD_INHABITANTS
    return NAME_INHABITANTS if rivals.person(form) or len(form) < SHORTEST else 0
