"""What the README shows is true: its commands are there, its sample is what comes out."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import epistola
from epistola.__main__ import main
from epistola.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [match[2] for match in FENCE.finditer(README) if match[1] == kind]


def calls() -> Iterator[list[str]]:
    """The arguments of every call of epistola that the README shows."""
    for line in "".join(blocks("sh")).splitlines():
        for command in line.split("&&"):
            words = shlex.split(command, comments=True)
            if Path(words[0]).name == "epistola":
                yield words[1:]


@pytest.mark.parametrize("arguments", list(calls()), ids=" ".join)
def test_commands_and_options_are_there(arguments: list[str]) -> None:
    command, names = cli.get_command(click.Context(cli), arguments[0]), iter(arguments[1:])
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), next(names))
    assert command
    known = {name for p in command.params if isinstance(p, click.Option) for name in p.opts}
    assert {word for word in arguments if word.startswith("-") and word != "-"} <= known


def test_the_two_commands_come_first() -> None:
    first, second = blocks("sh")[:2]
    assert first.count("\n") == second.count("\n") == 1
    assert "epistola encode tei/sources/ratner-2011.txt --edition tei" in first
    assert "-m pytest" in second


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the first command writes."""
    target = tmp_path_factory.mktemp("readme") / "letter.xml"
    arguments = ["encode", "tei/sources/ratner-2011.txt", "--edition", "tei", "-o", str(target)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        assert main(arguments) == 0
    return target.read_text("utf-8")


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_sample_is_what_comes_out(encoded: str) -> None:
    parts = [one_line(part) for sample in blocks("xml") for part in sample.split("…")]
    assert len(parts) > 3
    for part in parts:
        assert part in one_line(encoded)


@pytest.mark.parametrize("block", blocks("console"))
def test_what_commands_answer_is_shown(block: str, tmp_path: Path) -> None:
    (tmp_path / "tei").symlink_to(ROOT / "tei")
    (tmp_path / "build").mkdir()
    commands = "".join(re.findall(r"^\$ (.*\n)", block, re.MULTILINE))
    answers = re.sub(r"^\$ .*\n", "", block, flags=re.MULTILINE)
    shim = f'epistola() {{ "{sys.executable}" -m epistola "$@"; }}\n'
    done = subprocess.run(  # noqa: S603 - our own README
        ["/bin/bash", "-c", f"exec 2>&1\n{shim}{commands}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == answers


def test_the_python_shown_uses_public_names() -> None:
    (code,) = blocks("python")
    used = {
        node.attr
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "epistola"
    }
    assert used
    assert used <= set(epistola.__all__)


def test_the_python_shown_runs(monkeypatch: pytest.MonkeyPatch, encoded: str) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own README
    assert names["xml"] == encoded.encode()


@pytest.mark.parametrize("name", re.findall(r"^ {4}(\S+/)  ", README, re.MULTILINE))
def test_the_folders_named_are_there(name: str) -> None:
    assert (ROOT / name).is_dir()


@pytest.mark.parametrize("name", re.findall(r"^ {6}(\S+)  ", README, re.MULTILINE))
def test_the_modules_named_are_there(name: str) -> None:
    assert (ROOT / "src/epistola" / name).exists()


def test_the_version_is_the_citations() -> None:
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {epistola.__version__}\n" in citation
