"""What there is to say about a draft before it goes to an account: network, link, dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from smmlib.campaign import Account, Campaign
from smmlib.draft import Draft, Version
from smmlib.drafting.links import check_link
from smmlib.errors import UnknownNameError
from smmlib.language import mark
from smmlib.networks import Finding, Network

_ORDER = {"error": 0, "warning": 1, "notice": 2}


def check(
    draft: Draft,
    *,
    campaign: Campaign | None,
    network: Network,
    account: Account | None = None,
    now: datetime | None = None,
) -> tuple[Finding, ...]:
    """Everything to say about a draft on one network; worst first.

    Args:
        draft: The draft.
        campaign: Its campaign, or None.
        network: The network, with the account's own limits if it has any.
        account: The account it goes to; None checks the text all versions follow, as a post.
        now: The moment planned times are judged by, with time zone; None: the moment it is.

    Raises:
        UnknownNameError: The draft does not go to `account`.
    """
    version = _version(draft, account)
    text = draft.text if version.text is None else version.text
    moment = now or datetime.now().astimezone()
    today = moment.date()
    found = [*network.check(text, media=version.media, format=version.format, today=today)]
    found += _empty(text, version)
    found += check_link(draft.link or (campaign.link if campaign else ""))
    found += _dates(version, campaign, account, moment)
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def _version(draft: Draft, account: Account | None) -> Version:
    if account is None:
        return Version(account="-")
    for version in draft.versions:
        if version.account == account.id:
            return version
    raise UnknownNameError(mark("Account"), account.id, [version.account for version in draft.versions])


def _empty(text: str, version: Version) -> Iterator[Finding]:
    if not text.strip() and not version.media:
        template = mark("There is neither text nor media yet.")
        yield Finding("empty", "warning", template=template)


def _dates(
    version: Version, campaign: Campaign | None, account: Account | None, now: datetime
) -> Iterator[Finding]:
    when = version.planned_at
    if when is None:
        return
    if when < now and not version.permalink:
        template = mark("The planned time {when:datetime} has passed. Choose a later one.")
        yield Finding("planned_past", "warning", values={"when": _local(when, account)}, template=template)
    day = _local(when, account).date()
    if campaign and campaign.start and day < campaign.start:
        template = mark(
            "Planned for {day:date}, before the campaign starts on {edge:date}. Change one of the two."
        )
        values = {"day": day, "edge": campaign.start}
        yield Finding("planned_early", "warning", values=values, template=template)
    if campaign and campaign.end and day > campaign.end:
        template = mark(
            "Planned for {day:date}, after the campaign ends on {edge:date}. Change one of the two."
        )
        values = {"day": day, "edge": campaign.end}
        yield Finding("planned_late", "warning", values=values, template=template)


def _local(when: datetime, account: Account | None) -> datetime:
    return when.astimezone(ZoneInfo(account.time_zone)) if account else when
