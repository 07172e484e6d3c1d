"""Language tags are those of BCP 47 (RFC 5646, 2.1; TEI's teidata.language)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from lxml import etree

from epistola.checks.index import XML, Index, local_name
from epistola.checks.rules.fault import Fault

TAG = re.compile(
    r"""
    (?P<primary>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})
    (?:-[a-z]{4})?
    (?:-(?:[a-z]{2}|[0-9]{3}))?
    (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
    (?P<extensions>(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*)
    (?:-x(?:-[a-z0-9]{1,8})+)?
    |x(?:-[a-z0-9]{1,8})+
    """,
    re.VERBOSE,
)
"""The grammar of a tag in lower case; what it calls extlang is within the primary."""

SINGLETON = re.compile(r"-([0-9a-wyz])(?=-)")

GRANDFATHERED = frozenset(
    """
    art-lojban cel-gaulish en-gb-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux
    i-mingo i-navajo i-pwn i-tao i-tay i-tsu no-bok no-nyn sgn-be-fr sgn-be-nl sgn-ch-de
    zh-guoyu zh-hakka zh-min zh-min-nan zh-xiang
    """.split()
)
"""Tags that are registered whole, from before the grammar."""

OLD = frozenset({"in", "iw", "ji", "jw", "mo"})
"""Codes that have been replaced and are still registered."""

ATTRIBUTES: tuple[tuple[str, str], ...] = (
    (f"{XML}lang", ""),
    ("ident", "language"),
    ("mainLang", "textLang"),
    ("otherLangs", "textLang"),
    ("tag", "langKnown"),
    ("tags", "langKnowledge"),
    ("targetLang", ""),
)
"""The attributes whose datatype is teidata.language, and on which element."""


LONGEST = 100


class Codes(NamedTuple):
    """The codes of ISO 639: those a tag may begin with, and what replaces the others."""

    known: frozenset[str]
    shorter: Mapping[str, str]


@cache
def codes() -> Codes:
    """Return the codes in ``language/iso639.txt``."""
    text = files("epistola.language").joinpath("iso639.txt").read_text("utf-8")
    two, three = text.split("[two]\n")[1].split("[three]\n")
    pairs = [line.split() for line in two.splitlines() if line]
    groups = [line.split() for line in three.splitlines() if line]
    alone = {start + end for start, ends in groups for end in ends}
    known = frozenset({short for short, *_ in pairs} | alone | OLD)
    return Codes(known, {longer: short for short, *rest in pairs for longer in rest})


class Wrong(NamedTuple):
    """Why a tag is none, and the tag that is meant, where that is sure."""

    why: str
    instead: str | None = None


@lru_cache(maxsize=1024)
def wrong(tag: str) -> Wrong | None:
    """Return what is wrong with the language tag ``tag``, or None.

    >>> wrong("grc"), wrong("en_GB"), wrong("ger").instead
    (None, Wrong(why='its parts are joined by hyphens', instead='en-GB'), 'de')
    """
    if len(tag) > LONGEST:
        return Wrong("no program takes a tag so long (RFC 5646, 4.4.1)")
    lower = tag.lower()
    if lower in GRANDFATHERED:
        return None
    found = TAG.fullmatch(lower)
    if found is None:
        return _malformed(tag)
    primary = (found["primary"] or "x").split("-")[0]
    if primary in codes().shorter:
        short = codes().shorter[primary]
        return Wrong(f"this language is “{short}”", short + tag[len(primary) :])
    if not _is_known(primary):
        return Wrong(f"no language has the code “{tag[: len(primary)]}”")
    return _repeated(found)


def _is_known(primary: str) -> bool:
    return primary in codes().known or primary == "x" or "qaa" <= primary <= "qtz"


def _malformed(tag: str) -> Wrong:
    joined = tag.strip().replace("_", "-")
    if joined != tag and wrong(joined) is None:
        why = "its parts are joined by hyphens" if "_" in tag else "it has a space"
        return Wrong(why, joined)
    return Wrong("such a tag is a language and what narrows it, as in de, de-CH or grc-Latn")


def _repeated(found: re.Match[str]) -> Wrong | None:
    variants = (found["variants"] or "").split("-")[1:]
    singletons = SINGLETON.findall(found["extensions"] or "")
    for parts in (variants, singletons):
        twice = next((part for part in parts if parts.count(part) > 1), None)
        if twice:
            return Wrong(f"it has “{twice}” twice")
    return None


def languages_are_known(index: Index) -> Iterator[Fault]:
    """Yield each language tag that is none; an empty one, “not said”, is allowed."""
    for attribute, owner in ATTRIBUTES:
        for element, value in index.attributes.get(attribute, ()):
            if owner and local_name(element) != owner:
                continue
            tags = value.split() if attribute in {"otherLangs", "tags"} else [value]
            for tag in tags:
                fault = wrong(tag[: LONGEST + 1]) if tag else None
                if fault:
                    instead = fault.instead if len(tags) == 1 else None
                    yield _fault(element, attribute, tag, fault._replace(instead=instead))


def _fault(element: etree._Element, attribute: str, tag: str, fault: Wrong) -> Fault:
    name = attribute.replace(XML, "xml:")
    better = f": write “{fault.instead}”" if fault.instead else ""
    message = f"{name}=“{tag}” is no language tag (BCP 47): {fault.why}{better}"
    expected = (fault.instead,) if fault.instead else ()
    return Fault("language", element, message, attribute, expected, fault.instead)
