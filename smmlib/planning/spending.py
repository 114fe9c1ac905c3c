"""What each channel has cost week by week or month by month, beside the plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.language import Language, mark, money, say
from smmlib.planning.budget import Rhythm
from smmlib.planning.ledger import Ledger
from smmlib.planning.money import ZERO, divided

if TYPE_CHECKING:
    import pandas as pd

NO_CHANNEL = mark("no channel")


@dataclass(frozen=True, slots=True)
class Spending:
    """Actual by channel and period.

    Attributes:
        step: "week" or "month".
        starts: First day of each period, without gaps.
        channels: Name of each channel, the dearest first; "" for what belongs to none.
        actual: Per channel what was spent in each period.
        planned: What is planned in each period, all channels together.
        currency: Of all amounts.
        on: Last day that counts, None: all.
        bookings: How many rows the actual is made of.
    """

    step: Rhythm
    starts: tuple[date, ...]
    channels: tuple[str, ...]
    actual: tuple[tuple[Decimal, ...], ...]
    planned: tuple[Decimal, ...]
    currency: str
    on: date | None
    bookings: int

    @property
    def total(self) -> Decimal:
        """All that was spent."""
        return sum((sum(values, ZERO) for values in self.actual), ZERO)

    def to_frame(self) -> pd.DataFrame:
        """One row per period: start, planned, then one column per channel (Decimal)."""
        import pandas as pd

        columns = {"start": list(self.starts), "planned": list(self.planned)}
        named = zip(self.channels, self.actual, strict=True)
        return pd.DataFrame(columns | {name or "–": list(values) for name, values in named})

    def text(self, language: Language = "en") -> str:
        """One line per channel."""
        named = zip(self.channels, self.actual, strict=True)
        lines = [
            say(
                "{name}: {amount}",
                language,
                name=name or say(NO_CHANNEL, language),
                amount=money(sum(values, ZERO), self.currency, language),
            )
            for name, values in named
        ]
        return "\n".join(lines)


def spending_of(ledger: Ledger, step: Rhythm = "month") -> Spending:
    """Add up the actual of each channel per week or month.

    Args:
        ledger: The ledger.
        step: Length of a period.
    """
    spent: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    planned: dict[date, Decimal] = defaultdict(Decimal)
    for row in ledger.rows:
        if row.measure == "actual":
            spent[row.channel][_start(row.day, step)] += row.cost
        elif row.measure == "plan":
            for i, part in enumerate(divided(row.cost, [1] * row.days, ledger.currency)):
                planned[_start(row.day + timedelta(days=i), step)] += part
    starts = _without_gaps([*planned, *(start for values in spent.values() for start in values)], step)
    order = sorted(spent, key=lambda channel: (-sum(spent[channel].values(), ZERO), channel))
    return Spending(
        step=step,
        starts=starts,
        channels=tuple(ledger.names.get(channel, channel) for channel in order),
        actual=tuple(tuple(spent[channel][start] for start in starts) for channel in order),
        planned=tuple(planned[start] for start in starts),
        currency=ledger.currency,
        on=ledger.until,
        bookings=sum(row.measure == "actual" for row in ledger.rows),
    )


def _start(day: date, step: Rhythm) -> date:
    return day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)


def _without_gaps(known: list[date], step: Rhythm) -> tuple[date, ...]:
    if not known:
        return ()
    starts = [min(known)]
    while starts[-1] < max(known):
        starts.append(_start(starts[-1] + timedelta(days=7 if step == "week" else 31), step))
    return tuple(starts)
