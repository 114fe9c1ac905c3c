"""Re-drawing against published examples, scipy, and its own promises."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test, wilcoxon

from smmlib.experiments.redrawing import redraw, redraw_blocks

# Darwin's maize, heights in eighths of an inch: Fisher (1935), The Design of Experiments, section 17.
DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48.0])

# Hamilton depression scale of nine patients before and after: Hollander and Wolfe (1973), example 3.1.
BEFORE = np.array([1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30])
AFTER = np.array([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])

# Three ways to round first base, 22 players: Hollander and Wolfe (1973), table 7.1.
BASE = np.array(
    [
        (5.40, 5.50, 5.55),
        (5.85, 5.70, 5.75),
        (5.20, 5.60, 5.50),
        (5.55, 5.50, 5.40),
        (5.90, 5.85, 5.70),
        (5.45, 5.55, 5.60),
        (5.40, 5.40, 5.35),
        (5.45, 5.50, 5.35),
        (5.25, 5.15, 5.00),
        (5.85, 5.80, 5.70),
        (5.25, 5.20, 5.10),
        (5.65, 5.55, 5.45),
        (5.60, 5.35, 5.45),
        (5.05, 5.00, 4.95),
        (5.50, 5.50, 5.40),
        (5.45, 5.55, 5.50),
        (5.55, 5.55, 5.35),
        (5.45, 5.50, 5.55),
        (5.50, 5.45, 5.25),
        (5.65, 5.60, 5.40),
        (5.70, 5.65, 5.55),
        (6.30, 6.30, 6.25),
    ]
)


def test_fisher_1935_section_21():
    found = redraw(DARWIN, "mean", alpha=0.05, seed=0)
    assert found.p_value == 1726 / 32768
    assert found.estimate == pytest.approx(314 / 15)
    assert found.low < 0 < found.high  # p is above .05
    assert found.exact


def test_wilcoxon_1945_on_the_same_plants():
    # The example of Wilcoxon (1945); R's wilcox.test prints V = 96, p = 0.04126 for it.
    found = redraw(DARWIN, "rank", alpha=0.05, seed=0)
    assert found.p_value == pytest.approx(0.04126, abs=5e-6)
    assert found.low > 0


def test_hollander_and_wolfe_1973_examples_3_1_to_3_4():
    # R, ?wilcox.test: V = 40, one-sided p 0.01953; pseudomedian -0.46, limits -0.786 and -0.010.
    found = redraw(AFTER - BEFORE, "rank", alpha=0.05, seed=0)
    assert found.p_value == pytest.approx(2 * 0.01953, abs=1e-5)
    assert (found.estimate, found.low, found.high) == pytest.approx((-0.46, -0.786, -0.010), abs=1e-9)


def test_friedman_of_hollander_and_wolfe_table_7_1():
    # R, ?friedman.test: χ² = 11.143, p 0.003805 from the limit; the redrawn p lies near it.
    p_value, exact = redraw_blocks(BASE, "rank", seed=1)
    assert p_value == pytest.approx(0.0033, abs=0.0008)
    assert not exact


def test_blocks_of_three_counted_by_hand():
    # Friedman (1937), table VI: 3 ranks, 3 sets, complete agreement: p = 1/36 = 0.028.
    p_value, exact = redraw_blocks(np.tile([1.0, 2.0, 3.0], (3, 1)), "rank", seed=0)
    assert (p_value, exact) == (pytest.approx(1 / 36), True)


@pytest.mark.parametrize("blocks", [6, 9, 14])
def test_p_values_agree_with_scipy(blocks):
    diffs = np.random.default_rng(blocks).normal(0.4, 1, blocks)
    mean = redraw(diffs, "mean", alpha=0.05, seed=0).p_value
    expected = permutation_test(
        (diffs, np.zeros(blocks)), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf
    )
    assert mean == pytest.approx(expected.pvalue, abs=1e-12)
    assert redraw(diffs, "rank", alpha=0.05, seed=0).p_value == pytest.approx(
        wilcoxon(diffs, method="exact").pvalue, abs=1e-12
    )


@given(
    values=st.lists(st.floats(-5, 5), min_size=6, max_size=12, unique=True),
    statistic=st.sampled_from(["rank", "mean"]),
    shift=st.floats(-3, 3),
    factor=st.floats(0.1, 10),
)
def test_estimate_and_interval_move_with_the_data(values, statistic, shift, factor):
    diffs = np.array(values)
    one = redraw(diffs, statistic, alpha=0.05, seed=0)
    two = redraw(diffs * factor + shift, statistic, alpha=0.05, seed=0)
    moved = np.array([one.estimate, one.low, one.high]) * factor + shift
    assert (two.estimate, two.low, two.high) == pytest.approx(tuple(moved), abs=1e-6)
    assert one.low <= one.estimate <= one.high
    mirrored = redraw(-diffs, statistic, alpha=0.05, seed=0)
    assert mirrored.p_value == pytest.approx(one.p_value)
    assert (mirrored.low, mirrored.high) == pytest.approx((-one.high, -one.low))


@pytest.mark.parametrize("statistic", ["rank", "mean"])
@pytest.mark.parametrize("blocks", [6, 10, 17, 30])
def test_the_interval_leaves_out_exactly_what_the_test_rejects(statistic, blocks):
    diffs = np.random.default_rng(blocks).normal(0.5, 1, blocks)
    found = redraw(diffs, statistic, alpha=0.05, seed=3)
    for limit, inside in ((found.low, 1e-6), (found.high, -1e-6)):
        assert redraw(diffs - limit - inside, statistic, alpha=0.05, seed=3).p_value >= 0.05 - 1e-3
        assert redraw(diffs - limit + inside, statistic, alpha=0.05, seed=3).p_value < 0.05 + 1e-3


def test_differences_that_only_rounding_tells_apart_are_ties():
    ties = np.array([0.3 - 0.2, 0.2 - 0.1, 0.5 - 0.4, 0.1, 0.1, -0.1])
    assert redraw(ties, "mean", alpha=0.05, seed=0).p_value == 14 / 64
    assert redraw(ties, "rank", alpha=0.05, seed=0).p_value == 14 / 64


def test_no_difference_anywhere_is_no_evidence():
    for statistic in ("rank", "mean"):
        found = redraw(np.zeros(8), statistic, alpha=0.05, seed=0)
        assert (found.p_value, found.estimate) == (1.0, 0.0)


def test_so_few_blocks_give_no_limits():
    for statistic in ("rank", "mean"):
        found = redraw(np.array([1.0, 2, 3]), statistic, alpha=0.05, seed=0)
        assert (found.low, found.high) == (-np.inf, np.inf)


def test_sampled_draws_agree_with_counted_ones():
    diffs = np.random.default_rng(4).normal(0.3, 1, 40)
    sampled = redraw(diffs, "mean", alpha=0.05, seed=1)
    again = redraw(diffs, "mean", alpha=0.05, seed=2)
    assert not sampled.exact
    assert sampled.p_value == pytest.approx(again.p_value, abs=0.005)
    many = np.random.default_rng(5).normal(0.02, 1, 450)
    ranks = redraw(many, "rank", alpha=0.05, seed=1)
    assert ranks.p_value == pytest.approx(wilcoxon(many, method="approx").pvalue, abs=0.005)
    assert not ranks.exact


@pytest.mark.parametrize("statistic", ["rank", "mean"])
@pytest.mark.parametrize(("blocks", "seconds"), [(12, 0.1), (40, 1.0)])
def test_blocks_are_redrawn_in_time(statistic, blocks, seconds):
    diffs = np.random.default_rng(0).normal(size=blocks)
    redraw(diffs, statistic, alpha=0.05, seed=0)
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        redraw(diffs, statistic, alpha=0.05, seed=0)
        times.append(time.perf_counter() - begun)
    assert min(times) <= seconds
