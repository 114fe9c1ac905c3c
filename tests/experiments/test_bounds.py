import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.experiments.bounds import bounds_by_spending, classic_bounds, even_times
from smmlib.experiments.crossing import Walk, crossings
from smmlib.experiments.look_plan import Looks, inflation
from smmlib.experiments.looks import pocock_bound, pocock_bounds
from smmlib.experiments.spending import spending_bounds, spent


def test_lan_demets_obrien_fleming_as_in_gsdesign():
    # gsDesign, sfLDOF, one-sided 2.5 %, information .5, .75, 1.
    found = bounds_by_spending((0.5, 0.75, 1.0), "obrien-fleming", 0.025, 1)
    assert found.z == pytest.approx((2.962588, 2.359018, 2.014084), abs=5e-6)


@pytest.mark.parametrize(
    ("spending", "z"),
    [
        # Reboussin, DeMets, Kim and Lan (2000), Controlled Clinical Trials 21:190-207, five looks, 5 %.
        ("obrien-fleming", (4.8769, 3.3569, 2.6803, 2.2898, 2.0310)),
        ("pocock", (2.4380, 2.4268, 2.4101, 2.3966, 2.3859)),
    ],
)
def test_lan_demets_bounds_as_in_reboussin_et_al(spending, z):
    found = bounds_by_spending(even_times(5), spending, 0.05)
    assert found.z == pytest.approx(z, abs=2e-4)


def test_any_spending_as_in_the_tests_of_rpact():
    # rpact 3.3, test-f_design_group_sequential.R: linear spending, one-sided 3 %, information .2, .4, 1; with
    # power .86 an inflation of 1.0788327 and rejections of .12783451, .21271713, .51944835.
    times = (0.2, 0.4, 1.0)
    z = spending_bounds(times, np.array([[0.006, 0.012, 0.03]]), sides=1)
    assert z[0] == pytest.approx([2.5121443, 2.4228747, 2.0280392], abs=1e-6)
    drift = np.sqrt(9.4594102)
    up, down = crossings(Walk.start(np.array([drift]), sides=1), times, z)
    assert up[0] == pytest.approx([0.12783451, 0.21271713, 0.51944835], abs=1e-6)
    assert down[0].tolist() == [0, 0, 0]


def test_crossings_of_two_equal_bounds_as_in_the_tests_of_rpact():
    # rpact, getGroupSequentialProbabilities with ± the 95 % quantile at four even looks.
    z = np.full((1, 4), 1.6448536269514722)
    up, down = crossings(Walk.start(np.zeros(1)), even_times(4), z)
    assert up[0] == pytest.approx([0.05, 0.030074925, 0.020961248, 0.01595848], abs=1e-7)
    assert down[0] == pytest.approx(up[0], abs=1e-12)


@pytest.mark.parametrize(
    ("kind", "looks", "last"),
    [
        # Jennison and Turnbull (2000), Group Sequential Methods, tables 2.1 and 2.3, two-sided 5 %.
        *[("pocock", k, z) for k, z in ((2, 2.178), (3, 2.289), (5, 2.413), (10, 2.555), (20, 2.672))],
        *[("obrien-fleming", k, z) for k, z in ((2, 1.977), (3, 2.004), (5, 2.040), (10, 2.087))],
    ],
)
def test_classic_bounds_as_in_jennison_and_turnbull(kind, looks, last):
    assert classic_bounds(kind, looks, 0.05).z[-1] == pytest.approx(last, abs=6e-4)


def test_classic_bounds_to_four_digits():
    # Pocock (1977): 2.4132; O'Brien and Fleming (1979): five looks.
    assert classic_bounds("pocock", 5, 0.05).z[0] == pytest.approx(2.4132, abs=5e-5)
    five = (4.5617, 3.2256, 2.6337, 2.2809, 2.0401)
    assert classic_bounds("obrien-fleming", 5, 0.05).z == pytest.approx(five, abs=5e-5)


@pytest.mark.parametrize(
    ("kind", "looks", "ratio"),
    [
        # Jennison and Turnbull (2000), tables 2.2 and 2.4, two-sided 5 %, power .8.
        *[("pocock", k, r) for k, r in ((2, 1.110), (3, 1.166), (4, 1.202), (5, 1.229), (10, 1.301))],
        *[("obrien-fleming", k, r) for k, r in ((2, 1.008), (3, 1.017), (4, 1.024), (5, 1.028), (10, 1.040))],
    ],
)
def test_inflation_as_in_jennison_and_turnbull(kind, looks, ratio):
    assert classic_bounds(kind, looks, 0.05).inflation(0.8) == pytest.approx(ratio, abs=6e-4)


def test_bounds_of_many_levels_at_once():
    levels = 0.05 / np.arange(1, 100)
    for looks in (2, 5, 10):
        found = pocock_bounds(looks, levels)
        assert found[[0, 30, 98]] == pytest.approx(
            [pocock_bound(looks, levels[i]) for i in (0, 30, 98)], abs=2e-5
        )


def test_inflation_of_a_plan_and_of_a_number_of_looks():
    # SAS/STAT user's guide, SEQDESIGN: 1.183143 for four Pocock looks, .05 and power .9.
    assert inflation(4, 0.05, 0.9) == pytest.approx(1.183143, abs=5e-6)
    assert inflation(Looks((1.0,)), 0.05, 0.8) == pytest.approx(1, abs=1e-6)
    assert 1 < inflation(Looks.even(10), 0.05, 0.8) < 1.05 < inflation(Looks.even(10, "pocock"), 0.05, 0.8)


@given(
    gaps=st.lists(st.floats(0.02, 1), min_size=1, max_size=6),
    spending=st.sampled_from(["obrien-fleming", "pocock"]),
    alpha=st.floats(0.001, 0.3),
    sides=st.sampled_from([1, 2]),
)
def test_bounds_spend_what_they_may_at_any_times(gaps, spending, alpha, sides):
    times = tuple((np.cumsum(gaps) / np.sum(gaps)).tolist())
    found = bounds_by_spending(times, spending, alpha, sides)
    allowed = sides * spent(spending, times, np.array([alpha / sides]))[0]
    assert found.spent == pytest.approx(allowed, rel=1e-6, abs=1e-12)
    assert found.spent[-1] == pytest.approx(alpha, rel=1e-6)
    assert found.power(3.0) > found.power(1.0) > 0
    assert times[0] <= found.expected_share(3.0) <= found.expected_share(0.0) + 1e-9 <= 1 + 2e-9


def test_a_bound_at_the_first_look_is_that_of_its_level():
    found = bounds_by_spending((0.5, 1.0), "pocock", 0.05)
    frame = found.to_frame()
    assert frame["nominal_p"][0] == pytest.approx(frame["spent"][0], rel=1e-9)
    assert frame["nominal_p"][1] > frame["spent"][1] - frame["spent"][0]
    assert list(frame) == ["look", "share", "z", "nominal_p", "spent"]


def test_looks_that_nearly_coincide_share_their_bound():
    close = bounds_by_spending((0.5, 0.501, 1.0), "obrien-fleming", 0.05)
    apart = bounds_by_spending((0.5, 1.0), "obrien-fleming", 0.05)
    assert close.z[0] == apart.z[0]
    assert close.z[2] == pytest.approx(apart.z[1], abs=5e-3)


def test_crossings_agree_with_simulated_paths():
    times, drift = (0.2, 0.35, 0.8, 1.0), 1.3
    found = bounds_by_spending(times, "pocock", 0.1)
    draw = np.random.default_rng(8)
    steps = np.diff(times, prepend=0.0)
    paths = np.cumsum(drift * steps + np.sqrt(steps) * draw.normal(size=(40_000, 4)), axis=1) / np.sqrt(times)
    out = np.abs(paths) >= found.z
    first = out & (np.cumsum(out, axis=1) == 1)
    up, down = found.crossings(drift)
    assert (first & (paths > 0)).mean(axis=0) == pytest.approx(up, abs=0.008)
    assert (first & (paths < 0)).mean(axis=0) == pytest.approx(down, abs=0.004)
