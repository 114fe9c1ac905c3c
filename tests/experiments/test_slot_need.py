"""How posts scatter, and how many blocks a decision needs."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments import SlotScatter, plan_slots, slot_scatter
from smmlib.experiments.slot_need import least_blocks


def history(pairs, sd, seed=0, account="acme"):
    draw = np.random.default_rng(seed)
    when = pd.date_range("2025-01-06 08:00", periods=2 * pairs, freq="7D", tz="UTC")
    clicks = np.exp(draw.normal(3, sd / math.sqrt(2), 2 * pairs))
    return pd.DataFrame({"at": when, "account": account, "clicks": clicks, "seen": 1_000.0})


def test_the_scatter_of_past_posts_is_found():
    found = slot_scatter(
        history(2_000, 0.6).assign(at=pd.Timestamp("2025-01-06", tz="UTC")), published="at", value="clicks"
    )
    assert found.sd == pytest.approx(0.6, rel=0.05)
    assert found.low < found.sd < found.high
    assert found.pairs == 2_000
    assert float(found) == found.sd


def test_the_interval_of_a_standard_deviation_is_the_textbook_one():
    # χ² with 10 degrees of freedom: 3.247 and 20.483 at 2.5 % either side.
    ratios = np.tile([0.0, 0.5], 10)
    frame = pd.DataFrame(
        {"at": [pd.Timestamp("2025-01-06 08:00", tz="UTC") + pd.Timedelta(minutes=i) for i in range(20)]}
    ).assign(clicks=np.exp(ratios))
    found = slot_scatter(frame, published="at", value="clicks")
    assert found.sd == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx(
        (0.5 * math.sqrt(10 / 20.483), 0.5 * math.sqrt(10 / 3.247)), rel=1e-4
    )


def test_only_posts_of_one_account_weekday_and_local_hour_make_a_pair():
    posts = pd.concat([history(6, 0.5), history(6, 0.5, seed=1, account="beta")], ignore_index=True)
    whole = slot_scatter(posts, published="at", value="clicks", account="account")
    # half a year on, the same UTC hour is another local hour
    assert whole.pairs == 12
    apart = posts.assign(at=posts["at"] + pd.to_timedelta(np.arange(24) % 24, unit="h"))
    with pytest.raises(InvalidValueError, match=r"pairs of past posts share account, weekday and hour"):
        slot_scatter(apart, published="at", value="clicks", account="account")


def test_rates_are_used_where_impressions_are_given_and_zeros_left_out():
    posts = history(10, 0.5)
    doubled = posts.assign(clicks=posts["clicks"] * 3, seen=posts["seen"] * 3)
    one, two = (slot_scatter(t, published="at", value="clicks", trials="seen") for t in (posts, doubled))
    assert one.sd == pytest.approx(two.sd)
    zeros = pd.concat([posts, posts.head(2).assign(clicks=0)], ignore_index=True)
    found = slot_scatter(zeros, published="at", value="clicks")
    assert found.left_out == 2
    assert found.sd == pytest.approx(slot_scatter(posts, published="at", value="clicks").sd)


def test_a_history_that_says_nothing_is_refused():
    with pytest.raises(InvalidValueError, match=r"Only 3 pairs of past posts"):
        slot_scatter(history(3, 0.5), published="at", value="clicks")
    with pytest.raises(InvalidValueError, match=r"All 8 pairs of past posts are alike"):
        slot_scatter(history(8, 0.5).assign(clicks=1), published="at", value="clicks")
    with pytest.raises(MissingColumnError, match=r"'likes'"):
        slot_scatter(history(8, 0.5), published="at", value="likes")


@pytest.mark.parametrize(
    ("alpha", "variants", "blocks"), [(0.05, 2, 6), (0.01, 2, 8), (0.05, 3, 7), (0.5, 2, 3)]
)
def test_the_least_blocks_that_can_decide(alpha, variants, blocks):
    assert least_blocks(alpha, variants) == blocks
    assert 2.0 ** (1 - blocks) < alpha / (variants - 1) <= 2.0 ** (2 - blocks)


def test_blocks_as_by_the_paired_t_test():
    # Paired t test, effect half a standard deviation, two-sided 5 %, power 80 %: 34 pairs (Cohen 1988,
    # table 2.4.1 gives 33 to 34); the signed-rank test needs π/3 times the part that depends on it.
    need = plan_slots(2 * math.log(1.2), 0.2)
    without = (need.blocks - 1.96**2 / 2) * 3 / math.pi + 1.96**2 / 2
    assert without == pytest.approx(33.4, abs=1)
    assert need.posts == 2 * need.blocks
    assert need.smallest_p == 2.0 ** (1 - need.blocks)


def test_little_scatter_still_needs_six_blocks():
    assert plan_slots(0.01, 0.5).blocks == 6
    assert plan_slots(0.01, 0.5, variants=3).blocks == 7


def test_more_scatter_and_smaller_lifts_need_more():
    assert plan_slots(0.6, 0.2).blocks > plan_slots(0.3, 0.2).blocks > plan_slots(0.3, 0.4).blocks
    assert plan_slots(0.3, 0.25).blocks == plan_slots(0.3, -0.2).blocks  # 1.25 and 0.8 are inverse


def test_the_plan_says_blocks_posts_weeks_and_how_sure_it_is():
    need = plan_slots(SlotScatter(0.6, 0.45, 0.85, pairs=30, left_out=1), 0.2, posts_per_week=4)
    assert need.blocks_low < need.blocks < need.blocks_high
    assert need.weeks == math.ceil(need.posts / 4)
    text = need.text("en")
    assert f"{need.blocks} blocks of 2 like slots are needed, {need.posts} posts in all" in text
    assert f"{need.blocks_low} to {need.blocks_high} blocks" in text
    assert f"At a rate of 4 a week that takes {need.weeks} weeks." in text
    assert "gleichartigen Sendeplätzen" in need.text("de")
    assert need.to_frame().at[0, "weeks"] == need.weeks
    assert plan_slots(0.6, 0.2).weeks is None


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ((0, 0.2, {}), r"The scatter is 0"),
        ((0.5, 0, {}), r"The lift is 0; it must lie above -1"),
        ((0.5, -1, {}), r"The lift is -1"),
        ((0.5, 0.2, {"variants": 1}), r"1 variants cannot be matched"),
        ((0.5, 0.2, {"power": 0.01}), r"power is 0.01"),
        ((0.5, 0.2, {"posts_per_week": 0}), r"0 posts a week"),
    ],
)
def test_needs_out_of_range_are_refused(arguments, match):
    *values, options = arguments
    with pytest.raises(InvalidValueError, match=match):
        plan_slots(*values, **options)
