"""The control board: planned, ordered, spent, left, estimated, and what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.language import Language, Sayable, mark, money, say
from smmlib.planning.alerts import Alert, find_alerts
from smmlib.planning.booking import Booking
from smmlib.planning.estimates import LineEstimate, estimate_lines
from smmlib.planning.ledger import Ledger, build_ledger
from smmlib.planning.lights import TargetLight, target_light
from smmlib.planning.money import ZERO
from smmlib.planning.plan import Plan, PlanVersion
from smmlib.planning.rates import ExchangeRates
from smmlib.planning.results import Result
from smmlib.planning.returns import Return, return_on_investment
from smmlib.planning.totals import Totals
from smmlib.planning.unit_costing import UnitCosts, media_costs, unit_costs

if TYPE_CHECKING:
    import pandas as pd
    from numpy.random import Generator


@dataclass(frozen=True, slots=True)
class Board:
    """A campaign on one day.

    Attributes:
        on: The day.
        ledger: All rows.
        lines: Sums per line; group otherwise with `ledger.by(…)`.
        estimates: Estimate at completion by line.
        lights: One per target.
        costs: Unit costs per channel.
        roi: Return on investment.
        alerts: What has to be known at once.
    """

    on: date
    ledger: Ledger
    lines: Totals
    estimates: Mapping[str, LineEstimate]
    lights: tuple[TargetLight, ...]
    costs: UnitCosts
    roi: Return
    alerts: tuple[Alert, ...]

    @property
    def estimate(self) -> Decimal:
        """Estimate at completion of the whole; of what was not planned the actual and what is ordered."""
        lines = sum((line.estimate for line in self.estimates.values()), ZERO)
        return lines + sum(
            (s.actual + s.commitment for s in self.lines.standings if s.key[0] not in self.estimates), ZERO
        )

    def estimate_of(self, line: str) -> LineEstimate:
        """The estimate of a line.

        Raises:
            UnknownNameError: The board does not have that line.
        """
        if line not in self.estimates:
            raise UnknownNameError(mark("Budget line"), line, self.estimates)
        return self.estimates[line]

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """One row per line: as `Totals.to_frame`, then estimate, low, high and what they rest on (basis)."""
        frame = self.lines.to_frame()
        told = [self.estimates.get(line) for line in frame["line"]]
        for name in ("estimate", "low", "high"):
            frame[name] = [getattr(estimate, name) if estimate else None for estimate in told]
        frame["basis"] = [estimate.reason.text(language) if estimate else "" for estimate in told]
        return frame

    def text(self, language: Language = "en") -> str:
        """The whole, the targets, the returns and the alerts, one a line."""
        currency, whole = self.ledger.currency, self.lines.whole
        first = say(
            "On {on:date}: plan {plan}, commitment {commitment}, actual {actual}, remaining {remaining}, "
            "estimate at completion {estimate}.",
            language,
            on=self.on,
            plan=money(whole.plan, currency, language),
            commitment=money(whole.commitment, currency, language),
            actual=money(whole.actual, currency, language),
            remaining=money(whole.remaining, currency, language),
            estimate=money(self.estimate, currency, language),
        )
        parts: tuple[Sayable, ...] = (*self.lights, self.roi, *self.alerts, *self.ledger.problems)
        told = [part.text(language) for part in parts]
        return "\n".join([first, *told])


def control_board(  # noqa: PLR0913
    plan: Plan,
    bookings: Iterable[Booking],
    results: Iterable[Result] = (),
    *,
    on: date,
    rng: Generator,
    rates: ExchangeRates | None = None,
    version: str = "",
    holidays: Collection[date] = (),
) -> Board:
    """Everything about a campaign on one day.

    Args:
        plan: The plan.
        bookings: Its bookings; documents dated after `on` do not count yet.
        results: What channels brought.
        on: The day.
        rng: Random generator of the forecasts.
        rates: Exchange rates.
        version: Version of the plan to compare with; "" is the newest.
        holidays: Days that behave like Sundays in forecasts.

    Raises:
        InvalidRecordError: Bookings do not fit; see `build_ledger`.
    """
    ledger = build_ledger(plan, bookings, rates=rates, version=version, until=on)
    return board_of(ledger, plan.version(version), results, rng=rng, holidays=holidays)


def board_of(
    ledger: Ledger,
    decided: PlanVersion,
    results: Iterable[Result] = (),
    *,
    rng: Generator,
    holidays: Collection[date] = (),
) -> Board:
    """As `control_board`, from a ledger that is kept while only figures of channels change.

    Args:
        ledger: Ledger of one plan, built until the day of the board.
        decided: The version of the plan it was built with.
        results: What channels brought.
        rng: Random generator of the forecasts.
        holidays: Days that behave like Sundays in forecasts.

    Raises:
        InvalidValueError: The ledger was not built until a day.
    """
    results, on = tuple(results), ledger.until
    if on is None:
        raise InvalidValueError(mark("A board is of one day; build its ledger until that day."))
    estimates = estimate_lines(ledger, decided, on=on, rng=rng, holidays=holidays)
    lights = _lights(decided, ledger, results, on)
    lines = ledger.by("line")
    return Board(
        on,
        ledger,
        lines,
        estimates,
        lights,
        unit_costs(ledger, results, until=on),
        return_on_investment(ledger, results, until=on),
        find_alerts(ledger, lines, estimates, lights, results, on=on),
    )


def _lights(
    version: PlanVersion, ledger: Ledger, results: Collection[Result], on: date
) -> tuple[TargetLight, ...]:
    start = _start(version, ledger, on)
    days = {min(on, target.by) for target in version.targets}
    costs = {day: media_costs(ledger, until=day) for day in days}
    return tuple(
        target_light(
            target, results, start=start, on=on, costs=costs[min(on, target.by)], currency=ledger.currency
        )
        for target in version.targets
    )


def _start(version: PlanVersion, ledger: Ledger, on: date) -> date:
    """First day of the first phase, else of the first planned amount."""
    days = [phase.start for phase in version.phases] or [r.day for r in ledger.rows if r.measure == "plan"]
    return min(days, default=on)
