"""Names and paragraphs hold something, and names say whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from epistola.checks.index import Index, local_name, words_of
from epistola.checks.rules.fault import Fault, shortened

NAMES = (
    "persName placeName orgName eventName objectName name rs geogName settlement country region"
    " forename surname roleName addName term title author"
).split()

EMPTY = frozenset(
    """
    abbr add addName am c cb choice corr country del eventName ex expan forename foreign genName
    geogName hi lb name nameLink num orgName orig pb persName placeName region reg roleName rs
    seg settlement sic surname term title w author date emph q soCalled
    """.split()
)
"""Elements that say nothing by themselves; a gap or a picture does."""

REGISTERS: Mapping[str, str] = {
    "persName": "person",
    "placeName": "place",
    "orgName": "org",
    "eventName": "event",
}
"""Which entries a name of this kind has in a file that keeps them."""

ENTRIES = frozenset(
    "person personGrp place org event nym biblStruct bibl biblFull castItem teiHeader".split()
)
"""Within these, a name is the entry's own, or the name of an author or an editor."""

LINKS = ("ref", "key", "sameAs", "corresp", "nymRef", "copyOf")


def names_are_not_empty(index: Index) -> Iterator[Fault]:
    """Yield each name without a word in it."""
    known: dict[etree._Element, bool] = {}
    for element in index.all(*NAMES):
        if is_empty(element, known):
            name = local_name(element)
            message = f"<{name}> is empty: write the name in it, or take the element out"
            yield Fault("empty-name", element, message)


def paragraphs_are_not_empty(index: Index) -> Iterator[Fault]:
    """Yield each paragraph without anything in it."""
    known: dict[etree._Element, bool] = {}
    for element in index.all("p", "ab"):
        if is_empty(element, known):
            message = f"<{local_name(element)}> is empty: write in it, or take it out"
            yield Fault("empty-paragraph", element, message)


def is_empty(element: etree._Element, known: dict[etree._Element, bool]) -> bool:
    """Return whether ``element`` has no word, and nothing else that stands for one.

    ``known`` keeps what was found of the elements within, so that none is asked twice.
    """
    if element not in known:
        known[element] = (
            _is_blank(element.text)
            and all(_is_blank(child.tail) for child in element)
            and all(
                local_name(child) in EMPTY and is_empty(child, known)
                for child in element.iterchildren("*")
            )
        )
    return known[element]


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def names_have_entries(index: Index) -> Iterator[Fault]:
    """Yield each name in the text that says not whose it is, where the file keeps entries."""
    for name, entry in REGISTERS.items():
        if entry not in index.elements:
            continue
        for element in index.all(name):
            if any(element.get(link) is not None for link in LINKS) or _is_within(element):
                continue
            words = words_of(element)
            message = (
                f"<{name}> “{shortened(words)}” has no ref, though the file keeps a register"
                f" (<{entry}>): let it point at its entry"
            )
            yield Fault("name-without-ref", element, message)


def _is_within(element: etree._Element) -> bool:
    """Return whether the name is an entry's own, or part of what already says whose it is."""
    for one in element.iterancestors("*"):
        name = local_name(one)
        if name in ENTRIES or one.get("ref") is not None:
            return True
    return False
