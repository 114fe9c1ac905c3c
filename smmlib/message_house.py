"""The message house of a campaign: what it says, what proves it, what it offers, in whole phrases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field, field_validator, model_validator

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.record import Record


class SupportingMessage(Record):
    """One of the sentences that carry the core message.

    Attributes:
        text: A whole sentence.
        proof: What proves it, as a whole sentence, or "".
        source: Where the proof stands.
    """

    text: str = Field(min_length=1)
    proof: str = ""
    source: str = ""


class Claim(Record):
    """An advertising claim: a statement that needs proof, and whether it may be used.

    Attributes:
        text: The claim as texts use it, e.g. "der leiseste Motor seiner Klasse".
        cleared_by: Who in PR or legal cleared it; empty: not cleared.
        cleared_on: When, or None.
        valid_until: Last day it may be used, or None.
        source: Test, study or file that proves it.
    """

    text: str = Field(min_length=1)
    cleared_by: str = ""
    cleared_on: date | None = None
    valid_until: date | None = None
    source: str = ""

    def usable(self, on: date) -> bool:
        """Whether it is cleared and still valid on that day."""
        return bool(self.cleared_by) and (self.valid_until is None or on <= self.valid_until)


class Price(Record):
    """A price of the offer.

    Attributes:
        label: What it is the price of.
        amount: Amount, ≥ 0, as decimal money.
        currency: ISO 4217 code.
    """

    label: str = ""
    amount: Decimal = Field(ge=0, max_digits=14, decimal_places=4)
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")

    @field_validator("amount", mode="before")
    @classmethod
    def _no_float(cls, amount: object) -> object:
        if isinstance(amount, float):
            raise InvalidValueError(
                mark("The price {amount!r} is a binary number, which cannot hold cents; write it as text."),
                amount=amount,
            )
        return amount


class KeyDate(Record):
    """A day of the offer, or a span of days.

    Attributes:
        label: What happens then.
        day: The day, or the first of the span.
        until: Last day of the span (included), or None.
    """

    label: str = ""
    day: date
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> KeyDate:
        if self.until and self.until < self.day:
            raise InvalidValueError(
                mark("{label} ends on {until:date}, before it starts on {day:date}; swap the two days."),
                label=self.label or repr(self.day.isoformat()),
                until=self.until,
                day=self.day,
            )
        return self


class Percentage(Record):
    """A percentage of the offer, e.g. a discount.

    Attributes:
        label: What it is a share of.
        value: Per cent: 20 is "20 %".
    """

    label: str = ""
    value: Decimal


class Offer(Record):
    """What is offered, with every figure a text may name.

    Attributes:
        name: Name of the product or action.
        prices: Its prices.
        dates: Its days.
        percentages: Its percentages.
    """

    name: str = ""
    prices: tuple[Price, ...] = ()
    dates: tuple[KeyDate, ...] = ()
    percentages: tuple[Percentage, ...] = ()


class NounPhrase(Record):
    """A noun with its article and adjectives, in the cases a sentence may need.

    Attributes:
        nominative: "das neue Lastenrad"; in English the only form.
        accusative: As in "Teste …"; empty: as the nominative.
        dative: As in "mit …"; empty: as the nominative.
        plural: Whether verbs follow in the plural.
    """

    nominative: str = Field(min_length=1)
    accusative: str = ""
    dative: str = ""
    plural: bool = False

    def case(self, name: str) -> str:
        """The phrase in a case: "nominative", "accusative" or "dative"."""
        return str(getattr(self, name)) or self.nominative


class Wording(Record):
    """Whole phrases from which texts in one language are put together; nothing is inflected by rule.

    Attributes:
        offer: What is offered.
        benefit: What the audience gains.
        problem: What the audience wants to be rid of.
        audience: Whom it is for, as a phrase: "alle, die in der Stadt Rad fahren".
    """

    offer: NounPhrase | None = None
    benefit: NounPhrase | None = None
    problem: NounPhrase | None = None
    audience: NounPhrase | None = None
