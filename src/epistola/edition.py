"""An edition: what its ``edition.toml`` says of all its letters, and its registers."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from epistola.gazetteer import Listing
from epistola.gazetteer.table import GazetteerError
from epistola.language import codes
from epistola.mentions.learned.model import (
    RULES_ALONE,
    ModelError,
    Models,
    models_in,
    shipped,
)
from epistola.mentions.plugins import Chosen, Option, RecogniserError, load
from epistola.model import CERTAIN, LIKELY
from epistola.registers.listed import listed_files, read_listing
from epistola.registers.load import RegisterError, load_registers
from epistola.registers.register import Register
from epistola.text.details import Details

FILE = "edition.toml"


class EditionError(Exception):
    """An edition cannot be used; the message names the file, the key and the remedy."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What an edition says of every letter in it; the defaults claim nothing.

    ``status``, ``licence`` and ``rights`` are this edition's availability, never more
    than the source grants; ``registers`` the folder of its registers, as a letter's
    file points to it; ``register`` what they hold, and ``grow`` whether names that it lacks get
    entries there; ``listings`` the names that it brings
    besides; ``language`` that of a letter whose text does not tell it, ``languages`` those that
    its letters may be in (any by default); ``recognisers`` those that it uses besides the
    program's own; ``models`` the learned weights that look again at the names the rules find;
    ``least`` how certain a mention must be to be tagged; ``details`` what of a page's
    look is encoded.
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
    language: str = ""
    languages: tuple[str, ...] = ()
    schema: str = ""
    registers: str = ""
    grow: bool = False
    register: Register = field(default_factory=Register)
    listings: tuple[Listing, ...] = ()
    recognisers: tuple[Chosen, ...] = ()
    models: Models = field(default_factory=shipped)
    least: float = 0.0
    details: Details = field(default_factory=Details)


TABLES: Mapping[str, Mapping[str, str]] = {
    "edition": {
        "title": "title",
        "subtitle": "subtitle",
        "publisher": "publisher",
        "place": "place",
        "editor": "editor",
        "description": "description",
        "language": "language",
        "languages": "languages",
        "schema": "schema",
        "registers": "registers",
    },
    "registers": {"grow": "grow"},
    "availability": {"status": "status", "licence": "licence", "statement": "rights"},
    "recognise": {
        "gazetteer": "gazetteer",
        "recognisers": "recognisers",
        "model": "model",
        "min_cert": "least",
    },
    "encoding": {
        "line_breaks": "line_breaks",
        "blocks": "blocks",
        "highlighting": "highlighting",
        "brackets": "brackets",
    },
}
"""Table and key of ``edition.toml`` -> the field it sets."""
LISTS = frozenset({"gazetteer", "languages", "recognisers"})
"""The fields that are lists of texts."""
DETAILS = frozenset(TABLES["encoding"].values())
CHOICES = DETAILS | {"grow"}
"""The fields that are true or false; every other one is a text."""
STATUSES = ("free", "unknown", "restricted")
GAZETTEER = "gazetteer"
"""The folder of an edition that holds its names, where ``edition.toml`` names no other."""
NO_MODEL = "none"
"""What an ``edition.toml`` says where the rules shall decide alone."""
LEAST: Mapping[str, float] = {"low": 0.0, "medium": LIKELY, "high": CERTAIN}
"""The least certain tags that an edition wants -> their certainty; "high" have no ``@cert``."""


def load_edition(folder: Path) -> Edition:
    """Return the edition in ``folder``.

    Raises EditionError for a missing or malformed ``edition.toml``, an unknown key, or a
    value of the wrong type; for a register or a list of names that cannot be read; and for
    a recogniser that cannot be used.
    """
    fields = settings(folder)
    registers = fields.pop("registers", "registers")
    where = folder / registers
    try:
        register = Register(load_registers(where) if where.is_dir() else ())
        listings = tuple(map(read_listing, gazetteers(folder, fields.pop("gazetteer", None))))
    except (RegisterError, GazetteerError) as error:
        raise EditionError(str(error)) from error
    for chosen in fields.get("recognisers", ()):
        _usable(folder / FILE, chosen)
    if "model" in fields:
        fields["models"] = _models(folder, fields.pop("model"))
    details = Details(**{name: fields.pop(name) for name in DETAILS & fields.keys()})
    return Edition(
        **fields,
        details=details,
        registers=registers if register else "",
        register=register,
        listings=listings,
    )


def _models(folder: Path, named: str) -> Models:
    """Return the weights in the folder ``named``, as the edition sees it."""
    try:
        return RULES_ALONE if named == NO_MODEL else models_in(folder / named)
    except ModelError as error:
        raise EditionError(f"{folder / FILE}: recognise.model: {error}") from error


def _usable(path: Path, chosen: Chosen) -> None:
    """Load a recogniser now, so that what it lacks is told before any letter is encoded."""
    try:
        load(chosen)
    except RecogniserError as error:
        raise EditionError(f"{path}: recognise.recognisers: {error}") from error


def settings(folder: Path) -> dict[str, Any]:
    """Return what the ``edition.toml`` in ``folder`` sets, by the fields of ``TABLES``.

    Raises EditionError as ``load_edition`` does.
    """
    path = folder / FILE
    data = _parsed(path)
    options = _options(path, data)
    fields = _fields(path, data)
    if "recognisers" in fields:
        named = fields["recognisers"]
        fields["recognisers"] = tuple(Chosen(name, options.pop(name, ())) for name in named)
    for name in options:
        raise EditionError(
            f"{path}: recognise.{name}: no such recogniser is used;"
            f' write recognisers = ["{name}"] in [recognise], or take the table out'
        )
    return fields


def _options(path: Path, data: Mapping[str, Any]) -> dict[str, tuple[tuple[str, Option], ...]]:
    """Take the tables ``[recognise.NAME]`` out of ``data``, and return what they say."""
    table = data.get("recognise")
    if not isinstance(table, dict):
        return {}
    names = [name for name, value in table.items() if isinstance(value, dict)]
    where = f"{path}: recognise"
    return {
        name: tuple((k, _option(f"{where}.{name}.{k}", v)) for k, v in table.pop(name).items())
        for name in names
    }


def gazetteers(folder: Path, named: Sequence[str] | None) -> Iterator[Path]:
    """Yield the files of names of the edition in ``folder``.

    They are those ``named``, or, where none are, those in its folder ``gazetteer``.
    Raises GazetteerError for what is not there.
    """
    if named is None:
        named = [GAZETTEER] if (folder / GAZETTEER).is_dir() else []
    return listed_files(folder / name for name in named)


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
    """Return the fields that ``data`` sets, each checked."""
    fields: dict[str, Any] = {}
    for table, values in data.items():
        if table not in TABLES or not isinstance(values, dict):
            raise EditionError(f"{path}: no table “{table}” is known; there are {_list(TABLES)}")
        for name, value in values.items():
            if name not in TABLES[table]:
                raise EditionError(
                    f"{path}: {table}: no key “{name}” is known; there are {_list(TABLES[table])}"
                )
            field_name = TABLES[table][name]
            fields[field_name] = _checked(field_name)(f"{path}: {table}.{name}", value)
    for code in (*fields.get("languages", ()), *filter(None, [fields.get("language")])):
        if code not in codes():
            key = "languages" if code in fields.get("languages", ()) else "language"
            raise EditionError(
                f"{path}: edition.{key}: no words of “{code}” are known; there are"
                f" {', '.join(codes())}"
            )
    if fields.get("status", "unknown") not in STATUSES:
        raise EditionError(f"{path}: availability.status must be one of {', '.join(STATUSES)}")
    if "least" in fields:
        if fields["least"] not in LEAST:
            raise EditionError(f"{path}: recognise.min_cert must be one of {', '.join(LEAST)}")
        fields["least"] = LEAST[fields["least"]]
    return fields


def _checked(name: str) -> Callable[[str, object], Any]:
    """Return what checks a value of the field ``name``."""
    if name in CHOICES:
        return _choice
    return _texts if name in LISTS else _text


def _choice(where: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise EditionError(f"{where} must be true or false, without quotation marks")
    return value


def _text(where: str, value: object) -> str:
    if not isinstance(value, str):
        raise EditionError(f"{where} must be a text in quotation marks")
    return value


def _texts(where: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise EditionError(f'{where} must be a list of texts, as ["one", "two"]')
    return tuple(value)


def _option(where: str, value: object) -> Option:
    return _texts(where, value) if isinstance(value, list) else _text(where, value)


def _list(names: Mapping[str, object]) -> str:
    return ", ".join(names)
