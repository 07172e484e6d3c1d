"""Whether two descriptions are of one work: by title, author and date.

"Egoist" and "The Egoist", "Owls & Wrens" and "Owls and Wrens", a title with its subtitle and
without: what is said otherwise of one work counts for nothing. What two works cannot share
(an author, a year, a volume, an edition) keeps them apart, if both descriptions say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import starmap
from typing import NamedTuple

from epistola import language as languages
from epistola.gazetteer import bare, fold
from epistola.model import DATING
from epistola.registers.catalogue import catalogue_name
from epistola.registers.match import person_name

WHOLE, MAIN, SHORT, SPELT = 4, 3, 2, 1
"""How two titles agree: in every word; but for a subtitle; as its first words; but for a letter."""
WORD = re.compile(r"[^\W_]+|&")
SUBTITLE = re.compile(r"(?:\s*[:;]|\.)\s+|\s+[—–-]\s+|[,;]?\s+or,\s+")
"""Between a title and its subtitle: "Main: sub", "Main. Sub", "Main; or, Sub"."""
BRACKETED = re.compile(r"\s*[(\[](?P<place>[^()\[\]\d]+)[)\]]\s*$")
"""The place of a journal: "The Echo (London)"."""
FIGURES = re.compile(r"\d+")
VOWELS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
"""How German writes its umlauts where there are none, and what is left of them without marks."""
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l"})
SPELLABLE = 5
"""Letters of the shortest word in which one letter may differ."""


class Title(NamedTuple):
    """A title as titles are compared: its words, and those before its subtitle."""

    words: tuple[str, ...]
    main: tuple[str, ...]


class Author(NamedTuple):
    """Who wrote a work: the id of his entry, his surname, his forenames or their letters."""

    entry: str = ""
    surname: str = ""
    given: tuple[str, ...] = ()


NOBODY = Author()


class Traits(NamedTuple):
    """What tells one work from another; what is empty is not known.

    ``full`` says that the work is described so that it can be found: with its year, or
    with what it appeared in.
    """

    titles: tuple[Title, ...]
    author: Author = NOBODY
    when: str = ""
    place: str = ""
    volume: str = ""
    edition: str = ""
    host: tuple[str, ...] = ()
    journal: bool = False
    full: bool = False


def traits(names: Iterable[str], values: Mapping[str, str], author: Author = NOBODY) -> Traits:
    """Return the traits of a work that is called ``names``, of which ``values`` are known."""
    journal = values.get("level") == "j"
    place = ""
    found: list[Title] = []
    for name in names:
        bracket = BRACKETED.search(name) if journal else None
        place = place or (bracket["place"] if bracket else "")
        found.append(title_of(name[: bracket.start()] if bracket else name))
    when = _when(values)
    host = values.get("book", "")
    return Traits(
        titles=tuple(dict.fromkeys(title for title in found if title.words)),
        author=author,
        when=when,
        place=" ".join(title_of(place).words),
        volume="" if journal else values.get("volume", ""),
        edition="" if journal else _edition(values.get("edition", "")),
        host=title_of(host).words if host else (),
        journal=journal,
        full=bool(when or host or values.get("journal")),
    )


@lru_cache(maxsize=4096)
def title_of(title: str) -> Title:
    """Return ``title`` as titles are compared.

    >>> title_of("The Owls & Wrens: A Study").words
    ('owls', '&', 'wrens', 'a', 'study')
    >>> title_of("Ueber die Eulen") == title_of("Über die Eulen")
    True
    """
    main = SUBTITLE.split(title, maxsplit=1)[0]
    return Title(_words(title), _words(main) or _words(title))


def _words(title: str) -> tuple[str, ...]:
    articles, ands = _small_words()
    plain = bare(fold(title)).casefold().translate(LETTERS).replace("'", "")
    row = WORD.findall(plain) or title.split()
    if len(row) > 1 and row[0] in articles:
        del row[0]
    return tuple("&" if word in ands else _plain(word) for word in row)


def _plain(word: str) -> str:
    for written, vowel in VOWELS:
        word = word.replace(written, vowel)
    return word


@cache
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the articles that begin a title, and the words for "and", of all languages."""
    articles: set[str] = set()
    ands: set[str] = set()
    for code in languages.codes():
        articles |= set(languages.table(code, "references")["articles"].split())
        ands |= set(languages.table(code, "citations")["and"].split())
    return frozenset(articles), frozenset(word for word in ands if len(word) > 1)


def _edition(said: str) -> str:
    """Return the number of an edition, or what is said of it.

    >>> _edition("2nd, revised ed."), _edition("New edition")
    ('2', 'new edition')
    """
    number = FIGURES.search(said)
    return number[0] if number else " ".join(_words(said))


def author_of(name: str, language: str, entry: str = "") -> Author:
    """Return who is called ``name``, as a citation or a catalogue writes it.

    >>> author_of("A. Bly", "en") == author_of("Bly, A.", "en")
    True
    """
    catalogued = catalogue_name(name) if "," in name else None
    if catalogued is not None:
        name = f"{catalogued.forename} {catalogued.surname}".strip()
    known = person_name(name, language)
    return Author(entry, known.surname or known.whole, known.forenames)


# ---------------------------------------------------------------- comparing


def fit(one: Traits, other: Traits) -> tuple[int, int]:
    """Return how the titles of two descriptions agree and how many other things do.

    The first number is 0 where they are of two works.
    """
    if one.journal is not other.journal or _differ(one, other):
        return 0, 0
    grade = max((_alike(a, b, one, other) for a in one.titles for b in other.titles), default=0)
    if not grade:
        return 0, 0
    known = (one.author.surname and other.author.surname, one.when and other.when,
             one.place and other.place)  # fmt: skip
    same = (one.volume == other.volume, one.edition == other.edition)
    return grade, sum(map(bool, known)) + sum(same)


def _differ(one: Traits, other: Traits) -> bool:
    """Return whether two descriptions say what one work cannot have both."""
    pairs = ((one.volume, other.volume), (one.place, other.place), (one.edition, other.edition),
             (one.host, other.host))  # fmt: skip
    return (
        any(a and b and a != b for a, b in pairs)
        or not _same_time(one.when, other.when)
        or not _same_author(one.author, other.author)
    )


def may_be_one_time(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether the dates among the values of two works may be one."""
    return _same_time(_when(one), _when(other))


def _when(values: Mapping[str, str]) -> str:
    return next((values[bound] for bound in DATING if values.get(bound)), "")


def _same_time(one: str, other: str) -> bool:
    """Return whether two dates may be one, the shorter being less exact; so may an unknown one."""
    return one.startswith(other) or other.startswith(one)


def _same_author(one: Author, other: Author) -> bool:
    """Return whether two names may be one author's."""
    if (one.entry and one.entry == other.entry) or not (one.surname and other.surname):
        return True
    if one.surname != other.surname:
        return False
    return all(starmap(_same_forename, zip(one.given, other.given, strict=False)))


def _same_forename(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _alike(a: Title, b: Title, one: Traits, other: Traits) -> int:
    """Return how two titles agree, for works of which nothing else is known to differ."""
    if a.words == b.words:
        return WHOLE
    if a.main == b.main and (a.words == a.main or b.words == b.main):
        return MAIN
    if one.journal or not (one.author.surname and other.author.surname):
        return 0
    if one.full is not other.full and _begins(a.words, b.words, shorter=other.full):
        return SHORT
    return SPELT if _spelt(a.words, b.words) else 0


def _begins(a: Sequence[str], b: Sequence[str], *, shorter: bool) -> bool:
    """Return whether the title that is cited shortly is the beginning of the other.

    ``shorter`` says that it is the first.
    """
    short, long = (a, b) if shorter else (b, a)
    return len(short) < len(long) and tuple(long[: len(short)]) == tuple(short)


def _spelt(a: Sequence[str], b: Sequence[str]) -> bool:
    """Return whether titles differ by the spelling of long words alone, in one letter each."""
    return len(a) == len(b) > 1 and all(starmap(_spelt_alike, zip(a, b, strict=True)))


def _spelt_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < SPELLABLE or one[0] != other[0] or FIGURES.search(one + other):
        return False
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - slow to load, seldom needed

    return Levenshtein.distance(one, other, score_cutoff=1) <= 1
