"""Find archival shelfmarks: "British Library, Add. MS 12345, f. 12r", "TNA, PROB 11/123".

A shelfmark is known by the repository before it, or by a series of the table that needs none
("Add. MS 12345"). The repository is kept as an organisation, the folio as the range that is cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from epistola import gazetteer
from epistola.gazetteer import Names
from epistola.language.patterns import any_of
from epistola.mentions.works.canon.readings import figures, inside_word
from epistola.model import Annotation, Letter, Source, Span

CERTAINTY = 0.97
RULE = "canon.shelfmark"
PLACE = r"(?:,[ ][A-ZÀ-Þ][^\W\d_]+)??"
"""Where the repository is: "Bodleian Library, Oxford"."""
NUMBER = r"(?:[A-Z]{0,3}\d[\w./-]*\w|\d)(?:[ ]?(?:\(\d+\)|[A-Z](?![^\W_])))?"
HAND = r"(?:MSS?\.?|Mss?\.?|mss?\.|Hs\.|Cod\.|cod\.|Codex)"
CALLED = (
    r"(?:[A-Z][\w'&-]{0,14}\.?|[a-e]\.|and|&"
    r"|(?:misc|lat|fr|fol|germ|graec|gr|quart|oct|ital|hebr|or|n\. ?a)\.)"
)
FOLIO = re.compile(
    r"[,;]?[ \n](?P<folio>(?P<label>fols?\.?|ff?\.|Bl\.|Blatt|folios?|feuillet|f°|pp?\.|S\.)[ \n]?"
    r"(?P<n>\d{1,4}(?:[rv]|[ab])?(?:[ ]?[-–][ ]?\d{0,4}[rvab]?)?)(?:[ ]?ff?\.)?)(?![^\W_])"
)
UNITS = {"p": "page", "S": "page"}


Row = tuple[str, str, str]


@cache
def _rows() -> tuple[Row, ...]:
    """Return kind, name and other forms of each line of ``gazetteer/archives.tsv``."""
    text = files(gazetteer).joinpath("archives.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line[:1] != "#")
    return tuple((kind, name, more) for kind, name, more in lines)


@cache
def _repositories() -> dict[str, str]:
    """Return the repositories by their forms."""
    rows = (row for row in _rows() if row[0] == "repository")
    return {form: name for _, name, more in rows for form in _listed(name, more)}


@cache
def _series() -> tuple[str, ...]:
    """Return the series of manuscripts that are known by themselves, in all their forms."""
    rows = (row for row in _rows() if row[0] == "series")
    return tuple(form for _, name, more in rows for form in _listed(name, more))


@cache
def _codes() -> tuple[str, ...]:
    """Return the codes of series in an archive: "FO"."""
    return tuple(name for kind, name, _ in _rows() if kind == "code")


@cache
def _in_repository() -> re.Pattern[str]:
    """Return the pattern of a repository and what is in it."""
    hands = rf"{HAND}(?:[ ]{CALLED}){{0,4}}[ ]{NUMBER}"
    before = rf"(?:{CALLED}[ ]){{1,2}}{HAND}[ ]{NUMBER}"
    classed = r"[A-Z]{1,5}[ ]?\d{0,4}[/ ]\d(?:[\w/.-]*\w)?|[A-Z]{1,4}\d{0,3}[ ]\d{1,5}"
    known = rf"(?:{any_of(_series())})[ ](?:{HAND}[ ])?(?:[A-Z]\.[ ]?)?{NUMBER}"
    return re.compile(
        rf"(?P<repository>{any_of(_repositories())})(?![^\W_])\.?{PLACE}(?:,|:)?[ \n]"
        rf"(?P<shelfmark>{known}|{hands}|{before}|{classed})(?![^\W_])"
    )


@cache
def _alone() -> re.Pattern[str]:
    """Return the pattern of a shelfmark whose series is known without a repository."""
    handed = [rf"{re.escape(form)}[ ]{HAND}[ ]\d\w*" for form in _series()]
    coded = [rf"{name}[ ]\d{{1,4}}/\d{{1,5}}(?:/\d+)?" for name in _codes()]
    return re.compile(rf"(?P<shelfmark>{'|'.join([*handed, *coded])})(?![^\W_]|/)")


def _listed(name: str, more: str) -> list[str]:
    return [name, *filter(None, more.split(", "))]


def shelfmarks(source: Source, letter: Letter, names: Names) -> Iterator[Annotation]:
    """Yield the shelfmarks of ``source`` as references, each followed by its parts."""
    del letter, names  # a shelfmark is the same in every language
    end = 0
    for match in sorted(_matches(source.folded), key=lambda match: match.start()):
        if match.start() >= end and not inside_word(source.folded, match.start()):
            yield from _claimed(source, match)
            end = match.end()


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Yield what the patterns find; most letters have no word of theirs, and need none."""
    if any(form in text for form in _repositories()):
        yield from _in_repository().finditer(text)
    if any(form in text for form in _series()) or any(f"{code} " in text for code in _codes()):
        yield from _alone().finditer(text)


def _claimed(source: Source, match: re.Match[str]) -> Iterator[Annotation]:
    folio = FOLIO.match(source.folded, match.end())
    named = match.groupdict().get("repository") or ""
    repository = _repositories().get(named) or _repositories().get(named.rstrip("."), "")
    mark = " ".join(match["shelfmark"].split())
    values = {"title": f"{repository}, {mark}" if repository else mark, "level": "u"}
    span = Span(match.start(), folio.end() if folio else match.end())
    yield Annotation(span, "reference", RULE, values, None, CERTAINTY)
    if named:
        kept = Span(*match.span("repository"))
        values = {"type": "institution", "name": repository}
        yield Annotation(kept, "org", RULE, values, None, CERTAINTY)
    yield Annotation(Span(*match.span("shelfmark")), "shelfmark", RULE, {}, None, CERTAINTY)
    if folio:
        number = folio["n"] if not folio["n"].isdecimal() else figures(folio["n"])
        unit = UNITS.get(folio["label"][0], "folio")
        yield Annotation(
            Span(*folio.span("folio")),
            "citedRange",
            RULE,
            {"unit": unit, "n": number},
            None,
            CERTAINTY,
        )
