"""The house is read in one order, and imports only point back in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src/epistola"
STAGES = """
    model safe files language sidecar gazetteer text mentions decisions registers edition tree
    checks reconcile registry pipeline enrich adopt shown exports imports terminal corpus desk
    evaluate report training cli_options cli_read cli_export cli_page cli_split cli_run cli_encode
    cli_adopt cli_decisions cli_show cli_check cli_evaluate cli_gazetteer cli_import cli_init
    cli_reconcile cli_register cli_report cli_schema cli_status cli_train cli __main__
"""
ORDER = STAGES.split()
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def stage(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(tree: ast.AST) -> Iterator[str]:
    """The stages that a module imports from, whether at its top or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write the whole name of what is imported"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("epistola."))


@pytest.mark.parametrize(
    ("code", "stages"),
    [
        ("import os", []),
        ("import epistola.tree.body as b", ["tree"]),
        ("from epistola.model import Span", ["model"]),
        ("from epistola import __version__", ["__version__"]),
        ("def f():\n    from epistola.text import read", ["text"]),
    ],
)
def test_imports_are_seen(code: str, stages: list[str]) -> None:
    assert list(imported(ast.parse(code))) == stages


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_back(path: Path) -> None:
    allowed = {"__version__", *ORDER[: ORDER.index(stage(path)) + 1]}
    assert set(imported(ast.parse(path.read_text("utf-8")))) <= allowed


def test_the_model_imports_nothing_of_ours() -> None:
    assert list(imported(ast.parse((PACKAGE / "model.py").read_text("utf-8")))) == []


def test_nothing_is_called_utils() -> None:
    assert [path for path in MODULES if path.stem in {"utils", "util", "helpers", "common"}] == []
