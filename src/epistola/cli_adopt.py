"""``epistola adopt``: what somebody corrected in a letter's TEI becomes decisions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.cli_encode import given_date
from epistola.cli_options import language_option
from epistola.cli_read import chosen_edition, decided, not_read, read, settled
from epistola.corpus.settings import Settings
from epistola.files import LETTERS, SOURCES
from epistola.model import Decision, Finding, Severity
from epistola.terminal import (
    COULD_NOT_RUN,
    FOUND_ERRORS,
    Refusal,
    called,
    examples,
    has_errors,
    tell,
)
from epistola.text.read import ReadError, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from epistola.adopt.adopt import Adopted
    from epistola.adopt.differ import Difference
    from epistola.pipeline import Encoding

SHOWN = 60


@click.command(
    "adopt",
    epilog=examples(
        "adopt tei/letters/mill-1848.xml",
        "adopt corrected.xml --edition tei --text tei/sources/mill-1848.txt --dry-run",
        'adopt tei/letters/mill-1848.xml --by "Ann Lee"',
    ),
)
@click.argument("file", metavar="FILE.xml", type=click.Path(path_type=Path))
@click.option(
    "--edition",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The edition; without it, the one in whose folder FILE.xml lies.",
)
@click.option(
    "--text",
    metavar="FILE.txt",
    type=click.Path(path_type=Path),
    help="The text below the edition's sources; without it, the one of the same name.",
)
@language_option
@click.option("--by", metavar="NAME", default="", help="Who corrected, where the file is silent.")
@click.option(
    "--date", metavar="YYYY-MM-DD", callback=given_date, help="When that was; else nothing is said."
)
@click.option("--dry-run", is_flag=True, help="Show what would be adopted, and write nothing.")
def adopt_command(  # noqa: PLR0913 - one parameter an option
    *,
    file: Path,
    folder: Path | None,
    text: Path | None,
    language: str | None,
    by: str,
    date: str | None,
    dry_run: bool,
) -> int:
    """Read what was corrected by hand in a letter's TEI back into decisions.

    FILE.xml is compared with what the program makes of the same text. Every difference in
    tags, links, attributes, choice and editorial notes becomes a line in the edition's
    decisions, so that encoding again keeps it. The words must be the text's. What cannot be
    kept is told with its line.
    """
    folder = folder or home_of(file)
    chosen = settled(Settings(folder, language))
    text = text or text_of(folder, file)
    from epistola.decisions.store import path_of  # noqa: PLC0415 - what is wrong is told first

    target = path_of(folder, text)
    if target is None:
        raise Refusal(f"{text} is not below {folder / SOURCES}: only such texts have decisions")
    try:
        raw = read_bytes(file)
        known = decided(text, chosen)
        make = maker(text, chosen)
        adopted = adopted_from(raw, make, known, by, date or "")
    except ReadError as error:
        return not_read(file, error).code
    tell(adopted.findings, called(file))
    if has_errors(adopted.findings):
        return FOUND_ERRORS
    for one in adopted.differences:
        click.echo(shown(one, called(file)))
    if adopted.decisions and not dry_run:
        source = text.resolve().relative_to(folder.resolve()).as_posix()
        code = kept(target, adopted.decisions, f"../{source}")
        if code:
            return code
    click.echo(summed(adopted, target, dry_run=dry_run), err=True)
    return 0


def home_of(file: Path) -> Path:
    """Return the folder of the edition that ``file`` lies in; raises Refusal."""
    from epistola.edition import FILE  # noqa: PLC0415 - as above

    above = file.absolute().parents
    found = next((folder for folder in above if (folder / FILE).is_file()), None)
    if found is None:
        raise Refusal(f"{file} lies in no edition (no {FILE} above it): name one with --edition")
    return found


def text_of(folder: Path, file: Path) -> Path:
    """Return the text that ``file`` was made from: the same name below ``sources``.

    Raises Refusal where there is none, or more than one.
    """
    sources, letters = folder / SOURCES, (folder / LETTERS).resolve()
    if file.resolve().is_relative_to(letters):
        same = sources / file.resolve().relative_to(letters).with_suffix(".txt")
        if same.is_file():
            return same
    found = sorted(sources.rglob("*.txt")) if sources.is_dir() else []
    found = [path for path in found if path.stem == file.stem]
    if len(found) != 1:
        many = f"{len(found)} texts are" if found else "no text is"
        raise Refusal(f"{many} called {file.stem}.txt below {sources}: name it with --text")
    return found[0]


def maker(text: Path, chosen: Settings) -> partial[Encoding]:
    """Return what encodes ``text`` with the decisions it is given; raises ReadError."""
    from epistola.pipeline import encode  # noqa: PLC0415 - as above

    findings: list[Finding] = []
    opened, sidecar = read(text, chosen, findings)
    if len(opened) > 1:
        raise ReadError(f"there are {len(opened)} letters in {text}: adopt takes one at a time")
    return partial(
        encode,
        opened[0],
        edition=chosen_edition(chosen),
        language=chosen.language,
        sidecar=sidecar,
    )


def adopted_from(
    raw: bytes, make: partial[Encoding], known: Sequence[Decision], by: str, date: str
) -> Adopted:
    """Return what can be adopted from the bytes of a file; raises ReadError."""
    from epistola.adopt.adopt import adopt  # noqa: PLC0415 - as above

    return adopt(raw, lambda decisions: make(decisions=decisions), known, by, date)


def kept(target: Path, decisions: Sequence[Decision], source: str) -> int:
    """Write ``decisions`` down; return the exit code that this calls for."""
    from epistola.decisions.store import DecisionError, append  # noqa: PLC0415 - as above

    try:
        append(target, decisions, source)
    except OSError as error:
        finding = Finding(Severity.ERROR, "write", f"it cannot be written: {error.strerror}")
        tell([finding], called(target))
        return COULD_NOT_RUN
    except DecisionError as error:
        raise Refusal(str(error)) from None
    return 0


def shown(one: Difference, file: str) -> str:
    """Return the line that shows an adopted decision: where, what, on which words."""
    decision = one.decision
    words = " ".join((decision.target.exact or decision.target.prefix).split())
    short = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    more = [f"was {decision.was}"] if decision.was else []
    more += [f"ref {decision.ref or 'none'}"] if decision.ref is not None else []
    more += [f"{name}={value}" for name, value in sorted(decision.attributes.items())]
    more += [f"“{' '.join(decision.text.split())}”"] if decision.text else []
    place = f"{file}:{one.line}" if one.line else file
    return f"{place}: {decision.action} {decision.kind} “{short}”{''.join(f', {m}' for m in more)}"


def summed(adopted: Adopted, target: Path, *, dry_run: bool) -> str:
    """Return one line on all: how many decisions, where they are, how many are not kept."""
    number = len(adopted.decisions)
    lost = sum(finding.code == "not-adopted" for finding in adopted.findings)
    what = f"{number} decision{'' if number == 1 else 's'}"
    done = "would be written to" if dry_run else "written to"
    said = f"{what} {done} {called(target)}" if number else "nothing new to adopt"
    return f"{said}; {lost} change{'' if lost == 1 else 's'} not kept" if lost else said
