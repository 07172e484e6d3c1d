"""Who wrote to whom, when and where: the correspDesc (TEI P5, 2.4.6).

Only where the page shows that the text is a letter, and only what it says.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola.tree.body import MACHINE
from epistola.tree.context import context
from epistola.tree.element import E
from epistola.tree.facts import Facts, before_printing, latest_printing, plain
from epistola.tree.parties import (
    YEAR,
    addressees,
    dated,
    senders,
    stated_date,
    style_of_address,
)


def correspondence(facts: Facts) -> Iterator[etree._Element]:
    """Yield the ``correspDesc`` of a letter, if anything is known for it."""
    if not facts.letter.is_letter:
        return
    actions = [*_sent(facts), *_received(facts)]
    if actions:
        attributes = {"type": facts.letter.genre} if facts.letter.genre != "letter" else {}
        yield E.correspDesc(attributes, *actions, *context(facts))


def _sent(facts: Facts) -> Iterator[etree._Element]:
    parts = [*senders(facts), *_place(facts), *_date(facts)]
    if parts:
        yield E.correspAction({"type": "sent"}, *parts)


def _place(facts: Facts) -> Iterator[etree._Element]:
    if stated := facts.letter.sidecar.place:
        yield E.placeName(facts.link("place", stated), stated)
        return
    where = facts.letter.dateline.span if facts.letter.dateline else None
    for place in facts.within(where, "place")[:1]:
        ref = {"ref": f"#{place.entry}"} if place.entry else {}
        yield E.placeName(ref, plain(facts.text(place.span)))


def _date(facts: Facts) -> Iterator[etree._Element]:
    if stated := stated_date(facts):
        yield E.date(stated, facts.letter.sidecar.date)
        return
    date = dated(facts)
    if date is not None and any(YEAR.match(value) for value in date.values.values()):
        yield facts.date_element(date)
    elif date is not None:  # catalogues of letters know no day without a year
        yield E.date(plain(facts.text(date.span)))
    elif facts.letter.genre == "letterToJournal" and (latest := latest_printing(facts)):
        yield E.date(before_printing(latest))


def _received(facts: Facts) -> Iterator[etree._Element]:
    if facts.letter.genre == "letterToJournal":
        yield from _journal(facts)
        return
    named = addressees(facts)
    if not named and (style := style_of_address(facts)):
        named = [E.note(f"Addressed as “{plain(style).rstrip(',:;!-–— ')}”.")]
    if named:
        yield E.correspAction({"type": "received"}, *named)


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
    addressee = E.orgName({**ref, **inferred}, name)
    yield E.correspAction({"type": "received"}, addressee, E.note(INFERRED))


INFERRED = (
    "The letter has no salutation; that it was addressed to the journal follows from its genre "
    "and place of publication."
)
