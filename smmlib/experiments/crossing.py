"""The chance that a running test leaves its bounds, look after look: one recursion for every design.

A running test is a Brownian motion B(t): t is the share of the planned information, 0 … 1, and the z value
at a look is B(t) / √t. Between two looks the increment is normal with mean drift × Δt and variance Δt.
`Walk` holds the density of B where no bound has been left yet, at Gauss-Legendre nodes.

Source: Armitage, McPherson and Rowe (1969), JRSS A 132:235-244; Jennison and Turnbull (2000), Group
Sequential Methods, chapter 19, for the numerical integration.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from smmlib.experiments.arms import Floats

_DEEP = 10.0  # standard deviations beyond which nothing is integrated
_NODES, _PER_SD = 24, 1.8  # nodes of a range: so many, and more for each standard deviation of the finer step


@dataclass(frozen=True, eq=False, slots=True)
class Walk:
    """Several tests (one a row) that have not left their bounds so far.

    Attributes:
        time: Share of the planned information, the same for all rows.
        at: Values of B(time), shape (tests, nodes).
        mass: Probability at each node, the same shape; rows sum to the chance of still being inside.
        drift: Expected z at time 1, shape (tests, 1).
        sides: 2: bounds above and below; 1: only above.
    """

    time: float
    at: Floats
    mass: Floats
    drift: Floats
    sides: int = 2

    @classmethod
    def start(cls, drift: Floats, *, sides: int = 2, time: float = 0.0, at: float = 0.0) -> Walk:
        """Tests that stand at B(time) = `at`; one row for each drift."""
        rows = np.asarray(drift, np.float64).reshape(-1, 1)
        return cls(time, np.full_like(rows, at), np.ones_like(rows), rows, sides)

    def above(self, time: float, z: Floats) -> Floats:
        """Chance of each test to be above z at that time, and inside until now; z has shape (tests,)."""
        return self._beyond(time, z, 1)

    def below(self, time: float, z: Floats) -> Floats:
        """Chance of each test to be below -z at that time, and inside until now."""
        return self._beyond(time, z, -1) if self.sides == 2 else np.zeros(len(self.at))

    def density_at(self, time: float, z: Floats) -> Floats:
        """Density of the z value of each test at z at that time, with being inside until now."""
        step = time - self.time
        distance = z[:, None] * math.sqrt(time) - self.at - self.drift * step
        density = np.exp(-0.5 * distance**2 / step) / math.sqrt(2 * math.pi * step)
        return np.asarray((self.mass * density).sum(axis=1) * math.sqrt(time), np.float64)

    def inside(self, time: float, z: Floats, then: float | None = None) -> Walk:
        """The tests that lie within ± z (one side: below z) at that time.

        Args:
            time: Time of the look.
            z: Bounds, shape (tests,).
            then: Time of the look after it, which says how fine the nodes must lie; None: there is none.
        """
        step = time - self.time
        root = math.sqrt(time)
        mean = self.drift[:, 0] * time
        high = np.minimum(z * root, np.maximum(mean, 0) + _DEEP * root)
        low = np.minimum(mean, 0) - _DEEP * root
        low = np.minimum(np.maximum(-z * root, low) if self.sides == 2 else low, high)
        finest = math.sqrt(step if then is None else min(step, then - time))
        count = _NODES + math.ceil(_PER_SD * float((high - low).max(initial=0)) / finest)
        x, weights = _legendre(count)
        half = ((high - low) / 2)[:, None]
        to = ((high + low) / 2)[:, None] + half * x
        moved = (self.at + self.drift * step)[:, None, :]
        kernel = np.exp((to[:, :, None] - moved) ** 2 * (-0.5 / step))
        density = np.einsum("rij,rj->ri", kernel, self.mass) / math.sqrt(2 * math.pi * step)
        return Walk(time, to, density * half * weights, self.drift, self.sides)

    def _beyond(self, time: float, z: Floats, side: int) -> Floats:
        from scipy.special import ndtr

        step = time - self.time
        distance = side * (self.at + self.drift * step) - z[:, None] * math.sqrt(time)
        return np.asarray((self.mass * ndtr(distance / math.sqrt(step))).sum(axis=1), np.float64)


def crossings(walk: Walk, times: Sequence[float], z: Floats) -> tuple[Floats, Floats]:
    """Chances to leave the bounds at each look for the first time.

    Args:
        walk: Where the tests stand.
        times: Times of the looks to come, rising.
        z: Bounds, shape (tests, looks).

    Returns:
        Upwards and downwards, each of shape (tests, looks).
    """
    up, down = np.empty_like(z), np.empty_like(z)
    for look, time in enumerate(times):
        up[:, look], down[:, look] = walk.above(time, z[:, look]), walk.below(time, z[:, look])
        if look + 1 < len(times):
            walk = walk.inside(time, z[:, look], times[look + 1])
    return up, down


@cache
def _legendre(count: int) -> tuple[Floats, Floats]:
    x, weights = np.polynomial.legendre.leggauss(count)
    return x, weights
