import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.stats import permutation_test

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments import compare_slots, match_slots


def weeks(count, hours=("09:00", "18:00")):
    days = pd.date_range("2026-09-07", periods=count, freq="7D")
    starts = [day + pd.Timedelta(f"{hour}:00") for day, hour in itertools.product(days, hours)]
    return pd.DataFrame({"start": starts, "network": "linkedin"})


def test_pairs_share_weekday_and_hour_and_hold_each_variant_once():
    slots = weeks(9)
    plan = match_slots(slots, start="start", seed=1, match=["network"])
    assert len(plan.slots) == 16
    assert len(plan.left_over) == 2
    grouped = plan.slots.groupby("pair")
    assert (grouped["weekday"].nunique() == 1).all()
    assert (grouped["hour"].nunique() == 1).all()
    assert (grouped["variant"].agg(sorted).map(tuple) == ("A", "B")).all()
    assert plan.smallest_p == 2 / 2**8
    assert "8 pairs of slots, drawn with seed 1" in plan.text("en")
    again = match_slots(slots, start="start", seed=1, match=["network"])
    pd.testing.assert_frame_equal(plan.to_frame(), again.to_frame())


def test_too_few_pairs_are_refused_before_anything_is_posted():
    # With b pairs the smallest two-sided p is 2 / 2^b: six pairs for p < .05.
    with pytest.raises(InvalidValueError, match=r"4 pairs .* no p value below 0.125; 6 pairs are needed"):
        match_slots(weeks(4), start="start", seed=1)
    assert len(match_slots(weeks(6), start="start", seed=1).slots) == 12


def pairs_table(first, second):
    pairs = range(1, len(first) + 1)
    return pd.concat(
        [
            pd.DataFrame({"pair": pairs, "variant": "A", "rate": first}),
            pd.DataFrame({"pair": pairs, "variant": "B", "rate": second}),
        ]
    )


def test_the_exact_test_agrees_with_scipy():
    draw = np.random.default_rng(3)
    a, b = draw.normal(0.3, 1, 9), draw.normal(0, 1, 9)
    expected = permutation_test(
        (a, b), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf
    )
    found = compare_slots(pairs_table(a, b), pair="pair", variant="variant", value="rate")
    assert found.p_value == pytest.approx(expected.pvalue, abs=1e-12)
    assert found.diff == pytest.approx((a - b).mean())
    assert found.exact


def test_six_pairs_all_one_way_give_the_smallest_p():
    found = compare_slots(
        pairs_table([2, 3, 4, 5, 6, 7], [1, 1, 1, 1, 1, 1]), pair="pair", variant="variant", value="rate"
    )
    assert found.p_value == 2 / 2**6
    assert found.decision == "winner"
    assert found.text("en").startswith("A wins: 3.50 more than B on average over 6 pairs")
    assert found.to_frame().at[0, "decision"] == "winner"


def test_many_pairs_are_drawn_with_a_seed():
    draw = np.random.default_rng(8)
    table = pairs_table(draw.normal(0, 1, 40), draw.normal(0, 1, 40))
    one, two = (compare_slots(table, pair="pair", variant="variant", value="rate") for _ in range(2))
    assert one == two
    assert not one.exact


def test_what_cannot_be_compared_is_said():
    table = pairs_table([2, 3, 4, 5, 6, 7], [1, 1, 1, 1, 1, np.nan])
    with pytest.raises(InvalidValueError, match=r"5 pairs of slots"):
        compare_slots(table, pair="pair", variant="variant", value="rate")
    with pytest.raises(InvalidValueError, match=r"two variants, but there are 1: A"):
        compare_slots(table[table["variant"] == "A"], pair="pair", variant="variant", value="rate")
    with pytest.raises(MissingColumnError, match=r"'value'"):
        compare_slots(table, pair="pair", variant="variant", value="value")
