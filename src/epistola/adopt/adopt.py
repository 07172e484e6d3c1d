"""Make decisions of the differences between a corrected letter and what the program makes.

What is compared is tags, their attributes and links, readings in ``choice`` and notes; the
words must be the text's. The decisions are tried at once: only those are returned with which
the program says what the corrected file says, and what they cannot bring about is reported
with its line, as is every other change that would be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from epistola.adopt.beyond import beyond
from epistola.adopt.claims import Claim, claims, line_of
from epistola.adopt.differ import Difference, differences
from epistola.checks.wording import WORD
from epistola.model import Action, Decision, Finding, Severity, Source
from epistola.pipeline import Encoding
from epistola.safe import UnreadableError, parse
from epistola.text.read import ReadError
from epistola.tree.element import TEI, XML
from epistola.tree.header import UNNAMED
from epistola.tree.read import read_slots

ROUNDS = 4
"""A decision may displace another tag, which then is decided in the next round."""

Make = Callable[[Sequence[Decision]], Encoding]


@dataclass(frozen=True, slots=True)
class Adopted:
    """The new decisions, each with the line that asks for it, and what is to be said.

    A finding of severity ``error`` means that nothing could be adopted.
    """

    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions alone."""
        return tuple(one.decision for one in self.differences)


def adopt(
    raw: bytes, make: Make, known: Sequence[Decision] = (), creator: str = "", created: str = ""
) -> Adopted:
    """Return the decisions that make the program say what the TEI document ``raw`` says.

    ``make`` encodes the letter's text with the decisions it is given, ``known`` are those that
    there are. ``creator`` is who corrected where the file does not say it by ``resp``,
    ``created`` when.

    Raises ReadError for what is no TEI document with one text.
    """
    text = _text(raw)
    first = make(known)
    if fault := _other_words(text, first.source):
        return Adopted((), (fault,))
    source, corrected = first.source, claims(text, first.source)

    def who(claim: Claim | None) -> str:
        return (_name(text, claim.resp) if claim is not None and claim.resp else "") or creator

    def asked(encoding: Encoding) -> list[Difference]:
        made = claims(_text(encoding.to_bytes()), source)
        return [_dated(one, created) for one in differences(source, corrected, made, who)]

    new: list[Difference] = []
    last, left = first, asked(first)
    for _ in range(ROUNDS):
        fresh = [one for one in left if one.decision not in {n.decision for n in new}]
        if not fresh:
            break
        new += fresh
        last = make([*known, *_numbered(new)])
        left = asked(last)
    undone = {one.decision for one in left}
    kept = tuple(one for one in new if one.decision not in undone)
    lost = [_not_adopted(one) for one in left]
    made = [first, last, *([make(())] if known else [])]
    return Adopted(kept, (*lost, *beyond(text, corrected, made)))


def _numbered(new: Iterable[Difference]) -> Iterator[Decision]:
    """Yield decisions with ids for a trial."""
    return (replace(one.decision, id=f"trial:{at}") for at, one in enumerate(new))


def _dated(one: Difference, created: str) -> Difference:
    return one._replace(decision=replace(one.decision, created=created))


def _not_adopted(one: Difference) -> Finding:
    decision = one.decision
    words = " ".join((decision.target.exact or decision.target.prefix).split())
    gone = "is not taken away" if decision.action is Action.REJECT else "is not as it is there"
    message = (
        f"{decision.kind} “{words}” {gone} once the letter is encoded again: TEI or this encoding"
        " does not allow it there, or another tag stands in its way"
    )
    return Finding(Severity.WARNING, "not-adopted", message, line=one.line)


# --- the file ------------------------------------------------------------------------------


def _text(raw: bytes) -> etree._Element:
    try:
        root = parse(raw).getroot()
    except UnreadableError as error:
        raise ReadError(error.message, line=error.line, column=error.column) from None
    texts = root.findall(f"{{{TEI}}}text")
    if root.tag != f"{{{TEI}}}TEI" or len(texts) != 1:
        raise ReadError("it is no TEI document with one text; adopt takes a letter's TEI file")
    for choice in texts[0].iter(f"{{{TEI}}}choice"):
        _close_up(choice)
    return texts[0]


def _close_up(choice: etree._Element) -> None:
    """Take out the white space between readings: another editor may have set them on lines."""
    if not (choice.text or "").strip():
        choice.text = None
    for reading in choice:
        if not (reading.tail or "").strip():
            reading.tail = None


def _other_words(text: etree._Element, source: Source) -> Finding | None:
    """Return where the words of ``text`` leave those of ``source`` first, if they do."""
    read, _, slots = read_slots(text)
    theirs = [*WORD.finditer(read.text)]
    own = source.text.split()
    pairs = enumerate(zip(theirs, own, strict=False))
    at = next((at for at, (one, word) in pairs if one[0] != word), min(len(theirs), len(own)))
    if at == len(theirs) == len(own):
        return None
    offset = theirs[at].start() if at < len(theirs) else len(read.text) - 1
    slot = next((s for s in reversed(slots) if s.start <= offset), None)
    has = f"has “{theirs[at][0]}”" if at < len(theirs) else "ends"
    wanted = f"the text has “{own[at]}”" if at < len(own) else "the text ends"
    message = (
        f"it {has} where {wanted} (word {at + 1}), so nothing is adopted: write what the text"
        " has, a correction beside it as <choice><sic>…</sic><corr>…</corr></choice>, or change"
        " the text itself"
    )
    line = line_of(slot.holder) if slot is not None else 0
    return Finding(Severity.ERROR, "wording", message, line=line)


def _name(text: etree._Element, resp: str) -> str:
    """Return the name of who is responsible, as the header of the file gives it."""
    root, wanted = text.getroottree().getroot(), resp.split(maxsplit=1)[0].removeprefix("#")
    found = next((e for e in root.iter("*") if e.get(f"{XML}id") == wanted), None)
    if found is None:
        return ""
    names = [e for e in found if str(e.tag).rpartition("}")[2] in {"name", "persName", "orgName"}]
    name = " ".join("".join(map(str, (names or [found])[0].itertext())).split())
    return "" if name == UNNAMED else name
