"""The figures a campaign may name, and which of a text's are not among them.

A kind of figure the briefing's offer does not have is not judged. What its other sentences name, such as
a percentage in a proof, is known too; so are the difference of two prices, a price less one of the
percentages, what that saves, 100 %, and the days on which the campaign starts and ends. Behind "rund" or
"about" five per cent more or less are in order.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import permutations
from typing import Any

from smmlib.campaign import Campaign
from smmlib.figures_in_text import Amount, Day, Figure, Share, figures_in
from smmlib.language import Language, mark
from smmlib.message_house import KeyDate, Offer

_WHOLE = Decimal(100)
_CENT = Decimal("0.01")
_EXACTNESS = Decimal("0.05")
_ROUNDED = re.compile(
    r"\b(?:rund|etwa|ca\.|circa|fast|knapp|gut|über|unter|about|around|almost|nearly|over|under) \Z",
    re.IGNORECASE,
)
_ROUNDED_MOST = 8


@dataclass(frozen=True, slots=True)
class Strange:
    """A figure of a text that the briefing does not have.

    Attributes:
        rule: "price", "percentage" or "offer_date".
        figure: The figure.
        template: The sentence to say about it; marked.
        values: What fills it; "written", the figure as the text has it, is missing.
    """

    rule: str
    figure: Figure
    template: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BriefedFigures:
    """What a campaign may name, taken out of its briefing once; make it with `briefed_figures`.

    Attributes:
        campaign: The campaign.
        prices: Amounts with their currency, those that follow from others included.
        shares: Percentages.
        days: Day and month of days named in sentences.
    """

    campaign: Campaign
    prices: frozenset[tuple[Decimal, str]]
    shares: frozenset[Decimal]
    days: frozenset[tuple[int, int]]

    def strange(self, figures: Iterable[Figure], text: str, own_days: Iterable[date]) -> Iterator[Strange]:
        """The figures of a text that are not among them.

        Args:
            figures: What `figures_in` found in the text.
            text: The text.
            own_days: Days the text may name besides, such as that on which it appears.
        """
        offer, own = self.campaign.offer, tuple(own_days)
        for figure in figures:
            found = None
            if isinstance(figure, Amount):
                found = self._price(figure, text) if offer.prices else None
            elif isinstance(figure, Share):
                found = self._share(figure) if offer.percentages else None
            elif isinstance(figure, Day):
                found = self._day(figure, own) if offer.dates else None
            if found is not None:
                found.values["label"] = found.values["label"] or offer.name or self.campaign.name
                yield found

    def _price(self, amount: Amount, text: str) -> Strange | None:
        if (amount.value, amount.currency) in self.prices or _about(amount, self.prices, text):
            return None
        currency, value = amount.currency, amount.value
        near = min(
            self.campaign.offer.prices,
            key=lambda price: (price.currency != currency, abs(price.amount - value)),
        )
        template = mark(
            "The briefing does not have the price {written}; it has {amount:.2} {currency} ({label}). "
            "Correct one of the two."
        )
        values = {"amount": near.amount, "currency": near.currency, "label": near.label}
        return Strange("price", amount, template, values)

    def _share(self, share: Share) -> Strange | None:
        if share.value in self.shares:
            return None
        near = min(self.campaign.offer.percentages, key=lambda known: abs(known.value - share.value))
        template = mark(
            "The briefing does not have the percentage {written}; it has {value}% ({label}). "
            "Correct one of the two."
        )
        return Strange("percentage", share, template, {"value": near.value, "label": near.label})

    def _day(self, day: Day, own: tuple[date, ...]) -> Strange | None:
        offered = self.campaign.offer.dates
        known = (day.day, day.month) in self.days or any(map(day.fits, own))
        if known or any(_within(day, key) for key in offered):
            return None
        near = _nearest(day, offered)
        template = mark(
            "The briefing does not have the day {written}; it has {day:date} ({label}). "
            "Correct one of the two."
        )
        return Strange("offer_date", day, template, {"day": near.day, "label": near.label})


def briefed_figures(campaign: Campaign, language: Language) -> BriefedFigures:
    """What a campaign may name in a language; its sentences are read in it."""
    named = _figures(_sentences(campaign), language)
    return BriefedFigures(
        campaign,
        _reckoned(campaign.offer) | {(f.value, f.currency) for f in named if isinstance(f, Amount)},
        frozenset(
            {_WHOLE, *(known.value for known in campaign.offer.percentages)}
            | {f.value for f in named if isinstance(f, Share)}
        ),
        frozenset((f.day, f.month) for f in named if isinstance(f, Day)),
    )


@lru_cache(maxsize=16)
def _figures(texts: tuple[str, ...], language: Language) -> tuple[Figure, ...]:
    return tuple(figure for text in texts for figure in figures_in(text, language))


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


def _about(amount: Amount, known: frozenset[tuple[Decimal, str]], text: str) -> bool:
    """Whether a rounded amount is near one that is known."""
    return bool(_ROUNDED.search(text, max(0, amount.start - _ROUNDED_MOST), amount.start)) and any(
        currency == amount.currency and abs(value - amount.value) <= value * _EXACTNESS
        for value, currency in known
    )


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
