"""A randomised test that is still running: planned and registered first, then read once a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from smmlib.experiments import CopyTest, Registration

Days = tuple[tuple[date, tuple[tuple[int, int], ...]], ...]
"""Per day what came in for each arm: trials and successes."""


def plan_of(told: Mapping[str, Any], zone: ZoneInfo) -> Registration:
    """The plan of a test of `running.toml`, as it was registered.

    Args:
        told: The test.
        zone: Clock of its times.
    """
    from smmlib.experiments import Looks, plan_test, registered

    plan = told["plan"]
    needed = plan_test(
        plan["base_rate"],
        plan["relative_lift"],
        power=plan["power"],
        shares=told["shares"],
        per_day=plan["per_day"],
        looks=Looks(tuple(plan["times"]), plan["looking"]),
    )
    return registered(
        needed,
        texts={arm["variant"]: arm["text"] for arm in told["arms"]},
        at=plan["registered_at"].replace(tzinfo=zone),
        looking=plan["looking"],
        times=tuple(plan["times"]),
    )


def draw_running(told: Mapping[str, Any], planned: int, until: date, rng: np.random.Generator) -> Days:
    """Draw what came in day by day, until the last look that has taken place.

    Args:
        told: A test of `running.toml`.
        planned: People its plan asks for.
        until: Last day that is observed.
        rng: Source of chance.
    """
    plan, readings = told["plan"], told["readings"]
    enough = plan["times"][readings["until_look"] - 1] * planned
    day, seen, days = readings["first_day"], 0, []
    while seen < enough and day <= until:
        visitors = rng.poisson(plan["per_day"] * readings["weekday"][day.weekday()])
        trials = split_people(told, visitors, rng)
        successes = rng.binomial(trials, told["rates"])
        days.append((day, tuple((int(n), int(x)) for n, x in zip(trials, successes, strict=True))))
        day, seen = day + timedelta(days=1), seen + int(visitors)
    return tuple(days)


def split_people(told: Mapping[str, Any], people: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """So many people, parted among the arms of a test: counted out, or one by one at random."""
    shares = np.array(told["shares"])
    if told["allotted"]:
        counted: NDArray[np.int64] = np.rint(people * shares).astype(np.int64)
        return counted
    return rng.multinomial(people, shares)


def running_test(told: Mapping[str, Any], days: Days, zone: ZoneInfo) -> CopyTest:
    """The test with its plan and a reading for each day; a day that reaches a look's share is that look.

    Args:
        told: A test of `running.toml`.
        days: What was drawn.
        zone: Clock of its times.
    """
    from smmlib.experiments import Arm, CopyTest

    plan = plan_of(told, zone)
    kept = {name: told[name] for name in ("id", "name", "campaign", "design", "metric", "control")}
    test = CopyTest(**kept, plan=plan)
    sums, looks = np.zeros((len(told["arms"]), 2), int), list(plan.times)
    for day, counts in days:
        sums += np.array(counts)
        arms = [
            Arm(**arm, trials=int(n), successes=int(x))
            for arm, (n, x) in zip(told["arms"], sums, strict=True)
        ]
        test = test.replace(arms=tuple(arms))
        look = test.trials >= looks[0] * plan.trials
        test = test.noted(datetime.combine(day, told["readings"]["time"], zone), look=look)
        looks = looks[1:] if look else looks
    return test
