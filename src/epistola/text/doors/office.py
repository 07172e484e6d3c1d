"""Letters written with Word or LibreOffice (DOCX, ODT), read by pandoc (https://pandoc.org).

Their text is what pandoc reads as words, in order: a blank line between paragraphs, a line
for each line break, the signs and numbers of lists, the cells of a table row divided by
tabs. A footnote's number stands in brackets where its mark is, and the notes stand under the
text. Changes that were tracked are accepted. Pictures are left out. Italics, bold, small
capitals, struck out and raised words are kept as highlighting.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from epistola.model import Report, ignore
from epistola.text.doors.page import Page
from epistola.text.opened import Opened
from epistola.text.read import FORBIDDEN, ReadError, as_name, read_bytes

PANDOC = "pandoc"
SECONDS = 120
RENDS = {
    "Emph": "italic",
    "Strong": "bold",
    "SmallCaps": "smallcaps",
    "Strikeout": "strikethrough",
    "Superscript": "superscript",
    "Subscript": "subscript",
    "Underline": "underline",
}
"""pandoc's kinds of inline markup -> how the words look."""

Tree = dict[str, Any]
"""A node of pandoc's document, as its JSON has it: {"t": its kind, "c": its content}."""


def read_office(
    path: Path, encoding: str | None = None, report: Report = ignore
) -> tuple[Opened, ...]:
    """Return the text of the DOCX or ODT file ``path``.

    Raises ReadError where it cannot be read or pandoc is not installed; an ``encoding`` is
    refused, for such a file has its own.
    """
    del report
    if encoding is not None:
        raise ReadError("such a file says itself how it is encoded: leave --encoding out")
    raw = read_bytes(path)
    page = written(blocks_of(_parsed(raw, path.suffix.lower().removeprefix("."))))
    name = as_name(path.stem)
    return (page.opened(name, sha256(raw).hexdigest()[:16]),)


STYLED = ("title", "subtitle", "author", "date", "abstract")
"""The styles of paragraphs that pandoc takes out of a document's text and keeps beside it."""


def blocks_of(document: Tree) -> list[Tree]:
    """Return the blocks of pandoc's ``document``, those that it took out first."""
    meta = [document["meta"][name] for name in STYLED if name in document["meta"]]
    return [*(block for value in meta for block in _styled(value)), *document["blocks"]]


def _styled(value: Tree) -> Iterator[Tree]:
    match value["t"]:
        case "MetaInlines":
            yield {"t": "Para", "c": value["c"]}
        case "MetaString":
            yield {"t": "Para", "c": [{"t": "Str", "c": value["c"]}]}
        case "MetaBlocks":
            yield from value["c"]
        case "MetaList":
            for one in value["c"]:
                yield from _styled(one)


def _parsed(raw: bytes, kind: str) -> Tree:
    """Return a document as pandoc reads it, in a sandbox."""
    program = shutil.which(PANDOC)
    if program is None:
        raise ReadError(
            "DOCX and ODT are read with pandoc, which is not installed: see"
            " https://pandoc.org/installing.html, or save the letter as plain text"
        )
    command = [program, "--sandbox", "--from", kind, "--to", "json", "--track-changes=accept"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file comes by standard input
            command, input=raw, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ReadError(f"pandoc has not read it in {SECONDS} seconds: divide it") from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise ReadError(f"pandoc cannot read it as {kind.upper()}: {said}")
    document: Tree = json.loads(done.stdout)
    return document


def written(blocks: Sequence[Tree]) -> Page:
    """Return the text of pandoc's ``blocks``, with its highlighting; its notes at the end."""
    writing = Writing(Page("office"), [])
    _blocks(writing, blocks)
    number = 0
    while number < len(writing.notes):  # a note may hold another
        note = writing.notes[number]
        number += 1
        writing.page.prefix = f"[{number}] "
        _blocks(writing, note)
    return writing.page


class Writing(NamedTuple):
    """A page that is being written, and the notes that are still to be; local to one file."""

    page: Page
    notes: list[list[Tree]]


# --- blocks: each writes the content of a node of its kind ----------------------------------


def _blocks(writing: Writing, blocks: Sequence[Tree]) -> None:
    for block in blocks:
        write = BLOCKS.get(block["t"])
        if write is not None:
            write(writing, block.get("c"))


def _paragraph(writing: Writing, inlines: Sequence[Tree]) -> None:
    if inlines:
        writing.page.block()
        _inlines(writing, inlines)


def _lines(writing: Writing, lines: Sequence[Sequence[Tree]]) -> None:
    writing.page.block()
    for at, line in enumerate(lines):
        writing.page.put("\n" * (at > 0))
        _inlines(writing, line)


def _items(writing: Writing, items: Iterable[tuple[str, list[Tree]]]) -> None:
    for at, (sign, blocks) in enumerate(items):
        if at and blocks and blocks[0]["t"] == "Plain":  # so pandoc calls items close together
            writing.page.gap = "\n"
        writing.page.prefix += sign
        _blocks(writing, blocks)
        if writing.page.prefix:  # an item without words
            writing.page.block()


def _numbered(writing: Writing, content: Any) -> None:
    (first, *_), items = content
    _items(writing, ((f"{number}. ", item) for number, item in enumerate(items, first)))


def _definitions(writing: Writing, pairs: Iterable[tuple[list[Tree], list[list[Tree]]]]) -> None:
    for term, definitions in pairs:
        _paragraph(writing, term)
        for definition in definitions:
            _blocks(writing, definition)


def _table(writing: Writing, content: Any) -> None:
    _, _, _, head, bodies, foot = content
    groups = [head[1], *(rows for body in bodies for rows in body[2:4]), foot[1]]
    for rows in groups:
        for _, cells in rows:
            _row(writing, [cell[4] for cell in cells])


def _row(writing: Writing, cells: Sequence[list[Tree]]) -> None:
    writing.page.block()
    for at, cell in enumerate(cells):
        writing.page.put("\t" * (at > 0))
        for block in cell:
            if block["t"] in {"Para", "Plain"}:
                _inlines(writing, block["c"])
            else:
                _blocks(writing, [block])


def _literal(writing: Writing, text: str) -> None:
    writing.page.block()
    writing.page.put(FORBIDDEN.sub("\ufffd", text))


BLOCKS: Mapping[str, Callable[[Writing, Any], None]] = MappingProxyType(
    {
        "Para": _paragraph,
        "Plain": _paragraph,
        "Header": lambda writing, c: _paragraph(writing, c[2]),
        "LineBlock": _lines,
        "BlockQuote": _blocks,
        "Div": lambda writing, c: _blocks(writing, c[1]),
        "Figure": lambda writing, c: _blocks(writing, c[2]),
        "BulletList": lambda writing, c: _items(writing, (("- ", item) for item in c)),
        "OrderedList": _numbered,
        "DefinitionList": _definitions,
        "Table": _table,
        "CodeBlock": lambda writing, c: _literal(writing, c[1]),
        "HorizontalRule": lambda writing, _: _literal(writing, "* * *"),
    }
)
"""pandoc's kinds of block -> what writes them; raw markup and what is empty is passed over."""

# --- words ---------------------------------------------------------------------------------


def _inlines(writing: Writing, inlines: Sequence[Tree]) -> None:
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        start = writing.page.length
        if kind in RENDS:
            _inlines(writing, content)
            writing.page.highlight(start, RENDS[kind])
        elif kind in INLINES:
            INLINES[kind](writing, content)


def _words(writing: Writing, text: str) -> None:
    writing.page.put(FORBIDDEN.sub("\ufffd", text))


def _quoted(writing: Writing, content: Any) -> None:
    kind, inlines = content
    opening, closing = QUOTES[kind["t"]]
    writing.page.put(opening)
    _inlines(writing, inlines)
    writing.page.put(closing)


QUOTES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
)


def _note(writing: Writing, blocks: list[Tree]) -> None:
    writing.notes.append(blocks)
    writing.page.put(f"[{len(writing.notes)}]")


INLINES: Mapping[str, Callable[[Writing, Any], None]] = MappingProxyType(
    {
        "Str": _words,
        "Space": lambda writing, _: _words(writing, " "),
        "SoftBreak": lambda writing, _: _words(writing, "\n"),
        "LineBreak": lambda writing, _: _words(writing, "\n"),
        "Quoted": _quoted,
        "Code": lambda writing, c: _words(writing, c[1]),
        "Math": lambda writing, c: _words(writing, c[1]),
        "Span": lambda writing, c: _inlines(writing, c[1]),
        "Cite": lambda writing, c: _inlines(writing, c[1]),
        "Link": lambda writing, c: _inlines(writing, c[1]),
        "Note": _note,
    }
)
"""pandoc's kinds of inline -> what writes them; pictures and raw markup are passed over."""
