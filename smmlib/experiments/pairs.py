"""Each arm against its rival: difference, interval, p value, corrected within the test. All at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from smmlib.experiments.adjusting import holm
from smmlib.experiments.arms import Arms, Flags, Floats, Ints
from smmlib.intervals import Limits, critical, newcombe


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """One value per arm, in the order of `Arms`; missing where the arm has no rival.

    Attributes:
        rate: Successes per trial.
        rival: Position of the arm it is compared with, -1 for none.
        diff: Its rate minus the rival's.
        low: Lower limit of `diff`.
        high: Upper limit of `diff`.
        p_value: Two-sided, of one pair looked at once.
        p_adjusted: After correction for looks and for the pairs of the test.
    """

    rate: Floats
    rival: Ints
    diff: Floats
    low: Floats
    high: Floats
    p_value: Floats
    p_adjusted: Floats


@dataclass(frozen=True, slots=True)
class PairTerms:
    """How pairs are judged.

    Attributes:
        confidence: Level of the interval of one pair (wider already where looks are corrected for).
        dispersion: Variance inflation.
        degrees: Degrees of freedom of its estimate; infinite: it is known.
        correct: Takes |z| to a p value that is corrected for looks; None: the p value of one look.
        adjust: Corrects the p values of a test for its number of pairs.
        limits: Interval of a difference of two rates.
    """

    confidence: float
    dispersion: float = 1.0
    degrees: float = math.inf
    correct: Callable[[Floats], Floats] | None = None
    adjust: Callable[[Floats], Floats] = holm
    limits: Callable[..., Limits] = newcombe

    @property
    def widened(self) -> float:
        """The dispersion that makes a normal interval as wide as one by Student's t."""
        if math.isinf(self.degrees):
            return self.dispersion
        from scipy.special import stdtrit

        t = float(stdtrit(self.degrees, (1 + self.confidence) / 2))
        return self.dispersion * (t / critical(self.confidence)) ** 2

    def as_normal(self, z: Floats) -> Floats:
        """|z| divided by an estimated dispersion is Student's t; the normal value of the same p."""
        if math.isinf(self.degrees):
            return z
        from scipy.special import ndtri, stdtr

        t: Floats = np.asarray(-ndtri(stdtr(self.degrees, -z)), np.float64)
        return np.minimum(t, z)


def pair_up(arms: Arms, terms: PairTerms) -> Pairs:
    """Compare every arm with its rival: the control, else the best other arm.

    Args:
        arms: The counts.
        terms: Level, dispersion, corrections, kind of interval.

    Source:
        Score test with the pooled rate; for the interval and the correction see `terms`.
    """
    from scipy.special import ndtr

    n, x = arms.trials, arms.successes
    rate = np.divide(x, n, out=np.full(len(n), np.nan), where=(n > 0) & (x >= 0) & (x <= n))
    rival, repeats = _rivals(arms, rate)
    has = np.flatnonzero(rival >= 0)
    own = (arms.successes[has], arms.trials[has])
    other = (arms.successes[rival[has]], arms.trials[rival[has]])
    z = terms.as_normal(score(own, other, terms.dispersion))
    p_value: Floats = 2 * np.asarray(ndtr(-z), np.float64)
    limits = terms.limits(own, other, confidence=terms.confidence, dispersion=terms.widened)
    diff = own[0] / own[1] - other[0] / other[1]
    corrected = p_value if terms.correct is None else terms.correct(z)
    adjusted = _adjusted(arms, rival, repeats, _spread(corrected, has, len(n)), terms.adjust)
    return Pairs(
        rate,
        rival,
        diff=_spread(diff, has, len(n)),
        low=_spread(limits[0], has, len(n)),
        high=_spread(limits[1], has, len(n)),
        p_value=_spread(p_value, has, len(n)),
        p_adjusted=adjusted,
    )


def _rivals(arms: Arms, rate: Floats) -> tuple[Ints, Flags]:
    """The rival of each arm, and the arms that add no pair: the control, or the leader.

    The leader's rival is its runner-up, whose rival is the leader: one pair, not two.
    """
    rival, repeats = np.full(len(rate), -1, np.intp), np.zeros(len(rate), bool)
    for tests, place in arms.by_size:
        if arms.control is not None:
            first = arms.control[tests]
            rival[place] = first[:, None]
            rival[first] = -1
        else:
            rates, each = rate[place], np.arange(len(tests))
            lead = rates.argmax(axis=1)
            first = place[each, lead]
            rates[each, lead] = -1.0
            rival[place] = first[:, None]
            rival[first] = place[each, rates.argmax(axis=1)]
        repeats[first] = True
    return rival, repeats


def score(own: tuple[Floats, Floats], other: tuple[Floats, Floats], dispersion: float) -> Floats:
    """|z| of the score test with the pooled rate; 0 where neither or every trial succeeded."""
    (x, n), (y, m) = own, other
    pooled = (x + y) / (n + m)
    variance = dispersion * pooled * (1 - pooled) * (1 / n + 1 / m)
    distance = np.abs(x / n - y / m)
    z: Floats = np.divide(distance, np.sqrt(variance), out=np.zeros_like(x), where=variance > 0)
    return z


def _spread(values: Floats, places: Ints, size: int) -> Floats:
    spread = np.full(size, np.nan)
    spread[places] = values
    return spread


def _adjusted(
    arms: Arms, rival: Ints, repeats: Flags, p: Floats, adjust: Callable[[Floats], Floats]
) -> Floats:
    """P values corrected within each test over the pairs it takes, each counted once."""
    adjusted = p.copy()
    for tests, place in arms.by_size:
        if place.shape[1] > 2:
            kept = place[~repeats[place]].reshape(len(tests), -1)
            adjusted[kept] = adjust(p[kept])
    leaders = np.flatnonzero(repeats & (rival >= 0))
    adjusted[leaders] = adjusted[rival[leaders]]
    return adjusted
