"""Daily figures of a running flight: weekday pattern, scatter, and where their level stands now.

The model: day t has the expectation level × weekday factor and the variance φ × expectation. The level
holds for a stretch, then changes; how long the present stretch has lasted is not known, so every
length is weighed by how well it explains the days (Adams and MacKay 2007, Bayesian online changepoint
detection, with a gamma prior of the level and counts divided by φ).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEEKDAY_WEIGHT = 2.0
"""Days of an even week that each weekday factor is pulled to 1 with."""

LEVEL_WEIGHT = 0.5
"""Days that the prior of a new level counts; its mean is the mean of the flight."""


@dataclass(frozen=True, slots=True)
class Level:
    """What the days so far say.

    Attributes:
        factors: Weekday factor, Monday first, mean 1, float64 of shape (7,).
        dispersion: φ, variance ÷ expectation, in the unit of the figures.
        starts: Index of the first day of the present stretch, each possible one, int of shape (k,).
        weights: Probability of each, summing to 1, float64 of shape (k,).
        shape: Shape of the gamma of the level given that start, float64 of shape (k,).
        rate: Its rate, float64 of shape (k,).
    """

    factors: NDArray[np.float64]
    dispersion: float
    starts: NDArray[np.intp]
    weights: NDArray[np.float64]
    shape: NDArray[np.float64]
    rate: NDArray[np.float64]


def weekdays(first: date, days: int, holidays: Collection[date] = ()) -> NDArray[np.intp]:
    """Weekday of each day, 0 = Monday; a holiday counts as a Sunday."""
    span = [first + timedelta(days=i) for i in range(days)]
    return np.array([6 if day in holidays else day.weekday() for day in span], dtype=np.intp)


def weekday_factors(values: NDArray[np.float64], weekday: NDArray[np.intp]) -> NDArray[np.float64]:
    """How each weekday compares with the week around it, pulled to 1 where there are few.

    Args:
        values: One figure a day, ≥ 0.
        weekday: Weekday of each, 0 = Monday.

    Returns:
        Seven factors of mean 1.
    """
    around = _week_around(values)
    level = values.mean()
    above = np.bincount(weekday, values, minlength=7) + WEEKDAY_WEIGHT * level
    below = np.bincount(weekday, around, minlength=7) + WEEKDAY_WEIGHT * level
    factors: NDArray[np.float64] = above / below
    factors /= factors.mean()
    return factors


def dispersion_of(values: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """φ from differences of neighbouring days, which a change of level touches once only.

    Six weekday factors, less what they are pulled to 1, were learned from the same days; the sum of
    squares is divided by the days that are left.

    Args:
        values: One figure a day.
        expected: Their weekday factors.

    Returns:
        Variance ÷ expectation, at least 1e-6 of the mean.
    """
    even = values / expected
    steps = np.diff(even) ** 2
    scale = (1 / expected[1:] + 1 / expected[:-1]) * np.maximum((even[1:] + even[:-1]) / 2, 1e-9)
    weeks = len(values) / 7
    pulled = weeks / (weeks + WEEKDAY_WEIGHT)
    learned = 6 * (2 * pulled - pulled**2)
    return float(max((steps / scale).mean() * len(values) / (len(values) - learned), 1e-6 * values.mean()))


def read_level(values: Sequence[float], weekday: NDArray[np.intp], *, hazard: float) -> Level:
    """Weigh how long the present stretch has lasted, and what its level is.

    Args:
        values: One figure a day, oldest first, ≥ 0, at least one above 0.
        weekday: Weekday of each, 0 = Monday.
        hazard: Probability that the level changes on a day.
    """
    days = np.asarray(values, dtype=np.float64)
    factors = weekday_factors(days, weekday)
    expected = factors[weekday]
    dispersion = dispersion_of(days, expected)
    counts, mean = days / dispersion, days.mean() / dispersion
    prior = max(LEVEL_WEIGHT * mean, 0.5)
    # Gamma of the level on each day (column) for each day the stretch may have begun with (row).
    shape = prior + _since(counts)
    rate = prior / mean + _since(expected)
    evidence = _evidence(shape, rate, (prior, prior / mean))
    weights = _weights(evidence, hazard)
    return Level(factors, dispersion, np.arange(len(days), dtype=np.intp), weights, shape[:, -1], rate[:, -1])


def _since(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum from each day (row) to each later one (column); 0 where the column is earlier."""
    sums = values.cumsum()
    since: NDArray[np.float64] = np.maximum(sums[None, :] - (sums - values)[:, None], 0)
    return since


def _evidence(
    shape: NDArray[np.float64], rate: NDArray[np.float64], prior: tuple[float, float]
) -> NDArray[np.float64]:
    """Logarithm of how well a stretch explains its days, up to what all stretches share on a day.

    Each day is negative binomial given the days before it; over a stretch their product telescopes.
    """
    from scipy.special import gammaln

    before = gammaln(prior[0]) - prior[0] * np.log(prior[1])
    evidence: NDArray[np.float64] = gammaln(shape) - shape * np.log(rate) - before
    return evidence


def _weights(evidence: NDArray[np.float64], hazard: float) -> NDArray[np.float64]:
    """Probability of each beginning of the present stretch, at the last day."""
    days = len(evidence)
    begun = np.zeros(days)  # logarithm of the probability of all before, and of a change on that day
    at = np.arange(days)
    explained = np.ascontiguousarray((evidence + np.log1p(-hazard) * (at[None, :] - at[:, None])).T)
    change = np.log(hazard)
    for day in range(days - 1):
        begun[day + 1] = change + np.logaddexp.reduce(begun[: day + 1] + explained[day, : day + 1])
    logs = begun + explained[-1]
    weights: NDArray[np.float64] = np.exp(logs - logs.max())
    weights /= weights.sum()
    return weights


def _week_around(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of the seven days around each; at the ends the nearest seven days."""
    width = min(7, len(values))
    means = np.convolve(values, np.ones(width) / width, mode="valid")
    at = np.clip(np.arange(len(values)) - width // 2, 0, len(means) - 1)
    around: NDArray[np.float64] = means[at]
    return around
