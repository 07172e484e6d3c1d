"""Options that several commands have: the edition, the language, what is tagged.

What they need to be read is loaded when they are given.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True, slots=True)
class Way:
    """How many letters are encoded: where, all or what is new, once or again.

    ``html`` asks for a page to read beside each.
    """

    jobs: int = 1
    force: bool = False
    watch: bool = False
    cluster: str | None = None
    html: bool = False


def known_language(_: click.Context, __: click.Parameter, code: str | None) -> str | None:
    """Return ``code`` if there is a file of words for it."""
    from epistola.language import codes  # noqa: PLC0415 - as the module says

    if code is not None and code not in codes():
        raise click.BadParameter(f"“{code}” is not known; there are {', '.join(codes())}")
    return code


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
