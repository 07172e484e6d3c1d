"""The sections of a report: each a heading, a picture, its numbers, what is to be said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from epistola.report import bars, globe, network, timeline
from epistola.report.drawing import Words
from epistola.report.figures import Drawing, figure, heading, legend, numbers
from epistola.report.letter import GRADES, Tag
from epistola.report.sent import UNDATED
from epistola.report.tables import Cell, counted, most_named, name, pairs, share, table
from epistola.report.tally import Fault, Tally
from epistola.report.views import Spot, View, close, whole
from epistola.shown.markup import H

IN_NETWORK = (36, 12)
"""How many correspondents a wide and a narrow picture show."""
IN_BARS, IN_TABLE = 12, 40
"""How many things of a kind the bars show, and the table below them."""

KINDS: Mapping[str, str] = {
    "person": "Persons",
    "place": "Places",
    "org": "Organisations",
    "event": "Events",
    "work": "Works",
}
"""The kinds of what letters name, in the order of the page."""
TAGGED: Mapping[str, str] = {
    **KINDS,
    "date": "Dates",
    "quotation": "Quotations",
    "foreign": "Foreign words",
}
GRADED: Mapping[str, str] = {
    "right": "no certainty given: held to be right",
    "high": "high",
    "medium": "medium",
    "low": "low",
    "unknown": "unknown",
}
"""What each grade of certainty is called."""
SEVERITIES: Mapping[str, str] = {
    "error": "errors",
    "warning": "warnings",
    "info": "for information",
}
"""The severities of findings, the worst first, and what they are called."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: ``folder`` is where it is written, ``unread`` counts files.

    ``titles`` says what the codes of findings mean.
    """

    title: str
    folder: Path
    unread: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)


def time(sums: Tally) -> Iterator[etree._Element]:
    """Yield the section on letters over time."""
    shown = timeline.timeline(sums.months)
    yield heading("time", "Letters over time")
    if shown.bars:
        yield _bars_of_time(shown)
    else:
        yield H.p("No letter has a date that is exact to a year.")
    if remarks := list(_about_dates(sums, shown)):
        yield H.p({"class": "note"}, " ".join(remarks))


def _bars_of_time(shown: timeline.Timeline) -> etree._Element:
    rows = [(label, count) for label, count in shown.bars if count]
    rows += [(f"{year}, not in the picture", count) for year, count in shown.outside]
    listed = table(f"Letters by {shown.unit}", (shown.unit.capitalize(), "Letters"), rows)
    return figure("time", lambda ident, width: timeline.draw(ident, shown, width), numbers(listed))


def _about_dates(sums: Tally, shown: timeline.Timeline) -> Iterator[str]:
    undated = sums.months[UNDATED]
    vague = sums.months[UNDATED._replace(told=True)]
    if undated:
        yield f"{counted(undated, 'letter')} without a date."
    if vague:
        yield f"{counted(vague, 'letter')} with a date that is not exact to a year."
    if shown.inexact:
        yield f"{counted(shown.inexact, 'letter')} with a date that is not exact to a month."
    if shown.outside:
        years = ", ".join(str(year) for year, _ in shown.outside)
        count = sum(times for _, times in shown.outside)
        yield f"{counted(count, 'letter')} from years far from the others ({years}): not drawn."


def correspondents(sums: Tally) -> Iterator[etree._Element]:
    """Yield the section on who writes to whom."""
    yield heading("network", "Who writes to whom")
    if not sums.correspondents():
        yield H.p("No letter says who wrote it or to whom.")
        return
    head = ("From", "To", "Letters")
    yield figure(
        "network",
        _network(sums, IN_NETWORK[0]),
        legend(("node", "wrote letters"), ("hollow", "only received them")),
        numbers(table("Letters by sender and addressee", head, pairs(sums, IN_TABLE))),
        narrow=_network(sums, IN_NETWORK[1]),
    )
    yield H.p({"class": "note"}, " ".join(_about_correspondents(sums)))


def _network(sums: Tally, most: int) -> Drawing:
    shown = network.network(sums, most)
    return lambda ident, width: network.draw(ident, shown, width)


def _about_correspondents(sums: Tally) -> Iterator[str]:
    paired = sums.totals["paired"]
    yield f"{paired:,} of {counted(sums.totals['letters'], 'letter')} name sender and addressee."
    count = len(sums.correspondents())
    wide, narrow = IN_NETWORK
    if count > wide:
        yield (
            f"The picture shows those with most letters of {count:,} correspondents: {wide} of"
            f" them, in a narrow window {narrow}."
        )
    elif count > narrow:
        yield f"In a narrow window the picture shows {narrow} of {count:,} correspondents."
    if len(sums.pairs) > IN_TABLE:
        yield f"The table has {IN_TABLE} of {len(sums.pairs):,} pairs."


def places(sums: Tally) -> Iterator[etree._Element]:
    """Yield the section with the map; nothing where no letter names a place."""
    keys = sums.of_kind("place")
    keys += sorted(key for key in sums.origins if key not in sums.naming)
    if not keys:
        return
    yield heading("map", "Places on the map")
    spots = [
        Spot(sums.name(key), point, sums.naming[key], sums.origins[key])
        for key in keys
        if (point := sums.things[key].point) is not None
    ]
    if spots:
        yield from _maps(spots)
    without = [key for key in keys if sums.things[key].point is None]
    if without:
        yield from _unplaced(sums, without, len(keys))


def _unplaced(sums: Tally, keys: Sequence[str], count: int) -> Iterator[etree._Element]:
    """Yield the places that are on no map; ``count`` is how many there are in all."""
    times = sum(sums.times[key] for key in sums.of_kind("place"))
    part = share(sum(sums.times[key] for key in keys), times)
    mentions = f" {part} of the mentions of places are of these." if part else ""
    yield H.p(
        {"class": "note"},
        f"{len(keys):,} of {counted(count, 'place')} have no coordinates in their entries, and are"
        f" not drawn.{mentions}",
    )
    listed = [H.li(name(sums.name(key))) for key in keys[:IN_TABLE]]
    if len(keys) > IN_TABLE:
        listed.append(H.li(f"and {len(keys) - IN_TABLE:,} more"))
    yield numbers(H.ul({"class": "names"}, *listed), "Places without coordinates")


def _maps(spots: Sequence[Spot]) -> Iterator[etree._Element]:
    closer = close(spots)
    marks = [("spot", "named in letters")]
    if any(spot.origins for spot in spots):
        marks.append(("origin", "letters were sent from there"))
    rows = [
        (name(s.name), s.naming, s.origins, f"{s.point.latitude:.2f}, {s.point.longitude:.2f}")
        for s in spots[:IN_TABLE]
    ]
    head = ("Place", "Letters naming it", "Sent from it", "Latitude, longitude")
    below = numbers(table(f"The {len(rows)} places that most letters name", head, rows))
    if closer:
        yield _map("map-close", "Where most of what is named lies", spots, closer)
    title = "All places" if closer else "The places"
    yield _map("map-whole", title, spots, whole(spots), legend(*marks), below)


def _map(
    ident: str, title: str, spots: Sequence[Spot], view: View, *below: etree._Element
) -> etree._Element:
    def draw(name: str, width: float) -> etree._Element:
        return globe.draw(name, spots, view, title, width)

    return figure(ident, draw, H.figcaption(title), *below)


def named(sums: Tally, kind: str, called: str, folder: Path) -> Iterator[etree._Element]:
    """Yield the section on what is named of one kind; nothing where nothing is."""
    keys = sums.of_kind(kind)
    if not keys:
        return
    yield heading(kind, called)
    caption = f"The {called.lower()} that most letters name"
    yield figure(
        f"{kind}-bars",
        _bars_of_named(sums, keys[:IN_BARS], called),
        legend(
            ("bar", "letters that name them (first number)"),
            ("again", "further mentions in these (second number: all mentions)"),
        ),
        numbers(
            most_named(sums, keys[:IN_TABLE], caption, folder),
            "In numbers, and where they are named",
        ),
    )
    yield H.p({"class": "note"}, _how_many(sums, keys, called))


def _bars_of_named(sums: Tally, keys: Sequence[str], called: str) -> Drawing:
    shown = [
        bars.Bar(
            sums.name(key),
            (("bar", sums.naming[key]), ("again", sums.times[key] - sums.naming[key])),
            f"{sums.naming[key]:,} / {sums.times[key]:,}",
        )
        for key in keys
    ]
    first = ", ".join(f"{sums.name(key)} {sums.naming[key]:,}" for key in keys[:3])
    said = f"Bars, one each; letters that name them: {first}."
    return _bars(Words(f"Most-named {called.lower()}", said), shown)


def _bars(words: Words, shown: Sequence[bars.Bar]) -> Drawing:
    return lambda ident, width: bars.draw(ident, words, shown, width)


def _how_many(sums: Tally, keys: Sequence[str], called: str) -> str:
    times, linked = (sum(count[key] for key in keys) for count in (sums.times, sums.linked))
    listed = f" The table lists {IN_TABLE}." if len(keys) > IN_TABLE else ""
    return (
        f"{len(keys):,} {called.lower()}, named {times:,} times; {linked:,} mentions"
        f" ({share(linked, times)}) are linked.{listed}"
    )


def certainty(sums: Tally) -> Iterator[etree._Element]:
    """Yield the section on how certain the tags are; nothing where there are none."""
    kinds = [kind for kind in TAGGED if any(tag.kind == kind for tag in sums.tags)]
    grades = [grade for grade in GRADES if any(tag.grade == grade for tag in sums.tags)]
    if not kinds:
        return
    yield heading("certainty", "How certain the tags are")
    if grades == ["right"]:
        count = counted(sum(sums.tags.values()), "tag")
        yield H.p(f"No tag says that it is uncertain: {count} without ", H.code("@cert"), ".")
        return
    rows: Iterator[Sequence[Cell]] = (
        (TAGGED[kind], *(sums.tags[Tag(kind, grade)] for grade in grades)) for kind in kinds
    )
    head = ("Tags of", *grades)
    yield figure(
        "certainty-bars",
        _bars_of_grades(sums, kinds),
        legend(*((grade, GRADED[grade]) for grade in grades)),
        numbers(table("Tags by kind and certainty", head, rows)),
    )


def _bars_of_grades(sums: Tally, kinds: Sequence[str]) -> Drawing:
    shown, said = [], []
    for kind in kinds:
        counts = [sums.tags[Tag(kind, grade)] for grade in GRADES]
        shares = [count / sum(counts) for count in counts]
        lengths = tuple(zip(GRADES, shares, strict=True))
        shown.append(bars.Bar(TAGGED[kind], lengths, f"{sum(counts):,}"))
        said.append(f"{TAGGED[kind]} {shares[0]:.0%}")
    told = f"The share of each grade. Held to be right: {', '.join(said)}."
    return _bars(Words("Certainty of the tags", told), shown)


def findings(sums: Tally, about: About) -> Iterator[etree._Element]:
    """Yield the section on what the checks find; nothing where nobody looked."""
    if not sums.totals["checked"]:
        return
    yield heading("findings", "What the checks find")
    if not sums.found:
        yield H.p("Nothing: the checks find no fault in any letter.")
        return
    faults = sorted(
        sums.found, key=lambda f: ([*SEVERITIES].index(f.severity), -sums.found[f], f.code)
    )
    rows: Iterator[Sequence[Cell]] = (
        (_meaning(f, about), f.severity, H.code(f.code), sums.found[f], sums.faulty[f])
        for f in faults
    )
    head = ("Finding", "Severity", "Code", "Times", "Letters")
    yield figure(
        "findings-bars",
        _bars_of_findings(sums, faults[:IN_BARS], about),
        legend(*((s, SEVERITIES[s]) for s in SEVERITIES if any(f.severity == s for f in faults))),
        numbers(table("Findings by kind", head, rows)),
    )


def _bars_of_findings(sums: Tally, faults: Sequence[Fault], about: About) -> Drawing:
    shown = [
        bars.Bar(
            f"{fault.severity}: {_meaning(fault, about)}",
            ((fault.severity, sums.found[fault]),),
            f"{sums.found[fault]:,}",
        )
        for fault in faults
    ]
    said = "; ".join(f"{bar.label}: {bar.numbers}" for bar in shown)
    return _bars(Words("Findings by kind", f"{said}."), shown)


def _meaning(fault: Fault, about: About) -> str:
    """Return what a code means; those of schemas and readers speak for themselves."""
    return about.titles.get(fault.code) or fault.code.replace(".", ": ").replace("-", " ")
