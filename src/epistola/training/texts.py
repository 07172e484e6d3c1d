"""Read the plain letters that show the tagger what letters other than the gold's are like."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from epistola.model import Source
from epistola.text.read import ReadError, as_source, read

LONGEST = 9000
"""So many characters of a letter are enough: longer ones would outweigh the others."""


class TextsError(ValueError):
    """Plain letters cannot be read; one sentence that names the file, the line, the remedy."""


def plain_letters(path: Path, most: int) -> list[Source]:
    """Return ``most`` letters from all over ``path``, always the same ones.

    ``path`` is a folder of ``*.txt`` files, at any depth, or a file of JSON lines: objects
    with "id" and "text". A letter's name alone decides whether it is drawn.

    Raises TextsError.
    """
    letters = sorted(_letters(path), key=lambda letter: sha256(letter[0].encode()).digest())
    if not letters:
        raise TextsError(f"{path}: there is no letter in it: no *.txt, no line of JSON")
    return [_source(path, name, text) for name, text in letters[:most]]


def _letters(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        for file in sorted(path.rglob("*.txt")):
            try:
                yield file.relative_to(path).as_posix(), read(file).text
            except ReadError as error:
                raise TextsError(f"{file}: {error}") from error
        return
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TextsError(f"{path}: it cannot be read as UTF-8: {error}") from error
    yield from _of_lines(path, lines)


def _of_lines(path: Path, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        try:
            letter = json.loads(line)
            yield str(letter["id"]), str(letter["text"])
        except (ValueError, KeyError, TypeError) as error:
            message = 'each line must be a JSON object with "id" and "text"'
            raise TextsError(f"{path}:{number}: {message}") from error


def _source(path: Path, name: str, text: str) -> Source:
    try:
        return as_source(text[:LONGEST], name)
    except ReadError as error:
        raise TextsError(f"{path}: {name}: {error}") from error
