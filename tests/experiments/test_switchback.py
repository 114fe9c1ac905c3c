"""Switchbacks: like periods in blocks, burn-in, one value a period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from smmlib.errors import InvalidValueError, MissingColumnError
from smmlib.experiments import compare_slots, match_slots, period_values, plan_switchback

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def planned(**options):
    return plan_switchback(date(2026, 9, 7), **{"periods": 28, "seed": 3, "at": NOW, **options})


def test_days_are_matched_with_the_same_weekday():
    plan = planned()
    frame = plan.to_frame()
    assert plan.blocks == 14
    assert (frame.groupby("block")["weekday"].nunique() == 1).all()
    assert (frame.groupby("block")["variant"].agg(sorted).map(tuple) == ("A", "B")).all()
    ordered = frame.sort_values("start")
    assert (ordered["end"].iloc[:-1].to_numpy() == ordered["start"].iloc[1:].to_numpy()).all()
    assert plan.assignment.verify() == ()
    assert plan.assignment.mechanism == "switchback"


def test_weeks_are_matched_with_the_next():
    frame = planned(days=7, periods=13).to_frame()
    assert len(frame) == 12
    gaps = frame.groupby("block")["start"].agg(lambda starts: starts.max().date() - starts.min().date())
    assert (gaps == timedelta(days=7)).all()
    assert (frame["start"].map(lambda start: start.hour) == 0).all()  # also after the clocks went back


def test_posts_are_gathered_by_period_without_the_burn_in():
    assignment = planned(burn_in_hours=6).assignment
    slot = assignment.slots[0]
    posts = pd.DataFrame(
        {
            "at": [slot.start + timedelta(hours=h) for h in (2, 8, 12, 13, 14)],
            "clicks": [1000, 2, 4, np.nan, 9],
            "seen": [1000, 100, 100, 100, 0],
        }
    )
    first = period_values(posts, assignment, published="at", value="clicks", trials="seen").iloc[0]
    assert (first["posts"], first["value"]) == (2, pytest.approx(0.03))
    summed = period_values(posts, assignment, published="at", value="clicks", combine="sum")
    assert (summed.at[0, "posts"], summed.at[0, "value"]) == (3, 15)
    assert summed["value"].iloc[1:].isna().all()
    assert list(summed["variant"]) == [slot.variant for slot in assignment.slots]


def test_a_period_ends_where_the_next_begins():
    assignment = planned().assignment
    slot = assignment.slots[0]
    posts = pd.DataFrame({"at": [slot.start, slot.end], "clicks": [1, 1]})
    found = period_values(posts, assignment, published="at", value="clicks")
    assert found.loc[found["start"] == slot.start, "posts"].item() == 1
    assert found.loc[found["start"] == slot.end, "posts"].item() == 1


def test_a_policy_is_decided_by_period():
    draw = np.random.default_rng(1)
    assignment = planned().assignment
    rows = [
        (slot.start + timedelta(hours=10), draw.lognormal(0.8 if slot.variant == "B" else 0.0, 0.3))
        for slot in assignment.slots
        for _ in range(3)
    ]
    posts = pd.DataFrame(rows, columns=["at", "clicks"])
    values = period_values(posts, assignment, published="at", value="clicks")
    found = compare_slots(values, block="block", variant="variant", value="value", scale="ratio")
    assert found.winner == "B"
    assert found.blocks == 14


def test_what_makes_no_switchback_is_said():
    with pytest.raises(InvalidValueError, match=r"0 days and a burn-in of 0 hours"):
        planned(days=0)
    with pytest.raises(InvalidValueError, match=r"burn-in of 24 hours"):
        planned(burn_in_hours=24)
    with pytest.raises(InvalidValueError, match=r"5 blocks of like slots"):
        planned(days=7, periods=10)
    slots = pd.DataFrame({"start": pd.date_range("2026-09-07 09:00", periods=12, freq="7D")})
    matched = match_slots(slots, start="start", seed=1, at=NOW).assignment
    with pytest.raises(InvalidValueError, match=r"periods come from plan_switchback"):
        period_values(slots, matched, published="start", value="start")
    with pytest.raises(MissingColumnError, match=r"'clicks'"):
        period_values(slots, planned().assignment, published="start", value="clicks")
