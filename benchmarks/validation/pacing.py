"""Forecasts of running flights at half time: how often the interval holds, how far off the estimate is."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.validation import Row, share_row
from smmlib.planning import forecast

WEEK = np.array([1.05, 1.1, 1.1, 1.05, 1.0, 0.8, 0.7])
CAMPAIGNS = 500
_FIRST = date(2026, 3, 2)


class Measured(NamedTuple):
    """What forecasts at half time were worth; errors are mean absolute ones, relative to the final sum."""

    inside: int
    error: float
    linear_error: float
    standard_error: float


def rows(runs: int, seed: int) -> list[Row]:
    """Campaigns whose level changes once; and what is lost where it never does, twice, or otherwise.

    The forecast reckons with 1.5 changes a flight, most of them between × 0.7 and × 1.4. So it is too
    careful where nothing changes, and too sure where there are more changes or larger ones.
    """
    found = []
    runs = min(runs, CAMPAIGNS)
    for name, changes, size, bounds, allowed in [
        ("spend", 1, 0.35, (0.75, 0.85), 0.0),
        ("results", 1, 0.35, (0.75, 0.85), 0.0),
        ("spend", 0, 0.35, (0.75, 1.0), 0.01),
        ("spend", 2, 0.35, (0.6, 0.85), 0.0),
        ("spend", 1, 0.2, (0.75, 1.0), 0.0),
        ("spend", 1, 0.5, (0.6, 0.85), 0.0),
    ]:
        at_half = measured(runs, seed, spend=name == "spend", changes=changes, size=size)
        with_changes = f"mid-flight changes: {changes} (size {size:g})"
        claim = f"final {name} within the 80 % interval at half time, {with_changes}"
        found.append(share_row("pacing", claim, at_half.inside, runs, least=bounds[0], most=bounds[1]))
        most = at_half.linear_error + allowed
        found.append(
            Row(
                "pacing",
                f"error of final {name}, {with_changes}",
                f"< {most:.4f} (linear pacing {at_half.linear_error:.4f})",
                f"{at_half.error:.4f}",
                at_half.standard_error,
                at_half.error < most,
            )
        )
    return found


def measured(runs: int, seed: int, *, spend: bool, changes: int = 1, size: float = 0.35) -> Measured:
    """Forecast simulated campaigns at half time."""
    random, draws = np.random.default_rng([seed, spend, changes]).spawn(2)
    inside, ours, linear = 0, [], []
    for _ in range(runs):
        days = [Decimal(repr(float(v))) for v in simulated(random, spend=spend, changes=changes, size=size)]
        last, final = _FIRST + timedelta(days=len(days) - 1), sum(days, Decimal(0))
        told = forecast(days[: len(days) // 2], first=_FIRST, last=last, rng=draws)
        inside += told.low <= final <= told.high
        ours.append(abs(float(told.estimate / final) - 1))
        linear.append(abs(float(told.linear / final) - 1))
    spread = float(np.std(np.subtract(ours, linear))) / math.sqrt(runs)
    return Measured(inside, float(np.mean(ours)), float(np.mean(linear)), spread)


def simulated(
    random: np.random.Generator, *, spend: bool, changes: int = 1, size: float = 0.35
) -> NDArray[np.floating[Any]]:
    """Daily figures of a campaign of four to twelve weeks: weekday pattern, overdispersion, changes of level.

    Spend scatters with 5 to 40 euros of variance a euro, results with 1.2 to 4. Each change comes on a
    day between a tenth and nine tenths of the flight, by a factor whose logarithm has the deviation `size`.
    """
    days = int(random.integers(28, 92))
    day = np.arange(days)
    level = np.full(days, random.normal(5.5 if spend else 3.0, 0.7))
    for _ in range(changes):
        level[random.integers(days // 10, days - days // 10) :] += random.normal(0, size)
    week = np.log(WEEK) * random.uniform(0.5, 2.0) + random.normal(0, 0.05, 7)
    expected = np.exp(level + week[day % 7])
    drawn: NDArray[np.floating[Any]]
    if spend:
        scatter = random.uniform(5, 40)
        drawn = np.round(random.gamma(expected / scatter, scatter), 2)
    else:
        scatter = random.uniform(1.2, 4)
        drawn = random.negative_binomial(expected / (scatter - 1), 1 / scatter).astype(float)
    return drawn
