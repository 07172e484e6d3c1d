"""What a program may import from ``epistola``, and nothing else."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

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


def test_type_checkers_see_the_same_places_as_the_program() -> None:
    places: dict[str, str] = vars(epistola)["_PLACES"]
    tree = ast.parse(Path(epistola.__file__ or "").read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: f"{node.module}"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    homes = {n: f"epistola.{m}" for m, names in places.items() for n in names.split()}
    assert seen == homes
    assert sorted(seen) == epistola.__all__


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'no_such_name'"):
        _ = epistola.no_such_name
    assert {*epistola.__all__, "__version__"} <= set(dir(epistola))


def test_a_check_does_not_load_the_recognisers() -> None:
    late = ["mentions", "gazetteer", "language", "pipeline", "registers", "edition"]
    names = [f"epistola.{name}" for name in late] + ["rich", "saxonche", "difflib", "socket"]
    code = f"import sys, epistola.cli; print([m for m in {names} if m in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
