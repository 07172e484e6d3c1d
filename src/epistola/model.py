"""The words every stage shares: where, what, which entry, and what went wrong.

All types are frozen; a stage returns new values. Offsets are code points of
the source. This module imports nothing of the package, so any stage may
import it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NewType

EntryId = NewType("EntryId", str)
"""The ``xml:id`` of a register entry; only ``registers.mint`` makes one."""

NOTHING: Mapping[str, str] = MappingProxyType({})

DATING = ("when", "from", "to", "notBefore", "notAfter")
"""The attributes that say when (TEI P5, att.datable.w3c), in the order they are written."""


def _nothing() -> Mapping[str, str]:
    return NOTHING


DEFAULT_LANGUAGE = "en"
"""The language of a text where neither it nor anybody says which."""

CERTAIN = 0.95
"""At or above this, the machine holds a tag to be right and gives it no ``@cert``."""
LIKELY = 0.75
"""At or above this, ``@cert`` is ``medium``; below it, ``low``."""

DECIDED = "decision"
"""The rule of an annotation that an editor decided; no recogniser has this name."""

FOLDS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"'}
    | {"‟": '"', "«": '"', "»": '"', "ſ": "s", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
    | {"‐": "-", "\u2011": "-", "‒": "–"}
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points: ``start`` included, ``end`` not.

    >>> Span(2, 5) in Span(0, 5), Span(0, 3).crosses(Span(2, 5))
    (True, True)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """Return true for every span; an empty one is a place between two characters."""
        return True

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share at least one character."""
        return max(self.start, other.start) < min(self.end, other.end)

    def crosses(self, other: Span) -> bool:
        """Return whether the two share text and neither contains the other."""
        return self.overlaps(other) and self not in other and other not in self


@dataclass(frozen=True, slots=True)
class Source:
    """A letter as it was read; its text never changes afterwards.

    ``text`` has line feeds only. ``folded`` has the same length as ``text`` and
    differs from it in marks alone (quotation marks and apostrophes straight,
    long s round, no-break spaces plain), so that an offset in one is an offset
    in the other.

    >>> Source("a", "ſee “Rome”").folded
    'see "Rome"'
    """

    name: str
    text: str
    digest: str = ""
    folded: str = field(init=False, repr=False, compare=False)
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        starts.extend(at + 1 for at, char in enumerate(self.text) if char == "\n")
        object.__setattr__(self, "folded", self.text.translate(FOLDS))
        object.__setattr__(self, "line_starts", tuple(starts))

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def position(self, offset: int) -> tuple[int, int]:
        r"""Return line and column of ``offset``, both counted from one.

        >>> Source("a", "Sir,\nI am").position(5)
        (2, 1)
        """
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Annotation:
    """A claim about one span of a source, and the rule that makes it.

    ``kind`` is a word of the edition ("person", "dateline"), not an element;
    ``values`` holds normal forms beside the verbatim text, under the names that
    TEI gives them where it has one ("when", "level", "unit"); ``certainty`` runs
    from 0 to 1.
    """

    span: Span
    kind: str
    rule: str = ""
    values: Mapping[str, str] = field(default_factory=_nothing, hash=False)
    entry: EntryId | None = None
    certainty: float = 1.0


class Action(StrEnum):
    """What an editor did; the value is how a file of decisions calls it."""

    ACCEPT = "accept"
    REJECT = "reject"
    RELABEL = "relabel"
    RELINK = "relink"
    RETAG = "retag"
    ADD = "add"
    CHOICE = "choice"
    NOTE = "note"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of a text, told so that it is found again when the text has changed.

    ``exact`` are its words and ``prefix`` and ``suffix`` those around it (Web Annotation Data
    Model, 4.2.4 Text Quote Selector); ``start`` is where it was, in code points (4.2.5 Text
    Position Selector), or -1 where nobody says.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that an editor decided about one passage.

    ``kind`` is that of the tag in question, ``was`` the one it had before, ``before`` the
    passage that it stood on. ``ref`` is the entry it means: none where nothing is said of
    that, empty where it means none. An empty value in ``attributes`` takes one away. ``text``
    is a reading or a note, in TEI if ``markup`` says so. ``withdraws`` is the id of another
    decision that no longer holds. ``creator`` and ``created`` are who and when; ``file`` and
    ``line`` are where it is written down, and ``record`` is all that is written there.
    """

    action: Action
    target: Anchor = Anchor("")
    kind: str = ""
    was: str = ""
    before: Anchor | None = None
    ref: str | None = None
    attributes: Mapping[str, str] = field(default_factory=_nothing, hash=False)
    text: str = ""
    markup: bool = False
    cert: str = ""
    withdraws: str = ""
    creator: str = ""
    created: str = ""
    id: str = field(default="", compare=False)
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    record: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def where(self) -> str:
        """Return where the decision is written down, for a message."""
        return f"{self.file}, line {self.line}" if self.file else "a decision"


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, place, organisation, event, work or term in a register.

    ``names`` are the forms by which a letter may call it, the fullest first;
    ``values`` are the facts the machine can read ("forename", "surname", "level",
    "birth", "when" ...); ``record`` is the entry's TEI element as an editor keeps
    it, serialised, and ``home`` the register's file, both empty for an entry made
    from a letter alone.
    """

    id: EntryId
    kind: str
    names: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=_nothing, hash=False)
    record: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of metadata on the page: "Source: New Interventions, Volume 13".

    ``kind`` is a key of ``[labels]`` in the language's data ("source", "credit",
    "rights" ...), ``role`` what a credit was for, ``span`` the whole line,
    ``label`` its label without the colon (none where the line has none), ``value``
    the rest.
    """

    kind: str
    span: Span
    value: Span
    label: Span | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the page says about the letter, where it says so, and by which rule."""

    value: str
    span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What an editor says of a letter beside its text; empty where nothing is said.

    ``date`` is one of ISO 8601 as TEI takes it (a day, month or year, or two of them with
    "/" between); ``language`` and ``genre`` are keys of the program's own tables; the rest
    are the editor's words. ``previous``, ``next`` and ``answers`` name other letters.
    """

    title: str = ""
    author: str = ""
    addressee: str = ""
    date: str = ""
    place: str = ""
    language: str = ""
    genre: str = ""
    settlement: str = ""
    repository: str = ""
    collection: str = ""
    shelfmark: str = ""
    hand: str = ""
    typescript: str = ""
    provenance: str = ""
    licence: str = ""
    previous: str = ""
    next: str = ""
    answers: str = ""
    notes: tuple[str, ...] = ()


NOTHING_SAID = Sidecar()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a text is, as far as the page itself says.

    ``genre`` is a key of the catalogue of genres ("letter", "letterToJournal") or
    empty where nothing shows that the text is a letter. A fact's span is where the
    page says it; the recognised names and dates within are found there. What an editor
    says (``sidecar``) has no span, and comes before what the page says.
    ``language`` is the one by whose words the text is read, ``tongue`` the one it is in where
    that is another.
    """

    language: str = DEFAULT_LANGUAGE
    genre: str = ""
    author: Fact | None = None
    addressee: Fact | None = None
    title: Fact | None = None
    subtitles: tuple[Fact, ...] = ()
    dateline: Fact | None = None
    fields: tuple[Field, ...] = ()
    sidecar: Sidecar = NOTHING_SAID
    tongue: str = ""

    @property
    def written_in(self) -> str:
        """Return the language the text is in."""
        return self.tongue or self.language

    @property
    def is_letter(self) -> bool:
        """Return whether the page shows that the text is a letter."""
        return self.genre.startswith("letter")

    def fields_of(self, *kinds: str) -> tuple[Field, ...]:
        """Return the lines of metadata of these kinds, in the order of the page."""
        return tuple(field for field in self.fields if field.kind in kinds)


class Severity(StrEnum):
    """How bad a finding is: an error keeps the file from being written."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to a file: the characters in ``span`` become ``text``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should see; never an exception.

    ``span`` is a place in the source; a finding about an XML file has ``line`` and
    ``column`` (from one) instead. ``expected`` names what may stand there, the likeliest
    first; ``fix`` are edits of the file that mend the fault, none where none is sure.
    """

    severity: Severity
    code: str
    message: str
    span: Span | None = None
    line: int = 0
    column: int = 0
    expected: tuple[str, ...] = ()
    fix: tuple[Edit, ...] = ()


Report = Callable[[Finding], None]


def ignore(_: Finding) -> None:
    """Say nothing: the default report."""
