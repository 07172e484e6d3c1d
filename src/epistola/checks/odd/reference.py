"""The reference of an ODD: one HTML page that says what each element is for, without a network.

Elements come by use, as the ODD groups them, each with what it means, its attributes,
what it may hold, where it may stand, and examples; then classes, macros, datatypes, rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from lxml import etree

from epistola.checks.odd.attributes import Given, attributes
from epistola.checks.odd.collect import Odd, memberships
from epistola.checks.odd.models import holds, model_words
from epistola.checks.odd.nodes import (
    SCHEMATRON,
    TEI,
    XML,
    child,
    children,
    described,
    name_of,
    needed,
    tag,
    words,
)
from epistola.checks.odd.schematron import schematron

EGXML = "{http://www.tei-c.org/ns/Examples}egXML"
HERE = files("epistola.checks.odd")

Node = etree._Element | str  # noqa: SLF001 - lxml has no public name for it


def reference(odd: Odd) -> bytes:
    """Return the HTML page for ``odd``: complete in itself, the same bytes for the same ODD."""
    title = _title(odd)
    page = _h("html", _head(title), _body(odd, title), lang="en")
    return etree.tostring(page, method="html", encoding="UTF-8", doctype="<!DOCTYPE html>") + b"\n"


def _h(kind: str, *inside: Node, **given: str) -> etree._Element:
    """Return an HTML element; ``class_`` stands for the attribute that Python has no name for."""
    node = etree.Element(kind, {name.rstrip("_"): value for name, value in given.items()})
    for one in inside:
        if not isinstance(one, str):
            node.append(one)
        elif len(node):
            node[-1].tail = (node[-1].tail or "") + one
        else:
            node.text = (node.text or "") + one
    return node


def _title(odd: Odd) -> str:
    heading = odd.schema.getroottree().find(f".//{TEI}text//{TEI}head")
    return words(heading) or odd.schema.get("ident", "Schema")


def _head(title: str) -> etree._Element:
    return _h(
        "head",
        _h("meta", charset="utf-8"),
        _h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _h("title", title),
        _h("style", HERE.joinpath("reference.css").read_text("utf-8")),
    )


def _body(odd: Odd, title: str) -> etree._Element:
    uses = _uses(odd)
    return _h(
        "body",
        _h("nav", _search(), *_index(odd, uses)),
        _h("main", _opening(odd, title), *_elements(odd, uses), *_others(odd), *_rules(odd)),
        _h("script", HERE.joinpath("reference.js").read_text("utf-8")),
    )


def _search() -> etree._Element:
    return _h(
        "input",
        id="search",
        type="search",
        placeholder="Search",
        autocomplete="off",
    )


def _opening(odd: Odd, title: str) -> etree._Element:
    counts = (
        f"{len(odd.elements)} elements, "
        f"{sum(one.get('type') == 'atts' for one in odd.classes.values())} classes of attributes, "
        f"{sum(one.get('type') != 'atts' for one in odd.classes.values())} classes of elements, "
        f"{len(odd.datatypes)} datatypes. A document begins with "
    )
    start = [_link(name) for name in odd.schema.get("start", "TEI").split()]
    return _h(
        "header",
        _h("h1", title),
        _h("p", words(described(odd.schema)), class_="lead"),
        _h("p", counts, *_listed(start), ".", class_="counts"),
    )


# ---- by use


def _uses(odd: Odd) -> dict[str, list[str]]:
    """Return the elements by use: by the heading they stand under in the ODD, else by module."""
    found: dict[str, list[str]] = {}
    for name, spec in odd.elements.items():
        found.setdefault(_use(spec), []).append(name)
    return found


def _use(spec: etree._Element) -> str:
    heads = (child(one, "head") for one in spec.iterancestors(f"{TEI}div"))
    heading = next((words(one) for one in heads if one is not None), "")
    same_file = next(spec.iterancestors(f"{TEI}specGrp"), None) is not None
    return heading if heading and same_file else f"Module {spec.get('module', 'of its own')}"


def _slug(text: str) -> str:
    return "use-" + "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _index(odd: Odd, uses: Mapping[str, list[str]]) -> Iterator[etree._Element]:
    for use, names in uses.items():
        items = [_h("li", _link(name), **_searchable(odd, name)) for name in _sorted(names)]
        heading = _h("h2", _h("a", use, href=f"#{_slug(use)}"))
        yield _h("section", heading, _h("ul", *items))
    more = [("classes", "Classes"), ("macros", "Macros"), ("datatypes", "Datatypes")]
    links = [_h("li", _h("a", text, href=f"#{key}")) for key, text in [*more, ("rules", "Rules")]]
    yield _h("section", _h("h2", "Behind them"), _h("ul", *links), class_="behind")


def _searchable(odd: Odd, name: str) -> dict[str, str]:
    return {"data-name": name, "data-words": _words(odd, odd.elements[name])}


def _words(odd: Odd, spec: etree._Element) -> str:
    names = " ".join(attributes(odd, spec))
    return f"{name_of(spec)} {names} {words(described(spec))}".lower()


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name.lower(), name))


def _link(name: str) -> etree._Element:
    return _h("a", name, href=f"#{name}", class_="name")


def _listed(nodes: Iterable[Node]) -> list[Node]:
    """Return ``nodes`` with commas between them."""
    found: list[Node] = []
    for one in nodes:
        found += [", ", one] if found else [one]
    return found


# ---- elements


def _elements(odd: Odd, uses: Mapping[str, list[str]]) -> Iterator[etree._Element]:
    inside = {name: holds(odd, spec) for name, spec in odd.elements.items()}
    for use, names in uses.items():
        yield _h("h2", use, id=_slug(use))
        for name in names:
            parents = [other for other, held in inside.items() if name in held.elements]
            yield _element(odd, odd.elements[name], parents)


def _element(odd: Odd, spec: etree._Element, parents: list[str]) -> etree._Element:
    name = needed(spec, "ident")
    held = holds(odd, spec)
    module = f"module {spec.get('module')}" if spec.get("module") else "an element of its own"
    return _h(
        "article",
        _h("h3", _h("code", name_of(spec)), _h("span", module, class_="module")),
        _h("p", words(described(spec)), class_="desc"),
        *_examples(spec),
        *_attribute_table(odd, spec),
        _h(
            "dl",
            *_row("May hold", _held(held.elements, text=held.text)),
            *_row("May stand in", _held(parents, root=name in odd.schema.get("start", "TEI"))),
            *_row("Model", [_model(odd, spec)]),
        ),
        id=name,
        **_searchable(odd, name),
    )


def _row(term: str, inside: list[Node]) -> list[etree._Element]:
    return [_h("dt", term), _h("dd", *inside)]


def _held(names: Iterable[str], *, text: bool = False, root: bool = False) -> list[Node]:
    first: list[Node] = [_h("em", "text")] if text else []
    first += [_h("em", "nothing: it is the outermost element")] if root else []
    nodes = _listed([*first, *(_link(name) for name in _sorted(names))])
    return nodes or [_h("em", "nothing")]


def _model(odd: Odd, spec: etree._Element) -> etree._Element:
    known = {*odd.elements, *odd.classes, *odd.macros, *odd.datatypes}
    parts: list[Node] = []
    for word in model_words(child(spec, "content")):
        if word in known:
            parts.append(_h("a", word, href=f"#{word}"))
        elif word not in odd.outside:
            parts.append(word)
    return _h("code", *parts, class_="model")


def _attribute_table(odd: Odd, spec: etree._Element) -> Iterator[etree._Element]:
    rows = attributes(odd, spec)
    own = {name: one for name, one in rows.items() if one.by == spec.get("ident")}
    if own:
        yield _h("table", _h("tbody", *(_attribute(odd, one) for one in own.values())))
    others: dict[str, list[str]] = {}
    for name, one in rows.items():
        if name not in own:
            others.setdefault(one.by, []).append(name)
    if others:
        parts: list[Node] = []
        for key, names in others.items():
            parts += [_h("a", key, href=f"#{key}", class_="class"), f" ({', '.join(names)})  "]
        yield _h(
            "p",
            "Attributes of its classes: " if own else "Attributes: ",
            *parts,
            class_="inherited",
        )


def _attribute(odd: Odd, given: Given) -> etree._Element:
    definition = given.definition
    needs = definition.get("usage") == "req"
    name = [
        _h("code", name_of(definition)),
        *([_h("span", "required", class_="req")] if needs else []),
    ]
    return _h(
        "tr",
        _h("th", *name, scope="row"),
        _h("td", _h("p", words(described(definition))), *_values(odd, definition)),
    )


def _values(odd: Odd, definition: etree._Element) -> Iterator[etree._Element]:
    values, datatype = child(definition, "valList"), child(definition, "datatype")
    kind = values.get("type", "open") if values is not None else ""
    if values is not None and len(values):
        said = {"closed": "One of", "semi": "One of these, or another", "open": "For instance"}
        yield _h("p", said[kind], class_="kind")
        items = [one for one in children(values, "valItem") if one.get("mode") != "delete"]
        yield _h("dl", *(part for one in items for part in _value(one)), class_="values")
    if datatype is not None and kind != "closed":
        many = datatype.get("maxOccurs", "1") != "1"
        yield _h("p", *_datatypes(odd, datatype), " (several, with spaces)" * many, class_="kind")


def _value(item: etree._Element) -> list[etree._Element]:
    return [_h("dt", _h("code", name_of(item))), _h("dd", words(described(item)))]


def _datatypes(odd: Odd, datatype: etree._Element) -> list[Node]:
    found: list[Node] = []
    for one in children(datatype, "dataRef"):
        key = one.get("key", "")
        known = key in odd.datatypes
        found.append(_h("a", key, href=f"#{key}") if known else _h("code", one.get("name", key)))
    return found


# ---- examples


def _examples(spec: etree._Element) -> Iterator[etree._Element]:
    for one in children(spec, "exemplum"):
        for example in one.iter(EGXML):
            yield _h("pre", _h("code", *_code(example)))


def _code(example: etree._Element) -> list[Node]:
    """Return the source of an example, dedented, with its parts marked for colour."""
    parts = [part for one in example for part in (*_marked(one), one.tail or "")]
    margin = _margin(example.text or "")
    text = [part.replace(f"\n{margin}", "\n") if isinstance(part, str) else part for part in parts]
    while text and isinstance(text[-1], str) and not text[-1].strip():
        text.pop()
    return text


def _margin(text: str) -> str:
    return text.rpartition("\n")[2] if "\n" in text else ""


def _marked(node: etree._Element) -> Iterator[Node]:
    if not isinstance(node.tag, str):
        return
    yield from ("<", _h("b", tag(node)))
    for name, value in node.items():
        yield from (" ", _h("i", str(name).replace(XML, "xml:")), "=", _h("q", f'"{value!s}"'))
    empty = not len(node) and not node.text
    yield "/>" if empty else ">"
    if empty:
        return
    yield node.text or ""
    for one in node:
        yield from _marked(one)
        yield one.tail or ""
    yield from ("</", _h("b", tag(node)), ">")


# ---- classes, macros, datatypes, rules


def _others(odd: Odd) -> Iterator[etree._Element]:
    yield _h("h2", "Classes", id="classes")
    for spec in odd.classes.values():
        yield _class(odd, spec)
    for heading, specs in (("Macros", odd.macros), ("Datatypes", odd.datatypes)):
        yield _h("h2", heading, id=heading.lower())
        for spec in specs.values():
            yield _small(spec, _h("dl", *_row("Model", [_model(odd, spec)])))


def _class(odd: Odd, spec: etree._Element) -> etree._Element:
    name = needed(spec, "ident")
    members = odd.members.get(name, ())
    links = [
        _h("a", one, href=f"#{one}") for one in members if one in odd.elements or one in odd.classes
    ]
    rows = [_attribute(odd, one) for one in attributes(odd, spec).values()]
    above = [_h("a", one, href=f"#{one}") for one in memberships(spec) if one in odd.classes]
    return _small(
        spec,
        *([_h("table", _h("tbody", *rows))] if rows else []),
        _h(
            "dl",
            *_row("Members", _listed(links) or [_h("em", "none")]),
            *(_row("Belongs to", _listed(above)) if above else []),
        ),
    )


def _small(spec: etree._Element, *inside: etree._Element) -> etree._Element:
    name = needed(spec, "ident")
    return _h(
        "article",
        _h("h3", _h("code", name)),
        _h("p", words(described(spec)), class_="desc"),
        *inside,
        id=name,
        class_="small",
        **{"data-name": name, "data-words": f"{name} {words(described(spec))}".lower()},
    )


def _rules(odd: Odd) -> Iterator[etree._Element]:
    found = list(schematron(odd).iter(f"{{{SCHEMATRON}}}pattern"))
    yield _h("h2", "Rules", id="rules")
    if not found:
        yield _h("p", "There are none beyond the grammar.")
    for pattern in found:
        assertions = pattern.iter(f"{{{SCHEMATRON}}}assert", f"{{{SCHEMATRON}}}report")
        items = [_h("li", _said(one)) for one in assertions]
        yield _h(
            "article", _h("h3", _h("code", pattern.get("id", ""))), _h("ul", *items), class_="small"
        )


def _said(assertion: etree._Element) -> str:
    """Return what an assertion says, with … for what it fills in."""
    parts = [assertion.text or ""]
    for one in assertion:
        filled = "this element" if tag(one) == "name" else "…" if not one.text else one.text
        parts += [filled, one.tail or ""]
    return " ".join("".join(parts).split())
