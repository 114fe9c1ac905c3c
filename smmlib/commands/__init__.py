"""The commands of `smm`, one module each, loaded when they are called.

A module `smmlib.commands.<name>` holds one click command named `command`; the table below
gives it its name on the command line.
"""

from __future__ import annotations

import importlib

import click

__all__ = ["COMMANDS", "Commands"]

COMMANDS = {
    "backup": "backup",
    "campaigns": "campaigns",
    "compare": "compare",
    "drafts": "drafts",
    "erase": "erase",
    "handover": "handover",
    "import": "imports",
    "lab": "lab",
    "networks": "networks",
    "restore": "restore",
    "sample": "sample",
    "undo": "undo",
    "verify": "verify",
    "version": "version",
}


class Commands(click.Group):
    """The commands, loaded when they are called, so that `smm --help` is quick."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Names as they are typed."""
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"smmlib.commands.{COMMANDS[name]}")
        command: click.Command = module.command
        return command
