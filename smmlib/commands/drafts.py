"""`smm drafts`: list, search and show drafts, and take in a plan made in a spreadsheet."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smmlib.commands.speech import asked_language, plain
from smmlib.errors import UnknownNameError, UnreadableFileError
from smmlib.language import mark, say, say_many

if TYPE_CHECKING:
    from smmlib.draft import Draft
    from smmlib.workspace import Workspace


@click.command()
@click.argument("words", nargs=-1)
@click.option("--show", "shown", metavar="ID", help="Show one draft in full.")
@click.option("--campaign", help="Only drafts of this campaign (its name or id).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--import",
    "plan",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take in a plan in CSV: report row by row, then ask.",
)
@click.option("--yes", is_flag=True, help="Store what --import found without asking.")
def command(
    words: tuple[str, ...],
    shown: str | None,
    campaign: str | None,
    as_json: bool,
    plan: Path | None,
    yes: bool,
) -> None:
    """List drafts, newest last; with WORDS only those in which all of them occur.

    With --import a plan in CSV becomes drafts: what `smm handover neutral-csv` writes, or a table with
    columns such as account, date, time and text.

    \b
    Examples:
      smm drafts
      smm drafts summer bike
      smm drafts --campaign "Spring 2026" --json
      smm drafts --show 1f2e3d4c5b6a
      smm drafts --import december.csv
    """
    from smmlib.workspace import open_workspace

    if plan is not None:
        _take_in(plan, yes)
        return

    with open_workspace(create=False) as opened:
        if shown:
            found: Sequence[Draft] = [opened.drafts.get(shown)]
        else:
            found = _found(opened, " ".join(words), campaign)
        names = {known.id: known.name for known in opened.campaigns.list()}
    if as_json:
        click.echo(json.dumps([draft.model_dump(mode="json") for draft in found], indent=2))
    elif shown:
        _print_one(found[0], names)
    else:
        for draft in found:
            click.echo(f"{draft.id}  {plain(names.get(draft.campaign, ''))[:24]:24}  {plain(draft.name)}")
        language = asked_language(os.environ)
        click.echo(say_many("{count} draft", "{count} drafts", len(found), language), err=True)


def _take_in(file: Path, sure: bool) -> None:
    """Report what a plan would change, ask, and store it."""
    from smmlib.workspace import open_workspace

    language = asked_language(os.environ)
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise UnreadableFileError(
            mark("{path} cannot be read: {why}."), path=file, why=problem.strerror
        ) from None
    with open_workspace(create=False) as workspace:
        plan = workspace.handover.read_plan(content, name=file.name)
        click.echo(plain(plan.text(language), lines=True))
        count = len(plan.drafts)
        ask = say_many("Store {count} draft?", "Store {count} drafts?", count, language)
        if not count or not (sure or click.confirm(ask)):
            click.echo(say("Nothing stored.", language))
            return
        workspace.handover.take(plan)
    click.echo(say_many("{count} draft stored.", "{count} drafts stored.", count, language))


def _found(workspace: Workspace, words: str, campaign: str | None) -> Sequence[Draft]:
    from smmlib.drafting.search import find

    drafts: Sequence[Draft] = workspace.drafts.list()
    if campaign is not None:
        wanted = _campaign(workspace, campaign)
        drafts = [draft for draft in drafts if draft.campaign == wanted]
    return find(drafts, words, accounts=workspace.accounts.list()) if words else drafts


def _campaign(workspace: Workspace, named: str) -> str:
    campaigns = workspace.campaigns.list()
    for known in campaigns:
        if named in (known.id, known.name):
            return known.id
    raise UnknownNameError(mark("Campaign"), named, [known.name for known in campaigns])


def _print_one(draft: Draft, names: dict[str, str]) -> None:
    lines = {"id": draft.id, "title": draft.title, "campaign": names.get(draft.campaign, draft.campaign)}
    lines |= {"link": draft.link, **draft.labels}
    for name, value in lines.items():
        if value:
            click.echo(f"{plain(name)}: {plain(value)}")
    click.echo(f"\n{plain(draft.text, lines=True)}")
    for version in draft.versions:
        planned = f", {version.planned_at:%Y-%m-%d %H:%M %Z}" if version.planned_at else ""
        click.echo(f"\n[{plain(version.account)}, {version.format}{planned}]")
        if version.text is not None:
            click.echo(plain(version.text, lines=True))
    for variant in draft.variants:
        click.echo(f"\n[{plain(variant.name)}]\n{plain(variant.text, lines=True)}")
