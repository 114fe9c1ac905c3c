"""Put effects of several tests together, when the true effect itself differs from test to test."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from smmlib.errors import InvalidValueError
from smmlib.experiments.arms import Floats, Ints
from smmlib.intervals import critical
from smmlib.language import mark

_STEPS = 200
_PRECISE = 1e-12


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean of effects and how much they differ.

    Attributes:
        mean: Mean effect over tests (random effects).
        error: Its standard error.
        low: Lower limit of the mean.
        high: Upper limit of the mean.
        p_value: Two-sided, of no mean effect.
        tau: Standard deviation of the true effects; 0: they do not differ more than chance explains.
        i_squared: Share of the scatter that is not chance, 0 to 1.
        q: Cochran's Q, the scatter around the mean when all true effects are the same.
        predict_low: Lower limit of where the true effect of the next test lies.
        predict_high: Upper limit of it.
        effects: How many there are.
    """

    mean: float
    error: float
    low: float
    high: float
    p_value: float
    tau: float
    i_squared: float
    q: float
    predict_low: float
    predict_high: float
    effects: int

    def to_frame(self) -> pd.DataFrame:
        """One row, one column per attribute."""
        return pd.DataFrame([asdict(self)])


def pool(effects: Floats, errors: Floats, *, confidence: float = 0.95) -> Pooled:
    """Random-effects mean of effects, with the interval in which the next one is to be expected.

    Args:
        effects: One per test, on a scale where chance is normal, e.g. log ratios.
        errors: Their standard errors, above 0.
        confidence: Level of both intervals, between 0 and 1.

    Raises:
        InvalidValueError: There is no effect, an error is not above 0, or the confidence is out of range.

    Source:
        Between-test variance: Paule and Mandel (1982), J. Res. NBS 87:377-385. Interval of the mean:
        Hartung and Knapp (2001), Statistics in Medicine 20:3875-3889, never narrower than the plain one
        (Röver, Knapp and Friede 2015, BMC Medical Research Methodology 15:99). I²: Higgins and Thompson
        (2002). Prediction: Higgins, Thompson and Spiegelhalter (2009), JRSS A 172:137-159.
    """
    from scipy.special import stdtr, stdtrit

    y, variance = np.asarray(effects, np.float64), np.asarray(errors, np.float64) ** 2
    if not len(y) or not np.all(np.isfinite(y) & np.isfinite(variance) & (variance > 0)):
        raise InvalidValueError(mark("Effects to be pooled need a number each, and an error above zero."))
    critical(confidence)
    group = np.zeros(len(y), np.intp)
    tau_squared = between(y, variance, group)
    weight = 1 / (variance + tau_squared)
    mean = float(weight @ y / weight.sum())
    degrees = max(len(y) - 1, 1)
    scatter = float(weight @ (y - mean) ** 2) / degrees
    error = math.sqrt(max(scatter, 1.0) / weight.sum())
    t = float(stdtrit(degrees, (1 + confidence) / 2)) if len(y) > 1 else critical(confidence)
    ahead = math.hypot(math.sqrt(tau_squared), error)
    p = 2 * float(stdtr(degrees if len(y) > 1 else 1e9, -abs(mean) / error))
    q = spread_at(0.0, y, variance, group)
    return Pooled(
        mean=mean,
        error=error,
        low=mean - t * error,
        high=mean + t * error,
        p_value=p,
        tau=math.sqrt(tau_squared),
        i_squared=_not_chance(tau_squared, variance),
        q=q,
        predict_low=mean - t * ahead,
        predict_high=mean + t * ahead,
        effects=len(y),
    )


def _not_chance(tau_squared: float, variance: Floats) -> float:
    """Share of the scatter that is not chance: tau² over tau² and the typical variance of chance."""
    weight = 1 / variance
    degrees = len(variance) - 1
    if not degrees:
        return 0.0
    typical = degrees * weight.sum() / (weight.sum() ** 2 - np.sum(weight**2))
    return float(tau_squared / (tau_squared + typical))


def between(y: Floats, variance: Floats, group: Ints, covariate: Floats | None = None) -> float:
    """Variance of the true values around the mean of their group, all groups taken together.

    Args:
        y: Values, shape (n,).
        variance: Variance of the chance in each, above 0.
        group: Number of the group of each, counted from 0.
        covariate: What the values also depend on, in a straight line of unknown slope; None: nothing.

    Returns:
        The variance at which the weighted scatter equals its degrees of freedom; 0 where it is below.

    Source:
        Paule and Mandel (1982) for one group; DerSimonian and Kacker (2007), Contemporary Clinical Trials
        28:105-114, for the general form. Newton's steps from 0 come up from below, as the scatter falls
        and is convex in it.
    """
    degrees = len(y) - len(np.unique(group)) - (covariate is not None)
    found = 0.0
    for _ in range(_STEPS):
        weight = 1 / (variance + found)
        rest = residuals(y, weight, group, covariate)[0]
        excess = float(weight @ rest**2) - degrees
        if degrees <= 0 or excess <= _PRECISE * degrees:
            break
        found += excess / float(weight**2 @ rest**2)
    return found


def spread_at(tau_squared: float, y: Floats, variance: Floats, group: Ints) -> float:
    """Weighted scatter around the group means, were this the variance between: generalised Q."""
    weight = 1 / (variance + tau_squared)
    return float(weight @ residuals(y, weight, group, None)[0] ** 2)


def residuals(y: Floats, weight: Floats, group: Ints, covariate: Floats | None) -> tuple[Floats, float]:
    """What weighted means of the groups, and a common slope, leave of the values; and that slope."""
    rest = y - means(y, weight, group)[group]
    if covariate is None:
        return rest, 0.0
    along = covariate - means(covariate, weight, group)[group]
    size = float(weight @ along**2)
    slope = float(weight @ (along * rest)) / size if size > 0 else 0.0
    return rest - slope * along, slope


def means(y: Floats, weight: Floats, group: Ints) -> Floats:
    """Weighted mean of each group."""
    mean: Floats = np.bincount(group, weight * y) / np.bincount(group, weight)
    return mean
