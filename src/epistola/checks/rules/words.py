"""The words are those of the source, where that is at hand."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola.checks.index import Index
from epistola.checks.rules.fault import Fault
from epistola.checks.wording import check_wording
from epistola.model import Source
from epistola.tree.read import BLOCKS, is_added, projection


def words_are_the_sources(index: Index, source: Source) -> Iterator[Fault]:
    """Yield the block in which the text first leaves ``source``, if it does."""
    text = next(index.all("text"), None)
    if text is None:
        return
    for finding in check_wording(text, source):
        at = finding.span.start if finding.span else 0
        line, column = source.position(at)
        number = len(source.text[:at].split()) + 1
        message = f"{finding.message}: line {line}, column {column} of the source"
        yield Fault("wording", block_of_word(text, number), message)


def block_of_word(element: etree._Element, number: int) -> etree._Element:
    """Return the innermost block of ``element`` that holds its word ``number``, from one.

    Blocks are gone into as long as all words stand in blocks. What is missing at the end is
    missing in the last one.
    """
    children = [child for child in element.iterchildren("*") if not is_added(child)]
    counts = [len(projection(child).split()) for child in children]
    divided = sum(counts) == len(projection(element).split())
    if not divided or not all(_is_block(child) for child in children):
        return element
    before = 0
    for child, count in zip(children, counts, strict=True):
        if number <= before + count or child is children[-1]:
            return block_of_word(child, number - before)
        before += count
    return element


def _is_block(element: etree._Element) -> bool:
    return element.tag.rpartition("}")[2] in BLOCKS
