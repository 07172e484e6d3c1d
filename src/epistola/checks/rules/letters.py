"""A letter has one sender, one addressee, and a writer who was alive (TEI P5, 2.4.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from epistola.checks.index import TEI, Index, local_name, words_of
from epistola.checks.rules.dates import Day, days
from epistola.checks.rules.fault import Fault

ROLES: Mapping[str, str] = {"sent": "senders", "received": "addressees"}
PARTIES = frozenset({"persName", "orgName", "name", "rs"})


def correspondents_are_single(index: Index) -> Iterator[Fault]:
    """Yield each letter with several senders or addressees: true of some, a slip in many."""
    for letter in index.all("correspDesc"):
        for role, word in ROLES.items():
            parties = [one for action in _actions(letter, role) for one in _parties(action)]
            if len({one.get("ref") or words_of(one) for one in parties}) > 1:
                message = (
                    f"the letter has {len(parties)} {word}: see that all of them are meant, and"
                    " that each letter has its own correspDesc"
                )
                yield Fault("correspondents", parties[1], message)


def writers_were_alive(index: Index) -> Iterator[Fault]:
    """Yield each letter sent before its writer's birth or after the death.

    The dates are those of ``person/birth`` and ``person/death`` in the same file.
    """
    for letter in index.all("correspDesc"):
        for action in _actions(letter, "sent"):
            for date in action.iterchildren(f"{TEI}date"):
                for party in _parties(action):
                    yield from _outlived(index, party, date)


def _outlived(index: Index, party: etree._Element, date: etree._Element) -> Iterator[Fault]:
    person = index.target(party.get("ref", ""))
    sent = _range(date)
    if person is None or sent is None or local_name(person) != "person":
        return
    name = words_of(party)
    for event in ("birth", "death"):
        lived = _range(person.find(f"{TEI}{event}"))
        if lived is None:
            continue
        first, last = lived
        if (event == "death" and sent[0] > last) or (event == "birth" and sent[1] < first):
            when = "after the death" if event == "death" else "before the birth"
            message = (
                f"the letter is dated {when} of its writer {name}: see whether the date, the"
                " entry or the link is wrong"
            )
            yield Fault("lifetime", date, message)


def _range(element: etree._Element | None) -> tuple[Day, Day] | None:
    """Return the first and the last day that a date may mean, if it has both."""
    if element is None:
        return None
    begins = _first(element, ("when", "from", "notBefore"))
    ends = _first(element, ("when", "to", "notAfter"))
    if begins is None or ends is None:
        return None
    return begins[0], ends[1]


def _first(element: etree._Element, names: tuple[str, ...]) -> tuple[Day, Day] | None:
    return next((days(value) for name in names if (value := element.get(name))), None)


def _actions(letter: etree._Element, role: str) -> Iterator[etree._Element]:
    for action in letter.iterchildren(f"{TEI}correspAction"):
        if action.get("type") == role:
            yield action


def _parties(action: etree._Element) -> Iterator[etree._Element]:
    for child in action.iterchildren("*"):
        if local_name(child) in PARTIES:
            yield child
