"""The entries of a register are there for something."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola.checks.index import XML_ID, Index, local_name
from epistola.checks.rules.fault import Fault

ENTRIES = ("person", "personGrp", "place", "org", "event", "biblStruct")
USES = ("persName", "placeName", "orgName", "eventName", "rs", "name", "bibl", "title", "term")


def entries_are_used(index: Index) -> Iterator[Fault]:
    """Yield each entry that nothing points at, in a file whose text points at entries.

    An entry within another is used where that is, and the other way round.
    """
    if not _points_at_entries(index):
        return
    for element in index.all(*ENTRIES):
        name = element.get(XML_ID)
        if name and name not in index.used and not _is_source(element):
            if any(one.get(XML_ID) in index.used for one in _family(element)):
                continue
            message = f"nothing points at this entry, “{name}”: link to it, or take it out"
            yield Fault("unused-entry", element, message, XML_ID)


def _points_at_entries(index: Index) -> bool:
    """Return whether the text uses entries that the file itself keeps; a mere register does not."""
    for attribute in ("ref", "corresp"):
        for element, value in index.attributes.get(attribute, ()):
            if local_name(element) not in USES or not value.startswith("#"):
                continue
            target = index.target(value.split()[0])
            if target is not None and local_name(target) in ENTRIES and _is_text(element):
                return True
    return False


def _is_text(element: etree._Element) -> bool:
    above = {local_name(one) for one in element.iterancestors("*")}
    return "text" in above and above.isdisjoint(ENTRIES)


def _is_source(element: etree._Element) -> bool:
    above = {local_name(one) for one in element.iterancestors("*")}
    return "sourceDesc" in above or (local_name(element) == "biblStruct" and "text" in above)


def _family(element: etree._Element) -> Iterator[etree._Element]:
    yield from element.iterdescendants("*")
    yield from (one for one in element.iterancestors("*") if local_name(one) in ENTRIES)
