from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import betaln, ndtr, xlog1py, xlogy
from scipy.stats import beta

from smmlib.experiments.posterior import best_and_loss, density_curves

DRAW = np.random.default_rng(1)


def unequal(arms):
    """Arms with 50 to 1,000,000 impressions."""
    trials = np.exp(DRAW.uniform(np.log(50), np.log(1e6), arms)).round()
    return DRAW.binomial(
        trials.astype(int), 0.015 * np.exp(DRAW.normal(0, 0.3, arms))
    ).tolist(), trials.tolist()


CASES = {
    "two of like size": ([120, 100], [200, 200]),
    "50 v 1,000,000 impressions": ([1, 20_000], [50, 1_000_000]),
    "50 v 1,000,000, the small one without clicks": ([0, 15_000], [50, 1_000_000]),
    "50 v 1,000,000, close": ([1, 38_000], [50, 1_000_000]),
    "zero clicks in both": ([0, 0], [100, 100]),
    "zero clicks, one arm much larger": ([0, 0], [100, 100_000]),
    "zero clicks in one": ([0, 5], [3000, 3000]),
    "zero clicks in fourteen": ([0] * 14, [3000] * 14),
    "all clicks in both": ([100, 100], [100, 120]),
    "all clicks in one": ([100, 99, 3], [100, 100, 10]),
    "one impression": ([1, 500], [1, 1000]),
    "counts divided by a dispersion": ([24.3, 31.7], [1620.4, 1700.1]),
    "one far ahead": ([20, 30, 500], [1000, 1000, 1000]),
    "fourteen in a row": (list(range(40, 54)), [3000] * 14),
    **{f"{arms} of very unequal size": unequal(arms) for arms in range(2, 15)},
}


def by_adaptive_quadrature(successes, trials):
    """P(best) and expected loss, integrated in the rate between the quantiles of every posterior."""
    a, b = 1 + np.array(successes, float), 1 + np.array(trials, float) - successes
    quantiles = np.array([1e-13, 1e-9, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6, 1 - 1e-9])[:, None]
    cuts = np.unique(np.concatenate([[0, 1], beta.ppf(quantiles, a, b).ravel(), beta.isf(1e-13, a, b)]))

    def integral(function):
        pieces = pairwise(cuts)
        return sum(
            quad(function, low, high, epsabs=1e-13, epsrel=1e-10, limit=200)[0] for low, high in pieces
        )

    def density_of_best(rate, arm):
        below = beta.cdf(rate, a, b)
        below[arm] = 1.0
        log_density = xlogy(a[arm] - 1, rate) + xlog1py(b[arm] - 1, -rate) - betaln(a[arm], b[arm])
        return np.exp(log_density) * below.prod()

    best = [integral(lambda rate, arm=arm: density_of_best(rate, arm)) for arm in range(len(a))]
    mean_best = integral(lambda rate: 1 - beta.cdf(rate, a, b).prod())
    return np.array(best), mean_best - a / (a + b)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
@pytest.mark.parametrize("case", CASES)
def test_within_a_millionth_of_adaptive_quadrature(case):
    successes, trials = CASES[case]
    best, loss = best_and_loss(np.array([successes], float), np.array([trials], float))
    expected_best, expected_loss = by_adaptive_quadrature(successes, trials)
    assert best[0] == pytest.approx(expected_best, abs=1e-6)
    assert loss[0] == pytest.approx(expected_loss, abs=1e-8)


@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
@pytest.mark.parametrize("case", ["50 v 1,000,000 impressions", "zero clicks in one"])
def test_two_cases_of_it_every_time(case):
    test_within_a_millionth_of_adaptive_quadrature(case)


def test_p_best_of_two_equal_arms_is_a_half_and_of_k_a_kth():
    for arms in (2, 3, 14, 200):
        best, loss = best_and_loss(np.full((1, arms), 45.0), np.full((1, arms), 3000.0))
        assert best[0] == pytest.approx(np.full(arms, 1 / arms), abs=1e-6)
        assert loss[0] == pytest.approx(np.full(arms, loss[0, 0]), abs=1e-9)


def test_a_billion_impressions_do_not_cancel_out():
    # Normal limit: difference 3,000 of 1e9 with sd sqrt(2e7): z = 0.6708, P = 0.74884.
    best, _ = best_and_loss(np.array([[1e7, 1e7 + 3000]]), np.array([[1e9, 1e9]]))
    sd = np.sqrt(1e7 * 0.99 * 2)
    assert best[0, 1] == pytest.approx(ndtr(3000 / sd), abs=1e-4)
    assert best[0].sum() == pytest.approx(1, abs=1e-7)


def test_a_batch_gives_what_each_test_gives_alone():
    successes = np.array([[1.0, 20_000], [120, 100], [0, 0], [45, 60]])
    trials = np.array([[50.0, 1_000_000], [200, 200], [100, 100_000], [3000, 3100]])
    together, losses = best_and_loss(successes, trials)
    for i in range(4):
        best, loss = best_and_loss(successes[i : i + 1], trials[i : i + 1])
        assert together[i] == pytest.approx(best[0], abs=1e-12)
        assert losses[i] == pytest.approx(loss[0], abs=1e-15)


def test_density_curves_are_beta_densities():
    rates, heights = density_curves(np.array([45.0, 0.0, 30.0]), np.array([3000.0, 200.0, 30.0]), points=101)
    for i, (a, b) in enumerate([(46, 2956), (1, 201), (31, 1)]):
        inner = slice(1, -1)
        assert heights[i][inner] == pytest.approx(beta.pdf(rates[i], a, b)[inner], rel=1e-5)
