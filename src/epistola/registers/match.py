"""Compare names: a person's name taken apart, entries looked up by their forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from epistola import language as languages
from epistola.gazetteer import bare, fold
from epistola.registers.forenames import sex_of

WORD = re.compile(r"[^\s,.]+\.?")
POSSESSIVE = re.compile(r"(?:'s|')$")
NUMERAL = re.compile(r"[ivx]+")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
ROMAN = (
    "",
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)


class Station(StrEnum):
    """What a title or a forename says of the bearer; ``UNKNOWN`` where they say nothing."""

    UNKNOWN = ""
    MAN = "man"
    WOMAN = "woman"
    WIFE = "wife"
    MAIDEN = "maiden"

    def agrees(self, other: Station) -> bool:
        """Return whether one person can be both."""
        if self is other or not (self and other):
            return True
        if Station.MAN in (self, other):
            return False
        return Station.WOMAN in (self, other)


SEXES: Mapping[str, Station] = {"m": Station.MAN, "f": Station.WOMAN, "": Station.UNKNOWN}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart, in lower case: title, forenames, surname.

    ``whole`` is the name as it is compared, without full stops, ``core`` the same without
    titles; ``station`` what title and forename say; ``given`` whether it is a forename
    alone, then kept as the surname; ``initials`` the letters of a name that is nothing
    else ("R. L. E.").
    """

    forenames: tuple[str, ...] = ()
    surname: str = ""
    title: str = ""
    whole: str = ""
    core: str = ""
    station: Station = Station.UNKNOWN
    given: bool = False
    initials: str = ""

    @property
    def is_full(self) -> bool:
        """Return whether it has both a forename (or an initial) and a surname."""
        return bool(self.forenames and self.surname)

    @property
    def names_husband(self) -> bool:
        """Return whether the forename may be the husband's: "Mrs. John Hale"."""
        return self.station is Station.WIFE and self.is_full and sex_of(self.forenames[0]) != "f"


@dataclass(frozen=True, slots=True)
class Titles:
    """Words around a name that are not the name: by language, in lower case."""

    titles: frozenset[str]
    ranks: frozenset[str]
    kin: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    wife: frozenset[str]
    maiden: frozenset[str]
    woman: frozenset[str]
    man: frozenset[str]
    before_forename: frozenset[str]
    articles: frozenset[str]
    of: frozenset[str]
    letters: frozenset[str]
    ordinals: Sequence[str]
    styles: Mapping[str, frozenset[str]]

    @property
    def before(self) -> frozenset[str]:
        """All that may stand before a name."""
        return self.titles | self.ranks | self.kin


@cache
def titles_of(language: str) -> Titles:
    """Return the titles of address, particles and suffixes of ``language``."""
    words = languages.load(language)
    persons, registers = words.get("persons", {}), words.get("registers", {})

    def read(table: Mapping[str, str], key: str) -> frozenset[str]:
        return frozenset(str(table.get(key, "")).lower().split())

    return Titles(
        **{name: read(persons, name) for name in PERSONS},
        **{name: read(registers, name) for name in REGISTERS},
        ordinals=tuple(words.get("dates", {}).get("ordinals", ())),
        styles=_styles(registers.get("styles", {})),
    )


def _styles(table: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {title: frozenset((title, *words.split())) for title, words in table.items()}


PERSONS = ("titles", "ranks", "kin", "suffixes", "particles")
REGISTERS = ("wife", "maiden", "woman", "man", "before_forename", "articles", "of", "letters")


@lru_cache(maxsize=8192)
def person_name(form: str, language: str) -> PersonName:
    """Return ``form`` taken apart.

    A single word after a title of address is a surname; a single word without one may
    be either, and is given as a surname. A rank with "of" ("the Duke of Wellington"), a
    ruler with his number and initials alone are not taken apart.

    >>> person_name("Sir Walter Scott", "en").surname
    'scott'
    >>> person_name("George the Third", "en").whole, person_name("R. L. E.", "en").initials
    ('george iii', 'rle')
    """
    titles = titles_of(language)
    words = [word for word in _words(form, titles) if word not in titles.articles]
    whole = _whole(words)
    before: list[str] = []
    while len(words) > 1 and words[0] in titles.before:
        before.append(words.pop(0))
    title = before[-1] if before else ""
    if number := _number(words, titles):
        return PersonName(title=title, whole=f"{words[0]} {number}", core=f"{words[0]} {number}")
    while len(words) > 1 and (last := _suffix(words, titles)):
        del words[-last:]
    if len(words) == 2 and words[0] in titles.letters and not before:  # noqa: PLR2004
        title = words.pop(0)
    if not words or (before and not titles.of.isdisjoint(words)):
        return PersonName(title=title, whole=whole, station=_station(title, (), titles))
    if initials := _initials(form, whole, before):
        return PersonName(title=title, whole=whole, core=whole, initials=initials)
    at = len(words) - 1
    while at > 1 and words[at - 1] in titles.particles:
        at -= 1
    fore = tuple(words[:at])
    if titles.particles.issuperset(fore):  # "Frau von Arnim"
        fore, words = (), words[at:]
        at = 0
    surname, core = " ".join(words[at:]), _whole(words)
    return PersonName(fore, surname, title, whole, core, _station(title, fore, titles))


def _suffix(words: Sequence[str], titles: Titles) -> int:
    """Return how many words at the end are what stands after a name: "Esq", "R.N.", "M D".

    Letters apart are a suffix where a surname is left before them: "Capt. Hale R N".
    """
    last = words[-1].replace(".", "")
    if last in titles.suffixes:
        return 1
    apart = len(words) > 2 and len(words[-2]) == len(last) == 1 < len(words[-3])  # noqa: PLR2004
    return 2 if apart and words[-2] + last in titles.suffixes else 0


def _words(form: str, titles: Titles) -> list[str]:
    """Return the words of a name in lower case, without stops, brackets and possessive."""
    plain = unaccented(fold(form)).translate(BRACKETS)
    if not plain.isupper():
        plain = JOINED.sub(lambda joined: _apart(joined[0], titles), plain)
    found = WORD.findall(plain.lower())
    return [w for word in found if (w := POSSESSIVE.sub("", word).rstrip(".:;"))]


def _apart(letters: str, titles: Titles) -> str:
    """Return initials one by one, but "MR" as it is."""
    return letters if letters.lower() in titles.before else " ".join(letters) + " "


def unaccented(name: str) -> str:
    """Return ``name`` without accents, which letters leave out as they please."""
    return name if name.isascii() else bare(name)


BRACKETS = str.maketrans("", "", '[]"_*')
JOINED = re.compile(r"\b(?![IVX]+\b)[A-Z]{2,3}(?=\s?[A-Z][a-z])")
"""Initials written together: "JG Lockhart"."""


def _number(words: Sequence[str], titles: Titles) -> str:
    """Return the number of a ruler ("xiv" for "xiv", "14th", "fourteenth"), if words end in one."""
    if len(words) != 2:  # noqa: PLR2004 - a name and its number
        return ""
    last = words[-1]
    ordinal = ORDINAL.fullmatch(last)
    at = int(ordinal[1]) if ordinal else 0
    if last in titles.ordinals:
        at = titles.ordinals.index(last) + 1
    if 0 < at < len(ROMAN):
        return ROMAN[at]
    return last if last in titles.suffixes and NUMERAL.fullmatch(last) else ""


def _whole(words: Sequence[str]) -> str:
    """Return ``words`` as one name is compared to another: initials stand together.

    >>> _whole(["lady", "e", "w"]), _whole(["j", "g", "lockhart"])
    ('lady ew', 'jg lockhart')
    """
    whole = ""
    single = False
    for word in words:
        joins = single and len(word) == 1
        whole += word if joins or not whole else f" {word}"
        single = len(word) == 1
    return whole


def _initials(form: str, whole: str, before: Sequence[str]) -> str:
    """Return the letters of a form that is initials alone: "R. L. E.", "ME"."""
    letters = [char for char in form if char.isalpha()]
    few = MOST_INITIALS >= len(letters) > 1
    plain = few and not before and " " not in whole
    return whole if plain and all(char.isupper() for char in letters) else ""


MOST_INITIALS = 4


def split_forenames(names: str) -> tuple[str, ...]:
    """Return forenames one by one, "h.g." as two."""
    found: list[str] = []
    for word in names.split():
        parts = [part for part in word.split(".") if part]
        found += parts if all(len(part) == 1 for part in parts) else [word.rstrip(".")]
    return tuple(found)


CAPITALS = re.compile(r"(?<![^\W\d_])(?![IVX]+(?![^\W\d_]))[^\W\d_]{2,}(?![^\W\d_])")


def written(name: str) -> str:
    """Return a person's name in capitals as it is written otherwise.

    >>> written("MRS. O’BRIEN"), written("HENRY VIII"), written("E. B."), written("Ann Lee")
    ('Mrs. O’Brien', 'Henry VIII', 'E. B.', 'Ann Lee')
    """
    if not name.isupper():
        return name
    return CAPITALS.sub(lambda word: word[0][0] + word[0][1:].lower(), name)


def _station(title: str, forenames: Sequence[str], titles: Titles) -> Station:
    """Return what the title says of the bearer, else what the forename says."""
    if title in titles.wife:
        return Station.WIFE
    if title in titles.maiden:
        return Station.MAIDEN
    if title in titles.woman:
        return Station.WOMAN
    sex = sex_of(forenames[0]) if forenames else ""
    if sex and title not in titles.man:
        return SEXES[sex]
    return Station.MAN if title in titles.before else Station.UNKNOWN


def station_told(sex: str) -> Station:
    """Return what the sex says that an entry gives: "f", "woman", 2 (ISO 5218), or another."""
    return Station.WOMAN if sex.lower().startswith(("f", "w", "2")) else Station.MAN


def station_of(title: str, forenames: Sequence[str], language: str) -> Station:
    """Return what a title and, failing that, a forename say of their bearer."""
    return _station(title, forenames, titles_of(language))


def key(form: str) -> str:
    """Return ``form`` as names are compared: folded, in lower case, without an article."""
    folded = fold(form).lower().strip(" .,;:")
    return folded.removeprefix("the ")
