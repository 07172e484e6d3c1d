"""Change a file by the edits that findings propose, and show what changed.

Nothing but what the edits say is touched: the bytes around them stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import unified_diff

from lxml import etree

from epistola.checks.positions import decode
from epistola.model import Edit, Finding
from epistola.tree.read import projection

TEXT = "{*}text"
ROOTS = frozenset({"TEI", "teiCorpus"})


class OverlapError(ValueError):
    """Two edits want the same characters."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ``edits`` made; their spans are all of ``text`` as it is.

    Raises OverlapError where two of them overlap.

    >>> from epistola.model import Span
    >>> edited("<persNam/>", [Edit(Span(1, 8), "persName")])
    '<persName/>'
    """
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end)):
        if edit.span.start < at:
            raise OverlapError(f"two edits overlap at {edit.span.start}")
        pieces += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def apply(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the file ``raw`` with ``edits`` made, in its own encoding.

    Raises OverlapError as ``edited`` does.
    """
    decoded = decode(raw)
    return decoded.to_bytes(edited(decoded.text, edits))


def is_safe(raw: bytes, edits: Iterable[Edit]) -> bool:
    """Return whether ``edits`` keep the wording, and the file well-formed.

    The source projection of every text stays, white space aside; outside of texts, as in
    the header, words may change places, and that is all.
    """
    try:
        before, after = _wording(raw), _wording(apply(raw, edits))
    except (etree.XMLSyntaxError, OverlapError):
        return False
    return before == after


def apply_safe(raw: bytes, findings: Iterable[Finding]) -> tuple[bytes, list[Finding]]:
    """Return ``raw`` with all safe fixes made, and the findings whose fixes were made.

    A fix that gets in the way of one before it is left for the next time.
    """
    made: list[Finding] = []
    edits: list[Edit] = []
    for finding in findings:
        if finding.fix and not _clash(finding.fix, edits) and is_safe(raw, finding.fix):
            made.append(finding)
            edits += finding.fix
    return (apply(raw, edits), made) if edits else (raw, [])


def diff(before: bytes, after: bytes, name: str) -> str:
    """Return what changed from ``before`` to ``after``, as a unified diff of the file ``name``."""
    old, new = (decode(one).text.splitlines(keepends=True) for one in (before, after))
    shown = (
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(old, new, f"a/{name}", f"b/{name}")
    )
    return "".join(shown)


def _clash(fix: Sequence[Edit], edits: Iterable[Edit]) -> bool:
    """Return whether ``fix`` wants a character that ``edits`` want, or the same place."""
    return any(
        mine.span.start <= other.span.end and other.span.start <= mine.span.end
        for mine in fix
        for other in edits
    )


def _wording(raw: bytes) -> tuple[list[str], Counter[str]]:
    """Return what the texts of a file read, and the characters it has of each kind."""
    parser = etree.XMLParser(
        collect_ids=False, resolve_entities=False, load_dtd=False, no_network=True
    )
    root = etree.fromstring(raw, parser)
    everything = squeezed("".join(map(str, root.itertext("*"))))
    texts = [one for one in root.iter(TEXT) if next(one.iterancestors(TEXT), None) is None]
    readings = [squeezed(projection(one)) for one in texts]
    if not texts and etree.QName(root).localname not in ROOTS:
        readings = [everything]
    return readings, Counter(everything)


def squeezed(text: str) -> str:
    """Return ``text`` without its white space."""
    return "".join(text.split())
