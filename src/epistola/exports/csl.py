"""Works as CSL-JSON, for Zotero and citation processors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from epistola.exports import Format
from epistola.registers.bibliography.csl import write_item
from epistola.registers.bibliography.work import Work


def write(works: Iterable[Work]) -> Iterator[str]:
    """Yield a list of items, one after another."""
    before = "[\n"
    for work in works:
        item = json.dumps(write_item(work), ensure_ascii=False, indent=2)
        yield before + "  " + item.replace("\n", "\n  ")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


FORMAT = Format(
    write,
    "CSL-JSON",
    ".json",
    keeps="type, titles, names in their parts, dates with ranges, seasons and circa, numbers",
    loses="pointers to persons and journals, numbers of authority files, the words of a date",
)
