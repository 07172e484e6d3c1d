"""Which files to read, where their editions go, and how a file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import cast

STDIN = Path("-")
"""How standard input is called among paths."""


SOURCES, LETTERS, REGISTERS, DECISIONS = "sources", "letters", "registers", "decisions"
"""The folders of an edition; its ``edition.toml`` may name another for its registers."""
REMOTE = "://"
"""What an address has that no path on this machine has."""


class PlanError(Exception):
    """What was asked for cannot be done; one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Job:
    """One text to encode: where it is, and where its edition goes (None: standard output)."""

    text: Path
    target: Path | None


def located(place: str) -> Path:
    """Return the path that ``place`` is: on this machine, or wherever fsspec can reach.

    An address (``s3://letters/1845``) is a path of universal_pathlib, which does what paths
    do. Raises PlanError where that, or what reaches such a place, is not installed.
    """
    if REMOTE not in place:
        return Path(place)
    try:
        from upath import UPath  # noqa: PLC0415 - an extra

        found = UPath(place)
        found.fs  # noqa: B018 - to ask for it loads what reaches the place
    except (ImportError, ValueError) as error:
        remedy = "pip install 'epistola[remote]', and the package of fsspec for such places"
        raise PlanError(f"{place}: it cannot be reached ({error}): {remedy}") from None
    return cast("Path", found)


def is_remote(path: Path) -> bool:
    """Return whether ``path`` is not one of this machine's file system."""
    return not isinstance(path, Path)


def _real(path: Path) -> Path:
    """Return where ``path`` leads, links followed."""
    return path if is_remote(path) else Path(os.path.realpath(path))


def plan(paths: Iterable[Path], output: str | None) -> list[Job]:
    """Return a job for each text that ``paths`` mean, in order.

    A folder stands for its ``*.txt`` files, at any depth, and is mirrored below the
    folder ``output``; a single text may go to a file ``output`` (a folder if it ends in
    "/" or is one) or to standard output.

    Raises PlanError where two editions would go to one file, or one over its text.
    """
    paths = list(paths)
    found = [pair for path in paths for pair in _texts(path)]
    if output is None:
        if len(found) > 1:
            raise PlanError(f"{len(found)} texts need a folder to go to: name one with -o FOLDER")
        return [Job(text, None) for text, _ in found]
    one = len(paths) == 1 and not paths[0].is_dir()
    goal = located(output.rstrip("/") or output)
    into = not one or goal.is_dir() or output.endswith(("/", os.sep))
    if into and goal.exists() and not goal.is_dir():
        raise PlanError(f"{goal} is a file, but a folder is needed: name one with -o FOLDER")
    jobs = [Job(text, goal / target if into else goal) for text, target in found]
    _refuse_clashes(jobs)
    return jobs


def within(path: Path, ending: str) -> list[Path]:
    """Return ``path`` itself, or, of a folder, its files with that ``ending``, at any depth.

    Raises PlanError for a folder without any.
    """
    if not path.is_dir():
        return [path]
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() == ending and p.is_file())
    if not files:
        raise PlanError(f"{path}: there are no *{ending} files in this folder")
    return files


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, or leave what was there: a reader never sees half a file.

    Folders above it are made. The permissions are those that opening the file would
    give. What is no plain file (a pipe, a terminal) is written to as it is.

    Raises OSError.
    """
    if is_remote(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)  # an object store shows an object when it is whole
        return
    path = _real(path)
    if path.exists() and not path.is_file():
        path.write_bytes(data)
    else:
        write_parts(path, [data])


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write the file at ``path`` part by part, or leave what was there, as ``write_whole`` does.

    Where making a part fails, nothing is written. Raises OSError, and what the parts raise.
    """
    path = _real(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.parent / f".{os.urandom(8).hex()}.part"
    try:
        with draft.open("xb") as file:
            file.writelines(parts)
        if path.exists():
            draft.chmod(stat.S_IMODE(path.stat().st_mode))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_folder(folder: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write ``files``, each a path in ``folder`` and its parts, or leave what was there.

    Where making a part fails, nothing is written. Files of other names stay. Raises OSError,
    and what the parts raise; ValueError for a path that leads out of the folder.
    """
    folder = Path(os.path.realpath(folder))
    draft = folder.parent / f".{os.urandom(8).hex()}.part"
    try:
        names = list(_drafted(draft, files))
        if not folder.exists() and names:
            draft.replace(folder)
            return
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).replace(folder / name)
    finally:
        rmtree(draft, ignore_errors=True)


def _drafted(draft: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[str]:
    """Write ``files`` below ``draft``, and yield the name of each."""
    for name, parts in files:
        if not name or name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"“{name}” is no path in a folder")
        path = draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.writelines(parts)
        yield name


def _texts(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each text that ``path`` means, and where its edition goes below the output folder."""
    if path == STDIN:
        yield path, Path("stdin.xml")
        return
    for text in within(path, ".txt"):
        below = Path(text.relative_to(path).as_posix() if path.is_dir() else text.name)
        yield text, below.with_suffix(".xml")


def _refuse_clashes(jobs: Iterable[Job]) -> None:
    taken: dict[Path, Path] = {}
    for job in jobs:
        if job.target is None:
            continue
        target = _real(job.target)
        if target in taken:
            raise PlanError(
                f"{taken[target]} and {job.text} would both be written to {job.target}:"
                " rename one, or encode them into different folders"
            )
        taken[target] = job.text
    for job in jobs:
        if job.text != STDIN and _real(job.text) in taken:
            raise PlanError(f"{job.text} would be overwritten: name another output with -o")
