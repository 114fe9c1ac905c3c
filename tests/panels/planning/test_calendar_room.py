"""The calendar and its conflicts: filtered, moved by keyboard and form, stopped and released, out and in."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from smmlib import Account, Draft, Version, open_workspace, panels
from smmlib.campaign import Campaign
from smmlib.errors import InvalidValueError
from smmlib.panels.planning.calendar_model import CalendarModel
from smmlib.panels.planning.entry_form import read_time
from smmlib.planning.calendar import CalendarEntry, Period
from smmlib.timetable import RepeatedTimeError, SkippedTimeError

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
EVIL = "<img src=x onerror=alert(1)>"


def at(month, day, hour=9):
    return datetime(2026, month, day, hour, tzinfo=BERLIN)


@pytest.fixture
def team(tmp_path):
    with open_workspace(tmp_path / "workspace", clock=lambda: NOW) as made:
        made.campaigns.add(Campaign(id="c", name="Herbst", start=date(2026, 10, 1), end=date(2026, 10, 31)))
        made.accounts.add(Account(id="ig", network="instagram", handle="@rad"))
        post = Version(account="ig", planned_at=at(10, 8, 18))
        made.drafts.add(Draft(id="d", title="Laub", text="Laub", campaign="c", versions=(post,)))
        made.entries.add(
            CalendarEntry(
                id="n", kind="mailing", title="Brief", start=at(10, 7), channel="Brief", campaign="c"
            )
        )
        made.entries.add(
            CalendarEntry(id="p", kind="insertion", title=EVIL, start=at(10, 20), channel="Tagblatt")
        )
        made.change_settings(states=("NW",), alignment={"silent_days": 0, "signoff_days": 0})
        yield made


@pytest.fixture
def model(team):
    return CalendarModel(team)


@pytest.fixture
def panel(team):
    return panels.PlanPanel(team, language="en")


@pytest.fixture
def room(panel):
    return panel.rooms.enter("smm-calendar-room")


def chips(room):
    return [entry for one in room.grid.days for entry in one["entries"]]


def test_everything_that_appears_stands_in_the_month(room):
    assert [chip["id"] for chip in chips(room)] == ["n", "d-ig", "p"]
    assert len(room.grid.days) % 7 == 0
    today = [one["label"] for one in room.grid.days if one["today"]]
    assert today == ["5"]
    assert chips(room)[0]["label"] == "7 Oct 2026, 09:00, Mailing, Brief, Brief"
    assert len({chip["colour"] for chip in chips(room)}) == 3


def test_holidays_follow_the_state(room):
    room.model.day = date(2026, 11, 1)
    assert any("Saints" in str(one["holidays"]) for one in room.grid.days)
    room._state.value = "BE"
    assert not any(one["holidays"] for one in room.grid.days)


@pytest.mark.parametrize(("name", "value", "ids"), [
    ("campaign", "c", ["n", "d-ig"]), ("channel", "tagblatt", ["p"]), ("kind", "post", ["d-ig"]),
    ("words", "brief", ["n"]),
])  # fmt: skip
def test_filters_leave_what_fits(room, name, value, ids):
    control = {
        "campaign": room._campaign,
        "channel": room._channel,
        "kind": room._kind,
        "words": room._words,
    }[name]
    control.value = value
    assert [chip["id"] for chip in chips(room)] == ids
    assert room.model.data()["id"].tolist() == ids
    names = {}
    exec(room.model.code, names)
    assert [entry.id for entry in names["result"].entries] == ids


def test_alt_and_an_arrow_move_an_entry_and_the_post_of_a_draft(room, team, panel):
    room.grid._told(None, {"move": "n", "days": 7}, [])
    assert team.entries.get("n").start == at(10, 14)
    room.grid._told(None, {"move": "d-ig", "days": -1}, [])
    assert team.drafts.get("d").versions[0].planned_at == at(10, 7, 18)
    assert "7 Oct 2026, 18:00" in panel.status.value


def test_an_entry_is_made_changed_and_removed_by_the_form(room, team, panel):
    room.form.fresh()
    room.form._save.click()
    assert "smm-error" in panel.status.value
    room.form.fields["title"].value, room.form.fields["kind"].value = "Messe", "event"
    room.form.day.value, room.form.time.value = date(2026, 10, 24), "10 Uhr"
    room.form._save.click()
    made = next(entry for entry in team.entries.list() if entry.title == "Messe")
    assert (made.start, made.kind) == (at(10, 24, 10), "event")
    assert room.model.chosen == made.id
    room.form.time.value = ""
    room.form._save.click()
    assert team.entries.get(made.id).all_day
    room.form._remove.click()
    assert made.id not in team.entries


def test_an_hour_that_is_skipped_or_repeated_is_asked_back(model, team):
    with pytest.raises(SkippedTimeError):
        model.reschedule("n", date(2027, 3, 28), time(2, 30))
    with pytest.raises(RepeatedTimeError):
        model.reschedule("n", date(2026, 10, 25), time(2, 30))
    model.reschedule("n", date(2026, 10, 25), time(2, 30), second=True)
    assert team.entries.get("n").start.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_form_asks_which_of_two_like_times_is_meant(room, team, panel):
    room.grid._told(None, {"open": "n"}, [])
    room.form.day.value, room.form.time.value = date(2026, 10, 25), "2:30"
    assert not room.form._asked
    room.form._save.click()
    assert room.form._asked
    assert team.entries.get("n").start == at(10, 7)
    room.form._save.click()
    assert team.entries.get("n").start.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_post_of_a_draft_is_only_moved_here(room, team):
    room.grid._told(None, {"open": "d-ig"}, [])
    assert "smm-hidden" in room.form._about._dom_classes
    room.form.time.value = "19:15"
    room.form._save.click()
    assert team.drafts.get("d").versions[0].planned_at == datetime(2026, 10, 8, 19, 15, tzinfo=BERLIN)
    with pytest.raises(InvalidValueError, match="room Drafts"):
        room.model.remove("d-ig")


def test_a_posting_stop_is_called_released_and_logged(room, team, panel):
    room.stop.what.value = ("campaign", "c")
    room.stop._call.click()
    assert "reason" in panel.status.value
    room.stop.reason.value, room.stop.author.value = "Sturm", "Ada"
    room.stop._call.click()
    assert "2 entries are on hold" in panel.status.value
    assert {chip["id"] for chip in chips(room) if chip["held"]} == {"n", "d-ig"}
    room.stop.entry.value = "n"
    room.stop.release("n")
    assert set(room.model.calendar.held) == {"d-ig"}
    room.stop.release(None)
    assert room.model.calendar.held == {}
    assert room.stop._log.value.count("Ada") == 3


def test_a_calendar_file_is_shown_before_it_is_taken(room, team):
    content = team.calendar.ics().replace(b"Brief", b"Post!")
    room.files.look("a.ics", content)
    assert team.entries.get("n").title == "Brief"
    assert "a.ics" in room.files._found.value
    room.files.take()
    assert team.entries.get("n").title == "Post!"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_view_can_be_opened(team, language):
    room = panels.PlanPanel(team, language=language).rooms.enter("smm-calendar-room")
    for view in ("week", "list", "campaign", "channel", "month"):
        room.view.value = view
        shown = room._table.value if view in ("list", "campaign", "channel") else str(room.grid.days)
        assert "Tagblatt" in shown or view in ("week", "campaign")
        assert "<img" not in room._table.value
    room.model.step(1)
    assert room.model.day == date(2026, 11, 1)


def test_conflicts_are_listed_with_reason_and_lead_to_the_calendar(panel, team):
    room = panel.rooms.enter("smm-conflicts-room")
    assert "No conflicts" in room._list.value
    room.periods.grid.rows = [
        {"id": "", "cells": {"name": EVIL, "kind": "blackout", "first": "2026-10-20", "last": "2026-10-20"}}
    ]
    (period,) = team.periods.list()
    assert (period.start, period.end) == (at(10, 20, 0), at(10, 21, 0))
    room.show()
    assert "1 conflict" in room._list.value
    assert "<img" not in room._list.value
    assert room.which.value == "p"
    room._go()
    assert panel.calendar.chosen == "p"
    calendar = panel.rooms.content
    assert next(chip["mark"] for chip in chips(calendar) if chip["id"] == "p") == "bad"


def test_a_period_that_ends_before_it_starts_is_told_at_its_row(panel, team):
    team.periods.add(Period(id="x", name="Pause", start=at(10, 9, 0), end=at(10, 11, 0)))
    room = panel.rooms.enter("smm-conflicts-room")
    cells = dict(room.periods.grid.rows[0]["cells"])
    assert (cells["first"], cells["last"]) == ("2026-10-09", "2026-10-10")
    room.periods.grid.rows = [{"id": "x", "cells": {**cells, "last": "2026-10-01"}}]
    assert "swap the days" in room.periods.grid.problems[0]["text"]
    assert team.periods.get("x").end == at(10, 11, 0)


def test_rules_of_the_house_are_kept(panel, team):
    room = panel.rooms.enter("smm-conflicts-room")
    assert "No conflicts" in room._list.value
    room.limits["signoff_days"].value = 7
    assert team.settings.alignment.signoff_days == 7
    assert "Sign-off" in room._list.value
    assert "Laub" in room._list.value


@pytest.mark.parametrize(
    ("typed", "meant"), [("17:00", time(17)), ("9.30", time(9, 30)), ("8 Uhr", time(8)), ("", None)]
)
def test_times_are_read_as_people_type_them(typed, meant):
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "10:75", "soon", "-1"])
def test_other_times_are_refused(typed):
    with pytest.raises(InvalidValueError, match="no time of day"):
        read_time(typed)
