"""Everything that is known to speak against a running test, or to ask for care with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smmlib.experiments.caveats import Caveat, changed_texts, counting_breaks, novelty, stopped_early
from smmlib.experiments.reading_log import counts_by_day
from smmlib.experiments.segments import split_by_segment
from smmlib.language import mark
from smmlib.metrics import load_metrics

if TYPE_CHECKING:
    from smmlib.experiments.copy_test import CopyTest

_CHANGED_PLAN = mark(
    "The plan of {test} is not the one that was registered: its fingerprint does not match. Plan a new test."
)


def doubts(test: CopyTest) -> tuple[Caveat, ...]:
    """What its plan, its texts, its days and the networks' ways of counting say against a test.

    Args:
        test: A test; without a plan and readings there is little to say.

    Returns:
        What spoils it first: a changed plan, changed texts, a split that is broken on some day, a day on
        which a network began to count otherwise; then an early stop and an effect that fades.
    """
    found = [*_of_plan(test), *_of_days(test), *_of_counting(test)]
    return tuple(sorted(found, key=lambda caveat: not caveat.spoils))


def _of_plan(test: CopyTest) -> list[Caveat]:
    plan = test.plan
    if plan is None:
        return []
    found = [Caveat(test.name, "plan", _CHANGED_PLAN, spoils=True)] if plan.verify() else []
    found += changed_texts(test.name, plan.texts, {arm.variant: arm.text for arm in test.arms})
    if plan.looks is None and test.trials:
        found += stopped_early({test.name: test.trials}, {test.name: plan.trials})
    return found


def _of_days(test: CopyTest) -> list[Caveat]:
    days = counts_by_day(test.name, test.readings)
    days = days[days.groupby("day")["trials"].transform("sum") > 0]
    if days["day"].nunique() < 2:
        return []
    columns = {"test": "test", "variant": "variant", "trials": "trials"}
    found: list[Caveat] = []
    if test.design == "randomised":
        split = test.plan.split() if test.plan else {}
        known = set(days["variant"]) <= set(split)
        by_day = split_by_segment(days, **columns, segment="day", shares=split if known else None)
        found += by_day.caveats()
    if days["half"].nunique() == 2:
        found += novelty(days, **columns, successes="successes", half="half", dispersion=test.dispersion)
    return found


def _of_counting(test: CopyTest) -> list[Caveat]:
    if len(test.readings) < 2:
        return []
    known = load_metrics()
    metrics = [known[name] for name in (test.shown, test.metric) if name in known]
    first, last = test.readings[0].at.date(), test.readings[-1].at.date()
    return [
        caveat
        for network in test.networks
        for caveat in counting_breaks(test.name, metrics=metrics, network=network, first=first, last=last)
    ]
