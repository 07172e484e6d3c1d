"""Why a file is not valid by a schema; loaded only for such a file, for it is slow to load."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import get_ident

from lxml import etree

from epistola.checks import rng
from epistola.checks.explain import Schema, check_relaxng
from epistola.checks.schemas import SchemaError
from epistola.model import Finding, Severity


class _Judged(Schema):
    """A schema whose verdict another validator gives."""

    verdict: etree.RelaxNG

    @property
    def validator(self) -> etree.RelaxNG:
        """Return the validator that this schema was given."""
        return self.verdict


def explained(raw: bytes, path: Path, validator: etree.RelaxNG) -> list[Finding]:
    """Return what is invalid in ``raw``, which ``validator`` found to be so by ``path``.

    Raises SchemaError where the schema cannot be read.
    """
    said = validator.error_log[0]
    line, message = said.line, f"not valid by the schema: {said.message}"
    schema = _schema(path, path.stat().st_mtime_ns, get_ident())
    schema.verdict = validator
    try:
        found = check_relaxng(raw, schema)
    except rng.SchemaError as error:
        raise SchemaError(str(error)) from None
    # Without its entities, as it is read for the reasons, a file may look valid.
    return found or [Finding(Severity.ERROR, "schema", message, line=line, column=1)]


@lru_cache(maxsize=8)
def _schema(path: Path, _stamp: int, _thread: int) -> _Judged:
    return _Judged(path)


def refuse_parts_elsewhere(path: Path) -> None:
    """Raise SchemaError where the schema at ``path`` includes what is not on this machine."""
    try:
        _ = Schema(path).validator
    except rng.SchemaError as error:
        raise SchemaError(str(error)) from None
