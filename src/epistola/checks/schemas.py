"""Which schemas a file is checked by: those it is told, those it names itself, or the shipped one.

A file names its schemas in ``xml-model`` instructions (W3C Note "Associating Schemas with
XML documents"). One that is not on this machine is looked up in an OASIS XML catalogue or
in a folder of schemas, and never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from epistola.checks.specialise import RNG
from epistola.model import Finding, Severity

SCH = "{http://purl.oclc.org/dsdl/schematron}"
CATALOG = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
SHIPPED = "letter.rng"
WIDER = "tei_all.rng"
"""TEI's own schema: what the shipped one accepts, it accepts too."""

PSEUDO = re.compile(r"""([\w:-]+)\s*=\s*("[^"]*"|'[^']*')""")
EXACT = {"uri": "name", "system": "systemId", "public": "publicId"}
STARTS = {"rewriteURI": "uriStartString", "rewriteSystem": "systemIdStartString"}
ENDS = {"uriSuffix": "uriSuffix", "systemSuffix": "systemIdSuffix"}


class SchemaError(Exception):
    """A schema cannot be used: one sentence that says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where schemas come from: what the user named, a catalogue, a folder."""

    schema: Path | None = None
    schematrons: tuple[Path, ...] = ()
    catalogue: Catalogue | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The schemas of one file: a RELAX NG schema (None: the shipped one), and Schematron rules.

    ``offered`` are Schematron schemas that the file names itself, and ``findings`` say
    what was chosen where that is not plain; ``doubt`` only matters if the file is invalid.
    """

    schema: Path | None = None
    schematrons: tuple[Path, ...] = ()
    offered: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    doubt: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """An ``xml-model`` instruction: which schema, of which language, in which line."""

    href: str
    language: str
    line: int


def shipped() -> Path:
    """Return where letter.rng is: in the package, or beside it in a source checkout."""
    installed = Path(__file__).parents[1] / "schemas" / SHIPPED
    return installed if installed.is_file() else Path(__file__).parents[3] / "schemas" / SHIPPED


# ---- the choice


def choose(tree: etree._ElementTree, file: Path | None, shelf: Shelf) -> Choice:
    """Return by which schemas ``tree``, read from ``file``, is to be checked.

    Raises SchemaError where the file names a schema that is not there, or is no RELAX NG.
    """
    named = list(models(tree))
    rules = [_offered(one, file, shelf) for one in named if one.language == "schematron"]
    offered = tuple(path for path, _ in rules if path is not None and not shelf.schematrons)
    told = tuple(finding for _, finding in rules if finding and not shelf.schematrons)
    if shelf.schema is not None:
        return Choice(shelf.schema, shelf.schematrons, offered, told)
    grammars = [one for one in named if one.language == "relaxng"]
    if not grammars:
        return Choice(None, shelf.schematrons, offered, told)
    path, finding = _grammar(grammars[0], file, shelf)
    said = (finding,) if finding else ()
    more = tuple(_further(one) for one in grammars[1:] if one.href != grammars[0].href)
    if path is None and _name(grammars[0].href) == WIDER:
        return Choice(None, shelf.schematrons, offered, (*more, *told), said)
    return Choice(path, shelf.schematrons, offered, (*said, *more, *told))


def models(tree: etree._ElementTree) -> Iterator[Model]:
    """Yield the ``xml-model`` instructions before the outermost element of ``tree``."""
    before = reversed(list(tree.getroot().itersiblings(preceding=True)))
    for node in before:
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":  # noqa: SLF001 - lxml names its types so
            values = {
                name: unescape(value[1:-1]) for name, value in PSEUDO.findall(node.text or "")
            }
            if href := values.get("href", "").strip():
                yield Model(href, _language(href, values), _line(node))


def _language(href: str, values: Mapping[str, str]) -> str:
    """Return which schema language is meant; empty for one that is not checked here."""
    path, kind = urlsplit(href).path.lower(), values.get("type", "")
    if path.endswith(".rnc") or "compact" in kind:
        return "relaxng"
    by_namespace = {RNG[1:-1]: "relaxng", SCH[1:-1]: "schematron"}
    if namespace := values.get("schematypens"):
        return by_namespace.get(namespace, "")
    return {".rng": "relaxng", ".sch": "schematron"}.get(path[-4:], "")


def _grammar(model: Model, file: Path | None, shelf: Shelf) -> tuple[Path | None, Finding | None]:
    found, how = _found(model.href, file, shelf)
    if found is not None:
        refuse_other_kinds(found)
        return found, _info(model, f"checked by {found}, {how}") if how else None
    if _is_remote(model.href):
        message = (
            f"checked by the {SHIPPED} that ships, for {model.href} is not fetched;"
            " name a copy with --schema, --schemas or --catalog"
        )
        return None, _info(model, message)
    if _name(model.href) == SHIPPED:
        return None, None
    message = f"the schema {model.href}, named in line {model.line}, is not there"
    raise SchemaError(f"{message}: name a copy with --schema or --schemas")


def _offered(model: Model, file: Path | None, shelf: Shelf) -> tuple[Path | None, Finding | None]:
    """Return the Schematron schema that a file names, or a word on why it is not used."""
    found, how = _found(model.href, file, shelf)
    if found is None or found.suffix.lower() == ".rng":
        why = "is no Schematron file of its own" if found else "is not on this machine"
        return None, _info(model, f"the rules in {model.href} are not checked: it {why}")
    return found, _info(model, f"checked by the rules in {found}, {how}") if how else None


def _further(model: Model) -> Finding:
    return _info(model, f"not checked by {model.href} too: the first schema named is the one used")


def _info(model: Model, message: str) -> Finding:
    return Finding(Severity.INFO, "schema-choice", message, line=model.line, column=1)


def _line(node: etree._Element) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else 1


# ---- from an address to a file


def _found(href: str, file: Path | None, shelf: Shelf) -> tuple[Path | None, str]:
    """Return the file that ``href`` stands for, and how it was found if that is not plain."""
    if shelf.catalogue is not None and (mapped := shelf.catalogue.resolve(href)) is not None:
        return mapped, "as the catalogue says"
    if not _is_remote(href):
        local = _local(href, file)
        if local is not None and local.is_file():
            return local, ""
    if shelf.folder is not None and (shelf.folder / _name(href)).is_file():
        return shelf.folder / _name(href), f"found in {shelf.folder} by its name"
    return None, ""


def _is_remote(href: str) -> bool:
    scheme = urlsplit(href).scheme
    return len(scheme) > 1 and scheme != "file"  # C: is a drive


def _local(href: str, file: Path | None) -> Path | None:
    parts = urlsplit(href)
    if parts.scheme == "file":
        from urllib.request import url2pathname  # noqa: PLC0415 - slow to load, and seldom wanted

        return Path(url2pathname(parts.path))
    path = Path(unquote(href.partition("#")[0]))
    if path.is_absolute():
        return path
    return file.parent / path if file is not None else None


def _name(href: str) -> str:
    return unquote(urlsplit(href).path).rpartition("/")[2]


def refuse_other_kinds(path: Path) -> None:
    """Raise SchemaError for a file whose name says that it is no RELAX NG in XML syntax."""
    kind = path.suffix.lower()
    if kind == ".rnc":
        remedy = f"convert it with trang: trang {path.name} {path.stem}.rng"
        raise SchemaError(f"{path}: this is RELAX NG in compact syntax; {remedy}")
    if kind == ".sch":
        raise SchemaError(f"{path}: this is Schematron: give it with --schematron")
    if kind in (".xsd", ".dtd", ".odd"):
        remedy = "a RELAX NG schema (*.rng) is needed"
        raise SchemaError(f"{path}: this is no RELAX NG; {remedy}")


def parsed(path: Path, what: str) -> etree._Element:
    """Return the outermost element of the XML file ``path``, or raise SchemaError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        # The address lets the parts of a schema find each other.
        return etree.fromstring(path.read_bytes(), parser, base_url=path.absolute().as_uri())
    except OSError as error:
        raise SchemaError(f"{path}: the {what} cannot be read: {error.strerror}") from None
    except etree.XMLSyntaxError as error:
        raise SchemaError(f"{path}: the {what} is no well-formed XML: {error.msg}") from None


# ---- catalogues


@dataclass(frozen=True)
class Catalogue:
    """The entries of an OASIS XML catalogue (XML Catalogs 1.1), its further catalogues included."""

    exact: Mapping[str, str] = field(default_factory=dict)
    starts: tuple[tuple[str, str], ...] = ()
    ends: tuple[tuple[str, str], ...] = ()

    def resolve(self, address: str) -> Path | None:
        """Return the local file that ``address`` stands for: exactly, else by the longest match."""
        if address in self.exact:
            return _local(self.exact[address], None)
        longest = sorted(self.starts, key=lambda pair: -len(pair[0]))
        for start, replacement in longest:
            if address.startswith(start):
                return _local(replacement + address.removeprefix(start), None)
        for end, uri in sorted(self.ends, key=lambda pair: -len(pair[0])):
            if address.endswith(end):
                return _local(uri, None)
        return None


def load_catalogue(path: Path) -> Catalogue:
    """Return the catalogue at ``path``; of two entries for one address, the first counts.

    Raises SchemaError where it is none.
    """
    exact: dict[str, str] = {}
    starts, ends = list[tuple[str, str]](), list[tuple[str, str]]()
    for base, entry in _entries(path, frozenset()):
        kind = entry.tag.removeprefix(CATALOG)
        goal = urljoin(base, entry.get("rewritePrefix") or entry.get("uri") or "")
        if kind in EXACT:
            exact.setdefault(entry.get(EXACT[kind], ""), goal)
        elif kind in STARTS:
            starts.append((entry.get(STARTS[kind], ""), goal))
        elif kind in ENDS:
            ends.append((entry.get(ENDS[kind], ""), goal))
    return Catalogue(exact, tuple(starts), tuple(ends))


def _entries(path: Path, within: frozenset[Path]) -> Iterator[tuple[str, etree._Element]]:
    """Yield each entry with the address that its own are relative to."""
    root = parsed(path, "catalogue")
    if root.tag != f"{CATALOG}catalog":
        raise SchemaError(f"{path}: this is no OASIS XML catalogue")
    within |= {path.resolve()}
    for entry in root.iter(f"{CATALOG}*"):
        base = _base(entry, path)
        if entry.tag != f"{CATALOG}nextCatalog":
            yield base, entry
            continue
        further = _local(urljoin(base, entry.get("catalog", "")), None)
        if further is not None and further.resolve() not in within:
            yield from _entries(further, within)


def _base(entry: etree._Element, path: Path) -> str:
    base = path.resolve().as_uri()
    for one in reversed([entry, *entry.iterancestors()]):
        base = urljoin(base, one.get(XML_BASE, ""))
    return base
