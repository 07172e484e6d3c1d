"""Find titles of works in quotation marks and italics.

Marks alone do not make a title: people quote speech and put words in doubt. So a rule wants
two signs, the shape of a title and a cue beside it, or a writer who marks titles as a habit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from epistola.gazetteer import Names, fold
from epistola.mentions.works.quotes import Quotation, quotations
from epistola.mentions.works.title_names import is_known_work
from epistola.mentions.works.title_words import (
    HINTED,
    LIKELY,
    PLACES,
    REACH,
    SURE,
    WORD,
    Context,
    Words,
    context_of,
    has_shape,
    in_rights,
    is_free,
    title_at,
    trimmed,
    weight,
    words_of,
)
from epistola.model import Annotation, Letter, Source, Span

BETWEEN = len(" and “")
"""Characters between a title and the next one in a row."""


def marked_titles(
    source: Source, letter: Letter, names: Names, words: Words
) -> Iterator[Annotation]:
    """Yield the titles that stand in quotation marks or italics."""
    last = -REACH
    for quotation in quotations(source):
        span = trimmed(source, quotation.inner)
        if span is None or in_rights(span, letter):
            continue
        context = context_of(source, quotation.outer)
        verdict = _judge(source, span, quotation, context, names, words)
        if verdict is None and quotation.outer.start - last <= BETWEEN:
            verdict = _in_row(source, span, words)
        if verdict:
            last = quotation.outer.end
            yield title_at(span, quotation.mark, *verdict)


SAID = frozenset({"a", "j", "m"})
"""Levels that a cue can say; "?" is a cue that says none."""


def _judge(
    source: Source, span: Span, quotation: Quotation, context: Context, names: Names, words: Words
) -> tuple[str, float] | None:
    """Return level and certainty of what stands in marks, or None where it is no title."""
    text = source.folded[span.start : span.end]
    level = _head(source, quotation, words) or _cue(context, words)
    italic = quotation.mark == "italic"
    if not has_shape(text, words, loose=level in {"a", "j", "m"} and not italic):
        return None
    if _is_spoken(context, words) or _is_vessel(context, words):
        return None
    known = names.known(text, "newspaper", "periodical")
    if italic and (_is_line(source, quotation, text, words) or _is_no_work(text, names)):
        certainty = 0.0
    elif level or known or (is_known_work(text, names) and not names.known(text.lower(), "word")):
        certainty = SURE
    else:
        certainty = _guess(text, quotation, context, words)
    form = level if level in SAID else _level(text, context, quotation, words, known=known)
    if form == "j" and level != "j" and not known and names.known(text, "work"):
        form = "m"  # "in the “Excursion”": what is known as a work is no journal
    return (form, certainty) if certainty else None


def _guess(text: str, quotation: Quotation, context: Context, words: Words) -> float:
    """Return how sure it is that words in marks are a title, where no cue says so."""
    if weight(text, words) == 1:
        return HINTED if _is_hinted(text, context, words) else 0.0
    placed = _is_placed(text, context, words) or context.after in words.levels
    return LIKELY if placed or quotation.mark == "italic" else 0.0


def _head(source: Source, quotation: Quotation, words: Words) -> str:
    """Return the level that the first noun of "a book of short poems, “...”" says."""
    start = quotation.outer.start
    match = words.patterns.head.search(source.folded, max(0, start - REACH), start)
    return words.levels.get(match["head"], "") if match and match["of"] in words.levels else ""


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
    return any(char.isdecimal() for char in text) or names.known(text, *PLACES, "person")


def _is_hinted(text: str, context: Context, words: Words) -> bool:
    """Return whether a single word in marks is rather a title than a word in doubt."""
    if context.after in words.numbers or context.earlier in words.levels:
        return True
    return (
        text.split(maxsplit=1)[0].lower() in words.articles and context.before in words.before_work
    )


def _level(
    text: str, context: Context, quotation: Quotation, words: Words, *, known: bool = False
) -> str:
    """Return the level that the words beside the work, its name or its marks say, or nothing."""
    if known or _is_journals(text, context, words):
        return "j"
    if {word.lower() for word in WORD.findall(text)} & words.books:
        return "m"
    if context.after in words.levels:
        return words.levels[context.after]
    if _is_where(context, words):
        return "j"
    if quotation.mark == "italic":
        return "m"
    return "a" if context.after == "in" else ""


def _is_journals(text: str, context: Context, words: Words) -> bool:
    """Return whether a name is a journal's: by its words, after a genitive by the last of them."""
    if context.after in words.numbers:
        return True
    row = [word.lower() for word in WORD.findall(text)]
    if row[-1] in words.books:
        return False
    telling = row[-1:] if context.possessive else row
    return context.before not in words.owners and not words.journals.isdisjoint(telling)


def _is_where(context: Context, words: Words) -> bool:
    """Return whether the words before say that something is printed there: "a notice in"."""
    if context.before in words.topics and words.hints.get(context.earlier) != "j":
        return False
    placed = context.before in words.before_work | words.articles
    return placed and context.earlier in words.appearing


def _in_row(source: Source, span: Span, words: Words) -> tuple[str, float] | None:
    """Return a verdict on what follows a title after a comma or "and"."""
    text = source.folded[span.start : span.end]
    return ("", LIKELY) if has_shape(text, words) else None


def marked_again(source: Source, found: list[Annotation]) -> Iterator[Annotation]:
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


def by_habit(
    source: Source, letter: Letter, names: Names, found: list[Annotation]
) -> Iterator[Annotation]:
    """Yield what a writer marks who marks titles: then even one word, or a title with no cue."""
    words = words_of(letter.language)
    if sum(title.rule in MARKED and title.certainty > HINTED for title in found) < HABIT:
        return
    for quotation in quotations(source):
        span = trimmed(source, quotation.inner)
        if span is None or f"titles.{quotation.mark}" not in MARKED or in_rights(span, letter):
            continue
        context, text = context_of(source, quotation.outer), source.folded[span.start : span.end]
        placed = context.before in words.before_work | words.articles or weight(text, words) > 1
        if not placed or _is_spoken(context, words) or _is_vessel(context, words):
            continue
        if has_shape(text, words) and weight(text, words) and is_free(text, names, words):
            yield title_at(span, "habit", _level(text, context, quotation, words), HINTED)


MARKED = frozenset({"titles.double", "titles.single"})
