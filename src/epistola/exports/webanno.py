"""Mentions as W3C Web Annotations: the text of a letter, and beside it what is said of it.

``NAME.txt`` is the text, ``NAME.jsonld`` a list of annotations of it, one a line, each with a
TextQuoteSelector and a TextPositionSelector (Web Annotation Data Model, 4.2.4 and 4.2.5).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from epistola.exports import Choice, File, FolderFormat
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Mention

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""So many characters before and after a quotation say which one is meant."""
UNITS = ("code-points", "utf-16")
"""What positions count: the characters of the standard, or those of JavaScript."""


def write(letters: Letters) -> Iterator[File]:
    """Yield the text and the annotations of each letter."""
    for letter in letters:
        yield File(f"{letter.name}.txt", [letter.text])
        yield File(f"{letter.name}.jsonld", annotated(letter, letters.choices))


def write_one(letters: Letters) -> Iterator[str]:
    """Yield the annotations of a single letter."""
    for letter in letters:
        yield from annotated(letter, letters.choices)


def annotated(letter: ExportedLetter, choices: Mapping[str, str]) -> Iterator[str]:
    """Yield the list of the annotations of ``letter``, as ``choices`` (of ``FORMAT``) want it."""
    source = f"{choices['base']}{quote(letter.name)}.txt"
    place = _utf_16(letter.text) if choices["positions"] == "utf-16" else None
    comma = "["
    for number, mention in enumerate(letter.mentions, 1):
        made = {
            "@context": CONTEXT,
            "id": f"{choices['base']}{quote(letter.name)}.jsonld#m{number}",
            "type": "Annotation",
            "motivation": "tagging",
            "body": list(_bodies(letter, mention)),
            "target": {"source": source, "selector": _selectors(letter.text, mention, place)},
        }
        yield f"{comma}\n{json.dumps(made, ensure_ascii=False)}"
        comma = ","
    yield "[]\n" if comma == "[" else "\n]\n"


def _bodies(letter: ExportedLetter, mention: Mention) -> Iterator[dict[str, str]]:
    """Yield the kind of ``mention``, where it points, and its other attributes."""
    yield {"type": "TextualBody", "purpose": "tagging", "value": mention.kind}
    for pointer in mention.pointer.split():
        whole = f"{quote(letter.path.name)}{pointer}" if pointer.startswith("#") else pointer
        yield {"type": "SpecificResource", "purpose": "identifying", "source": whole}
    for name, value in {**mention.values, "cert": mention.cert, "resp": mention.resp}.items():
        if value:
            yield {"type": "TextualBody", "purpose": "describing", "value": f"{name}={value}"}


def _selectors(text: str, mention: Mention, place: list[int] | None) -> list[dict[str, str | int]]:
    start, end = mention.span.start, mention.span.end
    return [
        {
            "type": "TextQuoteSelector",
            "exact": mention.text,
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {
            "type": "TextPositionSelector",
            "start": place[start] if place else start,
            "end": place[end] if place else end,
        },
    ]


def _utf_16(text: str) -> list[int]:
    """Return for each place in ``text`` how many units of UTF-16 are before it.

    >>> _utf_16("a𝕳b")
    [0, 1, 3, 4]
    """
    places = [0]
    for character in text:
        places.append(places[-1] + 1 + (character > "\uffff"))
    return places


FORMAT = FolderFormat(
    write,
    "W3C Web Annotations",
    ".jsonld",
    keeps="the text, every mention with its place, kind, entry and values",
    loses="mark-up besides mentions, and the header",
    choices=(
        Choice("positions", UNITS, "what positions count; JavaScript (Recogito) counts UTF-16"),
        Choice("base", ("",), "what stands before the names of the texts, to make them addresses"),
    ),
    alone=write_one,
)
