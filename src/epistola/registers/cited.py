"""Which work a citation means that points back: "op. cit.", "id.", "(oben N. 7)".

A surname means the works by its bearer that were cited before; the number of a note, or a
year, says which of several. "Ibid." alone means the work cited last, in the same note or as the
only one in the note before. What stays open is for an editor to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from epistola import language as languages
from epistola.model import Annotation, EntryId, Source

NOTE = re.compile(r"[\[(]?(?P<number>\d{1,3})[\])]?\.?\s")
PARAGRAPHS = "\n\n"


class Cited(NamedTuple):
    """A work that was cited: its entry, whose it is, when it appeared, and where it was cited.

    ``paragraph`` is where the note or paragraph begins, ``note`` its number, if it has one.
    """

    entry: EntryId
    surname: str
    when: str
    paragraph: int
    note: str


def cited(source: Source, mention: Annotation, entry: EntryId) -> Cited:
    """Return what is to be remembered of a citation that means ``entry``."""
    start = paragraph_of(source, mention)
    number = NOTE.match(source.text, start)
    surname = surname_of(mention.values.get("author", ""))
    return Cited(
        entry,
        surname,
        mention.values.get("date", "")[:4],
        start,
        number["number"] if number else "",
    )


def paragraph_of(source: Source, mention: Annotation) -> int:
    """Return where the paragraph begins that holds ``mention``."""
    blank = source.text.rfind(PARAGRAPHS, 0, mention.span.start)
    return 0 if blank < 0 else blank + len(PARAGRAPHS)


def surname_of(author: str) -> str:
    """Return the surname of a name, in small letters.

    >>> surname_of("A. Bly"), surname_of("Bly, Anna")
    ('bly', 'bly')
    """
    words = author.split(",", maxsplit=1)[0].split()
    return words[-1].lower() if words else ""


def meant(
    source: Source, letter_language: str, mention: Annotation, before: Sequence[Cited]
) -> tuple[EntryId, ...]:
    """Return the works that ``mention`` may mean, of those cited ``before`` it."""
    surname = surname_of(mention.values.get("author", ""))
    if surname:
        return _by(surname, mention, before)
    again = languages.load(letter_language).get("citations", {}).get("again", "")
    if "".join(mention.values["cue"].split()) not in again.split() or not before:
        return ()
    return _last(paragraph_of(source, mention), before)


def _by(surname: str, mention: Annotation, before: Sequence[Cited]) -> tuple[EntryId, ...]:
    note, date = mention.values.get("note"), mention.values.get("date")
    works = [work for work in before if work.surname == surname]
    works = [work for work in works if work.note and work.note == note] or works
    works = [work for work in works if work.when and work.when == date] or works
    return tuple(dict.fromkeys(work.entry for work in works))


def _last(paragraph: int, before: Sequence[Cited]) -> tuple[EntryId, ...]:
    """Return the work cited last; those of the note before, where it cites several."""
    last = before[-1]
    if last.paragraph == paragraph:
        return (last.entry,)
    same = [work.entry for work in before if work.paragraph == last.paragraph]
    return tuple(dict.fromkeys(same))
