"""Options that several commands have: the edition, the language of the text.

What they need to be read is loaded when they are given.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from epistola.terminal import Refusal

if TYPE_CHECKING:
    from epistola.edition import Edition


def known_language(_: click.Context, __: click.Parameter, code: str | None) -> str | None:
    """Return ``code`` if there is a file of words for it."""
    from epistola.language import codes  # noqa: PLC0415 - as the module says

    if code is not None and code not in codes():
        raise click.BadParameter(f"“{code}” is not known; there are {', '.join(codes())}")
    return code


def loaded_edition(_: click.Context, __: click.Parameter, folder: Path | None) -> Edition | None:
    """Return the edition in ``folder``."""
    if folder is None:
        return None
    from epistola.edition import EditionError, load_edition  # noqa: PLC0415 - as the module says

    try:
        return load_edition(folder)
    except EditionError as error:
        raise Refusal(str(error)) from None


language_option = click.option(
    "--language",
    metavar="CODE",
    callback=known_language,
    help="The language of the text, such as en; without it, the text itself tells.",
)
edition_option = click.option(
    "--edition",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=loaded_edition,
    help="The edition (its edition.toml, registers and decisions) the letter belongs to.",
)
