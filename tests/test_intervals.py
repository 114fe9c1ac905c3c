import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from smmlib.errors import InvalidValueError
from smmlib.intervals import miettinen_nurminen, newcombe, wilson

# Newcombe (1998), Statist. Med. 17:873-890, Table II, method 10 (all eight cases).
NEWCOMBE_TABLE_II = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]


@pytest.mark.parametrize(("first", "second", "low", "high"), NEWCOMBE_TABLE_II)
def test_newcombe_gives_table_ii_of_newcombe_1998(first, second, low, high):
    assert newcombe(first, second) == pytest.approx((low, high), abs=5e-5)


def test_wilson_gives_table_i_of_newcombe_1998():
    # Newcombe (1998), Statist. Med. 17:857-872, Table I, method 3.
    low, high = wilson([81, 15, 0, 1], [263, 148, 20, 29])
    assert low == pytest.approx([0.2553, 0.0624, 0.0, 0.0061], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)


def test_miettinen_nurminen_where_a_widely_used_package_errs():
    # Restricted likelihood maximised numerically; see the next test for the same by brute force.
    assert miettinen_nurminen((56, 70), (48, 80)) == pytest.approx((0.0528, 0.3382), abs=5e-5)


@pytest.mark.parametrize("counts", [(56, 70, 48, 80), (5, 56, 0, 29), (30, 1000, 12, 900), (7, 7, 2, 7)])
def test_miettinen_nurminen_agrees_with_brute_force(counts):
    s_1, n_1, s_2, n_2 = counts

    def score(delta):
        def unlikely(p):
            eps = 1e-12
            p_1, p_2 = np.clip([p + delta, p], eps, 1 - eps)
            ones = s_1 * np.log(p_1) + s_2 * np.log(p_2)
            return -(ones + (n_1 - s_1) * np.log(1 - p_1) + (n_2 - s_2) * np.log(1 - p_2))

        bounds = (max(0, -delta), min(1, 1 - delta))
        p = minimize_scalar(unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-12}).x
        variance = (p + delta) * (1 - p - delta) / n_1 + p * (1 - p) / n_2
        return (s_1 / n_1 - s_2 / n_2 - delta) / np.sqrt(variance * (n_1 + n_2) / (n_1 + n_2 - 1))

    low, high = (float(x) for x in miettinen_nurminen((s_1, n_1), (s_2, n_2)))
    diff = s_1 / n_1 - s_2 / n_2
    z = 1.959963984540054
    assert low == pytest.approx(brentq(lambda d: score(d) - z, -0.9, diff), abs=1e-6)
    if diff < 0.7:
        assert high == pytest.approx(brentq(lambda d: score(d) + z, diff, 0.999), abs=1e-6)


counts = st.tuples(st.integers(1, 10**6), st.floats(0, 1)).map(lambda x: (round(x[0] * x[1]), x[0]))


@given(first=counts, second=counts)
def test_intervals_hold_the_difference_and_mirror(first, second):
    # The cubic behind Miettinen and Nurminen loses digits where sizes differ by a factor of a million.
    for interval, exact in ((newcombe, 1e-12), (miettinen_nurminen, 2e-5)):
        low, high = interval(first, second)
        diff = first[0] / first[1] - second[0] / second[1]
        assert low - 1e-12 <= diff <= high + 1e-12
        assert interval(second, first) == pytest.approx((-high, -low), abs=exact)


def test_dispersion_acts_as_if_there_were_fewer_counts():
    wide = newcombe((60, 4000), (90, 4200), dispersion=2.0)
    assert wide == pytest.approx(newcombe((30, 2000), (45, 2100)), abs=1e-12)
    assert wilson(60, 4000, dispersion=2.0) == pytest.approx(wilson(30, 2000), abs=1e-12)


def test_no_trials_gives_a_missing_interval():
    low, high = newcombe(([5, 3], [10, 0]), ([1, 1], [10, 10]))
    assert np.isnan([low[1], high[1]]).all()
    assert np.isfinite([low[0], high[0]]).all()


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.1])
def test_a_confidence_outside_0_to_1_is_refused(confidence):
    with pytest.raises(InvalidValueError, match=r"The confidence is .*must lie between 0 and 1"):
        wilson(1, 2, confidence=confidence)
