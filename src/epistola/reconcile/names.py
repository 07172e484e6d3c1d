"""How alike two names are: of persons, taken apart; of all else, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from epistola.gazetteer import fold
from epistola.reconcile.card import plain
from epistola.registers.catalogue import catalogue_name
from epistola.registers.forenames import compatible
from epistola.registers.match import (
    Station,
    person_name,
    split_forenames,
    station_of,
    titles_of,
)

IN_BRACKETS = re.compile(r"\(([^()]+)\)")
YEARS = re.compile(r"[,\s]*\(?\b\d{3,4}\??\s*[-–]\s*(?:\d{3,4}\??)?\)?\s*$")
INITIAL = re.compile(r"[A-Z]\.")
NUMERALS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
NUMERAL = re.compile(
    rf"(?<=[a-zà-ÿ,.] )(?P<roman>{'|'.join(sorted(NUMERALS, key=len, reverse=True))})(?![\w.])"
    r"|\b(?P<arabic>\d{1,2})(?:st|nd|rd|d|th)\b"
)
SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("w", "v"), ("j", "i"))
MUTE = re.compile(r"[aeiouyh\W\d_]+")
DOUBLED = re.compile(r"(.)\1+")
NEAR_WORD, NEAR_NAME = 0.80, 0.86
"""How much of a word, or of a whole name, must be the same for a near spelling."""
SHORT = 4
"""Words so short have too many neighbours: they are near to nothing but themselves."""


class Likeness(IntEnum):
    """How alike two names are; more is more."""

    NONE = 0
    SURNAME = 1
    """One of them is a surname alone."""
    NEAR = 2
    """Spelt differently."""
    INITIALS = 3
    """The surname is the same, and the forenames are where they are more than initials."""
    SAME = 4


@dataclass(frozen=True, slots=True)
class PersonForm:
    """One form of a person's name: in small letters, without accents."""

    surname: str
    forenames: tuple[str, ...] = ()
    whole: str = ""
    station: Station = Station.UNKNOWN
    generation: int = 0

    @property
    def initial(self) -> str:
        """Return the letter that the first forename begins with, if there is one."""
        return self.forenames[0][0] if self.forenames else ""


def person_forms(names: Iterable[str], language: str) -> tuple[PersonForm, ...]:
    """Return the forms of a person's names, each once.

    >>> [form.whole for form in person_forms(["Scott, Walter, 1771-1832", "Walter Scott"], "en")]
    ['walter scott']
    """
    forms: dict[tuple[str, str, int], PersonForm] = {}
    for name in names:
        for form in _forms(name, language):
            if form.whole:
                forms.setdefault((form.surname, form.whole, form.generation), form)
    return tuple(forms.values())


def _forms(name: str, language: str) -> Iterator[PersonForm]:
    parts = catalogue_name(name)
    suffixes = titles_of(language).suffixes
    if parts is not None and plain(parts.forename or parts.title) in suffixes:
        name, parts = parts.surname, None  # "Sir Walter Scott, Bart."
    if parts is None:
        yield _spoken(YEARS.sub("", name), language)
        return
    title, forename = parts.title, parts.forename
    if INITIAL.fullmatch(title) and not forename:
        title, forename = "", title
    rank = _rank(f"{title} x", language) if title else Station.UNKNOWN
    for given in dict.fromkeys([parts.initials or forename, *IN_BRACKETS.findall(name)]):
        forenames = split_forenames(fold(given).lower())
        yield _form(parts.surname, forenames, rank, generation(name))


def _spoken(name: str, language: str) -> PersonForm:
    """Return a name taken apart that is written as it is spoken, forename first."""
    parsed, rank = person_name(name, language), _rank(name, language)
    if len(parsed.title) == 1 and not parsed.forenames:  # "M. Lamb": Mary, or Monsieur
        return _form(parsed.surname, [parsed.title], Station.UNKNOWN, generation(name))
    if parsed.surname:
        return _form(parsed.surname, parsed.forenames, rank, generation(name))
    return PersonForm("", (), plain(parsed.whole), rank)  # "the Duke of Wellington"


def _rank(name: str, language: str) -> Station:
    """Return what the title in ``name`` says of its bearer."""
    return station_of(person_name(name, language).title, (), language)


def generation(name: str) -> int:
    """Return which of several of one name is meant, 0 where that is not said.

    >>> generation("Henry VIII"), generation("Leveson-Gower, 2nd Duke"), generation("V. Hugo")
    (8, 2, 0)
    """
    found = NUMERAL.search(name)
    if found is None:
        return 0
    return int(found["arabic"]) if found["arabic"] else NUMERALS.index(found["roman"]) + 1


def _form(surname: str, forenames: Iterable[str], rank: Station, number: int) -> PersonForm:
    last = plain(surname)
    first = tuple(word for name in forenames for word in plain(name).split())
    return PersonForm(last, first, " ".join([*first, last]).strip(), rank, number)


def persons_alike(one: Sequence[PersonForm], other: Sequence[PersonForm]) -> Likeness:
    """Return how alike the two likest forms of two persons are."""
    return max((alike(a, b) for a in one for b in other), default=Likeness.NONE)


def alike(one: PersonForm, other: PersonForm) -> Likeness:
    """Return how alike two forms of persons' names are."""
    found = _likeness(one, other)
    if one.generation and other.generation and one.generation != other.generation:
        return Likeness.NONE
    if not one.station.agrees(other.station):
        # "Mrs. Day" is not Mr. Day, yet Miss Maria Day may become Mrs. Maria Day.
        return min(found, Likeness.NEAR) if found > Likeness.SURNAME else Likeness.NONE
    return found


def _likeness(one: PersonForm, other: PersonForm) -> Likeness:
    if one.whole == other.whole and " " in one.whole:
        return Likeness.SAME
    if not one.surname or not other.surname:
        return Likeness.NONE
    if not one.forenames or not other.forenames:
        return Likeness.SURNAME if one.surname == other.surname else Likeness.NONE
    if one.surname == other.surname:
        return _forenames_alike(one.forenames, other.forenames)
    if one.initial == other.initial and near(one.surname, other.surname):
        return min(Likeness.NEAR, _forenames_alike(one.forenames, other.forenames))
    return Likeness.NONE


def _forenames_alike(one: Sequence[str], other: Sequence[str]) -> Likeness:
    """Return how alike two forenames are; a missing second name does not count against them."""
    if one[0] == other[0] and compatible(one, other):
        return Likeness.SAME if len(one[0]) > 1 else Likeness.INITIALS
    if compatible(one, other):
        return Likeness.INITIALS if 1 in (len(one[0]), len(other[0])) else Likeness.NEAR
    if one[0] in other or other[0] in one:  # known by a second name: "Harriet" of "Anna Harriet"
        return Likeness.NEAR if min(len(one[0]), len(other[0])) > 1 else Likeness.NONE
    return Likeness.NEAR if near(one[0], other[0]) else Likeness.NONE


def things_alike(one: Iterable[str], other: Iterable[str]) -> Likeness:
    """Return how alike two things are by their names, which ``plain`` made.

    >>> things_alike(["wollstonecroft hall"], ["wolstonecroft hall"]).name
    'NEAR'
    """
    ones, others = set(one), set(other)
    if ones & others:
        return Likeness.SAME
    return Likeness.NEAR if any(near(a, b) for a in ones for b in others) else Likeness.NONE


@lru_cache(maxsize=65536)
def near(one: str, other: str) -> bool:
    """Return whether two words, or names of several words, are spellings of one.

    A letter left out, put in, changed, or two that changed places, count alike (optimal
    string alignment). Numbers are never misspelt.

    >>> near("shakspeare", "shakespeare"), near("robertson", "robinson"), near("line 1", "line 2")
    (True, False, False)
    """
    if min(len(one), len(other)) <= SHORT or NUMBERS.findall(one) != NUMBERS.findall(other):
        return one == other
    enough = NEAR_NAME if " " in one else NEAR_WORD
    return OSA.normalized_similarity(one, other, score_cutoff=enough) > 0


NUMBERS = re.compile(r"\d+")


def similarity(one: Iterable[str], other: Iterable[str]) -> int:
    """Return how similar the likest two of two lists of names are, from 0 to 100."""
    return round(
        100 * max((OSA.normalized_similarity(a, b) for a in one for b in other), default=0)
    )


@lru_cache(maxsize=262144)
def skeleton(form: str) -> str:
    """Return what stays of ``form`` however it is spelt: first letter, and how consonants sound.

    >>> skeleton("shakespeare") == skeleton("shakspear"), skeleton("katharine")
    (True, 'ktrn')
    """
    for letters, sound in SOUNDS:
        form = form.replace(letters, sound)
    return form[:1] + DOUBLED.sub(r"\1", MUTE.sub("", DOUBLED.sub(r"\1", form[1:])))


def neighbours(form: str) -> set[str]:
    """Return the keys under which near spellings of ``form`` meet: its skeleton, less a letter."""
    bones = skeleton(form)
    if len(bones) < SHORT:
        return {bones}
    return {bones, *(bones[:at] + bones[at + 1 :] for at in range(len(bones)))}
