from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.experiments import AlwaysValid, Looks, compare

NAMES = {name: name for name in ("test", "variant", "trials", "successes")}
TABLE = pd.DataFrame({"test": "T", "variant": ["A", "B"], "trials": [5000, 5000], "successes": [150, 205]})


@pytest.mark.parametrize("spending", ["obrien-fleming", "pocock"])
@pytest.mark.parametrize("fraction", [0.1, 0.35, 0.7, 1.0])
def test_the_p_value_of_a_bound_is_the_error_of_the_whole_plan(spending, fraction):
    look = Looks.even(10, spending).at(fraction)
    for alpha in (0.2, 0.05, 0.01, 1e-4):
        assert look.p_value(np.array([look.bound(alpha)]))[0] == pytest.approx(alpha, rel=1e-5)


def test_p_values_fall_with_z_and_are_never_below_those_of_one_look():
    from scipy.special import ndtr

    z = np.linspace(0, 12, 121)
    for spending in ("obrien-fleming", "pocock"):
        p = Looks.even(5, spending).at(0.6).p_value(z)
        assert (np.diff(p) <= 1e-12).all()
        assert (p >= 2 * ndtr(-z) - 1e-12).all()
        assert p[0] == 1


def test_the_only_look_is_an_ordinary_test():
    look = Looks((1.0,)).at(1)
    assert look.bound(0.05) == pytest.approx(1.959964, abs=1e-6)
    assert look.p_value(np.array([1.959964]))[0] == pytest.approx(0.05, abs=1e-6)
    assert look.spent(0.05) == pytest.approx(0.05)


def test_a_look_at_another_time_than_planned_spends_by_its_own_time():
    plan = Looks((0.5, 1.0))
    early, planned, late = (plan.at(t) for t in (0.4, 0.5, 0.6))
    assert early.bound(0.05) > planned.bound(0.05) > late.bound(0.05)
    assert late.times == (0.5, 0.6)
    assert plan.at(0.6, ()).times == (0.6,)
    assert planned.bound(0.05) == pytest.approx(2.962588, abs=1e-6)  # gsDesign


def test_the_looks_ahead_complete_the_plan():
    plan = Looks((0.25, 0.5, 0.75, 1.0))
    ahead = plan.at(0.5).ahead(0.05)
    assert ahead.times == (0.75, 1.0)
    assert ahead.z == pytest.approx(plan.bounds().z[2:])
    assert plan.at(1.0).ahead(0.05).times == ()


def test_compare_takes_the_bound_of_just_this_look():
    plan = Looks((0.5, 1.0))
    z = NormalDist().inv_cdf(1 - compare(TABLE, **NAMES).arms["p_value"][0] / 2)
    for look in (plan.at(0.5), plan.at(1.0), AlwaysValid().at(0.5)):
        found = compare(TABLE, **NAMES, looks=look)
        assert found.arms["p_adjusted"][0] == pytest.approx(look.p_value(np.array([z]))[0], rel=1e-6)
        assert (found.tests["decision"][0] == "winner") == (z > look.bound(0.05))
        assert (found.arms["low"][1] > 0) == (z > look.bound(0.05))
        assert found.all_pairs()["p_adjusted"][0] == pytest.approx(found.arms["p_adjusted"][0])
    assert "The bounds allow for 2 planned looks" in compare(TABLE, **NAMES, looks=plan.at(1.0)).verdict()
    words = compare(TABLE, **NAMES, looks=AlwaysValid().at(1.0)).verdict
    assert "however often you look" in words("en")
    assert "egal wie oft" in words("de")


@pytest.mark.parametrize(
    ("times", "match"),
    [
        ((), r"planned at \(\)"),
        ((0.5,), r"planned at 0.5; give 1 to 50 shares"),
        ((0.5, 0.5, 1), r"0.5, 0.5, 1"),
        ((0.7, 0.4, 1), r"0.7, 0.4, 1"),
        ((-0.1, 1), r"-0.1, 1"),
        ((0.5, 1, 1.2), r"end at 1"),
        (("half", 1), r"half, 1"),
        (tuple(np.arange(1, 52) / 51), r"give 1 to 50"),
    ],
)
def test_times_that_make_no_plan_are_refused(times, match):
    with pytest.raises(InvalidValueError, match=match):
        Looks(times)


def test_other_values_out_of_range_are_refused():
    with pytest.raises(UnknownNameError, match=r"Spending 'haybittle' is unknown"):
        Looks((1.0,), "haybittle")
    with pytest.raises(InvalidValueError, match="looks is 0"):
        Looks.even(0)
    with pytest.raises(InvalidValueError, match=r"at 0.3 of the planned people comes after looks at 0.5"):
        Looks.even(4).at(0.3, (0.5,))
    with pytest.raises(InvalidValueError, match="the look at 1 is the last"):
        Looks.even(4).at(1.05, (0.5, 1.0))
    with pytest.raises(InvalidValueError, match="must be the whole number of looks planned"):
        compare(TABLE, **NAMES, looks=Looks.even(4))
