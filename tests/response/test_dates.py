"""Dates: the patterns, the order of day and month, daylight saving."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.response.dates import DateStyle, day_parts, read_dates


def read(*cells, day_first=None, zone="Europe/Berlin", **style):
    return read_dates(pd.Series(list(cells), dtype="str"), DateStyle(day_first=day_first, **style), zone)


@pytest.mark.parametrize(
    ("cell", "local"),
    [
        ("4/22/2018 6:00", "2018-04-22T06:00"),
        ("15.9.2026, 18:05", "2026-09-15T18:05"),
        ("15.09.2026 18:05 Uhr", "2026-09-15T18:05"),
        ("Tue, Jul 14, 2026", "2026-07-14T00:00"),
        ("2015-09-30 03:35 +0000", "2015-09-30T05:35"),
        ("2026-09-15T18:05:09Z", "2026-09-15T20:05:09"),
        ("03-03-17 9:39", "2017-03-03T09:39"),
    ],
)
def test_a_date_is_read_on_the_clock_of_the_zone(cell, local):
    assert read(cell).local[0] == np.datetime64(local)


def test_utc_follows_daylight_saving():
    utc = read("2026-01-15 12:00", "2026-07-15 12:00").utc
    assert utc.tolist() == [datetime(2026, 1, 15, 11), datetime(2026, 7, 15, 10)]


def test_an_ambiguous_date_stays_missing_until_the_user_says():
    cells = ("04-12-18 3:43", "05-06-18 3:43")
    unsaid = read(*cells)
    assert unsaid.ambiguous.all()
    assert np.isnat(unsaid.utc).all()
    assert read(*cells, day_first=True).local[0] == np.datetime64("2018-12-04T03:43")
    assert read(*cells, day_first=False).local[0] == np.datetime64("2018-04-12T03:43")


def test_a_row_that_reads_one_way_proves_its_pattern_but_no_other():
    read_ = read("4/22/2018 6:00", "4/12/2018 6:00", "04-12-18 6:00")
    assert read_.local[1] == np.datetime64("2018-04-12T06:00")
    assert read_.ambiguous.tolist() == [False, False, True]
    assert list(read_.settled.values()) == [False]


def test_rows_that_contradict_each_other_prove_nothing():
    assert read("4/22/2018", "22/4/2018", "4/5/2018").ambiguous.tolist() == [False, False, True]


def test_clock_changes_are_marked():
    read_ = read("2026-03-29 02:30", "2026-10-25 02:30", "2026-10-25 04:30")
    assert read_.shifted.tolist() == [True, True, False]
    assert read_.local[0] == np.datetime64("2026-03-29T03:00")
    assert read_.utc[1] == np.datetime64("2026-10-25T00:30")


def test_what_is_no_date_is_bad_and_empty_is_not():
    read_ = read("bald", "31.02.2026", "", "0")
    assert read_.bad.tolist() == [True, True, False, False]
    assert np.isnat(read_.utc).all()


def test_day_weekday_and_hour():
    read_ = read("2026-09-13 18:05", "2026-09-14", "")
    day, weekday, hour = day_parts(read_.local, read_.timed)
    assert day.astype(str).tolist()[:2] == ["2026-09-13", "2026-09-14"]
    assert weekday.tolist()[:2] == [7, 1]
    assert hour[0] == 18
    assert hour[1:].isna().all()
    assert weekday.isna().tolist() == [False, False, True]


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2050, 1, 1)),
    st.sampled_from([("%d.%m.%Y %H:%M", None), ("%m/%d/%Y %H:%M", False), ("%d/%m/%Y %H:%M", True)]),
)
def test_reading_undoes_writing(moment, written):
    pattern, day_first = written
    minute = moment.replace(second=0, microsecond=0)
    assert read(minute.strftime(pattern), day_first=day_first, zone="UTC").local[0] == np.datetime64(minute)
