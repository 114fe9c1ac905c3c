"""Key figures, time line, heatmap and top posts: what each makes of the same rows."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from smmlib import response
from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.response.table import as_posts, as_table
from tests.response.made_up import as_duckdb, rows, six_weeks, table

NO_POSTS = as_posts({"network": [], "entity_id": []})
MONDAY = datetime(2026, 6, 8, 9, tzinfo=UTC)


def undated():
    """Posts with weekday and hour but no day, id of their own making and no text."""
    return as_table(
        {
            "network": "facebook",
            "entity_id": ["1", "2", "3"],
            "metric": "impressions",
            "value": [10.0, 30.0, 5.0],
            "local_weekday": [1, 1, 2],
            "local_hour": [9, 9, 10],
        }
    )


def test_key_figures_never_add_posts_and_accounts():
    t = table(rows(1, impressions=10), rows("page", MONDAY, entity="account", window="day", impressions=900))
    figures = response.kpis(t, by=())
    assert dict(zip(figures.rows["entity"], figures.rows["value"], strict=True)) == {
        "account": 900,
        "post": 10,
    }


def test_key_figures_are_shown_as_value_range_or_dash():
    figures = response.kpis(six_weeks()[0])
    shown = {
        (r["network"], r["metric"]): figures.shown(r, "de") for r in figures.to_frame().to_dict("records")
    }
    assert shown["facebook", "ctr"].endswith("\u00a0%")
    assert " bis " in shown["facebook", "reach"]
    assert shown["mastodon", "ctr"] == "–"
    assert figures.wide().loc[lambda f: f["network"] == "facebook", "reach"].isna().all()


def test_key_figures_by_an_unknown_column():
    with pytest.raises(UnknownNameError, match="Did you mean 'network'"):
        response.kpis(six_weeks()[0], by=("netwrk",))


def test_missing_days_are_gaps_not_zero():
    t = table(*(rows(i, MONDAY + timedelta(days=d), likes=5) for i, d in enumerate((0, 1, 4))))
    line = response.timeline(t, "likes")
    assert line.rows["start"].tolist() == [date(2026, 6, d) for d in (8, 9, 10, 11, 12)]
    assert line.rows["value"].isna().tolist() == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("window", "starts"),
    [
        ("week", [date(2025, 12, 29), date(2026, 1, 5)]),
        ("month", [date(2025, 12, 1), date(2026, 1, 1)]),
    ],
)
def test_weeks_begin_on_monday_and_months_on_the_first(window, starts):
    days = (date(2025, 12, 31), date(2026, 1, 5))  # a Wednesday and the Monday after
    t = table(*(rows(i, datetime(d.year, d.month, d.day, tzinfo=UTC), likes=1) for i, d in enumerate(days)))
    for engine in (t, as_duckdb(t)):
        assert response.timeline(engine, "likes", window=window).rows["start"].tolist() == starts


def test_the_line_is_cut_where_meta_removed_the_metric():
    t = table(*(rows(i, MONDAY + timedelta(days=i), reach=50) for i in range(14)))
    line = response.timeline(t, "reach")
    assert [cut.on for cut in line.cuts] == [date(2026, 6, 15)]
    pieces = line.rows.set_index("start")["piece"]
    assert pieces[date(2026, 6, 14)] != pieces[date(2026, 6, 15)]
    other = response.timeline(t.assign(network="mastodon"), "reach")
    assert other.cuts == ()
    assert other.rows["piece"].nunique() == 1


def test_a_month_that_a_break_divides_stands_alone():
    t = table(*(rows(i, MONDAY + timedelta(days=30 * i), reach=50) for i in (-1, 0, 1)))
    assert response.timeline(t, "reach", window="month").rows["piece"].nunique() == 3


def test_values_of_days_are_preferred_to_lifetime_values():
    t = table(rows(1, MONDAY, likes=99), rows(1, MONDAY + timedelta(days=1), window="day", likes=4))
    line = response.timeline(t, "likes")
    assert (line.rows["value"].tolist(), line.rows["basis"].tolist()) == ([4], ["both"])
    assert response.kpis(t, by=()).rows.query("metric == 'likes'")["value"].tolist() == [99]


def test_without_dates_there_is_no_time_line_but_a_heatmap():
    line = response.timeline(undated(), "impressions")
    assert line.rows.empty
    assert "no dates" in line.problem.text("en")
    assert "Heatmap" in line.problem.text("de")
    heat = response.heatmap(undated(), "impressions", few=2)
    assert heat.rows.query("weekday == 1 and hour == 9")["value"].tolist() == [20]


def test_a_metric_nobody_has_is_said():
    line = response.timeline(table(rows(1, MONDAY, likes=1)), "saves")
    assert "'saves'" in line.problem.text()
    assert "'ctr'" in response.heatmap(table(rows(1, MONDAY, likes=1)), "ctr").problem.text()
    assert "'ctr'" in response.top_posts(table(rows(1, MONDAY, likes=1)), NO_POSTS, "ctr").problem.text()


def test_window_must_be_one_of_three():
    with pytest.raises(InvalidValueError, match="'fortnight'; it must be one of 'day', 'week', 'month'"):
        response.timeline(table(rows(1, MONDAY, likes=1)), "likes", window="fortnight")


def test_heatmap_marks_cells_with_few_posts():
    t = table(*(rows(i, MONDAY, likes=i) for i in range(3)), rows(9, MONDAY + timedelta(hours=1), likes=100))
    heat = response.heatmap(t, "likes")
    cells = heat.rows.set_index(["weekday", "hour"])
    assert len(cells) == 168
    assert cells.loc[(1, 9), ["value", "posts", "few"]].tolist() == [1, 3, False]
    assert cells.loc[(1, 10), ["value", "posts", "few"]].tolist() == [100, 1, True]
    assert np.isnan(cells.loc[(3, 3), "value"])
    assert heat.posts == 4


def test_heatmap_averages_reach_per_post_and_sums_rates():
    t = table(
        rows(1, MONDAY, impressions=10, reach=8, link_clicks=5),
        rows(2, MONDAY, impressions=990, reach=2, link_clicks=5),
    )
    assert response.heatmap(t, "reach").rows["value"].dropna().tolist() == [5]
    assert response.heatmap(t, "ctr").rows["value"].dropna().tolist() == [0.01]


def test_heatmap_leaves_out_days_because_they_have_no_hour():
    assert response.heatmap(table(rows(1, MONDAY, window="day", likes=5)), "likes").problem is not None


def test_a_post_three_people_saw_does_not_win():
    t = table(
        rows("tiny", MONDAY, impressions=3, link_clicks=1),
        rows("solid", MONDAY, impressions=5000, link_clicks=900),
    )
    best = response.top_posts(t, NO_POSTS, "ctr")
    assert best.rows["entity_id"].tolist() == ["solid", "tiny"]
    assert best.rows["low"].is_monotonic_decreasing
    assert best.rows["value"].tolist() == pytest.approx([0.18, 1 / 3])


def test_top_posts_bring_their_words_and_the_same_on_both_engines():
    t, posts = six_weeks()
    one = response.top_posts(t, posts, "engagements", 5)
    assert len(one.rows) == 5
    assert one.rows["value"].is_monotonic_decreasing
    assert one.rows["text"].str.startswith("Post ").all()
    assert one.posts == 60
    pd.testing.assert_frame_equal(one.rows, response.top_posts(as_duckdb(t), posts, "engagements", 5).rows)


def test_top_posts_need_at_least_one():
    with pytest.raises(InvalidValueError, match="it must be at least 1"):
        response.top_posts(*six_weeks(), "likes", 0)


def test_the_frame_handed_in_is_not_changed():
    t, posts = six_weeks()
    before = t.copy(deep=True)
    response.kpis(t)
    response.timeline(t, "likes")
    response.heatmap(t, "likes")
    response.top_posts(t, posts, "likes")
    pd.testing.assert_frame_equal(t, before)
