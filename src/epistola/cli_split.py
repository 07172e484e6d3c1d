"""``epistola encode --split``: a book or a mailbox of letters as many editions, or one corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from epistola.cli_read import chosen_edition, not_read, said, written
from epistola.corpus.letters import opened_from
from epistola.corpus.settings import Settings
from epistola.files import STDIN
from epistola.model import Finding, Severity, Sidecar, Source
from epistola.pipeline import Encoding, encode
from epistola.shown.lines import Outcome
from epistola.terminal import (
    FOUND_ERRORS,
    Refusal,
    called,
    has_errors,
    placed,
    summary,
    tallied,
    tell,
    watched,
)
from epistola.text.opened import Opened
from epistola.text.read import ReadError
from epistola.text.split import Piece, split
from epistola.tree.corpus import corpus
from epistola.tree.document import serialise

DOUBTFUL = 0.75
"""A letter whose beginning is less sure than this is told of."""


@dataclass(frozen=True, slots=True)
class Part:
    """A letter of a book, or what stands between two.

    ``opened`` is what is encoded, ``whole`` the text that a finding's line is counted in,
    and ``start`` where it begins there.
    """

    opened: Opened
    whole: Source
    start: int = 0


def parts_of(opened: Sequence[Opened], language: str | None) -> tuple[list[Part], list[Finding]]:
    """Return the parts of what was opened, each named, and what is to be said of them.

    A mailbox is divided already; a text is divided by its headings.
    """
    if len(opened) > 1 or opened[0].head is not None:
        return [Part(one, one.source) for one in opened], []
    whole = opened[0]
    pieces = split(whole.source, language)
    if not any(piece.is_letter for piece in pieces):
        message = "no letter is found in it: encode it without --split"
        return [], [Finding(Severity.ERROR, "split", message)]
    return list(_parts(whole, pieces)), list(_findings(whole.source, pieces))


def _parts(whole: Opened, pieces: Sequence[Piece]) -> Iterator[Part]:
    width = max(3, len(str(len(pieces))))
    last = 0
    for piece in pieces:
        name = f"{whole.source.name}-{piece.number or last:0{width}}"
        if not piece.is_letter and last:
            name += "-after"
        last = piece.number or last
        source = Source(name, whole.source[piece.span], whole.source.digest)
        file, start = whole.place
        yield Part(replace(whole, source=source), file, start + piece.span.start)


def _findings(source: Source, pieces: Sequence[Piece]) -> Iterator[Finding]:
    letters = [piece for piece in pieces if piece.is_letter]
    others = len(pieces) - len(letters)
    message = f"{len(letters)} letters, and {others} stretches of text before or between them"
    yield Finding(Severity.INFO, "split", message)
    for piece in letters:
        if piece.certainty < DOUBTFUL:
            line, _ = source.position(piece.heading.start)
            message = f"it is not sure that letter {piece.number} begins at line {line}"
            yield Finding(Severity.WARNING, "split-doubtful", message, piece.heading)


# --- encoding and writing --------------------------------------------------------------


def encode_books(paths: Sequence[Path], output: str | None, chosen: Settings) -> int:
    """Encode the letters of each book in ``paths``, and return the exit code.

    They go to a folder, an edition a letter, or, where ``output`` ends in ".xml" and is no
    folder, into one corpus, which is not written where one of its letters has errors.
    Raises Refusal where it is not known where they go.
    """
    if output is None:
        raise Refusal("the letters of a book need a place to go to: -o FOLDER, or -o CORPUS.xml")
    single = output.lower().endswith(".xml") and not Path(output).is_dir()
    if single and len(paths) > 1:
        raise Refusal(f"{len(paths)} books need a folder to go to: name one with -o FOLDER")
    _refuse_folders(paths, output)
    outcomes = [
        outcome for path in paths for outcome in _book(path, output, chosen, as_corpus=single)
    ]
    if len(outcomes) > 1:
        click.echo(summary("letters", *tallied(outcomes)), err=True)
    return max(outcome.code for outcome in outcomes)


def _refuse_folders(paths: Sequence[Path], output: str) -> None:
    for path in paths:
        if path.is_dir():
            raise Refusal(f"{path} is a folder: name the books in it")
        if path != STDIN and Path(output).resolve() == path.resolve():
            raise Refusal(f"{path} would be overwritten: name another output with -o")
    if Path(output).exists() and not Path(output).is_dir() and not output.endswith(".xml"):
        raise Refusal(f"{output} is a file, but a folder is needed: name one with -o FOLDER")
    names = [path.stem for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise Refusal(f"two books are called {name}: encode them into different folders")


def _book(path: Path, output: str, chosen: Settings, *, as_corpus: bool) -> list[Outcome]:
    """Encode one book; an outcome a letter."""
    findings: list[Finding] = []
    try:
        opened = opened_from(path, chosen, findings)
    except ReadError as error:
        return [not_read(path, error)]
    parts, said = parts_of(opened, chosen.language)
    file, start = opened[0].place
    tell([*findings, *placed(said, start)], called(path), file)
    if has_errors(said):
        return [Outcome(FOUND_ERRORS, tuple(said))]
    if as_corpus:
        return _as_corpus(path, parts, Path(output), chosen)
    return [
        _one(path, part, Path(output) / f"{part.opened.source.name}.xml", chosen)
        for part in watched(parts, "Encoding")
    ]


def _encoded(path: Path, part: Part, chosen: Settings) -> Encoding:
    """Encode a part, and tell what was found, with its places in the file it is from."""
    source = part.opened.source
    made = encode(
        part.opened,
        edition=chosen_edition(chosen),
        language=chosen.language,
        date=chosen.date,
        sidecar=_said_of(path, source, chosen),
    )
    said = [replace(one, message=f"{source.name}: {one.message}") for one in made.findings]
    tell(placed(said, part.start), called(path), part.whole)
    return made


def _said_of(book: Path, letter: Source, chosen: Settings) -> Sidecar:
    """Return what an editor says of a letter of a book: BOOK-001.toml, or a row BOOK-001."""
    try:
        return said(book.with_name(f"{letter.name}.txt"), chosen)
    except ReadError as error:
        raise Refusal(str(error)) from None


def _one(path: Path, part: Part, target: Path, chosen: Settings) -> Outcome:
    made = _encoded(path, part, chosen)
    if not made.is_sound:
        return Outcome(FOUND_ERRORS, made.findings)
    return Outcome(written(made.to_bytes(), target), made.findings)


def _as_corpus(path: Path, parts: Sequence[Part], target: Path, chosen: Settings) -> list[Outcome]:
    made = [_encoded(path, part, chosen) for part in watched(parts, "Encoding")]
    outcomes = [Outcome(0 if one.is_sound else FOUND_ERRORS, one.findings) for one in made]
    if all(one.is_sound for one in made):
        tree = corpus((one.tree for one in made), path.stem)
        return [*outcomes[1:], Outcome(written(serialise(tree), target), made[0].findings)]
    return outcomes
