"""Find whose a named work is: "my book ‘Oread’", "Hilda's “Oread”", "‘Oread’, by Hilda Doe"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from epistola.mentions.works.reference_drafts import (
    Draft,
    marked,
    person_at,
    with_genre,
    with_owner,
)
from epistola.mentions.works.reference_groups import Page
from epistola.mentions.works.title_words import BLANK_LINE
from epistola.model import Span

STOP = re.compile(r"(?<=\s)\w{3,}(?=\.)|^\w{3,}(?=\.(?:\.|$))|^\w{6,}(?=\.)")
"""The last word of a sentence; but "Prof. Pell" and "A. B. Pell" go on."""


def owned_titles(page: Page) -> Iterator[Draft]:
    """Yield each title with the words beside it that say who wrote the work."""
    for title in page.titles:
        if title.values["level"] == "j":  # "my Times" is a copy of it
            continue
        bare = Draft(marked(page, title), title, rule="owned")
        draft = _written_by(page, _owned(page, bare))
        if draft.span != bare.span:
            yield draft


def _owned(page: Page, bare: Draft) -> Draft:
    """Return the draft with "my essay", "her", or "Grote's" before its title.

    A pronoun alone wants a title in marks, since "my Iliad" may be a copy.
    """
    draft = with_genre(page, bare, bare.span.start)
    if draft.span != bare.span:
        return draft
    draft = with_owner(page, bare)
    between = page.source.folded[draft.span.start : bare.span.start].split()
    if draft.owner and not (bare.host and len(bare.span) > len(bare.host.span)):
        return bare
    fits = len(between) == 1 or set(between[1:]) <= page.words.adjectives
    return draft if draft.author or fits else bare


def _written_by(page: Page, draft: Draft) -> Draft:
    """Return the draft with the author that follows its title."""
    by = page.words.written_by.match(page.source.folded, draft.span.end)
    if draft.author or draft.owner or by is None or BLANK_LINE.search(by.group()):
        return draft
    stop = STOP.search(by["name"])
    end = by.start("name") + stop.end() if stop else by.end("name")
    author = person_at(page, Span(by.start("name"), end))
    if author is None:
        return draft
    return replace(draft, author=author, span=Span(draft.span.start, author.end))
