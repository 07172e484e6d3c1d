"""Apply the fixes that findings bring, and check again, until there is no more to mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from epistola.checks.fix import TEXT, apply, apply_safe
from epistola.model import Finding
from epistola.safe import UnreadableError, parse
from epistola.tree.read import projection

ROUNDS = 10
"""How often a file is checked again after fixes: one may bring another fault to light."""

Check = Callable[[bytes], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file after its fixes, how many there were, what was found before and what is left."""

    raw: bytes
    fixes: int
    before: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def mend(raw: bytes, check: Check) -> Mended:
    """Return ``raw`` with the fixes of all findings of ``check`` applied, until none is left.

    Fixes that overlap wait for the next round. A fix that would change the words of the
    letter, or leave no XML, is not applied; nor is one that only undoes another.
    """
    before = findings = tuple(check(raw))
    fixes, seen = 0, {raw}
    for _ in range(ROUNDS):
        made, mended = apply_safe(raw, [one for one in findings if _keeps_words(raw, one)])
        if not mended or made in seen or _words(made) != _words(raw):
            break
        seen.add(made)
        raw, fixes, findings = made, fixes + len(mended), tuple(check(made))
    return Mended(raw, fixes, before, findings)


def _keeps_words(raw: bytes, finding: Finding) -> bool:
    """Return whether the fix leaves the words of the letter apart where they are so."""
    try:
        return not finding.fix or _words(apply(raw, finding.fix)) == _words(raw)
    except UnreadableError:
        return False


def _words(raw: bytes) -> list[str]:
    texts = parse(raw).iter(TEXT)
    outermost = [one for one in texts if next(one.iterancestors(TEXT), None) is None]
    return [word for text in outermost for word in projection(text).split()]
