"""What an editor adds to the words of the source: a note, another reading (TEI P5, 3.5, 3.9).

It is an annotation's value ``text``, plain or, where ``markup`` says so, in TEI.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from epistola.model import Annotation
from epistola.safe import UnreadableError, parse
from epistola.tree.element import TEI

SAID = frozenset({"text", "markup", "resp", "cert"})
"""The values that are no attributes of their own: what an editor adds, and who he is."""

Piece = str | etree._Element  # noqa: SLF001 - lxml names the type so


def added(annotation: Annotation) -> Iterator[Piece]:
    """Yield the words and elements that an editor adds; what is no TEI is given as it is."""
    text = annotation.values.get("text", "")
    if "markup" not in annotation.values:
        yield text
        return
    try:
        root = parse(f'<note xmlns="{TEI}">{text}</note>'.encode()).getroot()
    except UnreadableError:
        yield text
        return
    if root.text:
        yield root.text
    yield from list(root)


def content_of(element: etree._Element) -> dict[str, str]:
    """Return the values that hold what is in ``element``: the inverse of ``added``."""
    if not any(isinstance(child.tag, str) for child in element):
        text = "".join(map(str, element.itertext()))
        return {"text": text} if text.strip() else {}
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    inner = whole[whole.index(">") + 1 : whole.rindex("</")]
    return {"text": inner, "markup": "yes"}


def responsible(element: etree._Element, machine: str) -> dict[str, str]:
    """Return who other than the ``machine`` answers for ``element``, and how certain he is."""
    resp, cert = element.get("resp", ""), element.get("cert", "")
    if not resp or resp == machine:
        return {}
    return {"resp": resp, **({"cert": cert} if cert else {})}
