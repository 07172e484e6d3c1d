"""Recognise a licence by its words, and give its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

COMMONS = re.compile(
    r"creativecommons\.org/licenses/(?P<path>by(?:-(?:nc|sa|nd)){0,2})/(?P<at>\d\.\d)"
    r"|(?:\bcc\b|\bcreative\s+commons\b)(?P<words>[^.;]{0,120})",
    re.IGNORECASE,
)
TERMS = (
    ("by", re.compile(r"\bby\b|\battribut\w*", re.IGNORECASE)),
    ("nc", re.compile(r"\bnc\b|\bnon-?\s?commercial", re.IGNORECASE)),
    ("nd", re.compile(r"\bnd\b|\bno-?\s?deriv\w*", re.IGNORECASE)),
    ("sa", re.compile(r"\bsa\b|\bshare-?\s?alike", re.IGNORECASE)),
)
VERSION = re.compile(r"\b(?:v\.?\s?|version\s)?(\d\.\d)\b")
VERSIONS = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})


def licence_of(text: str) -> str:
    """Return the address of the licence that ``text`` names, or nothing.

    Creative Commons names no licence without its version: none is supposed.

    >>> licence_of("Licence: CC BY-SA 4.0")
    'https://creativecommons.org/licenses/by-sa/4.0/'
    >>> licence_of("Creative Commons (Attribution & ShareAlike)"), licence_of("CC0")
    ('', 'https://creativecommons.org/publicdomain/zero/1.0/')
    """
    return next((address for address in (*_commons(text), *_others(text)) if address), "")


def _commons(text: str) -> Iterator[str]:
    for match in COMMONS.finditer(text):
        if match["path"]:
            terms, version = match["path"].lower(), match["at"]
        else:
            after = text[match.start() : match.end() + 4]
            terms = "-".join(term for term, words in TERMS if words.search(after))
            found = VERSION.search(after)
            version = found[1] if found else ""
        if terms.startswith("by") and version in VERSIONS:
            yield f"https://creativecommons.org/licenses/{terms}/{version}/"


def _others(text: str) -> Iterator[str]:
    lower = " ".join(text.lower().split())
    version = VERSION.search(text)
    for address, words in _table():
        if words.search(lower) and ("{v}" not in address or version):
            yield address.format(v=version[1] if version else "")


@cache
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = files("epistola.language").joinpath("licences.txt").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(
        (
            address,
            re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in words.split("|"))),
        )
        for address, words in rows
    )
