import numpy as np
import pandas as pd
import pytest
from scipy.stats import chisquare

from smmlib.errors import InvalidValueError
from smmlib.experiments import compare, guess_columns, srm_by_period

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}


def weeks_of_tests(broken, weeks=20, each=15, seed=0):
    """Tests of two arms, `each` a week; in weeks of `broken` the split is 52 : 48."""
    draw = np.random.default_rng(seed)
    week = np.repeat(np.arange(weeks), each)
    share = np.where(np.isin(week, broken), 0.52, 0.5)
    first = draw.binomial(8000, share)
    tests = np.arange(len(week))
    frame = pd.DataFrame(
        {
            "test": np.repeat(tests, 2),
            "variant": np.tile(["A", "B"], len(week)),
            "trials": np.stack([first, 8000 - first], axis=1).ravel(),
            "successes": 100,
        }
    )
    return frame, pd.Series(week, index=tests)


@pytest.mark.parametrize("broken", [[], [7], [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]])
def test_broken_weeks_are_found_without_being_told(broken):
    frame, weeks = weeks_of_tests(broken)
    health = srm_by_period(compare(frame, **NAMES), weeks)
    assert list(health.standing_out) == broken
    assert health.tests == 300
    assert health.usual < 0.04


def test_the_words_name_the_run_of_weeks():
    frame, weeks = weeks_of_tests([7, 8, 9, 15])
    health = srm_by_period(compare(frame, **NAMES), weeks)
    assert "They pile up in 7–9, 15" in health.text("en")
    healthy = srm_by_period(compare(*[weeks_of_tests([])[0]], **NAMES), weeks)
    assert "They do not pile up in any period." in healthy.text("en")
    assert list(health.to_frame())[:4] == ["period", "tests", "broken", "share"]


def test_without_a_check_there_is_nothing_to_count():
    frame, weeks = weeks_of_tests([])
    with pytest.raises(InvalidValueError, match="No test has both a period and a sample-ratio check"):
        srm_by_period(compare(frame, **NAMES, design="history"), weeks)


def test_the_check_is_pearsons_for_any_number_of_arms():
    draw = np.random.default_rng(2)
    for arms in [*range(2, 15), 40]:
        trials = draw.poisson(1000, arms)
        frame = pd.DataFrame({"test": 1, "variant": np.arange(arms), "trials": trials, "successes": 10})
        found = compare(frame, **NAMES).tests["srm_p_value"].iloc[0]
        assert found == pytest.approx(chisquare(trials).pvalue, rel=1e-10)


def test_upworthys_broken_randomiser_is_found(upworthy):
    # The archive's authors: randomisation was faulty from 25 June 2013 to 10 January 2014
    # (correction of June 2024 to Matias et al. 2021); weeks are numbered %Y%W.
    columns = guess_columns(upworthy)
    result = compare(
        upworthy, test=columns.test, variant="arm", trials=columns.trials, successes=columns.successes
    )
    assert len(result.tests) == 2165
    health = srm_by_period(result, upworthy.groupby(columns.test)[columns.period].first())
    found = [int(week) for week in health.standing_out]
    assert set(found) >= {*range(201325, 201351), 201401}
    assert set(found) <= {*range(201325, 201353), 201400, 201401}
    inside = health.periods[health.periods["stands_out"]]
    assert inside["broken"].sum() / inside["tests"].sum() == pytest.approx(0.8, abs=0.05)
    assert health.usual == pytest.approx(0.027, abs=0.01)
    kept = health.set_aside(result)
    assert kept.tests["decision"].eq("invalid").sum() == 581  # 470 with a broken split, 111 of those weeks
    assert "111 more are set aside" in kept.verdict("en")


def test_tests_of_a_broken_week_are_set_aside_though_their_own_split_looks_even():
    frame, weeks = weeks_of_tests([7, 8, 9, 10])
    result = compare(frame.assign(successes=np.tile([100, 900], len(weeks))), **NAMES)
    health = srm_by_period(result, weeks)
    kept = health.set_aside(result)
    inside = kept.tests["test"].map(weeks).isin([7, 8, 9, 10])
    assert kept.tests.loc[inside, "decision"].eq("invalid").all()
    assert kept.tests.loc[inside, "winner"].isna().all()
    assert kept.tests.loc[~inside, "decision"].equals(result.tests.loc[~inside, "decision"])
    set_aside = kept.tests.loc[inside & (kept.tests["srm_p_value"] >= 0.01), "test"]
    assert "randomisation was broken" in kept.verdict("en", set_aside.iloc[0])
