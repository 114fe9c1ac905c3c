import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, norm

from smmlib.errors import InvalidValueError
from smmlib.experiments.pooling import between, pool, spread_at

# Colditz et al. (1994), JAMA 271:698-702: 13 trials of a vaccine; cases and others, vaccinated and not.
BCG = np.array(
    [
        (4, 119, 11, 128),
        (6, 300, 29, 274),
        (3, 228, 11, 209),
        (62, 13536, 248, 12619),
        (33, 5036, 47, 5761),
        (180, 1361, 372, 1079),
        (8, 2537, 10, 619),
        (505, 87886, 499, 87892),
        (29, 7470, 45, 7232),
        (17, 1699, 65, 1600),
        (186, 50448, 141, 27197),
        (5, 2493, 3, 2338),
        (27, 16886, 29, 17825),
    ],
    float,
)


def odds_ratios():
    a, b, c, d = BCG.T
    return np.log(a * d / b / c), 1 / a + 1 / b + 1 / c + 1 / d


def risk_ratios():
    a, b, c, d = BCG.T
    return np.log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def test_bcg_trials_log_odds_ratios_as_in_van_houwelingen_2002():
    # van Houwelingen, Arends and Stijnen (2002), table I, and its replication in the metafor documentation:
    # Cochran's Q 163.1649, and a 95 % interval of tau² by Q-profile from 0.1302 to 1.1812.
    y, variance = odds_ratios()
    group = np.zeros(13, int)
    assert pool(y, np.sqrt(variance)).q == pytest.approx(163.1649, abs=5e-5)
    assert spread_at(0.1302, y, variance, group) == pytest.approx(chi2.ppf(0.975, 12), rel=1e-3)
    assert spread_at(1.1812, y, variance, group) == pytest.approx(chi2.ppf(0.025, 12), rel=1e-3)


def test_bcg_trials_log_risk_ratios_as_in_viechtbauer_2010():
    # Viechtbauer (2010), J. Stat. Software 36(3), section 3.1: with REML tau² 0.3132, mean -0.7145 (error
    # 0.1798), I² 92.22 %, Q 152.2330. Paule and Mandel's tau² differs in the second digit.
    y, variance = risk_ratios()
    found = pool(y, np.sqrt(variance))
    assert found.q == pytest.approx(152.2330, abs=5e-5)
    assert found.tau**2 == pytest.approx(0.3132, rel=0.03)
    assert found.mean == pytest.approx(-0.7145, abs=2e-3)
    assert found.error == pytest.approx(0.1798, rel=0.02)
    assert found.i_squared == pytest.approx(0.9222, abs=3e-3)


def test_the_variance_between_agrees_with_the_iterated_estimate_of_statsmodels():
    from statsmodels.stats.meta_analysis import combine_effects

    for y, variance in (risk_ratios(), odds_ratios()):
        other = combine_effects(y, variance, method_re="iterated", use_t=True)
        assert pool(y, np.sqrt(variance)).tau ** 2 == pytest.approx(other.tau2, rel=1e-4)
        low, high = other.conf_int(use_t=True)[3]  # Hartung and Knapp
        assert (pool(y, np.sqrt(variance)).low, pool(y, np.sqrt(variance)).high) == (
            pytest.approx(low, rel=1e-3),
            pytest.approx(high, rel=1e-3),
        )


def test_at_the_variance_found_the_scatter_equals_its_degrees_of_freedom():
    y, variance = risk_ratios()
    tau_squared = between(y, variance, np.zeros(13, int))
    assert spread_at(tau_squared, y, variance, np.zeros(13, int)) == pytest.approx(12)


def test_a_single_effect_is_its_own_mean():
    found = pool(np.array([0.3]), np.array([0.1]))
    assert (found.mean, found.error, found.tau) == (pytest.approx(0.3), pytest.approx(0.1), 0)
    assert found.low == pytest.approx(0.3 - 1.96 * 0.1, abs=1e-4)
    assert found.p_value == pytest.approx(2 * norm.sf(3), rel=1e-5)


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=20), st.floats(-3, 3))
def test_moving_all_effects_moves_the_mean_and_nothing_else(effects, by):
    y, errors = np.array(effects), np.linspace(0.1, 0.5, len(effects))
    there, moved = pool(y, errors), pool(y + by, errors)
    assert moved.mean == pytest.approx(there.mean + by, abs=1e-6)
    assert moved.tau == pytest.approx(there.tau, abs=1e-5)
    assert there.predict_low <= there.low <= there.mean <= there.high <= there.predict_high


def test_groups_have_means_of_their_own_and_a_common_slope_is_taken_out():
    random = np.random.default_rng(1)
    group = np.repeat(np.arange(500), 4)
    on = np.tile([0.0, 1.0, 1.0, 1.0], 500)
    variance = np.full(2000, 0.01)
    y = random.normal(0, 3, 500)[group] + 0.5 * on + random.normal(0, 0.2, 2000) + random.normal(0, 0.1, 2000)
    assert between(y, variance, group, on) == pytest.approx(0.04, rel=0.1)
    assert between(y, variance, group) > 0.08


@pytest.mark.parametrize(("effects", "errors"), [([], []), ([0.1], [0.0]), ([np.nan], [1.0])])
def test_what_cannot_be_pooled_is_refused(effects, errors):
    with pytest.raises(InvalidValueError, match="need a number each"):
        pool(np.array(effects), np.array(errors))
