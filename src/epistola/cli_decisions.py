"""``epistola decisions``: what was decided, and whether it is found again in its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.cli_adopt import home_of
from epistola.cli_read import not_read
from epistola.corpus.letters import opened_from
from epistola.corpus.settings import Settings
from epistola.files import DECISIONS, SOURCES
from epistola.model import Action, Decision, Finding
from epistola.shown.lines import Outcome
from epistola.terminal import FOUND_ERRORS, Refusal, called, examples
from epistola.text.read import ReadError

if TYPE_CHECKING:
    from epistola.model import Source

WITHDRAWN, UNPLACED = "withdrawn", "unplaced"


@click.command("decisions", epilog=examples("decisions tei", "decisions tei/sources/mill-1848.txt"))
@click.argument("path", metavar="EDITION|FILE.txt", type=click.Path(exists=True, path_type=Path))
def decisions_command(*, path: Path) -> int:
    """List what was decided about a text, or about all texts of an edition.

    A line for each decision says where it is written down, and whether its passage is kept
    where it was, moved, changed, or unplaced: then it is not obeyed, and is to be decided
    anew or withdrawn. The exit code is 1 where one is unplaced.
    """
    counts: Counter[str] = Counter()
    code = 0
    for text, file in pairs(path):
        outcome = listed(text, file, counts)
        code = max(code, outcome.code)
    said = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    click.echo(f"{counts.total()} decisions{f': {said}' if said else ''}", err=True)
    return max(code, FOUND_ERRORS if counts[UNPLACED] else 0)


def pairs(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each text that ``path`` means with its file of decisions; raises Refusal."""
    from epistola.decisions.store import path_of  # noqa: PLC0415 - help is shown without it

    if path.is_dir():
        files = sorted((path / DECISIONS).rglob("*.jsonl"))
        yield from ((text_for(path, file), file) for file in files)
        return
    folder = home_of(path)
    file = path_of(folder, path)
    if file is None:
        raise Refusal(f"{path} is not below {folder / SOURCES}: only such texts have decisions")
    if file.exists():
        yield path, file


def text_for(folder: Path, file: Path) -> Path:
    """Return the text that a file of decisions is about; raises Refusal where it is gone."""
    from epistola.edition import FILE  # noqa: PLC0415 - as above

    if not (folder / FILE).is_file():
        raise Refusal(f"{folder} is no edition: it has no {FILE}")
    name = file.relative_to(folder / DECISIONS).with_suffix("")
    where = folder / SOURCES / name.parent
    found = [p for p in sorted(where.glob("*")) if p.stem == name.name and p.suffix != ".toml"]
    if not found:
        raise Refusal(f"{file}: its text, sources/{name}.txt, is gone: put it back, or rename it")
    return found[0]


def listed(text: Path, file: Path, counts: Counter[str]) -> Outcome:
    """Show the decisions in ``file``, and count how they are placed."""
    from epistola.decisions.store import DecisionError, read_decisions  # noqa: PLC0415 - as above

    findings: list[Finding] = []
    try:
        decisions = read_decisions(file)
        source = opened_from(text, Settings(), findings)[0].source
    except DecisionError as error:
        raise Refusal(str(error)) from None
    except ReadError as error:
        return not_read(text, error)
    for decision, state in states(source, decisions):
        counts[state] += 1
        click.echo(f"{called(file)}:{decision.line}: {state}: {shown(decision)}")
    return Outcome(0, ())


def states(source: Source, decisions: tuple[Decision, ...]) -> Iterator[tuple[Decision, str]]:
    """Yield each decision and how it is found again."""
    from epistola.decisions.judge import placed  # noqa: PLC0415 - as above
    from epistola.decisions.store import standing  # noqa: PLC0415 - as above

    found = {one.decision.id: str(one.how) for one in placed(source, decisions)}
    holding = {decision.id for decision in standing(decisions)}
    for decision in decisions:
        if decision.action is not Action.WITHDRAW:
            other = UNPLACED if decision.id in holding else WITHDRAWN
            yield decision, found.get(decision.id, other)


def shown(decision: Decision) -> str:
    """Return what a decision does, to which words, and who made it when."""
    from epistola.decisions.judge import quoted  # noqa: PLC0415 - as above

    what = f"{decision.action} {decision.kind}".strip()
    who = ", ".join(filter(None, (decision.creator, decision.created)))
    return f"{what} {quoted(decision.target)}{f' ({who})' if who else ''}"
