"""What a file points at is of the kind that the pointer is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from epistola.checks.index import Index, Pointer, local_name
from epistola.checks.rules.fault import Fault
from epistola.checks.rules.pointers import BESIDE

KINDS: Mapping[str, str] = {
    "person": "person",
    "persona": "person",
    "personGrp": "group",
    "place": "place",
    "org": "org",
    "event": "event",
    "bibl": "work",
    "biblFull": "work",
    "biblStruct": "work",
    "msDesc": "work",
    "category": "class",
    "taxonomy": "class",
    "calendar": "calendar",
    "witness": "witness",
    "handNote": "hand",
    **dict.fromkeys(("surface", "zone", "graphic", "media"), "image"),
    **dict.fromkeys(
        "respStmt author editor principal sponsor funder application name persName orgName".split(),
        "agent",
    ),
}
"""The elements whose kind is beyond doubt. In files that Epistola has not made, nothing is
said of a pointer at any other: a register can be a list of notes."""

ITEM: Mapping[str, str] = {"item": "term"}
"""What an item is in this encoding."""

PEOPLE = frozenset({"person", "group", "org", "agent"})
WHO = PEOPLE | {"hand", "witness"}

EVERYWHERE: Mapping[tuple[str, str], frozenset[str]] = {
    ("persName", "ref"): PEOPLE | {"hand"},
    ("placeName", "ref"): frozenset({"place"}),
    ("settlement", "ref"): frozenset({"place"}),
    ("country", "ref"): frozenset({"place"}),
    ("region", "ref"): frozenset({"place"}),
    ("geogName", "ref"): frozenset({"place"}),
    ("orgName", "ref"): frozenset({"org", "group", "agent"}),
    ("eventName", "ref"): frozenset({"event"}),
    ("title", "ref"): frozenset({"work"}),
    ("event", "where"): frozenset({"place"}),
    ("catRef", "target"): frozenset({"class"}),
    ("", "scheme"): frozenset({"class", "work"}),
    ("", "calendar"): frozenset({"calendar"}),
    ("", "datingMethod"): frozenset({"calendar"}),
    ("", "resp"): WHO,
    ("", "who"): WHO,
    ("", "hand"): frozenset({"hand", "person", "group"}),
    ("", "wit"): frozenset({"witness", "work"}),
    ("", "facs"): frozenset({"image"}),
}
"""Which kinds an attribute may point at, on one element or (“”) on all."""

OURS: Mapping[tuple[str, str], frozenset[str]] = {
    ("persName", "ref"): frozenset({"person", "group", "agent"}),
    ("bibl", "corresp"): frozenset({"work"}),
    ("term", "ref"): frozenset({"term", "class", "work"}),
}
"""The same where only this encoding is so strict: TEI lets these point at anything."""

WORDS: Mapping[str, str] = {
    "person": "a person",
    "group": "a group of persons",
    "place": "a place",
    "org": "an organisation",
    "agent": "a statement of responsibility",
    "event": "an event",
    "work": "a bibliographic entry",
    "class": "a category",
    "calendar": "a calendar",
    "hand": "a description of a hand",
    "image": "an image or a part of one",
    "witness": "a witness",
    "term": "an item of a list of terms",
}

FEW = 4
"""How many kinds a message names, the likeliest of them."""

DECLARABLE = frozenset(
    """
    availability bibl biblFull biblStruct broadcast correction correspDesc editorialDecl
    equipment geoDecl hyphenation interpretation langUsage listApp listBibl listEvent listNym
    listObject listOrg listPerson listPlace metDecl msDesc normalization particDesc projectDesc
    punctuation quotation recording refsDecl samplingDecl scriptStmt segmentation seriesStmt
    settingDesc sourceDesc stdVals styleDefDecl textClass textDesc xenoData
    """.split()
)
"""The elements of att.declarable, and ``msDesc``, which stands where they do."""


def pointers_fit(index: Index) -> Iterator[Fault]:
    """Yield each pointer at an entry of another kind: a ``persName`` at a place."""
    rows = {**EVERYWHERE, **OURS} if index.is_ours else EVERYWHERE
    attributes = {attribute for _, attribute in rows}
    for pointer in index.pointers:
        if pointer.attribute not in attributes:
            continue
        allowed = rows.get((local_name(pointer.element), pointer.attribute))
        if allowed is None:
            allowed = rows.get(("", pointer.attribute))
        target = _target(index, pointer.address)
        if allowed is not None and target and _misses(target, allowed, strict=index.is_ours):
            yield _misfit(pointer, target, allowed)


def _misses(target: str, allowed: frozenset[str], *, strict: bool) -> bool:
    if strict:
        return {**KINDS, **ITEM}.get(target) not in allowed
    return target in KINDS and KINDS[target] not in allowed


def _target(index: Index, address: str) -> str:
    """Return the name of the element that is pointed at, or nothing where that is not known."""
    if address.startswith("#"):
        found = index.ids.get(address[1:])
        return "" if found is None else local_name(found)
    beside = BESIDE.fullmatch(address)
    return (index.beside(beside["file"]) or {}).get(beside["id"], "") if beside else ""


def _misfit(pointer: Pointer, target: str, allowed: frozenset[str]) -> Fault:
    kinds = [WORDS[kind] for kind in WORDS if kind in allowed][:FEW]
    wanted = f"{', '.join(kinds[:-1])} or {kinds[-1]}" if len(kinds) > 1 else kinds[0]
    what = f"{WORDS[KINDS[target]]} (<{target}>)" if target in KINDS else f"<{target}>"
    message = (
        f"{pointer.attribute}=“{pointer.address}” of <{local_name(pointer.element)}> points at"
        f" {what}; it should point at {wanted}"
    )
    expected = tuple(name for name, kind in KINDS.items() if kind in allowed)
    return Fault("pointer-kind", pointer.element, message, pointer.attribute, expected)


def declarations_are_declarable(index: Index) -> Iterator[Fault]:
    """Yield each ``decls`` that points at what declares nothing (TEI P5, 15.3)."""
    for pointer in index.pointers:
        target = _target(index, pointer.address) if pointer.attribute == "decls" else ""
        if target and target not in DECLARABLE:
            message = (
                f"decls=“{pointer.address}” points at <{target}>, which declares nothing: let it"
                " point at a part of the header such as <editorialDecl> or <textClass>"
            )
            yield Fault("pointer-kind", pointer.element, message, "decls")
