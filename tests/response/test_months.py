"""Months as people and spreadsheets write them."""

from datetime import UTC, date, datetime

import pytest

from smmlib.errors import InvalidValueError
from smmlib.response import parse_pasted, typed_figures
from smmlib.response.months import read_month


@pytest.mark.parametrize(
    "text",
    ["2026-09", "2026-9", "2026-09-01", "2026-09-01 00:00:00", "09.2026", "9/2026", "01.09.2026",
     "September 2026", "Sept. 2026", " september  2026 "],
)  # fmt: skip
def test_a_month_is_read(text):
    assert read_month(text) == date(2026, 9, 1)


def test_months_have_german_names():
    assert read_month("März 2026") == date(2026, 3, 1)
    assert read_month("Dez. 2026") == date(2026, 12, 1)
    assert read_month("") is None


@pytest.mark.parametrize("text", ["2026-13", "0.2026", "Herbst 2026", "2026", "09/26"])
def test_what_is_no_month_is_said(text):
    with pytest.raises(InvalidValueError, match="is not a month"):
        read_month(text)


def test_a_table_of_months_is_pasted():
    rows = parse_pasted("Monat\tImpressionen\tLikes\nSeptember 2026\t1.000\t12\n10.2026\t900\t\n", "de")
    table = typed_figures(rows, author="Ada", at=datetime(2026, 11, 2, tzinfo=UTC), network="xing").table
    shown = table[table["metric"] == "impressions"]
    assert shown["value"].tolist() == [1000, 900]
    assert shown["entity"].unique().tolist() == ["account"]
    assert [day.isoformat() for day in shown["local_day"]] == ["2026-09-01", "2026-10-01"]


def test_rows_without_a_month_take_the_one_that_was_chosen():
    rows = [{"month": "2026-09", "likes": 1}, {"month": "", "likes": 2}]
    told = {"author": "Ada", "at": datetime(2026, 11, 2, tzinfo=UTC), "network": "xing"}
    with pytest.raises(InvalidValueError, match="need a month"):
        typed_figures(rows, **told)
    table = typed_figures(rows, **told, period=date(2026, 10, 31)).table
    assert [day.month for day in table["local_day"]] == [9, 10]
