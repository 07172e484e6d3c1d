"""Read the lines in which a page speaks of itself: "Source: ...", "Transcribed by ...".

A line has a label before a colon ("Author:", "Prepared for the Archive:") or
begins with the words of one ("Transcribed by", "From"). What follows is its value. A line
may say several things: "Source: The Loaf, 1909. Scanned by A. Baker."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from epistola import language as languages
from epistola.model import Field, Source, Span
from epistola.text.blocks import SPACE
from epistola.text.words import words_of

LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n.;“”\"]{1,70}?)\s?:(?=\s|$)")
WORD = re.compile(r"[^\W\d_][^\W\d_'-]*|©|\(c\)", re.IGNORECASE)
TURN = re.compile(r"[.;]\s*(?=[^\W\d_])|[(\[]\s*(?=[^\W\d_])")
"""Where a line may begin to speak of something else."""
BREAK = re.compile(r"\n\s*")
LONGEST = 400
"""A line without a label that is longer than this is prose, not a credit."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means: the kind of field, and for a credit what it was for."""

    kind: str
    role: str = ""


def read_fields(source: Source, line: Span, language: str) -> tuple[Field, ...]:
    """Return what ``line`` says, one field after the other; none where it holds prose.

    Within a line only a label with its colon, or a credit that names somebody, begins a
    new field. The span of each is the whole line; lines that a page has run together are
    taken apart.
    """
    lines = _lines(source, line, language)
    return tuple(field for one in lines for field in _line_fields(source, one, language))


def _lines(source: Source, span: Span, language: str) -> Iterator[Span]:
    """Yield the lines in ``span``; one that begins no field goes on with the one before."""
    breaks = [m.end() for m in BREAK.finditer(source.folded, span.start, span.end)]
    starts = [at for at in breaks if _turned(source, _to_break(source, at, span.end), language)]
    bounds = [span.start, *starts, span.end]
    for start, end in pairwise(bounds):
        yield _trimmed(source, Span(start, end)) if end < span.end else Span(start, end)


def _to_break(source: Source, start: int, end: int) -> Span:
    stop = source.text.find("\n", start, end)
    return Span(start, stop if stop >= 0 else end)


def _line_fields(source: Source, line: Span, language: str) -> tuple[Field, ...]:
    starts = [line.start, *_turns(source, line, language)]
    ends = [*starts[1:], line.end]
    whole = read_field(source, line, language)
    if len(starts) == 1 or whole is None:
        turned = [_turned(source, Span(start, line.end), language) for start in starts[1:]]
        found: Sequence[Field | None] = [whole] if whole else turned[-1:]
    else:
        pieces = (_stripped(source, Span(a, b)) for a, b in zip(starts, ends, strict=True))
        found = [read_field(source, piece, language) for piece in pieces]
    return tuple(replace(field, span=line) for field in found if field is not None)


def _turns(source: Source, line: Span, language: str) -> Iterator[int]:
    """Yield where within ``line`` a further field begins."""
    if len(line) > LONGEST:
        return
    for match in TURN.finditer(source.folded, line.start + 1, line.end):
        if _turned(source, Span(match.end(), line.end), language) is not None:
            yield match.end()


def _turned(source: Source, rest: Span, language: str) -> Field | None:
    field = read_field(source, _stripped(source, rest), language)
    if field is None or field.kind not in TURNING:
        return None
    named = field.kind == "credit" and doers(source, field, language)
    return field if field.label or named or field.kind == "updated" else None


TURNING = frozenset({"credit", "source", "written", "online", "rights", "updated"})


def _stripped(source: Source, span: Span) -> Span:
    """Return ``span`` without the bracket that ends it and did not begin in it."""
    text = source[span].rstrip()
    opened = text.count("(") + text.count("[")
    closed = text.count(")") + text.count("]")
    bare = text.rstrip(" .)]([") if closed != opened else text
    return Span(span.start, span.start + len(bare))


def doers(source: Source, field: Field, language: str) -> tuple[Span, ...]:
    """Return the names of those who did what a credit is for, whoever they did it for.

    "Transcribed for the Bread Archive by A. Baker & B. Miller in 1997" names two.
    """
    text, words = source.folded, _joints(language)
    start, end = field.value.start, field.value.end
    for match in words.by.finditer(text, start, end):
        if match.end() < end and _opens_name(text[match.end()]):
            start = match.end()
    if _ends_in_origin(text[field.span.start : start], language):
        return ()
    stop = words.stop.search(text, start, end)
    end = stop.start() if stop else end
    pieces = _pieces(text, Span(start, end), words)
    return tuple(piece for piece in pieces if _is_name(text, piece, language))


def from_what(source: Source, field: Field, language: str) -> Span | None:
    """Return what a credit says it was made from, if that is all it says: "from Le Pain"."""
    before = source.folded[field.span.start : field.value.start]
    return field.value if _ends_in_origin(before, language) else None


def _ends_in_origin(text: str, language: str) -> bool:
    before = text.rstrip()
    start = max(0, len(before) - LONGEST_ORIGIN)
    return _joints(language).origin.search(before, start) is not None


def _opens_name(char: str) -> bool:
    return char.isupper() or char == "@"


def _pieces(text: str, span: Span, words: _Joints) -> Iterator[Span]:
    """Yield what stands between the joints in ``span``, without the marks around it.

    What follows "of the" tells whose member one was, and is left out.
    """
    start = span.start
    for match in [*words.joint.finditer(text, span.start, span.end), None]:
        end = match.start() if match else span.end
        member = words.member.search(text, start, end)
        piece = text[start : member.start() if member else end]
        left = len(piece) - len(piece.lstrip(MARKS))
        bare = piece.rstrip(MARKS)
        dotted = INITIAL.search(bare + ".") is not None and piece[len(bare) :].startswith(".")
        if left < len(bare):
            yield Span(start + left, start + len(bare) + dotted)
        start = match.end() if match else span.end


LONGEST_ORIGIN = 12
MARKS = ' \t\n.,;:()[]"_*-–—'
INITIAL = re.compile(r"(?:^|[\s.])[A-Z]\.$|\b(?:Jr|Sr)\.$")


def _is_name(text: str, span: Span, language: str) -> bool:
    """Return whether a piece of a credit can be a name: capitals, and not what was done."""
    piece = text[span.start : span.end]
    found = piece.split()
    if len(found) > MOST_NAMES or not _opens_name(piece[0]):
        return False
    particles = languages.load(language)["letter"]["particles"]
    small = [word for word in found if word[0].islower() and word not in particles]
    if any(len(word) > LONGEST_PARTICLE for word in small):
        return False
    meaning = _longest(text, span.start, language)
    return meaning is None or meaning[0].kind != "credit" or meaning[1] > span.end


MOST_NAMES = 8
LONGEST_PARTICLE = 3


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
    credit = _joints(language).by.search(text)
    opening = text[: credit.start()] if credit and credit.start() < LABEL_REACH else text
    found = _opening(opening, language)
    if found is not None and credit is not None:  # "Updated by A. Baker" is no mere date
        fuller = _opening(text[: credit.end()], language)
        found = fuller if fuller and fuller[0].kind == "credit" else found
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
        return _misspelt(" ".join(words), language)
    meaning, end = found
    rest = label[end:].split(maxsplit=1)
    return meaning if not rest or rest[0].lower() in _links(language) else None


def _misspelt(label: str, language: str) -> Meaning | None:
    """Return what a label means that is one letter away from one that is known: "Trancribed"."""
    if len(label) < SHORTEST_MISSPELT:
        return None
    near = [m for key, m in _table(language).items() if _is_one_away(label, key)]
    return near[0] if near and all(m == near[0] for m in near) else None


SHORTEST_MISSPELT = 7


def _is_one_away(one: str, other: str) -> bool:
    """Return whether one letter changed, added or left out makes ``one`` the ``other``."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        return True
    rest, others = one[same:], other[same:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def _opening(text: str, language: str) -> tuple[Meaning, int] | None:
    """Return what ``text`` begins with means, and how long that beginning is.

    Several roles may be joined: "Transcription/HTML Markup", "Scanned and prepared".
    """
    found = _longest(text, 0, language)
    if found is None:
        return None
    meaning, end = found
    further = _longest(text, end, language) if meaning.kind == "credit" else None
    if further is not None and further[0].kind == "source":
        before = text[end : further[1]].strip().lower()
        if not _joints(language).origin.search(before):  # "This translation published in ..."
            return further
    roles = [meaning.role]
    while meaning.kind == "credit" and (joint := _joints(language).between.match(text, end)):
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
        if kind not in {"credit", "adverbs", "links", "joints"}
        for text in texts
    }
    credits_ = {
        _key(text): Meaning("credit", role)
        for role, texts in labels["credit"].items()
        for text in texts
    }
    return MappingProxyType(plain | credits_)


@dataclass(frozen=True, slots=True)
class _Joints:
    """The small words of a credit: by whom, between names, between roles, where names end."""

    by: re.Pattern[str]
    joint: re.Pattern[str]
    between: re.Pattern[str]
    origin: re.Pattern[str]
    member: re.Pattern[str]
    stop: re.Pattern[str]


@cache
def _joints(language: str) -> _Joints:
    data = languages.load(language)
    words = {key: "|".join(map(re.escape, some)) for key, some in data["labels"]["joints"].items()}
    months = "|".join(map(re.escape, sorted(words_of(language).calendar)))
    joint = rf"\s*(?:[/\\&,;+]|\b(?:{words['and']})\b)\s*"
    month = rf"\b(?i:{months})\.?,?\s+\d|\d"
    ends = rf"\b(?:{words['for']}|{words['from']}|{words['in']})\b|{month}|[(;\[]|{SENTENCE}"
    return _Joints(
        re.compile(rf"\s*\b(?:{words['by']})\b\s*", re.IGNORECASE),
        re.compile(joint, re.IGNORECASE),
        re.compile(rf"{joint}|\s+", re.IGNORECASE),
        re.compile(rf"\b(?:{words['from']})$"),
        re.compile(rf"\b(?:{words['of']})\b"),
        re.compile(ends),
    )


SENTENCE = r"(?<=[^\W\d_]{5})\.\s"
"""Where a sentence ends, but not after an initial or "Chas."."""


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
