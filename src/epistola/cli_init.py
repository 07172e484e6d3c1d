"""``epistola init``: begin an edition."""

from __future__ import annotations

import json
from pathlib import Path

import click

from epistola.cli_options import known_language
from epistola.edition import FILE
from epistola.files import DECISIONS, LETTERS, REGISTERS, SOURCES, write_whole
from epistola.terminal import Refusal, examples

FOLDERS = (SOURCES, LETTERS, REGISTERS, DECISIONS)
TEMPLATE = Path(__file__).with_name("corpus") / FILE


@click.command(
    "init", epilog=examples("init edition/", 'init edition/ --title "Letters of Ann Bly"')
)
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="Letters", help="The title of the edition.")
@click.option(
    "--language",
    metavar="CODE",
    default="en",
    callback=known_language,
    help="The language of letters whose text does not tell it.",
)
def init_command(*, folder: Path, title: str, language: str) -> None:
    """Begin an edition in FOLDER: its edition.toml, and folders for what belongs to it.

    Texts go into its sources/; "epistola encode --edition FOLDER" makes its letters/.
    What is there already is left as it is.
    """
    if (folder / FILE).exists():
        raise Refusal(f"{folder / FILE} is there already; edit it, or begin in another folder")
    text = TEMPLATE.read_text("utf-8").replace('"Letters"', json.dumps(title, ensure_ascii=False))
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        write_whole(folder / FILE, text.replace('"en"', json.dumps(language)).encode())
    except OSError as error:
        raise Refusal(f"{folder}: it cannot be written: {error.strerror}") from None
    click.echo(f"{folder / FILE}: say in it who publishes the edition, and under which licence")
    click.echo(f"{folder / SOURCES}: put the texts of the letters there")
