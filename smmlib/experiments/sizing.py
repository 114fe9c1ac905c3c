"""How likely a test of given size finds a difference, for any shares and any number of variants.

Two variants: a closed formula. More: `holm_power`.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from smmlib.experiments.holm_power import scores
from smmlib.experiments.looks import pocock_inflation, pocock_power
from smmlib.experiments.split_design import Against, Split

_NORMAL = NormalDist()


def power_of(base_rate: float, target_rate: float, trials: float, split: Split) -> float:
    """Chance that a test of that many people in all names the better variant.

    Args:
        base_rate: Rate of the other variants, a fraction.
        target_rate: Rate of the better one, or of the one to be told from the control.
        trials: People in all.
        split: Shares and strictness.

    Source:
        Pooled variance under the null as in the score test: Fleiss, Tytun and Ury (1980), Biometrics
        36:343-346, without continuity correction. Several looks: Pocock (1977).
    """
    if len(split.shares) > 2:
        return scores(base_rate, target_rate, split).found(trials)
    null, truth = _pair(base_rate, target_rate, split)
    distance = abs(target_rate - base_rate) * math.sqrt(trials) / truth
    bound = float(split.thresholds()[0]) * null / truth
    if split.looks == 1:
        return _NORMAL.cdf(distance - bound)
    return pocock_power(split.looks, bound, distance)


def trials_for(base_rate: float, target_rate: float, power: float, split: Split) -> float:
    """People needed in all, before rounding; see `power_of`."""
    start = _trials_of_a_pair(base_rate, target_rate, power, _once(split))
    if len(split.shares) == 2:
        return start * _inflation(split, power)
    most = _trials_of_a_pair(base_rate, target_rate, power, split)
    return scores(base_rate, target_rate, split).trials_for(power, start, most)


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


def _once(split: Split) -> Split:
    return Split(split.shares, split.against, split.alpha, split.dispersion, split.degrees, looks=1)


def _inflation(split: Split, power: float) -> float:
    return pocock_inflation(split.looks, split.alpha, power) if split.looks > 1 else 1.0


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
    z = float(split.thresholds()[-1]) * null + _NORMAL.inv_cdf(power) * truth
    return (z / (target_rate - base_rate)) ** 2
