"""Files that are no plain text, each kind by a door of its own, found by the file's ending.

Every door says which characters of its file are the text: the table in ``docs/input.md``.
What a door needs is loaded when such a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import cast

from epistola.model import Report, ignore
from epistola.text.gutenberg import ebook, left_out, suggestion, without
from epistola.text.opened import Opened
from epistola.text.read import ReadError, read

Door = Callable[[Path, str | None, Report], Sequence[Opened]]
"""Reads a file, in an encoding if one is named, and returns the letters in it, one or more."""

DOORS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ".eml": ("epistola.text.doors.mail", "read_message"),
        ".mbox": ("epistola.text.doors.mail", "read_mailbox"),
        ".md": ("epistola.text.doors.markdown", "read_markdown"),
        ".markdown": ("epistola.text.doors.markdown", "read_markdown"),
        ".html": ("epistola.text.doors.html", "read_html"),
        ".htm": ("epistola.text.doors.html", "read_html"),
        ".xhtml": ("epistola.text.doors.html", "read_html"),
        ".docx": ("epistola.text.doors.office", "read_office"),
        ".odt": ("epistola.text.doors.office", "read_office"),
    }
)
"""The ending of a file -> the module of its door, and the door in it."""


def open_file(
    path: Path | None,
    encoding: str | None = None,
    report: Report = ignore,
    *,
    gutenberg: bool = False,
) -> tuple[Opened, ...]:
    """Return what is in the file ``path``, or on standard input where it is None.

    A mailbox holds several letters, any other file one text. With ``gutenberg`` a Project
    Gutenberg header and licence are left out of the text and kept as its source.

    Raises ReadError where the file cannot be read, or has no text in it.
    """
    module, name = DOORS.get(path.suffix.lower() if path else "", ("", ""))
    if path is not None and module:
        door = cast("Door", getattr(import_module(module), name))
        try:
            return tuple(door(path, encoding, report))
        except ReadError as error:
            raise ReadError(str(error), path, error.line, error.column) from None
    opened = Opened(read(path, encoding, report))
    return (_unwrapped(opened, report, wanted=gutenberg),)


def _unwrapped(opened: Opened, report: Report, *, wanted: bool) -> Opened:
    book = ebook(opened.source)
    if book is None:
        return opened
    if not wanted:
        report(suggestion())
        return opened
    report(left_out(opened.source, book))
    inner = without(opened.source, book)
    if not inner.text.strip():
        raise ReadError("there is no text between Project Gutenberg's header and licence")
    return replace(opened, source=inner, book=book, file=opened.source)
