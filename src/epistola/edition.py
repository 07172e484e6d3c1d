"""An edition: what its ``edition.toml`` says of all its letters, and its registers."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from epistola.mentions.learned.model import Models, shipped
from epistola.registers.load import RegisterError, load_registers
from epistola.registers.register import Register

FILE = "edition.toml"


class EditionError(Exception):
    """An edition cannot be used; the message names the file, the key and the remedy."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition says of every letter in it; the defaults claim nothing.

    ``status``, ``licence`` and ``rights`` are this edition's availability, never more
    than the source grants; ``registers`` the folder of its registers, as a letter's
    file points to it; ``register`` what they hold; ``models`` the learned weights that look
    again at the names the rules find.
    """

    title: str = ""
    subtitle: str = "A digital edition"
    publisher: str = "unpublished"
    place: str = ""
    editor: str = ""
    status: str = "unknown"
    licence: str = ""
    rights: str = "No statement of availability has been made for this encoding."
    description: str = ""
    language: str = "en"
    schema: str = ""
    registers: str = ""
    register: Register = field(default_factory=Register)
    models: Models = field(default_factory=shipped)


TABLES: Mapping[str, Mapping[str, str]] = {
    "edition": {
        "title": "title",
        "subtitle": "subtitle",
        "publisher": "publisher",
        "place": "place",
        "editor": "editor",
        "description": "description",
        "language": "language",
        "schema": "schema",
        "registers": "registers",
    },
    "availability": {"status": "status", "licence": "licence", "statement": "rights"},
}
"""Table and key of ``edition.toml`` -> the field of Edition it sets."""
STATUSES = ("free", "unknown", "restricted")


def load_edition(folder: Path) -> Edition:
    """Return the edition in ``folder``.

    Raises EditionError for a missing or malformed ``edition.toml``, an unknown key, or a
    value of the wrong type; and for a register that cannot be read.
    """
    path = folder / FILE
    fields = _fields(path, _parsed(path))
    registers = fields.get("registers", "registers")
    where = folder / registers
    try:
        register = Register(load_registers(where) if where.is_dir() else ())
    except RegisterError as error:
        raise EditionError(str(error)) from error
    return Edition(**{**fields, "registers": registers if register else "", "register": register})


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise EditionError(
            f"{path}: no such file; an edition is a folder with an {FILE}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise EditionError(f"{path}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"{path}: not well-formed TOML: {error}") from error


def _fields(path: Path, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of Edition that ``data`` sets, each checked."""
    fields: dict[str, Any] = {}
    for table, values in data.items():
        if table not in TABLES or not isinstance(values, dict):
            raise EditionError(f"{path}: no table “{table}” is known; there are {_list(TABLES)}")
        for name, value in values.items():
            if name not in TABLES[table]:
                raise EditionError(
                    f"{path}: {table}: no key “{name}” is known; there are {_list(TABLES[table])}"
                )
            if not isinstance(value, str):
                raise EditionError(f"{path}: {table}.{name} must be a text in quotation marks")
            fields[TABLES[table][name]] = value
    if fields.get("status", "unknown") not in STATUSES:
        raise EditionError(f"{path}: availability.status must be one of {', '.join(STATUSES)}")
    return fields


def _list(names: Mapping[str, object]) -> str:
    return ", ".join(names)
