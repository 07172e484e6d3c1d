"""Is a document valid by a RELAX NG schema? If not: where, why, and what to do about it.

libxml2 gives the verdict and nothing else. What is wrong is found by our own reading of the
schema (``grammar``, ``patterns``): the document is walked with it (``faults``), each fault
is put into words (``words``) and mended if it can be (``mend``).
"""

from __future__ import annotations

from lxml import etree

from epistola.checks.explain.schema import Schema, load_schema, malformed, safe_parser
from epistola.checks.rng import SchemaError
from epistola.model import Finding, Severity

__all__ = ["Schema", "SchemaError", "check_relaxng", "load_schema"]


def check_relaxng(raw: bytes, schema: Schema) -> list[Finding]:
    """Return what is invalid in the file ``raw`` by ``schema``, in the order of the file.

    Each finding has line and column of the tag, attribute or text at fault, a code that
    begins with "schema.", what may stand there, and a fix where one is known. A file that
    is not even well-formed has one finding, "xml".

    Raises SchemaError where the schema cannot be read.
    """
    try:
        tree = etree.ElementTree(etree.fromstring(raw, safe_parser()))
    except etree.XMLSyntaxError as error:
        return [malformed(error)]
    validator = schema.validator
    if validator.validate(tree):
        return []
    log = list(validator.error_log)
    # Most files are valid, and what explains the others takes a while to load.
    from epistola.checks.explain.find import findings  # noqa: PLC0415

    return findings(tree.getroot(), raw, schema) or [_unexplained(log)]


def _unexplained(log: list[etree._LogEntry]) -> Finding:
    """Return libxml2's own first complaint: better than silence where ours finds nothing."""
    line, message = (log[0].line, log[0].message) if log else (1, "it is not valid")
    return Finding(Severity.ERROR, "schema", message, line=line or 1, column=1)
