"""Tell what the file of a language lacks: the code asks every language for the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from epistola.language import PATTERN, Language, frequent, load

OPEN = frozenset(
    "bible.books dates.feasts dates.phrases dates.phrases.ordinals dates.tens foreign genres"
    " labels.credit languages references.owners references.units registers.short registers.styles"
    " statutes.codes statutes.units titles.genres".split()
)
"""Tables whose keys are words or kinds of the language's own: none of them must be there."""


def faults(code: str) -> Iterator[str]:
    """Yield, each as one sentence, what the file of the language ``code`` lacks or has wrong.

    A language needs every table and key of ``en.toml``, and a row in ``frequent.txt``; what
    it has no words for is empty.
    """
    if code not in frequent():
        yield f"frequent.txt: no row “[{code} NAME]” tells the language by its small words"
    yield from unlike(code, load(code))


def unlike(code: str, words: Language) -> Iterator[str]:
    """Yield, each as one sentence, how ``words`` are unlike those of the pattern."""
    for table, key, wanted, found in _unlike(load(PATTERN), words):
        place = f"{code}.toml: [{table}]" if table else f"{code}.toml:"
        if found is None:
            empty = f"{key} = {EMPTY[type(wanted)]}"
            yield f"{place} lacks “{key}”; write its words, or “{empty}” if there are none"
        else:
            yield f"{place} “{key}” must be {KINDS[type(wanted)]}, as in {PATTERN}.toml"


EMPTY = {str: '""', list: "[]", dict: "{}", bool: "false"}
KINDS = {str: "a text", list: "a list", dict: "a table", bool: "true or false"}


def _unlike(
    wanted: Mapping[str, Any], found: Mapping[str, Any], table: str = ""
) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield table, key, pattern and value of all that ``found`` has not as ``wanted`` has it."""
    for key, pattern in wanted.items():
        value = found.get(key)
        name = f"{table}.{key}" if table else key
        if type(value) is not type(pattern):
            if table not in OPEN or value is not None:
                yield table, key, pattern, value
        elif isinstance(pattern, dict) and isinstance(value, dict):
            yield from _unlike(pattern, value, name)
