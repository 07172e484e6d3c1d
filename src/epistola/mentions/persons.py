"""Find the names of persons.

First what shows by itself that it is a name ("Sir Walter Scott", "H. G. Wells",
"the Duke of Wellington"), then, in the whole letter, the same names alone, in
the plural and beside one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from epistola.gazetteer import Names
from epistola.language import load
from epistola.mentions.capitals import Scan, in_titles, runs, scan, words_of
from epistola.mentions.phrases import listed, phrases, small_places
from epistola.model import Annotation, Letter, Source, Span

FORE = "[FfbI]"
LAST = "[FfSsNAPpbqwWDGOE]"
MORE = "(?:[ d-][SsNpwFb]|-[AP])"
TITLED = re.compile(
    rf"(?:[TRL] )*(?:T[ d](?:{FORE} )*{LAST}|[RL][ d](?:{FORE} )*[FfSsNpbqw]|[TRL] (?:{FORE} )*I)"
    rf"{MORE}*(?: I)?(?:[ ,]J)*(?! [GOE])"
)
INITIALLED = re.compile(r"I(?: I){1,3}(?! [A-Z])")
OFFICE = re.compile(r"T [RL](?![ od])")
PEER = re.compile(r"(?:[Ffb][ ,])?(?:[TRL] )*R(?: [Fb])?o[FfSsNPpbqw](?: [SsNPp])*")
KIN = re.compile(r"K [FfbSsNpw](?: [SsNp])*")
FULL = re.compile(
    rf"[Ffb](?:[ -]{FORE})*{MORE}+(?:[ ,]J)*|[Fb][ ,]Ro{LAST}|[Fb](?:[ -]{FORE})+(?:[ ,]J)*"
)
INITIALS = re.compile(rf"I(?: [IFfb])*[ d][SsNFfpbwA]{MORE}*(?:[ ,]J)*")
BARE = re.compile(r"[SsNpw](?: [SsN])*[ ,]J(?:[ ,]J)*")
NAMES = re.compile(r"[SsNpbA](?:[ -][SsNpbw])*(?! )")
PAIR = re.compile(r"[Ssp]-[Ssp]")
LIST = re.compile(r"(?:[FSsNpbw][,&])+[FSsNpbw](?![ -][A-Za-z])")
SMALL = ("forename", "full", "again", "kin", "initials")
DETERMINERS = frozenset("the The a an this that these those every each no any some his her its".split())


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
    small, ruler = _small(letter.language)
    for person in people(found, letter):
        span = _span(found, person, small, ruler)
        rule = f"persons.{person.rule}"
        yield Annotation(span, person.kind, rule, certainty=person.certainty)


@cache
def _small(code: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the titles written small, and the pattern of a ruler's number."""
    table = load(code).get("persons", {})
    ordinals = "|".join(sorted(words_of(table, "ordinals")))
    number = rf"\s(?:the\s)?(?:\d{{1,2}}\s?(?:st|nd|rd|th)\b|(?<=the\s)(?i:{ordinals})\b)"
    return words_of(table, "lower_titles"), re.compile(number)


def _span(
    found: Scan, person: Person, small: frozenset[str], ruler: re.Pattern[str]
) -> Span:
    """Return the span with a title written small, a ruler's number and an initial's full stop."""
    span, text = found.span(person.first, person.last), found.source.folded
    start, end = span.start, span.end
    if found.sort(person.last) in "IJ" and text[end : end + 1] == ".":
        end += 1
    elif found.sort(person.last) in "Fb" and (number := ruler.match(text, end)):
        end = number.end()
    before = found.before(person.first) if person.rule in SMALL else ""
    if before in small:
        start = text.rindex(before, 0, start)
    return Span(start, end)


@lru_cache(maxsize=4)
def people(found: Scan, letter: Letter) -> tuple[Person, ...]:
    """Return the persons of a scan, none inside another, in the order of the text."""
    taken: set[int] = set(in_titles(found))
    result: list[Person] = []
    for stage in (peers, titled, offices, kin):
        result += _free(stage(found), taken)
    taken |= _phrase_words(found, letter.language) | small_places(found, letter.language)
    for stage in (full, initials, known, suffixed, pairs):
        result += _free(stage(found), taken)
    result += _free(initialled(found, letter), taken)
    result += _free(saying(found, letter), taken)
    result += _free(singles(found, letter), taken)
    result += _free(again(found, letter, result), taken)
    result += _free(listing(found, frozenset(_words(result))), taken)
    result += _free(unknown(found, letter), taken)
    return tuple(sorted(result, key=lambda p: p.first))


def taken_by_persons(found: Scan, letter: Letter) -> frozenset[int]:
    """Return the words that are part of a person's name."""
    return frozenset(_words(people(found, letter)))


def _words(persons_: Iterable[Person]) -> Iterator[int]:
    for person in persons_:
        yield from range(person.first, person.last + 1)


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
    """Yield names after a title of address: "Mr. B.", "Lady Davy"."""
    for first, last in runs(TITLED, found):
        yield Person(first, last, "titled", 0.97)


def offices(found: Scan) -> Iterator[Person]:
    """Yield offices with a title of address: "the Lord Chancellor"."""
    for first, last in runs(OFFICE, found):
        yield Person(first, last, "office", 0.7)


def peers(found: Scan) -> Iterator[Person]:
    """Yield ranks with what they are of: "the Duke of Wellington", "Bishop of Durham"."""
    for first, last in runs(PEER, found):
        yield Person(first, last, "peer", 0.95)


def kin(found: Scan) -> Iterator[Person]:
    """Yield kin terms with a name: "Aunt Mary"."""
    for first, last in runs(KIN, found):
        yield Person(first, last, "kin", 0.95)


def known(found: Scan) -> Iterator[Person]:
    """Yield full names that the gazetteer knows."""
    for phrase in listed(found, ("person",)):
        if all(found.sort(at) != "X" for at in (phrase.first, phrase.last)):
            yield Person(phrase.first, phrase.last, "known", 0.97)


def full(found: Scan) -> Iterator[Person]:
    """Yield a forename with what follows it: "Walter Scott", "Mary Anne", "Francis B."."""
    for first, last in runs(FULL, found):
        yield Person(first, last, "full", 0.95)


def initials(found: Scan) -> Iterator[Person]:
    """Yield initials with a surname: "H. G. Wells"."""
    for first, last in runs(INITIALS, found):
        yield Person(first, last, "initials", 0.95)


def initialled(found: Scan, letter: Letter) -> Iterator[Person]:
    """Yield initials that stand alone: "J. G. F."."""
    never = words_of(load(letter.language).get("persons", {}), "initialisms")
    facts = (letter.author, letter.addressee)
    known = {"".join(re.findall(r"\b[A-Z]", fact.value)) for fact in facts if fact}
    for first, last in runs(INITIALLED, found):
        form = "".join(found.words[at].form for at in range(first, last + 1))
        if form not in never and found.source.folded.startswith(".", found.words[first].end):
            yield Person(first, last, "initialled", 0.95 if form in known else 0.75)


def suffixed(found: Scan) -> Iterator[Person]:
    """Yield a surname with what only persons have after it: "Fox Esqr"."""
    for first, last in runs(BARE, found):
        yield Person(first, last, "suffixed", 0.9)


def pairs(found: Scan) -> Iterator[Person]:
    """Yield two persons joined by a hyphen: "Laval-Stalin"."""
    for first, last in runs(PAIR, found):
        if all(found.names.known(found.words[at].form, "person", "surname") for at in (first, last)):
            yield Person(first, first, "pair", 0.9)
            yield Person(last, last, "pair", 0.9)


def saying(found: Scan, letter: Letter) -> Iterator[Person]:
    """Yield unknown names before a verb of speech: "Laurens Otter says"."""
    speech = words_of(load(letter.language).get("persons", {}), "speech")
    for first, last in runs(NAMES, found):
        owns = first < last and found.source.folded.startswith("'s ", found.words[last].end)
        if found.after(last) in speech and not owns and found.before(first) not in DETERMINERS:
            yield Person(first, last, "says", 0.85)


def singles(found: Scan, letter: Letter) -> Iterator[Person]:
    """Yield forenames and famous names that stand alone: "Fanny", "Shakespeare"."""
    table = load(letter.language).get("persons", {})
    familiar, fond = words_of(table, "familiar"), words_of(table, "fond")
    lower = words_of(table, "lower_titles")
    for at, word in enumerate(found.words):
        sort = found.sort(at)
        if sort == "F":
            yield Person(at, at, "forename", 0.9)
        elif sort == "S":
            yield Person(at, at, "famous", 0.9)
        elif sort == "K" and word.form in familiar:
            yield Person(at, at, "familiar", 0.7)
        elif sort in "SsNpbw" and found.before(at) in lower:
            yield Person(at, at, "kin", 0.9)
        elif sort in "sNpbf" and found.before(at) in fond:
            yield Person(at, at, "dear", 0.85)


def again(found: Scan, letter: Letter, persons_: Iterable[Person]) -> Iterator[Person]:
    """Yield parts of names that stand in full elsewhere in the letter."""
    parts = _parts(found, letter, persons_)
    at = 0
    while at < len(found.words):
        last = at
        if found.words[at].form in parts and found.sort(at) not in "XTRLKJWIDGOE":
            while found.joint(last) == " " and found.words[last + 1].form in parts:
                last += 1
            if last > at or found.sort(at) not in "wfq":
                yield Person(at, last, "again", 0.9)
        elif found.sort(at) not in "XTRLKJID" and singular(found.words[at].form) & parts:
            yield _plural(found, at)
        at = last + 1


def _plural(found: Scan, at: int) -> Person:
    """Return a family or type ("the Thorezes"), or a possessive that lacks its apostrophe."""
    many = found.before(at) in DETERMINERS or (at and found.joint(at - 1) == "&")
    return Person(at, at, "plural", 0.8, "persons" if many else "person")


def singular(form: str) -> frozenset[str]:
    """Return what ``form`` may be the plural, or the possessive without apostrophe, of."""
    if form.endswith(("ses", "xes", "zes", "ches", "shes")):
        return frozenset((form[:-2], form[:-1]))
    return frozenset((form[:-1],)) if form.endswith("s") else frozenset()


def _parts(found: Scan, letter: Letter, persons_: Iterable[Person]) -> frozenset[str]:
    forms = {
        found.words[at].form
        for person in persons_
        if person.rule != "peer"
        for at in range(person.first, person.last + 1)
        if found.sort(at) in "FfSsNApbwq" and len(found.words[at].form) > 2
    }
    for fact in (letter.author, letter.addressee):
        forms.update(re.findall(r"\w{3,}", fact.value) if fact else ())
    return frozenset(forms)


def listing(found: Scan, persons_: frozenset[int]) -> Iterator[Person]:
    """Yield what stands in one list with a person: "Tito, Tillon and Marty"."""
    for first, last in runs(LIST, found):
        members = range(first, last + 1)
        if not persons_.isdisjoint(members):
            for at in members:
                if found.sort(at) in "sNp":
                    yield Person(at, at, "list", 0.8)


def unknown(found: Scan, letter: Letter) -> Iterator[Person]:
    """Yield single words, capitalised within a sentence, that act or own as a person does."""
    words = load(letter.language)
    into = words_of(words.get("places", {}), "in")
    for at, word in enumerate(found.words):
        sort = found.sort(at)
        alone = found.joint(at) not in " -d" and (not at or found.joint(at - 1) not in " -d")
        before = found.before(at)
        if sort not in "sNAp" or before in DETERMINERS or not alone or len(word.form) < 3:
            continue
        if sort == "s" and before not in into:
            yield Person(at, at, "surname", 0.7)
        elif sort == "N" and before not in into and found.source.folded.startswith("'s", word.end):
            yield Person(at, at, "owns", 0.7)
