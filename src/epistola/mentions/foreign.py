"""Find words and phrases of another language that a letter borrows: kind ``foreign``, ``lang``.

The phrases are data (``[foreign]``); the longest wins. Accents may be missing ("vis-a-vis"),
a phrase may be broken over two lines, and its letters may be capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from epistola import language
from epistola.gazetteer import Names
from epistola.model import Annotation, Letter, Source, Span

WORD = re.compile(r"[^\W\d_]+")
PLAIN = str.maketrans(
    "àâäáãçéèêëíîïñóôöõùûüúÿæœ\n–", "aaaaaceeeeiiinoooouuuuyæœ -"
)  # one character for one, so that offsets hold
CERTAINTY = 0.95
PHRASE = "foreign.phrase"
"""The rule of a phrase that is on the list, not of a passage (see passages.py)."""


def foreign(source: Source, letter: Letter, _: Names) -> Iterator[Annotation]:
    """Yield the foreign phrases of ``source``, none inside another, in order."""
    phrases = _phrases(letter.language)
    text = source.folded.lower().translate(PLAIN)
    if len(text) != len(source.folded):  # a capital that has no small letter of the same length
        text = source.folded.translate(PLAIN)
    end = 0
    for word in WORD.finditer(text):
        if word.start() < end or word.group() not in phrases:
            continue
        for phrase, lang in phrases[word.group()]:
            stop = word.start() + len(phrase)
            if text.startswith(phrase, word.start()) and _is_edge(text, word.start(), stop):
                end = stop
                values = {"lang": lang}
                span = Span(word.start(), stop)
                yield Annotation(span, "foreign", PHRASE, values, None, CERTAINTY)
                break


def _is_edge(text: str, start: int, end: int) -> bool:
    """Return whether words begin and end there: "pro forma" is not in "pro formality"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum() or before in {"-", "'"} or after == "-")


@cache
def _phrases(code: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the phrases by their first word, the longest first, each with its language."""
    table: dict[str, list[tuple[str, str]]] = {}
    for lang, phrases in language.load(code)["foreign"].items():
        for phrase in filter(None, map(str.strip, phrases.split(";"))):
            plain = phrase.lower().translate(PLAIN)
            table.setdefault(WORD.findall(plain)[0], []).append((plain, lang))
    return {head: tuple(sorted(row, key=lambda p: -len(p[0]))) for head, row in table.items()}
