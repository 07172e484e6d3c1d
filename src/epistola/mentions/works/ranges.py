"""Tell where a work is printed from the passage in it that is cited (TEI P5, 3.12.2.5).

The volume, and the pages of an article in its journal, belong to the work: ``biblScope``. The
page of a book that somebody points to belongs to his reference: ``citedRange``.
"""

from __future__ import annotations

import re

WHOLE = frozenset({"volume", "issue", "part"})
"""Units in which a work is published; every other is a passage of it."""
EXTENT = re.compile(r"[\divxl]+-[\divxl]+")


def kind_of_range(unit: str, *, printed: bool) -> str:
    """Return the kind of a volume or a page: ``scope`` or ``citedRange``.

    ``printed`` says that a page is where an article is printed.

    >>> kind_of_range("volume", printed=False), kind_of_range("act", printed=False)
    ('scope', 'citedRange')
    """
    return "scope" if printed or unit in WHOLE else "citedRange"


def is_extent(pages: str) -> bool:
    """Return whether ``pages`` run from the first of an article to its last.

    >>> is_extent("45-67"), is_extent("45")
    (True, False)
    """
    return EXTENT.fullmatch(pages) is not None


def key_of_unit(unit: str) -> str:
    """Return the name under which a reference keeps the number of ``unit``.

    >>> key_of_unit("volume"), key_of_unit("book")
    ('volume', 'bookNumber')
    """
    return "bookNumber" if unit == "book" else unit  # "book" is what a chapter stands in
