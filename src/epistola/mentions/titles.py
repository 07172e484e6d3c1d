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
from dataclasses import replace

from epistola.gazetteer import Names, fold
from epistola.mentions.dates import dates
from epistola.mentions.quotes import Quotation, quotations
from epistola.mentions.scopes import scopes
from epistola.mentions.title_lines import titles_of_lines
from epistola.mentions.title_words import (
    BLANK_LINE,
    CAPITAL,
    HINTED,
    LIKELY,
    LONGEST_KNOWN,
    PLACES,
    REACH,
    SURE,
    THINGS,
    WORD,
    Context,
    Words,
    context_of,
    has_shape,
    title_at,
    trimmed,
    weight,
    words_of,
)
from epistola.model import Annotation, Letter, Source, Span


def titles(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the titles of works that ``source`` names, none inside another, in order."""
    words = words_of(letter.language)
    found: list[Annotation] = []
    for rule in (
        _of_page,
        titles_of_lines,
        _quoted,
        _located,
        _dated,
        _named,
        _known,
        _opening,
        _cued,
    ):
        _take(found, rule(source, letter, names, words))
    _take(found, _marked_again(source, found))
    _take(found, _by_habit(source, letter, names, found))
    _take(found, _again(source, letter, found, words))
    yield from _levelled(source, sorted(found, key=lambda title: title.span))


def _take(found: list[Annotation], more: Iterable[Annotation]) -> None:
    """Add what does not overlap a title that an earlier rule has found."""
    for title in more:
        if not any(title.span.overlaps(other.span) for other in found):
            found.append(title)


# ---------------------------------------------------------------- the page's own title

PAGE_GENRE = re.compile(
    r"(?P<genre>[^\W\d_]+(?:[\s-][^\W\d_]+)?)\s*[:–—]\s+(?P<rest>\S.*)", re.DOTALL
)


def _of_page(source: Source, letter: Letter, _: Names, words: Words) -> Iterator[Annotation]:
    """Yield the title in the page's heading: what follows its genre, or all of it."""
    span = letter.title.span if letter.title else None
    if span is None:
        return
    match = PAGE_GENRE.fullmatch(source.folded, span.start, span.end)
    if match and match["genre"].lower() in words.genres:
        yield title_at(Span(*match.span("rest")), "page", "a", SURE)
    elif any(
        field.kind == "source" for field in letter.fields
    ) or not words.patterns.letter_head.match(source.folded, span.start):
        yield title_at(span, "page", "a", LIKELY)


# ---------------------------------------------------------------- named before a volume or number

WINDOW = 90


def _located(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield the work beside a volume or number: "in Nature, vol. 3", "No. 1 of the Museum"."""
    end = 0
    for scope in scopes(source, letter.language):
        floor = max(end, scope.span.start - WINDOW, 0)
        end = scope.span.end
        if scope.unit not in {"volume", "issue"}:
            continue
        before = words.patterns.before_scope.search(source.folded, floor, scope.span.start)
        match = before or words.patterns.after_scope.match(source.folded, scope.span.end)
        if (
            match is None
            or BLANK_LINE.search(match.group())
            or not _is_free(match["title"], names, words)
        ):
            continue
        cue = before["cue"].lower() if before and before["cue"] else ""
        if match["title"].isupper():
            continue
        if not cue or cue in words.before_work or cue in words.articles:
            heavy = weight(match["title"], words) > 1
            certainty = SURE if cue and heavy else LIKELY if before else HINTED
            yield title_at(Span(*match.span("title")), "located", "j", certainty)


IN_BRACKETS = re.compile(rf"[(\[]{CAPITAL}[^()\[\],\n]+,\s+[A-Z\d]")


def _dated(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield a journal that stands in brackets with its day: "(The Daily Echo, 3 May 1871)"."""
    if not IN_BRACKETS.search(source.folded):  # dates are dear
        return
    for found in dates(source, letter, names):
        floor = max(0, found.span.start - WINDOW)
        match = words.patterns.dated.search(source.folded, floor, found.span.start)
        if match is None or not _is_free(match["title"], names, words):
            continue
        row = match["title"].lower().split()
        if row[0] in words.articles or words.journals & set(row):
            yield title_at(Span(*match.span("title")), "dated", "j", LIKELY)


def _is_free(text: str, names: Names, words: Words) -> bool:
    """Return whether words before a number may be a work: no person or place, no single joint."""
    first = text.split(maxsplit=1)[0].lower()
    return first not in words.before_work - words.articles and not names.known(
        text, *THINGS, "person", "forename", "surname"
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
            yield title_at(span, quotation.mark, *verdict)


def _judge(
    source: Source, span: Span, quotation: Quotation, context: Context, names: Names, words: Words
) -> tuple[str, float] | None:
    """Return level and certainty of what stands in marks, or None where it is no title."""
    text = source.folded[span.start : span.end]
    level = _cue(context, words)
    italic = quotation.mark == "italic"
    if not has_shape(text, words, loose=level in {"a", "j", "m"} and not italic):
        return None
    if _is_spoken(context, words) or _is_vessel(context, words):
        return None
    known = names.known(text, "newspaper", "periodical")
    if italic and (_is_line(source, quotation, text, words) or _is_no_work(text, names)):
        certainty = 0.0
    elif level or known:
        certainty = SURE
    else:
        certainty = _guess(text, quotation, context, words)
    form = _level(text, level, context, quotation, words, known=known)
    return (form, certainty) if certainty else None


def _guess(text: str, quotation: Quotation, context: Context, words: Words) -> float:
    """Return how sure it is that words in marks are a title, where no cue says so."""
    if weight(text, words) == 1:
        return HINTED if _is_hinted(text, context, words) else 0.0
    placed = _is_placed(text, context, words) or context.after in words.levels
    return LIKELY if placed or quotation.mark == "italic" else 0.0


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


def _is_line(source: Source, quotation: Quotation, text: str, words: Words) -> bool:
    """Return whether italics are a line of their own, its beginning, a date or initials."""
    start, end = quotation.outer.start, quotation.outer.end
    opens = not source.folded[source.folded.rfind("\n", 0, start) + 1 : start].strip()
    goes_on = source.folded[end : end + 3].lstrip(" ,\n")[:1].islower()
    dated = any(word.lower() in words.months for word in WORD.findall(text))
    return (opens and not goes_on) or dated or bool(INITIALS.match(text))


INITIALS = re.compile(r"[A-Z]\.\s?[A-Z]")


def _is_placed(text: str, context: Context, words: Words) -> bool:
    """Return whether the word before stands before works, "the" before journals only."""
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
    return any(char.isdigit() for char in text) or names.known(text, *PLACES, "person")


def _is_hinted(text: str, context: Context, words: Words) -> bool:
    """Return whether a single word in marks is rather a title than a word in doubt."""
    if context.after in words.numbers or context.earlier in words.levels:
        return True
    return (
        text.split(maxsplit=1)[0].lower() in words.articles and context.before in words.before_work
    )


def _level(
    text: str,
    level: str,
    context: Context,
    quotation: Quotation,
    words: Words,
    *,
    known: bool = False,
) -> str:
    """Return the level: what the letter calls the work, or its name, or its marks say."""
    if level in {"a", "j", "m"}:
        return level
    row = {word.lower() for word in WORD.findall(text)}
    owned = context.possessive or context.before in words.owners
    if known or context.after in words.numbers or (row & words.journals and not owned):
        return "j"
    if row & words.books:
        return "m"
    if context.after in words.levels:
        return words.levels[context.after]
    if context.before in words.before_work | words.articles and context.earlier in words.appearing:
        return "j"
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


KNOWN = ("newspaper", "periodical", "work")


def _known(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield the journals and works of the gazetteer, the longest name at each place."""
    tables = [names.table[name] for name in KNOWN if name in names.table]
    for run in words.patterns.run.finditer(source.folded):
        for span in _candidates(run, tables):
            found = _known_title(source, span, names, words)
            if found and not _in_rights(span, letter):
                yield found


def _candidates(run: re.Match[str], tables: Sequence[Mapping[str, str]]) -> Iterator[Span]:
    """Yield the longest stretches of a run of words with capitals that a table holds."""
    row = [(match.group(), match.start(), match.end()) for match in PIECE.finditer(run.group())]
    at = 0
    while at < len(row):
        size = next(
            (
                size
                for size in range(min(LONGEST_KNOWN, len(row) - at), 0, -1)
                if any(_form(row[at : at + size]) in table for table in tables)
            ),
            0,
        )
        if size:
            yield Span(run.start() + row[at][1], run.start() + row[at + size - 1][2])
        at += size or 1


PIECE = re.compile(r"\S+")


def _form(row: Sequence[tuple[str, int, int]]) -> str:
    """Return the form that is looked up: words with single spaces, no genitive ending."""
    return " ".join(word for word, _, _ in row).removesuffix("'s").removesuffix("'")


def _known_title(source: Source, span: Span, names: Names, words: Words) -> Annotation | None:
    text = source.folded[span.start : span.end]
    name = text.removesuffix("'s").removesuffix("'")
    form, whole = fold(name), Span(span.start, span.start + len(name))
    journal = names.known(form, "newspaper", "periodical")
    context = context_of(source, span)
    if journal:
        certainty = _journal_certainty(form, context, names, words)
        return title_at(whole, "known", "j", certainty) if certainty else None
    cue = (
        context.before in words.reading
        or context.before in words.copies
        or (context.earlier in words.copies and context.before in words.before_work)
    )
    lone = not names.classes(form) - {"work"} and weight(form, words) > 1
    return title_at(whole, "known", "m", LIKELY) if cue or lone else None


def _journal_certainty(form: str, context: Context, names: Names, words: Words) -> float:
    """Return how sure it is that the name of a journal means the journal, 0 where it does not."""
    article = (
        context.before in words.articles or form.split(maxsplit=1)[0].lower() in words.articles
    )
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


def _opening(source: Source, _: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    for match in words.patterns.opening.finditer(source.folded):
        title = match["title"]
        last = title.split()[-1].lower()
        if (
            match["who"].lower() not in words.pronouns
            or match["verb"] not in words.verbs_of_writing
        ):
            continue
        if last in words.not_last or last in words.months or names.classes(title) - {"work"}:
            continue
        yield title_at(Span(*match.span("title")), "opening", "m", SURE)


# ---------------------------------------------------------------- without marks


def _named(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:  # noqa: ARG001 - as every rule
    """Yield what calls itself a journal: "the Lady's Magazine"."""
    for run in words.patterns.run.finditer(source.folded):
        if run.group().isupper() or LAST.search(run.group())[0].lower() not in words.journal_last:  # type: ignore[index]
            continue
        parts = [part for part in OF_THE.split(run.group()) if part]
        span = Span(run.end() - len(parts[-1]), run.end())
        article = len(parts) > 1 or context_of(source, span).before in words.articles
        if article and weight(parts[-1], words) > 1 and not _in_rights(span, letter):
            yield title_at(span, "named", "j", LIKELY)


LAST = re.compile(r"\S+$")
OF_THE = re.compile(r"\s+[a-zà-ÿ]+\s+[a-zà-ÿ]+\s+")
"""Two joints in a row: what follows is a name by itself ("Editor of the Daily News")."""


def _is_address(row: Sequence[str], words: Words) -> bool:
    """Return whether words begin like "Lord Byron", not like "Lord of the Isles"."""
    return row[0] in words.not_title and row[1] not in words.joints


def _cued(source: Source, letter: Letter, names: Names, words: Words) -> Iterator[Annotation]:
    """Yield what somebody has read or written, if it is two words with capitals and no name."""
    for match in words.patterns.cued.finditer(source.folded):
        text = match["title"]
        row = [word.lower() for word in WORD.findall(text)]
        if weight(text, words) <= 1 or _is_address(row, words) or text.isupper():
            continue  # "read Homer" may be a person
        if _in_rights(Span(*match.span("title")), letter):
            continue
        if text.endswith(("'s", "'")):
            continue
        if _is_free(text, names, words) and not BLANK_LINE.search(match.group()):
            yield title_at(Span(*match.span("title")), "cued", "m", HINTED)


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
        if weight(form, words) <= 1 or not has_shape(form, words):
            continue
        for span in occurrences(plain, form):
            if not _in_rights(span, letter):
                yield title_at(span, "again", level, LIKELY)


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
            yield title_at(span, "again", levels[form], LIKELY)


HABIT = 3
"""Titles in marks that show it to be the writer's habit to mark titles."""


def _by_habit(
    source: Source, letter: Letter, names: Names, found: list[Annotation]
) -> Iterator[Annotation]:
    """Yield what a writer marks who marks titles: then even one word, or a title with no cue."""
    words = words_of(letter.language)
    if sum(title.rule in MARKED and title.certainty > HINTED for title in found) < HABIT:
        return
    for quotation in quotations(source):
        span = trimmed(source, quotation.inner)
        if span is None or f"titles.{quotation.mark}" not in MARKED or _in_rights(span, letter):
            continue
        context, text = context_of(source, quotation.outer), source.folded[span.start : span.end]
        placed = context.before in words.before_work | words.articles or weight(text, words) > 1
        if not placed or _is_spoken(context, words) or _is_vessel(context, words):
            continue
        if has_shape(text, words) and weight(text, words) and _is_free(text, names, words):
            yield title_at(span, "habit", _level(text, "", context, quotation, words), HINTED)


MARKED = frozenset({"titles.double", "titles.single"})


def _levelled(source: Source, found: list[Annotation]) -> Iterator[Annotation]:
    """Yield titles with one level for each work: that of a journal, if any rule knows it."""
    journals = {fold(source[title.span]) for title in found if title.values["level"] == "j"}
    for title in found:
        if fold(source[title.span]) in journals:
            yield replace(title, values={"level": "j"})
        else:
            yield title
