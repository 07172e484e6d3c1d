"""The numbers of a report as tables: what the pictures show, for all to read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from lxml import etree

from epistola.report.tally import MOST_LETTERS, Tally
from epistola.shown.markup import H

Cell = str | int | etree._Element  # noqa: SLF001 - lxml has no public name for it


FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> etree._Element:
    """Return a table of HTML; the first cell of each row says what the row is about."""
    columns = [H.th({"scope": "col"}, words) for words in head]
    body = [H.tr(H.th({"scope": "row"}, _inline(row[0])), *map(_cell, row[1:])) for row in rows]
    return H.table(H.caption(caption), H.thead(H.tr(*columns)), H.tbody(*body))


def _cell(cell: Cell) -> etree._Element:
    if isinstance(cell, int):
        return H.td({"class": "n"}, f"{cell:,}")
    return H.td(_inline(cell))


def _inline(cell: Cell) -> str | etree._Element:
    return f"{cell:,}" if isinstance(cell, int) else cell


def name(words: str) -> etree._Element:
    """Return a name that keeps its own direction, right to left or left to right."""
    return H.bdi(printable(words))


def printable(words: str) -> str:
    r"""Return ``words`` without the characters that XML does not allow (XML 1.0, 2.2).

    >>> printable("Ann\x00 Bell")
    'Ann� Bell'
    """
    return FORBIDDEN.sub("\ufffd", words)


def naming(sums: Tally, key: str, folder: Path) -> etree._Element:
    """Return links to the letters that name the thing ``key``, as seen from ``folder``."""
    count = sums.naming[key]
    links = [
        H.li(H.a({"href": link(at.file, folder)}, name(at.title or at.file.stem)))
        for at in sums.where[key]
    ]
    if count > MOST_LETTERS:
        links.append(H.li({"class": "rest"}, f"and {count - MOST_LETTERS:,} more"))
    summary = H.summary(f"{count:,} letter{'s' * (count != 1)}")
    return H.details(summary, H.ul({"class": "letters"}, *links))


def link(file: Path, folder: Path) -> str:
    """Return how a page in ``folder`` leads to ``file``; on another drive by its whole address."""
    try:
        return quote(os.fsencode(os.path.relpath(file, folder).replace(os.sep, "/")))
    except ValueError:
        return file.as_uri()


def most_named(sums: Tally, keys: Sequence[str], caption: str, folder: Path) -> etree._Element:
    """Return what is named, how often, and where."""
    rows = ((name(sums.name(k)), naming(sums, k, folder), sums.times[k]) for k in keys)
    return table(caption, ("Name", "Named in", "Times"), rows)


def pairs(sums: Tally, most: int) -> Iterator[tuple[etree._Element, etree._Element, int]]:
    """Yield who wrote to whom, and how many letters; who wrote most first."""
    called = {key: sums.name(key) for key in {key for pair in sums.pairs for key in pair}}
    ordered = sorted(
        sums.pairs.items(),
        key=lambda one: (-one[1], called[one[0].sender], called[one[0].receiver], one[0]),
    )
    for pair, count in ordered[:most]:
        yield name(called[pair.sender]), name(called[pair.receiver]), count


def counted(count: int, what: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "letter"), counted(2000, "word")
    ('1 letter', '2,000 words')
    """
    return f"{count:,} {what}{'s' * (count != 1)}"


def share(part: int, whole: int) -> str:
    """Return which part of ``whole`` that is, "" where there is nothing.

    >>> share(1, 4), share(0, 0)
    ('25%', '')
    """
    return f"{part / whole:.0%}" if whole else ""
