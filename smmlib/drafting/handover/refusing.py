"""Why a post must not leave the house, or cannot go to a tool. Nothing is handed over silently changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from smmlib.draft import Draft
from smmlib.drafting.checks import CheckOptions, check
from smmlib.drafting.handover.post import Post
from smmlib.drafting.handover.profiles import Profile
from smmlib.drafting.media import KEPT_RULE, RIGHTS_RULES, media_problems
from smmlib.formulas import is_formula
from smmlib.language import Message, mark
from smmlib.networks import Finding, account_label

Reason = Message | Finding
"""Why not; both have `.text(language)`."""

# The checks say these too, but they can be switched off; rights stop a post all the same.
_SAID_BY_RIGHTS = frozenset({*RIGHTS_RULES, KEPT_RULE})

Approval = Callable[[Draft, str], Message | None]
"""Told a draft and an account id, says why the post is not approved; None: it is."""


def reasons_against(
    post: Post, *, approved: Approval, now: datetime, options: CheckOptions | None = None
) -> tuple[Reason, ...]:
    """Why a post must not leave the house; empty if it may.

    Args:
        post: The post.
        approved: Says whether it is signed off.
        now: The moment it is judged by, with time zone.
        options: Which checks are on.
    """
    return tuple(_reasons(post, approved, now, options))


def reasons_of_profile(
    post: Post, profile: Profile, *, now: datetime, channels: Mapping[str, str]
) -> tuple[Reason, ...]:
    """Why a post cannot go to a tool; empty if it can.

    Args:
        post: The post.
        profile: What the tool takes.
        now: The moment it is judged by.
        channels: Account id to the tool's own id of it.
    """
    return tuple(_reasons_of_profile(post, profile, now, channels))


def _reasons(post: Post, approved: Approval, now: datetime, options: CheckOptions | None) -> Iterator[Reason]:
    if post.version.published:
        yield Message(mark("It is posted already."))
    missing = approved(post.draft, post.account.id)
    if missing is not None:
        yield missing
    for item, asset in post.media:
        yield from media_problems(item, asset, post.day(now))
    if not post.text.strip() and not post.version.media:
        yield Message(mark("There is neither text nor media."))
    files = {asset.id: asset for asset in post.assets if asset is not None}
    findings = check(
        post.draft,
        campaign=post.campaign,
        network=post.network,
        account=post.account,
        now=now,
        options=options,
        assets=files,
    )
    yield from (f for f in findings if _stops(f) and f.rule not in _SAID_BY_RIGHTS)


def _stops(finding: Finding) -> bool:
    """Whether a finding keeps a post back; one without a time might be posted before the embargo ends."""
    return finding.severity == "error" or finding.rule == "embargo"


def _reasons_of_profile(
    post: Post, profile: Profile, now: datetime, channels: Mapping[str, str]
) -> Iterator[Reason]:
    tool = {"tool": profile.name["en"]}
    if profile.settings and post.account.network not in profile.settings:
        sentence = mark("{tool} cannot be told all that {network} needs; post it there by hand.")
        yield Message(sentence, {**tool, "network": post.network.name})
    if profile.channels and not channels.get(post.account.id):
        sentence = mark("The id that {tool} has for {account} is not known; enter it below.")
        yield Message(sentence, {**tool, "account": account_label(post.account, post.network)})
    if len(post.parts) > 1 and not profile.threads:
        yield Message(mark("{tool} takes no threads; copy the parts one after the other."), tool)
    yield from _reasons_of_time(post, profile, now)
    if profile.formulas == "refuse" and any(map(is_formula, post.parts)):
        sentence = mark(
            "The text begins with {sign}, which a spreadsheet would take for a formula; "
            "put a word or an emoji before it."
        )
        yield Message(sentence, {"sign": repr(post.text.strip()[:1])})
    if profile.link == "text":
        yield from _reason_of_length(post)


def _reasons_of_time(post: Post, profile: Profile, now: datetime) -> Iterator[Reason]:
    when = post.planned
    if when is None:
        if profile.needs_time:
            yield Message(mark("No time is planned."))
        return
    if when.minute % profile.minutes or (profile.dates and when.second):
        sentence = mark("{tool} takes times in steps of {minutes} minutes; move it from {when:time}.")
        values = {"tool": profile.name["en"], "minutes": profile.minutes, "when": when.time()}
        yield Message(sentence, values)
    if profile.ahead_minutes and when < now + timedelta(minutes=profile.ahead_minutes):
        sentence = mark("{tool} takes posts from {minutes} minutes ahead; {when:datetime} is too soon.")
        values = {"tool": profile.name["en"], "minutes": profile.ahead_minutes, "when": when}
        yield Message(sentence, values)


def _reason_of_length(post: Post) -> Iterator[Reason]:
    limit = post.network.limit(post.version.format)
    last = post.parts_with_link()[-1]
    if limit is not None and last != post.parts[-1] and post.network.count(last) > limit:
        sentence = mark("With its link the text has {over} characters too many; shorten it.")
        yield Message(sentence, {"over": post.network.count(last) - limit})
