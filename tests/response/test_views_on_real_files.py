"""Views on published data: only what such data allow is offered."""

import pytest

from smmlib import response
from smmlib.response.exporting import to_csv, to_xlsx
from tests.response.made_up import as_duckdb
from tests.response.real_files import real_file


@pytest.fixture(scope="module")
def brand_page():
    """500 posts of a cosmetics brand, 2014: reach, impressions, weekday and hour, but no id, day or text."""
    return response.read_export(real_file("facebook_page_posts_uci2016.csv"))


@pytest.fixture(scope="module")
def live_sellers():
    """Posts of fashion sellers in Thailand, 2012 to 2018: reactions, comments, shares, no impressions."""
    return response.read_export(real_file("facebook_live_thailand.csv"))


def test_undated_posts_have_a_heatmap_and_no_time_line(brand_page):
    assert response.timeline(brand_page.table, "reach").problem is not None
    heat = response.heatmap(brand_page.table, "engagement_rate_impressions")
    assert heat.problem is None
    assert heat.posts == 500
    assert heat.rows["weekday"].nunique() == 7


def test_rates_without_their_counts_are_not_offered(brand_page, live_sellers):
    page = {m.id for m in response.choices(brand_page.table).metrics}
    assert {"engagement_rate_impressions", "engagement_rate_followers", "frequency"} <= page
    assert not {"ctr", "cpm", "engagement_rate_views"} & page
    live = {m.id for m in response.choices(live_sellers.table).metrics}
    assert "conversation_rate" in live
    assert not {"engagement_rate_impressions", "reach", "ctr"} & live


def test_posts_without_text_can_still_be_ranked(brand_page):
    best = response.top_posts(brand_page.table, brand_page.posts, "engagements", 3)
    assert best.rows["value"].tolist() == [6334, 2177, 1974]  # column "Total Interactions" of the file
    assert best.rows["text"].tolist() == ["", "", ""]
    assert best.plot("de").png().startswith(b"\x89PNG")


def test_engagements_of_the_sellers_are_made_of_their_parts(live_sellers):
    table = as_duckdb(live_sellers.table)
    figures = response.kpis(table, by=()).rows.set_index("metric")["value"]
    assert figures["engagements"] == figures[["reactions", "comments", "shares"]].sum()
    assert figures["engagements"] > 0


def test_six_years_by_month_have_gaps_and_no_zero_for_them(live_sellers):
    line = response.timeline(as_duckdb(live_sellers.table), "comments", window="month")
    missing = line.rows["known"] == 0
    assert missing.any()
    assert line.rows.loc[missing, "value"].isna().all()


def test_rows_of_every_view_can_be_taken_along(live_sellers):
    table, posts = live_sellers.table.head(2000), live_sellers.posts
    for result in (
        response.kpis(table, by=("account",)),
        response.timeline(table, "comments"),
        response.heatmap(table, "comments"),
        response.top_posts(table, posts, "comments", 5),
    ):
        rows = result.to_frame()
        assert to_csv(rows, "de").count(b"\r\n") == len(rows) + 1
        assert to_xlsx(rows).startswith(b"PK")
