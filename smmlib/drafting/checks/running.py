"""Run the checks that are on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from smmlib.asset import Asset
from smmlib.campaign import Account, Campaign
from smmlib.draft import PART_BREAK, Draft, Version
from smmlib.drafting.checks import (
    ad_label,
    address,
    blanks,
    campaign_links,
    claims,
    descriptions,
    embargo,
    emoji,
    fields,
    gender,
    hashtag_case,
    loudness,
    media_files,
    network_rules,
    offer_figures,
    plan,
    readability,
    repeats,
    rights,
    spelling,
    text_language,
    wording,
)
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.options import CheckOptions
from smmlib.drafting.checks.subject import Subject
from smmlib.drafting.spelling import Speller
from smmlib.errors import UnknownNameError
from smmlib.language import mark
from smmlib.networks import Finding, Network

_ROOMS = (
    network_rules,
    fields,
    offer_figures,
    claims,
    wording,
    embargo,
    ad_label,
    address,
    gender,
    text_language,
    readability,
    spelling,
    emoji,
    loudness,
    hashtag_case,
    blanks,
    media_files,
    descriptions,
    rights,
    plan,
    campaign_links,
    repeats,
)

CHECKS: tuple[Check, ...] = tuple(check for room in _ROOMS for check in room.CHECKS)
"""Every check there is, in the order lists show them."""

_ORDER = {"error": 0, "warning": 1, "notice": 2}
_CHECK_OF = {rule: check for check in CHECKS for rule in (check.rules or (check.id,))}


def check(  # noqa: PLR0913
    draft: Draft,
    *,
    campaign: Campaign | None,
    network: Network,
    account: Account | None = None,
    now: datetime | None = None,
    options: CheckOptions | None = None,
    assets: Mapping[str, Asset] | None = None,
    earlier: Sequence[Draft] = (),
    speller: Speller | None = None,
) -> tuple[Finding, ...]:
    """Everything to say about a draft on one network; worst first.

    Args:
        draft: The draft.
        campaign: Its campaign, or None.
        network: The network, with the account's own limits if it has any.
        account: The account it goes to; None checks the text all versions follow, as a post.
        now: The moment planned times are judged by, with time zone; None: the moment it is.
        options: Which checks are on; None: those that are on by default.
        assets: Media files by id, for what a name alone does not tell.
        earlier: Other drafts, to find what was said before.
        speller: A dictionary; None: spelling is not looked at.

    Raises:
        UnknownNameError: The draft does not go to `account`.
    """
    version = _version(draft, account)
    subject = Subject(
        draft=draft,
        version=version,
        text=PART_BREAK.join(version.posted(draft.text)),
        network=network,
        now=now or datetime.now().astimezone(),
        account=account,
        campaign=campaign,
        assets=assets or {},
        earlier=earlier,
        options=options or CheckOptions(),
        speller=speller,
    )
    return tuple(sorted(_findings(subject), key=lambda finding: _ORDER[finding.severity]))


def is_on(check: Check, options: CheckOptions) -> bool:
    """Whether a check runs with these options."""
    return check.id not in options.off and (check.on or check.id in options.on)


def _findings(subject: Subject) -> Iterator[Finding]:
    for finding in network_rules.findings(subject):
        known = _CHECK_OF.get(finding.rule)
        if known is None or is_on(known, subject.options):
            yield finding
    for each in CHECKS:
        if each.run is not None and is_on(each, subject.options):
            yield from each.run(subject)


def _version(draft: Draft, account: Account | None) -> Version:
    if account is None:
        return Version(account="-")
    for version in draft.versions:
        if version.account == account.id:
            return version
    raise UnknownNameError(mark("Account"), account.id, [version.account for version in draft.versions])
