"""Run the command line: ``python -m epistola``, or ``epistola``."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

import click

from epistola.cli import cli

INTERRUPTED = 130
SELDOM = (50_000, 20, 100)
"""How seldom cycles of garbage are looked for: what is loaded stays, and letters leave few."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; a run that is stopped ends in one line."""
    gc.set_threshold(*SELDOM)
    try:
        return int(cli(arguments, prog_name="epistola", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("epistola: stopped", err=True)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
