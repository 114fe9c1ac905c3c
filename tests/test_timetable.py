from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.errors import InvalidValueError
from smmlib.timetable import (
    RepeatedTimeError,
    SkippedTimeError,
    Slot,
    local_slot,
    local_slots,
    localise,
)

BERLIN = "Europe/Berlin"


def test_winter_and_summer_time_have_their_offsets():
    assert localise(datetime(2026, 1, 15, 18), BERLIN).utcoffset() == timedelta(hours=1)
    assert localise(datetime(2026, 7, 15, 18), BERLIN).utcoffset() == timedelta(hours=2)


def test_the_hour_that_is_skipped_names_the_next_one_there_is():
    # Directive 2000/84/EC: the last Sunday in March, 01:00 UTC.
    with pytest.raises(
        SkippedTimeError, match=r"29 Mar 2026, 02:30 does not exist .* Choose 29 Mar 2026, 03:30"
    ):
        localise(datetime(2026, 3, 29, 2, 30), BERLIN)


def test_the_hour_that_comes_twice_asks_which_one():
    # The last Sunday in October, 01:00 UTC.
    twice = datetime(2026, 10, 25, 2, 30)
    with pytest.raises(RepeatedTimeError, match=r"exists twice .*first \(UTC\+0200\).*second \(UTC\+0100\)"):
        localise(twice, BERLIN)
    first, last = localise(twice, BERLIN, second=False), localise(twice, BERLIN, second=True)
    assert last.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_half_hour_shift_of_lord_howe():
    with pytest.raises(SkippedTimeError, match="by 30 minutes"):
        localise(datetime(2026, 10, 4, 2, 15), "Australia/Lord_Howe")


@pytest.mark.parametrize("name", ["Europe/Bonn", "", "../etc/passwd"])
def test_unknown_zone_says_what_to_write(name):
    with pytest.raises(InvalidValueError, match="IANA name"):
        localise(datetime(2026, 1, 1), name)


def test_a_time_that_has_a_zone_is_refused():
    with pytest.raises(InvalidValueError, match="already has a time zone"):
        localise(datetime(2026, 1, 1, tzinfo=UTC), BERLIN)


def test_slot_of_a_late_evening_is_the_next_local_day():
    assert local_slot(datetime(2026, 6, 30, 22, 5, tzinfo=UTC), BERLIN) == Slot(date(2026, 7, 1), 3, 0)
    assert local_slot(datetime(2026, 6, 30, 22, 5), BERLIN) == Slot(date(2026, 7, 1), 3, 0)


def test_many_slots_keep_what_is_missing_missing():
    frame = local_slots(np.array(["2026-06-30T22:05", "NaT"], dtype="datetime64[s]"), BERLIN)
    assert frame["weekday"].tolist()[0] == 3
    assert frame["hour"].isna().tolist() == [False, True]


@given(st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)))
def test_array_and_single_agree_and_localise_undoes_it(moment):
    moment = moment.replace(microsecond=0)
    one = local_slot(moment, BERLIN)
    row = local_slots(np.array([moment], dtype="datetime64[s]"), BERLIN).iloc[0]
    assert (row["day"].date(), row["weekday"], row["hour"]) == (one.day, one.weekday, one.hour)
    local = moment.replace(tzinfo=UTC).astimezone(localise(datetime(2026, 1, 1), BERLIN).tzinfo)
    back = localise(local.replace(tzinfo=None, fold=0), BERLIN, second=bool(local.fold))
    assert back.astimezone(UTC).replace(tzinfo=None) == moment
