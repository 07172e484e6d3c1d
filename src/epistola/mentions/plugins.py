"""Recognisers that other packages bring, found by entry point and used where an edition says.

An entry point of the group ``epistola.recognisers`` leads to a *maker*: a function that
takes the table ``[recognise.NAME]`` of ``edition.toml`` and returns a recogniser, such as
those of this package. What a stranger's code claims is checked before it is believed: what
cannot be encoded, and what a recogniser raises, becomes a finding that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from epistola.gazetteer import Names
from epistola.mentions import Recogniser
from epistola.mentions.settle import KINDS, ONLY_INSIDE
from epistola.model import DATING, Annotation, Finding, Letter, Report, Severity, Source, Span

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "epistola.recognisers"
Option = str | tuple[str, ...]
Maker = Callable[[Mapping[str, Option]], Recogniser]

CLAIMED = frozenset(KINDS) - frozenset(ONLY_INSIDE)
"""The kinds that a recogniser may claim: all but the parts of a reference."""
DATE = re.compile(r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
VALUES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        **dict.fromkeys(DATING, DATE),
        "type": re.compile(r"[A-Za-z][\w.-]*"),
        "level": re.compile(r"[amjsu]"),
        "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    }
)
"""The values that a recogniser may give, and what each looks like."""
PARAGRAPHS = re.compile(r"\n[^\S\n]*\n")


class RecogniserError(Exception):
    """A recogniser cannot be used; the message is one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A recogniser that an edition names, and what its table in ``edition.toml`` says."""

    name: str
    options: tuple[tuple[str, Option], ...] = ()


@cache
def load(chosen: Chosen) -> Recogniser:
    """Return the recogniser that an edition names, made once.

    Raises RecogniserError where none of that name is installed, or it cannot be made.
    """
    try:
        return _maker(_point(chosen.name))(dict(chosen.options))
    except RecogniserError:
        raise
    except Exception as error:
        message = f"the recogniser “{chosen.name}” cannot be used: {_shown(error)}"
        raise RecogniserError(message) from error


def _point(name: str) -> EntryPoint:
    """Return the one entry point called ``name``; raises RecogniserError."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to load, seldom wanted

    found = {(point.name, point.value): point for point in entry_points(group=GROUP)}
    named = [point for point in found.values() if point.name == name]
    if len(named) == 1:
        return named[0]
    if named:
        values = " and ".join(sorted(point.value for point in named))
        raise RecogniserError(f"several recognisers are called “{name}”: {values}; uninstall one")
    there = ", ".join(sorted({point.name for point in found.values()})) or "none"
    raise RecogniserError(
        f"no recogniser “{name}” is installed (there are: {there}); install the package that"
        " brings it, or take it out"
    )


def _maker(point: EntryPoint) -> Maker:
    maker: Maker = point.load()
    return maker


def _shown(error: BaseException) -> str:
    """Return an exception of a stranger's code as one line."""
    return " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")


def plugged(
    source: Source,
    letter: Letter,
    names: Names,
    chosen: Sequence[Chosen],
    report: Report,
) -> Iterator[Annotation]:
    """Yield what the recognisers of an edition claim, one after the other, as far as it holds.

    A recogniser that fails has claimed nothing. Raises RecogniserError as ``load`` does.
    """
    for one in chosen:
        recogniser = load(one)
        try:
            # An endless recogniser would never be done; a letter has no more names than letters.
            claims = list(islice(recogniser(source, letter, names), len(source.text) + 1))
        except Exception as error:  # noqa: BLE001 - a stranger's code may raise anything
            report(_finding(one, f"failed ({_shown(error)}), and so none of its mentions is used"))
            continue
        for claim in claims:
            if fault := _checked(source, claim):
                where = getattr(claim, "span", None)
                report(_finding(one, fault, where if _lies_in(source, where) else None))
            else:
                values = MappingProxyType(dict(claim.values))  # its own, should theirs change
                yield replace(claim, rule=f"{one.name}.{claim.rule}".rstrip("."), values=values)


def _finding(chosen: Chosen, what: str, span: Span | None = None) -> Finding:
    message = f"the recogniser “{chosen.name}” {what}"
    return Finding(Severity.WARNING, "recogniser", message, span)


def _lies_in(source: Source, span: object) -> bool:
    return isinstance(span, Span) and 0 <= span.start < span.end <= len(source.text)


def _checked(source: Source, claim: object) -> str:
    """Return why a claim cannot be believed, nothing if it can."""
    try:
        return _fault(source, claim)
    except Exception as error:  # noqa: BLE001 - its fields may hold anything
        return f"claims what cannot be read ({_shown(error)})"


def _fault(source: Source, claim: object) -> str:
    if not isinstance(claim, Annotation):
        return f"claims {type(claim).__name__} {claim!r:.60}, which is no annotation"
    if claim.kind not in CLAIMED:
        return f"claims the kind “{claim.kind}”; there are {', '.join(sorted(CLAIMED))}"
    if not _lies_in(source, claim.span):
        return f"claims a {claim.kind} at {claim.span}, which is not in the text or is empty"
    return _fault_of_text(source[claim.span], claim) or _fault_of_values(claim)


def _fault_of_text(text: str, claim: Annotation) -> str:
    if text != text.strip():
        return f"claims a {claim.kind} with white space at its edge"
    if PARAGRAPHS.search(text):
        return f"claims a {claim.kind} across the border of two paragraphs"
    return ""


def _is_date(value: str) -> bool:
    """Return whether the calendar has the day, month or year that ``value`` writes."""
    first = f"{value.removeprefix('-')}-01-01"[: len("2026-11-24")]
    try:
        return first.startswith("0000") or bool(date.fromisoformat(first))
    except ValueError:
        return False


def _fault_of_values(claim: Annotation) -> str:
    if claim.entry is not None:
        return f"says that a {claim.kind} is the entry “{claim.entry}”; entries are found later"
    if not isinstance(claim.certainty, int | float) or not 0 <= claim.certainty <= 1:
        return f"is certain of a {claim.kind} by {claim.certainty!r}, which is not from 0 to 1"
    for name, value in claim.values.items():
        if name not in VALUES:
            return f"gives the value “{name}”; there are {', '.join(VALUES)}"
        if not VALUES[name].fullmatch(value) or (name in DATING and not _is_date(value)):
            return f"gives {name} the value {value!r:.60}, which it cannot have"
    return ""
