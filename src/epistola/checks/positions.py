"""Where everything in an XML file stands: line, column and span of tags, attributes and text.

lxml knows lines and nothing more. So the file is read a second time, for its markup
alone, and what is found is matched with lxml's tree in the order of the document. Lines
end as XML ends them (XML 1.0, 2.11: LF, CR, or both), columns count code points from
one, and spans are code points of the decoded file, without its byte order mark.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from lxml import etree

from epistola.model import Span

XML = "http://www.w3.org/XML/1998/namespace"

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""How each byte order mark says that a file is encoded; a longer one comes first."""

BARE: tuple[tuple[bytes, str], ...] = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""How a file without the mark begins in two-byte units (XML 1.0, appendix F)."""

DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")

# No group is repeated possessively: before 3.11.5, Python goes wrong there (cpython 106052).
QUOTED = r"\"[^\"]*\"|'[^']*'"
MARKUP = re.compile(
    rf"""
    <!--(?s:.*?)-->                                                         (?P<comment>)
    | <\?(?s:.*?)\?>                                                        (?P<instruction>)
    | <!\[CDATA\[(?s:.*?)\]\]>
    | <!DOCTYPE (?:[^\[\]"'<>]++|{QUOTED})*
      (?:\[ (?:[^\]"'<]++|<!--(?s:.*?)-->|<\?(?s:.*?)\?>|{QUOTED}|<)* \]\s*+)? >
    | </[^>]*+>                                                             (?P<end>)
    | <(?P<start>[^\s/>!?]++) (?:[^>"']++|{QUOTED})* >
    | &(?!(?:amp|lt|gt|quot|apos);)[^\s\#;&<]++;                            (?P<entity>)
    """,
    re.VERBOSE,
)
"""Everything in a well-formed file that is not text."""

ATTRIBUTE = re.compile(r"([^\s=\"'/<>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
LINE_END = re.compile(r"\r\n?|\n")
BLANK = re.compile(
    r"(?:[ \t\r\n]|&#(?:0*(?:9|10|13|32)|x0*(?:9|[aA]|[dD]|20));|<!\[CDATA\[|\]\]>)*"
)
"""White space as a file can write it, and the marks of a CDATA section."""


class Decoded(NamedTuple):
    """A file as text, and how it was encoded: ``bom`` and ``encoding`` bring the bytes back."""

    text: str
    encoding: str
    bom: bytes

    def to_bytes(self, text: str) -> bytes:
        """Return ``text`` as bytes of the same encoding; what that lacks becomes ``&#...;``."""
        return self.bom + text.encode(self.encoding, "xmlcharrefreplace")


def decode(raw: bytes) -> Decoded:
    """Return the XML file ``raw`` as text, by its mark, its declaration, or as UTF-8.

    What the encoding does not know becomes U+FFFD; an encoding that Python does not know
    is read as Latin-1, so that the markup at least is found.
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return Decoded(raw[len(bom) :].decode(encoding, "replace"), encoding, bom)
    encoding = _declared(raw)
    return Decoded(raw.decode(encoding, "replace"), encoding, b"")


def _declared(raw: bytes) -> str:
    for start, encoding in BARE:
        if raw.startswith(start):
            return encoding
    declared = DECLARED.match(raw)
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "latin-1"


class Place(NamedTuple):
    """A place in a file; both are counted from one."""

    line: int
    column: int


class Stretch(NamedTuple):
    """A place in a file and the characters that are meant."""

    line: int
    column: int
    span: Span


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute as it is written; ``value`` is what stands between the quotation marks."""

    name: str
    whole: Span
    label: Span
    value: Span


@dataclass(frozen=True, slots=True)
class Tag:
    """The tags of an element: ``<p n="1">`` and ``</p>``; one span for both in ``<p/>``."""

    name: str
    start: Span
    end: Span

    @property
    def is_empty(self) -> bool:
        """Return whether the element is one tag: ``<lb/>``."""
        return self.start == self.end

    @property
    def whole(self) -> Span:
        """Return the span of the element with all it holds."""
        return Span(self.start.start, self.end.end)

    @property
    def names(self) -> tuple[Span, ...]:
        """Return where the element's name is written: in its start tag, and in its end tag."""
        at = self.start.start + 1
        opening = Span(at, at + len(self.name))
        if self.is_empty:
            return (opening,)
        return (opening, Span(self.end.start + 2, self.end.start + 2 + len(self.name)))


class Positions:
    r"""Where the nodes of a tree stand in the well-formed file that it was parsed from.

    Any tree that lxml parsed from the same bytes can be asked about, as long as it has not
    been changed. Finding the markup takes one pass; attributes are read when asked for.

    >>> raw = b'<p>\n <hi rend="it"/> x</p>'
    >>> positions = Positions(raw)
    >>> hi = etree.fromstring(raw)[0]
    >>> positions.of(hi), positions.tail(hi)[:2]
    (Place(line=2, column=2), (2, 18))
    """

    def __init__(self, raw: bytes) -> None:
        self.decoded = decode(raw)
        self.text_of_file = self.decoded.text
        self._known: dict[etree._Element, Tag] = {}

    # ---- nodes

    def tag(self, node: etree._Element) -> Tag:
        """Return the tags of an element; of a comment or the like, its one span.

        Raises KeyError for a node of a tree that was parsed from another file.
        """
        if node not in self._known:
            self._known = dict(self._matched(node.getroottree().getroot()))
        return self._known[node]

    def of(self, node: etree._Element) -> Place:
        """Return where the start tag of ``node`` begins."""
        return self.place(self.tag(node).start.start)

    def attributes(self, element: etree._Element) -> tuple[Attribute, ...]:
        """Return the attributes of ``element`` as they are written, namespaces among them."""
        tag = self.tag(element)
        begin = tag.start.start + 1 + len(tag.name)
        return tuple(
            Attribute(
                found[1],
                Span(*found.span()),
                Span(*found.span(1)),
                Span(*found.span(2 if found[2] is not None else 3)),
            )
            for found in ATTRIBUTE.finditer(self.text_of_file, begin, tag.start.end)
        )

    def written(self, element: etree._Element, name: str) -> Attribute | None:
        """Return the attribute that lxml calls ``name``; none where a document type gives it."""
        names = set(_as_written(element, name))
        return next((one for one in self.attributes(element) if one.name in names), None)

    def attribute(self, element: etree._Element, name: str) -> Stretch:
        """Return where the attribute that lxml calls ``name`` stands, name and value.

        An attribute that is not written there is at the start tag that lacks it.
        """
        found = self.written(element, name)
        return self.stretch(found.whole if found else self.tag(element).start)

    # ---- text

    def text(self, element: etree._Element) -> Stretch:
        """Return the text between the start tag of ``element`` and the next tag.

        Line and column are those of its first character that is not white space.
        """
        tag = self.tag(element)
        if tag.is_empty:
            return self._stretch_of_text(tag.start.end, tag.start.end)
        return self._stretch_of_text(tag.start.end, self._next_markup(tag.start.end))

    def tail(self, node: etree._Element) -> Stretch:
        """Return the text between the end of ``node`` and the next tag, placed as by ``text``."""
        end = self.tag(node).end.end
        return self._stretch_of_text(end, self._next_markup(end))

    def _stretch_of_text(self, start: int, end: int) -> Stretch:
        blank = BLANK.match(self.text_of_file, start, end)
        first = blank.end() if blank else start
        return Stretch(*self.place(first if first < end else start), Span(start, end))

    def _next_markup(self, at: int) -> int:
        """Return where the first node at or after ``at`` begins; a CDATA section is text."""
        starts = self._starts
        number = bisect_right(starts, at - 1)
        return starts[number] if number < len(starts) else len(self.text_of_file)

    # ---- places

    def place(self, offset: int) -> Place:
        """Return line and column of the character at ``offset``."""
        line = bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)

    def stretch(self, span: Span) -> Stretch:
        """Return ``span`` with the place where it begins."""
        return Stretch(*self.place(span.start), span)

    @cached_property
    def _lines(self) -> list[int]:
        ends = (found.end() for found in LINE_END.finditer(self.text_of_file))
        return [0, *ends]

    # ---- the markup of the file

    @cached_property
    def _nodes(self) -> Mapping[str, list[Tag]]:
        """Return the nodes of the file by kind, each kind in the order of the document."""
        return _scan(self.text_of_file)

    @cached_property
    def _starts(self) -> list[int]:
        begins = [tag.start.start for tags in self._nodes.values() for tag in tags]
        ends = [tag.end.start for tag in self._nodes["start"]]
        return sorted({*begins, *ends})

    def _matched(self, root: etree._Element) -> Iterator[tuple[etree._Element, Tag]]:
        """Yield each node of the tree with its place in the file.

        Kinds are matched apart, for a parser may have been told to leave comments out.
        """
        yield from zip(root.iter("*"), self._nodes["start"], strict=True)
        for kind, wanted in KINDS.items():
            yield from zip(root.iter(wanted), self._nodes[kind], strict=False)


KINDS: Mapping[str, Any] = {
    "comment": etree.Comment,
    "instruction": etree.ProcessingInstruction,
    "entity": etree.Entity,
}
"""What lxml wants to be asked with for the nodes of a kind; its stubs call them functions."""


def _scan(text: str) -> dict[str, list[Tag]]:
    """Return the nodes within the outermost element, by kind."""
    found: dict[str, list[Tag]] = {"start": [], **{kind: [] for kind in KINDS}}
    tags = found["start"]
    open_tags: list[int] = []
    for markup in MARKUP.finditer(text):
        kind = markup.lastgroup
        if kind == "start":
            span = Span(*markup.span())
            if not markup[0].endswith("/>"):
                open_tags.append(len(tags))
            tags.append(Tag(markup["start"], span, span))
        elif kind == "end":
            number = open_tags.pop()
            tags[number] = Tag(tags[number].name, tags[number].start, Span(*markup.span()))
        elif kind and open_tags:
            found[kind].append(Tag("", Span(*markup.span()), Span(*markup.span())))
    return found


def _as_written(element: etree._Element, name: str) -> Iterator[str]:
    """Yield the ways in which ``element`` can write the attribute ``{namespace}name``."""
    namespace, _, local = name.rpartition("}")
    if not namespace:
        yield local
        return
    prefixes = {**element.nsmap, "xml": XML}
    for prefix, known in prefixes.items():
        if prefix and known == namespace[1:]:
            yield f"{prefix}:{local}"
