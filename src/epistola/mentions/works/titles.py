"""Find titles of works: kind ``title`` with ``level`` (a part, j journal, m book, u unpublished).

The rules in order: the page's heading and its lines on the source, words in marks, words beside
a volume, number or date, names of journals and works, "In Such a Book I stressed", and what
somebody has read. A title once found is found again where it stands bare. Marks stay outside
the span.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from epistola.gazetteer import Names, fold
from epistola.mentions.dates.grammar import dates
from epistola.mentions.works.scopes import Scope, scopes
from epistola.mentions.works.title_levels import levelled
from epistola.mentions.works.title_lines import titles_of_lines
from epistola.mentions.works.title_marks import by_habit, marked_again, marked_titles
from epistola.mentions.works.title_names import (
    is_known_work,
    is_plain,
    known_titles,
    named_journals,
    without_article,
)
from epistola.mentions.works.title_prose import (
    apposed,
    beside,
    called,
    collected,
    headed,
    is_name_here,
    reading,
)
from epistola.mentions.works.title_words import (
    BLANK_LINE,
    CAPITAL,
    HINTED,
    LIKELY,
    SURE,
    WORD,
    Words,
    context_of,
    has_shape,
    in_rights,
    is_free,
    title_at,
    weight,
    words_of,
)
from epistola.model import Annotation, Letter, Source, Span


def titles(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the titles of works that ``source`` names, none inside another, in order.

    References ask for them too, so they are found once, then kept.
    """
    yield from _kept(source, letter, names)


@lru_cache(maxsize=4)
def _kept(source: Source, letter: Letter, names: Names) -> tuple[Annotation, ...]:
    return tuple(_titles(source, letter, names))


def _titles(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    words = words_of(letter.language)
    found: list[Annotation] = []
    for rule in RULES:
        _take(found, rule(source, letter, names, words))
    _take(found, beside(source, letter, names, words, found))
    _take(found, marked_again(source, found))
    _take(found, by_habit(source, letter, names, found))
    _take(found, _again(source, letter, names, found, words))
    whole = [title for each in found for title in _balanced(source, each)]
    yield from levelled(source, sorted(whole, key=lambda title: title.span), names, words)


def _balanced(source: Source, title: Annotation) -> Iterator[Annotation]:
    """Yield ``title`` with the mark that closes what it has opened; none with a stray mark.

    ``“New York "Call".”`` is the title ``New York "Call"``. A heading is as it is.
    """
    span = title.span
    if title.rule == "titles.page" or not source.folded.count('"', span.start, span.end) % 2:
        yield title
    elif source.folded.startswith('"', span.end):
        yield replace(title, span=Span(span.start, span.end + 1))


def _take(found: list[Annotation], more: Iterable[Annotation]) -> None:
    """Add what does not overlap a title that an earlier rule has found."""
    taken = sorted(title.span for title in found)
    for title in more:
        at = bisect_left(taken, title.span)
        if not any(title.span.overlaps(span) for span in taken[max(0, at - 1) : at + 1]):
            taken.insert(at, title.span)
            found.append(title)


# ---------------------------------------------------------------- the page's own title

PAGE_GENRE = re.compile(
    r"(?P<genre>[^\W\d_]+(?:[\s-][^\W\d_]+)?)\s*[:–—]\s+(?P<rest>\S.*)", re.DOTALL
)


def _of_page(source: Source, letter: Letter, _: Names, words: Words) -> Iterator[Annotation]:
    """Yield the title in the page's heading: what follows its genre, or all of it."""
    span = letter.title.span if letter.title else None
    if span is None:
        return
    match = PAGE_GENRE.fullmatch(source.folded, span.start, span.end)
    if match and match["genre"].lower() in words.genres:
        yield title_at(Span(*match.span("rest")), "page", "a", SURE)
    elif any(
        field.kind == "source" for field in letter.fields
    ) or not words.patterns.letter_head.match(source.folded, span.start):
        yield title_at(span, "page", "a", LIKELY)


# ---------------------------------------------------------------- named before a volume or number

WINDOW = 90


def _located(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield the work beside a volume or number: "in Nature, vol. 3", "No. 1 of the Museum"."""
    end = 0
    row = scopes(source, letter.language)
    for scope, following in zip_longest(row, row[1:]):
        floor = max(end, scope.span.start - WINDOW, 0)
        end = scope.span.end
        if scope.unit not in {"volume", "issue"}:
            continue
        before = words.patterns.before_scope.search(source.folded, floor, scope.span.start)
        match = before or words.patterns.after_scope.match(source.folded, scope.span.end)
        if (
            match is None
            or BLANK_LINE.search(match.group())
            or not is_free(match["title"], names, words)
        ):
            continue
        cue = before["cue"].lower() if before and before["cue"] else ""
        if match["title"].isupper() or (cue and cue not in words.before_located):
            continue
        level = _located_level(source, match["title"], scope, following, words)
        heavy = weight(match["title"], words) > 1
        certainty = SURE if cue and heavy else LIKELY if before else HINTED
        yield title_at(Span(*match.span("title")), "located", level, certainty)


def _located_level(
    source: Source, text: str, scope: Scope, following: Scope | None, words: Words
) -> str:
    """Return m where a page or a bracket with the imprint follows the volume, else j."""
    if words.journals & set(text.lower().split()) or scope.unit == "issue":
        return "j"
    paged = following and following.unit == "page" and following.span.start - scope.span.end <= NEAR
    return "m" if paged or IMPRINT.match(source.folded, scope.span.end) else "j"


IMPRINT = re.compile(r",?\s*\(")
NEAR = len(". -- ")
"""Characters between two scopes of one reference."""


IN_BRACKETS = re.compile(rf"[(\[]{CAPITAL}[^()\[\],\n]+,\s+[A-Z\d]")


def _dated(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield a journal that stands in brackets with its day: "(The Daily Echo, 3 May 1871)"."""
    if not IN_BRACKETS.search(source.folded):  # dates are dear
        return
    for found in dates(source, letter, names):
        floor = max(0, found.span.start - WINDOW)
        match = words.patterns.dated.search(source.folded, floor, found.span.start)
        if match is None or not is_free(match["title"], names, words):
            continue
        row = match["title"].lower().split()
        if row[0] in words.articles or words.journals & set(row):
            yield title_at(Span(*match.span("title")), "dated", "j", LIKELY)


# ---------------------------------------------------------------- "In Such a Book I stressed"


def _opening(source: Source, _: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    for match in words.patterns.opening.finditer(source.folded):
        title = match["title"]
        last = title.split()[-1].lower()
        if (
            match["who"].lower() not in words.pronouns
            or match["verb"] not in words.verbs_of_writing
        ):
            continue
        if last in words.not_last or last in words.months or names.classes(title) - {"work"}:
            continue
        if _is_address([word.lower() for word in WORD.findall(title)], words):
            continue
        yield title_at(Span(*match.span("title")), "opening", "m", SURE)


# ---------------------------------------------------------------- without marks


def _is_address(row: Sequence[str], words: Words) -> bool:
    """Return whether words begin like "Lord Byron", not like "Lord of the Isles"."""
    return row[0] in words.not_title and row[1] not in words.joints


def _cued(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield what somebody has read or written, if it is two words with capitals and no name."""
    for match in words.patterns.cued.finditer(source.folded):
        text = match["title"]
        row = [word.lower() for word in WORD.findall(text)]
        if row[0] in words.not_read or text.isupper():
            continue
        if weight(text, words) <= 1 or _is_address(row, words):
            continue  # "read Homer" may be a person
        if in_rights(Span(*match.span("title")), letter):
            continue
        if text.endswith(("'s", "'")):
            continue
        if is_free(text, names, words) and not BLANK_LINE.search(match.group()):
            yield title_at(Span(*match.span("title")), "cued", "m", HINTED)


# ---------------------------------------------------------------- found once, found again


def _again(
    source: Source, letter: Letter, names: Names, found: list[Annotation], words: Words
) -> Iterator[Annotation]:
    """Yield titles where they stand again without marks; one word only if it is no common one."""
    plain = source.folded.replace("\n", " ")
    for form, title in {fold(source[title.span]): title for title in found}.items():
        if title.rule == "titles.page" or title.certainty <= HINTED or not has_shape(form, words):
            continue
        single = weight(form, words) <= 1
        common = single and is_plain(source, without_article(form, words), names, words)
        if single and not _may_return(title, form, names):
            continue
        for span in occurrences(plain, form):
            if in_rights(span, letter) or (single and is_name_here(source, span, words)):
                continue
            if not common or (title.certainty >= SURE and _has_article(source, span, words)):
                yield title_at(span, "again", title.values["level"], SURE if single else LIKELY)


def _may_return(title: Annotation, form: str, names: Names) -> bool:
    """Return whether one word may be a title again: what is known, or said to be a work."""
    told = title.rule in PROSE or is_known_work(form, names)
    return told and not names.known(form, "periodical", "newspaper")


def _has_article(source: Source, span: Span, words: Words) -> bool:
    return context_of(source, span).before in words.articles


PROSE = frozenset(
    {"titles.known", "titles.called", "titles.beside", "titles.apposed", "titles.read"}
)
"""Rules that find a single word to be a title by what is said of it."""


def occurrences(plain: str, form: str) -> Iterator[Span]:
    """Yield where ``form`` stands in ``plain`` as whole words."""
    at = plain.find(form)
    while at >= 0:
        end = at + len(form)
        if not plain[at - 1 : at].isalnum() and not plain[end : end + 1].isalnum():
            yield Span(at, end)
        at = plain.find(form, end)


RULES = (
    _of_page,
    titles_of_lines,
    marked_titles,
    _located,
    _dated,
    _opening,
    named_journals,
    headed,
    called,
    apposed,
    known_titles,
    _cued,
    reading,
    collected,
)
"""The rules in their order: a later one yields nothing where an earlier one has a title."""
