"""The register beside a letter: a card for each entry, with the way back to its mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from lxml import etree

from epistola.exports.entries import Known, T
from epistola.exports.letters import ExportedLetter, Mention
from epistola.exports.page.anchors import ADDRESS, Anchors, dated
from epistola.exports.page.words import CERTAIN, SECTIONS, dating_words, day_words
from epistola.model import DATING
from epistola.registers.bibliography.record import read_work
from epistola.registers.bibliography.work import Name, Work
from epistola.registers.load import words
from epistola.shown.markup import H

AROUND = 32
"""How many characters of the text around a mention its link has as its title."""
RELATED: Mapping[str, str] = {"work": "by or in", "event": "where"}
"""What the entries are that an entry of a kind points to; "see also" for any other."""


def register(
    letter: ExportedLetter, at: Anchors, elsewhere: Mapping[str, str]
) -> Iterator[etree._Element]:
    """Yield the sections of the register of ``letter``.

    ``elsewhere`` has the addresses of what tells of an entry in the whole edition, by its key.
    """
    back = _mentions_of(at)
    shown = {entry.local: at.entries[entry.key] for entry in letter.entries if entry.local}
    for kind, entries in by_kind(letter.entries):
        cards = (
            card(
                entry,
                at.entries[entry.key],
                related=_related(entry, letter.entries, shown),
                after=[_back(back.get(entry.key, ()), letter, elsewhere.get(entry.key, ""))],
            )
            for entry in entries
        )
        yield H.section({"class": kind}, H.h2(SECTIONS.get(kind, "Others")), H.ul(*cards))
    yield from _dates(letter, at)


def by_kind(entries: Iterable[Known]) -> Iterator[tuple[str, list[Known]]]:
    """Yield each kind with its entries, in the order of ``SECTIONS``, their own order kept."""
    order = [*SECTIONS]
    ranked = sorted(entries, key=lambda e: order.index(e.kind) if e.kind in order else len(order))
    for kind, group in groupby(ranked, key=lambda entry: entry.kind):
        yield kind, list(group)


def card(
    entry: Known,
    id_: str,
    related: Sequence[etree._Element] = (),
    after: Iterable[etree._Element] = (),
) -> etree._Element:
    """Return an entry: its name, when and what it was, its numbers; ``after`` stands below."""
    attributes = {"id": id_, "class": f"entry {entry.kind}"}
    return H.li(attributes, *_told(entry), *_pointing(entry, related), *after)


def _told(entry: Known) -> Iterator[etree._Element]:
    """Yield the lines of a card, those for which there is something to say."""
    element = entry.element()
    name, years = H.b({"dir": "auto"}, _heading(entry, element)), _years(element)
    yield H.p({"class": "name"}, name, *([H.span({"class": "years"}, years)] if years else []))
    if others := _others(entry):
        yield H.p({"class": "also"}, "also ", "; ".join(others))
    if entry.note:
        yield H.p(entry.note)
    if numbers := list(_numbers(entry)):
        yield H.p({"class": "numbers"}, *_joined(numbers))


def _pointing(entry: Known, related: Sequence[etree._Element]) -> Iterator[etree._Element]:
    if related:
        yield H.p({"class": "also"}, f"{RELATED.get(entry.kind, 'see also')} ", *_joined(related))


def _heading(entry: Known, element: etree._Element) -> str:
    """Return what an entry is called; a work as bibliographies have it."""
    if element.tag != f"{T}biblStruct":
        return entry.name
    return citation(read_work(element)) or entry.name


def citation(work: Work) -> str:
    """Return a work in one line: author, title, journal or book, numbers, date."""
    authors = ", ".join(_called(name) for name in (work.by("author") or work.by("editor")))
    larger = f"in {work.container}" if work.container else ""
    scopes = ((unit, work.scope(unit)) for unit in ("volume", "issue", "page"))
    short = {"volume": "vol.", "issue": "no", "page": "p."}
    numbers = [f"{short[unit]} {value}" for unit, value in scopes if value]
    when = work.date
    bounds = (when.when, when.start, when.end, when.earliest, when.latest)
    dating = {name: value for name, value in zip(DATING, bounds, strict=True) if value}
    date = dating_words(dating)
    printed = ", ".join(filter(None, (work.place, work.publisher, date)))
    rest = ", ".join(filter(None, (work.title, larger, *numbers, printed)))
    return f"{authors}: {rest}" if authors else rest


def _called(name: Name) -> str:
    return name.literal or " ".join(filter(None, (name.given, name.particle, name.family)))


def _years(element: etree._Element) -> str:
    """Return when somebody lived, or something was, in few words."""
    life = [element.find(f"{T}{name}") for name in ("birth", "death")]
    if any(one is not None for one in life):
        return "–".join("" if one is None else _year(one) for one in life)
    own = {name: str(element.get(name)) for name in DATING if element.get(name)}
    return dating_words(own)


def _year(element: etree._Element) -> str:
    dating = {name: str(element.get(name)) for name in DATING if element.get(name)}
    only = dating.get("when", "")
    year = only[: only.find("-", 1)] if only.find("-", 1) > 0 else only
    return day_words(year) if year else dating_words(dating) or words(element)


def _others(entry: Known) -> list[str]:
    """Return the other names of an entry; of a work those are its citation."""
    return [] if entry.kind == "work" else list(entry.names[1:])


def _numbers(entry: Known) -> Iterator[etree._Element]:
    for authority, value in entry.numbers:
        if ADDRESS.fullmatch(value):
            said = "" if authority in {"URI", "URL"} else authority
            yield H.a({"href": value, "rel": "noopener"}, said or value.split("/")[2] or value)
        else:
            yield H.span(" ".join(filter(None, (authority, value))))
    if entry.coordinates:
        latitude, longitude = entry.coordinates
        yield H.span(f"{latitude:g}, {longitude:g}")


def _related(
    entry: Known, entries: Sequence[Known], shown: Mapping[str, str]
) -> list[etree._Element]:
    names = {one.local: one.name for one in entries if one.local}
    return [
        H.a({"href": f"#{shown[id_]}"}, names[id_])
        for id_ in entry.cited
        if id_ in shown and id_ != entry.local
    ]


def _joined(parts: Iterable[etree._Element]) -> Iterator[etree._Element | str]:
    for number, part in enumerate(parts):
        if number:
            yield " · "
        yield part


# ---- the way back


def _mentions_of(at: Anchors) -> dict[str, list[tuple[str, Mention]]]:
    """Return the mentions of each entry, with their ids on the page, by the entry's key."""
    found: dict[str, list[tuple[str, Mention]]] = {}
    for element, mention in at.mentions.items():
        for entry in mention.entries:
            found.setdefault(entry.key, []).append((at.numbers[element], mention))
    return found


def _back(
    mentions: Sequence[tuple[str, Mention]], letter: ExportedLetter, further: str = ""
) -> etree._Element:
    """Return the way back to ``mentions``, and, to ``further``, the way to other letters."""
    links = [_way_back(id_, one, letter, number) for number, (id_, one) in enumerate(mentions, 1)]
    arrow = [H.span({"aria-hidden": "true"}, "↩ ")] if links else ["not in the text "]
    more = [H.a({"href": further}, "in all letters")] if further else []
    return H.p({"class": "back"}, *arrow, *_spaced([*links, *more]))


def _spaced(links: Iterable[etree._Element]) -> Iterator[etree._Element | str]:
    for number, link in enumerate(links):
        if number:
            yield " "
        yield link


def _way_back(id_: str, one: Mention, letter: ExportedLetter, number: int) -> etree._Element:
    start, end = max(one.span.start - AROUND, 0), one.span.end + AROUND
    context = f"…{' '.join(letter.text[start:end].split())}…"
    said = ", ".join(filter(None, (context, CERTAIN.get(one.cert, ""))))
    label = f"mention {number}: {one.words}"
    return H.a({"href": f"#{id_}", "title": said, "aria-label": label}, str(number))


def _dates(letter: ExportedLetter, at: Anchors) -> Iterator[etree._Element]:
    """Yield the dates of the text, the earliest first."""
    found: dict[tuple[str, ...], list[tuple[str, Mention]]] = {date: [] for date in at.dates}
    for element, mention in at.mentions.items():
        if mention.kind == "date" and mention.dating:
            found[dated(mention)].append((at.numbers[element], mention))
    cards = (
        H.li(
            {"id": at.dates[date], "class": "entry date"},
            H.p({"class": "name"}, H.b(dating_words(mentions[0][1].dating))),
            _back(mentions, letter),
        )
        for date, mentions in found.items()
    )
    if found:
        yield H.section({"class": "date"}, H.h2("Dates"), H.ul(*cards))
