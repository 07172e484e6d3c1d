r"""From the plain text of a letter to a valid, linked TEI P5 edition.

>>> encoding = encode("Bonn, 3 May 1848.\n\nDear Sir,\n\nI am well.")
>>> [finding.message for finding in encoding.findings if finding.severity is Severity.ERROR]
[]
"""

__version__ = "0.1.0"

from epistola.checks.document import check_document
from epistola.checks.wording import check_wording
from epistola.edition import Edition, EditionError, load_edition
from epistola.encode import Encoding, encode
from epistola.model import Annotation, Entry, Finding, Letter, Severity, Source, Span
from epistola.text.read import ReadError, read
from epistola.tree.read import projection

__all__ = [
    "Annotation",
    "Edition",
    "EditionError",
    "Encoding",
    "Entry",
    "Finding",
    "Letter",
    "ReadError",
    "Severity",
    "Source",
    "Span",
    "check_document",
    "check_wording",
    "encode",
    "load_edition",
    "projection",
    "read",
]
