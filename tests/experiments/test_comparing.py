import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, chisquare
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments import compare
from smmlib.intervals import newcombe

NAMES = {"test": "test", "variant": "variant", "trials": "trials", "successes": "successes"}


def table(*tests):
    """One test per argument, each a list of (successes, trials)."""
    rows = [(f"T{i}", chr(65 + j), n, x) for i, arms in enumerate(tests, 1) for j, (x, n) in enumerate(arms)]
    return pd.DataFrame(rows, columns=["test", "variant", "trials", "successes"])


def test_columns_are_the_ones_that_were_promised():
    result = compare(table([(20, 300), (21, 298)]), **NAMES)
    assert list(result.arms) == [
        *("test", "variant", "trials", "successes", "rate", "diff", "low", "high", "p_value", "p_adjusted"),
        *("p_best", "expected_loss"),
    ]
    assert list(result.tests) == ["test", "arms", "trials", "srm_p_value", "decision", "winner", "reason"]
    assert list(result.problems) == ["test", "variant", "row", "trials", "successes", "problem"]


def test_pooled_z_of_20_of_300_against_21_of_298():
    # Worked example of a two-proportion z test: z = -0.184010, two-sided p = 0.854006.
    result = compare(table([(20, 300), (21, 298)]), **NAMES)
    assert result.arms["p_value"].to_numpy() == pytest.approx([0.854006, 0.854006], abs=5e-7)


def test_interval_is_newcombes():
    # Newcombe (1998), Statist. Med. 17:873-890, Table II, method 10, case (a).
    result = compare(table([(56, 70), (48, 80)]), **NAMES)
    assert result.arms.loc[0, ["low", "high"]].tolist() == pytest.approx([0.0524, 0.3339], abs=5e-5)
    assert result.arms.loc[1, ["low", "high"]].tolist() == pytest.approx([-0.3339, -0.0524], abs=5e-5)


def test_probability_of_being_best_of_two_beta_posteriors():
    # P(Beta(121, 81) > Beta(101, 101)) by adaptive quadrature: 0.977586; losses 0.000413 and 0.099423.
    result = compare(table([(120, 200), (100, 200)]), **NAMES)
    assert result.arms["p_best"].tolist() == pytest.approx([0.977586, 0.022414], abs=5e-7)
    assert result.arms["expected_loss"].tolist() == pytest.approx([0.000413, 0.099423], abs=5e-7)


def test_sample_ratio_821588_against_815482():
    # χ² = 22.774 on 1 degree of freedom, p = 1.82e-6 (Pearson).
    result = compare(table([(8000, 821588), (9000, 815482)]), **NAMES)
    assert result.tests.at[0, "srm_p_value"] == pytest.approx(1.82e-6, rel=3e-3)
    assert result.tests.at[0, "decision"] == "invalid"
    assert pd.isna(result.tests.at[0, "winner"])
    assert "split is broken" in result.tests.at[0, "reason"]


def test_a_batch_agrees_with_statsmodels_and_scipy_test_by_test():
    draw = np.random.default_rng(5)
    arms = [
        [(int(draw.binomial(n, 0.03)), int(n)) for n in draw.integers(500, 900, size=k)]
        for k in (2, 3, 4, 7, 14)
    ]
    result = compare(table(*arms), **NAMES, dispersion=1.0)
    for name, counts in zip(result.tests["test"], arms, strict=True):
        mine = result.arms[result.arms["test"] == name].reset_index(drop=True)
        lead = mine["rate"].idxmax()
        others = [i for i in range(len(counts)) if i != lead]
        p = [proportions_ztest(*np.transpose([counts[i], counts[lead]]))[1] for i in others]
        assert mine.loc[others, "p_value"].tolist() == pytest.approx(p, abs=1e-12)
        holm = multipletests(p, method="holm")[1]
        assert mine.loc[others, "p_adjusted"].tolist() == pytest.approx(holm, abs=1e-12)
        low, high = zip(*(newcombe(counts[i], counts[lead]) for i in others), strict=True)
        assert mine.loc[others, "low"].tolist() == pytest.approx(low)
        assert mine.loc[others, "high"].tolist() == pytest.approx(high)
        srm = result.tests.set_index("test").at[name, "srm_p_value"]
        assert srm == pytest.approx(chisquare([n for _, n in counts]).pvalue, abs=1e-12)
        assert mine["p_best"].sum() == pytest.approx(1, abs=1e-6)


def test_a_leader_and_its_runner_up_are_one_pair():
    result = compare(table([(30, 1000), (50, 1000), (80, 1000)]), **NAMES)
    arms = result.arms
    assert arms.at[2, "diff"] == pytest.approx(0.03)
    assert arms.at[1, "diff"] == pytest.approx(-0.03)
    assert arms.at[0, "diff"] == pytest.approx(-0.05)
    assert arms.at[2, "p_adjusted"] == arms.at[1, "p_adjusted"]
    assert arms.at[1, "p_adjusted"] == pytest.approx(arms.at[1, "p_value"])  # the largest p counts once
    assert arms.at[0, "p_adjusted"] == pytest.approx(2 * arms.at[0, "p_value"])
    assert result.tests.loc[0, ["decision", "winner"]].tolist() == ["winner", "C"]


def test_a_winner_must_beat_every_other_arm():
    result = compare(table([(30, 1000), (75, 1000), (80, 1000)]), **NAMES)
    assert result.arms.at[0, "p_adjusted"] < 0.001
    assert result.tests.at[0, "decision"] == "no decision"
    assert pd.isna(result.tests.at[0, "winner"])


def test_against_a_control_each_arm_has_its_own_pair():
    result = compare(table([(50, 1000), (75, 1000), (80, 1000)]), **NAMES, control="A")
    arms = result.arms.set_index("variant")
    assert math.isnan(arms.at["A", "diff"])
    assert arms.loc[["B", "C"], "diff"].tolist() == pytest.approx([0.025, 0.03])
    p_b, p_c = arms.loc[["B", "C"], "p_value"]
    assert arms.at["C", "p_adjusted"] == pytest.approx(2 * p_c)
    assert arms.at["B", "p_adjusted"] == pytest.approx(max(2 * p_c, p_b))
    assert result.tests.loc[0, ["decision", "winner"]].tolist() == ["winner", "C"]
    assert "beats the control" in result.tests.at[0, "reason"]


def test_a_control_can_win():
    result = compare(table([(100, 1000), (50, 1000), (40, 1000)]), **NAMES, control="A")
    assert result.tests.loc[0, ["decision", "winner"]].tolist() == ["winner", "A"]


def test_a_test_without_the_control_is_reported():
    frame = table([(50, 1000), (75, 1000)], [(50, 1000), (75, 1000)])
    frame.loc[2, "variant"] = "Z"
    result = compare(frame, **NAMES, control="A")
    assert result.tests["decision"].tolist() == ["winner", "invalid"]
    assert result.problems["problem"].tolist() == ["The test lacks the control variant."]
    with pytest.raises(UnknownNameError, match=r"Variant 'Y' is unknown"):
        compare(frame, **NAMES, control="Y")


@pytest.mark.parametrize("factor", [1.8, 2.5])
def test_dispersion_acts_as_if_there_were_fewer_counts(factor):
    whole = compare(table([(300, 10000), (380, 10000)]), **NAMES, dispersion=factor).arms
    fewer = table([(300, 10000), (380, 10000)]).assign(
        trials=10000 / factor, successes=[300 / factor, 380 / factor]
    )
    z = (0.038 - 0.03) / math.sqrt(0.034 * 0.966 * 2 / (10000 / factor))
    assert whole["p_value"].iloc[0] == pytest.approx(math.erfc(z / math.sqrt(2)), rel=1e-9)
    low, high = newcombe(*fewer[["successes", "trials"]].to_numpy()[::-1])
    assert whole.loc[1, ["low", "high"]].tolist() == pytest.approx([low, high])


def test_history_is_association_at_most():
    result = compare(table([(300, 10000), (600, 10000)], [(30, 1000), (31, 1000)]), **NAMES, design="history")
    assert result.tests["decision"].tolist() == ["association", "no decision"]
    assert result.tests["winner"].isna().all()
    assert result.tests["srm_p_value"].isna().all()


def test_slots_refuse_a_z_test():
    result = compare(table([(300, 10000), (600, 10000)]), **NAMES, design="slots")
    assert result.tests.at[0, "decision"] == "no decision"
    assert "pairs of like slots" in result.tests.at[0, "reason"]
    assert (
        result.arms[["low", "high", "p_value", "p_adjusted", "p_best", "expected_loss"]].isna().all(axis=None)
    )
    assert result.arms["rate"].tolist() == [0.03, 0.06]


def test_platform_checks_the_split_only_against_given_shares():
    frame = table([(300, 30000), (600, 10000)])
    assert compare(frame, **NAMES).tests.at[0, "decision"] == "invalid"
    assert compare(frame, **NAMES, design="platform").tests.at[0, "decision"] == "winner"
    even = compare(frame, **NAMES, design="platform", shares={"A": 1, "B": 1})
    assert even.tests.at[0, "decision"] == "invalid"
    planned = compare(frame, **NAMES, shares={"A": 3, "B": 1})
    assert planned.tests.at[0, "decision"] == "winner"
    column = compare(frame.assign(share=[0.75, 0.25]), **NAMES, shares="share")
    assert column.tests.at[0, "srm_p_value"] == planned.tests.at[0, "srm_p_value"] == 1.0


def test_an_unknown_share_is_refused():
    with pytest.raises(UnknownNameError, match=r"Variant 'C' is unknown"):
        compare(table([(1, 10), (2, 10)]), **NAMES, shares={"A": 1, "C": 1})


BAD_ROWS = [
    ("trials", -5, "Counts must be whole numbers, not below zero."),
    ("successes", -1, "Counts must be whole numbers, not below zero."),
    ("successes", 2.5, "Counts must be whole numbers, not below zero."),
    ("successes", 1001, "There are more successes than trials."),
    ("trials", None, "The trials are missing or not a number."),
    ("successes", math.nan, "The successes are missing or not a number."),
    ("trials", math.inf, "The trials are missing or not a number."),
    ("successes", "many", "The successes are missing or not a number."),
    ("variant", None, "The variant has no name."),
    ("variant", "A", "The variant appears more than once in its test."),
    ("test", None, "The test has no name."),
]


@pytest.mark.parametrize(("column", "value", "problem"), BAD_ROWS)
def test_a_bad_row_is_reported_and_the_rest_analysed(column, value, problem):
    frame = table([(30, 1000), (60, 1000)], [(30, 1000), (60, 1000)], [(40, 1000), (41, 1000)]).astype(object)
    frame.loc[3, column] = value
    result = compare(frame, **NAMES)
    assert set(result.problems["problem"]) <= {problem, "The test has only one arm."}
    assert 3 in result.problems["row"].tolist() or column == "test"
    decisions = result.tests.set_index("test")["decision"]
    assert decisions.to_dict() == {"T1": "winner", "T2": "invalid", "T3": "no decision"}
    alone = compare(table([(30, 1000), (60, 1000)]), **NAMES).arms
    pd.testing.assert_frame_equal(result.only("T1").arms, alone, check_dtype=False)


def test_zero_trials_and_single_arms_are_reported():
    result = compare(table([(0, 0), (60, 1000)], [(3, 10)]), **NAMES)
    assert result.problems["problem"].tolist() == ["There are no trials.", "The test has only one arm."]
    assert result.tests["decision"].tolist() == ["invalid", "invalid"]


def test_a_table_without_any_usable_test():
    result = compare(table([(3, 2)]), **NAMES)
    assert result.tests["decision"].tolist() == ["invalid"]
    assert result.arms["p_best"].isna().all()
    empty = compare(table(), **NAMES)
    assert len(empty.tests) == len(empty.arms) == len(empty.problems) == 0


def test_five_hundred_arms_are_analysed():
    draw = np.random.default_rng(1)
    result = compare(table([(int(draw.binomial(n, 0.02)), int(n)) for n in draw.poisson(2000, 500)]), **NAMES)
    assert result.tests.at[0, "arms"] == 500
    assert result.arms["p_best"].sum() == pytest.approx(1, abs=1e-5)


def test_no_and_only_successes_give_no_difference():
    result = compare(table([(0, 50), (0, 60)], [(50, 50), (60, 60)], [(0, 50), (60, 60)]), **NAMES)
    assert result.arms["p_value"].iloc[:4].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert result.tests["decision"].tolist() == ["no decision", "no decision", "winner"]


def test_rows_of_a_test_may_stand_anywhere():
    frame = table([(30, 1000), (60, 1000)], [(20, 900), (31, 950), (40, 1000)])
    mixed = compare(frame.sample(frac=1, random_state=3), **NAMES)
    sorted_ = compare(frame, **NAMES)
    keys = ["test", "variant"]
    pd.testing.assert_frame_equal(
        mixed.arms.sort_values(keys).reset_index(drop=True), sorted_.arms.sort_values(keys), check_exact=False
    )


def test_the_frame_is_never_changed():
    frame = table([(30, 1000), (60, 1000)], [(20, 900), (31, 950)])
    frame.index = [7, 7, 3, 1]
    before = frame.copy(deep=True)
    compare(frame, **NAMES, control="A", shares={"A": 1, "B": 1})
    pd.testing.assert_frame_equal(frame, before)


def test_a_misspelt_column_asks_did_you_mean():
    with pytest.raises(MissingColumnError, match=r"'trials': did you mean 'trails'"):
        compare(table([(1, 10), (2, 10)]).rename(columns={"trials": "trails"}), **NAMES)


@pytest.mark.parametrize(
    ("setting", "error", "match"),
    [
        ({"design": "randomized"}, UnknownNameError, r"Design 'randomized' is unknown.*'randomised'"),
        ({"confidence": 95}, InvalidValueError, r"The confidence is 95"),
        ({"dispersion": 0.5}, InvalidValueError, r"The dispersion is 0.5; it must be a number of at least 1"),
        ({"looks": 0}, InvalidValueError, r"looks is 0"),
        ({"looks": 2.5}, InvalidValueError, r"looks is 2.5"),
    ],
)
def test_a_setting_out_of_range_is_refused(setting, error, match):
    with pytest.raises(error, match=match):
        compare(table([(1, 10), (2, 10)]), **NAMES, **setting)


def test_looks_make_decisions_harder_and_intervals_wider():
    frame = table([(300, 10000), (352, 10000)])
    once, often = compare(frame, **NAMES), compare(frame, **NAMES, looks=5)
    assert once.tests.at[0, "decision"] == "winner"
    assert often.tests.at[0, "decision"] == "no decision"
    assert often.arms.at[0, "p_value"] == once.arms.at[0, "p_value"]
    assert often.arms.at[0, "p_adjusted"] > once.arms.at[0, "p_adjusted"]
    assert often.arms.at[0, "low"] < once.arms.at[0, "low"]


counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=60, deadline=None)
@given(arms=st.lists(counts, min_size=2, max_size=6))
def test_any_counts_give_ordered_intervals_and_a_full_probability(arms):
    result = compare(table(arms), **NAMES)
    figures = result.arms
    assert (figures["low"] <= figures["diff"] + 1e-12).all()
    assert (figures["diff"] <= figures["high"] + 1e-12).all()
    assert (figures["p_adjusted"] >= figures["p_value"] - 1e-12).all()
    assert figures["p_best"].sum() == pytest.approx(1, abs=2e-6)
    assert (figures["expected_loss"] >= 0).all()


@settings(max_examples=30, deadline=None)
@given(arms=st.lists(counts, min_size=2, max_size=2))
def test_two_arms_agree_with_the_2x2_chi_square(arms):
    failures = [[x, n - x] for x, n in arms]
    if not all(map(sum, zip(*failures, strict=True))):
        return
    expected = chi2_contingency(failures, correction=False).pvalue
    assert compare(table(arms), **NAMES).arms["p_value"].iloc[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("arms", "dispersion"), [(2, 1.0), (3, 1.0), (2, 1.8)])
def test_a_winner_among_equals_is_named_in_five_per_cent_at_most(arms, dispersion):
    draw = np.random.default_rng(11)
    tests, size = 20_000, 10_000
    rate = 0.015
    if dispersion > 1:
        spread = (dispersion - 1) / (size - 1)  # beta-binomial with that variance inflation
        rate = draw.beta(rate * (1 / spread - 1), (1 - rate) * (1 / spread - 1), size=tests * arms)
    frame = pd.DataFrame(
        {
            "test": np.repeat(np.arange(tests), arms),
            "variant": np.tile(list("ABC"[:arms]), tests),
            "trials": size,
            "successes": draw.binomial(size, rate, size=tests * arms),
        }
    )
    decisions = compare(frame, **NAMES, dispersion=dispersion).tests["decision"]
    error = 3 * math.sqrt(0.05 * 0.95 / tests)
    assert (decisions == "winner").mean() <= 0.05 + error
    if dispersion > 1:
        assert (compare(frame, **NAMES).tests["decision"] == "winner").mean() > 0.10


def test_leaders_are_sorted_by_the_lower_end_of_their_lead():
    frame = table([(300, 10000), (400, 10000)], [(30, 1000), (60, 1000)], [(0, 50), (3, 50)])
    leaders = compare(frame, **NAMES).leaders()
    assert leaders["test"].tolist() == ["T2", "T1", "T3"]
    assert leaders["low"].is_monotonic_decreasing
    assert leaders["lift"].tolist()[:2] == pytest.approx([1.0, 1 / 3])
    assert math.isnan(leaders["lift"].iloc[2])  # no rate to compare with
    against = compare(frame.iloc[:2], **NAMES, control="B").leaders()
    assert against.loc[0, ["variant", "lift"]].tolist() == ["A", pytest.approx(-0.25)]


def test_names_may_be_numbers():
    frame = table([(30, 1000), (60, 1000)], [(30, 1000), (31, 1000)]).assign(
        test=[7, 7, 8, 8], variant=[1, 2, 1, 2]
    )
    result = compare(frame, **NAMES)
    assert result.tests["winner"].iloc[0] == 2
    assert pd.isna(result.tests["winner"].iloc[1])
    assert result.verdict("en", 7).startswith("2 wins.")
    assert result.plot(7).png().startswith(b"\x89PNG")


def test_variants_can_be_given_other_names():
    result = compare(table([(30, 1000), (60, 1000)]), **NAMES, control="A")
    other = result.renamed({"B": "Leave the car"})
    assert other.arms["variant"].tolist() == ["A", "Leave the car"]
    assert other.tests["winner"].tolist() == ["Leave the car"]
    assert other.verdict().startswith("Leave the car wins.")
    assert result.tests["winner"].tolist() == ["B"]


@pytest.mark.parametrize("written", ["12.000", "12,000", "1.234.567"])
def test_text_that_may_be_thousands_or_decimals_is_a_problem_and_no_count(written):
    table = pd.DataFrame({"t": ["T", "T"], "v": ["A", "B"], "n": [written, "13000"], "x": ["2", "9"]})
    result = compare(table, test="t", variant="v", trials="n", successes="x")
    assert result.tests["decision"].tolist() == ["invalid"]
    assert result.problems["row"].tolist() == [0]


def test_a_column_that_is_there_twice_is_named():
    table = pd.DataFrame([["T", "A", 100, 10, 3]], columns=["t", "v", "n", "x", "x"])
    with pytest.raises(InvalidValueError, match="2 columns named 'x'"):
        compare(table, test="t", variant="v", trials="n", successes="x")


def test_options_of_another_type_are_named():
    table = pd.DataFrame({"t": ["T", "T"], "v": ["A", "B"], "n": [100, 100], "x": [10, 3]})
    columns = {"test": "t", "variant": "v", "trials": "n", "successes": "x"}
    with pytest.raises(InvalidValueError, match="dispersion is a;"):
        compare(table, **columns, dispersion="a")
    assert compare(table, **columns, looks=np.int64(3)).looks == 3


def test_many_tests_are_compared_in_parts_with_the_same_outcome(monkeypatch):
    draw = np.random.default_rng(11)
    arms = [[(int(draw.binomial(800, 0.1)), 800) for _ in range(draw.integers(2, 5))] for _ in range(40)]
    frame = pd.concat([table(*arms), table([(9, 5), (1, 5)]).assign(test=None)]).sample(
        frac=1, random_state=1
    )
    frame.iloc[3, frame.columns.get_loc("trials")] = -1
    whole = compare(frame, **NAMES, smallest_lift=0.2)
    monkeypatch.setattr("smmlib.experiments.comparing._AT_ONCE", 7)
    parts = compare(frame, **NAMES, smallest_lift=0.2)
    for name in ("arms", "tests", "problems"):
        pd.testing.assert_frame_equal(getattr(whole, name), getattr(parts, name), check_dtype=False)
    with pytest.raises(UnknownNameError, match="'Z' is unknown"):
        compare(frame, **NAMES, control="Z")


def test_history_never_ends_without_a_difference():
    counts = table([(5000, 100_000), (5010, 100_000)])
    result = compare(counts, **NAMES, design="history", smallest_lift=0.1)
    assert result.tests.at[0, "decision"] == "no decision"
