"""Estimate at completion: what a running flight will have cost or brought when it ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from smmlib.errors import InvalidValueError
from smmlib.language import Language, mark, money, number, say
from smmlib.planning.level import Level, read_level, weekdays
from smmlib.planning.money import ZERO, rounded

if TYPE_CHECKING:
    import pandas as pd
    from numpy.random import Generator
    from numpy.typing import NDArray

FEWEST_DAYS = 7
"""Days a flight must have run; before, one week is not complete and no weekday pattern is seen."""

CHANGES = 1.5
"""Changes of level expected in a whole flight: budgets are shifted, texts are exchanged."""

CHANGE_SIZE = 0.35
"""Standard deviation of the logarithm of a change: most lie between × 0.7 and × 1.4."""

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Forecast:
    """Estimate at completion of one daily figure.

    Attributes:
        first: First day of the flight.
        last: Its last day (included).
        today: Last day with figures.
        so_far: Sum until then, exact.
        estimate: Expected final sum, the median.
        low: Lower limit of the interval.
        high: Upper limit.
        level: Probability that the interval is meant to hold the final sum with.
        linear: What naive linear pacing says: the sum so far ÷ days gone × all days.
        factors: Weekday factors, Monday first, mean 1.
        dispersion: Variance of a day ÷ its expectation, in the unit of the figure.
        currency: Of money, else "".
        path: Per remaining day, or for the last only: median, low and high of the sum until then.
    """

    first: date
    last: date
    today: date
    so_far: Decimal
    estimate: Decimal
    low: Decimal
    high: Decimal
    level: float
    linear: Decimal
    factors: tuple[float, ...]
    dispersion: float
    currency: str
    path: tuple[tuple[Decimal, Decimal, Decimal], ...]

    def to_frame(self) -> pd.DataFrame:
        """One row per day of the path: day, estimate, low, high of the sum until then (Decimal)."""
        import pandas as pd

        days = [self.last - timedelta(days=i) for i in reversed(range(len(self.path)))]
        rows = [(day, *values) for day, values in zip(days, self.path, strict=True)]
        return pd.DataFrame(rows, columns=["day", "estimate", "low", "high"])

    def text(self, language: Language = "en") -> str:
        """The estimate in one sentence."""
        shown = {
            name: money(value, self.currency, language) if self.currency else number(value, language, 0)
            for name, value in (("estimate", self.estimate), ("low", self.low), ("high", self.high))
        }
        return say(
            "Estimate at completion on {last:date}: {estimate}, with {level:%0} probability between {low} "
            "and {high}.",
            language,
            last=self.last,
            level=self.level,
            **shown,
        )


def forecast(  # noqa: PLR0913
    values: Sequence[Decimal | int],
    *,
    first: date,
    last: date,
    rng: Generator,
    currency: str = "",
    holidays: Collection[date] = (),
    level: float = 0.8,
    daily: bool = True,
) -> Forecast:
    """Estimate the final sum of a flight from its days so far.

    Args:
        values: One figure a day from `first` on, without gaps, ≥ 0: spend, or results. Days without
            any are 0; where nothing has arrived yet, leave the days off.
        first: First day of the flight.
        last: Its last day (included).
        rng: Random generator of the simulation.
        currency: Of money; results are rounded to whole numbers.
        holidays: Days that behave like Sundays.
        level: Probability the interval is to hold the final sum with, between 0 and 1.
        daily: Whether the path is told for each remaining day; else for the last only, which is quicker.

    Raises:
        InvalidValueError: Fewer than `FEWEST_DAYS` days, none with a figure, a negative one, more days than
            the flight has, or a level outside its range.

    Source:
        Level: see `planning.level`. The rest of the flight is simulated: a stretch length by its weight, a
        level from its gamma, changes to come with `CHANGES` a flight and logarithms normal with
        `CHANGE_SIZE`, days gamma with variance φ × expectation.
    """
    days = (last - first).days + 1
    _check(values, days, level)
    seen = len(values)
    weekday = weekdays(first, days, holidays)
    known = read_level([float(v) for v in values], weekday[:seen], hazard=min(CHANGES / days, 0.5))
    rest = _simulated(known, known.factors[weekday[seen:]], CHANGES / days, rng, daily=daily)
    so_far = sum((Decimal(v) for v in values), ZERO)
    tail = (1 - level) / 2
    limits = np.quantile(rest, [0.5, tail, 1 - tail], axis=0)
    path = tuple(
        (_exact(so_far, a, currency), _exact(so_far, b, currency), _exact(so_far, c, currency))
        for a, b, c in limits.T
    )
    estimate, low, high = path[-1] if path else (so_far, so_far, so_far)
    return Forecast(
        first=first,
        last=last,
        today=first + timedelta(days=seen - 1),
        so_far=so_far,
        estimate=estimate,
        low=low,
        high=high,
        level=level,
        linear=_rounded(so_far * days / seen, currency),
        factors=tuple(float(f) for f in known.factors),
        dispersion=known.dispersion,
        currency=currency,
        path=path,
    )


def _check(values: Sequence[Decimal | int], days: int, level: float) -> None:
    if not FEWEST_DAYS <= len(values) <= days:
        raise InvalidValueError(
            mark(
                "There are {seen} days of figures in a flight of {days} days; a forecast takes at least "
                "{fewest} days and no more than the flight has."
            ),
            seen=len(values),
            days=days,
            fewest=FEWEST_DAYS,
        )
    if min(values) < 0 or max(values) <= 0:
        raise InvalidValueError(
            mark("A forecast takes daily figures of at least 0, one of them above 0; check the days.")
        )
    if not 0 < level < 1:
        raise InvalidValueError(mark("level is {level}; it must lie between 0 and 1."), level=level)


def _simulated(
    known: Level, factors: NDArray[np.float64], hazard: float, rng: Generator, *, daily: bool
) -> NDArray[np.float64]:
    """Running sums of the remaining days, one row a draw; without `daily` the last column only.

    Days of one scale φ add up to a gamma again, so the final sum is drawn first, and divided among the days
    in the proportions that independent gammas have (a Dirichlet): the final sum is the same either way.
    """
    if not len(factors):
        return np.zeros((DRAWS, 0))
    which = rng.choice(len(known.weights), DRAWS, p=known.weights)
    level = rng.gamma(known.shape[which]) / known.rate[which]
    changes = _changes(len(factors), hazard, rng)
    final_level = level * _whole(factors, changes)
    final = known.dispersion * rng.gamma(np.maximum(final_level, 1e-12))
    if not daily:
        return np.asarray(final[:, None], dtype=np.float64)
    steps = np.zeros((DRAWS, len(factors)))
    np.add.at(steps, (changes.draw, changes.day), changes.step)
    expected = level[:, None] * np.exp(steps.cumsum(axis=1)) * factors
    sums = (rng.gamma(expected) + 1e-12).cumsum(axis=1)  # never all zero
    path: NDArray[np.float64] = final[:, None] * (sums / sums[:, -1:])
    return path


class _Changes(NamedTuple):
    """Changes of level to come, by draw and day: in which draw, before which day, by which logarithm."""

    draw: NDArray[np.intp]
    day: NDArray[np.intp]
    step: NDArray[np.float64]


def _changes(days: int, hazard: float, rng: Generator) -> _Changes:
    count = int(rng.poisson(DRAWS * days * hazard))
    draw, day = rng.integers(0, DRAWS, count), rng.integers(0, days, count)
    order = np.lexsort((day, draw))
    return _Changes(draw[order], day[order], rng.normal(0, CHANGE_SIZE, count))


def _whole(factors: NDArray[np.float64], changes: _Changes) -> NDArray[np.float64]:
    """Sum of the weekday factors × changes of each draw, from one change to the next."""
    until = np.concatenate([[0.0], factors.cumsum()])
    whole = np.full(DRAWS, until[-1])
    if not len(changes.draw):
        return whole
    first = np.concatenate([[True], changes.draw[1:] != changes.draw[:-1]])
    whole[changes.draw[first]] = until[changes.day[first]]
    steps = changes.step.cumsum()
    before = (steps - changes.step)[first]  # what the draws before it add up to
    logs = steps - before[first.cumsum() - 1]
    ends = np.append(np.where(first[1:], until[-1], until[changes.day[1:]]), until[-1])
    np.add.at(whole, changes.draw, np.exp(logs) * (ends - until[changes.day]))
    return whole


def _exact(so_far: Decimal, more: float, currency: str) -> Decimal:
    return _rounded(so_far + Decimal(repr(float(more))), currency)


def _rounded(value: Decimal, currency: str) -> Decimal:
    return rounded(value, currency) if currency else value.quantize(Decimal(1))
