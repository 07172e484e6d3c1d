"""What letters read, a plain text each, and a table of what is known of them, to be counted.

For Voyant, AntConc, Stylo, MALLET and the like: ``corpus/NAME.txt`` in UTF-8, and
``metadata.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from types import MappingProxyType

from epistola.exports import Choice, File, FolderFormat
from epistola.exports.csv import line
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Mention, normalised
from epistola.exports.tables import LETTERS, WORD, Cell

METADATA = "metadata.csv"
MASKS: Mapping[str, str] = MappingProxyType(
    {"person": "persName", "persons": "persName", "place": "placeName", "org": "orgName"}
    | {"event": "eventName", "work": "workTitle", "title": "workTitle", "object": "objectName"}
    | {"name": "otherName"}
)
"""The kinds of mention that are names, and the word that stands for one that is masked."""
COUNTED = ("words", "types")
"""The columns about the text as it is exported, which stand last."""


def write(letters: Letters) -> Iterator[File]:
    """Yield the text of each letter, then the table."""
    with TemporaryFile("w+", encoding="utf-8", newline="") as table:
        table.write(line([*(column.name for column in COLUMNS), *COUNTED]))
        for letter in letters:
            name = f"corpus/{letter.name}.txt"
            text = reading(letter, letters.choices)
            table.write(line([*_told(letter, name), *_counted(text)]))
            yield File(name, [text])
        table.seek(0)
        yield File(METADATA, iter(table))


def write_one(letters: Letters) -> Iterator[str]:
    """Yield the text of a single letter."""
    for letter in letters:
        yield reading(letter, letters.choices)


COLUMNS = tuple(column for column in LETTERS if column.name not in COUNTED)


def _told(letter: ExportedLetter, name: str) -> list[Cell]:
    return [name if column.name == "file" else column.read(letter) for column in COLUMNS]


def _counted(text: str) -> tuple[int, int]:
    """Return how many words are in ``text``, and how many different ones, in small letters."""
    words = WORD.findall(text.lower())
    return len(words), len(set(words))


def reading(letter: ExportedLetter, choices: Mapping[str, str]) -> str:
    """Return what ``letter`` reads, as ``choices`` (those of ``FORMAT``) want it."""
    if choices["spelling"] == "normalised":
        letter = normalised(letter)
    return "".join(_pieces(letter, choices["names"]))


def _pieces(letter: ExportedLetter, names: str) -> Iterator[str]:
    """Yield the text of ``letter`` with other words for its names, if they are not "written"."""
    here = 0
    for mention in letter.mentions:
        word = _word(mention, names)
        if word and mention.span.start >= here:
            yield letter.text[here : mention.span.start]
            yield from _apart(letter.text, mention, word)
            here = mention.span.end
    yield letter.text[here:]


def _word(mention: Mention, names: str) -> str:
    """Return what is written for ``mention``; nothing where its own words are."""
    if names == "written" or mention.kind not in MASKS:
        return ""
    return MASKS[mention.kind] if names == "masked" else token(mention.key)


def token(key: str) -> str:
    """Return the word that stands for an entry: its key, of letters, digits and "_" alone.

    >>> token("letter-3/person-bell")
    'letter_3_person_bell'
    """
    return re.sub(r"\W+", "_", key).strip("_")


def _apart(text: str, mention: Mention, word: str) -> Iterator[str]:
    """Yield ``word``, with a space where letters around it would go on in it."""
    start, end = mention.span.start, mention.span.end
    before, after = WORD.match(text[start - 1 : start]), WORD.match(text[end : end + 1])
    yield f"{' ' if before else ''}{word}{' ' if after else ''}"


FORMAT = FolderFormat(
    write,
    "Plain texts with a table of metadata",
    ".txt",
    keeps="what a letter reads, every character of it; who, to whom, where, when",
    loses="mark-up; which names mean whom, unless they are folded",
    choices=(
        Choice("spelling", ("written", "normalised"), "as in the source, or as an editor prints"),
        Choice(
            "names", ("written", "folded", "masked"), "folded: one word an entry, masked: a kind"
        ),
    ),
    alone=write_one,
)
