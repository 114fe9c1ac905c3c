"""Prices, days and percentages of the text against those of the briefing; see `briefed_figures`.

A text may also name the day it is planned for and the one on which the embargo ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from smmlib.campaign import Campaign
from smmlib.drafting.checks.briefed_figures import Strange, briefed_figures
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.figures_in_text import Amount, Day, Figure, Share, figures_in
from smmlib.language import Language, mark
from smmlib.networks import Finding


def _prices(subject: Subject) -> Iterator[Finding]:
    if subject.campaign and subject.campaign.offer.prices:
        yield from _strange(subject, subject.campaign, Amount)


def _percentages(subject: Subject) -> Iterator[Finding]:
    if subject.campaign and subject.campaign.offer.percentages:
        yield from _strange(subject, subject.campaign, Share)


def _days(subject: Subject) -> Iterator[Finding]:
    if subject.campaign and subject.campaign.offer.dates:
        yield from _strange(subject, subject.campaign, Day)


def _strange(subject: Subject, campaign: Campaign, kind: type[Amount | Share | Day]) -> Iterator[Finding]:
    named = [f for f in _figures(subject.prose, subject.language) if isinstance(f, kind)]
    if not named:
        return
    known = briefed_figures(campaign, subject.language)
    for strange in known.strange(named, subject.prose, _own_days(subject, campaign)):
        yield _finding(strange, subject.text)


def _finding(strange: Strange, text: str) -> Finding:
    span = strange.figure.start, strange.figure.end
    values = {**strange.values, "written": text[slice(*span)]}
    return Finding(strange.rule, "warning", span, values, template=strange.template)


def _own_days(subject: Subject, campaign: Campaign) -> Iterator[date]:
    yield subject.day
    yield from (day for day in (campaign.start, campaign.end) if day)
    if campaign.embargo:
        yield subject.local(campaign.embargo).date()


@lru_cache(maxsize=64)
def _figures(text: str, language: Language) -> tuple[Figure, ...]:
    return figures_in(text, language)


CHECKS = (
    Check(
        "price",
        mark("Prices"),
        mark("Whether the prices in the text are those of the briefing."),
        "briefing",
        _prices,
    ),
    Check(
        "percentage",
        mark("Percentages"),
        mark("Whether the percentages in the text are those of the briefing."),
        "briefing",
        _percentages,
    ),
    Check(
        "offer_date",
        mark("Days of the offer"),
        mark("Whether the days in the text are those of the briefing."),
        "briefing",
        _days,
    ),
)
