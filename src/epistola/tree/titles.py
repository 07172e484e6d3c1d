"""The title of a text: its own, or one made from who wrote to whom, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from epistola import language as languages
from epistola.registers.match import written
from epistola.tree.facts import Facts, plain
from epistola.tree.parties import addressees, author_of, dated, senders

DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?")


def title(facts: Facts) -> str:
    """Return the title of the text: its own, or one made in the letter's language.

    "Letter from Ann Lee to Tom Mill, 3 March 1845"; what is unknown is left out, and
    where nothing is known the name of the source stands in.
    """
    if facts.letter.title is not None:
        return plain(facts.letter.title.value)
    known = list(_known(facts))
    day = _day(facts)
    if not known and not day:
        return facts.source.name
    words = languages.load(facts.letter.language)["title"]
    kind = words["letter"] if facts.letter.is_letter else words["text"]
    return " ".join([kind, *known]) + (f", {day}" if day else "")


def _known(facts: Facts) -> Iterator[str]:
    """Yield who wrote the text, and for a letter to whom."""
    words = languages.load(facts.letter.language)["title"]
    if not facts.letter.is_letter:
        author = author_of(facts)
        if author is not None:
            yield words["by"].format(_name(facts.name_of(author)))
        return
    for template, elements in (("from", senders(facts)), ("to", addressees(facts))):
        names = [_name(element) for element in elements]
        if names:
            yield words[template].format(f" {words['and']} ".join(names))


def _name(element: etree._Element) -> str:
    return written("".join(map(str, element.itertext())))


def _day(facts: Facts) -> str:
    """Return the date as it is written today, else in the letter's own words."""
    stated = facts.letter.sidecar.date
    if stated:
        return "–".join(_written_out(facts, part) or part for part in stated.split("/"))
    date = dated(facts)
    if date is None:
        return ""
    return _written_out(facts, date.values.get("when", "")) or plain(facts.text(date.span))


def _written_out(facts: Facts, when: str) -> str:
    """Return "1845-03-03" as "3 March 1845", in the letter's language."""
    match = DAY.fullmatch(when)
    if match is None:
        return ""
    data = languages.load(facts.letter.language)
    month = data["dates"]["months"][int(match["month"]) - 1].split()[0]
    month = month.capitalize() if data["dates"]["capitals"] else month
    words = data["title"]
    if not match["day"]:
        return f"{month} {match['year']}"
    day = str(int(match["day"]))
    day = words.get("first", day) if day == "1" else day
    return str(words["day"].format(day=day, month=month, year=match["year"]))
