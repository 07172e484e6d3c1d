"""The command line: ``epistola COMMAND``; each command has a module of its own.

A command is loaded when it is called: a check does not wait for the recognisers.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from epistola import __version__
from epistola.terminal import examples

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "adopt": ("epistola.cli_adopt", "adopt_command"),
        "check": ("epistola.cli_check", "check_command"),
        "decisions": ("epistola.cli_decisions", "decisions_command"),
        "encode": ("epistola.cli_encode", "encode_command"),
        "evaluate": ("epistola.cli_evaluate", "evaluate_command"),
        "export": ("epistola.cli_export", "export_command"),
        "gazetteer": ("epistola.cli_gazetteer", "gazetteer"),
        "import": ("epistola.cli_import", "import_command"),
        "init": ("epistola.cli_init", "init_command"),
        "reconcile": ("epistola.cli_reconcile", "reconcile_command"),
        "register": ("epistola.cli_register", "register_command"),
        "report": ("epistola.cli_report", "report_command"),
        "schema": ("epistola.cli_schema", "schema"),
        "show": ("epistola.cli_show", "show_command"),
        "status": ("epistola.cli_status", "status_command"),
        "train": ("epistola.cli_train", "train_command"),
    }
)
"""The commands: the module of each, and its name there."""


class Commands(click.Group):
    """The commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as Click has it
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Return the command of that name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples("encode letter.txt -o letter.xml", "check letter.xml"),
)
@click.version_option(__version__, prog_name="epistola")
def cli() -> None:
    """Turn the plain text of letters into TEI P5 editions."""
