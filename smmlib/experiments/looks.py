"""How many looks, of which a table of counts does not say which it is: one bound for all of them.

All looks use Pocock's bound, and are taken to be equally spaced in trials. For a bound of each look of its
own see `look_plan`.

Source: Pocock (1977), Biometrika 64:191-199.
"""

from __future__ import annotations

from functools import cache
from numbers import Integral

import numpy as np

from smmlib.errors import InvalidValueError
from smmlib.experiments.arms import Floats
from smmlib.experiments.bounds import classic_bounds, constant_range, even_times, first_crossings
from smmlib.language import mark

MOST = 50

_GRID = np.linspace(0.05, 8.0, 54)  # values of |z| at which the recursion is run


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

    curve = CubicSpline(_GRID, np.log(_reached(looks)))
    inside = np.minimum(np.exp(curve(np.clip(z, _GRID[0], _GRID[-1]))), 1)
    p: Floats = np.where(z < _GRID[0], 1.0, np.where(z > _GRID[-1], 2 * looks * ndtr(-z), inside))
    return p


def pocock_bound(looks: int, alpha: float) -> float:
    """The |z| that one of `looks` looks reaches by chance with probability `alpha`: 2.413 for 5, .05."""
    return classic_bounds("pocock", looks, alpha).z[0]


def pocock_bounds(looks: int, alphas: Floats) -> Floats:
    """`pocock_bound` for many levels at once, to five digits: a polynomial through nine bounds."""
    low = constant_range(looks, float(alphas.max()))[0]
    high = constant_range(looks, float(alphas.min()))[1]
    nodes = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(9) + 0.5) / 9)
    chances = first_crossings(even_times(looks), np.repeat(nodes[:, None], looks, axis=1)).sum(axis=1)
    curve = np.polynomial.Polynomial.fit(np.log(chances), nodes, 8)
    return np.asarray(curve(np.log(alphas)), np.float64)


@cache
def pocock_inflation(looks: int, alpha: float, power: float) -> float:
    """How many times the people of a test with one look the full plan needs; see `Bounds.inflation`."""
    return classic_bounds("pocock", looks, alpha).inflation(power)


@cache
def _reached(looks: int) -> Floats:
    """Chance of each of `_GRID` to be reached."""
    reached: Floats = first_crossings(even_times(looks), np.repeat(_GRID[:, None], looks, axis=1)).sum(axis=1)
    return reached
