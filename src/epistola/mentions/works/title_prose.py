"""Find titles that stand in prose without marks, with nothing but capitals.

"Have you read the Abbot?", "a novel called Glenfergus Hall", "the Memoirs of a Cavalier",
"Hume's Essays": the words around say that a work is meant, or its first word says what it is.
Political prose writes many nouns with capitals, so a capital alone is never enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from epistola.gazetteer import Names
from epistola.mentions.works.title_names import FOLLOWED, is_known_work, works_named
from epistola.mentions.works.title_words import (
    BLANK_LINE,
    LIKELY,
    PLACES,
    SURE,
    THINGS,
    Words,
    context_of,
    in_rights,
    title_at,
    weight,
)
from epistola.model import Annotation, Letter, Source, Span

PERSONAL = ("person", "forename", "surname")


def headed(source: Source, letter: Letter, _: Names, words: Words) -> Iterator[Annotation]:
    """Yield what begins with the word for its kind: "the Memoirs of a Cavalier"."""
    for match in words.patterns.headed.finditer(source.folded):
        span = Span(*match.span("title"))
        if _is_free_standing(source, span, words) and not in_rights(span, letter):
            yield title_at(span, "headed", "m", LIKELY)


def _is_free_standing(source: Source, span: Span, words: Words) -> bool:
    """Return whether words stand within a sentence, and are not the end of a longer name."""
    context = context_of(source, span)
    if not context.before or any(mark in context.gap for mark in ":;"):
        return False
    if context.possessive or context.before in words.articles | words.owners:
        return True
    cued = {context.before, context.earlier} & (words.reading | words.copies)
    return bool(cued) and not OF_NAME.search(source.folded, max(0, span.start - 30), span.start)


OF_NAME = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w+\s+(?:[a-z]+\s+){0,2}$")


def collected(source: Source, letter: Letter, _: Names, words: Words) -> Iterator[Annotation]:
    """Yield an author's collected things, with the author: "Hume's Essays"."""
    for match in words.patterns.collected.finditer(source.folded):
        span = Span(*match.span("title"))
        if not in_rights(span, letter) and match["owner"].lower() not in words.not_title:
            yield title_at(span, "collected", "m", LIKELY)


def called(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield what is called a novel, a play, a poem: "a novel called Bleak Abbey"."""
    for match in words.patterns.called.finditer(source.folded):
        span, noun = Span(*match.span("title")), match["noun"].lower()
        text, link = source.folded[span.start : span.end], match["link"].lower()
        if BLANK_LINE.search(match.group()) or in_rights(span, letter) or text.isupper():
            continue
        if _is_called(text, noun, link, match["article"] or "", names, words):
            yield title_at(span, "called", words.levels.get(noun, "m"), SURE)


def _is_called(text: str, noun: str, link: str, article: str, names: Names, words: Words) -> bool:
    """Return whether a name after a kind of work is a work's: "called" it is, "of" perhaps.

    "The novel of Emma" is, "the novels of Scott" and "the tragedy of Poland" are not.
    """
    if link in words.naming:
        return not names.known(text, "newspaper", "periodical")
    if noun not in words.literary:
        return False
    if is_known_work(text, names) or is_known_work(f"The {text}", names):
        return True
    if names.known(text, *THINGS, "person"):
        return False
    if link:
        return not article and names.known(text, "forename")
    return article[:1].isupper() and weight(text, words) > 1 and not names.known(text, *PERSONAL)


def apposed(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield what is said to be a work after its name: "Heracline--a novel in four volumes"."""
    for match in words.patterns.apposed.finditer(source.folded):
        span, text = Span(*match.span("title")), match["title"]
        known = is_known_work(text, names) or is_known_work(f"The {text}", names)
        free = known or not names.known(text, *THINGS, *PERSONAL)
        if free and not in_rights(span, letter) and text.lower() not in words.not_title:
            yield title_at(span, "apposed", "m", LIKELY)


def reading(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield one word with an article that somebody has read: "Have you read the Abbot?"."""
    for match in words.patterns.reading.finditer(source.folded):
        text, span = match["title"], Span(*match.span("title"))
        if text.lower() in words.not_read or in_rights(span, letter):
            continue
        if not names.known(text, *THINGS - set(PLACES), "person", "demonym"):
            yield title_at(span, "read", "m", LIKELY)


def beside(
    source: Source, letter: Letter, names: Names, words: Words, found: list[Annotation]
) -> Iterator[Annotation]:
    """Yield known works that stand in a row with a title: "Waverley & the Abbot"."""
    ends = {title.span.end for title in found if title.rule not in OUTSIDE}
    starts = {title.span.start for title in found if title.rule not in OUTSIDE}
    for span in works_named(source, names, words):
        before = LINK_BEFORE.search(source.folded, max(0, span.start - REACH), span.start)
        after = LINK_AFTER.match(source.folded, span.end)
        joined = (before and before.start() in ends) or (after and after.end() in starts)
        if joined and not in_rights(span, letter):
            ends.add(span.end)
            yield title_at(span, "beside", "m", SURE)


OUTSIDE = frozenset({"titles.page", "titles.field"})
REACH = 24
LINK = r"(?:,\s+|,?\s+(?:&|and|or|nor|(?:[a-z]+\s+)?than|und|oder|et|ou)\s+)(?:(?:the|The)\s+)?"
LINK_BEFORE = re.compile(rf"{LINK}$")
LINK_AFTER = re.compile(LINK)


def is_name_here(source: Source, span: Span, words: Words) -> bool:
    """Return whether a word is part of a person's name here: "Mr. Foscari", "Julian Young"."""
    if FOLLOWED.match(source.folded, span.end):
        return True
    match = NAME_BEFORE.search(source.folded, max(0, span.start - NAME), span.start)
    if match is None:
        return False
    word = match["word"].lower().rstrip(".")
    if word in words.not_title:
        return True
    return bool(match["inner"]) and word not in words.articles | words.owners


NAME = 20
"""How far a name before a name may reach, in characters."""
NAME_BEFORE = re.compile(r"(?P<inner>[a-z,;] )?\b(?P<word>[A-ZÀ-ÖØ-Þ]\w*\.?)\s$")
