"""The numbers as tables: a title, a head, rows of words; for a terminal, a pipe, or a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from epistola.evaluate.calibration import Calibration, Right
from epistola.evaluate.compare import Comparison, KindChange, LetterChange
from epistola.evaluate.confusions import Confusion
from epistola.evaluate.rates import Rates, Tally, core, exact, macro, micro, overlap, rated
from epistola.evaluate.scores import Scores

Row = tuple[str, ...]

CALLED = {
    "person": "persons",
    "place": "places",
    "org": "organisations",
    "date": "dates",
    "title": "titles",
    "event": "events",
    "reference": "references",
}
"""How a kind is called in a table."""
CERT = {"none": "without @cert", "medium": "@cert medium", "low": "@cert low"}
WAYS = ("exact P", "R", "F", "core P", "R", "F", "overlap P", "R", "F")
"""The columns of rates; where there is little room, those in ``FIRST``."""
FIRST = (0, 1, 2, 5, 8)
FEW = 4
"""How many letters that gained, and that lost, are named."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names a row, the others hold its numbers."""

    title: str
    head: Row
    rows: tuple[Row, ...]


def lines(table: Table) -> Iterator[str]:
    r"""Yield the lines of ``table``, in columns, the numbers on the right.

    >>> print(*lines(Table("Names", ("", "gold"), (("persons", "9"),))), sep="\n")
    Names
               gold
      persons     9
    """
    yield table.title
    every = [table.head, *table.rows]
    widths = [max(len(row[at]) for row in every) for at in range(len(table.head))]
    for row in every:
        numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield f"  {'  '.join([row[0].ljust(widths[0]), *numbers])}".rstrip()


def names_table(scores: Scores) -> Table:
    """Return what was found of each kind, and of all that the gold has.

    The columns are those of ``whole_names_table``, but of core and overlap F alone.
    """
    whole = whole_names_table(scores)
    rows = ((*row[:3], *(row[3 + at] for at in FIRST)) for row in whole.rows)
    head = ("", "gold", "made", "P", "R", "F", "core F", "overlap F")
    return Table(whole.title, head, tuple(rows))


def whole_names_table(scores: Scores) -> Table:
    """Return the same with precision, recall and F in each of the three ways."""
    numbers = scores.of_kinds()
    rows = [_names_row(CALLED[kind], one) for kind, one in numbers.items()]
    if len(rated(numbers)) > 1:
        rows.append(("all", "", "", *_three(micro(numbers)), *[""] * 6))
        rows.append(("mean of kinds", "", "", "", "", share(macro(numbers)), *[""] * 6))
    return Table("Names", ("", "gold", "made", *WAYS), tuple(rows))


def links_table(scores: Scores) -> Table:
    """Return how persons are linked."""
    links = scores.links
    title = f"Linking of persons (B-cubed): {links.linked} of {links.gold} gold mentions compared"
    rows = (
        ("within letters", *_three(links.within)),
        ("across letters", *_three(links.across)),
    )
    return Table(title, ("", "P", "R", "F"), rows)


def bands_table(calibration: Calibration) -> Table:
    """Return how many tags are right, by what their ``@cert`` says of them."""
    rows = [
        (f"{CALLED.get(kind, 'all')}, {CERT[band]}", *_right_row(right))
        for kind, bands in calibration.bands.items()
        for band, right in bands.items()
        if right.made
    ]
    title = f"Certainty: expected calibration error {share(calibration.error)}"
    return Table(title, ("", "tags", "exact", "core", "overlap"), tuple(rows))


def bins_table(calibration: Calibration) -> Table:
    """Return how many tags are right, by their certainty."""
    rows = [
        (
            f"{one.low:.1f} to {one.high:.1f}",
            str(one.made),
            share(one.mean),
            _of(one.right, one.made),
        )
        for one in calibration.bins
        if one.made
    ]
    return Table("Certainty and truth", ("certainty", "tags", "mean", "right"), tuple(rows))


def comparison_table(comparison: Comparison) -> Table:
    """Return what each number has gained or lost."""
    rows = [
        *(_change_row(change) for change in comparison.kinds),
        _links_row("links within", *comparison.within),
        _links_row("links across", *comparison.across),
    ]
    head = ("", "F before", "F now", "ΔF", "ΔP", "ΔR", "Δ overlap F")
    return Table("Since the earlier report", head, tuple(rows))


def comparison_notes(comparison: Comparison) -> Iterator[str]:
    """Yield which letters gained and lost, kind by kind, and which are in one report only."""
    for change in comparison.kinds:
        better = [one for one in change.letters if one.right > one.wrong]
        worse = [one for one in reversed(change.letters) if one.right < one.wrong]
        for word, some in (("better", better), ("worse", worse)):
            if some:
                yield f"  {CALLED[change.kind]} {word}: {_letters(some)}"
    for what, names in (("new", comparison.new), ("gone", comparison.gone)):
        if names:
            yield f"  not compared, for they are {what}: {_few(names)}"


def errors(found: Sequence[Confusion], number: int) -> Iterator[str]:
    """Yield the ``number`` most frequent faults, a line each."""
    for one in sorted(found, key=lambda one: -len(one.instances))[:number]:
        letters = dict.fromkeys(instance.letter for instance in one.instances)
        yield f"  {len(one.instances):4}  {told(one)}  ({_few(tuple(letters))})"


def told(one: Confusion) -> str:
    """Return in words what went wrong."""
    if one.sort == "missed":
        return f"{one.kind} “{one.gold}” was missed"
    if one.sort == "wrong":
        return f"{one.made_kind} “{one.made}” is none"
    words = f"“{one.made}”" if one.gold != one.made else "so"
    if one.sort == "kind":
        return f"{one.kind} “{one.gold}” was tagged {words} as {one.made_kind}"
    return f"{one.kind} “{one.gold}” was tagged as {words}"


def share(value: float) -> str:
    """Return a share between 0 and 1 as tables show it: ".765"."""
    return f"{value:.3f}".removeprefix("0")


def _of(part: int, whole: int) -> str:
    return share(part / whole) if whole else ""


def _three(rates: Rates) -> Row:
    return share(rates.precision), share(rates.recall), share(rates.f)


def _names_row(name: str, one: Tally) -> Row:
    if not one.gold:
        return name, "0", str(one.made), *["–"] * 9
    ways = (exact(one), core(one), overlap(one))
    return name, str(one.gold), str(one.made), *(cell for way in ways for cell in _three(way))


def _right_row(right: Right) -> Row:
    shares = (right.exact, right.core, right.overlap)
    return str(right.made), *(_of(part, right.made) for part in shares)


def _change_row(change: KindChange) -> Row:
    before, now = exact(change.before), exact(change.now)
    return (
        CALLED[change.kind],
        share(before.f),
        share(now.f),
        signed(change.gain),
        signed(now.precision - before.precision),
        signed(now.recall - before.recall),
        signed(change.overlap_gain),
    )


def _links_row(name: str, before: Rates, now: Rates) -> Row:
    gains = (now.f - before.f, now.precision - before.precision, now.recall - before.recall)
    return name, share(before.f), share(now.f), *map(signed, gains), ""


def signed(value: float) -> str:
    """Return a gain or loss: "+.012", "−.003", or "=" where there is none to be seen."""
    shown = share(abs(value))
    if shown == share(0.0):
        return "="
    return f"{'+' if value > 0 else '−'}{shown}"


def _letters(changes: Iterable[LetterChange]) -> str:
    return _few([f"{one.letter} ({one.right:+} right, {one.wrong:+} wrong)" for one in changes])


def _few(names: Sequence[str]) -> str:
    more = len(names) - FEW
    return ", ".join(names[:FEW]) + (f" and {more} more" if more > 0 else "")
