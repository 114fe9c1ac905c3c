"""How much of the error a test may have spent by each look, and the bounds that spend just that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from smmlib.experiments.arms import Floats
from smmlib.experiments.crossing import Walk

Spending = Literal["obrien-fleming", "pocock"]
SPENDINGS: tuple[Spending, ...] = ("obrien-fleming", "pocock")

FAR = 36.0  # a |z| that stands for "not at this look"
_LEAST = 1e-280  # no look spends less, so that logarithms stay finite


def spent(spending: Spending, times: Sequence[float], alpha: Floats) -> Floats:
    """Error that may have been spent by each look.

    Args:
        spending: "obrien-fleming" is strict at first, "pocock" lets go evenly.
        times: Shares of the planned information; beyond 1 everything is spent.
        alpha: One-sided errors of whole tests, shape (tests,).

    Returns:
        Shape (tests, looks), up to `alpha`.

    Source:
        Lan and DeMets (1983), Biometrika 70:659-663: 2 - 2Φ(z(α/2)/√t) and α ln(1 + (e - 1)t).
    """
    from scipy.special import ndtr, ndtri

    t = np.minimum(np.asarray(times, np.float64), 1.0)
    level = np.asarray(alpha, np.float64)[:, None]
    if spending == "pocock":
        return np.asarray(level * np.log1p((np.e - 1) * t), np.float64)
    return np.asarray(2 * ndtr(ndtri(level / 2) / np.sqrt(t)), np.float64)


def spending_bounds(times: Sequence[float], spends: Floats, sides: int = 2) -> Floats:
    """The z values which a test without any difference reaches as often as `spends` says.

    Args:
        times: Times of the looks, rising, above 0.
        spends: Error of one side spent by each look in sum, shape (tests, looks).
        sides: 2: the same bounds below; 1: only above.

    Returns:
        Bounds, shape (tests, looks).

    Source:
        Lan and DeMets (1983); Reboussin, DeMets, Kim and Lan (2000), Controlled Clinical Trials
        21:190-207.
    """
    each = np.maximum(np.diff(spends, axis=1, prepend=0.0), _LEAST)
    walk = Walk.start(np.zeros(len(spends)), sides=sides)
    z = np.empty_like(each)
    for look, time in enumerate(times):
        z[:, look] = _bound(walk, time, each[:, look])
        if look + 1 < len(times):
            walk = walk.inside(time, z[:, look], times[look + 1])
    return z


def _bound(walk: Walk, time: float, chance: Floats) -> Floats:
    """The z that is passed at that time, for the first time, with that chance.

    Newton's method on the logarithm of the chance, which is concave in z, from a point to the right of
    the solution: every step comes nearer from that side.
    """
    from scipy.special import ndtri

    z: Floats = np.asarray(-ndtri(chance), np.float64)
    wanted = np.log(chance)
    for _ in range(40):
        reached = np.maximum(walk.above(time, z), _LEAST)
        slope = np.maximum(walk.density_at(time, z), _LEAST) / reached
        step = np.clip((np.log(reached) - wanted) / slope, -1, 1)
        z = np.clip(z + step, 0, FAR)
        if np.abs(step).max(initial=0) < 1e-11:
            break
    return z
