"""The shapes of short lines: a name, a place, a date, a number, a heading.

Each predicate asks of a few words, folded and without marks of emphasis, whether they
have the shape; what part of a letter they are is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from epistola import gazetteer
from epistola.text.words import LETTERS, Words

YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b|\b\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d\d)?\d\d\b")
HOUSE = re.compile(r"^\d{1,4}\s+(?=[A-Z])")
"""The number of a house, which is no year: "1139 Broad Street"."""
NUMBERED = re.compile(r"\b\d{1,3}(?:st|nd|rd|th|d)\b(?=\s+[A-Z][a-z])")
"""The number of a street, which is no day: "100 West 38th Street"."""
FIGURE = re.compile(r"\d")
NUMBER = re.compile(
    r"(?:(?P<word>[^\W\d_]+)\s+)?(?:no\.?\s*)?(?:[ivxlcdm]+|\d+)\s*[.:)]?", re.IGNORECASE
)
ENCLOSED = re.compile(
    r"(?P<word>[^\W\d_]+) \(?(?:No\. ?)?(?:\d{1,3}|[A-Z])[).]?(?: in No\. ?\d{1,4})?[.:]?"
)
INITIALS = re.compile(r"(?:[A-Z][.:]?[ ]?){1,4}(?:[A-Z][a-z]+[.:]?)?")
NAME_WORD = r"(?:(?:[A-Z]\.){1,4}|[^\W\d_][^\W\d_.'-]*(?:[.:]|'\.?)?[^\W\d_'-]*)"
NAME = re.compile(
    rf"{NAME_WORD}(?:(?: & |[ -]){NAME_WORD}){{0,4}}(?: \({NAME_WORD}(?: {NAME_WORD}){{0,2}}\))?"
    r",?(?: \(?(?:1\d|20)\d\d\)?)?[.,:]?"
)
ADDED = re.compile(r"[(\[][^)\]\n]{3,20}[)\]]\s+")
LABELLED = re.compile(r"\[[^\W\d_]{2,12}: ?(?P<name>[^\]]+)\]\.?")
BRACKETS = str.maketrans("", "", "()[]")
DASH = re.compile(r"(?<=,)\s?(?:--|[—–])$")
"""The dash that follows the comma of a salutation: "General Ward,--"."""
LONGEST_NAME = 60
LONGEST_HEADING = 100
LONGEST_NUMBER = 24


def is_name(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether ``text`` has the shape of one person's name."""
    if not found or len(text) > LONGEST_NAME or not any(word[0].isupper() for word in found):
        return False
    if words.calendar.issuperset(word.lower() for word in found):
        return False  # "April 1819" is no Miss April
    small = (word for word in found if not word[0].isupper())
    return all(word in words.particles for word in small) and (
        NAME.fullmatch(DASH.sub("", text).removesuffix(".").removeprefix("--")) is not None
    )


def signature_of(text: str) -> str:
    """Return the name in ``text`` without what is said of it before, or the brackets around it.

    "(Handwritten) J. D. Ward,", "[HW: J. Ward]", "[K.]", "H. (A B) R.".
    """
    if labelled := LABELLED.fullmatch(text):
        return labelled["name"]
    added = ADDED.match(text)
    if added:
        return text[added.end() :]
    bare = text.translate(BRACKETS)
    if text.startswith("(") and text.endswith(")") and " " in text:
        return bare
    return bare if INITIALS.fullmatch(bare.strip(".")) else text


def is_proper(text: str, found: Sequence[str]) -> bool:
    """Return whether no word of a name is a common word and nobody's name.

    One word alone must be known, or have a year after it ("Plekhanov 1905").
    """
    known = gazetteer.load().known
    alone = len(found) == 1 and not YEAR.search(text)
    if alone and not known(found[0].title(), "forename", "surname", "person"):
        return False
    return not any(_is_common(word) for word in found if len(word) > 1)


def is_subscribed(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether ``text`` is a name with a rank or by-name beside it.

    "J. Ward, bishop of Ely" with an initial; "Edward Mill, Secretary" and "Owl, C. L." in
    capitals and at no known place.
    """
    if "," not in text[:-1] or len(text) > LONGEST_NAME or not text[:1].isupper():
        return False
    parts = [part.strip() for part in text.split(",")]
    first = LETTERS.findall(parts[0])
    proper = is_name(parts[0], first, words)
    if proper and len(first[0]) == 1 and len(first) > 1:
        return True
    big = sum(word[0].isupper() for word in found)
    named = proper or any(INITIALS.fullmatch(part.strip(".")) for part in parts)
    return named and big >= MOST_BIG * len(found) and not is_place(text)


MOST_BIG = 0.7


def _is_common(word: str) -> bool:
    known = gazetteer.load().known
    return known(word.title(), "word") and not known(word.title(), "forename", "surname", "person")


def is_prose(found: Sequence[str], words: Words) -> bool:
    """Return whether a word that only sentences have is among these, or "I" opens them."""
    return any(word in words.prose for word in found) or (
        bool(found) and found[0].lower() in words.prose and len(found) > 1
    )


def is_place(text: str) -> bool:
    """Return whether ``text`` is, or ends with, the name of a place that is known."""
    known = gazetteer.load().known
    parts = [_capitals(part) for part in re.split(r"[,.]", text)]
    return any(known(part, "settlement", "region", "country", "site") for part in parts)


def _capitals(text: str) -> str:
    """Return the words from the first with a capital on, without small ones at the end."""
    words = text.strip(" ._").split()
    big = [at for at, word in enumerate(words) if word[0].isupper()]
    return " ".join(words[big[0] : big[-1] + 1]).title() if big else ""


def names_bearer(found: Sequence[str], words: Words, *, led: bool = False) -> bool:
    """Return whether a name follows words of leave and nothing else.

    "Your Jane", "Dein treuer Paul", "Ihr ergebenster A. Mahler"; where the line before
    took leave (``led``) also "treuste Anna".
    """
    lower = [word.lower() for word in found]
    start = next((at for at, word in enumerate(lower) if word not in words.leavetaking), len(lower))
    name = found[start:]
    if not 0 < start < len(found) or not 0 < len(name) <= MOST_NAMED:
        return False
    whole = all(word[0].isupper() or word in words.particles for word in name)
    small = not led and words.leaving.isdisjoint(lower[:start])
    return whole and not small and not any(_is_common(word) for word in name if len(word) > 1)


MOST_NAMED = 4


def is_between(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether ``text`` is a heading "X to Y": capitals around one small word."""
    if len(text) > LONGEST_HEADING or not found or not found[0][0].isupper():
        return False
    passed = words.particles | words.articles
    small = [word for word in found if not word[0].isupper() and word not in passed]
    inside = small and small[0] != found[-1] and found.index(small[0]) < len(found) - 1
    return bool(inside) and small[0] in words.between and len(small) <= MOST_SMALL


MOST_SMALL = 3


def is_addressed(text: str, found: Sequence[str], words: Words) -> bool:
    """Return whether ``text`` is a heading in capitals: "TO X", "FROM X", "A. B. TO C. D."."""
    if len(text) > LONGEST_HEADING or not text.isupper() or len(found) < LEAST_ADDRESSED:
        return False
    opens = found[0].lower() in words.between | words.sender
    small = [word for word in found if word.lower() in words.between]
    rest = found[1:] if opens else [word for word in found if word not in small]
    inside = len(small) == 1 and small[0] != found[-1] and found[0] not in words.prose
    return (opens or inside) and not any(_is_common(word) for word in rest if len(word) > 1)


LEAST_ADDRESSED = 2


def is_number(text: str, words: Words) -> bool:
    """Return whether ``text`` only numbers the letter: "LXXVI.", "319.", "LETTER LI."."""
    if len(text) > LONGEST_NUMBER:
        return False
    match = NUMBER.fullmatch(text)
    if match is None:
        return False
    return match["word"] is None or match["word"].lower() in words.cues["heading"]


def is_enclosed(text: str, words: Words) -> bool:
    """Return whether ``text`` heads an enclosure by its number: "Enclosure 1 in No. 3."."""
    match = ENCLOSED.fullmatch(text)
    return match is not None and match["word"].lower() in words.cues["enclosure"]


def is_dated(text: str, lower: Sequence[str], words: Words) -> bool:
    """Return whether there is a date, or part of one, in ``text``."""
    if not words.dwelling.isdisjoint(lower):
        text = NUMBERED.sub("", HOUSE.sub("", text))
    if not words.weekdays.isdisjoint(lower) or YEAR.search(text):
        return True
    if FIGURE.search(text) and not words.calendar.isdisjoint(lower):
        return True
    if len(text) < LONGEST_DAY and (words.day.search(text) or _is_hour(text, words)):
        return True
    if 0 < len(lower) <= MOST_HOURS and not words.hours.isdisjoint(lower):
        return True
    start = text[:LONGEST_HEADING].lower()
    return start.startswith(words.undated) or any(feast in start for feast in words.feasts)


def is_figures(text: str) -> bool:
    """Return whether ``text`` is a line of an account or a table, with more figures than a date."""
    numbers = sum(1 for word in text.split() if FIGURE.search(word))
    return numbers >= LEAST_FIGURES or bool(numbers and MONEY.search(text))


LEAST_FIGURES = 4
MONEY = re.compile(r"[$£€]|\"\s+\"|\.{4,}\s?\d")


def _is_hour(text: str, words: Words) -> bool:
    return FIGURE.search(text) is not None and text.lower().endswith(words.clock)


LONGEST_DAY = 24
MOST_HOURS = 3
"""A line with more words and an hour is no date: "The night was dark."."""
