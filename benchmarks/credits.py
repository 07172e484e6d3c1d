"""Measure whether who made a page is named in the right role of its header.

    python benchmarks/credits.py GOLD.tsv TEI_FOLDER

GOLD.tsv has three columns, page, role and name, as an editor marks up the credits of a
page: ``a-letter<TAB>transcription<TAB>Ann Bly``; a role is one of ``[labels.credit]`` in the
words of a language. TEI_FOLDER holds ``a-letter.xml`` for each page. A name is in its place
where a ``respStmt`` or ``editor`` of the title statement or of the source names it, and that
element says the role. It prints what is missed, and the share that is not.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from lxml import etree

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
STATEMENTS = (
    "t:teiHeader//t:titleStmt//t:respStmt | t:teiHeader//t:sourceDesc//t:respStmt"
    " | t:teiHeader//t:editor"
)
NAMES = "t:name | t:persName | t:orgName"


def words(text: str) -> list[str]:
    """Return the words of ``text`` as they are compared: without case, marks and articles."""
    return [w for w in re.findall(r"[^\W_]+", text.lower()) if w not in {"the", "at"}]


def credited(path: Path) -> list[tuple[str, list[str]]]:
    """Return each role that a header states, with the words of a name that has it."""
    root = etree.parse(str(path)).getroot()
    return [
        (said, words("".join(name.itertext())))
        for statement in root.xpath(STATEMENTS, namespaces=TEI)
        for said in ["".join(r.itertext()).lower() for r in statement.iterfind("t:resp", TEI)]
        for name in statement.xpath(NAMES, namespaces=TEI)
    ]


def main(arguments: list[str]) -> int:
    """Print the misses and the share of names in their role; exit 2 where usage is wrong."""
    if len(arguments) != len(("gold", "tei")):
        print(__doc__)
        return 2
    gold = [line.split("\t") for line in Path(arguments[0]).read_text("utf-8").splitlines()]
    placed = 0
    for page, role, name in gold:
        path = Path(arguments[1]) / f"{page}.xml"
        found = credited(path) if path.exists() else []
        if any(role in said and words(name) == named for said, named in found):
            placed += 1
        else:
            print(f"  missed  {page}: {role}: {name}; found {found}")
    print(f"{placed} of {len(gold)} names in the right role ({placed / max(1, len(gold)):.3f})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
