"""Read the lines in which a page speaks of itself: "Source: ...", "Transcribed by ...".

A line has a label before a colon ("Author:", "Prepared for the Archive:") or
begins with the words of one ("Transcribed by", "From"). What follows is its value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from epistola import language as languages
from epistola.model import Field, Source, Span
from epistola.text.blocks import SPACE

LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n.;“”\"]{1,70}?)\s?:(?=\s|$)")
WORD = re.compile(r"[^\W\d_][^\W\d_'-]*|©|\(c\)", re.IGNORECASE)
JOINT = re.compile(r"\s*(?:[/\\&,]|\band\b|\bund\b|\bet\b)\s*")
BY = re.compile(r"\s*(?:by|von|par)\b\s*", re.IGNORECASE)
LONGEST = 400
"""A line without a label that is longer than this is prose, not a credit."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means: the kind of field, and for a credit what it was for."""

    kind: str
    role: str = ""


def read_field(source: Source, line: Span, language: str) -> Field | None:
    """Return the field that ``line`` holds, or none where it holds prose."""
    return _labelled(source, line, language) or _unlabelled(source, line, language)


def _labelled(source: Source, line: Span, language: str) -> Field | None:
    match = LABEL.match(source.folded, line.start, line.end)
    if match is None:
        return None
    label = Span(*match.span("label"))
    meaning = _meaning(source.folded[label.start : label.end], language)
    if meaning is None:
        return None
    value = _trimmed(source, Span(match.end(), line.end))
    return Field(meaning.kind, line, value, label, meaning.role) if _says(source, value) else None


def _unlabelled(source: Source, line: Span, language: str) -> Field | None:
    """Read a credit without a colon; where one opens the line, its value follows it."""
    text = source.folded[line.start : line.end]
    if len(text) > LONGEST or not (text[:1].isupper() or text[:1] in "©([@"):
        return None
    credit = BY.search(text)
    opening = text[: credit.start()] if credit and credit.start() < LABEL_REACH else text
    found = _opening(opening, language)
    if found is None:
        return Field("rights", line, line) if "©" in text else None
    meaning, length = found
    if credit and meaning.kind in {"credit", "updated"} and len(opening) < len(text):
        length = max(length, credit.end())
    value = _trimmed(source, Span(line.start + length, line.end))
    return Field(meaning.kind, line, value, None, meaning.role) if _says(source, value) else None


def _says(source: Source, value: Span) -> bool:
    """Return whether a value holds more than marks and blanks."""
    return any(char.isalnum() for char in source[value])


LABEL_REACH = 60


def _meaning(label: str, language: str) -> Meaning | None:
    """Return what a label before a colon means; "X's note" is a note whoever X is."""
    words = [match[0].lower() for match in WORD.finditer(label)]
    if words and words[-1] in _table(language) and _table(language)[words[-1]].kind == "note":
        return Meaning("note")
    found = _opening(label, language)
    if found is None:
        return None
    meaning, end = found
    rest = label[end:].split(maxsplit=1)
    return meaning if not rest or rest[0].lower() in _links(language) else None


def _opening(text: str, language: str) -> tuple[Meaning, int] | None:
    """Return what ``text`` begins with means, and how long that beginning is.

    Several roles may be joined: "Transcription/HTML Markup", "Scanned and prepared".
    """
    found = _longest(text, 0, language)
    if found is None:
        return None
    meaning, end = found
    roles = [meaning.role]
    while meaning.kind == "credit" and (joint := JOINT.match(text, end)):
        further = _longest(text, joint.end(), language)
        if further is None or further[0].kind != "credit":
            break
        roles.append(further[0].role)
        end = further[1]
    role = " and ".join(dict.fromkeys(filter(None, roles)))
    return Meaning(meaning.kind, role), end


def _longest(text: str, start: int, language: str) -> tuple[Meaning, int] | None:
    """Return the meaning of the longest known run of words at ``start``, and its end."""
    table, adverbs = _table(language), _adverbs(language)
    words: list[str] = []
    ends: list[int] = []
    for match in WORD.finditer(text, start):
        word = match[0].lower()
        if not words and word in adverbs and word not in table:
            continue
        words.append(word)
        ends.append(match.end())
        if len(words) == MOST_WORDS:
            break
    for count in range(len(words), 0, -1):
        if meaning := table.get(" ".join(words[:count])):
            return meaning, ends[count - 1]
    return None


MOST_WORDS = 4


@cache
def _table(language: str) -> Mapping[str, Meaning]:
    labels = languages.load(language)["labels"]
    plain = {
        _key(text): Meaning(kind)
        for kind, texts in labels.items()
        if kind not in {"credit", "adverbs", "links"}
        for text in texts
    }
    credits_ = {
        _key(text): Meaning("credit", role)
        for role, texts in labels["credit"].items()
        for text in texts
    }
    return MappingProxyType(plain | credits_)


@cache
def _links(language: str) -> frozenset[str]:
    return frozenset(languages.load(language)["labels"]["links"])


@cache
def _adverbs(language: str) -> frozenset[str]:
    return frozenset(languages.load(language)["labels"]["adverbs"])


def _key(text: str) -> str:
    return " ".join(match[0].lower() for match in WORD.finditer(text))


def _trimmed(source: Source, span: Span) -> Span:
    """Return ``span`` without the white space at its ends.

    At its end only what XML takes for white space goes: other blanks are text, and must
    stay in a part of the letter.
    """
    text = source[span]
    start = span.start + len(text) - len(text.lstrip())
    return Span(min(start, span.end), max(start, span.start + len(text.rstrip(SPACE))))
