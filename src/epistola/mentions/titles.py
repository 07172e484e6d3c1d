"""Find titles of works: kind ``title`` with ``level`` (a part, j journal, m book, u unpublished).

Marks alone do not make a title: people quote speech and put words in doubt. So each
rule wants two signs: the shape of a title (every word of weight begins with a capital)
and a cue beside it, "my ‘...’", "the article “...”", "in _..._". Names that the
gazetteer knows as newspapers, periodicals or works need an article or a verb of reading
if they are ordinary words too. A title once found is found again where it stands bare.
Marks stay outside the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from epistola import language
from epistola.gazetteer import Names, fold
from epistola.mentions.dates import dates
from epistola.mentions.quotes import Quotation, quotations
from epistola.mentions.scopes import Scope, scopes
from epistola.model import Annotation, Field, Letter, Source, Span

WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*|&")
BEFORE = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?)([\s,:;(]*[\"'_(]*)$")
AFTER = re.compile(r"[\"'_,.;)]*\s*([^\W\d_]+)")
STOPS = re.compile(r"(?<!\b[A-Z])[.;?!:]\s+\S|\n[ \t]*\n")
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
NAME_WORD = rf"{CAPITAL}[\w'-]+"
RUN_OF_CAPITALS = (
    rf"(?:The\s+)?{CAPITAL}[\w'-]*"
    rf"(?:\s+(?:(?:of|and|the|&|for|de|la|des|der|und)\s+){{0,2}}{CAPITAL}[\w'-]*)*"
)
REACH = 60
"""How far a cue may stand before or after a mark, in characters."""
LONGEST = 12
"""Words in the longest title that a letter quotes."""
LONGEST_KNOWN = 6
"""Words in the longest name that is looked up in the gazetteer."""

SURE, LIKELY, HINTED = 0.96, 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that go with titles."""

    joints: frozenset[str]
    owners: frozenset[str]
    naming: frozenset[str]
    not_naming: frozenset[str]
    reading: frozenset[str]
    before_work: frozenset[str]
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
    months: frozenset[str]
    levels: Mapping[str, str]
    genres: Mapping[str, str]
    opening: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a span: the two words before it, the mark between, the word after."""

    before: str
    earlier: str
    gap: str
    after: str
    possessive: bool


def titles(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the titles of works that ``source`` names, none inside another, in order."""
    words = words_of(letter.language)
    found: list[Annotation] = []
    for rule in (_of_page, _of_fields, _quoted, _located, _dated, _known, _opening):
        _take(found, rule(source, letter, names, words))
    _take(found, _marked_again(source, found))
    _take(found, _again(source, letter, found, words))
    yield from _levelled(source, sorted(found, key=lambda title: title.span))


def _take(found: list[Annotation], more: Iterable[Annotation]) -> None:
    """Add what does not overlap a title that an earlier rule has found."""
    for title in more:
        if not any(title.span.overlaps(other.span) for other in found):
            found.append(title)


def _title(span: Span, rule: str, level: str, certainty: float) -> Annotation:
    return Annotation(span, "title", f"titles.{rule}", {"level": level}, None, certainty)


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
        months=frozenset(form for forms in days["months"] for form in forms.split()),
        levels={word: level for level, all_ in data["levels"].items() for word in all_.split()},
        genres={word: genre for genre, all_ in data["genres"].items() for word in all_.split()},
        opening=_opening_pattern(data),
    )


def _opening_pattern(data: language.Language) -> re.Pattern[str]:
    """Return the pattern of "In Such a Title I": at least two words with capitals."""
    joints = "|".join(re.escape(word) for word in data["joints"].split())
    opening = "|".join(word.capitalize() for word in data["opening"].split())
    return re.compile(
        rf"\b(?:{opening})\s+(?P<title>(?:The\s+|A\s+)?{NAME_WORD}(?:\s+(?:(?:{joints})\s+){{0,3}}{NAME_WORD}){{1,8}})"
        r",?\s+(?P<who>[^\W\d_]+(?:'ve)?)\s+(?:have\s+|has\s+|had\s+|also\s+)*(?P<verb>[^\W\d_]+)"
    )


# ---------------------------------------------------------------- the page's own title

PAGE_GENRE = re.compile(
    r"(?P<genre>[^\W\d_]+(?:[\s-][^\W\d_]+)?)\s*[:–—]\s+(?P<rest>\S.*)", re.DOTALL
)
LETTER_HEAD = re.compile(
    r"(?:to|letter|letters|an|à|lettre|brief)\b|[ivxlc\d]+\.?\s", re.IGNORECASE
)


def _of_page(source: Source, letter: Letter, _: Names, words: Words) -> Iterator[Annotation]:
    """Yield the title in the page's heading: what follows its genre, or all of it."""
    span = letter.title.span if letter.title else None
    if span is None:
        return
    match = PAGE_GENRE.fullmatch(source.folded, span.start, span.end)
    if match and match["genre"].lower() in words.genres:
        yield _title(Span(*match.span("rest")), "page", "a", SURE)
    elif any(field.kind == "source" for field in letter.fields) or not LETTER_HEAD.match(
        source.folded, span.start
    ):
        yield _title(span, "page", "a", LIKELY)


# ---------------------------------------------------------------- lines of metadata

AUTHOR = re.compile(
    rf"(?P<author>(?:{CAPITAL}[\w'.-]*\s+){{1,4}}{CAPITAL}[\w'-]+)(?:,\s+|:\s+)(?P<next>[^,;:(\n]*)"
)
SEGMENT = re.compile(r"(?P<title>[^\W_](?:(?!(?<!\b[A-Z])\.\s|\s+\()[^,;:\n\"])+)")
LEADING = re.compile(r"(?:(?:in|from|dans|aus)\s+)?(?:the collection:?\s+)?", re.IGNORECASE)
END_OF_VALUE = re.compile(r"(?<=[\d)])[.;]\s+(?=[A-Z][a-z]+\b)")
"""Where a credit goes on in the same line: "pp. 459-80. Scanned by ..."."""


def value_of(source: Source, field: Field) -> Span:
    """Return what a line on the source says, without "in", its final stop and credits after it."""
    lead = LEADING.match(source.folded, field.value.start, field.value.end)
    start = lead.end() if lead else field.value.start
    text = source.folded[start : field.value.end]
    cut = END_OF_VALUE.search(text)
    text = text[: cut.start()] if cut else text
    return Span(start, start + len(text.rstrip(" \n.;,")))


def label_of(source: Source, field: Field) -> str:
    """Return the first word of a line's label in lower case."""
    match = WORD.search(source.folded, field.span.start, field.value.start)
    return match.group().lower() if match else ""


EDITORS = re.compile(
    rf"(?P<editors>{CAPITAL}[^():\n]{{3,60}}?)\s+\((?:eds?|Hgg?|Hrsgg?|éds?)\.?\),\s+"
)


def authors_of_field(
    source: Source, field: Field, letter: Letter, names: Names
) -> tuple[Annotation, ...]:
    """Return the editors and authors whose names open a line of metadata, with their role.

    "Georgi Plekhanov, Selected ...": an author is a known name, the writer of the page, or two
    or three words before a title of more than one.
    """
    value, words = value_of(source, field), words_of(letter.language)
    found: list[Annotation] = []
    editors = EDITORS.match(source.folded, value.start, value.end)
    if editors:
        found.append(_responsible(Span(*editors.span("editors")), "editor"))
    start = editors.end() if editors else value.start
    match = AUTHOR.match(source.folded, start, value.end)
    if match and _is_author(match["author"], match["next"].strip(), letter, names, words):
        found.append(_responsible(Span(*match.span("author")), "author"))
    return tuple(found)


def _responsible(span: Span, role: str) -> Annotation:
    return Annotation(span, "author", "titles.field", {"role": role}, None, SURE)


def _is_author(name: str, follows: str, letter: Letter, names: Names, words: Words) -> bool:
    row = name.split()
    writer = letter.author.value.split() if letter.author else []
    if names.known(row[0], "forename") or row[-1] in writer[-1:]:
        return True
    if {word.lower() for word in row} & (
        words.joints | words.journals | words.books | words.publisher
    ):
        return False
    titled = weight(follows, words) > 1 and has_shape(follows, words)
    printed = follows.split()[-1:] and follows.split()[-1].lower() in words.publisher
    return titled and not printed and not any(char.isdigit() for char in follows)


def _of_fields(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield the works that lines of metadata name: "Source: New Interventions, Volume 13"."""
    fields = [
        field
        for field in letter.fields
        if field.kind == "source" and label_of(source, field) not in words.other_labels
    ]
    if not fields:
        return
    located = scopes(source, letter.language)
    days = {found.span.start: found for found in dates(source, letter, names)}
    for field in fields:
        value = value_of(source, field)
        authors = authors_of_field(source, field, letter, names)
        start = _after_marks(source, authors[-1].span.end) if authors else value.start
        for quotation in quotations(source):
            span = trimmed(source, quotation.inner)
            if span and quotation.outer in value and quotation.mark != "italic":
                yield _title(span, "field", "a", SURE)
                start = _after_marks(source, quotation.outer.end)
        end = min(
            (at.span.start for at in located if at.span.start > start), default=field.value.end
        )
        end = min([end, *(at for at in days if at > start)])
        span = _segment(source, start, min(end, value.end), words)
        if span:
            rest = [scope for scope in located if scope.span in value]
            yield _title(span, "field", _level_of_field(source, span, rest, days), SURE)


AFTER_MARKS = re.compile(
    r"(?:\s+\(\w+\.?\))?[,.;:]?\s*(?:\b(?:in|from|dans|aus)\s+)?", re.IGNORECASE
)


def _after_marks(source: Source, end: int) -> int:
    match = AFTER_MARKS.match(source.folded, end)
    return match.end() if match else end


def _segment(source: Source, start: int, end: int, words: Words) -> Span | None:
    """Return the work that a line of metadata opens with at ``start``, up to a comma or bracket."""
    match = SEGMENT.match(source.folded, start, end)
    span = trimmed(source, Span(*match.span("title"))) if match else None
    if span is None:
        return None
    text = source.folded[span.start : span.end]
    first = re.split(r"[\s']", text)[0]
    if first in words.foreign_articles:
        text = text[:1].upper() + text[1:]
    return span if has_shape(text, words) and first.lower() not in words.no_source else None


TO_DATE = re.compile(r"[\"'_]?[,;.]?\s*\(?")


def _level_of_field(
    source: Source, span: Span, located: Sequence[Scope], days: Mapping[int, Annotation]
) -> str:
    """Return j where a number of issue or a day, month or season follows, else m."""
    if any(scope.unit == "issue" for scope in located):
        return "j"
    at = TO_DATE.match(source.folded, span.end)
    day = days.get(at.end()) if at else None
    return "j" if day and not source[day.span].isdigit() else "m"


# ---------------------------------------------------------------- named before a volume or number

BEFORE_SCOPE = re.compile(
    rf"(?:(?P<cue>[^\W\d_]+)\s+|[(\[]|\n|^)"
    rf"(?P<title>{RUN_OF_CAPITALS})"
    r"[,.]?\s*\(?$"
)
WINDOW = 90


AFTER_SCOPE = re.compile(
    rf"\s+(?:of|von|de)\s+(?:the\s+|der\s+|la\s+|le\s+)(?P<title>{RUN_OF_CAPITALS})(?!\w)"
)


def _located(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield the work beside a volume or number: "in Nature, vol. 3", "No. 1 of the Museum"."""
    end = 0
    for scope in scopes(source, letter.language):
        floor = max(end, scope.span.start - WINDOW, 0)
        end = scope.span.end
        if scope.unit not in {"volume", "issue"}:
            continue
        before = BEFORE_SCOPE.search(source.folded, floor, scope.span.start)
        match = before or AFTER_SCOPE.match(source.folded, scope.span.end)
        if match is None or "\n\n" in match.group() or not _is_free(match["title"], names, words):
            continue
        cue = before["cue"].lower() if before and before["cue"] else ""
        if match["title"].isupper():
            continue
        if not cue or cue in words.before_work or cue in words.articles:
            heavy = weight(match["title"], words) > 1
            certainty = SURE if cue and heavy else LIKELY if before else HINTED
            yield _title(Span(*match.span("title")), "located", "j", certainty)


IN_BRACKETS = re.compile(rf"[(\[](?:The\s+)?{CAPITAL}[^()\[\],\n]+,\s+[A-Z\d]")
DATED = re.compile(rf"[(\[](?P<title>{RUN_OF_CAPITALS}),\s+$")


def _dated(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield a journal that stands in brackets with its day: "(The Daily Echo, 3 May 1871)"."""
    if not IN_BRACKETS.search(source.folded):  # dates are dear
        return
    for found in dates(source, letter, names):
        floor = max(0, found.span.start - WINDOW)
        match = DATED.search(source.folded, floor, found.span.start)
        if match is None or not _is_free(match["title"], names, words):
            continue
        row = match["title"].lower().split()
        if row[0] in words.articles or words.journals & set(row):
            yield _title(Span(*match.span("title")), "dated", "j", LIKELY)


def _is_free(text: str, names: Names, words: Words) -> bool:
    """Return whether words before a number may be a work: no person or place, no single joint."""
    first = text.split()[0].lower()
    return first not in words.before_work - words.articles and not names.known(
        text, "settlement", "country", "region", "person", "forename", "surname"
    )


# ---------------------------------------------------------------- quotation marks and italics


def _quoted(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    last = -REACH
    for quotation in quotations(source):
        span = trimmed(source, quotation.inner)
        if span is None or _in_rights(span, letter):
            continue
        context = context_of(source, quotation.outer)
        verdict = _judge(source, span, quotation, context, names, words)
        if verdict is None and quotation.outer.start - last <= 6:  # noqa: PLR2004 - ", and “"
            verdict = _in_row(source, span, words)
        if verdict:
            last = quotation.outer.end
            yield _title(span, quotation.mark, *verdict)


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
    possessive = before.endswith("'s") or gap.startswith("' ") or gap.startswith("'\n")
    return Context(before, earlier, gap, after[1].lower() if after else "", possessive)


def has_shape(text: str, words: Words, *, loose: bool = False) -> bool:
    """Return whether ``text`` looks like a title: its words of weight begin with capitals."""
    row = WORD.findall(text)
    if not row or len(row) > LONGEST or STOPS.search(text.replace("St. ", "St ")):
        return False
    if not (row[0][0].isupper() or row[0][0].isdigit()) or row[0].lower() in words.not_title:
        return False
    if row[0] == "I" and len(row) > 1 and row[1].islower():
        return False
    return loose or all(not word[0].islower() or word in words.joints for word in row)


def weight(text: str, words: Words) -> int:
    """Return how many words of ``text`` are no joints."""
    return sum(word.lower() not in words.joints for word in WORD.findall(text))


def _judge(
    source: Source, span: Span, quotation: Quotation, context: Context, names: Names, words: Words
) -> tuple[str, float] | None:
    """Return level and certainty of what stands in marks, or None where it is no title."""
    text = source.folded[span.start : span.end]
    level = _cue(context, words)
    if not has_shape(text, words, loose=bool(level) and quotation.mark != "italic"):
        return None
    if _is_spoken(context, words) or _is_vessel(context, words):
        return None
    known = names.known(text, "newspaper", "periodical")
    if level or known:
        return _level(text, level, context, quotation, words, known=known), SURE
    if quotation.mark == "italic" and _is_no_work(text, names):
        return None
    heavy = weight(text, words)
    if heavy > 1 and (_is_placed(text, context, words) or context.after in words.levels):
        return _level(text, "", context, quotation, words), LIKELY
    if heavy > 1 and quotation.mark == "italic":
        return _level(text, "", context, quotation, words), LIKELY
    if heavy == 1 and _is_hinted(text, context, words):
        return _level(text, "", context, quotation, words), HINTED
    return None


def _cue(context: Context, words: Words) -> str:
    """Return the level that the word before says, "?" where it only says that this is a title."""
    if context.before in words.levels and context.gap.strip(" \n\"'_(,") == "":
        return words.levels[context.before]
    if context.before in words.naming:
        return "" if context.earlier in words.not_naming else words.levels.get(context.earlier, "?")
    if context.gap.strip(" \n\"'_"):
        return ""
    if context.before in words.months:
        return "j"
    owned = context.before in words.owners or context.possessive
    read = context.before in words.reading or context.earlier in words.copies
    return "?" if owned or read else ""


def _is_spoken(context: Context, words: Words) -> bool:
    return (context.before in words.speech and "," in context.gap) or context.after in words.speech


def _is_placed(text: str, context: Context, words: Words) -> bool:
    """Return whether the word before is one that stands before works, "the" before journals only."""
    if context.before not in words.articles:
        return context.before in words.before_work
    row = {word.lower() for word in WORD.findall(text)}
    return bool(row & (words.journals | words.books)) or context.earlier in words.appearing


def _is_vessel(context: Context, words: Words) -> bool:
    """Return whether the name in marks is a ship's or an inn's: "we sailed on the “...”"."""
    named = {context.before, context.earlier, context.after} & words.ships
    return bool(named) or (context.earlier == words.on and context.before in words.articles)


def _is_no_work(text: str, names: Names) -> bool:
    """Return whether words in italics are a date, a place or somebody's name."""
    return any(char.isdigit() for char in text) or names.known(
        text, "settlement", "country", "region", "person"
    )


def _is_hinted(text: str, context: Context, words: Words) -> bool:
    """Return whether a single word in marks is rather a title than a word in doubt."""
    if context.after in {"number", "numbers"} or context.earlier in words.levels:
        return True
    return text.split()[0].lower() in words.articles and context.before in words.before_work


def _level(
    text: str,
    level: str,
    context: Context,
    quotation: Quotation,
    words: Words,
    *,
    known: bool = False,
) -> str:
    """Return the level of a title: what the letter calls it, what it calls itself, how it is marked."""
    if level in {"a", "j", "m"}:
        return level
    row = {word.lower() for word in WORD.findall(text)}
    if known or row & words.journals or context.after in {"number", "numbers"}:
        return "j"
    if row & words.books:
        return "m"
    if context.after in words.levels:
        return words.levels[context.after]
    if context.before in words.before_work | words.articles and context.earlier in words.appearing:
        return "j"
    owned = context.possessive or context.before in words.owners
    in_part = quotation.mark == "single" or context.after == "in"
    short = owned and weight(text, words) <= 2  # noqa: PLR2004 - a poem's title rather than a book's
    return "a" if quotation.mark != "italic" and (in_part or short) else "m"


def _in_row(source: Source, span: Span, words: Words) -> tuple[str, float] | None:
    """Return a verdict on what follows a title after a comma or "and"."""
    text = source.folded[span.start : span.end]
    return ("m", LIKELY) if has_shape(text, words) else None


def _in_rights(span: Span, letter: Letter) -> bool:
    """Return whether ``span`` is in a line on copyright: what is named there holds rights."""
    return any(field.kind == "rights" and span in field.span for field in letter.fields)


# ---------------------------------------------------------------- the gazetteer

RUN = re.compile(
    rf"{CAPITAL}[\w'-]*(?:(?:\s+(?:of|and|the|&|de|la|des|du|der|und))*\s+{CAPITAL}[\w'-]*)*"
)


def _known(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    classes = [name for name in ("newspaper", "periodical", "work") if name in names.table]
    if not classes:
        return
    for run in RUN.finditer(source.folded):
        yield from _known_in(source, letter, names, words, run)


def _known_in(
    source: Source, letter: Letter, names: Names, words: Words, run: re.Match[str]
) -> Iterator[Annotation]:
    """Yield the longest known names in a run of words with capitals."""
    row = [match.span() for match in re.finditer(r"\S+", run.group())]
    at = 0
    while at < len(row):
        for size in range(min(LONGEST_KNOWN, len(row) - at), 0, -1):
            span = Span(run.start() + row[at][0], run.start() + row[at + size - 1][1])
            title = _known_title(source, span, names, words)
            if title and not _in_rights(span, letter):
                yield title
                at += size - 1
                break
        at += 1


def _known_title(source: Source, span: Span, names: Names, words: Words) -> Annotation | None:
    form = fold(source.folded[span.start : span.end])
    form = form.removesuffix("'s").removesuffix("'")
    journal = names.known(form, "newspaper", "periodical")
    if not journal and not names.known(form, "work"):
        return None
    whole = Span(span.start, span.start + len(source.folded[span.start : span.end].rstrip("'s")))
    whole = whole if form != fold(source.folded[span.start : span.end]) else span
    context = context_of(source, span)
    if journal:
        certainty = _journal_certainty(form, context, names, words)
        return _title(whole, "known", "j", certainty) if certainty else None
    cue = (
        context.before in words.reading
        or context.before in words.copies
        or (context.earlier in words.copies and context.before in words.before_work)
    )
    lone = not names.classes(form) - {"work"} and weight(form, words) > 1
    return _title(whole, "known", "m", LIKELY) if cue or lone else None


def _journal_certainty(form: str, context: Context, names: Names, words: Words) -> float:
    """Return how sure it is that the name of a journal means the journal, 0 where it does not."""
    article = context.before in words.articles or form.split()[0].lower() in words.articles
    other = names.classes(form) - {"newspaper", "periodical"}
    if weight(form, words) > 1 and not other:
        return SURE
    if not article or (context.gap.strip() and context.before in words.articles):
        return 0.0
    before = context.earlier if context.before in words.articles else context.before
    cue = "(" in context.gap or before in words.before_work or before in words.copies
    if cue or context.after in words.saying or context.earlier in words.reading:
        return LIKELY
    return HINTED if not other and not names.known(form.lower(), "word") else 0.0


# ---------------------------------------------------------------- "In Such a Book I stressed"


def _opening(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    for match in words.opening.finditer(source.folded):
        title = match["title"]
        last = title.split()[-1].lower()
        if (
            match["who"].lower() not in words.pronouns
            or match["verb"] not in words.verbs_of_writing
        ):
            continue
        if last in words.not_last or last in words.months or names.classes(title) - {"work"}:
            continue
        yield _title(Span(*match.span("title")), "opening", "m", SURE)


# ---------------------------------------------------------------- found once, found again


def _again(
    source: Source, letter: Letter, found: list[Annotation], words: Words
) -> Iterator[Annotation]:
    """Yield titles of two words or more where they stand again without marks."""
    plain = source.folded.replace("\n", " ")
    levels = {
        fold(source[title.span]): title.values["level"]
        for title in found
        if title.rule != "titles.page" and title.certainty > HINTED
    }
    for form, level in levels.items():
        if weight(form, words) < 2 or not has_shape(form, words):  # noqa: PLR2004 - one is not enough
            continue
        for span in occurrences(plain, form):
            if not _in_rights(span, letter):
                yield _title(span, "again", level, LIKELY)


def occurrences(plain: str, form: str) -> Iterator[Span]:
    """Yield where ``form`` stands in ``plain`` as whole words."""
    at = plain.find(form)
    while at >= 0:
        end = at + len(form)
        if not plain[at - 1 : at].isalnum() and not plain[end : end + 1].isalnum():
            yield Span(at, end)
        at = plain.find(form, end)


def _marked_again(source: Source, found: list[Annotation]) -> Iterator[Annotation]:
    """Yield what stands in marks and is the title of a work that the letter has named."""
    levels = {
        fold(source[title.span]).removeprefix("The "): title.values["level"] for title in found
    }
    for quotation in quotations(source):
        span = trimmed(source, quotation.inner)
        if span and (form := fold(source[span]).removeprefix("The ")) in levels:
            yield _title(span, "again", levels[form], LIKELY)


def _levelled(source: Source, found: list[Annotation]) -> Iterator[Annotation]:
    """Yield titles with one level for each work: that of a journal, if one of its rules knows it."""
    journals = {fold(source[title.span]) for title in found if title.values["level"] == "j"}
    for title in found:
        if fold(source[title.span]) in journals:
            yield replace(title, values={"level": "j"})
        else:
            yield title
