"""Who wrote a letter and to whom: the mentions that name them, wherever on the page.

A signature is not always where the page's analysis first takes a line for one: below it stand
the address ("Mrs. Mill, Ely") and an editor's note, above it a leave may break off. Nobody signs
himself "Mrs. Mill" or "Tom Mill Esqr.": that is to whom the letter goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from epistola import language as languages
from epistola.model import Annotation, Fact, Letter, Source, Span
from epistola.registers.match import PersonName, person_name, titles_of
from epistola.registers.within import places_of
from epistola.text.words import LETTERS, words_of


@dataclass(frozen=True, slots=True)
class Correspondents:
    """The places of the mentions that name who wrote and to whom, in the order of the text.

    ``addressed`` are named in the address, with title and surname as a rule; ``greeted`` in the
    heading and the salutation, often by a forename alone; ``called`` in the text, "my dear Anne",
    where it is less sure that they are spoken to.
    """

    writing: tuple[int, ...] = ()
    addressed: tuple[int, ...] = ()
    greeted: tuple[int, ...] = ()
    called: tuple[int, ...] = ()


def correspondents(
    source: Source, letter: Letter, mentions: Sequence[Annotation]
) -> Correspondents:
    """Return who is named in ``letter`` as its writer and as whom it is written to.

    ``mentions`` are all annotations of the letter, the parts of its page among them.
    """
    greeted = frozenset(_greeted(source, letter.addressee, mentions))
    author = letter.author
    if author is not None and author.rule not in READ:
        return Correspondents(_at(author, mentions), (), _in_order(greeted, mentions))
    named = frozenset((*_at(author, mentions), *_signed(source, letter, mentions)))
    named -= greeted
    styled = {at for at in named if _is_styled(source, mentions[at], letter.language)}
    writing = named - styled or frozenset(_run_in(source, letter, mentions)) - greeted
    addressed = styled | set(_in_address(source, mentions, letter.language))
    surely, called = ([], []) if _is_to_kin(letter) else _called(source, letter, mentions)
    spoken = (*_in_order(greeted, mentions), *(at for at in surely if at not in greeted | named))
    return Correspondents(
        _in_order(writing, mentions),
        _in_order(addressed - writing - greeted, mentions),
        spoken,
        tuple(at for at in called if at not in {*spoken, *named}),
    )


READ = frozenset({"describe.signed", "describe.byline"})
"""Where the page does not say in so many words that somebody is the author."""


def _at(fact: Fact | None, mentions: Sequence[Annotation]) -> tuple[int, ...]:
    """Return the places of the persons named where the page says ``fact``."""
    found = places_of(fact, mentions)
    return _in_order({at for at in found if mentions[at].kind == "person"}, mentions)


def _greeted(source: Source, fact: Fact | None, mentions: Sequence[Annotation]) -> tuple[int, ...]:
    """Return who is greeted; "Dearest mother, Anne is well" greets no Anne."""
    found = _at(fact, mentions)
    if found and fact is not None and fact.span is not None and fact.rule == "describe.salute":
        before = source.text[fact.span.start : mentions[found[0]].span.start]
        return () if "," in before else found
    return found


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
        signs = ends and not _is_styled(source, mentions[at], letter.language)
        if signs or any(span in part for part in signed):
            yield at


LONGEST_LEAVE = 160
"""Characters of a leave at whose end a name signs; a longer one is half a letter."""


def _is_styled(source: Source, mention: Annotation, language: str) -> bool:
    """Return whether a name has a title of address, or what stands after one: "Esq."."""
    name, titles = person_name(source[mention.span], language), titles_of(language)
    words = [word.lower() for word in LETTERS.findall(source[mention.span])]
    return bool(words) and (
        words[0] in titles.titles or words[-1] in titles.suffixes or _is_titled(name)
    )


def _is_titled(name: PersonName) -> bool:
    """Return whether a name has a title, and is not initials that look like one: "M. E."."""
    return bool(name.title) and len(name.surname or name.whole) > 1


def _in_address(source: Source, mentions: Sequence[Annotation], language: str) -> Iterator[int]:
    """Yield who opens a line of an address below, or a line without prose."""
    below, text = len(source.text) // 2, source.text
    lines = [a.span.start for a in mentions if a.kind == "addrLine" and a.span.start >= below]
    signed = max((a.span.end for a in mentions if a.kind == "signed"), default=len(text))
    for at, span in _persons(mentions):
        line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        rest = text[span.end :].partition("\n")[0]
        prose = any(word[0].islower() for word in LETTERS.findall(rest))
        alone = span.start > signed and not prose and not LETTERS.search(line)
        if span.start in lines or (alone and _is_titled(person_name(source[span], language))):
            yield at


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
REACH = 80
LAST = 10


def _called(
    source: Source, letter: Letter, mentions: Sequence[Annotation]
) -> tuple[list[int], list[int]]:
    """Return the mentions by which the text calls "my dear ..." the one whom it speaks to.

    He may be called by his forename, and by title and surname too. First are those after which
    a stop or a dash says that he is spoken to, where it is one person; then the others. A letter
    without salutation speaks so to who has a title.
    """
    words, text = words_of(letter.language), source.text
    surely: dict[bool, dict[str, list[int]]] = {True: {}, False: {}}
    others: list[int] = []
    for at, span in _persons(mentions):
        before = LETTERS.findall(text[max(0, span.start - REACH) : span.start].lower())
        within = [w.lower() for w in LETTERS.findall(source[span])][:2]
        fond = [*before[-2:], *within]
        if words.fond.isdisjoint(fond) or words.lead.isdisjoint(fond):
            continue
        name = person_name(source[span], letter.language)
        alone = name.title and letter.addressee is None
        if alone or VOCATIVE.match(text, span.end):
            surely[bool(name.title)].setdefault(name.surname or name.whole, []).append(at)
        else:
            others.append(at)
    sure = [at for names in surely.values() if len(names) == 1 for at in next(iter(names.values()))]
    return sure, others


def _is_to_kin(letter: Letter) -> bool:
    """Return whether a letter greets kin as kin: "Dearest mother" is not called by a forename."""
    fact = letter.addressee
    persons = languages.load(letter.language)["persons"]
    kin = {word.lower() for key in KIN for word in persons.get(key, "").split()}
    said = fact.value.lower() if fact is not None else ""
    return not kin.isdisjoint(LETTERS.findall(said))


KIN = ("kin", "parents")
VOCATIVE = re.compile(r"\s*(?:[,.;:!?—–]|-\s|--)")
