"""Build the teiHeader from what the page says about itself (TEI P5, 2).

One small function for each part of the header, in the header's order. Nothing is
claimed that the page, the edition or the program did not say.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from itertools import count
from types import MappingProxyType

from lxml import etree

from epistola import language as languages
from epistola.language import name_of
from epistola.language.licences import licence_of
from epistola.mentions.foreign import PHRASE
from epistola.model import Field
from epistola.registers.mint import slug
from epistola.registers.relink import EDITOR
from epistola.tree.body import MACHINE
from epistola.tree.correspondence import correspondence
from epistola.tree.element import XML, E
from epistola.tree.facts import (
    Facts,
    before_printing,
    from_to,
    latest_printing,
    plain,
    time_span,
)
from epistola.tree.parties import author_element, author_year, stated_date
from epistola.tree.sources import source_description
from epistola.tree.titles import title
from epistola.tree.transcription import (
    correction,
    decided,
    hyphenation,
    normalised,
    transcription,
)

NOT_FREE = re.compile(r"/by-n[cd]|-n[cd]/")
ROLE = "of the source text"
CALENDARS: Mapping[str, str] = MappingProxyType(
    {
        "#gregorian": "Gregorian calendar",
        "#julian": "Julian calendar",
        "#republican": "Calendar of the French Republic",
    }
)


def build_header(facts: Facts) -> etree._Element:
    """Return the ``teiHeader`` of the letter that ``facts`` tell of."""
    return E.teiHeader(
        E.fileDesc(
            _title_statement(facts),
            _publication(facts),
            *_notes(facts),
            source_description(facts),
        ),
        _encoding(facts),
        _profile(facts),
        _revisions(facts),
    )


# --- fileDesc ----------------------------------------------------------------------------


def _title_statement(facts: Facts) -> etree._Element:
    author = author_element(facts)
    return E.titleStmt(
        E.title({"type": "main"}, title(facts)),
        *(E.title({"type": "sub"}, plain(sub.value)) for sub in facts.letter.subtitles[:2]),
        *([E.title({"type": "sub"}, facts.edition.subtitle)] if facts.edition.subtitle else []),
        *([E.author({f"{XML}id": "resp-author"}, author)] if author is not None else []),
        *_responsibilities(facts),
        E.respStmt(
            {f"{XML}id": MACHINE.removeprefix("#")},
            E.resp("automatic structuring, tagging and linking"),
            E.name({"type": "software", "ref": "#app-epistola"}, "epistola"),
        ),
        *_editor(facts),
    )


def _responsibilities(facts: Facts) -> Iterator[etree._Element]:
    """Yield a statement for each role of each credit: what was done, by whom, when."""
    taken: set[str] = set()
    named = (c for c in facts.letter.fields_of("credit") if facts.made_from(c) is None)
    for credit in named:
        for role in credit.role.split(" and ") if credit.role else [""]:
            name = _fresh(f"resp-{slug(role) or 'credit'}", taken)
            taken.add(name)
            yield _responsibility(facts, credit, role, name)


def _fresh(name: str, taken: Container[str]) -> str:
    """Return ``name``, with a number where it is taken."""
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(n for n in numbered if n not in taken)


def _responsibility(facts: Facts, credit: Field, role: str, name: str) -> etree._Element:
    """Return who did what a credit is for; for whom they did it stands in its label or a note."""
    dates = facts.dates(credit.value)
    resp = E.resp(f"{role} {ROLE}")
    if attributes := dict(from_to(dates)):
        resp = E.resp(f"{role} {ROLE}, ", E.date(attributes, time_span(attributes)))
    said = plain(facts.text(credit.value))
    doers = _unique([*facts.doers(credit), *facts.names(credit.label)])
    names = doers or _unique(facts.names(credit.value)) or [E.name(said)]
    names.sort(key=lambda e: e.tag != f"{{{e.nsmap[None]}}}persName")
    unsaid = facts.unsaid(credit.value, "date", besides=[*map(_said, doers)])
    note = [E.note(said)] if unsaid else []
    return E.respStmt({f"{XML}id": name}, resp, *names, *note)


def _said(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _unique(elements: list[etree._Element]) -> list[etree._Element]:
    kept = {etree.tostring(element): element for element in elements}
    return list(kept.values())


def _editor(facts: Facts) -> Iterator[etree._Element]:
    """Yield a statement for the edition's editor, and for whoever decided about this letter."""
    deciding = facts.editors()
    if facts.edition.editor or EDITOR in deciding:
        others = {name: called for name, called in deciding.items() if name != EDITOR}
        deciding = {EDITOR: facts.edition.editor or UNNAMED, **others}
    for name, called in deciding.items():
        yield E.respStmt(
            {f"{XML}id": name},
            E.resp("review and correction of the encoding"),
            E.name(called),
        )


UNNAMED = "an editor who is not named"


def _publication(facts: Facts) -> etree._Element:
    edition = facts.edition
    return E.publicationStmt(
        E.publisher(edition.publisher),
        *([E.pubPlace(edition.place)] if edition.place else []),
        E.idno({"type": "local"}, facts.source.name),
        _availability(facts),
        *([E.date({"when": facts.date}, facts.date)] if facts.date else []),
    )


def _availability(facts: Facts) -> etree._Element:
    """Return the terms of this edition of the letter: the editor's, else the edition's."""
    edition, stated = facts.edition, facts.letter.sidecar.licence
    if stated:
        target = stated if "://" in stated else licence_of(stated)
        free = target and NOT_FREE.search(target) is None
        status = {"status": "free" if free else "restricted"}
        return E.availability(status, E.licence({"target": target} if target else {}, stated))
    licence = [E.licence({"target": edition.licence}, edition.rights)] if edition.licence else []
    return E.availability({"status": edition.status}, *(licence or [E.p(edition.rights)]))


def _notes(facts: Facts) -> Iterator[etree._Element]:
    notes = [facts.text(note.value) for note in facts.letter.fields_of("note")]
    notes += facts.letter.sidecar.notes
    if notes:
        yield E.notesStmt(*map(E.note, notes))


# --- encodingDesc ------------------------------------------------------------------------


def _encoding(facts: Facts) -> etree._Element:
    description = facts.edition.description or (
        "A plain text encoded as a linked digital edition by a program."
    )
    return E.encodingDesc(
        E.projectDesc(E.p(description)),
        _editorial_declaration(facts),
        *_genre_taxonomy(facts),
        _application(facts),
    )


def _editorial_declaration(facts: Facts) -> etree._Element:
    """Return what was done to the text, and what was not; each sentence is true of any output."""
    return E.editorialDecl(
        correction(facts),
        hyphenation(facts),
        E.interpretation(
            {f"{XML}id": "decl-interpretation"},
            E.p(
                (
                    "Parts of the letter, names, dates, titles and references were tagged and "
                    "linked by program and have not been read by an editor unless the revision "
                    "description says so. A tag without "
                ),
                E.att("cert"),
                " is one the program holds to be right; every less certain one carries ",
                E.att("cert"),
                " and ",
                E.att("resp"),
                ".",
            ),
            *decided(facts),
        ),
        E.normalization(
            {"method": "markup"},
            E.p(
                "The text is given as in the source, character for character. Normal forms stand "
                "in attributes and in the registers only."
            ),
            *normalised(facts),
            *transcription(facts),
        ),
        E.punctuation(
            {"marks": "all", "placement": "external"},
            E.p(
                "Punctuation is kept; quotation marks around titles, quotations, speech and words "
                "in doubt stand outside the tags. Words between marks are tagged where what stands "
                "around them shows what they are, and left as they are where it does not."
            ),
        ),
        E.quotation({"marks": "all"}, E.p("All quotation marks are kept as characters.")),
        E.segmentation(
            E.p(
                "A paragraph is a block of text between blank lines, or between lines that are "
                "parts of the letter."
            )
        ),
        E.stdVals(
            E.p("Dates follow the W3C profile of ISO 8601; no date is more precise than the words.")
        ),
    )


def _genre_taxonomy(facts: Facts) -> Iterator[etree._Element]:
    genre = facts.letter.genre
    if genre:
        category = E.category({f"{XML}id": _genre_id(genre)}, E.catDesc(languages.genres()[genre]))
        yield E.classDecl(E.taxonomy({f"{XML}id": "tax-genre"}, category))


def _genre_id(genre: str) -> str:
    """Return the id of a genre: ``genre-letter-to-journal`` for "letterToJournal"."""
    return "genre-" + re.sub("(?=[A-Z])", "-", genre).lower()


def _application(facts: Facts) -> etree._Element:
    attributes = {f"{XML}id": "app-epistola", "ident": "epistola", "version": facts.version}
    if facts.date:
        attributes["when"] = facts.date
    return E.appInfo(
        E.application(
            attributes,
            E.label("epistola"),
            E.desc("Program that made this file from the plain text."),
        )
    )


# --- profileDesc and revisionDesc --------------------------------------------------------


def _profile(facts: Facts) -> etree._Element:
    return E.profileDesc(
        *_creation(facts),
        _languages(facts),
        *_calendars(facts),
        *_text_class(facts),
        *correspondence(facts),
    )


def _creation(facts: Facts) -> Iterator[etree._Element]:
    """Yield when the text was written: as a line says, as it is dated, or before it was printed."""
    if stated := stated_date(facts):
        yield E.creation(E.date(stated, facts.letter.sidecar.date))
        return
    fields = facts.letter.fields_of("written")
    dates = [facts.date_element(d) for f in fields for d in facts.dates(f.value)]
    if fields:
        said = [plain(facts.text(f.value)) for f in fields]
        unsaid = any(facts.unsaid(f.value, "date") for f in fields)
        yield E.creation(*dates, *([" " + "; ".join(said)] if unsaid else []))
        return
    if facts.letter.dateline is not None and (own := facts.dates(facts.letter.dateline.span)):
        yield E.creation(facts.date_element(own[0]))
        return
    if year := author_year(facts):
        yield E.creation(E.date({"when": year}, year))
        return
    latest = latest_printing(facts)
    if latest:
        yield E.creation(E.date(before_printing(latest), "before it was printed"))


def _languages(facts: Facts) -> etree._Element:
    """Return the languages used: the letter's own, then those of passages and expressions."""
    own = facts.letter.written_in
    used = [(a.values["lang"], a) for a in facts.annotations if "lang" in a.values]
    passages = dict.fromkeys(code for code, a in used if a.rule != PHRASE and code != own)
    phrases = dict.fromkeys(c for c, a in used if c not in passages and c != own)
    return E.langUsage(
        E.language({"ident": own}, name_of(own)),
        *(E.language({"ident": c}, f"{name_of(c)}, in passages") for c in passages),
        *(E.language({"ident": c}, f"{name_of(c)}, in borrowed expressions") for c in phrases),
    )


def _calendars(facts: Facts) -> Iterator[etree._Element]:
    used = {name for a in facts.annotations for name in a.values.get("calendar", "").split()}
    if used:
        yield E.calendarDesc(
            *(
                E.calendar({f"{XML}id": name.removeprefix("#")}, E.p(CALENDARS.get(name, name)))
                for name in sorted(used)
            )
        )


def _text_class(facts: Facts) -> Iterator[etree._Element]:
    if facts.letter.genre:
        target = f"#{_genre_id(facts.letter.genre)}"
        yield E.textClass(E.catRef({"scheme": "#tax-genre", "target": target}))


def _revisions(facts: Facts) -> etree._Element:
    when = {"when": facts.date} if facts.date else {}
    return E.revisionDesc(
        {"status": "draft"},
        E.change(
            {**when, "who": MACHINE},
            "File made from the plain text; names, dates and references tagged and linked.",
        ),
    )
