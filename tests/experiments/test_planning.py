import numpy as np
import pandas as pd
import pytest

from smmlib import experiments
from smmlib.errors import InvalidValueError
from smmlib.experiments import plan_test
from smmlib.experiments.looks import pocock_bound, pocock_inflation, pocock_p_value


@pytest.mark.parametrize(
    ("base_rate", "lift", "each"),
    [
        # Pooled variance under the null, two-sided 5 %, power 80 %: Fleiss, Levin and Paik (2003), 4.14.
        pytest.param(0.05, 0.2, 8158, id="5 to 6 per cent"),
        pytest.param(0.20, 0.25, 1094, id="20 to 25 per cent"),
    ],
)
def test_trials_a_side(base_rate, lift, each):
    plan = plan_test(base_rate, lift)
    assert plan.trials_per_arm == each
    assert plan.trials == 2 * each


@pytest.mark.parametrize(
    # Pocock (1977), Biometrika 64:191-199, table 1, two-sided 5 %.
    ("looks", "bound"),
    [(1, 1.960), (2, 2.178), (3, 2.289), (4, 2.361), (5, 2.413), (10, 2.555)],
)
def test_pocock_bounds(looks, bound):
    assert pocock_bound(looks, 0.05) == pytest.approx(bound, abs=6e-4)
    assert pocock_p_value(np.array([bound]), looks)[0] == pytest.approx(0.05, abs=2e-4)


def test_pocock_inflation_as_in_the_documentation_of_sas():
    # SAS/STAT user's guide, SEQDESIGN, "Creating Two-Sided Pocock and O'Brien-Fleming Designs":
    # 4 stages, alpha .05, power .9: maximum information 118.3143 % of a fixed test.
    assert pocock_inflation(4, 0.05, 0.9) == pytest.approx(1.183143, abs=5e-6)
    assert plan_test(0.05, 0.2, power=0.9, looks=4).trials_per_arm == pytest.approx(
        1.183143 * plan_test(0.05, 0.2, power=0.9).trials_per_arm, abs=2
    )


def test_p_values_of_looks_fall_with_z_and_lie_between_one_look_and_the_sum():
    z = np.linspace(0, 10, 201)
    one, five = pocock_p_value(z, 1), pocock_p_value(z, 5)
    assert (np.diff(five) <= 1e-12).all()
    assert (five >= one - 1e-9).all()
    assert (five[z > 0.5] <= 5 * one[z > 0.5] + 1e-15).all()


def test_more_arms_dispersion_and_power_need_more_people():
    plain = plan_test(0.02, 0.2).trials_per_arm
    assert plan_test(0.02, 0.2, dispersion=1.8).trials_per_arm == pytest.approx(1.8 * plain, abs=2)
    assert plan_test(0.02, 0.2, arms=4).trials_per_arm > plain
    assert plan_test(0.02, 0.2, power=0.9).trials_per_arm > plain


def test_a_plan_says_what_it_needs_in_both_languages():
    plan = plan_test(0.05, 0.2, looks=5)
    assert "10,023 people" in plan.text("en")
    assert "10.023 Personen" in plan.text("de")
    assert plan.to_frame().at[0, "trials"] == plan.trials


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ((5, 0.2, {}), r"The base rate is 5; it must lie between 0 and 1"),
        ((0.05, 0, {}), r"A lift of 0% on 5.00% gives 5.00%"),
        ((0.6, 1.0, {}), r"gives 120.00%; it must give another rate"),
        ((0.05, 0.2, {"arms": 1}), r"arms is 1; a test needs 2 to 100 variants"),
        ((0.05, 0.2, {"power": 80}), r"power is 80"),
        ((0.05, 0.2, {"looks": 51}), r"looks is 51"),
        ((0.05, 0.2, {"dispersion": 0}), r"The dispersion is 0"),
    ],
)
def test_a_plan_out_of_range_is_refused(arguments, match):
    *rates, options = arguments
    with pytest.raises(InvalidValueError, match=match):
        plan_test(*rates, **options)


@pytest.mark.slow
def test_a_planted_lift_is_found_as_often_as_planned():
    draw = np.random.default_rng(2)
    tests, plan = 20_000, plan_test(0.05, 0.2)
    rates = np.tile([plan.base_rate, plan.target_rate], tests)
    frame = pd.DataFrame(
        {
            "test": np.repeat(np.arange(tests), 2),
            "variant": np.tile(["A", "B"], tests),
            "trials": plan.trials_per_arm,
            "successes": draw.binomial(plan.trials_per_arm, rates),
        }
    )
    result = experiments.compare(
        frame, test="test", variant="variant", trials="trials", successes="successes"
    )
    assert (result.tests["winner"] == "B").mean() == pytest.approx(0.80, abs=0.01)


@pytest.mark.slow
def test_five_looks_at_equals_name_a_winner_in_five_per_cent_at_most():
    draw = np.random.default_rng(4)
    tests, looks = 10_000, 5
    clicks = np.cumsum(draw.binomial(2000, 0.03, size=(looks, tests * 2)), axis=0)
    won = {1: np.zeros(tests, bool), looks: np.zeros(tests, bool)}
    for look in range(looks):
        frame = pd.DataFrame(
            {
                "test": np.repeat(np.arange(tests), 2),
                "variant": np.tile(["A", "B"], tests),
                "trials": 2000 * (look + 1),
                "successes": clicks[look],
            }
        )
        for planned, found in list(won.items()):
            result = experiments.compare(
                frame, test="test", variant="variant", trials="trials", successes="successes", looks=planned
            )
            won[planned] = found | (result.tests["decision"] == "winner").to_numpy()
    assert won[5].mean() <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / tests)
    assert won[1].mean() > 0.12  # what happens to those who peek
