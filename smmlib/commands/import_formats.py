"""`smm import --formats` and `--format FILE.toml`: the formats there are, and formats of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smmlib.language import Language, day, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from smmlib.response.formats import Format
    from smmlib.workspace import Workspace


def print_formats(formats: Mapping[str, Format], language: Language) -> None:
    """A line for each format and language of its headings, and below it the source."""
    from smmlib.response import list_formats
    from smmlib.response.formats import CERTAINTIES

    rows = [
        (
            row["id"],
            say(row["name"], language),
            row["language"],
            say(CERTAINTIES[row["certainty"]], language),
            _day(row["checked_on"], language),
        )
        for row in list_formats(formats).to_dict("records")
    ]
    heads = (
        say("Format", language),
        say("Name", language),
        say("Headings", language),
        say("Certainty", language),
        say("Checked on", language),
    )
    widths = [max(len(str(row[i])) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        click.echo(
            "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    click.echo()
    for id, format in sorted(formats.items()):
        click.echo(say("{id}: described in {source}", language, id=id, source=format.source or "–"))


def named_format(
    said: str | None, workspace: Workspace, language: Language, *, author: str, dry_run: bool
) -> str | Format | None:
    """What `--format` names: an id, or a file of a description, which the workspace keeps.

    Raises:
        UnreadableFileError: The file is missing, or no TOML.
        InvalidRecordError: The description does not fit.
    """
    if said is None or not said.lower().endswith(".toml"):
        return said
    from smmlib.response.format_file import read_format
    from smmlib.response.source_file import file_content

    path = Path(said)
    format = read_format(file_content(path), path.name)
    if not dry_run:
        workspace.formats.keep(format, author=author)
        click.echo(
            say("Format {id!r} is kept; files with these columns are recognised.", language, id=format.id)
        )
    return format


def _day(checked_on: object, language: Language) -> str:
    from datetime import date

    return day(checked_on, language) if isinstance(checked_on, date) else "–"
