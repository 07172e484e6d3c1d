"""Letters on web pages (HTML).

Their text is what Resiliparse (https://resiliparse.chatnoir.eu) takes for the main content
of the page, a line for each line break and a blank line between blocks: every word of it
is a word of the page, in the page's order. How much of the page is left out is reported.
"""

from __future__ import annotations

import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from epistola.model import Finding, Report, Severity, ignore
from epistola.text.opened import Opened
from epistola.text.read import FORBIDDEN, ReadError, as_name, as_source, decode, read_bytes

CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
HEAD = 4096
"""How many bytes at the start of a page may name its encoding (HTML standard: 1024)."""


def read_html(
    path: Path, encoding: str | None = None, report: Report = ignore
) -> tuple[Opened, ...]:
    """Return the text of the page in the file ``path``. Raises ReadError."""
    raw = read_bytes(path)
    page = _decoded(raw, encoding, report)
    text, words = main_text(page)
    if not text.strip():
        raise ReadError("no text of a letter is found in this page")
    kept = len(text.split())
    message = (
        f"{kept} of the {words} words of the page are taken for its text, as Resiliparse"
        f" {version('resiliparse')} finds it; the rest (menus, footers) is left out"
    )
    report(Finding(Severity.INFO, "html", message))
    name = as_name(path.stem)
    return (Opened(as_source(text, name, sha256(raw).hexdigest()[:16])),)


def main_text(page: str) -> tuple[str, int]:
    """Return the text of ``page``, and how many words the whole page has.

    Raises ReadError where Resiliparse is not installed.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - an extra
    except ImportError:
        raise ReadError(
            "web pages are read with Resiliparse: pip install 'epistola[html]'"
        ) from None
    text = extract_plain_text(page, main_content=True, alt_texts=False)
    whole = extract_plain_text(page, main_content=False, alt_texts=False)
    return FORBIDDEN.sub("\ufffd", f"{text}\n"), len(whole.split())


def _decoded(raw: bytes, encoding: str | None, report: Report) -> str:
    """Return the characters of a page: in the encoding named, or that it names, or as a text."""
    named = CHARSET.search(raw, 0, HEAD)
    if encoding is None and named is not None:
        try:
            return raw.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeError):
            report(
                Finding(
                    Severity.WARNING,
                    "encoding",
                    f"the page says that it is {named[1].decode('ascii')}, and is not",
                )
            )
    text, findings = decode(raw, encoding, marked_up=True)
    for finding in findings:
        report(finding)
    return text
