"""``epistola schema``: what is written, and what is said where nothing can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from epistola.cli import cli
from shared import shared

SCHEMAS = Path(__file__).parents[1] / "schemas"
ODD = """<schemaSpec xmlns="http://www.tei-c.org/ns/1.0" ident="s" start="p">
{}
</schemaSpec>"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["schema", *map(str, arguments)])


def test_build_writes_what_is_shipped(tmp_path: Path) -> None:
    done = run("build", SCHEMAS / "letter.odd", "-o", tmp_path / "new")
    assert done.exit_code == 0, done.output
    for name in ("letter.rng", "letter.sch"):
        assert (tmp_path / "new" / name).read_bytes() == (SCHEMAS / name).read_bytes()


def test_doc_writes_one_page(tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    assert run("doc", SCHEMAS / "letter.odd", "-o", page).exit_code == 0
    assert page.read_bytes().startswith(b"<!DOCTYPE html>")


def test_build_takes_the_guidelines(tmp_path: Path) -> None:
    odd = tmp_path / "small.odd"
    modules = '<moduleRef key="tei"/><moduleRef key="core" include="p hi"/>'
    odd.write_text(ODD.format(modules), "utf-8")
    source = shared("data", "tei", "p5subset_4.9.0a.xml")
    assert run("build", odd, "-o", tmp_path, "--source", source).exit_code == 0
    assert b'<element name="hi">' in (tmp_path / "small.rng").read_bytes()


@pytest.mark.parametrize("command", ["build", "doc"])
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, ": it cannot be read: No such file or directory"),
        ("no XML", ", line 1: it is no well-formed XML: Start tag expected, '<' not found"),
        ("", ", line 1: it is no well-formed XML: Document is empty"),
        ("<TEI/>", ", line 1: one schemaSpec is wanted, there are 0"),
        (
            ODD.format('<moduleRef key="core"/>'),
            (
                ", line 2: the module core is not declared here; to take what is missing from the"
                " Guidelines, name their p5subset.xml with --source"
            ),
        ),
        (
            ODD.format('<elementRef key="p"/>'),
            (
                ", line 2: “p” is not declared here; to take what is missing from the"
                " Guidelines, name their p5subset.xml with --source"
            ),
        ),
    ],
    ids=["no file", "no XML", "empty", "no ODD", "module", "element"],
)
def test_what_cannot_be_compiled_is_said_in_a_sentence(
    command: str, content: str | None, problem: str, tmp_path: Path
) -> None:
    odd, target = tmp_path / "mine.odd", tmp_path / "out.html"
    if content is not None:
        odd.write_text(content, "utf-8")
    done = run(command, odd, "-o", target)
    assert done.exit_code == 2
    assert done.output.strip().splitlines()[-1].startswith(f"Error: {odd}{problem}")
    assert not target.exists()


def test_nothing_is_written_where_one_schema_fails(tmp_path: Path) -> None:
    odd = tmp_path / "mine.odd"
    odd.write_text(ODD.format(""), "utf-8")
    done = run("build", odd, "-o", tmp_path)
    assert done.exit_code == 2
    problem = "line 1: the schema starts with “p”, which is not declared"
    assert done.output == f"Error: {odd}, {problem}\n"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.odd"]


def test_a_source_that_is_none(tmp_path: Path) -> None:
    done = run("build", SCHEMAS / "letter.odd", "-o", tmp_path, "--source", SCHEMAS / "letter.rng")
    assert done.exit_code == 2
    assert "there is no elementSpec in the source; is it p5subset.xml?" in done.output
    assert f"{SCHEMAS / 'letter.rng'}, line 2" in done.output
