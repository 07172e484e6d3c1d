"""``epistola encode`` for a folder of texts, or an edition: what is new or has changed."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from epistola.cli_options import Way
from epistola.cli_page import refuse_pages, write_page_of
from epistola.cli_read import every_row_has_a_text
from epistola.corpus.beside import SIDECAR
from epistola.corpus.cluster import ClusterError
from epistola.corpus.journal import JournalError
from epistola.corpus.letters import Done, Task
from epistola.corpus.run import Manner, run
from epistola.corpus.settings import Settings, edition_files
from epistola.corpus.workers import Hired, on_this_machine
from epistola.edition import EditionError
from epistola.files import LETTERS, SOURCES, STDIN, PlanError, is_remote, located, plan
from epistola.model import Finding, Severity
from epistola.registry.page import RegistryError
from epistola.sidecar import SidecarError
from epistola.terminal import Refusal, called, findings_table, meter, summary, tell

PAUSE = 0.5
"""How many seconds pass between two looks at the texts that are watched."""
TOLD_FROM = 1.0
"""A run of so many seconds says how fast it was."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where texts are, where their editions go, where the run is remembered, and how it goes."""

    paths: tuple[Path, ...]
    output: Path
    memory: Path
    way: Way
    together: bool = False

    def tasks(self) -> list[Task]:
        """Return a task for each text; raises Refusal where there is none."""
        try:
            jobs = plan(self.paths, f"{self.output}/")
        except PlanError as error:
            raise Refusal(str(error)) from None
        targets = [(job.text, job.target) for job in jobs if job.target]
        return [Task(self.name(target), text, target) for text, target in targets]

    def name(self, target: Path) -> str:
        """Return what the journal calls the letter that goes to ``target``."""
        if is_remote(target):
            return str(target)
        return target.relative_to(self.memory).as_posix()

    def texts(self) -> list[Path]:
        """Return where the texts are; raises Refusal as ``tasks`` does."""
        return [task.text for task in self.tasks()]


def encode_folder(paths: tuple[Path, ...], output: str | None, chosen: Settings, way: Way) -> int:
    """Encode the texts of folders, or of an edition, and return the exit code.

    Raises Refusal where it is not known where they are, or where they go.
    """
    if paths and output:
        goal = _located(output.rstrip("/") or output)
        folder = Folder(paths, goal, Path() if is_remote(goal) else goal, way)
    else:
        folder = _edition(chosen.folder, output, way)
    if chosen.table:
        every_row_has_a_text(chosen, folder.texts())
    if way.html:
        refuse_pages(task.target for task in folder.tasks())
    if way.watch:
        return keep_encoding(folder.texts, lambda: encode_many(folder, chosen), chosen)
    return encode_many(folder, chosen)


def _located(place: str) -> Path:
    try:
        return located(place)
    except PlanError as error:
        raise Refusal(str(error)) from None


def _edition(where: Path | None, output: str | None, way: Way) -> Folder:
    if where is None:
        raise Refusal("name a text or a folder: epistola encode letter.txt")
    if output is not None:
        raise Refusal(f"the letters of an edition go to {where / LETTERS}: leave out -o")
    return of_edition(where, way)


def of_edition(folder: Path, way: Way) -> Folder:
    """Return where the texts of the edition in ``folder`` are, and where its letters go.

    Raises Refusal where it has no folder of texts.
    """
    if not (folder / SOURCES).is_dir():
        raise Refusal(f"{folder / SOURCES}: no such folder; put the texts of the edition there")
    return Folder((folder / SOURCES,), folder / LETTERS, folder, way, together=True)


def encode_many(folder: Folder, chosen: Settings) -> int:
    """Encode what is new or has changed, tell what was found, and return the exit code."""
    tasks = folder.tasks()
    exits, severities, codes = Counter[int](), Counter[Severity](), Counter[tuple[str, str]]()
    words = unchanged = 0
    start = time.perf_counter()
    with meter(len(tasks), "Encoding") as advance:
        for done in _run(tasks, folder, chosen):
            tell(_worth_telling(done), called(done.task.text))
            exits[done.row.code] += 1
            severities.update(finding.severity for finding in done.row.findings)
            codes.update((str(f.severity), f.code) for f in done.row.findings)
            unchanged += done.unchanged
            words += 0 if done.unchanged else done.row.words
            if folder.way.html and not done.row.code:
                write_page_of(done.task.target)
            advance(severities)
    findings_table(codes)
    click.echo(summary("texts", exits, severities) + _besides(unchanged), err=True)
    seconds = time.perf_counter() - start
    if words and seconds > TOLD_FROM:
        click.echo(f"{words:,} words in {seconds:.0f} s, {words / seconds:,.0f} a second", err=True)
    return max(exits)


def _run(tasks: list[Task], folder: Folder, chosen: Settings) -> Iterator[Done]:
    way = folder.way
    registers = str(folder.memory / "registers")
    manner = Manner(
        _hired(way),
        way.force,
        folder.together,
        lambda finding: tell([finding], registers),
        meter,
    )
    try:
        yield from run(tasks, chosen, folder.memory, manner)
    except (JournalError, EditionError, SidecarError, RegistryError, ClusterError) as error:
        raise Refusal(str(error)) from None


def _hired(way: Way) -> Callable[[], Hired]:
    """Return what hires the workers of a run."""
    if way.cluster is None:
        return partial(on_this_machine, way.jobs)
    from epistola.corpus.cluster import cluster  # noqa: PLC0415 - an extra

    return partial(cluster, way.cluster, way.jobs)


def _worth_telling(done: Done) -> tuple[Finding, ...]:
    """Return what is new of a letter, and what is wrong with it even where that is not new."""
    found = done.row.findings
    if not done.unchanged:
        return found
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)


def _besides(unchanged: int) -> str:
    return f"; {unchanged} unchanged" if unchanged else ""


def keep_encoding(
    texts: Callable[[], Iterable[Path]], encode: Callable[[], int], chosen: Settings
) -> int:
    """Encode, and again whenever a text or the edition is saved, until the user has enough.

    Raises Refusal for standard input, which cannot be watched.
    """
    known: dict[Path, tuple[int, int]] = {}
    try:
        while True:
            now = dict(_states(texts(), chosen))
            if now != known:
                if known:
                    click.echo(f"\n{time.strftime('%H:%M:%S')}", err=True)
                encode()
            known = now
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        click.echo(err=True)
    return 0


def _states(texts: Iterable[Path], chosen: Settings) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Yield what is watched, with the time and size of each file."""
    beside = [path for text in texts for path in (text, text.with_suffix(SIDECAR))]
    edition = edition_files(chosen.folder) if chosen.folder else ()
    for path in [*beside, *edition, *filter(None, [chosen.table])]:
        if path == STDIN:
            raise Refusal("standard input cannot be watched: name a file")
        try:
            state = path.stat()
        except OSError:  # there is none, or an editor is just replacing it
            continue
        yield path, (state.st_mtime_ns, state.st_size)
