"""Read the plain text of a letter once: bytes in, a `Source` out.

White space stays as it stands but for line ends, which become line feeds; a form feed
stays too and is a page break for the stages that follow.
"""

from __future__ import annotations

import codecs
import re
import sys
from hashlib import sha256
from pathlib import Path

from epistola.model import Finding, Report, Severity, Source, ignore

STDIN = "stdin"
"""The name of a source that was read from standard input."""

# UTF-32 first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FORMATS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive, as Word, OpenDocument and EPUB files are"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
)
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|TEI)\b", re.IGNORECASE)

CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r"})
# A stray control character is a fault to point at; many of them are another format.
MANY_CONTROLS = 0.3
MANY_CONTROLS_NOT_UTF8 = 0.05

# What XML 1.0, production 2 (Char), leaves out, but for the form feed, which never reaches
# the tree. Few ranges, for a large class is slow to compile.
FORBIDDEN = re.compile("[\0-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ReadError(Exception):
    """A text that cannot be read, in one sentence; ``line`` and ``column`` from one, or 0."""

    def __init__(
        self, message: str, path: Path | None = None, line: int = 0, column: int = 0
    ) -> None:
        super().__init__(message)
        self.path = path
        self.line = line
        self.column = column


def read(path: Path | None, encoding: str | None = None, report: Report = ignore) -> Source:
    """Return the source in the file ``path``, or on standard input where it is None.

    The source's name is the file's without its ending (and without what XML forbids),
    its digest the first 16 hexadecimal digits of the SHA-256 of its bytes. ``encoding``
    overrides what the bytes suggest; a text that is not UTF-8 is reported as a finding.

    Raises ReadError where there is no such file, or no plain text in it.
    """
    raw = read_bytes(path)
    name = STDIN if path is None else as_name(path.stem)
    try:
        text, findings = decode(raw, encoding)
        source = as_source(text, name, sha256(raw).hexdigest()[:16])
    except ReadError as error:
        raise ReadError(str(error), path, error.line, error.column) from None
    for finding in findings:
        report(finding)
    return source


def decode(
    raw: bytes, encoding: str | None = None, *, marked_up: bool = False
) -> tuple[str, list[Finding]]:
    """Return the characters that ``raw`` stands for, and a finding if it is not UTF-8.

    What is ``marked_up`` as HTML or XML is refused, unless that is what is wanted.
    UTF-8 or what a byte order mark says, else Windows-1252, else ISO 8859-1, in
    which every byte is a character.

    Raises ReadError where the bytes are no text, or not in the ``encoding`` named.
    """
    _refuse_formats(raw, marked_up=marked_up)
    if encoding is not None:
        return _named(raw, encoding)
    for mark, marked in MARKS:
        if raw.startswith(mark):
            text = _strict(raw, marked)
            return text, [] if marked == "utf-8" else [_told(marked, "its byte order mark says")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guessed(raw, error)
    _refuse_binary(raw, MANY_CONTROLS)
    return text, []


def read_bytes(path: Path | None) -> bytes:
    """Return the bytes of the file ``path``, or of standard input where it is None.

    Raises ReadError.
    """
    if path is None:
        if sys.stdin is None:
            raise ReadError("standard input is closed")
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError:
        message = "there is no such file"
    except IsADirectoryError:
        message = "this is a folder, not a file"
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
    raise ReadError(message, path)


def as_source(text: str, name: str, digest: str = "") -> Source:
    r"""Return ``text`` as a source: line ends made line feeds, a byte order mark left out.

    >>> as_source("Sir,\r\nI am", "a").text
    'Sir,\nI am'

    Raises ReadError for a text without words, or with a character that XML forbids.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise ReadError("there is no text in it")
    source = Source(name, text, digest)
    if found := FORBIDDEN.search(text):
        code = f"U+{ord(found[0]):04X}"
        message = f"the character {code} is not allowed in XML: remove it from the text"
        raise ReadError(message, None, *source.position(found.start()))
    return source


def as_name(name: str) -> str:
    """Return ``name`` as a source may be called: without what XML forbids."""
    return FORBIDDEN.sub("\ufffd", name.replace("\f", "\ufffd"))


def _named(raw: bytes, encoding: str) -> tuple[str, list[Finding]]:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):  # no such name, or not even a name
        message = f"“{encoding}” is no encoding; try utf-8, windows-1252 or iso-8859-1"
        raise ReadError(message) from None
    text = _strict(raw, name)
    return text, [] if name in {"utf-8", "utf-8-sig"} else [_told(name, "was asked for")]


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"it is not {encoding}: byte {error.start + 1} does not fit"
        raise ReadError(message + "; name another with --encoding") from None
    except (UnicodeError, LookupError):  # "undefined" and "base64" are no text encodings
        message = f"“{encoding}” does not turn bytes into text; try utf-8 or windows-1252"
        raise ReadError(message) from None


def _refuse_formats(raw: bytes, *, marked_up: bool) -> None:
    for magic, what in FORMATS:
        if raw.startswith(magic):
            raise ReadError(f"this is {what}: convert it to plain text first")
    if MARKUP.match(raw) and not marked_up:
        message = (
            "this is marked up already: name the file .xml if it is TEI, .html if it is a page"
        )
        raise ReadError(message + " (to check TEI, use “epistola check”)")


def _guessed(raw: bytes, error: UnicodeDecodeError) -> tuple[str, list[Finding]]:
    _refuse_binary(raw, MANY_CONTROLS_NOT_UTF8)
    place = f"byte {error.start + 1}, 0x{raw[error.start]:02X}, is not UTF-8"
    try:
        text, encoding = raw.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError:
        text, encoding = raw.decode("iso-8859-1"), "iso-8859-1"
    message = f"read as {encoding}, because {place}; if letters look wrong, use --encoding"
    return text, [Finding(Severity.WARNING, "encoding", message)]


def _told(encoding: str, by: str) -> Finding:
    return Finding(Severity.INFO, "encoding", f"read as {encoding}, as {by}")


def _refuse_binary(raw: bytes, share: float) -> None:
    controls = len(raw) - len(raw.translate(None, CONTROLS))
    if controls > share * len(raw):
        raise ReadError("this is a binary file: convert it to plain text first")
