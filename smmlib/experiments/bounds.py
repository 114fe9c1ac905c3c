"""Bounds of a test that is looked at while it runs: z and p at each look, power, what looking costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import pandas as pd

from smmlib.experiments.arms import Floats
from smmlib.experiments.crossing import Walk, crossings
from smmlib.experiments.spending import Spending, spending_bounds, spent

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Bounds:
    """When a test may be stopped with a winner: at |z| of at least `z` (one side: at z).

    Attributes:
        times: Shares of the planned information at the looks, rising, the last 1.
        z: Bound at each look.
        alpha: Error of the whole test, over both sides.
        sides: 2 or 1.
    """

    times: tuple[float, ...]
    z: tuple[float, ...]
    alpha: float
    sides: int = 2

    @property
    def nominal_p(self) -> tuple[float, ...]:
        """The p value of a single test that lies just on the bound of each look."""
        return tuple(self.sides * _NORMAL.cdf(-z) for z in self.z)

    @property
    def spent(self) -> tuple[float, ...]:
        """Error spent by each look in sum."""
        up, down = self.crossings(0.0)
        return tuple(np.cumsum(up + down).tolist())

    def crossings(self, drift: float) -> tuple[Floats, Floats]:
        """Chance to leave the bounds first at each look, upwards and downwards; shape (looks,) each.

        Args:
            drift: Expected z of the full test.
        """
        walk = Walk.start(np.array([drift]), sides=self.sides)
        up, down = crossings(walk, self.times, np.array([self.z]))
        return up[0], down[0]

    def power(self, drift: float) -> float:
        """Chance of a decision in the direction of the true difference (`drift`: see `crossings`)."""
        return float(self.crossings(abs(drift))[0].sum())

    def expected_share(self, drift: float) -> float:
        """Share of the planned people a test needs on average until it is decided or over."""
        up, down = self.crossings(drift)
        before = 1 - np.cumsum(up + down)[:-1]
        steps = np.diff(self.times, prepend=0.0)
        return float(steps[0] + before @ steps[1:])

    def inflation(self, power: float) -> float:
        """How many times the people of a test with one look the full plan needs, for the same power.

        Only decisions in the direction of the true difference count, as in the SAS procedure SEQDESIGN.

        Source: Jennison and Turnbull (2000), Group Sequential Methods, 2.6.1 and tables 2.2 and 2.4.
        """
        from scipy.optimize import brentq

        fixed = _NORMAL.inv_cdf(1 - self.alpha / self.sides) + _NORMAL.inv_cdf(power)

        def lacking(ratio: float) -> float:
            return self.power(fixed * math.sqrt(ratio)) - power

        return float(brentq(lacking, 0.9, 6.0, xtol=1e-7))

    def to_frame(self) -> pd.DataFrame:
        """One row per look: look, share, z, nominal_p, spent."""
        return pd.DataFrame(
            {
                "look": range(1, len(self.times) + 1),
                "share": self.times,
                "z": self.z,
                "nominal_p": self.nominal_p,
                "spent": self.spent,
            }
        )


@cache
def bounds_by_spending(times: tuple[float, ...], spending: Spending, alpha: float, sides: int = 2) -> Bounds:
    """Bounds for any look times, by a spending function.

    Args:
        times: Shares of the planned information, rising, above 0.
        spending: "obrien-fleming" or "pocock"; see `spending.spent`.
        alpha: Error of the whole test, between 0 and 1.
        sides: 2 or 1.

    Source:
        Lan and DeMets (1983), Biometrika 70:659-663; gsDesign gives 2.9626, 2.3590, 2.0141 for
        "obrien-fleming" at .5, .75, 1 and 2.5 % on one side.
    """
    spends = spent(spending, times, np.array([alpha / sides]))
    return Bounds(times, tuple(spending_bounds(times, spends, sides)[0].tolist()), alpha, sides)


@cache
def classic_bounds(kind: Spending, looks: int, alpha: float) -> Bounds:
    """Two-sided bounds of one shape for equally spaced looks, as in the first papers.

    Args:
        kind: "pocock": the same z at every look; "obrien-fleming": z falls with 1 over the root of time.
        looks: Number of looks.
        alpha: Error of the whole test.

    Source:
        Pocock (1977), Biometrika 64:191-199: 2.413 for five looks and .05; O'Brien and Fleming (1979),
        Biometrics 35:549-556: 2.0401 at the last of five.
    """
    from scipy.optimize import brentq

    times = even_times(looks)
    shape = np.ones(looks) if kind == "pocock" else 1 / np.sqrt(times)

    def excess(constant: float) -> float:
        return float(first_crossings(times, constant * shape[None, :])[0].sum()) - alpha

    constant = float(brentq(excess, *constant_range(looks, alpha), xtol=1e-10))
    return Bounds(times, tuple((constant * shape).tolist()), alpha)


def constant_range(looks: int, alpha: float) -> tuple[float, float]:
    """Limits of the z at the last look: that of one look, and that of looks that share the error equally."""
    low, high = _NORMAL.inv_cdf(1 - alpha / 2), _NORMAL.inv_cdf(1 - alpha / looks / 2)
    return max(low - 1e-6, 1e-3), high + 1e-6


def first_crossings(times: Sequence[float], z: Floats) -> Floats:
    """Chance, without any difference, to leave two-sided bounds first at each look.

    Args:
        times: Times of the looks.
        z: Bounds, shape (tests, looks).

    Returns:
        Shape (tests, looks).
    """
    return 2 * crossings(Walk.start(np.zeros(len(z))), times, z)[0]


def even_times(looks: int) -> tuple[float, ...]:
    """Shares of the information at so many equally spaced looks."""
    return tuple(look / looks for look in range(1, looks + 1))
