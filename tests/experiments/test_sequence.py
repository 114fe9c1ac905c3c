import math

import numpy as np
import pytest

from smmlib.errors import InvalidValueError
from smmlib.experiments import AlwaysValid


def test_tuned_to_the_plan_it_is_1_55_times_as_wide_as_one_look():
    # Howard, Ramdas, McAuliffe and Sekhon (2021), proposition 3: at its best point the mixture's x solves
    # x = 2 log(1/alpha) + log(1 + x), and the bound is √(1 + x).
    sequence = AlwaysValid()
    x = sequence.mixing
    assert x == pytest.approx(2 * math.log(20) + math.log1p(x), abs=1e-9)
    assert sequence.at(1).bound(0.05) == pytest.approx(math.sqrt(1 + x), abs=1e-9)
    assert sequence.at(1).bound(0.05) == pytest.approx(3.0351, abs=5e-5)
    assert sequence.at(1).bound(0.05) / 1.959964 == pytest.approx(1.549, abs=5e-4)


def test_margin_as_waudby_smith_et_al_write_it():
    # Waudby-Smith et al. (2024), theorem 2.2: √(2 (tρ² + 1) / (t²ρ²) · log(√(tρ² + 1) / alpha)).
    sequence, n, planned = AlwaysValid(), 500.0, 2000.0
    rho2 = sequence.mixing / planned
    margin = math.sqrt(2 * (n * rho2 + 1) / (n**2 * rho2) * math.log(math.sqrt(n * rho2 + 1) / 0.05))
    assert sequence.at(n / planned).bound(0.05) / math.sqrt(n) == pytest.approx(margin, rel=1e-12)


def test_it_is_narrowest_where_it_was_asked_to_be():
    for tightest in (0.3, 1.0, 2.0):
        sequence = AlwaysValid(tightest=tightest)
        width = {t: sequence.at(t).bound(0.05) / math.sqrt(t) for t in (tightest / 2, tightest, 2 * tightest)}
        fixed = [
            AlwaysValid(tightest=other).at(tightest).bound(0.05) for other in (tightest / 2, 2 * tightest)
        ]
        assert sequence.at(tightest).bound(0.05) < min(fixed)
        assert sorted(width.values(), reverse=True) == list(width.values())


@pytest.mark.parametrize("alpha", [0.2, 0.05, 0.001])
def test_p_value_and_bound_are_one_statement(alpha):
    for fraction in (0.05, 0.5, 1, 3):
        look = AlwaysValid().at(fraction)
        z = look.bound(alpha)
        assert look.p_value(np.array([z]))[0] == pytest.approx(alpha, rel=1e-9)
    assert look.p_value(np.array([0.0, 1e3])).tolist() == [1, 0]


def test_it_holds_at_a_thousand_looks():
    draw = np.random.default_rng(5)
    times = np.arange(1, 1001) / 500  # to twice the plan
    paths = np.cumsum(draw.normal(size=(4000, 1000)) / math.sqrt(500), axis=1) / np.sqrt(times)
    sequence = AlwaysValid()
    bounds = np.array([sequence.at(float(t)).bound(0.05) for t in times])
    assert (np.abs(paths) >= bounds).any(axis=1).mean() < 0.05


@pytest.mark.parametrize("values", [{"alpha": 0}, {"alpha": 5}, {"tightest": 0}, {"alpha": "5 %"}])
def test_values_out_of_range_are_refused(values):
    with pytest.raises(InvalidValueError, match="alpha must lie between 0 and 1"):
        AlwaysValid(**values)


def test_a_look_before_the_first_person_is_refused():
    with pytest.raises(InvalidValueError, match="0 of the planned people cannot be looked at"):
        AlwaysValid().at(0)
