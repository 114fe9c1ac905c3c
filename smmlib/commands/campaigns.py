"""`smm campaigns`: list, check, export and import campaign briefs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smmlib.commands.speech import asked_language
from smmlib.errors import InvalidValueError, UnknownNameError, UnreadableFileError, WorkspaceError
from smmlib.language import Language, mark, say, say_many
from smmlib.networks.findings import SEVERITIES

if TYPE_CHECKING:
    from smmlib.campaign import Campaign
    from smmlib.workspace import Workspace


@click.command()
@click.argument("name", required=False)
@click.option(
    "--export", "target", metavar="FILE.yaml", help="Write the brief of NAME to a file; - prints it."
)
@click.option(
    "--import", "source", metavar="FILE.yaml", help="Store the brief in a file; - reads standard input."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(name: str | None, target: str | None, source: str | None, as_json: bool) -> None:
    """List campaigns; with NAME (or id) show one brief and what is still open in it.

    A file with the id of a campaign that is there changes it, otherwise a new one is added. Nothing is
    stored unless the whole file can be read.

    \b
    Examples:
      smm campaigns
      smm campaigns "Spring 2026"
      smm campaigns "Spring 2026" --export spring.yaml
      smm campaigns --import spring.yaml
    """
    from smmlib.workspace import open_workspace

    language = asked_language(os.environ)
    if source and (name or target):
        raise InvalidValueError(mark("--import takes no NAME and no --export; leave them out."))
    if target and not name:
        raise InvalidValueError(
            mark("--export needs the name of a campaign: smm campaigns NAME --export FILE.")
        )
    brief = _read(source) if source else None
    with open_workspace(create=brief is not None) as workspace:
        if brief:
            _import(workspace, brief, language)
        elif target:
            _export(_named(workspace, str(name)), target, language)
        else:
            _show([_named(workspace, name)] if name else workspace.campaigns.list(), bool(name), as_json)


def _show(found: Sequence[Campaign], whole: bool, as_json: bool) -> None:
    from smmlib.drafting.briefing import check_briefing, to_yaml

    language = asked_language(os.environ)
    if as_json:
        click.echo(json.dumps([campaign.model_dump(mode="json") for campaign in found], indent=2))
    elif whole:
        click.echo(to_yaml(found[0], language=language), nl=False)
        for finding in check_briefing(found[0]):
            click.echo(f"{say(SEVERITIES[finding.severity], language)}: {finding.text(language)}", err=True)
    else:
        for campaign in found:
            period = f"{campaign.start or '…'} – {campaign.end or '…'}"
            shown = "".join(c if c.isprintable() else "\ufffd" for c in campaign.name)
            click.echo(f"{campaign.id:12}  {period:23}  {shown}")
        click.echo(say_many("{count} campaign", "{count} campaigns", len(found), language), err=True)


def _export(campaign: Campaign, target: str, language: Language) -> None:
    from smmlib.drafting.briefing import to_yaml

    text = to_yaml(campaign, language=language)
    if target == "-":
        click.echo(text, nl=False)
        return
    try:
        with open(target, "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise WorkspaceError(mark("{path} is there already; choose another name."), path=target) from None
    except OSError as problem:
        raise _unusable(target, problem) from None
    click.echo(say("Written: {path}", language, path=target), err=True)


def _read(source: str) -> Campaign:
    from smmlib.drafting.briefing import from_yaml

    return from_yaml(_content(source), name=source)


def _import(workspace: Workspace, campaign: Campaign, language: Language) -> None:
    from smmlib.drafting.briefing import check_briefing

    there = campaign.id in workspace.campaigns
    workspace.campaigns.keep(campaign)
    text = mark("Changed: {name}") if there else mark("Added: {name}")
    click.echo(say(text, language, name=campaign.name))
    for finding in check_briefing(campaign):
        click.echo(f"{say(SEVERITIES[finding.severity], language)}: {finding.text(language)}", err=True)


def _content(source: str) -> str:
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFileError(
            mark("{path} is not text in UTF-8; save it as UTF-8."), path=source
        ) from None
    except OSError as problem:
        raise _unusable(source, problem) from None


def _unusable(path: str, problem: OSError) -> WorkspaceError:
    return WorkspaceError(
        mark("{path} cannot be used: {why}."), path=path, why=problem.strerror or type(problem).__name__
    )


def _named(workspace: Workspace, named: str) -> Campaign:
    campaigns = workspace.campaigns.list()
    for campaign in campaigns:
        if named in (campaign.id, campaign.name):
            return campaign
    raise UnknownNameError(mark("Campaign"), named, [campaign.name for campaign in campaigns])
