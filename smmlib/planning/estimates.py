"""Estimate at completion of each budget line: from pacing, or from what is ordered and planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.language import Message, mark
from smmlib.planning.entry import LedgerRow
from smmlib.planning.forecasting import FEWEST_DAYS, Forecast, forecast
from smmlib.planning.ledger import Ledger
from smmlib.planning.money import ZERO, rounded
from smmlib.planning.plan import PlanVersion

if TYPE_CHECKING:
    from numpy.random import Generator


@dataclass(frozen=True, slots=True)
class LineEstimate:
    """What a line will have cost.

    Attributes:
        line: Id of the line.
        estimate: Estimate at completion, in the currency of the ledger.
        low: Lower limit of the 80 % interval; None where there is no interval.
        high: Upper limit, or None.
        reason: What the estimate rests on.
        forecast: The forecast behind it, without its daily path, or None.
    """

    line: str
    estimate: Decimal
    low: Decimal | None
    high: Decimal | None
    reason: Message
    forecast: Forecast | None = None


@dataclass(slots=True)
class _Sums:
    """What the rows of a line add up to."""

    first: date | None = None
    last: date | None = None
    plan: Decimal = ZERO
    planned_days: int = 0
    rest: Decimal = ZERO
    unbilled: Decimal = ZERO
    ordered: Decimal = ZERO
    actual: Decimal = ZERO
    days: defaultdict[date, Decimal] | None = None


def estimate_lines(
    ledger: Ledger,
    version: PlanVersion,
    *,
    on: date,
    rng: Generator,
    holidays: Collection[date] = (),
) -> dict[str, LineEstimate]:
    """Estimate each line of a plan.

    A line that counts the daily spend of ads exports, is planned without a break, has run for at least
    `FEWEST_DAYS` days and has not ended is forecast from its days until the last one with spend. Of every
    other line the estimate is the actual, what was ordered for days gone and is not billed yet, and for
    the days to come what is ordered or what is planned, whichever is more; it has no interval, because
    single invoices have no pace. What was planned for days gone and neither ordered nor billed is taken
    as not spent.

    Args:
        ledger: The ledger of one plan.
        version: The version of the plan the ledger was built with.
        on: Today; the ledger was built until this day.
        rng: Random generator of the forecasts.
        holidays: Days that behave like Sundays.
    """
    sums = _added_up(ledger.rows, on)
    paced = {line.id for line in version.lines if line.counts == "spend"}
    found = {}
    for line in version.lines:
        of_line = sums.get(line.id, _Sums())
        values = _daily(of_line, on) if line.id in paced else []
        if len(values) >= FEWEST_DAYS and any(values) and min(values) >= 0:
            found[line.id] = _paced(line.id, of_line, values, ledger.currency, rng, holidays)
        else:
            found[line.id] = _planned(line.id, of_line, ledger.currency)
    return found


def _added_up(rows: Iterable[LedgerRow], on: date) -> Mapping[str, _Sums]:
    sums: defaultdict[str, _Sums] = defaultdict(_Sums)
    for row in rows:
        at = sums[row.line]
        if row.measure == "plan":
            last = row.day + timedelta(days=row.days - 1)
            at.first = row.day if at.first is None else min(at.first, row.day)
            at.last = last if at.last is None else max(at.last, last)
            at.plan += row.cost
            at.planned_days += row.days
            left = (last - on).days
            if left >= row.days:
                at.rest += row.cost
            elif left > 0:
                at.rest += row.cost * left / row.days
        elif row.measure == "commitment":
            if row.day <= on:
                at.unbilled += row.cost
            else:
                at.ordered += row.cost
        elif row.measure == "actual":
            at.actual += row.cost
            if at.days is None:
                at.days = defaultdict(Decimal)
            at.days[row.day] += row.cost
    return sums


def _daily(of_line: _Sums, on: date) -> list[Decimal]:
    """Spend of each day of the flight, until the last day with any; none if it has ended or has a break."""
    if of_line.days is None or of_line.first is None or of_line.last is None:
        return []
    if on >= of_line.last or of_line.planned_days != (of_line.last - of_line.first).days + 1:
        return []
    first, last = min(of_line.first, *of_line.days), min(on, max(of_line.days))
    return [of_line.days.get(first + timedelta(days=i), ZERO) for i in range((last - first).days + 1)]


def _paced(
    line: str,
    of_line: _Sums,
    values: list[Decimal],
    currency: str,
    rng: Generator,
    holidays: Collection[date],
) -> LineEstimate:
    days: dict[date, Decimal] = of_line.days or {}
    last = of_line.last or max(days)
    first = min([*days, of_line.first or last])
    told = forecast(
        values, first=first, last=last, rng=rng, currency=currency, holidays=holidays, daily=False
    )
    reason = Message(
        mark("From the spend of {days} days, weekday pattern and pace, until {last:date}."),
        {"days": len(values), "last": last},
    )
    return LineEstimate(line, told.estimate, told.low, told.high, reason, told)


def _planned(line: str, of_line: _Sums, currency: str) -> LineEstimate:
    ahead = max(of_line.ordered, of_line.rest)
    reason = (
        Message(mark("Actual and what is ordered; no interval without daily spend."))
        if of_line.ordered >= of_line.rest
        else Message(mark("Actual and what is still planned; no interval without daily spend."))
    )
    estimate = rounded(of_line.actual + of_line.unbilled + ahead, currency)
    return LineEstimate(line, estimate, None, None, reason)
