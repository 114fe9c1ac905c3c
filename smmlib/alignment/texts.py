"""Texts of one campaign against its message house: advertising claims, prices, percentages, days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from smmlib.alignment.conflict import Conflict, about
from smmlib.alignment.surroundings import Surroundings
from smmlib.campaign import Campaign
from smmlib.drafting.checks.briefed_figures import BriefedFigures, briefed_figures
from smmlib.drafting.checks.inflection import find_statement
from smmlib.figures_in_text import Figure, figures_in
from smmlib.language import Language, mark
from smmlib.networks.findings import Finding
from smmlib.planning.calendar import CalendarEntry

_NO_PROSE = re.compile(r"https?://\S+|www\.\S+|[#@＃＠][\w.@-]+")
_MAY_NAME = re.compile(r"\d|prozent|percent|euro", re.IGNORECASE)


def claims(entries: Iterable[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Advertising claims of the campaign that an entry uses and that are not cleared for its day."""
    for entry in entries:
        campaign = around.campaigns.get(entry.campaign)
        day = entry.local.date() if campaign and campaign.claims and entry.text else None
        for claim in campaign.claims if campaign and day else ():
            if day is None or claim.usable(day) or not find_statement(entry.text, claim.text, entry.language):
                continue
            values = {"claim": claim.text, "until": claim.valid_until, "day": day}
            if not claim.cleared_by:
                template = mark(
                    "The advertising claim “{claim}” is not cleared. Ask PR or legal, or leave it out."
                )
                yield about(entry, Finding("claim_uncleared", "error", values=values, template=template))
            else:
                template = mark(
                    "The advertising claim “{claim}” may be used until {until:date}, not on {day:date}. "
                    "Have it cleared again, or leave it out."
                )
                yield about(entry, Finding("claim_expired", "error", values=values, template=template))


def figures(entries: Iterable[CalendarEntry], around: Surroundings) -> Iterator[Conflict]:
    """Prices, percentages and days in texts that the message house of their campaign does not have."""
    houses: dict[tuple[str, Language], BriefedFigures] = {}
    for entry in entries:
        campaign = around.campaigns.get(entry.campaign)
        if campaign is None or not _judges(campaign):
            continue
        named = _figures(entry.text, entry.language) if _MAY_NAME.search(entry.text) else ()
        if not named:
            continue
        key = campaign.id, entry.language
        if key not in houses:
            houses[key] = briefed_figures(campaign, entry.language)
        for strange in houses[key].strange(named, entry.text, _own_days(entry, campaign)):
            written = entry.text[strange.figure.start : strange.figure.end]
            values = {**strange.values, "written": written}
            span = strange.figure.start, strange.figure.end
            yield about(entry, Finding(strange.rule, "warning", span, values, template=strange.template))


def _judges(campaign: Campaign) -> bool:
    offer = campaign.offer
    return bool(offer.prices or offer.percentages or offer.dates)


@lru_cache(maxsize=16_384)
def _figures(text: str, language: Language) -> tuple[Figure, ...]:
    """What a text names; links, hashtags and mentions are blanked, so that every index stays."""
    return figures_in(_NO_PROSE.sub(lambda found: " " * len(found.group()), text), language)


def _own_days(entry: CalendarEntry, campaign: Campaign) -> Iterator[date]:
    yield entry.local.date()
    if entry.end is not None:
        yield entry.end.astimezone(ZoneInfo(entry.time_zone)).date()
    yield from (day for day in (campaign.start, campaign.end) if day)
    if campaign.embargo:
        yield campaign.embargo.astimezone(ZoneInfo(entry.time_zone)).date()
