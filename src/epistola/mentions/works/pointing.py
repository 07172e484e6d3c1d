"""Find words that mean a work named before: "the same volume", "my book", "the latter".

They are claimed only where the letter has named a work before them, since by themselves
they may mean anything. Which work they mean is for the registers to say: ``points`` tells how
they point ("same", "owned", "latter", "former"), ``noun`` the level of a title ("m" for "book")
or the unit ("volume") that the noun stands for, ``owner`` whose it is ("letter" for "my").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from epistola.mentions.works.reference_drafts import Draft, with_article
from epistola.mentions.works.reference_groups import Page
from epistola.mentions.works.title_words import BLANK_LINE
from epistola.model import Span

SENTENCE_END = re.compile(r"[.!?](?=[\"')\]]*\s)")
NEAR = 1000
"""How far before "the same book" the book is named, in characters."""
REACH = 200
"""How far after a pair of works "the latter" may stand, in characters."""


def pointing(page: Page, named: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what points back to the works in ``named`` and to other titles."""
    starts = [*(draft.span.start for draft in named), *(title.span.start for title in page.titles)]
    if not starts:
        return
    first = min(starts)
    yield from _same(page, first)
    yield from _owned(page, named, first)
    yield from _of_two(page)


def _same(page: Page, first: int) -> Iterator[Draft]:
    """Yield "Grote's letter in the same volume", "the same book, p. 40"."""
    for match in page.words.same.finditer(page.source.folded, first):
        noun = page.words.levels.get(match["noun"]) or page.words.levels[match["noun"].lower()]
        if _is_named(page, noun, match.start()):
            draft = Draft(Span(*match.span()), points="same", noun=noun, rule="same")
            yield with_article(page, _placed(page, draft))


def _is_named(page: Page, noun: str, at: int) -> bool:
    """Return whether a title of the level ``noun``, or a scope of the unit, stands before."""
    near = at - NEAR
    return any(
        near <= title.span.start < at and title.values["level"] == noun for title in page.titles
    ) or any(near <= scope.span.start < at and scope.unit == noun for scope in page.scopes)


def _placed(page: Page, draft: Draft) -> Draft:
    """Return the draft with the page right before it ("p. 40 of") or after it."""
    text, span = page.source.folded, draft.span
    for group in page.located:
        before = text[group.span.end : span.start]
        after = text[span.end : group.span.start]
        joined = group.span.end <= span.start and page.words.title_after.fullmatch(before)
        joined = joined or (span.end <= group.span.start and page.words.to_title.fullmatch(after))
        if group.scopes and joined:
            whole = Span(min(span.start, group.span.start), max(span.end, group.span.end))
            return Draft(whole, scopes=group.scopes, points="same", noun=draft.noun, rule="same")
    return draft


def _owned(page: Page, named: Sequence[Draft], first: int) -> Iterator[Draft]:
    """Yield "my book" after a book of the writer's, "his novel" after somebody's."""
    told = [draft for draft in named if draft.author or draft.owner or draft.rule == "cited"]
    if not told:
        return
    for match in page.words.owned.finditer(page.source.folded, first):
        owner = page.words.whose(match["owner"])
        noun = page.words.levels.get(match["noun"], "")
        if any(d.span.start < match.start() and _may_mean(d, owner, noun) for d in told):
            yield Draft(Span(*match.span()), owner=owner, points="owned", noun=noun, rule="owned")


def _may_mean(draft: Draft, owner: str, noun: str) -> bool:
    """Return whether a work of ``owner`` that is called by ``noun`` may be that of ``draft``."""
    title = draft.article or draft.host
    fits = title is None or not noun or title.values["level"] == noun
    if owner in {"letter", "addressee"}:
        return fits and (draft.owner == owner or draft.rule == "cited")
    return fits and owner != "several" and (bool(draft.author) or draft.owner == owner)


def _of_two(page: Page) -> Iterator[Draft]:
    """Yield "the former" and "the latter" after two works, with no other work between."""
    text = page.source.folded
    stops = [*(title.span.start for title in page.titles[2:]), len(text)]
    for (one, other), stop in zip(pairwise(page.titles), stops, strict=False):
        if not page.words.both.fullmatch(text[one.span.end : other.span.start]):
            continue
        start, end = other.span.end, min(other.span.end + REACH, stop)
        for which, pattern in page.words.latter.items():
            match = pattern.search(text, start, end)
            if match and _near(text[start : match.start()]):
                yield Draft(Span(*match.span()), points=which, rule=which)


def _near(between: str) -> bool:
    """Return whether no more than one sentence ends in ``between``, and no paragraph."""
    return not BLANK_LINE.search(between) and len(SENTENCE_END.findall(between)) <= 1
