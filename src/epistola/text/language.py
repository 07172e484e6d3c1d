"""Tell which language a text is in, from its small words; offline, and sure even of short texts.

A word that a language's row (``language/frequent.txt``) holds speaks for it, the more the
further up it stands: how often a word comes is about a tenth divided by its rank (G. K. Zipf,
*The Psycho-Biology of Language*, 1935). What speaks for each language is summed, and the
certainty is the share of the best among all, as in a naive Bayes classifier.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from math import exp, log
from typing import NamedTuple

from epistola.language import codes, frequent, name_of
from epistola.model import DEFAULT_LANGUAGE, Finding, Report, Severity, ignore

WORD = re.compile(r"[^\W\d_]+")
SHARE = 0.1
"""How much of a text is the most frequent word of its language, times its rank."""
STRAY = 5e-5
"""How often a word comes in a text of a language that does not have it."""
HEAVY = 0.5
"""How much each word counts beside the others: they do not come independently of each other."""
LEAST = 0.5
"""What a word must say on average for the best language, that the text be in it at all."""
SURE = 0.95
"""At or above this certainty the text itself tells its language."""
MOST = 900
"""How many characters are read: of a longer text its beginning, its middle and its end."""


class Told(NamedTuple):
    """The language a text seems to be in (none where no word tells), and how sure that is."""

    code: str
    certainty: float

    @property
    def is_sure(self) -> bool:
        """Return whether the text itself tells its language."""
        return self.certainty >= SURE


NOTHING_TOLD = Told("", 0.0)


def tell(text: str, among: Collection[str] = ()) -> Told:
    """Return the language of ``text``, one of ``among`` if any are given.

    >>> tell("Ich habe Ihren Brief erhalten und danke Ihnen sehr.").code
    'de'
    """
    words = Counter(WORD.findall(_sample(text).lower()))
    return best(evidence(words), sum(words.values()), among)


def _sample(text: str) -> str:
    """Return ``text``, or three pieces of it, which may begin and end within a word."""
    if len(text) <= MOST:
        return text
    third, middle = MOST // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def evidence(words: Mapping[str, int]) -> dict[str, float]:
    """Return what ``words``, each with how often it comes, say for each language."""
    found, table = dict.fromkeys(frequent(), 0.0), weights()
    for word in filter(table.__contains__, words):
        times = words[word]
        for code, weight in table[word]:
            found[code] += weight * times
    return found


def chosen(
    text: str, usual: str = "", among: Sequence[str] = (), report: Report = ignore
) -> tuple[str, str]:
    """Return the language by whose words ``text`` is to be encoded, and the one it is in.

    The two differ where nothing is known of the latter but its small words; that is
    reported. Where the text itself does not tell, it is taken to be in the ``usual`` one,
    or the first of those it may be ``among``.
    """
    usual = usual or next(iter(among), DEFAULT_LANGUAGE)
    if len(among) == 1:
        return among[0], among[0]
    told = tell(text, among)
    if not told.is_sure:
        return usual, usual
    if told.code in codes():
        return told.code, told.code
    report(_unknown(told.code, usual))
    return usual, told.code


def _unknown(code: str, usual: str) -> Finding:
    message = (
        f"the letter seems to be in {name_of(code)}, of which no words are known; it is encoded"
        f" by those of {name_of(usual)}: read what it finds with care, or say --language"
    )
    return Finding(Severity.WARNING, "unknown-language", message)


def best(found: Mapping[str, float], count: int, among: Collection[str] = ()) -> Told:
    """Return the language for which most was ``found`` in ``count`` words, and how surely."""
    fitting = {code: said for code, said in found.items() if code in among or not among}
    code = max(fitting, key=fitting.__getitem__, default="")
    if not code or not fitting[code]:
        return NOTHING_TOLD
    share = 1 / sum(exp(HEAVY * (said - fitting[code])) for said in fitting.values())
    return Told(code, share * min(1.0, fitting[code] / (LEAST * count)))


@cache
def weights() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Return for each small word the languages that have it, and how much it says for each."""
    table: dict[str, list[tuple[str, float]]] = {}
    for code, row in frequent().items():
        for rank, word in enumerate(row.words, 1):
            table.setdefault(word, []).append((code, log(SHARE / rank / STRAY)))
    return {word: tuple(row) for word, row in table.items()}
