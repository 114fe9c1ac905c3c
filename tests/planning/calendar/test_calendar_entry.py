"""Entries, periods and posts of drafts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from smmlib import Account, Draft, Version
from smmlib.errors import InvalidRecordError
from smmlib.planning.calendar import CalendarEntry, Period, post_entries

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 28, 18, 30, tzinfo=BERLIN)


def test_an_entry_without_zone_end_before_start_or_unknown_zone_is_refused() -> None:
    with pytest.raises(InvalidRecordError, match="has no time zone"):
        CalendarEntry(title="t", start=datetime(2026, 3, 28, 18, 30))
    with pytest.raises(InvalidRecordError, match="ends at 28 Mar 2026, 18:30, not after its start"):
        CalendarEntry(title="t", start=AT, end=AT)
    with pytest.raises(InvalidRecordError, match="'Berlin' is unknown"):
        CalendarEntry(title="t", start=AT, time_zone="Berlin")
    with pytest.raises(InvalidRecordError, match="title"):
        CalendarEntry(title="", start=AT)
    with pytest.raises(InvalidRecordError, match="must be one of"):
        CalendarEntry(title="t", start=AT, kind="tweet")
    with pytest.raises(InvalidRecordError, match="not after its start"):
        Period(name="p", start=AT, end=AT)
    with pytest.raises(InvalidRecordError, match="has no time zone"):
        Period(name="p", start=AT, end=datetime(2026, 4, 1))


def test_an_entry_comes_back_from_json_as_it_was() -> None:
    entry = CalendarEntry(kind="insertion", title="t", start=AT, channel="Bote", end=AT + timedelta(hours=1))
    again = CalendarEntry.from_json(entry.model_dump_json())
    assert again == entry
    assert again.local.utcoffset() == timedelta(hours=1)


def test_a_whole_day_lasts_as_long_as_the_day() -> None:
    day = CalendarEntry(title="t", all_day=True, start=datetime(2026, 3, 29, tzinfo=BERLIN))
    assert day.local_end == datetime(2026, 3, 30, tzinfo=BERLIN)
    assert day.last_moment.astimezone(UTC) - day.start.astimezone(UTC) == timedelta(hours=23)


def test_each_version_with_a_time_is_an_entry_on_the_clock_of_its_account() -> None:
    accounts = [
        Account(id="x", network="x", handle="@rad"),
        Account(id="b", network="bluesky", handle="@rad", time_zone="Europe/London", language="en"),
    ]
    posted = datetime(2026, 3, 29, 17, 0, tzinfo=UTC)
    draft = Draft(
        id="d",
        campaign="c",
        text="Hallo",
        labels={"audience": "Eltern"},
        versions=(
            Version(account="x", planned_at=AT),
            Version(account="b", planned_at=AT, posted_at=posted, text="Hello"),
            Version(account="gone", planned_at=AT),
        ),
    )
    one, two = post_entries([draft, Draft(id="e", versions=(Version(account="x"),))], accounts)
    assert (one.id, one.kind, one.title, one.text, one.audience) == (
        "d-x",
        "post",
        "Hallo",
        "Hallo",
        "Eltern",
    )
    assert (one.done, one.is_post, one.channel_key) == (False, True, "account:x")
    assert (two.id, two.text, two.language, two.done) == ("d-b", "Hello", "en", True)
    assert two.local == datetime(2026, 3, 29, 18, 0, tzinfo=ZoneInfo("Europe/London"))


def test_channels_are_told_apart_without_regard_to_capitals_and_blanks() -> None:
    one, two = (CalendarEntry(title="t", start=AT, channel=name) for name in ("Kölner  Bote", "kölner bote"))
    assert one.channel_key == two.channel_key
    assert one.channel_key != CalendarEntry(title="t", start=AT, account="kölner bote").channel_key
