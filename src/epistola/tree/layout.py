"""Indent what TEI allows no words in, and nothing else.

White space between the elements of a header or a register is layout; white space in
mixed content is text and is never touched.
"""

from __future__ import annotations

from lxml import etree

ELEMENT_ONLY = frozenset(
    """
    TEI teiHeader fileDesc titleStmt respStmt editionStmt publicationStmt seriesStmt notesStmt
    sourceDesc availability encodingDesc projectDesc editorialDecl correction normalization
    hyphenation punctuation quotation segmentation stdVals interpretation classDecl taxonomy
    category appInfo application profileDesc creation langUsage calendarDesc textClass keywords
    correspDesc correspAction correspContext revisionDesc standOff listPerson listPlace listOrg
    listEvent listBibl listRelation listAnnotation person place org event biblStruct analytic
    monogr imprint relatedItem msDesc msIdentifier tagsDecl namespace
    """.split()
)
"""Elements of header and registers whose content, as it is written here, is elements only."""
STEP = "  "


def lay_out(element: etree._Element, depth: int = 0) -> None:
    """Indent ``element`` in place, ``depth`` steps from the margin."""
    if not _is_layout(element):
        return
    inner = "\n" + STEP * (depth + 1)
    element.text = inner
    for child in element:
        child.tail = inner
        lay_out(child, depth + 1)
    element[-1].tail = "\n" + STEP * depth


def _is_layout(element: etree._Element) -> bool:
    """Return whether ``element`` holds elements, and white space at most besides."""
    if len(element) == 0 or not isinstance(element.tag, str):
        return False
    is_list = element.get("type") == "terms"
    if etree.QName(element).localname not in ELEMENT_ONLY and not is_list:
        return False
    return not any((text or "").strip() for text in (element.text, *(c.tail for c in element)))
