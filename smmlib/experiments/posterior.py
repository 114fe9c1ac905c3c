"""Exact probability of being best, and expected loss, for any number of tests at once.

Every arm's rate has a Beta posterior. On the logit scale all posteriors of a test are put on one
grid of Chebyshev nodes; a matrix product integrates them, products over the arms do the rest.
Tests whose posteriors are of very unequal width get a grid in pieces, one piece between any two
points where a posterior begins or ends. No random numbers are drawn.

Source: P(best) of arm i is the integral of its density times the other arms' distribution functions;
Clenshaw and Curtis (1960), Numerische Mathematik 2:197-205, for the integration.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_DEPTH = 20.0  # a posterior ends where its density is exp(-20) of its height
_STEPS = 4  # of Newton's method towards those ends
_GRIDS = ((13.5, 40), (20.0, 56), (32.0, 88))  # (widest grid in standard deviations, its nodes)
_PIECE_NODES = 64  # of each piece where the grid is in pieces
_BLOCK = 60_000  # densities held at once


def best_and_loss(successes: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Probability that each arm has the highest rate, and what choosing it would cost on average.

    Args:
        successes: Shape (tests, arms); need not be whole, because counts may have been divided by a
            dispersion. 0 to `trials`.
        trials: Shape (tests, arms).

    Returns:
        Two arrays of shape (tests, arms): P(best), 0 … 1, within 1e-6; expected loss, the mean of the
        best rate minus this arm's rate, as a fraction.
    """
    posteriors = _Posteriors(1 + successes, 1 + trials - successes)
    best, mean_best = np.empty_like(successes), np.empty(len(successes))
    for nodes, tests in _by_grid(posteriors):
        for block in _blocks(tests, successes.shape[1], nodes):
            best[block], mean_best[block] = _integrate(posteriors.of(block), nodes)
    return best, np.maximum(mean_best[:, None] - posteriors.mean, 0)


def density_curves(successes: Floats, trials: Floats, *, points: int) -> tuple[Floats, Floats]:
    """Posterior densities of rates, for drawing.

    Args:
        successes: One per arm; may be divided by a dispersion.
        trials: One per arm.
        points: Points of each curve.

    Returns:
        Rates (fractions) and densities per unit of rate, each of shape (arms, points).
    """
    posteriors = _Posteriors(1 + successes, 1 + trials - successes)
    steps = np.linspace(0, 1, points)
    at = posteriors.low[:, None] + (posteriors.high - posteriors.low)[:, None] * steps
    logs = posteriors.log_height()[:, None] - posteriors.of_each(at)
    rates = 1 / (1 + np.exp(-at))
    densities: Floats = np.exp(logs) / (rates * (1 - rates))
    return rates, densities


class _Posteriors:
    """Beta(a, b) posteriors, shape (tests, arms), as densities of the logit of the rate."""

    def __init__(self, a: Floats, b: Floats) -> None:
        self.a, self.b, self.n = a, b, a + b
        self.mode = np.log(a) - np.log(b)
        self.mean = a / self.n
        self.sd = np.sqrt(1 / a + 1 / b)
        self.low, self.high = self._end(-1.0), self._end(1.0)

    def of(self, tests: npt.NDArray[np.intp]) -> _Posteriors:
        """Those of some tests."""
        part = object.__new__(_Posteriors)
        part.__dict__.update({name: values[tests] for name, values in self.__dict__.items()})
        return part

    def drop(self, distance: Floats) -> Floats:
        """How far the log density at `mode + distance` lies below its peak."""
        drop: Floats = self.n * np.log1p(self.mean * np.expm1(distance)) - self.a * distance
        return drop

    def of_each(self, logits: Floats) -> Floats:
        """As `drop`, at several points of each posterior; shape (arms, points)."""
        distance: Floats = logits - self.mode[:, None]
        drops: Floats = self.n[:, None] * np.log1p(self.mean[:, None] * np.expm1(distance))
        drops -= self.a[:, None] * distance
        return drops

    def _end(self, side: float) -> Floats:
        """Where the density has fallen by `_DEPTH`; Newton's method, from outside after one step."""
        distance = side * self.sd * np.sqrt(2 * _DEPTH)
        for _ in range(_STEPS):
            grown = self.mean * np.exp(distance)
            slope = self.n * grown / (1 - self.mean + grown) - self.a
            distance = distance - (self.drop(distance) - _DEPTH) / slope
        end: Floats = self.mode + distance
        return end

    def log_height(self) -> Floats:
        """Log of the density at the mode (the Beta function by Stirling's series)."""
        halves = 0.5 * np.log(self.a * self.b / (2 * np.pi * self.n))
        return halves + _stirling(self.n) - _stirling(self.a) - _stirling(self.b)


def _stirling(x: Floats) -> Floats:
    """What Stirling's formula for log gamma(x) lacks, for x >= 1; absolute error below 1e-13."""
    shift = np.zeros_like(x)
    small = x < 12
    if small.any():
        y = x[small]
        z = y + 12
        rising = np.sum(np.log(y[:, None] + np.arange(12)), axis=1)
        leading = (z - 0.5) * np.log(z) - z - (y - 0.5) * np.log(y) + y
        shift[small] = leading - rising
        x = x.copy()
        x[small] = z
    inverse = 1 / (x * x)
    series = 1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))
    return shift + series / x


@cache
def _chebyshev(nodes: int) -> tuple[Floats, Floats]:
    """Nodes on -1 … 1, and the matrix that takes values there to integrals from each node up to 1."""
    order = np.arange(nodes)
    x = -np.cos(np.pi * order / (nodes - 1))
    terms = np.cos(np.outer(np.arccos(x), np.arange(nodes + 1)))  # T_n at the nodes
    ends = np.where((order == 0) | (order == nodes - 1), 0.5, 1.0)
    to_coefficients = 2 / (nodes - 1) * ends[:, None] * terms[:, :nodes].T * ends
    integrals = np.zeros((nodes, nodes))  # of T_n from each node up to 1
    above = 1 - terms
    integrals[:, 0], integrals[:, 1] = above[:, 1], above[:, 2] / 4
    for n in range(2, nodes):
        integrals[:, n] = above[:, n + 1] / (2 * (n + 1)) - above[:, n - 1] / (2 * (n - 1))
    return x, integrals @ to_coefficients


def _by_grid(posteriors: _Posteriors) -> list[tuple[int, npt.NDArray[np.intp]]]:
    """Tests grouped by the nodes their grid needs; 0 nodes: a grid in pieces."""
    low, high = posteriors.low.max(axis=1), posteriors.high.max(axis=1)
    matters = posteriors.high > low[:, None]
    finest = np.where(matters, posteriors.sd, np.inf).min(axis=1)
    sharper = 1 + 0.15 * np.log2(max(posteriors.a.shape[1] / 8, 1))  # the best of many varies less
    kind = np.searchsorted([width for width, _ in _GRIDS], sharper * (high - low) / finest)
    nodes = np.array([n for _, n in _GRIDS] + [0])[kind]
    return [(int(n), np.flatnonzero(nodes == n)) for n in np.unique(nodes)]


def _blocks(tests: npt.NDArray[np.intp], arms: int, nodes: int) -> list[npt.NDArray[np.intp]]:
    size = max(1, _BLOCK // (arms * (nodes or _PIECE_NODES)))
    return [tests[i : i + size] for i in range(0, len(tests), size)]


def _integrate(posteriors: _Posteriors, nodes: int) -> tuple[Floats, Floats]:
    """P(best) and the mean of the best rate, piece after piece from the highest rate down."""
    lead = posteriors.low.argmax(axis=1)[:, None]
    left, right = posteriors.low.max(axis=1), posteriors.high.max(axis=1)
    edges = np.stack([left, right])
    if not nodes:
        ends = np.concatenate([posteriors.low, posteriors.high], axis=1)
        edges = np.sort(np.clip(ends, left[:, None], right[:, None]), axis=1).T
    density = _Densities(posteriors, lead)
    best, above = np.zeros_like(posteriors.a), np.zeros_like(posteriors.a)
    mean_best = np.take_along_axis(posteriors.mean, lead, axis=1)[:, 0]
    for start, stop in zip(edges[-2::-1], edges[:0:-1], strict=True):
        if np.any(stop > start):
            gain, excess, above = density.piece(start, stop, above, nodes or _PIECE_NODES)
            best += gain
            mean_best += excess
    return np.clip(best, 0, 1), mean_best


class _Densities:
    """Densities of a block of tests, taken relative to one arm of each so that nothing cancels."""

    def __init__(self, posteriors: _Posteriors, lead: npt.NDArray[np.intp]) -> None:
        self.lead = lead
        self.a, self.n = posteriors.a[:, :, None], posteriors.n[:, :, None]
        self.origin = np.take_along_axis(posteriors.mode, lead, axis=1)
        self.rate = np.take_along_axis(posteriors.mean, lead, axis=1)
        at_origin = posteriors.log_height() - posteriors.drop(self.origin - posteriors.mode)
        self.constant = at_origin[:, :, None]

    def piece(self, start: Floats, stop: Floats, above: Floats, nodes: int) -> tuple[Floats, Floats, Floats]:
        """One piece of the grid.

        Args:
            start: Its left end (logit), shape (tests,).
            stop: Its right end.
            above: Probability of each arm right of the piece, shape (tests, arms).
            nodes: Nodes of the piece.

        Returns:
            Share of P(best), shape (tests, arms); share of the mean best rate above the leading arm's,
            shape (tests,); probability right of `start`.
        """
        x, integrals = _chebyshev(nodes)
        half = ((stop - start) / 2)[:, None]
        distance = (start + stop)[:, None] / 2 + half * x - self.origin
        grown = self.rate * np.expm1(distance)
        density = self.a * distance[:, None, :]
        density -= self.n * np.log1p(grown)[:, None, :]
        density += self.constant
        np.exp(density, out=density)
        density *= half[:, :, None]
        upper = density @ integrals.T
        upper += above[:, :, None]
        below = 1 - upper
        others = _others(below)
        weights = integrals[0]
        gain = np.einsum("tkn,tkn,n->tk", density, others, weights)
        rate = (self.rate + grown) / (1 + grown)
        lead = self.lead[:, :, None]
        chance = np.take_along_axis(below, lead, axis=1)[:, 0] * (
            1 - np.take_along_axis(others, lead, axis=1)[:, 0]
        )
        excess = (chance * rate * (1 - rate) * half) @ weights
        return gain, excess, upper[:, :, 0]


def _others(below: Floats) -> Floats:
    """For each arm the product over all other arms, by running products from both ends."""
    arms = below.shape[1]
    others = np.ones_like(below)
    for i in range(1, arms):
        np.multiply(others[:, i - 1], below[:, i - 1], out=others[:, i])
    running = below[:, -1].copy()
    for i in range(arms - 2, -1, -1):
        others[:, i] *= running
        running *= below[:, i]
    return others
