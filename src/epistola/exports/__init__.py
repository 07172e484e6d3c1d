"""Works in the formats of other programs, one file a format.

A package may bring another format: an entry point of the group ``epistola.exporters`` leads
to a Format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from epistola.registers.bibliography.work import Work

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "epistola.exporters"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what writes it, work by work, and what it keeps and loses of a work."""

    write: Callable[[Iterable[Work]], Iterator[str]]
    name: str
    ending: str
    keeps: str
    loses: str


class FormatError(Exception):
    """A format cannot be used; the message is one sentence with the remedy."""


def formats() -> Mapping[str, Format]:
    """Return the formats there are, by the words that ask for them, in their order.

    Those of other packages follow the program's own, and replace none of them. Raises
    FormatError for one that cannot be loaded.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to load

    from epistola.exports import bibtex, csl, ris  # noqa: PLC0415 - they import this module

    own = {"csl": csl.FORMAT, "bibtex": bibtex.FORMAT, "ris": ris.FORMAT}
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    others = {point.name: _loaded(point) for point in points if point.name not in own}
    return MappingProxyType({**own, **others})


def _loaded(point: EntryPoint) -> Format:
    try:
        found = point.load()
    except Exception as error:
        raise FormatError(
            f"the format “{point.name}” cannot be used: {type(error).__name__}: {error};"
            f" uninstall or mend {point.value}"
        ) from error
    if not isinstance(found, Format):
        raise FormatError(f"the format “{point.name}” ({point.value}) is no exports.Format")
    return found
