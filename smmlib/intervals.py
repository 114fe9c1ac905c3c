"""Confidence intervals of rates and of differences between rates: arrays in, arrays out.

All functions take counts as scalars or arrays that broadcast, and give a pair of float arrays
(lower limits, upper limits) as fractions. Where trials are zero or missing the limits are missing (NaN).

`dispersion` is how many times the counts vary more than independent coin flips would (1 = not at
all); it widens the interval by its square root. See `smmlib.experiments.estimate_dispersion`.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from smmlib.errors import InvalidValueError
from smmlib.language import mark

Floats = npt.NDArray[np.float64]
Limits = tuple[Floats, Floats]

_HALVINGS = 54  # of an interval of width 2, down to the spacing of floats near 1


def critical(confidence: float) -> float:
    """Two-sided normal quantile: 1.96 for .95.

    Raises:
        InvalidValueError: `confidence` does not lie between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise InvalidValueError(
            mark("The confidence is {confidence:plain}; it must lie between 0 and 1, for example 0.95."),
            confidence=confidence,
        )
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(
    successes: npt.ArrayLike, trials: npt.ArrayLike, *, confidence: float = 0.95, dispersion: float = 1.0
) -> Limits:
    """Score interval of a rate; it never leaves 0 … 1 and works for no or only successes.

    Args:
        successes: Counts, 0 to `trials`.
        trials: Counts.
        confidence: Level of the two-sided interval, between 0 and 1.
        dispersion: Variance inflation, at least 1.

    Source:
        Wilson (1927), JASA 22:209-212.
    """
    n = _trials(trials)
    spread = critical(confidence) ** 2 * dispersion / n
    rate = np.asarray(successes, float) / n
    centre = rate + spread / 2
    half = np.sqrt(spread * (rate * (1 - rate) + spread / 4))
    return np.clip((centre - half) / (1 + spread), 0, 1), np.clip((centre + half) / (1 + spread), 0, 1)


def newcombe(
    first: tuple[npt.ArrayLike, npt.ArrayLike],
    second: tuple[npt.ArrayLike, npt.ArrayLike],
    *,
    confidence: float = 0.95,
    dispersion: float = 1.0,
) -> Limits:
    """Interval of the rate of `first` minus the rate of `second`, from their Wilson limits.

    Args:
        first: (successes, trials).
        second: (successes, trials).
        confidence: Level of the two-sided interval, between 0 and 1.
        dispersion: Variance inflation, at least 1.

    Source:
        Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    (rate_1, low_1, high_1), (rate_2, low_2, high_2) = (
        (np.asarray(s, float) / _trials(n), *wilson(s, n, confidence=confidence, dispersion=dispersion))
        for s, n in (first, second)
    )
    diff = rate_1 - rate_2
    low = diff - np.sqrt((rate_1 - low_1) ** 2 + (high_2 - rate_2) ** 2)
    return low, diff + np.sqrt((high_1 - rate_1) ** 2 + (rate_2 - low_2) ** 2)


def miettinen_nurminen(
    first: tuple[npt.ArrayLike, npt.ArrayLike],
    second: tuple[npt.ArrayLike, npt.ArrayLike],
    *,
    confidence: float = 0.95,
    dispersion: float = 1.0,
) -> Limits:
    """Score interval of the rate of `first` minus the rate of `second`.

    It holds the differences that a score test with restricted estimates, and the variance factor
    N / (N - 1), does not reject.

    Args:
        first: (successes, trials).
        second: (successes, trials).
        confidence: Level of the two-sided interval, between 0 and 1.
        dispersion: Variance inflation, at least 1.

    Source:
        Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.
    """
    counts = np.broadcast_arrays(*(np.asarray(x, float) for x in (*first, *second)))
    s_1, n_1, s_2, n_2 = (counts[0], _trials(counts[1]), counts[2], _trials(counts[3]))
    diff = s_1 / n_1 - s_2 / n_2
    z = critical(confidence) * np.sqrt(dispersion)
    ends = []
    for side in (-1.0, 1.0):
        inside, outside = diff.copy(), np.full_like(diff, side)
        for _ in range(_HALVINGS):
            middle = (inside + outside) / 2
            rejected = np.abs(_score(middle, (s_1, n_1, s_2, n_2))) > z
            inside, outside = np.where(rejected, inside, middle), np.where(rejected, middle, outside)
        ends.append(np.where(np.isnan(diff), np.nan, inside))
    return ends[0], ends[1]


def log_ratio(
    first: tuple[npt.ArrayLike, npt.ArrayLike],
    second: tuple[npt.ArrayLike, npt.ArrayLike],
    *,
    dispersion: float = 1.0,
) -> tuple[Floats, Floats]:
    """Log of the rate of `first` over the rate of `second`, and its standard error.

    Where a count is zero or full, both rates get half a success and half a failure more (the mean under
    Jeffreys's prior), so that the ratio exists and its error is not nought.

    Args:
        first: (successes, trials).
        second: (successes, trials).
        dispersion: Variance inflation, at least 1.

    Source:
        Katz, Baptista, Azen and Pike (1978), Biometrics 34:469-474.
    """
    s_1, n_1, s_2, n_2 = (
        np.asarray(x, float) for x in (first[0], _trials(first[1]), second[0], _trials(second[1]))
    )
    edge = (s_1 == 0) | (s_2 == 0) | (s_1 == n_1) | (s_2 == n_2)
    half = np.where(edge, 0.5, 0.0)
    s_1, n_1, s_2, n_2 = s_1 + half, n_1 + 2 * half, s_2 + half, n_2 + 2 * half
    variance = 1 / s_1 - 1 / n_1 + 1 / s_2 - 1 / n_2
    ratio: Floats = np.log(s_1 / n_1) - np.log(s_2 / n_2)
    return ratio, np.sqrt(variance * dispersion)


def lift_limits(
    first: tuple[npt.ArrayLike, npt.ArrayLike],
    second: tuple[npt.ArrayLike, npt.ArrayLike],
    *,
    confidence: float = 0.95,
    dispersion: float = 1.0,
) -> Limits:
    """Interval of the relative lift of `first` over `second`: rate over rate, less 1 (0.2 = 20 % more).

    Args:
        first: (successes, trials).
        second: (successes, trials).
        confidence: Level of the two-sided interval, between 0 and 1.
        dispersion: Variance inflation, at least 1.

    Source:
        On the log scale, see `log_ratio`.
    """
    ratio, error = log_ratio(first, second, dispersion=dispersion)
    half = critical(confidence) * error
    return np.expm1(ratio - half), np.expm1(ratio + half)


def _score(delta: Floats, counts: tuple[Floats, Floats, Floats, Floats]) -> Floats:
    """Score statistic of the hypothesis that the difference is `delta`."""
    s_1, n_1, s_2, n_2 = counts
    p_2 = _restricted(delta, counts)
    p_1 = np.clip(p_2 + delta, 0, 1)
    total = n_1 + n_2
    variance = (p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2) * total / (total - 1)
    gap = s_1 / n_1 - s_2 / n_2 - delta
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(gap == 0, 0.0, gap / np.sqrt(variance))


def _restricted(delta: Floats, counts: tuple[Floats, Floats, Floats, Floats]) -> Floats:
    """Most likely second rate when the difference is `delta`: root of a cubic (appendix of the paper)."""
    s_1, n_1, s_2, n_2 = counts
    total = n_1 + n_2
    a = total
    b = (n_1 + 2 * n_2) * delta - total - s_1 - s_2
    c = (n_2 * delta - total - 2 * s_2) * delta + s_1 + s_2
    d = s_2 * delta * (1 - delta)
    q = (b / (3 * a)) ** 3 - b * c / (6 * a**2) + d / (2 * a)
    p = np.where(q < 0, -1.0, 1.0) * np.sqrt(np.maximum((b / (3 * a)) ** 2 - c / (3 * a), 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(p == 0, 0.0, q / p**3)
    angle = (np.pi + np.arccos(np.clip(ratio, -1, 1))) / 3
    root: Floats = 2 * p * np.cos(angle) - b / (3 * a)
    for _ in range(2):  # the cosine loses digits where the root is small; Newton's steps bring them back
        slope = (3 * a * root + 2 * b) * root + c
        value = ((a * root + b) * root + c) * root + d
        root = root - np.divide(value, slope, out=np.zeros_like(root), where=slope != 0)
    return np.minimum(np.maximum(root, np.maximum(0, -delta)), np.minimum(1, 1 - delta))


def _trials(trials: npt.ArrayLike) -> Floats:
    n = np.asarray(trials, np.float64)
    valid: Floats = np.where(n > 0, n, np.nan)
    return valid
