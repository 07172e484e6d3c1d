"""A RELAX NG schema, loaded: libxml2's for the verdict, our own tables for the reasons."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, Any

from lxml import etree

from epistola.checks.rng import RNG, SchemaError, local_target, parse_schema
from epistola.model import Finding, Severity

if TYPE_CHECKING:
    from epistola.checks.explain.values import Values
    from epistola.checks.grammar import Grammar

POSITION = re.compile(r", line \d+, column \d+$")
"""What libxml2 repeats at the end of its message."""


class Schema:
    """A schema in RELAX NG's XML syntax, with all that it includes.

    Everything in it comes about when it is first asked for: the validator, one for each
    thread, as its error log is not shared; the tables, only for a document with faults.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._validators: dict[int, etree.RelaxNG] = {}

    @property
    def validator(self) -> etree.RelaxNG:
        """Return libxml2's compiled schema.

        Raises SchemaError where the schema cannot be read, or is none.
        """
        thread = get_ident()
        if thread not in self._validators:
            self._validators[thread] = self._compiled()
        return self._validators[thread]

    @cached_property
    def grammar(self) -> Grammar:
        """Return the schema's own tables."""
        from epistola.checks.grammar import Grammar  # noqa: PLC0415 - only for faults

        return Grammar(self._tree)

    @cached_property
    def values(self) -> Values:
        """Return what judges the values of attributes."""
        from epistola.checks.explain.values import Values  # noqa: PLC0415 - only for faults

        return Values()

    @cached_property
    def _tree(self) -> etree._ElementTree:
        tree = parse_schema(self.path)
        _refuse_remote(tree, {self.path.resolve()})
        return tree

    def _compiled(self) -> etree.RelaxNG:
        try:
            return etree.RelaxNG(self._tree)
        except etree.RelaxNGParseError as error:
            raise SchemaError(f"the schema {self.path} is no RELAX NG: {error}") from None


def _refuse_remote(tree: etree._ElementTree, seen: set[Path]) -> None:
    """Raise SchemaError where a schema, or what it includes, is not a file of this machine."""
    for node in tree.iter(f"{RNG}include", f"{RNG}externalRef"):
        path = local_target(node).resolve()
        if path not in seen:
            seen.add(path)
            _refuse_remote(parse_schema(path), seen)


def load_schema(path: Path | None = None) -> Schema:
    """Return the schema at ``path``, the edition's own without one; nothing is read yet."""
    return Schema(path) if path is not None else _own()


@cache
def _own() -> Schema:
    return Schema(Path(str(schema_path())))


def schema_path() -> Traversable:
    """Return where letter.rng is: in the package, or beside it in a source checkout."""
    installed = files("epistola").joinpath("schemas", "letter.rng")
    if installed.is_file():
        return installed
    return Path(__file__).parents[4].joinpath("schemas", "letter.rng")


def safe_parser() -> etree.XMLParser:
    """Return a parser that reads nothing but what it is given, and expands no entity.

    It collects no ids: an id used twice is a finding, where lxml would stop at it.
    """
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True)
    # With collect_ids off, lxml asks for a document type's files, whatever load_dtd says.
    parser.resolvers.add(_Nothing())
    return parser


class _Nothing(etree.Resolver):
    """Stands for every file that a document wants to have read with it."""

    def resolve(self, *asked: Any) -> Any:
        """Answer (URL, public identifier, context) with an empty file."""
        return self.resolve_string("", asked[-1], base_url="")


def malformed(error: etree.XMLSyntaxError) -> Finding:
    """Return the finding that a document is no XML, and where it ceases to be."""
    line, column = error.position
    message = f"not well-formed XML: {POSITION.sub('', str(error.msg))}"
    return Finding(Severity.ERROR, "xml", message, line=line or 1, column=column or 1)
