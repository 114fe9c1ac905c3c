"""`smm undo`: take an import back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from smmlib.commands.speech import asked_language, plain
from smmlib.language import Language, day, say

if TYPE_CHECKING:
    from smmlib.workspace import Workspace


@click.command()
@click.argument("import_id", required=False, metavar="[IMPORT]")
@click.option("--author", default="", help="Who takes it back.")
def command(import_id: str | None, author: str) -> None:
    """Take an import back: its values go, those it replaced come back. The original file stays.

    Without the id of an import the imports are listed.

    \b
    Examples:
      smm undo
      smm undo 3f9a0c51d2b7 --author Mia
    """
    from smmlib.workspace import open_workspace

    language = asked_language(os.environ)
    with open_workspace(create=False) as workspace:
        if import_id is None:
            _list(workspace, language)
            return
        workspace.response.undo(import_id, author=author)
    click.echo(say("Import {id} was taken back.", language, id=import_id))


def _list(workspace: Workspace, language: Language) -> None:
    imports = workspace.response.imports()
    if imports.empty:
        click.echo(say("Nothing imported yet", language))
    standing = set(imports.loc[imports["undone_at"].isna(), "import_id"])
    for row in imports.to_dict("records"):
        when = day(row["at"].tz_convert(workspace.settings.time_zone).date(), language)
        line = say(
            "{id}  {day}  {source}: {added} values new, {corrected} corrected",
            language,
            id=row["import_id"],
            day=when,
            source=plain(row["source"]),
            added=row["added"],
            corrected=row["corrected"],
        )
        stands = row["import_id"] in standing
        click.echo(line if stands else f"{line} ({say('taken back', language)})")
