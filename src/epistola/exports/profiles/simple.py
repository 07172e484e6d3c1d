"""A letter in TEI simplePrint: what it has no element for is said with those that it has.

Names are ``name`` with a type, persons and places stand in ``particDesc`` and
``settingDesc``, works in ``sourceDesc``; organisations, events and terms are categories of a
taxonomy, because simplePrint knows no entries for them. Nothing of it is in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from epistola.exports.entries import XML_ID, Known, T, is_entry, read_known
from epistola.exports.letters import is_register
from epistola.exports.profiles.retag import drop, drop_all, local, unwrap
from epistola.registers.load import words
from epistola.tree.element import E

RENAMED: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "persName": ("name", {"type": "person"}),
        "forename": ("name", {"type": "forename"}),
        "surname": ("name", {"type": "surname"}),
        "genName": ("name", {"type": "personGenName"}),
        "roleName": ("name", {"type": "personRoleName"}),
        "addName": ("name", {"type": "personAddName"}),
        "nameLink": ("name", {"type": "nameLink"}),
        "orgName": ("name", {"type": "org"}),
        "placeName": ("name", {"type": "place"}),
        "settlement": ("name", {"type": "place"}),
        "district": ("name", {"type": "place"}),
        "region": ("name", {"type": "place"}),
        "bloc": ("name", {"type": "place"}),
        "country": ("name", {"type": "country"}),
        "geogName": ("name", {"type": "placeGeog"}),
        "eventName": ("rs", {"type": "event"}),
        "objectName": ("rs", {"type": "object"}),
        "emph": ("hi", {}),
        "mentioned": ("hi", {}),
        "soCalled": ("q", {}),
        "said": ("q", {}),
        "att": ("code", {}),
        "gi": ("code", {}),
        "ptr": ("ref", {}),
        "citedRange": ("biblScope", {}),
        "street": ("addrLine", {}),
        "postCode": ("addrLine", {}),
    }
)
"""Elements that simplePrint has not, and what it has for them."""
KEPT = frozenset(
    """
    TEI ab abbr abstract actor add addrLine address anchor argument author availability back bibl
    biblFull biblScope body byline c castGroup castItem castList catDesc catRef category cb cell
    change char charDecl choice cit classCode classDecl closer code corr creation date dateline
    del desc distributor div docAuthor docDate docEdition docImprint docTitle edition editionStmt
    editor editorialDecl email encodingDesc epigraph expan extent facsimile figDesc figure
    fileDesc floatingText foreign formula front fw g gap glyph graphic group head hi idno
    imprimatur item keywords l label langUsage language lb lg licence list listBibl listChange
    listPerson listPlace listPrefixDef localProp mapping measure milestone name namespace note
    notesStmt num opener orig p particDesc pb pc person place postscript prefixDef profileDesc
    projectDesc pubPlace publicationStmt publisher q quote ref refsDecl reg relatedItem rendition
    resp respStmt revisionDesc rhyme role roleDesc row rs s salute samplingDecl seg seriesStmt set
    settingDesc sic signed sourceDesc sp speaker stage subst supplied surface table tagUsage
    tagsDecl taxonomy teiCorpus teiHeader term text textClass time title titlePage titlePart
    titleStmt trailer unclear unicodeProp unihanProp w xenoData zone
    """.split()
)
"""The elements of TEI simplePrint (4.9.0)."""
WITHOUT = frozenset({"rend", "sameAs", "evidence", "decls", "dur", "calendar", "version"})
"""Attributes that simplePrint has not."""
SILENT = frozenset({"certainty", "handShift", "index", "metamark", "space"})
"""Elements whose words, if they have any, are none of the text."""
RENDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "italic": "italic", "italics": "italic", "bold": "bold", "smallcaps": "smallcaps",
        "superscript": "superscript", "sup": "superscript", "subscript": "subscript",
        "underline": "underline", "underlined": "underline", "spaced": "letterspace",
    }
)  # fmt: skip
"""``@rend`` -> the ``@rendition`` that simplePrint has for it, after ``simple:``."""
PLACES: Mapping[str, str] = MappingProxyType(
    {
        name: name
        for name in """
        above below block bottom bottom-centre bottom-left bottom-right divend end inline inspace
        margin margin-inner margin-left margin-right opposite overleaf overstrike parend
        tablebottom top top-centre top-left top-right
        """.split()
    }
    | {"foot": "bottom", "infralinear": "below", "supralinear": "above"}
    | {"left": "margin-left", "right": "margin-right"}
)
"""``@place`` -> that of simplePrint, which knows these alone."""
NAME_TYPES: Mapping[str, str] = MappingProxyType(
    {"person": "person", "place": "place", "org": "org"}
)
HELD = ("listPerson", "listPlace", "listOrg", "listEvent", "listBibl", "listNym", "listObject")


def simple(root: etree._Element) -> Counter[str]:
    """Change ``root`` to TEI simplePrint, and return which elements were left out, how often."""
    entries = _taken_entries(root)
    _simplify_header(root)
    _put_entries(root, entries)
    lost = _retag(root)
    _trim(root)
    return lost


# ---- the header


def _simplify_header(root: etree._Element) -> None:
    header = root.find(f"{T}teiHeader")
    if header is None:
        return
    for declaration in header.iter(f"{T}editorialDecl"):
        paragraphs = list(declaration.iter(f"{T}p", f"{T}ab"))
        declaration[:] = paragraphs or [E.p("Nothing is said.")]
    _tell_programs(header)
    _tell_correspondence(header)
    drop_all(header, ("appInfo", "schemaRef", "calendarDesc", "handNotes", "correspDesc"))
    for source in header.iter(f"{T}sourceDesc"):
        for one in list(source.iter(f"{T}msDesc", f"{T}biblStruct", f"{T}biblFull")):
            _replace(one, _bibl(one))
    for statement in header.iter(f"{T}respStmt"):
        statement[:] = sorted(statement, key=lambda e: local(e) == "note")


def _tell_programs(header: etree._Element) -> None:
    """Say in words which programs there were, as no ``appInfo`` can."""
    described = header.find(f"{T}encodingDesc")
    if described is None:
        return
    project = described.find(f"{T}projectDesc")
    for application in described.iter(f"{T}application"):
        said = f"Encoded with {application.get('ident')} {application.get('version')}."
        if project is None:
            project = E.projectDesc()
            described.insert(0, project)
        project.append(E.p(said))


def _tell_correspondence(header: etree._Element) -> None:
    """Say in a note who sent what to whom; a ``correspDesc`` is not to be had."""
    file = header.find(f"{T}fileDesc")
    actions = list(header.iter(f"{T}correspAction"))
    source = None if file is None else file.find(f"{T}sourceDesc")
    if file is None or source is None or not actions:
        return
    notes = file.find(f"{T}notesStmt")
    if notes is None:
        notes = E.notesStmt()
        file.insert(file.index(source), notes)
    for action in actions:
        note = E.note({"type": "correspondence", "subtype": action.get("type", "")})
        for number, child in enumerate(action.iterchildren(etree.Element)):
            child.tail = None
            if local(child) == "note":
                child = E.seg({"type": "note"}, words(child))  # noqa: PLW2901 - in its place
            elif local(child) == "date" and not words(child):
                child.text = " to ".join(map(str, dict.fromkeys(child.attrib.values())))
            if number:
                note[-1].tail = ", "
            note.append(child)
        if len(note):
            notes.append(note)


# ---- the entries


def _taken_entries(root: etree._Element) -> list[Known]:
    """Take the registers out of ``root``, and return their entries, each once."""
    found: dict[str, Known] = {}
    off = root.find(f"{T}standOff")
    described = [
        root.find(f".//{T}profileDesc/{T}{name}") for name in ("particDesc", "settingDesc")
    ]
    inside = [one for one in root.iter(*(f"{T}{name}" for name in HELD)) if is_register(one)]
    for holder in (off, *described, *inside):
        for element in [] if holder is None else holder.iter(etree.Element):
            if is_entry(element) and element.get(XML_ID):
                found.setdefault(
                    str(element.get(XML_ID)), read_known(element, element.get(XML_ID, ""))
                )
    for holder in (off, *described, *inside):
        if holder is not None:
            drop(holder)
    return list(found.values())


def _put_entries(root: etree._Element, entries: list[Known]) -> None:
    header = root.find(f"{T}teiHeader")
    if header is None or not entries:
        return
    profile = header.find(f"{T}profileDesc")
    if profile is None:
        profile = E.profileDesc()
        after = header.find(f"{T}encodingDesc")
        header.insert(header.index(after) + 1 if after is not None else 1, profile)
    persons = [E.person({XML_ID: e.key}, E.p(*_told(e, "person"))) for e in _of(entries, "person")]
    places = [E.place({XML_ID: e.key}, *_place(e)) for e in _of(entries, "place")]
    if persons:
        profile.append(E.particDesc(E.listPerson(*persons)))
    if places:
        profile.append(E.settingDesc(E.listPlace(*places)))
    works = [_bibl(entry.element()) for entry in _of(entries, "work")]
    source = header.find(f".//{T}sourceDesc")
    if works and source is not None:
        for paragraph in source.findall(f"{T}p"):  # it may not have both
            paragraph.tag = f"{T}bibl"
        source.append(E.listBibl({"type": "register"}, *works))
    others = [entry for entry in entries if entry.kind not in {"person", "place", "work"}]
    _put_categories(header, others)


def _put_categories(header: etree._Element, entries: list[Known]) -> None:
    """Make a taxonomy of what simplePrint has no entries for."""
    if not entries:
        return
    described = header.find(f"{T}encodingDesc")
    if described is None:
        described = E.encodingDesc()
        header.insert(1, described)
    classes = described.find(f"{T}classDecl")
    if classes is None:
        classes = E.classDecl()
        described.append(classes)
    for kind in dict.fromkeys(entry.kind for entry in entries):
        categories = (
            E.category({XML_ID: e.key}, E.catDesc(*_told(e, NAME_TYPES.get(kind, ""))))
            for e in _of(entries, kind)
        )
        classes.append(E.taxonomy({"n": kind}, *categories))


def _of(entries: Iterable[Known], kind: str) -> list[Known]:
    return [entry for entry in entries if entry.kind == kind]


def _told(entry: Known, type_: str) -> Iterator[etree._Element | str]:
    """Yield the names of an entry, its numbers, and what is said of it."""
    for number, name in enumerate(entry.names):
        yield "; " if number else ""
        yield E.name({"type": type_}, name) if type_ else E.rs(name)
    said = [value for _, value in entry.numbers] + [entry.note]
    if entry.coordinates:
        said.append(f"{entry.coordinates[0]} {entry.coordinates[1]}")
    yield "".join(f"; {one}" for one in said if one)


def _place(entry: Known) -> Iterator[etree._Element]:
    for name in entry.names:
        yield E.name({"type": "place"}, name)
    if entry.coordinates:
        yield E.note({"type": "geo"}, f"{entry.coordinates[0]} {entry.coordinates[1]}")
    if entry.note:
        yield E.note(entry.note)
    for type_, value in entry.numbers:
        yield E.idno({"type": type_} if re.fullmatch(r"\S+", type_) else {}, value)


def _bibl(work: etree._Element) -> etree._Element:
    """Return a work as ``bibl``, its parts one after another."""
    parts = [part for part in work.iter(etree.Element) if _is_part(part, work)]
    bibl = E.bibl({XML_ID: str(work.get(XML_ID))} if work.get(XML_ID) else {})
    for part in parts:
        if local(part) == "date" and not words(part):
            part.text = str(next(iter(part.attrib.values()), ""))
        if not words(part):
            continue
        if len(bibl):
            bibl[-1].tail = ", "
        kept = {n: part.get(n) for n in ("level", "unit", "when", "from", "to") if part.get(n)}
        bibl.append(E(PARTS[local(part)], {n: str(v) for n, v in kept.items()}, words(part)))
    if not len(bibl):
        bibl.text = words(work) or "unknown"
    return bibl


PARTS: Mapping[str, str] = MappingProxyType(
    {
        "author": "author", "editor": "editor", "title": "title", "publisher": "publisher",
        "pubPlace": "pubPlace", "biblScope": "biblScope", "date": "date", "edition": "edition",
        "idno": "idno", "note": "note", "repository": "name", "institution": "name",
        "settlement": "name", "ptr": "ref", "ref": "ref",
    }
)  # fmt: skip
"""The parts of a ``biblStruct`` or ``msDesc`` that are kept, and as what."""


def _is_part(part: etree._Element, work: etree._Element) -> bool:
    around = [local(one) for one in part.iterancestors() if work in one.iterancestors()]
    return local(part) in PARTS and not any(name in PARTS for name in around)


def _replace(one: etree._Element, other: etree._Element) -> None:
    parent = one.getparent()
    if parent is not None:
        other.tail = one.tail
        parent.replace(one, other)


# ---- everywhere


def _retag(root: etree._Element) -> Counter[str]:
    lost: Counter[str] = Counter()
    for element in list(root.iter(etree.Element)):
        name = local(element)
        if name in RENAMED:
            new, fixed = RENAMED[name]
            element.tag = f"{T}{new}"
            for attribute in ("type", "subtype", "full", "sort"):
                element.attrib.pop(attribute, "")
            for attribute, value in fixed.items():
                element.set(attribute, value)
        elif name in SILENT:
            lost[name] += 1
            drop(element)
        elif name not in KEPT and element is not root:
            lost[name] += 1
            unwrap(element)
        elif name == "name" and element.get("type") not in {*NAME_TYPES, "country"}:
            element.attrib.pop("type", "")
    return lost


def _trim(root: etree._Element) -> None:
    for element in root.iter(etree.Element):
        rend = RENDITIONS.get(element.get("rend", "").split(" ")[0].lower())
        if rend and local(element) == "hi":
            element.set("rendition", f"simple:{rend}")
        for name in WITHOUT & set(map(str, element.attrib)):
            del element.attrib[name]
        places = [PLACES.get(word, word) for word in element.get("place", "").split()]
        element.attrib.pop("place", "")
        if places and set(places) <= set(PLACES.values()):
            element.set("place", " ".join(places))
    # What led to what is no longer there leads nowhere.
    ids = {str(one.get(XML_ID)) for one in root.iter(etree.Element) if one.get(XML_ID)}
    for element in root.iter(etree.Element):
        for name in ("ref", "corresp", "target", "resp", "who", "scheme", "source"):
            kept = [w for w in element.get(name, "").split() if w[0] != "#" or w[1:] in ids]
            if name in element.attrib and not kept:
                del element.attrib[name]
            elif name in element.attrib:
                element.set(name, " ".join(kept))
