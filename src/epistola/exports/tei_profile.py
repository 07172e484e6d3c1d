"""The same letters as TEI of another sort, for programs that want it so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from epistola.exports import Choice, File, FolderFormat, Part
from epistola.exports.gathered import Letters
from epistola.exports.letters import ExportedLetter
from epistola.exports.profiles.local import in_back, made_local
from epistola.exports.profiles.retag import as_rs, drop_all, with_addresses
from epistola.exports.profiles.simple import simple
from epistola.model import Finding, Severity

ALL = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
SCHEMAS: Mapping[str, str] = MappingProxyType(
    {"simple": "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_simplePrint.rng"}
)
"""The schema of a profile, where it is not TEI's with everything in it."""
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def write(letters: Letters) -> Iterator[File]:
    """Yield a file for each letter, in the profile that is chosen."""
    lost: Counter[str] = Counter()
    for letter in letters:
        yield File(f"{letter.name}.xml", [_written(letters, letter, lost)])
    _tell(letters, lost)


def write_one(letters: Letters) -> Iterator[Part]:
    """Yield a single letter in the profile that is chosen."""
    lost: Counter[str] = Counter()
    for letter in letters:
        yield _written(letters, letter, lost)
    _tell(letters, lost)


def _written(letters: Letters, letter: ExportedLetter, lost: Counter[str]) -> bytes:
    profile = letters.choices["profile"]
    root = made_local(letter, {entry.key: entry for entry in letters.register})
    if profile == "back":
        in_back(root)
    elif profile == "dta":
        with_addresses(root, letter)
        drop_all(root, ("standOff",))
    if letters.choices["names"] == "rs":
        as_rs(root)
    if profile == "simple":
        lost.update(simple(root))
    etree.cleanup_namespaces(root)
    schema = SCHEMAS.get(profile, ALL)
    said = f'href="{schema}" schematypens="http://relaxng.org/ns/structure/1.0"'
    model = etree.tostring(etree.ProcessingInstruction("xml-model", said))
    return DECLARATION + model + b"\n" + etree.tostring(root, encoding="unicode").encode() + b"\n"


def _tell(letters: Letters, lost: Counter[str]) -> None:
    if lost:
        names = ", ".join(f"<{name}> {count}×" for name, count in sorted(lost.items()))
        said = f"not in TEI simplePrint, and left out (their words stay): {names}"
        letters.report(Finding(Severity.INFO, "not-in-profile", said))


FORMAT = FolderFormat(
    write,
    "TEI of another sort: tei_all, simplePrint, with registers in back, DTABf-like",
    ".xml",
    keeps="the text, and all tags that the profile has; the entries that a letter points to",
    loses="what the profile cannot say (simple: see docs/export.md; dta: the registers)",
    choices=(
        Choice(
            "profile",
            ("all", "simple", "back", "dta"),
            "everything local; TEI simplePrint; registers in back, for TEI Publisher and EVT;"
            " addresses of authorities in place of registers, as DTABf has it",
        ),
        Choice("names", ("own", "rs"), "persName, placeName ..., or rs with a type"),
    ),
    alone=write_one,
)
