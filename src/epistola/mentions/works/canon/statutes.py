"""Read acts of parliament by the year of a reign: "11 & 12 Vict. c. 63", "9 Geo. IV, cap. 31"."""

from __future__ import annotations

import re
from functools import cache

from epistola import language
from epistola.mentions.works.canon.readings import Candidate, Reading, figures
from epistola.mentions.works.scopes import Scope
from epistola.model import Span

CERTAINTY = 0.97
YEAR = re.compile(
    r"(?<![^\W_])\d{1,2}(?:[ ]?(?:&|and|et|-)[ ]?\d{1,2})?[ \n]"
    r"(?:(?:W(?:ill|m)?|Phil)\.?[ ]?(?:&|and)[ ])?$"
)
CHAPTER = re.compile(
    r"(?:\.?,?[ \n](?P<reign>\d|[IVX]{1,4}|[ivx]{1,4}))?[.,;]{0,2}[ \n]"
    r"(?:(?:st|stat|sess)\.?[ ]?\d[.,;]{0,2}[ \n])?"
    r"(?P<chapter>(?:c|ca|cap|ch|chap)\.?[ \n]?(?P<n>\d{1,3}|[ivxlc]+|[IVXLC]+)(?![^\W_]))"
    r"(?:[.,;]{0,2}[ \n](?P<section>(?:s|ss|sec|sect|§)\.?[ \n]?"
    r"(?P<s>\d{1,3}(?:[ ]?[-–][ ]?\d{1,3})?)(?!\w)))?"
)


@cache
def _kings(code: str) -> frozenset[str]:
    return frozenset(language.load(code).get("statutes", {}).get("kings", "").split())


def statute_at(candidate: Candidate) -> Reading | None:
    """Return the act: the year of the king in ``candidate`` before it, the chapter after it."""
    text = candidate.text
    if text[candidate.start : candidate.end] not in _kings(candidate.language):
        return None
    year = YEAR.search(text, max(0, candidate.start - 24), candidate.start)
    act = CHAPTER.match(text, candidate.end)
    chapter = figures(act["n"]) if act else ""
    if not year or not act or not chapter:
        return None
    title = Span(year.start(), act.end("reign") if act["reign"] else candidate.end)
    scopes = [Scope(Span(*act.span("chapter")), "chapter", chapter)]
    if act["section"]:
        scopes.append(Scope(Span(*act.span("section")), "section", figures(act["s"])))
    work = f"{_session(text, year, candidate, act)} c. {chapter}"
    return Reading("statutes", Span(year.start(), act.end()), work, title, tuple(scopes), CERTAINTY)


def _session(text: str, year: re.Match[str], candidate: Candidate, act: re.Match[str]) -> str:
    """Return the session of parliament in one form: "11 & 12 Vict.", "9 Geo. 4"."""
    years = " & ".join(re.findall(r"\d+", year.group()))
    king = text[candidate.start : candidate.end][:4].removesuffix("i")
    reign = figures(act["reign"]) if act["reign"] else ""
    return f"{years} {SHORT.get(king, king)}. {reign}".rstrip()


SHORT = {"Geor": "Geo", "Will": "Will", "Wm": "Will", "Gul": "Will", "Edwa": "Edw", "Henr": "Hen"}
"""Short names of kings that are not the first four letters, by these."""
