"""What a corrected file changed that no decision can keep, told with its line and the remedy."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from lxml import etree

from epistola import __version__
from epistola.adopt.claims import Claim, line_of
from epistola.adopt.differ import Claims
from epistola.model import Finding, Severity
from epistola.pipeline import Encoding
from epistola.safe import parse
from epistola.tree.element import TEI, XML
from epistola.tree.policy import POLICY, READINGS
from epistola.tree.read import is_added

HEADER = f"{{{TEI}}}teiHeader"
STANDOFF = f"{{{TEI}}}standOff"


def beyond(
    text: etree._Element, corrected: Claims, encodings: Sequence[Encoding]
) -> Iterator[Finding]:
    """Yield what of a corrected file is lost when the letter is encoded again.

    ``encodings`` are what the program makes, with and without decisions: what the file has as
    one of them has it is no change.
    """
    yield from _other_version(text)
    for claim in corrected.values():
        yield from _strange(claim)
    yield from _other_additions(text)
    root = text.getroottree().getroot()
    made = [parse(one.to_bytes()).getroot() for one in encodings]
    yield from _header(root, made)
    yield from _entries(root, made, {claim.ref for claim in corrected.values()})


def _lost(element_line: int, message: str) -> Finding:
    return Finding(Severity.WARNING, "not-adopted", message, line=element_line)


def _other_version(text: etree._Element) -> Iterator[Finding]:
    """Yield that another version of the program made the file, whose rules may differ."""
    app = text.getroottree().getroot().find(f".//{{{TEI}}}application[@ident='epistola']")
    version = ".".join(__version__.split(".")[:2])
    if app is not None and app.get("version") != version:
        message = (
            f"version {app.get('version')} made this file, and this is {version}: what has changed"
            " between them is adopted as if you had decided it; look through with --dry-run"
        )
        yield Finding(Severity.WARNING, "other-version", message, line=line_of(app))


def _strange(claim: Claim) -> Iterator[Finding]:
    if claim.kind not in POLICY:
        message = f"<{claim.kind}> is no tag of this encoding, and is not kept"
        yield _lost(claim.line, message)
    for name in sorted(claim.others):
        message = (
            f"{name} of the {claim.kind} is not kept: this encoding has no such attribute there,"
            " or it does not point at an entry"
        )
        yield _lost(claim.line, message)


def _other_additions(text: etree._Element) -> Iterator[Finding]:
    """Yield comments, and what an editor added that is neither a note nor beside a reading."""
    for comment in text.iter(etree.Comment):
        message = 'a comment is not kept: write it as <note type="editorial">'
        yield _lost(line_of(comment), message)
    for element in text.iter("*"):
        name = str(element.tag).rpartition("}")[2]
        if is_added(element) and name != "note" and not _is_beside(element, name):
            message = (
                f"<{name}> is not kept: one other reading beside what the source has, in a"
                " <choice>, is; for more, write a note"
            )
            yield _lost(line_of(element), message)


def _is_beside(element: etree._Element, name: str) -> bool:
    """Return whether an element is the first other reading in a ``choice``, or part of an added."""
    above = [e for e in element.iterancestors("*") if is_added(e)]
    parent = element.getparent()
    if above or parent is None:
        return True
    readings = [str(e.tag).rpartition("}")[2] for e in parent if isinstance(e.tag, str)]
    is_choice = str(parent.tag).rpartition("}")[2] == "choice"
    first = is_choice and readings[:1] and READINGS.get(readings[0]) == name
    return bool(first) and parent[1] is element


# --- header and entries --------------------------------------------------------------------


def _header(root: etree._Element, made: list[etree._Element]) -> Iterator[Finding]:
    """Yield the parts of the header that somebody changed."""
    theirs = [_parts(one) for one in made]
    for name, part in _parts(root).items():
        said = _canonical(part)
        if all(name not in own or _canonical(own[name]) != said for own in theirs):
            message = (
                f"<{name}> in the header was changed, and is not kept: write what it says into"
                " NAME.toml beside the text, or into edition.toml"
            )
            yield _lost(line_of(part), message)


def _parts(root: etree._Element) -> dict[str, etree._Element]:
    header = root.find(HEADER)
    parts = [part for whole in (header if header is not None else []) for part in whole]
    named = [(str(part.tag).rpartition("}")[2], part) for part in parts if _is_element(part)]
    return {name: part for name, part in named if name not in OURS}


OURS = frozenset({"appInfo"})
"""What says which program made the file, and when."""


def _is_element(part: etree._Element) -> bool:
    return isinstance(part.tag, str)


def _entries(
    root: etree._Element, made: list[etree._Element], used: Container[str]
) -> Iterator[Finding]:
    """Yield the entries in use that somebody made or changed in the letter's own copy."""
    theirs = [_by_id(one) for one in made]
    for name, entry in _by_id(root).items():
        said = _canonical(entry)
        changed = all(name not in own or _canonical(own[name]) != said for own in theirs)
        if changed and name in used:
            message = (
                f"the entry “{name}” is not as the program makes it, and is not kept: write it"
                " into the register, of which a letter holds a copy"
            )
            yield _lost(line_of(entry), message)


def _by_id(root: etree._Element) -> dict[str, etree._Element]:
    standoff = root.find(STANDOFF)
    lists = list(standoff) if standoff is not None else []
    entries = [e for one in lists for e in one if _is_element(e)]
    return {e.get(f"{XML}id", ""): e for e in entries}


def _canonical(element: etree._Element) -> str:
    """Return what an element says, without white space between its parts, and the day."""
    day = {"change", "application"}
    said: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        name = str(one.tag).rpartition("}")[2]
        parent = one.getparent()
        if name == "date" and parent is not None and parent.tag == f"{{{TEI}}}publicationStmt":
            continue
        if event == "start":
            attributes = sorted((str(k), str(v)) for k, v in one.attrib.items())
            kept = [pair for pair in attributes if not (name in day and pair[0] == "when")]
            said += [f"<{name} {kept}>", " ".join((one.text or "").split())]
        else:
            said.append("/")
            if one is not element:
                said.append(" ".join((one.tail or "").split()))
    return "|".join(said)
