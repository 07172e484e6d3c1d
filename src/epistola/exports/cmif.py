"""Who wrote to whom, where and when, and who and what is mentioned: an index of letters.

The Correspondence Metadata Interchange Format of the TEI Correspondence SIG, as correspSearch
reads it; what is mentioned is as in its second version (Dumont, Börner, Müller-Laackman,
Leipold and Schneider, "Correspondence Metadata Interchange Format", 2019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from epistola.exports import Choice, ExportError, LettersFormat, Part
from epistola.exports.entries import T
from epistola.exports.gathered import Letters
from epistola.exports.letters import Action, ExportedLetter, Named
from epistola.model import Finding, Severity
from epistola.reconcile.numbers import Number, address, number
from epistola.tree.element import TEI, XML, E

TYPES = ("sent", "received")
"""The actions that there are in the format."""
ELEMENTS: Mapping[str, str] = MappingProxyType({"org": "orgName", "place": "placeName"})
"""The element of each kind; ``persName`` for any other."""
MENTIONED: Mapping[str, str] = MappingProxyType(
    {"person": "Person", "place": "Place", "org": "Org", "work": "Bibl"}
)
"""The kinds of entries whose mentions are told, and what each is called there."""
AUTHORITIES = ("GND", "VIAF", "LCNAF", "BnF", "ISNI", "Wikidata", "ULAN", "SNAC", "ORCID")
"""Whose numbers identify a person or an organisation, the first that there is."""
GAZETTEERS = ("GeoNames", "TGN", "Wikidata", "GND")
"""Whose numbers identify a place."""
WANTED: Mapping[str, str] = MappingProxyType(
    {
        "url": "https://…/cmif.xml",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "editor": "NAME",
    }
)
"""What an index must say of itself, and an example of each."""


def write(letters: Letters) -> Iterator[Part]:
    """Yield the index, letter by letter.

    Raises ExportError where neither ``--set`` nor the edition says what the index must say, and
    where there is no letter of which it is known who sent or received it.
    """
    about = _about(letters)
    source = f"uuid-{uuid5(NAMESPACE_URL, about['url'])}"
    file, count = BytesIO(), 0
    with etree.xmlfile(file, encoding="UTF-8") as out:
        out.write_declaration()
        with out.element(f"{T}TEI", nsmap={None: TEI}):
            with out.element(f"{T}teiHeader"):
                out.write(_file_desc(letters, about, source))
                with out.element(f"{T}profileDesc"):
                    for letter in filter(_is_correspondence, letters):
                        out.write("\n")
                        out.write(_description(letter, source, about))
                        out.flush()
                        count += 1
                        yield _taken(file)
            out.write(E.text(E.body(E.p())))
    if not count:
        raise ExportError(
            f"{letters.home}: no letter says in its correspDesc who sent or received it:"
            " encode letters with their metadata, or add a correspDesc"
        )
    yield _taken(file) + b"\n"


def _taken(file: BytesIO) -> bytes:
    """Return what has been written so far, and forget it."""
    data = file.getvalue()
    file.seek(0)
    file.truncate()
    return data


def _about(letters: Letters) -> Mapping[str, str]:
    """Return what the index says of itself: as it was chosen, else as the edition has it."""
    said = {**letters.about, **{name: v for name, v in letters.choices.items() if v}}
    missing = [f"--set {name}={example}" for name, example in WANTED.items() if not said.get(name)]
    if missing:
        raise ExportError(
            f"{letters.home}: an index must say where it will be, under which licence, and whose"
            f" it is: add {' '.join(missing)}"
        )
    return said


def _file_desc(letters: Letters, about: Mapping[str, str], source: str) -> etree._Element:
    title = letters.title or letters.name
    when = {"when": about["date"]} if about.get("date") else {}
    licence = about["licence"]
    return E.fileDesc(
        E.titleStmt(E.title(title), E.editor(about["editor"])),
        E.publicationStmt(
            E.publisher(about.get("publisher") or about["editor"]),
            E.idno({"type": "url"}, about["url"]),
            E.date(when),
            E.availability(E.licence({"target": licence}, licence)),
        ),
        E.sourceDesc(E.bibl({"type": "online", f"{XML}id": source}, title)),
    )


# ---- a letter


def _is_correspondence(letter: ExportedLetter) -> bool:
    """Return whether it is known who sent or received ``letter``."""
    return any(act.who for act in _acts(letter))


def _acts(letter: ExportedLetter) -> Iterator[Action]:
    return (act for act in letter.actions if act.type in TYPES)


def _description(letter: ExportedLetter, source: str, about: Mapping[str, str]) -> etree._Element:
    attributes = {"key": letter.id or letter.name, "source": f"#{source}"}
    where = f"{about['letters']}{quote(letter.name)}.xml" if about.get("letters") else ""
    if where:
        attributes["ref"] = where
    actions = [_action(act) for act in _acts(letter) if any((act.who, act.places, act.dates))]
    return E.correspDesc(attributes, *actions, *_note(letter, where))


def _action(act: Action) -> etree._Element:
    named = [_name(one) for one in (*act.who, *act.places)]
    dates = [E.date(dict(one.dating), one.words, _cert(one)) for one in act.dates if one.dating]
    return E.correspAction({"type": act.type}, *named, *dates)


def _name(one: Named) -> etree._Element:
    name = one.words or (one.entry.name if one.entry else "unknown")
    ref = {"ref": where} if (where := authority(one)) else {}
    return E(ELEMENTS.get(one.kind, "persName"), ref, _cert(one), name)


def _cert(one: Named) -> Mapping[str, str]:
    """Return what the format has for whatever is not certain."""
    return {"cert": "low"} if one.cert in {"low", "medium", "unknown"} else {}


def authority(one: Named) -> str:
    """Return the address by which an authority knows ``one``, or nothing."""
    wanted = GAZETTEERS if one.kind == "place" else AUTHORITIES
    found = {n.identity.authority: n for n in _numbers(one)}
    return next((address(found[name]) for name in wanted if name in found), "")


def _numbers(one: Named) -> Iterator[Number]:
    for kind, value in one.entry.numbers if one.entry else ():
        yield Number(kind, value)
    for word in one.pointer.split():
        if word.startswith(("http://", "https://")):
            yield number(word)


def _note(letter: ExportedLetter, where: str) -> Iterator[etree._Element]:
    """Yield the note that tells what the letter mentions, its language, its file."""
    refs = list(_mentioned(letter))
    if letter.language:
        refs.append(E.ref({"type": "cmif:hasLanguage", "target": letter.language}))
    if where:
        refs.append(E.ref({"type": "cmif:isAvailableAsTEIfile", "target": where}))
    if refs:
        yield E.note(*refs)


def _mentioned(letter: ExportedLetter) -> Iterator[etree._Element]:
    """Yield each entry that an authority knows, once, in the order of the text."""
    told: set[str] = set()
    for mention in letter.mentions:
        kind = mention.entry.kind if mention.entry else mention.kind
        target = authority(mention)
        if kind in MENTIONED and target and target not in told:
            told.add(target)
            name = mention.entry.name if mention.entry else mention.words
            yield E.ref({"type": f"cmif:mentions{MENTIONED[kind]}", "target": target}, name)


# ---- what is wanted


def lacks(letter: ExportedLetter) -> Iterator[Finding]:
    """Yield what the index wants to know of ``letter`` and does not."""
    if not _is_correspondence(letter):
        yield _warning("no-correspondents", "who sent or received it is not said: it is left out")
        return
    acts = list(_acts(letter))
    for one in (named for act in acts for named in (*act.who, *act.places)):
        if not authority(one):
            whose = ", ".join((GAZETTEERS if one.kind == "place" else AUTHORITIES)[:3])
            called = one.words or "a name without words"
            yield _warning("no-authority", f"“{called}” has no number of an authority ({whose} …)")
    if not any(date.dating for act in acts if act.type == "sent" for date in act.dates):
        yield _warning("no-date", "when it was sent is not said in its correspDesc")


def _warning(code: str, message: str) -> Finding:
    return Finding(Severity.WARNING, code, message)


def _choices(named: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(name, ("",), meaning) for name, meaning in named)


FORMAT = LettersFormat(
    write,
    "CMIF, an index of letters",
    ".xml",
    keeps="correspondents, places, dates, with authority numbers; who and what is mentioned",
    loses="text; mentions without an authority number, events; degrees of certainty but one",
    choices=_choices(
        [
            ("url", "the address at which the index will be"),
            ("licence", "the address of its licence; else the edition's"),
            ("editor", "who answers for it; else the edition's editor"),
            ("date", "the day it is made, YYYY-MM-DD"),
            ("letters", "the address before the names of the letters' files"),
        ]
    ),
    lacks=lacks,
)
