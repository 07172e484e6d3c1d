"""Works as BibTeX has them, and biblatex, read by bibtexparser; ``exports.bibtex`` writes them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from epistola.registers.bibliography.csl import read_words
from epistola.registers.bibliography.record import PERIODICAL
from epistola.registers.bibliography.work import (
    NUMBERS,
    UNITS,
    Date,
    Name,
    Work,
    ordered,
    ordered_names,
)

if TYPE_CHECKING:
    from bibtexparser.model import Block

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "journal": "periodical",
        "newspaper": "periodical",
        "journalArticle": "article",
        "newspaperArticle": "article",
        "book": "book",
        "bookSection": "incollection",
        "pamphlet": "booklet",
        "letter": "misc",
        "manuscript": "unpublished",
        "speech": "misc",
        "report": "techreport",
        "thesis": "phdthesis",
        "play": "book",
        "poem": "misc",
        "artwork": "misc",
        "law": "misc",
        "webPage": "online",
        "other": "misc",
    }
)
"""Values of ``biblStruct/@type`` and types of entries; ``entrysubtype`` tells what is several's."""
READ: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "periodical": ("journal", ""),
        "article": ("journalArticle", ""),
        "incollection": ("bookSection", ""),
        "inbook": ("bookSection", ""),
        "inproceedings": ("bookSection", "paper-conference"),
        "conference": ("bookSection", "paper-conference"),
        "inreference": ("bookSection", "entry-encyclopedia"),
        "booklet": ("pamphlet", ""),
        "letter": ("letter", ""),
        "unpublished": ("manuscript", ""),
        "phdthesis": ("thesis", ""),
        "mastersthesis": ("thesis", "master's thesis"),
        "thesis": ("thesis", ""),
        "techreport": ("report", ""),
        "report": ("report", ""),
        "online": ("webPage", ""),
        "electronic": ("webPage", ""),
        "www": ("webPage", ""),
        "artwork": ("artwork", ""),
        "legislation": ("law", ""),
        "misc": ("other", ""),
        "dataset": ("other", "dataset"),
        "software": ("other", "software"),
    }
)
"""Types of entries -> kind and genre; any other is a book ("mvbook", "proceedings" ...)."""
TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "title": "title",
        "edition": "edition",
        "publisher": "publisher",
        "address": "place",
        "series": "series",
        "language": "language",
        "type": "genre",
        "note": "note",
    }
)
"""Fields of BibTeX and of a Work that hold one text each."""
OTHERS: Mapping[str, str] = MappingProxyType(
    {"abstract": "abstract", "keywords": "keyword", "annote": "annote", "urldate": "accessed"}
    | {"shorttitle": "title-short", "archive": "archive", "library": "source"}
)
"""Fields of BibTeX and those of CSL that a note keeps."""
IDNOS: Mapping[str, str] = MappingProxyType(
    {"isbn": "ISBN", "issn": "ISSN", "doi": "DOI", "url": "URL"}
)
SCOPES: Mapping[str, str] = MappingProxyType(
    {"volume": "volume", "pages": "page", "chapter": "chapter"}
)
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "journal": "container",
        "journaltitle": "container",
        "booktitle": "container",
        "location": "address",
        "institution": "publisher",
        "school": "publisher",
        "organization": "publisher",
        "langid": "language",
        "annotation": "annote",
        "issue": "issue",
    }
)
"""Other names of fields, as biblatex has them, and where one field stands for several."""
ROLES = ("author", "editor", "translator")
VERBATIM = frozenset({"url", "doi", "urldate", "date"})
"""Fields in which TeX has no say (biblatex manual, 2.2.1)."""
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""BibTeX's own abbreviations of the months."""
DASHES = re.compile(r"(?<=\w)\s*(?:--+|[–—])\s*(?=\w)")
SIGNS: Mapping[str, str] = MappingProxyType(
    {"braceleft": r"\{", "braceright": r"\}", "asciicircum": r"\string^"}
)
"""Signs that the decoder does not know by their names, or takes for accents."""
SIGN = re.compile(rf"\\text({'|'.join(SIGNS)})(?:\{{\}}|\s+|(?![A-Za-z]))")


class BibtexError(Exception):
    """An entry cannot be read; ``line`` is from one."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_bibtex(text: str) -> Iterator[tuple[int, Work]]:
    """Yield the line of each entry of a BibTeX file, and the work that it describes.

    Raises BibtexError for what is no BibTeX.
    """
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - seldom wanted

    # What it would say on standard error of a faulty entry is told below, as an error.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    months = "".join(f"@string{{{month} = {{{month}}}}}" for month in MONTHS)
    for block in parse_string(f"{months}\n{text}").blocks:
        if found := _read_block(block):
            yield found


def _read_block(block: Block) -> tuple[int, Work] | None:
    from bibtexparser.model import (  # noqa: PLC0415 - as above
        DuplicateBlockKeyBlock,
        Entry,
        ParsingFailedBlock,
    )

    line = block.start_line or 1  # the line of months stands before the file's own first
    if isinstance(block, DuplicateBlockKeyBlock):
        raise BibtexError(f"the key “{block.key}” is used twice: give one entry another key", line)
    if isinstance(block, ParsingFailedBlock):
        first = (block.raw or "").split("\n")[0][:60]
        raise BibtexError(
            f"the entry that begins with “{first}” is no BibTeX: look for a brace, a quotation"
            " mark or a comma that is missing",
            line,
        )
    if not isinstance(block, Entry):
        return None
    fields = {field.key.lower(): str(field.value) for field in block.fields}
    return line, _work(block.key, block.entry_type.lower(), fields)


def _work(key: str, entry_type: str, raw: Mapping[str, str]) -> Work:
    fields = {
        name: " ".join(value.split()) if name in VERBATIM else plain(value)
        for name, value in raw.items()
        if name not in ROLES
    }
    for alias, name in ALIASES.items():
        if fields.get(alias):
            fields.setdefault(name, fields[alias])
    kind, told = READ.get(entry_type, ("book", ""))
    subtype = fields.get("entrysubtype", "")
    kind = subtype if subtype in KINDS else kind
    if kind == "other" and entry_type == "misc" and fields.get("howpublished"):
        fields.setdefault("publisher", fields["howpublished"])
    texts = {field: fields.get(name, "") for name, field in TEXTS.items()}
    texts["title"] = ": ".join(filter(None, (texts["title"], fields.get("subtitle"))))
    texts["genre"] = "; ".join(filter(None, (told, texts["genre"])))
    issue, number = _issue(kind, fields)
    scopes = {unit: fields.get(name, "") for name, unit in SCOPES.items()}
    scopes["page"] = DASHES.sub("–", scopes["page"])
    return Work(
        key=key,
        kind=kind,
        container=fields.get("container", ""),
        series_number=number,
        names=ordered_names({role: list(_names(raw.get(role, ""))) for role in ROLES}),
        scopes=ordered({**scopes, "issue": issue}, UNITS),
        date=_date(fields),
        numbers=ordered({kind: fields.get(name, "") for name, kind in IDNOS.items()}, NUMBERS),
        others=ordered({field: fields.get(name, "") for name, field in OTHERS.items()}, ()),
        **texts,
    )


def _issue(kind: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the issue and the number in a series: ``number`` is either, by the kind."""
    number, issue = fields.get("number", ""), fields.get("issue", "")
    return (
        (number or issue, "")
        if kind in {*PERIODICAL, "journal", "newspaper"}
        else (
            issue,
            number,
        )
    )


def _date(fields: Mapping[str, str]) -> Date:
    """Return the date of an entry: biblatex's, else year, month and day."""
    if said := fields.get("date", ""):
        return _stated(said)
    year, month, day = (fields.get(name, "") for name in ("year", "month", "day"))
    at = month[:3].lower()
    number = MONTHS.index(at) + 1 if at in MONTHS else int(month) if month.isdecimal() else 0
    found = read_words(year)
    if not found.when or not number:
        season = month if found.when and month.replace(" ", "").isalpha() else ""
        return Date(when=found.when, season=season) if found.when else found
    parts = [year, f"{number:02d}", *([f"{int(day):02d}"] if day.isdecimal() else [])]
    exact = read_words("-".join(parts))
    return exact if exact.when else found


def _stated(said: str) -> Date:
    """Return a date of biblatex; one with "~" is about that time, or between the two."""
    found = read_words(said.replace("~", ""))
    if "~" not in said:
        return found
    if found.start and found.end:
        return Date(earliest=found.start, latest=found.end)
    return Date(when=found.when, circa=True) if found.when else Date(words=said)


def _names(field: str) -> Iterator[Name]:
    """Yield the names of a field; one in braces as a whole has no parts."""
    from bibtexparser.middlewares.names import (  # noqa: PLC0415 - as above
        InvalidNameError,
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    for name in split_multiple_persons_names(field) if field else ():
        try:
            parts = parse_single_name_into_parts(name)
        except InvalidNameError:
            yield Name(literal=plain(name))
            continue
        if in_braces(name) or not parts.last:
            yield Name(literal=plain(name))
            continue
        groups = (parts.last, parts.first, parts.von, parts.jr)
        yield Name(*(plain(" ".join(group)) for group in groups))


def in_braces(text: str) -> bool:
    """Return whether one pair of braces holds all of ``text``."""
    depth = 0
    for at, character in enumerate(text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            return text.startswith("{") and at == len(text) - 1
    return False


def plain(text: str) -> str:
    r"""Return the words that TeX would print of ``text``.

    >>> plain(r"The {R}\'evolution \& after")
    'The Révolution & after'
    """
    if not re.search(r"[\\{}$~]|--|``|''", text):
        return " ".join(text.split())
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - as above

    # A sign of per cent is no comment in a bibliography: BibTeX has none.
    escaped = re.sub(r"(?<!\\)%", r"\\%", text)
    escaped = SIGN.sub(lambda found: SIGNS[found[1]], escaped)
    return " ".join(LatexNodes2Text(keep_comments=True).latex_to_text(escaped).split())
