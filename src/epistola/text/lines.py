"""Keep the lines of the source: one ``lb`` where each new line of a paragraph begins.

Only within a part of the letter: between two of them a line begins anyway (TEI P5, 3.11.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from epistola.model import Annotation, Source, Span
from epistola.text.stretches import Stretch

LINE_END = re.compile(r"(?<=\S)[ \t]*(\n)(?=[ \t]*[^\s])")


def line_breaks(
    source: Source, found: Iterable[Stretch], cut: Iterable[Annotation] = ()
) -> Iterator[Annotation]:
    """Yield the line feeds within each stretch: kind ``lineBreak``.

    Those in ``cut`` are left out: they are known already, as breaks within a word.
    """
    known = {annotation.span for annotation in cut}
    for stretch in found:
        for match in LINE_END.finditer(source.text, stretch.span.start, stretch.span.end):
            span = Span(*match.span(1))
            if span not in known:
                yield Annotation(span, "lineBreak", "lines.kept")
