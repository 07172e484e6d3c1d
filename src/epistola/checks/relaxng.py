"""The edition's own schema: whether a document is valid by it."""

from __future__ import annotations

from lxml import etree

from epistola.checks.explain import check_relaxng, load_schema
from epistola.checks.explain.schema import malformed, safe_parser, schema_path
from epistola.model import Finding

__all__ = ["check_schema", "malformed", "safe_parser", "schema_path"]


def check_schema(document: bytes | etree._ElementTree) -> list[Finding]:
    """Return what is invalid in ``document``, each fault with what may stand there.

    A tree is serialised and parsed afresh, so lines are those of the file it would
    become. A document that is not even well-formed has one finding, "xml".
    """
    data = document if isinstance(document, bytes) else etree.tostring(document, encoding="UTF-8")
    return check_relaxng(data, load_schema())
