"""Cut units where a part may end within a line.

"…what I said. I am, Sir, your obedient servant," holds the end of the text and leave;
"Yours truly, J. Smith." leave and a signature; "Ely, 3 May. Dear Sir," a date and a
salutation. A cut is an offer: pieces that the walk takes for one part stay one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from epistola.model import Source, Span
from epistola.text.blocks import Unit
from epistola.text.look import EMPHASIS, is_dated, is_name
from epistola.text.words import LETTERS, Words, addresses, cues, is_leave, words_of

SENTENCE = re.compile(r"(?:[.!?;]['\")\]]*|--|—)\s+(?=[\"'(]?[A-ZÀ-ÖØ-Þ])")
JOINT = re.compile(r"(?:[,.:;]|--|—|–)\s+(?=[A-ZÀ-ÖØ-Þ(])")
LEAST_TEXT = 40
LONGEST_LEAVE = 260
LONGEST_LINE = 130
LONGEST_DATE = 80
LONGEST_CLOSE = 100
"""What follows the last paragraph of a letter, a line of its closer, is no longer than this."""
LAST_WORDS = 6


def cut(source: Source, found: Sequence[Unit], language: str) -> tuple[Unit, ...]:
    """Return the units, those in which a part may end in two or three pieces."""
    words = words_of(language)
    return tuple(
        piece
        for at, unit in enumerate(found)
        for piece in _pieces(source, unit, words, closing=_may_close(found, at))
    )


def _may_close(found: Sequence[Unit], at: int) -> bool:
    return at + 1 == len(found) or len(found[at + 1].span) <= LONGEST_CLOSE


def _pieces(source: Source, unit: Unit, words: Words, *, closing: bool) -> Iterator[Unit]:
    text = source.folded[unit.span.start : unit.span.end].translate(BLANKED)
    starts = [0]
    if (salute := _after_date(text, words)) is not None:
        starts.append(salute)
    if closing and (leave := _leave(text, words)) is not None and leave > starts[-1]:
        starts.append(leave)
    name = _name(text[starts[-1] :], words)
    if name is not None:
        starts.append(starts[-1] + name)
    yield from _cut_at(source, unit, starts)


BLANKED = {char: " " for char in EMPHASIS}
"""Marks of emphasis as blanks, which leave every character in its place."""


def _cut_at(source: Source, unit: Unit, starts: Sequence[int]) -> Iterator[Unit]:
    if len(starts) == 1:
        yield unit
        return
    places = [unit.span.start + start for start in starts]
    for start, end in zip(places, [*places[1:], unit.span.end], strict=True):
        piece = source.text[start:end]
        lines = piece.strip().count("\n") + 1
        yield replace(unit, span=Span(start, start + len(piece.rstrip())), lines=lines)


def _after_date(text: str, words: Words) -> int | None:
    """Return where a salutation begins after a date: "Ely, 3 May 1801. Dear Sir,"."""
    for joint in JOINT.finditer(text, 0, LONGEST_DATE):
        before, after = text[: joint.start()], text[joint.end() :]
        if addresses(after, words) and is_dated(before, _lower(before), words):
            return joint.end()
    return None


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


def _lower(text: str) -> list[str]:
    return [word.lower() for word in LETTERS.findall(text)]
