"""Check that what a file points at within itself is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from epistola.model import Finding, Severity

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# Attributes of TEI's datatype teidata.pointer; elsewhere "#" may be a colour or a number.
POINTER_NAMES = """
    active ana calendar change copyOf corresp datingMethod datingPoint decls domains edRef
    exclude facs given hand inst mutual new next nymRef origin parts passive period prev
    ref rendition resp sameAs scheme scribeRef scriptRef select since source spanTo start synch
    target targetEnd url where who wit
"""
POINTERS = frozenset(POINTER_NAMES.split())

# Looking for the nearest of many names is slow; a file full of faults needs no more hints.
HINTS = 20


def check_pointers(tree: etree._ElementTree | etree._Element) -> list[Finding]:
    """Return an error for each ``xml:id`` used twice and each ``#id`` that is not there.

    Pointers into other files and XPointer schemes (``#xpath(...)``) are not followed.
    Lines are those of the file that ``tree`` was parsed from; a tree made in memory has none.
    """
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    lines: dict[str, int] = {}
    twice: list[Finding] = []
    for element in elements:
        name = element.get(XML_ID)
        if name is None:
            continue
        if name in lines:
            twice.append(_twice(name, lines[name], element))
        lines.setdefault(name, _line(element))
    return twice + list(_dangling(elements, lines))


def _twice(name: str, first: int, element: etree._Element) -> Finding:
    before = f" (first in line {first})" if first else ""
    message = f"xml:id “{name}” is used twice{before}: give each element its own"
    return _error("id", message, element)


def _dangling(elements: Iterable[etree._Element], names: Iterable[str]) -> Iterator[Finding]:
    known = frozenset(names)
    hints: dict[str, str] = {}
    for element in elements:
        for attribute, name in _local(element):
            if name in known:
                continue
            if name not in hints:
                hints[name] = _nearest(name, known) if len(hints) < HINTS else ""
            message = f"{attribute}=“#{name}” points at nothing{hints[name]}"
            yield _error("pointer", message, element)


def _local(element: etree._Element) -> Iterator[tuple[str, str]]:
    for attribute, value in element.attrib.items():
        if attribute in POINTERS and "#" in value:
            for token in str(value).split():
                if token.startswith("#") and "(" not in token:
                    yield str(attribute), token[1:]


def _nearest(name: str, known: frozenset[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a faulty file needs it

    nearest = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean “#{nearest[0]}”?" if nearest else ""


def _error(code: str, message: str, element: etree._Element) -> Finding:
    return Finding(Severity.ERROR, code, message, line=_line(element))


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0
