"""Numbers by which authorities know a thing, and when two of them are the same.

An authority writes its number as an address, an editor perhaps as the bare number (TEI P5,
14.1.1: ``idno``, whose ``type`` says whose it is). Both are one number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

ADDRESS = re.compile(r"(?:https?://|urn:|info:|ark:/)\S+")
SCHEME = re.compile(r"https?://(?:www\.)?")
PLAIN = "URI"
"""The type of an address of nobody that we know."""
ADDRESSES = frozenset({"URI", "URL"})
"""Types of ``idno`` that say that it is an address, and not whose."""
PRIVATE = frozenset({"local", "callNumber"})
"""Types of numbers that mean nothing outside their own collection or file."""


class Identity(NamedTuple):
    """A number apart from how it is written."""

    authority: str
    number: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written, and whose it is: the content and the type of an ``idno``.

    ``certainty`` is its ``cert``, where it is only proposed.
    """

    authority: str
    value: str
    certainty: str = ""

    @property
    def identity(self) -> Identity:
        """Return what makes it the same as another.

        An address of nobody that we know is one of its host's.

        >>> Number("URI", "http://viaf.org/viaf/7/").identity == Number("VIAF", "7").identity
        True
        >>> Number("URI", "https://example.org/persons/7").identity
        Identity(authority='example.org', number='persons/7')
        """
        return _known(self.value) or _other(self.authority, _bare(self.value))


def number(value: str, authority: str = "") -> Number:
    """Return the number written as ``value``; whose it is, its address can tell.

    >>> number("https://d-nb.info/gnd/118540238")
    Number(authority='GND', value='https://d-nb.info/gnd/118540238', certainty='')

    Raises ValueError for a bare number that nobody is said to have given.
    """
    value = value.strip()
    if authority and value:
        return Number(authority, value)
    known = _known(value)
    if known is not None:
        return Number(known.authority, value)
    if not ADDRESS.fullmatch(value):
        raise ValueError(f"“{value}” is no address, and nothing says whose number it is")
    return Number(PLAIN, value)


def _known(value: str) -> Identity | None:
    for authority, pattern in _patterns().items():
        found = pattern.fullmatch(value.strip())
        if found:
            return Identity(authority, found["number"])
    return None


def _other(authority: str, value: str) -> Identity:
    host, slash, path = value.partition("/")
    return Identity(host, path) if authority in ADDRESSES and slash else Identity(authority, value)


def _bare(value: str) -> str:
    return "".join(SCHEME.sub("", value).split()).rstrip("/")


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads(files(__package__).joinpath("authorities.toml").read_text("utf-8"))
    return {
        authority: re.compile(
            rf"{SCHEME.pattern}(?:{'|'.join(map(re.escape, facts['addresses']))})"
            rf"(?P<number>{facts['number']})(?:[/?#.].*)?"
        )
        for authority, facts in table.items()
    }
