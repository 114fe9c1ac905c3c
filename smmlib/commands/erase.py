"""`smm erase`: take a person out of the workspace on request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from smmlib.commands.speech import asked_language, plain
from smmlib.language import Language, day, say

if TYPE_CHECKING:
    from smmlib.workspace import Workspace


@click.command()
@click.argument("persons", nargs=-1, metavar="NAME…")
@click.option("--author", default="", help="Who erases; logged.")
@click.option("--yes", "sure", is_flag=True, help="Do not ask first.")
def command(persons: tuple[str, ...], author: str, sure: bool) -> None:
    """Erase a person's data everywhere in the workspace, and log that it was done.

    Give every name, handle and address the person is known by, each in quotation marks. They are
    replaced in records and their history, posts and figures; original files and media that hold
    them are deleted. The log says when, who and how much, not whom. Without a name the log is shown.

    \b
    Examples:
      smm erase "Eva Müller" "@eva.mueller" "eva@example.org" --author Mia
      smm erase
    """
    from smmlib.workspace import open_workspace

    language = asked_language(os.environ)
    with open_workspace(create=False) as workspace:
        if not persons:
            _show_log(workspace, language)
            return
        question = say(
            "Erase {names} everywhere in {path}? This cannot be taken back.",
            language,
            names=", ".join(persons),
            path=str(workspace.path),
        )
        if not sure and not click.confirm(question):
            click.echo(say("Nothing was erased.", language))
            return
        for person in persons:
            click.echo(f"{person}: {workspace.erase(person, author=author).text(language)}")


def _show_log(workspace: Workspace, language: Language) -> None:
    log = workspace.erasures()
    if log.empty:
        click.echo(say("Nothing was ever erased here.", language))
    counts = ("records", "parts", "originals")
    for row in log.to_dict("records"):
        when = day(row["at"].tz_convert(workspace.settings.time_zone).date(), language)
        by = plain(row["author"]) or say("somebody", language)
        click.echo(
            say(
                "{day}, {author}: {records} states of records, {parts} data files, "
                "{originals} original files",
                language,
                day=when,
                author=by,
                **{count: row[count] for count in counts},
            )
        )
