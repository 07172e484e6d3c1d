"""``epistola import``: annotations made elsewhere into the TEI of a letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.files import write_whole
from epistola.terminal import FOUND_ERRORS, Refusal, called, examples, has_errors, put, tell

if TYPE_CHECKING:
    from epistola.exports.letters import ExportedLetter
    from epistola.imports import Mark
    from epistola.model import Finding


@click.command(
    "import",
    epilog=examples(
        "import webanno annotations.jsonld letter.xml -o letter.xml",
        "import conll names.conll letter.xml -o tagged.xml --kind person --kind place",
        "import conll names.conll letter.xml -o tagged.xml --add-only",
    ),
)
@click.argument("wanted", metavar="FORMAT", type=click.Choice(("conll", "webanno")))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("path", metavar="LETTER.xml", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the letter goes; without it, standard output.",
)
@click.option(
    "--kind",
    "kinds",
    metavar="KIND",
    multiple=True,
    help="A kind of mention of which FILE says all (person, place ...): a tag that it does not"
    " have is taken out. Without it, every kind that is in FILE.",
)
@click.option("--add-only", "keep", is_flag=True, help="Take no tag out.")
def import_command(
    *, wanted: str, file: Path, path: Path, output: Path | None, kinds: tuple[str, ...], keep: bool
) -> int:
    """Merge annotations made elsewhere (conll, webanno) into the TEI of a letter.

    FILE is about the text of the letter, as "epistola export" writes it. Tags of mentions are
    added, taken out, and given other attributes; everything else stays. What crosses tags
    that stay, or is about words that are not there any more, is told and left out.
    """
    from epistola.imports import KINDS  # noqa: PLC0415 - only here
    from epistola.imports.merged import merge  # noqa: PLC0415 - as above

    if unknown := sorted(set(kinds) - KINDS):
        raise Refusal(f"no kind “{unknown[0]}” is known; there are {', '.join(sorted(KINDS))}")
    if output is not None and output.resolve() == file.resolve():
        raise Refusal(f"{file} would be written over: name another output with -o")
    letter = letter_at(path)
    marks, findings = marks_in(wanted, file, letter)
    text = letter.text
    merged = merge(letter, marks, frozenset(kinds) or None, keep=keep)
    findings += merged.findings
    tell_of(findings, path, text)
    if has_errors(findings):
        return FOUND_ERRORS
    write(merged.to_bytes() if merged.is_changed else path.read_bytes(), output)
    click.echo(
        f"epistola: {called(path)}: tags: {merged.added} added, {merged.removed} taken out,"
        f" {merged.changed} changed",
        err=True,
    )
    return 0


def letter_at(path: Path) -> ExportedLetter:
    """Return the one letter in the TEI file at ``path``; raises Refusal."""
    from epistola.exports import ExportError  # noqa: PLC0415 - as above
    from epistola.exports.gathered import gather  # noqa: PLC0415 - as above

    if path.is_dir():
        raise Refusal(f"{path} is a folder: name the TEI file of one letter")
    try:
        letters = list(gather(path))
    except ExportError as error:
        raise Refusal(str(error)) from None
    if len(letters) != 1:
        raise Refusal(f"{path}: there are {len(letters)} letters in it: name a file of one letter")
    return letters[0]


def marks_in(wanted: str, file: Path, letter: ExportedLetter) -> tuple[list[Mark], list[Finding]]:
    """Return the marks in ``file``, and what there is to say of them; raises Refusal."""
    from epistola.imports import ImportFileError, reader  # noqa: PLC0415 - as above

    try:
        return reader(wanted)(file.read_bytes(), letter)
    except ImportFileError as error:
        raise Refusal(f"{file}: {error}") from None
    except OSError as error:
        raise Refusal(f"{file}: cannot be read: {error.strerror}") from None


def tell_of(findings: list[Finding], path: Path, text: str) -> None:
    """Show ``findings``, each with its words, where they are in the text of the letter."""
    from epistola.model import Source  # noqa: PLC0415 - as above

    tell(findings, f"{called(path)} (text)", Source(path.stem, text))


def write(data: bytes, output: Path | None) -> None:
    """Write the letter to ``output`` or to standard output; raises Refusal."""
    if output is None:
        put(data)
        return
    try:
        write_whole(output, data)
    except OSError as error:
        raise Refusal(f"{output}: it cannot be written: {error.strerror}") from None
