"""Who wrote to whom, when and where: the correspDesc (TEI P5, 2.4.6).

Only where the page shows that the text is a letter, and only what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from epistola import language as languages
from epistola.model import Annotation, Span
from epistola.tree.body import MACHINE
from epistola.tree.element import E
from epistola.tree.facts import WORD, Facts, before_printing, latest_printing, plain


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
    senders, _ = _heading(facts)
    for sender in senders[:1]:
        yield facts.name(sender)


def _heading(facts: Facts) -> tuple[list[Annotation], list[Annotation]]:
    """Return the persons of a heading before and after its "to": "Carlyle to Emerson".

    A heading without one names the addressee, but for one that begins with "from".
    """
    fact = facts.letter.addressee
    if fact is None or fact.span is None or fact.rule != "describe.letter.heading":
        return [], []
    words = languages.load(facts.letter.language)["letter"]
    persons = facts.within(fact.span, "person")
    to = _first_of(facts.source.folded, fact.span, words["between"])
    if to is None:
        named = fact.value.lower().strip("_* ").split(maxsplit=1)[:1]
        return (persons, []) if named and named[0] in words["sender"] else ([], persons)
    before = [p for p in persons if p.span.end <= to]
    return before, [p for p in persons if p.span.start >= to]


def _first_of(text: str, span: Span, words: Sequence[str]) -> int | None:
    """Return where one of ``words`` first stands in ``span``, as a word of its own."""
    for match in WORD.finditer(text, span.start, span.end):
        if match[0].lower() in words:
            return match.start()
    return None


def _place(facts: Facts) -> Iterator[etree._Element]:
    where = facts.letter.dateline.span if facts.letter.dateline else None
    for place in facts.within(where, "place")[:1]:
        ref = {"ref": f"#{place.entry}"} if place.entry else {}
        yield E.placeName(ref, plain(facts.text(place.span)))


def _date(facts: Facts) -> Iterator[etree._Element]:
    where = facts.letter.dateline.span if facts.letter.dateline else None
    dates = facts.dates(where)
    if dates and any(YEAR.match(value) for value in dates[0].values.values()):
        yield facts.date_element(dates[0])
    elif dates:  # catalogues of letters know no day without a year
        yield E.date(plain(facts.text(dates[0].span)))
    elif facts.letter.genre == "letterToJournal" and (latest := latest_printing(facts)):
        yield E.date(before_printing(latest))


def _received(facts: Facts) -> Iterator[etree._Element]:
    if facts.letter.genre == "letterToJournal":
        yield from _journal(facts)
        return
    addressee = facts.letter.addressee
    if addressee is None:
        return
    is_heading = addressee.rule == "describe.letter.heading"
    persons = _heading(facts)[1] if is_heading else facts.within(addressee.span, "person")
    if persons:
        yield E.correspAction({"type": "received"}, facts.name(persons[-1]))


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


YEAR = re.compile(r"\d{4}")
INFERRED = (
    "The letter has no salutation; that it was addressed to the journal follows from its genre "
    "and place of publication."
)


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
