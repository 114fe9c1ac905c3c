"""`smm backup`: the whole workspace in one ZIP."""

from __future__ import annotations

import os
from pathlib import Path

import click

from smmlib.commands.byte_bar import byte_bar
from smmlib.commands.speech import asked_language
from smmlib.language import say


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="ZIP")
def command(target: Path) -> None:
    """Write the workspace into a ZIP file.

    Notebooks may stay open meanwhile. An earlier backup of that name is replaced when the new
    one is complete; any other file stays.

    \b
    Examples:
      smm backup team-2026-11-24.zip
      SMM_WORKSPACE=data/practice smm backup practice.zip
    """
    from smmlib.workspace import open_workspace

    language = asked_language(os.environ)
    with open_workspace(create=False) as workspace, byte_bar(target.name) as progress:
        written = workspace.backup(target, progress=progress)
        found = {"path": str(workspace.path), "file": str(written), "size": written.stat().st_size}
    click.echo(say("{path} is kept in {file} ({size} bytes).", language, **found))
