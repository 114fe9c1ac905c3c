"""`smm restore`: a workspace from a backup."""

from __future__ import annotations

import os
from pathlib import Path

import click

from smmlib.commands.byte_bar import byte_bar
from smmlib.commands.speech import asked_language
from smmlib.language import say


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="ZIP")
@click.option("--into", type=click.Path(path_type=Path), help="Folder to restore into; else the workspace's.")
def command(source: Path, into: Path | None) -> None:
    """Put the workspace of a backup in its place.

    A workspace that is there already is moved aside, not deleted; its new name is printed.

    \b
    Examples:
      smm restore team-2026-11-24.zip
      smm restore --into ~/smm team-2026-11-24.zip
    """
    from smmlib.workspace import restore_workspace

    language = asked_language(os.environ)
    with byte_bar(source.name) as progress:
        folder, aside = restore_workspace(source, into, progress=progress)
    click.echo(say("{file} is restored in {path}.", language, file=str(source), path=str(folder)))
    if aside is not None:
        click.echo(say("The workspace that was there is in {path}.", language, path=str(aside)))
