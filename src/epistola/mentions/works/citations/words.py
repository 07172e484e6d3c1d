"""The words of one language that go with citations, and the patterns made of them.

The words are data (``[citations]`` and ``[references.units]``); what may be built of them is
grammar and stands here, compiled once for each language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from epistola import language
from epistola.language.patterns import any_of

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀŁŒŚŠŽ]"
YEAR = r"(?:1[4-9]|20)\d\d"
YEARS = rf"{YEAR}(?:\s?[-–/]\s?\d{{2,4}})?(?!\d)"
DASH = r"\s?[-–—]\s?"
ROMAN = r"[IVXLC]+"
PARTICLE = r"(?:(?:van|von|de|du|di|zu|ten|ter)\s(?:(?:de|der|den|dem|la|le)\s)?)"
SURNAME = rf"{PARTICLE}?{CAPITAL}[\w'-]*[^\W\d_](?:-{CAPITAL}[\w']+)?"
INITIALS = (
    rf"(?:(?:(?!St\.){CAPITAL}[a-z]?\.[ -]?){{1,4}}|(?![AI]\s){CAPITAL}{{1,3}}\s(?={CAPITAL}[a-z]))"
)
"""Initials with stops or, as some houses print them, without; "A" and "I" are words."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, and the patterns of what stands in a citation.

    ``name`` is one person as a citation writes a name; ``joint`` what stands between two;
    ``editor`` the mark in brackets after names, ``edited`` and ``translated`` the words before
    them; ``edition`` "2nd ed.", ``series`` and ``marked_series`` "Owl Studies, 4" and "(= Owl
    Studies 4)"; ``especially`` what leads to pages that are cited; ``pages`` and ``more`` a page
    and those after it; ``volume`` a volume with its label; ``back`` the words that point back ("op.
    cit."), ``above`` the number of an earlier note, ``bracketed_note`` the same in brackets ("(oben
    N. 7)"); ``listed`` what stands between two names of a list that have the forename last;
    ``breaks`` where a title may end, ``calendar`` a day where it may not; ``start`` where a
    citation may begin.
    """

    signals: frozenset[str]
    openers: frozenset[str]
    no_names: frozenset[str]
    """Signals, openers and months: what no name begins with."""
    publisher: frozenset[str]
    name: re.Pattern[str]
    joint: re.Pattern[str]
    listed: re.Pattern[str]
    breaks: re.Pattern[str]
    others: re.Pattern[str]
    editor: re.Pattern[str]
    edited: re.Pattern[str]
    translated: re.Pattern[str]
    edition: re.Pattern[str]
    series: re.Pattern[str]
    marked_series: re.Pattern[str]
    especially: re.Pattern[str]
    pages: re.Pattern[str]
    labelled: re.Pattern[str]
    more: re.Pattern[str]
    volume: re.Pattern[str]
    within: re.Pattern[str]
    back: re.Pattern[str]
    above: re.Pattern[str]
    bracketed_note: re.Pattern[str]
    journals: tuple[re.Pattern[str], ...]
    report: re.Pattern[str]
    american: re.Pattern[str]
    statute: re.Pattern[str]
    case: re.Pattern[str]
    start: re.Pattern[str]
    follows: re.Pattern[str]
    calendar: re.Pattern[str]


@cache
def lists_of(code: str) -> frozenset[str]:
    """Return the headings of notes and lists of works in the language ``code``."""
    return frozenset(language.load(code)["citations"]["lists"].split())


@cache
def words_of(code: str) -> Words:
    """Return the words of the language ``code`` that go with citations."""
    every = language.load(code)
    data, cited, days = every["citations"], every["references"], every["dates"]
    units = cited["units"]
    first = rf"{INITIALS}\s?{SURNAME}(?:\s{CAPITAL}[\w'-]+[a-z])?"
    plain = rf"(?:{CAPITAL}[\w'-]+\s(?:{CAPITAL}\.\s?){{0,2}}){{0,2}}{SURNAME}"
    esp = rf"(?:(?i:{any_of(data['especially'])})\.?\s+)?"
    page = rf"(?i:{any_of(units['page'])})\.?\s?"
    number = r"(?:\d{1,4}|[ivxl]{1,7})"
    following = rf"(?:\s?(?:{any_of(data['following'])})(?![\w])\.?)?"
    pages = rf"{number}(?:{DASH}{number})?(?!\w){following}"
    signals, openers = data["signals"].split(), data["openers"].split()
    day = f"{_months(days)}|{any_of(' '.join(days['weekdays']).title())}"
    note = rf"(?i:{any_of(data['note'])})\.?\s?(?P<note>\d{{1,3}})"
    above = rf"(?:(?:{any_of(data['above'])}),?\s+)?"
    return Words(
        signals=frozenset(signals),
        openers=frozenset(openers),
        no_names=frozenset([*signals, *openers, *_months(days).split("|")]),
        publisher=frozenset(cited["publisher"].split()),
        name=re.compile(rf"{first}|{plain}"),
        joint=re.compile(rf"\s?/\s?|,?\s+(?:{any_of(data['and'])}|&)\.?\s+|[,;]\s+(?={INITIALS}\s?{CAPITAL})"),
        listed=re.compile(rf",?\s+(?:{any_of(data['and'])}|&)\.?\s+|\s?/\s?|[,;]\s+"),
        breaks=re.compile(
            rf"(?=,?\s+[(])|(?=[,.:]\s)|(?<=[?!])(?=\s)|(?=\s+(?i:{any_of(units['volume'])})\.)"
        ),
        others=re.compile(rf",?\s+(?:{any_of(data['others'])})\.?"),
        editor=re.compile(rf",?\s*\((?:{any_of(data['editor'])})\.?\)", re.IGNORECASE),
        edited=re.compile(rf"(?:{any_of(data['edited'])})\.?\s+", re.IGNORECASE),
        translated=re.compile(rf"(?:{any_of(data['translated'])})\.?\s+", re.IGNORECASE),
        edition=_edition(data["editions"], data["edition"]),
        series=_series(data["series"], units["volume"]),
        marked_series=_marked_series(units["volume"]),
        especially=re.compile(rf"(?:{any_of(data['especially'])})\b", re.IGNORECASE),
        pages=re.compile(rf"[,:]?\s+(?P<page>{esp}(?:{page})?{pages})(?!\s?%)"),
        labelled=re.compile(rf"[,:]?\s+(?P<page>{esp}{page}{pages})"),
        more=re.compile(
            rf"(?:,\s+|\s+(?:{any_of(data['and'])})\.?\s+(?={page}))(?P<page>(?:{page})?{pages})(?!\s+{CAPITAL}|\.\w)"
            rf"|\s+\((?P<inner>(?:{page})?{pages})(?:,\s(?P<third>{pages}))?\)"
        ),
        volume=re.compile(rf",?\s+(?P<volume>(?i:{any_of(units['volume'])})\.?\s?(?:\d{{1,4}}|{ROMAN})\b)(?:[,/]?\s+(?P<issue>\d{{1,2}})(?=\s\())?"),
        within=re.compile(rf"[,.]?\s+(?P<in>(?i:{any_of(data['in'])})(?P<colon>:)?)\s+"),
        back=re.compile(rf"(?i:{any_of(data['back'])})(?!\w)\.?"),
        above=re.compile(rf",?\s+{above}{note}(?:\s+above)?"),
        bracketed_note=re.compile(rf"\s+\((?:(?:{any_of(data['above'])})\s+(?i:{any_of(data['note'])})\.?|{above}{note})\)"),
        journals=_journals(units, _months(days)),
        report=_report(pages),
        american=re.compile(rf"{AMERICAN}\s+\((?P<date>{YEARS})\)"),
        statute=_statute(data["statutes"]),
        case=_case(data["versus"]),
        start=re.compile(
            rf"(?<![\w'./-])(?:[\"'(\[]?(?={CAPITAL})|(?={PARTICLE}{CAPITAL})|(?=[(\[]\d{{4}}[)\]])|(?=(?:[—–]{{1,3}}|-{{3}})[,.:]\s)|(?=(?:{any_of(data['back'])})(?!\w)))"
        ),
        calendar=re.compile(rf"(?:^|[\s(])(?:{day})\b\.?(?:\s\d{{1,2}}[a-z]{{0,2}})?$|^(?:{day})\b"),
        follows=re.compile(rf"(?:{any_of(data['following'])})\.?\)?$"),
    )  # fmt: skip


def _months(days: language.Language) -> str:
    """Return the alternatives for the name of a month, in lower case and with a capital."""
    forms = [form for forms in days["months"] for form in forms.split()]
    return any_of([*forms, *(form.capitalize() for form in forms)])


AMERICAN = (
    rf"(?P<volume>\d{{1,4}})\s+(?P<journal>{CAPITAL}[\w.&' ]{{1,40}}?)"
    r"\s+(?P<page>\d{1,5})(?:,\s(?P<second>\d{1,5}))?"
)
"""How American lawyers cite: "105 Owl L.J. 2117, 2120"."""
JOURNAL = rf"(?P<journal>{CAPITAL}[^,;:()\[\]\n\"]{{0,79}}?)"


def _journals(units: Mapping[str, str], months: str) -> tuple[re.Pattern[str], ...]:
    """Return the ways in which a journal is cited, from its name to the year and the number.

    "Owl Review 12 (1976)", "Owl Review, vol. 12, no. 3, 1976", "Owl Review 1979/1".
    """
    journal = rf"(?!(?i:{any_of(' '.join(units.values()))})\b|(?:{months})\b){JOURNAL}"
    volume = rf"(?P<volume>(?:(?i:{any_of(units['volume'])})\.?\s?)?(?:\d{{1,3}}|{ROMAN}))"
    label, page = rf"(?i:{any_of(units['issue'])})\.?\s?", f"(?i:{any_of(units['page'])})"
    number = rf"(?:,\s|\s|\.|/)(?P<number>(?:{label})?\d{{1,3}}(?:[-–]\d{{1,2}})?)"
    issue = rf"(?:\((?P<issue>\d{{1,3}})\)|{number})?"
    date = rf"(?P<date>(?:(?:{months})\.?\s)?{YEARS})"
    return (
        re.compile(rf"{journal},?\s+{volume}{issue},?\s+\({date}\)"),
        re.compile(rf"{journal},?\s+{volume}{issue},\s+{date}(?=[,.;:)]|\s|$)"),
        re.compile(rf"{journal},?\s+(?:(?:{months})\.?\s)?(?P<date>{YEARS})(?:/\s?(?P<volume>\d{{1,2}})|,\s(?P<number>[^\W\d_]+\s\d{{1,2}}))?(?=,?\s+(?:{page}\.\s?)?\d)"),
        re.compile(rf"{AMERICAN}\s+\({date}\)"),
        re.compile(rf"{journal},\s+{volume}{issue}(?=,\s(?:{page}\.\s?)?\d)"),
        re.compile(rf"{journal},?\s+\(?\d{{1,2}}\.?\s(?:{months})\.?\s{YEAR}\)?"),
    )  # fmt: skip


def _report(pages: str) -> re.Pattern[str]:
    """Return "(1991) 25 Owl L.R. 32": the year, a volume, where it is printed, a page."""
    return re.compile(
        rf"(?P<open>[(\[])(?P<date>{YEARS})[)\]]\s+(?:(?P<volume>\d{{1,3}})\s+)?"
        rf"(?P<journal>{CAPITAL}[^,;:()\[\]\n\"\d]{{0,79}}?)\s+(?P<page>{pages})(?!\d)"
    )


def _edition(ordinals: str, words: str) -> re.Pattern[str]:
    """Return "2nd ed.", "3., neubearb. Aufl.", "second revised edition"."""
    ordinal = rf"(?:\d{{1,2}}(?:st|nd|rd|th|e|re|er|ère|ème)?\.?,?|(?:{any_of(ordinals)})\.?)"
    return re.compile(
        rf"(?P<edition>{ordinal}\s(?:[^\W\d_]{{2,14}}\.?,?\s){{0,3}}?(?:{any_of(words)})\b\.?)",
        re.IGNORECASE,
    )


NUMBER_OF_SERIES = r"\d{1,4}(?:/\d{1,3})?"


def _series(words: str, volume: str) -> re.Pattern[str]:
    """Return "Kent Studies in Owls, 12": a name with a word for a series, and a number."""
    return re.compile(
        rf"(?P<title>(?=[^,;:()\d\n]*(?i:{any_of(words)})\b){CAPITAL}[^,;:()\d\n]{{3,80}}?),?\s+"
        rf"(?P<number>(?:(?i:{any_of(volume)})\.?\s?)?{NUMBER_OF_SERIES})(?=\s+[(]|,\s)"
    )


def _marked_series(volume: str) -> re.Pattern[str]:
    """Return "(= Owl Studies, vol. 4)", as a bracket with its equals sign."""
    return re.compile(
        rf"\s*\(=\s*(?P<title>{CAPITAL}[^()=\d\n]{{3,90}}?)"
        rf"(?:[,;:]?\s+(?P<number>(?:(?i:{any_of(volume)})\.?\s?)?{NUMBER_OF_SERIES}))?\)"
    )


def _statute(kinds: str) -> re.Pattern[str]:
    """Return "Owls (Protection) Act 1981 (Kent)"."""
    word = rf"(?:{CAPITAL}[\w'-]*|\({CAPITAL}[^()\n]{{1,40}}\)|of|and|the|for|&)"
    return re.compile(
        rf"(?P<title>{CAPITAL}[\w'-]*\s+(?:{word},?\s+){{0,12}}?(?:{any_of(kinds)}))\b,?"
        rf"\s+(?P<date>{YEAR})\s+\((?P<pubPlace>{CAPITAL}[\w.]{{1,11}})\)"
    )


def _case(versus: str) -> re.Pattern[str]:
    """Return "Dove v. Hawk", the names of a case."""
    party = rf"{CAPITAL}[\w'.&-]*(?:\s+(?:{CAPITAL}[\w'.&-]*|of|and|the|&)){{0,6}}?"
    return re.compile(
        rf"(?P<title>{party}\s+(?:{any_of(versus)})\.?\s+{CAPITAL}[\w'.&-]*(?:\s+(?:{CAPITAL}[\w'&-]*|of|and|the|&)){{0,6}})"
    )
