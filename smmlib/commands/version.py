"""`smm version`: what is installed, and which workspace would be used."""

from __future__ import annotations

import os
import platform

import click

from smmlib.commands.speech import asked_language
from smmlib.errors import SmmError
from smmlib.language import say


@click.command()
def command() -> None:
    """Show the versions of smmlib and Python, and the workspace in use.

    \b
    Example:
      smm version
    """
    from smmlib import __version__
    from smmlib.workspace import open_workspace

    language = asked_language(os.environ)
    click.echo(f"smmlib {__version__}")
    click.echo(f"Python {platform.python_version()} ({platform.system()})")
    try:
        with open_workspace(create=False) as workspace:
            found = {"path": str(workspace.path), "version": workspace.schema_version}
            click.echo(say("Workspace {path} (tables {version})", language, **found))
            for warning in workspace.warnings:
                click.echo(warning.text(language), err=True)
    except SmmError as problem:
        click.echo(problem.text(language))
