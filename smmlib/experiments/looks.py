"""Planned looks at a running test, and what counts at one of them.

A test that is looked at again and again until it "wins" wins far too often by chance. Planned looks with
a spending function cost little power; the last look is nearly as easy to pass as a single one. Where only
the number of looks is known, all use Pocock's bound, because a table of counts does not say which it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from numbers import Integral, Real
from statistics import NormalDist
from typing import Protocol, runtime_checkable

import numpy as np

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.experiments.arms import Floats
from smmlib.experiments.bounds import (
    Bounds,
    bounds_by_spending,
    classic_bounds,
    even_times,
    first_crossings,
)
from smmlib.experiments.spending import SPENDINGS, Spending, spending_bounds, spent
from smmlib.language import mark

MOST = 50

_EARLIEST = 0.001  # share of the plan before which no look makes sense
_LEVELS = np.linspace(0.25, 7.5, 30)  # |z| of single looks at whose levels the bounds are computed
_GRID = np.linspace(0.05, 8.0, 54)  # values of |z| at which the recursion of equal bounds is run


@runtime_checkable
class Look(Protocol):
    """One look at a running test; `compare` takes it."""

    @property
    def fraction(self) -> float:
        """Share of the planned people seen by now."""

    @property
    def planned(self) -> int:
        """Looks planned; 0: any number is allowed."""

    def bound(self, alpha: float) -> float:
        """The |z| at which the test may be stopped with a winner, two-sided error `alpha`."""

    def p_value(self, z: Floats) -> Floats:
        """The smallest error at which |z| would be on the bound of this look."""


@dataclass(frozen=True, slots=True)
class Looks:
    """When a test will be looked at, and how its error is spent over the looks.

    Attributes:
        times: Shares of the planned people at each look, rising, the last 1: (0.25, 0.5, 1).
        spending: "obrien-fleming" (strict at first, cheap) or "pocock" (easier at first, dearer at the end).

    Raises:
        InvalidValueError: The times do not rise from above 0 to 1.
        UnknownNameError: No such spending.

    Source:
        Lan and DeMets (1983), Biometrika 70:659-663.
    """

    times: tuple[float, ...]
    spending: Spending = "obrien-fleming"

    def __post_init__(self) -> None:
        if self.spending not in SPENDINGS:
            raise UnknownNameError(mark("Spending"), str(self.spending), SPENDINGS)
        times = tuple(float(time) if isinstance(time, Real) else math.nan for time in self.times)
        rising = all(a < b for a, b in zip((0.0, *times), times, strict=False))
        if not (rising and 1 <= len(times) <= MOST and times[0] >= _EARLIEST and math.isclose(times[-1], 1)):
            raise InvalidValueError(
                mark(
                    "The looks are planned at {times}; give 1 to {most} shares of the planned people that "
                    "rise and end at 1, such as 0.25, 0.5, 0.75, 1."
                ),
                times=", ".join(map(str, self.times)) or "()",
                most=MOST,
            )
        object.__setattr__(self, "times", (*times[:-1], 1.0))

    @classmethod
    def even(cls, count: int, spending: Spending = "obrien-fleming") -> Looks:
        """So many equally spaced looks, 1 to 50."""
        check_looks(count)
        return cls(even_times(int(count)), spending)

    def bounds(self, alpha: float = 0.05, *, sides: int = 2) -> Bounds:
        """The bounds if all looks take place as planned."""
        return bounds_by_spending(self.times, self.spending, alpha, sides)

    def at(self, fraction: float, earlier: tuple[float, ...] | None = None) -> PlannedLook:
        """The look at that share of the planned people.

        Args:
            fraction: Share of the planned people seen by now; it need not be a planned time.
            earlier: Shares at the looks before it; None: the planned ones that lie before it.

        Raises:
            InvalidValueError: The shares do not rise from above 0, or an earlier one was the end already.
        """
        before = tuple(t for t in self.times if t < fraction - 1e-9) if earlier is None else earlier
        times = (*before, fraction)
        rising = all(a < b for a, b in zip((0.0, *times), times, strict=False))
        if not (rising and math.isfinite(fraction) and all(t < 1 for t in before)):
            raise InvalidValueError(
                mark(
                    "The look at {fraction:plain} of the planned people comes after looks at {earlier}; "
                    "shares must rise from above 0, and the look at 1 is the last."
                ),
                fraction=fraction,
                earlier=", ".join(map(str, before)) or "–",
            )
        return PlannedLook(self, tuple(round(float(time), 9) for time in times))


@dataclass(frozen=True, slots=True)
class PlannedLook:
    """One look of a plan: `Looks.at`.

    Attributes:
        looks: The plan.
        times: Shares of the planned people at the looks until now, this one last.
    """

    looks: Looks
    times: tuple[float, ...]

    @property
    def fraction(self) -> float:
        """Share of the planned people seen by now."""
        return self.times[-1]

    @property
    def planned(self) -> int:
        """Looks planned."""
        return len(self.looks.times)

    def bound(self, alpha: float) -> float:
        """The |z| at which the test may be stopped with a winner, two-sided error `alpha`."""
        return bounds_by_spending(self.times, self.looks.spending, alpha).z[-1]

    def spent(self, alpha: float) -> float:
        """Error spent by this look in sum, of `alpha` in all."""
        return 2 * float(spent(self.looks.spending, self.times, np.array([alpha / 2]))[0, -1])

    def p_value(self, z: Floats) -> Floats:
        """The smallest two-sided error of the whole plan at which |z| is on the bound of this look.

        Below 5 % at some look in 5 % of tests without any difference, however many looks there were.

        Source: repeated p values, Jennison and Turnbull (2000), Group Sequential Methods, 9.3 and 9.7.
        """
        from scipy.interpolate import CubicSpline
        from scipy.special import ndtr

        bounds, levels = _table(self.times, self.looks.spending)
        inside = CubicSpline(bounds, levels)(np.clip(z, bounds[0], bounds[-1]))
        p: Floats = np.where(z < bounds[0], 1.0, 2 * ndtr(-inside))
        return p

    def ahead(self, alpha: float) -> Bounds:
        """The bounds of the looks still to come, at their planned times; none after the last."""
        to_come = tuple(t for t in self.looks.times if t > self.fraction + 1e-9)
        whole = bounds_by_spending((*self.times, *to_come), self.looks.spending, alpha)
        return Bounds(to_come, whole.z[len(self.times) :], alpha)


@cache
def _table(times: tuple[float, ...], spending: Spending) -> tuple[Floats, Floats]:
    """Bound of the last look at each of `_LEVELS`, and these levels, where both rise."""
    from scipy.special import ndtr

    spends = spent(spending, times, np.asarray(ndtr(-_LEVELS), np.float64))
    bounds = spending_bounds(times, spends)[:, -1]
    rising = bounds > np.maximum.accumulate(np.concatenate([[-1.0], bounds[:-1]]))
    return bounds[rising], _LEVELS[rising]


def check_looks(looks: int) -> None:
    """Raise an `InvalidValueError` unless `looks` is a whole number from 1 to `MOST`."""
    if isinstance(looks, bool) or not isinstance(looks, Integral) or not 1 <= looks <= MOST:
        raise InvalidValueError(
            mark("looks is {looks!r}; it must be the whole number of looks planned, 1 to {most}."),
            looks=looks,
            most=MOST,
        )


def inflation(looks: int | Looks, alpha: float, power: float) -> float:
    """How many times the people of a test with one look the full plan needs, for the same power.

    Args:
        looks: The plan, or a number of equally spaced looks with Pocock's bound.
        alpha: Two-sided error.
        power: Chance to find the planned difference.

    Source:
        `Bounds.inflation`; SAS's documentation of SEQDESIGN gives 1.183143 for 4 Pocock looks, .05, .9.
    """
    if isinstance(looks, Looks):
        return looks.bounds(alpha).inflation(power)
    return pocock_inflation(looks, alpha, power)


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
    low, high = _between(looks, float(alphas.max()))[0], _between(looks, float(alphas.min()))[1]
    nodes = (low + high) / 2 + (high - low) / 2 * np.cos(np.pi * (np.arange(9) + 0.5) / 9)
    reached = first_crossings(even_times(looks), np.repeat(nodes[:, None], looks, axis=1)).sum(axis=1)
    curve = np.polynomial.Polynomial.fit(np.log(reached), nodes, 8)
    return np.asarray(curve(np.log(alphas)), np.float64)


def _between(looks: int, alpha: float) -> tuple[float, float]:
    """Limits of the bound: that of one look, and that of looks that know nothing of each other."""
    normal = NormalDist()
    return normal.inv_cdf(1 - alpha / 2) - 1e-9, normal.inv_cdf(1 - alpha / looks / 2) + 1e-9


@cache
def pocock_inflation(looks: int, alpha: float, power: float) -> float:
    """How many times the people of a test with one look the full plan needs; see `Bounds.inflation`."""
    return classic_bounds("pocock", looks, alpha).inflation(power)


@cache
def _reached(looks: int) -> Floats:
    """Chance of each of `_GRID` to be reached."""
    reached: Floats = first_crossings(even_times(looks), np.repeat(_GRID[:, None], looks, axis=1)).sum(axis=1)
    return reached
