"""The one parser for files that others wrote: what it reads, and nothing else.

No network, no file but the one given, no document type from outside, no XInclude; the
entities that a file declares itself are put in place, as an XML processor must
(XML 1.0, 4.4), but only as far as they do not swell it. What is too large, too deep or
hides its markup is refused before or while it is read, with the place and the reason.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from epistola.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost: bytes, and marks (each ``<`` and each ``=`` is one).

    A mark is an element or an attribute at the most, and libxml2 needs about 200 bytes
    for one with its text.
    """

    size: int = 64_000_000
    marks: int = 1_000_000


LIMITS = Limits()
"""TEI's own guidelines for machines, 71,000 lines in one file, have 162,000 marks."""

DEPTH = 256
"""How deep elements may be nested: libxml2's own limit, which lxml leaves as it is."""

ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in """
        utf-8 utf-16 utf-16-le utf-16-be utf-32 ascii koi8-r koi8-u mac-roman
        iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7
        iso-8859-8 iso-8859-9 iso-8859-10 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16
        cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258
        shift-jis euc-jp euc-kr gb2312 gbk gb18030 big5
    """.split()
)
"""The encodings in which ``<`` is always written as such, so that what is seen is there."""

POSITION = re.compile(r", line \d+, column \d+$")
"""What libxml2 repeats at the end of its message."""

ENTITY = re.compile(r"Entity '([^']*)' not defined")
UNDECLARED = frozenset({26, 27})
RESOURCES, LOOP = 114, 89
"""Numbers of libxml2's errors: XML_ERR_UNDECLARED_ENTITY and its like."""

TOO_MUCH = r"amplification|XML_PARSE_HUGE|too (?:big|long|large)"
"""How libxml2 says, under other numbers in its older versions, that a file is too much."""

LONGEST = 400
"""How long a message may be; a name in it can be as long as 50,000 characters."""

REASONS: tuple[tuple[str, str], ...] = (
    (
        r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)",
        r"</\3> stands where <\1>, opened in line \2, is still open: write </\1> before it",
    ),
    (
        r"Premature end of data in tag (\S+) line (\d+)",
        r"the file ends before <\1>, opened in line \2, is closed: write </\1>",
    ),
    (r"Attribute (\S+) redefined", r"the attribute \1 is given twice: take one out"),
    (r"xmlParseEntityRef: no name", r"“&” stands alone: write &amp;"),
    (
        r"EntityRef: expecting ';'",
        r"what begins with “&” ends with a semicolon; for the sign itself write &amp;",
    ),
    (
        r"Unescaped '<' not allowed in attributes values",
        r"“<” stands in the value of an attribute: write &lt;, or close the value before it",
    ),
    (
        r"AttValue: \" or ' expected",
        r'the value of an attribute stands in straight quotation marks, as in n="1"',
    ),
    (r"AttValue: ' expected", r"the value of an attribute is never closed: write its mark"),
    (
        r"Specification mandates value for attribute (\S+)",
        r'the attribute \1 has no value: write \1="", with the value between the marks',
    ),
    (
        r"StartTag: invalid element name",
        r"“<” begins no tag here: for the sign itself write &lt;",
    ),
    (
        r"error parsing attribute name|Couldn't find end of Start Tag",
        r"the tag is not closed, or what stands in it is no attribute: write “>” before this",
    ),
    (r"attributes construct error", r"a space is wanted before the next attribute"),
    (r"Document is empty", r"the file is empty"),
    (r"Start tag expected", r"the file does not begin with a tag"),
    (
        r"Extra content at the end of the document",
        r"something follows the end of the outermost element: move it inside, or take it out",
    ),
    (
        r"(?:PCDATA invalid Char value|Invalid character: Char|.*invalid xmlChar value) (\w+)",
        r"XML forbids the character number \1: take it out",
    ),
    (
        r"Invalid bytes in character encoding",
        r"a byte is not of the encoding that the file says it has: save the file as UTF-8",
    ),
    (r"Unsupported encoding: (\S+)", r"the encoding \1 is not known: save the file as UTF-8"),
    (
        r"XML declaration allowed only",
        r"the XML declaration stands first in the file: nothing, not even a space, before it",
    ),
    (
        r"Namespace prefix (\S+) (?:for \S+ )?on (\S+) is not defined",
        r"the prefix \1: at <\2> is not declared: declare it as xmlns:\1, or take it out",
    ),
    (r"Double hyphen within comment", r"“--” may not stand within a comment"),
    (r"Comment not terminated", r"the comment is never closed: write --> at its end"),
    (r"Sequence ']]>' not allowed", r"“]]>” may not stand in the text: write ]]&gt;"),
    (r"CData section not finished", r"the CDATA section is never closed: write ]]> at its end"),
)
"""What libxml2 says of a file that is no XML, and the same in words that say what to do.

The patterns are compiled when there is something to say."""


class UnreadableError(ValueError):
    """A file is not read; ``line`` and ``column`` count from one, ``code`` is a finding's."""

    code = "xml"

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message[:LONGEST]
        self.line = max(line, 1)
        self.column = max(column, 1)

    def finding(self) -> Finding:
        """Return the one finding that there is about such a file."""
        return Finding(Severity.ERROR, self.code, self.message, line=self.line, column=self.column)


class MalformedError(UnreadableError):
    """A file is not well-formed XML."""


class UnsafeError(UnreadableError):
    """A file asks for more than a file may: other files, or boundless memory."""

    code = "unsafe"


def parse(raw: bytes, limits: Limits = LIMITS, *, recover: bool = False) -> etree._ElementTree:
    """Return the tree of the XML file ``raw``; ids used twice are left for the rules to find.

    With ``recover`` the tree of a file that is not well-formed is what libxml2 can make of
    it: for a file that is only read, never for one that is to be written again.

    Raises UnsafeError for what is over ``limits`` or needs another file, MalformedError
    for what is no XML.
    """
    refuse_size(len(raw), limits)
    _refuse_marks(raw, limits)
    try:
        root = etree.fromstring(raw, _parser(recover=recover))
    except etree.XMLSyntaxError as error:
        raise _explained(error, raw) from None
    if root is None:  # so it is in recovering only
        raise MalformedError("not well-formed XML: there is no element in it")
    tree = etree.ElementTree(root)
    _refuse_encoding(tree)
    return tree


def refuse_size(size: int, limits: Limits = LIMITS) -> None:
    """Raise UnsafeError for a file of so many bytes; may be asked before it is read."""
    if size > limits.size:
        raise UnsafeError(
            f"the file has {size // 1_000_000} MB, and no more than"
            f" {limits.size // 1_000_000} are read: divide it"
        )


def _refuse_marks(raw: bytes, limits: Limits) -> None:
    marks = raw.count(b"<") + raw.count(b"=")
    if marks > limits.marks:
        raise UnsafeError(
            f"the file has about {marks:,} tags and attributes, and no more than"
            f" {limits.marks:,} are read: divide it"
        )


def _refuse_encoding(tree: etree._ElementTree) -> None:
    name = tree.docinfo.encoding or "utf-8"
    try:
        known = codecs.lookup(name).name in ENCODINGS
    except LookupError:
        known = False
    if not known:
        raise UnsafeError(
            f"the encoding {name} can hide markup and is not read: save the file as UTF-8"
        )


class _Nothing(etree.Resolver):
    """Stands for every file that a document wants to have read with it."""

    def resolve(self, *asked: Any) -> Any:
        """Answer (URL, public identifier, context) with an empty file."""
        return self.resolve_string("", asked[-1], base_url="")


def _parser(*, recover: bool = False) -> etree.XMLParser:
    parser = etree.XMLParser(
        recover=recover,
        collect_ids=False,
        resolve_entities="internal",  # type: ignore[arg-type] # not in the stubs
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    # With collect_ids off, lxml asks for a document type's files, whatever load_dtd says.
    parser.resolvers.add(_Nothing())
    return parser


def _explained(error: etree.XMLSyntaxError, raw: bytes) -> UnreadableError:
    line, column = (number or 1 for number in error.position)
    message = POSITION.sub("", str(error.msg)).strip()
    code: int = getattr(error, "code", 0)  # the stubs have no such attribute
    if code in {RESOURCES, LOOP} or re.search(TOO_MUCH, message):
        return UnsafeError(_too_much(message), line, column)
    entity = ENTITY.match(message)
    if code in UNDECLARED and entity:
        return _undeclared(entity[1], raw, line, column)
    return MalformedError(f"not well-formed XML: {_reason(message)}", line, column)


def _reason(message: str) -> str:
    """Return what libxml2 says in words that say what to do; its own where we have none."""
    for pattern, words in REASONS:
        found = re.match(pattern, message)
        if found:
            return found.expand(words)
    return " ".join(message.split())


def _too_much(message: str) -> str:
    if "amplification" in message or "loop" in message:
        return "its entities swell to far more text than the file holds: write the text itself"
    if "depth" in message:
        return f"elements are nested more than {DEPTH} deep, and are not read further"
    return "one text, comment or value is longer than 10 MB: keep such data in a file of its own"


def _undeclared(name: str, raw: bytes, line: int, column: int) -> UnreadableError:
    outside = rf"<!ENTITY\s+(?:%\s+)?{re.escape(name)}\s+(?:SYSTEM|PUBLIC)\b".encode()
    if re.search(outside, raw):
        return UnsafeError(
            f"the entity {name} would be read from another file, which is never done:"
            " put its text in its place",
            line,
            column,
        )
    return MalformedError(
        f"not well-formed XML: the entity &{name}; is not declared in this file (document"
        " types elsewhere are not read): write the character itself",
        line,
        column,
    )
