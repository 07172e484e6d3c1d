"""``epistola register``: merge, split and rename the entries of an edition's registers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from epistola.terminal import Refusal, called, examples

T = TypeVar("T")

edition_option = click.option(
    "--edition",
    "folder",
    metavar="FOLDER",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The edition whose registers change; the folder one is in without it.",
)


@click.group(
    "register",
    epilog=examples(
        "register merge person-hale-2 person-hale --edition edition",
        "register split person-hale 'Anne Hale' --edition edition",
        "register rename person-2 person-bly --edition edition",
    ),
)
def register_command() -> None:
    """Merge, split and rename the entries of an edition's registers.

    An id is never lost: one that goes stays in its file as a stub, which leads to the entry
    that stands for it now. Outside of what changes, the files stay byte for byte. The next
    run encodes the letters anew that this concerns.
    """


@register_command.command(
    "merge", epilog=examples("register merge person-hale-2 person-hale --edition edition")
)
@click.argument("old", metavar="ID")
@click.argument("into")
@edition_option
def merge_command(old: str, into: str, folder: Path) -> int:
    """Let the entry INTO stand for the entry ID too.

    It gets the names of ID, and what that says and it does not.
    """
    from epistola.registry.edits import merge  # noqa: PLC0415 - lxml

    changed = _changed(folder, lambda registers: merge(registers, old, into))
    _tell(f"{into} stands for {old} too", changed)
    return 0


@register_command.command(
    "split",
    epilog=examples(
        "register split person-hale 'Anne Hale' --edition edition",
        "register split person-hale 'Anne Hale' 'Mrs. Hale' --id person-hale-anne",
    ),
)
@click.argument("old", metavar="ID")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--id", "new", metavar="NEW-ID", default="", help="The id of the new entry.")
@edition_option
def split_command(old: str, names: tuple[str, ...], new: str, folder: Path) -> int:
    """Give each NAME of the entry ID to a new entry, which is somebody or something else."""
    from epistola.registry.edits import split  # noqa: PLC0415 - lxml

    made, changed = _changed(folder, lambda registers: split(registers, old, names, new))
    _tell(f"{made} is an entry of its own", changed)
    return 0


@register_command.command(
    "rename", epilog=examples("register rename person-2 person-bly --edition edition")
)
@click.argument("old", metavar="ID")
@click.argument("new", metavar="NEW-ID")
@edition_option
def rename_command(old: str, new: str, folder: Path) -> int:
    """Give the entry ID the id NEW-ID; the old one leads to it from then on."""
    from epistola.registry.edits import rename  # noqa: PLC0415 - lxml

    changed = _changed(folder, lambda registers: rename(registers, old, new))
    _tell(f"{old} is {new} now", changed)
    return 0


def _changed(folder: Path, change: Callable[[Path], T]) -> T:
    """Return what ``change`` makes of the registers of the edition; raises Refusal."""
    from epistola.edition import EditionError, settings  # noqa: PLC0415 - lxml
    from epistola.registry.edits import usable  # noqa: PLC0415 - lxml
    from epistola.registry.page import RegistryError  # noqa: PLC0415 - lxml

    try:
        named = settings(folder).get("registers", "registers")
    except EditionError as error:
        raise Refusal(str(error)) from None
    registers = folder / named
    try:
        usable(registers)
        return change(registers)
    except RegistryError as error:
        raise Refusal(str(error)) from None


def _tell(what: str, changed: Sequence[Path]) -> None:
    files = ", ".join(called(path) for path in changed)
    click.echo(f"{what}; changed: {files}", err=True)
