"""Find the parts of a work that references name: "Volume 13", "no 2", "pp 379-97".

A scope is no mention by itself; titles and references are known by the scopes beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from epistola import language
from epistola.model import Source, Span
from epistola.text.numerals import added

ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
ONE_LETTER = 1


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of a work: label and number in one span, its unit, its number in figures."""

    span: Span
    unit: str
    n: str


@lru_cache(maxsize=4)
def scopes(source: Source, code: str) -> tuple[Scope, ...]:
    """Return the scopes of ``source`` in order."""
    pattern, units = _labels(code)
    found: list[Scope] = []
    for match in pattern.finditer(source.folded):
        unit = units[match["label"].lower()]
        number = _number(match["n"], source.folded[match.end() : match.end() + 2])
        if number and not (unit == "issue" and match["n"].islower()):  # "no mix" is no number
            found.append(Scope(Span(*match.span()), unit, number))
    return tuple(found)


@cache
def _labels(code: str) -> tuple[re.Pattern[str], dict[str, str]]:
    data = language.load(code)["references"]["units"]
    units = {label: unit for unit, labels in data.items() for label in labels.split()}
    labels = "|".join(re.escape(label) for label in sorted(units, key=len, reverse=True))
    number = r"\d{1,5}(?:\s?[-–/]\s?\d{1,5})?|[ivxlcdm]+|[IVXLCDM]+"
    first = re.escape(
        "".join(sorted({char for label in units for char in label[0] + label[0].upper()}))
    )
    return re.compile(
        rf"(?<!\w)(?=[{first}])(?P<label>(?i:{labels}))\.?\s?(?P<n>{number})(?!\w|,\d)"
    ), units


def _number(written: str, after: str) -> str:
    """Return a number in figures, or nothing where it is none ("page I opened")."""
    if written[0].isdecimal():
        return re.sub(r"\s?[-–]\s?", "-", written)
    if (
        len(written) == ONE_LETTER
        and written in "Iicdm"
        and after[:1] not in {",", ".", ";", ")", ""}
    ):
        return ""
    if not ROMAN.fullmatch(written):
        return ""
    return str(added(written.upper()))
