"""``epistola check``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.checks.document import Demands, check_document, prepare
from epistola.checks.rules import CATALOGUE, Library
from epistola.checks.schemas import SchemaError, Shelf, load_catalogue
from epistola.files import STDIN, PlanError, within, write_whole
from epistola.model import Finding, Severity, Source
from epistola.shown.lines import Outcome
from epistola.terminal import (
    COULD_NOT_RUN,
    FOUND_ERRORS,
    Refusal,
    called,
    examples,
    from_path,
    has_errors,
    paths_argument,
    progress,
    put,
    summary,
    table,
    tallied,
    tell,
    watched,
)
from epistola.text.read import ReadError, read, read_bytes

if TYPE_CHECKING:
    from epistola.checks.mend import Mended

FORMATS = ("text", "json", "sarif", "junit", "github")
PAUSE = 0.3
"""How many seconds pass between two looks at the files that are watched."""

file_type = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Order:
    """What to do with each file: check it, show its fixes, write them."""

    demands: Demands
    fix: bool = False
    dry_run: bool = False
    shows_fixes: bool = True


@click.command(
    "check",
    epilog=examples(
        "check letter.xml",
        "check tei/letters --format json",
        "check letter.xml --schema tei_all.rng --schematron project.sch",
        "check letters --fix",
    ),
)
@paths_argument
@click.option("--schema", metavar="FILE.rng", type=file_type, help="The RELAX NG schema to use.")
@click.option(
    "--schematron",
    "schematrons",
    metavar="FILE.sch",
    multiple=True,
    type=file_type,
    help="Schematron rules to check too; may be given several times.",
)
@click.option("--phase", metavar="NAME", default="#DEFAULT", help="The phase of the Schematron.")
@click.option(
    "--catalog",
    "catalogue",
    metavar="FILE",
    type=file_type,
    help="An OASIS XML catalogue: where the schemas that files name are on this machine.",
)
@click.option(
    "--schemas",
    "folder",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder in which the schemas that files name are looked up by their file names.",
)
@click.option(
    "--source",
    metavar="FILE",
    type=file_type,
    help="The text that the file encodes: its words must be there, in order.",
)
@click.option(
    "--rules/--no-rules", default=True, help="Check the rules beyond the schema too (the default)."
)
@click.option(
    "--format", "shape", type=click.Choice(FORMATS), default="text", help="How to show findings."
)
@click.option("--json", "json", is_flag=True, help="The same as --format json.")
@click.option("--fix", is_flag=True, help="Apply the fixes that are safe, and show what changed.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would change, write nothing.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl-C.")
def check_command(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[Path, ...],
    schema: Path | None,
    schematrons: tuple[Path, ...],
    phase: str,
    catalogue: Path | None,
    folder: Path | None,
    source: Path | None,
    rules: bool,
    shape: str,
    json: bool,
    fix: bool,
    dry_run: bool,
    watch: bool,
) -> int:
    """Check TEI files: their form, the schema, and what they point at.

    PATH is a file, a folder (its *.xml files, at any depth) or - for standard input. The
    schema is the one given, else the one that the file names (xml-model) if it is on this
    machine, else the one that ships; nothing is fetched.

    The exit code is 1 where an error is found, and 2 where a file could not be read.
    """
    shape = "json" if json else shape
    try:
        files = [file for path in paths for file in within(path, ".xml")]
        shelf = Shelf(schema, schematrons, load_catalogue(catalogue) if catalogue else None, folder)
        demands = Demands(shelf, phase, read_source(source) if source else None, rules, progress)
        prepare(demands)
    except (PlanError, SchemaError) as error:
        raise Refusal(str(error)) from None
    order = Order(demands, fix or dry_run, dry_run, shape == "text")
    refuse_nonsense(files, order, watch=watch, shape=shape)
    if watch:
        return keep_checking(files, order)
    outcomes = [check_one(file, order) for file in watched(files, "Checking")]
    show(outcomes, shape)
    return max(outcome.code for outcome in outcomes)


def read_source(path: Path) -> Source:
    """Return the text that a file is to be held against; raises Refusal."""
    try:
        return read(path)
    except ReadError as error:
        raise Refusal(f"{path}: {error}") from None


def refuse_nonsense(files: Sequence[Path], order: Order, *, watch: bool, shape: str) -> None:
    """Raise Refusal where options do not go together."""
    if order.demands.source is not None and len(files) != 1:
        raise Refusal(f"--source is for one file, and there are {len(files)}")
    if order.demands.source is not None and not order.demands.rules:
        raise Refusal("--source is one of the rules: leave out --no-rules")
    if STDIN in files and (order.fix or watch):
        raise Refusal("standard input can be neither mended nor watched: name a file")
    if watch and (order.fix or shape != "text"):
        raise Refusal("--watch goes with none of --fix, --dry-run and --format")


# ---- one file


def check_one(file: Path, order: Order) -> Outcome:
    """Check one file, and mend it if that is asked for; what cannot be read is a finding too."""
    try:
        raw = read_bytes(from_path(file))
        check = partial(check_document, demands=order.demands, file=from_path(file))
        if not order.fix:
            return outcome(file, raw, check(raw))
        from epistola.checks.mend import mend  # noqa: PLC0415 - seldom wanted

        return finished(file, raw, mend(raw, check), order)
    except ReadError as error:
        return failed(file, "read", str(error))
    except SchemaError as error:
        return failed(file, "schema-choice", str(error))


def outcome(file: Path, raw: bytes, findings: Sequence[Finding]) -> Outcome:
    """Return what ``findings`` come to."""
    code = FOUND_ERRORS if has_errors(findings) else 0
    return Outcome(code, tuple(findings), called(file), raw)


def failed(file: Path, code: str, message: str) -> Outcome:
    """Return that a file could not be checked, or not be written, and why."""
    finding = Finding(Severity.ERROR, code, message)
    return Outcome(COULD_NOT_RUN, (finding,), called(file))


def finished(file: Path, raw: bytes, mended: Mended, order: Order) -> Outcome:
    """Write a mended file, show what has changed, and return what is to be said of it.

    Of a file that is not written that is what was to be said before.
    """
    from epistola.checks.fix import diff  # noqa: PLC0415 - as above

    if mended.raw == raw:
        return outcome(file, raw, mended.findings)
    if not order.dry_run:
        try:
            write_whole(file, mended.raw)
        except OSError as error:
            return failed(file, "write", f"it cannot be written: {error.strerror}")
    if order.shows_fixes:
        put(diff(raw, mended.raw, called(file)).encode())
    if order.dry_run:
        return outcome(file, raw, mended.before)
    return outcome(file, mended.raw, mended.findings)


# ---- showing


def show(outcomes: Sequence[Outcome], shape: str) -> None:
    """Show all that was found: text on standard error, any other format on standard output."""
    if shape == "text":
        for one in outcomes:
            tell(one.findings, one.file, raw=one.raw)
        table(outcomes)
        click.echo(summary("files", *tallied(outcomes)), err=True)
    else:
        put(shaped(outcomes, shape).encode("utf-8", "replace"))


def shaped(outcomes: Sequence[Outcome], shape: str) -> str:
    """Return ``outcomes`` in one of ``FORMATS``; each is loaded only where it is wanted."""
    match shape:
        case "json":
            from epistola.shown.as_json import as_json  # noqa: PLC0415 - see above

            return as_json(outcomes)
        case "sarif":
            from epistola.shown.as_sarif import as_sarif  # noqa: PLC0415 - see above

            return as_sarif(outcomes, titles())
        case "junit":
            from epistola.shown.as_junit import as_junit  # noqa: PLC0415 - see above

            return as_junit(outcomes)
        case _:
            from epistola.shown.as_github import as_github  # noqa: PLC0415 - see above

            return as_github(outcomes)


def titles() -> dict[str, tuple[str, str]]:
    """Return title and explanation of each code in the catalogue of rules."""
    return {code: (rule.title, rule.explanation) for code, rule in CATALOGUE.items()}


# ---- watching


def keep_checking(files: Sequence[Path], order: Order) -> int:
    """Check ``files``, and each again when it is saved, until the user has enough."""
    try:
        for number, changed in enumerate(saved(files)):
            if number:
                click.echo(f"\n{time.strftime('%H:%M:%S')}  {names(changed)}", err=True)
            show([check_one(file, afresh(order)) for file in changed], "text")
    except KeyboardInterrupt:
        click.echo(err=True)
    return 0


def afresh(order: Order) -> Order:
    """Return ``order`` without what is remembered of files that others point into."""
    return replace(order, demands=replace(order.demands, library=Library()))


def saved(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield all ``files``, and then those that have been saved since, again and again."""
    known: dict[Path, tuple[int, int]] = {}
    while True:
        now = {file: state(file) for file in files}
        changed = [file for file in files if now[file] != known.get(file)]
        known = now
        if changed:
            yield changed
        time.sleep(PAUSE)


def state(file: Path) -> tuple[int, int]:
    """Return when ``file`` was saved and its size; an editor may be just replacing it."""
    try:
        status = file.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size


def names(files: Sequence[Path]) -> str:
    """Return which files were saved, in few words."""
    return called(files[0]) if len(files) == 1 else f"{len(files)} files"
