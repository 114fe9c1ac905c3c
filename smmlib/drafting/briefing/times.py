"""Days of a brief that contradict each other: period, embargo, days of the offer, clearances of claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smmlib.campaign import Campaign
from smmlib.language import mark
from smmlib.message_house import Claim, KeyDate
from smmlib.networks import Finding


def findings(campaign: Campaign, today: date) -> Iterator[Finding]:
    """What is wrong with the days of a brief."""
    yield from _period(campaign, today)
    yield from _embargo(campaign)
    for each in campaign.offer.dates:
        yield from _offer_day(campaign, each)
    for claim in campaign.claims:
        yield from _clearance(campaign, claim, today)


def _period(campaign: Campaign, today: date) -> Iterator[Finding]:
    if campaign.start is None and campaign.end is None:
        template = mark("The campaign has no period. Enter its first and last day.")
        yield Finding("start", "notice", template=template)
    if campaign.end and campaign.end < today:
        template = mark("The campaign ended on {end:date}. Enter a later day, or copy it for a new one.")
        yield Finding("end", "warning", values={"end": campaign.end}, template=template)


def _embargo(campaign: Campaign) -> Iterator[Finding]:
    if campaign.embargo is None:
        return
    lifted = campaign.embargo.date()
    if campaign.end and lifted > campaign.end:
        template = mark(
            "The embargo lasts until {embargo:datetime}, past the end of the campaign on {end:date}: "
            "nothing could ever appear. Change one of the two."
        )
        values = {"embargo": campaign.embargo, "end": campaign.end}
        yield Finding("embargo", "error", values=values, template=template)
    elif campaign.start and lifted > campaign.start:
        template = mark(
            "The campaign starts on {start:date}, but nothing may appear before {embargo:datetime}. "
            "Plan no posts before that, or change one of the two."
        )
        values = {"embargo": campaign.embargo, "start": campaign.start}
        yield Finding("embargo", "notice", values=values, template=template)


def _offer_day(campaign: Campaign, each: KeyDate) -> Iterator[Finding]:
    last = each.until or each.day
    if campaign.start and last < campaign.start:
        template = mark(
            "{label} is over on {last:date}, before the campaign starts on {start:date}. "
            "Change one of the two."
        )
        values = {"label": each.label or "?", "last": last, "start": campaign.start}
        yield Finding("offer", "warning", values=values, template=template)
    if campaign.end and each.day > campaign.end:
        template = mark(
            "{label} is on {day:date}, after the campaign ends on {end:date}. Change one of the two."
        )
        values = {"label": each.label or "?", "day": each.day, "end": campaign.end}
        yield Finding("offer", "warning", values=values, template=template)


def _clearance(campaign: Campaign, claim: Claim, today: date) -> Iterator[Finding]:
    values: dict[str, object] = {"claim": claim.text, "until": claim.valid_until, "on": claim.cleared_on}
    if not claim.cleared_by:
        template = mark(
            "The claim “{claim}” is not cleared; posts that use it are held up. "
            "Have PR or legal clear it and enter who did."
        )
        yield Finding("claims", "warning", values=values, template=template)
    if claim.cleared_on and claim.cleared_on > today:
        template = mark("The claim “{claim}” is cleared on {on:date}, which is yet to come. Correct the day.")
        yield Finding("claims", "error", values=values, template=template)
    if claim.valid_until is None:
        return
    if claim.cleared_on and claim.valid_until < claim.cleared_on:
        template = mark(
            "The claim “{claim}” was valid until {until:date}, before it was cleared on {on:date}. "
            "Correct one of the two."
        )
        yield Finding("claims", "error", values=values, template=template)
    elif claim.valid_until < today:
        template = mark(
            "The claim “{claim}” was valid until {until:date}. Have it cleared again or take it out."
        )
        yield Finding("claims", "warning", values=values, template=template)
    elif campaign.end and claim.valid_until < campaign.end:
        template = mark(
            "The claim “{claim}” is valid until {until:date} only, the campaign runs until {end:date}. "
            "Have it cleared for longer, or do not use it after that."
        )
        yield Finding("claims", "notice", values={**values, "end": campaign.end}, template=template)
