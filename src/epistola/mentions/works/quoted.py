"""Read what stands in quotation marks: a quotation, speech, a word that is spoken of, or irony.

Kinds ``quote`` (words taken from elsewhere), ``speech`` (what somebody says in the letter's
own story), ``mentioned`` and ``term`` (words that are spoken of), ``soCalled`` (words at which
the writer keeps a distance). The marks stay outside. What the words around do not decide is
left alone, as is what is a title.

Speech is ``q`` and not ``said``: ``said`` claims that the words were uttered or thought, and
``q`` only that the writer sets them off as speech, which is what can be seen (TEI P5, 3.3.3).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from epistola import language
from epistola.gazetteer import Names
from epistola.mentions.works.continued import continued
from epistola.mentions.works.quotes import LONGEST, Quotation, quotations
from epistola.mentions.works.titles import titles
from epistola.model import Annotation, Letter, Source, Span

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
REACH = 80
"""How far words that introduce a quotation may stand from it, in characters."""
NEAR = 6
"""Words between a verb of saying and the mark, at most: "said the old man of the house"."""
FEW = 3
"""Words put in doubt, at most; more than so few are quoted."""
CLAUSE = 5
"""Words in a clause that a colon or a verb of writing introduces, at least."""
LONG = 10
"""Words that are so many are quoted, whatever stands before."""
SURE, LIKELY = 0.95, 0.8

PARAGRAPH = r"(?:[^{0}\n]|\n(?![ \t]*\n)){{{1},6000}}?"


def _long(opening: str, closing: str, inside: str) -> re.Pattern[str]:
    """Return a pattern of a pair of marks too far apart for a title, in one paragraph."""
    return re.compile(f"{opening}({PARAGRAPH.format(inside, LONGEST + 1)}){closing}")


LONG_PAIRS = (
    ("double", _long("“", "”", "“”")),
    ("double", _long("„", "[“”]", "„“”")),
    ("double", _long(r"(?<![\w.,;:!?…])«", "»", "«»")),
    ("double", _long(r"(?<![\w.,;:!?…])»(?=\w)", "«", "«»")),
    ("double", _long(r'(?<![^\W_])"(?=\S)', r'(?<=\S)"(?!\w)', '"')),
    ("single", _long("‘", r"(?<![s\s])’(?!\w)", "‘“”")),
)
BLOCK = re.compile(
    r"(?<=\n)\S[^\n]{39,}:[ \t]*\n[ \t]*\n"
    r"(?P<block>(?:[ \t]{2,}\S[^\n]*\n?){1,60})(?=[ \t]*(?:\n|\Z))"
)
"""Below a full line that ends with a colon and is not indented, a block of indented lines."""
SENTENCE = re.compile(r"[.?!]['\"”’)\]]*\s")
COLON = re.compile(r":\s*(?:[-–—]\s*)?[\"'“‘„«»]?\Z")
ENDS_OPEN = re.compile(r"[,?!–—-]\Z")


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words around quotation marks, all in small letters."""

    speech: frozenset[str]
    writing: frozenset[str]
    mentioned: frozenset[str]
    term: frozenset[str]
    citing: frozenset[str]
    so_called: frozenset[str]
    determiners: frozenset[str]
    entitled: frozenset[str]
    joints: frozenset[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands in marks, its words, what stands before in the sentence, and words around.

    ``last`` are the words right before, ``following`` those right after if what stands in the
    marks does not end the sentence.
    """

    text: str
    row: tuple[str, ...]
    before: str
    last: tuple[str, ...]
    following: tuple[str, ...]


@cache
def words_of(code: str) -> Words:
    """Return the words of the language ``code`` that go with quotations."""
    row = language.load(code)["quotations"]
    return Words(**{name: frozenset(row[name].split()) for name in Words.__slots__})


def quoted(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield what stands in quotation marks and is no title, where the words around say what."""
    claimed = sorted(title.span for title in titles(source, letter, names))
    taken = set[int]()
    for pieces in continued(source):
        taken |= {piece.start for piece in pieces}
        yield from _continued(source, pieces, letter, names)
    for quotation in _all(source):
        if quotation.inner.start in taken:
            continue
        if quotation.mark == "italic" or _is_claimed(quotation.inner, claimed):
            continue
        verdict = _judge(source, quotation, letter, names)
        if verdict:
            kind, certainty = verdict
            span = quotation.inner if kind in WHOLE else _bare(source, quotation.inner)
            yield Annotation(span, kind, f"quoted.{kind}", certainty=certainty)
    for match in BLOCK.finditer(source.text):
        span = _trimmed(source, Span(*match.span("block")))
        if not _is_claimed(span, claimed) and len(WORD.findall(source[span])) >= CLAUSE:
            yield Annotation(span, "quote", "quoted.block", certainty=LIKELY)


def _continued(
    source: Source, pieces: Sequence[Span], letter: Letter, names: Names
) -> Iterator[Annotation]:
    """Yield the pieces of a quotation of several paragraphs; the words before the first decide."""
    first = pieces[0]
    verdict = _judge(source, Quotation(Span(first.start - 1, first.end), first, ""), letter, names)
    kind = verdict[0] if verdict and verdict[0] in WHOLE else "quote"
    for at, piece in enumerate(pieces, start=1):
        values = {"piece": f"{first.start}/{at}/{len(pieces)}"}
        yield Annotation(piece, kind, "quoted.continued", values, None, LIKELY)


def _all(source: Source) -> Iterator[Quotation]:
    """Yield the pairs of marks of the text, short and long."""
    short = quotations(source)
    starts = {quotation.outer.start for quotation in short}
    yield from short
    for mark, pattern in LONG_PAIRS:
        for match in pattern.finditer(source.text):
            if match.start() not in starts:
                yield Quotation(Span(*match.span()), Span(*match.span(1)), mark)


def _is_claimed(inner: Span, claimed: Sequence[Span]) -> bool:
    """Return whether a title is all or nearly all of what stands in the marks."""
    at = bisect_right(claimed, Span(inner.end, inner.end))
    near = (title for title in claimed[max(0, at - 2) : at] if title.overlaps(inner))
    return any(2 * len(title) >= len(inner) for title in near)


WHOLE = frozenset({"quote", "speech"})
"""Kinds to which the comma or full stop before the closing mark belongs."""


def _bare(source: Source, span: Span) -> Span:
    return Span(span.start, span.start + len(source[span].rstrip(" ,.;\n")))


def _trimmed(source: Source, span: Span) -> Span:
    text = source[span]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _judge(
    source: Source, quotation: Quotation, letter: Letter, names: Names
) -> tuple[str, float] | None:
    """Return kind and certainty of what stands in marks, or None where it is not clear."""
    text = source.folded[quotation.inner.start : quotation.inner.end].strip()
    if not text or not text[0].isalnum() or text[-1] in "'\"":
        return None
    here = _context(source, quotation, text)
    words = words_of(letter.language)
    if not words.entitled.isdisjoint(here.last[-2:]):
        return None
    for rule in RULES:
        if verdict := rule(here, words, letter, names):
            return verdict
    return None


def _context(source: Source, quotation: Quotation, text: str) -> Context:
    before = _before(source, quotation.outer.start)
    after = source.folded[quotation.outer.end : quotation.outer.end + REACH]
    open_end = bool(ENDS_OPEN.search(text)) or after[:1] == ","
    following = WORD.findall(SENTENCE.split(after)[0])[:FEW] if open_end else []
    return Context(
        text,
        tuple(WORD.findall(text)),
        before,
        tuple(word.lower() for word in WORD.findall(before)[-NEAR:]),
        tuple(word.lower() for word in following),
    )


def _before(source: Source, start: int) -> str:
    """Return what stands before ``start`` in its sentence, and near."""
    text = source.folded[max(0, start - REACH) : start]
    paragraph = text[text.rfind("\n\n") + 1 :]
    stops = [stop.end() for stop in SENTENCE.finditer(paragraph)]
    return paragraph[stops[-1] :] if stops else paragraph


def _spoken_of(here: Context, words: Words, _: Letter, __: Names) -> tuple[str, float] | None:
    """Judge words if the one right before them says what they are: "the word “bread”"."""
    apart = here.before.endswith((" ", "\n")) and here.before.rstrip()[-1:].isalpha()
    if not apart or len(here.row) > CLAUSE or not here.last:
        return None
    if here.last[-1] in words.so_called:
        return "soCalled", SURE
    if here.last[-1] in words.mentioned:
        return "mentioned", SURE
    return ("term", SURE) if here.last[-1] in words.term else None


def _spoken(here: Context, words: Words, letter: Letter, _: Names) -> tuple[str, float] | None:
    """Judge what a verb of speaking introduces or follows.

    In a text that is no letter "Smith said: “...”" cites, so that only what is shorter than
    a clause is speech there, and less certainly so.
    """
    if not letter.is_letter and len(here.row) >= CLAUSE:
        return None
    goes_on = here.before.rstrip().endswith(",") and not QUOTED.isdisjoint(here.before)
    if not (here.text[0].isupper() or goes_on) or not _is_said(here, words.speech, words):
        return None
    return "speech", SURE if letter.is_letter else LIKELY


QUOTED = frozenset("\"'")
"""Marks before a quotation in its sentence: it may go on with what stood between them."""


def _cited(here: Context, words: Words, letter: Letter, _: Names) -> tuple[str, float] | None:
    """Judge a clause that a verb of writing or a colon introduces, and any long one."""
    if len(here.row) < CLAUSE:
        return None
    verbs = words.writing | (words.citing if letter.is_letter else words.speech)
    if COLON.search(here.before) or _is_said(here, verbs, words):
        return "quote", SURE
    within = here.before.rstrip()[-1:].isalnum() or here.before.rstrip().endswith(",")
    return ("quote", LIKELY) if within and len(here.row) >= LONG else None


def _doubted(here: Context, words: Words, _: Letter, names: Names) -> tuple[str, float] | None:
    """Judge a few common words after an article or an owner: "their “freedom”"."""
    if len(here.row) > FEW or not here.last or not here.before.endswith((" ", "\n")):
        return None
    owned = here.last[-1] in words.determiners or here.last[-1].endswith(("'s", "s'"))
    attached = here.before.rstrip()[-1:].isalpha() or here.before.rstrip().endswith("'")
    return ("soCalled", LIKELY) if owned and attached and _is_common(here, names) else None


RULES = (_spoken_of, _spoken, _cited, _doubted)
"""What is asked of words in marks, in this order."""


def _is_said(here: Context, verbs: frozenset[str], words: Words) -> bool:
    """Return whether a verb of saying introduces the words, or follows: "“Come,” said he"."""
    before = here.before.rstrip()
    if before.endswith((",", ":", "-", "–", "—")) and not verbs.isdisjoint(here.last):
        return True
    if here.last and here.last[-1] in verbs and before[-1:].isalpha():
        return True
    if not here.following or here.following[0] in words.joints:
        return False
    return not verbs.isdisjoint(here.following)


def _is_common(here: Context, names: Names) -> bool:
    """Return whether these are common words, and no sentence: what is put in doubt."""
    bare = here.text.rstrip(",.")
    plain = bare.islower() and all(char.isalpha() or char in " -" for char in bare)
    return plain and all(
        names.known(part.title(), "word") for word in here.row for part in word.split("-")
    )
