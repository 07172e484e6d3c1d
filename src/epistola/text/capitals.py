"""Find words that stand out by their letters: CAPITALS, l e t t e r s apart, a drop capital.

Words are set off only where the rest of the letter is written otherwise. Acronyms and
Roman numerals are capitals in any writing, so a word counts only if it is known, or written
elsewhere in the letter, with small letters (TEI P5, 3.3.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from epistola import gazetteer
from epistola.model import Annotation, Source, Span
from epistola.text.stretches import Stretch

PROSE = frozenset({"p", "item", "line", "note"})
"""Parts in which capitals stand out; headings and signatures have them anyway."""
UPPER = r"[^\W\d_a-zß-öø-ÿ]"
SHOUTED = rf"(?:{UPPER}{{2,4}}\.(?= {UPPER}{{2}})|{UPPER}{{2,}}(?:['’-]{UPPER}+)*)"
CAPITALS = re.compile(
    rf"(?<![\w'’.&/])(?:[AIO][ \n])*{SHOUTED}"
    rf"(?:[ \n](?:[AIO](?=[ \n]{UPPER}{{2}})|{SHOUTED}))*(?![\w'’/&]|\.\w)"
)
"""Words in capitals; a short one may end in a stop: "DEAR DR. ABEL"."""
WORD = re.compile(r"[^\W\d_]+")
ROMAN = re.compile(r"[IVXLCDM]+")
APART = re.compile(r"(?<![\w'’.])[^\W\d_](?: [^\W\d_]){2,}(?![\w'’]| [^\W\d_]\b)")
DROPPED = re.compile(rf"(?P<first>{UPPER}) (?P<rest>{UPPER}{{1,}}|[a-zà-öø-ÿ]{{2,}})(?![\w'’.])")
MOST_CAPITALS = 0.3
"""A text of which more letters are capitals is all in capitals: none stands out."""
SHORTEST = 3
"""A word of fewer letters is set off only beside a longer one."""


def capitals(source: Source, found: Iterable[Stretch]) -> Iterator[Annotation]:
    """Yield the words in capitals, letters apart, and drop capitals: kind ``highlight``."""
    small = _written(source)
    letters = sum(map(str.isalpha, source.text))
    shouted = sum(map(str.isupper, source.text)) > MOST_CAPITALS * letters
    for stretch in found:
        if stretch.kind not in PROSE:
            continue
        yield from _apart(source, stretch, small)
        yield from _dropped(source, stretch, small)
        if not shouted:
            yield from _capitals(source, stretch, small)


def _is_shouted(text: str) -> bool:
    """Return whether capitals are the rule in ``text``, as in a heading."""
    return 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text))


def _written(source: Source) -> Counter[str]:
    """Return how often each word is written with small letters."""
    return Counter(word for word in WORD.findall(source.text) if word.islower())


def _is_word(word: str, small: Counter[str]) -> bool:
    """Return whether ``word`` is one that the letter or the language writes small."""
    known = gazetteer.load().known
    return word.lower() in small or known(word.lower(), "word") or known(word.title(), "word")


def _capitals(source: Source, stretch: Stretch, small: Counter[str]) -> Iterator[Annotation]:
    found = list(CAPITALS.finditer(source.text, stretch.span.start, stretch.span.end))
    if not found or _is_shouted(source[stretch.span]):
        return
    for match in found:
        words = [word for word in WORD.findall(match[0]) if len(word) >= SHORTEST]
        plain = [word for word in words if not ROMAN.fullmatch(word)]
        if plain and all(_stands_out(word, small) for word in plain):
            yield _highlight(Span(*match.span()), "caps")


def _stands_out(word: str, small: Counter[str]) -> bool:
    """Return whether ``word`` in capitals is no acronym."""
    return word.lower() in small or (len(word) > SHORTEST and _is_word(word, small))


def _apart(source: Source, stretch: Stretch, small: Counter[str]) -> Iterator[Annotation]:
    for match in APART.finditer(source.text, stretch.span.start, stretch.span.end):
        joined = match[0].replace(" ", "")
        if not joined.isupper() and _is_word(joined, small):
            yield _highlight(Span(*match.span()), "letterspaced")


def _dropped(source: Source, stretch: Stretch, small: Counter[str]) -> Iterator[Annotation]:
    """Yield the capital that a space parts from its word: "T HE morning"."""
    match = DROPPED.match(source.text, stretch.span.start, stretch.span.end)
    if match is None or stretch.kind != "p":
        return
    joined = match["first"] + match["rest"]
    known = joined.lower() in small if len(joined) < SHORTEST else _is_word(joined, small)
    if not known:
        return
    if match["first"] in "AIO" and (len(match["rest"]) > 1 and _is_word(match["rest"], small)):
        return
    yield _highlight(Span(*match.span("first")), "dropcap")


def _highlight(span: Span, rend: str) -> Annotation:
    return Annotation(span, "highlight", f"capitals.{rend}", {"rend": rend})
