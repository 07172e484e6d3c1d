"""Letters sent as mail: a message (RFC 5322), or a mailbox of them (RFC 4155, mbox).

The text of a mail is its header lines From, To, Cc, Date and Subject, in the order of the
mail and as they read once decoded (RFC 2047), a blank line, and its first part in plain
text, decoded. Other header lines, parts and attachments are no text; a part that is left
out is reported.
"""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from epistola.model import Fact, Finding, Report, Severity, Span, ignore
from epistola.text.opened import Opened
from epistola.text.read import FORBIDDEN, ReadError, as_name, as_source, read_bytes

SHOWN = ("from", "to", "cc", "date", "subject")


def read_message(
    path: Path, encoding: str | None = None, report: Report = ignore
) -> tuple[Opened, ...]:
    """Return the letter that the message in the file ``path`` is. Raises ReadError."""
    raw = read_bytes(path)
    message = message_from_bytes(raw, policy=policy.default)
    return (_letter(message, raw, path.stem, encoding, report),)


def read_mailbox(
    path: Path, encoding: str | None = None, report: Report = ignore
) -> tuple[Opened, ...]:
    """Return the letters of the mailbox in the file ``path``, in order. Raises ReadError."""
    read_bytes(path)  # says in one sentence what is wrong with a path
    box = mailbox.mbox(path, create=False)
    try:
        raws = [box.get_bytes(key) for key in box.iterkeys()]
    finally:
        box.close()
    if not raws:
        raise ReadError("there is no message in it: each begins with a line “From ”", path)
    width = max(3, len(str(len(raws))))
    return tuple(
        _letter(
            message_from_bytes(raw, policy=policy.default),
            raw,
            f"{path.stem}-{number:0{width}}",
            encoding,
            report,
        )
        for number, raw in enumerate(raws, 1)
    )


def _letter(
    message: EmailMessage, raw: bytes, name: str, encoding: str | None, report: Report
) -> Opened:
    lines = list(_lines(message))
    head = "\n".join(f"{label}: {value}" for label, value in lines)
    body = _body(message, name, encoding, report)
    text = f"{head}\n\n{body}" if head else body
    digest = sha256(raw).hexdigest()[:16]
    source = as_source(FORBIDDEN.sub("\ufffd", text), as_name(name), digest)
    if not head:
        return Opened(source)
    facts = {label.lower(): _fact(source.text, label) for label, _ in lines}
    return Opened(
        source,
        head=Span(0, len(head)),
        author=facts.get("from"),
        addressee=facts.get("to"),
        date=facts.get("date"),
        title=facts.get("subject"),
    )


def _fact(text: str, label: str) -> Fact:
    """Return what the header line ``label`` says, and where."""
    start = f"\n{text}".index(f"\n{label}: ") + len(label) + 2
    end = text.find("\n", start)
    span = Span(start, end if end >= 0 else len(text))
    return Fact(text[span.start : span.end], span, f"mail.{label.lower()}")


def _lines(message: EmailMessage) -> Iterator[tuple[str, str]]:
    """Yield the header lines that belong to the letter, each once and on one line."""
    seen = set()
    for label, value in message.raw_items():
        if label.lower() in SHOWN and label.lower() not in seen:
            seen.add(label.lower())
            if said := _decoded(str(value)):
                yield label, said


def _decoded(value: str) -> str:
    try:
        value = str(make_header(decode_header(value)))
    except (LookupError, UnicodeError, ValueError):  # an unknown or a broken encoding
        value = str(value)
    return " ".join(value.split())


def _body(message: EmailMessage, name: str, encoding: str | None, report: Report) -> str:
    """Return the first part of a mail that is plain text, decoded."""
    plain = next((p for p in message.walk() if p.get_content_type() == "text/plain"), None)
    others = [p for p in message.walk() if not p.is_multipart() and p is not plain]
    if others:
        kinds = ", ".join(sorted({part.get_content_type() for part in others}))
        report(
            Finding(
                Severity.WARNING, "mail", f"{name}: only its plain text is encoded, not {kinds}"
            )
        )
    if plain is None:
        return ""
    raw = plain.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    for charset in (encoding, plain.get_content_charset(), "utf-8", "windows-1252"):
        try:
            if charset:
                return data.decode(charset).replace("\r\n", "\n")
        except (LookupError, UnicodeError):
            continue
    return data.decode("iso-8859-1")
