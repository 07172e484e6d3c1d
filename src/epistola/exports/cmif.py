"""The correspondence metadata interchange format (CMIF), as correspSearch reads it.

What version 1 has (who sent what to whom, where, when) and version 2 adds: the persons, places
and works that a letter mentions, and its language (TEI Correspondence SIG, CMIF documentation).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from epistola.exports import Choice, LettersFormat, Part
from epistola.exports.addresses import ADDRESS, addresses, authority_of, is_mistyped, preferred
from epistola.exports.entries import Known, T
from epistola.exports.gathered import Letters
from epistola.exports.letters import Action, ExportedLetter, Named
from epistola.exports.stream import stream
from epistola.model import Finding, Severity
from epistola.registers.load import words
from epistola.tree.element import XML, E

SCHEMA = (
    "https://raw.githubusercontent.com/TEI-Correspondence-SIG/CMIF/master/schema/"
    "cmi-customization.rng"
)
PEOPLE = ("GND", "VIAF", "LCNAF", "BnF", "NDL")
"""The authorities whose numbers of persons and organisations CMIF recommends, in this order."""
WANTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"person": PEOPLE, "persons": PEOPLE, "org": PEOPLE, "name": PEOPLE}
    | {"place": ("GeoNames",), "event": ("GND",), "work": ("GND", "VIAF", "DOI")}
)
MENTIONS: Mapping[str, str] = MappingProxyType(
    {"person": "Person", "org": "Org", "place": "Place", "event": "Event"}
    | {"work": "Bibl", "object": "Object"}
)
"""Kind of entry -> what CMIF 2 calls a mention of it, after ``cmif:mentions``."""
ELEMENTS: Mapping[str, str] = MappingProxyType({"org": "orgName", "place": "placeName"})
DOUBTED = frozenset({"low", "medium", "unknown"})
UNSAID = "https://rightsstatements.org/vocab/CNE/1.0/"
"""The statement that nobody has said what the rights are."""
SHOWN = 10
"""How many names a finding gives; those of correspondents are all given."""


@dataclass(frozen=True, slots=True)
class _Lacking:
    """What has no number that is wanted: its kind and how it is called, in order.

    ``elsewhere`` and ``mistyped`` are by the number that there is.
    """

    correspondents: dict[tuple[str, str], None] = field(default_factory=dict)
    mentioned: dict[tuple[str, str], None] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    mistyped: dict[str, str] = field(default_factory=dict)
    empty: Counter[str] = field(default_factory=Counter)


def write(letters: Letters) -> Iterator[Part]:
    """Yield one file that describes all ``letters``, a ``correspDesc`` each.

    What correspSearch wants and they do not have is told to ``letters.report``.
    """
    first = next(iter(letters), None)
    about = _About(letters, first)
    root = _frame(about)
    profile = root[0][1]
    lacking = _Lacking()
    yield from stream(root, {profile: _described(letters, about, lacking)})
    for finding in (*_unsaid(about), *_told(lacking)):
        letters.report(finding)


# ---- the file


@dataclass(frozen=True, slots=True)
class _About:
    """What is said of the file as a whole: by the user, else by the first letter's header."""

    letters: Letters
    first: ExportedLetter | None

    def said(self, name: str) -> str:
        return self.letters.choices.get(name, "")

    def _header(self, path: str) -> etree._Element | None:
        if self.first is None:
            return None
        return self.first.root.find(f"{T}teiHeader/{T}fileDesc/{path}")

    def _words(self, path: str) -> str:
        found = self._header(path)
        return "" if found is None else words(found)

    @property
    def title(self) -> str:
        return self.letters.title or self.letters.name

    @property
    def publisher(self) -> str:
        named = self._words(f"{T}publicationStmt/{T}publisher")
        return self.said("publisher") or ("" if named == "unpublished" else named)

    @property
    def editor(self) -> str:
        paths = (f"{T}editor", f"{T}respStmt[@{XML}id='resp-editor']/{T}name")
        return self.said("editor") or next(
            (name for path in paths if (name := self._words(f"{T}titleStmt/{path}"))), ""
        )

    @property
    def licence(self) -> str:
        found = self._header(f"{T}publicationStmt/{T}availability/{T}licence[@target]")
        stated = "" if found is None else str(found.get("target")).split()[0]
        return self.said("licence") or stated

    @property
    def date(self) -> str:
        found = self._header(f"{T}publicationStmt/{T}date[@when]")
        return self.said("date") or ("" if found is None else str(found.get("when")))

    @property
    def url(self) -> str:
        return self.said("url")

    @property
    def source(self) -> str:
        """Return the id of the edition in this file: the same each time it is written."""
        return f"cmif-{uuid5(NAMESPACE_URL, self.url or self.title)}"


def _frame(about: _About) -> etree._Element:
    """Return the file without its letters."""
    named = about.publisher or about.editor or about.title
    where = [E.ref({"target": about.url}, about.url)] if about.url else []
    root = E.TEI(
        E.teiHeader(
            E.fileDesc(
                E.titleStmt(E.title(about.title), E.editor(about.editor or named)),
                E.publicationStmt(
                    E.publisher(named),
                    E.idno({"type": "url"}, about.url or f"urn:uuid:{about.source[5:]}"),
                    E.date({"when": about.date} if about.date else {}),
                    E.availability(E.licence({"target": about.licence or UNSAID})),
                ),
                E.sourceDesc(
                    E.bibl(
                        {"type": about.said("edition") or "online", f"{XML}id": about.source},
                        f"{about.title}. " if where else about.title,
                        *where,
                    )
                ),
            ),
            E.profileDesc(),
        ),
        E.text(E.body(E.p())),
    )
    model = f'href="{SCHEMA}" schematypens="http://relaxng.org/ns/structure/1.0"'
    root.addprevious(etree.ProcessingInstruction("xml-model", model))
    return root


def _unsaid(about: _About) -> Iterator[Finding]:
    lacking = {
        "url": (about.url, "the address where this file will lie"),
        "licence": (about.licence, "under which licence it may be used"),
        "editor": (about.editor, "who made it"),
        "date": (about.date, "of which day it is"),
        "letter": (about.said("letter"), "where each letter is to be read"),
    }
    for name, (value, meaning) in lacking.items():
        if not value:
            message = f"nothing says {meaning}, which correspSearch wants: --set {name}=…"
            yield Finding(Severity.WARNING, f"no-{name}", message)


# ---- a letter


def _described(letters: Letters, about: _About, lacking: _Lacking) -> Iterator[etree._Element]:
    for letter in letters:
        ref = _address(letter, about.said("letter"))
        actions = [*_sent(letter, lacking), *_received(letter, lacking)]
        attributes = {"ref": ref} if ref else {"key": letter.id or letter.name}
        note = list(_mentioned(letter, lacking))
        if letter.language:
            note.append(E.ref({"type": "cmif:hasLanguage", "target": letter.language}))
        content = [*actions, *([E.note(*note)] if note else [])]
        if not actions:
            lacking.empty["letters without sender, addressee, place and date"] += 1
        if content:
            source = {"source": f"#{about.source}"}
            yield E.correspDesc({**attributes, **source}, *content)


def _address(letter: ExportedLetter, form: str) -> str:
    """Return where the letter is to be read, as the user says, or its header."""
    if form:
        return form.replace("{name}", quote(letter.name)).replace("{id}", quote(letter.id))
    own = letter.root.iterfind(f"{T}teiHeader/{T}fileDesc/{T}publicationStmt/{T}idno")
    return next((words(i) for i in own if ADDRESS.fullmatch(words(i))), "")


def _sent(letter: ExportedLetter, lacking: _Lacking) -> Iterator[etree._Element]:
    acts = [act for act in letter.actions if act.type == "sent"]
    places = [one for act in acts for one in act.places]
    dates = [one for act in acts for one in act.dates if one.dating]
    if not dates and letter.date is not None:
        dates = [letter.date]
    yield from _action("sent", Action("sent", letter.sender, tuple(places), tuple(dates)), lacking)


def _received(letter: ExportedLetter, lacking: _Lacking) -> Iterator[etree._Element]:
    acts = [act for act in letter.actions if act.type == "received"]
    places = tuple(one for act in acts for one in act.places)
    dates = tuple(one for act in acts for one in act.dates)
    one = Action("received", letter.addressee, places, dates)
    yield from _action("received", one, lacking)


def _action(type_: str, one: Action, lacking: _Lacking) -> Iterator[etree._Element]:
    parts = [_name(named, lacking) for named in (*one.who, *one.places)]
    parts += [_date(date) for date in one.dates if date.dating]
    if parts:
        yield E.correspAction({"type": type_}, *parts)


def _name(one: Named, lacking: _Lacking) -> etree._Element:
    called = (one.entry.name if one.entry else "") or " ".join(one.text.split()) or one.key
    found = _chosen(one, one.kind, called, lacking)
    if not found:
        lacking.correspondents[one.kind, called] = None
    ref = {"ref": found} if found else {}
    return E(ELEMENTS.get(one.kind, "persName"), {**ref, **_doubt(one)}, called)


def _date(one: Named) -> etree._Element:
    return E.date({**one.dating, **_doubt(one)})


def _doubt(one: Named) -> dict[str, str]:
    """Return what CMIF can say of certainty: that something is doubted, or conjectured."""
    doubted = {"cert": "low"} if one.cert in DOUBTED else {}
    guessed = {"evidence": "conjecture"} if one.values.get("evidence") == "conjecture" else {}
    return {**doubted, **guessed}


def _mentioned(letter: ExportedLetter, lacking: _Lacking) -> Iterator[etree._Element]:
    """Yield a reference to each entry that the letter mentions, once, in the text's order."""
    entries = {
        entry.key: entry
        for mention in letter.mentions
        for entry in mention.entries
        if entry.kind in MENTIONS
    }
    for entry in entries.values():
        found = _chosen(entry, entry.kind, entry.name, lacking)
        if found:
            type_ = f"cmif:mentions{MENTIONS[entry.kind]}"
            yield E.ref({"type": type_, "target": found}, entry.name)
        else:
            lacking.mentioned[entry.kind, entry.name] = None
    pointed = {
        found: mention
        for mention in letter.mentions
        if not mention.entries and mention.kind in MENTIONS
        for found in [_chosen(mention, mention.kind, mention.text, lacking)]
        if found
    }
    for found, mention in pointed.items():
        type_ = f"cmif:mentions{MENTIONS[mention.kind]}"
        yield E.ref({"type": type_, "target": found}, " ".join(mention.text.split()))


def _chosen(one: Named | Known, kind: str, called: str, lacking: _Lacking) -> str:
    """Return the address that CMIF wants most, else any that there is."""
    found = list(addresses(one))
    for address in found:
        if is_mistyped(address):
            lacking.mistyped[address] = called
    wanted = preferred(found, WANTED.get(kind, ()))
    if not wanted and found:
        lacking.elsewhere[found[0]] = called
    return wanted or next(iter(found), "")


# ---- what is lacking


def _told(lacking: _Lacking) -> Iterator[Finding]:
    for address, called in lacking.mistyped.items():
        message = f"{called}: {address} is no number of the GND: its check digit is wrong"
        yield Finding(Severity.WARNING, "mistyped-number", message)
    for kind, names in _by_kind(lacking.correspondents):
        what = "places of letters" if kind == "place" else "correspondents"
        wanted = " or ".join(WANTED[kind])
        message = f"{what} without a number of {wanted}: {'; '.join(names)}"
        yield Finding(Severity.WARNING, f"no-number-{kind}", message)
    for kind, names in _by_kind(lacking.mentioned):
        message = f"mentioned, but left out for want of a number: {_examples(names)}"
        yield Finding(Severity.INFO, f"left-out-{kind}", message)
    if lacking.elsewhere:
        who = ", ".join(sorted({authority_of(address) for address in lacking.elsewhere}))
        message = f"known to {who} alone: {_examples(list(lacking.elsewhere.values()))}"
        yield Finding(Severity.INFO, "other-number", message)
    for what, count in lacking.empty.items():
        yield Finding(Severity.WARNING, "undescribed", f"{what}: {count}")


def _by_kind(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    pairs = list(found)
    for kind in dict.fromkeys(kind for kind, _ in pairs):
        yield kind, [name for other, name in pairs if other == kind]


def _examples(names: Iterable[str]) -> str:
    found = list(names)
    rest = len(found) - SHOWN
    return "; ".join(found[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


FORMAT = LettersFormat(
    write,
    "Correspondence metadata (CMIF) for correspSearch",
    ".xml",
    keeps="who wrote to whom, where, when; persons, organisations, places, events and works that"
    " are mentioned and have an authority number; language",
    loses="the text; where in it a name stands; what has no number and is mentioned only; degrees"
    " of certainty",
    choices=(
        Choice("url", ("",), "the address at which the file will lie"),
        Choice("letter", ("",), "where a letter is read: https://example.org/{name}.html"),
        Choice("licence", ("",), "the address of the licence of these data"),
        Choice("editor", ("",), "who made the file"),
        Choice("publisher", ("",), "who publishes it"),
        Choice("date", ("",), "the day it was made, as 2026-05-03"),
        Choice("edition", ("online", "print", "hybrid"), "what the letters are published as"),
    ),
)
