"""Works and letters in the formats of other programs, one file a format.

A format is a module of this package with a constant ``FORMAT``, named in ``OWN``; a package
may bring another by an entry point of the group ``epistola.exporters`` that leads to one.
``docs/export.md`` says how to add a format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from epistola.registers.bibliography.work import Work

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from epistola.exports.gathered import Letters

GROUP = "epistola.exporters"
OWN = tuple(
    """
    html csl bibtex ris cmif csv json text webanno conll spacy txm
    graphml gexf geojson tei-profile rdf dts epub latex docx
    """.split()
)
"""The program's own formats, in the order in which they are listed.

Each is a module here, with "_" for "-".
"""

Part = str | bytes
"""A piece of a file; text is written as UTF-8."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something about a format that its user may choose, ``--set NAME=VALUE``.

    ``values`` are those it may have, the first where nothing is said; where there is only one,
    any other may be given.
    """

    name: str
    values: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a folder: where in it ("letters/a.html"), and what is in it, part by part."""

    name: str
    parts: Iterable[Part]


@dataclass(frozen=True, slots=True)
class Format:
    """A format for works, in one file: what writes it, and what it keeps and loses of a work."""

    write: Callable[[Iterable[Work]], Iterator[str]]
    name: str
    ending: str
    keeps: str
    loses: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class LettersFormat:
    """A format for letters, however many, in one file, which ``write`` makes part by part."""

    write: Callable[[Letters], Iterator[Part]]
    name: str
    ending: str
    keeps: str
    loses: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderFormat:
    """A format for letters that is a folder; ``write`` yields its files, one after another.

    The parts of a file are all taken before the next file is asked for. ``alone``, where there
    is one, writes a single letter as one file.
    """

    write: Callable[[Letters], Iterator[File]]
    name: str
    ending: str
    keeps: str
    loses: str
    choices: tuple[Choice, ...] = ()
    alone: Callable[[Letters], Iterator[Part]] | None = None


AnyFormat = Format | LettersFormat | FolderFormat


class FormatError(Exception):
    """A format cannot be used; the message is one sentence with the remedy."""


class ExportError(Exception):
    """Nothing can be exported; the message names the file and the remedy."""


def formats() -> Mapping[str, AnyFormat]:
    """Return the formats there are, by the words that ask for them, in their order.

    Those of other packages follow the program's own, and replace none of them. Raises
    FormatError for one that cannot be loaded.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to load

    own: dict[str, AnyFormat] = {
        word: import_module(f"epistola.exports.{word.replace('-', '_')}").FORMAT for word in OWN
    }
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    others = {point.name: _loaded(point) for point in points if point.name not in own}
    return MappingProxyType({**own, **others})


def _loaded(point: EntryPoint) -> AnyFormat:
    try:
        found = point.load()
    except Exception as error:
        raise FormatError(
            f"the format “{point.name}” cannot be used: {type(error).__name__}: {error};"
            f" uninstall or mend {point.value}"
        ) from error
    if not isinstance(found, AnyFormat):
        raise FormatError(f"the format “{point.name}” ({point.value}) is no exports.Format")
    return found


def chosen(one: AnyFormat, said: Iterable[str]) -> Mapping[str, str]:
    """Return what ``said`` ("NAME=VALUE") chooses of ``one``, and its first values for the rest.

    Raises FormatError for what cannot be chosen.
    """
    values = {choice.name: choice.values[0] for choice in one.choices}
    for word in said:
        name, equals, value = word.partition("=")
        choice = next((choice for choice in one.choices if choice.name == name), None)
        if choice is None or not equals:
            known = ", ".join(f"{c.name}=…" for c in one.choices) or "nothing"
            raise FormatError(f"--set {word}: of {one.name} can be set: {known}")
        if len(choice.values) > 1 and value not in choice.values:
            raise FormatError(f"--set {word}: {name} must be one of {', '.join(choice.values)}")
        values[name] = value
    return MappingProxyType(values)
