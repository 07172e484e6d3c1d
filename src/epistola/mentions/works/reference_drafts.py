"""References in the making, and what the words before a work say: whose it is, what it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from epistola.mentions.works.reference_groups import CLOSING_MARKS, Page
from epistola.mentions.works.scopes import Scope
from epistola.mentions.works.title_words import BLANK_LINE, THINGS
from epistola.model import Annotation, Span

CLOSED = re.compile(CLOSING_MARKS)
CLOSING_BRACKET = re.compile(r"[^()\[\]\n]{0,40}\)")
SPACED_CLOSING = re.compile(r" \"(?![\w\"])")
SPACED_OPENING = re.compile(r"[«‹][ \u00a0\u202f]$")
SENTENCE = re.compile(r"\w{6,}\.\s+")
"""The end of a sentence within what looks like a name: "Colvin. H. J."."""
OPENING_MARKS = "\"'_“‘„«‚"
LIKELY = 0.85
WINDOW = 90
"""How far before its place a work is looked for, in characters."""
PEOPLE = frozenset({"person", "forename", "surname"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A reference in the making: its span and what is known of it.

    ``owner`` is whose it is where a pronoun says so ("letter" for "my"), ``points`` how it points
    back ("same", "latter", "former", "owned"), and ``noun`` the level or unit it points to.
    """

    span: Span
    host: Annotation | None = None
    article: Annotation | None = None
    scopes: tuple[Scope, ...] = ()
    date: Annotation | None = None
    author: Span | None = None
    owner: str = ""
    genre: str = ""
    points: str = ""
    noun: str = ""
    imprint: tuple[tuple[str, Span], ...] = ()
    people: tuple[Annotation, ...] = ()
    cue: str = ""
    rule: str = "located"
    certainty: float = LIKELY

    @property
    def located(self) -> bool:
        """Return whether it says more than that a work is meant: its title, where to look."""
        return not self.points or bool(self.scopes or self.author or self.genre)


def past_marks(text: str, at: int) -> int:
    """Return the offset after the closing quotation marks at ``at``, if there are any.

    French sets a space within its marks.
    """
    marks = SPACED_CLOSING.match(text, at) or CLOSED.match(text, at)
    return marks.end() if marks else at


def marks_start(page: Page, start: int) -> int:
    """Return where the marks before a title begin."""
    text = page.source.text
    spaced = SPACED_OPENING.search(text, max(0, start - 2), start)
    start = spaced.start() if spaced else start
    while start and text[start - 1] in OPENING_MARKS and not _is_elision(text, start - 1):
        start -= 1
    return start


def _is_elision(text: str, at: int) -> bool:
    """Return whether a mark after a letter stands for one that is left out: "d'_Hamlet_"."""
    return text[at] in "'’" and at > 0 and text[at - 1].isalpha()


def marked(page: Page, title: Annotation) -> Span:
    """Return the span of ``title`` with the quotation marks around it, if it has some."""
    start = marks_start(page, title.span.start)
    end = past_marks(page.source.folded, title.span.end)
    return Span(start, end) if start < title.span.start else title.span


def closed(page: Page, draft: Draft) -> Draft:
    """Return the reference with the bracket or the mark that it has opened."""
    text, end = page.source.folded, draft.span.end
    inner = text[draft.span.start : end]
    closing = CLOSING_BRACKET.match(text, end)
    if inner.count("(") > inner.count(")") and closing:
        end = closing.end()
    return replace(draft, span=Span(draft.span.start, end))


def with_article(page: Page, draft: Draft) -> Draft:
    """Return the reference with what it says is in its work: "my ‘...’ in", "X's letter in"."""
    start = draft.span.start
    within = page.words.within.search(page.source.folded, max(0, start - WINDOW), start)
    if within is None or BLANK_LINE.search(within.group()):
        return draft
    article = _title_ending(page, within)
    if article:
        opening = marks_start(page, article.span.start)
        draft = replace(draft, article=article, span=Span(opening, draft.span.end))
        return with_owner(page, draft)
    return with_genre(page, draft, within.start())


def _title_ending(page: Page, within: re.Match[str]) -> Annotation | None:
    ends = range(within.start(), within.start() + 3)
    return next((title for title in page.titles if title.span.end in ends), None)


def with_owner(page: Page, draft: Draft) -> Draft:
    """Return the reference with the word that says whose it is, "my" or "Grote's"."""
    start = draft.span.start
    window = max(0, start - WINDOW)
    owner = page.words.owner.search(page.source.folded, window, start)
    if owner:
        whose = page.words.whose(owner["owner"])
        return replace(draft, owner=whose, span=Span(owner.start(), draft.span.end))
    named = page.words.named.search(page.source.folded, window, start)
    author = person_at(page, Span(*named.span("name"))) if named else None
    if author:
        return replace(draft, author=author, span=Span(author.start, draft.span.end))
    return with_genre(page, draft, start)


def with_genre(page: Page, draft: Draft, at: int) -> Draft:
    """Return the reference with "X's letter" or "my review", if that ends at ``at``."""
    text = page.source.folded
    match = page.words.possessive.search(text, max(0, at - WINDOW), at)
    if match is None or BLANK_LINE.search(match.group()):
        return draft
    if match["owner"]:
        whose = page.words.whose(match["owner"])
        return replace(
            draft, owner=whose, genre=match["genre"], span=Span(match.start(), draft.span.end)
        )
    author = person_at(page, Span(*match.span("name")))
    if author is None:
        return draft
    return replace(
        draft, author=author, genre=match["genre"], span=Span(author.start, draft.span.end)
    )


def person_at(page: Page, span: Span) -> Span | None:
    """Return the name in ``span`` if it may be a person's, without a word that opens a sentence."""
    text = page.source.folded
    if stop := SENTENCE.search(text, span.start, span.end):
        span = Span(stop.end(), span.end)
    row = list(re.finditer(r"\S+", text[span.start : span.end]))
    if len(row) > 1 and row[0].group().lower() in page.words.before:
        span = Span(span.start + row[1].start(), span.end)
        row = row[1:]
    name = text[span.start : span.end]
    if page.names.classes(name) & PEOPLE:
        return span
    if len(row) == 1 or page.names.known(name, *THINGS):
        return None
    return None if page.names.known(row[-1].group(), *THINGS) else span
