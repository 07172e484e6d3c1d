"""Where on a page things are: the ids of mentions, entries, dates and notes.

Ids of TEI that are plain names stay readable (``entry-person-bell``); any other gets a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from epistola.exports.entries import Known
from epistola.exports.letters import ExportedLetter, Mention, Named, is_register, is_second_reading
from epistola.tree.element import XML

PLAIN = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
"""What may stand in an id, in an address and in CSS as it is."""
HOLDERS = frozenset("back body closer div front group opener postscript text trailer".split())
"""Elements in which a note is a block of the letter, and not a remark on a word."""
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
"""What a page links to outside of itself."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The ids of one letter's page.

    ``mentions`` has each mention by its element, ``numbers`` the id of each; ``entries`` the id
    of each entry by its key, ``dates`` those of dates by what they say, ``notes`` the number of
    each note that stands below the text, ``targets`` the id of whatever in the text has one
    in TEI, by that.
    """

    mentions: Mapping[etree._Element, Mention]
    numbers: Mapping[etree._Element, str]
    entries: Mapping[str, str]
    dates: Mapping[tuple[str, ...], str]
    notes: Mapping[etree._Element, int]
    targets: Mapping[str, str]

    def link(self, one: Named) -> str:
        """Return where on the page, or outside of it, ``one`` leads; nothing if nowhere."""
        if one.entry is not None:
            return f"#{self.entries[one.entry.key]}"
        if one.kind == "date" and one.dating:
            return f"#{self.dates.get(dated(one), '')}".rstrip("#")
        first = next(iter(one.pointer.split()), "")
        return first if ADDRESS.fullmatch(first) else ""


def anchors(letter: ExportedLetter) -> Anchors:
    """Return the ids of the page of ``letter``."""
    mentions = {m.element: m for m in letter.mentions if m.element is not None}
    dates = dict.fromkeys(
        sorted(dated(m) for m in letter.mentions if m.kind == "date" and m.dating)
    )
    notes = [e for e in letter.root.iter("{*}note") if is_remark(e)]
    return Anchors(
        MappingProxyType(mentions),
        {element: f"m{number}" for number, element in enumerate(mentions, 1)},
        entry_ids(letter.entries),
        {date: f"date{number}" for number, date in enumerate(dates, 1)},
        {note: number for number, note in enumerate(notes, 1)},
        {str(e.get(f"{XML}id")): name for e, _ in letter.places if (name := target_id(e))},
    )


def entry_ids(entries: Sequence[Known]) -> Mapping[str, str]:
    """Return an id for each of ``entries``, by its key: ``entry-person-bell``."""
    ids: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        name = entry.local or entry.key
        wanted = f"entry-{name if PLAIN.fullmatch(name) else number}"
        ids[entry.key] = f"{wanted}-{number}" if wanted in ids.values() else wanted
    return ids


def dated(one: Named) -> tuple[str, ...]:
    """Return what a date says, to sort and to compare it: its first day, then all its bounds."""
    return min(one.dating.values()), *(f"{name}={value}" for name, value in one.dating.items())


def is_remark(note: etree._Element) -> bool:
    """Return whether ``note`` stands within a line of the text, as a remark on it.

    It is shown below the text then; but what the source itself prints in its line stays there.
    """
    around = list(note.iterancestors())
    inside = any(str(e.tag).endswith("}text") for e in around) and not any(
        is_register(e) or is_second_reading(e) for e in around
    )
    parent = note.getparent()
    held = parent is not None and str(parent.tag).rpartition("}")[2] in HOLDERS
    return inside and not held and note.get("place") != "inline"


def target_id(element: etree._Element) -> str:
    """Return the id on the page of an element that has one in TEI, or nothing."""
    name = element.get(f"{XML}id", "")
    return f"tei-{name}" if PLAIN.fullmatch(name) else ""
