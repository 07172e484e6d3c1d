"""A declaration of the Guidelines, and what a customisation changes in it, made one.

TEI Guidelines, 23.3 (personalisation and customisation): what a declaration with
mode="change" says of itself replaces what the source says; what it does not mention stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from epistola.checks.odd.nodes import TEI, OddError, child, children, copied, needed, tag

REPLACED = "altIdent equiv gloss desc content datatype defaultVal valDesc remarks exemplum listRef"
"""The children that replace all those of the same name."""

KEPT = frozenset({"ident", "mode", "module"})
"""The attributes of the source that no change alters."""


def merged(base: etree._Element, change: etree._Element) -> etree._Element:
    """Return a copy of ``base`` in which everything is as ``change`` says."""
    spec = copied(base)
    _set_attributes(spec, change)
    for name in REPLACED.split():
        _replace(spec, change, name)
    for one in change:
        if isinstance(one.tag, str) and tag(one) in MERGED:
            MERGED[tag(one)](spec, one)
    return spec


def merged_attribute(base: etree._Element, change: etree._Element) -> etree._Element:
    """Return the attDef that ``change`` makes of ``base``; the mode is that of ``base``."""
    return merged(base, change)


def without_attributes(spec: etree._Element, names: Iterable[str]) -> etree._Element:
    """Return a copy of ``spec`` that declares none of the attributes ``names``."""
    unwanted, copy = set(names), copied(spec)
    for one in list(copy.iter(f"{TEI}attDef")):
        if one.get("ident") in unwanted:
            _remove(one)
    return copy


def _set_attributes(spec: etree._Element, change: etree._Element) -> None:
    for name, value in change.items():
        if name not in KEPT:
            spec.set(name, value)


def _replace(spec: etree._Element, change: etree._Element, name: str) -> None:
    new = [copied(one) for one in children(change, name)]
    if not new:
        return
    for one in list(children(spec, name)):
        spec.remove(one)
    # Only the order within a kind has a meaning, and the kinds that are read in an
    # order of their own (content before attributes) are looked up by name.
    for place, one in enumerate(new):
        spec.insert(place, one)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _merge_classes(spec: etree._Element, change: etree._Element) -> None:
    old = child(spec, "classes")
    if old is None or change.get("mode", "replace") == "replace":
        if old is not None:
            spec.remove(old)
        spec.append(copied(change))
        return
    for member in children(change, "memberOf"):
        key = needed(member, "key")
        for one in [one for one in children(old, "memberOf") if one.get("key") == key]:
            old.remove(one)
        if member.get("mode") != "delete":
            old.append(copied(member))


def _merge_attributes(spec: etree._Element, change: etree._Element) -> None:
    """Merge an attList; one that says how its attributes go together comes in whole."""
    whole = change.get("org") == "choice" or next(children(change, "attList"), None) is not None
    if whole:
        for definition in change.iter(f"{TEI}attDef"):
            for old in _attributes(spec, definition):
                _remove(old)
        _attribute_list(spec).append(copied(change))
        return
    for one in children(change, "attDef", "attRef"):
        if tag(one) == "attRef":
            _attribute_list(spec).append(copied(one))
        else:
            _merge_attribute(spec, one)


def _merge_attribute(spec: etree._Element, change: etree._Element) -> None:
    old = next(iter(_attributes(spec, change)), None)
    if old is None:
        _attribute_list(spec).append(copied(change))
        return
    if change.get("mode") == "change" and old.get("mode") == "delete":
        raise OddError(change, f"the source leaves out the attribute {change.get('ident')} here")
    new = merged(old, change) if change.get("mode") == "change" else copied(change)
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def _attributes(spec: etree._Element, like: etree._Element) -> list[etree._Element]:
    name = needed(like, "ident")
    return [one for one in spec.iter(f"{TEI}attDef") if one.get("ident") == name]


def _attribute_list(spec: etree._Element) -> etree._Element:
    """Return the attList of ``spec`` that more may be added to, made where there is none."""
    found = child(spec, "attList")
    if found is not None and found.get("org") != "choice":
        return found
    new = etree.SubElement(spec, f"{TEI}attList")
    if found is not None:
        new.append(found)
    return new


def _merge_values(spec: etree._Element, change: etree._Element) -> None:
    old = child(spec, "valList")
    mode = change.get("mode", "add")
    if old is not None and mode != "change":
        spec.remove(old)
    if mode == "delete":
        return
    if old is None or mode != "change":
        spec.append(copied(change))
        return
    _set_attributes(old, change)
    for item in children(change, "valItem"):
        _merge_named(old, item)


def _merge_named(parent: etree._Element, change: etree._Element) -> None:
    """Merge ``change`` into the child of ``parent`` of the same kind and ident."""
    same = [one for one in children(parent, tag(change)) if one.get("ident") == change.get("ident")]
    mode = change.get("mode", "add")
    if mode != "add" and not same and parent.get("mode") != "change":
        raise OddError(change, f"there is no {tag(change)} “{change.get('ident')}” to {mode}")
    for one in same:
        parent.replace(one, merged(one, change) if mode == "change" else copied(change))
    if not same:
        parent.append(copied(change))
    if mode == "delete" and parent.get("mode") != "change":
        for one in list(children(parent, tag(change))):
            if one.get("mode") == "delete":
                parent.remove(one)


MERGED: Mapping[str, Callable[[etree._Element, etree._Element], None]] = {
    "classes": _merge_classes,
    "attList": _merge_attributes,
    "valList": _merge_values,
    "constraintSpec": _merge_named,
}
"""The children that are merged, each in its own way."""
