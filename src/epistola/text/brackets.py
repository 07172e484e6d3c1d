"""Read the square brackets in which a source says what its editor did.

Their characters are on the page, so they all stay in the text: in ``gap/desc``, in
``supplied`` without ``@resp``, in ``unclear``, or in a ``note`` of the source's
(``type="source"``, never ``editorial``: that one would be ours, and no part of the source).
What may as well be the writer's own bracket is left as it is (TEI P5, 12.3.1 and 3.5).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from epistola import gazetteer
from epistola import language as languages
from epistola.model import Annotation, Source, Span
from epistola.text.gaps import gap_values
from epistola.text.stretches import Stretch
from epistola.text.words import words_of

BRACKET = re.compile(r"\[(?P<inner>[^\[\]]{1,2000})\]")
INLINE = {"type": "source", "place": "inline"}
DATED = frozenset({"dateline", "head"})
"""Parts in which a place or a date in brackets is an editor's."""
REMARKED = frozenset({"p", "item", "line"})
"""Parts in which a remark is a note; one in a heading or a dateline is left there."""
LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_'’ -]{0,14}[^\W\d_'’])?")
LIGATURE = re.compile(r"[ao]e|[AO][Ee]")
"""How plain texts write "æ" and "œ": not supplied."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?|\d+(?:st|nd|rd|th)?")
DOUBTED = re.compile(r"(?P<word>[^\W_](?:[\w'’-]*[^\W_])?)[ ]?$")
YEAR = re.compile(r"1\d{3}|20\d\d")
MOST_SMALL = 3
LEAST_REMARK = 4
"""A remark has at least this many words."""


class _Words(NamedTuple):
    thus: frozenset[str]
    small: frozenset[str]
    own: frozenset[str]
    deleted: tuple[str, ...]
    added: tuple[str, ...]
    margin: tuple[str, ...]
    calendar: frozenset[str]
    editor: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    data = languages.load(language)
    words, letter = data["brackets"], words_of(language)
    editor = "|".join(map(re.escape, data["notes"]["editor"]))
    return _Words(
        frozenset(words["thus"]),
        frozenset(words["small"].split()),
        frozenset(words["own"].split()),
        tuple(words["deleted"]),
        tuple(words["added"]),
        tuple(words["margin"]),
        frozenset((*letter.calendar, *letter.weekdays, *words["calendar"].split())),
        re.compile(rf"[\W_](?:{editor})\.?[\s.]*$", re.IGNORECASE),
    )


class Bracket(NamedTuple):
    """A pair of brackets in a stretch: where, and what is in it and at its sides."""

    span: Span
    inner: str
    before: str
    after: str
    stretch: Stretch


Reading = Callable[[Bracket, str], Iterator[Annotation]]


def brackets(source: Source, found: Iterable[Stretch], language: str) -> Iterator[Annotation]:
    """Yield what the square brackets in each stretch say.

    Kinds ``gap`` with ``gapWords``, ``supplied``, ``unclear``, ``deletion``, ``addition``
    and ``note``. The first of ``READINGS`` that makes sense of a bracket decides.
    """
    for stretch in found:
        for match in BRACKET.finditer(source.text, stretch.span.start, stretch.span.end):
            bracket = _bracket(source, match, stretch)
            for reading in READINGS:
                if claims := list(reading(bracket, language)):
                    yield from claims
                    break


def _bracket(source: Source, match: re.Match[str], stretch: Stretch) -> Bracket:
    start, end = match.span()
    before = source.text[max(stretch.span.start, start - 60) : start]
    after = source.text[end : min(stretch.span.end, end + 60)]
    return Bracket(Span(start, end), match["inner"], before, after, stretch)


def _gap(bracket: Bracket, language: str) -> Iterator[Annotation]:
    """Yield a gap: "[illegible]", "[two lines torn away]", "[...]"."""
    values = gap_values(bracket.inner, language)
    if values is not None:
        yield Annotation(bracket.span, "gap", "brackets.gap", values)
        yield Annotation(bracket.span, "gapWords", "brackets.gap")


def _thus(bracket: Bracket, language: str) -> Iterator[Annotation]:
    """Yield an editor's word on the reading before it: "[sic]", "[?]"."""
    plain = bracket.inner.strip(" .!_*").lower()
    if plain in _words(language).thus or set(bracket.inner) <= {"?", "!"}:
        yield Annotation(bracket.span, "note", "brackets.thus", INLINE)
    if set(bracket.inner) == {"?"} and (word := DOUBTED.search(bracket.before)):
        start = bracket.span.start - len(bracket.before) + word.start("word")
        yield Annotation(Span(start, start + len(word["word"])), "unclear", "brackets.doubted")


def _unclear(bracket: Bracket, _: str) -> Iterator[Annotation]:
    """Yield one word that somebody could hardly read: "[? soon]".

    "[soon?]" as often explains the word before it, or puts another in its place.
    """
    word = bracket.inner.strip("? ")
    if bracket.inner.startswith("?") and LETTERS.fullmatch(word) and " " not in word:
        yield Annotation(bracket.span, "unclear", "brackets.unclear")


def _changed(bracket: Bracket, language: str) -> Iterator[Annotation]:
    """Yield what the writer struck out or put in: "[crossed out: very]", "[inserted: so]"."""
    opening = bracket.inner.partition(":")[0].strip().lower() if ":" in bracket.inner else ""
    words = _words(language)
    if opening in words.deleted:
        yield Annotation(bracket.span, "deletion", "brackets.deleted")
    elif opening in words.added:
        yield Annotation(bracket.span, "addition", "brackets.added")
    elif opening in words.margin and bracket.stretch.kind != "note":
        values = {"type": "source", "place": "margin"}
        yield Annotation(bracket.span, "note", "brackets.margin", values)


def _part_of_word(bracket: Bracket, _: str) -> Iterator[Annotation]:
    """Yield the letters of a word that an editor gives: "aff[ectionate]ly", "18[45]"."""
    left, right = bracket.before[-1:], bracket.after[:1]
    inner = bracket.inner
    lettered = LETTERS.fullmatch(inner) and " " not in inner and not LIGATURE.fullmatch(inner)
    beside = right.isalpha() or (left.isalpha() and not _is_marker(inner))
    dated = inner.isdecimal() and left.isdecimal() and _is_year(bracket)
    if (lettered and beside) or dated:
        yield _supplied(bracket)


def _is_marker(inner: str) -> bool:
    """Return whether this, right after a word, is the sign of a note: "so[A]"."""
    return len(inner) == 1 and inner.isupper()


def _is_year(bracket: Bracket) -> bool:
    """Return whether digits in brackets and around them make a year."""
    left = re.search(r"\d*$", bracket.before)
    right = re.match(r"\d*", bracket.after)
    digits = f"{left[0] if left else ''}{bracket.inner}{right[0] if right else ''}"
    certain = len(bracket.inner) > 1 or bracket.stretch.kind in DATED or bool(right and right[0])
    return certain and YEAR.fullmatch(digits) is not None


def _small_words(bracket: Bracket, language: str) -> Iterator[Annotation]:
    """Yield the few small words that a sentence lacks: "I hope [to] see"."""
    tokens = bracket.inner.split()
    inside = bracket.before.rstrip()[-1:].isalpha() or bracket.before.rstrip()[-1:] in {",", ";"}
    small = _words(language).small
    if inside and 0 < len(tokens) <= MOST_SMALL and small.issuperset(tokens):
        yield _supplied(bracket)


def _place_or_date(bracket: Bracket, language: str) -> Iterator[Annotation]:
    """Yield a date or place in a dateline that an editor gives: "[Bath, 3 May 1801]"."""
    if bracket.stretch.kind not in DATED or bracket.stretch.outer not in {"opener", "closer"}:
        return
    tokens = WORD.findall(bracket.inner)
    if (
        tokens
        and _is_free(bracket, tokens)
        and all(_dates(token, language) or _is_place(token) for token in tokens)
    ):
        yield _supplied(bracket)


def _is_free(bracket: Bracket, tokens: Sequence[str]) -> bool:
    """Return whether this is no marker of a note, as "Bath,[3] 6 May" has one."""
    bare = tokens[0] == bracket.inner and tokens[0].isdecimal()
    return bracket.before[-1:] in {"", " ", "\n"} and (
        not bare or YEAR.fullmatch(bracket.inner) is not None
    )


def _dates(token: str, language: str) -> bool:
    return token[0].isdecimal() or token.lower().rstrip(".") in _words(language).calendar


def _is_place(token: str) -> bool:
    return gazetteer.load().known(token, "settlement", "region", "country", "site")


def _supplied(bracket: Bracket) -> Annotation:
    return Annotation(bracket.span, "supplied", "brackets.supplied")


def _remark(bracket: Bracket, language: str) -> Iterator[Annotation]:
    """Yield a remark: a sentence that is a paragraph by itself, or one that an editor signs.

    One in which somebody says "I" may be the writer's own.
    """
    inner = bracket.inner
    signed = _words(language).editor.search(inner) is not None
    words = inner.split()
    own = not _words(language).own.isdisjoint(inner.lower().replace("'", " ").split())
    sentence = inner[:1].isupper() and inner.rstrip().endswith((".", "!")) and not own
    alone = bracket.stretch.whole and bracket.span == bracket.stretch.span
    told = (signed and len(words) > 1) or (sentence and alone and len(words) >= LEAST_REMARK)
    if told and bracket.stretch.kind in REMARKED:
        yield Annotation(bracket.span, "note", "brackets.remark", INLINE)


READINGS: Sequence[Reading] = (
    _gap,
    _thus,
    _changed,
    _unclear,
    _part_of_word,
    _small_words,
    _place_or_date,
    _remark,
)
"""In the order in which they are asked; the first that claims anything decides."""
