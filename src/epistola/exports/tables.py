"""Letters, what they mention, and the entries of registers as tables: which columns, which rows.

``csv`` and ``json`` write them. The letters are read once; while the mentions are written, the
rows of the other tables wait in temporary files, so that memory does not grow with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryFile
from types import MappingProxyType
from typing import IO, Any

from epistola.exports.entries import Known
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Mention, Named
from epistola.model import DATING

Cell = str | int | float | list[str] | dict[str, str] | None
"""A text; a number, or None where it is not known; several texts; values by their names."""
WORD = re.compile(r"\w+")
"""What is counted as a word."""
CONTEXT = 60
"""So many characters before and after a mention are shown with it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells are ("text", "number", "texts", "values"), and mean.

    ``read`` returns the cell of what a row is about.
    """

    name: str
    sort: str
    meaning: str
    read: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Told:
    """A mention, with the letter that it stands in, and which one in it it is, from one."""

    letter: ExportedLetter
    mention: Mention
    number: int


def count_words(text: str) -> int:
    """Return how many words are in ``text``: runs of letters, digits and underscores.

    >>> count_words("Mr. Bell's 2 letters")
    5
    """
    return sum(1 for _ in WORD.finditer(text))


# ---- letters


def _called(who: Iterable[Named]) -> list[str]:
    return [one.text or (one.entry.name if one.entry else "") for one in who]


def _keys(who: Iterable[Named]) -> list[str]:
    return [one.key for one in who]


def _dated(name: str) -> Column:
    meaning = f"of that date, TEI's @{name}"
    return Column(
        name, "text", meaning, lambda one: one.date.dating.get(name, "") if one.date else ""
    )


LETTERS: tuple[Column, ...] = (
    Column("letter", "text", "its name, unique in an export", lambda one: one.name),
    Column("title", "text", "its title", lambda one: one.title),
    Column("language", "text", "its language, BCP 47", lambda one: one.language),
    Column("sender", "texts", "who sent it, as it says", lambda one: _called(one.sender)),
    Column("sender_key", "texts", "their entries", lambda one: _keys(one.sender)),
    Column("addressee", "texts", "who received it", lambda one: _called(one.addressee)),
    Column("addressee_key", "texts", "their entries", lambda one: _keys(one.addressee)),
    Column(
        "place", "text", "where it was sent from", lambda one: one.place.text if one.place else ""
    ),
    Column("place_key", "text", "its entry", lambda one: one.place.key if one.place else ""),
    Column(
        "date", "text", "when it was sent, in words", lambda one: one.date.text if one.date else ""
    ),
    *map(_dated, DATING),
    Column("characters", "number", "code points of its text", lambda one: len(one.text)),
    Column("words", "number", "runs of `\\w` in its text", lambda one: count_words(one.text)),
    Column("mentions", "number", "mentions in its text", lambda one: len(one.mentions)),
    Column("file", "text", "the name of its file", lambda one: one.path.name),
)

# ---- mentions


def _before(one: Told) -> str:
    start = one.mention.span.start
    return " ".join(one.letter.text[max(0, start - CONTEXT) : start].split())


def _after(one: Told) -> str:
    end = one.mention.span.end
    return " ".join(one.letter.text[end : end + CONTEXT].split())


def _when(name: str) -> Column:
    meaning = f"TEI's @{name}, as all values the normal form"
    return Column(name, "text", meaning, lambda one: one.mention.values.get(name, ""))


def _other_values(one: Told) -> dict[str, str]:
    return {name: value for name, value in one.mention.values.items() if name not in DATING}


MENTIONS: tuple[Column, ...] = (
    Column("letter", "text", "the name of its letter", lambda one: one.letter.name),
    Column("number", "number", "which mention in the letter, from 1", lambda one: one.number),
    Column("kind", "text", "`person`, `place`, `date` ...", lambda one: one.mention.kind),
    Column("text", "text", "its words as they are written", lambda one: one.mention.text),
    Column(
        "key",
        "text",
        "the entry that is meant, else the pointer",
        lambda one: one.mention.key,
    ),
    Column(
        "entry",
        "text",
        "the name of that entry",
        lambda one: one.mention.entry.name if one.mention.entry else "",
    ),
    Column(
        "start",
        "number",
        "where it begins in the text, in code points",
        lambda one: one.mention.span.start,
    ),
    Column("end", "number", "where it ends", lambda one: one.mention.span.end),
    Column(
        "part", "text", "the part of the letter: `salute`, `body` ...", lambda one: one.mention.part
    ),
    Column("before", "text", f"the text before it, {CONTEXT} characters", _before),
    Column("after", "text", f"the text after it, {CONTEXT} characters", _after),
    *map(_when, DATING),
    Column("values", "values", "its other attributes: `level`, `unit`, `type` ...", _other_values),
    Column("cert", "text", "TEI's @cert, where it is not certain", lambda one: one.mention.cert),
    Column("resp", "text", "who holds it to be so", lambda one: one.mention.resp),
    Column(
        "pointer", "text", "what leads to the entry, as written", lambda one: one.mention.pointer
    ),
)

# ---- entries


def _fact(name: str, meaning: str) -> Column:
    return Column(name, "text", meaning, lambda one: one.entry.values.get(name, ""))


def _degrees(name: str, which: int) -> Column:
    def read(one: Known) -> Cell:
        return one.coordinates[which] if one.coordinates else None

    return Column(name, "number", "in degrees", read)


FACTS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "persons": (
            _fact("forename", "forename"),
            _fact("surname", "surname"),
            _fact("title", "title or role"),
            _fact("birth", "date of birth"),
            _fact("death", "date of death"),
        ),
        "places": (
            _fact("type", "what sort of place it is"),
            _fact("within", "the places that it lies in"),
            _degrees("latitude", 0),
            _degrees("longitude", 1),
        ),
        "works": (
            _fact("title", "its own title"),
            _fact("level", "TEI's @level of it"),
            _fact("author", "the author, or the author's key"),
            _fact("journal", "the journal that it is in"),
            _fact("book", "the book that it is in"),
        ),
        "organisations": (_fact("type", "what sort of organisation it is"),),
        "events": (
            _fact("type", "what sort of event it is"),
            *(_fact(name, f"TEI's @{name}") for name in DATING),
        ),
        "others": (Column("kind", "text", "`term`, `object`, `name`", lambda one: one.kind),),
    }
)
"""What is told of the entries of each kind besides what is told of all."""
OF_KIND: Mapping[str, str] = MappingProxyType(
    {"person": "persons", "place": "places", "work": "works", "org": "organisations"}
    | {"event": "events"}
)
"""Kind of entry -> its table; every other kind is in "others"."""


def _rest(told: frozenset[str]) -> Callable[[Known], Cell]:
    def read(one: Known) -> Cell:
        return {name: value for name, value in one.entry.values.items() if name not in told}

    return read


def _entry_columns(facts: tuple[Column, ...]) -> tuple[Column, ...]:
    told = frozenset(column.name for column in facts)
    return (
        Column("key", "text", "its key, unique in an export", lambda one: one.key),
        Column("name", "text", "the fullest form of its name", lambda one: one.name),
        Column("names", "texts", "all forms of its name", lambda one: list(one.names)),
        Column("register", "text", "the file of its register", lambda one: one.register),
        *facts,
        Column("values", "values", "what else is known of it", _rest(told)),
        Column(
            "numbers",
            "texts",
            "authority numbers, `GND:118` ...",
            lambda one: [f"{sort}:{number}" for sort, number in one.numbers],
        ),
        Column("note", "text", "what an editor says of it", lambda one: one.note),
    )


TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {"letters": LETTERS, "mentions": MENTIONS}
    | {name: _entry_columns(facts) for name, facts in FACTS.items()}
)
"""The tables by their names, each with its columns."""

# ---- rows

Writer = Callable[[str, list[Cell]], str]
"""Returns a row of a table as it is written."""


def write_tables(letters: Letters, write: Writer) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield each table: its name and its rows as ``write`` writes them, the mentions first.

    The rows of a table are all to be taken before the next table is asked for.
    """
    with ExitStack() as stack:
        waiting: dict[str, IO[str]] = {
            name: stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline=""))
            for name in TABLES
            if name != "mentions"
        }
        yield "mentions", _mentions(letters, write, waiting)
        for name, file in waiting.items():
            file.seek(0)
            yield name, iter(file)


def _mentions(letters: Letters, write: Writer, waiting: Mapping[str, IO[str]]) -> Iterator[str]:
    """Yield the rows of the mentions, and lay those of the other tables aside."""
    taken = {entry.key for entry in letters.register}
    _lay_aside(letters.register, write, waiting)
    for letter in letters:
        waiting["letters"].write(write("letters", row("letters", letter)))
        new = [entry for entry in letter.entries if entry.key not in taken]
        taken.update(entry.key for entry in new if entry.register)
        _lay_aside(new, write, waiting)
        for number, mention in enumerate(letter.mentions, 1):
            yield write("mentions", row("mentions", Told(letter, mention, number)))


def _lay_aside(entries: Iterable[Known], write: Writer, waiting: Mapping[str, IO[str]]) -> None:
    for entry in entries:
        name = OF_KIND.get(entry.kind, "others")
        waiting[name].write(write(name, row(name, entry)))


def row(table: str, one: object) -> list[Cell]:
    """Return the cells of the row of ``table`` that is about ``one``."""
    return [column.read(one) for column in TABLES[table]]
