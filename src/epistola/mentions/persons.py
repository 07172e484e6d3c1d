"""Find the names of persons.

First what shows by itself that it is a name ("Sir Walter Scott", "H. G. Wells",
"the Duke of Wellington"), then, in the whole letter, the same names alone, in
the plural and beside one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from epistola.gazetteer import Names
from epistola.language import load
from epistola.mentions.capitals import Scan, runs, scan, words_of
from epistola.mentions.phrases import phrases
from epistola.model import Annotation, Letter, Source

SURNAME = "[FfSsNAPpDwI]"
LAST = r"[FfSsNAPpwWDGOE]"
TITLED = re.compile(
    rf"(?:[TR] )*[TR](?:[ d](?=[^XTRKJ]))(?:[FfI][ ])*{LAST}(?:[ d-]{SURNAME})*(?:[ ,]J)*"
    r"|(?:[TR] )*[TR] (?:[FfI][ ])*[I](?:[ ,]J)*"
)
PAIR = re.compile(rf"[TR]&[TR][ d]{LAST}(?:[ d-]{SURNAME})*")
PEER = re.compile(rf"(?:[TR] )*R(?: {LAST})?o[FfSsNAPpwWDGOE](?: [SsNPp])*")
KIN = re.compile(rf"K (?:[FfSsNPpwI])(?: [SsNP])*")
FULL = re.compile(r"[Ff](?:[ -][FfI])*(?:[ d-][SsNPpwA])+(?:[ ,]J)*|F[ -]F(?:[ -]F)*")
INITIALS = re.compile(r"I(?: [IFf])*[ d][SsNFfPpwA](?:[- d][SsNFf])*(?:[ ,]J)*")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name as words of a scan, and the rule that found it."""

    first: int
    last: int
    rule: str
    certainty: float
    kind: str = "person"


def persons(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of a person, and of a family or type as ``persons``."""
    found = scan(source, letter, names)
    for person in people(found, letter):
        yield Annotation(
            found.span(person.first, person.last),
            person.kind,
            f"persons.{person.rule}",
            {},
            certainty=person.certainty,
        )


@lru_cache(maxsize=4)
def people(found: Scan, letter: Letter) -> tuple[Person, ...]:
    """Return the persons of a scan, none inside another, in the order of the text."""
    taken: set[int] = set()
    result: list[Person] = []
    phrase_words = _phrase_words(found, letter.language)
    for stage in (titled, peers, kin):
        result += _free(stage(found), taken)
    taken |= phrase_words
    for stage in (full, initials):
        result += _free(stage(found), taken)
    result += _free(singles(found), taken)
    result += _free(again(found, letter, result), taken)
    return tuple(sorted(result, key=lambda p: p.first))


def taken_by_persons(found: Scan, letter: Letter) -> frozenset[int]:
    """Return the words that are part of a person's name."""
    return frozenset(
        at for person in people(found, letter) for at in range(person.first, person.last + 1)
    )


def _phrase_words(found: Scan, code: str) -> set[int]:
    return {
        at
        for table in ("places", "organisations", "events")
        for phrase in phrases(found, code, table)
        for at in range(phrase.first, phrase.last + 1)
    }


def _free(claims: Iterable[Person], taken: set[int]) -> list[Person]:
    """Return the claims on words that nobody has taken, and take them."""
    kept = []
    for person in claims:
        words = range(person.first, person.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(person)
    return kept


def titled(found: Scan) -> Iterator[Person]:
    """Yield names after a title of address: "Mr. B.", "Lady Davy", "Mr. and Mrs. Hope"."""
    for first, last in runs(TITLED, found):
        yield Person(first, last, "titled", 0.97)


def peers(found: Scan) -> Iterator[Person]:
    """Yield ranks with what they are of: "the Duke of Wellington", "Bishop of Durham"."""
    for first, last in runs(PEER, found):
        yield Person(first, last, "peer", 0.95)


def kin(found: Scan) -> Iterator[Person]:
    """Yield kin terms with a name: "Aunt Mary"."""
    for first, last in runs(KIN, found):
        yield Person(first, last, "kin", 0.95)


def full(found: Scan) -> Iterator[Person]:
    """Yield a forename with what follows it: "Walter Scott", "Mary Anne"."""
    for first, last in runs(FULL, found):
        yield Person(first, last, "full", 0.95)


def initials(found: Scan) -> Iterator[Person]:
    """Yield initials with a surname: "H. G. Wells"."""
    for first, last in runs(INITIALS, found):
        yield Person(first, last, "initials", 0.95)


def singles(found: Scan) -> Iterator[Person]:
    """Yield forenames and famous names that stand alone: "Fanny", "Shakespeare"."""
    familiar = words_of(load("en")["persons"], "familiar")
    for at in range(len(found.words)):
        sort = found.sort(at)
        if sort == "F":
            yield Person(at, at, "forename", 0.9)
        elif sort == "S":
            yield Person(at, at, "famous", 0.9)
        elif sort == "K" and found.words[at].form in familiar:
            yield Person(at, at, "familiar", 0.7)


def again(found: Scan, letter: Letter, known: Iterable[Person]) -> Iterator[Person]:
    """Yield parts of names that stand in full elsewhere in the letter."""
    parts = _parts(found, letter, known)
    for at, word in enumerate(found.words):
        if found.sort(at) in "XTRKJWI":
            continue
        form = word.form
        if form in parts:
            yield Person(at, at, "again", 0.9)
        elif form.endswith("s") and form[:-1] in parts:
            plural = found.before(at) in ("the", "The")
            yield Person(at, at, "plural", 0.8, "persons" if plural else "person")


def _parts(found: Scan, letter: Letter, known: Iterable[Person]) -> frozenset[str]:
    forms = {
        found.words[at].form
        for person in known
        for at in range(person.first, person.last + 1)
        if found.sort(at) in "FfSsNAPpw" and len(found.words[at].form) > 2
    }
    for fact in (letter.author, letter.addressee):
        forms.update(re.findall(r"\w{3,}", fact.value) if fact else ())
    return frozenset(forms)
