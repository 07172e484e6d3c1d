"""``epistola evaluate``: hold what is found in a text against a gold edition of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.cli_options import (
    edition_option,
    language_option,
    min_cert_option,
    no_model_option,
)
from epistola.cli_read import chosen_edition, settled
from epistola.corpus.settings import Settings
from epistola.files import PlanError, within, write_whole
from epistola.model import Finding, Severity
from epistola.terminal import (
    COULD_NOT_RUN,
    FOUND_ERRORS,
    Refusal,
    called,
    examples,
    put,
    tell,
    watched,
)

if TYPE_CHECKING:
    from epistola.edition import Edition
    from epistola.evaluate.compare import Comparison
    from epistola.evaluate.confusions import Confusion
    from epistola.evaluate.score import Judged, Measure
    from epistola.evaluate.scores import Scores
    from epistola.evaluate.tables import Table

file_type = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class Order:
    """What to measure, and how the texts are encoded."""

    gold: Path
    measure: Measure
    edition: Edition | None
    language: str | None


def known_kinds(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the kinds named in ``value``, in the order of the tables."""
    from epistola.evaluate.score import KINDS, USUAL_KINDS  # noqa: PLC0415 - recognisers, late

    if value is None:
        return USUAL_KINDS
    asked = set(value.replace(",", " ").split())
    if not asked or not asked <= set(KINDS):
        raise click.BadParameter(f"“{value}” is no list of kinds; there are {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind in asked)


def known_languages(_: click.Context, __: click.Parameter, value: str) -> frozenset[str]:
    """Return the codes named in ``value``."""
    asked = frozenset(value.lower().replace(",", " ").split())
    if not asked or not all(len(code) == 2 and code.isalpha() for code in asked):  # noqa: PLR2004
        raise click.BadParameter(f"“{value}” is no list of languages; write it as en,de")
    return asked


@click.command(
    "evaluate",
    epilog=examples(
        "evaluate gold/",
        "evaluate gold/ --kinds person,place --html page.html",
        "evaluate gold/ --json now.json --compare before.json --tolerance 0.005",
    ),
)
@click.argument("gold", metavar="GOLD_DIR", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--kinds",
    metavar="LIST",
    callback=known_kinds,
    help="What to measure, such as person,place; without it, person,place,org,date,title.",
)
@click.option(
    "--languages",
    metavar="LIST",
    default="en",
    callback=known_languages,
    help="The languages of the gold edition that are read, such as en,fr; without it, en.",
)
@click.option(
    "--first-mention",
    is_flag=True,
    help="The gold edition tags a name only where it comes first: repeated names do not count.",
)
@no_model_option
@min_cert_option
@edition_option
@language_option
@click.option("--limit", metavar="N", type=click.IntRange(1), help="Take only N letters.")
@click.option(
    "--errors", metavar="N", type=click.IntRange(0), default=0, help="List the N commonest faults."
)
@click.option("--json", "json", metavar="FILE", type=file_type, help="Write all numbers to FILE.")
@click.option(
    "--html", metavar="FILE", type=file_type, help="Write a page that shows what goes wrong."
)
@click.option(
    "--compare",
    metavar="FILE",
    type=file_type,
    help="Show what each number has gained or lost since an earlier --json FILE.",
)
@click.option(
    "--tolerance",
    metavar="X",
    type=click.FloatRange(0, 1),
    help="With --compare: exit with 1 where the F of a kind has lost more than X.",
)
def evaluate_command(  # noqa: PLR0913 - one parameter an option
    *,
    gold: Path,
    kinds: tuple[str, ...],
    languages: frozenset[str],
    first_mention: bool,
    no_model: bool,
    min_cert: str | None,
    edition: Path | None,
    language: str | None,
    limit: int | None,
    errors: int,
    json: Path | None,
    html: Path | None,
    compare: Path | None,
    tolerance: float | None,
) -> int:
    """Measure what Epistola finds in the texts of a gold edition, whoever made that.

    GOLD_DIR is a folder of TEI files (at any depth) in which names are tagged, or one file.
    The text of each is taken out, encoded, and the names found are held against those
    tagged: precision, recall and F for each kind, how persons are linked, and whether the
    certainty of a tag means what it says.

    The exit code is 1 where a number lost more than --tolerance, and 2 where a file could
    not be read or written.
    """
    from epistola.evaluate.score import Measure  # noqa: PLC0415 - recognisers, late

    if tolerance is not None and compare is None:
        raise Refusal("--tolerance goes with --compare: name an earlier report")
    before = earlier(compare) if compare else None
    known = chosen_edition(settled(Settings(edition, no_model=no_model, min_cert=min_cert)))
    least = known.least if known else 0.0
    order = Order(gold, Measure(kinds, languages, first_mention, least), known, language)
    judged, code = judge_all(order, limit)
    result = resulting(order, judged, before, compare)
    show(result, errors)
    if json:
        code = max(code, written(json, as_json(result)))
    if html:
        code = max(code, written(html, as_page(result)))
    return max(code, lost_too_much(result.comparison, tolerance))


# ---- the letters


def judge_all(order: Order, limit: int | None) -> tuple[list[Judged], int]:
    """Return the letters of the gold edition, judged, and the exit code that they call for.

    Raises Refusal where there is none.
    """
    try:
        files = spread(within(order.gold, ".xml"), limit)
    except PlanError as error:
        raise Refusal(str(error)) from None
    outcomes = [judge_one(file, order) for file in watched(files, "Evaluating")]
    judged = [letter for letter, _ in outcomes if letter]
    if not judged:
        message = "there is no letter of a gold edition in it: TEI with names tagged in its <body>"
        raise Refusal(f"{click.format_filename(order.gold)}: {message}")
    return judged, max(code for _, code in outcomes)


def spread(files: Sequence[Path], limit: int | None) -> list[Path]:
    """Return ``limit`` of ``files``, from all over them, the same ones each time.

    >>> [path.name for path in spread([Path(name) for name in "abcdef"], 3)]
    ['a', 'c', 'e']
    """
    if limit is None or limit >= len(files):
        return list(files)
    return [files[at * len(files) // limit] for at in range(limit)]


def judge_one(file: Path, order: Order) -> tuple[Judged | None, int]:
    """Return one letter, judged, and an exit code; what cannot be read is told, not raised."""
    from epistola.evaluate.gold import GoldError  # noqa: PLC0415 - recognisers, late
    from epistola.evaluate.letter import judge_file  # noqa: PLC0415 - as above

    findings: list[Finding] = []
    name = named(file, order.gold)
    try:
        judged = judge_file(
            file, name, order.measure, order.edition, order.language, findings.append
        )
    except GoldError as error:
        finding = Finding(Severity.ERROR, "gold", str(error), line=error.line, column=error.column)
        tell([finding], called(file))
        return None, COULD_NOT_RUN
    tell(findings, called(file))
    return judged, 0


def named(file: Path, folder: Path) -> str:
    """Return how a letter is called: its path within the gold folder, without its ending."""
    return (
        (file.relative_to(folder) if folder.is_dir() else Path(file.name))
        .with_suffix("")
        .as_posix()
    )


# ---- what comes of it


@dataclass(frozen=True, slots=True)
class Result:
    """What an evaluation comes to; ``name`` is that of the gold edition."""

    name: str
    scores: Scores
    found: tuple[Confusion, ...]
    comparison: Comparison | None


def resulting(
    order: Order, judged: Sequence[Judged], before: Scores | None, report: Path | None
) -> Result:
    """Return the numbers, what went wrong, and what has changed since the report ``before``.

    Raises Refusal where that report is of something else.
    """
    from epistola.evaluate.compare import OtherMeasureError, compare  # noqa: PLC0415 - late
    from epistola.evaluate.confusions import confusions  # noqa: PLC0415 - as above
    from epistola.evaluate.scores import scored  # noqa: PLC0415 - as above

    scores = scored(judged, order.measure)
    try:
        comparison = compare(before, scores) if before else None
    except OtherMeasureError as error:
        raise Refusal(f"{report}: {error}") from None
    name = order.gold.resolve().name
    return Result(name, scores, confusions(judged, order.measure.kinds), comparison)


def earlier(path: Path) -> Scores:
    """Return an earlier report; raises Refusal."""
    from epistola.evaluate.scores import ReportError, from_json  # noqa: PLC0415 - late
    from epistola.text.read import ReadError, read_bytes  # noqa: PLC0415 - as above

    try:
        return from_json(read_bytes(path))
    except (ReadError, ReportError) as error:
        raise Refusal(f"{click.format_filename(path)}: {error}") from None


def as_json(result: Result) -> bytes:
    """Return the report of the numbers."""
    from epistola.evaluate.scores import to_json  # noqa: PLC0415 - recognisers, late

    return to_json(result.scores)


def as_page(result: Result) -> bytes:
    """Return the page."""
    from epistola.evaluate.page import page  # noqa: PLC0415 - recognisers, late
    from epistola.evaluate.tables import comparison_table  # noqa: PLC0415 - as above

    compared = comparison_table(result.comparison) if result.comparison else None
    return page(result.name, result.scores, result.found, compared)


def lost_too_much(comparison: Comparison | None, tolerance: float | None) -> int:
    """Return the exit code that losses call for, and tell which are greater than allowed."""
    from epistola.evaluate.tables import CALLED, signed  # noqa: PLC0415 - recognisers, late

    if comparison is None or tolerance is None:
        return 0
    lost = [change for change in comparison.kinds if -change.gain > tolerance]
    for change in lost:
        message = f"{CALLED[change.kind]}: exact F {signed(change.gain)}, more than {tolerance:g}"
        click.echo(f"epistola: {message} is lost", err=True)
    return FOUND_ERRORS if lost else 0


def written(target: Path, data: bytes) -> int:
    """Write ``data`` and return the exit code that this calls for."""
    try:
        write_whole(target, data)
    except OSError as error:
        finding = Finding(Severity.ERROR, "write", f"it cannot be written: {error.strerror}")
        tell([finding], called(target))
        return COULD_NOT_RUN
    return 0


# ---- on the terminal


def show(result: Result, errors: int) -> None:
    """Print the tables, what has changed, and the commonest faults."""
    from epistola.evaluate.tables import (  # noqa: PLC0415 - recognisers, late
        bands_table,
        bins_table,
        comparison_notes,
        comparison_table,
        links_table,
        names_table,
    )
    from epistola.evaluate.tables import errors as commonest  # noqa: PLC0415 - as above

    scores = result.scores
    print_table(names_table(scores))
    if scores.levels[1]:
        print_lines([f"Levels of titles: {scores.levels[0]} of {scores.levels[1]} right"])
    if scores.links.linked:
        print_table(links_table(scores))
    if scores.calibration:
        print_table(bands_table(scores.calibration))
        print_table(bins_table(scores.calibration))
    if result.comparison:
        print_table(comparison_table(result.comparison))
        print_lines(comparison_notes(result.comparison))
    if errors:
        print_lines(["Commonest faults", *commonest(result.found, errors)])


def print_table(table: Table) -> None:
    """Print ``table``: with rules on a terminal, else in plain columns."""
    from epistola.evaluate.tables import lines  # noqa: PLC0415 - recognisers, late

    if not sys.stdout.isatty():
        print_lines([*lines(table), ""])
        return
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to load, and seldom wanted
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Column  # noqa: PLC0415 - as above
    from rich.table import Table as Shown  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    columns = [
        Column(Text(name), justify="right" if at else "left") for at, name in enumerate(table.head)
    ]
    shown = Shown(*columns, box=SIMPLE_HEAD)
    for row in table.rows:
        shown.add_row(*map(Text, row))
    console = Console()
    console.print(Text(table.title, style="bold"), shown)


def print_lines(lines: Iterable[str]) -> None:
    """Print ``lines``, in UTF-8 whatever the terminal speaks."""
    put("".join(f"{line}\n" for line in lines).encode())
