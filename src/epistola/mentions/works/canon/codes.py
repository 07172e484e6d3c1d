"""Read articles of codes of law: "§ 823 Abs. 1 BGB", "art. 1382 du Code civil"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from epistola import language
from epistola.language.patterns import any_of
from epistola.mentions.works.canon.readings import Reading, figures, inside_word
from epistola.mentions.works.scopes import Scope
from epistola.model import Span

CERTAINTY = 0.97
NUMBER = r"\d{1,4}(?:[ ]?[a-z](?![^\W_]))?(?:[-–]\d{1,4})?"
LEADING = frozenset({"section", "article"})
"""Units that open a citation of a law."""


class Law(NamedTuple):
    """What a language cites laws with."""

    article: re.Pattern[str]
    units: dict[str, str]
    codes: dict[str, str]


@cache
def _law(code: str) -> Law | None:
    data = language.load(code).get("statutes")
    if not data:
        return None
    units = {word: unit for unit, words in data["units"].items() for word in words.split()}
    leads = {form for word in units if units[word] in LEADING for form in (word, word.capitalize())}
    lead = "|".join(sorted(map(re.escape, leads), key=len, reverse=True))
    inner = "|".join(sorted((re.escape(w) for w in units), key=len, reverse=True))
    codes = "|".join(sorted(map(re.escape, data["codes"]), key=len, reverse=True))
    more = rf"(?:,[ ]{NUMBER}|[ ]ff?\.|[ ](?:{inner})\.?[ ]\d{{1,3}}[a-z]?)"
    return Law(
        re.compile(
            rf"(?P<lead>{lead})(?:\.?[ \n]|(?<=§))(?P<n>{NUMBER})(?P<more>(?:{more}){{0,6}})"
            rf"(?:,?[ \n](?:des|der|du|de la|of the|de)[ \n]|,?[ \n])(?P<code>{codes})(?![^\W_])"
        ),
        units,
        data["codes"],
    )


def codes(text: str, code: str) -> Iterator[Reading]:
    """Yield the articles of codes of law that ``text`` cites."""
    law = _law(code)
    if law is None:
        return
    for match in law.article.finditer(text):
        if inside_word(text, match.start()):
            continue
        title = Span(*match.span("code"))
        scopes = tuple(_scopes(match, law))
        work = law.codes[match["code"]]
        yield Reading("codes", Span(*match.span()), work, title, scopes, CERTAINTY)


def _scopes(match: re.Match[str], law: Law) -> Iterator[Scope]:
    lead = match["lead"]
    unit = law.units.get(lead) or law.units.get(lead.lower()) or law.units[lead.capitalize()]
    yield Scope(Span(match.start("lead"), match.end("n")), unit, _plain(match["n"]))
    inner = any_of(law.units)
    pattern = rf",[ ](?P<n>{NUMBER})|[ ](?P<label>{inner})\.?[ ](?P<m>\d{{1,3}}[a-z]?)"
    for part in re.finditer(pattern, match["more"]):
        start, end = match.start("more") + part.start() + 1, match.start("more") + part.end()
        if part["n"]:
            start = match.start("more") + part.start("n")
            yield Scope(Span(start, end), unit, _plain(part["n"]))
        else:
            yield Scope(Span(start, end), law.units[part["label"]], part["m"])


def _plain(written: str) -> str:
    return figures(written) if written[-1].isdecimal() else written.replace(" ", "")
