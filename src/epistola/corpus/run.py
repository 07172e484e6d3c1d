"""A run: encode the letters that are new or changed, and remember what came of each.

    for done in run(tasks, settings, folder): ...

What comes of letters is told in their order, whoever is first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from epistola.corpus.beside import decisions_on
from epistola.corpus.journal import journal, keep, kept, reading, remember, remembered
from epistola.corpus.letters import Done, Task, encode_batch
from epistola.corpus.row import Row
from epistola.corpus.settings import (
    Settings,
    fingerprint,
    packed,
    unpacked,
)
from epistola.corpus.standing import State, stamped, state
from epistola.corpus.workers import Hired, Workers, on_this_machine, worked
from epistola.edition import settings
from epistola.model import Finding, Report, Severity, ignore
from epistola.terminal import COULD_NOT_RUN

if TYPE_CHECKING:
    import sqlite3

DRAFT = re.compile(r"\.[0-9a-f]{16}\.part")
"""The name of a file that is being written (``files.write_parts``)."""
OPTIONS = "options"
"""What the journal calls the options of the last run."""
Advance = Callable[[Counter[Severity]], None]
Meter = Callable[[int, str], AbstractContextManager[Advance]]
"""Shows how far so many letters are (``terminal.meter``)."""


@contextmanager
def unseen(_: int, __: str) -> Iterator[Advance]:
    """Show nothing."""
    yield lambda _: None


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run goes: who works on it, on all or on what is new; who is told, who looks on.

    ``together`` says that the letters are those of an edition, and make its register grow.
    """

    hired: Callable[[], Hired] = on_this_machine
    force: bool = False
    together: bool = False
    report: Report = ignore
    meter: Meter = unseen


PLAIN = Manner()


def run(
    tasks: Sequence[Task], chosen: Settings, folder: Path, manner: Manner = PLAIN
) -> Iterator[Done]:
    """Yield what comes of each of ``tasks``, in their order, and keep it in ``folder``'s journal.

    A letter is left as it is where it was written from the same text, by the same program and
    edition; one whose file was changed by hand since is told and not overwritten, unless that
    is forced. A run that was killed goes on where it was.

    Raises JournalError where another run is going on, or nothing can be remembered, and
    RegistryError where the register cannot grow.
    """
    with journal(folder) as memory, manner.hired() as workers:
        _clear(folder)
        remember(memory, OPTIONS, packed(chosen))
        together = manner.together and _grows(chosen)
        if together:
            chosen = _together(memory, tasks, chosen, workers, manner)
        chosen = replace(chosen, state=fingerprint(chosen))
        if together:
            from epistola.corpus.growing import stamped_by_links  # noqa: PLC0415 - an edition's

            now = (stamped_by_links(memory, task) for task in tasks)
        else:
            now = (stamped(task, chosen) for task in tasks)
        known = (_known(memory, task, force=manner.force) for task in now)
        yield from worked(workers, encode_batch, known, chosen, partial(keep, memory))


def _grows(chosen: Settings) -> bool:
    return chosen.folder is not None and settings(chosen.folder).get("grow", False)


def _together(
    memory: sqlite3.Connection,
    tasks: Sequence[Task],
    chosen: Settings,
    workers: Workers,
    manner: Manner,
) -> Settings:
    """Survey the letters and link them; return the settings for the second look."""
    from epistola.corpus.growing import linked, surveyed  # noqa: PLC0415 - only an edition's

    chosen = replace(chosen, usage=None)
    with manner.meter(len(tasks), "Surveying") as advance:
        for _ in surveyed(memory, tasks, chosen, workers):
            advance(Counter())
    return linked(memory, tasks, chosen, manner.report)


def standings(
    tasks: Sequence[Task], edition: Path | None, folder: Path
) -> Iterator[tuple[Task, State, Row | None]]:
    """Yield how each of ``tasks`` stands, and what ``folder``'s journal knows of it.

    The options are those of the last run. Raises JournalError where a run is going on.
    """
    with reading(folder) as memory:
        chosen = unpacked(remembered(memory, OPTIONS) if memory else "", edition)
        chosen = replace(chosen, state=fingerprint(chosen))
        if memory and _grows(chosen):
            from epistola.corpus.growing import as_linked  # noqa: PLC0415 - only an edition's

            now = as_linked(memory, tasks, chosen)
        else:
            now = (stamped(task, chosen) for task in tasks)
        for task in now:
            row = kept(memory, task.name) if memory else None
            found = state(task, row)
            if (
                found is State.CHECKED
                and row
                and not row.doubts
                and decisions_on(task.text, edition)
            ):
                found = State.REVIEWED
            yield task, found, row


def _clear(folder: Path) -> None:
    """Delete what a killed run has left half written; nobody else writes here now."""
    for draft in folder.rglob(".*.part"):
        if DRAFT.fullmatch(draft.name):
            with suppress(OSError):
                draft.unlink()


# --- what is known of a letter -------------------------------------------------------------


def _known(memory: sqlite3.Connection, task: Task, *, force: bool) -> Done | Task:
    """Return what is known of a letter, or the task where it must be encoded."""
    row = kept(memory, task.name)
    if force or row is None or row.code == COULD_NOT_RUN:
        return task
    match state(task, row):
        case State.BY_HAND:
            return Done(task, _changed_by_hand(row))
        case State.CHECKED | State.FAILING:
            return Done(task, row, unchanged=True)
        case _:
            return task


def _changed_by_hand(row: Row) -> Row:
    message = "it was changed by hand since it was written, and is left so; --force overwrites it"
    return replace(row, code=0, findings=(Finding(Severity.WARNING, "changed-by-hand", message),))
