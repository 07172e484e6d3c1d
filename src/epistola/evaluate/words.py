"""The words that a measure of names asks for, of the languages of a gold edition."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from epistola.language import Language, codes, load

OPENING = r"[\s\"'“”‘’(\[,.;:—–-]+"
CLOSING = r"[\s\"“”)\],;:!?—–-]"
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns: what is cut before a name, and after it; what is a title of address; a date.

    ``lead``, ``address`` match at the start of a name, ``tail`` at its end.
    """

    lead: re.Pattern[str]
    tail: re.Pattern[str]
    address: re.Pattern[str]
    calendar: re.Pattern[str]


@cache
def words_of(languages: frozenset[str]) -> Words:
    """Return the words of all ``languages`` together; those without data add none."""
    loaded = [load(code) for code in sorted(languages & frozenset(codes()))]
    articles = _either_case(_listed(loaded, "evaluate", "articles"))
    endings = [f"['’]{ending}\\b" for ending in sorted(_listed(loaded, "evaluate", "possessive"))]
    before = [OPENING, *([rf"(?:{_any(articles)})\s+"] if articles else [])]
    after = [*endings, "['’]", CLOSING]
    address = _any(_address(loaded))
    return Words(
        lead=re.compile(f"(?:{'|'.join(before)})+"),
        tail=re.compile(f"(?:{'|'.join(after)})+$"),
        address=re.compile(rf"(?:(?:{address})\b\.?\s*)+(?=\S)") if address else NOTHING,
        calendar=re.compile(rf"\d|\b(?:{_any(_calendar(loaded))})(?:s\b|\b)", re.IGNORECASE),
    )


def _address(languages: Iterable[Language]) -> set[str]:
    """Return the titles of address: "Mr", "Duke", "aunt", and "dear" before a name."""
    languages = list(languages)
    titles = {
        word
        for key in ("titles", "offices", "ranks", "kin", "small_titles")
        for word in _listed(languages, "persons", key)
    }
    fond = _listed(languages, "persons", "fond") | _listed(languages, "evaluate", "address")
    return titles | _either_case(fond)


def _calendar(languages: Iterable[Language]) -> set[str]:
    """Return the names of months, weekdays, seasons and feasts."""
    return {
        word
        for language in languages
        for key in ("months", "weekdays", "weekdays_short", "seasons")
        for line in language["dates"][key]
        for word in line.split()
    } | {feast for language in languages for feast in language["dates"]["feasts"]}


def _listed(languages: Iterable[Language], table: str, key: str) -> set[str]:
    """Return the words of a list that stands in the data as one string."""
    return {word for one in languages for word in str(one[table].get(key, "")).split()}


def _either_case(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (word, word.capitalize())}


def _any(words: Iterable[str]) -> str:
    """Return a pattern for one of ``words``, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
