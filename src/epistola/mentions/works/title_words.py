"""What titles of works look like, and the words that stand beside them: shared by the rules.

The words of a language are data (``[titles]``, ``[references]``); here they become sets and
patterns, once for each language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from epistola import language
from epistola.gazetteer import Names
from epistola.model import Annotation, Letter, Source, Span

WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|&")
BEFORE = re.compile(r"([^\W\d_]+(?:['-][^\W\d_]+)*)([\s,:;(]*[\"'_(]*)$")
AFTER = re.compile(r"[\"'_,.;)]*\s*([^\W\d_]+)")
STOPS = re.compile(r"(?<!\b[A-Z])[.;?!:]\s+\S|\n[ \t]*\n")
STOP = re.compile(r"[.;?!]")
BLANK_LINE = re.compile(r"\n[ \t]*\n")
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
CAPITALISED = rf"{CAPITAL}\w*(?:['-]\w+)*"
NAME_WORD = rf"{CAPITAL}\w+(?:['-]\w+)*"
TO_MARK = r"[\"'_]{0,2}"
REACH = 60
"""How far a cue may stand before or after a mark, in characters."""
LONGEST = 12
"""Words in the longest title that a letter quotes."""
LONGEST_KNOWN = 6
"""Words in the longest name that is looked up in the gazetteer."""

PLACES = ("settlement", "capital", "country", "region", "place", "geography", "site")
THINGS = frozenset(PLACES) | {
    *("army", "bloc", "church", "company", "demonym"),
    *("event", "government", "institution", "party", "society"),
}
"""Classes of the gazetteer whose names are no person and no work."""

SURE, LIKELY, HINTED = 0.96, 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns of one language; ``title`` is the group that holds what is sought.

    ``run`` is a run of words with capitals; ``before_scope`` and ``after_scope`` one beside a
    volume or number, with the word before it as ``cue``; ``dated`` one in brackets before a date;
    ``cued`` one after a word for reading or making books;
    ``head`` the first noun before one in marks ("book" in "a book of short poems called");
    ``opening`` "In Such a Book I wrote"; ``leading`` the words that introduce a source
    ("reprinted in"); ``letter_head`` the heading of a letter that is no title ("To ...").
    """

    run: re.Pattern[str]
    before_scope: re.Pattern[str]
    after_scope: re.Pattern[str]
    dated: re.Pattern[str]
    cued: re.Pattern[str]
    opening: re.Pattern[str]
    head: re.Pattern[str]
    headed: re.Pattern[str]
    collected: re.Pattern[str]
    called: re.Pattern[str]
    apposed: re.Pattern[str]
    reading: re.Pattern[str]
    leading: re.Pattern[str]
    letter_head: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that go with titles."""

    joints: frozenset[str]
    owners: frozenset[str]
    naming: frozenset[str]
    not_naming: frozenset[str]
    reading: frozenset[str]
    before_work: frozenset[str]
    before_located: frozenset[str]
    copies: frozenset[str]
    ships: frozenset[str]
    speech: frozenset[str]
    not_title: frozenset[str]
    not_last: frozenset[str]
    saying: frozenset[str]
    pronouns: frozenset[str]
    verbs_of_writing: frozenset[str]
    journals: frozenset[str]
    books: frozenset[str]
    appearing: frozenset[str]
    articles: frozenset[str]
    no_source: frozenset[str]
    foreign_articles: frozenset[str]
    publisher: frozenset[str]
    other_labels: frozenset[str]
    on: str
    capital_nouns: bool
    months: frozenset[str]
    levels: Mapping[str, str]
    readers: frozenset[str]
    within: frozenset[str]
    not_read: frozenset[str]
    perusing: frozenset[str]
    literary: frozenset[str]
    publishing: frozenset[str]
    fond: frozenset[str]
    issues: frozenset[str]
    one: frozenset[str]
    named_after: frozenset[str]
    holding: frozenset[str]
    topics: frozenset[str]
    towards: frozenset[str]
    sending: frozenset[str]
    series: frozenset[str]
    hints: Mapping[str, str]
    genres: Mapping[str, str]
    numbers: frozenset[str]
    journal_last: frozenset[str]
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a span: the two words before it, the mark between, the word after."""

    before: str
    earlier: str
    gap: str
    after: str
    possessive: bool


@cache
def words_of(code: str) -> Words:
    """Return the words of the language ``code`` that go with titles, as sets."""
    every = language.load(code)
    data, days, cited = every["titles"], every["dates"], every["references"]

    def words(key: str) -> frozenset[str]:
        return frozenset(data[key].split())

    return Words(
        joints=words("joints"),
        owners=words("owners"),
        naming=words("naming"),
        not_naming=words("not_naming"),
        reading=words("reading"),
        before_work=words("before_work"),
        before_located=frozenset(cited["before"].split()) | frozenset(days["the"].split()),
        copies=words("copies"),
        ships=words("ships"),
        speech=words("speech"),
        not_title=words("not_title"),
        not_last=words("not_last"),
        saying=words("saying"),
        pronouns=words("pronouns"),
        verbs_of_writing=words("verbs_of_writing"),
        journals=words("journals"),
        books=words("books"),
        appearing=words("appearing"),
        articles=frozenset(days["the"].split()),
        no_source=frozenset(cited["not_title"].split()),
        publisher=frozenset(cited["publisher"].split()),
        other_labels=frozenset(cited["other_labels"].split()),
        foreign_articles=words("foreign_articles"),
        on=days["on"],
        capital_nouns=data["capital_nouns"],
        months=frozenset(form for forms in days["months"] for form in forms.split()),
        levels={word: level for level, all_ in data["levels"].items() for word in all_.split()},
        readers=words("readers"),
        within=words("within"),
        not_read=words("not_read"),
        perusing=words("perusing"),
        literary=words("literary"),
        publishing=words("publishing"),
        fond=words("fond"),
        issues=words("issues"),
        one=words("one"),
        named_after=words("named_after"),
        holding=words("holding"),
        topics=words("topics"),
        towards=words("towards"),
        sending=words("sending"),
        series=words("series"),
        hints={word: level for level, all_ in data["hints"].items() for word in all_.split()},
        genres={word: genre for genre, all_ in data["genres"].items() for word in all_.split()},
        numbers=words("numbers"),
        journal_last=words("journal_last"),
        patterns=_patterns(data, days, cited),
    )


def _patterns(
    data: language.Language, days: language.Language, cited: language.Language
) -> Patterns:
    of, the, joints = either(days["of"]), either(days["the"]), either(data["run_joints"])
    run = rf"{CAPITALISED}(?:\s+(?:(?:{joints})\s+){{0,2}}{CAPITALISED})*"
    inner = either(data["joints"])
    opening = either(data["opening"].title())
    title_case = rf"{NAME_WORD}(?:\s+(?:(?:{inner})\s+){{0,3}}{NAME_WORD}){{1,8}}"
    cues = "|".join(cue.replace(" ", r"\s+") for cue in data["bare_cues"])
    leading = "|".join(phrase.replace(" ", r"\s+") for phrase in cited["leading"])
    return Patterns(
        run=re.compile(run),
        before_scope=re.compile(
            rf"(?:(?P<cue>[^\W\d_]+)\s+|[(\[]|\n|^)(?P<title>{run})[,.]?\s*\(?$"
        ),
        after_scope=re.compile(rf"\s+(?:{of})\s+(?:{the})\s+(?P<title>{run})(?!\w)"),
        dated=re.compile(rf"[(\[](?P<title>{run}),\s+$"),
        cued=re.compile(rf"\b(?:{cues})\s+(?:(?:{the})\s+)?(?P<title>{run})(?![\w'])"),
        opening=re.compile(
            rf"\b(?:{opening})\s+(?P<title>(?:(?:The|A)\s+)?{title_case}),?"
            rf"\s+(?P<who>[^\W\d_]+)\s+(?:(?:{either(data['auxiliaries'])})\s+)*(?P<verb>[^\W\d_]+)"
        ),
        head=re.compile(
            rf"\b(?P<head>[^\W\d_]+)\s+(?:{of})\s+(?:[^\W\d_]+\s+){{0,2}}(?P<of>[^\W\d_]+)"
            rf"(?:,|\s+(?:{either(data['naming'])}))?\s+$"
        ),
        **_prose_patterns(data, days),
        leading=re.compile(rf"(?:(?:{leading}):?\s+)?", re.IGNORECASE),
        letter_head=re.compile(
            rf"(?:{either(data['letter_heads'])})\b|[ivxlc\d]+\.?\s", re.IGNORECASE
        ),
    )


def _prose_patterns(data: language.Language, days: language.Language) -> dict[str, re.Pattern[str]]:
    """Return the patterns of ``title_prose``; no group of one matches where nothing is listed."""
    inner, the, of = either(data["joints"]), either(days["the"]), either(data["head_joints"])
    short = either(data["run_joints"] + " " + data["called_joints"])
    part = (
        rf"(?:(?:{CAPITAL}|{either(data['abbreviated'])})\.(?=\s+{CAPITAL})|(?!I\b){CAPITALISED})"
    )
    heads, things = either(data["heads"]), either(data["things"])
    nouns = "|".join(f"{noun}|{noun.title()}" for noun in data["genre_nouns"].split()) or "(?!)"
    links = either(data["naming"] + " " + days["of"])
    return {
        "headed": re.compile(
            rf"(?<![\w'-])(?P<title>(?:{heads})\s+(?:{of})\s+(?:(?:{inner})\s+){{0,2}}{part}"
            rf"(?:\s+(?:(?:{inner})\s+){{0,3}}(?!(?:{heads})\s+(?:{of})\b){part}){{0,{LONGEST}}})"
        ),
        "collected": re.compile(
            rf"(?<![\w'-])(?P<title>(?P<owner>{CAPITAL}\w+)'s?\s+(?:{things}))"
            rf"(?![\w'-]|\s+{CAPITAL})"
        ),
        "called": re.compile(
            rf"\b(?P<noun>{nouns}),?\s+(?P<link>(?:{links})\b|)\s*"
            rf"(?:(?P<article>{the}|The|A|An)\s+)?"
            rf"(?P<title>{part}(?:\s+(?:(?:{short})\s+){{0,2}}{part}){{0,{LONGEST}}})(?![\w'])"
        ),
        "apposed": re.compile(
            rf"(?<![\w'-])(?P<title>{part}(?:\s+(?:(?:{short})\s+){{0,2}}{part}){{0,{LONGEST}}})"
            rf"(?:,\s+|\s?--\s?|\s?[—–]\s?)(?:{either(data['indefinite'])})\s+(?:[a-z]+\s+){{0,2}}"
            rf"(?:{either(data['literary'])})\b(?!\s+(?:{CAPITAL}|{either(data['makers'])}))"
        ),
        "reading": re.compile(
            rf"\b(?:{either(data['perusing'])})\s+(?:{the}|The)\s+"
            rf"(?P<title>{CAPITAL}\w+(?:-\w+)*)(?![\w'&]|\s+{CAPITAL}|\s+&)"
        ),
    }


def either(words: str) -> str:
    """Return the alternatives of a pattern that matches any of ``words``."""
    return "|".join(re.escape(word) for word in words.split()) or "(?!)"


def title_at(span: Span, rule: str, level: str, certainty: float) -> Annotation:
    """Return the claim that a title stands at ``span``."""
    return Annotation(span, "title", f"titles.{rule}", {"level": level}, None, certainty)


def trimmed(source: Source, span: Span) -> Span | None:
    """Return ``span`` without the comma or stop that American printers put inside the marks."""
    text = source.folded[span.start : span.end]
    start = len(text) - len(text.lstrip(" \n\"'_"))
    end = len(text.rstrip(" \n,.;:\"'_" if not text.rstrip(" \n").endswith("...") else " \n"))
    return Span(span.start + start, span.start + end) if start < end else None


def context_of(source: Source, span: Span) -> Context:
    """Return what stands before and after ``span``, in lower case."""
    text = source.folded
    match = BEFORE.search(text, max(0, span.start - REACH), span.start)
    if match is None:
        before, earlier, gap = "", "", text[max(0, span.start - 2) : span.start]
    else:
        more = BEFORE.search(text, max(0, match.start() - REACH), match.start())
        before, gap, earlier = match[1].lower(), match[2], more[1].lower() if more else ""
    after = AFTER.match(text, span.end, min(len(text), span.end + REACH))
    possessive = before.endswith("'s") or gap.startswith(("' ", "'\n"))
    if after and after[1][0].isupper() and STOP.search(text, span.end - 2, after.start(1)):
        after = None  # the next sentence tells nothing
    return Context(before, earlier, gap, after[1].lower() if after else "", possessive)


def has_shape(text: str, words: Words, *, loose: bool = False) -> bool:
    """Return whether ``text`` looks like a title: its words of weight begin with capitals."""
    row = WORD.findall(text)
    if not row or len(row) > LONGEST or STOPS.search(text.replace("St. ", "St ")):
        return False
    if not (row[0][0].isupper() or row[0][0].isdecimal()) or row[0].lower() in words.not_title:
        return False
    if row[0] == "I" and "i" in words.pronouns and len(row) > 1 and row[1].islower():
        return False
    return loose or all(not word[0].islower() or word in words.joints for word in row)


def weight(text: str, words: Words) -> int:
    """Return how many words of ``text`` are no joints."""
    return sum(word.lower() not in words.joints for word in WORD.findall(text))


INITIAL = re.compile(r"[^\W\d_]\.?\s(?!\w+\s+of\b)")
"""A letter by itself: "K Brown" is a person."""


def is_free(text: str, names: Names, words: Words) -> bool:
    """Return whether words before a number may be a work: no person or place, no single joint."""
    first = text.split(maxsplit=1)[0].lower()
    if INITIAL.match(text):
        return False
    return first not in words.before_work - words.articles and not names.known(
        text, *THINGS, "person", "forename", "surname"
    )


def in_rights(span: Span, letter: Letter) -> bool:
    """Return whether ``span`` is in a line on copyright: what is named there holds rights."""
    return any(field.kind == "rights" and span in field.span for field in letter.fields)
