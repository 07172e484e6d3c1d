"""What of the ODD language is understood: one table, and the refusal of all the rest."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from epistola.checks.odd.nodes import RNG, TEI, XML, OddError, tag

PROSE = frozenset(
    "gloss desc remarks exemplum listRef equiv defaultVal valDesc head p div paramList".split()
)
"""What a grammar has no use for."""

INDIFFERENT = frozenset(
    "xml:id xml:lang xml:base n rend module predeclare validUntil versionDate status docLang"
    " targetLang prefix resp cert corresp".split()
)
"""Attributes that may stand anywhere and make no difference to what a document may hold."""

OCCURS = "minOccurs maxOccurs"
CONTENT = (
    "sequence alternate elementRef classRef macroRef dataRef textNode empty valList anyElement"
)
SPECS = "elementSpec classSpec macroSpec dataSpec constraintSpec"
REFERENCES = "moduleRef elementRef classRef macroRef dataRef specGrpRef"
SUPPORTED: Mapping[str, tuple[str, str]] = {
    "schemaSpec": (
        "ident start ns source defaultExceptions",
        f"{REFERENCES} {SPECS} specGrp",
    ),
    "specGrp": ("", f"{REFERENCES} {SPECS} specGrp"),
    "specGrpRef": ("target", ""),
    "moduleRef": ("key include except", ""),
    "elementSpec": ("ident mode ns", "altIdent classes content attList constraintSpec"),
    "classSpec": ("ident mode type", "classes attList constraintSpec"),
    "macroSpec": ("ident mode", "content constraintSpec"),
    "dataSpec": ("ident mode", "content constraintSpec"),
    "altIdent": ("type", ""),
    "classes": ("mode", "memberOf"),
    "memberOf": ("key mode", ""),
    "content": ("", CONTENT),
    "sequence": (f"preserveOrder {OCCURS}", CONTENT),
    "alternate": (OCCURS, CONTENT),
    "elementRef": (f"key {OCCURS}", ""),
    "classRef": (f"key expand include except {OCCURS}", ""),
    "macroRef": (f"key {OCCURS}", ""),
    "dataRef": (f"key name restriction {OCCURS}", "dataFacet"),
    "dataFacet": ("name value", ""),
    "anyElement": (f"require except {OCCURS}", ""),
    "textNode": ("", ""),
    "empty": ("", ""),
    "attList": ("org", "attDef attRef attList"),
    "attRef": ("class name", ""),
    "attDef": ("ident mode usage ns", "altIdent datatype valList constraintSpec"),
    "datatype": (OCCURS, "dataRef"),
    "valList": ("type mode", "valItem"),
    "valItem": ("ident mode", "altIdent"),
    "constraintSpec": ("ident scheme type mode", "constraint"),
    "constraint": ("", ""),
}
"""Each construct with the attributes and the children it may have, prose aside.

What a constraint holds is Schematron, and ``schematron`` looks at it.
"""

MODES = "add change delete replace"
VALUES: Mapping[tuple[str, str], str] = {
    ("elementSpec", "mode"): MODES,
    ("classSpec", "mode"): MODES,
    ("macroSpec", "mode"): MODES,
    ("dataSpec", "mode"): MODES,
    ("classes", "mode"): "change replace",
    ("memberOf", "mode"): "add delete",
    ("classSpec", "type"): "atts model",
    ("classRef", "expand"): (
        "alternation sequence sequenceOptional sequenceRepeatable sequenceOptionalRepeatable"
    ),
    ("sequence", "preserveOrder"): "true",
    ("attList", "org"): "choice group",
    ("attDef", "mode"): MODES,
    ("attDef", "usage"): "opt rec req",
    ("valList", "type"): "closed semi open",
    ("valList", "mode"): MODES,
    ("valItem", "mode"): MODES,
    ("constraintSpec", "scheme"): "schematron isoschematron",
    ("constraintSpec", "mode"): MODES,
}
"""The values supported where an attribute has others too."""


def refuse_unsupported(node: etree._Element) -> None:
    """Refuse what is not understood in ``node``, at any depth.

    Raises OddError, which names the construct and its line.
    """
    attributes, inside = (words.split() for words in SUPPORTED[tag(node)])
    for name, value in node.items():
        _refuse_attribute(node, str(name).replace(XML, "xml:"), str(value), attributes)
    if tag(node) == "constraint":
        return
    for one in node:
        if not isinstance(one.tag, str) or tag(one) in PROSE:
            continue
        if tag(one) not in inside or not one.tag.startswith(TEI):
            raise OddError(one, f"{tag(one)} in {tag(node)} is not supported{_remedy(one)}")
        refuse_unsupported(one)


def _refuse_attribute(node: etree._Element, name: str, value: str, known: list[str]) -> None:
    if name not in known and name not in INDIFFERENT:
        raise OddError(node, f"the attribute {name} of {tag(node)} is not supported")
    values = VALUES.get((tag(node), name))
    if values is not None and value not in values.split():
        raise OddError(node, f"{name}=“{value}” of {tag(node)} is not supported")


def _remedy(node: etree._Element) -> str:
    if node.tag.startswith(f"{{{RNG}}}"):
        return ": write it in TEI, with sequence, alternate, elementRef, dataRef, textNode"
    return ""
