"""Who wrote to whom, when and where: the correspDesc (TEI P5, 2.4.6).

Only where the page shows that the text is a letter, and only what it says.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola import language as languages
from epistola.model import Annotation, Fact
from epistola.tree.body import MACHINE, E
from epistola.tree.facts import Facts, before_printing, latest_printing, plain


def correspondence(facts: Facts) -> Iterator[etree._Element]:
    """Yield the ``correspDesc`` of a letter, if anything is known for it."""
    if not facts.letter.is_letter:
        return
    actions = [*_sent(facts), *_received(facts)]
    if actions:
        attributes = {"type": facts.letter.genre} if facts.letter.genre != "letter" else {}
        yield E.correspDesc(attributes, *actions, *_context(facts))


def _sent(facts: Facts) -> Iterator[etree._Element]:
    parts = [*_sender(facts), *_place(facts), *_date(facts)]
    if parts:
        yield E.correspAction({"type": "sent"}, *parts)


def _sender(facts: Facts) -> Iterator[etree._Element]:
    """Yield who wrote: whoever the page names as author or who signed, else as the heading says."""
    if facts.letter.author is not None:
        yield facts.name_of(facts.letter.author)
        return
    heading = _heading(facts)
    if len(heading) > 1:
        yield facts.name(heading[0])


def _heading(facts: Facts) -> list[Annotation]:
    """Return the persons of a heading such as "Carlyle to Emerson"."""
    fact = facts.letter.addressee
    if fact is None or fact.rule != "describe.letter.heading":
        return []
    return facts.within(fact.span, "person")


def _place(facts: Facts) -> Iterator[etree._Element]:
    where = facts.letter.dateline.span if facts.letter.dateline else None
    for place in facts.within(where, "place")[:1]:
        ref = {"ref": f"#{place.entry}"} if place.entry else {}
        yield E.placeName(ref, plain(facts.text(place.span)))


def _date(facts: Facts) -> Iterator[etree._Element]:
    where = facts.letter.dateline.span if facts.letter.dateline else None
    dates = facts.dates(where)
    if dates:
        yield facts.date_element(dates[0])
    elif facts.letter.genre == "letterToJournal" and (latest := latest_printing(facts)):
        yield E.date(before_printing(latest))


def _received(facts: Facts) -> Iterator[etree._Element]:
    if facts.letter.genre == "letterToJournal":
        yield from _journal(facts)
        return
    addressee = facts.letter.addressee
    if addressee is None:
        return
    heading = _heading(facts)
    persons = heading or facts.within(addressee.span, "person")
    if persons and not _is_from(facts, addressee):
        yield E.correspAction({"type": "received"}, facts.name(persons[-1]))


def _is_from(facts: Facts, heading: Fact) -> bool:
    """Return whether a heading names the writer alone: "FROM E. S. P."."""
    words = languages.load(facts.letter.language)["letter"]["sender"]
    return heading.value.split(maxsplit=1)[0].lower().strip("_*") in words


def _journal(facts: Facts) -> Iterator[etree._Element]:
    """Yield the journal as addressee: an inference from genre and place of publication."""
    source = facts.first("source")
    titles = facts.within(source.value if source else None, "title")
    journals = [t for t in titles if t.values.get("level") == "j"]
    if not journals:
        return
    name = facts.text(journals[0].span)
    org = next((e for e in facts.entries.values() if e.kind == "org" and name in e.names), None)
    ref = {"ref": f"#{org.id}"} if org else {}
    inferred = {"cert": "medium", "resp": MACHINE, "evidence": "internal"}
    note = "The letter has no salutation; that it was addressed to the journal follows from its genre and place of publication."
    yield E.correspAction({"type": "received"}, E.orgName({**ref, **inferred}, name), E.note(note))


def _context(facts: Facts) -> Iterator[etree._Element]:
    """Yield the works by others that a letter's first paragraph says it answers."""
    first = next((a.span for a in facts.annotations if a.kind == "p"), None)
    own = facts.letter.author
    writer = {a.entry for a in facts.within(own.span, "person")} if own else set()
    answered = [
        E.ref({"type": "repliesTo", "target": f"#{work.entry}"}, plain(facts.text(work.span)))
        for work in facts.within(first, "work", "reference")
        if work.entry
        and work.values.get("genre")
        and facts.entries[work.entry].values.get("author") not in writer
    ]
    if answered:
        yield E.correspContext(*answered)
