"""Organic posts compared by re-drawing their assignment."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError, UnknownNameError
from smmlib.experiments import compare, compare_slots, plan_slots
from tests.experiments.test_redrawing import BASE, DARWIN

COLUMNS = {"block": "block", "variant": "variant", "value": "clicks"}


def table(**columns):
    """One block a row of each column, a variant a column."""
    return pd.concat(
        [
            pd.DataFrame({"block": range(1, len(values) + 1), "variant": name, "clicks": values})
            for name, values in columns.items()
        ],
        ignore_index=True,
    )


def test_darwins_maize_as_fisher_tested_it():
    found = compare_slots(table(cross=DARWIN, self=np.zeros(15)), **COLUMNS, statistic="mean")
    assert found.pairs.at[0, "p_value"] == 1726 / 32768
    assert found.decision == "no decision"
    assert found.leader == "cross"
    assert found.smallest_p == 2 / 2**15


def test_six_blocks_all_one_way_give_the_smallest_p():
    found = compare_slots(table(A=[2, 3, 4, 5, 6, 7], B=[1, 1, 1, 1, 1, 1]), **COLUMNS)
    assert found.pairs.at[0, "p_value"] == 2 / 2**6 == found.smallest_p
    assert found.winner == "A"
    assert found.text("en").startswith(
        "A wins: typically 3.5 more than B (95% interval 1.0 to 6.0; p = 0.031)"
    )
    assert "A ist Sieger: typischerweise 3,5 mehr als B" in found.text("de")
    assert "12 posts or periods in 6 blocks" in found.text("en")
    assert found.to_frame().at[0, "decision"] == "winner"


def test_rates_per_post_are_compared_not_impressions():
    counts = table(A=[50, 60, 70, 80, 90, 95], B=[20, 20, 20, 20, 20, 20]).assign(seen=2_000)
    found = compare_slots(counts, **COLUMNS, trials="seen")
    assert found.pairs.at[0, "estimate"] == pytest.approx(
        np.median(found_walsh([30, 40, 50, 60, 70, 75])) / 2_000
    )
    assert "percentage points" in found.text("en")
    assert "12 posts or periods in 6 blocks, not on their 24,000 impressions" in found.text("en")
    assert "nicht auf ihren 24.000 Impressionen" in found.text("de")


def found_walsh(values):
    return [(a + b) / 2 for i, a in enumerate(values) for b in values[i:]]


def test_a_handful_of_posts_gets_no_test_on_impressions_and_hears_why():
    counts = table(A=[500, 700], B=[400, 300]).assign(seen=10_000)
    with pytest.raises(
        InvalidValueError, match=r"2 blocks .*A test on impressions instead would not be valid"
    ):
        compare_slots(counts, **COLUMNS, trials="seen")
    pooled = counts.groupby("variant", as_index=False)[["clicks", "seen"]].sum().assign(test="t")
    result = compare(
        pooled, test="test", variant="variant", trials="seen", successes="clicks", design="slots"
    )
    assert result.tests.at[0, "decision"] == "no decision"
    assert result.arms["p_value"].isna().all()


def test_ratios_tell_relative_differences():
    base = np.array([10.0, 20, 40, 80, 160, 320, 640])
    found = compare_slots(table(A=base * 1.2, B=base), **COLUMNS, scale="ratio")
    assert found.pairs.loc[0, ["estimate", "low", "high"]].tolist() == pytest.approx([0.2, 0.2, 0.2])
    assert "typically 20" in found.text("en")


def test_a_block_without_a_value_is_left_out_and_said():
    counts = table(A=[2, 3, 4, 5, 6, 7, 8, 9], B=[1, 1, 1, 1, 1, 1, np.nan, 1])
    counts = pd.concat([counts, counts.tail(1)], ignore_index=True)
    found = compare_slots(counts, **COLUMNS)
    assert found.blocks == 6
    assert found.dropped.values.tolist() == [
        [7, "no usable value: B"],
        [8, "more than one value of a variant"],
    ]
    assert "2 blocks were left out because a value is missing or there twice: 7, 8." in found.text("en")


def test_counts_above_the_impressions_or_below_zero_are_no_values():
    counts = table(A=[2, 3, 4, 5, 6, 7, 8, 300], B=[1, 1, 1, 1, 1, 1, -1, 1]).assign(seen=100)
    assert list(compare_slots(counts, **COLUMNS, trials="seen").dropped["block"]) == [7, 8]


def test_three_variants_the_leader_has_to_beat_both():
    names = dict(zip(("out", "narrow", "wide"), -BASE.T, strict=True))  # seconds: less is better
    found = compare_slots(table(**names), **COLUMNS)
    assert found.leader == "wide"
    assert list(found.pairs["other"]) == ["narrow", "out"]
    assert found.winner == "wide"
    assert found.overall_p == pytest.approx(0.0033, abs=0.001)
    tied = compare_slots(table(A=DARWIN, B=DARWIN + 1e-9 * np.arange(15), C=np.zeros(15)), **COLUMNS)
    assert tied.winner is None or tied.pairs["p_adjusted"].max() < 0.05


def test_sampled_draws_are_repeated_by_their_seed():
    draw = np.random.default_rng(8)
    counts = table(A=draw.normal(0, 1, 40), B=draw.normal(0, 1, 40))
    one, two = (compare_slots(counts, **COLUMNS, statistic="mean", seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    assert not one.exact
    assert compare_slots(counts, **COLUMNS).exact


def test_the_order_of_the_rows_and_the_names_of_the_blocks_do_not_matter():
    counts = table(A=[2, 3, 4, 5, 6, 7, 3], B=[1, 4, 1, 2, 1, 1, 2])
    one = compare_slots(counts, **COLUMNS)
    mixed = counts.sample(frac=1, random_state=1).assign(block=lambda t: "b" + t["block"].astype(str))
    pd.testing.assert_frame_equal(one.pairs, compare_slots(mixed, **COLUMNS).pairs)


def test_a_variant_that_changed_its_name_midway_is_named():
    counts = table(A=[2, 3, 4, 5, 6, 7], B=[1, 1, 1, 1, 1, 0])
    counts.loc[3:5, "variant"] = "A neu"
    match = (
        r"No block has a usable value of each of the variants A, A neu, B \(block 1: no usable value: A neu"
    )
    with pytest.raises(InvalidValueError, match=match):
        compare_slots(counts, **COLUMNS)


@pytest.mark.parametrize("alpha", [0, 1, math.nan, "x"])
def test_an_error_out_of_range_is_refused(alpha):
    counts = table(A=[2, 3, 4, 5, 6, 7], B=[1, 1, 1, 1, 1, 0])
    with pytest.raises(InvalidValueError, match=r"alpha is .*(must lie between 0 and 1|give a number)"):
        compare_slots(counts, **COLUMNS, alpha=alpha)


def test_alike_values_are_called_alike():
    found = compare_slots(table(A=[5] * 7, B=[5] * 7), **COLUMNS)
    assert found.text("en").startswith("No decision: A and B are typically alike (p = 1.000)")


def test_what_cannot_be_compared_is_said():
    counts = table(A=[2, 3, 4, 5, 6, 7], B=[1, 1, 1, 1, 1, 0])
    with pytest.raises(InvalidValueError, match=r"two variants or more, but there is 1: A"):
        compare_slots(counts[counts["variant"] == "A"], **COLUMNS)
    with pytest.raises(MissingColumnError, match=r"'rate'"):
        compare_slots(counts, **{**COLUMNS, "value": "rate"})
    with pytest.raises(
        InvalidValueError, match=r"Block 6, variant 'B' has 0; a ratio needs values above zero"
    ):
        compare_slots(counts, **COLUMNS, scale="ratio")
    with pytest.raises(UnknownNameError, match=r"Scale 'log' is unknown"):
        compare_slots(counts, **COLUMNS, scale="log")
    with pytest.raises(UnknownNameError, match=r"Statistic 'median' is unknown"):
        compare_slots(counts, **COLUMNS, statistic="median")


def wins(runs, blocks, names, lift, seed):
    """Share of simulated tests that the last variant, better by a factor, and any other one wins."""
    draw = np.random.default_rng(seed)
    won = {name: 0 for name in (None, *names)}
    for _ in range(runs):
        logs = draw.normal(0, 0.3 / math.sqrt(2), (blocks, len(names)))
        logs += draw.normal(0, 1, (blocks, 1))
        logs[:, -1] += math.log1p(lift)
        values = dict(zip(names, np.exp(logs).T, strict=True))
        won[compare_slots(table(**values), **COLUMNS, scale="ratio").winner] += 1
    return won[names[-1]] / runs, 1 - won[None] / runs


@pytest.mark.slow
def test_size_and_power_are_as_planned():
    runs = 80
    need = plan_slots(0.3, 0.25)
    error = math.sqrt(0.05 * 0.95 / runs)
    for blocks, names in ((12, "AB"), (9, "ABC")):
        assert wins(runs, blocks, names, 0.0, seed=3)[1] <= 0.05 + 3 * error
    found, _ = wins(runs, need.blocks, "AB", 0.25, seed=4)
    assert found == pytest.approx(0.8, abs=0.02 + 3 * math.sqrt(0.16 / runs))
