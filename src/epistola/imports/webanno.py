"""W3C Web Annotations of a letter's text, as ``exports.webanno`` or Recogito writes them.

The file is a list of annotations, an AnnotationPage, or an AnnotationCollection. A place is
found by its position, in code points or UTF-16, if the words quoted stand there; else by the
quotation, if it is there once.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from epistola.exports.letters import ExportedLetter
from epistola.imports import ImportFileError, Mark, kind_of_label, said
from epistola.model import Finding, Span

TAGGING = frozenset({"tagging", "classifying"})
"""What a body is for that says what sort of thing is named."""
LINKING = frozenset({"identifying", "linking"})

Object = Mapping[str, Any]


def read(raw: bytes, letter: ExportedLetter) -> tuple[list[Mark], list[Finding]]:
    """Return the marks of the annotations in ``raw``; see ``imports.Reader``."""
    marks: list[Mark] = []
    findings: list[Finding] = []
    places = _utf_16(letter.text)
    for number, one in enumerate(_annotations(raw), 1):
        kind, span = _kind(one), _span(one, letter.text, places)
        if span is None:
            findings.append(_lost(one, number))
        elif not kind:
            message = f"annotation {number} (“{letter.text[span.start : span.end]}”) is passed over"
            findings.append(said("no-kind", f"{message}: it has no tag that is a kind", span))
        else:
            marks.append(Mark(span, kind, _pointer(one, letter), dict(_values(one)) or None))
    return marks, findings


def _lost(one: Object, number: int) -> Finding:
    exact = _selector(one, "TextQuoteSelector").get("exact", "")
    shown = f" (“{exact}”)" if exact else ""
    return said(
        "moved",
        f"annotation {number}{shown} is left out: its words are not where it says, and not in one"
        " place elsewhere",
    )


def _annotations(raw: bytes) -> list[Object]:
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise ImportFileError(f"this is no JSON: {error}") from None
    found = data
    if isinstance(found, dict) and isinstance(found.get("first"), dict):
        found = found["first"]
    if isinstance(found, dict):
        found = found.get("items", [found] if found.get("type") == "Annotation" else None)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ImportFileError("this JSON is neither a list nor an AnnotationPage of annotations")
    return found


# ---- where


def _span(one: Object, text: str, places: list[int]) -> Span | None:
    """Return where in ``text`` the words are that ``one`` is about, without space around them."""
    quoted, position = _selector(one, "TextQuoteSelector"), _selector(one, "TextPositionSelector")
    exact = quoted.get("exact")
    candidates = [span for span in _positions(position, places) if span.end <= len(text)]
    if not isinstance(exact, str):
        return _stripped(text, candidates[0]) if candidates else None
    fitting = [span for span in candidates if text[span.start : span.end] == exact]
    whole = [span for span in fitting if _fits(quoted, text, span)]
    best = whole or fitting or _quoted(quoted, text)
    return _stripped(text, best[0]) if len(best) == 1 or whole or fitting else None


def _positions(position: Object, places: list[int]) -> Iterator[Span]:
    """Yield the spans that a position may mean, in code points first."""
    start, end = position.get("start"), position.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        return
    yield Span(start, end)
    if places[-1] > len(places) - 1 and end <= places[-1]:
        yield Span(bisect_left(places, start), bisect_left(places, end))


def _utf_16(text: str) -> list[int]:
    return [0, *accumulate(1 + (character > "\uffff") for character in text)]


def _quoted(quoted: Object, text: str) -> list[Span]:
    """Return where the quotation stands: with its context, if that is anywhere."""
    exact = quoted.get("exact", "")
    if not exact.strip():
        return []
    found: list[Span] = []
    at = text.find(exact)
    while at >= 0:
        found.append(Span(at, at + len(exact)))
        at = text.find(exact, at + 1)
    whole = [span for span in found if _fits(quoted, text, span)]
    return whole or found


def _fits(quoted: Object, text: str, span: Span) -> bool:
    """Return whether what a quotation says of the text around it is so."""
    before, after = str(quoted.get("prefix") or ""), str(quoted.get("suffix") or "")
    return text[: span.start].endswith(before) and text.startswith(after, span.end)


def _stripped(text: str, span: Span) -> Span | None:
    words = text[span.start : span.end]
    if not words.strip():
        return None
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _selector(one: Object, kind: str) -> Object:
    for target in _list(one.get("target")):
        for selector in _list(target.get("selector")) if isinstance(target, dict) else ():
            if isinstance(selector, dict) and selector.get("type") == kind:
                return selector
    return {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


# ---- what


def _bodies(one: Object) -> list[Object]:
    return [body for body in _list(one.get("body")) if isinstance(body, dict)]


def _kind(one: Object) -> str:
    """Return the kind that one of the tags of ``one`` names, the first that does."""
    tags = [body for body in _bodies(one) if body.get("purpose", "tagging") in TAGGING]
    return next(filter(None, (kind_of_label(str(body.get("value", ""))) for body in tags)), "")


def _pointer(one: Object, letter: ExportedLetter) -> str | None:
    home = f"{quote(letter.path.name)}#"
    found = [
        str(body.get("source") or body.get("id") or body.get("value") or "")
        for body in _bodies(one)
        if body.get("purpose") in LINKING
    ]
    pointers = [
        f"#{p.removeprefix(home)}" if p.startswith(home) else p for p in filter(None, found)
    ]
    return " ".join(pointers) or None


def _values(one: Object) -> Iterator[tuple[str, str]]:
    for body in _bodies(one):
        name, equals, value = str(body.get("value", "")).partition("=")
        if body.get("purpose") == "describing" and equals:
            yield name, value
