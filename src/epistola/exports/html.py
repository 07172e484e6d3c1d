"""Letters as pages to read: a file of a letter, a folder of an edition.

A page is complete in itself and needs no script. In a folder there is a page for each letter,
one for each kind of entry of the registers, and ``index.html``, which lists the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from lxml import etree

from epistola.checks.rules import Library
from epistola.exports import File, FolderFormat, Part
from epistola.exports.entries import Known
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Named
from epistola.exports.page.anchors import PLAIN, dated
from epistola.exports.page.frame import document
from epistola.exports.page.letter import Setting, letter_page
from epistola.exports.page.register import by_kind, card
from epistola.exports.page.words import SECTIONS, dating_words, day_words
from epistola.shown.markup import H

INDEX = "index.html"
PAGES: Mapping[str, str] = MappingProxyType(
    {kind: f"{name.lower()}.html" for kind, name in SECTIONS.items()}
)
"""The page of the register of each kind."""
UNDATED = "Undated"
YEAR = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lists of an edition say of a letter."""

    name: str
    title: str
    when: tuple[str, ...]
    date: str
    who: str
    place: str


def write_one(letters: Letters) -> Iterator[Part]:
    """Yield the page of a single letter."""
    for letter in letters:
        yield letter_page(letter)


def write(letters: Letters) -> Iterator[File]:
    """Yield the pages of the letters, then those of the registers, then the list of letters."""
    listed: list[Listed] = []
    library = Library()
    known = {entry.key: entry for entry in letters.register}
    uses: dict[str, dict[int, int]] = {}
    for before, letter, after in _with_neighbours(letters):
        for entry in letter.entries:
            if _page_of(entry):
                known.setdefault(entry.key, entry)
        for key, count in _uses(letter):
            uses.setdefault(key, {})[len(listed)] = count
        listed.append(_listed(letter))
        setting = _setting(letters, letter, (before, after), library)
        yield File(_address(letter.name), [letter_page(letter, setting)])
    kinds = [kind for kind, _ in by_kind(known.values()) if kind in PAGES]
    for kind, entries in by_kind(known.values()):
        if kind in PAGES:
            page = _register_page(kind, entries, _Uses(listed, uses), _top(letters, kinds))
            yield File(PAGES[kind], [page])
    yield File(INDEX, [_index(letters, listed, _top(letters, kinds))])


def _address(name: str) -> str:
    return f"letters/{name}.html"


def _with_neighbours(
    letters: Iterable[ExportedLetter],
) -> Iterator[tuple[ExportedLetter | None, ExportedLetter, ExportedLetter | None]]:
    """Yield each letter with the one before and the one after it; three are held at a time."""
    before: ExportedLetter | None = None
    current: ExportedLetter | None = None
    for after in letters:
        if current is not None:
            yield before, current, after
            before = current
        current = after
    if current is not None:
        yield before, current, None


def _setting(
    letters: Letters,
    letter: ExportedLetter,
    near: Iterable[ExportedLetter | None],
    library: Library,
) -> Setting:
    up = "../" * (letter.name.count("/") + 1)
    before, after = (
        (up + quote(_address(one.name)), one.title) if one is not None else None for one in near
    )
    pages = {entry.key: page for entry in letter.entries if (page := _page_of(entry))}
    return Setting(
        letters.title or letters.name,
        f"{up}{INDEX}",
        before,
        after,
        {key: f"{up}{page}" for key, page in pages.items()},
        library,
    )


def _page_of(entry: Known) -> str:
    """Return where the register tells of ``entry``, or nothing where only one letter has it."""
    if entry.kind not in PAGES or not PLAIN.fullmatch(entry.key):
        return ""
    return f"{PAGES[entry.kind]}#entry-{entry.key}"


def _uses(letter: ExportedLetter) -> Iterator[tuple[str, int]]:
    """Yield the keys of the entries that ``letter`` leads to, and how often its text does."""
    said: list[Named] = [one for act in letter.actions for one in (*act.who, *act.places)]
    counts = {entry.key: 0 for one in said for entry in one.entries}
    for mention in letter.mentions:
        for entry in mention.entries:
            counts[entry.key] = counts.get(entry.key, 0) + 1
    yield from counts.items()


def _listed(letter: ExportedLetter) -> Listed:
    date = letter.date
    names = [", ".join(_called(one) for one in who) for who in (letter.sender, letter.addressee)]
    return Listed(
        letter.name,
        letter.title,
        dated(date) if date is not None and date.dating else (),
        (dating_words(date.dating) or date.words) if date is not None else "",
        " to ".join(filter(None, names)),
        letter.place.words if letter.place is not None else "",
    )


def _called(one: Named) -> str:
    return one.words or (one.entry.name if one.entry else "")


# ---- the lists


def _top(letters: Letters, kinds: Iterable[str]) -> list[etree._Element]:
    """Return what stands above each list: the edition, and the way to the others."""
    title = letters.title or letters.name
    links = [H.a({"href": INDEX}, "Letters")]
    links += [H.a({"href": PAGES[kind]}, SECTIONS[kind]) for kind in kinds]
    return [H.p({"class": "line"}, title), H.nav({"aria-label": "Edition"}, *links)]


def _index(letters: Letters, listed: list[Listed], top: list[etree._Element]) -> bytes:
    title = letters.title or letters.name
    ordered = sorted(listed, key=_chronology)
    main = H.main({"class": "list"})
    year, items = "", H.ol()
    for one in ordered:
        own = _year(one)
        if own != year:
            items = H.ol({"class": "letters"})
            main.append(H.section(H.h2(own), items))
            year = own
        items.append(_row(one))
    return document(title, [H.header(H.h1(title), top[1]), main])


def _chronology(one: Listed) -> tuple[int, int, tuple[str, ...], str]:
    """Return by what letters are in order: year, day, name; then those of no year, and no date."""
    year = YEAR.match(one.when[0] if one.when else "")
    rank = 0 if year else 1 if one.when else 2
    return rank, int(year[0]) if year else 0, one.when, one.name


def _year(one: Listed) -> str:
    year = YEAR.match(one.when[0] if one.when else "")
    return day_words(year[0]) if year else UNDATED


def _row(one: Listed) -> etree._Element:
    rest = " · ".join(filter(None, (one.date, one.who, one.place)))
    return H.li(H.a({"href": quote(_address(one.name))}, one.title), H.p(rest))


@dataclass(frozen=True, slots=True)
class _Uses:
    """Which letters lead to an entry, by its key: their places in ``listed``, how often."""

    listed: list[Listed]
    of: Mapping[str, Mapping[int, int]]

    def links(self, key: str) -> Iterator[etree._Element]:
        """Yield a link to each letter, in the order of their dates."""
        found = [(self.listed[place], count) for place, count in self.of.get(key, {}).items()]
        for one, count in sorted(found, key=lambda pair: _chronology(pair[0])):
            times = f" {count}×" if count > 1 else ""
            yield H.li(H.a({"href": quote(_address(one.name))}, one.title), times)


def _register_page(
    kind: str, entries: list[Known], uses: _Uses, top: list[etree._Element]
) -> bytes:
    cards = (
        card(entry, f"entry-{entry.key}", after=_letters_of(entry, uses))
        for entry in sorted(entries, key=lambda one: (one.name.casefold(), one.key))
        if PLAIN.fullmatch(entry.key)
    )
    head = H.header(*top, H.h1(SECTIONS[kind]))
    return document(SECTIONS[kind], [head, H.main({"class": f"list {kind}"}, H.ul(*cards))])


def _letters_of(entry: Known, uses: _Uses) -> Iterator[etree._Element]:
    links = list(uses.links(entry.key))
    if links:
        yield H.ul({"class": "uses"}, *links)


FORMAT = FolderFormat(
    write,
    "Pages to read",
    ".html",
    keeps="text and its parts, mentions with entries, certainty, dates, notes, metadata, the TEI",
    loses="line breaks in running text, responsibilities of single tags, pictures of the pages",
    alone=write_one,
)
