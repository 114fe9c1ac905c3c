import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments import compare, estimate_dispersion
from smmlib.experiments.pairs import PairTerms

WHERE = {"test": "test", "trials": "n", "successes": "x"}


def identical_arms(factor, tests=800, seed=1):
    """Pairs of identical arms whose counts vary `factor` times as much as binomial ones."""
    draw = np.random.default_rng(seed)
    n, rate = 4000, 0.02
    spread = (factor - 1) / (n - 1)
    rates = (
        rate if factor == 1 else draw.beta(rate * (1 / spread - 1), (1 - rate) * (1 / spread - 1), 2 * tests)
    )
    return pd.DataFrame(
        {
            "test": np.repeat(np.arange(tests), 2),
            "text": "same",
            "n": n,
            "x": draw.binomial(n, rates, 2 * tests),
        }
    )


@pytest.mark.parametrize("factor", [1.0, 1.8, 3.0])
def test_a_planted_inflation_is_found(factor):
    found = estimate_dispersion(identical_arms(factor), **WHERE, same="text")
    assert found.low < factor < found.high
    assert found.high - found.low < 0.35 * factor
    assert float(found) == max(1, found.estimate)
    assert found.groups == 800


def test_two_identical_arms_by_hand():
    # χ² of 10/100 against 20/100: pooled .15, variance 12.75 each: 2 × 25 / 12.75 = 3.9216 on 1 df.
    pair = pd.DataFrame({"test": np.repeat(range(10), 2), "text": "same", "n": 100, "x": [10, 20] * 10})
    assert estimate_dispersion(pair, **WHERE, same="text").estimate == pytest.approx(3.92157, abs=1e-5)


def test_rows_that_cannot_be_used_are_left_out_and_the_frame_is_not_changed():
    frame = identical_arms(1.8)
    spoilt = pd.concat(
        [
            frame.astype(object),
            pd.DataFrame({"test": [0, 1], "text": ["same", "same"], "n": [0, "x"], "x": [5, 5]}),
        ]
    )
    before = spoilt.copy(deep=True)
    assert estimate_dispersion(spoilt, **WHERE, same="text") == estimate_dispersion(
        frame, **WHERE, same="text"
    )
    pd.testing.assert_frame_equal(spoilt, before)


def test_without_identical_arms_nothing_is_estimated():
    frame = identical_arms(1.0, tests=20).assign(text=lambda d: d.index.astype(str))
    with pytest.raises(InvalidValueError, match=r"Only 0 groups of identical variants .* columns .*: text"):
        estimate_dispersion(frame, **WHERE, same="text")
    with pytest.raises(MissingColumnError, match=r"'txt': did you mean 'text'"):
        estimate_dispersion(frame, **WHERE, same=["txt"])


def test_upworthys_counts_vary_more_than_coin_flips(upworthy):
    found = estimate_dispersion(
        upworthy,
        test="clickability_test_id",
        trials="impressions",
        successes="clicks",
        same=["headline", "eyecatcher_id"],
    )
    assert 1.7 <= float(found) <= 1.95
    assert 1.6 < found.low < found.high < 2.2
    assert found.text("en").startswith("Identical variants differ 1.9")


def test_dividing_by_it_makes_identical_arms_alike(upworthy):
    pairs = upworthy.dropna(subset=["eyecatcher_id"])
    groups = pairs.groupby(["clickability_test_id", "headline", "eyecatcher_id"])
    pairs = pairs.assign(group=groups.ngroup(), place=groups.cumcount())
    pairs = pairs[(pairs["place"] < 2) & (groups["clicks"].transform("size") > 1)]
    names = {"test": "group", "variant": "arm", "trials": "impressions", "successes": "clicks"}
    textbook = compare(pairs, **names, design="history").tests["decision"]
    allowed = compare(pairs, **names, design="history", dispersion=1.8).tests["decision"]
    assert (textbook == "association").mean() > 0.10
    assert (allowed == "association").mean() < 0.06


def test_an_estimate_from_few_groups_is_worth_few_squares():
    # Ten groups of two: for normal counts the estimate is χ² on 10 degrees of freedom over 10.
    draw = np.random.default_rng(6)
    worth = []
    for _ in range(200):
        x = draw.normal(2000, 30, (10, 2)).round()
        frame = pd.DataFrame(
            {"test": np.repeat(range(10), 2), "text": "same", "n": 100_000, "x": x.ravel().astype(int)}
        )
        worth.append(estimate_dispersion(frame, **WHERE, same="text").degrees)
    assert 8 < np.median(worth) < 16
    assert estimate_dispersion(identical_arms(1.8), **WHERE, same="text").degrees > 300


def test_an_uncertain_factor_keeps_the_level():
    """A factor learned from ten squares: 5 % false alarms by Student's t, 8 % if it is taken for known."""
    draw, runs = np.random.default_rng(9), 100_000
    factor = 2 * draw.chisquare(10, runs) / 10
    z = np.abs(draw.normal(0, np.sqrt(2), runs)) / np.sqrt(factor)
    alarms = {
        degrees: (PairTerms(0.95, degrees=degrees).as_normal(z) > 1.959964).mean() for degrees in (10, np.inf)
    }
    assert alarms[10] == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / runs))
    assert alarms[np.inf] == pytest.approx(0.078, abs=0.003)
    assert PairTerms(0.95, 2.0, 10).widened == pytest.approx(2 * (2.228139 / 1.959964) ** 2)  # t tables


def test_compare_takes_the_estimate_with_its_uncertainty():
    pairs = identical_arms(1.8, tests=12)
    learned = estimate_dispersion(pairs, **WHERE, same="text")
    names = {"test": "test", "variant": "arm", "trials": "n", "successes": "x"}
    pairs["arm"] = ["A", "B"] * 12
    known, unsure = (compare(pairs, **names, dispersion=d) for d in (float(learned), learned))
    assert (unsure.arms["p_value"] >= known.arms["p_value"]).all()
    assert (unsure.arms["low"] < known.arms["low"]).all()
    assert (unsure.degrees, known.degrees) == (learned.degrees, np.inf)


@pytest.mark.slow
def test_planted_lifts_are_found_at_the_planned_size(upworthy):
    """Base rate and scatter are the archive's; a lift of 20 % is planted into tests of the planned size."""
    from smmlib.experiments import plan_test

    where = {"test": "clickability_test_id", "trials": "impressions", "successes": "clicks"}
    learned = estimate_dispersion(upworthy, **where, same=["headline", "eyecatcher_id"])
    rate = upworthy["clicks"].sum() / upworthy["impressions"].sum()
    plan = plan_test(rate, 0.2, dispersion=float(learned))
    draw, tests, n = np.random.default_rng(12), 4000, plan.trials_per_arm
    scatter = (float(learned) - 1) / (n - 1)
    counts = np.stack([_overdispersed(draw, n, each, scatter, tests) for each in (rate, 1.2 * rate)], axis=1)
    frame = pd.DataFrame({"test": np.repeat(range(tests), 2), "variant": np.tile(["A", "B"], tests), "n": n})
    names = {"test": "test", "variant": "variant", "trials": "n", "successes": "x"}
    found = compare(frame.assign(x=counts.ravel()), **names, dispersion=float(learned))
    power = found.tests["winner"].eq("B").mean()
    assert power == pytest.approx(0.8, abs=2 * np.sqrt(0.8 * 0.2 / tests))


def _overdispersed(draw, n, rate, scatter, size):
    a = 1 / scatter - 1
    return draw.binomial(n, draw.beta(rate * a, (1 - rate) * a, size))
