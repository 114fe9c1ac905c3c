"""Moving is right to the minute, also over a change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.errors import InvalidValueError
from smmlib.planning.calendar import CalendarEntry, midnight, moved
from smmlib.timetable import RepeatedTimeError, SkippedTimeError

BERLIN = ZoneInfo("Europe/Berlin")


def entry(*when: int, **fields: object) -> CalendarEntry:
    return CalendarEntry(title="t", start=datetime(*when, tzinfo=BERLIN), **fields)


def test_days_later_is_the_same_time_on_the_clock() -> None:
    before = entry(2026, 3, 28, 18, 30)
    after = moved(before, days=1)
    assert after.local == datetime(2026, 3, 29, 18, 30, tzinfo=BERLIN)
    assert after.start.astimezone(UTC) - before.start.astimezone(UTC) == timedelta(hours=23)
    assert moved(after, days=-1) == before
    assert before.local.day == 28  # it stays as it is


def test_the_hour_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SkippedTimeError, match=r"does not exist in Europe/Berlin.*Choose 29 Mar 2026, 03:30"):
        moved(entry(2026, 3, 28, 2, 30), days=1)
    with pytest.raises(SkippedTimeError, match="does not exist"):
        moved(entry(2026, 3, 1, 9), to=datetime(2026, 3, 29, 2, 0))
    assert moved(entry(2026, 3, 1, 9), to=datetime(2026, 3, 29, 1, 59)).local.hour == 1


def test_the_hour_that_exists_twice_is_asked_back() -> None:
    at = datetime(2026, 10, 25, 2, 30)
    with pytest.raises(RepeatedTimeError, match=r"exists twice.*\(UTC\+0200\) or the second \(UTC\+0100\)"):
        moved(entry(2026, 10, 24, 2, 30), days=1)
    first, second = (moved(entry(2026, 10, 1, 9), to=at, second=which) for which in (False, True))
    assert first.start.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second.start.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_to_is_on_the_clock_of_the_entry_and_a_length_stays() -> None:
    london = entry(2026, 5, 1, 9, time_zone="Europe/London", end=datetime(2026, 5, 1, 11, tzinfo=BERLIN))
    later = moved(london, to=datetime(2026, 5, 2, 9))
    assert later.start.astimezone(UTC) == datetime(2026, 5, 2, 8, tzinfo=UTC)
    assert later.end is not None
    assert later.end - later.start == timedelta(hours=2)
    assert moved(london, to=datetime(2026, 5, 2, 9, tzinfo=BERLIN)).local.hour == 8
    night = moved(entry(2026, 3, 1, 1, end=datetime(2026, 3, 1, 4, tzinfo=BERLIN)), days=28)
    assert night.local_end == datetime(2026, 3, 29, 5, tzinfo=BERLIN)  # three hours, one of them skipped
    back = moved(night, days=7)
    assert (back.local.hour, back.local_end) == (1, datetime(2026, 4, 5, 4, tzinfo=BERLIN))


def test_whole_days_stay_whole_days() -> None:
    three = entry(2026, 3, 27, all_day=True, end=datetime(2026, 3, 30, tzinfo=BERLIN))
    for later in (moved(three, days=1), moved(three, to=datetime(2026, 3, 28, 15))):
        assert later.local == datetime(2026, 3, 28, tzinfo=BERLIN)
        assert later.local_end == datetime(2026, 3, 31, tzinfo=BERLIN)
    beirut = CalendarEntry(
        title="t", all_day=True, start=midnight(date(2026, 3, 28), "Asia/Beirut"), time_zone="Asia/Beirut"
    )
    assert moved(beirut, days=1).local.hour == 1  # there the clocks skip midnight


def test_what_has_appeared_stays_and_one_way_of_moving_is_asked_for() -> None:
    with pytest.raises(InvalidValueError, match="'t' has appeared already"):
        moved(entry(2026, 3, 1, done=True), days=1)
    with pytest.raises(InvalidValueError, match="either by how many days"):
        moved(entry(2026, 3, 1))
    with pytest.raises(InvalidValueError, match="either by how many days"):
        moved(entry(2026, 3, 1), days=1, to=datetime(2026, 3, 2))


@given(st.integers(-400, 400).filter(bool), st.integers(0, 24 * 60 - 1))
def test_the_clock_shows_the_same_to_the_minute(days: int, minute: int) -> None:
    before = CalendarEntry(title="t", start=datetime(2026, 6, 1, minute // 60, minute % 60, tzinfo=BERLIN))
    try:
        after = moved(before, days=days)
    except (SkippedTimeError, RepeatedTimeError):
        assert 2 <= minute / 60 < 3
        return
    assert after.local.time() == before.local.time()
    assert (after.local.date() - before.local.date()).days == days
