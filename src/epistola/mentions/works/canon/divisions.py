"""Read the numbers of divisions after a work: "i. 4", "Act v, Scene 5", "514a", "1253a2"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from epistola.language.patterns import any_of
from epistola.mentions.works.canon.numbered import label_units
from epistola.mentions.works.canon.readings import figures
from epistola.model import Span

LARGEST = 999
"""A larger number is a year, unless it is of a line."""
ROMAN_LABELS = frozenset("lcv")
"""Labels that are numbers too: "v. 5" is act five, and no verse, where a work has acts."""
PAGE = re.compile(r"(?P<page>\d{1,4}[a-e])(?P<line>\d{1,2})?(?![^\W_])")
NUMBER = re.compile(
    r"(?P<n>(?:\d{1,5}|[ivxlc]{1,8}|[IVXLC]{1,8})(?:[ ]?[-–][ ]?\d{1,4})?)"
    r"(?![^\W_]|,\d{3}|[ ]?[£$%°])(?P<following>[ ]?(?:ff?|sqq?)(?![^\W_])\.?)?"
)
NEXT = re.compile(r"[.,:;]{1,2}[ \n]?|[ \n](?=[^\W\d_]{1,6}\.?[ ]\d)")


class Division(NamedTuple):
    """A number as written, label included; its unit where a label or a letter tells it."""

    span: Span
    n: str
    unit: str = ""
    roman: bool = False
    labelled: bool = False
    lettered: bool = False

    @property
    def is_year(self) -> bool:
        """Return whether the number is too large for a division that is no line."""
        ends = self.n.split("-")
        return self.unit != "line" and any(n.isdecimal() and int(n) > LARGEST for n in ends)


def divisions(text: str, at: int, units: tuple[str, ...], code: str) -> list[Division]:
    """Return the numbers at ``at``, each with its unit, no more than a work has ``units``."""
    read = list(_numbers(text, at, len(units), code))
    told = {division.unit for division in read}
    free = [unit for unit in units if unit not in told]
    found: list[Division] = []
    for division in read:
        if not division.unit and not free:
            break
        found.append(division if division.unit else division._replace(unit=free.pop(0)))
    return found


def _numbers(text: str, at: int, units: int, code: str) -> Iterator[Division]:
    for nth in range(units + 1):
        if page := PAGE.match(text, at):
            yield from _page(page)
            return
        division = _number(text, at, code, bare=nth == 0 and units > 1)
        if division is None:
            return
        yield division
        link = NEXT.match(text, division.span.end)
        if link is None:
            return
        at = link.end()


def _page(match: re.Match[str]) -> Iterator[Division]:
    """Yield a page with its letter (Stephanus, Bekker), and the line after it."""
    yield Division(Span(*match.span("page")), match["page"], "page", lettered=True)
    if match["line"]:
        yield Division(Span(*match.span("line")), match["line"], "line", lettered=True)


def _number(text: str, at: int, code: str, *, bare: bool) -> Division | None:
    """Return the number at ``at`` with its label; ``bare`` where one letter is no label."""
    label = _labels(code).match(text, at)
    if label and bare and label["label"].lower() in ROMAN_LABELS:
        label = None
    match = NUMBER.match(text, label.end() if label else at)
    number = figures(match["n"]) if match else ""
    if match is None or not number:
        return None
    unit = _unit(label["label"], code) if label else ""
    roman = not match["n"][0].isdecimal()
    return Division(Span(at, match.end()), number, unit, roman=roman, labelled=label is not None)


def _unit(label: str, code: str) -> str:
    units = label_units(code)
    return units.get(label) or units.get(label.lower()) or units.get(label.capitalize(), "")


@cache
def _labels(code: str) -> re.Pattern[str]:
    labels = any_of(label_units(code))
    number = r"(?:\d|[ivxlc]+(?![^\W_])|[IVXLC]+(?![^\W_]))"
    return re.compile(rf"(?P<label>(?i:{labels}))(?:\.[ \n]?|[ \n])(?={number})")
