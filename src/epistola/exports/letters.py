"""A letter as an export reads it: its text, what it mentions and where, who wrote to whom.

The text is the source projection of ``tree.read``: what an editor added is not in it, and
the borders of blocks, ``lb``, ``cb`` and ``pb`` count as white space. Of several readings
(``app``) the lemma is read, or the first. Anyone's TEI will do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from lxml import etree

from epistola.exports.entries import BESIDE, XML_ID, Known, Shelf, T, is_entry, read_known
from epistola.model import DATING, Span
from epistola.registers.load import entries_within, words
from epistola.tree.element import XML
from epistola.tree.read import CERTAINTY, Place, is_added, read_places

KINDS: Mapping[str, str] = MappingProxyType(
    {"persName": "person", "orgName": "org", "eventName": "event", "date": "date"}
    | {"title": "title", "bibl": "reference", "biblStruct": "reference", "term": "term"}
    | {"objectName": "object", "name": "name", "rs": "name", "placeName": "place"}
    | {"geogName": "place"}
    | dict.fromkeys("bloc country district region settlement".split(), "place")
)
"""Element -> the kind of mention that it marks; ``name`` and ``rs`` say more by ``@type``."""
TYPES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys("people pers persname person persons".split(), "person")
    | dict.fromkeys("city country geo geog place placename places settlement".split(), "place")
    | dict.fromkeys("corporate corporatebody institution org organisation".split(), "org")
    | dict.fromkeys("organization orgname orgs".split(), "org")
    | dict.fromkeys("bibl lit lit_work work works".split(), "work")
    | {"event": "event", "eventname": "event", "title": "title", "date": "date", "term": "term"}
)
"""``@type`` of ``name`` and ``rs``, in small letters -> the kind; "name" for any other."""
INNER: Mapping[str, frozenset[str]] = MappingProxyType(
    dict.fromkeys(
        "bloc country district region settlement geogName".split(),
        frozenset({"placeName", "address", "location"}),
    )
    | dict.fromkeys(("name", "rs"), frozenset({"persName", "placeName", "orgName", "eventName"}))
)
"""Elements that are parts of a name inside these, unless they point to an entry themselves."""
LINKING = ("ref", "corresp", "key")
"""The attributes that say which entry is meant; the first that there is counts."""
UNSAID = frozenset({*LINKING, XML_ID, "cert", "resp", "next", "prev", "sameAs", "rend", "ana"})
"""Attributes that are no values of a mention."""
PARTS = frozenset(
    """
    address back byline closer dateline front fw head note opener postscript quote salute signed
    trailer
    """.split()
)
"""Elements that say in which part of a letter a mention stands; everywhere else is its body."""
LISTS = frozenset("listBibl listEvent listNym listObject listOrg listPerson listPlace".split())
"""Lists that are registers, and no text, where an entry in them has an id."""
WRITTEN = frozenset({"abbr", "orig", "sic"})
"""What stands in a ``choice`` as the source has it."""


Links = Callable[[str], tuple[Known, ...]]
"""Returns the entries that a pointer leads to, as it is written in the letter's file."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is named: how it is called, and the entries that are meant.

    ``kind`` is "person", "persons" (a plural or a type, "the Bells"), "place", "org", "event",
    "work", "title", "reference", "date", "term", "object" or, where the tag does not say,
    "name". ``values`` are the attributes that say more (``when``, ``level``, ``type``,
    ``unit`` ...); ``pointer`` is what leads to the entries, as it is written, and ``entries``
    where it leads. ``cert`` is empty for what is held to be right, else "high", "medium",
    "low" or "unknown"; ``resp`` says who holds it to be so.
    """

    kind: str
    text: str
    values: Mapping[str, str]
    pointer: str = ""
    entries: tuple[Known, ...] = ()
    cert: str = ""
    resp: str = ""

    @property
    def entry(self) -> Known | None:
        """Return the entry that is meant; the first where there are several."""
        return next(iter(self.entries), None)

    @property
    def words(self) -> str:
        """Return its text with all white space in it made single."""
        return " ".join(self.text.split())

    @property
    def certainty(self) -> float:
        """Return how certain the tag is, from 0 to 1."""
        return CERTAINTY.get(self.cert or None, 1.0)

    @property
    def dating(self) -> Mapping[str, str]:
        """Return those of its values that say when: ``when``, ``from``, ``notBefore`` ..."""
        return {name: self.values[name] for name in DATING if name in self.values}

    @property
    def key(self) -> str:
        """Return the key of the entry; where there is none, what points to it, as written."""
        first = next(iter(self.pointer.split()), "")
        return self.entry.key if self.entry is not None else first


@dataclass(frozen=True, slots=True)
class Mention(Named):
    """Something that is named in the text of a letter.

    ``span`` is where it stands in the letter's text, in code points, without white space at
    its ends; ``part`` the part of the letter around it (``salute``, ``note``, ``quote`` ..., or
    ``body``), and ``element`` its element in the letter's tree.
    """

    span: Span = Span(0, 0)  # noqa: RUF009 - it is frozen
    part: str = ""
    element: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One step of a correspondence: who sent or received, where, when (TEI P5, 2.4.6).

    ``type`` is "sent", "received", or what else ``correspAction`` has; ``who`` are persons
    and organisations.
    """

    type: str
    who: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    dates: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportedLetter:
    """A letter, read from the TEI file at ``path``.

    ``name`` is unique among the letters of an export, and fit to be a file's (it may have "/"
    in it); ``root`` is its ``TEI`` element, not to be changed; ``mentions`` are in the order of
    the text, an outer one before those in it; ``places`` say where each element stands in
    ``text``; ``entries`` are those of the letter's own file, then those that it points to
    elsewhere, each once. ``actions`` are those of the header.
    """

    path: Path
    name: str
    root: etree._Element
    id: str
    title: str
    language: str
    actions: tuple[Action, ...]
    text: str
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    entries: tuple[Known, ...]
    links: Links = field(compare=False, repr=False)

    @property
    def sender(self) -> tuple[Named, ...]:
        """Return who sent it; where the header does not say, who is called its author."""
        return self._who("sent") or tuple(_authors(self))

    @property
    def addressee(self) -> tuple[Named, ...]:
        """Return who received it."""
        return self._who("received")

    @property
    def place(self) -> Named | None:
        """Return where it was sent from."""
        return next((one for act in self._acts("sent") for one in act.places), None)

    @property
    def date(self) -> Named | None:
        """Return when it was sent, else when it was written, else the date above its text."""
        sent = (one for act in self._acts("sent") for one in act.dates if one.dating)
        return next(sent, None) or next(_written(self), None)

    def _acts(self, type_: str) -> Iterator[Action]:
        return (act for act in self.actions if act.type == type_)

    def _who(self, type_: str) -> tuple[Named, ...]:
        return tuple(one for act in self._acts(type_) for one in act.who)


def read_letters(path: Path, root: etree._Element, name: str, shelf: Shelf) -> list[ExportedLetter]:
    """Return the letters in the file at ``path``, whose tree is that of ``root``, in order.

    ``name`` is the file's among those of an export; of a ``teiCorpus`` each letter's has a
    number besides. A ``TEI`` element in which there is no text but registers is no letter.
    """
    ids = {str(e.get(XML_ID)): e for e in root.iter(etree.Element) if e.get(XML_ID)}
    found = [tei for tei in root.iter(f"{T}TEI") if _has_text(tei)]
    one = len(found) == 1
    return [
        read_letter(path, tei, name if one else f"{name}-{number}", shelf, ids)
        for number, tei in enumerate(found, 1)
    ]


def read_letter(
    path: Path, tei: etree._Element, name: str, shelf: Shelf, ids: Mapping[str, etree._Element]
) -> ExportedLetter:
    """Return the letter that the element ``tei`` is; ``ids`` are the elements of its file."""
    inside = frozenset(own_entries(tei))
    known = lru_cache(maxsize=None)(partial(_known, path.parent, shelf, name, ids, inside))
    links = partial(_linked, known)
    body = tei.find(f"{T}text")
    text, places = ("", []) if body is None else read_places(body, is_passed_over)
    mentions = tuple(_mentions(text, places, links))
    actions = tuple(_actions(tei, links))
    own = [entry for e in own_entries(tei) for entry in links(f"#{e.get(XML_ID)}")]
    said = [one for act in actions for one in (*act.who, *act.places)]
    far = [entry for one in (*mentions, *said) for entry in one.entries]
    return ExportedLetter(
        path=path,
        name=name,
        root=tei,
        id=tei.get(XML_ID, ""),
        title=_title(tei) or name,
        language=_language(tei),
        actions=actions,
        text=text,
        mentions=mentions,
        places=tuple(places),
        entries=tuple({entry.key: entry for entry in (*own, *far)}.values()),
        links=links,
    )


def normalised(letter: ExportedLetter) -> ExportedLetter:
    """Return ``letter`` with the text that an editor would print, and its mentions there.

    It is corrected, regularised and expanded; what was struck out is left out, and a word that
    goes on in the next line is whole.
    """
    body = letter.root.find(f"{T}text")
    if body is None:
        return letter
    text, places = read_places(body, is_passed_over_normally, joins=True)
    mentions = tuple(_mentions(text, places, letter.links))
    return replace(letter, text=text, places=tuple(places), mentions=mentions)


# ---- what is read


def is_passed_over(element: etree._Element) -> bool:
    """Return whether ``element`` is no part of a letter's text as it is written.

    That is what an editor added, a reading besides the first (``app``), and a register.
    """
    return is_added(element) or is_second_reading(element) or is_register(element)


def is_passed_over_normally(element: etree._Element) -> bool:
    """Return whether ``element`` is no part of a letter's text as an editor would print it."""
    name = _name(element)
    if name in WRITTEN:
        parent = element.getparent()
        others = () if parent is None or _name(parent) != "choice" else parent
        return any(_name(other) in {"corr", "expan", "reg"} for other in others)
    if name == "pc" and element.get("force") == "weak":
        after = element.getnext()
        return after is not None and after.get("break") == "no"
    editorial = name == "note" and element.get("type") == "editorial"
    return name in {"am", "del"} or editorial or is_second_reading(element) or is_register(element)


def is_second_reading(element: etree._Element) -> bool:
    """Return whether ``element`` is a reading besides the first (TEI P5, 13.1)."""
    return _name(element) == "rdg" and any(
        _name(other) in {"lem", "rdg"} for other in element.itersiblings(preceding=True)
    )


def is_register(element: etree._Element) -> bool:
    """Return whether ``element`` is a list of entries that have ids."""
    return _name(element) in LISTS and any(
        is_entry(entry) and entry.get(XML_ID) for entry in element.iter(etree.Element)
    )


def own_entries(tei: etree._Element) -> list[etree._Element]:
    """Return the elements in ``tei`` that are entries: in its header's lists, and beside its text.

    Those in ``fileDesc`` tell of the letter's own source.
    """
    lists = (f"{{*}}profileDesc//{{*}}{name}" for name in ("particDesc", "settingDesc"))
    described = (
        e for path in lists for part in tei.iterfind(path) for e in part.iter(etree.Element)
    )
    header = (e for e in described if is_entry(e) and e.get(XML_ID))
    listed = (e for e in tei.iter(*(f"{T}{name}" for name in LISTS)) if is_register(e))
    others = (e for one in listed for e in one if is_entry(e) and e.get(XML_ID))
    return list(dict.fromkeys([*header, *entries_within(tei), *others]))


def _has_text(tei: etree._Element) -> bool:
    """Return whether there are words in ``tei`` besides registers and their headings."""
    body = tei.find(f"{T}text")
    if body is None:
        return False
    if not any(is_register(e) for e in body.iter(*(f"{T}{name}" for name in LISTS))):
        return bool("".join(map(str, body.itertext())).strip())
    prose = body.iter(*(f"{T}{name}" for name in ("ab", "closer", "l", "opener", "p", "salute")))
    return any(not any(map(is_register, e.iterancestors())) for e in prose)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


# ---- mentions


def kind_of(element: etree._Element) -> str:
    """Return the kind of mention that ``element`` marks, or "" where it marks none.

    >>> kind_of(etree.fromstring("<rs type='person' subtype='type'>Bells</rs>"))
    'persons'
    """
    name, type_ = _name(element), (element.get("type") or "").lower()
    if name in {"name", "rs"}:
        kind = TYPES.get(type_, "name")
        plural = kind == "person" and name == "rs" and element.get("subtype") == "type"
        return "persons" if plural else kind
    return KINDS.get(name, "")


def named(element: etree._Element, links: Links) -> Named:
    """Return what ``element`` names, if ``kind_of`` knows it."""
    pointer = _pointer(element)
    return Named(
        kind_of(element),
        words(element),
        MappingProxyType(dict(_values(element))),
        pointer,
        links(pointer),
        element.get("cert", ""),
        element.get("resp", ""),
    )


def _pointer(element: etree._Element) -> str:
    return next((str(element.get(name)) for name in LINKING if element.get(name)), "")


def _values(element: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if str(name) not in UNSAID:
            yield str(name).removeprefix(XML), str(value)


def _mentions(text: str, places: Iterable[Place], links: Links) -> Iterator[Mention]:
    for element, span in places:
        if not kind_of(element) or _is_part_of_a_name(element):
            continue
        words_in = text[span.start : span.end]
        if not words_in.strip():
            continue
        start = span.start + len(words_in) - len(words_in.lstrip())
        own = Span(start, start + len(words_in.strip()))
        one = named(element, links)
        yield Mention(
            one.kind,
            text[own.start : own.end],
            one.values,
            one.pointer,
            one.entries,
            one.cert,
            one.resp,
            own,
            _part(element),
            element,
        )


def _is_part_of_a_name(element: etree._Element) -> bool:
    around = INNER.get(_name(element), frozenset())
    return (
        bool(around)
        and not _pointer(element)
        and any(_name(parent) in around for parent in element.iterancestors())
    )


def _part(element: etree._Element) -> str:
    return next((n for parent in element.iterancestors() if (n := _name(parent)) in PARTS), "body")


# ---- links


def _linked(known: Callable[[str], Known | None], pointer: str) -> tuple[Known, ...]:
    found = map(known, pointer.split())
    return tuple({entry.key: entry for entry in found if entry is not None}.values())


def _known(
    folder: Path,
    shelf: Shelf,
    name: str,
    ids: Mapping[str, etree._Element],
    inside: frozenset[etree._Element],
    pointer: str,
) -> Known | None:
    """Return the entry that one ``pointer`` leads to: in the file, or in one beside it."""
    found = BESIDE.fullmatch(pointer)
    local = pointer if found is None else "" if found["file"] else unquote(found["id"])
    element = ids.get(local)
    if element is None:
        return shelf.entry(folder, pointer)
    if not is_entry(element):
        return None
    same = next(iter((element.get("sameAs") or "").split()), "")
    register = shelf.entry(folder, same) if same else shelf.unfiled.get(local)
    if register is not None:
        return replace(register, local=local)
    home, _, there = same.rpartition("#")
    if there and home:
        return read_known(element, there, local, Path(home).name)
    return read_known(element, f"{name}/{local}" if element in inside else local, local)


# ---- the header


def _title(tei: etree._Element) -> str:
    titles = tei.findall(f"{T}teiHeader/{T}fileDesc/{T}titleStmt/{T}title")
    main = [title for title in titles if title.get("type") == "main"]
    return words(next(iter(main or titles))) if titles else ""


def _language(tei: etree._Element) -> str:
    for element in (tei.find(f"{T}text"), tei):
        if element is not None and element.get(f"{XML}lang"):
            return str(element.get(f"{XML}lang"))
    used = tei.find(f"{T}teiHeader/{T}profileDesc/{T}langUsage/{T}language")
    return "" if used is None else str(used.get("ident", ""))


def _actions(tei: etree._Element, links: Links) -> Iterator[Action]:
    for action in tei.iterfind(f"{T}teiHeader/{T}profileDesc/{T}correspDesc/{T}correspAction"):
        found = [named(element, links) for element in _outermost(action)]
        yield Action(
            action.get("type", ""),
            tuple(one for one in found if one.kind in {"person", "persons", "org", "name"}),
            tuple(one for one in found if one.kind == "place"),
            tuple(one for one in found if one.kind == "date"),
        )


def _outermost(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what is named in ``element``, but nothing that is named in that, or in a note."""
    for child in element.iterchildren(etree.Element):
        if kind_of(child):
            yield child
        elif _name(child) != "note":
            yield from _outermost(child)


def _authors(letter: ExportedLetter) -> Iterator[Named]:
    for author in letter.root.iterfind(f"{T}teiHeader/{T}fileDesc/{T}titleStmt/{T}author"):
        found = list(_outermost(author))
        yield from (named(element, letter.links) for element in found)
        if not found and words(author):
            yield Named("person", words(author), MappingProxyType({}))


def _written(letter: ExportedLetter) -> Iterator[Named]:
    for date in letter.root.iterfind(f"{T}teiHeader/{T}profileDesc/{T}creation/{T}date"):
        yield named(date, letter.links)
    yield from (
        m for m in letter.mentions if m.kind == "date" and m.part == "dateline" and m.dating
    )
