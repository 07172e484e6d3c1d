"""Build the standOff of a letter: its entries, kind by kind (TEI P5, 14.3 and 17.10).

An entry of the edition's register is a copy that points to the original by
``sameAs``; one made from the letter alone holds what the letter says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from lxml import etree

from epistola.model import DATING, Entry, EntryId
from epistola.registers.match import written
from epistola.tree.element import XML, E
from epistola.tree.layout import lay_out

LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "person": ("listPerson", {}),
        "place": ("listPlace", {}),
        "org": ("listOrg", {}),
        "event": ("listEvent", {}),
        "work": ("listBibl", {}),
        "term": ("list", {"type": "terms"}),
    }
)
"""The list in which the entries of a kind stand."""
SORTS = {"j": "journal", "u": "manuscript"}
"""The type of a work that is no article, by the level of its title; else it is a book."""
ARTICLE_LEVELS = frozenset({"a"})


def build_standoff(entries: Sequence[Entry], registers: str = "") -> etree._Element | None:
    """Return the ``standOff`` that holds ``entries``, or none where there are none.

    ``registers`` is the folder of the registers, seen from the edition's folder.
    """
    if not entries:
        return None
    known = {entry.id: entry for entry in entries}
    order = list(LISTS)
    ranked = sorted(entries, key=lambda entry: order.index(entry.kind))
    lists = []
    for kind, group in groupby(ranked, key=lambda entry: entry.kind):
        name, attributes = LISTS[kind]
        lists.append(E(name, dict(attributes), *(_element(e, known, registers) for e in group)))
    return E.standOff(*lists)


def _element(entry: Entry, known: Mapping[EntryId, Entry], registers: str) -> etree._Element:
    own = etree.fromstring(entry.record) if entry.record else None
    element = BUILDERS[entry.kind](entry, known) if own is None else own
    if registers and entry.home:
        home = f"../{registers}/{entry.home}"
        element.set("sameAs", f"{home}#{entry.id}")
        _keep_responsible(element, home)
    return element


def _keep_responsible(element: etree._Element, home: str) -> None:
    """Let a copy name who answers for what the register says: someone in its own header."""
    for part in element.iter("*"):
        if resp := part.get("resp"):
            named = (f"{home}{one}" if one.startswith("#") else one for one in resp.split())
            part.set("resp", " ".join(named))


def _identified(entry: Entry, *values: str) -> dict[str, str]:
    found = {name: entry.values[name] for name in values if entry.values.get(name)}
    return {f"{XML}id": str(entry.id), **found}


def _person(entry: Entry, _: Mapping[EntryId, Entry]) -> etree._Element:
    return E.person(_identified(entry), person_name(entry), *_numbers(entry))


def person_name(entry: Entry) -> etree._Element:
    """Return the name of a person's entry, taken apart where its parts are known."""
    forename, surname = entry.values.get("forename"), entry.values.get("surname")
    if forename and surname:
        return E.persName(E.forename(forename), " ", E.surname(surname))
    return E.persName(written(entry.names[0]))


def _place(entry: Entry, _: Mapping[EntryId, Entry]) -> etree._Element:
    """Return a ``place``: its names, where it lies, its number (TEI P5, 14.3.4)."""
    geo = entry.values.get("geo")
    where = [E.location(E.geo(geo))] if geo else []
    return E.place(
        _identified(entry, "type"), *_named("placeName", entry), *where, *_numbers(entry)
    )


def _numbers(entry: Entry) -> Iterator[etree._Element]:
    """Yield the number by which others know the thing, where a list of the edition gives it."""
    if number := entry.values.get("idno"):
        yield E.idno({"type": entry.values["authority"]}, number)


def _org(entry: Entry, _: Mapping[EntryId, Entry]) -> etree._Element:
    return E.org(_identified(entry, "type"), *_named("orgName", entry), *_numbers(entry))


def _named(element: str, entry: Entry) -> Iterator[etree._Element]:
    """Yield the names of an entry; one in capitals beside a longer one is an abbreviation."""
    for at, name in enumerate(entry.names):
        short = at > 0 and name.isupper() and len(name) < len(entry.names[0])
        yield E(element, {"type": "abbreviation"} if short else {}, name)


def _event(entry: Entry, _: Mapping[EntryId, Entry]) -> etree._Element:
    return E.event(_identified(entry, *DATING), E.label(entry.names[0]), *_numbers(entry))


def _term(entry: Entry, _: Mapping[EntryId, Entry]) -> etree._Element:
    return E.item(_identified(entry), entry.names[0])


def _work(entry: Entry, known: Mapping[EntryId, Entry]) -> etree._Element:
    """Return a ``biblStruct``; what has no title of its own gets one that says what it is."""
    values = entry.values
    journal, book = values.get("journal", ""), values.get("book", "")
    hosted = journal or book
    level = values.get("level") or ("a" if hosted or not values.get("title") else "m")
    title = _title(entry, level)
    authors = list(_makers(values, "author", known))
    translators, editors = (list(_makers(values, role, known)) for role in ("translator", "editor"))
    printed = [*_edition(values), _imprint(values)]
    if level not in ARTICLE_LEVELS:
        kind = SORTS.get(level, "book")
        monogr = E.monogr(*authors, title, *editors, *translators, *printed)
        return E.biblStruct({f"{XML}id": str(entry.id), "type": kind}, monogr, *_series(values))
    kind = "journalArticle" if journal else "bookSection" if book else "other"
    attributes = {f"{XML}id": str(entry.id), "type": kind}
    if values.get("genre") == "letter":
        attributes["subtype"] = "letter"
    host = [*_host(journal, book, known)]
    monogr = E.monogr(*host, *(editors if host else ()), *printed)
    return E.biblStruct(
        attributes, E.analytic(title, *authors, *translators), monogr, *_series(values)
    )


def _title(entry: Entry, level: str) -> etree._Element:
    title = entry.values.get("title")
    if title:
        return E.title({"level": level}, title)
    return E.title({"level": level, "type": "supplied"}, entry.names[0])


def _makers(
    values: Mapping[str, str], role: str, known: Mapping[EntryId, Entry]
) -> Iterator[etree._Element]:
    """Yield who made a work in ``role``: an author, an editor, a translator (TEI P5, 3.12.2.2)."""
    row = [values.get(role, ""), *([values.get("coauthor", "")] if role == "author" else [])]
    for name in filter(None, "; ".join(row).split("; ")):
        entry = known.get(EntryId(name))
        person = [] if entry is None else [E.persName({"ref": f"#{entry.id}"}, display(entry))]
        shown = person[0] if person else name
        if role == "author":
            yield E.author(shown)
        else:
            yield E.editor({} if role == "editor" else {"role": role}, shown)


def display(entry: Entry) -> str:
    """Return the name by which an entry is shown."""
    forename, surname = entry.values.get("forename"), entry.values.get("surname")
    return f"{forename} {surname}" if forename and surname else written(entry.names[0])


def _host(journal: str, book: str, known: Mapping[EntryId, Entry]) -> Iterator[etree._Element]:
    """Yield the title of the journal or the book that a work is in, where it is known."""
    entry = known.get(EntryId(journal))
    if entry is not None:
        yield E.title({"level": "j", "ref": f"#{entry.id}"}, entry.names[0])
    elif journal or book:
        yield E.title({"level": "j" if journal else "m"}, journal or book)


def _edition(values: Mapping[str, str]) -> Iterator[etree._Element]:
    if edition := values.get("edition"):
        yield E.edition(edition)


def _imprint(values: Mapping[str, str]) -> etree._Element:
    """Return where, by whom and when a work was published; TEI wants a date, maybe empty."""
    names = (E(name, values[name]) for name in ("pubPlace", "publisher") if values.get(name))
    units = (unit for unit in ("volume", "issue", "page") if values.get(unit))
    scopes = (E.biblScope({"unit": unit}, values[unit]) for unit in units)
    date = E.date({name: values[name] for name in DATING if values.get(name)})
    return E.imprint(*names, *scopes, date)


def _series(values: Mapping[str, str]) -> Iterator[etree._Element]:
    """Yield the series that a work appeared in, and its number there (TEI P5, 3.12.2.3)."""
    if series := values.get("series"):
        number = values.get("seriesNumber")
        scopes = [E.biblScope({"unit": "volume"}, number)] if number else []
        yield E.series(E.title({"level": "s"}, series), *scopes)


BUILDERS: Mapping[str, Callable[[Entry, Mapping[EntryId, Entry]], etree._Element]] = (
    MappingProxyType(
        {
            "person": _person,
            "place": _place,
            "org": _org,
            "event": _event,
            "work": _work,
            "term": _term,
        }
    )
)


def dump_register(entries: Sequence[Entry], title: str) -> bytes:
    """Return a register file that holds ``entries``, each as its record has it."""
    root = E.TEI(
        E.teiHeader(
            E.fileDesc(
                E.titleStmt(E.title(title)),
                E.publicationStmt(E.publisher("unpublished")),
                E.sourceDesc(E.p("Kept by the editors.")),
            )
        )
    )
    standoff = build_standoff(entries)
    if standoff is not None:
        root.append(standoff)
    lay_out(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
