"""How findings and stages look: lines for people, objects for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from epistola.model import Annotation, Edit, Fact, Field, Finding, Letter, Severity, Source

WIDTH = 60
"""How many characters of a long stretch of text are shown."""

FEW = 5
"""How many suggestions are shown; a longer list helps nobody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one file: the exit code it calls for, and what was found.

    ``file`` is how it is called, ``raw`` what was in it.
    """

    code: int
    findings: tuple[Finding, ...]
    file: str = ""
    raw: bytes = b""


def place(finding: Finding, source: Source | None) -> tuple[int, int]:
    """Return line and column of ``finding``, from one; 0 where they are not known."""
    if finding.span is not None and source is not None:
        return source.position(finding.span.start)
    return finding.line, finding.column


def finding_line(
    finding: Finding, file: str, source: Source | None = None, severity: str = ""
) -> str:
    """Return ``finding`` as compilers write it; ``severity`` is its word if it is to be coloured.

    >>> from epistola.model import Severity
    >>> finding_line(Finding(Severity.ERROR, "pointer", "no #x", line=3), "a.xml")
    'a.xml:3: error: pointer: no #x'
    """
    where = "".join(f":{number}" for number in place(finding, source) if number)
    return f"{file}{where}: {severity or finding.severity}: {finding.code}: {finding.message}"


def suggestions(finding: Finding, text: str) -> list[str]:
    """Return what may stand at the fault, and how it is mended, a line each, if that is known.

    ``text`` is the file that the finding's edits are about.

    >>> from epistola.model import Edit, Severity, Span
    >>> fix = (Edit(Span(1, 9), "persName"),)
    >>> found = Finding(Severity.ERROR, "a", "b", expected=("persName", "name"), fix=fix)
    >>> suggestions(found, "<persname/>")
    ['may stand here: persName, name', 'fix: “persname” becomes “persName”']
    """
    lines = []
    if finding.expected:
        more = len(finding.expected) - FEW
        rest = f" and {more} more" if more > 0 else ""
        lines.append(f"may stand here: {', '.join(finding.expected[:FEW])}{rest}")
    if finding.fix:
        changes = dict.fromkeys(_change(edit, text) for edit in finding.fix)
        lines.append(f"fix: {'; '.join(changes)}")
    return lines


def _change(edit: Edit, text: str) -> str:
    old, new = shortened(text[edit.span.start : edit.span.end]), shortened(edit.text)
    if not old:
        return f"insert “{new}”"
    return f"“{old}” becomes “{new}”" if new else f"delete “{old}”"


def counted(found: Counter[Severity]) -> str:
    """Return how many findings there are of each severity.

    >>> counted(Counter())
    'no errors, no warnings'
    """
    words = [_number(found[Severity.ERROR], "error"), _number(found[Severity.WARNING], "warning")]
    told = found[Severity.INFO]
    return ", ".join(words + ([f"{told} for information"] if told else []))


def stage(value: object, source: Source) -> str:
    """Return what a stage of the pipeline yields, readably; ``source`` is what it began with.

    Raises TypeError for what no stage yields.
    """
    match value:
        case Source():
            return text_lines(value)
        case Letter():
            return letter_lines(value, source)
        case etree._ElementTree() | etree._Element():  # noqa: SLF001 - lxml names its types so
            return etree.tostring(value, encoding="unicode")
        case list() | tuple():
            return "\n".join(annotation_line(annotation, source) for annotation in value)
        case _:
            raise TypeError(f"no stage yields {type(value).__name__}")


def text_lines(source: Source) -> str:
    """Return the source, its lines numbered; a form feed is shown as the sign for it."""
    lines = source.text.replace("\f", "␌").split("\n")
    width = len(str(len(lines)))
    return "\n".join(f"{at:>{width}}  {line}".rstrip() for at, line in enumerate(lines, 1))


def annotation_line(annotation: Annotation, source: Source) -> str:
    """Return ``line:column  kind  rule  certainty  “text”  values -> entry``."""
    line, column = source.position(annotation.span.start)
    where = f"{line}:{column}"
    text = shortened(source[annotation.span])
    parts = [
        f"{where:<7} {annotation.kind:<12} {annotation.rule:<20} {annotation.certainty:.2f}",
        f"“{text}”",
        *(f"{key}={value}" for key, value in sorted(annotation.values.items())),
        *([f"-> {annotation.entry}"] if annotation.entry else []),
    ]
    return "  ".join(parts)


def letter_lines(letter: Letter, source: Source) -> str:
    """Return what the letter is, a fact a line, each with the place that says so."""
    facts = [
        ("author", letter.author),
        ("addressee", letter.addressee),
        ("title", letter.title),
        *(("subtitle", fact) for fact in letter.subtitles),
        ("dateline", letter.dateline),
    ]
    lines = [f"language    {letter.language}", f"genre       {letter.genre or '-'}"]
    lines += [_fact(name, fact, source) for name, fact in facts if fact]
    lines += [_field(field, source) for field in letter.fields]
    return "\n".join(lines)


def shortened(text: str) -> str:
    r"""Return ``text`` on one line, its middle left out where it is long.

    >>> shortened("a" * 50 + "\n" + "b" * 50)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…bbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
    """
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH // 2]}…{line[1 - WIDTH // 2 :]}"


def _fact(name: str, fact: Fact, source: Source) -> str:
    where = ":".join(map(str, source.position(fact.span.start))) if fact.span else "-"
    return f"{name:<12}{fact.value}  ({where}, {fact.rule or 'no rule'})"


def _field(field: Field, source: Source) -> str:
    where = ":".join(map(str, source.position(field.span.start)))
    role = f", {field.role}" if field.role else ""
    return f"{field.kind:<12}“{shortened(source[field.value])}”  ({where}{role})"


def _number(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"
