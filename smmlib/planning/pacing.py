"""Pacing of a flight: what is planned and spent until each day, and where it leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from smmlib.language import Language, Message, mark, money, say
from smmlib.planning.board import Board
from smmlib.planning.entry import LedgerRow
from smmlib.planning.forecasting import Forecast, forecast
from smmlib.planning.money import ZERO, divided, rounded

if TYPE_CHECKING:
    import pandas as pd
    from numpy.random import Generator


@dataclass(frozen=True, slots=True)
class Pacing:
    """Running sums of one line, or of the whole campaign.

    Attributes:
        name: Name of the line, "" for the whole campaign.
        currency: Of all amounts.
        on: Day of the board.
        days: Every day from the first to the last with something planned or spent.
        planned: Running sum of the plan, one per day.
        actual: Running sum of the actual, one per day until `on`.
        estimate: Estimate at completion.
        reason: What the estimate rests on.
        bookings: How many rows the actual is made of.
        forecast: The forecast with its daily path, or None where there is no pace.
    """

    name: str
    currency: str
    on: date
    days: tuple[date, ...]
    planned: tuple[Decimal, ...]
    actual: tuple[Decimal, ...]
    estimate: Decimal
    reason: Message
    bookings: int
    forecast: Forecast | None = None

    @property
    def plan(self) -> Decimal:
        """All that is planned."""
        return self.planned[-1] if self.planned else ZERO

    @property
    def spent(self) -> Decimal:
        """All that is spent."""
        return self.actual[-1] if self.actual else ZERO

    def to_frame(self) -> pd.DataFrame:
        """One row per day: day, planned, actual, estimate, low, high (Decimal, None where unknown)."""
        import pandas as pd

        open_ = [None] * (len(self.days) - len(self.actual))
        columns: dict[str, tuple[object, ...]] = {
            "day": self.days,
            "planned": self.planned,
            "actual": (*self.actual, *open_),
        }
        path = dict(zip(_ahead(self.forecast), self.forecast.path, strict=True)) if self.forecast else {}
        for place, name in enumerate(("estimate", "low", "high")):
            columns[name] = tuple(path[day][place] if day in path else None for day in self.days)
        return pd.DataFrame({name: list(values) for name, values in columns.items()})

    def text(self, language: Language = "en") -> str:
        """Where the line stands in one sentence."""
        told = say(
            "On {on:date}: {spent} spent, {plan} planned, estimate at completion {estimate}.",
            language,
            on=self.on,
            **{name: money(getattr(self, name), self.currency, language) for name in _TOLD},
        )
        return f"{told} {self.reason.text(language)}"


_TOLD = ("spent", "plan", "estimate")
_WHOLE = Message(mark("Sum of the estimates of all lines; no interval for the whole."))


def pacing_of(board: Board, line: str = "", *, rng: Generator, holidays: Collection[date] = ()) -> Pacing:
    """Follow a line, or the whole campaign, day by day.

    Planned amounts are spread evenly over the days they cover. Where the board forecasts the line, the same
    forecast is drawn again with its daily path; its last day is what the board says.

    Args:
        board: The board.
        line: Id of the line; "" follows the whole campaign.
        rng: Random generator of the path.
        holidays: Days that behave like Sundays.

    Raises:
        UnknownNameError: The board does not have that line.
    """
    ledger = board.ledger
    rows = ledger.rows if not line else ledger.trace(line=line).rows
    days, planned, spent = _sums(rows, board.on, ledger.currency)
    seen = [day for day in days if day <= board.on]
    told = board.estimate_of(line) if line else None
    return Pacing(
        name=ledger.names.get(line, line),
        currency=ledger.currency,
        on=board.on,
        days=tuple(days),
        planned=tuple(accumulate(planned[day] for day in days)),
        actual=tuple(accumulate(spent[day] for day in seen)),
        estimate=told.estimate if told else board.estimate,
        reason=told.reason if told else _WHOLE,
        bookings=sum(row.measure == "actual" and row.day <= board.on for row in rows),
        forecast=_path(rows, told.forecast, rng, holidays) if told and told.forecast else None,
    )


def _sums(
    rows: Iterable[LedgerRow], on: date, currency: str
) -> tuple[Sequence[date], dict[date, Decimal], dict[date, Decimal]]:
    """All days, and what is planned and spent on each."""
    planned: dict[date, Decimal] = defaultdict(Decimal)
    spent: dict[date, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.measure == "plan":
            for i, part in enumerate(divided(row.cost, [1] * row.days, currency)):
                planned[row.day + timedelta(days=i)] += part
        elif row.measure == "actual" and row.day <= on:
            spent[row.day] += row.cost
    known = [*planned, *spent]
    if not known:
        return [], planned, spent
    first, last = min(known), max(known)
    return [first + timedelta(days=i) for i in range((last - first).days + 1)], planned, spent


def _path(rows: Iterable[LedgerRow], told: Forecast, rng: Generator, holidays: Collection[date]) -> Forecast:
    """The forecast of the board with a value for each day to come."""
    days: dict[date, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.measure == "actual":
            days[row.day] += row.cost
    seen = (told.today - told.first).days + 1
    values = [days[told.first + timedelta(days=i)] for i in range(seen)]
    drawn = forecast(
        values, first=told.first, last=told.last, rng=rng, currency=told.currency, holidays=holidays
    )
    return replace(told, path=_led_to(drawn.path, told, (told.estimate, told.low, told.high)))


def _led_to(
    path: Sequence[tuple[Decimal, Decimal, Decimal]], told: Forecast, end: tuple[Decimal, Decimal, Decimal]
) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
    """The path drawn out or in so that it ends where the board says; chance moves it by a little."""
    stretched = []
    for values in path:
        drawn = zip(values, path[-1], end, strict=True)
        first, second, third = (
            rounded(
                told.so_far + (at - told.so_far) * (wanted - told.so_far) / (last - told.so_far),
                told.currency,
            )
            if last != told.so_far
            else wanted
            for at, last, wanted in drawn
        )
        stretched.append((first, second, third))
    return tuple(stretched)


def _ahead(told: Forecast) -> list[date]:
    """Days of the path."""
    return [told.last - timedelta(days=i) for i in reversed(range(len(told.path)))]
