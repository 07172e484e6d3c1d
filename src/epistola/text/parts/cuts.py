"""Cut units where a part may end within a line.

"Yours truly, J. Smith." is leave and a signature, "Ely, 3 May. Dear Sir," a date and a
salutation. A cut is an offer: pieces that the walk takes for one part stay one. Leave at
the end of a paragraph is found, too, but stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from epistola import gazetteer
from epistola.model import Source, Span
from epistola.text.blocks import SPACE, Unit
from epistola.text.look import EMPHASIS
from epistola.text.shapes import INITIALS, is_dated, is_name, is_proper
from epistola.text.words import LETTERS, Words, addresses, cues, is_leave, words_of

SENTENCE = re.compile(r"(?:[.!?;]['\")\]]*|--|—)\s+(?=[\"'(]?[A-ZÀ-ÖØ-Þ])")
CLAUSE = re.compile(r"[,;:.!?]['\")\]]*\s+(?=[^\W\d_])")
SPACES = re.compile(r"\s+")
JOINT = re.compile(r"(?:[,.:;]|--|—|–)\s+(?=[A-ZÀ-ÖØ-Þ(])")
WIDE = re.compile(r"(?<=\w[.,:;!?_])[ \t]{4,}(?=[\w_(\[])|(?<=\w)[ \t]{4,}(?=[\w_(\[])")
"""What parts two columns of a line: "Sir,          Ely, 3 May 1801"."""
LEAST_TEXT = 20
LONGEST_LEAVE = 260
LONGEST_LINE = 130
LONGEST_DATE = 80
LAST_WORDS = 6


def cut(source: Source, found: Sequence[Unit], language: str) -> tuple[Unit, ...]:
    """Return the units, those in which a part may end in two or three pieces."""
    words = words_of(language)
    lines = _signed(source, found, words)
    return tuple(piece for unit in lines for piece in _pieces(source, unit, words))


def _signed(source: Source, found: Sequence[Unit], words: Words) -> Iterator[Unit]:
    """Yield the units; of "(Signed)" or "Per pro." and the name in the line below, one."""
    held: Unit | None = None
    for unit in found:
        if held is not None and _names(source, held, unit, words):
            yield replace(held, span=Span(held.span.start, unit.span.end), lines=2)
            held = None
            continue
        if held is not None:
            yield held
        held = unit if _is_signed(source, unit, words) else None
        if held is None:
            yield unit
    if held is not None:
        yield held


def _is_signed(source: Source, unit: Unit, words: Words) -> bool:
    """Return whether a line says that a name follows, and no more."""
    line = source.folded[unit.span.start : unit.span.end]
    return len(line) <= LONGEST_SIGNED and line.lower().rstrip(":, ") in words.cues["signed"]


LONGEST_SIGNED = 20


def _names(source: Source, held: Unit, unit: Unit, words: Words) -> bool:
    """Return whether a unit is a name right below the one before."""
    name = source.folded[unit.span.start : unit.span.end]
    return unit.block == held.block and is_name(name, LETTERS.findall(name), words)


def _pieces(source: Source, unit: Unit, words: Words) -> Iterator[Unit]:
    text = source.folded[unit.span.start : unit.span.end].translate(BLANKED)
    starts = [0]
    if (salute := _after_date(text, words)) is not None:
        starts.append(salute)
    elif unit.lines == 1 and (wide := WIDE.search(source[unit.span], 0, LONGEST_LINE)):
        starts.append(wide.end())
    elif len(text) <= LONGEST_LINE and text.endswith(",") and (at := _leave(text, words)):
        starts.append(at)
    name = _name(text, words) if len(text) <= LONGEST_LINE else None
    name = _last_line(text, words) if name is None else name
    if name is not None and name > starts[-1]:
        starts.append(name)
    yield from _cut_at(source, unit, starts)


BLANKED = dict.fromkeys(EMPHASIS, " ")
"""Marks of emphasis as blanks, which leave every character in its place."""


def _cut_at(source: Source, unit: Unit, starts: Sequence[int]) -> Iterator[Unit]:
    if len(starts) == 1:
        yield unit
        return
    places = [unit.span.start + start for start in starts]
    for start, end in zip(places, [*places[1:], unit.span.end], strict=True):
        piece = source.text[start:end]
        lines = piece.strip().count("\n") + 1
        yield replace(unit, span=Span(start, start + len(piece.rstrip(SPACE))), lines=lines)


def _after_date(text: str, words: Words) -> int | None:
    """Return where a salutation begins after a date: "Ely, 3 May 1801. Dear Sir,"."""
    for joint in JOINT.finditer(text, 0, LONGEST_DATE):
        before, after = text[: joint.start()], text[joint.end() :]
        if addresses(after, words) and is_dated(before, _lower(before), words):
            return joint.end()
    return None


def leave(
    source: Source, span: Span, language: str, *, only: bool
) -> tuple[Span | None, Span | None]:
    """Return the leave that a last paragraph ends with, and the name that signs it, if any.

    "...what I said. I am, Sir, your obedient servant, J. Mill." has both; a name in
    capitals signs without leave. Where it is the ``only`` leave of the letter it may be
    the end of a sentence, or short: "God bless you!".
    """
    words = words_of(language)
    start = max(span.start, span.end - LONGEST_LEAVE - LEAST_TEXT)
    text = source.folded[start : span.end].translate(BLANKED)
    begin = _leave(text, words)
    if begin is None and only:
        begin = _end_of_sentence(text, words)
    if begin is None:
        return _signature(text, start, words)
    name = _name(text[begin:], words)
    end = len(text) if name is None else begin + len(text[begin : begin + name].rstrip())
    signed = None if name is None else Span(start + begin + name, span.end)
    return Span(start + begin, start + end), signed


def _signature(text: str, start: int, words: Words) -> tuple[None, Span | None]:
    """Return the name in capitals that a text ends with after a sentence: "It rains. C. M."."""
    for joint in SENTENCE.finditer(text, LEAST_TEXT):
        name = text[joint.end() :].strip()
        found = LETTERS.findall(name)
        initials = len(found) > 1 and INITIALS.fullmatch(name)
        named = initials or (is_name(name, found, words) and len(found[-1]) > 1)
        if name.isupper() and named:
            return None, Span(start + joint.end(), start + len(text))
    return None, None


def _leave(text: str, words: Words) -> int | None:
    """Return where the last sentence begins if it takes leave and so does its end.

    "Hoping to hear from you, I remain yours truly," does; "I am your friend and therefore
    must tell you this." does not.
    """
    least = max(LEAST_TEXT, len(text) - LONGEST_LEAVE)
    found = [joint.end() for joint in SENTENCE.finditer(text, min(least, len(text)))]
    for start in reversed(found):
        if _takes_leave(text[start:], words):
            return start
    return None


def _end_of_sentence(text: str, words: Words) -> int | None:
    """Return where leave begins that is the end of a sentence, or a short farewell."""
    clauses = (joint.end() for joint in CLAUSE.finditer(text, LEAST_TEXT))
    spaces = (space.end() for space in SPACES.finditer(text, LEAST_TEXT))
    begin = next((start for start in clauses if _ends_in_leave(text[start:], words)), None)
    if begin is None:
        begin = next((start for start in spaces if _is_long_leave(text[start:], words)), None)
    return begin


def _ends_in_leave(text: str, words: Words) -> bool:
    """Return whether a clause takes leave to its end: "believe me, Anne, that I am yours"."""
    lower = _lower(text)
    phrases = (" ".join(lower[:count]) for count in range(2, 6))
    opens = any(phrase in words.cues["valediction"] for phrase in phrases)
    return (opens and _takes_leave(text, words)) or _only_leave(text, words)


def _only_leave(text: str, words: Words) -> bool:
    """Return whether the end of a sentence takes leave and does nothing else.

    "I shall write soon, and believe me, ever, your affectionate"; or says a short farewell.
    """
    line = _unsigned(text, words)
    lower = _lower(line)
    if "farewell" not in cues(line, words):
        return len(lower) >= LEAST_WORDS and _is_whole_leave(text, words)
    return len(line) <= LONGEST_FAREWELL or words.leavetaking.issuperset(lower)


def _is_whole_leave(text: str, words: Words) -> bool:
    """Return whether all words are of leave, as is what they open with: "I am your dutiful son"."""
    line = _unsigned(text, words)
    whole = is_leave(_lower(line), words)
    return whole and "valediction" in cues(line, words)


def _is_long_leave(text: str, words: Words) -> bool:
    return len(text) >= LEAST_TEXT and _is_whole_leave(text, words)


def _unsigned(text: str, words: Words) -> str:
    """Return ``text`` without the name that signs it, if any."""
    name = _name(text, words)
    return text if name is None else text[:name]


LONGEST_FAREWELL = 75
LEAST_WORDS = 3


def _takes_leave(text: str, words: Words) -> bool:
    name = _name(text, words)
    line = text if name is None else text[:name]
    last = _lower(line)[-LAST_WORDS:]
    ends = is_leave(last[-2:], words) and not words.valedictory.isdisjoint(last)
    return ends and ("valediction" in cues(text, words) or is_leave(_lower(line), words))


def _name(text: str, words: Words) -> int | None:
    """Return where a signature begins after words of leave in one line."""
    if len(text) > LONGEST_LEAVE:
        return None
    for joint in reversed(list(JOINT.finditer(text))):
        name = text[joint.end() :].strip()
        found = LETTERS.findall(name)
        last = _lower(text[: joint.start()])[-LAST_WORDS:]
        if not is_name(name, found, words) or is_leave([w.lower() for w in found], words):
            continue
        short = joint[0].startswith(".") and len(last[-1:] and last[-1]) < LEAST_STOPPED
        if short or not is_leave(last[-2:], words) or words.valedictory.isdisjoint(last):
            continue
        return joint.end()
    return None


LEAST_STOPPED = 4
"""A shorter word before a full stop is an abbreviation or an initial: "Dein tr. Hans"."""


def _last_line(text: str, words: Words) -> int | None:
    """Return where the last line begins if it is a known name alone, below a whole sentence.

    In a text with full lines such a line looks like the paragraph's last.
    """
    start = text.rfind("\n") + 1
    name = text[start:].strip()
    found = LETTERS.findall(name)
    if not start or len(name) > LONGEST_SIGNED or not text[:start].rstrip().endswith(ENDS):
        return None
    proper = is_name(name, found, words) and is_proper(name, found)
    return start if proper and gazetteer.load().known(found[0].title(), "forename") else None


ENDS = (".", "!", "?")


def _lower(text: str) -> list[str]:
    return [word.lower() for word in LETTERS.findall(text)]
