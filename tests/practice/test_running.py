"""The test that is still running: registered first, read once a day, open at its second look."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from smmlib.experiments.doubting import doubts
from smmlib.practice import practice_company
from smmlib.practice.counts import draw_figures
from smmlib.practice.effects import read_effects
from smmlib.practice.running import draw_running, plan_of, running_test, split_people
from smmlib.practice.story import read_story

STORY = read_story()
TOLD = STORY.running[0]
PLAN = plan_of(TOLD, STORY.zone)
TEST = next(test for test in practice_company().tests if test.id == "seite-kranich")


def test_the_plan_is_as_registered_and_older_than_the_readings() -> None:
    assert TEST.plan == PLAN
    assert PLAN.verify() == ()
    assert PLAN.replace(relative_lift=0.05).verify()
    assert PLAN.at < TEST.readings[0].at
    assert (PLAN.looking, PLAN.times) == ("obrien-fleming", (0.25, 0.5, 0.75, 1.0))
    assert PLAN.texts == {arm.variant: arm.text for arm in TEST.arms}


def test_it_is_read_every_day_and_judged_twice() -> None:
    days = [reading.at.date() for reading in TEST.readings]
    assert [(b - a).days for a, b in pairwise(days)] == [1] * (len(days) - 1)
    assert days[-1] <= STORY.observed_until
    shares = [reading.trials / PLAN.trials for reading in TEST.readings]
    judged = [share for share, reading in zip(shares, TEST.readings, strict=True) if reading.look]
    assert judged == [next(s for s in shares if s >= 0.25), next(s for s in shares if s >= 0.5)]
    assert judged[-1] == shares[-1]
    assert TEST.trials == TEST.readings[-1].trials


def test_nothing_is_decided_at_the_second_look_though_one_look_would_have() -> None:
    assert TEST.look.times == pytest.approx((0.2506, 0.5097), abs=1e-4)
    compared = TEST.compare()
    assert compared.tests.at[0, "decision"] == "no decision"
    assert doubts(TEST) == ()
    row = compared.arms.set_index("variant").loc["Zeit"]
    assert row["p_value"] < 0.05 < row["p_adjusted"]


def test_the_truth_lies_below_the_lift_it_was_planned_for() -> None:
    told = practice_company().truth["tests"]["seite-kranich"]
    low, high = told["rates"]["Ohne Bindung"], told["rates"]["Zeit"]
    assert low == PLAN.base_rate
    assert 0 < high / low - 1 < PLAN.relative_lift


def test_hardly_any_other_seed_decides_early() -> None:
    """At half of the plan the expected z is about 1.1, the bound 2.96: one in thirty passes it."""
    tests = []
    for seed in range(40):
        days = draw_running(TOLD, PLAN.trials, STORY.observed_until, np.random.default_rng(seed))
        tests.append(running_test(TOLD, days, STORY.zone))
    decided = [test.compare().tests.at[0, "decision"] for test in tests]
    assert set(decided) <= {"no decision", "winner"}
    assert decided.count("winner") <= 5
    shares = [test.trials / PLAN.trials for test in tests]
    assert all(share == pytest.approx(0.5, abs=0.03) for share in shares)


def test_people_are_counted_out_or_parted_at_random() -> None:
    rng = np.random.default_rng(1)
    assert list(split_people({"shares": [0.25, 0.75], "allotted": True}, 400, rng)) == [100, 300]
    parted = np.array(
        [split_people({"shares": [0.25, 0.75], "allotted": False}, 400, rng) for _ in range(50)]
    )
    assert (parted.sum(axis=1) == 400).all()
    assert 4 < parted[:, 0].std() < 13  # √(400 · 0.25 · 0.75) = 8.7


def test_neither_it_nor_the_slots_change_what_is_drawn_for_the_rest() -> None:
    alone = replace(STORY, posts=tuple(p for p in STORY.posts if not p.test), running=())
    effects = read_effects()
    whole, rest = (draw_figures(s, effects, np.random.default_rng(2026)) for s in (STORY, alone))
    keys = list(rest.posts.index)
    assert len(keys) == 120
    assert whole.posts.loc[keys].equals(rest.posts)
    assert whole.days[whole.days["key"].isin(keys)].equals(rest.days)
    assert whole.followers.equals(rest.followers)
    assert whole.ads.equals(rest.ads)
    assert whole.tests == rest.tests
