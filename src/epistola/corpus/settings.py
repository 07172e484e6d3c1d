"""How the letters of a run are encoded, and a digest of all that it depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from epistola import __version__
from epistola.edition import FILE, LEAST, Edition, gazetteers, load_edition, settings
from epistola.mentions.learned.model import RULES_ALONE


@dataclass(frozen=True, slots=True)
class Settings:
    """How to encode, the same for every letter of a run; small enough to send to a process.

    ``folder`` is that of the edition, if there is one; the rest are the options of the command
    line, which come before what the edition says.
    """

    folder: Path | None = None
    language: str | None = None
    encoding: str | None = None
    date: str | None = None
    no_model: bool = False
    min_cert: str | None = None


@cache
def edition_of(chosen: Settings) -> Edition | None:
    """Return the edition of a run, loaded once in a process.

    Raises EditionError as ``load_edition`` does.
    """
    edition = load_edition(chosen.folder) if chosen.folder else None
    if chosen.no_model:
        edition = replace(edition or Edition(), models=RULES_ALONE)
    if chosen.min_cert is not None:
        edition = replace(edition or Edition(), least=LEAST[chosen.min_cert])
    return edition


def fingerprint(chosen: Settings) -> str:
    """Return a digest of all that shapes an encoding but the letter: options, edition, program.

    The program is its version and the size and time of each of its files, so that a change of
    its rules or words counts even where its version stays.
    """
    digest = sha256(repr((__version__, chosen)).encode())
    for line in _program():
        digest.update(line.encode())
    if folder := chosen.folder:
        for path in _of_edition(folder):
            digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _program() -> Iterator[str]:
    root = Path(str(files("epistola")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            state = path.stat()
            yield f"{path.relative_to(root)} {state.st_size} {state.st_mtime_ns}\n"


def _of_edition(folder: Path) -> Iterator[Path]:
    """Yield the files that an edition's encodings depend on, in a fixed order."""
    yield folder / FILE
    fields = settings(folder)
    yield from sorted((folder / fields.get("registers", "registers")).glob("*"))
    yield from gazetteers(folder, fields.get("gazetteer"))
    model = folder / fields.get("model", "")
    if "model" in fields and model.is_dir():
        yield from sorted(path for path in model.rglob("*") if path.is_file())
