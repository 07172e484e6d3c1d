r"""Write a source and the annotations expected of it as one marked line.

>>> source, annotations = marked("I saw [person Mr. Marx] in [date when=1848 1848].")
>>> source.text
'I saw Mr. Marx in 1848.'
>>> [(a.kind, dict(a.values), source[a.span]) for a in annotations]
[('person', {}, 'Mr. Marx'), ('date', {'when': '1848'}, '1848')]

Marks nest; ``[pageBreak ]`` is a place between two characters. A bracket that the
text itself holds has a backslash before it: ``\[`` and ``\]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from epistola.model import Annotation, Source, Span

MARK = re.compile(
    r"\\(?P<bracket>[\[\]])"
    r"|\[(?P<kind>[a-z]\w*)(?P<values>(?: \w+=[^\s\]]+)*) "
    r"|(?P<close>\])|(?P<text>[^\[\]\\]+)"
)


def marked(line: str) -> tuple[Source, list[Annotation]]:
    text = ""
    opened: list[tuple[int, str, Mapping[str, str]]] = []
    annotations: list[Annotation] = []
    for mark in MARK.finditer(line):
        if mark["bracket"]:
            text += mark["bracket"]
        elif mark["text"]:
            text += mark["text"]
        elif mark["close"]:
            start, kind, values = opened.pop()
            annotations.append(Annotation(Span(start, len(text)), kind, values=values))
        else:
            pairs = (pair.split("=", 1) for pair in mark["values"].split())
            opened.append((len(text), mark["kind"], dict(pairs)))
    return Source("marked", text), in_order(annotations)


def in_order(annotations: Iterable[Annotation]) -> list[Annotation]:
    return sorted(annotations, key=lambda a: (a.span.start, -a.span.end, a.kind))


def claims(
    source: Source, annotations: Iterable[Annotation]
) -> list[tuple[str, str, dict[str, str]]]:
    """What a table compares: kind, text and normal forms, in the order of the text."""
    return [(a.kind, source[a.span], dict(a.values)) for a in in_order(annotations)]
