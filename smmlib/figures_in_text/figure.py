"""What a text may name: an amount of money, a percentage, a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money.

    Attributes:
        start: Index of its first character in the text.
        end: Index behind its last.
        value: The amount, ≥ 0, as written: cents are hundredths, "2 Mio." is multiplied out.
        currency: ISO 4217 code.
    """

    start: int
    end: int
    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage.

    Attributes:
        start: Index of its first character in the text.
        end: Index behind its last.
        value: Per cent: 20 is "20 %". A sign before it is not read.
    """

    start: int
    end: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar.

    Attributes:
        start: Index of its first character in the text.
        end: Index behind its last.
        day: Day of the month, 1 to 31, one that the month has.
        month: Month, 1 to 12.
        year: Year, or None where the text names none.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None = None

    def fits(self, other: date) -> bool:
        """Whether this may be that day; without a year, day and month are compared."""
        return (self.day, self.month) == (other.day, other.month) and self.year in (None, other.year)


Figure = Amount | Share | Day
