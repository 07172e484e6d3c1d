"""``epistola status``: how the letters of an edition stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from epistola.cli_options import Way
from epistola.cli_run import of_edition
from epistola.corpus.journal import JournalError
from epistola.corpus.letters import Task
from epistola.corpus.row import Row
from epistola.corpus.run import standings
from epistola.corpus.standing import State
from epistola.edition import EditionError
from epistola.sidecar import SidecarError
from epistola.terminal import FOUND_ERRORS, Refusal, called, examples, put

REMEDIES = {
    State.FAILING: "it is not written: see its errors below, and mend the text",
    State.BY_HAND: "epistola adopt reads what was changed into decisions",
}
Stand = tuple[Task, State, Row | None]


@click.command("status", epilog=examples("status edition/", "status edition/ --all"))
@click.argument(
    "folder",
    metavar="EDITION",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--all", "whole", is_flag=True, help="List also the letters that are well.")
def status_command(*, folder: Path, whole: bool) -> int:
    """Tell how each letter of EDITION stands; without one, of the folder this is run in.

    new: never encoded; changed: since it was encoded its text has changed, or what an editor
    says of it, or the edition, its registers, or the program; failing: it has errors, and is
    not written; changed by hand: its TEI was edited since; checked: it is as it was written,
    and valid; reviewed: it is checked, an editor has decided about it, and nothing in it is
    marked as uncertain.

    The exit code is 1 where a letter is failing.
    """
    try:
        stands = list(standings(of_edition(folder, Way()).tasks(), folder, folder))
    except (JournalError, EditionError, SidecarError) as error:
        raise Refusal(str(error)) from None
    counts = Counter(state for _, state, _ in stands)
    doubts = sum(row.doubts for _, _, row in stands if row)
    told = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    letters = "1 letter" if len(stands) == 1 else f"{len(stands)} letters"
    put(f"{letters}: {told}; {doubts} marked as uncertain\n".encode())
    for state in State:
        if whole or state not in {State.CHECKED, State.REVIEWED}:
            put("".join(_lines(state, stands)).encode("utf-8", "replace"))
    return FOUND_ERRORS if counts[State.FAILING] else 0


def _lines(state: State, stands: Sequence[Stand]) -> list[str]:
    remedy = f"  ({REMEDIES[state]})" if state in REMEDIES else ""
    return [
        f"{state:16}{called(task.text)}{remedy}{_doubts(row)}\n"
        for task, found, row in stands
        if found is state
    ]


def _doubts(row: Row | None) -> str:
    return f"  {row.doubts} uncertain" if row and row.doubts else ""
