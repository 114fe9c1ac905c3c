"""Calendar files out and in: stable UIDs, updates, recurrence, foreign zones, and clear refusals."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from smmlib.errors import InvalidRecordError, UnreadableFileError
from smmlib.planning.calendar import (
    CalendarEntry,
    CalendarImport,
    Known,
    called,
    held_entries,
    moved,
    read_ics,
    write_ics,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
AT = datetime(2026, 3, 28, 18, 30, tzinfo=BERLIN)

ENTRIES = (
    CalendarEntry(
        id="post-x", kind="post", title="Guten; Tag, \\ Köln", start=AT, text="Zeile\nzwei 🚲", draft="post"
    ),
    CalendarEntry(
        id="ad",
        kind="insertion",
        title="Viertelseite",
        start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the first 02:30
        end=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # the second
        channel="Kölner Bote, Lokalteil",
        owner="Ada",
        notes="1.200 € netto",
    ),
    CalendarEntry(
        id="fair",
        title="Messe",
        all_day=True,
        start=datetime(2026, 3, 28, tzinfo=BERLIN),
        end=datetime(2026, 3, 31, tzinfo=BERLIN),
    ),
    CalendarEntry(
        id="ny",
        kind="press release",
        title="Release",
        start=datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York")),
        time_zone="America/New_York",
    ),
    CalendarEntry(id="day", title="Tag", all_day=True, start=datetime(2026, 10, 25, tzinfo=BERLIN)),
)


def read(data: bytes, *entries: CalendarEntry, **known: Any) -> CalendarImport:
    return read_ics(data, now=NOW, known=Known(entries, **known), name="team.ics")


def fates(found: CalendarImport) -> list[str]:
    return [event.fate for event in found.events]


def test_what_was_written_and_read_again_is_unchanged() -> None:
    data = write_ics(ENTRIES, now=NOW)
    assert fates(read(data, *ENTRIES)) == ["unchanged"] * len(ENTRIES)
    assert write_ics(ENTRIES, now=NOW) == data


def test_uids_stay_when_an_entry_changes() -> None:
    def uids(entries: tuple[CalendarEntry, ...]) -> list[str]:
        return [str(e["UID"]) for e in Calendar.from_ical(write_ics(entries, now=NOW)).walk("VEVENT")]

    later = tuple(moved(entry, days=2).replace(title="anders") for entry in ENTRIES)
    assert uids(later) == uids(ENTRIES) == [f"{entry.id}@smmlib" for entry in ENTRIES]


def test_times_are_on_the_clock_of_the_entry_with_its_rules_in_the_file() -> None:
    text = write_ics(ENTRIES, now=NOW).decode()
    assert "DTSTART;TZID=Europe/Berlin:20260328T183000" in text
    assert "DTSTART;VALUE=DATE:20260328\r\nDTEND;VALUE=DATE:20260331" in text
    assert "DTSTART:20261025T003000Z\r\nDTEND:20261025T013000Z" in text  # Berlin shows both as 02:30
    assert "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin" in text
    assert "1.200" not in text  # notes and owner stay in the house
    assert "Ada" not in text


def test_entries_read_into_an_empty_workspace_are_as_they_were() -> None:
    found = read(write_ics(ENTRIES, now=NOW))
    assert fates(found) == ["new"] * len(ENTRIES)
    for was, entry in zip(ENTRIES, found.entries, strict=True):
        assert (entry.title, entry.text, entry.all_day, entry.time_zone, entry.channel) == (
            was.title,
            was.text,
            was.all_day,
            was.time_zone,
            was.channel,
        )
        assert entry.local == was.local
        assert entry.local_end == was.local_end
        assert entry.kind == ("event" if was.is_post else was.kind)
    again = read(write_ics(found.entries, now=NOW), *found.entries)
    assert fates(again) == ["unchanged"] * len(ENTRIES)


def test_an_event_moved_elsewhere_updates_its_entry_and_adds_none() -> None:
    outside = write_ics([moved(entry, days=1) for entry in ENTRIES], now=NOW)
    found = read(outside, *ENTRIES)
    assert fates(found) == ["moved", "changed", "changed", "changed", "changed"]
    assert [entry.id for entry in found.entries] == [entry.id for entry in ENTRIES[1:]]
    ((id, when),) = found.moves
    assert (id, when.astimezone(BERLIN)) == ("post-x", datetime(2026, 3, 29, 18, 30, tzinfo=BERLIN))
    assert found.entries[0].notes == "1.200 € netto"
    assert found.counts() == {"changed": 4, "moved": 1}


def test_the_text_of_a_post_is_not_changed_from_outside() -> None:
    outside = write_ics([ENTRIES[0].replace(title="anders", text="neu")], now=NOW)
    assert fates(read(outside, *ENTRIES)) == ["unchanged"]


def test_a_file_older_than_the_entry_changes_nothing() -> None:
    data = write_ics([moved(ENTRIES[1], days=1)], now=NOW, revisions={"ad": 2})
    assert fates(read(data, *ENTRIES, revisions={"ad": 2})) == ["changed"]
    (event,) = read(data, *ENTRIES, revisions={"ad": 3}).events
    assert event.fate == "not taken"
    assert event.why is not None
    assert "changed here since the file was written (state 3, the file has 2)" in event.why.text()


def test_what_is_cancelled_is_removed_but_for_posts_and_what_has_appeared() -> None:
    data = write_ics(ENTRIES[:2], now=NOW).replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED")
    found = read(data, *ENTRIES)
    assert (fates(found), found.removed) == (["not taken", "removed"], ("ad",))
    assert fates(read(data, ENTRIES[1].replace(done=True))) == ["not taken", "not taken"]
    assert fates(read(data)) == ["not taken", "not taken"]


def test_what_is_on_hold_is_tentative() -> None:
    held = held_entries(ENTRIES, [called("company", reason="r", by="Ada", at=NOW)], {})
    assert write_ics(ENTRIES, now=NOW, held=held).count(b"STATUS:TENTATIVE") == len(ENTRIES)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
    st.text(min_size=1).filter(str.strip),
)
def test_any_time_and_title_comes_back(when: datetime, place: str, title: str) -> None:
    entry = CalendarEntry(
        id="e", title=title, start=when.replace(microsecond=0, tzinfo=UTC), time_zone=place, text=title
    )
    assert fates(read(write_ics([entry], now=NOW), entry)) == ["unchanged"]


# --- files from elsewhere


def file(*events: str) -> bytes:
    made = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{made}END:VCALENDAR\n".encode()


def event(*lines: str, uid: str = "1", title: str = "Jour fixe") -> str:
    return "\n".join((f"UID:{uid}", f"SUMMARY:{title}", *lines))


CUSTOM = b"""BEGIN:VTIMEZONE
TZID:Unser Haus
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT"""


@pytest.mark.parametrize(
    ("start", "utc", "place"),
    [
        ("DTSTART;TZID=America/New_York:20260701T100000", 14, "America/New_York"),
        ("DTSTART;TZID=W. Europe Standard Time:20260701T100000", 8, "Europe/Berlin"),
        ("DTSTART;TZID=Unser Haus:20260701T100000", 8, "Europe/Berlin"),
        ("DTSTART;TZID=/example.org/Europe/London:20260701T100000", 9, "Europe/London"),
        ("DTSTART:20260701T100000Z", 10, "Europe/Berlin"),
        ("DTSTART:20260701T100000", 8, "Europe/Berlin"),
    ],
)
def test_foreign_time_zones(start: str, utc: int, place: str) -> None:
    data = file(event(start)).replace(b"BEGIN:VEVENT", CUSTOM)
    (entry,) = read(data).entries
    assert entry.start.astimezone(UTC) == datetime(2026, 7, 1, utc, tzinfo=UTC)
    assert entry.time_zone == place


def test_lengths_days_places_and_notes() -> None:
    data = file(
        event("DTSTART:20260701T100000", "DURATION:PT90M", "LOCATION:Halle 4", "DESCRIPTION:bitte pünktlich"),
        event("DTSTART;VALUE=DATE:20260701", uid="2"),
        event("DTSTART;VALUE=DATE:20260701", "DTEND;VALUE=DATE:20260704", uid="3"),
        event("DTSTART:20260701T100000", "DTEND:20260701T100000", uid="4"),
    )
    one, two, three, four = read(data).entries
    assert one.end is not None
    assert (one.end - one.start, one.channel, one.notes) == (
        timedelta(minutes=90),
        "Halle 4",
        "bitte pünktlich",
    )
    assert (two.all_day, two.end) == (True, None)
    assert three.local_end == datetime(2026, 7, 4, tzinfo=BERLIN)
    assert four.end is None


def test_nine_o_clock_stays_nine_o_clock_in_a_weekly_rule() -> None:
    data = file(
        event(
            "DTSTART;TZID=Europe/Berlin:20260318T090000",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;TZID=Europe/Berlin:20260325T090000",
            "RDATE;TZID=Europe/Berlin:20260410T110000",
        ),
        event(
            "RECURRENCE-ID;TZID=Europe/Berlin:20260401T090000", "DTSTART;TZID=Europe/Berlin:20260402T100000"
        ),
    )
    found = read(data)
    walls = sorted(entry.local.replace(tzinfo=None) for entry in found.entries)
    assert walls == [
        datetime(2026, 3, 18, 9),
        datetime(2026, 4, 2, 10),
        datetime(2026, 4, 8, 9),
        datetime(2026, 4, 10, 11),
    ]
    assert len({entry.id for entry in found.entries}) == 4
    again = read(data, *found.entries)
    assert fates(again) == ["unchanged"] * 4  # read twice, there once
    later = read(data.replace(b"20260402T100000", b"20260402T103000"), *found.entries)
    assert sorted(fates(later)) == ["changed", "unchanged", "unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;UNTIL=20260703T080000Z", [1, 2, 3]),
        ("FREQ=DAILY;UNTIL=20260703T075959Z", [1, 2]),
        ("FREQ=DAILY;INTERVAL=2;UNTIL=20260706", [1, 3, 5]),
        ("FREQ=MONTHLY;BYDAY=1WE;COUNT=1", [1]),
        ("FREQ=WEEKLY;BYDAY=WE,FR;COUNT=3", [1, 3, 8]),
    ],
)
def test_rules(rule: str, days: list[int]) -> None:
    data = file(event("DTSTART;TZID=Europe/Berlin:20260701T100000", f"RRULE:{rule}"))
    assert [entry.local.day for entry in read(data).entries] == days


def test_a_rule_without_end_is_read_to_a_day_and_says_so() -> None:
    data = file(event("DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=MONTHLY"))
    found = read(data, until=date(2026, 6, 30))
    assert [entry.local.month for entry in found.entries] == [3, 4, 5, 6]
    assert found.notes[0].text() == "“Jour fixe” recurs without an end; it was read until 30 Jun 2026."


REFUSED = {
    "hourly": ("DTSTART:20260701T100000\nRRULE:FREQ=HOURLY;COUNT=3", "recurrence is not read"),
    "minutes": ("DTSTART:20260701T100000\nRRULE:FREQ=DAILY;BYMINUTE=1,2", "BYMINUTE"),
    "never": ("DTSTART:20260701T100000\nRRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2", "recurrence is not read"),
    "interval": ("DTSTART:20260701T100000\nRRULE:FREQ=DAILY;INTERVAL=0", "recurrence is not read"),
    "two rules": (
        "DTSTART:20260701T100000\nRRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2",
        "recurrence is not read",
    ),
    "too many": ("DTSTART:20260701T100000\nRRULE:FREQ=DAILY;COUNT=1001", "more than 1,000 dates"),
    "and later": (
        "DTSTART:20260701T100000\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260701T100000",
        "recurrence is not read",
    ),
    "period": (
        "DTSTART:20260701T100000Z\nRDATE;VALUE=PERIOD:20260701T100000Z/PT1H",
        "recurrence is not read .RDATE",
    ),
    "unknown zone": ("DTSTART;TZID=Mars/Olympus:20260701T100000", "'Mars/Olympus' is unknown"),
    "skipped": ("DTSTART;TZID=Europe/Berlin:20260329T023000", "does not exist in Europe/Berlin"),
    "skipped, by rule": (
        "DTSTART;TZID=Europe/Berlin:20260328T023000\nRRULE:FREQ=DAILY;COUNT=2",
        "29 Mar 2026, 02:30 does not exist",
    ),
    "twice": ("DTSTART;TZID=Europe/Berlin:20261025T023000", "exists twice in Europe/Berlin"),
    "no start": ("DTEND:20260701T100000Z", "no beginning"),
    "no date": ("DTSTART:2026-07-01", "DTSTART cannot be read"),
    "end first": ("DTSTART:20260701T100000Z\nDTEND:20260701T090000Z", "ends before it begins"),
    "zone of ours": ("DTSTART:20260701T100000Z\nX-SMM-ZONE:Moon", "'Moon' is unknown"),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_what_cannot_be_read_is_named_and_nothing_is_taken(case: str) -> None:
    lines, why = REFUSED[case]
    good = event("DTSTART:20260701T100000Z", uid="0", title="gut")
    ends = "" if "until" in lines else lines
    with pytest.raises(
        InvalidRecordError, match=rf"(?s)team\.ics cannot be used:.*Event 2 \(Jour fixe\).*{why}"
    ):
        read(file(good, event(ends)), until=date(2035, 1, 1))


def test_uids_that_are_missing_or_twice_are_refused() -> None:
    start = "DTSTART:20260701T100000Z"
    with pytest.raises(InvalidRecordError, match="UID is missing or stands there twice"):
        read(file(event(start), event(start)))
    with pytest.raises(InvalidRecordError, match="UID is missing"):
        read(file(event(start).replace("UID:1\n", "")))


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xfe", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", b"BEGIN:VEVENT\nUID:1\nEND:VEVENT\n"],
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"team\.ics is no readable calendar file"):
        read(data)


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="a calendar file may have 20 MB"):
        read(b" " * 20_000_001)


def test_tasks_are_counted() -> None:
    data = file(event("DTSTART:20260701T100000Z")).replace(
        b"END:VCALENDAR", b"BEGIN:VTODO\nUID:t\nEND:VTODO\nEND:VCALENDAR"
    )
    found = read(data)
    assert found.notes[0].text() == "Tasks and journals that were not read: 1."
    frame = found.to_frame("de")
    assert frame.iloc[0][["fate", "title", "start"]].tolist() == [
        "Neu",
        "Jour fixe",
        datetime(2026, 7, 1, 12),
    ]


def test_a_rule_that_never_fits_does_not_search_for_ever() -> None:
    data = file(event("DTSTART:20260701T100000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"))
    begun = time.process_time()
    assert len(read(data).entries) == 1
    assert time.process_time() - begun < 20
