"""Prices, days and percentages of the text against those of the briefing.

A kind of figure the briefing's offer does not have is not judged. What its other sentences name, such as
a percentage in a proof, is known too; so are the difference of two prices, a price less one of the
percentages, what that saves, 100 %, the days on which the campaign starts and ends, the planned day and
the end of the embargo. Behind "rund" or "about" five per cent more or less are in order.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import permutations
from typing import TypeVar

from smmlib.campaign import Campaign
from smmlib.drafting.checks.check import Check
from smmlib.drafting.checks.subject import Subject
from smmlib.figures_in_text import Amount, Day, Figure, Share, figures_in
from smmlib.language import Language, mark
from smmlib.message_house import KeyDate, Offer
from smmlib.networks import Finding

_WHOLE = Decimal(100)
_CENT = Decimal("0.01")
_EXACTNESS = Decimal("0.05")
_ROUNDED = re.compile(
    r"\b(?:rund|etwa|ca\.|circa|fast|knapp|gut|über|unter|about|around|almost|nearly|over|under) \Z",
    re.IGNORECASE,
)
_ROUNDED_MOST = 8
_Kind = TypeVar("_Kind", Amount, Share, Day)


def _prices(subject: Subject) -> Iterator[Finding]:
    offer = subject.campaign.offer if subject.campaign else Offer()
    named = _in_text(subject, Amount) if offer.prices else []
    if not named:
        return
    known = {(amount.value, amount.currency) for amount in _in_briefing(subject, Amount)}
    known |= _reckoned(offer)
    for amount in named:
        if (amount.value, amount.currency) not in known and not _about(amount, known, subject.prose):
            currency, value = amount.currency, amount.value
            near = min(
                offer.prices, key=lambda price: (price.currency != currency, abs(price.amount - value))
            )
            template = mark(
                "The briefing does not have the price {written}; it has {amount:.2} {currency} ({label}). "
                "Correct one of the two."
            )
            values = {"amount": near.amount, "currency": near.currency, "label": near.label}
            yield _found("price", subject, amount, template, values)


@lru_cache(maxsize=16)
def _reckoned(offer: Offer) -> frozenset[tuple[Decimal, str]]:
    """Prices of an offer and what follows: their differences, with a discount the rest and the saving."""
    prices = {(price.amount, price.currency) for price in offer.prices}
    pairs = permutations(offer.prices, 2)
    differences = {(a.amount - b.amount, a.currency) for a, b in pairs if a.currency == b.currency}
    shares = [share for each in offer.percentages for share in (each.value, _WHOLE - each.value)]
    parts = {
        ((amount * share / _WHOLE).quantize(_CENT, ROUND_HALF_UP), currency)
        for amount, currency in prices
        for share in shares
    }
    return frozenset(prices | differences | parts)


def _about(amount: Amount, known: set[tuple[Decimal, str]], text: str) -> bool:
    """Whether a rounded amount is near one that is known."""
    return bool(_ROUNDED.search(text, max(0, amount.start - _ROUNDED_MOST), amount.start)) and any(
        currency == amount.currency and abs(value - amount.value) <= value * _EXACTNESS
        for value, currency in known
    )


def _percentages(subject: Subject) -> Iterator[Finding]:
    offered = subject.campaign.offer.percentages if subject.campaign else ()
    named = _in_text(subject, Share) if offered else []
    if not named:
        return
    known = {_WHOLE, *(percentage.value for percentage in offered)}
    known |= {share.value for share in _in_briefing(subject, Share)}
    for share in named:
        if share.value not in known:
            value = share.value
            near = min(offered, key=lambda percentage: abs(percentage.value - value))
            template = mark(
                "The briefing does not have the percentage {written}; it has {value}% ({label}). "
                "Correct one of the two."
            )
            yield _found("percentage", subject, share, template, {"value": near.value, "label": near.label})


def _days(subject: Subject) -> Iterator[Finding]:
    offered = subject.campaign.offer.dates if subject.campaign else ()
    named = _in_text(subject, Day) if offered else []
    if not named:
        return
    told = {(day.day, day.month) for day in _in_briefing(subject, Day)}
    for day in named:
        known = (day.day, day.month) in told or any(map(day.fits, _own_days(subject)))
        if not known and not any(_within(day, key) for key in offered):
            near = _nearest(day, offered)
            template = mark(
                "The briefing does not have the day {written}; it has {day:date} ({label}). "
                "Correct one of the two."
            )
            yield _found("offer_date", subject, day, template, {"day": near.day, "label": near.label})


def _found(rule: str, subject: Subject, figure: Figure, template: str, values: dict[str, object]) -> Finding:
    span = figure.start, figure.end
    values["written"] = subject.text[slice(*span)]
    if not values["label"] and subject.campaign:
        values["label"] = subject.campaign.offer.name or subject.campaign.name
    return Finding(rule, "warning", span, values, template=template)


def _own_days(subject: Subject) -> Iterator[date]:
    yield subject.day
    if campaign := subject.campaign:
        yield from (day for day in (campaign.start, campaign.end) if day)
        if campaign.embargo:
            yield subject.local(campaign.embargo).date()


def _within(day: Day, key: KeyDate) -> bool:
    """Whether a day named in the text may lie in the span of a key date."""
    last = key.until or key.day
    years = [day.year] if day.year else range(key.day.year, last.year + 1)
    return any(
        key.day <= date(year, day.month, day.day) <= last
        for year in years
        if isleap(year) or (day.day, day.month) != (29, 2)
    )


def _nearest(day: Day, offered: tuple[KeyDate, ...]) -> KeyDate:
    """The key date of the offer that is least far away in the calendar, whatever the year."""
    return min(offered, key=lambda key: abs((day.month - key.day.month) * 31 + day.day - key.day.day))


def _sentences(campaign: Campaign) -> tuple[str, ...]:
    """Every sentence of the briefing that may name a figure."""
    offer = campaign.offer
    return (
        campaign.core_message,
        offer.name,
        *(part for message in campaign.supporting for part in (message.text, message.proof)),
        *(claim.text for claim in campaign.claims),
        *(each.label for each in offer.prices),
        *(each.label for each in offer.dates),
        *(each.label for each in offer.percentages),
        *(
            phrase.nominative
            for wording in campaign.wording.values()
            for phrase in (wording.offer, wording.benefit, wording.problem, wording.audience)
            if phrase
        ),
    )


def _in_briefing(subject: Subject, kind: type[_Kind]) -> list[_Kind]:
    sentences = _sentences(subject.campaign) if subject.campaign else ()
    return [figure for figure in _figures(sentences, subject.language) if isinstance(figure, kind)]


def _in_text(subject: Subject, kind: type[_Kind]) -> list[_Kind]:
    return [figure for figure in _figures((subject.prose,), subject.language) if isinstance(figure, kind)]


@lru_cache(maxsize=64)
def _figures(texts: tuple[str, ...], language: Language) -> tuple[Figure, ...]:
    return tuple(figure for text in texts for figure in figures_in(text, language))


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
