"""Exchange rates of the day, from a table the user gives. None is fetched, none is carried over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

from pydantic import Field, field_validator, model_validator

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.planning.money import Currency, rounded
from smmlib.record import KeptRecord, Record


class ExchangeRate(Record):
    """What one unit of the base currency cost on a day.

    Attributes:
        day: The day.
        currency: The other currency.
        rate: Units of it for one unit of the base, > 0, as the European Central Bank quotes: of the
            base EUR, 1.0850 for USD means 1 EUR = 1.0850 USD.
    """

    day: date
    currency: Currency
    rate: Decimal = Field(gt=0)

    @field_validator("rate", mode="before")
    @classmethod
    def _no_float(cls, rate: object) -> object:
        if isinstance(rate, float):
            raise InvalidValueError(
                mark("The exchange rate {rate!r} is a binary number; write it as text."), rate=rate
            )
        return rate


class ExchangeRates(KeptRecord):
    """A table of rates.

    Attributes:
        base: Currency that one unit is taken of, the currency of the plan.
        rates: One for each day and currency.
        source: Where they come from, e.g. "ECB reference rates".
    """

    base: Currency = "EUR"
    rates: tuple[ExchangeRate, ...] = ()
    source: str = ""

    @model_validator(mode="after")
    def _each_once(self) -> ExchangeRates:
        seen: dict[tuple[date, str], Decimal] = {}
        for rate in self.rates:
            if seen.setdefault((rate.day, rate.currency), rate.rate) != rate.rate:
                raise InvalidValueError(
                    mark("There are two rates for {currency} on {day:date}; leave one of them."),
                    currency=rate.currency,
                    day=rate.day,
                )
        return self

    def converted(self, amount: Decimal, currency: str, day: date) -> Decimal:
        """An amount in the base currency at the rate of that day, rounded to its smallest unit.

        Raises:
            InvalidValueError: The table has no rate for that currency and day.
        """
        if currency == self.base:
            return rounded(amount, currency)
        rate = self._table.get((day, currency))
        if rate is None:
            raise InvalidValueError(
                mark(
                    "There is no exchange rate {base}/{currency} for {day:date}; add it to the table. On "
                    "days without a rate, enter the one you are to use, for example the day before."
                ),
                base=self.base,
                currency=currency,
                day=day,
            )
        return rounded(amount / rate, self.base)

    @cached_property
    def _table(self) -> dict[tuple[date, str], Decimal]:
        return {(rate.day, rate.currency): rate.rate for rate in self.rates}
