"""Make everything that a letter points to a part of its own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from epistola.exports.entries import BESIDE, XML_ID, Known, T
from epistola.exports.letters import LISTS, ExportedLetter, Links, is_register
from epistola.tree.element import E

CONTAINERS: Mapping[str, str] = MappingProxyType(
    {f"{T}person": "listPerson", f"{T}personGrp": "listPerson", f"{T}place": "listPlace"}
    | {f"{T}org": "listOrg", f"{T}event": "listEvent", f"{T}object": "listObject"}
    | {f"{T}biblStruct": "listBibl", f"{T}bibl": "listBibl", f"{T}msDesc": "listBibl"}
    | {f"{T}biblFull": "listBibl", f"{T}nym": "listNym", f"{T}item": "list"}
)
"""The entry's element -> the list that it stands in."""
POINTING = frozenset(
    """
    active ana corresp decls facs hand mutual next passive prev ref resp scheme source target who
    where
    """.split()
)
"""The attributes that are pointers."""


@dataclass(slots=True)
class _Bringing:
    """What is brought into a letter; local to one call."""

    ids: dict[str, str]
    links: Links
    register: Mapping[str, Known]
    brought: dict[str, etree._Element] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def bring(self, entry: Known) -> str:
        """Return the id that ``entry`` has in the letter, and bring it in where it is not there."""
        if entry.local and entry.local in self.taken:
            return entry.local
        if entry.key not in self.ids:
            element = entry.element()
            id_ = self._free(element.get(XML_ID) or entry.key.rpartition("/")[2])
            element.set(XML_ID, id_)
            self.ids[entry.key] = id_
            self.brought[entry.key] = element
            self._point_within(element)
        return self.ids[entry.key]

    def _free(self, wanted: str) -> str:
        names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(self.taken) + 3)))
        id_ = next(name for name in names if name not in self.taken)
        self.taken.add(id_)
        return id_

    def _point_within(self, element: etree._Element) -> None:
        """Make the pointers of an entry local; one that leads to nothing here is left out."""
        for one in element.iter(etree.Element):
            for name in POINTING & set(map(str, one.attrib)):
                words = list(filter(None, map(self._within, str(one.get(name)).split())))
                _set(one, name, words)
            one.attrib.pop("sameAs", "")

    def _within(self, word: str) -> str:
        found = BESIDE.fullmatch(word)
        if found is None:
            return word
        entry = self.register.get(found["id"])
        if entry is not None:
            return f"#{self.bring(entry)}"
        return f"#{found['id']}" if found["id"] in self.taken else ""


def made_local(letter: ExportedLetter, register: Mapping[str, Known]) -> etree._Element:
    """Return a copy of the ``TEI`` element of ``letter`` that points to no file beside it.

    The entries that it points to elsewhere are copied into its ``standOff``, and those that
    they point to in ``register`` (by their ids); each keeps its id, or gets a number where the
    letter has that id already. What leads to no entry stays as it is.
    """
    root = deepcopy(letter.root)
    root.tail = None
    taken = {str(e.get(XML_ID)) for e in root.iter(etree.Element) if e.get(XML_ID)}
    bringing = _Bringing({}, letter.links, register, taken=taken)
    for element in root.iter(etree.Element):
        for name in POINTING & set(map(str, element.attrib)):
            _set(element, name, list(_local(str(element.get(name)).split(), bringing)))
        same = BESIDE.fullmatch(element.get("sameAs", ""))
        if same is not None and same["file"]:
            del element.attrib["sameAs"]
    if bringing.brought:
        put_lists(stand_off(root), bringing.brought.values())
    return root


def _local(words: Iterable[str], bringing: _Bringing) -> Iterator[str]:
    for word in words:
        found = BESIDE.fullmatch(word)
        entries = bringing.links(word) if found is not None and found["file"] else ()
        yield from (f"#{bringing.bring(entry)}" for entry in entries)
        if not entries:
            yield word


def _set(element: etree._Element, name: str, words: list[str]) -> None:
    if words:
        element.set(name, " ".join(words))
    else:
        del element.attrib[name]


def stand_off(root: etree._Element) -> etree._Element:
    """Return the ``standOff`` of a letter; one is made behind its header where there is none."""
    found = root.find(f"{T}standOff")
    if found is None:
        found = E.standOff()
        found.tail = "\n"
        header = root.find(f"{T}teiHeader")
        root.insert(0 if header is None else root.index(header) + 1, found)
    return found


def put_lists(holder: etree._Element, entries: Iterable[etree._Element]) -> None:
    """Put ``entries`` into the lists of ``holder``, which are made where there are none."""
    for entry in entries:
        name = CONTAINERS.get(str(entry.tag))
        if name is None:
            continue
        container = holder.find(f"{T}{name}")
        if container is None:
            container = etree.SubElement(holder, f"{T}{name}")
            container.text = container.tail = "\n"
        entry.tail = "\n"
        container.append(entry)


def in_back(root: etree._Element) -> None:
    """Move the registers from the ``standOff`` to a division of the ``back``."""
    off, text = root.find(f"{T}standOff"), root.find(f"{T}text")
    lists = [] if off is None else [one for one in off if _is_list(one)]
    if off is None or text is None or not lists:
        return
    back = text.find(f"{T}back")
    if back is None:
        back = etree.SubElement(text, f"{T}back")
        back.tail = "\n"
    division = E.div({"type": "register"}, *lists)
    division.tail = "\n"
    back.append(division)
    if not len(off):
        root.remove(off)


def _is_list(element: etree._Element) -> bool:
    name = str(element.tag).rpartition("}")[2]
    return name in LISTS and is_register(element)
