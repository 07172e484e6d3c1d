"""Tell the text of a Project Gutenberg file from the header and the licence around it.

The two lines of asterisks between which the text stands are described at
https://www.gutenberg.org/help/file_formats.html; older files end their "small print" and
begin their last line in other words, which are known here, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from epistola.model import Finding, Severity, Source, Span

START = re.compile(
    r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG E(?:BOOK|TEXT)[^\n]*(?:\n[^\n]+){0,2}?\*\*\*"
    r"[ \t]*$|^\*END\*? ?THE SMALL PRINT![^\n]*\*END\*[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
END = re.compile(
    r"^\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG E(?:BOOK|TEXT)"
    r"|^End of (?:the |this )?Project Gutenberg(?:'s|’s| E(?:BOOK|TEXT))",
    re.IGNORECASE | re.MULTILINE,
)
FIELD = re.compile(r"^(?P<name>[A-Z][A-Za-z ]{2,24}):[ \t]+(?P<value>\S[^\n]*(?:\n {6,}\S[^\n]*)*)")
NUMBER = re.compile(r"\[\s*E(?:Book|Text)\s*#\s*(\d+)\s*\]", re.IGNORECASE)
NAMED = ("Title", "Author", "Editor", "Translator", "Release Date", "Language")


@dataclass(frozen=True, slots=True)
class Ebook:
    """What a Project Gutenberg file says of itself, and where its text stands in the file.

    ``header`` and ``footer`` are what stands around ``text``; each value is empty where
    the header does not give it.
    """

    header: Span
    text: Span
    footer: Span
    title: str = ""
    author: str = ""
    editor: str = ""
    translator: str = ""
    released: str = ""
    number: str = ""
    said: str = ""


def ebook(source: Source) -> Ebook | None:
    """Return what is known of ``source`` as a Project Gutenberg file, none where it is not one."""
    start = START.search(source.text)
    end = END.search(source.text, start.end() if start else 0)
    if start is None:
        return None
    stop = end.start() if end else len(source.text)
    header = source.text[: start.end()]
    said = _fields(header)
    number = NUMBER.search(header)
    released = NUMBER.sub("", said.get("Release Date", "")).strip(" .,")
    return Ebook(
        header=Span(0, start.end()),
        text=Span(start.end(), stop),
        footer=Span(stop, len(source.text)),
        title=said.get("Title", ""),
        author=said.get("Author", ""),
        editor=said.get("Editor", ""),
        translator=said.get("Translator", ""),
        released=released.split("\n")[0],
        number=number[1] if number else "",
        said=" ".join(header.split()),
    )


def _fields(header: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in re.split(r"\n(?=[A-Z])", header):
        match = FIELD.match(line)
        if match and match["name"] in NAMED:
            found.setdefault(match["name"], " ".join(match["value"].split()))
    return found


def without(source: Source, book: Ebook) -> Source:
    """Return the text of ``book`` alone, as a source of the same name."""
    return Source(source.name, source[book.text], source.digest)


def left_out(source: Source, book: Ebook) -> Finding:
    """Return the finding that says which lines are not encoded as text."""
    first = source.position(book.text.start)[0]
    last = source.position(book.text.end)[0]
    lines = len(source.line_starts) - source.text.endswith("\n")
    message = (
        f"lines 1 to {first} and {last} to {lines} are Project Gutenberg's header and licence:"
        " they describe the source and are no part of the text"
    )
    return Finding(Severity.INFO, "gutenberg", message, book.header)


def suggestion() -> Finding:
    """Return the finding that names the option, for a file that is encoded with all it holds."""
    message = (
        "this is a Project Gutenberg file, and its header and licence are encoded as text:"
        " with --gutenberg they describe the source instead"
    )
    return Finding(Severity.WARNING, "gutenberg", message, Span(0, 0))
