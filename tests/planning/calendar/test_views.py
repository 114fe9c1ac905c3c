"""Month, week, list, per campaign and per channel."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from smmlib.errors import InvalidValueError, UnknownNameError
from smmlib.planning.calendar import (
    GERMAN_STATES,
    Calendar,
    CalendarEntry,
    Period,
    calendar_of,
    called,
    german_holidays,
    held_entries,
)

BERLIN = ZoneInfo("Europe/Berlin")
LATE = datetime(2026, 3, 29, 23, 30, tzinfo=UTC)  # already the 30th in Berlin


def entries() -> list[CalendarEntry]:
    return [
        CalendarEntry(id="late", kind="post", title="Spät", start=LATE, account="x", campaign="c"),
        CalendarEntry(
            id="fair",
            title="Messe",
            start=datetime(2026, 3, 31, tzinfo=BERLIN),
            end=datetime(2026, 4, 3, tzinfo=BERLIN),
            all_day=True,
            channel="Halle 4",
        ),
        CalendarEntry(
            id="ad",
            kind="insertion",
            title="Viertelseite",
            start=datetime(2026, 3, 29, 6, tzinfo=BERLIN),
            channel="Bote",
            campaign="c",
            done=True,
        ),
        CalendarEntry(
            id="us",
            title="Call",
            start=datetime(2026, 4, 5, 20, tzinfo=ZoneInfo("America/New_York")),
            end=datetime(2026, 4, 5, 21, tzinfo=ZoneInfo("America/New_York")),
            time_zone="America/New_York",
            channel="Bote",
        ),
    ]


def calendar(**shown: object) -> Calendar:
    made = {"campaigns": {"c": "Frühling"}, "accounts": {"x": "X · @rad"}, **shown}
    return calendar_of(entries(), **made)


def ids(shown: Calendar) -> list[str]:
    return [entry.id for entry in shown.entries]


def test_a_month_is_whole_weeks_with_each_entry_on_its_days() -> None:
    dark = Period(
        name="Wahl", start=datetime(2026, 4, 2, 12, tzinfo=BERLIN), end=datetime(2026, 4, 4, tzinfo=BERLIN)
    )
    month = calendar(states=("NW",), periods=(dark,)).month(2026, 4)
    assert [len(week) for week in month.weeks] == [7] * 5
    assert (month.days[0].day, month.days[-1].day) == (date(2026, 3, 30), date(2026, 5, 3))
    frame = month.to_frame().set_index("day")
    assert frame["entries"][date(2026, 3, 30)] == ("late",)
    assert [frame["entries"][date(2026, 4, day)] for day in (1, 2, 3)] == [("fair",), ("fair",), ()]
    assert frame["entries"][date(2026, 4, 6)] == ("us",)  # two in the morning here
    assert frame["holidays"][date(2026, 4, 3)] == "Karfreitag"
    assert [frame["periods"][date(2026, 4, day)] for day in (1, 2, 3, 4)] == ["", "Wahl", "Wahl", ""]
    assert not frame["inside"][date(2026, 3, 31)]
    assert frame["inside"].sum() == 30
    assert list(month.entries_frame()["id"]) == ["late", "fair", "us"]
    assert frame["week"][date(2026, 4, 6)] == 15


def test_a_week_has_seven_days_also_when_the_clocks_change() -> None:
    week = calendar().week(date(2026, 3, 29))
    assert [day.day.isoweekday() for day in week.days] == list(range(1, 8))
    assert [len(day.entries) for day in week.days] == [0] * 6 + [1]
    assert [len(day.entries) for day in calendar(time_zone="UTC").week(date(2026, 3, 29)).days][-1] == 2


def test_the_list_shows_both_clocks() -> None:
    frame = calendar().to_frame("de").set_index("id")
    assert list(frame.index) == ["ad", "late", "fair", "us"]
    us, fair = frame.loc["us"], frame.loc["fair"]
    assert (us["day"], us["time"], us["clock"]) == (date(2026, 4, 6), time(2), datetime(2026, 4, 5, 20))
    assert (us["end_day"], us["end_time"]) == (date(2026, 4, 6), time(3))
    assert (fair["day"], fair["time"], fair["end_day"], fair["end_time"]) == (
        date(2026, 3, 31),
        None,
        date(2026, 4, 2),
        None,
    )
    assert list(frame["state"]) == ["Erschienen", "Geplant", "Geplant", "Geplant"]
    assert frame.loc["late", "channel"] == "X · @rad"
    assert frame.loc["ad", "kind"] == "Anzeigenschaltung"


def test_campaigns_and_channels_are_counted() -> None:
    by_campaign = calendar().by_campaign().set_index("id")
    assert by_campaign.loc["c", ["name", "entries", "planned", "done"]].tolist() == ["Frühling", 2, 1, 1]
    by_channel = calendar().by_channel().set_index("id")
    assert by_channel.loc["bote", ["entries", "first", "last"]].tolist() == [
        2,
        date(2026, 3, 29),
        date(2026, 4, 5),
    ]
    assert by_channel["entries"].sum() == 4
    assert calendar_of([]).by_channel().empty


def test_filters() -> None:
    shown = calendar()
    assert ids(shown.only(campaign="c")) == ["ad", "late"]
    assert ids(shown.only(campaign="")) == ["fair", "us"]
    assert ids(shown.only(channel="bote")) == ["ad", "us"]
    assert ids(shown.only(kind="event")) == ["fair", "us"]
    assert ids(shown.only(state="done")) == ["ad"]
    assert ids(shown.only(words="SEITE viertel")) == ["ad"]
    assert ids(shown.only(start=date(2026, 4, 2), end=date(2026, 4, 2))) == ["fair"]
    assert ids(shown.only(start=date(2026, 3, 30), end=date(2026, 3, 30))) == ["late"]
    assert shown.get("us") is not None
    assert shown.get("nobody") is None


def test_months_and_stretches_that_do_not_exist_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="no month 13 of 2026"):
        calendar().month(2026, 13)
    with pytest.raises(InvalidValueError, match="no stretch of days"):
        calendar().days(date(2026, 4, 2), date(2026, 4, 1))


def test_an_entry_on_hold_says_why() -> None:
    hold = called("campaign", "c", reason="Unfall", by="Ada", at=LATE)
    held = held_entries(entries(), [hold], {})
    frame = calendar(held=held).to_frame("de").set_index("id")
    assert frame.loc["late", ["state", "hold"]].tolist() == ["Angehalten", "Unfall"]
    assert frame.loc["ad", "hold"] == ""  # it has appeared


# The laws on public holidays of the states, 2026; Easter Sunday is on 5 April.
KNOWN = {
    "NW": "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26",
    "BE": "01-01 03-08 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
    "SN": "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 11-18 12-25 12-26",
    "TH": "01-01 04-03 04-06 05-01 05-14 05-25 09-20 10-03 10-31 12-25 12-26",
    "BY": "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26",
}


@pytest.mark.parametrize("state", list(KNOWN))
def test_holidays_of_a_state(state: str) -> None:
    found = german_holidays(date(2026, 1, 1), date(2026, 12, 31), (state,))
    # Assumption Day is a holiday in most of Bavaria only; Peace Day in Augsburg only.
    assert " ".join(f"{h.day:%m-%d}" for h in found if h.day != date(2026, 8, 15)) == KNOWN[state]


def test_holidays_name_their_states_and_languages() -> None:
    (corpus,) = german_holidays(date(2026, 6, 4), date(2026, 6, 4), language="en")
    assert (corpus.name, corpus.states) == ("Corpus Christi", ("BW", "BY", "HE", "NW", "RP", "SL"))
    new_year = german_holidays(date(2025, 12, 31), date(2026, 1, 1))
    assert [(h.name, len(h.states)) for h in new_year] == [("Neujahr", len(GERMAN_STATES))]
    with pytest.raises(UnknownNameError, match="German state 'XX' is unknown"):
        german_holidays(date(2026, 1, 1), date(2026, 1, 2), ("XX",))


def test_what_ends_at_midnight_is_not_shown_on_the_next_day() -> None:
    night = CalendarEntry(
        title="n", start=datetime(2026, 5, 1, 20, tzinfo=BERLIN), end=datetime(2026, 5, 2, tzinfo=BERLIN)
    )
    week = calendar_of([night]).week(date(2026, 5, 1))
    assert [len(day.entries) for day in week.days] == [0, 0, 0, 0, 1, 0, 0]
    longer = night.replace(end=night.end and night.end + timedelta(minutes=1))
    assert [len(day.entries) for day in calendar_of([longer]).week(date(2026, 5, 1)).days][5] == 1
