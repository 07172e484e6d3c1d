"""Whether documents are valid by a RELAX NG schema of any size: libxml2's verdict, soon."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from epistola.checks.schemas import grammar_at
from epistola.checks.schematron import SchemaError
from epistola.checks.specialise import RNG, Names, names_in, specialised

PATIENCE = 30
"""After so many grammars cut to measure, the whole one costs less than further ones."""

ELEMENTS_A_SECOND = 100
"""About how fast libxml2 compiles a large grammar; it is slower the larger it is."""


class Verdict:
    """Tells whether documents are valid by the schema at ``path``.

    The grammar is compiled for the names that the documents so far have used, and again
    when a document uses others. ``progress`` is told what will take long.

    Raises SchemaError for a file that is no RELAX NG schema.
    """

    def __init__(self, path: Path, progress: Callable[[str], None] = lambda _: None) -> None:
        self.path = path
        self.grammar = grammar_at(path)
        self.progress = progress
        self.names = Names()
        self.times = 0
        self._validator: etree.RelaxNG | None = None

    def is_valid(self, tree: etree._ElementTree) -> bool:
        """Return the verdict on ``tree``."""
        return bool(self.validator(tree).validate(tree))

    def validator(self, tree: etree._ElementTree) -> etree.RelaxNG:
        """Return a compiled schema that judges ``tree`` as the whole schema would."""
        names = names_in(tree)
        if self._validator is None or not (self.times > PATIENCE or names <= self.names):
            self.names |= names
            self.times += 1
            self._validator = self._compiled()
        return self._validator

    def _compiled(self) -> etree.RelaxNG:
        grammar = self.grammar
        if self.times <= PATIENCE:
            grammar = specialised(grammar, self.names)
        if grammar is self.grammar:
            self._tell_how_long()
            self.times = PATIENCE + 1
        try:
            return etree.RelaxNG(etree.ElementTree(grammar))
        except etree.RelaxNGParseError as error:
            message = f"{self.path}: the schema cannot be compiled: {error}"
            raise SchemaError(" ".join(message.split())) from None

    def _tell_how_long(self) -> None:
        seconds = sum(1 for _ in self.grammar.iter(f"{RNG}element")) // ELEMENTS_A_SECOND
        if seconds:
            self.progress(f"compiling {self.path.name}, about {seconds} s once")
