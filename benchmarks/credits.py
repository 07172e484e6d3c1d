"""Measure whether who made a page is named in the right role of its header.

    python benchmarks/credits.py

The gold, ``credits.tsv`` beside this script, was marked up by hand before the program was asked:
a page of the archive in ``../shared`` (or where EPISTOLA_SHARED says), the role (one of
``[labels.credit]`` in the words of a language), and where the name stands: its first character
and the one after its last, in code points of the page as it is read. A name is in its place where
a ``respStmt`` or ``editor`` of the title statement or of the source names it, and that element
says the role. It prints what is missed, and exits 1 if more than one in ten is.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from floors import SHARED
from lxml import etree

from epistola.model import ignore
from epistola.pipeline import encode
from epistola.text.read import read

PAGES = SHARED / "data/inputs/mia"
GOLD = Path(__file__).with_name("credits.tsv")
FLOOR = 0.90
TEI = {"t": "http://www.tei-c.org/ns/1.0"}
STATEMENTS = (
    "t:teiHeader//t:titleStmt//t:respStmt | t:teiHeader//t:sourceDesc//t:respStmt"
    " | t:teiHeader//t:editor"
)
NAMES = "t:name | t:persName | t:orgName"


def words(text: str) -> list[str]:
    """Return the words of ``text`` as they are compared: without case, marks and articles."""
    return [w for w in re.findall(r"[^\W_]+", text.lower()) if w not in {"the", "at"}]


def credited(root: etree._Element) -> list[tuple[str, list[str]]]:
    """Return each role that a header states, with the words of a name that has it."""
    return [
        (said, words("".join(name.itertext())))
        for statement in root.xpath(STATEMENTS, namespaces=TEI)
        for said in ["".join(r.itertext()).lower() for r in statement.iterfind("t:resp", TEI)]
        for name in statement.xpath(NAMES, namespaces=TEI)
    ]


@cache
def page(name: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """Return the text of a page, and whom its header credits with what."""
    source = read(PAGES / f"{name}.txt", None, ignore)
    return source.text, credited(encode(source).tree.getroot())


def main() -> int:
    """Print the misses and the share of names in their role."""
    if not PAGES.is_dir():
        print(f"skipped: no {PAGES}")
        return 0
    gold = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines()]
    placed = 0
    for name, role, start, end in gold:
        text, found = page(name)
        named = text[int(start) : int(end)]
        if any(role in said and words(named) == credit for said, credit in found):
            placed += 1
        else:
            print(f"  missed  {name}: {role}: {named}; found {found}")
    share = placed / len(gold)
    print(f"{placed} of {len(gold)} names of {page.cache_info().currsize} pages in the right role")
    print("above the floor" if share >= FLOOR else f"BELOW ITS FLOOR  {share:.3f}, floor {FLOOR}")
    return 0 if share >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
