"""The second look at an edition: all letters together make its register grow, and are linked.

Each letter is surveyed by itself first; what it tells is kept. The names of all letters bring
the register what it lacks, and tell how the edition calls its people; then only those letters
need be encoded again that this concerns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from epistola.corpus.journal import keep_linked, keep_told, remember, remembered, told
from epistola.corpus.letters import Done, Task, survey_batch
from epistola.corpus.row import Row
from epistola.corpus.settings import Settings, fingerprint
from epistola.corpus.standing import stamped
from epistola.corpus.usage import FILE as USAGE
from epistola.corpus.usage import packed, read_usage
from epistola.corpus.workers import Workers, worked
from epistola.edition import load_edition, settings
from epistola.files import write_whole
from epistola.model import Report
from epistola.registers.across.evidence import Evidence, unpacked
from epistola.registers.across.grown import grown
from epistola.registers.across.relevant import digest
from epistola.registers.across.used import used
from epistola.registers.register import Register
from epistola.registers.usage import NO_USAGE
from epistola.registry.append import append

if TYPE_CHECKING:
    import sqlite3

LINKED = "linked"
"""What the journal calls the digest of all that letters were last linked from."""
UNREAD = "unread"


def surveyed(
    memory: sqlite3.Connection, tasks: Sequence[Task], chosen: Settings, workers: Workers
) -> Iterator[Done]:
    """Read each of ``tasks`` that is new or has changed, and keep what it tells across letters."""
    chosen = replace(chosen, state=fingerprint(chosen, registers=False))

    def known() -> Iterator[Done | Task]:
        for task in tasks:
            now = stamped(task, chosen)
            row = Row(task.name, now.inputs)
            same = bool(now.inputs) and told(memory, task.name)[0] == now.inputs
            yield Done(now, row, unchanged=True) if same else now

    def keep(rows: list[Row]) -> None:
        remember(memory, LINKED, "")
        keep_told(memory, rows)

    yield from worked(workers, survey_batch, known(), chosen, keep)


def linked(
    memory: sqlite3.Connection, tasks: Sequence[Task], chosen: Settings, report: Report
) -> Settings:
    """Let the register grow by what all letters tell, and keep what it now tells of each.

    Returns ``chosen`` with how the edition calls its people. Raises RegistryError for a
    register that cannot be written, and EditionError as ``load_edition`` does.
    """
    folder = chosen.folder or Path()
    now = replace(chosen, usage=folder / USAGE)
    before = _all(memory, tasks, chosen)
    if remembered(memory, LINKED) == before and (folder / USAGE).is_file():
        return now
    register = load_edition(folder).register
    growth = grown(register, _evidences(memory, tasks))
    for finding in growth.findings:
        report(finding)
    if growth.entries:
        append(folder / settings(folder).get("registers", "registers"), growth.entries)
        register = load_edition(folder).register
    usage = used(register, _evidences(memory, tasks))
    write_whole(folder / USAGE, packed(usage))
    whole = Register(register.entries, usage=usage)
    keep_linked(memory, ((name, _links(whole, line)) for name, line in _told(memory, tasks)))
    remember(memory, LINKED, _all(memory, tasks, chosen))
    return now


def _all(memory: sqlite3.Connection, tasks: Sequence[Task], chosen: Settings) -> str:
    """Return a digest of all that linking depends on: the letters, and the registers."""
    hashed = sha256(fingerprint(chosen).encode())
    for task in tasks:
        hashed.update(f"{task.name} {told(memory, task.name)[0]}\n".encode())
    return hashed.hexdigest()


def _told(memory: sqlite3.Connection, tasks: Sequence[Task]) -> Iterator[tuple[str, str]]:
    return ((task.name, told(memory, task.name)[1]) for task in tasks)


def _evidences(memory: sqlite3.Connection, tasks: Sequence[Task]) -> Iterator[Evidence]:
    return (unpacked(line) for _, line in _told(memory, tasks) if line)


def _links(register: Register, line: str) -> str:
    """Return a digest of what ``register`` tells of a letter, or a word for one without text."""
    return digest(register, unpacked(line)) if line else UNREAD


def stamped_by_links(memory: sqlite3.Connection, task: Task) -> Task:
    """Return ``task`` with the digest of what it depends on, the register's share with it."""
    inputs, _, links = told(memory, task.name)
    return replace(task, inputs=_with_links(inputs, links) if inputs and links else "")


def _with_links(inputs: str, links: str) -> str:
    return sha256(f"{inputs} {links}".encode()).hexdigest()


def as_linked(
    memory: sqlite3.Connection, tasks: Sequence[Task], chosen: Settings
) -> Iterator[Task]:
    """Yield ``tasks`` with the digests that they would have if they were linked now."""
    plain = replace(chosen, usage=None)
    plain = replace(plain, state=fingerprint(plain, registers=False))
    usage = (chosen.folder or Path()) / USAGE
    known = read_usage(usage) if usage.is_file() else NO_USAGE
    register = Register(load_edition(chosen.folder or Path()).register.entries, usage=known)
    for task in tasks:
        inputs, line, _ = told(memory, task.name)
        if inputs and stamped(task, plain).inputs == inputs:
            yield replace(task, inputs=_with_links(inputs, _links(register, line)))
        else:
            yield replace(task, inputs="")
