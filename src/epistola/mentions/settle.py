"""Decide between claims that collide, so that what is left nests.

The order is one literal. An editor's decision comes before the structure of the
letter, that before what this package claims and that before what others do; then comes
the longer mention, the more certain one, and the kind that comes first in ``KINDS``. What
loses is reported with the claim that won.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from epistola.model import DECIDED, Annotation, Finding, Report, Severity, Source, ignore

PARTS = (
    *("scope", "citedRange", "author", "editor", "translator", "edition", "series"),
    *("publisher", "pubPlace", "shelfmark"),
)
"""What a reference is made of, besides names, dates and titles."""
KINDS = (
    *("reference", "date", "title", "event", "org", "person", "persons", "place", "work"),
    *PARTS,
    *("foreign", "term", "mentioned", "soCalled", "speech", "quote"),
)
"""The kinds of mention, the stronger first where all else is equal."""
NAMED = frozenset({"person", "place", "org", "date"})
HOLDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "quote": frozenset(KINDS),
        "speech": frozenset(KINDS),
        "mentioned": NAMED | {"foreign"},
        "soCalled": NAMED | {"foreign"},
        "term": frozenset({"foreign"}),
        "reference": NAMED | {"title", "foreign", *PARTS},
        "work": NAMED | {"author", "title"},
        "author": frozenset({"person", "org"}),
        "editor": frozenset({"person", "org"}),
        "translator": frozenset({"person", "org"}),
        "edition": frozenset({"date"}),
        "series": frozenset({"title", "scope"}),
        "publisher": frozenset({"org", "person", "place"}),
        "pubPlace": frozenset({"place"}),
        "title": NAMED | {"foreign", "event"},
        "event": NAMED | {"persons"},
        "org": frozenset({"place", "person"}),
        "person": frozenset({"place"}),
        "scope": frozenset(),
        "citedRange": frozenset(),
        "shelfmark": frozenset(),
    }
)
"""Which mentions may stand inside another: a person inside the name of an event."""
ONLY_INSIDE: Mapping[str, frozenset[str]] = MappingProxyType(
    dict.fromkeys(PARTS, frozenset({"reference", "work"}))
)
"""Mentions that mean nothing outside another: the volume of no reference."""
WRAPPERS = frozenset(
    {"reference", "work", "quote", "speech", "mentioned", "soCalled", "term", "series"}
    | {"author", "editor", "translator", "publisher", "pubPlace"}
)
"""Mentions that may cover the very words of one that they hold."""
WHOLE = frozenset(
    {"canon.bible", "canon.classics", "canon.codes", "canon.shelfmark", "canon.statutes"}
)
"""Rules that read all there is in their mentions: what others claim within, "John" in
"John iii. 16", is left out."""
READ = frozenset({"reference", "title", "org"})
CONTAINERS = frozenset(
    "letter endorsement envelope notes colophon opener closer provenance postscript".split()
)
"""Structure in which other structure stands, and no words by themselves."""
WITHIN = frozenset(
    "anchor lineBreak hyphen pageNumber highlight gap gapWords unclear supplied deletion"
    " addition sic orig abbr remark".split()
)
"""Structure that stands within a sentence, so also within a mention."""


def settle(
    source: Source,
    annotations: Iterable[Annotation],
    report: Report = ignore,
    others: Sequence[Annotation] = (),
) -> tuple[Annotation, ...]:
    """Return the annotations that stand, in the order of the text.

    Structure all stands. A mention stands if it lies within one part of the letter and nests
    with every stronger mention; those of an editor do, for they are the strongest. ``others``
    are mentions that recognisers of other packages claim: weaker than all, and passed over
    where they say what is said already.
    """
    own = list(dict.fromkeys(annotations))
    said = {(a.span, a.kind) for a in own}
    weaker = dict.fromkeys(a for a in others if (a.span, a.kind) not in said)
    everything = [*own, *weaker]
    structure = [a for a in everything if a.kind not in KINDS]
    mentions = [a for a in everything if a.kind in KINDS]
    fresh = list(_not_set_off(source, structure, mentions, report))
    inside = list(_within_parts(source, structure, fresh, report))
    kept = [a for cluster in _clusters(inside) for a in _stronger(source, cluster, weaker, report)]
    return tuple(sorted([*structure, *kept], key=lambda a: (a.span.start, -a.span.end)))


def certain_enough(
    source: Source,
    annotations: Sequence[Annotation],
    certainties: Sequence[float],
    least: float,
    report: Report = ignore,
) -> tuple[Annotation, ...]:
    """Return the annotations that are structure, or whose certainty is at least ``least``.

    ``certainties`` are theirs, one by one; what is left out is reported.
    """
    kept: list[Annotation] = []
    for a, certainty in zip(annotations, certainties, strict=True):
        if a.kind in KINDS and certainty < least:
            report(_left_out(source, a, f"it is not certain enough ({certainty:.2f})"))
        else:
            kept.append(a)
    return tuple(kept)


def strength(annotation: Annotation) -> tuple[int, float, int, int, str]:
    """Return a key by which the stronger of two mentions comes first."""
    kind = KINDS.index(annotation.kind)
    span = annotation.span
    return -len(span), -annotation.certainty, kind, span.start, annotation.rule


def _not_set_off(
    source: Source, structure: Sequence[Annotation], mentions: Iterable[Annotation], report: Report
) -> Iterator[Annotation]:
    """Yield the mentions but for quotations that are set as blocks: structure says so."""
    blocks = [part.span for part in structure if part.kind == "extract"]
    whole = {part.span for part in structure if any(part.span in block for block in blocks)}
    for mention in mentions:
        if mention.kind == "quote" and mention.span in whole and mention.rule != DECIDED:
            report(_left_out(source, mention, "it is set off as a quotation"))
        else:
            yield mention


def _within_parts(
    source: Source, structure: Sequence[Annotation], mentions: Iterable[Annotation], report: Report
) -> Iterator[Annotation]:
    """Yield the mentions that no border of a part of the letter cuts."""
    borders = sorted(
        {
            border
            for part in structure
            if part.kind not in CONTAINERS | WITHIN and len(part.span)
            for border in (part.span.start, part.span.end)
        }
    )
    for mention in mentions:
        at = bisect_right(borders, mention.span.start)
        if at < len(borders) and borders[at] < mention.span.end:
            report(_left_out(source, mention, "a part of the letter ends within it"))
        else:
            yield mention


def _clusters(mentions: Iterable[Annotation]) -> Iterator[list[Annotation]]:
    """Yield groups of mentions that share text, directly or through others."""
    cluster: list[Annotation] = []
    end = 0
    for mention in sorted(mentions, key=lambda a: a.span):
        if cluster and mention.span.start >= end:
            yield cluster
            cluster = []
        cluster.append(mention)
        end = max(end, mention.span.end) if len(cluster) > 1 else mention.span.end
    if cluster:
        yield cluster


def _stronger(
    source: Source,
    cluster: Sequence[Annotation],
    weaker: Collection[Annotation],
    report: Report,
) -> Iterator[Annotation]:
    """Yield the mentions of a cluster that nest with every stronger one."""
    kept: list[Annotation] = []
    for mention in sorted(cluster, key=lambda a: (a.rule != DECIDED, a in weaker, *strength(a))):
        rival = next((k for k in kept if not _together(k, mention)), None)
        if mention.rule == DECIDED:
            kept.append(mention)
        elif rival is not None and (rival.span, rival.kind) == (mention.span, mention.kind):
            pass  # another recogniser says the same
        elif rival is not None:
            shown = " ".join(source[rival.span].split())
            report(_left_out(source, mention, f"the {rival.kind} “{shown}” stands there"))
        elif mention.kind in ONLY_INSIDE and not any(
            k.kind in ONLY_INSIDE[mention.kind] and mention.span in k.span for k in kept
        ):
            report(_left_out(source, mention, "no reference holds it"))
        else:
            kept.append(mention)
    yield from kept


def share(one: str, other: str) -> bool:
    """Return whether mentions of two kinds may cover the very same words.

    >>> share("author", "person"), share("person", "place")
    (True, False)
    """
    return any(
        outer in WRAPPERS and inner in HOLDS.get(outer, ())
        for outer, inner in ((one, other), (other, one))
    )


def _together(stronger: Annotation, weaker: Annotation) -> bool:
    """Return whether both may stand: apart, or one inside the other as ``HOLDS`` allows."""
    if not stronger.span.overlaps(weaker.span):
        return True
    if stronger.span == weaker.span:
        return _wraps(stronger, weaker) or _wraps(weaker, stronger)
    if weaker.span in stronger.span:
        return _holds(stronger, weaker)
    return stronger.span in weaker.span and _holds(weaker, stronger)


def _holds(outer: Annotation, inner: Annotation) -> bool:
    if outer.rule in WHOLE and outer.kind in READ and inner.rule != outer.rule:
        return False
    return inner.kind in HOLDS.get(outer.kind, ())


def _wraps(outer: Annotation, inner: Annotation) -> bool:
    """Return whether ``outer`` says what ``inner`` is there for: an author is a person."""
    return outer.kind in WRAPPERS and _holds(outer, inner)


def _left_out(source: Source, mention: Annotation, why: str) -> Finding:
    shown = " ".join(source[mention.span].split())
    return Finding(
        Severity.INFO, "left-out", f"{mention.kind} “{shown}” is left out: {why}", mention.span
    )
