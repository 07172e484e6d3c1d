"""The command that teaches: what it writes, and how it says no."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from epistola.cli import cli
from epistola.mentions.learned.model import models_in
from training_gold import write


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["train", *map(str, arguments)], standalone_mode=False)
    code = result.return_value if result.exception is None else getattr(result.exception, "code", 2)
    message = getattr(result.exception, "message", "")
    return code if isinstance(code, int) else 2, f"{result.output}{message}"


def test_a_model_and_its_card_are_written(tmp_path: Path) -> None:
    gold, out = write(tmp_path / "gold", 24), tmp_path / "weights"
    (gold / "broken.xml").write_text("nothing", "utf-8")
    code, told = run(gold, "-o", out, "--data", "Letters nobody wrote, public domain")
    assert code == 2, "a file could not be read"
    assert "broken.xml" in told
    assert list(models_in(out)) == ["en"]
    card = (out / "en" / "card.md").read_text("utf-8")
    assert "- Letters nobody wrote, public domain" in card
    assert "24 gold letters" in card
    assert "| persons |" in card


@pytest.mark.parametrize(
    ("letters", "extra", "message"),
    [
        (3, [], "3 letters are tagged throughout, 20 are needed"),
        (0, [], "there are no *.xml files in this folder"),
        (24, ["--texts", "{tmp}/gold"], "there is no letter in it"),
        (24, ["--language", "xx"], "“xx” is not known"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, letters: int, extra: list[str], message: str
) -> None:
    gold = write(tmp_path / "gold", letters)
    arguments = [part.format(tmp=tmp_path) for part in extra]
    code, told = run(gold, "-o", tmp_path / "weights", *arguments)
    assert (code, message in told) == (2, True), told
    assert not (tmp_path / "weights").exists()
