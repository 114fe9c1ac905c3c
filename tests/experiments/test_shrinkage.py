import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.errors import InvalidValueError
from smmlib.experiments import (
    PUBLISHED,
    Prior,
    compare,
    estimate_dispersion,
    learn_prior,
    shrink,
    srm_by_period,
)
from smmlib.experiments.shrinkage import ENOUGH_TESTS, prior_of_median

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}


def compared(trials, successes, **terms):
    tests, arms = np.shape(successes)
    table = pd.DataFrame(
        {
            "test": np.repeat(np.arange(tests), arms),
            "variant": np.tile([chr(65 + arm) for arm in range(arms)], tests),
            "trials": np.broadcast_to(trials, (tests, arms)).ravel(),
            "successes": np.ravel(successes),
        }
    )
    return compare(table, **NAMES, **terms)


def simulated(tests, spread, *, seed=1, trials=3_500, rate=0.015, ahead=0.0, **terms):
    """Four variants a test whose log rates scatter by `spread`; the truth and the comparison."""
    random = np.random.default_rng(seed)
    truth = np.log(rate) + random.normal(0, spread, (tests, 4)) + ahead * np.array([0, 1, 1, 1])
    return truth, compared(trials, random.binomial(trials, np.exp(truth)), **terms)


def test_half_of_all_pairs_differ_by_more_than_the_published_median_of_373_tests():
    # Median relative difference 20.8 % over 373 share-page tests.
    random = np.random.default_rng(3)
    pairs = random.normal(0, PUBLISHED.spread, (200_000, 2))
    assert np.median(np.abs(pairs[:, 0] - pairs[:, 1])) == pytest.approx(np.log(1.208), rel=0.01)
    assert PUBLISHED.typical_lift == pytest.approx(0.208)


def test_the_winners_curse_of_four_variants_with_3500_impressions_is_lifted():
    # Published for this shape: measured log lift 0.191 against a true one of 0.083 (above the test's mean).
    truth, comparison = simulated(3_000, 0.12, rate=0.0155)
    measured = np.log(comparison.arms["rate"].to_numpy().reshape(-1, 4))
    lead, test = measured.argmax(axis=1), np.arange(3_000)
    above = (measured - measured.mean(axis=1, keepdims=True))[test, lead].mean()
    really = (truth - truth.mean(axis=1, keepdims=True))[test, lead].mean()
    assert (above, really) == (pytest.approx(0.191, abs=0.015), pytest.approx(0.083, abs=0.01))

    rows = shrink(comparison).leaders()
    rivals = rows["rival"].map(lambda name: ord(name) - 65).to_numpy()
    true_lift = truth[test, lead] - truth[test, rivals]
    expected = np.log1p(rows["expected"]).mean()
    assert expected == pytest.approx(true_lift.mean(), abs=0.008)
    assert np.log1p(rows["lift"]).mean() > 1.8 * expected
    inside = (np.log1p(rows["low"]) <= true_lift) & (true_lift <= np.log1p(rows["high"]))
    assert inside.mean() == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize("spread", [0.0, 0.1, 0.3])
def test_the_spread_of_the_variants_is_found_again(spread):
    prior = learn_prior(simulated(1_500, spread)[1])
    assert prior.spread == pytest.approx(spread, abs=0.04 if spread == 0 else 0.012)
    assert prior.tests > 1_450  # some splits look broken by chance


def test_the_lead_over_a_control_is_learned_and_not_shrunk_away():
    comparison = simulated(1_500, 0.1, ahead=0.15, control="A")[1]
    prior = learn_prior(comparison)
    assert prior.ahead == pytest.approx(0.15, abs=0.015)
    rows = shrink(comparison, prior).arms
    assert set(rows["rival"]) == {"A"}
    assert np.log1p(rows["expected"]).mean() == pytest.approx(0.15, abs=0.02)


def test_overdispersed_counts_are_believed_less():
    plain, varied = (shrink(simulated(30, 0.2, dispersion=d)[1], PUBLISHED).arms for d in (1.0, 2.0))
    assert varied["kept"].mean() < plain["kept"].mean()


@given(st.lists(st.integers(1, 400), min_size=2, max_size=6), st.floats(0.001, 2))
def test_with_equal_trials_a_lift_shrinks_towards_nothing_and_keeps_its_sign(counts, spread):
    arms = shrink(compared(1_000, [counts]), Prior(spread)).arms
    lift, expected = np.log1p(arms["lift"]), np.log1p(arms["expected"])
    if len(counts) == 2:
        assert (np.abs(expected) <= np.abs(lift) + 1e-12).all()
    assert (arms["low"] <= arms["expected"] + 1e-12).all()
    assert (arms["expected"] <= arms["high"] + 1e-12).all()


def test_no_spread_leaves_no_lift_and_a_wide_one_leaves_it_as_measured():
    comparison = compared(10_000, [[100, 150]])
    assert shrink(comparison, Prior(1e-9)).arms["expected"].abs().max() < 1e-6
    wide = shrink(comparison, Prior(50.0)).arms
    assert wide["expected"].to_numpy() == pytest.approx(wide["lift"].to_numpy(), rel=1e-3)


def test_few_tests_take_the_published_prior_and_many_their_own():
    assert shrink(simulated(ENOUGH_TESTS - 5, 0.1)[1]).prior is PUBLISHED
    assert shrink(simulated(ENOUGH_TESTS + 15, 0.1)[1]).prior.tests >= ENOUGH_TESTS


def test_unusable_tests_are_left_out_and_counts_of_zero_are_borne():
    comparison = compared([[10_000, 14_000], [1_000, 1_000]], [[100, 150], [0, 5]])
    arms = shrink(comparison).arms
    assert list(arms["test"]) == [1, 1]
    assert np.isfinite(arms[["lift", "expected", "low", "high"]]).all(axis=None)
    assert shrink(comparison.only(0)).arms.empty


@pytest.mark.parametrize("design", ["history", "slots"])
def test_without_chance_nothing_is_shrunk(design):
    with pytest.raises(InvalidValueError, match=f"design '{design}' cannot be shrunk"):
        shrink(compared(1_000, [[20, 30]], design=design))


def test_too_little_to_learn_from_is_refused():
    with pytest.raises(InvalidValueError, match="Only 1 usable tests"):
        learn_prior(compared(1_000, [[20, 30]]))
    with pytest.raises(InvalidValueError, match="it must be above 0"):
        prior_of_median(0, "")


def test_the_words_say_where_it_comes_from():
    words = shrink(compared(5_000, [[100, 140]])).text("en")
    assert words.startswith("The leading variants measured +40% (median); +")
    assert "published: 373 tests" in words
    assert "bei eigenen" not in words
    assert "aus 50 eigenen Tests" in Prior(0.1, tests=50, source="from {tests} tests of your own").text("de")


@pytest.mark.slow
def test_headline_tests_differ_less_in_truth_than_measured(upworthy):
    """The spread that `PUBLISHED` is compared with: 1,584 usable tests, chance taken out."""
    names = {"test": "clickability_test_id", "trials": "impressions", "successes": "clicks"}
    factor = estimate_dispersion(upworthy, **names, same=["headline", "eyecatcher_id"])
    result = compare(upworthy, variant="arm", dispersion=float(factor), **names)
    weeks = upworthy.groupby("clickability_test_id")["test_week"].first()
    prior = learn_prior(srm_by_period(result, weeks).set_aside(result))
    assert prior.tests == 1_584
    assert prior.spread == pytest.approx(0.162, abs=0.001)
    assert prior.spread < PUBLISHED.spread
