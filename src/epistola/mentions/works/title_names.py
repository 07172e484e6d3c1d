"""Find works and journals by their names: those the gazetteer knows, and "the Lady's Magazine".

A name that is an ordinary word too needs an article or a cue: "the Times", "in the Nation".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from epistola.gazetteer import Names, fold
from epistola.mentions.works.title_words import (
    HINTED,
    LIKELY,
    LONGEST_KNOWN,
    SURE,
    Context,
    Words,
    context_of,
    in_rights,
    title_at,
    weight,
)
from epistola.model import Annotation, Letter, Source, Span

KNOWN = ("newspaper", "periodical", "work")


def known_titles(
    source: Source, letter: Letter, names: Names, words: Words
) -> Iterator[Annotation]:
    """Yield the journals and works of the gazetteer, the longest name at each place."""
    for span in _named(source, names, words):
        found = _known_title(source, span, names, words)
        if found and not in_rights(span, letter):
            yield found


def works_named(source: Source, names: Names, words: Words) -> Iterator[Span]:
    """Yield the names of known works, whatever else they may mean; "the Abbot" with "the"."""
    for span in _named(source, names, words):
        name = _name(source, span)
        if is_known_work(name, names) or (
            is_known_work(f"The {name}", names)
            and context_of(source, span).before in words.articles
        ):
            yield Span(span.start, span.start + len(name))


def is_known_work(name: str, names: Names) -> bool:
    """Return whether the gazetteer knows a work of this name, "&" read as "and"."""
    return names.known(fold(name).replace(" & ", " and "), "work")


def _named(source: Source, names: Names, words: Words) -> tuple[Span, ...]:
    return _all_named(source, names, words.patterns.run)


@lru_cache(maxsize=4)
def _all_named(source: Source, names: Names, runs: re.Pattern[str]) -> tuple[Span, ...]:
    """Return the names of journals and works in all runs of words with capitals, once a text."""
    tables = [names.table[name] for name in KNOWN if name in names.table]
    longest = _longest(names)
    return tuple(
        span for run in runs.finditer(source.folded) for span in _candidates(run, tables, longest)
    )


@lru_cache(maxsize=4)
def _longest(names: Names) -> Mapping[str, int]:
    """Return by its first word how many words the longest name has, without its "The"."""
    longest: dict[str, int] = {}
    for table in (names.table[name] for name in KNOWN if name in names.table):
        for form in table:
            row = form.split(" ")
            for words in (row, row[1:]) if row[0] == "The" and len(row) > 1 else (row,):
                if len(words) > longest.get(words[0], 0):
                    longest[words[0]] = len(words)
    return longest


def _candidates(
    run: re.Match[str], tables: Sequence[Mapping[str, str]], longest: Mapping[str, int]
) -> Iterator[Span]:
    """Yield the longest stretches of a run of words with capitals that a table holds."""
    text = run.group()
    if "'" not in text and "&" not in text and longest.keys().isdisjoint(text.split()):
        return  # as nearly all: no name begins with any of the words
    row = [(match.group(), match.start(), match.end()) for match in PIECE.finditer(text)]
    at = 0
    while at < len(row):
        first = row[at][0]
        known = longest.get(first) or longest.get(_form(row[at : at + 1]), 0)
        most = min(known, LONGEST_KNOWN, len(row) - at)
        sizes = range(most, 0, -1)
        size = next((size for size in sizes if _holds(tables, _form(row[at : at + size]))), 0)
        if size:
            yield Span(run.start() + row[at][1], run.start() + row[at + size - 1][2])
        at += size or 1


def _holds(tables: Sequence[Mapping[str, str]], form: str) -> bool:
    return any(form in table or f"The {form}" in table for table in tables)


PIECE = re.compile(r"\S+")


def _form(row: Sequence[tuple[str, int, int]]) -> str:
    """Return the form that is looked up: words with single spaces, no genitive ending."""
    form = " ".join("and" if word == "&" else word for word, _, _ in row)
    return form.removesuffix("'s").removesuffix("'")


def _name(source: Source, span: Span) -> str:
    """Return what stands at ``span`` without the ending of a genitive."""
    return source.folded[span.start : span.end].removesuffix("'s").removesuffix("'")


def _known_title(source: Source, span: Span, names: Names, words: Words) -> Annotation | None:
    name = _name(source, span)
    form, whole = fold(name), Span(span.start, span.start + len(name))
    context = context_of(source, span)
    if context.after in words.readers:  # "the Quarterly Reviewers"
        return None
    if _is_journal(source, form, context, names, words):
        certainty = _journal_certainty(form, context, names, words)
        if weight(form, words) <= 1 and FOLLOWED.match(source.folded, whole.end):
            certainty = 0.0  # "the Poetry Club"
        return title_at(whole, "known", "j", certainty) if certainty else None
    certainty = _work_certainty(source, whole, context, names, words)
    return title_at(whole, "known", "m", certainty) if certainty else None


FOLLOWED = re.compile(r"\s[A-ZÀ-ÖØ-Þ][a-zà-ÿ]+")
"""Another name right behind: what stands before it is part of a longer one."""


def _is_journal(source: Source, form: str, context: Context, names: Names, words: Words) -> bool:
    """Return whether lists know a journal of this name, with "the" if that stands before it."""
    if names.known(form, "newspaper", "periodical"):
        return True
    if context.before not in words.articles or is_plain(source, form, names, words):
        return False  # "the World" is a journal to few
    return names.known(f"The {form}", "newspaper", "periodical")


def _work_certainty(
    source: Source, span: Span, context: Context, names: Names, words: Words
) -> float:
    """Return how sure it is that the name of a work means the work, 0 where it does not.

    What is nobody's name and no common word needs no cue; a common word ("the Pirate") wants
    somebody who reads it or has it in hand, a person's name also "in" before it.
    """
    form = fold(source[span])
    core = without_article(form, words)
    others = (names.classes(form) | names.classes(core)) - {"work"}
    known, single = is_known_work(form, names), weight(form, words) <= 1
    plain = single and is_plain(source, core, names, words)
    if not known and context.before not in words.articles:
        return 0.0
    if is_read(context, words, strict=bool(others) or plain):
        return SURE
    if context.before in words.one or FOLLOWED.match(source.folded, span.end):
        return 0.0
    if not others and not plain:
        return LIKELY
    if plain or not known or not others <= PERSONAL:
        return 0.0
    return SURE if _is_owned(context, words, may_be_kin="forename" in others) else 0.0


def without_article(form: str, words: Words) -> str:
    """Return a name without the article that it begins with."""
    first, _, rest = form.partition(" ")
    return rest if rest and first.lower() in words.articles | words.one else form


def is_plain(source: Source, word: str, names: Names, words: Words) -> bool:
    """Return whether a word is a common one: lists know it, or the letter writes it small too."""
    small = word.lower()
    if words.capital_nouns or names.known(small, "word") or small in words.not_read:
        return True
    return small in _small_words(source)


@lru_cache(maxsize=4)
def _small_words(source: Source) -> frozenset[str]:
    return frozenset(SMALL.findall(source.folded))


SMALL = re.compile(r"(?<![\w'-])[a-zß-öø-ÿ][\w-]+")


PERSONAL = frozenset({"person", "forename", "surname"})


def _is_owned(context: Context, words: Words, *, may_be_kin: bool) -> bool:
    """Return whether a name is owned, or has what no person has before it: "in Emma", "the Ion"."""
    if context.possessive or context.before in words.within | words.articles:
        return True
    owned = context.before in words.fond and context.earlier in words.owners
    return not may_be_kin and (owned or context.before in words.owners)


def is_read(context: Context, words: Words, *, strict: bool) -> bool:
    """Return whether the words before say that what follows is read, or had as a book.

    With ``strict`` only what is done to works alone counts: one sees and likes people too.
    """
    verbs = words.perusing | words.publishing if strict else words.reading
    if {context.before, context.earlier} & words.copies and context.before not in words.owners:
        return context.before in words.copies | words.before_work | words.articles
    return context.before in verbs or (
        context.earlier in verbs and context.before in words.articles
    )


def _journal_certainty(form: str, context: Context, names: Names, words: Words) -> float:
    """Return how sure it is that the name of a journal means the journal, 0 where it does not."""
    article = (
        context.before in words.articles or form.split(maxsplit=1)[0].lower() in words.articles
    )
    other = names.classes(form) - {"newspaper", "periodical"}
    if _is_issue(context, words, article=article) or _is_placed(form, other, context, words):
        return LIKELY
    plain = all(names.known(word, "word") for word in form.split())  # "International Socialism"
    if weight(form, words) > 1 and not other and (article or not plain):
        return SURE
    if not article or (context.gap.strip() and context.before in words.articles):
        return 0.0
    before = context.earlier if context.before in words.articles else context.before
    if words.capital_nouns and weight(form, words) == 1:
        return 0.0
    cue = "(" in context.gap or before in words.before_work or before in words.copies
    if cue or context.after in words.saying or context.earlier in words.reading:
        return LIKELY
    ordinary = words.capital_nouns or names.known(form.lower(), "word")
    return 0.0 if other or ordinary else HINTED


def _is_issue(context: Context, words: Words, *, article: bool) -> bool:
    """Return whether words beside a name say that it comes out: "the last", "newspaper"."""
    if context.before in words.issues and context.earlier in words.articles:
        return True
    return article and words.levels.get(context.after) == "j"


def _is_placed(form: str, other: frozenset[str], context: Context, words: Words) -> bool:
    """Return whether a journal called by its publisher has something in it: "in Blackwood"."""
    if weight(form, words) > 1 or "company" not in other or not other <= PUBLISHERS:
        return False
    edited = context.earlier in words.copies and context.before in words.before_work
    printed = context.earlier in words.appearing and context.before in words.within
    return printed or edited or words.levels.get(context.after) == "j"


PUBLISHERS = frozenset({"surname", "company"})
"""What a journal may be called by: its publisher."""


def named_journals(source: Source, letter: Letter, _: Names, words: Words) -> Iterator[Annotation]:
    """Yield what calls itself a journal: "the Lady's Magazine"."""
    for run in words.patterns.run.finditer(source.folded):
        if run.group().isupper() or LAST.search(run.group())[0].lower() not in words.journal_last:  # type: ignore[index]
            continue
        parts = [part for part in OF_THE.split(run.group()) if part]
        span = Span(run.end() - len(parts[-1]), run.end())
        article = len(parts) > 1 or context_of(source, span).before in words.articles
        last = parts[-1].split()[-1].lower()
        article = article or (last in words.named_after and bool(PUBLISHED.match(parts[-1])))
        if article and weight(parts[-1], words) > 1 and not in_rights(span, letter):
            yield title_at(span, "named", "j", LIKELY)


PUBLISHED = re.compile(r"\w+'s\s+\w+$")
"""A publisher's: "Colburn's Magazine"."""
LAST = re.compile(r"\S+$")
OF_THE = re.compile(r"\s+[a-zà-ÿ]+\s+[a-zà-ÿ]+\s+")
"""Two joints in a row: what follows is a name by itself ("Editor of the Daily News")."""
