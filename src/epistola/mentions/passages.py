"""Find what a letter says in another language: paragraphs, quotations, sentences.

Each sentence, and each piece between quotation marks or brackets, is asked in which language
it is (text/language.py); neighbours in one language are one passage. A paragraph, a note or a
quotation that is all of it in another language gets the value ``lang``; any other passage is
``foreign`` (TEI P5, 3.3.2.1 and att.global, ``@xml:lang``). Names, titles and lists of names are no
passages, whatever small words they hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from epistola.language import load
from epistola.mentions.names.capitals import small_words
from epistola.model import CERTAIN, Annotation, Letter, Source, Span
from epistola.text.language import WORD, evidence, weights

LEAST_WORDS = 6
MARKERS = 3
"""How many different small words, foreign to the letter's language, show that another is there."""
SUSPECT = 2
"""How many words in the letter that its own language does not have make a look worth it."""
LEANING = 2.0
"""How much more a word that both languages have must say for the other, to show it."""
SAID = 1.1
"""What a word must say on average for a language, that a piece be in it."""
AHEAD = 6.0
"""How much more all words must say for that language than for the letter's own."""
NAMED = 0.5
"""A piece of which this much are capitalised words or names is a name or a list of them."""
PIECES = re.compile(r"(?:[^.!?;:\"()\[\]{}*_\n]|[.!?;:*_](?!\s)|\n(?!\s*\n))+")
JOIN = re.compile(r"[.!?;:,*_–—-]*\s+[–—-]*\s*")
"""What stands between two sentences of one passage: no quotation mark, no bracket."""
CLOSE = frozenset(".!?")
OWN = 3.0
"""What words at an end of a passage must say for the letter's own language to be no part of it."""
MARK = re.compile(r"[^\w\s'-]|_|--")
BREAK = re.compile(r"[_*—]|--")
"""What sets words at an end of a passage apart, so that they count only if they speak for it."""
WHOLE = frozenset({"p", "note", "quote", "speech"})
"""Kinds that say by themselves in which language all of them is."""
BLOCKS = frozenset({"p", "note"})
AROUND = WHOLE | {"letter", "notes", "colophon", "postscript", "cit", "item"}
"""Kinds within which a passage may stand."""
WITHIN = frozenset(
    {"person", "persons", "place", "org", "event", "date", "title", "term", "work"}
    | {"anchor", "pageBreak"}
)
"""Kinds that may stand within a passage."""
NAMES = WITHIN - {"date", "term", "anchor", "pageBreak"}


class Piece(NamedTuple):
    """A sentence or the like; ``lang`` is none where it is in the letter's language or unclear."""

    span: Span
    words: int
    lang: str
    is_own: bool


def in_passages(
    source: Source, letter: Letter, annotations: Sequence[Annotation]
) -> tuple[Annotation, ...]:
    """Return ``annotations``, in the order of the text, with the passages in other languages."""
    own = Own(letter.written_in, letter.language)
    if not _speaks(markers(own).intersection(small_words(source)), SUSPECT):
        return tuple(annotations)
    found = [p for block in _blocks(annotations) for p in _passages(source, block, own)]
    if not found:
        return tuple(annotations)
    kept = list(annotations)
    for passage in found:
        kept = _placed(source, passage, kept)
    return tuple(sorted(kept, key=lambda a: (a.span.start, -a.span.end)))


class Own(NamedTuple):
    """The language a letter is in, and the one by whose words it is read."""

    tongue: str
    words: str


@cache
def markers(own: Own, least: float = 0.0) -> frozenset[str]:
    """Return the words that show another language than a letter's ``own``.

    They are those that it does not have, or, with a ``least``, those that say so much
    more for some other language. Single letters and what stands in names are not among them.
    """
    mine = {word: said for word, row in weights().items() for c, said in row if c == own.tongue}
    neutral = _neutral(own.words)
    return frozenset(
        word
        for word, row in weights().items()
        if len(word) > 1
        and word not in neutral
        and (max(said for _, said in row) - mine.get(word, 0.0) >= least > 0 or word not in mine)
    )


@cache
def _neutral(code: str) -> frozenset[str]:
    """Return the small words that names hold in any language: they show nothing alone."""
    words = load(code)
    names = f"{words['persons']['particles']} {words['titles']['foreign_articles']}"
    return frozenset(WORD.findall(names))


def _speaks(shown: Collection[str], least: int) -> bool:
    """Return whether at least so many of the foreign words ``shown`` are of one language."""
    if len(shown) < least:
        return False
    counted = Counter(code for word in shown for code, _ in weights()[word])
    return max(counted.values()) >= least


def _blocks(annotations: Sequence[Annotation]) -> list[Span]:
    """Return the spans of paragraphs and notes, without those that hold another."""
    blocks = {a.span for a in annotations if a.kind in BLOCKS}
    spans = sorted(blocks, key=lambda span: (span.start, -span.end))
    return [a for a, b in pairwise([*spans, Span(2**62, 2**62)]) if b not in a]


def _passages(source: Source, block: Span, own: Own) -> Iterator[Annotation]:
    """Yield the passages of ``block`` that are long enough."""
    text = source.folded[block.start : block.end]
    if not _speaks(markers(own, LEANING).intersection(WORD.findall(text.lower())), MARKERS):
        return
    run: list[Piece] = []
    for piece in _pieces(source, block, own):
        if run and not _goes_on(source, run, piece):
            yield from _passage(source, run, own)
            run = []
        if piece.lang or run:
            run.append(piece)
    yield from _passage(source, run, own)


def _pieces(source: Source, block: Span, own: Own) -> Iterator[Piece]:
    for match in PIECES.finditer(source.folded, block.start, block.end):
        words = [word.group() for word in WORD.finditer(match.group())]
        if words:
            start = next(WORD.finditer(source.folded, match.start())).start()
            end = match.start() + len(match.group().rstrip())
            yield Piece(Span(start, end), len(words), *_told(words, own))


def _told(words: Sequence[str], own: Own) -> tuple[str, bool]:
    """Return the language of a piece, if it is another than ``own``; else whether it is that."""
    counted = Counter(word.lower() for word in words)
    said = evidence(counted)
    mine = said.get(own.tongue, 0.0)
    lang = max(said, key=said.__getitem__)
    if said[lang] <= mine + AHEAD or said[lang] < SAID * len(words):
        return "", mine > 0
    shown = sum(lang in _languages_of(word) for word in markers(own, LEANING).intersection(counted))
    names = sum(word[0].isupper() and not word.isupper() for word in words[1:])
    return (lang if shown >= MARKERS and names < NAMED * len(words) else ""), False


def _languages_of(word: str) -> frozenset[str]:
    return frozenset(code for code, _ in weights()[word])


def _goes_on(source: Source, run: Sequence[Piece], piece: Piece) -> bool:
    """Return whether ``piece`` belongs to the passage that ``run`` is."""
    between = source.folded[run[-1].span.end : piece.span.start]
    lang = piece.lang in {run[0].lang, ""} and not piece.is_own
    return lang and JOIN.fullmatch(between) is not None


def _passage(source: Source, run: list[Piece], own: Own) -> Iterator[Annotation]:
    """Yield what ``run`` makes; an unclear piece at its end is no part of it."""
    while run and not run[-1].lang:
        run.pop()
    if not run:
        return
    lang, whole = run[0].lang, Span(run[0].span.start, run[-1].span.end)
    every = list(WORD.finditer(source.folded, whole.start, whole.end))
    words = _without_own(source.folded, every, lang, own)
    if len(words) < LEAST_WORDS:
        return
    end = words[-1].end() + (source.text[words[-1].end() : words[-1].end() + 1] in CLOSE)
    span = Span(words[0].start(), end)
    yield Annotation(span, "foreign", "foreign.passage", {"lang": lang}, None, CERTAIN)


def _without_own(
    text: str, words: Sequence[re.Match[str]], lang: str, own: Own
) -> Sequence[re.Match[str]]:
    """Return ``words`` without those at either end that are in the letter's own language."""
    ahead = [_ahead(word.group().lower(), lang, own) for word in words]
    between = [text[one.end() : two.start()] for one, two in pairwise(words)]
    start = len(words) - _stop(ahead[::-1], between[::-1])
    return words[start : _stop(ahead, between)]


def _stop(ahead: Sequence[float], between: Sequence[str]) -> int:
    """Return how many words there are to the end of a passage.

    They are those up to where the sum of what they are ``ahead`` is greatest. Words after
    that which say nothing are of it up to a mark, and if no words of the letter's own
    language follow, up to what sets them apart; ``between`` is what stands between words.
    """
    sums = [0.0, *accumulate(ahead)]
    stop = max(range(len(sums)), key=sums.__getitem__)
    follows = sums[stop] - sums[-1] >= OWN
    marks, last = (MARK if follows else BREAK), len(ahead) - 1
    if follows:
        last = next(at for at in range(stop, len(ahead)) if ahead[at] < 0)
    ends = (at for at in range(max(stop, 1), last + 1) if marks.search(between[at - 1]))
    return next(ends, stop if follows else len(ahead))


def _ahead(word: str, lang: str, own: Own) -> float:
    """Return how much more ``word`` says for one language than for the other."""
    said = dict(weights().get(word, ()))
    return said.get(lang, 0.0) - said.get(own.tongue, 0.0)


# --- where a passage stands --------------------------------------------------------------


def _placed(source: Source, passage: Annotation, annotations: list[Annotation]) -> list[Annotation]:
    """Return ``annotations`` with ``passage`` among them, or as a value of what is all of it."""
    near = [a for a in annotations if a.span.overlaps(passage.span)]
    whole = [a for a in near if a.kind in WHOLE and _is_all(source, passage.span, a.span)]
    inner = [a for a in near if a.span in passage.span and a not in whole]
    outer = [a for a in near if a not in inner and a not in whole]
    phrases = {a for a in inner if a.kind == "foreign"}
    if _mostly_named(source, passage, inner):
        return annotations
    if whole:
        values = passage.values
        said = {a: replace(a, values={**a.values, **values}) for a in whole[-1:]}
        return [said.get(a, a) for a in annotations if a not in phrases]
    if not all(a.kind in AROUND and passage.span in a.span for a in outer):
        return annotations
    if not all(a.kind in WITHIN for a in inner if a not in phrases):
        return annotations
    return [passage, *(a for a in annotations if a not in phrases)]


def _is_all(source: Source, passage: Span, span: Span) -> bool:
    """Return whether ``passage`` is all the words of ``span``."""
    before = source.folded[span.start : max(span.start, passage.start)]
    after = source.folded[min(span.end, passage.end) : span.end]
    covered = passage.start <= span.start or not WORD.search(before)
    return covered and (span.end <= passage.end or not WORD.search(after))


def _mostly_named(source: Source, passage: Annotation, inner: Sequence[Annotation]) -> bool:
    """Return whether names and titles are half of ``passage`` or more."""
    named = [a.span for a in inner if a.kind in NAMES]
    outermost = [s for s in named if not any(s in other and s != other for other in named)]
    held = sum(len(WORD.findall(source[span])) for span in dict.fromkeys(outermost))
    return held >= NAMED * len(WORD.findall(source[passage.span]))
