import math
from statistics import NormalDist

import numpy as np
import pytest

from smmlib.errors import InvalidValueError
from smmlib.experiments import Looks, Prospects, conditional_power, predictive_power
from smmlib.experiments.outlook import prospects

PHI = NormalDist().cdf
ONE = {"times": (1.0,), "bounds": (1.959964,)}


def test_two_proportions_as_in_the_training_of_pass():
    # NCSS, PASS, "Conditional Power for Two Proportions": .6 against .7, 114 a group, one-sided 2.5 %, half
    # the data, z = 2.5: conditional power "just over 0.8", predictive power "over 0.94".
    drift = 0.1 / math.sqrt((0.6 * 0.4 + 0.7 * 0.3) / 114)
    assert 0.80 < conditional_power(2.5, 0.5, **ONE, drift=drift) < 0.81
    assert 0.94 < predictive_power(2.5, 0.5, **ONE) < 0.95


@pytest.mark.parametrize(("z", "t"), [(0.0, 0.5), (1.4, 0.5), (2.5, 0.2), (-1.0, 0.9), (1.0, 0.02)])
def test_one_look_to_come_by_the_closed_formulas(z, t):
    # Lachin (2005), Statistics in Medicine 24:2747-2764; Jennison and Turnbull (2000), 10.2 and 10.3.
    for drift in (0.0, 2.8, z / math.sqrt(t)):
        closed = PHI((z * math.sqrt(t) + drift * (1 - t) - 1.959964) / math.sqrt(1 - t))
        assert conditional_power(z, t, **ONE, drift=drift) == pytest.approx(closed, abs=1e-10)
    closed = PHI((z - 1.959964 * math.sqrt(t)) / math.sqrt(1 - t))
    assert predictive_power(z, t, **ONE) == pytest.approx(closed, abs=1e-6)


def test_averaged_over_the_first_look_it_is_the_power_of_the_whole_plan():
    plan, drift = Looks.even(4, "pocock"), 2.6
    bounds, ahead = plan.bounds(), plan.at(0.25).ahead(0.05)
    x, weights = np.polynomial.legendre.leggauss(60)
    z = bounds.z[0] * x
    density = bounds.z[0] * weights * np.exp(-0.5 * (z - drift / 2) ** 2) / math.sqrt(2 * math.pi)
    rest = [conditional_power(v, 0.25, times=ahead.times, bounds=ahead.z, drift=drift) for v in z]
    first = 1 - PHI(bounds.z[0] - drift / 2)
    assert first + density @ rest == pytest.approx(bounds.power(drift), abs=1e-8)


def test_what_is_hopeless_may_be_given_up():
    ahead = Looks.even(4).at(0.75).ahead(0.05)
    poor = prospects(0.2, 0.75, times=ahead.times, bounds=ahead.z, drift=2.8)
    good = prospects(2.0, 0.75, times=ahead.times, bounds=ahead.z, drift=None)
    assert poor.futile
    assert "You may give it up" in poor.text()
    assert "aufgegeben" in poor.text("de")
    assert not good.futile
    assert good.planned is None
    assert good.null < good.predictive
    assert "as planned" in good.text()


def test_prospects_are_said_in_both_languages():
    chances = Prospects(planned=0.71, trend=0.59, predictive=0.57, null=0.14)
    assert "with 71% probability; judged by the figures so far, with 57%" in chances.text()
    assert "mit 71 % Wahrscheinlichkeit" in chances.text("de").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("times", "bounds"), [((), ()), ((0.4, 1), (2, 2)), ((0.8, 1), (2,)), ((1, 0.8), (2, 2))]
)
def test_looks_that_cannot_follow_are_refused(times, bounds):
    with pytest.raises(InvalidValueError, match=r"At 0.5 of the planned people, looks at .* cannot follow"):
        conditional_power(1.0, 0.5, times=times, bounds=bounds, drift=1.0)
