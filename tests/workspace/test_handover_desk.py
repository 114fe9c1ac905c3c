"""Posts leave a workspace only when they are signed off; a tick can be taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from smmlib import Account, Draft, Media, Version
from smmlib.drafting.signoff import Step
from smmlib.errors import InvalidValueError
from smmlib.workspace import Workspace
from tests.drafting.media import made_up as files


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    workspace.accounts.add(Account(id="x", network="x", handle="@rad"))
    workspace.drafts.add(Draft(id="one", text="Hallo", versions=(Version(account="x"),)))
    return workspace


def sign_off(workspace: Workspace) -> None:
    workspace.signoff.append(Step("request", "one", "Ada"), Step("approve", "one", "Ben", text="Gut"))


def test_what_nobody_signed_off_stays(filled: Workspace) -> None:
    done = filled.handover.hand_over("neutral-csv", language="de")
    assert done.content == b""
    assert "Noch nicht zur Freigabe" in done.refused[0].reasons[0].text("de")


def test_an_approval_lets_a_post_go_and_an_edit_stops_it(filled: Workspace) -> None:
    sign_off(filled)
    done = filled.handover.hand_over("neutral-csv")
    assert b"Hallo" in done.content
    filled.handover.log(done, author="Cem")
    filled.handover.log(done, author="")
    entry = filled.signoff.entries("one")[-1]
    assert (entry.action, entry.actor, entry.account, entry.text) == ("hand over", "Cem", "x", done.name)
    filled.drafts.update(filled.drafts.get("one").replace(text="Hallo!"))
    assert "edited since" in filled.handover.hand_over("neutral-csv").refused[0].reasons[0].text()
    with pytest.raises(InvalidValueError, match="not approved"):
        filled.handover.log(done, author="Cem")


def test_a_post_edited_on_the_way_out_is_not_the_one_signed_off(filled: Workspace) -> None:
    sign_off(filled)
    edited = filled.drafts.get("one").replace(text="Nie gesehen")
    done = filled.handover.hand_over("neutral-csv", posts=filled.handover.posts([edited]))
    assert done.content == b""
    assert "edited since" in done.refused[0].reasons[0].text()
    assert filled.handover.approved(filled.drafts.get("one"), "x") is None


def test_kept_media_go_with_a_post_and_their_rights_are_looked_at(filled: Workspace) -> None:
    asset = filled.media.add(files.telling_png(), name="x.png")
    version = Version(account="x", media=(Media(name="x.png", alt_text="Ein Rad", asset=asset.id),))
    filled.drafts.update(Draft(id="one", text="Hallo", versions=(version,)))
    sign_off(filled)
    assert "No licence" in filled.handover.hand_over("neutral-csv").refused[0].reasons[0].text()
    filled.media.describe(asset.id, licence="eigenes Foto")
    assert f"media/{asset.id}.png".encode() in filled.handover.hand_over("neutral-csv").content
    filled.media.delete(asset.id)
    assert "not among the media" in filled.handover.hand_over("neutral-csv").refused[0].reasons[0].text()


def test_a_tick_is_kept_logged_and_taken_back(filled: Workspace) -> None:
    sign_off(filled)
    ticked = filled.handover.tick("one", "x", permalink="https://x.com/rad/status/1", author="Ada")
    assert ticked.versions[0].posted_at is not None
    assert [entry.action for entry in filled.signoff.entries("one")][-1] == "posted"
    assert filled.handover.hand_over("neutral-csv").posts == ()
    with pytest.raises(InvalidValueError, match="is not a web address"):
        filled.handover.tick("one", "x", permalink="nirgends")
    filled.handover.untick("one", "x")
    assert filled.drafts.get("one").versions[0].posted_at is None
    assert len(filled.handover.hand_over("neutral-csv").posts) == 1


def test_a_plan_is_stored_when_it_is_taken(filled: Workspace) -> None:
    plan = filled.handover.read_plan("account,text\nx,Neu\nx,Hallo\n")
    assert len(filled.drafts.list()) == 1
    assert [draft.text for draft in filled.handover.take(plan, author="Ada")] == ["Neu"]
    assert len(filled.drafts.list()) == 2


def test_a_log_changed_from_outside_is_said_before_anybody_posts(filled: Workspace) -> None:
    sign_off(filled)
    assert filled.handover.hand_over("text").notes == ()
    with closing(sqlite3.connect(filled.path / "state.sqlite")) as connection:
        connection.execute("UPDATE signoff_log SET text = 'Nie gesehen' WHERE number = 1")
        connection.commit()
    (note,) = filled.handover.hand_over("text").notes
    assert "smm verify" in note.text("de")
