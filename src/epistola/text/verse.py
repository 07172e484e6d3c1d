"""Find verse: lines that end before the margin makes them, each begun with a capital.

Verse is ``lg`` with ``l`` (TEI P5, 3.13); one that stands in quotation marks from its first
line to its last is a quotation, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from epistola.model import LIKELY, Annotation, Source, Span
from epistola.text.paragraphs import COLUMNS, Line, Measure, Paragraph, announced, runs
from epistola.text.words import words_of

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
OPENING = re.compile(r"[\"'“‘„«»_*(\[—–-]*")
QUOTES = frozenset('"“”„«»')
LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?:\s")
LONGEST = 64
"""A line of verse has hardly more characters than this."""
CAPITALISED = 0.8
"""The least share of lines that begin with a capital."""
LEAST_WORDS = 3.5
"""Lines with fewer words on average are rather names or addresses."""
LEAST_SMALL = 0.55
"""The least share of words without a capital."""
LEAST_LINES = 4
"""So many lines make verse where they are not stepped in; stepped in, two do."""
STEPPED = 2


def verse(
    source: Source, found: Sequence[Paragraph], set_: Measure, language: str
) -> Iterator[tuple[list[Paragraph], list[Annotation]]]:
    """Yield runs of paragraphs that are stanzas, each with what it becomes.

    Kinds ``verse`` and ``line``, within an ``extract`` where quotation marks are around, or
    where the paragraph before announces what is stepped in.
    """
    before = {paragraph.at + 1: paragraph for paragraph in found}
    for group in runs(
        found,
        lambda paragraph: is_verse(source, paragraph, set_, language, before.get(paragraph.at)),
    ):
        stanzas = [a for paragraph in group for a in _stanza(paragraph)]
        whole = Span(group[0].part.span.start, group[-1].part.span.end)
        if _is_quoted(source[whole]):
            stanzas.insert(0, Annotation(whole, "extract", "verse.quoted"))
        elif group[0].lines[0].indent > set_.indent and announced(source, before.get(group[0].at)):
            stanzas.insert(0, Annotation(whole, "extract", "verse.announced", certainty=LIKELY))
        yield group, stanzas


def _stanza(paragraph: Paragraph) -> Iterator[Annotation]:
    yield Annotation(paragraph.part.span, "verse", "verse.lines")
    yield from (Annotation(line.span, "line", "verse.lines") for line in paragraph.lines)


def is_verse(
    source: Source,
    paragraph: Paragraph,
    set_: Measure,
    language: str,
    before: Paragraph | None = None,
) -> bool:
    """Return whether the lines of ``paragraph`` are meant as they are, and are sentences' parts.

    Lines that are stepped in, and are announced by the paragraph ``before`` or stand in
    quotation marks, may begin small.
    """
    lines = paragraph.lines
    stepped = all(line.indent >= set_.indent + STEPPED for line in lines)
    if len(lines) < (2 if stepped else LEAST_LINES):
        return False
    texts = [source[line.span] for line in lines]
    return (
        max(map(len, texts)) <= LONGEST
        and all(" " in text for text in texts)
        and _are_short(source, lines, set_)
        and (_begin_large(texts) or (stepped and _is_told(source, paragraph, before)))
        and _are_worded(texts)
        and not (len(texts) < LEAST_LINES and _takes_leave(texts[-1], lines[-1], set_, language))
        and not any(COLUMNS.search(text.rstrip(". ")) or LABEL.match(text) for text in texts)
    )


def _is_told(source: Source, paragraph: Paragraph, before: Paragraph | None) -> bool:
    return announced(source, before) and _is_quoted(source[paragraph.part.span])


def _are_short(source: Source, lines: Sequence[Line], set_: Measure) -> bool:
    """Return whether the next line's first word would have stood behind nearly every line."""
    words = [source[line.span].split(maxsplit=1)[0] for line in lines[1:]]
    fitting = [
        line.indent + len(line.span) + 1 + len(word) <= set_.width
        for line, word in zip(lines, words, strict=False)
    ]
    return sum(fitting) >= len(fitting) * CAPITALISED


def _begin_large(texts: Sequence[str]) -> bool:
    first = [OPENING.sub("", text, count=1)[:1] for text in texts]
    return sum(char.isupper() for char in first) >= CAPITALISED * len(first)


def _are_worded(texts: Sequence[str]) -> bool:
    """Return whether the lines are made of words as sentences are, and hold hardly a number."""
    words = [word for text in texts for word in WORD.findall(text)]
    small = sum(word[0].islower() for word in words)
    digits = sum(any(char.isdecimal() for char in text) for text in texts)
    enough = len(words) >= LEAST_WORDS * len(texts)
    return enough and small >= LEAST_SMALL * len(words) and digits * 4 <= len(texts)


def _takes_leave(text: str, line: Line, set_: Measure, language: str) -> bool:
    """Return whether the last line of a few is rather a valediction, or a name to the right."""
    return line.indent > set_.width // 2 or not words_of(language).valedictory.isdisjoint(
        WORD.findall(text.lower())
    )


def _is_quoted(text: str) -> bool:
    return text[:1] in QUOTES and text.rstrip(".,;!?)_ ")[-1:] in QUOTES
