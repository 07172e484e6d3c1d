"""Who wrote a letter and to whom: the mentions that name them, wherever on the page.

A signature is not always where the page's analysis first takes a line for one: below it stand
the address ("Mrs. Mill, Ely") and an editor's note, above it a leave may break off. Nobody signs
himself "Mrs. Mill" or "Tom Mill Esqr.": that is to whom the letter goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from epistola.model import Annotation, Fact, Letter, Source, Span
from epistola.registers.match import person_name, titles_of
from epistola.registers.within import places_of
from epistola.text.words import LETTERS, words_of


@dataclass(frozen=True, slots=True)
class Correspondents:
    """The places of the mentions that name who wrote and to whom, in the order of the text.

    ``addressed`` are named in the address, with title and surname as a rule; ``greeted`` in the
    heading and the salutation, often by a forename alone.
    """

    writing: tuple[int, ...] = ()
    addressed: tuple[int, ...] = ()
    greeted: tuple[int, ...] = ()


def correspondents(
    source: Source, letter: Letter, mentions: Sequence[Annotation]
) -> Correspondents:
    """Return who is named in ``letter`` as its writer and as whom it is written to.

    ``mentions`` are all annotations of the letter, the parts of its page among them.
    """
    greeted = frozenset(_at(letter.addressee, mentions))
    author = letter.author
    if author is not None and author.rule not in READ:
        return Correspondents(_at(author, mentions), (), _in_order(greeted, mentions))
    named = frozenset((*_at(author, mentions), *_signed(source, letter, mentions)))
    named -= greeted
    styled = {at for at in named if _is_styled(source, mentions[at], letter.language)}
    writing = named - styled or frozenset(_run_in(source, letter, mentions)) - greeted
    addressed = styled | set(_in_address(source, mentions))
    called = greeted or frozenset(_called(source, letter, mentions))
    return Correspondents(
        *(_in_order(places, mentions) for places in (writing, addressed - writing, called))
    )


READ = frozenset({"describe.signed", "describe.byline"})
"""Where the page does not say in so many words that somebody is the author."""


def _at(fact: Fact | None, mentions: Sequence[Annotation]) -> tuple[int, ...]:
    """Return the places of the persons named where the page says ``fact``."""
    found = places_of(fact, mentions)
    return _in_order({at for at in found if mentions[at].kind == "person"}, mentions)


def _in_order(places: frozenset[int] | set[int], mentions: Sequence[Annotation]) -> tuple[int, ...]:
    return tuple(sorted(places, key=lambda at: mentions[at].span.start))


def _persons(mentions: Sequence[Annotation]) -> Iterator[tuple[int, Span]]:
    return ((at, a.span) for at, a in enumerate(mentions) if a.kind == "person")


def _signed(source: Source, letter: Letter, mentions: Sequence[Annotation]) -> Iterator[int]:
    """Yield who is named in a signature, or ends a line of leave: "Ys truly Ann Lee"."""
    signed = [a.span for a in mentions if a.kind == "signed"]
    leave = [a.span for a in mentions if a.kind == "valediction" and len(a.span) <= LONGEST_LEAVE]
    for at, span in _persons(mentions):
        ends = any(span in part and part.end - span.end <= 1 for part in leave)
        if any(span in part for part in signed):
            yield at
        elif ends and not _is_styled(source, mentions[at], letter.language):
            yield at


LONGEST_LEAVE = 160
"""Characters of a leave at whose end a name signs; a longer one is half a letter."""


def _is_styled(source: Source, mention: Annotation, language: str) -> bool:
    """Return whether a name has a title of address, or what stands after one: "Esq."."""
    name, titles = person_name(source[mention.span], language), titles_of(language)
    words = [word.lower() for word in LETTERS.findall(source[mention.span])]
    return bool(words) and (
        words[0] in titles.titles or words[-1] in titles.suffixes or bool(name.title)
    )


def _in_address(source: Source, mentions: Sequence[Annotation]) -> Iterator[int]:
    """Yield who opens a line of an address below the letter."""
    below = len(source.text) // 2
    lines = [a.span.start for a in mentions if a.kind == "addrLine" and a.span.start >= below]
    yield from (at for at, span in _persons(mentions) if span.start in lines)


def _run_in(source: Source, letter: Letter, mentions: Sequence[Annotation]) -> Iterator[int]:
    """Yield the last full name near the end that words of leave stand right before."""
    words, text = words_of(letter.language), source.text
    for at, span in sorted(_persons(mentions), key=lambda row: -row[1].start):
        if span.start < len(text) - FOOT:
            return
        name = person_name(source[span], letter.language)
        before = LETTERS.findall(text[max(0, span.start - REACH) : span.start].lower())[-LAST:]
        if name.is_full and not name.title and not words.valedictory.isdisjoint(before):
            yield at
            return


FOOT = 600
"""So many characters at the end of a text may hold the signature."""
REACH = 60
LAST = 4


def _called(source: Source, letter: Letter, mentions: Sequence[Annotation]) -> Iterator[int]:
    """Yield the mentions of the one person whom the text calls "my dear ...,"."""
    words = words_of(letter.language)
    found: dict[str, list[int]] = {}
    for at, span in _persons(mentions):
        name = person_name(source[span], letter.language)
        before = [w.lower() for w in LETTERS.findall(source.text[max(0, span.start - REACH) : span.start])]
        within = [w.lower() for w in LETTERS.findall(source[span])]
        fond = [*before[-2:], *within[:2]]
        lead = not words.lead.isdisjoint(fond) and not words.fond.isdisjoint(fond)
        if lead and VOCATIVE.match(source.text, span.end):
            found.setdefault(name.whole, []).append(at)
    if len(found) == 1:
        yield from next(iter(found.values()))


VOCATIVE = re.compile(r"\s*(?:[,.;:!?—–]|-\s|--)")
