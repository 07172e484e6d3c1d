"""Group the scopes and dates of a letter that belong to one reference, with what printed it.

"Volume 2 (Owl Press, Leeds, 1976), pp 3-97" is one group: two scopes, a date, a publisher
and its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from epistola import language
from epistola.gazetteer import Names
from epistola.language.patterns import any_phrase
from epistola.mentions.works.scopes import Scope
from epistola.mentions.works.title_words import BLANK_LINE, CAPITAL, PLACES, either
from epistola.model import Annotation, Letter, Source, Span

PART_OF_NAME = rf"{CAPITAL}[\w.-]*"
NAME = rf"{PART_OF_NAME}(?:\s+(?:(?:de|van|von|der|la|le)\s+)?{PART_OF_NAME}){{0,3}}"
CLOSING_MARKS = r"[\"'_]{0,2}"

LINK = re.compile(r"[,;:.]{0,2}\s*(?:\(\s*)?|\)?[,;.]?\s+")
"""What may stand between two scopes, or a scope and a date, of one reference."""
IMPRINT = re.compile(
    rf",?\s*\((?P<first>{CAPITAL}[^(),:;\n]{{1,40}})(?:[,:]\s+(?P<second>{CAPITAL}[^(),:;\n]{{1,30}}))?,?\s+$"
)
"""Publisher and place before a year: "(Progress Publishers, Moscow, "."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that go with references, and the patterns made of them."""

    publisher: frozenset[str]
    owners: Mapping[str, str]
    """Whose a work is, by the pronoun that says so: "my" is the letter's."""
    levels: Mapping[str, str]
    """The level or unit of a work by the noun for it: "book" is m, "number" an issue."""
    adjectives: frozenset[str]
    before: frozenset[str]
    within: re.Pattern[str]
    owner: re.Pattern[str]
    named: re.Pattern[str]
    """Whose work it is, before its title: "Hilda's “Oread”"."""
    possessive: re.Pattern[str]
    described: re.Pattern[str]
    ibid: re.Pattern[str]
    to_title: re.Pattern[str]
    """What may stand between a title and its scopes or date."""
    title_after: re.Pattern[str]
    """What may stand between a scope and its title: "No. 1 of the Museum"."""
    written_by: re.Pattern[str]
    """Who wrote a work, after its title: "“Oread” by Hilda Doe"."""
    same: re.Pattern[str]
    owned: re.Pattern[str]
    latter: Mapping[str, re.Pattern[str]]
    both: re.Pattern[str]
    """What stands between two works of which one is "the latter"."""

    def whose(self, pronoun: str) -> str:
        """Return whose a work is by the pronoun before it: "letter" for "my"."""
        return self.owners.get(pronoun) or self.owners[pronoun.lower()]


@dataclass(frozen=True, slots=True)
class Page:
    """A letter as this recogniser sees it: the source and what others have found in it.

    ``located`` are the groups of its scopes and dates (see ``groups``).
    """

    source: Source
    letter: Letter
    names: Names
    words: Words
    titles: Sequence[Annotation]
    scopes: Sequence[Scope]
    dates: Sequence[Annotation]
    located: Sequence[Group] = ()


@cache
def words_of(code: str) -> Words:
    """Return the words of the language ``code`` that go with references."""
    every = language.load(code)
    data, days = every["references"], every["dates"]
    the = either(days["the"])
    of = either(f"{days['of']} {days['by']} {days['from']}")
    owners = _turned(data["owners"])
    levels = _turned(data["nouns"])
    units = {word: unit for unit in ("volume", "issue") for word in data["units"][unit].split()}
    all_owners = "|".join(owners)
    ending = either_of(data["possessive"])
    within = "|".join(data["in"].split())
    cues = [*data["ibid"].split(), *data["cited"]]
    ibid = "|".join(map(re.escape, cues))
    initials = "".join(sorted({char for cue in cues for char in cue[0] + cue[0].upper()}))
    genres = "|".join(sorted(data["genres"].split(), key=len, reverse=True))
    works = "|".join(sorted(data["works"].split(), key=len, reverse=True))
    return Words(
        publisher=frozenset(data["publisher"].split()),
        owners=owners,
        levels={**units, **levels},
        adjectives=frozenset(data["adjectives"].split()),
        before=frozenset(data["before"].split()),
        within=re.compile(rf"{CLOSING_MARKS},?\s+(?:{within})\s+(?:(?:{the})\s+)?{CLOSING_MARKS}$"),
        owner=re.compile(rf"\b(?P<owner>(?i:{all_owners}))\s+(?:[a-z]+\s+)?{CLOSING_MARKS}$"),
        named=re.compile(rf"(?P<name>{NAME}){ending}\s+{CLOSING_MARKS}$"),
        possessive=re.compile(
            rf"(?:(?P<name>{NAME}){ending}|\b(?P<owner>(?i:{all_owners})))\s+(?:[a-z-]+\s+)?"
            rf"(?P<genre>{genres})\s*,?\s*{CLOSING_MARKS}$"
        ),
        described=re.compile(rf"(?P<name>{NAME}){ending}\s+(?:[a-z-]+\s+)?(?P<genre>{works})\b"),
        ibid=re.compile(rf"\b(?=[{initials}])(?i:{ibid})\b\.?"),
        to_title=re.compile(rf"(?:,?\s+|\.\s+)(?:\(\s*)?(?:(?:{of})\s+(?:(?:{the})\s+)?)?"),
        title_after=re.compile(rf"\s+(?:{of})\s+(?:(?:{the})\s+)?{CLOSING_MARKS}"),
        written_by=re.compile(rf",?\s+(?:{either(data['by'])})\s+(?P<name>{NAME})"),
        same=re.compile(
            rf"\b(?:{either_of(data['same'])})\s+(?P<noun>{either_of([*units, *levels])})\b"
            rf"(?!-|\s+(?:{of})\b)",
            re.IGNORECASE,
        ),
        owned=re.compile(
            rf"\b(?P<owner>(?i:{all_owners}))\s+(?:(?:{either(data['adjectives'])})\s+)?"
            rf"(?P<noun>{works})\b(?![-'])"
        ),
        latter={
            which: re.compile(
                rf"\b(?:{either_of(data['pairs'][which])})"
                rf"(?=[,.;:!?)]|\s*$|\s+(?:{either(data['pairs']['then'])})\b)",
                re.IGNORECASE,
            )
            for which in ("former", "latter")
        },
        both=re.compile(
            rf"{CLOSING_MARKS},?\s+(?:{either(data['pairs']['and'])})\s+"
            rf"(?:[a-z]+\s+){{0,2}}{CLOSING_MARKS}"
        ),
    )


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    """Return each word of ``table`` with the key it stands under."""
    return {word: name for name, words in table.items() for word in words.split()}


def either_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of ``phrases``, a group of its own."""
    return f"(?:{any_phrase(phrases)})"


@dataclass(frozen=True, slots=True)
class Group:
    """Scopes and dates that stand together, with the publisher and place between them."""

    span: Span
    scopes: tuple[Scope, ...]
    date: Annotation | None
    imprint: tuple[tuple[str, Span], ...] = ()


def groups(page: Page) -> Iterator[Group]:
    """Yield the groups of ``page`` in the order of the text."""
    pieces: list[Scope | Annotation] = [*page.scopes, *page.dates]
    pieces.sort(key=lambda piece: (piece.span.start, -piece.span.end))
    group: Group | None = None
    for piece in pieces:
        joined = _joined(page, group, piece) if group else None
        if joined is None:
            if group:
                yield group
            group = _single(piece)
        else:
            group = joined
    if group:
        yield group


def _single(piece: Scope | Annotation) -> Group:
    if isinstance(piece, Scope):
        return Group(piece.span, (piece,), None)
    return Group(piece.span, (), piece)


def _joined(page: Page, group: Group, piece: Scope | Annotation) -> Group | None:
    """Return ``group`` with one piece more, or None where the piece does not belong to it."""
    if piece.span.start < group.span.end:
        return group if piece.span in group.span else None
    between = page.source.folded[group.span.end : piece.span.start]
    printed = IMPRINT.fullmatch(between)
    if BLANK_LINE.search(between) or not (LINK.fullmatch(between) or printed):
        return None
    span = Span(group.span.start, piece.span.end)
    parts = (*group.imprint, *imprint(page, printed, group.span.end))
    if isinstance(piece, Scope):
        return Group(span, (*group.scopes, piece), group.date, parts)
    return None if group.date else Group(span, group.scopes, piece, parts)


def imprint(page: Page, match: re.Match[str] | None, offset: int) -> tuple[tuple[str, Span], ...]:
    """Return publisher and place, of which the second is the place where there are two."""
    if match is None:
        return ()
    spans = [
        Span(offset + match.start(key), offset + match.end(key))
        for key in ("first", "second")
        if match[key]
    ]
    if len(spans) == 1:
        return ((imprint_kind(page, spans[0]), spans[0]),)
    kinds = ["publisher", "pubPlace"]
    if imprint_kind(page, spans[1]) == "publisher" and imprint_kind(page, spans[0]) == "pubPlace":
        kinds.reverse()
    return tuple(zip(kinds, spans, strict=True))


def imprint_kind(page: Page, span: Span) -> str:
    """Return whether a name before a year is a publisher's or a place's."""
    text = page.source.folded[span.start : span.end]
    if text.split()[-1].lower().rstrip(".") in page.words.publisher:
        return "publisher"
    known = page.names.known(text, *PLACES)
    return "pubPlace" if known or len(text.split()) == 1 else "publisher"
