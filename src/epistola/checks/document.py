"""Check a TEI file as it stands: all that can be said of it without its source."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from epistola.checks.relaxng import check_schema
from epistola.checks.rules import check_pointers
from epistola.model import Finding, Severity

# libxml2 repeats at the end of its message where the fault is.
WHERE = re.compile(r", line \d+, column \d+$")


def check_document(raw: bytes) -> list[Finding]:
    """Return what is wrong with the XML file ``raw``: its form, else its schema and pointers.

    Nothing outside the file is read, and no entity is expanded.
    """
    parser = _parser()
    try:
        tree = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        return [_malformed(error)]
    return [*check_schema(raw), *check_pointers(tree)]


class _Nothing(etree.Resolver):
    """Stands for every file that a document wants to have read with it."""

    def resolve(self, *asked: Any) -> Any:
        """Answer (URL, public identifier, context) with an empty file."""
        return self.resolve_string("", asked[-1], base_url="")


def _parser() -> etree.XMLParser:
    # A doubled xml:id is a finding, not the end of reading; but with collect_ids off,
    # lxml asks for the external subset of a document type, whatever load_dtd says.
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False, no_network=True)
    parser.resolvers.add(_Nothing())
    return parser


def _malformed(error: etree.XMLSyntaxError) -> Finding:
    line, column = error.position
    message = f"not well-formed XML: {WHERE.sub('', str(error.msg))}"
    return Finding(Severity.ERROR, "xml", message, line=line or 0, column=column or 0)
