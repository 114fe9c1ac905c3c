"""Charts of the control board: what they draw is what the board says."""

from datetime import date

import numpy as np
import pytest

from smmlib.figures import Chart
from smmlib.figures.palette import GREEN, ORANGE, RED
from smmlib.planning import (
    Plan,
    PlanVersion,
    Result,
    Target,
    control_board,
    deviations_of,
    flights_of,
    pacing_of,
    spending_of,
)
from tests.planning.conftest import END, MARCH, make_bookings, make_plan, make_rates
from tests.planning.test_board_views import running

EVIL = "<b>$x^2$ \u202e" + "lang " * 30


@pytest.fixture
def board():
    results = [
        Result(channel="insta", day=date(2026, 4, 28), metric="results", value=88, source="x", rule="7 days")
    ]
    return control_board(
        make_plan(), make_bookings(), results, on=END, rng=np.random.default_rng(1), rates=make_rates()
    )


@pytest.fixture
def paced():
    return pacing_of(running()[0], "ads", rng=np.random.default_rng(1))


def nothing():
    plan = Plan(campaign="c", name="Leer", versions=[PlanVersion(on=MARCH)])
    return control_board(plan, [], on=END, rng=np.random.default_rng(1)), plan


def words(chart):
    texts = [*chart.figure.texts, *(text for ax in chart.figure.axes for text in ax.texts)]
    return " | ".join(text.get_text() for text in texts if text.get_visible() and text.get_text())


def results_of(board, paced):
    return {
        "bullets": board,
        "pacing": paced,
        "waterfall": deviations_of(board),
        "gantt": flights_of(board.ledger, make_plan().current),
        "spending": spending_of(board.ledger, "week"),
    }


def test_a_bullet_is_as_long_as_its_share_of_the_target(board):
    chart = Chart("bullets").update(board)
    bar = chart.ax.patches[1]
    assert bar.get_width() == pytest.approx(0.88)
    assert bar.get_facecolor() == pytest.approx(_rgba(ORANGE))
    assert "▲ amber: 88" in words(chart)
    assert "88 reached, 100 due by now" in chart.alt


def test_the_light_is_told_by_sign_and_word_not_by_colour_alone(board):
    german = words(Chart("bullets", language="de").update(board))
    assert "▲ gelb: 88" in german
    assert "1 Ziel" in german


def test_levels_are_drawn_from_their_baseline():
    target = Target(metric="followers", value=1200, baseline=1000, by=END, channel="c")
    version = running()[1].replace(targets=[target])
    plan = Plan(campaign="c", name="P", versions=[version])
    result = Result(channel="c", day=END, metric="followers", value=1100, source="x")
    board = control_board(plan, [], [result], on=END, rng=np.random.default_rng(1))
    assert Chart("bullets").update(board).ax.patches[1].get_width() == pytest.approx(0.5)


def test_the_curve_ends_where_the_words_say(paced):
    chart = Chart("pacing").update(paced)
    plan, ahead, actual = chart.ax.lines[:3]
    assert plan.get_ydata()[-1] == 372
    assert actual.get_ydata()[-1] == 199
    assert len(actual.get_xdata()) == 20
    assert ahead.get_ydata()[0] == 199
    assert ahead.get_ydata()[-1] == pytest.approx(float(paced.estimate))
    assert "band: 80% interval · n = 20 bookings" in words(chart)


def test_without_a_forecast_there_is_no_band(board):
    chart = Chart("pacing").update(pacing_of(board, rng=np.random.default_rng(1)))
    assert not chart.ax.collections[0].get_visible()
    assert "no interval" in words(chart)


def test_the_steps_of_the_waterfall_lead_from_plan_to_estimate(board):
    told = deviations_of(board)
    chart = Chart("waterfall").update(told)
    bars = [bar for bar in chart.ax.patches if bar.get_visible()]
    assert bars[0].get_width() == pytest.approx(float(told.plan))
    assert bars[-1].get_width() == pytest.approx(float(told.estimate))
    moved = sum(bar.get_width() * (1 if bar.get_facecolor() == _rgba(RED) else -1) for bar in bars[1:-1])
    assert float(told.plan) + moved == pytest.approx(float(told.estimate))
    assert {bar.get_facecolor() for bar in bars[1:-1]} == {_rgba(RED), _rgba(GREEN)}
    assert "€7,343 less than planned are expected" in words(chart)


def test_a_bar_of_the_gantt_is_as_long_as_its_days(board):
    chart = Chart("gantt", language="de").update(flights_of(board.ledger, make_plan().current))
    teaser = chart.ax.patches[0]
    assert (teaser.get_x(), teaser.get_width()) == (MARCH.toordinal(), 22)
    assert "01.03. – 22.03. · 10.656 €" in words(chart)


def test_the_bars_of_a_period_add_up(board):
    told = spending_of(board.ledger, "month")
    chart = Chart("spending").update(told)
    heights = sum(bar.get_height() for bar in chart.ax.patches if bar.get_visible())
    assert heights == pytest.approx(float(told.total))
    assert f"n = {told.bookings} bookings" in words(chart)


@pytest.mark.parametrize("language", ["en", "de"])
def test_updating_leaves_what_a_fresh_chart_shows(board, paced, language):
    empty, plan = nothing()
    bare = {
        "bullets": empty,
        "pacing": pacing_of(empty, rng=np.random.default_rng(1)),
        "waterfall": deviations_of(empty),
        "gantt": flights_of(empty.ledger, plan.current),
        "spending": spending_of(empty.ledger),
    }
    for kind, result in results_of(board, paced).items():
        chart = Chart(kind, language=language)
        ax = chart.ax
        chart.update(bare[kind])
        assert words(chart), kind
        assert chart.png().startswith(b"\x89PNG"), kind
        chart.update(result)
        fresh = Chart(kind, language=language).update(result)
        assert chart.ax is ax
        assert words(chart) == words(fresh), kind
        assert chart.png() == fresh.png(), kind
        assert chart.alt == fresh.alt != "", kind
        assert chart.svg().startswith(b"<?xml")


def test_names_are_text():
    board, version = running()
    line = version.lines[0].replace(name=EVIL)
    channel = version.channels[0].replace(name=EVIL)
    plan = Plan(campaign="c", name=EVIL, versions=[version.replace(lines=[line], channels=[channel])])
    board = control_board(plan, [], on=END, rng=np.random.default_rng(1))
    rng = np.random.default_rng(1)
    for kind, result in {
        "pacing": pacing_of(board, "ads", rng=rng),
        "waterfall": deviations_of(board),
        "gantt": flights_of(board.ledger, plan.current),
        "spending": spending_of(board.ledger),
    }.items():
        chart = Chart(kind).update(result)
        assert chart.png(paper=True).startswith(b"\x89PNG")
        assert max(map(len, words(chart).split(" | "))) < 100, kind


def _rgba(colour):
    from matplotlib.colors import to_rgba

    return to_rgba(colour)
