"""A posting stop keeps posts in the house, with reason and log, until it is lifted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smmlib import Account, Campaign, Draft, Version
from smmlib.drafting.signoff import Step
from smmlib.errors import InvalidRecordError, InvalidValueError, UnknownNameError
from smmlib.planning.calendar import CalendarEntry
from smmlib.workspace import Workspace

AT = datetime(2027, 3, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def team(workspace: Workspace) -> Workspace:
    """Two accounts, three drafts that are signed off, one of them without a time, and an event."""
    workspace.accounts.add(Account(id="x", network="x", handle="@rad", brand="Rad"))
    workspace.accounts.add(Account(id="b", network="bluesky", handle="@kette.example", brand="Kette"))
    workspace.campaigns.add(Campaign(id="c", name="Frühling"))
    for id, account, when, campaign in (("1", "x", AT, "c"), ("2", "b", AT, ""), ("3", "x", None, "")):
        version = Version(account=account, planned_at=when)
        workspace.drafts.add(Draft(id=id, text=f"Hallo {id}", campaign=campaign, versions=(version,)))
        workspace.signoff.append(Step("request", id, "Ada"), Step("approve", id, "Ben"))
    workspace.entries.add(CalendarEntry(id="e", title="Messe", start=AT, campaign="c"))
    return workspace


def sent(workspace: Workspace) -> list[str]:
    return [post.draft.id for post in workspace.handover.hand_over("neutral-csv").posts]


def test_before_a_stop_everything_goes(team: Workspace) -> None:
    assert sent(team) == ["2", "1", "3"]


@pytest.mark.parametrize(
    ("scope", "of", "left", "held"),
    [
        ("account", "x", ["2"], {"1-x"}),
        ("campaign", "c", ["2", "3"], {"1-x", "e"}),
        ("company", "Rad", ["2"], {"1-x"}),
        ("company", "", [], {"1-x", "2-b", "e"}),
    ],
)
def test_one_action_stops_all(team: Workspace, scope: str, of: str, left: list[str], held: set[str]) -> None:
    team.stops.call(scope, of, reason="Unfall im Werk", author="Ada")
    done = team.handover.hand_over("neutral-csv")
    assert [post.draft.id for post in done.posts] == left
    for refused in done.refused:
        assert "(Ada): Unfall im Werk" in refused.reasons[0].text("de")
    assert set(team.calendar.calendar().held) == held


def test_what_is_planned_during_a_stop_waits_too(team: Workspace) -> None:
    team.stops.call("company", reason="Unfall", author="Ada")
    team.drafts.add(Draft(id="4", text="neu", versions=(Version(account="x", planned_at=AT),)))
    assert "On hold since" in team.handover.approved(team.drafts.get("4"), "x").text()


def test_released_one_by_one_and_all(team: Workspace) -> None:
    hold = team.stops.call("company", reason="Unfall", author="Ada")
    team.stops.release(hold.id, "1-x", author="Ben", reason="harmlos")
    assert sent(team) == ["1"]
    with pytest.raises(InvalidValueError, match="'1-x' was released already"):
        team.stops.release(hold.id, "1-x", author="Ben")
    over = team.stops.release(hold.id, author="Ada")
    assert sent(team) == ["2", "1", "3"]
    assert [(step.by, step.action, step.entry, step.reason) for step in over.log] == [
        ("Ada", "hold", "", "Unfall"),
        ("Ben", "release one", "1-x", "harmlos"),
        ("Ada", "release all", "", ""),
    ]
    assert [revision.author for revision in team.holds.history(hold.id)] == ["Ada", "Ben", "Ada"]
    assert team.stops.active() == ()


def test_a_release_of_one_stop_leaves_the_other(team: Workspace) -> None:
    first = team.stops.call("account", "x", reason="eins", author="Ada")
    team.stops.call("campaign", "c", reason="zwei", author="Ada")
    team.stops.release(first.id, author="Ada")
    assert sent(team) == ["2", "3"]


def test_a_stop_between_writing_and_logging_is_met(team: Workspace) -> None:
    done = team.handover.hand_over("neutral-csv")
    team.stops.call("account", "x", reason="Unfall", author="Ada")
    with pytest.raises(InvalidValueError, match=r"On hold since .* \(Ada\): Unfall Do not post it"):
        team.handover.log(done, author="Cem")
    assert all(entry.action != "hand over" for entry in team.signoff.entries())


def test_names_and_reasons_are_checked_and_nothing_is_stored(team: Workspace) -> None:
    with pytest.raises(UnknownNameError, match="Account 'y' is unknown"):
        team.stops.call("account", "y", reason="r", author="Ada")
    with pytest.raises(UnknownNameError, match="Campaign 'y' is unknown"):
        team.stops.call("campaign", "y", reason="r", author="Ada")
    with pytest.raises(UnknownNameError, match="Brand 'rad' is unknown"):
        team.stops.call("company", "rad", reason="r", author="Ada")
    with pytest.raises(InvalidValueError, match="needs a reason"):
        team.stops.call("company", reason=" ", author="Ada")
    assert team.holds.list() == ()
    hold = team.stops.call("company", reason="r", author="Ada")
    with pytest.raises(InvalidRecordError, match="by"):
        team.stops.release(hold.id, author=" ")
    assert team.stops.active() == (hold,)
