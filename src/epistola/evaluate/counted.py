"""Say which mentions count, and where each begins and ends: the same for gold and made.

Editions differ in what they put into the tags of a name, and no reader minds: so quotation
marks, a leading article and a possessive ending are no part of it, nor is the full stop after
a word. A name holds a capital letter; a date a number or a word of the calendar ("next
month" is none). Of mentions of one kind within one another the outermost counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from epistola.evaluate.gold import Mention
from epistola.evaluate.words import CLOSING, Words, words_of
from epistola.model import FOLDS, Span

WORD = 4
"""So many small letters before a full stop are a word, and no abbreviation with its own stop."""


def counted(
    text: str, mentions: Iterable[Mention], languages: frozenset[str]
) -> tuple[Mention, ...]:
    """Return the mentions that count, with their trimmed spans, in the order of ``text``.

    >>> found = counted("the Times’s", [Mention(Span(0, 11), "org")], frozenset({"en"}))
    >>> [mention.span for mention in found]
    [Span(start=4, end=9)]
    """
    words = words_of(languages)
    tight = (replace(mention, span=tight_span(text, mention, words)) for mention in mentions)
    named = (mention for mention in tight if _is_named(text, mention, words))
    return tuple(_outermost(named))


def without_address(text: str, mention: Mention, languages: frozenset[str]) -> Span:
    """Return the span of a mention that counts, a person's without leading titles of address.

    >>> at = without_address("Mr. Finch", Mention(Span(0, 9), "person"), frozenset({"en"}))
    >>> "Mr. Finch"[at.start : at.end]
    'Finch'
    """
    start, end = mention.span.start, mention.span.end
    if mention.kind == "person":
        address = words_of(languages).address.match(text, start, end)
        start = address.end() if address else start
    while end - start > 1 and text[end - 1] in ".,;":
        end -= 1
    return stripped(text, Span(start, end))


def tight_span(text: str, mention: Mention, words: Words) -> Span:
    """Return what of a mention's span counts; it may be empty."""
    if mention.kind == "reference":
        return stripped(text, mention.span)
    return stripped(text, _trimmed(text, mention.span, words))


def _trimmed(text: str, span: Span, words: Words) -> Span:
    start, end = span.start, span.end
    lead = words.lead.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    end = start + len(_without_tail(text[start:end], words.endings))
    last = text[max(start, end - WORD - 1) : end]
    if len(last) > WORD and last.endswith(".") and last[:-1].isalpha() and last[:-1].islower():
        end -= 1
    return Span(start, end)


def _without_tail(name: str, endings: tuple[str, ...]) -> str:
    """Return ``name`` without the marks and the possessive that it ends in."""
    left = name.rstrip(CLOSING)
    while left.endswith(endings):
        left = left[: -len(next(filter(left.endswith, endings)))].rstrip(CLOSING)
    return left


def stripped(text: str, span: Span) -> Span:
    """Return ``span`` without white space at its edges, so that layout never matters."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _is_named(text: str, mention: Mention, words: Words) -> bool:
    name = text[mention.span.start : mention.span.end]
    if mention.kind == "reference":
        return bool(name)
    if mention.kind == "date":
        return words.calendar.search(name.translate(FOLDS)) is not None
    return any(char.isupper() for char in name)


def _outermost(mentions: Iterable[Mention]) -> Iterable[Mention]:
    """Yield the mentions that are in no other of their kind; of equal ones the first."""
    ends: defaultdict[str, int] = defaultdict(int)
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if mention.span.end > ends[mention.kind]:
            ends[mention.kind] = mention.span.end
            yield mention
