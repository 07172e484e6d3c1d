"""Annotations of letters that were made elsewhere, and how they come into a letter's TEI.

A format is a module with ``read``: what a file says of a letter, as marks, with what there is
to say of it. ``merged`` puts marks into the TEI.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from epistola.exports.letters import ExportedLetter
from epistola.model import Finding, Severity, Span

FORMATS = ("conll", "webanno")
"""The formats, each a module here."""


class ImportFileError(Exception):
    """A file of annotations cannot be read; the message is one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of the words in ``span``, code points of a letter's text.

    ``kind`` is that of a mention; ``pointer`` what leads to its entries, as TEI has it, and
    ``values`` its other attributes. Either is None where the file does not speak of it, and
    what the letter says stays.
    """

    span: Span
    kind: str
    pointer: str | None = None
    values: Mapping[str, str] | None = None


Reader = Callable[[bytes, ExportedLetter], tuple[list[Mark], list[Finding]]]
"""Returns the marks in a file about a letter, in any order, and what there is to say of them.

Raises ImportFileError for a file that is not of the format.
"""

ALIASES: Mapping[str, str] = {
    "per": "person",
    "pers": "person",
    "people": "person",
    "persname": "person",
    "gpe": "place",
    "loc": "place",
    "location": "place",
    "fac": "place",
    "placename": "place",
    "organization": "org",
    "organisation": "org",
    "orgname": "org",
    "work_of_art": "title",
    "eventname": "event",
    "bibl": "reference",
}
"""What other programs call the kinds of mention."""
KINDS = frozenset(
    "person persons place org event work title reference date term object name".split()
)


def reader(wanted: str) -> Reader:
    """Return what reads files of the format ``wanted``, one of ``FORMATS``."""
    read: Reader = import_module(f"epistola.imports.{wanted}").read
    return read


def kind_of_label(label: str) -> str:
    """Return the kind of mention that a program calls ``label``, or "" for another one.

    >>> kind_of_label("PER"), kind_of_label("Place"), kind_of_label("NOUN")
    ('person', 'place', '')
    """
    name = label.strip().lower()
    kind = ALIASES.get(name, name)
    return kind if kind in KINDS else ""


def said(code: str, message: str, span: Span | None = None, *, bad: bool = True) -> Finding:
    """Return a finding about annotations: a warning, or, where it is not ``bad``, a remark."""
    return Finding(Severity.WARNING if bad else Severity.INFO, code, message, span)
