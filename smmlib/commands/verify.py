"""`smm verify`: whether the sign-off log is as it was written."""

from __future__ import annotations

import os
import sys

import click

from smmlib.commands.speech import asked_language


@click.command()
@click.option(
    "--head",
    "known",
    metavar="NUMBER:HASH",
    help="A state of the log known from elsewhere: a review sheet, a backup, a note.",
)
def command(known: str | None) -> None:
    """Check that nobody changed the sign-off log.

    Every entry holds the hash of the one before, so an entry that was changed, taken out or put in
    is named, with exit code 1. That entries were cut off at the end, or all was written anew, shows
    only against a state of the log that was kept elsewhere: give it with --head.

    \b
    Examples:
      smm verify
      smm verify --head 12:9f86d081884c7d65
    """
    from smmlib.drafting.signoff import Head
    from smmlib.workspace import open_workspace

    head = Head.read(known) if known else None
    with open_workspace(create=False) as workspace:
        found = workspace.signoff.verify(head)
    click.echo(found.text(asked_language(os.environ)))
    if not found.whole:
        sys.exit(1)
