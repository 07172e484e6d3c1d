"""Find the names of persons.

First what shows by itself that it is a name ("Sir Walter Scott", "H. G. Wells",
"the Duke of Wellington"), then, in the whole letter, the same names alone, in
the plural and beside one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from epistola.gazetteer import Names
from epistola.mentions.names.capitals import (
    ORGANISATIONS,
    PLACES,
    Scan,
    lexicon,
    runs,
    scan,
    small_words,
    words_of,
)
from epistola.mentions.names.phrases import (
    PART,
    Name,
    free,
    in_works,
    listed,
    listed_small,
    phrases,
    small_places,
    words_in,
)
from epistola.model import Annotation, Letter, Source, Span

# Patterns on the shape of a letter; for the letters see capitals.py.
FORE = "[FfbI]"
LAST = "[FfSsNAPpbqwWDGOEU]"
MORE = "(?:[ d-][SsNpwFbU]|-[AP])"
AFTER_TITLE = "(?:[ d-][SsNpwFb]|-[AP]|dU)"
RANKED = f"[RL][ d](?:{FORE} )*[FfSsNpbqwU]|R P|[TRL] (?:{FORE} )*I"
TITLED = re.compile(
    rf"(?:[TRL] )*(?:T[ d](?:{FORE} )*{LAST}|{RANKED}){AFTER_TITLE}*(?: I)?(?:[ ,]J)*(?! [GOE])"
)
PEER = re.compile(r"(?:[Ffb][ ,])?(?:[TRL] )*R(?: [Fb])?(?:o[FfSsNPpbqwUDI](?: [SsNPp])*|dP)")
OFFICE = re.compile(r"T [RL](?![ od])")
KIN = re.compile(r"K [FfbSsNpwU](?: [SsNp])*")
FULL = re.compile(
    rf"(?:[Fb](?:[ -]{FORE})*(?:{MORE}+| W(?![ -][A-Za-z]))"
    rf"|[Fb](?:[ -]{FORE})+|f(?: [FI])*[ d-][SsNF]{MORE}*)(?:[ ,]J)*"
)
INITIALS = re.compile(rf"I(?: [IFfb])*[ d][SsNFfpbwAU]{MORE}*(?:[ ,]J)*")
INITIALLED = re.compile(r"I(?: I){1,3}(?! [A-Z])")
SUFFIXED = re.compile(r"[SsNpwU](?: [SsN])*[ ,]J(?:[ ,]J)*")
PAIR = re.compile(r"[Ssp]-[Ssp]")
SPEAKER = re.compile(r"[FSsNpbA](?:[ -][SsNpbwW])*(?! )")
DOUBLE = re.compile(r"(?:s [sSNpw]|N [sSp])(?![ -][A-Za-z])")
LIST = re.compile(r"(?:[FSsNpbw][,&])+[FSsNpbw](?![ -][A-Za-z])")
NUMERAL = re.compile(r"[IVX]+")
UNNAMED = "XTRLKJIDGOEW"
TITLES = "TRLK"


def persons(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield every name of a person, and a family or a type ("the Thorezes") as ``persons``.

    ``values`` hold "title", "forename" and "surname" where the name has them, and
    "number" for the plural.
    """
    found = scan(source, letter, names)
    for person in people(found, letter):
        yield person_mention(found, person, letter.language)


def person_mention(found: Scan, person: Name, code: str) -> Annotation:
    """Return the mention that ``person`` is, with what belongs to the name around its words."""
    span, rule = _span(found, person, code), f"persons.{person.rule}"
    return Annotation(span, person.kind, rule, _values(found, person), None, person.certainty)


@lru_cache(maxsize=4)
def people(found: Scan, letter: Letter) -> tuple[Name, ...]:
    """Return the persons of a scan, none inside another, in the order of the text."""
    code = letter.language
    taken = set(in_works(found, code))
    firms = (name for name in phrases(found, code, "organisations") if name.rule == "firm")
    taken.update(words_in(firms))
    result: list[Name] = []
    for claims in (
        _author(found, letter),
        _peers(found),
        _titled(found),
        _offices(found),
        _kin(found),
    ):
        result += free(claims, taken)
    for table in ("places", "organisations", "events"):
        taken.update(words_in(phrases(found, code, table)))
    kept = (n for n in listed(found, PLACES + ORGANISATIONS) if not _is_founder(found, n))
    taken.update(words_in(kept), small_places(found, code))
    taken.update(words_in(listed_small(found, code, PLACES + ORGANISATIONS)))
    for claims in (
        _full(found),
        _initials(found),
        _known(found),
        _suffixed(found),
        _pairs(found),
        _initialled(found, letter),
        _speakers(found, code),
        _singles(found, code),
        _parents(found, code),
    ):
        result += free(claims, taken)
    result += free(_again(found, letter, result), taken)
    result += free(_listing(found, frozenset(words_in(result))), taken)
    result += free(_double(found, code), taken)
    result += free(_unknown(found, code), taken)
    result += free(_worded(found, code), taken)
    return tuple(sorted(result, key=lambda name: name.first))


def _is_founder(found: Scan, name: Name) -> bool:
    """Return whether a firm's name is its founder's whole name: "Jonathan Cape"."""
    sorts = [found.sort(at) for at in range(name.first, name.last + 1)]
    joined = {found.joint(at) for at in range(name.first, name.last)}
    whole = sorts[0] in "Ff" and set(sorts[1:]) <= set("FfSsNpbwI")
    return name.kind == "company" and whole and joined <= {" "}


@lru_cache(maxsize=4)
def in_persons(found: Scan, letter: Letter) -> frozenset[int]:
    """Return the words that are part of a person's name."""
    return frozenset(words_in(people(found, letter)))


def _person(first: int, last: int, rule: str, certainty: float) -> Name:
    return Name(first, last, rule, certainty, "person")


def _author(found: Scan, letter: Letter) -> Iterator[Name]:
    """Yield the whole name by which a line or a signature names the author: "Th: Jefferson"."""
    span = letter.author.span if letter.author else None
    words = [at for at, w in enumerate(found.words) if span and Span(w.start, w.end) in span]
    if words and len(words) <= LONGEST_NAME and _is_one_name(found, words):
        yield _person(words[0], words[-1], "author", 0.95)


LONGEST_NAME = 5


def _is_one_name(found: Scan, words: Sequence[int]) -> bool:
    """Return whether ``words`` can be one person's name: not several, no "Gift of Ann Lee"."""
    sorts = {found.sort(at) for at in words}
    several = any(found.joint(at) == "&" for at in words[:-1])
    thing = any(found.sort(at) == "W" and found.joint(at) == "o" for at in words[:-1])
    return (
        not several and not thing and bool(sorts & set("FfSsNAPpbqwI")) and not sorts & set("XDGOE")
    )


def _peers(found: Scan) -> Iterator[Name]:
    """Yield ranks with what they are of: "the Duke of Wellington", "Bishop of Durham"."""
    return (_person(*run, "peer", 0.95) for run in runs(PEER, found))


def _titled(found: Scan) -> Iterator[Name]:
    """Yield names after a title of address: "Mr. B.", "Lady Davy"."""
    return (_person(*run, "titled", 0.97) for run in runs(TITLED, found))


def _offices(found: Scan) -> Iterator[Name]:
    """Yield offices with a title of address: "the Lord Chancellor"."""
    return (_person(*run, "office", 0.7) for run in runs(OFFICE, found))


def _kin(found: Scan) -> Iterator[Name]:
    """Yield kin terms with a name: "Aunt Mary"."""
    return (_person(*run, "kin", 0.95) for run in runs(KIN, found))


def _full(found: Scan) -> Iterator[Name]:
    """Yield a forename with what follows it: "Walter Scott", "Mary Anne", "Francis B."."""
    return (_person(*run, "full", 0.9) for run in runs(FULL, found))


def _initials(found: Scan) -> Iterator[Name]:
    """Yield initials with a surname: "H. G. Wells"."""
    return (_person(*run, "initials", 0.95) for run in runs(INITIALS, found))


def _suffixed(found: Scan) -> Iterator[Name]:
    """Yield a surname with what only persons have after it: "Fox Esqr"."""
    for first, last in runs(SUFFIXED, found):
        if not NUMERAL.fullmatch(found.form(last)):
            yield _person(first, last, "suffixed", 0.9)


def _known(found: Scan) -> Iterator[Name]:
    """Yield full names that the gazetteer knows."""
    for name in listed(found, ("person",)):
        if found.sort(name.first) != "X" != found.sort(name.last):
            yield _person(name.first, name.last, "known", 0.85)


def _pairs(found: Scan) -> Iterator[Name]:
    """Yield two persons that a hyphen joins, one of them famous: "the Laval-Stalin treaty"."""
    for first, last in runs(PAIR, found):
        if any(found.names.known(found.form(at), "person") for at in (first, last)):
            yield _person(first, first, "pair", 0.85)
            yield _person(last, last, "pair", 0.85)


def _initialled(found: Scan, letter: Letter) -> Iterator[Name]:
    """Yield initials that stand alone: "J. G. F."."""
    never = words_of(letter.language, "persons", "initialisms")
    facts = (fact for fact in (letter.author, letter.addressee) if fact)
    known = {"".join(re.findall(r"\b[A-Z]", fact.value)) for fact in facts}
    for first, last in runs(INITIALLED, found):
        form = "".join(found.form(at) for at in range(first, last + 1))
        if form not in never and found.follows(first, "."):
            yield _person(first, last, "initialled", 0.95 if form in known else 0.75)


def _speakers(found: Scan, code: str) -> Iterator[Name]:
    """Yield unknown names before a verb of speech: "Laurens Otter says"."""
    speech, articles = words_of(code, "persons", "speech"), words_of(code, "persons", "determiners")
    for first, last in runs(SPEAKER, found):
        if found.after(last) in speech and found.before(first) not in articles:
            yield _person(first, last, "says", 0.85)


def _singles(found: Scan, code: str) -> Iterator[Name]:
    """Yield forenames, famous names, and names after a word of kin or affection."""
    familiar, fond = words_of(code, "persons", "familiar"), words_of(code, "persons", "fond")
    small = words_of(code, "persons", "small_titles")
    for at in range(len(found.words)):
        sort = found.sort(at)
        if found.joint(at) == "-" and found.sort(at + 1) in "DW":
            continue  # "Franco-Prussian"
        if sort in "FS":
            yield _person(at, at, "forename" if sort == "F" else "famous", 0.85)
        elif sort == "K" and found.form(at) in familiar:
            yield _person(at, at, "familiar", 0.7)
        elif sort in "sNpbwf" and found.before(at) in small:
            yield _person(at, at, "kin", 0.9)
        elif sort in "sNfU" and found.before(at) in fond:
            last = at
            while found.joint(last) == " " and found.sort(last + 1) in "SsNpw":
                last += 1
            yield _person(at, last, "dear", 0.8)


def _parents(found: Scan, code: str) -> Iterator[Name]:
    """Yield a parent who is called so, with a capital: "my dear Father"."""
    parents = words_of(code, "persons", "parents")
    before = words_of(code, "persons", "before_parents") | {""}
    for at in range(len(found.words)):
        if found.form(at) in parents and found.before(at) in before and _alone(found, at):
            yield _person(at, at, "familiar", 0.7)


def _again(found: Scan, letter: Letter, known: Iterable[Name]) -> Iterator[Name]:
    """Yield parts of names that stand in full elsewhere in the letter."""
    parts, code = _parts(found, letter, known), letter.language
    articles, into = words_of(code, "persons", "determiners"), words_of(code, "places", "in")
    at = 0
    while at < len(found.words):
        last, sort = at, found.sort(at)
        if sort in UNNAMED or (sort in "bp" and found.before(at) in into):
            pass
        elif found.form(at) in parts:
            while found.joint(last) == " " and found.form(last + 1) in parts:
                last += 1
            if last > at or sort not in "wfq":
                yield _person(at, last, "again", 0.8)
        elif _singular(found.form(at)) & parts:
            many = found.before(at) in articles or (at and found.joint(at - 1) == "&")
            yield Name(at, at, "plural", 0.75, "persons" if many else "person")
        at = last + 1


def _singular(form: str) -> frozenset[str]:
    """Return what ``form`` may be the plural of, or the possessive without an apostrophe."""
    if form.endswith(("ses", "xes", "zes", "ches", "shes")):
        return frozenset((form[:-2], form[:-1]))
    return frozenset((form[:-1],)) if form.endswith("s") else frozenset()


def _parts(found: Scan, letter: Letter, known: Iterable[Name]) -> frozenset[str]:
    """Return the forms that name a person of this letter by themselves."""
    forms = {
        found.form(at)
        for at in words_in(name for name in known if name.rule != "peer")
        if found.sort(at) in "FfSsNApbwqUW" and len(found.form(at)) > len("Mr")
    }
    placed = {word.form for at, word in enumerate(found.words) if found.sort(at) in "PGOE"}
    for fact in (letter.author, letter.addressee):
        words = re.findall(r"\w{3,}", fact.value) if fact else ()
        forms.update(word for word in words if word not in placed)
    return frozenset(forms)


def _listing(found: Scan, persons_: frozenset[int]) -> Iterator[Name]:
    """Yield what stands in one list with a person: "Tito, Tillon and Marty"."""
    for first, last in runs(LIST, found):
        members = range(first, last + 1)
        if not persons_.isdisjoint(members):
            yield from (_person(at, at, "list", 0.7) for at in members if found.sort(at) in "sNp")


def _double(found: Scan, code: str) -> Iterator[Name]:
    """Yield two unknown words within a sentence of which one can be a surname."""
    articles = words_of(code, "persons", "determiners")
    for first, last in runs(DOUBLE, found):
        if found.before(first) not in articles and not found.words[first].heads:
            yield _person(first, last, "double", 0.6)


def _unknown(found: Scan, code: str) -> Iterator[Name]:
    """Yield single words within a sentence that can be surnames, or own something."""
    barred = words_of(code, "persons", "determiners") | words_of(code, "places", "in")
    for at in range(len(found.words)):
        sort = found.sort(at)
        if (
            sort not in "sN"
            or found.words[at].heads
            or len(found.form(at)) < len("Fox")
            or not _alone(found, at)
        ):
            continue
        if found.before(at) in barred:
            continue
        if (
            sort == "s"
            and not found.names.known(found.form(at), "company")
            and lexicon(code).unknown == "N"
        ):
            yield _person(at, at, "surname", 0.6)
        elif sort == "N" and found.follows(at, "'s"):
            yield _person(at, at, "owns", 0.6)


def _worded(found: Scan, code: str) -> Iterator[Name]:
    """Yield surnames that are words too ("Flint"), in a letter that gives words no capitals.

    The letter must never have the word small, and have the name twice, or owning something.
    """
    barred = words_of(code, "persons", "determiners") | words_of(code, "places", "in")
    points = words_of(code, "places", "points")
    inner = [at for at, word in enumerate(found.words) if not word.opens and not word.heads]
    small = small_words(found.source)
    most = FEW_CAPITALS + CAPITALS_A_WORD * small.total()
    if sum(found.sort(at) in "Ww" for at in inner) > most:
        return
    forms = Counter(found.form(at) for at in inner if found.sort(at) == "w")
    for at in inner:
        form = found.form(at)
        named = forms[form] > 1 or (forms[form] and found.follows(at, "'s"))
        placed = form in points or found.before(at) in barred
        if named and not placed and form.lower() not in small and _alone(found, at):
            yield _person(at, at, "worded", 0.6)


FEW_CAPITALS, CAPITALS_A_WORD = 3, 0.03
"""More capitalised words than these, and one to so many others, and the writer gives nouns some."""


def _alone(found: Scan, at: int) -> bool:
    """Return whether no other word of a name adjoins word ``at``, nor the rest of its own."""
    first = not at or found.joint(at - 1) not in " -d" or found.sort(at - 1) == "X"
    last = found.joint(at) not in " -d"
    return first and last and not PART.match(found.source.folded, found.words[at].end)


@cache
def _ruler(code: str) -> re.Pattern[str]:
    """Return the pattern of what follows a ruler's name: "the Third", "14th"."""
    ordinals = "|".join(sorted(words_of(code, "persons", "ordinals"))) or "(?!)"
    return re.compile(rf"\s(?:the\s)?\d{{1,2}}\s?(?:st|nd|rd|th)\b|\sthe\s(?i:{ordinals})\b")


def _span(found: Scan, person: Name, code: str) -> Span:
    """Return the span, with a title written small, a ruler's number, an initial's full stop."""
    span, text = found.span(person.first, person.last), found.source.folded
    start, end, last = span.start, span.end, found.sort(person.last)
    elided = last == "I" and len(found.form(person.last)) > 1
    if last in "IJ" and not elided and found.follows(person.last, "."):
        end += 1
    elif last in "Fb" and (number := _ruler(code).match(text, end)):
        end = number.end()
    small = words_of(code, "persons", "small_titles")
    if found.sort(person.first) not in TITLES and found.before(person.first) in small:
        start = len(text[:start].rstrip()) - len(found.before(person.first))
    return Span(start, end)


def _values(found: Scan, person: Name) -> Mapping[str, str]:
    """Return title, forename and surname of a name, as they stand."""
    if person.kind == "persons":
        return {"number": "plural"}
    words = list(range(person.first, person.last + 1))
    titles = [at for at in words if found.sort(at) in TITLES]
    rest = [at for at in words if found.sort(at) not in TITLES + "J"]
    if person.rule in ("peer", "office", "initialled") or not rest:
        return {"title": found.text(titles[0], titles[-1])} if titles else {}
    fore = (
        rest[:-1] if len(rest) > 1 else [at for at in rest if found.sort(at) in "Ff" and not titles]
    )
    while len(fore) > 1 and found.sort(fore[-1]) not in "FfbI":
        fore = fore[:-1]
    last = [at for at in rest if at not in fore]
    parts = {"title": titles, "forename": fore, "surname": last}
    return {key: found.text(at[0], at[-1]) for key, at in parts.items() if at}
