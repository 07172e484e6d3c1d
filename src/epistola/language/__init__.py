"""Words of the languages that letters are written in, one TOML file a language.

Grammar is code and stands beside what uses it; words are data and stand here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

Language = dict[str, Any]
PATTERN = "en"
"""The language whose file has every table and key that the code asks for."""


class UnknownLanguageError(LookupError):
    """There is no file for that language."""


@cache
def load(code: str) -> Language:
    """Return the words of the language ``code``, e.g. ``"en"``.

    The value is shared: read it, never change it.

    Raises UnknownLanguageError with the languages there are.
    """
    return tomllib.loads(_text(code))


def _text(code: str) -> str:
    path = files(__name__).joinpath(f"{code}.toml")
    if not path.is_file():
        raise UnknownLanguageError(
            f"no words for the language “{code}”; there are {', '.join(codes())}"
        )
    return path.read_text("utf-8")


HEADER = re.compile(r"^\[(?P<name>\w+)(?:\.\w+)*\]", re.MULTILINE)


@cache
def table(code: str, name: str) -> Language:
    """Return one table of the words of a language: to read them all takes ten times as long.

    Raises UnknownLanguageError as ``load`` does.
    """
    text = _text(code)
    headers = [*HEADER.finditer(text)]
    ends = [*(header.start() for header in headers[1:]), len(text)]
    rows = zip(headers, ends, strict=True)
    own = "".join(text[h.start() : end] for h, end in rows if h["name"] == name)
    words: Language = tomllib.loads(own)[name]
    return words


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of all languages there are, sorted."""
    names = (path.name for path in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def genres() -> Mapping[str, str]:
    """Return the genres there are, and how a header describes each."""
    lines = files(__name__).joinpath("genres.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType(dict(pairs))


class Row(NamedTuple):
    """A language's name in English, and its small words, the most frequent first."""

    name: str
    words: tuple[str, ...]


@cache
def frequent() -> Mapping[str, Row]:
    """Return the small words of all languages that a text may be told to be in, by code."""
    text = files(__name__).joinpath("frequent.txt").read_text("utf-8")
    rows: dict[str, Row] = {}
    for block in text.split("\n[")[1:]:
        head, _, words = block.partition("]")
        code, _, name = head.partition(" ")
        rows[code] = Row(name, tuple(words.split()))
    return rows


def name_of(code: str) -> str:
    """Return the English name of the language ``code``; the code itself if it is not known."""
    return frequent()[code].name if code in frequent() else code
