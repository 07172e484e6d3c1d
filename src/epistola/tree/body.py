"""Build the TEI text element from a source and its annotations.

Every character of the source is written where it stood, white space included, so
that the element's text is the source's; only a form feed becomes ``pb``, and a line feed that
is kept as a line stands before its ``lb``. What is
directly in ``text``, ``body`` and ``back`` is layout and no part of the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from lxml import etree

from epistola.model import CERTAIN, LIKELY, Annotation, Letter, Report, Source, Span, ignore
from epistola.tree.added import added
from epistola.tree.element import XML, E
from epistola.tree.nest import Node, nest
from epistola.tree.policy import POLICY, READINGS, Form, Policy, form_of

MACHINE = "#resp-machine"
"""The responsible party for every inference of the program."""

Piece = str | etree._Element  # noqa: SLF001 - lxml names the type so


def build_text(
    source: Source,
    letter: Letter,
    annotations: Iterable[Annotation],
    policy: Policy = POLICY,
    report: Report = ignore,
) -> etree._Element:
    """Return the ``text`` element of ``source`` (TEI P5, 4).

    ``annotations`` must hold the structure; those that cross or that TEI does not allow
    where they stand are reported and left out.
    """
    forest = _covering(source, nest(source, annotations, policy, report))
    paragraphs = count(1)
    body = E.body("\n")
    back = E.back("\n")
    here = 0
    for node, after in zip(forest, [*_starts(forest[1:]), len(source.text)], strict=True):
        division = _element(source, node, "", policy, paragraphs)
        _surround(
            source,
            division,
            Span(here, node.annotation.span.start),
            Span(node.annotation.span.end, after),
        )
        here = after
        if node.annotation.kind == "letter" and letter.is_letter:
            division.set("type", "letter")
        division.tail = "\n"
        (back if node.annotation.kind in BACK else body).append(division)
    text = E.text("\n", body, *([back] if len(back) else []))
    if letter.is_letter:
        text.set("type", "letter")
    for part in text:
        part.tail = "\n"
    return text


def _covering(source: Source, forest: list[Node]) -> list[Node]:
    """Return ``forest`` with a division around everything.

    A milestone between two divisions goes into the one before it; the first division
    takes what stands before it.
    """
    divisions = [n for n in forest if n.annotation.kind in DIVISIONS]
    loose = [n for n in forest if n.annotation.kind not in DIVISIONS]
    if not divisions:
        whole = Annotation(Span(0, len(source.text)), "letter", "body.covering")
        return [Node(whole, loose)]
    held: list[list[Node]] = [[] for _ in divisions]
    for node in loose:
        before = [
            i
            for i, d in enumerate(divisions)
            if d.annotation.span.end <= node.annotation.span.start
        ]
        held[before[-1] if before else 0].append(node)
    return [_widened(d, extra) for d, extra in zip(divisions, held, strict=True)]


BACK = frozenset({"notes", "colophon"})
"""Divisions that stand after the text."""
DIVISIONS = BACK | {"letter", "endorsement", "envelope"}


def _widened(division: Node, extra: Sequence[Node]) -> Node:
    """Return ``division`` made wide enough to hold the milestones in ``extra``."""
    if not extra:
        return division
    span = division.annotation.span
    start = min(span.start, *(n.annotation.span.start for n in extra))
    end = max(span.end, *(n.annotation.span.end for n in extra))
    children = sorted([*division.children, *extra], key=lambda n: n.annotation.span.start)
    values = division.annotation
    return Node(Annotation(Span(start, end), values.kind, values.rule, values.values), children)


def _starts(nodes: Iterable[Node]) -> Iterator[int]:
    return (node.annotation.span.start for node in nodes)


def _surround(source: Source, element: etree._Element, before: Span, after: Span) -> None:
    """Put the white space before and after a division into it, so that none is lost."""
    element.text = _words(source, before) + (element.text or "") or None
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + _words(source, after)
    else:
        last.tail = (last.tail or "") + _words(source, after)


def _element(
    source: Source, node: Node, parent: str, policy: Policy, paragraphs: Iterator[int]
) -> etree._Element:
    annotation = node.annotation
    form = form_of(policy, annotation.kind, parent)
    attributes = dict(attributes_of(annotation, form))
    if annotation.kind == "p":
        attributes = {f"{XML}id": f"p{next(paragraphs)}", **attributes}
    if annotation.kind in EMPTY:
        return E(form.element, attributes)
    if annotation.kind == "remark":
        return E(form.element, attributes, *added(annotation))
    element = E(form.element, attributes, *_content(source, node, policy, paragraphs))
    beside = annotation.kind in READINGS and "text" in annotation.values
    return _beside(element, annotation) if beside else element


def _beside(element: etree._Element, annotation: Annotation) -> etree._Element:
    """Return a reading of the source together with an editor's, who answers for that alone."""
    said = {name: str(element.attrib.pop(name)) for name in RESPONSIBLE if name in element.attrib}
    return E.choice(element, E(READINGS[annotation.kind], said, *added(annotation)))


RESPONSIBLE = ("cert", "resp")


def attributes_of(annotation: Annotation, form: Form) -> Iterator[tuple[str, str]]:
    """Yield the attributes of the element that ``annotation`` becomes."""
    yield from form.fixed.items()
    for name in form.values:
        if value := annotation.values.get(name):
            yield attribute(name), value
    if form.link and annotation.entry:
        yield form.link, f"#{annotation.entry}"
    yield from certainty(annotation)


def attribute(name: str) -> str:
    """Return the attribute that holds a value: its own name, but for ``xml:lang``, ``xml:id``."""
    return f"{XML}{name}" if name in {"lang", "id"} else name


def certainty(annotation: Annotation) -> Iterator[tuple[str, str]]:
    """Yield ``resp`` where an editor answers for the tag, with his ``cert`` if he gave one.

    Else yield both where the machine does not hold the tag to be right.
    TEI P5, 13.1.2 and 22.3 (att.global.responsibility).
    """
    if resp := annotation.values.get("resp"):
        if cert := annotation.values.get("cert"):
            yield "cert", cert
        yield "resp", resp
    elif annotation.certainty < CERTAIN:
        yield "cert", "medium" if annotation.certainty >= LIKELY else "low"
        yield "resp", MACHINE


def _content(
    source: Source, node: Node, policy: Policy, paragraphs: Iterator[int]
) -> Iterator[Piece]:
    here = node.annotation.span.start
    for child in node.children:
        yield _words(source, Span(here, child.annotation.span.start))
        yield from _before(source, child.annotation)
        yield _element(source, child, node.annotation.kind, policy, paragraphs)
        here = child.annotation.span.end
    yield _words(source, Span(here, node.annotation.span.end))


def _words(source: Source, span: Span) -> str:
    """Return what XML can hold of the text in ``span``.

    A form feed whose page break an editor's tag has displaced is a space.
    """
    return source[span].replace("\f", " ")


def _before(source: Source, annotation: Annotation) -> Iterator[Piece]:
    """Yield what goes before the element: the line feed of a line, the page of its number."""
    if annotation.kind == "lineBreak":
        yield source[annotation.span]
    elif annotation.kind == "pageNumber" and (number := annotation.values.get("n")):
        yield E.pb({"n": number})


EMPTY = frozenset({"pageBreak", "lineBreak"})
"""Kinds whose characters are no content of their element: form feed and line feed."""
