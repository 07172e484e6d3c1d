"""The works of a TEI file, a folder of them or an edition, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lxml import etree

from epistola.edition import FILE, EditionError, load_edition
from epistola.exports import ExportError
from epistola.exports.gathered import read_root
from epistola.model import NOTHING, EntryId
from epistola.registers.bibliography.record import XML_ID, People, T, read_work, words
from epistola.registers.bibliography.work import Name, Work
from epistola.registers.load import entries_within
from epistola.registers.register import Register


def works(path: Path) -> Iterator[Work]:
    """Yield the works of the TEI file at ``path``, of a folder of them, or of an edition.

    An edition's are those in its registers, in TEI or not. What several letters say alike
    of one work is one work; works that share an id by chance get a number.

    Raises ExportError for a file that cannot be read or is no TEI, and where there is no
    work in any.
    """
    seen: dict[str, list[Work]] = {}
    for work in _found(path):
        alike = seen.setdefault(work.id, [])
        if work in alike:
            continue
        alike.append(work)
        number = f"-{len(alike)}" if len(alike) > 1 else ""
        yield replace(work, id=f"{work.id}{number}") if work.id else work
    if not seen:
        raise ExportError(
            f"{path}: there is no biblStruct with an xml:id in it outside its header: name a"
            " register of works, an encoded letter, or an edition"
        )


def _found(path: Path) -> Iterator[Work]:
    if (path / FILE).is_file():
        yield from _of_edition(path)
        return
    for file in sorted(path.rglob("*.xml")) if path.is_dir() else [path]:
        yield from _of_file(file)


def _of_edition(folder: Path) -> Iterator[Work]:
    try:
        register = load_edition(folder).register
    except EditionError as error:
        raise ExportError(str(error)) from error
    people = _people_of(register)
    for entry in register:
        if entry.kind == "work":
            yield read_work(etree.fromstring(entry.record), people)


def _people_of(register: Register) -> People:
    """Return what finds the parts of the name in an entry of ``register``."""
    named = {entry.id: entry.values for entry in register if entry.kind == "person"}

    def find(pointer: str) -> Name | None:
        values = named.get(EntryId(pointer.rpartition("#")[2]), NOTHING)
        surname = values.get("surname", "")
        return Name(surname, values.get("forename", "")) if surname else None

    return find


def _of_file(path: Path) -> Iterator[Work]:
    root = read_root(path)
    people = _people_in(root, path)
    for element in entries_within(root):
        if element.tag == f"{T}biblStruct":
            yield read_work(element, people)


def _people_in(root: etree._Element, path: Path) -> People:
    """Return what finds the name in an entry: of the same file, or of one beside it."""

    def find(pointer: str) -> Name | None:
        file, hash_, entry_id = pointer.partition("#")
        if not hash_ or "/" in file or ":" in file:
            return None
        return (_persons(path.parent / file) if file else own).get(entry_id)

    own = _named(root)
    return find


@lru_cache(maxsize=8)
def _persons(path: Path) -> dict[str, Name]:
    """Return the names in a register of persons; a file that is not there has none."""
    return _named(read_root(path)) if path.is_file() else {}


def _named(root: etree._Element) -> dict[str, Name]:
    found: dict[str, Name] = {}
    for person in root.iter(f"{T}person"):
        surname, forename = (words(person.find(f".//{T}{n}")) for n in ("surname", "forename"))
        if surname and person.get(XML_ID):
            found[str(person.get(XML_ID))] = Name(surname, forename)
    return found
