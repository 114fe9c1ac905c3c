"""Plans with unequal shares, several variants, traffic: against published figures and simulations."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.experiments import Dispersion, compare, plan_test
from smmlib.experiments.holm_power import distance
from smmlib.experiments.looks import pocock_bound, pocock_bounds


@pytest.mark.parametrize(
    ("rates", "fraction", "alpha", "power", "sizes"),
    [
        # Output of bsamsize() of R's Hmisc (Fleiss, Tytun and Ury 1980), as three course solutions print it.
        pytest.param((30 / 72, 56 / 144), 72 / 216, 0.05, 0.75, (3239, 6478), id="1 to 2"),
        pytest.param((30 / 72, 45 / 110), 72 / 182, 0.025, 0.9, (86718, 132487), id="72 to 110"),
    ],
)
def test_unequal_shares_as_in_fleiss_tytun_and_ury(rates, fraction, alpha, power, sizes):
    plan = plan_test(
        rates[0], rates[1] / rates[0] - 1, shares=(fraction, 1 - fraction), alpha=alpha, power=power
    )
    assert plan.trials_by_arm == pytest.approx(sizes, abs=1)


def test_equal_shares_given_are_the_same_as_none():
    assert plan_test(0.05, 0.2, shares=(50, 50)) == plan_test(0.05, 0.2)
    assert plan_test(0.05, 0.2, shares=(1 / 3, 1 / 3, 1 / 3)) == plan_test(0.05, 0.2, arms=3)


def test_a_lift_and_the_same_rates_seen_from_the_other_side_need_the_same():
    up, down = plan_test(0.05, 0.2, arms=4), plan_test(0.06, -1 / 6, arms=4)
    assert down.trials_per_arm == pytest.approx(up.trials_per_arm, abs=1)


def test_10_10_80_costs_far_more_people_than_thirds():
    third, tenth = plan_test(0.05, 0.2, arms=3), plan_test(0.05, 0.2, shares=(10, 10, 80))
    assert tenth.trials > 2.5 * third.trials
    assert tenth.trials_by_arm[2] == pytest.approx(8 * tenth.trials_by_arm[0], abs=8)


@given(
    base_rate=st.floats(0.001, 0.5),
    lift=st.floats(0.05, 0.9),
    share=st.floats(0.1, 0.9),
    dispersion=st.floats(1, 3),
)
def test_power_and_smallest_lift_invert_the_size(base_rate, lift, share, dispersion):
    plan = plan_test(base_rate, lift, shares=(share, 1 - share), dispersion=dispersion)
    assert plan.power_with(plan.trials) >= 0.8 - 1e-9
    assert plan.power_with(plan.trials - 4) < 0.8
    assert plan.power_with(2 * plan.trials) > plan.power_with(plan.trials)
    found = plan.lift_with(plan.trials)
    assert found is not None
    # rounding up to whole people lets a slightly smaller lift be found
    assert lift * (1 - 4 / plan.trials) - 1e-9 <= found <= lift + 1e-9


@pytest.mark.parametrize("options", [{"arms": 4}, {"arms": 4, "against": "control"}, {"looks": 5}])
def test_power_and_lift_come_back_for_several_variants_and_looks(options):
    plan = plan_test(0.05, 0.2, **options)
    assert plan.power_with(plan.trials) == pytest.approx(0.8, abs=2e-3)
    assert plan.lift_with(plan.trials) == pytest.approx(0.2, abs=1e-3)


def test_a_lift_no_number_of_such_people_finds_is_none():
    assert plan_test(0.5, 0.2).lift_with(3) is None


def test_the_uncertainty_of_the_dispersion_widens_the_plan():
    known = plan_test(0.05, 0.2, dispersion=1.8)
    learned = Dispersion(1.8, 1.8, 1.2, 2.4, groups=40, arms=80, degrees=20)
    plan = plan_test(0.05, 0.2, dispersion=learned)
    assert plan.trials > known.trials  # t quantiles with 20 degrees of freedom
    assert plan.trials_low == math.ceil(plan.trials * 1.2 / 1.8)
    assert plan.trials_high == math.ceil(plan.trials * 2.4 / 1.8)
    assert "is itself an estimate" in plan.text("en")
    assert known.trials_low == known.trials == known.trials_high
    assert "is itself an estimate" not in known.text("en")


def test_traffic_gives_days_whole_weeks_and_days_of_looks():
    plan = plan_test(0.05, 0.2, per_day=2_000, looks=4)
    assert plan.days == math.ceil(plan.trials / 2_000) == 10
    assert plan.whole_weeks == 2
    schedule = plan.look_schedule()
    assert schedule["trials"].iloc[-1] == plan.trials
    assert list(schedule["day"]) == [3, 5, 8, 10]
    assert "10 days. Run it for 2 whole weeks" in plan.text("en")
    assert "10 Tage. Den Test 2 ganze Wochen" in plan.text("de")
    assert plan_test(0.05, 0.2, looks=2).look_schedule()["day"].isna().all()


def test_a_platform_split_is_a_plan_for_creative_and_delivery():
    plan = plan_test(0.05, 0.2, design="platform")
    assert plan.trials == plan_test(0.05, 0.2).trials
    assert "creative and delivery together" in plan.text("en")
    assert "Motiv und Ausspielung zusammen" in plan.text("de")


def test_unequal_shares_are_told_arm_by_arm():
    text = plan_test(0.05, 0.2, shares=(10, 10, 80)).text("en")
    assert "split 10% : 10% : 80%:" in text


def test_a_tiny_lift_needs_billions_and_gets_the_right_figure():
    plan = plan_test(0.01, 0.0005)
    z = 1.959964 + 0.841621
    assert plan.trials_per_arm == pytest.approx(2 * z**2 * 0.0099 / 0.000005**2, rel=1e-3)
    assert plan.power_with(1e9) == pytest.approx(0.1219, abs=2e-3)  # Φ(0.7947 - 1.96)
    assert plan.lift_with(1e9) == pytest.approx(z * math.sqrt(4 * 0.99 / (0.01 * 1e9)), rel=2e-3)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"shares": (0.1, 0.1, 0.7)}, r"The shares 0.1, 0.1, 0.7 add up to 0.9"),
        ({"shares": (120, -20)}, r"each must be above 0"),
        ({"shares": (0.5, 0.5), "arms": 3}, r"3 variants but 2 shares"),
        ({"shares": (1,)}, r"arms is 1"),
        ({"per_day": 0}, r"0 people a day"),
        ({"looks": 0}, r"looks is 0"),
    ],
)
def test_terms_out_of_range_are_refused(options, match):
    with pytest.raises(InvalidValueError, match=match):
        plan_test(0.05, 0.2, **options)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"base_rate": "0.05"}, r"base_rate is '0.05'; give a number"),
        ({"relative_lift": None}, r"relative_lift is None; give a number"),
        ({"arms": 2.5}, r"arms is 2.5; give a whole number"),
        ({"alpha": "5 %"}, r"alpha is '5 %'; give a number"),
        ({"shares": ("a", "b")}, r"shares is 'a'; give a number"),
        ({"per_day": "viele"}, r"per_day is 'viele'; give a number"),
        ({"relative_lift": 0}, r"A lift of 0% on 5.00% gives 5.00%"),
        ({"looks": 51}, r"looks is 51"),
    ],
)
def test_what_is_no_number_or_no_lift_is_refused(values, match):
    with pytest.raises(InvalidValueError, match=match):
        plan_test(**{"base_rate": 0.05, "relative_lift": 0.2, **values})


def test_the_text_says_which_power_is_meant():
    assert "it beats every one of them with 80% probability" in plan_test(0.05, 0.2, arms=4).text("en")
    assert "schlägt sie mit 80" in plan_test(0.05, 0.2, arms=4).text("de")
    told = plan_test(0.05, 0.2, arms=3, against="control").text("en")
    assert "differs from the control by that much" in told


def test_two_variants_are_as_far_apart_as_the_textbook_says_and_more_variants_further():
    assert distance(2, 0.8, 0.05) == pytest.approx(1.959964 + 0.841621, abs=1e-6)
    draw = np.random.default_rng(2)
    noise = draw.standard_normal((200_000, 4))
    z = np.sort(distance(4, 0.8, 0.05) + (noise[:, :1] - noise[:, 1:]) / math.sqrt(2), axis=1)
    found = (z >= [1.959964, 2.241403, 2.393980]).all(axis=1).mean()
    assert found == pytest.approx(0.8, abs=0.006)


def test_many_bounds_at_once_are_those_of_one_by_one():
    levels = 0.05 / np.arange(1, 6)
    assert pocock_bounds(5, levels) == pytest.approx([pocock_bound(5, level) for level in levels], abs=1e-5)
    assert pocock_bounds(5, levels)[0] == pytest.approx(2.4132, abs=5e-5)  # Pocock 1977


@pytest.mark.parametrize("rate", [0, 1])
def test_a_base_rate_of_nothing_or_all_is_refused(rate):
    with pytest.raises(InvalidValueError, match=r"The base rate is \d; it must lie between 0 and 1"):
        plan_test(rate, 0.2)


def test_names_that_do_not_exist_are_answered():
    with pytest.raises(UnknownNameError, match=r"Design 'slots' is unknown"):
        plan_test(0.05, 0.2, design="slots")
    with pytest.raises(UnknownNameError, match=r"Did you mean 'best'"):
        plan_test(0.05, 0.2, against="bes")
    with pytest.raises(InvalidValueError, match=r"-1 people cannot be tested"):
        plan_test(0.05, 0.2).power_with(-1)


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [
        {"shares": (10, 10, 80)},
        {"arms": 4},
        {"arms": 4, "against": "control"},
        {"shares": (80, 10, 10), "against": "control"},
    ],
)
def test_a_planted_lift_is_found_as_often_as_planned(options):
    plan, runs = plan_test(0.05, 0.2, **options), 6_000
    draw = np.random.default_rng(5)
    names = list("ABCD"[: plan.arms])
    better = min(range(plan.against == "control", plan.arms), key=plan.shares.__getitem__)
    true = np.full(plan.arms, 0.05)
    true[better] = 0.06
    trials = np.tile(plan.trials_by_arm, (runs, 1))
    counts = pd.DataFrame(
        {
            "test": np.repeat(np.arange(runs), plan.arms),
            "variant": names * runs,
            "trials": trials.ravel(),
            "successes": draw.binomial(trials, true).ravel(),
        }
    )
    result = compare(
        counts,
        test="test",
        variant="variant",
        trials="trials",
        successes="successes",
        shares=dict(zip(names, plan.shares, strict=True)),
        control="A" if plan.against == "control" else None,
    )
    found = (result.tests["winner"] == names[better]).mean()
    assert found == pytest.approx(0.8, abs=3 * math.sqrt(0.16 / runs))
