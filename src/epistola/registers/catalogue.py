"""Persons' names as catalogues write them: "Bell, Mary (née Hale), Lady, 1771-1832".

The form is that of library authority files (RDA 9.19, and AACR2 before it): the
surname, the forenames, titles, then the years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from epistola.registers.forenames import is_forename


class CatalogueName(NamedTuple):
    """A person's name as catalogues write it: "Scott, Walter, Sir, 1771-1832".

    ``maiden`` is a name before marriage ("née Hale"), ``married`` one after it ("m. Bly"),
    ``peerage`` what a peer is called by where the entry stands under the family's name
    ("Pelham, Thomas, 2nd Earl of Lewes"), ``initials`` how the forenames are written where a
    catalogue adds them in brackets ("Hale, W. D. (Walter David)").
    """

    surname: str
    forename: str = ""
    title: str = ""
    birth: str = ""
    death: str = ""
    maiden: str = ""
    married: str = ""
    peerage: str = ""
    initials: str = ""


ABOUT = r"(?:\b(?:approx(?:imately)?|about|abt|active|circa|ca?)\b\.?\s*)?"
YEARS = re.compile(
    rf"{ABOUT}(?:(?P<birth>\d{{3,4}})\??|\?)?(?:\s+or\s+\d{{2,4}})?\s*[-–]\s*{ABOUT}"
    r"(?:(?P<death>\d{3,4})|\?)?\??(?P<before>\s*B\.?\s?C\b\.?)?"
)
DIED = re.compile(r"\bd(?:ied)?\.?\s*(?P<death>\d{3,4})")
MAIDEN = re.compile(r"\bn[ée]e\s+(?P<name>[^(),;]+)")
MARRIED = re.compile(r"\(\s*m(?:arried)?\.?\s+(?P<name>[^\W\d_][^(),;]+)")
ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]?")
TITLED = re.compile(
    r"M\.|[A-Z][a-z]{1,4}\.|(?:\S+ )?[A-Za-z]\w+ of(?: .*)?"
    r"|(?:Sir|Lady|Lord|Miss|Dame|Count\w*)\b.*"
    r"|(?:[Bb]aron|[Vv]iscount|[Ee]arl|[Dd]uke|[Mm]arquess|[Mm]arquis|[Pp]rince|[Aa]dmiral)\w*"
)
LEADING = re.compile(
    r"(?P<title>(?:Sir|Lady|Lord|Miss|Dame|Mrs|Mr|Ms|Dr|Hon|Rev|Capt|Captain|Col|Colonel|Major"
    r"|Madame|Mademoiselle)\b\.?)(?:\s+|$)(?P<rest>.*)"
)
TRAILING = re.compile(r"(?P<rest>.+) (?P<title>Sir|Lady|Lord|Dame)")
SUCCESSOR = re.compile(r"^\d+(?:st|nd|rd|th) ([A-Za-z].*)")
PEERAGE = re.compile(
    r"\b(?i:Duke|Duchess|Marquess|Marquis|Marchioness|Earl|Countess|Viscount|Viscountess|Baron"
    r"|Baroness) (?:of )?(?P<name>[A-Z][^,()]*)"
)


def catalogue_name(whole: str) -> CatalogueName | None:
    """Return the parts of a name that is written surname first, none if it is not.

    >>> catalogue_name("Scott, Walter, Sir, 1771-1832")[:5]
    ('Scott', 'Walter', 'Sir', '1771', '1832')
    >>> catalogue_name("Hale, W. D. (Walter David), 1780-1841")[1]
    'Walter David'
    >>> catalogue_name("Hale, Anne, Lady (née Mill), d. 1801").maiden
    'Mill'
    """
    if "," not in whole or whole.startswith(","):
        return None
    years = next((m for m in YEARS.finditer(whole) if _dates(m) and not m["before"]), None)
    died = DIED.search(whole)
    undated = YEARS.sub(lambda match: "" if _dates(match) else match[0], whole)
    plain = ASIDE.sub("", DIED.sub("", undated))
    parts = [part.strip() for part in plain.split(",")]
    rest = [part for part in parts[1:] if part and not any(char.isdecimal() for char in part)]
    titles = [part for part in rest if _is_title(part)]
    forename, leading = _without_title(next((part for part in rest if part not in titles), ""))
    titles += [m[1] for part in parts[1:] if (m := SUCCESSOR.search(part))]
    maiden, married = MAIDEN.search(whole), MARRIED.search(whole)
    fuller = _fuller(forename, whole)
    return CatalogueName(
        parts[0],
        fuller or forename or _aside(whole, "".join(titles)),
        " ".join(filter(None, (leading, *titles))),
        (years["birth"] or "") if years else "",
        (years["death"] or "") if years else died["death"] if died else "",
        maiden["name"].strip() if maiden else "",
        married["name"].strip() if married else "",
        _peerage(titles),
        forename if fuller else "",
    )


def _dates(match: re.Match[str]) -> bool:
    return bool(match["birth"] or match["death"])


def _is_title(part: str) -> bool:
    """Return whether a part of a catalogue's name is a title, and no name with one before it."""
    leading = LEADING.fullmatch(part)
    if is_forename(part.lower().rstrip(".")):
        return False
    return TITLED.fullmatch(part) is not None and not (leading and leading["rest"])


def _without_title(forename: str) -> tuple[str, str]:
    """Return a forename and the title written before or after it: "Sir Walter"."""
    match = LEADING.fullmatch(forename) or TRAILING.fullmatch(forename)
    return (match["rest"], match["title"]) if match else (forename, "")


def _fuller(forename: str, whole: str) -> str:
    """Return the forenames in brackets that initials stand for (RDA 9.5; AACR2 22.18)."""
    letters = [part for part in re.split(r"[.\s]+", forename) if part]
    if not letters or any(len(part) > 1 for part in letters):
        return ""
    aside = re.search(r"\(([A-Z][^(),'’.]*)\)", whole)
    words = aside[1].split() if aside else []
    fits = [word[0] for word in words] == letters
    return " ".join(words) if fits else ""


def _aside(whole: str, title: str) -> str:
    """Return the forename in brackets after a title: "Gore, Mrs. (Catherine Grace)"."""
    aside = re.search(r"\(([A-Z][^(),'’]*)\)", whole) if title else None
    return aside[1] if aside else ""


def _peerage(titles: Sequence[str]) -> str:
    found = (PEERAGE.search(title) for title in titles)
    return next((m["name"].strip() for m in found if m), "")
