"""A running test as its readings tell it: look by look, and day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from smmlib.errors import SmmError
from smmlib.experiments.daily import DayByDay, day_by_day
from smmlib.experiments.looking import look_at
from smmlib.experiments.reading_log import counts_by_day

if TYPE_CHECKING:
    from smmlib.experiments.copy_test import CopyTest
    from smmlib.experiments.look_report import LookReport


def looks_of(test: CopyTest) -> LookReport | None:
    """The test at all looks that were noted; None where none was planned, noted, or can be followed."""
    plan = test.plan
    looked = [r for r in test.readings if r.look or (plan is not None and plan.looking == "any time")]
    if plan is None or plan.looks is None or not looked:
        return None
    rows = [
        {"test": test.name, "when": reading.at, "variant": name, "trials": trials, "successes": successes}
        for reading in looked
        for name, (trials, successes) in reading.counts.items()
    ]
    columns = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}
    try:
        return look_at(
            pd.DataFrame(rows),
            **columns,
            when="when",
            looks=plan.looks,
            horizon=plan.trials,
            lift=plan.relative_lift,
            design=test.design,
            control=test.control or None,
            confidence=test.confidence,
            dispersion=test.dispersion,
        )
    except SmmError:  # the comparison itself says what is wrong
        return None


def days_of(test: CopyTest) -> DayByDay | None:
    """The test day by day; None with fewer than two days on which anything was shown."""
    days = counts_by_day(test.name, test.readings)
    days = days[days.groupby("day")["trials"].transform("sum") > 0]
    if days["day"].nunique() < 2:
        return None
    split = test.plan.split() if test.plan and test.design == "randomised" else None
    return day_by_day(
        days,
        test="test",
        variant="variant",
        trials="trials",
        successes="successes",
        day="day",
        shares=split,
    )
