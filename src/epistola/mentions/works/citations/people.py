"""Read the names of authors and editors as citations write them: "A. Bly and C. Dale"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from epistola.gazetteer import Names
from epistola.mentions.works.citations.words import CAPITAL, INITIALS, Words
from epistola.mentions.works.title_words import THINGS
from epistola.model import Span

MOST = 12
"""The names that one work has at most."""
INVERTED = re.compile(
    rf",\s+(?:{INITIALS}(?!\s?{CAPITAL})|{CAPITAL}[a-zà-ÿ]+(?:\s{CAPITAL}\.)?(?=[.:/,;]))"
)
"""A forename after a surname, as in a bibliography: "Bly, A.", "Bly, Anna."."""
BODY = rf"(?:(?:{CAPITAL}\.){{2,8}}|{CAPITAL}[a-z]{{1,3}}\.(?=\s[a-z])|{CAPITAL}[\w&'-]*)"
ORGANISATION = re.compile(
    rf"{BODY}(?:\s+(?:(?:of|for|the|and|für|der|des|und)\s+){{0,2}}{BODY}){{0,8}}(?=,)"
)
INITIAL = re.compile(INITIALS)


class People(NamedTuple):
    """Who wrote or edited something, where that ends, and whether they are its editors."""

    spans: tuple[Span, ...]
    end: int
    edited: bool = False
    persons: bool = True


def people_at(text: str, at: int, words: Words, names: Names) -> People | None:
    """Return the persons named at ``at``, or None where no name stands there."""
    spans: list[Span] = []
    here = at
    while len(spans) < MOST:
        end = _name_at(text, here, words, names)
        if end is None:
            break
        spans.append(Span(here, end))
        joint = words.joint.match(text, end)
        if joint is None:
            break
        here = joint.end()
    return _marked(text, tuple(spans), words) if spans else None


def organisation_at(text: str, at: int, words: Words) -> People | None:
    """Return the body named at ``at`` before a comma, or None."""
    match = ORGANISATION.match(text, at)
    if match is None or match.group().split()[0].lower() in words.signals:
        return None
    return People((Span(at, match.end()),), match.end(), persons=False)


def inverted_at(text: str, at: int, words: Words, names: Names) -> People | None:
    """Return the persons of an entry of a list, with the forename last: "Bly, A. and C. Dale"."""
    surname = _name_at(text, at, words, names)
    forename = INVERTED.match(text, surname) if surname else None
    if forename is None or " " in text[at:surname]:
        return None
    end = forename.start() + len(forename.group().rstrip())
    spans = [Span(at, end)]
    joint = words.listed.match(text, end)
    if joint:
        rest = inverted_at(text, joint.end(), words, names)
        if rest is None and not text[joint.start() : joint.end()].strip().endswith((",", ";")):
            rest = people_at(text, joint.end(), words, names)
        if rest:
            return People((*spans, *rest.spans), rest.end, rest.edited)
    return _marked(text, tuple(spans), words)


def _marked(text: str, spans: tuple[Span, ...], words: Words) -> People:
    """Return the people with "et al." and "(eds.)" that follow their names."""
    end = spans[-1].end
    others = words.others.match(text, end)
    end = others.end() if others else end
    mark = words.editor.match(text, end)
    return People(spans, mark.end() if mark else end, mark is not None)


@lru_cache(maxsize=4096)
def is_word(word: str, names: Names) -> bool:
    """Return whether a word with a capital is an ordinary one: "History", not "Black"."""
    return names.known(word, "word") and not names.known(word, "surname", "person")


def _name_at(text: str, at: int, words: Words, names: Names) -> int | None:
    """Return where the name at ``at`` ends; two words without initials need a known forename."""
    match = words.name.match(text, at)
    if match is None:
        return None
    if INITIAL.match(text, at):
        return match.end()
    row = match.group().split()
    if words.back.match(text, at) or not _may_name(row, words, names):
        return None
    if len(row) == 1 or row[0].islower():
        return match.end()
    if names.known(row[0], "forename") and not names.known(match.group(), *THINGS):
        return match.end()
    return at + len(row[0]) if text[at + len(row[0])] == "/" else None


def _may_name(row: Sequence[str], words: Words, names: Names) -> bool:
    """Return whether words with capitals may be a name: "Bly", not "See", not "History"."""
    if row[-1].endswith("'s") or row[0].lower() in words.no_names:
        return False
    return len(row) > 1 or not is_word(row[0], names)
