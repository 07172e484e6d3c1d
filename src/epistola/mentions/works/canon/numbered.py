"""Find the words with a number after them, and the names that end with such a word.

A name of a table has at most six words. Stops and commas between its words do not count:
"Hor. Sat.", "Horace, Sat." and "Hor. Sat" are two forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from epistola import language
from epistola.mentions.works.canon.readings import Candidate

NUMBER = r"(?:\d|[ivxlc]{1,8}(?![^\W_])|[IVXLC]{1,8}(?![^\W_]))"
NUMBERED = re.compile(
    r"(?P<word>[A-ZÀ-ÞŒ](?<![^\W_].)[^\W\d_]*(?:['-][^\W\d_]+)*)"
    r"(?:\.,?|,)?[_\"']{0,2}(?:\.,?|,)?[ \n]"
    rf"(?={NUMBER}|(?:[^\W\d_]{{1,9}}\.?|§)[ \n]{NUMBER})"
)
MOST_WORDS = 6
WINDOW = 70
"""How far before its end a name is looked for, in characters."""
WORD = re.compile(r"(?<![^\W_])[^\W_]+(?:['-][^\W_]+)*")
GLUE = re.compile(r"(?:\.,?|,)?[_\"']{0,2}[ \n]?[_\"']{0,2}")


def candidates(text: str, code: str) -> Iterator[Candidate]:
    """Yield the words of ``text`` with a capital that a number follows, or a word and a number.

    That word may be a label: "Isaiah, chap. iv"; the rules know which are.
    """
    for match in NUMBERED.finditer(text):
        yield Candidate(text, code, match.start(), match.end("word"), match.end())


@cache
def label_units(code: str) -> dict[str, str]:
    """Return the unit that each label of a division means: "chap" is a chapter."""
    data = language.load(code).get("canonical", {}).get("units", {})
    return {label: unit for unit, labels in data.items() for label in labels.split()}


def forms_before(text: str, end: int) -> Iterator[tuple[int, str]]:
    """Yield each name that may end at ``end``, the longest first, with its start.

    Words are joined by single spaces, without stops and without the ending of a genitive.
    """
    row: list[re.Match[str]] = []
    for word in reversed(list(WORD.finditer(text, max(0, end - WINDOW), end))):
        following = row[-1].start() if row else end
        if word.end() != following and not GLUE.fullmatch(text, word.end(), following):
            break
        row.append(word)
        if len(row) == MOST_WORDS:
            break
    names = [word.group().removesuffix("'s") for word in row]
    for size in range(len(row), 0, -1):
        yield row[size - 1].start(), " ".join(reversed(names[:size]))
