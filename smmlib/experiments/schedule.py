"""When a planned test will be looked at, and what each look has to reach: for sizes and power."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from smmlib.experiments.arms import Floats
from smmlib.experiments.bounds import Bounds, even_times
from smmlib.experiments.look_plan import Looks
from smmlib.experiments.looks import check_looks, pocock_bound, pocock_bounds
from smmlib.experiments.sequence import AlwaysValid
from smmlib.experiments.spending import spending_bounds, spent

Schedule = int | Looks | AlwaysValid
"""Equally spaced looks with Pocock's bound, planned looks by a spending function, or any time."""

_STEPS = 20
"""Looks that stand for "any time" where power is reckoned; more of them would hardly find more."""


def check_schedule(schedule: Schedule) -> None:
    """Raise an `InvalidValueError` where a number of looks is out of range; the others check themselves."""
    if not isinstance(schedule, Looks | AlwaysValid):
        check_looks(schedule)


def times_of(schedule: Schedule) -> tuple[float, ...]:
    """Shares of the planned people at the looks."""
    if isinstance(schedule, Looks):
        return schedule.times
    return even_times(_STEPS if isinstance(schedule, AlwaysValid) else schedule)


def bounds_of(schedule: Schedule, alphas: Floats) -> Floats:
    """The |z| to be reached at each look.

    Args:
        schedule: The looks.
        alphas: Two-sided errors, falling, shape (levels,).

    Returns:
        Shape (looks, levels).
    """
    from scipy.special import ndtri

    times = times_of(schedule)
    if isinstance(schedule, Looks):
        z = spending_bounds(times, spent(schedule.spending, times, alphas / 2)).T
    elif isinstance(schedule, AlwaysValid):
        z = np.array([[schedule.at(time).bound(float(alpha)) for alpha in alphas] for time in times])
    elif schedule == 1:
        z = -ndtri(alphas / 2)[None, :]
    else:
        one = len(alphas) == 1
        equal = (
            np.array([pocock_bound(schedule, float(alphas[0]))]) if one else pocock_bounds(schedule, alphas)
        )
        z = np.repeat(equal[None, :], schedule, axis=0)
    return np.asarray(z, np.float64)


def power_over(schedule: Schedule, z: Floats, distance: float) -> float:
    """Chance to pass a bound at one of the looks, in the direction of the true difference.

    Args:
        schedule: The looks.
        z: Bound at each look.
        distance: Expected z of the full test.
    """
    return Bounds(times_of(schedule), tuple(z.tolist()), alpha=0.05).power(distance)


@lru_cache(maxsize=256)
def inflation_of(schedule: Schedule, alpha: float, power: float) -> float:
    """How many times the people of a test with one look the full plan needs, for the same power.

    Source: `Bounds.inflation`; SAS's documentation of SEQDESIGN gives 1.183143 for 4 Pocock looks, .05, .9.
    """
    if schedule == 1:
        return 1.0
    z = bounds_of(schedule, np.array([alpha]))[:, 0]
    return Bounds(times_of(schedule), tuple(z.tolist()), alpha).inflation(power)
