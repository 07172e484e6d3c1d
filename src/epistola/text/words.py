"""A language's words for the parts of a letter, and how a few words are told to be a part's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product, takewhile
from types import MappingProxyType

from epistola import language as languages

LETTERS = re.compile(r"[^\W\d_]+")
CUES = (
    "salute",
    "valediction",
    "farewell",
    "postscript",
    "signed",
    "heading",
    "sidenote",
    "footnote",
    "enclosure",
    "endorsement",
    "cover",
    "finis",
)
"""Parts that a language has words for, with which they open."""
CUE_WORDS = 6
LETTER_NUMBER = re.compile(r"(?:[IVXLCDM]+|\d{1,4})\s*[.:)–—-][\s.:–—-]*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words for the parts of a letter, ready to look up.

    ``cues`` are the openings of each part; a salutation also opens with one of ``lead``,
    any number of times, and one of ``fond``, or with at least one of ``lead`` and one of
    ``owned``; ``foreign`` are the first two of other languages.

    ``calendar`` names months, ``weekdays`` days, ``feasts`` feasts; ``hours`` are a date
    only with little else, ``undated`` at the beginning, ``clock`` after figures; ``day``
    is a day of the month without it.

    ``valedictory`` words stand at the end of a line that takes leave, ``leaving`` ones also
    at the end of the last paragraph; of ``leavetaking`` ones such a line consists.

    ``prose`` words stand in sentences and in no line that is none; ``dwelling`` ones are, or
    end as ``streets`` do, in the name of a street or house; ``particles`` are small words in
    names, ``between`` those in the heading "X to Y", with ``articles`` before either name,
    ``sender`` in "From X"; ``apparatus`` are
    headings of what an editor says of the letter, ``notes`` of notes; ``titles`` are of
    address.
    """

    cues: Mapping[str, frozenset[str]]
    lead: frozenset[str]
    fond: frozenset[str]
    owned: frozenset[str]
    foreign: tuple[tuple[frozenset[str], frozenset[str]], ...]
    calendar: frozenset[str]
    weekdays: frozenset[str]
    hours: frozenset[str]
    undated: tuple[str, ...]
    feasts: tuple[str, ...]
    valedictory: frozenset[str]
    leaving: frozenset[str]
    leavetaking: frozenset[str]
    particles: frozenset[str]
    between: frozenset[str]
    articles: frozenset[str]
    sender: frozenset[str]
    prose: frozenset[str]
    dwelling: frozenset[str]
    streets: tuple[str, ...]
    day: re.Pattern[str]
    apparatus: frozenset[str]
    notes: frozenset[str]
    clock: tuple[str, ...]
    titles: frozenset[str]


@cache
def words_of(language: str) -> Words:
    """Return the words for the parts of a letter in ``language``."""
    data = languages.load(language)
    letter, dates = data["letter"], data["dates"]
    own = frozenset(letter["self"])
    valedictory = frozenset(letter["valediction_words"])
    endings = ("", *letter["fond_endings"].split())
    return Words(
        cues=MappingProxyType(
            {cue: frozenset(letter[cue]) for cue in CUES}
            | {"signed": frozenset(letter["signed"]) | _bracketed_signed()}
        ),
        lead=frozenset(letter["lead"].split()),
        fond=_inflected(letter["fond"], endings),
        owned=_inflected(letter["fond_owned"], endings),
        foreign=tuple(_address(code) for code in languages.codes() if code != language),
        calendar=frozenset(letter["months"])
        | _split(dates["months"])
        | _split(dates["republican"]),
        weekdays=_split(dates["weekdays"]),
        hours=frozenset(letter["hours"].split()) | _split(dates["weekdays_short"]),
        undated=tuple(letter["undated"]),
        feasts=tuple(feast for feast in dates["feasts"] if len(feast) > SHORTEST_FEAST),
        valedictory=valedictory,
        leaving=valedictory | own,
        leavetaking=frozenset(
            w for phrase in letter["valediction"] for w in LETTERS.findall(phrase)
        )
        | _letters(letter["leave_other"])
        | valedictory
        | own,
        particles=frozenset(letter["particles"]),
        between=frozenset(letter["between"]),
        articles=frozenset(letter["articles"].split()),
        sender=frozenset(letter["sender"]),
        prose=frozenset(letter["prose"].split()),
        dwelling=_split([letter["dwelling"]]),
        streets=tuple(letter["dwelling_endings"].split()),
        day=_day(dates["the"].split(), dates["ordinal_endings"].split()),
        apparatus=frozenset(data["notes"]["apparatus"]),
        notes=frozenset(data["notes"]["heading"]),
        clock=tuple(letter["clock"].split()),
        titles=frozenset(data["persons"]["titles"].lower().split()),
    )


def _bracketed_signed() -> frozenset[str]:
    """Return what editors of any language write in brackets before a name: a copy is of one."""
    rows = (languages.table(code, "letter")["signed"] for code in languages.codes())
    return frozenset(word for row in rows for word in row if word.startswith("("))


SHORTEST_FEAST = 4
SHORTEST_FOREIGN = 3


def _address(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words before one of fondness, and those, without abbreviations."""
    letter = languages.table(language, "letter")
    fond = _inflected(letter["fond"], ("", *letter["fond_endings"].split()))
    long = frozenset(word for word in fond if len(word) >= SHORTEST_FOREIGN)
    return frozenset(letter["lead"].split()), long


def _day(articles: Sequence[str], endings: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of a day without its month: "the 3d", "den 7ten", "le 3"."""
    before = "|".join(map(re.escape, articles))
    after = "|".join(map(re.escape, endings))
    return re.compile(
        rf"\b(?:{before})\b\.?\s?\d{{1,2}}\b|\b\d{{1,2}}\s?(?:{after})(?!\w)", re.IGNORECASE
    )


def _split(rows: Iterable[str]) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split())


def _letters(text: str) -> frozenset[str]:
    return frozenset(LETTERS.findall(text))


def _inflected(stems: str, endings: Sequence[str]) -> frozenset[str]:
    return frozenset(stem + ending for stem, ending in product(stems.split(), endings))


def cues(text: str, words: Words) -> frozenset[str]:
    """Return the parts whose words open ``text`` (folded, without marks of emphasis)."""
    openings = _openings(text)
    found = {cue for cue in CUES if not words.cues[cue].isdisjoint(openings)}
    if addresses(text, words):
        found.add("salute")
    if _tells_cover(text, words):
        found.add("cover")
    if not words.cues["heading"].isdisjoint(_after_number(text)):
        found.add("heading")
    return frozenset(found)


def _tells_cover(text: str, words: Words) -> bool:
    """Return whether a remark in brackets says what a cover has: "[Sealed, and directed]"."""
    if not text.startswith(("[", "(")) or len(text) > LONGEST_REMARK:
        return False
    return any(f"[{word.lower()}" in words.cues["cover"] for word in LETTERS.findall(text))


LONGEST_REMARK = 100


def addresses(text: str, words: Words, *, surely: bool = False) -> bool:
    """Return whether ``text`` opens as a salutation does: "My very dear", "Lieber", "Sir".

    "My friend" does not ``surely``: a sentence may open so.
    """
    if not words.cues["salute"].isdisjoint(_openings(text)):
        return True
    first = [word.strip(MARKS) for word in text[:120].lower().split()[:CUE_WORDS]]
    led, key = _led(first, words.lead, words.fond)
    if key in words.fond or (led and not surely and key in words.owned):
        return True
    return any(_led(first, lead, fond)[1] in fond for lead, fond in words.foreign)


def _led(words: Sequence[str], lead: frozenset[str], fond: frozenset[str]) -> tuple[bool, str]:
    """Return whether words of ``lead`` come first, and the word after them."""
    led = sum(1 for _ in takewhile(lambda word: word in lead and word not in fond, words))
    return led > 0, words[led] if led < len(words) else ""


MARKS = ",;:!.()[]\"'-—–"


def _openings(text: str) -> set[str]:
    """Return the first words, the first two ... of ``text``, as written and without marks.

    Initials are also given as one word: "P. S.", "P:S:" and "P.S." are "ps".
    """
    start = text[:120].lower()
    first = start.replace("--", " ").replace("—", " ").split()[:CUE_WORDS]
    plain = [word.strip(",;:!.()[]\"'") for word in first]
    found = {" ".join(first[:count]) for count in range(1, len(first) + 1)}
    found |= {" ".join(plain[:count]) for count in range(1, len(plain) + 1)}
    found |= {f"[{plain[0]}"} if start.startswith("[") and plain else set()
    if initials := INITIALS.match(start):
        found.add("".join(LETTERS.findall(initials[0])))
    return found | {word.rstrip(":") for word in found}


INITIALS = re.compile(r"[\[(]?(?:[^\W\d_]\s?[.:]\s?-?\s?){2,4}")


def _after_number(text: str) -> set[str]:
    """Return how a heading opens after the letter's number: "CXI.--TO MRS. HALE."."""
    number = LETTER_NUMBER.match(text)
    rest = text[number.end() :] if number else ""
    first, *others = LETTERS.findall(rest)[:3] or ("",)
    proper = first[:1].isupper() and any(word[0].isupper() for word in others)
    return _openings(rest) if proper else set()


def is_leave(lower: Sequence[str], words: Words) -> bool:
    """Return whether words take leave and do nothing else: "your most obedient servant"."""
    return (
        bool(lower) and words.leavetaking.issuperset(lower) and not words.leaving.isdisjoint(lower)
    )
