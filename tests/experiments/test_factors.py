import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments import compare, factor_effects, feature_table, srm_by_period
from smmlib.experiments.within_tests import fit_within_tests
from tests.experiments.test_pooling import BCG

NAMES = {"test": "test", "trials": "trials", "successes": "successes"}


def simulated(tests, effects, *, seed=1, spread=0.0, trials=3_000, arms=4, noise=0.0):
    """Factorial tests with columns f0, f1, … of 0 and 1: their log effects, and how these differ."""
    random = np.random.default_rng(seed)
    test = np.repeat(np.arange(tests), arms)
    table = {f"f{i}": random.integers(0, 2, tests * arms) for i in range(len(effects))}
    line = np.log(0.03) + random.normal(0, 0.5, tests)[test] + random.normal(0, noise, tests * arms)
    for name, effect in zip(table, effects, strict=True):
        line = line + table[name] * (effect + random.normal(0, spread, tests)[test])
    counts = random.binomial(trials, np.minimum(np.exp(line), 1))
    return pd.DataFrame({"test": test, **table, "trials": trials, "successes": counts})


def vaccine():
    a, b, c, d = BCG.T
    return pd.DataFrame(
        {
            "test": np.tile(np.arange(13), 2),
            "vaccinated": np.repeat([1, 0], 13),
            "trials": np.concatenate([a + b, c + d]),
            "successes": np.concatenate([a, c]),
        }
    )


def test_the_common_fit_is_poisson_regression_with_test_effects():
    table = simulated(12, [0.2, -0.1])
    columns = table[["f0", "f1"]].to_numpy(float)
    fit = fit_within_tests(
        columns, table["trials"].to_numpy(float), table["successes"].to_numpy(float), table["test"].to_numpy()
    )
    levels = pd.get_dummies(table["test"]).to_numpy(float)
    other = sm.GLM(
        table["successes"],
        np.hstack([columns, levels]),
        family=sm.families.Poisson(),
        offset=np.log(table["trials"]),
    ).fit()
    assert fit.coefficients == pytest.approx(other.params[:2], abs=1e-6)
    assert np.linalg.inv(fit.information) == pytest.approx(other.cov_params().to_numpy()[:2, :2], rel=1e-5)


def test_13_trials_of_a_vaccine_as_published_for_its_risk_ratio():
    # Viechtbauer (2010): random-effects risk ratio 0.489 (0.344 to 0.696), prediction to 1.549, I² 92 %.
    # Arms enter by one step from a common fit here, and the intervals by Student's t: a little wider.
    found = factor_effects(vaccine(), **NAMES, factors=["vaccinated"], dispersion=1.0).effects.iloc[0]
    assert 1 + found["lift"] == pytest.approx(0.489, rel=0.04)
    assert (1 + found["low"], 1 + found["high"]) == (
        pytest.approx(0.344, abs=0.03),
        pytest.approx(0.696, abs=0.05),
    )
    assert found["p_value"] < 0.01
    assert found["i_squared"] > 0.85
    assert 1 + found["predict_high"] == pytest.approx(1.549, rel=0.15)
    assert found["tests"] == 13


def test_effects_and_how_they_differ_are_found_again():
    found = factor_effects(simulated(600, [0.15, 0.0, -0.1], spread=0.1), **NAMES, factors=["f0", "f1", "f2"])
    effects = found.effects
    assert np.log1p(effects["lift"]).to_numpy() == pytest.approx([0.15, 0.0, -0.1], abs=0.02)
    assert effects["tau"].to_numpy() == pytest.approx([0.1] * 3, abs=0.06)
    assert (effects["p_adjusted"] >= effects["p_value"]).all()
    assert effects["p_adjusted"][1] > 0.05
    assert effects["p_adjusted"][[0, 2]].max() < 1e-4
    assert (effects["predict_low"] < effects["low"]).all()


@pytest.mark.slow
def test_a_factor_without_effect_is_found_in_no_more_than_5_percent():
    found = [
        factor_effects(simulated(25, [0.0], seed=seed, noise=0.15, spread=0.1), **NAMES, factors=["f0"])
        for seed in range(400)
    ]
    false = np.mean([each.effects["p_value"].iloc[0] < 0.05 for each in found])
    assert false <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 400)


def test_levels_in_words_are_compared_with_the_first_one():
    table = simulated(200, [0.3]).assign(hook=lambda t: np.where(t["f0"] == 1, "question", "number"))
    effects = factor_effects(table, **NAMES, factors=["hook"]).effects
    assert effects[["factor", "level", "against"]].iloc[0].tolist() == ["hook", "question", "number"]
    assert np.log1p(effects["lift"].iloc[0]) == pytest.approx(0.3, abs=0.03)


def test_a_step_is_as_large_as_asked_for():
    table = simulated(100, [0.2])
    one = factor_effects(table, **NAMES, factors=["f0"], dispersion=1.0).effects.iloc[0]
    half = factor_effects(table, **NAMES, factors={"f0": 0.5}, dispersion=1.0).effects.iloc[0]
    assert np.log1p(half["lift"]) == pytest.approx(np.log1p(one["lift"]) / 2)
    assert half["p_value"] == pytest.approx(one["p_value"])


def test_other_topics_and_other_sizes_of_tests_change_nothing():
    table = simulated(50, [0.2])
    effects = factor_effects(table, **NAMES, factors=["f0"]).effects
    doubled = pd.concat([table, table.assign(test=lambda t: t["test"] + 1000, f0=0)])  # tells nothing of f0
    pd.testing.assert_frame_equal(
        factor_effects(doubled, **NAMES, factors=["f0"], dispersion=1.0).effects,
        factor_effects(table, **NAMES, factors=["f0"], dispersion=1.0).effects,
    )
    assert effects["tests"].iloc[0] <= 50


def test_unusable_rows_are_left_out_and_the_table_stays_as_it_was():
    table = simulated(30, [0.2]).astype({"successes": "float64"})
    table.loc[0, "successes"], table.loc[5, "trials"], table.loc[9, "successes"] = np.nan, 0, 99_999
    before = table.copy()
    assert factor_effects(table, **NAMES, factors=["f0"]).arms == len(table) - 3
    pd.testing.assert_frame_equal(table, before)


def test_what_cannot_be_told_is_refused_by_name():
    table = simulated(30, [0.2]).assign(still=1.0, twin=lambda t: 1 - t["f0"])
    with pytest.raises(InvalidValueError, match="still: differs between the variants of no test"):
        factor_effects(table, **NAMES, factors=["f0", "still"])
    with pytest.raises(InvalidValueError, match="f0, twin cannot be told apart"):
        factor_effects(table, **NAMES, factors=["f0", "twin"])
    with pytest.raises(MissingColumnError, match=r"missing column\(s\) 'f9'"):
        factor_effects(table, **NAMES, factors=["f9"])
    with pytest.raises(InvalidValueError, match="must be a number of at least 1"):
        factor_effects(table, **NAMES, factors=["f0"], dispersion=0.5)
    with pytest.raises(UnknownNameError, match="Adjustment 'no' is unknown"):
        factor_effects(table, **NAMES, factors=["f0"], adjust="no")


@pytest.mark.slow
def test_negative_words_raise_clicks_on_headlines_as_robertson_et_al_2023_found(upworthy_path):
    # Nature Human Behaviour 7:812-822: +2.3 % clicks per negative word, for a headline of average length.
    table = pd.read_csv(upworthy_path).assign(arm=lambda t: t.index.astype(str))
    names = {"test": "clickability_test_id", "trials": "impressions", "successes": "clicks"}
    comparison = compare(table, variant="arm", **names)
    health = srm_by_period(comparison, table.groupby("clickability_test_id")["test_week"].first())
    kept = health.set_aside(comparison).tests
    table = table[table["clickability_test_id"].isin(kept.loc[kept["decision"] != "invalid", "test"])]
    table = pd.concat([table, feature_table(table["headline"], "en")], axis=1)
    found = factor_effects(table, **names, factors=["negative", "words"])
    effect = found.effects.iloc[0]
    assert found.tests == 1_584
    assert 0 < effect["low"] < 0.023 < effect["high"]
    assert effect["lift"] == pytest.approx(0.035, abs=0.005)
    assert effect["predict_low"] < 0 < effect["predict_high"]
