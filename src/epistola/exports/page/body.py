"""The text of a letter as HTML: a table from element to small function.

An element that is not in the table becomes a ``span`` or, where it begins a line of the text,
a ``div``, with its name as its class: nothing of the text is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from epistola.exports.letters import Mention, is_register
from epistola.exports.page.anchors import ADDRESS, Anchors, is_remark, target_id
from epistola.exports.page.words import CALLED, CERTAIN, dating_words
from epistola.shown.markup import H
from epistola.tree.element import XML
from epistola.tree.read import BLOCKS

Node = str | etree._Element  # noqa: SLF001 - lxml names its types so
Nodes = Iterator[Node]
Renderer = Callable[[etree._Element, Anchors], Nodes]  # noqa: SLF001 - as above

LINES = frozenset(
    "address closer dateline head l opener salute signed addrLine byline cell docDate".split()
)
"""Elements in which a line break is one on the page; elsewhere lines run on."""
STYLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "italic": ("i", ""),
        "italics": ("i", ""),
        "bold": ("b", ""),
        "superscript": ("sup", ""),
        "sup": ("sup", ""),
        "subscript": ("sub", ""),
        "underline": ("span", "underlined"),
        "underlined": ("span", "underlined"),
        "letterspaced": ("span", "spaced"),
        "smallcaps": ("span", "smallcaps"),
        "strikethrough": ("s", ""),
        "dropcap": ("span", "dropcap"),
    }
)
"""``@rend`` -> the HTML element that looks so, and its class."""


def body(text: etree._Element, at: Anchors) -> Nodes:
    """Yield the text of a letter as HTML."""
    yield from _content(text, at)


def remarks(at: Anchors) -> Iterator[etree._Element]:
    """Yield the notes that stand below the text, each with the way back."""
    for note, number in at.notes.items():
        who = " (editor)" if note.get("type") == "editorial" else ""
        back = H.a(
            {"href": f"#ref{number}", "class": "back", "aria-label": f"back to note {number}"}
        )
        back.text = "↩"
        yield H.li(_attributes(note, id=f"note{number}"), *_content(note, at), who, " ", back)


def _render(element: etree._Element, at: Anchors) -> Nodes:
    name = _name(element)
    if is_register(element):
        return
    if element in at.mentions:
        yield from _mention(element, at)
    elif name in TABLE:
        yield from TABLE[name](element, at)
    else:
        tag = "div" if name in BLOCKS or _has_blocks(element) else "span"
        yield _made(tag, element, at)


def _content(element: etree._Element, at: Anchors) -> Nodes:
    yield from filter(None, [element.text])
    for child in element:
        if isinstance(child.tag, str):
            yield from _render(child, at)
        yield from filter(None, [child.tail])


def _made(tag: str, element: etree._Element, at: Anchors, class_: str = "") -> etree._Element:
    """Return the HTML element ``tag`` with the content of ``element``."""
    attributes = _attributes(element, **{"class": class_ or _name(element)})
    made: etree._Element = getattr(H, tag)(attributes, *_content(element, at))
    return made


def _attributes(element: etree._Element, **more: str) -> dict[str, str]:
    said = {"lang": element.get(f"{XML}lang", ""), "id": target_id(element), **more}
    return {name: value for name, value in said.items() if value}


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _has_blocks(element: etree._Element) -> bool:
    """Return whether something in ``element`` begins a line, so that it cannot be a ``p``."""
    return any(
        (_name(e) in BLOCKS or (_name(e) == "note" and not is_remark(e)))
        for e in element.iterdescendants(etree.Element)
    )


# ---- mentions


def _mention(element: etree._Element, at: Anchors) -> Nodes:
    """Yield a mention as a link; one that holds other links as words with a link behind them."""
    mention, link = at.mentions[element], at.link(at.mentions[element])
    attributes = _attributes(
        element,
        **{"id": at.numbers[element], "class": classes(mention), "title": told(mention)},
    )
    content = list(_content(element, at))
    if not link:
        yield H.span(attributes, *content)
    elif not _holds_links(element, at):
        yield H.a(attributes, {"href": link}, *content)
    else:
        called = mention.entry.name if mention.entry else mention.words
        yield H.span(attributes, *content)
        yield H.a({"class": f"to {mention.kind}", "href": link, "aria-label": f"to {called}"})


def classes(mention: Mention) -> str:
    """Return the classes of a mention: its kind, its level, how certain it is."""
    said = ["m", mention.kind, f"cert-{mention.cert}" if mention.cert in CERTAIN else ""]
    level = mention.values.get("level", "")
    said.append(f"level-{level}" if level in {"a", "j", "m", "s", "u"} else "")
    return " ".join(filter(None, said))


def told(mention: Mention) -> str:
    """Return what a mention is, in few words: the entry, the date, how certain."""
    what = CALLED.get(mention.kind, mention.kind)
    named = mention.entry.name if mention.entry else dating_words(mention.dating)
    sure = CERTAIN.get(mention.cert, "")
    return ", ".join(filter(None, (f"{what}: {named}" if named else what, sure)))


def _holds_links(element: etree._Element, at: Anchors) -> bool:
    """Return whether there is a link in ``element``, in which no other may stand."""
    return any(
        (e in at.mentions and bool(at.link(at.mentions[e])))
        or e in at.notes
        or (_name(e) in {"ref", "ptr"} and bool(_reference(e, at)))
        for e in element.iterdescendants(etree.Element)
    )


# ---- the table


def _paragraph(element: etree._Element, at: Anchors) -> Nodes:
    yield _made("div" if _has_blocks(element) else "p", element, at, "p")


def _of(tag: str, class_: str = "") -> Renderer:
    """Return what makes the HTML element ``tag``, if what is in it may stand there."""

    def render(element: etree._Element, at: Anchors) -> Nodes:
        phrasing = tag in {"h2", "i", "em", "cite", "del", "ins", "code", "dt"}
        plain = "div" if phrasing and _has_blocks(element) else tag
        yield _made(plain, element, at, class_)

    return render


def _listed(element: etree._Element, at: Anchors) -> Nodes:
    """Yield a list; one with words between its items stays a block of words."""
    between = (element.text, *(child.tail for child in element))
    items = {_name(child) for child in element.iterchildren(etree.Element)}
    wordless = not "".join(filter(None, between)).strip()
    if wordless and items == {"label", "item"} and _pairs(element):
        terms = {"label": "dt", "item": "dd"}
        yield H.dl(
            _attributes(element),
            *(_made(terms[_name(e)], e, at) for e in element.iterchildren(etree.Element)),
        )
    elif wordless and items == {"item"}:
        ordered = element.get("type") in {"ordered", "numbered"}
        made = (_made("li", e, at) for e in element.iterchildren(etree.Element))
        yield (H.ol if ordered else H.ul)(_attributes(element), *made)
    else:
        yield _made("div", element, at)


def _pairs(element: etree._Element) -> bool:
    """Return whether labels and items alternate."""
    names = [_name(e) for e in element.iterchildren(etree.Element)]
    return names == ["label", "item"] * (len(names) // 2)


def _table(element: etree._Element, at: Anchors) -> Nodes:
    rows = [e for e in element.iterchildren(etree.Element) if _name(e) == "row"]
    others = [e for e in element.iterchildren(etree.Element) if _name(e) != "row"]
    for other in others:
        yield from _render(other, at)
    cells = ([c for c in row.iterchildren(etree.Element) if _name(c) == "cell"] for row in rows)
    made = (H.tr(*(_made("td", cell, at) for cell in row)) for row in cells)
    yield H.div(
        {"class": "wide", "tabindex": "0", "role": "group", "aria-label": "table"}, H.table(*made)
    )


def _quote(element: etree._Element, at: Anchors) -> Nodes:
    block = element.get("type") == "block" or _has_blocks(element)
    yield _made("blockquote" if block else "span", element, at, "quote")


def _highlight(element: etree._Element, at: Anchors) -> Nodes:
    tag, class_ = STYLES.get(element.get("rend", ""), ("span", "hi"))
    yield _made("div" if _has_blocks(element) else tag, element, at, class_ or "hi")


def _line_break(element: etree._Element, at: Anchors) -> Nodes:  # noqa: ARG001 - as the others
    parents = (_name(parent) for parent in element.iterancestors())
    within = next((name for name in parents if name in BLOCKS or name == "address"), "")
    if within in LINES:
        yield H.br()
    elif element.get("break") != "no":
        yield "\n"


def _hyphen(element: etree._Element, at: Anchors) -> Nodes:
    """Yield punctuation, but no hyphen that the end of a line has brought about."""
    after = element.getnext()
    if element.get("force") == "weak" and after is not None and after.get("break") == "no":
        return
    yield _made("span", element, at)


def _page_break(element: etree._Element, at: Anchors) -> Nodes:  # noqa: ARG001 - as the others
    after = element.getnext()
    printed = not element.tail and after is not None and _name(after) == "fw"
    if not printed:
        label = f"page {element.get('n')}" if element.get("n") else "new page"
        yield H.span({"class": "pb", "role": "note", "aria-label": label, "data-n": label})
    yield "\n" if element.get("break") != "no" else ""


def _reference(element: etree._Element, at: Anchors) -> str:
    """Return where a ``ref`` leads on the page, or outside of it."""
    target = next(iter(element.get("target", "").split()), "")
    if ADDRESS.fullmatch(target):
        return target
    found = at.targets.get(target[1:], "") if target.startswith("#") else ""
    return f"#{found}" if found else ""


def _ref(element: etree._Element, at: Anchors) -> Nodes:
    link = _reference(element, at)
    class_ = "anchor" if element.get("type") == "noteAnchor" else "ref"
    if not link or _holds_links(element, at):
        yield _made("span", element, at, class_)
        return
    words = list(_content(element, at)) or [element.get("target", "")]
    yield H.a(_attributes(element, **{"class": class_}), {"href": link}, *words)


def _note(element: etree._Element, at: Anchors) -> Nodes:
    """Yield a block, or words in their line, or the number of a note below the text."""
    if element in at.notes:
        number = at.notes[element]
        link = H.a({"href": f"#note{number}", "id": f"ref{number}"}, str(number))
        yield H.sup({"class": "remark"}, link)
        return
    inline = element.get("place") == "inline" and not _has_blocks(element)
    kind = element.get("type", "")
    class_ = f"note {kind if kind.isalpha() and kind.isascii() else ''}".strip()
    made = _made("span" if inline else "div", element, at, class_)
    target = element.get("target", "")
    if target.startswith("#") and (back := _reference(element, at)):
        made.append(H.a({"href": back, "class": "back", "aria-label": "back to the text"}, "↩"))
    yield made


def _choice(element: etree._Element, at: Anchors) -> Nodes:
    """Yield what the source has, and in brackets what an editor reads there."""
    readings = list(element.iterchildren(etree.Element))
    written = next((e for e in readings if _name(e) in {"abbr", "orig", "sic"}), None)
    for e in readings:
        if written is None or e is written:
            yield from _render(e, at)
    for e in readings:
        if written is not None and e is not written:
            yield H.span(
                {"class": "editorial", "title": "an editor’s reading"}, " [", *_content(e, at), "]"
            )


def _app(element: etree._Element, at: Anchors) -> Nodes:
    readings = [e for e in element.iterchildren(etree.Element) if _name(e) in {"lem", "rdg"}]
    if readings:
        yield from _content(readings[0], at)


def _supplied(element: etree._Element, at: Anchors) -> Nodes:
    added = bool(element.get("resp"))
    opening, closing = ("[", "]") if added else ("", "")
    made = _made("span", element, at)
    yield H.span({"class": "editorial"}, opening, made, closing) if added else made


def _gap(element: etree._Element, at: Anchors) -> Nodes:
    said = "".join(map(str, element.itertext())).strip()
    title = " ".join(filter(None, ("gap", element.get("reason", ""))))
    words = list(_content(element, at)) if said else ["[…]"]
    yield H.span({"class": "gap", "title": title}, *words)


def _figure(element: etree._Element, at: Anchors) -> Nodes:
    yield _made("div", element, at, "figure")


def _graphic(element: etree._Element, at: Anchors) -> Nodes:  # noqa: ARG001 - as the others
    url = element.get("url", "")
    if ADDRESS.fullmatch(url):
        yield H.a({"href": url, "class": "graphic"}, "picture")


TABLE: Mapping[str, Renderer] = MappingProxyType(
    {
        "p": _paragraph,
        "head": _of("h2"),
        "list": _listed,
        "table": _table,
        "quote": _quote,
        "hi": _highlight,
        "emph": _of("em"),
        "foreign": _of("i"),
        "title": _of("cite"),
        "del": _of("del"),
        "add": _of("ins"),
        "lb": _line_break,
        "pc": _hyphen,
        "pb": _page_break,
        "ref": _ref,
        "ptr": _ref,
        "note": _note,
        "choice": _choice,
        "app": _app,
        "supplied": _supplied,
        "gap": _gap,
        "figure": _figure,
        "graphic": _graphic,
        "div": _of("section"),
    }
)
