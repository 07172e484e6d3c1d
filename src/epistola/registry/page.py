"""One file of a register, to be changed: its tree, and where everything stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from epistola.checks.fix import edited
from epistola.checks.positions import Positions
from epistola.files import write_whole
from epistola.model import Edit, Span
from epistola.registers.load import XML_ID, T, entries_within, heir_of
from epistola.safe import UnreadableError, parse


class RegistryError(Exception):
    """A register cannot be changed as asked: one sentence with file, place and remedy."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A file of a register: where it is, what it holds, its tree and positions."""

    path: Path
    raw: bytes
    root: etree._Element
    positions: Positions

    @property
    def text(self) -> str:
        """The file as text."""
        return self.positions.text_of_file

    def where(self, element: etree._Element) -> str:
        """Return file, line and column of ``element``."""
        line, column = self.positions.of(element)
        return f"{self.path}:{line}:{column}"

    def entries(self) -> Iterator[etree._Element]:
        """Yield the elements that are entries, and those that are stubs of retired ids."""
        yield from entries_within(self.root)

    def prefix(self) -> str:
        """Return the prefix of TEI's names in the file, with its colon, or nothing."""
        name = self.positions.tag(self.root).name
        prefix, colon, _ = name.rpartition(":")
        return prefix + colon

    def indent(self, element: etree._Element) -> str:
        """Return the white space before ``element``, where there is nothing else."""
        before = self.text[: self.positions.tag(element).start.start]
        space = before[len(before.rstrip()) :]
        return "\n" + space.rpartition("\n")[2] if "\n" in space else ""

    def changed(self, edits: Iterable[Edit]) -> bytes:
        """Return the file with ``edits``; raises RegistryError where it could not be read then."""
        made = self.positions.decoded.to_bytes(edited(self.text, edits))
        try:
            parse(made)
        except UnreadableError as error:
            raise RegistryError(
                f"{self.path}: the change would break the file ({error.message}); mend it by hand"
            ) from None
        return made


def read_page(path: Path) -> Page:
    """Return the register at ``path``; raises RegistryError for what cannot be read or changed."""
    try:
        raw = path.read_bytes()
        root = parse(raw).getroot()
        positions = Positions(raw)
        positions.tag(root)
    except UnreadableError as error:
        raise RegistryError(f"{path}:{error.line}:{error.column}: {error.message}") from None
    except OSError as error:
        raise RegistryError(f"{path}: cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise RegistryError(
            f"{path}: it has entities that hold elements, so that nothing can be put in its place:"
            " write the elements themselves"
        ) from None
    return Page(path, raw, root, positions)


def read_pages(folder: Path) -> list[Page]:
    """Return the registers in ``folder`` that are TEI, in order of name; none where it is not."""
    if not folder.is_dir():
        return []
    paths = sorted(path for path in folder.glob("*.xml") if not path.name.startswith("."))
    return [read_page(path) for path in paths]


def identified(page: Page) -> dict[str, etree._Element]:
    """Return the entries of ``page`` by their ids; stubs of retired ids too."""
    return {str(element.get(XML_ID)): element for element in page.entries()}


def is_stub(element: etree._Element) -> bool:
    """Return whether only a retired id is left of an entry."""
    return bool(heir_of(element))


def every_id(page: Page) -> set[str]:
    """Return all ids in the file, of entries and of whatever else has one."""
    return {str(one.get(XML_ID)) for one in page.root.iter(etree.Element) if one.get(XML_ID)}


def local(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return str(element.tag).removeprefix(T)


def insertion(at: int, text: str) -> Edit:
    """Return the edit that puts ``text`` at one place."""
    return Edit(Span(at, at), text)


def write_pages(changed: Iterable[tuple[Path, bytes]]) -> None:
    """Write all files, each whole, or leave all as they were.

    Raises RegistryError where one cannot be written, and names it.
    """
    before: list[tuple[Path, bytes | None]] = []
    for path, data in changed:
        try:
            was = path.read_bytes() if path.exists() else None
            write_whole(path, data)
        except OSError as error:
            _restore(before)
            raise RegistryError(
                f"{path}: it cannot be written ({error.strerror}); no register was changed"
            ) from None
        before.append((path, was))


def _restore(before: Iterable[tuple[Path, bytes | None]]) -> None:
    for path, data in before:
        if data is None:
            path.unlink()
        else:
            write_whole(path, data)
