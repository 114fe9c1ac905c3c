"""Figures that somebody typed or pasted."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from smmlib.errors import InvalidValueError, UnknownNameError, UnreadableFileError
from smmlib.response import parse_pasted, typed_figures

AT = datetime(2026, 9, 30, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
WHO = {"author": "Mia", "at": AT, "network": "xing", "account": "acme"}


def test_german_cells_from_a_spreadsheet():
    pasted = parse_pasted("Link\tAufrufe\tKosten\nhttps://xing.com/p/1\t1.234\t12,50 €\n\nx\t\tNA\n", "de")
    assert list(pasted) == ["link", "views", "spend", "currency"]
    assert pasted["views"][0] == 1234
    assert pasted["spend"][0] == 12.5
    assert np.isnan(pasted.loc[1, ["views", "spend"]].astype(float)).all()


def test_english_cells_from_a_spreadsheet():
    assert parse_pasted("Title\tViews\nA\t1,234.5\n", "en")["views"].tolist() == [1234.5]


def test_a_cell_that_is_no_number_is_named():
    with pytest.raises(InvalidValueError, match="'Views', line 3: 'many' is not a number"):
        parse_pasted("Title\tViews\nA\t1\nB\tmany\n", "en")
    with pytest.raises(UnreadableFileError, match="first line must name the columns"):
        parse_pasted("Views\n", "en")


def test_posts_are_typed_with_author_and_time():
    rows = [
        {
            "link": "https://xing.com/p/1",
            "published_at": "01.09.2026 10:00",
            "impressions": 500,
            "likes": None,
        }
    ]
    read = typed_figures(rows, **WHO)
    assert read.table[["metric", "value", "source", "window"]].to_numpy().tolist() == [
        ["impressions", 500.0, "typed", "lifetime"]
    ]
    assert read.posts["entity_id"].tolist() == ["https://xing.com/p/1"]
    assert str(read.posts["published_at_utc"][0]) == "2026-09-01 08:00:00+00:00"
    assert read.source == read.report.source == "typed"
    assert "Typed by Mia on 30 Sept 2026, 12:00" in read.report.text("en")
    assert "Eingetippt von Mia" in read.report.text("de")
    assert b"Mia,2026-09-30T12:00:00+02:00" in read.original


def test_a_post_known_by_its_text_keeps_one_id():
    first = typed_figures([{"text": "Story, Monday", "impressions": 5}], **WHO)
    again = typed_figures([{"text": "Story, Monday", "impressions": 7}], **WHO)
    assert first.posts["entity_id"].tolist() == again.posts["entity_id"].tolist()
    assert first.posts["made_id"].all()


def test_figures_of_an_account_belong_to_a_month():
    read = typed_figures(
        [{"impressions": 1000, "spend": 99.9, "currency": "eur"}], **WHO, period=date(2026, 9, 17)
    )
    assert read.posts.empty
    assert set(read.table["entity"]) == {"account"}
    assert set(read.table["window"]) == {"month"}
    assert set(read.table["local_day"]) == {date(2026, 9, 1)}
    spend = read.table.set_index("metric").loc["spend"]
    assert (str(spend["amount"]), spend["currency"]) == ("99.9000", "EUR")


def test_dates_are_on_the_clock_of_the_zone():
    rows = [{"link": "a", "published_at": "1.9.2026 10:00", "likes": 1}]
    read = typed_figures(rows, **WHO, time_zone="Europe/London")
    assert str(read.table["period_start_utc"][0]) == "2026-09-01 09:00:00+00:00"
    assert read.table["local_hour"].tolist() == [10]


def test_rows_without_figures_are_left_out():
    read = typed_figures([{"link": "a", "likes": 1}, {"link": "b", "likes": None}], **WHO)
    assert read.posts["entity_id"].tolist() == ["a"]
    assert (read.report.rows_read, read.report.rows_kept) == (2, 1)


@pytest.mark.parametrize(
    ("rows", "change", "error", "match"),
    [
        ([{"link": "a", "likes": 1}], {"author": " "}, InvalidValueError, "give an author"),
        ([{"link": "a", "likes": 1}], {"at": datetime(2026, 9, 30)}, InvalidValueError, "no time zone"),
        ([{"link": "a", "likes": None}], {}, InvalidValueError, "no figures yet"),
        ([], {}, InvalidValueError, "no figures yet"),
        ([{"likes": 1}], {}, InvalidValueError, "need a month"),
        ([{"link": "a", "likse": 1}], {}, UnknownNameError, "Did you mean 'likes'"),
        ([{"link": "a", "ctr": 1}], {}, InvalidValueError, "is a rate"),
        ([{"link": "a", "likes": "viele"}], {}, InvalidValueError, "'viele', which is not a number"),
        ([{"link": "a", "likes": float("inf")}], {}, InvalidValueError, "infinite"),
        ([{"link": "a", "spend": 1}], {}, InvalidValueError, "add a column 'currency'"),
        (
            [{"link": "a", "likes": 1, "published_at": "4/5/2026"}],
            {},
            InvalidValueError,
            "read with certainty",
        ),
    ],
)
def test_what_cannot_be_stored_says_why(rows, change, error, match):
    with pytest.raises(error, match=match):
        typed_figures(rows, **{**WHO, **change})
