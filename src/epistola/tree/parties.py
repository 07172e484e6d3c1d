"""Who wrote, and to whom: only those whom the page names.

"My dear Sir", "your loving Mother" and "R. L. E." are parts of the letter, but name nobody
that a catalogue of letters could list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from lxml import etree

from epistola import gazetteer
from epistola import language as languages
from epistola.model import Annotation, Fact, Span
from epistola.text.words import cues, words_of
from epistola.tree.body import MACHINE
from epistola.tree.element import E
from epistola.tree.facts import WORD, Facts, plain

STYLES = ("titles", "offices", "ranks", "kin", "familiar", "parents", "suffixes")
LETTERS = re.compile(r"[^\W\d_]+")
BETWEEN = re.compile(r"[\s,]*(?:[^\W\d_]{1,3}|&|,)[\s,]*")
CONTRACTED = re.compile(r"[aeio](?=[rn]$)|ai(?=n$)")
"""The vowel that writers leave out of a title: "Doctr", "Captn"."""
SHORTEST_CONTRACTED = 5
LONGEST_INITIALS = 4
LONGEST_NAME = 4
MOST_SIGNERS = 4
SURE = 0.8
LAST = 3
LONGEST_LEAVE = 160
"""Characters of a valediction at whose end a name signs; a longer one is half a letter."""
PLACES = ("settlement", "capital", "country", "region")


def senders(facts: Facts) -> list[etree._Element]:
    """Return who wrote: whom the page names as author, who signed, or as the heading says."""
    author = facts.letter.author
    if author is not None and author.rule != "describe.signed" and _is_no_place(facts, author):
        return [facts.name_of(author)]
    signed = [a for a in _signatures(facts) if not _is_styled(facts, a)]
    if not signed:
        signed = [a for a in heading(facts)[0] if is_named(facts, a)][:1]
    return [facts.name(a) for a in signed]


def addressees(facts: Facts) -> list[etree._Element]:
    """Return to whom a letter is: in its heading, its salutation, its address, or at its foot."""
    given = facts.letter.addressee
    if given is not None and given.span is None:
        return [facts.name_of(given)]
    named = [a for a in heading(facts)[1] if is_named(facts, a)][-1:]
    named = named or _greeted(facts)
    if named:
        return [facts.name(a) for a in named]
    inferred = _addressed(facts) or [a for a in _signatures(facts) if _is_styled(facts, a)]
    if not inferred and (name := _unknown_name(facts)):
        return [_guess(E.persName(name))]
    return [_guess(facts.name(a)) for a in inferred[:1]]


def _unknown_name(facts: Facts) -> str:
    """Return the name in a heading "To Gorky" that no recogniser knows; words are none."""
    name = _after_to(facts)
    words = LETTERS.findall(name)
    if not words or len(words) > LONGEST_NAME or not proper_words(name, facts.letter.language):
        return ""
    known = gazetteer.load().known
    plainly = all(w[0].isupper() and not known(w.title(), "word") for w in words)
    long = all(len(word) > LAST for word in words)
    return name if plainly and long else ""


def _after_to(facts: Facts) -> str:
    """Return what a heading says after its "to"; nothing where it names who writes."""
    fact = facts.letter.addressee
    if fact is None or fact.span is None or fact.rule != "describe.letter.heading":
        return ""
    words = languages.load(facts.letter.language)["letter"]
    to = _first_of(facts.source.folded, fact.span, words["between"])
    if to is None:
        return ""
    rest = facts.text(Span(to, fact.span.end)).split(maxsplit=1)[1:]
    return plain(rest[0]) if rest else ""


def _guess(element: etree._Element) -> etree._Element:
    if element.get("cert") is None:
        element.set("cert", "medium")
        element.set("resp", MACHINE)
    return element


def is_named(facts: Facts, mention: Annotation) -> bool:
    """Return whether a mention of a person is more than a title, a word of kin, or initials."""
    return bool(proper_words(facts.text(mention.span), facts.letter.language))


def proper_words(text: str, language: str) -> list[str]:
    """Return the words of a name that are nobody's title.

    >>> proper_words("My dear Mrs. Mill", "en"), proper_words("MOTHER", "en")
    (['Mill'], [])
    """
    styles = _styles(language)
    words = LETTERS.findall(text)
    return [
        word for word in words if len(word) > 1 and word[0].isupper() and word.lower() not in styles
    ]


@cache
def _styles(language: str) -> frozenset[str]:
    """Return titles, ranks and words of kin, and what else opens a salutation, in lower case."""
    data = languages.load(language)
    persons: Mapping[str, str] = MappingProxyType(data["persons"])
    opening = words_of(language)
    words = [word for key in STYLES for word in persons.get(key, "").split()]
    words += [word for phrase in data["letter"]["salute"] for word in LETTERS.findall(phrase)]
    words += [*data["letter"]["self"], *opening.lead, *opening.fond, *opening.owned]
    words += opening.leavetaking
    lower = [word.lower() for word in words]
    short = (CONTRACTED.sub("", word) for word in lower if len(word) > SHORTEST_CONTRACTED)
    return frozenset((*lower, *short))


def _signatures(facts: Facts) -> list[Annotation]:
    """Return the persons who are named where a letter is signed, each once.

    "Ys truly Ann Lee" may be all one line; who is named at its end signs.
    """
    signed = facts.letter.author
    if signed is None or signed.rule != "describe.signed":
        return []
    spans = [a.span for a in facts.annotations if a.kind == "signed"]
    spans = [span for span in spans if _is_left(facts, span)]
    found = [a for span in spans for a in facts.within(span, "person") if _is_all(facts, span, a)]
    taken = [a.span for a in facts.annotations if a.kind == "valediction"]
    taken = [span for span in taken if len(span) <= LONGEST_LEAVE]
    ends = [a for span in taken for a in facts.within(span, "person")[-1:] if _ends(a.span, span)]
    sure = [
        a for a in (*ends, *found) if _is_sure(facts, a) and not (a in ends and _styled(facts, a))
    ]
    surnames: dict[str, Annotation] = {}
    for mention in sure:
        words = proper_words(facts.text(mention.span), facts.letter.language)
        surnames.setdefault(words[-1].lower(), mention)
    return list(surnames.values())[:MOST_SIGNERS]


def _is_left(facts: Facts, signed: Span) -> bool:
    """Return whether what stands right before a signature, if leave, says so in its words."""
    words = words_of(facts.letter.language)
    for part in facts.annotations:
        if part.kind == "valediction" and 0 <= signed.start - part.span.end <= LAST:
            said = facts.text(part.span)
            taken = {word.lower() for word in LETTERS.findall(said)}
            return not words.leaving.isdisjoint(taken) or "valediction" in cues(said, words)
    return True


def _is_all(facts: Facts, signed: Span, mention: Annotation) -> bool:
    """Return whether a signature is a name and no more: "Gift of Ann Lee" is none of hers."""
    text = facts.source.text
    before = [
        a.span.end for a in facts.within(signed, "person") if a.span.end <= mention.span.start
    ]
    around = "" if before else text[signed.start : mention.span.start]  # "Ann Lee and Tom Pell"
    words = [word.lower() for word in LETTERS.findall(around)]
    cues = {word for cue in _signed_cues(facts.letter.language) for word in LETTERS.findall(cue)}
    leave = words_of(facts.letter.language).leavetaking
    return all(word in cues or word in leave for word in words)


@cache
def _signed_cues(language: str) -> tuple[str, ...]:
    return tuple(languages.load(language)["letter"]["signed"])


def _ends(mention: Span, part: Span) -> bool:
    return part.end - mention.end <= 1


def _is_sure(facts: Facts, mention: Annotation) -> bool:
    """Return whether a mention is somebody's name: one unknown word alone may be any word."""
    language = facts.letter.language
    words = proper_words(facts.text(mention.span), language)
    known = gazetteer.load().known
    if not words or words[-1].lower() in _place_words(language):
        return False
    if len(words) == 1 and _is_of_the_world(words[0], language):
        return False
    last = words[-1].title()
    if known(last, "word") and not known(last, "forename", "surname", "person"):
        return False  # "Miss Edgeworth's Autograph"
    if any(known(word.title(), "forename", "surname", "person") for word in words):
        return True
    if len(words) > 1:
        return True
    by_place = mention.rule == "persons.author" or mention.certainty < SURE
    return not by_place and not (words[0].isupper() and len(words[0]) <= LONGEST_INITIALS)


def _is_of_the_world(word: str, language: str) -> bool:
    """Return whether a word alone is a place or a month: "Paris", "April"."""
    if word.lower() in words_of(language).calendar:
        return True
    return gazetteer.load().known(word.title(), *PLACES)


def _is_no_place(facts: Facts, author: Fact) -> bool:
    """Return whether a byline is no address: "Albemarle Street" above a letter."""
    words = proper_words(author.value, facts.letter.language)
    language = facts.letter.language
    return author.rule != "describe.byline" or (
        bool(words) and words[-1].lower() not in _place_words(language)
    )


@cache
def _place_words(language: str) -> frozenset[str]:
    return frozenset(languages.load(language)["places"].get("last", "").lower().split())


def _is_styled(facts: Facts, mention: Annotation) -> bool:
    """Return whether a name has a title of address: nobody signs so, but "Mrs. Mill" is sent to.

    Just after a valediction that names nobody it is a signature all the same.
    """
    if not _styled(facts, mention):
        return False
    for part in facts.annotations:
        if part.kind == "valediction" and part.span.end <= mention.span.start:
            gap = mention.span.start - part.span.end
            names = facts.within(part.span, "person")[-1:]
            if gap <= LAST and not any(_ends(a.span, part.span) for a in names):
                return False
    return True


def _styled(facts: Facts, mention: Annotation) -> bool:
    words = LETTERS.findall(facts.text(mention.span).lower())
    language = facts.letter.language
    return bool(words) and (words[0] in _address_words(language) or words[-1] in _honours(language))


@cache
def _honours(language: str) -> frozenset[str]:
    """Return what is written after the name of one to whom a letter goes: "Esq."."""
    return frozenset(languages.load(language)["persons"].get("suffixes", "").lower().split())


@cache
def _address_words(language: str) -> frozenset[str]:
    return frozenset(languages.load(language)["persons"]["titles"].lower().split())


def _greeted(facts: Facts) -> list[Annotation]:
    """Return the persons of the salutation: "Dear Anne and Tom," greets two."""
    fact = facts.letter.addressee
    spans = [fact.span] if fact and fact.span and fact.rule == "describe.salute" else []
    spans += [a.span for a in facts.annotations if a.kind == "salute"][:1]
    for span in spans:
        found = [a for a in facts.within(span, "person") if _is_sure(facts, a)]
        if found:
            return list(_joined(facts, found))
    return []


def _joined(facts: Facts, mentions: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yield the first mention, and those that only "and" or a comma parts from it."""
    yield mentions[0]
    for before, after in pairwise(mentions):
        gap = facts.source.text[before.span.end : max(before.span.end, after.span.start)]
        if not BETWEEN.fullmatch(gap):
            return
        yield after


def _addressed(facts: Facts) -> list[Annotation]:
    """Return whom the address at the head of a letter names: a person or an organisation."""
    first = next((a.span.start for a in facts.annotations if a.kind == "p"), 0)
    lines = [a.span for a in facts.annotations if a.kind == "addrLine" and a.span.end <= first]
    found = [a for span in lines for a in facts.within(span, "person", "org")[:1]]
    begins = {span.start for span in lines}
    found = [a for a in found if a.span.start in begins]
    return [a for a in found if a.kind == "org" or _is_sure(facts, a)]


def style_of_address(facts: Facts) -> str:
    """Return how a letter addresses one whom it does not name: "My dear Mother"."""
    salute = next((a for a in facts.annotations if a.kind == "salute"), None)
    return facts.text(salute.span) if salute is not None else _after_to(facts)


def heading(facts: Facts) -> tuple[list[Annotation], list[Annotation]]:
    """Return the persons of a heading before and after its "to": "Carlyle to Emerson".

    A heading without one names the addressee, but for one that begins with "from".
    """
    fact = facts.letter.addressee
    if fact is None or fact.span is None or fact.rule != "describe.letter.heading":
        return [], []
    words = languages.load(facts.letter.language)["letter"]
    persons = facts.within(fact.span, "person")
    to = _first_of(facts.source.folded, fact.span, words["between"])
    if to is None:
        named = fact.value.lower().strip("_* ").split(maxsplit=1)[:1]
        return (persons, []) if named and named[0] in words["sender"] else ([], persons)
    before = [p for p in persons if p.span.end <= to]
    return before, [p for p in persons if p.span.start >= to]


def _first_of(text: str, span: Span, words: Sequence[str]) -> int | None:
    """Return where one of ``words`` first stands in ``span``, as a word of its own."""
    for match in WORD.finditer(text, span.start, span.end):
        if match[0].lower() in words:
            return match.start()
    return None


def dated(facts: Facts) -> Annotation | None:
    """Return the date of a letter: of the first dateline that has a year, else the first of all.

    A line "Written: 3 May 1801" counts like a dateline.
    """
    own = facts.letter.dateline
    spans = [own.span] if own is not None and own.span is not None else []
    spans += [a.span for a in facts.annotations if a.kind == "dateline"]
    spans += [field.value for field in facts.letter.fields_of("written")]
    found = [date for span in spans if (date := _whole_date(facts, span)) is not None]
    years = (d for d in found if any(YEAR.match(value) for value in d.values.values()))
    return next(years, found[0] if found else None)


def _whole_date(facts: Facts, span: Span) -> Annotation | None:
    """Return the date in a dateline; a year that stands apart from its day belongs to it.

    "June 17. Ely. 1742" is one date, and so is "Sept. 11, N. S. 1739".
    """
    dates = facts.dates(span)
    day = next((d for d in dates if d.values.get("when", "").startswith("--")), None)
    years = list(LONE_YEAR.finditer(facts.source.text, span.start, span.end))
    if day is None or day is not dates[0] or len(years) != 1:
        return dates[0] if dates else None
    year = Span(*years[0].span())
    whole = Span(min(day.span.start, year.start), max(day.span.end, year.end))
    when = f"{years[0][0]}{day.values['when'][1:]}"
    return replace(day, span=whole, values={**day.values, "when": when})


LONE_YEAR = re.compile(r"(?<![\d/])1[0-9]\d\d(?![\d/])|(?<![\d/])20\d\d(?![\d/])")
YEAR = re.compile(r"\d{4}")


def stated_date(facts: Facts) -> dict[str, str]:
    """Return the attributes of the date that an editor states, if one does (att.datable.w3c)."""
    first, _, last = facts.letter.sidecar.date.partition("/")
    if last:
        return {"notBefore": first, "notAfter": last}
    return {"when": first} if first else {}


def author_of(facts: Facts) -> Fact | None:
    """Return the author whom the page names; initials and pet names are a signature alone."""
    author = facts.letter.author
    if author is None or author.rule != "describe.signed":
        return author if author is None or _is_no_place(facts, author) else None
    return author if any(not _is_styled(facts, a) for a in _signatures(facts)) else None


def author_element(facts: Facts) -> etree._Element | None:
    """Return the name of the text's author, linked where it was recognised."""
    author = author_of(facts)
    if author is None:
        return None
    signers = _signatures(facts) if author.rule == "describe.signed" else []
    return facts.name(signers[0]) if signers else facts.name_of(author)


def author_year(facts: Facts) -> str:
    """Return the year that stands with the author's name above a text: "Jo Bly 1905"."""
    for part in facts.annotations:
        if part.kind == "byline":
            years = [m[0] for m in LONE_YEAR.finditer(facts.source[part.span])]
            return years[0] if len(years) == 1 else ""
    return ""
