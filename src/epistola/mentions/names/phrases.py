"""Names of several words: those that say what they name, and those that lists know.

"Wimpole Street", "Bank of Ireland", "Peace of Amiens": places, organisations and
events share this grammar; the words are each language's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from epistola.gazetteer import Names
from epistola.mentions.names.capitals import (
    ORGANISATIONS,
    PLACES,
    SURE_PLACES,
    Scan,
    in_quoted_titles,
    lexicon,
    words_of,
)

LEFT = "FfSswWNAPpbqDOGERKILU"
RIGHT = "FfSswWNPpbqDOGERKLU"
PROPER = "FfSswNAPpbqDR"
PROPER_RIGHT = PROPER + "G"
STREET = "FfSsNAPpbqwWDUGLR"
PARTNER = "FfSsNAPpbqw"
# What initials may follow that are no acronym: a name, other initials.
INITIALLED = "FfSsNpbI"
LONGEST = 5
# What shows that a word is the first part of a longer one: "Co-operative".
PART = re.compile(r"-[a-zß-öø-ÿ]")
WORKS = ("periodical", "newspaper", "work")
LISTED = (*ORGANISATIONS, *PLACES, *WORKS, "event", "person")
"""The classes that are looked up as names of several words."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as words of a scan, both ends included, and the rule that found it.

    ``end`` is where it ends in the text, if small words after the last one belong to it.
    """

    first: int
    last: int
    rule: str
    certainty: float = 1.0
    kind: str = ""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Keywords:
    """The words of one kind of name, by where they stand in it.

    ``weak`` ones make no name of common words ("Coach House"), unless one of
    ``opening`` is among them ("Cold War"). ``aims`` join what it is for to the
    keyword, besides "of": "Society for Cheap Books". ``loose`` ones need more than
    common words after "of" ("Fall of Prices"); ``counted`` ones need one of ``counting``
    or a town before them ("Third Congress"); ``firms`` open the name of a firm.
    ``many`` are plurals without s: "Women's Union".
    """

    last: frozenset[str]
    first: frozenset[str]
    of: frozenset[str]
    weak: frozenset[str]
    opening: frozenset[str]
    articles: frozenset[str]
    saint: frozenset[str]
    joined: frozenset[str]
    into: frozenset[str]
    aims: frozenset[str]
    firms: frozenset[str]
    loose: frozenset[str]
    counted: frozenset[str]
    counting: frozenset[str]
    many: frozenset[str]


@cache
def keywords(code: str, table: str) -> Keywords:
    """Return the keywords of ``table`` ("places" ...) in the language ``code``."""
    return Keywords(
        **{field.name: words_of(code, table, field.name) for field in fields(Keywords)}
        | {
            "articles": words_of(code, "persons", "indefinite"),
            "saint": words_of(code, "places", "saint"),
            "into": words_of(code, "places", "in"),
        }
    )


def free(claims: Iterable[Name], taken: set[int]) -> list[Name]:
    """Return the claims on words that nobody has taken yet, and take them."""
    kept = []
    for name in claims:
        words = range(name.first, name.last + 1)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(name)
    return kept


def words_in(names: Iterable[Name]) -> Iterator[int]:
    """Yield the words of ``names``."""
    for name in names:
        yield from range(name.first, name.last + 1)


@lru_cache(maxsize=12)
def phrases(found: Scan, code: str, table: str) -> tuple[Name, ...]:
    """Return every name that holds a keyword of ``table``, none inside another."""
    known = keywords(code, table)
    claims = (
        name
        for at in range(len(found.words))
        if found.sort(at) in "GOE" and (name := _phrase(found, known, at))
    )
    longest = sorted(claims, key=lambda name: (name.first - name.last, name.first))
    return tuple(free(longest, set()))


def _phrase(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return the name that word ``at`` is the keyword of."""
    if PART.match(found.source.folded, found.words[at].end):
        return None
    return _firm(found, known, at) or _with_of(found, known, at) or _plain(found, known, at)


def _firm(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return "Marsham & Co.", "Messrs. Marsham, Lisle & Sons"."""
    joined = found.form(at) in known.joined and at and found.joint(at - 1) == "&"
    if not joined or found.sort(at - 1) not in PARTNER:
        return None
    first = _leftmost(found, at - 1, known.many)
    partner = first
    while partner and found.joint(partner - 1) in " ,&" and found.sort(partner - 1) in PARTNER:
        partner -= 1
    if partner and found.joint(partner - 1) == " " and found.form(partner - 1) in known.firms:
        return Name(partner - 1, at, "firm")
    titled = first and found.joint(first - 1) == " " and found.sort(first - 1) in "TRL"
    return None if titled else Name(first, at, "firm")


def _with_of(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return "Bank of Ireland"; an event that has a name before it needs no other after it."""
    if found.form(at) not in known.of or (last := _of(found, known, at)) == at:
        return None
    if found.form(at) in known.loose and not _any(found, at + 1, last + 1, PROPER):
        return None
    first = _leftmost(found, at, known.many)
    return Name(first, last, "of") if first == at or found.sort(at) != "E" else None


def _any(found: Scan, start: int, end: int, sorts: str) -> bool:
    """Return whether one of the words from ``start`` to before ``end`` is of ``sorts``."""
    return any(found.sort(at) in sorts for at in range(start, end))


def _plain(found: Scan, known: Keywords, at: int) -> Name | None:
    """Return "Wimpole Street" or "Mount Hope"."""
    form, first = found.form(at), _leftmost(found, at, known.many)
    if form in known.counted and _is_counted(found, known, first, at):
        return Name(first, at, "counted")
    last_word = form in known.last and not _saint(found, known, at)
    if known.joined and last_word and _paired(found, known, first):
        first = _leftmost(found, first - 1, known.many)
    if last_word and first < at and _names(found, known, first, at):
        return Name(first, at, "keyword")
    last = _following(found, at) if form in known.first else at
    return Name(at, last, "first") if last > at else None


def _names(found: Scan, known: Keywords, first: int, at: int) -> bool:
    """Return whether what stands before a keyword makes a name of it."""
    if any(found.form(i) in known.opening for i in range(first, at)):
        return True
    if found.before(first) in known.articles or _is_person(found, known, first, at):
        return False
    placed = found.words[first].heads or found.before(first) in known.into
    return (
        found.form(at) not in known.weak
        or (placed and found.joint(at - 1) == " ")
        or _any(found, first, at, PROPER)
    )


def _is_person(found: Scan, known: Keywords, first: int, at: int) -> bool:
    """Return whether forename and keyword are a person: "Robert Service", "Basil Hall"."""
    if found.sort(first) != "F" or first + 1 < at or found.joint(first) != " ":
        return False
    is_name = bool(known.joined) and found.names.known(found.form(at), "surname")
    return is_name or found.names.known(found.text(first, at), "person")


def _following(found: Scan, at: int) -> int:
    """Return the last word of the name that keyword ``at`` opens: "Rue du Mont Blanc"."""
    if found.joint(at) == "d" and found.sort(at + 1) in RIGHT:
        return _rightmost(found, at + 1)
    return _rightmost(found, at, PROPER_RIGHT)


def _is_counted(found: Scan, known: Keywords, first: int, at: int) -> bool:
    """Return whether a number or a town makes one meeting of a word for many."""
    if first == at:
        return False
    if any(found.form(i) in known.counting for i in range(first, at)):
        return True
    return found.names.known(found.form(at - 1), "settlement", "capital")


def _paired(found: Scan, known: Keywords, first: int) -> bool:
    """Return whether a common word and another open a name: "Watch and Ward Society"."""
    if not first or found.joint(first - 1) != "&" or found.words[first - 1].opens:
        return False
    pair = (first - 1, first)
    return all(found.sort(i) in "Ww" and found.form(i) not in known.opening for i in pair)


def _saint(found: Scan, known: Keywords, at: int) -> bool:
    """Return whether "St" is a saint's, not a street's."""
    return found.form(at) in known.saint and found.joint(at) == " " and found.sort(at + 1) in RIGHT


def _leftmost(found: Scan, at: int, many: frozenset[str] = frozenset()) -> int:
    first = at
    while first and _joins_left(found, first, many):
        first -= 1
    opening = found.words[first]
    if first < at and opening.opens and not opening.heads and found.sort(first) in "WRKL":
        first += 1
    return first


def _joins_left(found: Scan, at: int, many: frozenset[str]) -> bool:
    """Return whether the word before belongs to the name.

    An owner does to a place's, and many owners to any: "Workers' Union".
    """
    joint = found.joint(at - 1)
    if found.sort(at - 1) not in LEFT:
        return False
    if joint in " -":
        return True
    return joint == "'" and (found.sort(at) == "G" or _are_many(found, at - 1, many))


def _are_many(found: Scan, at: int, many: frozenset[str]) -> bool:
    """Return whether word ``at`` is a common plural that owns something."""
    if found.sort(at) not in "Ww":
        return False
    plain = found.form(at).endswith("s") and not found.follows(at, "'s")
    return plain or found.form(at) in many


def _rightmost(found: Scan, at: int, sorts: str = RIGHT, many: frozenset[str] = frozenset()) -> int:
    while at + 1 < len(found.words) and found.sort(at + 1) in sorts:
        joint = found.joint(at)
        if joint not in " -" and not (many and joint == "'" and _are_many(found, at, many)):
            break
        at += 1
    return at


def _of(found: Scan, known: Keywords, at: int) -> int:
    """Return the last word of "X of Y", "X for the Y of Z" where word ``at`` is the X."""
    if not _leads_on(found, known, at):
        return at
    if found.sort(at + 1) == "O" and found.joint(at + 1) == "o":
        return at  # "School of the University of X": the University is named
    last = _rightmost(found, at + 1, many=known.many)
    if found.joint(last) == "&" and found.sort(at + 1) == found.sort(last + 1) == "W":
        return last + 1
    if found.sort(at) == "G" and found.sort(last) == "O":
        return at  # "City of X Steam Packet Company"
    if found.joint(last) != "o" or found.sort(last + 1) not in RIGHT:
        return last
    whole = _rightmost(found, last + 1)
    nested = found.sort(last) == "O" or found.joint(at) == "|"
    return whole if nested or found.names.known(found.text(at + 1, whole), *ORGANISATIONS) else last


def _leads_on(found: Scan, known: Keywords, at: int) -> bool:
    """Return whether "of", "for the" or the like joins a word of a name to word ``at``."""
    if at + 1 == len(found.words) or found.sort(at + 1) not in RIGHT:
        return False
    joint, words = found.joint(at), found.words
    if joint != "|" or not known.aims:
        return joint in "od"
    between = found.source.folded[words[at].end : words[at + 1].start].split()
    return bool(between) and known.aims.issuperset(between)


def listed(found: Scan, classes: tuple[str, ...], certainty: float = 0.95) -> Iterator[Name]:
    """Yield every name of two or more words that one of ``classes`` knows, longest first."""
    done = -1
    for at, last, known in _listed(found):
        if at > done and (kind := next((name for name in classes if name in known), "")):
            done = at
            yield Name(at, last, "listed", certainty, kind)


@lru_cache(maxsize=4)
def _listed(found: Scan) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """Return every run of words that any list knows, with its classes, longest first."""
    forms = _long_forms(found.names)
    result = []
    for at in range(len(found.words) - 1):
        for last in _ends(found, at):
            text = _written(found, at, last)
            known = forms.get(text)
            if "-" in text and (spaced := forms.get(text.replace("-", " "))):
                known = spaced | (known or frozenset())
            if known:
                result.append((at, last, known))
    return tuple(result)


@lru_cache(maxsize=4)
def _long_forms(names: Names) -> Mapping[str, frozenset[str]]:
    """Return the listed forms that are more than one word, with the classes that know them."""
    forms: dict[str, frozenset[str]] = {}
    for kind in LISTED:
        one = frozenset({kind})
        for form in names.table.get(kind, ()):
            if not form.isalpha():
                key = form.replace(". ", ".") if form.endswith(".") else form
                forms[key] = forms[key] | one if key in forms else one
    return forms


def listed_small(found: Scan, code: str, classes: tuple[str, ...]) -> Iterator[Name]:
    """Yield every listed name that has a small word where none joins: "Union soviétique"."""
    return (name for name in _listed_small(found, code) if name.kind in classes)


@lru_cache(maxsize=4)
def _listed_small(found: Scan, code: str) -> tuple[Name, ...]:
    forms, text = _small_forms(found.names, code), found.source.folded.replace("\n", " ")
    result = []
    for at, word in enumerate(found.words):
        for form, kind in forms.get(word.form, ()):
            end = word.start + len(form)
            if text.startswith(form, word.start) and not text[end : end + 1].isalnum():
                result.append(Name(at, _last_before(found, at, end), "listed", 0.9, kind, end))
    return tuple(result)


def _last_before(found: Scan, at: int, end: int) -> int:
    """Return the last word from word ``at`` on that starts before ``end``."""
    while at + 1 < len(found.words) and found.words[at + 1].start < end:
        at += 1
    return at


SMALL = re.compile(r"(?<= )[a-zß-öø-ÿ][^ A-Z]*(?= |$)")


@lru_cache(maxsize=4)
def _small_forms(names: Names, code: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the listed names with such small words by their first word, the longest first."""
    joints, forms = lexicon(code).joints, defaultdict[str, list[tuple[str, str]]](list)
    for form, kinds in _long_forms(names).items():
        small = SMALL.findall(form)
        if small and (form.endswith(small[-1]) or " ".join(small) not in joints):
            forms[form.partition(" ")[0]] += [(form, kind) for kind in kinds]
    return {first: sorted(row, key=lambda pair: -len(pair[0])) for first, row in forms.items()}


def within(name: Name, others: Iterable[Name]) -> bool:
    """Return whether one of ``others`` holds ``name`` and more."""
    size = name.last - name.first
    return any(
        other.first <= name.first and name.last <= other.last and other.last - other.first > size
        for other in others
    )


def _written(found: Scan, first: int, last: int) -> str:
    """Return the words as lists have them: "U.S.A." with its last stop and without spaces.

    What more initials follow, or a name precedes, is no acronym: nothing for "Mr. Quill R.A.".
    """
    text = found.text(first, last)
    if found.sort(last) != "I" or not found.follows(last, "."):
        return text
    initials = INITIALLED if last == first + 1 else "I"
    more = found.joint(last) == " " and found.sort(last + 1) in initials
    named = first and found.joint(first - 1) in " ," and found.sort(first - 1) in INITIALLED
    return "" if more or named else f"{text}.".replace(". ", ".")


def _ends(found: Scan, at: int) -> range:
    last = at
    while last + 1 < len(found.words) and last - at < LONGEST and found.joint(last) in " -od&'":
        last += 1
    return range(last, at, -1)


def is_place(found: Scan, first: int, last: int) -> bool:
    """Return whether lists know a name as a place, and better so than as an organisation.

    A name that is both ("Yale") is an organisation, unless it is a country or the like.
    """
    text, known = _written(found, first, last), found.names.known
    if not known(text, *PLACES):
        return False
    return known(text, *SURE_PLACES) or not known(text, *ORGANISATIONS)


@lru_cache(maxsize=4)
def in_works(found: Scan, code: str) -> frozenset[int]:
    """Return the words of titles: quoted, known of works and periodicals, "X Magazine"."""
    inside = {*words_in(phrases(found, code, "organisations"))}
    named = (work for work in listed(found, WORKS) if not _is_no_work(found, work, inside))
    works = {*in_quoted_titles(found), *words_in(named)}
    periodicals = words_of(code, "organisations", "periodicals")
    for at in range(1, len(found.words)):
        if at in inside:
            continue
        if found.form(at) in periodicals and found.joint(at - 1) in " -'":
            works.update(range(_leftmost(found, at - 1), at + 1))
    return frozenset(works)


def _is_no_work(found: Scan, work: Name, inside: set[int]) -> bool:
    """Return whether what lists know as a work is an organisation here, or part of its name."""
    if found.names.known(found.text(work.first, work.last), *ORGANISATIONS):
        return True
    return {work.first - 1, work.first} <= inside or {work.last, work.last + 1} <= inside


def _is_inner(found: Scan, at: int) -> bool:
    """Return whether word ``at`` stands by itself within a sentence, or heads a line."""
    word = found.words[at]
    return (word.heads or not word.opens) and (not at or found.joint(at - 1) not in " -")


@cache
def _street(code: str) -> re.Pattern[str] | None:
    """Return the pattern of a keyword written small before a name, if it stands there."""
    before = sorted(words_of(code, "places", "small_first"))
    particles = "|".join(sorted(words_of(code, "places", "particles"), key=lambda word: -len(word)))
    if not before:
        return None
    return re.compile(rf"\b(?:{'|'.join(before)})\s(?:(?:{particles})(?:\s|(?<='))){{0,2}}$")


def street_start(found: Scan, code: str, at: int) -> int:
    """Return where the keyword before word ``at`` starts, -1 where there is none."""
    pattern, start = _street(code), found.words[at].start
    match = pattern and pattern.search(found.source.folded, max(0, start - LONGEST_STREET), start)
    return match.start() if match else -1


LONGEST_STREET = 30


@lru_cache(maxsize=4)
def streets(found: Scan, code: str) -> tuple[Name, ...]:
    """Return "rue de la Paix", "château de Vernon": languages whose keyword comes first."""
    if _street(code) is None:
        return ()
    return tuple(
        Name(at, _rightmost(found, at, STREET), "street", 0.8)
        for at in range(len(found.words))
        if found.sort(at) in STREET and street_start(found, code, at) >= 0
    )


@lru_cache(maxsize=4)
def small_places(found: Scan, code: str) -> frozenset[int]:
    """Return the words that a keyword written small makes a place of: "Bow street"."""
    small, owned = words_of(code, "places", "small"), words_of(code, "places", "owned")
    return frozenset(words_in(streets(found, code))) | frozenset(
        at
        for at in range(len(found.words))
        if (found.sort(at) in "FfSsNApbwPq" or (found.sort(at) == "G" and _is_inner(found, at)))
        and found.after(at) in (owned if found.follows(at, "'") else small)
    )
