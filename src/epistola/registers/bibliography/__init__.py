"""An edition's own bibliography, from Zotero or another program, as entries of its register.

A file ``*.json`` is CSL-JSON, a file ``*.bib`` BibTeX. Each work becomes the ``biblStruct``
that an editor would write, and is then an entry like any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from epistola.registers.bibliography.record import write_work
from epistola.registers.bibliography.work import Work
from epistola.registers.mint import mint, slug
from epistola.safe import LIMITS


class BibliographyError(Exception):
    """A bibliography cannot be read; the message names the file, the entry and the remedy."""


Located = Iterator[tuple[str, Work]]
"""Works, each with where in the file it stands: "refs.bib:12"."""


def read_bibliography(path: Path) -> Iterator[etree._Element]:
    """Yield the ``biblStruct`` of each work in the bibliography at ``path``, in its order.

    Raises BibliographyError.
    """
    text = _read(path)
    taken: dict[str, str] = {}
    for where, work in READERS[path.suffix.lower()](path, text):
        entry_id = identify(work.key, taken)
        if work.key in taken.values():
            raise BibliographyError(
                f"{where}: the id “{work.key}” is used twice: give one entry another id"
            )
        taken[entry_id] = work.key
        key = "" if work.key == entry_id else work.key
        try:
            yield write_work(replace(work, id=entry_id, key=key))
        except ValueError:
            message = f"{where}: “{work.key}” holds a character that XML forbids: take it out"
            raise BibliographyError(message) from None


def identify(key: str, taken: Mapping[str, str]) -> str:
    """Return the ``xml:id`` of the work that another program calls ``key``.

    A key that this program made stays as it is, so that a register comes back as it went.
    """
    if key.startswith("work-") and slug(key) == key and key not in taken:
        return key
    return mint("work", key.rstrip("/").rpartition("/")[2] or key, taken)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LIMITS.size:
            raise BibliographyError(f"{path}: it has more than 64 MB: divide it")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BibliographyError(f"{path}: it is not in UTF-8: export it again as UTF-8") from None
    except OSError as error:
        raise BibliographyError(f"{path}: cannot be read: {error.strerror or error}") from None


def _csl(path: Path, text: str) -> Located:
    from epistola.registers.bibliography.csl import (  # noqa: PLC0415 - seldom wanted
        CslError,
        read_item,
    )

    for number, item in enumerate(_items(path, text), start=1):
        where = f"{path}: entry {number}"
        if not isinstance(item, dict) or item.get("id") in {None, ""}:
            raise BibliographyError(f"{where} is no item of CSL-JSON with an id: give it one")
        try:
            yield where, read_item(item)
        except CslError as error:
            where = f"{where} (“{item['id']}”)"
            raise BibliographyError(f"{where}: {error}; export it again as CSL JSON") from None


def _items(path: Path, text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"{path}:{error.lineno}:{error.colno}: this is no JSON: {error.msg}"
        raise BibliographyError(f"{message}; export it again as CSL JSON") from None
    except RecursionError:
        raise BibliographyError(f"{path}: its lists are nested too deep to be CSL JSON") from None
    if isinstance(found, dict):
        found = found.get("items")
    if not isinstance(found, list):
        raise BibliographyError(f"{path}: this is no list of works: export it as CSL JSON")
    return found


def _bibtex(path: Path, text: str) -> Located:
    from epistola.registers.bibliography.bibtex import (  # noqa: PLC0415 - as above
        BibtexError,
        read_bibtex,
    )

    try:
        for line, work in read_bibtex(text):
            yield f"{path}:{line}", work
    except BibtexError as error:
        raise BibliographyError(f"{path}:{error.line}: {error}") from None
    except ModuleNotFoundError:
        message = f"{path}: to read BibTeX, install epistola[bibtex]; or export it as CSL JSON"
        raise BibliographyError(message) from None


READERS: Mapping[str, Callable[[Path, str], Located]] = MappingProxyType(
    {".json": _csl, ".bib": _bibtex}
)
"""Endings of files and what reads them."""
