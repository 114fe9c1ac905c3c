"""`smm handover`: signed-off posts as a file for a scheduler, a calendar or a spreadsheet."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smmlib.commands.speech import asked_language
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Language, mark, say, say_many

if TYPE_CHECKING:
    from smmlib.drafting.handover import HandOver, Post
    from smmlib.workspace import Workspace

_DAY = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])


@click.command()
@click.argument("profile", required=False)
@click.argument("target", required=False, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--campaign", help="Only posts of this campaign (its name or id).")
@click.option("--account", "accounts", multiple=True, help="Only this account (id or handle); repeatable.")
@click.option("--from", "start", type=_DAY, metavar="DAY", help="Only posts planned from this day on.")
@click.option("--until", "end", type=_DAY, metavar="DAY", help="Only posts planned up to this day.")
@click.option(
    "--channel", "channels", multiple=True, metavar="ACCOUNT=ID", help="The tool's own id of an account."
)
@click.option("--author", default="", help="Who hands over; entered into the sign-off log.")
def command(  # noqa: PLR0913, PLR0917
    profile: str | None,
    target: Path | None,
    campaign: str | None,
    accounts: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
    channels: tuple[str, ...],
    author: str,
) -> None:
    """Write signed-off posts as PROFILE takes them; without PROFILE list the profiles.

    Posts that are not signed off, whose media's rights have ended, or in which a check finds an
    error are named with the reason and left out. FILE may be a folder. Nothing is sent.

    \b
    Examples:
      smm handover
      smm handover neutral-csv december.csv --from 2026-12-01 --until 2026-12-31
      smm handover plan plans/ --campaign "Spring 2026"
      smm handover postiz posts.json --channel "@rad=cm4ean69r0003w8w1"
    """
    from smmlib.workspace import open_workspace

    language = asked_language(os.environ)
    if profile is None:
        _list_profiles(language)
        return
    if target is None:
        raise InvalidValueError(
            mark("Where to? Name a file or a folder: smm handover {profile} FILE."), profile=profile
        )
    with open_workspace(create=False) as opened:
        posts = [
            post
            for post in opened.handover.posts()
            if _is_wanted(post, campaign, accounts, start, end) and not post.version.published
        ]
        ids = _channels(channels, opened)
        done = opened.handover.hand_over(profile, posts=posts, channels=ids, language=language)
        _tell(done, language)
        if not done.content:
            click.echo(say("Nothing was handed over.", language), err=True)
            sys.exit(1)
        path = target / done.name if target.is_dir() else target
        _write(path, done.content)
        opened.handover.log(done, author=author)
    count = len(done.posts)
    told = say_many(
        "{count} post is in {file}.", "{count} posts are in {file}.", count, language, file=str(path)
    )
    click.echo(told)


def _list_profiles(language: Language) -> None:
    from smmlib.drafting.handover import load_profiles

    for profile in load_profiles().values():
        told = say("as of {day:date}: {source}", language, day=profile.checked_on, source=profile.source)
        click.echo(f"{profile.id:14} {profile.name[language]:34} {told if profile.source else ''}".rstrip())


def _is_wanted(
    post: Post,
    campaign: str | None,
    accounts: tuple[str, ...],
    start: datetime | None,
    end: datetime | None,
) -> bool:
    brief = post.campaign
    if campaign is not None and (brief is None or campaign not in (brief.id, brief.name)):
        return False
    if accounts and not {post.account.id, post.account.handle, post.account.label} & set(accounts):
        return False
    day = post.planned.date() if post.planned else None
    first = start.date() if start else date.min
    last = end.date() if end else date.max
    return (start is None and end is None) or (day is not None and first <= day <= last)


def _channels(said: tuple[str, ...], workspace: Workspace) -> dict[str, str]:
    accounts = workspace.accounts.list()
    found: dict[str, str] = {}
    for pair in said:
        name, _, id = pair.partition("=")
        if not (name.strip() and id.strip()):
            raise InvalidValueError(
                mark("--channel {value!r} is not of the form ACCOUNT=ID, such as @rad=cm4ean69r."), value=pair
            )
        ids = [a.id for a in accounts if name.strip() in (a.id, a.handle, a.label)]
        if not ids:
            raise UnknownNameError(mark("Account"), name.strip(), [account.label for account in accounts])
        found |= dict.fromkeys(ids, id.strip())
    return found


def _tell(done: HandOver, language: Language) -> None:
    for refused in done.refused:
        why = " ".join(reason.text(language) for reason in refused.reasons)
        told = say("Not handed over: {post}. {why}", language, post=refused.post.name, why=why)
        click.echo("".join(c if c.isprintable() else " " for c in told), err=True)
    if done.refused:
        count = len(done.refused)
        click.echo(say_many("{count} post refused.", "{count} posts refused.", count, language), err=True)
    for note in done.notes:
        click.echo(note.text(language), err=True)


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise InvalidValueError(
            mark("{path} is there already; it was not touched. Choose another name."), path=str(path)
        ) from None
    except OSError as problem:
        raise InvalidValueError(
            mark("{path} cannot be written ({why}); choose another place."), path=str(path), why=problem
        ) from None
