from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smmlib.errors import UnknownNameError
from smmlib.response.totals import totals
from tests.response.made_up import as_duckdb, euros, rows, six_weeks, table

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def figure(frame, metric, **wanted):
    one = frame[(frame["metric"] == metric)]
    for column, value in wanted.items():
        one = one[one[column] == value]
    assert len(one) == 1
    return one.iloc[0]


def test_sums_add_and_reach_is_a_range():
    t = table(rows(1, impressions=100, reach=80), rows(2, impressions=50, reach=45))
    found = totals(t, by=("network",))
    assert figure(found, "impressions")["value"] == 150
    reach = figure(found, "reach")
    assert np.isnan(reach["value"])
    assert (reach["low"], reach["high"], reach["bound"]) == (80, 125, True)


def test_reach_of_one_post_is_exact():
    found = totals(table(rows(1, impressions=100, reach=80, likes=4)), by=())
    assert figure(found, "reach")["value"] == 80
    assert figure(found, "frequency")["value"] == 1.25
    assert figure(found, "engagement_rate_reach")["value"] == 0.05


def test_reach_of_one_account_over_two_days_is_a_range():
    days = [
        rows("a", WHEN + timedelta(days=d), entity="account", window="day", reach=r)
        for d, r in ((0, 30), (1, 20))
    ]
    reach = figure(totals(table(*days), by=()), "reach")
    assert (reach["low"], reach["high"]) == (30, 50)


def test_a_rate_uses_only_posts_that_know_both_counts():
    t = table(rows(1, impressions=1000, likes=10), rows(2, network="mastodon", likes=90))
    rate = figure(totals(t, by=()), "engagement_rate_impressions")
    assert (rate["value"], rate["known"], rate["posts"]) == (0.01, 1, 2)


def test_a_missing_denominator_gives_a_missing_rate_not_another():
    t = table(rows(1, impressions=1000, likes=10), rows(2, network="mastodon", likes=90, reach=500))
    rate = figure(totals(t, by=("network",)), "engagement_rate_impressions", network="mastodon")
    assert np.isnan(rate["value"])
    assert rate["known"] == 0


@pytest.mark.parametrize("impressions", [0, float("nan"), float("inf")])
def test_no_usable_denominator_no_rate(impressions):
    found = totals(table(rows(1, impressions=impressions, link_clicks=3)), ["ctr"], by=())
    assert found["value"].isna().all()


def test_rates_come_from_sums_not_from_rates():
    t = table(rows(1, impressions=10, link_clicks=5), rows(2, impressions=990, link_clicks=5))
    assert figure(totals(t, by=()), "ctr")["value"] == 0.01


def test_wilson_limits_of_ten_clicks_in_a_thousand():
    # Wilson (1927): p = .01, n = 1000, z = 1.959964 by hand
    ctr = figure(totals(table(rows(1, impressions=1000, link_clicks=10)), by=()), "ctr")
    assert (ctr["low"], ctr["high"]) == pytest.approx((0.0054411, 0.0183087), abs=1e-6)


def test_engagements_are_taken_as_stated_else_from_their_parts():
    t = table(
        rows(1, engagements=50, likes=10),
        rows(2, likes=10, comments=2),
        rows(3, reactions=7, likes=4, saves=1),
    )
    assert figure(totals(t, by=("entity_id",)), "engagements", entity_id="2")["value"] == 12
    assert figure(totals(t, by=("entity_id",)), "engagements", entity_id="3")["value"] == 8
    assert figure(totals(t, by=()), "engagements")["value"] == 70


def test_a_lifetime_value_and_its_days_are_not_added():
    days = [rows(1, WHEN + timedelta(days=d), window="day", impressions=40) for d in (0, 1)]
    t = table(rows(1, WHEN, impressions=100), *days, rows(2, WHEN, window="day", impressions=7))
    assert figure(totals(t, by=()), "impressions")["value"] == 107


def test_negative_corrections_are_kept():
    days = [
        rows("a", WHEN + timedelta(days=d), entity="account", window="day", follows=f)
        for d, f in ((0, 9), (1, -2))
    ]
    assert figure(totals(table(*days), by=()), "follows")["value"] == 7


def test_followers_are_the_newest_level_and_a_range_over_accounts():
    groups = [
        rows(a, WHEN + timedelta(days=d), account=a, entity="account", window="day", followers=f)
        for a, d, f in (("one", 0, 100), ("one", 5, 120), ("two", 2, 60))
    ]
    t = table(*groups)
    assert figure(totals(t, by=("account",)), "followers", account="one")["value"] == 120
    both = figure(totals(t, by=()), "followers")
    assert (both["low"], both["high"]) == (120, 180)


def test_money_of_two_currencies_never_meets():
    t = table(
        rows("a", entity="ad", spend=euros(20), impressions=4000, link_clicks=40),
        rows("b", entity="ad", spend=(euros(5)[0], "CHF"), impressions=1000, link_clicks=10),
    )
    found = totals(t, by=())
    assert figure(found, "spend", currency="EUR")["value"] == 20
    assert figure(found, "cpm", currency="EUR")["value"] == 5
    assert figure(found, "cpm", currency="CHF")["value"] == 5
    assert figure(found, "cpc_link", currency="EUR")["value"] == 0.5


def test_an_unknown_metric_of_ones_own_is_added_up():
    found = totals(table(rows(1, dwell=3), rows(2, dwell=4)), by=())
    assert figure(found, "dwell")["value"] == 7


def test_misspelt_metric():
    with pytest.raises(UnknownNameError, match="Did you mean 'comments'"):
        totals(table(rows(1, likes=1)), ["coments"], by=())


def test_duckdb_and_pandas_agree():
    t, _ = six_weeks()
    t = pd.concat([t, table(rows("ad", WHEN, entity="ad", spend=euros("12.3456"), impressions=900))])
    one = totals(t, by=("entity", "network"))
    other = totals(as_duckdb(t), by=("entity", "network"))
    assert len(one) > 30
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 10_000), st.integers(0, 50)), min_size=1, max_size=12
    )
)
def test_groups_add_up_to_the_whole(posts):
    t = table(
        *(
            rows(i, network=f"n{n}", impressions=shown, likes=likes)
            for i, (n, shown, likes) in enumerate(posts)
        )
    )
    groups = totals(t, ["engagements", "impressions"], by=("network",))
    whole = totals(t, ["engagements", "impressions"], by=())
    assert groups.groupby("metric")["value"].sum().tolist() == whole["value"].tolist()
