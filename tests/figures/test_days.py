"""A test day by day."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from smmlib.experiments import day_by_day
from smmlib.figures import Chart
from tests.experiments.test_daily import FAIR, FIRST, NAMES, TURNED, table

FADED = [*[((30, 1000), (60, 1000))] * 4, *[((30, 1000), (30, 1000))] * 3]


def looked_at(*days, **settings):
    return day_by_day(table(*days), **NAMES, **settings)


def words(chart):
    texts = [*chart.figure.texts, *(text for ax in chart.figure.axes for text in ax.texts)]
    return " | ".join(text.get_text() for text in texts if text.get_visible() and text.get_text())


def lines(ax):
    return [line for line in ax.lines if line.get_visible() and len(line.get_xdata()) > 2]


def bands(ax):
    return [patch for patch in ax.patches if patch.get_visible()]


def test_rates_intervals_and_shares_are_where_they_belong():
    result = looked_at(*FAIR, confidence=0.9)
    chart = Chart("days").update(result)
    rates, shares = chart.figure.axes
    assert [line.get_ydata().tolist() for line in lines(rates)] == [
        pytest.approx([3.0] * 6),
        pytest.approx([4.5] * 6),
    ]
    share, plan = lines(shares)[:2]
    assert share.get_ydata().tolist() == [50] * 6
    assert share.get_xdata().tolist() == [FIRST.toordinal() + i for i in range(6)]
    assert plan.get_ydata().tolist() == [50] * 6
    segments = rates.collections[0].get_segments()
    assert [s[:, 1].tolist() for s in segments] == [
        pytest.approx([100 * low, 100 * high]) for low, high in result.days[["low", "high"]].to_numpy()[::2]
    ]
    assert "90% interval" in words(chart)
    assert "n = 12,000" in words(chart)


def test_variants_can_be_told_apart_without_colour():
    chart = Chart("days").update(looked_at(*FAIR))
    assert len({line.get_marker() for line in lines(chart.ax)}) == 2
    assert words(chart).count(" A") == words(chart).count(" B") == 2


def test_broken_days_carry_a_sign_to_read():
    chart = Chart("days").update(looked_at(*TURNED), language="de")
    rates, shares = chart.figure.axes
    signs = [text for text in shares.texts if text.get_text() == "!" and text.get_visible()]
    assert [sign.get_position()[0] for sign in signs] == [FIRST.toordinal() + 4, FIRST.toordinal() + 5]
    assert [band.get_x() for band in bands(rates)] == [FIRST.toordinal() + 3.5, FIRST.toordinal() + 4.5]
    assert len(bands(shares)) == 2
    share, plan = lines(shares)[:2]
    assert share.get_ydata().tolist() == pytest.approx([50, 50, 50, 50, 60, 40])
    assert plan.get_ydata().tolist() == [50] * 6
    assert words(chart).startswith("Aufteilung stimmt nicht: 2 von 6 Tagen")
    assert "!: Aufteilung stimmt nicht" in words(chart)
    assert "05.03.2026, 06.03.2026" in chart.alt
    chart.update(looked_at(*FAIR), language="en")
    assert bands(rates) == bands(shares) == []
    assert "!" not in words(chart)
    assert words(chart).startswith("Split as planned on every day, no clear change over time")


def test_a_difference_that_fades_is_told_and_the_halves_are_shown():
    chart = Chart("days").update(looked_at(*FADED))
    assert words(chart).startswith("The difference changed from the first half to the second")
    assert "second half" in words(chart)
    (half,) = (line for line in chart.ax.lines if line.get_visible() and len(line.get_xdata()) == 2)
    assert half.get_xdata()[0] == FIRST.toordinal() + 3.5


def test_a_split_that_is_only_broken_in_sum_is_not_put_down_to_a_day():
    chart = Chart("days").update(looked_at(*[((10, 1000), (10, 1064))] * 60))
    assert words(chart).startswith("The split is broken over all days together")


def test_days_without_counts_are_gaps():
    counts = table(*FAIR)
    counts = counts[counts["day"] != FIRST + dt.timedelta(2)]
    chart = Chart("days").update(day_by_day(counts, **NAMES))
    assert np.isnan(lines(chart.ax)[0].get_ydata()).tolist() == [False, False, True, False, False, False]


def test_unequal_shares_are_compared_with_their_plan():
    result = looked_at(*[((10, 100), (90, 900))] * 3, shares={"A": 1, "B": 9})
    chart = Chart("days").update(result)
    shares = [line.get_ydata()[0] for line in lines(chart.figure.axes[1])]
    assert shares == pytest.approx([10, 10, 90, 90])


def test_of_many_variants_the_eight_with_the_most_trials_are_shown():
    chart = Chart("days").update(looked_at(*[[(9, 1000 + i) for i in range(10)]] * 3))
    assert "8 of 10 variants" in words(chart)
    assert " C" in words(chart)
    assert " B |" not in words(chart)


def test_updating_leaves_what_a_fresh_chart_shows():
    chart = Chart("days")
    ax = chart.ax
    for result in (
        looked_at(*[[(9, 1000)] * 5] * 20),
        looked_at(*TURNED, dispersion=1.8),
        looked_at(*FADED),
        looked_at(FAIR[0]),
        looked_at(*FAIR),
    ):
        assert chart.update(result).alt
    fresh = Chart("days").update(looked_at(*FAIR))
    assert chart.ax is ax
    assert words(chart) == words(fresh)
    assert chart.png() == fresh.png()


def test_names_are_text():
    counts = table(*FAIR).replace({"variant": {"A": "<script>$x^2$😀 " + "sehr " * 30, "B": "$\\frac{"}})
    chart = Chart("days").update(day_by_day(counts, **NAMES))
    assert chart.png(paper=True).startswith(b"\x89PNG")
    assert "<script>$x^2$" in words(chart)


EXTREME = [[((0, 50), (0, 60))] * 2, [((50, 50), (60, 60))], [((1, 9), (3, 9_000_000))]]


@pytest.mark.parametrize("days", EXTREME)
def test_extreme_counts_can_be_drawn(days):
    assert Chart("days").update(looked_at(*days)).png().startswith(b"\x89PNG")
