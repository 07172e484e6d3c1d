"""What a program may import from ``epistola``, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from types import ModuleType

import epistola

PUBLIC = """
    Annotation Edition EditionError Encoding Entry Finding Letter ReadError Severity Source Span
    check_document check_wording encode load_edition projection read
"""


def test_the_public_names() -> None:
    assert epistola.__all__ == PUBLIC.split()


def test_every_public_name_is_there_and_explains_itself() -> None:
    for name in epistola.__all__:
        thing = getattr(epistola, name)
        assert thing.__doc__, name
        assert not isinstance(thing, ModuleType), name


def test_errors_can_be_caught() -> None:
    assert issubclass(epistola.ReadError, Exception)
    assert issubclass(epistola.EditionError, Exception)


def test_the_version_is_one() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", epistola.__version__)


def test_importing_loads_neither_the_command_line_nor_the_network() -> None:
    late = ["click", "rich", "difflib", "socket", "http", "asyncio", "dask"]
    code = f"import sys, epistola; print([m for m in {late} if m in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
