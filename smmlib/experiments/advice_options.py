"""What each way to an answer takes: people or posts, euro, weeks."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Literal

from smmlib.errors import InvalidValueError
from smmlib.experiments.plan_terms import check_numbers
from smmlib.experiments.planning import TestPlan
from smmlib.experiments.scatter import SlotScatter
from smmlib.experiments.slot_need import plan_slots
from smmlib.language import mark

Question = Literal["copy", "style", "policy"]
Obstacle = Literal["", "time", "subscribers", "budget"]
Way = Literal["slots", "newsletter", "paid", "pooling", "switchback", "history"]

FEWEST_POOLED = 5
"""Tests below which it cannot be seen how much effects differ from test to test."""

_WEEKS_A_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True, slots=True)
class Option:
    """One design and what it takes.

    Attributes:
        way: Which one.
        units: Impressions, recipients, posts or periods needed in all; None: not to be told.
        tests: Tests it takes, each with its own texts; 1 but for pooling. None: not to be told.
        cost: Euro in all, 0 where nothing is paid; None: not to be told.
        weeks: Weeks it takes; None: not to be told.
        decides: Whether it can decide within the weeks and the budget there are.
        obstacle: What stands in the way of a decision: "time", "subscribers" or "budget"; or "".
        lacking: What has to be known to tell more, the name of an argument of `advise`, or "".
    """

    way: Way
    units: int | None = None
    tests: int | None = 1
    cost: float | None = 0.0
    weeks: int | None = None
    decides: bool = False
    obstacle: Obstacle = ""
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """What the team has; see `advise`."""

    cpm: float | None
    budget: float | None
    posts_per_week: float | None
    subscribers: int | None
    newsletters_per_week: float
    scatter: float | SlotScatter | None
    weeks: int


def check_means(means: Means) -> None:
    """Raise an `InvalidValueError` unless every figure given is above 0."""
    for name in ("cpm", "budget", "posts_per_week", "subscribers", "newsletters_per_week", "weeks"):
        value = getattr(means, name)
        if value is None:
            continue
        check_numbers(**{name: value})
        if not 0 < value < math.inf:
            raise InvalidValueError(
                mark("{name} is {value:plain}; give a number above 0, or leave it out."),
                name=name,
                value=value,
            )


def pooled_tests(plan: TestPlan, lift: float, trials: float) -> int:
    """Tests of that many people each that have to be pooled to find the lift.

    Effects are taken to differ from test to test with a standard deviation of half the lift.

    Source:
        Power of a random-effects mean: Hedges and Pigott (2001), Psychological Methods 6:203-217.
    """
    effect, each = math.log1p(lift), trials / plan.arms
    error = sum(plan.dispersion * (1 - rate) / (each * rate) for rate in (plan.base_rate, plan.target_rate))
    normal = NormalDist()
    z = normal.inv_cdf(1 - plan.alpha / 2 / (plan.arms - 1)) + normal.inv_cdf(plan.power)
    return max(FEWEST_POOLED, math.ceil((z / effect) ** 2 * (error + (effect / 2) ** 2)))


def _slots(plan: TestPlan, lift: float, means: Means) -> Option:
    if means.scatter is None or means.posts_per_week is None:
        return Option("slots", lacking="scatter" if means.scatter is None else "posts_per_week")
    posts = _blocks(float(means.scatter), plan, lift) * plan.arms
    weeks = math.ceil(posts / means.posts_per_week)
    return _timed(Option("slots", posts, weeks=weeks), means)


def _switchback(plan: TestPlan, lift: float, means: Means) -> Option:
    """Periods of a week; their means scatter less, as far as the posts of a week are independent."""
    if means.scatter is None or means.posts_per_week is None:
        return Option("switchback", lacking="scatter" if means.scatter is None else "posts_per_week")
    calmer = float(means.scatter) / math.sqrt(max(1.0, means.posts_per_week))
    weeks = _blocks(calmer, plan, lift) * plan.arms
    return _timed(Option("switchback", weeks, weeks=weeks), means)


def _blocks(sd: float, plan: TestPlan, lift: float) -> int:
    return plan_slots(sd, lift, variants=plan.arms, power=plan.power, alpha=plan.alpha).blocks


def _newsletter(plan: TestPlan, lift: float, means: Means) -> Option:
    """One newsletter: a text is not sent twice to the same people."""
    if means.subscribers is None:
        return Option("newsletter", plan.trials, lacking="subscribers")
    enough = plan.trials <= means.subscribers
    return Option(
        "newsletter", plan.trials, weeks=1, decides=enough, obstacle="" if enough else "subscribers"
    )


def _paid(plan: TestPlan, lift: float, means: Means) -> Option:
    """One whole week at least, so that every weekday counts alike; longer where a month's budget ends."""
    if means.cpm is None:
        return Option("paid", plan.trials, cost=None, lacking="cpm")
    cost = plan.trials / 1000 * means.cpm
    if means.budget is None:
        return Option("paid", plan.trials, cost=cost, weeks=1, lacking="budget")
    weeks = 1 if cost <= means.budget else math.ceil(cost / means.budget * _WEEKS_A_MONTH)
    in_time = weeks <= means.weeks
    return Option("paid", plan.trials, 1, cost, weeks, in_time, "" if in_time else "budget")


def _pooling(plan: TestPlan, lift: float, means: Means) -> Option:
    """Many small tests pooled: newsletters or monthly paid splits, whichever is faster."""
    found = []
    if means.subscribers:
        found.append(_pooled(plan, lift, means, (means.subscribers, 1 / means.newsletters_per_week, 0.0)))
    if means.cpm and means.budget:
        a_month = means.budget / means.cpm * 1000
        found.append(_pooled(plan, lift, means, (a_month, _WEEKS_A_MONTH, means.cpm)))
    if not found:
        return Option("pooling", tests=None, lacking="subscribers")
    return min(found, key=lambda option: option.weeks or 0)


def _pooled(plan: TestPlan, lift: float, means: Means, source: tuple[float, float, float]) -> Option:
    """Pooled tests of people each, weeks from one to the next, and euro for a thousand people."""
    people, weeks_each, cpm = source
    each = min(people, plan.trials)  # a larger test decides alone
    tests = pooled_tests(plan, lift, each)
    units, weeks = math.ceil(tests * each), math.ceil(tests * weeks_each)
    return _timed(Option("pooling", units, tests, units / 1000 * cpm, weeks), means)


def _timed(option: Option, means: Means) -> Option:
    """The option, and whether there is time for it."""
    in_time = option.weeks is not None and option.weeks <= means.weeks
    return replace(option, decides=in_time, obstacle="" if in_time else "time")


def paid_people(means: Means) -> float | None:
    """People the budget reaches in the weeks there are, a month's at least; None: not to be told."""
    if means.cpm is None or means.budget is None:
        return None
    return means.budget / means.cpm * 1000 * max(1.0, means.weeks / _WEEKS_A_MONTH)


def _history(plan: TestPlan, lift: float, means: Means) -> Option:
    return Option("history", tests=None)


OPTIONS: dict[Way, Callable[[TestPlan, float, Means], Option]] = {
    "slots": _slots,
    "newsletter": _newsletter,
    "paid": _paid,
    "pooling": _pooling,
    "switchback": _switchback,
    "history": _history,
}
