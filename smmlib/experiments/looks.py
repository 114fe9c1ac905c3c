"""Looking at a running test more than once without being fooled by it.

All looks use one bound (Pocock), because a table of counts does not say which of the planned looks it
is. The looks are taken to be equally spaced in trials.

Source: Pocock (1977), Biometrika 64:191-199; the recursion is that of Armitage, McPherson and Rowe
(1969), JRSS A 132:235-244.
"""

from __future__ import annotations

import math
from functools import cache
from numbers import Integral
from statistics import NormalDist

import numpy as np

from smmlib.errors import InvalidValueError
from smmlib.experiments.arms import Floats
from smmlib.language import mark

MOST = 50

_NODES = 120
_GRID = np.linspace(0.05, 8.0, 100)  # values of |z| at which the recursion is run


def check_looks(looks: int) -> None:
    """Raise an `InvalidValueError` unless `looks` is a whole number from 1 to `MOST`."""
    if isinstance(looks, bool) or not isinstance(looks, Integral) or not 1 <= looks <= MOST:
        raise InvalidValueError(
            mark("looks is {looks!r}; it must be the whole number of looks planned, 1 to {most}."),
            looks=looks,
            most=MOST,
        )


def pocock_p_value(z: Floats, looks: int) -> Floats:
    """Chance that the largest |z| of `looks` looks reaches `z` where there is no difference.

    Args:
        z: Values of |z|.
        looks: Looks planned.

    Returns:
        P values, 0 … 1; beyond |z| = 8 the sum over the looks, which is an upper bound.
    """
    from scipy.interpolate import CubicSpline
    from scipy.special import ndtr

    curve = CubicSpline(_GRID, np.log(_crossings(looks)))
    inside = np.minimum(np.exp(curve(np.clip(z, _GRID[0], _GRID[-1]))), 1)
    p: Floats = np.where(z < _GRID[0], 1.0, np.where(z > _GRID[-1], 2 * looks * ndtr(-z), inside))
    return p


@cache
def pocock_bound(looks: int, alpha: float) -> float:
    """The |z| that one of `looks` looks reaches by chance with probability `alpha`: 2.413 for 5, .05."""
    from scipy.optimize import brentq

    low, high = _between(looks, alpha)
    return float(brentq(lambda c: 2 * float(_above(np.array([c]), looks)[0]) - alpha, low, high, xtol=1e-9))


def pocock_bounds(looks: int, alphas: Floats) -> Floats:
    """`pocock_bound` for many levels at once, to five digits: a polynomial through nine bounds."""
    low, high = _between(looks, float(alphas.max()))[0], _between(looks, float(alphas.min()))[1]
    nodes = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(9) + 0.5) / 9)
    curve = np.polynomial.Polynomial.fit(np.log(2 * _above(nodes, looks)), nodes, 8)
    return np.asarray(curve(np.log(alphas)), np.float64)


def _between(looks: int, alpha: float) -> tuple[float, float]:
    """Limits of the bound: that of one look, and that of looks that know nothing of each other."""
    normal = NormalDist()
    return normal.inv_cdf(1 - alpha / 2) - 1e-9, normal.inv_cdf(1 - alpha / looks / 2) + 1e-9


@cache
def pocock_inflation(looks: int, alpha: float, power: float) -> float:
    """How many times the trials of a fixed test the full plan needs, for the same power.

    Only crossings in the direction of the true difference count as power, as in the SAS procedure
    SEQDESIGN, whose documentation gives 1.183143 for 4 looks, .05 and power .9.
    """
    from scipy.optimize import brentq

    bound, normal = np.array([pocock_bound(looks, alpha)]), NormalDist()
    fixed = normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)

    def lacking(ratio: float) -> float:
        return float(_above(bound, looks, drift=fixed * math.sqrt(ratio / looks))[0]) - power

    return float(brentq(lacking, 0.9, 4.0, xtol=1e-6))


def pocock_power(looks: int, bound: float, distance: float) -> float:
    """Chance that one of the looks finds what is `distance` standard errors from zero at the last one.

    As in `pocock_inflation`, only crossings in its direction count.
    """
    return float(_above(np.array([bound]), looks, drift=distance / math.sqrt(looks))[0])


@cache
def _crossings(looks: int) -> Floats:
    return 2 * _above(_GRID, looks)


def _above(bounds: Floats, looks: int, drift: float = 0.0) -> Floats:
    """Chance that S_i is the first to leave ± bound × √i at some look i, and upwards.

    S_i is the sum of i normals with mean `drift` and variance 1.
    """
    from scipy.special import ndtr

    x, weights = np.polynomial.legendre.leggauss(_NODES)
    edge = bounds[:, None]
    at = edge * x
    density = _normal(at - drift) * edge * weights
    crossed: Floats = np.asarray(ndtr(drift - bounds), np.float64)
    for look in range(2, looks + 1):
        new = bounds[:, None] * math.sqrt(look)
        crossed = crossed + np.sum(density * ndtr(at + drift - new), axis=1)
        to = new * x
        step = _normal(to[:, :, None] - at[:, None, :] - drift)
        density = np.einsum("cij,cj->ci", step, density) * new * weights
        at = to
    return np.asarray(crossed, np.float64)


def _normal(x: Floats) -> Floats:
    density: Floats = np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
    return density
