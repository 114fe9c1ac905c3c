"""What charts of the board are made of: pacing, flights, spending, deviations; parts add up to wholes."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from smmlib.errors import UnknownNameError
from smmlib.planning import (
    Booking,
    BudgetLine,
    Channel,
    Plan,
    PlannedAmount,
    PlanVersion,
    control_board,
    deviations_of,
    flights_of,
    pacing_of,
    spending_of,
)
from tests.planning.conftest import APRIL, END, MARCH, make_plan


@pytest.fixture
def board(plan, bookings, rates):
    return control_board(plan, bookings, on=END, rng=np.random.default_rng(1), rates=rates)


def running():
    """A line with daily spend of 10 a day, planned 12 a day from 1 to 31 March, seen on the 20th."""
    line = BudgetLine(
        id="ads", name="Ads", channel="c", counts="spend",
        entries=[PlannedAmount(start=MARCH, amount="372.00")],
    )  # fmt: skip
    version = PlanVersion(on=MARCH, channels=[Channel(id="c", name="Insta")], lines=[line])
    spent = [
        Booking(id=f"s{i}", kind="spend", line="ads", day=MARCH + timedelta(days=i), amount=str(9 + i % 3))
        for i in range(20)
    ]
    plan = Plan(campaign="c1", name="Spring", versions=[version])
    return control_board(plan, spent, on=date(2026, 3, 20), rng=np.random.default_rng(2)), version


def test_the_whole_ends_where_the_totals_are(board):
    told = pacing_of(board, rng=np.random.default_rng(1))
    assert told.plan == board.lines.whole.plan
    assert told.spent == board.lines.whole.actual
    assert told.estimate == board.estimate
    assert told.forecast is None
    assert len(told.days) == len(told.planned) >= len(told.actual)


def test_running_sums_never_fall_and_hold_a_known_day(board):
    told = pacing_of(board, "ads", rng=np.random.default_rng(1))
    assert list(told.planned) == sorted(told.planned)
    assert told.planned[0] == Decimal("100.00")  # 3,100 over the 31 days of March
    assert told.to_frame()["planned"].iloc[-1] == Decimal("6100.00")


def test_the_path_of_a_forecast_ends_with_the_figures_of_the_board():
    board, _ = running()
    told = pacing_of(board, "ads", rng=np.random.default_rng(3))
    estimate = board.estimates["ads"]
    assert told.forecast.path[-1] == (estimate.estimate, estimate.low, estimate.high)
    assert len(told.forecast.path) == 11
    frame = told.to_frame()
    assert frame["estimate"].iloc[-1] == estimate.estimate
    assert frame.loc[frame["day"] == date(2026, 3, 20), "actual"].item() == sum(
        Decimal(9 + i % 3) for i in range(20)
    )
    assert frame["low"].notna().sum() == 11


def test_an_unknown_line_is_told_with_those_there_are(board):
    with pytest.raises(UnknownNameError, match="ads"):
        pacing_of(board, "adds", rng=np.random.default_rng(1))


def test_flights_are_phases_then_channels_with_their_money(board):
    told = flights_of(board.ledger, make_plan().current)
    assert [(f.kind, f.name) for f in told.flights[:2]] == [("phase", "Teaser"), ("phase", "Launch")]
    radio = next(f for f in told.flights if f.name == "Radio Tal")
    assert (radio.start, radio.end, radio.plan) == (APRIL, END, Decimal("4000.00"))
    phases = sum(f.plan for f in told.flights if f.kind == "phase")
    outside = sum(r.cost for r in board.ledger.rows if r.measure == "plan" and not r.phase)
    assert phases + outside == board.lines.whole.plan


@pytest.mark.parametrize("step", ["week", "month"])
def test_spending_adds_up_in_both_directions(board, step):
    told = spending_of(board.ledger, step)
    assert told.total == board.lines.whole.actual
    assert sum(told.planned) == board.lines.whole.plan
    by_channel = {s.key[0]: s.actual for s in board.ledger.by("channel").standings}
    names = board.ledger.names
    assert {n: sum(v) for n, v in zip(told.channels, told.actual, strict=True)} == {
        names.get(id, id): actual
        for id, actual in by_channel.items()
        if any(r.measure == "actual" and r.channel == id for r in board.ledger.rows)
    }
    gaps = {(b - a).days for a, b in zip(told.starts, told.starts[1:], strict=False)}
    assert gaps <= ({7} if step == "week" else {28, 29, 30, 31})


def test_deviations_lead_from_plan_to_estimate_the_largest_first(board):
    told = deviations_of(board)
    assert (told.plan, told.estimate) == (board.lines.whole.plan, board.estimate)
    sizes = [abs(part.more) for part in told.parts]
    assert sizes == sorted(sizes, reverse=True)
    assert any(part.line == "" and part.plan == 0 for part in told.parts)


@pytest.mark.parametrize("language", ["en", "de"])
def test_they_say_themselves_in_words(board, language):
    told = (
        pacing_of(board, rng=np.random.default_rng(1)),
        flights_of(board.ledger, make_plan().current),
        spending_of(board.ledger),
        deviations_of(board),
    )
    for each in told:
        assert each.text(language)
        assert len(each.to_frame())
