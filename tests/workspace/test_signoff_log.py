"""The sign-off log in a workspace: tampered with by hand, written by several at once, erased from, kept."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smmlib import Account, Campaign, Draft, Version
from smmlib.drafting.signoff import Head, Step
from smmlib.errors import ConflictError, InvalidValueError, UnknownNameError
from smmlib.workspace import Workspace, log_rows, open_workspace
from tests.workspace.test_safety import Writer, integrity, killed_at_random

PLANNED = datetime(2026, 11, 5, 17, 0, tzinfo=UTC)


@pytest.fixture
def team(workspace: Workspace) -> Workspace:
    """A draft of Anna's for two accounts; PR and legal have to approve."""
    workspace.campaigns.add(Campaign(id="c", name="Herbst", reviewers={"PR": (), "legal": ("Leo Öz",)}))
    workspace.accounts.add(Account(id="x", network="x", handle="@rad"))
    workspace.accounts.add(Account(id="m", network="mastodon", handle="@rad@social.example"))
    versions = (Version(account="x", planned_at=PLANNED), Version(account="m"))
    workspace.drafts.add(Draft(id="one", campaign="c", text="Grüße", versions=versions), author="Anna")
    return workspace


def approved(team: Workspace) -> Workspace:
    team.signoff.append(
        Step("request", "one", "Anna", text="Bitte bis Freitag"),
        Step("approve", "one", "Paula", role="PR"),
        Step("approve", "one", "Leo Öz", role="legal", text="Geprüft"),
    )
    return team


def by_hand(team: Workspace, sql: str, *values: object) -> None:
    """Change the database behind the workbench's back."""
    with closing(sqlite3.connect(team.path / "state.sqlite")) as connection:
        connection.execute(sql, values)
        connection.commit()


def test_a_draft_goes_its_way(team: Workspace) -> None:
    assert team.signoff.head() is None
    assert team.signoff.key() == ""
    assert team.signoff.state("one").state == "draft"
    approved(team)
    assert team.signoff.state("one").approved("x")
    assert team.signoff.state("one").approved("m")
    entries = team.signoff.entries("one")
    assert [(e.number, e.action, e.account) for e in entries][:3] == [
        (1, "request", "x"),
        (2, "request", "m"),
        (3, "approve", "x"),
    ]
    assert entries[2].window.text("de", "Europe/Berlin") == "05.11.2026, 00:00 Uhr bis 05.11.2026, 23:59 Uhr"
    assert entries[3].window.open
    assert team.signoff.key() == entries[0].hash
    assert team.signoff.head() == Head(6, entries[-1].hash)
    assert team.signoff.verify(Head(2, entries[1].hash)).whole
    team.drafts.update(team.drafts.get("one").replace(text="Grüße!"))
    assert not team.signoff.state("one").approved("x")
    with pytest.raises(
        InvalidValueError, match=r"not approved, so not handed over\. The text was edited since"
    ):
        team.signoff.append(Step("hand over", "one", "Anna", ("x",)))


def test_all_steps_are_logged_or_none(team: Workspace) -> None:
    with pytest.raises(InvalidValueError, match="Mallory is not named"):
        team.signoff.append(Step("request", "one", "Anna"), Step("approve", "one", "Mallory", role="legal"))
    assert team.signoff.entries() == ()
    with pytest.raises(UnknownNameError, match="Draft 'gone'"):
        team.signoff.append(Step("comment", "gone", "Anna", text="?"))
    with pytest.raises(InvalidValueError, match="does not go to li"):
        team.signoff.append(Step("request", "one", "Anna", ("li",)))


def test_authors_are_those_who_wrote_or_asked(team: Workspace) -> None:
    team.signoff.append(Step("request", "one", "Ben"))
    for name in ("anna", "BEN"):
        with pytest.raises(InvalidValueError, match="draft of your own"):
            team.signoff.append(Step("approve", "one", name, role="PR"))
    entries = team.signoff.append(Step("approve", "one", "anna", role="PR", text="Niemand sonst da"))
    assert all(entry.own for entry in entries)
    assert not any(entry.own for entry in team.signoff.append(Step("approve", "one", "Paula", role="PR")))


def test_a_decision_on_what_is_no_longer_there_is_a_conflict(team: Workspace) -> None:
    team.signoff.append(Step("request", "one", "Anna"))
    seen = {id: s.sign_off.content.fingerprint for id, s in team.signoff.situations("one").items()}
    draft = team.drafts.get("one")
    team.drafts.update(draft.replace(text="Anders"))
    with pytest.raises(ConflictError, match="changed while you were looking"):
        team.signoff.append(Step("approve", "one", "Paula", role="PR", seen=seen))
    team.drafts.update(draft)
    assert team.signoff.append(Step("approve", "one", "Paula", role="PR", seen=seen))


CONTENT = "replace(content, 'Gr', 'Br')"
WINDOW, TIME = "2027-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00"
TAMPERING = {
    "another actor": ("UPDATE signoff_log SET actor = 'Leo Öz' WHERE number = 3", 3, "actor"),
    "another reason": ("UPDATE signoff_log SET text = 'Nie gesehen' WHERE number = 5", 5, "comment"),
    "another content": (f"UPDATE signoff_log SET content = {CONTENT} WHERE number = 4", 4, "content"),
    "another action": ("UPDATE signoff_log SET action = 'approve' WHERE number = 1", 1, "entry"),
    "another time": (f"UPDATE signoff_log SET at = '{TIME}' WHERE number = 2", 2, "entry"),
    "no time": ("UPDATE signoff_log SET at = 'gestern' WHERE number = 2", 2, "entry"),
    "a wider window": (f"UPDATE signoff_log SET closes = '{WINDOW}' WHERE number = 3", 3, "entry"),
    "a window that is none": ("UPDATE signoff_log SET closes = '1999-01-01' WHERE number = 3", 3, "entry"),
    "another draft": ("UPDATE signoff_log SET draft = 'two' WHERE number = 6", 6, "draft"),
    "a time of bytes": ("UPDATE signoff_log SET at = x'ff00' WHERE number = 2", 2, "entry"),
    "an action of bytes": ("UPDATE signoff_log SET action = x'ff00' WHERE number = 2", 2, "entry"),
    "a hash of bytes": ("UPDATE signoff_log SET previous = x'ff00' WHERE number = 2", 2, "entry"),
    "a window of bytes": ("UPDATE signoff_log SET opens = x'ff00' WHERE number = 3", 3, "entry"),
    "salts without end": (
        "UPDATE signoff_log SET salts = replace(hex(zeroblob(100000)), '0', '[') WHERE number = 6",
        6,
        "actor",
    ),
    "no seals": ("UPDATE signoff_log SET seals = '[]' WHERE number = 6", 6, "actor"),
    "taken out": ("DELETE FROM signoff_log WHERE number = 2", 3, "taken out"),
    "cut off": ("DELETE FROM signoff_log WHERE number = 6", 6, "cut off"),
    "a deleted comment": (
        "UPDATE signoff_log SET text = NULL, salts = json_remove(salts, '$.text') WHERE number = 5",
        5,
        "without an erasure on record (comment)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERING)
def test_what_was_changed_by_hand_is_named(team: Workspace, name: str) -> None:
    approved(team)
    assert team.signoff.verify().whole
    sql, number, said = TAMPERING[name]
    by_hand(team, sql)
    found = team.signoff.verify()
    assert not found.whole
    assert any(breach.number == number and said in breach.text() for breach in found.breaches), found.text()
    assert team.signoff.history("one")
    assert "m" in team.signoff.state("one").accounts


def test_an_approval_written_by_hand_does_not_count(team: Workspace) -> None:
    team.signoff.append(Step("request", "one", "Anna"), Step("approve", "one", "Leo Öz", role="legal"))
    by_hand(
        team,
        "INSERT INTO signoff_log SELECT 5, at, action, 'PR', own, source, opens, closes, actor, draft, "
        "account, text, content, entered_by, salts, seals, previous, 'f' FROM signoff_log WHERE number = 4",
    )
    assert not team.signoff.state("one").approved("m")
    assert team.signoff.state("one").accounts["m"].tampered == (5,)
    assert "entry 5 of the sign-off log" in team.signoff.state("one").reason("m").text()


def test_a_person_is_erased_and_the_log_stays_whole(team: Workspace, folder: Path) -> None:
    approved(team)
    before = team.signoff.verify()
    erasure = team.erase("Leo Öz", author="Ben")
    assert erasure.approvals == 2
    assert not [p for p in folder.rglob("*") if p.is_file() and b"Leo" in p.read_bytes()]
    found = team.signoff.verify(before.head)
    assert found.whole, found.text()
    assert (found.entries, found.erased) == (7, 2)
    last = team.signoff.entries()[-1]
    assert (last.action, last.actor, last.text) == ("erase", "Ben", "5: actor; 6: actor")
    # The approval still holds, by nobody that could be named.
    assert team.signoff.state("one").approved("x")
    assert team.signoff.state("one").accounts["x"].approvals[-1].actor == "[erased]"
    assert "3 entries" not in found.text()


def test_a_name_in_an_approved_text_is_erased_with_its_fingerprint(team: Workspace) -> None:
    team.drafts.update(team.drafts.get("one").replace(text="Danke, Jürgen Öztürk!"))
    approved(team)
    fingerprint = team.signoff.entries()[-1].fingerprint
    team.erase("jürgen öztürk")
    assert fingerprint not in (team.path / "state.sqlite").read_bytes().decode("latin-1")
    assert team.signoff.verify().whole
    assert not team.signoff.state("one").approved("x")
    assert "erased on request" in team.signoff.state("one").reason("x").text()
    assert team.signoff.state("one").state == "draft"


def test_a_backup_keeps_the_log_and_its_state_elsewhere(team: Workspace, tmp_path: Path) -> None:
    approved(team)
    head = team.signoff.head()
    backup = team.backup(tmp_path / "team.zip")
    team.signoff.append(Step("comment", "one", "Anna", text="danach"))
    by_hand(team, "DELETE FROM signoff_log")
    assert not team.signoff.verify().whole
    team.restore(backup)
    assert team.signoff.verify(head).whole
    assert team.signoff.state("one").approved("x")


def test_lone_surrogates_and_long_comments_are_kept(team: Workspace) -> None:
    text = "a\ud800\u202e'; DROP TABLE signoff_log; --" + "ä" * 100_000
    team.signoff.append(Step("comment", "one", "=cmd()", text=text))
    assert team.signoff.verify().whole
    assert team.signoff.entries()[0].text == text.replace("\ud800", "?")


def test_a_workspace_made_before_has_an_empty_log(folder: Path) -> None:
    from tests.workspace.test_database import first_version

    first_version(folder)
    with open_workspace(folder) as workspace:
        assert workspace.signoff.entries() == ()
        assert workspace.signoff.verify().whole
        assert workspace.signoff.state("old").state == "draft"


@pytest.mark.slow
def test_two_processes_approve_and_comment_and_nothing_is_lost(team: Workspace, tmp_path: Path) -> None:
    team.campaigns.update(team.campaigns.get("c").replace(reviewers={"PR": (), "legal": ()}))
    team.signoff.append(Step("request", "one", "Anna"))
    writers = [Writer("approvals", team.path, name, tmp_path) for name in ("PR", "legal")]
    for writer in writers:
        assert writer.told() == [["done"]]
    state = team.signoff.state("one")
    assert state.approved("x")
    assert state.approved("m")
    texts = [entry.text for entry in state.comments]
    assert sorted(texts) == sorted(f"{name} {i}" for name in ("PR", "legal") for i in range(20))
    assert team.signoff.verify().whole
    assert team.signoff.verify().entries == 2 + 4 + 40


@pytest.mark.slow
def test_two_killed_writers_leave_a_whole_log_with_all_that_was_acknowledged(
    team: Workspace, tmp_path: Path
) -> None:
    dice = random.Random(20261126)
    acknowledged: dict[str, str] = {}
    team.close()
    for _ in range(6):
        acknowledged |= dict(killed_at_random("comments", team.path, dice, tmp_path))
        assert integrity(team.path) == "ok"
    entries = {str(entry.number): entry.text for entry in team.signoff.entries()}
    assert len(acknowledged) > 6
    assert {number: text for number, text in acknowledged.items() if entries.get(number) != text} == {}
    assert team.signoff.verify().whole


def test_entries_are_dated_by_the_clock_of_the_workspace(folder: Path) -> None:
    now = datetime(2026, 11, 2, 10, tzinfo=UTC)
    with open_workspace(folder, clock=lambda: now + timedelta(hours=1)) as workspace:
        workspace.drafts.add(Draft(id="one"))
        (entry,) = workspace.signoff.append(Step("comment", "one", "Anna", text="da"))
        assert workspace.signoff.entries() == (entry,)
    assert entry.at == now + timedelta(hours=1)


def test_states_of_several_drafts_are_those_of_each(team: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_rows, "_AT_ONCE", 2)
    approved(team)
    for number in range(4):
        team.drafts.add(Draft(id=f"d{number}", text="Neu", versions=(Version(account="x"),)))
    team.signoff.append(Step("request", "d3", "Anna"), Step("approve", "d3", "Ben"))
    by_hand(team, "UPDATE signoff_log SET previous = 'x' WHERE draft = 'one' AND action = 'approve'")
    drafts = team.drafts.list()
    found = team.signoff.states(drafts)
    assert list(found) == [draft.id for draft in drafts]
    for id in ("one", "d0", "d3"):
        assert found[id] == team.signoff.state(id)
    assert (found["one"].approved("x"), found["d3"].approved("x")) == (False, True)
