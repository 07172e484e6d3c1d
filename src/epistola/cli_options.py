"""Options that several commands have: the edition, the language, what is tagged.

What they need to be read is loaded when they are given.
"""

from __future__ import annotations

from dataclasses import replace
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
    help="The language of the text, such as en; without it, the text itself tells, and where it"
    " does not, the edition.",
)
edition_option = click.option(
    "--edition",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=loaded_edition,
    help="The edition (its edition.toml, registers and decisions) the letter belongs to.",
)
no_model_option = click.option(
    "--no-model", is_flag=True, help="Let the rules decide alone, without what was learned."
)
min_cert_option = click.option(
    "--min-cert",
    type=click.Choice(["low", "medium", "high"]),
    help="Leave out tags that are less certain; high are those that need no @cert, low keeps all.",
)

line_breaks_option = click.option(
    "--line-breaks", is_flag=True, help="Keep every line of the text, as lb."
)


def keeping(edition: Edition | None, *, line_breaks: bool) -> Edition | None:
    """Return ``edition``, with every line kept if the option says so."""
    if not line_breaks:
        return edition
    from epistola.edition import Edition  # noqa: PLC0415 - as the module says

    chosen = edition or Edition()
    return replace(chosen, details=replace(chosen.details, line_breaks=True))


def tagging(edition: Edition | None, *, no_model: bool, min_cert: str | None) -> Edition | None:
    """Return ``edition`` with what the options say of it; they come before its edition.toml."""
    if not no_model and min_cert is None:
        return edition
    from epistola.edition import LEAST, Edition  # noqa: PLC0415 - as the module says
    from epistola.mentions.learned.model import RULES_ALONE  # noqa: PLC0415 - as above

    chosen = edition or Edition()
    if no_model:
        chosen = replace(chosen, models=RULES_ALONE)
    return chosen if min_cert is None else replace(chosen, least=LEAST[min_cert])
