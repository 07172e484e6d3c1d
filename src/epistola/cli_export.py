"""``epistola export``: works and letters for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import click

from epistola.files import write_folder, write_parts
from epistola.terminal import FOUND_ERRORS, Refusal, called, examples, has_errors, put, tell

if TYPE_CHECKING:
    from epistola.exports import AnyFormat, FolderFormat, LettersFormat, Part
    from epistola.exports.gathered import Letters
    from epistola.model import Finding

PIECE = 1 << 20
"""How many bytes are written to standard output at a time."""
WIDTH = 13
"""How wide the column of formats is, where they are listed."""


@click.command(
    "export",
    epilog=examples(
        "export html letter.xml -o letter.html",
        "export html edition/ -o site/",
        "export csl edition/ -o works.json",
        "export bibtex edition/registers/works.xml -o works.bib",
        "export --list",
    ),
)
@click.argument("wanted", metavar="FORMAT", required=False)
@click.argument("path", metavar="PATH|EDITION", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    type=click.Path(path_type=Path),
    help="Where it goes; without it, standard output. Some formats are a folder.",
)
@click.option(
    "--set",
    "said",
    metavar="NAME=VALUE",
    multiple=True,
    help="Choose something about the format (see --list); may be given several times.",
)
@click.option("--unchecked", is_flag=True, help="Export letters in which there are errors, too.")
@click.option(
    "--list", "listed", is_flag=True, help="Show the formats, what each keeps and what it loses."
)
def export_command(
    *,
    wanted: str | None,
    path: Path | None,
    output: Path | None,
    said: tuple[str, ...],
    unchecked: bool,
    listed: bool,
) -> int:
    """Write letters, or the works in registers, in another FORMAT (html, csl, bibtex, ris ...).

    PATH is a TEI file (an encoded letter, a register, anyone's TEI), a folder of them, or an
    edition: the letters in its folder letters, with its registers.

    A letter that this program encoded is exported only if it is valid, and if it has the
    words of its source, where that lies beside it. The exit code is 1 where it is not.
    """
    from epistola.exports import Format, FormatError, chosen, formats  # noqa: PLC0415 - only here

    try:
        known = formats()
        if listed:
            put("".join(_table(known)).encode())
            return 0
        if wanted is None or path is None:
            raise Refusal("name a format and a file: epistola export csl register.xml")
        if wanted not in known:
            raise Refusal(f"no format “{wanted}” is known; there are {', '.join(known)}")
        choices = chosen(known[wanted], said)
    except FormatError as error:
        raise Refusal(str(error)) from None
    one = known[wanted]
    with _refusing(output):
        _spare(path, output)
        if not isinstance(one, Format):
            return _export_letters(one, path, output, choices, unchecked=unchecked)
        from epistola.exports.works import works  # noqa: PLC0415 - as above

        _write(output, one.write(works(path)))
        return 0


def _spare(path: Path, output: Path | None) -> None:
    """Raise Refusal where the output would be written over what is exported."""
    if output is None or not output.is_file():
        return
    folder = path.resolve()
    here = output.resolve()
    if here == folder or (here.suffix.lower() == ".xml" and folder in here.parents):
        raise Refusal(f"{output} would be written over: name another output with -o")


@contextmanager
def _refusing(output: Path | None) -> Iterator[None]:
    """Turn what cannot be read or written into a Refusal."""
    from epistola.exports import ExportError  # noqa: PLC0415 - as above

    try:
        yield
    except ExportError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        if output is None:
            raise
        raise Refusal(f"{output}: it cannot be written: {error.strerror}") from None


def _export_letters(
    one: LettersFormat | FolderFormat,
    path: Path,
    output: Path | None,
    choices: Mapping[str, str],
    *,
    unchecked: bool,
) -> int:
    """Write the letters of ``path``, unless an error is found in one."""
    from epistola.exports import LettersFormat  # noqa: PLC0415 - as above
    from epistola.exports.checked import check_letters  # noqa: PLC0415 - as above
    from epistola.exports.gathered import choosing, gather  # noqa: PLC0415 - as above

    found: list[Finding] = []
    letters = choosing(gather(path), choices, found.append)
    if _told(check_letters(letters), path) and not unchecked:
        return FOUND_ERRORS
    if isinstance(one, LettersFormat):
        _write(output, one.write(letters))
    else:
        _write_folder(one, letters, output)
    tell(found, called(path))
    return 0


def _told(checked: Iterable[tuple[Path, list[Finding]]], path: Path) -> bool:
    """Tell what is found in each file, and return whether there is an error in one."""
    from epistola.exports import ExportError  # noqa: PLC0415 - as above

    bad, good = False, False
    for file, findings in checked:
        tell(findings, called(file))
        bad = bad or has_errors(findings)
        good = good or all(finding.code != "no-letter" for finding in findings)
    if not good:
        raise ExportError(f"{path}: there is no letter in it: name an encoded letter or an edition")
    return bad


def _write(output: Path | None, parts: Iterable[Part]) -> None:
    """Write one file, or to standard output, whole or not at all."""
    encoded = map(as_bytes, parts)
    if output is not None:
        if output.is_dir():
            raise Refusal(f"{output} is a folder, and this format is one file: name one with -o")
        write_parts(output, encoded)
        return
    with TemporaryFile() as draft:
        draft.writelines(encoded)
        draft.seek(0)
        for piece in iter(lambda: draft.read(PIECE), b""):
            put(piece)


def _write_folder(one: FolderFormat, letters: Letters, output: Path | None) -> None:
    """Write a folder, or, of a single letter, a file where the format has that."""
    alone: Callable[[Letters], Iterator[Part]] | None = one.alone if letters.is_one else None
    if alone is not None and not (output is not None and output.is_dir()):
        _write(output, alone(letters))
        return
    if output is None:
        raise Refusal(f"{one.name} of several letters is a folder: name one with -o FOLDER")
    if output.exists() and not output.is_dir():
        raise Refusal(f"{output} is a file, but a folder is needed: name one with -o FOLDER")
    write_folder(output, ((file.name, map(as_bytes, file.parts)) for file in one.write(letters)))


def as_bytes(part: Part) -> bytes:
    """Return a piece of a file as it is written."""
    return part.encode() if isinstance(part, str) else part


def write_page(letter: Path, page: Path) -> None:
    """Write the page to read of the TEI file ``letter``; raises Refusal."""
    from epistola.exports.gathered import gather  # noqa: PLC0415 - as above
    from epistola.exports.html import write_one  # noqa: PLC0415 - as above

    with _refusing(page):
        _write(page, write_one(gather(letter)))


def _table(known: Mapping[str, AnyFormat]) -> Iterator[str]:
    for word, one in known.items():
        indent = " " * WIDTH
        yield f"{word:{WIDTH}}{one.name} (*{one.ending})\n"
        yield f"{indent}keeps: {one.keeps}\n"
        yield f"{indent}loses: {one.loses}\n"
        for choice in one.choices:
            yield f"{indent}--set {choice.name}={'|'.join(choice.values)}: {choice.meaning}\n"
