"""The words that a measure of names asks for, of the languages of a gold edition."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from epistola.language import Language, codes, load
from epistola.language.patterns import any_phrase

OPENING = r"[\s\"'“”‘’(\[,.;:—–-]+"
CLOSING = string.whitespace + "\u00a0\"“”'’)],;:!?—–-"
DAYS = ("weekdays", "weekdays_short", "seasons")
SHORT = 3
"""How many letters of a month's name are left at least: "Jan", "Februar"."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is cut before a name, and after it; what is a title of address; what makes a date.

    ``lead`` and ``address`` match at the start of a name; a name may end in ``endings``.
    """

    lead: re.Pattern[str]
    endings: tuple[str, ...]
    address: re.Pattern[str]
    calendar: re.Pattern[str]


@cache
def words_of(languages: frozenset[str]) -> Words:
    """Return the words of all ``languages`` together; those without data add none."""
    loaded = [load(code) for code in sorted(languages & frozenset(codes()))]
    articles = _either_case(_listed(loaded, "evaluate", "articles"))
    possessives = sorted(_listed(loaded, "evaluate", "possessive"))
    return Words(
        lead=re.compile(rf"(?:{OPENING}|(?:{any_phrase(articles)})\s+)+"),
        endings=tuple(mark + ending for ending in possessives for mark in "'’"),
        address=re.compile(rf"(?:(?:{any_phrase(_address(loaded))})\b\.?\s*)+(?=\S)"),
        calendar=re.compile(rf"\d|\b(?:{any_phrase(_calendar(loaded))})(?:s\b|\b)", re.IGNORECASE),
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
    """Return the names of months, cut short or not, of weekdays, seasons and feasts."""
    dates = [language["dates"] for language in languages]
    months = {month for date in dates for line in date["months"] for month in line.split()}
    cut = {month[:end] for month in months for end in range(SHORT, len(month))}
    days = {word for date in dates for key in DAYS for line in date[key] for word in line.split()}
    return months | cut | days | {feast for date in dates for feast in date["feasts"]}


def _listed(languages: Iterable[Language], table: str, key: str) -> set[str]:
    """Return the words of a list that stands in the data as one string."""
    return {word for one in languages for word in str(one[table].get(key, "")).split()}


def _either_case(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (word, word.capitalize())}
