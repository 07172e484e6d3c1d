"""Show what an edition holds as one page of HTML, complete in itself.

It needs no script, no network and nothing beside it; each picture is drawn twice, for a wide
and a narrow window, and its numbers stand below it in a table. It is the same for the same
letters. All words of letters are put into a tree, never into a string of markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from lxml import etree

from epistola.report import bars, globe, network, timeline
from epistola.report.drawing import Words
from epistola.report.letter import GRADES
from epistola.report.sent import UNDATED
from epistola.report.tables import Cell, most_named, name, pairs, printable, table
from epistola.report.tally import Fault, Tally
from epistola.shown.markup import H

WIDE, NARROW = 880.0, 350.0
"""The widths at which pictures are drawn: for a desk, for a phone."""
IN_NETWORK = (36, 14)
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
SEVERITIES = ("error", "warning", "info")

Drawing = Callable[[str, float], etree._Element]
"""Draws a picture with an id, so many units wide."""


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: ``folder`` is where it is written, ``unread`` counts files.

    ``titles`` says what the codes of findings mean.
    """

    title: str
    folder: Path
    unread: int = 0
    titles: Mapping[str, str] = field(default_factory=dict)


def page(sums: Tally, about: About) -> bytes:
    """Return the report on ``sums``."""
    sections = [one for one in map(list, _sections(sums, about)) if one]
    html = H.html(
        {"lang": "en"},
        H.head(
            H.meta({"charset": "utf-8"}),
            H.meta({"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            H.meta({"name": "color-scheme", "content": "light dark"}),
            H.title(f"{printable(about.title)}: a report"),
            H.style(files("epistola.report").joinpath("page.css").read_text("utf-8")),
        ),
        H.body(
            _header(sums, about, [section[0] for section in sections]),
            H.main(*(H.section({"aria-labelledby": s[0].get("id", "")}, *s) for s in sections)),
            H.footer(H.p("Made by ", H.code("epistola report"), " from the encoded letters.")),
        ),
    )
    return etree.tostring(html, method="html", encoding="UTF-8", doctype="<!DOCTYPE html>") + b"\n"


def _sections(sums: Tally, about: About) -> Iterator[Iterator[etree._Element]]:
    yield _summary(sums, about)
    if not sums.totals["letters"]:
        return
    yield _time(sums)
    yield _correspondents(sums)
    yield _places(sums)
    for kind, called in KINDS.items():
        yield _most_named(sums, kind, called, about.folder)
    yield _certainty(sums)
    yield _findings(sums, about)
    yield _notes(sums)


def _header(sums: Tally, about: About, headings: Sequence[etree._Element]) -> etree._Element:
    links = [H.li(H.a({"href": f"#{one.get('id')}"}, one.text or "")) for one in headings]
    return H.header(
        H.p({"class": "kicker"}, "A report on an edition of letters"),
        H.h1(name(about.title)),
        H.p({"class": "lead"}, *_lead(sums)),
        H.nav({"aria-label": "Sections"}, H.ul(*links)),
    )


def _lead(sums: Tally) -> Iterator[str]:
    letters, years = sums.totals["letters"], timeline.timeline(sums.months)
    yield f"{_counted(letters, 'letter')}, {_counted(sums.totals['words'], 'word')}"
    if years.bars:
        first, last = years.bars[0][0], years.bars[-1][0]
        yield f", {first}" if first == last else f", {first}–{last}"
    yield "."


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _heading(ident: str, words: str) -> etree._Element:
    return H.h2({"id": ident}, words)


def _figure(draw: tuple[Drawing, Drawing], ident: str, *below: etree._Element) -> etree._Element:
    """Return a picture, as it is drawn wide and narrow, and what stands below it."""
    wide, narrow = draw
    return H.figure(
        H.div({"class": "wide"}, wide(f"{ident}-wide", WIDE)),
        H.div({"class": "narrow"}, narrow(f"{ident}-narrow", NARROW)),
        *below,
    )


def _numbers(shown: etree._Element, words: str = "The picture in numbers") -> etree._Element:
    return H.details(H.summary(words), shown)


def _legend(*entries: tuple[str, str]) -> etree._Element:
    """Return what the colours of a picture mean: their class, and words."""
    marks = [
        H.li(H.span({"class": f"mark {kind}", "aria-hidden": "true"}), t) for kind, t in entries
    ]
    return H.ul({"class": "legend"}, *marks)


# ---- the sections


def _summary(sums: Tally, about: About) -> Iterator[etree._Element]:
    yield _heading("summary", "At a glance")
    tiles = [H.div(H.dt(term), H.dd(number, H.small(more))) for term, number, more in _tiles(sums)]
    yield H.dl({"class": "tiles"}, *tiles)
    if about.unread:
        yield H.p(
            {"class": "note"},
            f"{_counted(about.unread, 'file')} could not be read, and"
            f" {'is' if about.unread == 1 else 'are'} not counted.",
        )


def _tiles(sums: Tally) -> Iterator[tuple[str, str, str]]:
    """Yield what is counted, the number, and a remark."""
    letters, words = sums.totals["letters"], sums.totals["words"]
    dated = sum(sums.years().values())
    times = sum(sums.times.values())
    yield "Letters", f"{letters:,}", ""
    yield "Words", f"{words:,}", f"{words / letters:,.0f} a letter" if letters else ""
    yield "Dated to a year", f"{dated:,}", _share(dated, letters)
    paired = sums.totals["paired"]
    yield "With sender and addressee", f"{paired:,}", _share(paired, letters)
    for kind in ("person", "place", "work"):
        yield f"{KINDS[kind]} named", f"{len(sums.of_kind(kind)):,}", ""
    linked = sum(sums.linked.values())
    yield "Mentions linked", f"{linked:,}", _share(linked, times)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else ""


def _time(sums: Tally) -> Iterator[etree._Element]:
    shown = timeline.timeline(sums.months)
    yield _heading("time", "Letters over time")
    if not shown.bars:
        yield H.p("No letter has a date that is exact to a year.")
        return
    rows = [(label, count) for label, count in shown.bars if count]
    rows += [(f"{year}, not in the picture", count) for year, count in shown.outside]
    numbers = table(f"Letters by {shown.unit}", (shown.unit.capitalize(), "Letters"), rows)

    def draw(ident: str, width: float) -> etree._Element:
        return timeline.draw(ident, shown, width)

    yield _figure((draw, draw), "time", _numbers(numbers))
    if remarks := list(_about_dates(sums, shown)):
        yield H.p({"class": "note"}, " ".join(remarks))


def _about_dates(sums: Tally, shown: timeline.Timeline) -> Iterator[str]:
    undated = sums.months[UNDATED]
    vague = sums.months[UNDATED._replace(told=True)]
    if undated:
        yield f"{_counted(undated, 'letter')} without a date."
    if vague:
        yield f"{_counted(vague, 'letter')} with a date that is not exact to a year."
    if shown.inexact:
        yield f"{_counted(shown.inexact, 'letter')} with a date that is not exact to a month."
    if shown.outside:
        years = ", ".join(str(year) for year, _ in shown.outside)
        count = sum(times for _, times in shown.outside)
        yield f"{_counted(count, 'letter')} from years far from the others ({years}): not drawn."


def _correspondents(sums: Tally) -> Iterator[etree._Element]:
    yield _heading("network", "Who writes to whom")
    nets = [network.network(sums, most) for most in IN_NETWORK]
    if not nets[0].nodes:
        yield H.p("No letter says who wrote it or to whom.")
        return
    draws = [lambda i, w, n=net: network.draw(i, n, w) for net in nets]
    numbers = table(
        "Letters by sender and addressee", ("From", "To", "Letters"), pairs(sums, IN_TABLE)
    )
    yield _figure(
        (draws[0], draws[1]),
        "network",
        _legend(("node", "wrote letters"), ("hollow", "only received them")),
        _numbers(numbers),
    )
    letters, paired = sums.totals["letters"], sums.totals["paired"]
    remarks = [f"{paired:,} of {_counted(letters, 'letter')} name a sender and an addressee."]
    count = len(sums.correspondents())
    if nets[0].left:
        remarks.append(
            f"The picture shows those with most letters of {count:,} correspondents:"
            f" {IN_NETWORK[0]} of them, in a narrow window {IN_NETWORK[1]}."
        )
    elif nets[1].left:
        remarks.append(f"In a narrow window the picture shows {IN_NETWORK[1]} of {count:,}.")
    if len(sums.pairs) > IN_TABLE:
        remarks.append(f"The table has {IN_TABLE} of {len(sums.pairs):,} pairs.")
    yield H.p({"class": "note"}, " ".join(remarks))


def _places(sums: Tally) -> Iterator[etree._Element]:
    keys = sums.of_kind("place")
    keys += sorted(key for key in sums.origins if key not in sums.naming)
    if not keys:
        return
    yield _heading("map", "Where")
    spots = [
        globe.Spot(sums.name(key), point, sums.naming[key], sums.origins[key])
        for key in keys
        if (point := sums.things[key].point) is not None
    ]
    if spots:
        yield from _maps(spots)
    without = [key for key in keys if sums.things[key].point is None]
    if without:
        yield H.p(
            {"class": "note"},
            f"{len(spots):,} of {_counted(len(keys), 'place')} have coordinates in their entries;"
            f" {_mentioned(sums, without)} of mentions are of places without, which are not drawn.",
        )


def _mentioned(sums: Tally, keys: Sequence[str]) -> str:
    times = sum(sums.times[key] for key in sums.of_kind("place"))
    return _share(sum(sums.times[key] for key in keys), times) or "none"


def _maps(spots: Sequence[globe.Spot]) -> Iterator[etree._Element]:
    closer = globe.close(spots)
    legend = [("spot", "named in letters")]
    if any(spot.origins for spot in spots):
        legend.append(("origin", "letters were sent from there"))
    rows = [
        (name(s.name), s.naming, s.origins, f"{s.point.latitude:.2f}, {s.point.longitude:.2f}")
        for s in spots[:IN_TABLE]
    ]
    head = ("Place", "Letters naming it", "Sent from it", "Latitude, longitude")
    numbers = _numbers(table(f"The {len(rows)} places that most letters name", head, rows))
    if closer:
        yield _map("map-close", "Where most of the places lie", spots, closer, _legend(*legend))
    title = "All places" if closer else "The places"
    yield _map("map-whole", title, spots, globe.whole(spots), _legend(*legend), numbers)


def _map(
    ident: str, title: str, spots: Sequence[globe.Spot], view: globe.View, *below: etree._Element
) -> etree._Element:
    def draw(name: str, width: float) -> etree._Element:
        return globe.draw(name, spots, view, title, width)

    return _figure((draw, draw), ident, H.figcaption(title), *below)


def _most_named(sums: Tally, kind: str, called: str, folder: Path) -> Iterator[etree._Element]:
    keys = sums.of_kind(kind)
    if not keys:
        return
    yield _heading(kind, called)
    shown = [
        bars.Bar(
            sums.name(key),
            (("bar", sums.naming[key]), ("again", sums.times[key] - sums.naming[key])),
            f"{sums.naming[key]:,} / {sums.times[key]:,}",
        )
        for key in keys[:IN_BARS]
    ]
    first = ", ".join(f"{bar.label} {bar.numbers.split(' /')[0]}" for bar in shown[:3])
    words = Words(
        f"Most-named {called.lower()}", f"Bars, one each; letters that name them: {first}."
    )

    def draw(ident: str, width: float) -> etree._Element:
        return bars.draw(ident, words, shown, width)

    caption = f"The {called.lower()} that most letters name"
    listed = most_named(sums, keys[:IN_TABLE], caption, folder)
    yield _figure(
        (draw, draw),
        f"{kind}-bars",
        _legend(("bar", "letters"), ("again", "further mentions in them")),
        _numbers(listed, "In numbers, and where they are named"),
    )
    yield H.p({"class": "note"}, _how_many(sums, keys, called))


def _how_many(sums: Tally, keys: Sequence[str], called: str) -> str:
    times, linked = (sum(count[key] for key in keys) for count in (sums.times, sums.linked))
    listed = f" The table lists {IN_TABLE}." if len(keys) > IN_TABLE else ""
    return (
        f"{len(keys):,} {called.lower()}, named {times:,} times; {linked:,} mentions"
        f" ({_share(linked, times)}) are linked.{listed}"
    )


def _certainty(sums: Tally) -> Iterator[etree._Element]:
    kinds = [kind for kind in TAGGED if any(tag.kind == kind for tag in sums.tags)]
    if not kinds:
        return
    yield _heading("certainty", "How certain the tags are")
    if all(tag.grade == "right" for tag in sums.tags):
        count = sum(sums.tags.values())
        yield H.p(
            f"No tag says that it is uncertain: {_counted(count, 'tag')} without ",
            H.code("@cert"),
            ".",
        )
        return
    grades = [grade for grade in GRADES if any(tag.grade == grade for tag in sums.tags)]
    counts = {kind: [sums.tags[kind, grade] for grade in grades] for kind in kinds}
    shown = [
        bars.Bar(
            TAGGED[kind],
            tuple((grade, n / sum(ns)) for grade, n in zip(grades, ns, strict=True)),
            f"{sum(ns):,}",
        )
        for kind, ns in counts.items()
    ]
    said = "; ".join(f"{TAGGED[kind]}: {ns[0] / sum(ns):.0%}" for kind, ns in counts.items())
    words = Words("Certainty of the tags", f"The share of each grade. Held to be right: {said}.")

    def draw(ident: str, width: float) -> etree._Element:
        return bars.draw(ident, words, shown, width)

    rows = ((TAGGED[kind], *ns) for kind, ns in counts.items())
    head = ("Tags of", *("right" if grade == "right" else grade for grade in grades))
    yield _figure(
        (draw, draw),
        "certainty-bars",
        _legend(*((grade, GRADED[grade]) for grade in grades)),
        _numbers(table("Tags by kind and certainty", head, rows)),
    )


def _findings(sums: Tally, about: About) -> Iterator[etree._Element]:
    if not sums.totals["checked"]:
        return
    yield _heading("findings", "What the checks find")
    if not sums.found:
        yield H.p("Nothing: the checks find no fault in any letter.")
        return
    faults = sorted(
        sums.found, key=lambda f: (SEVERITIES.index(f.severity), -sums.found[f], f.code)
    )
    shown = [
        bars.Bar(
            f"{fault.severity}: {_meaning(fault, about)}",
            ((fault.severity, sums.found[fault]),),
            f"{sums.found[fault]:,}",
        )
        for fault in faults[:IN_BARS]
    ]
    words = Words("Findings by kind", "; ".join(f"{bar.label}: {bar.numbers}" for bar in shown))

    def draw(ident: str, width: float) -> etree._Element:
        return bars.draw(ident, words, shown, width)

    rows: Iterator[Sequence[Cell]] = (
        (_meaning(f, about), f.severity, H.code(f.code), sums.found[f], sums.faulty[f])
        for f in faults
    )
    head = ("Finding", "Severity", "Code", "Times", "Letters")
    yield _figure(
        (draw, draw),
        "findings-bars",
        _legend(*((s, f"{s}s" if s != "info" else "for information") for s in SEVERITIES)),
        _numbers(table("Findings by kind", head, rows)),
    )


def _meaning(fault: Fault, about: About) -> str:
    return about.titles.get(fault.code, fault.code)


def _notes(sums: Tally) -> Iterator[etree._Element]:
    yield _heading("notes", "How this was counted")
    yield H.p(
        "Words are those of the source, without what editors added. A person, a place or a work is"
        " counted once however it is written, where its mentions lead to one entry of a register,"
        " or to one authority number. Where a letter has entries of its own only, and no register,"
        " those of the same name are taken for one; so are mentions that are not linked at all.",
    )
