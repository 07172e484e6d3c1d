"""What the tables of marks within a paragraph share: a marked line, taken for one part."""

from __future__ import annotations

from epistola.model import Annotation, Source, Span
from epistola.text.paragraphs import Paragraph, paragraphs
from epistola.text.stretches import Stretch, stretches


def stretched(source: Source, kind: str = "p", outer: str = "") -> list[Stretch]:
    """Return the whole of ``source`` as one part of the kind ``kind``."""
    whole = Span(0, len(source.text))
    parts = [Annotation(whole, kind)]
    return list(stretches([Annotation(whole, outer), *parts] if outer else parts))


def set_in(text: str) -> tuple[Source, list[Paragraph]]:
    """Return the paragraphs of a letter in which each block is one."""
    source = Source("set", text)
    parts = [Annotation(Span(0, len(text)), "letter")]
    start = 0
    for block in text.split("\n\n"):
        words = block.strip(" \n")
        at = text.index(words, start)
        parts.append(Annotation(Span(at, at + len(words)), "p"))
        start = at + len(words)
    return source, paragraphs(source, parts)
