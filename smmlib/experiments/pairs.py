"""Each arm against its rival: difference, interval, p value, Holm within the test. All tests at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from smmlib.experiments.arms import Arms, Flags, Floats, Ints
from smmlib.intervals import newcombe


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
        p_adjusted: After correction for looks and, by Holm, for the pairs of the test.
    """

    rate: Floats
    rival: Ints
    diff: Floats
    low: Floats
    high: Floats
    p_value: Floats
    p_adjusted: Floats


def pair_up(
    arms: Arms, *, confidence: float, dispersion: float, correct: Callable[[Floats], Floats] | None
) -> Pairs:
    """Compare every arm with its rival: the control, else the best other arm.

    Args:
        arms: The counts.
        confidence: Level of the interval of one pair (wider already where looks are corrected for).
        dispersion: Variance inflation.
        correct: Takes |z| to a p value that is corrected for looks; None: the p value of one look.

    Source:
        Score test with the pooled rate; interval of Newcombe (1998), method 10; Holm (1979),
        Scandinavian Journal of Statistics 6:65-70.
    """
    from scipy.special import ndtr

    n, x = arms.trials, arms.successes
    rate = np.divide(x, n, out=np.full(len(n), np.nan), where=(n > 0) & (x >= 0) & (x <= n))
    rival, repeats = _rivals(arms, rate)
    has = np.flatnonzero(rival >= 0)
    own = (arms.successes[has], arms.trials[has])
    other = (arms.successes[rival[has]], arms.trials[rival[has]])
    z = _score(own, other, dispersion)
    p_value: Floats = 2 * np.asarray(ndtr(-z), np.float64)
    limits = newcombe(own, other, confidence=confidence, dispersion=dispersion)
    diff = own[0] / own[1] - other[0] / other[1]
    corrected = p_value if correct is None else correct(z)
    adjusted = _holm(arms, rival, repeats, _spread(corrected, has, len(n)))
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


def _score(own: tuple[Floats, Floats], other: tuple[Floats, Floats], dispersion: float) -> Floats:
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


def _holm(arms: Arms, rival: Ints, repeats: Flags, p: Floats) -> Floats:
    """Adjust p within each test over the pairs it takes, each counted once."""
    adjusted = p.copy()
    for _tests, place in arms.by_size:
        pairs = place.shape[1] - 1
        if pairs == 1:
            continue
        values = np.where(repeats[place], np.inf, p[place])
        order = values.argsort(axis=1, kind="stable")[:, :pairs]
        ranked = np.take_along_axis(values, order, axis=1) * np.arange(pairs, 0, -1)
        ranked = np.minimum(np.maximum.accumulate(ranked, axis=1), 1)
        adjusted[np.take_along_axis(place, order, axis=1)] = ranked
    leaders = np.flatnonzero(repeats & (rival >= 0))
    adjusted[leaders] = adjusted[rival[leaders]]
    return adjusted
