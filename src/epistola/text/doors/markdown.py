"""Letters written in Markdown (CommonMark 0.31).

Its text is the file without the characters that are markup: the signs of headings,
of emphasis, code and block quotations, the addresses of links and images, tags and comments
of HTML, and the backslash before a sign that is meant as such; an entity is the character
that it stands for. The signs and numbers of lists and the lines of asterisks or hyphens
between sections stay, for a reader of the text needs them. Emphasis is kept as
highlighting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from epistola.model import Finding, Report, Severity, ignore
from epistola.text.doors.page import Page
from epistola.text.opened import Opened
from epistola.text.read import as_name, decode, read_bytes

RENDS = {"em": "italic", "strong": "bold"}
"""How CommonMark's two kinds of emphasis are printed."""
FRONT = re.compile(r"---[ \t]*\n(.*?\S.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
"""Lines about the text at the top of a file, between two lines of hyphens."""
LINE_END = re.compile(r"\r\n?|\n")
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def read_markdown(
    path: Path, encoding: str | None = None, report: Report = ignore
) -> tuple[Opened, ...]:
    """Return the text in the Markdown file ``path``. Raises ReadError."""
    raw = read_bytes(path)
    text, findings = decode(raw, encoding)
    for finding in findings:
        report(finding)
    name = as_name(path.stem)
    return (written(text, report).opened(name, sha256(raw).hexdigest()[:16]),)


def written(text: str, report: Report = ignore) -> Page:
    """Return the text of the Markdown ``text``, with its highlighting."""
    page = Page("markdown")
    front = FRONT.match(text := text.removeprefix("\ufeff"))
    if front is not None:
        page.block()
        page.put(front[1])
        text = text[front.end() :]
    tokens = MarkdownIt("commonmark").parse(text)
    lines = LINE_END.split(text)
    depth = items = 0
    for token in tokens:
        if token.tag in {"ul", "ol"}:
            depth += token.nesting
            items = 0
        elif token.type == "list_item_open":
            indent = "" if page.prefix else "  " * (depth - 1)
            page.prefix += f"{indent}{token.info}{token.markup} "
            items += 1
        elif token.type == "paragraph_open" and token.hidden and items > 1:
            page.gap = "\n"
        elif token.type == "list_item_close" and page.prefix:  # an item without words
            page.block()
        elif token.type == "inline":
            page.block()
            _inline(page, token.children or [])
        elif token.type in BLOCKS:
            page.block()
            page.put(_plain(token, lines))
    _tell(tokens, report)
    return page


BLOCKS = frozenset({"code_block", "fence", "hr", "html_block"})


def _plain(token: Token, lines: Sequence[str]) -> str:
    """Return the words of a block that holds no inline markup; ``lines`` are the file's."""
    if token.type == "hr" and token.map:
        return lines[token.map[0]].lstrip("> ").rstrip()
    if token.type == "html_block":
        return TAG.sub("", token.content).strip("\n")
    return f"{token.info.strip()}\n{token.content}".strip("\n")


def _inline(page: Page, tokens: Sequence[Token]) -> None:
    starts: list[int] = []
    for token in tokens:
        kind, _, what = token.type.rpartition("_")
        if kind in RENDS:
            if what == "open":
                starts.append(page.length)
            else:
                page.highlight(starts.pop(), RENDS[kind])
        elif token.type in {"softbreak", "hardbreak"}:
            page.put("\n")
        elif token.type == "image":
            _inline(page, token.children or [])
        elif token.type != "html_inline":
            page.put(token.content)


def _tell(tokens: Sequence[Token], report: Report) -> None:
    """Say what of the file is no text and may be missed: addresses of links, quotations."""
    inner = [child for token in tokens for child in token.children or []]
    links = sum(token.type in {"link_open", "image"} for token in inner)
    quotes = sum(token.type == "blockquote_open" for token in tokens)
    for number, what in (
        (links, "the addresses of {} links and images are left out"),
        (quotes, "{} block quotations are encoded as paragraphs"),
    ):
        if number:
            report(Finding(Severity.INFO, "markdown", what.format(number)))
