"""Files of RELAX NG schemas: read, and found where another includes them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
DRIVE = re.compile(r"/[A-Za-z]:/")
"""How the path of a file begins in an address on Windows."""


class SchemaError(ValueError):
    """A schema cannot be read: one sentence for whoever asked for it."""


def parse_schema(path: Path) -> etree._ElementTree:
    """Return the file at ``path`` parsed, without its comments.

    Raises SchemaError where it cannot be read or is no XML.
    """
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True
    )
    try:
        return etree.parse(str(path), parser)
    except OSError as error:
        raise SchemaError(f"the schema {path} cannot be read: {error}") from None
    except etree.XMLSyntaxError as error:
        raise SchemaError(f"the schema {path} is not well-formed XML: {error.msg}") from None


def local_target(node: etree._Element) -> Path:
    """Return the file that an include or externalRef names.

    Raises SchemaError where that is not a file of this machine.
    """
    href = node.get("href", "").strip()
    base = node.base or ""
    if urlsplit(base).scheme in ("", "file"):
        base = f"file:{base.removeprefix('file:')}"
    target = urlsplit(urldefrag(urljoin(base, href)).url)
    if target.scheme != "file" or target.netloc not in ("", "localhost"):
        raise SchemaError(f"the schema includes {href}, which is not a local file")
    path = unquote(target.path)
    return Path(path.removeprefix("/") if DRIVE.match(path) else path)
