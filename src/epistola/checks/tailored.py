"""A schema of any size, compiled only for the names that documents use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from epistola.checks.schemas import SchemaError, parsed, refuse_other_kinds
from epistola.checks.specialise import RNG, Names, is_plain, names_in, specialised

LARGE = 300
"""From so many elements on a grammar is cut; a smaller one is compiled in no time."""

PATIENCE = 30
"""After so many grammars cut to measure, the whole one costs less than further ones."""

ELEMENTS_A_SECOND = 100
"""About how fast libxml2 compiles a large grammar; it is slower the larger it is."""


class Tailored:
    """The schema at ``path``, compiled for the documents that its verdict is asked on.

    A large grammar is compiled for the names that these use, and again when another
    document uses more. ``progress`` is told what will take long. For one thread.

    Raises SchemaError for a file that is no RELAX NG schema.
    """

    def __init__(self, path: Path, progress: Callable[[str], None] = lambda _: None) -> None:
        refuse_other_kinds(path)
        self.path = path
        self.progress = progress
        self.root = parsed(path, "schema")
        if not self.root.tag.startswith(RNG):
            name = etree.QName(self.root).localname
            message = f"{path}: this is no RELAX NG schema: its outermost element is {name}"
            raise SchemaError(message)
        self._size = sum(1 for _ in self.root.iter(f"{RNG}element"))
        self._names = Names()
        self._times = 0
        self._is_whole = self._size < LARGE or not is_plain(self.root)
        self._validator: etree.RelaxNG | None = None

    def fitted(self, tree: etree._ElementTree) -> etree.RelaxNG:
        """Return a compiled schema that judges ``tree`` as the whole schema would."""
        if self._validator is not None and self._is_whole:
            return self._validator
        names = names_in(tree)
        if self._validator is None or not names <= self._names:
            self._names |= names
            self._times += 1
            self._is_whole = self._is_whole or self._times > PATIENCE
            self._validator = self._compiled()
        return self._validator

    def _compiled(self) -> etree.RelaxNG:
        if self._is_whole:
            if self._size >= LARGE:
                self.progress(f"compiling {self.path.name}, about {self._seconds} s once")
            return self._compile(self.root)
        return self._compile(specialised(self.root, self._names))

    @property
    def _seconds(self) -> int:
        return self._size // ELEMENTS_A_SECOND

    def _compile(self, grammar: etree._Element) -> etree.RelaxNG:
        self._refuse_parts_elsewhere()
        try:
            return etree.RelaxNG(etree.ElementTree(grammar))
        except etree.RelaxNGParseError as error:
            raise SchemaError(f"{self.path}: the schema cannot be compiled: {error}") from None

    def _refuse_parts_elsewhere(self) -> None:
        """Raise SchemaError where the schema includes what is not on this machine."""
        if next(self.root.iter(f"{RNG}include", f"{RNG}externalRef"), None) is None:
            return
        from epistola.checks.explained import refuse_parts_elsewhere  # noqa: PLC0415 - slow to load

        refuse_parts_elsewhere(self.path)
