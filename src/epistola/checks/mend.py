"""Apply the fixes that findings bring, and never change a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from lxml import etree

from epistola.checks.positions import decode
from epistola.checks.relaxng import TEI
from epistola.checks.safe import UnreadableError, parse
from epistola.model import Edit, Finding
from epistola.tree.read import projection

ROUNDS = 10
"""How often a file is checked again after fixes: one may bring another fault to light."""

Check = Callable[[bytes], Sequence[Finding]]
Fix = tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file after its fixes, how many there were, and what is still to be said of it."""

    raw: bytes
    fixes: int
    findings: tuple[Finding, ...]


def mend(raw: bytes, check: Check) -> Mended:
    """Return ``raw`` with the fixes of all findings of ``check`` applied, until none is left.

    Fixes that overlap wait for the next round. A fix that would change the words of the
    letter, or leave no XML, is not applied.
    """
    findings, fixes, seen = tuple(check(raw)), 0, {raw}
    for _ in range(ROUNDS):
        made, count = _round(raw, findings)
        if not count or made in seen:
            break
        seen.add(made)
        raw, fixes, findings = made, fixes + count, tuple(check(made))
    return Mended(raw, fixes, findings)


def difference(before: bytes, after: bytes, file: str) -> str:
    """Return the unified diff of a file; empty if nothing has changed."""
    old, new = (decode(raw).text.splitlines(keepends=True) for raw in (before, after))
    lines = unified_diff(old, new, file, f"{file} (mended)")
    return "".join(
        line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )


def edited(raw: bytes, edits: Iterable[Edit]) -> bytes:
    """Return ``raw`` with ``edits`` made, in its own encoding; they must not overlap."""
    decoded = decode(raw)
    text, parts, at = decoded.text, list[str](), 0
    for edit in sorted(edits, key=lambda one: one.span):
        if edit.span.start < at or edit.span.end > len(text):
            raise ValueError(f"an edit overlaps another or the end of the file: {edit}")
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return decoded.to_bytes("".join([*parts, text[at:]]))


def _round(raw: bytes, findings: Iterable[Finding]) -> tuple[bytes, int]:
    """Return ``raw`` with as many fixes applied as go together, and how many those are."""
    fixes = _together(dict.fromkeys(finding.fix for finding in findings if finding.fix))
    words = _words(raw)
    made = edited(raw, [edit for fix in fixes for edit in fix])
    if words is not None and _words(made) == words:
        return made, len(fixes)
    good = [fix for fix in fixes if words is not None and _words(edited(raw, fix)) == words]
    made = edited(raw, [edit for fix in good for edit in fix])
    return (made, len(good)) if _words(made) == words else (raw, 0)


def _together(fixes: Iterable[Fix]) -> list[Fix]:
    """Return the fixes that touch no character that an earlier one touches."""
    chosen: list[Fix] = []
    taken: list[Edit] = []
    for fix in fixes:
        if not any(_clash(edit, other) for edit in fix for other in taken):
            chosen.append(fix)
            taken += fix
    return chosen


def _clash(one: Edit, other: Edit) -> bool:
    """Return whether two edits overlap, or would stand at one place in an unknown order."""
    a, b = one.span, other.span
    return a.start <= b.end and b.start <= a.end


def _words(raw: bytes) -> tuple[list[str], Counter[str]] | None:
    """Return the words of the letter in order, and how often each character is in the file.

    What stands in the header may be moved, never lost. None for what is no XML.
    """
    try:
        root = parse(raw).getroot()
    except UnreadableError:
        return None
    texts = [one for one in root.iter(f"{TEI}text") if _is_outermost(one)]
    words = [word for one in texts for word in projection(one).split()]
    return words, Counter("".join("".join(map(str, root.itertext())).split()))


def _is_outermost(text: etree._Element) -> bool:
    return next(text.iterancestors(f"{TEI}text"), None) is None
