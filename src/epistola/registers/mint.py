"""Make the ids of entries: readable, stable, unique. The one place that does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from epistola.model import EntryId

# Letters that Unicode does not take apart into a base letter and a mark.
SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l"}
    | {"Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"}
)
# Letters that every XML processor takes in a name: libxml2 goes by the fourth edition of XML
# 1.0, which knows fewer than Unicode does today. Latin, Greek, Cyrillic, Hebrew, Arabic,
# kana and Chinese are kept, each in its basic range.
APART = re.compile(
    "[^a-z0-9α-ωа-яёђ-ќўџ\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5]+"
)
APOSTROPHE = re.compile("['’]")
LONGEST = 48


def slug(name: str) -> str:
    """Return ``name`` as a part of an id: lower case, words joined by hyphens.

    >>> slug("Einde O’Callaghan"), slug("Müller-Löß"), slug("Плеханов")
    ('einde-ocallaghan', 'muller-loss', 'плеханов')
    """
    letters = name.lower() if name.isascii() else _latin(name)
    words = APART.sub(" ", APOSTROPHE.sub("", letters)).split()
    short = ""
    for word in words:
        if short and len(short) + 1 + len(word) > LONGEST:
            break
        short = f"{short}-{word}" if short else word[:LONGEST]
    return short


def _latin(name: str) -> str:
    """Return ``name`` in lower case, without accents, its ligatures spelt out."""
    plain = unicodedata.normalize("NFKD", name.translate(SPELT)).translate(SPELT)
    lower = unicodedata.normalize("NFKD", plain.lower())
    return "".join(char for char in lower if not unicodedata.combining(char))


def mint(kind: str, name: str, taken: Container[str], fuller: str = "") -> EntryId:
    """Return a new id for an entry of ``kind``, none of ``taken``.

    ``person-flewers``; with ``fuller`` ("Flewers Paul") where that is taken; with a
    number where that is taken too. A name without letters or digits gets the number
    alone.

    >>> mint("person", "Flewers", {"person-flewers"}, "Flewers Paul")
    'person-flewers-paul'
    """
    for form in (name, fuller):
        made = f"{kind}-{slug(form)}" if slug(form) else ""
        if made and made not in taken:
            return EntryId(made)
    base = f"{kind}-{slug(fuller) or slug(name)}".rstrip("-")
    number = 2 if slug(fuller) or slug(name) else 1
    while f"{base}-{number}" in taken:
        number += 1
    return EntryId(f"{base}-{number}")
