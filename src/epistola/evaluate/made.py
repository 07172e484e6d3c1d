"""Find the mentions that the encoding of a text would hold, without building its tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from epistola.edition import Edition
from epistola.evaluate.gold import Mention, is_name, kind_named
from epistola.model import Annotation, Source
from epistola.pipeline import recognised
from epistola.tree.nest import Node, nest
from epistola.tree.policy import POLICY

KIND_OF: Mapping[str, str] = MappingProxyType(
    {kind: kind_named(form.element, form.fixed.get("type", "")) for kind, form in POLICY.items()}
)
"""Kind of annotation -> the kind of mention that its element marks, or ""."""


def made_mentions(
    source: Source,
    languages: frozenset[str],
    edition: Edition | None = None,
    language: str | None = None,
) -> tuple[Mention, ...]:
    """Return the mentions that ``pipeline.encode`` would tag, in the order of the text.

    A tree need not be built for it: ``tree.body`` writes each resolved annotation that
    ``tree.nest`` keeps as one element around the very characters of its span, and nothing
    else becomes an element. Here the annotations are nested just so, and each is taken for
    what its element marks by the same table that reads a gold edition.

    ``languages`` are those whose articles may stand before a name, ``language`` is that of
    the letter.
    """
    known = recognised(source, edition, language).known
    encoded = _flat(nest(source, known.annotations))
    return tuple(
        Mention(
            span=a.span,
            kind=KIND_OF[a.kind],
            ref=a.entry or "",
            level=a.values.get("level", "") if KIND_OF[a.kind] == "title" else "",
            rule=a.rule,
            certainty=a.certainty,
        )
        for a in encoded
        if _marks_a_name(source, a, languages)
    )


def _marks_a_name(source: Source, annotation: Annotation, languages: frozenset[str]) -> bool:
    """Return whether a name is claimed: "his letter" is no title, "the Finches" are persons."""
    kind = KIND_OF[annotation.kind]
    if POLICY[annotation.kind].element != "rs":
        return bool(kind)
    return kind != "title" and is_name(source[annotation.span].strip(), languages)


def _flat(nodes: Iterable[Node]) -> Iterator[Annotation]:
    """Yield the annotations of a forest, the outer ones first."""
    for node in nodes:
        yield node.annotation
        yield from _flat(node.children)
