"""Letters as a book, for pandoc to write: its document model, as JSON (pandoc-types 1.22, 1.23).

Each letter is a chapter, with who wrote to whom, its text, and its notes as notes; the
register comes last, and says of each entry in which letters it is. The words are those of the
source; blocks are paragraphs, and of what a page looks like only ``hi`` is kept.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZipFile, ZipInfo, is_zipfile

from lxml import etree

from epistola.exports import ExportError
from epistola.exports.addresses import addresses
from epistola.exports.entries import Known, T
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter, Mention, Named, is_passed_over
from epistola.exports.page.anchors import is_remark
from epistola.exports.page.words import SECTIONS, dating_words
from epistola.tree.read import BLOCKS, BREAKS

Node = dict[str, object]
"""A block or an inline of pandoc."""

MISSING = "pandoc is not installed: take it from https://pandoc.org/installing.html, and try again"
LONGEST = 600
"""How many seconds pandoc may take."""
PIECE = 1 << 20
LOOKS: Mapping[str, str] = MappingProxyType(
    {"italic": "Emph", "italics": "Emph", "bold": "Strong", "smallcaps": "SmallCaps"}
    | {"superscript": "Superscript", "sup": "Superscript", "subscript": "Subscript"}
    | {"underline": "Underline", "underlined": "Underline", "strikethrough": "Strikeout"}
)
"""``@rend`` -> the inline that looks so."""
TAGS: Mapping[str, str] = MappingProxyType(
    {"title": "Emph", "emph": "Emph", "foreign": "Emph", "del": "Strikeout"}
)
ITALIC_LEVELS = frozenset({"m", "j", "s"})
SPACE: Node = {"t": "Space"}
LINE: Node = {"t": "LineBreak"}
QUOTING = frozenset({"quote", "argument", "epigraph"})


@dataclass(frozen=True, slots=True)
class _Book:
    """What is known while a book is written: ids by key, entries, in which letters each is."""

    linked: bool
    ids: dict[str, str] = field(default_factory=dict)
    entries: dict[str, Known] = field(default_factory=dict)
    uses: dict[str, list[int]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)

    def take(self, entry: Known) -> str:
        """Return the id of ``entry`` in the book; the letter that is written now has it."""
        id_ = self.ids.setdefault(entry.key, f"entry-{len(self.ids) + 1}")
        self.entries.setdefault(entry.key, entry)
        uses = self.uses.setdefault(entry.key, [])
        if not uses or uses[-1] != len(self.titles):
            uses.append(len(self.titles))
        return id_


def book(letters: Letters, to: str, *options: str, linked: bool = True) -> Iterator[bytes]:
    """Yield what pandoc writes of ``letters`` in its format ``to``.

    With ``linked`` a name leads to its entry. Raises ExportError where pandoc is not installed,
    or fails.
    """
    program = shutil.which("pandoc")
    if program is None:
        raise ExportError(MISSING)
    with TemporaryDirectory() as folder:
        source, made = Path(folder) / "book.json", Path(folder) / "book"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(_document(letters, _version(program), linked=linked))
        command = [program, "--from=json", f"--to={to}", "--standalone", *options]
        _run([*command, f"--output={made}", str(source)])
        settled = _settled(made) if is_zipfile(made) else made
        with settled.open("rb") as file:
            yield from iter(lambda: file.read(PIECE), b"")


def _settled(made: Path) -> Path:
    """Return a copy of a ZIP archive in which no file says when it was written."""
    settled = made.with_suffix(".settled")
    with ZipFile(made) as source, ZipFile(settled, "w") as target:
        for one in source.infolist():
            plain = ZipInfo(one.filename)  # of 1 January 1980
            plain.compress_type = one.compress_type
            target.writestr(plain, source.read(one))
    return settled


def _version(program: str) -> object:
    """Return which version of the document model this pandoc has."""
    said = _run([program, "--from=markdown", "--to=json"])
    return json.loads(said)["pandoc-api-version"]


def _run(command: list[str]) -> str:
    # Times and identifiers of what is written depend on nothing but the letters.
    fixed = {**os.environ, "SOURCE_DATE_EPOCH": "315532800"}
    try:
        done = subprocess.run(  # noqa: S603 - the program that was asked for
            command, input="", capture_output=True, encoding="utf-8", timeout=LONGEST, env=fixed,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ExportError(f"pandoc cannot be run: {error}") from error
    if done.returncode:
        why = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise ExportError(f"pandoc cannot write this: {why}")
    return done.stdout


# ---- the document


def _document(letters: Letters, version: object, *, linked: bool) -> Iterator[str]:
    """Yield the document as JSON, a letter at a time."""
    title = letters.title or letters.name
    written = _Book(linked)
    meta = {"title": _meta(title), "lang": _meta(_language(letters))}
    meta["identifier"] = _meta(f"urn:uuid:{uuid5(NAMESPACE_URL, title)}")
    yield f'{{"pandoc-api-version": {json.dumps(version)}, "meta": {json.dumps(meta)}, "blocks": ['
    between = ""
    for letter in letters:
        written.titles.append(letter.title)
        for block in _letter(letter, written):
            yield between + json.dumps(block)
            between = ","
    for block in _register(written):
        yield between + json.dumps(block)
        between = ","
    yield "]}"


def _meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": list(_words(text))}


def _language(letters: Letters) -> str:
    return next((letter.language for letter in letters if letter.language), "en")


def _letter(letter: ExportedLetter, written: _Book) -> Iterator[Node]:
    number = len(written.titles)
    yield _header(1, f"letter-{number}", letter.title)
    who = [_called(letter.sender), _called(letter.addressee)]
    date = letter.date
    rest = [
        " to ".join(filter(None, who)),
        " ".join(letter.place.text.split()) if letter.place else "",
        (dating_words(date.dating) or " ".join(date.text.split())) if date else "",
    ]
    for one in (*letter.sender, *letter.addressee):
        for entry in one.entries:
            written.take(entry)
    if line := " · ".join(filter(None, rest)):
        yield _para([{"t": "Emph", "c": list(_words(line))}])
    text = letter.root.find(f"{T}text")
    mentions = {m.element: m for m in letter.mentions if m.element is not None}
    if text is not None:
        yield from _blocks(text, _Page(written, mentions))


def _called(who: Iterable[Named]) -> str:
    return ", ".join(
        " ".join(one.text.split()) or (one.entry.name if one.entry else "") for one in who
    )


# ---- the text


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known while a letter is written: the book, and the mentions by their elements."""

    book: _Book
    mentions: Mapping[etree._Element, Mention]


def _blocks(element: etree._Element, page: _Page) -> Iterator[Node]:
    """Yield the blocks of ``element``; words that stand in no block are a paragraph."""
    run: list[Node] = list(_words(element.text or ""))
    for child in element:
        if _is_block(child) and not is_passed_over(child):
            yield from _paragraph(run)
            run = []
            yield from _block(child, page)
        else:
            run += _inline(child, page)
        run += _words(child.tail or "")
    yield from _paragraph(run)


def _is_block(element: etree._Element) -> bool:
    name = _name(element)
    return name in BLOCKS or (name == "note" and not is_remark(element)) or _holds_blocks(element)


def _holds_blocks(element: etree._Element) -> bool:
    return _name(element) in {"quote", "q", "cit", "figure", "listBibl"} and any(
        _name(e) in BLOCKS for e in element.iterdescendants(etree.Element)
    )


def _block(element: etree._Element, page: _Page) -> Iterator[Node]:
    name = _name(element)
    inner = list(_blocks(element, page))
    if name == "head" and len(inner) == 1 and inner[0]["t"] == "Para":
        yield {"t": "Header", "c": [2, ["", [], []], inner[0]["c"]]}
    elif (name in QUOTING or name == "note") and inner:
        yield {"t": "BlockQuote", "c": inner}
    elif name in {"list", "table"} and inner:
        yield {"t": "BulletList", "c": [[one] for one in inner]}
    else:
        yield from inner


def _paragraph(run: list[Node]) -> Iterator[Node]:
    """Yield a paragraph of ``run`` without white space at its ends, if there is anything in it."""
    while run and run[0] == SPACE:
        run = run[1:]
    while run and run[-1] == SPACE:
        run = run[:-1]
    if run:
        yield _para(run)


def _inline(element: etree._Element, page: _Page) -> Iterator[Node]:
    if not isinstance(element.tag, str) or is_passed_over(element):
        return
    name = _name(element)
    if name in BREAKS:
        if element.get("break") != "no":
            yield LINE if _is_line(element) else SPACE
    elif name == "note" and is_remark(element):
        note: Node = {"t": "Note", "c": list(_blocks(element, page)) or [_para([])]}
        yield note
    else:
        inner = list(_words(element.text or ""))
        for child in element:
            inner += _inline(child, page)
            inner += _words(child.tail or "")
        yield from _dressed(element, inner, page)


def _is_line(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and _name(element) == "lb" and _name(parent) not in {"p", "ab", "seg"}


def _dressed(element: etree._Element, inner: list[Node], page: _Page) -> Iterator[Node]:
    """Yield the words of an element as they look, and linked to the entry that they name."""
    name = _name(element)
    look = LOOKS.get(element.get("rend", "").split(" ")[0].lower()) or TAGS.get(name)
    if name == "title" and element.get("level") not in ITALIC_LEVELS:
        look = None
    dressed: Node = {"t": look, "c": inner}
    done = [dressed] if look and inner else inner
    mention = page.mentions.get(element)
    ids = [page.book.take(entry) for entry in mention.entries] if mention is not None else []
    if ids and page.book.linked and not _has_links(element, page):
        yield _link(done, f"#{ids[0]}")
    else:
        yield from done


def _has_links(element: etree._Element, page: _Page) -> bool:
    """Return whether something in ``element`` is a link already, or a note."""
    inside = element.iterdescendants(etree.Element)
    return any(
        _name(one) == "note" or (one in page.mentions and page.mentions[one].entries)
        for one in inside
    )


def _words(text: str) -> Iterator[Node]:
    """Yield ``text`` with white space made single; that within it takes no node of its own."""
    words = " ".join(text.split())
    if text[:1].isspace():
        yield SPACE
    if words:
        yield {"t": "Str", "c": words}
        if text[-1:].isspace():
            yield SPACE


# ---- the register


def _register(written: _Book) -> Iterator[Node]:
    if not written.entries:
        return
    yield _header(1, "register", "Register")
    for kind, title in SECTIONS.items():
        found = [entry for entry in written.entries.values() if entry.kind == kind]
        if found:
            yield _header(2, f"register-{kind}", title)
        for entry in sorted(found, key=lambda one: (one.name.casefold(), one.key)):
            yield _para(_entry(entry, written))


def _entry(entry: Known, written: _Book) -> list[Node]:
    name: Node = {"t": "Strong", "c": list(_words(entry.name))}
    said: list[Node] = [{"t": "Span", "c": [[written.ids[entry.key], [], []], [name]]}]
    others = "; ".join(entry.names[1:])
    for text in filter(None, (f"({others})" if others else "", entry.note)):
        said += [SPACE, *_words(text)]
    for address in addresses(entry):
        said += [SPACE, _link([{"t": "Str", "c": address}], address)]
    for place, number in enumerate(written.uses.get(entry.key, ())):
        said += [{"t": "Str", "c": ";" if place else ":"}, SPACE]
        said.append(_link(list(_words(written.titles[number - 1])), f"#letter-{number}"))
    return said


def _link(words: list[Node], address: str) -> Node:
    return {"t": "Link", "c": [["", [], []], words, [address, ""]]}


def _para(inline: list[Node]) -> Node:
    return {"t": "Para", "c": inline}


def _header(level: int, id_: str, text: str) -> Node:
    return {"t": "Header", "c": [level, [id_, [], []], list(_words(text))]}


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
