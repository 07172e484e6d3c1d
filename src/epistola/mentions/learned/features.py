"""What the tagger sees of a letter: a row of features for every capitalised word.

A feature is a string, there or not. It says what the word is (its sort, its shape, its
letters, the lists that know it), what stands around it, in which part of the letter it
stands, what the rules say of it, and what they say of the same form in the whole letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from epistola.gazetteer import Names
from epistola.mentions.names.capitals import Scan, small_words, words_of
from epistola.mentions.names.persons import TITLES
from epistola.model import Annotation

Row = list[str]
NAMED: Mapping[str, str] = {"person": "person", "persons": "person", "place": "place", "org": "org"}
"""The kinds of mention that are names of their own -> what the tagger calls them."""
PARTS = frozenset(
    "address dateline head byline opener salute closer signed postscript provenance".split()
)
"""The parts of a letter that a name knows it stands in."""
AROUND = frozenset("date event foreign quote reference title work".split())
"""The other mentions that a name knows it stands in."""
CLASSES = (
    *("forename", "surname", "person", "country", "region", "settlement", "geography", "site"),
    *("capital", "bloc", "party", "army", "church", "society", "government", "company"),
    *("institution", "newspaper", "periodical", "event", "work", "demonym", "word"),
)
"""The classes of the gazetteer that a word knows it is in."""
BEFORE = re.compile(r"([\w']+|[^\w\s])\s*\Z")
AFTER = re.compile(r"\s*([\w']+|[^\w\s])")
REACH = 24
"""So many characters before and after a word are looked at for its neighbours."""
OPEN, CLOSE = "^", "$"


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules say of one word: the kind of its name, by which rule, and ``B`` or ``I``.

    A name begins with a ``B``; its other words have an ``I``.
    """

    kind: str
    rule: str
    place: str


def words_within(found: Scan, start: int, end: int) -> range:
    """Return the words of ``found`` that start from ``start`` up to, but not at, ``end``."""
    return range(_first(found, start), _first(found, end))


def _first(found: Scan, offset: int) -> int:
    return bisect_left(found.words, offset, key=lambda word: word.start)


def ruled(found: Scan, mentions: Iterable[Annotation]) -> list[Ruled | None]:
    """Return what the rules say of each word; the innermost name where they nest."""
    given: list[Ruled | None] = [None] * len(found.words)
    names = [a for a in mentions if a.kind in NAMED]
    for a in sorted(names, key=lambda a: -len(a.span)):
        for nth, at in enumerate(words_within(found, a.span.start, a.span.end)):
            given[at] = Ruled(NAMED[a.kind], a.rule, "I" if nth else "B")
    return given


def rows(found: Scan, annotations: Sequence[Annotation], code: str) -> list[Row]:
    """Return the features of every word of ``found``, of a letter's parts and mentions."""
    rules = ruled(found, annotations)
    around = _around(found, annotations)
    evidence = _evidence(found, rules, words_of(code, "places", "in", "to"))
    lower = small_words(found.source)
    return [
        [
            *_itself(found, at, lower),
            *_beside(found, at),
            *_by_rules(found, at, rules),
            *around[at],
            *evidence[found.form(at)],
        ]
        for at in range(len(found.words))
    ]


def _itself(found: Scan, at: int, lower: Container[str]) -> Row:
    word, sort = found.words[at], found.sort(at)
    row = ["b", f"s={sort}", f"op={word.opens:d}{word.heads:d}{sort}"]
    row += _letters(word.form)
    row += _lists(word.form, found.names)
    if found.follows(at, "'s"):
        row.append("owns")
    if word.form.lower() in lower:
        row.append("low")
    return row


@lru_cache(maxsize=1 << 14)
def _letters(form: str) -> tuple[str, ...]:
    small = form.lower()
    letters = f"f={small}", f"suf3={small[-3:]}", f"suf2={small[-2:]}", f"pre3={small[:3]}"
    capitals = ("caps",) if len(form) > 1 and form.isupper() else ()
    return (*letters, *capitals, f"len={min(len(form), 6)}")


@lru_cache(maxsize=1 << 14)
def _lists(form: str, names: Names) -> tuple[str, ...]:
    known = tuple(f"g={name}" for name in CLASSES if form in names.table.get(name, ()))
    return known or ("g=none",)


def _beside(found: Scan, at: int) -> Row:
    """Return what stands around a word: sorts and joints, neighbours in capitals and small."""
    sort, shape = found.sort(at), found.shape
    left, right = shape[max(0, 2 * at - 2) : 2 * at] or OPEN * 2, shape[2 * at + 1 : 2 * at + 3]
    right = right if len(right) > 1 else right + CLOSE
    far_left = shape[max(0, 2 * at - 4) : 2 * at] if at > 1 else OPEN + left
    before, after = _neighbours(found, at)
    row = [
        f"jb={left[1]}", f"ja={right[0]}", f"l={left}", f"r={right}", f"ls={left}{sort}",
        f"sr={sort}{right}", f"lsr={left}{sort}{right}", f"ll={far_left}",
        f"rr={shape[2 * at + 1 : 2 * at + 5]}", f"bw={before}", f"aw={after}",
        f"bws={before}{sort}", f"aws={sort}{after}",
    ]  # fmt: skip
    if at and left[1] != "|":
        row.append(f"f-1={found.form(at - 1).lower()}")
    if at + 1 < len(found.words) and right[0] != "|":
        row.append(f"f+1={found.form(at + 1).lower()}")
    return row


def _neighbours(found: Scan, at: int) -> tuple[str, str]:
    """Return the word or mark before and after a word; none across an empty line."""
    text, word = found.source.folded, found.words[at]
    before = BEFORE.search(text[max(0, word.start - REACH) : word.start])
    after = AFTER.match(text, word.end, word.end + REACH)
    left = before[1].lower() if before and "\n\n" not in before[0] else OPEN
    right = after[1].lower() if after and "\n\n" not in after[0] else CLOSE
    return left, right


def _by_rules(found: Scan, at: int, rules: Sequence[Ruled | None]) -> Row:
    here = rules[at]
    left, right = rules[at - 1] if at else None, rules[at + 1] if at + 1 < len(rules) else None
    said = f"{here.place}{here.kind}" if here else "O"
    after = f"{right.place}{right.kind}" if right else "O"
    before = left.kind if left else "O"
    row = [
        f"R={said}", f"R-1={before}{found.joint(at - 1) if at else OPEN}",
        f"R+1={found.joint(at)}{after}", f"RRR={before}{said}{after}",
    ]  # fmt: skip
    if here:
        row += [f"rule={here.place}{here.rule}", f"rule+s={here.rule}{found.sort(at)}"]
    else:
        row.append(f"norule+s={found.sort(at)}")
    return row


def _around(found: Scan, annotations: Iterable[Annotation]) -> list[Row]:
    """Return in what parts and in what other mentions each word stands."""
    given: list[Row] = [[] for _ in found.words]
    for a in annotations:
        if a.kind in PARTS or a.kind in AROUND:
            for at in words_within(found, a.span.start, a.span.end):
                given[at].append(f"in={a.kind}")
    return given


def _evidence(
    found: Scan, rules: Sequence[Ruled | None], into: frozenset[str]
) -> Mapping[str, Row]:
    """Return what the whole letter says of each form; ``into`` are words before a place."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for at, word in enumerate(found.words):
        votes[word.form][""] += 1
        here = rules[at]
        if here:
            votes[word.form][here.kind] += 1
        if at and found.sort(at - 1) in TITLES and found.joint(at - 1) == " ":
            votes[word.form]["titled"] += 1
        if found.before(at) in into:
            votes[word.form]["placed"] += 1
    return {form: _votes(counts) for form, counts in votes.items()}


def _votes(counts: Counter[str]) -> Row:
    total = counts[""]
    row = [f"many={min(total, 3)}"]
    kinds = ("person", "place", "org")
    row += [f"v={kind}{_share(counts[kind], total)}" for kind in kinds if counts[kind]]
    if counts["titled"]:
        row.append("titled")
    if counts["placed"]:
        row.append(f"placed={min(counts['placed'], 2)}")
    return row


def _share(part: int, whole: int) -> str:
    return "all" if part == whole else "most" if 2 * part > whole else "some"
