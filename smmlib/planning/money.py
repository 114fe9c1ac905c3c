"""Money as decimal numbers: what counts as an amount, how it is rounded, how it is divided without loss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Annotated

from pydantic import BeforeValidator

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, money

ZERO = Decimal(0)
_WRITTEN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
_CODE = re.compile(r"[A-Z]{3}")


def exact(value: object) -> Decimal:
    """An amount as Decimal.

    Raises:
        InvalidValueError: It is a binary number, is no plain number, or has more than four decimals.
    """
    if isinstance(value, float):
        raise InvalidValueError(
            mark("The amount {value!r} is a binary number, which cannot hold cents; write it as text."),
            value=value,
        )
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, bool) or not _WRITTEN.fullmatch(text):
        raise InvalidValueError(
            mark(
                "The amount {value!r} is no number; write digits with a point and at most four decimals, "
                "such as 1234.50, without a currency or thousands separators."
            ),
            value=str(value)[:40],
        )
    return Decimal(text)


def known_currency(code: object) -> str:
    """The code of a currency that exists.

    Raises:
        InvalidValueError: It is no ISO 4217 code.
    """
    if not isinstance(code, str) or not _CODE.fullmatch(code) or code not in _currencies():
        raise InvalidValueError(
            mark("Currency {code!r} is unknown; write its ISO code, such as EUR, CHF or USD."),
            code=str(code)[:20],
        )
    return code


def _unless_missing(value: object) -> object:
    return None if value is None else exact(value)  # whether it may be missing is the field's matter


Amount = Annotated[Decimal, BeforeValidator(_unless_missing)]
"""Money, hours or a rate: Decimal of at most twelve digits and four decimals; never a float."""

Currency = Annotated[str, BeforeValidator(known_currency)]
"""ISO 4217 code."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount that is said in the language of the sentence it stands in."""

    amount: Decimal
    currency: str

    def text(self, language: Language = "en") -> str:
        """The amount with its currency."""
        return money(self.amount, self.currency, language)


@cache
def unit_of(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 of euros, 1 of yen.

    Source:
        Unicode CLDR, through Babel.
    """
    from babel.numbers import get_currency_precision

    return Decimal(1).scaleb(-get_currency_precision(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The amount to the smallest unit of its currency; halves go away from zero, as invoices round."""
    return amount.quantize(unit_of(currency), ROUND_HALF_UP)


def divided(amount: Decimal, weights: Sequence[int], currency: str) -> tuple[Decimal, ...]:
    """An amount divided in proportion to whole weights; the parts add up to it to the last cent.

    Each part is the difference of two rounded running totals, so no part is off by more than a cent.
    """
    whole, before, done, parts = sum(weights), ZERO, 0, []
    for weight in weights:
        done += weight
        until = rounded(amount * done / whole, currency) if done < whole else amount
        parts.append(until - before)
        before = until
    return tuple(parts)


@cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
