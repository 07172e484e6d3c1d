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
}
"""The elements whose kind is beyond doubt. Nothing is said of a pointer at any other."""

PEOPLE = frozenset({"person", "group", "org"})

EVERYWHERE: Mapping[tuple[str, str], frozenset[str]] = {
    ("persName", "ref"): PEOPLE,
    ("placeName", "ref"): frozenset({"place"}),
    ("settlement", "ref"): frozenset({"place"}),
    ("country", "ref"): frozenset({"place"}),
    ("region", "ref"): frozenset({"place"}),
    ("geogName", "ref"): frozenset({"place"}),
    ("orgName", "ref"): frozenset({"org", "group"}),
    ("eventName", "ref"): frozenset({"event"}),
    ("title", "ref"): frozenset({"work"}),
    ("event", "where"): frozenset({"place"}),
    ("catRef", "target"): frozenset({"class"}),
    ("", "scheme"): frozenset({"class", "work"}),
    ("", "calendar"): frozenset({"calendar"}),
    ("", "datingMethod"): frozenset({"calendar"}),
    ("", "resp"): PEOPLE,
    ("", "who"): PEOPLE,
    ("", "hand"): frozenset({"person", "group"}),
    ("", "wit"): frozenset({"work"}),
    ("", "facs"): frozenset(),
}
"""Which kinds an attribute may point at, on one element or (“”) on all."""

OURS: Mapping[tuple[str, str], frozenset[str]] = {
    ("persName", "ref"): frozenset({"person", "group"}),
    ("bibl", "corresp"): frozenset({"work"}),
    ("term", "ref"): frozenset({"class", "work"}),
}
"""The same where only this encoding is so strict: TEI lets these point at anything."""

WORDS: Mapping[str, str] = {
    "person": "a person",
    "group": "a group of persons",
    "place": "a place",
    "org": "an organisation",
    "event": "an event",
    "work": "a bibliographic entry",
    "class": "a category",
    "calendar": "a calendar",
}

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
        if allowed is not None and target in KINDS and KINDS[target] not in allowed:
            yield _misfit(pointer, target, allowed)


def _target(index: Index, address: str) -> str:
    """Return the name of the element that is pointed at, or nothing where that is not known."""
    if address.startswith("#"):
        found = index.ids.get(address[1:])
        return "" if found is None else local_name(found)
    beside = BESIDE.fullmatch(address)
    return (index.beside(beside["file"]) or {}).get(beside["id"], "") if beside else ""


def _misfit(pointer: Pointer, target: str, allowed: frozenset[str]) -> Fault:
    wanted = " or ".join(WORDS[kind] for kind in WORDS if kind in allowed)
    message = (
        f"{pointer.attribute}=“{pointer.address}” of <{local_name(pointer.element)}> points at"
        f" {WORDS[KINDS[target]]} (<{target}>)"
    )
    advice = f"; it should point at {wanted}" if wanted else ", which it cannot mean"
    expected = tuple(name for name, kind in KINDS.items() if kind in allowed)
    code = "pointer-kind"
    return Fault(code, pointer.element, message + advice, pointer.attribute, expected)


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
