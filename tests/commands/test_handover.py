"""`smm handover` and `smm drafts --import`, as they are typed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smmlib import Account, Draft, Version
from smmlib.__main__ import smm
from smmlib.drafting.signoff import Step
from smmlib.errors import InvalidValueError, UnknownNameError, UnreadableFileError
from smmlib.workspace import open_workspace

PLANNED = datetime(2030, 12, 1, 17, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two drafts, of which the first is signed off."""
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "home"))
    monkeypatch.delenv("SMM_LANGUAGE", raising=False)
    with open_workspace() as workspace:
        workspace.accounts.add(Account(id="x", network="x", handle="@rad"))
        for id in ("one", "two"):
            version = Version(account="x", planned_at=PLANNED)
            workspace.drafts.add(Draft(id=id, text=f"Hallo {id}", title="\x1b[31m", versions=(version,)))
        workspace.signoff.append(Step("request", "one", "Ada"), Step("approve", "one", "Ben", text="Gut"))
        return workspace.path


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(smm, words, input=typed, catch_exceptions=False)


def test_profiles_are_listed_with_their_day(folder: Path) -> None:
    shown = run("handover").stdout
    assert "hootsuite" in shown
    assert "24 Nov 2026" in shown


def test_a_profile_without_a_file_asks_where_to(folder: Path) -> None:
    with pytest.raises(InvalidValueError, match="smm handover plan FILE"):
        run("handover", "plan")


def test_what_is_signed_off_is_written_and_the_other_is_named(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "posts.json"
    days = ("--from", "2030-12-01", "--until", "01.12.2030")
    result = run("handover", "neutral-json", str(file), *days, "--author", "Cem")
    with open_workspace() as workspace:
        assert (workspace.signoff.entries("one")[-1].actor) == "Cem"
    assert result.exit_code == 0
    assert [post["draft"] for post in json.loads(file.read_bytes())["posts"]] == ["one"]
    assert "Nobody has asked for a review yet." in result.stderr
    assert "1 post refused." in result.stderr
    assert "\x1b" not in result.stderr
    with pytest.raises(InvalidValueError, match="is there already"):
        run("handover", "neutral-json", str(file))
    assert run("handover", "calendar", str(tmp_path)).exit_code == 0
    assert list(tmp_path.glob("posts-calendar-*.ics"))


def test_nothing_to_hand_over_is_no_success(folder: Path, tmp_path: Path) -> None:
    result = run("handover", "plan", str(tmp_path / "p.xlsx"), "--account", "nobody")
    assert result.exit_code == 1
    assert not (tmp_path / "p.xlsx").exists()


def test_ids_of_a_tool_are_given_by_account(folder: Path, tmp_path: Path) -> None:
    result = run("handover", "postiz", str(tmp_path / "p.json"), "--channel", "@rad=cm4")
    assert result.exit_code == 0
    (body,) = json.loads((tmp_path / "p.json").read_bytes())
    assert body["posts"][0]["integration"] == {"id": "cm4"}
    with pytest.raises(InvalidValueError, match="ACCOUNT=ID"):
        run("handover", "postiz", str(tmp_path / "q.json"), "--channel", "rad")
    with pytest.raises(UnknownNameError, match="Account 'nobody'"):
        run("handover", "postiz", str(tmp_path / "q.json"), "--channel", "nobody=1")
    with pytest.raises(UnknownNameError, match="Did you mean 'buffer'"):
        run("handover", "bufer", str(tmp_path / "q.csv"))


def test_a_plan_is_reported_and_stored_only_after_a_yes(folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("account,text,planned_at\nx,Neu,2030-12-02 18:30\ny,Nein,\n", "utf-8")
    asked = run("drafts", "--import", str(plan), typed="n\n").stdout
    assert "2 rows: 1 new" in asked
    assert "Row 3: Account 'y' is unknown" in asked
    assert "Nothing stored." in asked
    with open_workspace() as workspace:
        assert len(workspace.drafts.list()) == 2
    assert "1 draft stored." in run("drafts", "--import", str(plan), "--yes").stdout
    with open_workspace() as workspace:
        assert workspace.drafts.list()[-1].text == "Neu"
    assert "Nothing stored." in run("drafts", "--import", str(plan), "--yes").stdout
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        run("drafts", "--import", str(tmp_path / "nowhere.csv"))
