"""Show what an edition holds as one page of HTML, complete in itself.

It needs no script, no network and nothing beside it; each picture is drawn twice, for a wide
and a narrow window, and its numbers stand below it in a table. It is the same for the same
letters. All words of letters are put into a tree, never into a string of markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from lxml import etree

from epistola.report import sections
from epistola.report.figures import heading
from epistola.report.sections import KINDS, About
from epistola.report.tables import counted, name, printable, share
from epistola.report.tally import Tally
from epistola.report.timeline import timeline
from epistola.shown.markup import H


def page(sums: Tally, about: About) -> bytes:
    """Return the report on ``sums``."""
    found = [one for one in map(list, _sections(sums, about)) if one]
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
            _header(sums, about, [section[0] for section in found]),
            H.main(*(H.section({"aria-labelledby": s[0].get("id", "")}, *s) for s in found)),
            H.footer(H.p("Made by ", H.code("epistola report"), " from the encoded letters.")),
        ),
    )
    return etree.tostring(html, method="html", encoding="UTF-8", doctype="<!DOCTYPE html>") + b"\n"


def _sections(sums: Tally, about: About) -> Iterator[Iterator[etree._Element]]:
    yield _summary(sums, about)
    if not sums.totals["letters"]:
        return
    yield sections.time(sums)
    yield sections.correspondents(sums)
    yield sections.places(sums)
    for kind, called in KINDS.items():
        yield sections.named(sums, kind, called, about.folder)
    yield sections.certainty(sums)
    yield sections.findings(sums, about)
    yield _notes()


def _header(sums: Tally, about: About, headings: Sequence[etree._Element]) -> etree._Element:
    links = [H.li(H.a({"href": f"#{one.get('id')}"}, one.text or "")) for one in headings]
    return H.header(
        H.p({"class": "kicker"}, "A report on an edition of letters"),
        H.h1(name(about.title)),
        H.p({"class": "lead"}, *_lead(sums)),
        H.nav({"aria-label": "Sections"}, H.ul(*links)),
    )


def _lead(sums: Tally) -> Iterator[str]:
    letters, years = sums.totals["letters"], timeline(sums.months)
    yield f"{counted(letters, 'letter')}, {counted(sums.totals['words'], 'word')}"
    if years.bars:
        first, last = (label.split()[-1] for label, _ in (years.bars[0], years.bars[-1]))
        yield f", {first}" if first == last else f", {first}–{last}"
    yield "."


def _summary(sums: Tally, about: About) -> Iterator[etree._Element]:
    yield heading("summary", "At a glance")
    tiles = [H.div(H.dt(term), H.dd(number, H.small(more))) for term, number, more in _tiles(sums)]
    yield H.dl({"class": "tiles"}, *tiles)
    if about.unread:
        yield H.p(
            {"class": "note"},
            f"{counted(about.unread, 'file')} could not be read, and"
            f" {'is' if about.unread == 1 else 'are'} not counted.",
        )


def _tiles(sums: Tally) -> Iterator[tuple[str, str, str]]:
    """Yield what is counted, the number, and a remark."""
    letters, words = sums.totals["letters"], sums.totals["words"]
    dated = sum(sums.years().values())
    times = sum(sums.times.values())
    yield "Letters", f"{letters:,}", ""
    yield "Words", f"{words:,}", f"{words / letters:,.0f} a letter" if letters else ""
    yield "Dated to a year", f"{dated:,}", share(dated, letters)
    paired = sums.totals["paired"]
    yield "With sender and addressee", f"{paired:,}", share(paired, letters)
    for kind in ("person", "place", "work"):
        yield f"{KINDS[kind]} named", f"{len(sums.of_kind(kind)):,}", ""
    linked = sum(sums.linked.values())
    yield "Mentions linked", f"{linked:,}", share(linked, times)


def _notes() -> Iterator[etree._Element]:
    yield heading("notes", "How this was counted")
    yield H.p(
        "Words are those of the source, without what editors added. A person, a place or a work is"
        " counted once however it is written, where its mentions lead to one entry of a register,"
        " or to one authority number. Where a letter has entries of its own only, and no register,"
        " those of the same name are taken for one; so are mentions that are not linked at all.",
    )
