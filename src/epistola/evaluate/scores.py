"""All numbers of an evaluation, and the file that keeps them for the next one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from typing import Any

from epistola import __version__
from epistola.evaluate.calibration import Calibration, calibrate
from epistola.evaluate.links import Links, measure_links
from epistola.evaluate.rates import Rates, Tally, core, exact, macro, micro, overlap, rated, total
from epistola.evaluate.score import Judged, Measure, tally

FORMAT = "epistola evaluation"
VERSION = 1


class ReportError(ValueError):
    """A file is no report of an evaluation that can be read; one sentence."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The numbers of an evaluation: those of each letter and kind, and those over all.

    ``levels`` are how many levels of titles are right, and of how many. ``calibration`` is
    none where the numbers were read from a report: it is not made again.
    """

    measure: Measure
    letters: Mapping[str, Mapping[str, Tally]]
    links: Links
    levels: tuple[int, int] = (0, 0)
    calibration: Calibration | None = None

    def of_kinds(self) -> dict[str, Tally]:
        """Return the sum over all letters, kind by kind."""
        return summed(self.letters.values(), self.measure.kinds)


def summed(letters: Iterable[Mapping[str, Tally]], kinds: Sequence[str]) -> dict[str, Tally]:
    """Return the sum over ``letters``, kind by kind."""
    letters = list(letters)
    return {kind: total(letter.get(kind, Tally()) for letter in letters) for kind in kinds}


def scored(judged: Sequence[Judged], measure: Measure) -> Scores:
    """Return all numbers of the letters ``judged``."""
    letters = {one.name: {kind: tally(one, kind) for kind in measure.kinds} for one in judged}
    right, both = (sum(one.levels[at] for one in judged) for at in (0, 1))
    return Scores(
        measure=measure,
        letters=letters,
        links=measure_links(one.linked for one in judged),
        levels=(right, both),
        calibration=calibrate(judged, rated(summed(letters.values(), measure.kinds))),
    )


def to_json(scores: Scores) -> bytes:
    """Return ``scores`` as a report: the same bytes for the same numbers."""
    numbers = scores.of_kinds()
    report = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "measure": _measured(scores.measure),
        "kinds": {kind: _row(one) for kind, one in numbers.items()},
        "micro": _rates(micro(numbers)),
        "macro": round(macro(numbers), DIGITS),
        "levels": {"right": scores.levels[0], "both": scores.levels[1]},
        "links": _links(scores.links),
        "calibration": _rounded(asdict(scores.calibration)) if scores.calibration else None,
        "columns": [field.name for field in fields(Tally)],
        "letters": {
            name: {kind: list(astuple(one)) for kind, one in kinds.items() if any(astuple(one))}
            for name, kinds in scores.letters.items()
        },
    }
    return f"{json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def from_json(raw: bytes) -> Scores:
    """Return what a report says, but for the calibration.

    Raises ReportError where ``raw`` is no report, or one of another version.
    """
    try:
        report = json.loads(raw)
    except (ValueError, RecursionError):
        raise ReportError("it is no report of an evaluation: it is not JSON") from None
    if not isinstance(report, dict) or report.get("format") != FORMAT:
        raise ReportError("it is no report of an evaluation: make one with --json")
    if report.get("version") != VERSION:
        message = f"it is a report of version {report.get('version')}, and {VERSION} is read"
        raise ReportError(f"{message}: make it anew with --json")
    try:
        return _parsed(report)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        raise ReportError("it is no whole report of an evaluation: make one with --json") from None


DIGITS = 6
"""To how many digits shares are written."""


def _measured(measure: Measure) -> dict[str, Any]:
    return {**asdict(measure), "languages": sorted(measure.languages)}


def _row(numbers: Tally) -> dict[str, Any]:
    rates = {"exact": exact(numbers), "core": core(numbers), "overlap": overlap(numbers)}
    shares = {name: _rates(one) for name, one in rates.items()}
    return {"gold": numbers.gold, "made": numbers.made, **shares}


def _rates(rates: Rates) -> dict[str, float]:
    return {name: round(value, DIGITS) for name, value in asdict(rates).items()}


def _links(links: Links) -> dict[str, Any]:
    shares = {"within": _rates(links.within), "across": _rates(links.across)}
    return {"gold": links.gold, "linked": links.linked, **shares}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {name or "all": _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


def _parsed(report: Mapping[str, Any]) -> Scores:
    measure = report["measure"]
    links = report["links"]
    return Scores(
        measure=Measure(
            kinds=tuple(map(str, measure["kinds"])),
            languages=frozenset(map(str, measure["languages"])),
            first_mention=bool(measure["first_mention"]),
            least=float(measure["least"]),
        ),
        letters={
            name: {kind: _tally(row) for kind, row in kinds.items()}
            for name, kinds in report["letters"].items()
        },
        links=Links(
            gold=int(links["gold"]),
            linked=int(links["linked"]),
            within=Rates(**links["within"]),
            across=Rates(**links["across"]),
        ),
        levels=(int(report["levels"]["right"]), int(report["levels"]["both"])),
    )


def _tally(row: Sequence[Any]) -> Tally:
    gold, made, exact_, core_, made_met, gold_met = map(int, row)
    return Tally(gold, made, exact_, core_, made_met, gold_met)
