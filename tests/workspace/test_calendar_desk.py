"""The calendar of a workspace: drafts and kept entries together, moved, checked, out and in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from smmlib import Account, Campaign, Draft, Version
from smmlib.alignment import AlignmentRules
from smmlib.drafting.signoff import Step
from smmlib.errors import InvalidRecordError, InvalidValueError, UnknownNameError
from smmlib.planning.calendar import CalendarEntry, Period
from smmlib.timetable import SkippedTimeError
from smmlib.workspace import Workspace, open_workspace

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 26, 7, 0, tzinfo=UTC)
AT = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)


@pytest.fixture
def team(folder: Path) -> Iterator[Workspace]:
    with open_workspace(folder, clock=lambda: NOW) as workspace:
        workspace.accounts.add(Account(id="x", network="x", handle="@rad", brand="Rad"))
        workspace.campaigns.add(Campaign(id="c", name="Frühling"))
        version = Version(account="x", planned_at=AT)
        workspace.drafts.add(Draft(id="d", campaign="c", text="Hallo", versions=(version,)))
        workspace.calendar.keep(
            CalendarEntry(id="ad", kind="insertion", title="Viertelseite", start=AT, channel="Bote"),
            author="Ada",
        )
        yield workspace


def test_posts_and_kept_entries_stand_in_one_calendar(team: Workspace) -> None:
    team.periods.add(Period(name="Wahl", start=AT, end=AT + timedelta(hours=1)))
    team.change_settings(states=("BY",), language="de")
    shown = team.calendar.calendar()
    assert [entry.id for entry in shown.entries] == ["d-x", "ad"]
    frame = shown.to_frame("de").set_index("id")
    assert frame["channel"].to_dict() == {"d-x": "X · @rad", "ad": "Bote"}
    assert frame.loc["d-x", "campaign"] == "Frühling"
    month = shown.month(2026, 4).to_frame().set_index("day")
    assert month.loc[date(2026, 4, 3), "holidays"] == "Karfreitag"
    assert shown.periods[0].name == "Wahl"
    with pytest.raises(UnknownNameError, match="'nobody' is unknown"):
        team.calendar.get("nobody")


def test_what_another_notebook_changes_is_seen(team: Workspace, folder: Path) -> None:
    before = team.calendar.entries()
    assert team.calendar.entries() == before
    with open_workspace(folder) as other:
        other.drafts.update(other.drafts.get("d").replace(title="Neu"))
        other.entries.remove("ad")
        other.entries.add(CalendarEntry(id="new", title="n", start=AT))
    assert [(entry.id, entry.title) for entry in team.calendar.entries()] == [("d-x", "Neu"), ("new", "n")]
    with open_workspace(folder) as other:
        other.accounts.update(other.accounts.get("x").replace(time_zone="Europe/London"))
    assert team.calendar.get("d-x").time_zone == "Europe/London"
    team.drafts.remove("d")
    assert [entry.id for entry in team.calendar.entries()] == ["new"]


def test_a_move_changes_the_draft_or_the_entry_and_has_a_history(team: Workspace) -> None:
    for id in ("d-x", "ad"):
        with pytest.raises(SkippedTimeError, match="29 Mar 2026, 02:30 does not exist"):
            team.calendar.move(id, days=1)
        assert team.calendar.move(id, days=2, author="Ben").local.day == 30
    assert team.drafts.get("d").versions[0].planned_at == datetime(2026, 3, 30, 2, 30, tzinfo=BERLIN)
    assert team.drafts.history("d")[-1].author == "Ben"
    assert [r.author for r in team.entries.history("ad")] == ["Ada", "Ben"]
    assert team.calendar.move("d-x", to=datetime(2026, 4, 1, 9)).local.hour == 9
    assert team.calendar.get("d-x").local == datetime(2026, 4, 1, 9, tzinfo=BERLIN)


def test_a_post_is_kept_in_its_draft_only(team: Workspace) -> None:
    with pytest.raises(InvalidValueError, match="'Hallo' stands in a draft"):
        team.calendar.keep(team.calendar.get("d-x"))
    number = team.entries.revision("ad")
    changed = team.calendar.keep(team.entries.get("ad").replace(owner="Ben"), expected=number)
    assert team.entries.get("ad") == changed


def test_conflicts_know_sign_off_periods_and_rules(team: Workspace) -> None:
    assert [(c.rule, c.entries) for c in team.calendar.conflicts()] == [("signoff", ("d-x",))]
    team.signoff.append(Step("request", "d", "Ada"), Step("approve", "d", "Ben"))
    assert len(team.calendar.conflicts()) == 0
    team.drafts.update(team.drafts.get("d").replace(text="Anders"))
    assert "edited since" in team.calendar.conflicts().found[0].text()
    team.periods.add(Period(name="Wahl", start=AT, end=AT + timedelta(hours=1), kinds=("insertion",)))
    assert [c.rule for c in team.calendar.conflicts()] == ["blackout", "signoff"]
    team.change_settings(alignment=AlignmentRules(off=("blackout",), signoff_days=0))
    assert len(team.calendar.conflicts()) == 0
    team.change_settings(alignment=AlignmentRules(signoff_days=1))
    assert [c.rule for c in team.calendar.conflicts()] == ["blackout"]  # the post is due in two days


def test_a_file_comes_back_as_updates_and_a_bad_one_changes_nothing(team: Workspace) -> None:
    data = team.calendar.ics().decode()
    assert data.count("BEGIN:VEVENT") == 2
    assert "SEQUENCE:1" in data
    assert team.calendar.read_ics(data).counts() == {"unchanged": 2}
    moved = data.replace("T023000", "T090000").replace("T024500", "T091500")
    found = team.calendar.read_ics(moved)
    assert found.counts() == {"changed": 1, "moved": 1}
    assert team.calendar.get("ad").local.hour == 2  # nothing is stored yet
    team.calendar.take(found, author="Ada")
    assert [entry.local.hour for entry in team.calendar.entries()] == [9, 9]
    assert team.drafts.history("d")[-1].author == "Ada"
    assert team.calendar.read_ics(moved).counts() == {"unchanged": 2}
    assert team.calendar.read_ics(data).counts() == {"not taken": 2}  # it is older than what is here

    before = team.calendar.entries()
    bad = moved.replace("20260328T090000", "20260329T023000", 1).replace(
        "20260328T091500", "20260329T040000", 1
    )
    with pytest.raises(InvalidRecordError, match="does not exist"):
        team.calendar.read_ics(bad)
    assert team.calendar.entries() == before

    team.calendar.take(
        team.calendar.read_ics(moved.replace("CONFIRMED", "CANCELLED").replace("SEQUENCE:1", "SEQUENCE:5"))
    )
    assert [entry.id for entry in team.calendar.entries()] == ["d-x"]
