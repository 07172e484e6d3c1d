"""How the letters of a run are encoded, and a digest of all that it depends on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from epistola import __version__
from epistola.corpus.usage import FILE as USAGE
from epistola.corpus.usage import read_usage
from epistola.edition import FILE, LEAST, Edition, gazetteers, load_edition, settings
from epistola.registers.register import Register

if TYPE_CHECKING:
    from epistola.sidecar import Table


@dataclass(frozen=True, slots=True)
class Settings:
    """How to encode, the same for every letter of a run; small enough to send to a process.

    ``folder`` is that of the edition, if there is one, ``table`` the file of what an editor says
    of many letters; the rest are the options of the command line, which come before what the
    edition says. ``state`` marks the state that the edition and the table are in: what is loaded
    for one state is not used for another. ``usage`` is the file that says how all letters of the
    edition call its people, if they are linked together.
    """

    folder: Path | None = None
    language: str | None = None
    encoding: str | None = None
    date: str | None = None
    table: Path | None = None
    gutenberg: bool = False
    line_breaks: bool = False
    no_model: bool = False
    min_cert: str | None = None
    state: str = ""
    usage: Path | None = None


def packed(chosen: Settings) -> str:
    """Return the options in ``chosen`` as one line of JSON; the edition's folder is left out."""
    said = asdict(replace(chosen, folder=None, state="", usage=None))
    said["table"] = str(chosen.table.resolve()) if chosen.table else None
    return json.dumps(said)


def unpacked(line: str, folder: Path | None) -> Settings:
    """Return the options that ``packed`` made ``line`` of, for the edition in ``folder``."""
    said = json.loads(line or "{}")
    table = said.pop("table", None)
    return replace(Settings(**said), folder=folder, table=Path(table) if table else None)


@lru_cache(maxsize=2)
def edition_of(chosen: Settings) -> Edition | None:
    """Return the edition of a run, with what the options say of it; loaded once in a process.

    Raises EditionError as ``load_edition`` does.
    """
    edition = load_edition(chosen.folder) if chosen.folder else None
    if chosen.usage and edition:
        register = Register(edition.register.entries, usage=read_usage(chosen.usage))
        edition = replace(edition, register=register)
    if chosen.no_model:
        from epistola.mentions.learned.model import RULES_ALONE  # noqa: PLC0415 - seldom wanted

        edition = replace(edition or Edition(), models=RULES_ALONE)
    if chosen.min_cert is not None:
        edition = replace(edition or Edition(), least=LEAST[chosen.min_cert])
    if chosen.line_breaks:
        edition = edition or Edition()
        edition = replace(edition, details=replace(edition.details, line_breaks=True))
    return edition


@lru_cache(maxsize=2)
def table_of(chosen: Settings) -> Table | None:
    """Return the table of what an editor says of many letters, read once in a process.

    Raises SidecarError as ``read_table`` does.
    """
    if chosen.table is None:
        return None
    from epistola.sidecar import read_table  # noqa: PLC0415 - seldom wanted

    return read_table(chosen.table)


def as_it_stands(chosen: Settings) -> Settings:
    """Return ``chosen`` with the state that its edition and its table are in now."""
    shared = edition_files(chosen.folder) if chosen.folder else ()
    kept = chosen.folder / USAGE if chosen.folder else None
    usage = kept if kept and kept.is_file() else None
    files = (*shared, *filter(None, [chosen.table, usage]))
    states = [path.stat() for path in files if path.is_file()]
    state = repr([(one.st_mtime_ns, one.st_size) for one in states])
    return replace(chosen, state=state, usage=usage)


def fingerprint(chosen: Settings, *, registers: bool = True) -> str:
    """Return a digest of all that shapes every encoding: options, edition, program.

    Without its ``registers``, it is of all but them. Raises EditionError.
    """
    options = replace(chosen, folder=None, table=None, state="", usage=None)
    digest = sha256(repr((program(), options)).encode())
    if folder := chosen.folder:
        for path in edition_files(folder, registers=registers):
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    if chosen.usage and chosen.usage.is_file():
        digest.update(chosen.usage.read_bytes())
    return digest.hexdigest()


@cache
def program() -> str:
    """Return a digest of the program: of its version, and of what is in each of its files.

    The same on every machine that has the same program; a change of its rules or words counts
    even where its version stays.
    """
    digest = sha256(__version__.encode())
    root = Path(str(files("epistola")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def edition_files(folder: Path, *, registers: bool = True) -> Iterator[Path]:
    """Yield the files that an edition's encodings depend on, in a fixed order."""
    yield folder / FILE
    fields = settings(folder)
    if registers:
        yield from sorted((folder / fields.get("registers", "registers")).glob("*"))
    yield from gazetteers(folder, fields.get("gazetteer"))
    model = folder / fields.get("model", "")
    if "model" in fields and model.is_dir():
        yield from sorted(path for path in model.rglob("*") if path.is_file())
