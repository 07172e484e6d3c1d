r"""From the plain text of a letter to a valid, linked TEI P5 edition.

>>> import epistola
>>> encoding = epistola.encode("Bonn, 3 May 1848.\n\nDear Sir,\n\nI am well.")
>>> encoding.is_sound
True

A public name is loaded when it is first asked for (PEP 562): who only checks a file does
not wait for the recognisers of names and dates.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from epistola.checks.document import check_document
    from epistola.checks.wording import check_wording
    from epistola.edition import Edition, EditionError, load_edition
    from epistola.model import Annotation, Entry, Finding, Letter, Severity, Source, Span
    from epistola.pipeline import Encoding, encode
    from epistola.text.read import ReadError, read
    from epistola.tree.read import projection

__version__ = "0.1.0"

__all__ = [
    "Annotation",
    "Edition",
    "EditionError",
    "Encoding",
    "Entry",
    "Finding",
    "Letter",
    "ReadError",
    "Severity",
    "Source",
    "Span",
    "check_document",
    "check_wording",
    "encode",
    "load_edition",
    "projection",
    "read",
]

_PLACES = {
    "checks.document": "check_document",
    "checks.wording": "check_wording",
    "edition": "Edition EditionError load_edition",
    "model": "Annotation Entry Finding Letter Severity Source Span",
    "pipeline": "Encoding encode",
    "text.read": "ReadError read",
    "tree.read": "projection",
}
"""Where each public name is at home; type checkers read the imports above instead."""


def __getattr__(name: str) -> object:
    """Return the public ``name``, loading the module it is at home in."""
    for module, names in _PLACES.items():
        if name in names.split():
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *__all__})
