"""Which declarations an ODD comes to: its own, and those that it takes from the Guidelines.

An ODD of our own kind says everything itself: every element complete, with its classes,
macros and datatypes in the same file. A customisation takes modules, elements and
classes from a source (TEI's ``p5subset.xml``), and says what it changes in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from epistola.checks.odd.merge import merged, without_attributes
from epistola.checks.odd.nodes import (
    TEI,
    XML,
    OddError,
    child,
    children,
    needed,
    parse_odd,
    tag,
)
from epistola.checks.odd.syntax import refuse_unsupported

NAMESPACE = "http://www.tei-c.org/ns/1.0"
KINDS = ("elementSpec", "classSpec", "macroSpec", "dataSpec")
REFERRED = {"elementRef": "elementSpec", "macroRef": "macroSpec", "dataRef": "dataSpec"}

Specs = dict[str, dict[str, etree._Element]]  # noqa: SLF001 - the only name lxml has for it
"""Declarations by kind and name, in the order of the file."""


@dataclass(frozen=True)
class Odd:
    """The declarations of an ODD, complete, each kind by name.

    ``members`` lists, for each class, the elements and classes that belong to it;
    ``outside`` are the names that exist in the Guidelines and are left out here:
    what refers to them counts for nothing; ``constraints`` stand in no declaration.
    """

    schema: etree._Element
    elements: Mapping[str, etree._Element]
    classes: Mapping[str, etree._Element]
    macros: Mapping[str, etree._Element]
    datatypes: Mapping[str, etree._Element]
    members: Mapping[str, tuple[str, ...]]
    outside: frozenset[str]
    constraints: tuple[etree._Element, ...]
    alone: bool

    @property
    def namespace(self) -> str:
        """The namespace of its elements: TEI's, where the ODD names no other."""
        return self.schema.get("ns", NAMESPACE)

    def has(self, node: etree._Element, known: Mapping[str, etree._Element], name: str) -> bool:
        """Return whether ``name`` is declared; False where the Guidelines alone declare it.

        Raises OddError, naming ``node``, where nothing declares it.
        """
        if name not in known and name not in self.outside:
            raise OddError(node, f"“{name}” is not declared")
        return name in known


def load_odd(
    odd: etree._ElementTree | str | Path, source: etree._ElementTree | str | Path | None = None
) -> Odd:
    """Return what ``odd`` declares, taking from ``source`` (p5subset.xml) what it refers to.

    Raises OddError where the ODD uses what is not supported, or refers to what is nowhere
    declared; OSError or etree.XMLSyntaxError where a file cannot be read.
    """
    schema = _schema(_tree(odd))
    refuse_unsupported(schema)
    parts = list(_parts(schema))
    own = _own(parts)
    library = _library(_tree(source)) if source is not None else None
    if library is None:
        _refuse_what_needs_a_source(parts, own)
        return _complete(schema, parts, own, None)
    specs = _customised(_taken(parts, library, own), own, library)
    names = {name for kind in KINDS for name in (*library[kind], *own[kind])}
    kept = {name for kind in KINDS for name in specs[kind]}
    return _complete(schema, parts, specs, frozenset(names - kept))


def memberships(spec: etree._Element) -> list[str]:
    """Return the classes that ``spec`` says it belongs to."""
    members = spec.iterfind(f"{TEI}classes/{TEI}memberOf")
    return [needed(one, "key") for one in members if one.get("mode") != "delete"]


def _complete(
    schema: etree._Element,
    parts: Iterable[etree._Element],
    specs: Specs,
    outside: frozenset[str] | None,
) -> Odd:
    loose = tuple(one for one in parts if tag(one) == "constraintSpec")
    members = _members([*specs["elementSpec"].values(), *specs["classSpec"].values()])
    return Odd(
        schema=schema,
        elements=specs["elementSpec"],
        classes=specs["classSpec"],
        macros=specs["macroSpec"],
        datatypes=specs["dataSpec"],
        members=members,
        outside=outside or frozenset(),
        constraints=loose,
        alone=outside is None,
    )


def _tree(odd: etree._ElementTree | str | Path) -> etree._ElementTree:
    return parse_odd(Path(odd)) if isinstance(odd, str | Path) else odd


def _schema(tree: etree._ElementTree) -> etree._Element:
    schemas = list(tree.iter(f"{TEI}schemaSpec"))
    if len(schemas) != 1:
        raise OddError(tree.getroot(), f"one schemaSpec is wanted, there are {len(schemas)}")
    return schemas[0]


# ---- the ODD's own declarations


def _parts(
    parent: etree._Element, within: tuple[etree._Element, ...] = ()
) -> Iterator[etree._Element]:
    """Yield the declarations and references in ``parent`` and in the groups it refers to."""
    for one in children(parent):
        if tag(one) == "specGrpRef":
            group = _group(one)
            if group in within:
                raise OddError(one, f"the specGrp “{one.get('target')}” refers to itself")
            refuse_unsupported(group)
            yield from _parts(group, (*within, group))
        elif tag(one) == "specGrp":
            yield from _parts(one, within)
        else:
            yield one


def _group(reference: etree._Element) -> etree._Element:
    target = needed(reference, "target")
    for group in reference.getroottree().iter(f"{TEI}specGrp"):
        if f"#{group.get(f'{XML}id')}" == target:
            return group
    raise OddError(reference, f"there is no specGrp “{target}”")


def _own(parts: Iterable[etree._Element]) -> Specs:
    found: Specs = {kind: {} for kind in KINDS}
    for spec in parts:
        kind = tag(spec)
        if kind in found and found[kind].setdefault(needed(spec, "ident"), spec) is not spec:
            raise OddError(spec, f"{kind} “{spec.get('ident')}” is declared twice")
    return found


def _members(specs: Iterable[etree._Element]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for spec in specs:
        for key in memberships(spec):
            found[key] = (*found.get(key, ()), needed(spec, "ident"))
    return found


# ---- an ODD that says everything itself


def _refuse_what_needs_a_source(parts: Iterable[etree._Element], own: Specs) -> None:
    """Refuse an ODD that takes an element from the Guidelines, or forgets to name its own."""
    included: set[str] = set()
    for one in parts:
        if tag(one) == "moduleRef":
            included |= _included_alone(one, own)
        elif tag(one) in REFERRED or tag(one) == "classRef":
            included.add(_declared_alone(one, own))
    for kind in KINDS:
        for name, spec in own[kind].items():
            if spec.get("mode") == "delete":
                raise OddError(spec, f"“{name}” is deleted; {_REMEDY}")
    for name, spec in own["elementSpec"].items():
        if child(spec, "content") is None:
            raise OddError(spec, f"“{name}” has no content; {_REMEDY}")
        if name not in included and spec.get("mode", "add") != "add":
            raise OddError(spec, f"“{name}” is not in the include of any moduleRef")


def _declared_alone(reference: etree._Element, own: Specs) -> str:
    name = needed(reference, "key")
    if name not in own[REFERRED.get(tag(reference), "classSpec")]:
        raise OddError(reference, f"“{name}” is not declared here; {_REMEDY}")
    return name


_REMEDY = "to take what is missing from the Guidelines, name their p5subset.xml with --source"


def _included_alone(module: etree._Element, own: Specs) -> set[str]:
    key = needed(module, "key")
    if module.get("except") is not None or (module.get("include") is None and key != "tei"):
        raise OddError(module, f"the module {key} is not declared here; {_REMEDY}")
    names = module.get("include", "").split()
    for name in names:
        if name not in own["elementSpec"]:
            raise OddError(
                module, f"“{name}” is included, and there is no elementSpec of it; {_REMEDY}"
            )
    return set(names)


# ---- an ODD that customises the Guidelines


def _library(source: etree._ElementTree) -> Specs:
    library: Specs = {kind: {} for kind in KINDS}
    for spec in source.iter(*(f"{TEI}{kind}" for kind in KINDS)):
        refuse_unsupported(spec)
        library[tag(spec)][needed(spec, "ident")] = spec
    if not library["elementSpec"]:
        raise OddError(
            source.getroot(), "there is no elementSpec in the source; is it p5subset.xml?"
        )
    return library


def _taken(parts: Iterable[etree._Element], library: Specs, own: Specs) -> Specs:
    """Return the declarations of ``library`` that the references among ``parts`` ask for."""
    names: dict[str, set[str]] = {kind: set() for kind in KINDS}
    limited: dict[str, etree._Element] = {}
    for one in parts:
        match tag(one):
            case "moduleRef":
                for kind, found in _module(one, library, own).items():
                    names[kind] |= found
            case "classRef":
                key = _asked(one, library["classSpec"])
                names["classSpec"].add(key)
                limited[key] = _limited(one, library["classSpec"][key])
            case "elementRef" | "macroRef" | "dataRef" as reference:
                kind = REFERRED[reference]
                names[kind].add(_asked(one, {**library[kind], **own[kind]}))
    for key in _referred_elements(parts):
        names["classSpec"] |= _attribute_classes(library["elementSpec"].get(key), library)
    taken = {
        kind: {name: spec for name, spec in library[kind].items() if name in names[kind]}
        for kind in KINDS
    }
    taken["classSpec"] |= limited
    return taken


def _asked(reference: etree._Element, known: Mapping[str, etree._Element]) -> str:
    key = needed(reference, "key")
    if key not in known:
        raise OddError(reference, f"the source declares no “{key}”{_alike(key, known)}")
    return key


def _alike(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - for errors only

    found = get_close_matches(name, list(known), 1)
    return f"; is “{found[0]}” meant?" if found else ""


def _module(module: etree._Element, library: Specs, own: Specs) -> dict[str, set[str]]:
    key = needed(module, "key")
    found = {
        kind: {name for name, spec in library[kind].items() if spec.get("module") == key}
        for kind in KINDS
    }
    if not any(found.values()):
        modules = {str(one.get("module")) for kind in KINDS for one in library[kind].values()}
        raise OddError(module, f"the source has no module “{key}”{_alike(key, modules)}")
    elements = found["elementSpec"]
    wanted, unwanted = module.get("include"), module.get("except")
    if wanted is not None and unwanted is not None:
        raise OddError(module, "a moduleRef has include or except, not both")
    for name in (wanted or unwanted or "").split():
        if name not in elements and name not in own["elementSpec"]:
            raise OddError(
                module, f"the module {key} has no element “{name}”{_alike(name, elements)}"
            )
    if wanted is not None:
        elements &= set(wanted.split())
    elements -= set((unwanted or "").split())
    return found


def _referred_elements(parts: Iterable[etree._Element]) -> list[str]:
    return [needed(one, "key") for one in parts if tag(one) == "elementRef"]


def _attribute_classes(spec: etree._Element | None, library: Specs) -> set[str]:
    """Return the attribute classes of ``spec``: an element that is asked for brings them along."""
    found: set[str] = set()
    for key in memberships(spec) if spec is not None else []:
        parent = library["classSpec"].get(key)
        if parent is not None and parent.get("type") == "atts":
            found |= {key} | _attribute_classes(parent, library)
    return found


def _limited(reference: etree._Element, spec: etree._Element) -> etree._Element:
    """Return the class ``spec`` with the attributes that ``reference`` includes."""
    wanted, unwanted = reference.get("include"), set(reference.get("except", "").split())
    if wanted is None and not unwanted:
        return spec
    names = {needed(one, "ident") for one in spec.iter(f"{TEI}attDef")}
    asked = set(wanted.split()) if wanted is not None else names - unwanted
    for name in sorted(asked | unwanted):
        if name not in names:
            raise OddError(
                reference,
                f"the class {spec.get('ident')} has no attribute “{name}”{_alike(name, names)}",
            )
    return without_attributes(spec, names - asked)


def _customised(taken: Specs, own: Specs, library: Specs) -> Specs:
    """Return ``taken`` with the changes that the ODD's own declarations make."""
    specs: Specs = {kind: dict(taken[kind]) for kind in KINDS}
    for kind in KINDS:
        for name, spec in own[kind].items():
            base = specs[kind].get(name)
            match spec.get("mode", "add"):
                case "delete":
                    _needs_base(spec, base, library[kind])
                    specs[kind].pop(name)
                case "change":
                    specs[kind][name] = merged(_needs_base(spec, base, library[kind]), spec)
                case "add" if base is not None:
                    raise OddError(
                        spec,
                        f"the source declares “{name}” already; say mode=“change” or “replace”",
                    )
                case _:
                    specs[kind][name] = spec
    return specs


def _needs_base(
    spec: etree._Element, base: etree._Element | None, known: Mapping[str, etree._Element]
) -> etree._Element:
    if base is not None:
        return base
    name = needed(spec, "ident")
    if name in known:
        module = known[name].get("module")
        raise OddError(
            spec, f"“{name}” is not part of this schema; include it, in a moduleRef to {module}"
        )
    raise OddError(spec, f"the source declares no “{name}”{_alike(name, known)}")
