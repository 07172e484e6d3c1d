"""The letters of a file, a folder or an edition, read one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from epistola.edition import FILE, EditionError, settings
from epistola.exports import ExportError
from epistola.exports.entries import Known, Shelf, read_known
from epistola.exports.letters import ExportedLetter, read_letters
from epistola.files import LETTERS, REGISTERS, SOURCES
from epistola.model import NOTHING, Report, ignore
from epistola.registers.load import RegisterError, load_registers
from epistola.safe import UnreadableError, parse
from epistola.tree.element import TEI

UNLIKE = 'the root is <{}>, and no element of TEI: give it xmlns="http://www.tei-c.org/ns/1.0"'


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters to export: iterate over them, as often as is needed; each is read anew.

    ``home`` is the file or the folder asked for, ``name`` what it is called, ``title`` the
    edition's title, if it has one. ``files`` are
    those that are read, ``sources`` the folder of the texts that they encode, if there is one.
    ``register`` are the entries of the edition's registers, in their order. ``choices`` is
    what the user chose (``--set``), or the default, by name; ``report`` is told what a format
    lacks or loses in these letters.
    """

    home: Path
    files: tuple[Path, ...]
    title: str = ""
    register: tuple[Known, ...] = ()
    sources: Path | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    shelf: Shelf = field(default_factory=Shelf, repr=False)
    report: Report = field(default=ignore, repr=False)

    @property
    def single(self) -> bool:
        """Return whether one file was asked for, and no folder."""
        return self.files == (self.home,)

    @property
    def is_one(self) -> bool:
        """Return whether there is one letter in the one file that was asked for."""
        return self.single and len(self.of(self.home)) == 1

    @property
    def name(self) -> str:
        """Return what the file or the folder is called, without an ending."""
        return self.home.stem if self.single else self.home.resolve().name

    def __iter__(self) -> Iterator[ExportedLetter]:
        """Read and yield the letters, in order of their files' names.

        Raises ExportError for a file that cannot be read or is no TEI.
        """
        for file in self.files:
            yield from self.of(file)

    def of(self, file: Path) -> list[ExportedLetter]:
        """Return the letters in one of the files; none of a register."""
        return read_letters(file, read_root(file), self.called(file), self.shelf)

    def called(self, file: Path) -> str:
        """Return the name of the letters in ``file``: its place below ``home``, no ending."""
        if self.single:
            return file.stem
        base = self.home / LETTERS if self.is_edition else self.home
        return file.relative_to(base).with_suffix("").as_posix()

    @property
    def is_edition(self) -> bool:
        """Return whether an edition was asked for."""
        return (self.home / FILE).is_file()


def gather(path: Path) -> Letters:
    """Return the letters of the TEI file at ``path``, of a folder of them, or of an edition.

    An edition's are in its folder ``letters``. Raises ExportError where there is none.
    """
    if (path / FILE).is_file():
        return _of_edition(path)
    if not path.is_dir():
        return Letters(path, (path,))
    return Letters(path, _files(path))


def choosing(letters: Letters, choices: Mapping[str, str], report: Report = ignore) -> Letters:
    """Return ``letters`` with what the user chose of a format, which ``report`` is told of."""
    return replace(letters, choices=choices, report=report)


def _files(folder: Path) -> tuple[Path, ...]:
    found = folder.rglob("*") if folder.is_dir() else ()
    files = sorted(p for p in found if p.suffix.lower() == ".xml" and p.is_file())
    if not files:
        raise ExportError(
            f"{folder}: there are no *.xml files in this folder: encode letters into it,"
            " or name a TEI file or an edition"
        )
    return tuple(files)


def _of_edition(folder: Path) -> Letters:
    try:
        said = settings(folder)
        where = folder / said.get("registers", REGISTERS)
        entries = load_registers(where) if where.is_dir() else ()
    except (EditionError, RegisterError) as error:
        raise ExportError(str(error)) from error
    register = tuple(
        read_known(parse(one.record.encode()).getroot(), one.id, home=one.home) for one in entries
    )
    unfiled = {one.key: one for one in register if Path(one.register).suffix != ".xml"}
    sources = folder / SOURCES
    return Letters(
        folder,
        _files(folder / LETTERS),
        said.get("title", ""),
        register,
        sources if sources.is_dir() else None,
        shelf=Shelf(unfiled),
    )


def read_root(path: Path) -> etree._Element:
    """Return the root of the TEI file at ``path``; raises ExportError where there is none."""
    try:
        root = parse(path.read_bytes()).getroot()
    except UnreadableError as error:
        raise ExportError(f"{path}:{error.line}:{error.column}: {error.message}") from error
    except OSError as error:
        raise ExportError(f"{path}: cannot be read: {error.strerror or error}") from error
    name = etree.QName(root)
    if name.namespace != TEI:
        raise ExportError(f"{path}: {UNLIKE.format(name.localname)}")
    return root
