"""Matched slots, block by block."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smmlib.experiments import compare_slots
from smmlib.figures import Chart
from smmlib.figures.palette import BLUE

COLUMNS = {"block": "block", "variant": "variant", "value": "clicks"}


def compared(scale="difference", seen=None, **columns):
    table = pd.concat(
        [
            pd.DataFrame({"block": range(1, len(values) + 1), "variant": name, "clicks": values})
            for name, values in columns.items()
        ],
        ignore_index=True,
    )
    if seen is None:
        return compare_slots(table, **COLUMNS, scale=scale)
    return compare_slots(table.assign(seen=seen), **COLUMNS, trials="seen", scale=scale)


CLEAR = compared(A=[2, 3, 4, 5, 6, 7], B=[1, 1, 1, 1, 1, 1])
CLOSE = compared(A=[5, 3, 4, 5, 6, 7], B=[6, 2, 5, 4, 7, 6])
RATES = compared(seen=1000, A=[20, 30, 40, 50, 60, 70], B=[10, 10, 10, 10, 10, 10])
RATIO = compared(scale="ratio", A=[20, 30, 40, 50, 60, 70], B=[10, 10, 10, 10, 10, 10])


def words(chart):
    texts = [*chart.figure.texts, *(text for ax in chart.figure.axes for text in ax.texts)]
    return " | ".join(text.get_text() for text in texts if text.get_visible() and text.get_text())


def drawn(chart):
    """Offsets and segments: values of B, of A, joins; differences, estimate, interval."""
    values, diffs = chart.figure.axes
    joins, worse, better = values.collections
    interval, dots, typical = diffs.collections
    at = [np.asarray(each.get_offsets()) for each in (worse, better, dots, typical)]
    return *at, joins.get_segments(), interval.get_segments()


def test_the_values_of_a_comparison_are_kept_in_the_order_of_its_blocks():
    assert CLEAR.values["A"].tolist() == [2, 3, 4, 5, 6, 7]
    assert list(CLEAR.values.index) == [1, 2, 3, 4, 5, 6]
    assert RATIO.values["A"].tolist() == [20, 30, 40, 50, 60, 70]
    assert RATES.values["A"].tolist() == pytest.approx([0.02, 0.03, 0.04, 0.05, 0.06, 0.07])


def test_every_block_and_the_estimate_of_all_are_where_they_belong():
    chart = Chart("slot_pairs").update(CLEAR)
    worse, better, dots, typical, joins, interval = drawn(chart)
    assert better[:, 0].tolist() == [2, 3, 4, 5, 6, 7]
    assert worse[:, 0].tolist() == [1] * 6
    assert better[:, 1].tolist() == [0, 1, 2, 3, 4, 5]
    assert joins[3].tolist() == [[5, 3], [1, 3]]
    assert dots[:, 0].tolist() == [1, 2, 3, 4, 5, 6]
    pair = CLEAR.pairs.iloc[0]
    assert typical[0, 0] == pair["estimate"]
    assert interval[0][:, 0].tolist() == [pair["low"], pair["high"]]
    assert typical[0, 1] > dots[:, 1].max()
    low, high = chart.ax.get_xlim()
    assert low < 0
    assert high > 6


def test_rates_are_in_per_cent_and_their_differences_in_points():
    chart = Chart("slot_pairs").update(RATES, language="de")
    _, better, dots, typical, _, _ = drawn(chart)
    assert better[:, 0] == pytest.approx([2, 3, 4, 5, 6, 7])
    assert dots[:, 0] == pytest.approx([1, 2, 3, 4, 5, 6])
    assert typical[0, 0] == pytest.approx(3.5)
    assert chart.ax.get_xlabel() == "Prozentpunkte"
    assert chart.figure.axes[0].get_xlabel() == "Rate je Beitrag, Prozent"
    assert words(chart).startswith("A liegt um 3,5 Prozentpunkte vor B (p = 0,031)")


def test_ratios_are_drawn_as_logs_and_told_in_per_cent():
    chart = Chart("slot_pairs").update(RATIO)
    _, _, dots, typical, _, _ = drawn(chart)
    assert dots[:, 0] == pytest.approx(np.log([2, 3, 4, 5, 6, 7]))
    assert typical[0, 0] == pytest.approx(np.log1p(RATIO.pairs.at[0, "estimate"]))
    assert "+100%" in words(chart)
    ticks = dict(zip((t.get_text() for t in chart.ax.get_xticklabels()), chart.ax.get_xticks(), strict=True))
    assert ticks["+100"] == pytest.approx(np.log(2))
    assert "A : B" in words(chart)


def test_the_title_says_no_more_than_the_decision():
    chart = Chart("slot_pairs").update(CLEAR)
    assert words(chart).startswith("A is ahead of B by 3.5 (p = 0.031) | n = 12 posts or periods in 6 blocks")
    assert chart.alt.endswith(CLEAR.text())
    chart.update(CLOSE)
    assert words(chart).startswith("No decision: chance alone can explain the difference (p = ")
    assert "is ahead" not in words(chart)
    chart.update(CLOSE, language="de")
    assert words(chart).startswith("Keine Entscheidung: Der Unterschied kann Zufall sein (p = ")


def test_of_three_variants_the_leader_stands_against_its_strongest_rival():
    result = compared(A=range(11, 21), B=range(10, 20), C=range(1, 11))
    chart = Chart("slot_pairs").update(result)
    assert "the leader and its strongest rival" in words(chart)
    assert "● A | ○ B | A − B" in words(chart)
    assert "97.5% interval" in words(chart)


def test_a_leader_by_one_extraordinary_post_is_turned_round():
    result = compared(A=[100, 1, 1, 1, 1, 1, 1], B=[5, 3, 4, 5, 3, 4, 6])
    assert result.leader == "A"
    assert result.pairs.at[0, "estimate"] < 0
    chart = Chart("slot_pairs").update(result)
    assert "● B | ○ A" in words(chart)
    _, _, dots, typical, _, interval = drawn(chart)
    assert dots[:2, 0].tolist() == [-95, 2]
    assert typical[0, 0] == -result.pairs.at[0, "estimate"]
    assert interval[0][:, 0].tolist() == [-result.pairs.at[0, "high"], -result.pairs.at[0, "low"]]
    assert chart.ax.collections[1].get_facecolor()[1].tolist() == pytest.approx(_rgba(BLUE))


def _rgba(colour):
    from matplotlib.colors import to_rgba

    return to_rgba(colour)


def test_of_many_blocks_the_last_forty_are_shown_and_all_counted():
    random = np.random.default_rng(4)
    result = compared(A=random.poisson(50, 60), B=random.poisson(45, 60))
    chart = Chart("slot_pairs").update(result)
    assert len(drawn(chart)[0]) == 40
    assert "the last 40 blocks shown" in words(chart)
    assert "all 60 blocks" in words(chart)
    assert chart.figure.get_figheight() < 9.5


def test_updating_leaves_what_a_fresh_chart_shows():
    random = np.random.default_rng(4)
    chart = Chart("slot_pairs")
    ax = chart.ax
    for result in (compared(A=random.poisson(50, 30), B=random.poisson(45, 30)), RATIO, CLOSE, RATES, CLEAR):
        chart.update(result)
    fresh = Chart("slot_pairs").update(CLEAR)
    assert chart.ax is ax
    assert words(chart) == words(fresh)
    assert chart.png() == fresh.png()


def test_names_are_text():
    result = compared(**{"<b>$x^2$ " + "lang " * 30: [2, 3, 4, 5, 6, 7], "$\\frac{": [1] * 6})
    chart = Chart("slot_pairs").update(result)
    assert chart.png(paper=True).startswith(b"\x89PNG")
    assert chart.svg().startswith(b"<?xml")


def test_values_that_are_all_the_same_can_be_drawn():
    assert Chart("slot_pairs").update(compared(A=[3] * 6, B=[3] * 6)).png().startswith(b"\x89PNG")
