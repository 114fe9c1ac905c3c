"""How likely a test of given size finds a difference, for any shares and any number of variants.

Two variants: a closed formula. More: the chance that Holm's procedure in `compare` names the better
variant, by quadrature over the noise of all variants on a fixed lattice (no random numbers).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from statistics import NormalDist
from typing import Literal

import numpy as np

from smmlib.experiments.arms import Floats
from smmlib.experiments.looks import pocock_bound, pocock_inflation

Against = Literal["best", "control"]

_POINTS = 8192
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Split:
    """Who is compared with whom, and how strictly.

    Attributes:
        shares: Share of people of each variant, adding up to 1; the first is the control's.
        against: "best": a winner beats every other variant; "control": it beats the first.
        alpha: Two-sided error of the whole test.
        dispersion: Variance inflation.
        degrees: Degrees of freedom of its estimate; infinite: it is known.
        looks: Looks planned.
    """

    shares: tuple[float, ...]
    against: Against
    alpha: float
    dispersion: float
    degrees: float
    looks: int

    @property
    def better(self) -> int:
        """Position of the variant planned to be better: the one hardest to find, with the smallest share."""
        allowed = range(self.against == "control", len(self.shares))
        return min(allowed, key=lambda arm: self.shares[arm])

    def threshold(self, pairs: int) -> float:
        """The |z| at which one of that many pairs still in question is decided (Holm)."""
        level = round(self.alpha / pairs, 15)
        z = pocock_bound(self.looks, level) if self.looks > 1 else _NORMAL.inv_cdf(1 - level / 2)
        if math.isinf(self.degrees):
            return z
        from scipy.special import stdtrit

        return float(-stdtrit(self.degrees, _NORMAL.cdf(-z)))


def power_of(base_rate: float, target_rate: float, trials: float, split: Split) -> float:
    """Chance that a test of that many people in all names the better variant.

    Args:
        base_rate: Rate of the other variants, a fraction.
        target_rate: Rate of the better one, or of the one to be told from the control.
        trials: People in all.
        split: Shares and strictness.

    Source:
        Pooled variance under the null as in the score test: Fleiss, Tytun and Ury (1980), Biometrics
        36:343-346, without continuity correction. Lattice: Richtmyer (1951), as in Genz and Bretz (2009),
        Computation of Multivariate Normal and t Probabilities, 4.2. Several looks: the same power as one
        look at trials divided by Pocock's inflation.
    """
    if split.looks == 1:
        return _power_at_once(base_rate, target_rate, trials, split)
    power, once = 0.8, replace(split, looks=1)
    for _ in range(6):  # the inflation hardly depends on the power, so this settles at once
        reached = _power_at_once(base_rate, target_rate, trials / _inflation(split, power), once)
        power = min(max(reached, split.alpha), 0.9999)
    return reached


def trials_for(base_rate: float, target_rate: float, power: float, split: Split) -> float:
    """People needed in all, before rounding; see `power_of`."""
    if split.looks > 1:
        once = trials_for(base_rate, target_rate, power, replace(split, looks=1))
        return once * _inflation(split, power)
    start = _trials_of_a_pair(base_rate, target_rate, power, split)
    if len(split.shares) == 2:
        return start
    from scipy.optimize import brentq

    def lacking(log_trials: float) -> float:
        return power_of(base_rate, target_rate, math.exp(log_trials), split) - power

    low = high = math.log(start)
    while lacking(low) > 0:
        low -= 0.5
    while lacking(high) < 0:
        high += 0.5
    return math.exp(brentq(lacking, low, high, xtol=1e-6))


def lift_for(base_rate: float, trials: float, power: float, split: Split, *, upwards: bool) -> float | None:
    """The smallest lift that so many people in all find with that power; None: not even the largest one."""
    from scipy.optimize import brentq

    most = (1 - base_rate) / base_rate if upwards else -1.0

    def lacking(part: float) -> float:
        return power_of(*rates(base_rate, most * part, split.against), trials, split) - power

    largest = 1 - 1e-9
    if trials < len(split.shares) or lacking(largest) < 0:
        return None
    return most * float(brentq(lacking, 1e-9, largest, xtol=1e-12))


def rates(base_rate: float, relative_lift: float, against: Against) -> tuple[float, float]:
    """Rate of the others and of the variant in question; a winner over all others has the higher one."""
    target = base_rate * (1 + relative_lift)
    return (target, base_rate) if against == "best" and target < base_rate else (base_rate, target)


def _inflation(split: Split, power: float) -> float:
    return pocock_inflation(split.looks, round(split.alpha / (len(split.shares) - 1), 15), power)


def _pair(base_rate: float, target_rate: float, split: Split) -> tuple[float, float]:
    """Standard errors of the difference, under the null and in truth, times the root of the trials."""
    better = split.better
    other = 0 if split.against == "control" else min(set(range(len(split.shares))) - {better})
    own, rival = split.shares[better], split.shares[other]
    pooled = (own * target_rate + rival * base_rate) / (own + rival)
    null = pooled * (1 - pooled) * (1 / own + 1 / rival)
    truth = target_rate * (1 - target_rate) / own + base_rate * (1 - base_rate) / rival
    return math.sqrt(null * split.dispersion), math.sqrt(truth * split.dispersion)


def _trials_of_a_pair(base_rate: float, target_rate: float, power: float, split: Split) -> float:
    null, truth = _pair(base_rate, target_rate, split)
    z = split.threshold(len(split.shares) - 1) * null + _NORMAL.inv_cdf(power) * truth
    return (z / (target_rate - base_rate)) ** 2


def _power_at_once(base_rate: float, target_rate: float, trials: float, split: Split) -> float:
    if len(split.shares) == 2:
        null, truth = _pair(base_rate, target_rate, split)
        distance = abs(target_rate - base_rate) * math.sqrt(trials)
        return _NORMAL.cdf((distance - split.threshold(1) * null) / truth)
    true = np.full(len(split.shares), base_rate)
    true[split.better] = target_rate
    hub = split.better if split.against == "best" else 0
    z = _scores(true, trials, split, hub)
    limits = np.array([split.threshold(pairs) for pairs in range(1, len(true))])  # smallest |z| first
    if split.against == "best":
        return float(np.mean(np.all(np.sort(z, axis=1) >= limits, axis=1)))
    own = z[:, [split.better - 1]] * math.copysign(1, base_rate - target_rate)
    falling = np.sort(np.abs(z), axis=1)[:, ::-1]
    decided = np.cumprod(falling >= limits[::-1], axis=1).sum(axis=1)  # Holm stops at the first that fails
    before = np.sum(np.abs(z) > own, axis=1)
    return float(np.mean((own[:, 0] > 0) & (before < decided)))


def _scores(true: Floats, trials: float, split: Split, hub: int) -> Floats:
    """The score of one variant, the hub, against each other one, at every point of the lattice."""
    shares = np.array(split.shares)
    noise = np.sqrt(split.dispersion * true * (1 - true) / (trials * shares))
    measured = true + noise * _lattice(len(shares))
    spokes = np.delete(np.arange(len(shares)), hub)
    pooled = (shares[spokes] * true[spokes] + shares[hub] * true[hub]) / (shares[spokes] + shares[hub])
    variance = split.dispersion * pooled * (1 - pooled) * (1 / shares[spokes] + 1 / shares[hub]) / trials
    scores: Floats = (measured[:, [hub]] - measured[:, spokes]) / np.sqrt(variance)
    return scores


@cache
def _lattice(arms: int) -> Floats:
    """Evenly spread normal values, one column per variant."""
    from scipy.special import ndtri

    even = (np.arange(1, _POINTS + 1)[:, None] * np.sqrt(_primes(arms)) + 0.5) % 1
    folded = np.abs(2 * even - 1)  # the baker's map: smoother at the ends
    spread: Floats = np.asarray(ndtri(np.clip(folded, 1e-12, 1 - 1e-12)), np.float64)
    return spread


def _primes(count: int) -> Floats:
    found: list[int] = []
    candidate = 2
    while len(found) < count:
        if all(candidate % prime for prime in found):
            found.append(candidate)
        candidate += 1
    return np.array(found, np.float64)
