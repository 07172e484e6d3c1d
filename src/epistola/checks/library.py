"""The files that a checked file points into, each read once in a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from epistola.safe import LIMITS, Limits, UnreadableError, parse

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

Ids = Mapping[str, str]
"""The ids of a file, each with the name of its element, without the namespace."""


@dataclass(frozen=True, slots=True)
class Library:
    """What is known of other files; the caller keeps one for all the files of a run.

    Only plain files named ``*.xml`` are read, safely, and none from the network.
    """

    limits: Limits = LIMITS
    _files: dict[Path, Ids | None] = field(default_factory=dict, repr=False)
    _named: dict[tuple[Path, str], Ids | None] = field(default_factory=dict, repr=False)

    def ids(self, folder: Path, reference: str) -> Ids | None:
        """Return the ids of the file ``reference`` (a relative URI) beside the files of ``folder``.

        None where there is no such file, or none that can be read.
        """
        key = (folder, reference)
        if key not in self._named:
            self._named[key] = self._ids(folder, reference)
        return self._named[key]

    def _ids(self, folder: Path, reference: str) -> Ids | None:
        try:
            path = folder.joinpath(unquote(reference)).resolve()
            plain = path.suffix.lower() == ".xml" and path.is_file()
        except (OSError, ValueError, RuntimeError):  # too long, a NUL in it, a ring of links
            return None
        if not plain:
            return None
        if path not in self._files:
            self._files[path] = read_ids(path, self.limits)
        return self._files[path]


def read_ids(path: Path, limits: Limits = LIMITS) -> Ids | None:
    """Return the ids of the file at ``path``, or None where it cannot be read."""
    try:
        if path.stat().st_size > limits.size:
            return None
        tree = parse(path.read_bytes(), limits)
    except (OSError, UnreadableError):
        return None
    return {
        name: element.tag.rpartition("}")[2]
        for element in tree.iter("*")
        if (name := element.get(XML_ID))
    }
