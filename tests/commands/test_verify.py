"""`smm verify`: the log is whole, or the entry that is not is named, with exit code 1."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smmlib import Account, Draft, Version
from smmlib.__main__ import smm
from smmlib.drafting.signoff import Step
from smmlib.errors import InvalidValueError, WorkspaceError
from smmlib.workspace import open_workspace


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a signed-off draft, named by $SMM_WORKSPACE."""
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "home"))
    monkeypatch.delenv("SMM_LANGUAGE", raising=False)
    with open_workspace() as workspace:
        workspace.accounts.add(Account(id="a", network="x", handle="@rad"))
        workspace.drafts.add(Draft(id="one", text="Grüße", versions=(Version(account="a"),)))
        workspace.signoff.append(Step("request", "one", "Anna"), Step("approve", "one", "Ben"))
        return workspace.path


def run(*words: str) -> Result:
    return CliRunner().invoke(smm, ["verify", *words], catch_exceptions=False)


def by_hand(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "state.sqlite")) as connection:
        connection.execute(sql)
        connection.commit()


def test_a_whole_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run()
    assert found.exit_code == 0
    assert "The sign-off log is whole: 2 entries." in found.stdout
    head = found.stdout.splitlines()[-1].rsplit(" ", 1)[1]
    assert run("--head", head).exit_code == 0
    monkeypatch.setenv("SMM_LANGUAGE", "de")
    assert "Das Freigabeprotokoll ist unversehrt: 2 Einträge." in run().stdout


def test_an_approval_changed_by_hand_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand(folder, "UPDATE signoff_log SET actor = 'Chef' WHERE number = 2")
    found = run()
    assert found.exit_code == 1
    assert "Entry 2 was changed afterwards (actor)." in found.stdout
    monkeypatch.setenv("SMM_LANGUAGE", "de")
    assert "Eintrag 2 wurde nachträglich geändert (handelnde Person)." in run().stdout


def test_a_log_cut_off_and_covered_up_shows_against_a_state_kept_elsewhere(
    folder: Path, tmp_path: Path
) -> None:
    with open_workspace() as workspace:
        backup = workspace.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(backup) as archive:
        kept = json.loads(archive.read("backup.json"))["signoff_log"]
    by_hand(folder, "DELETE FROM signoff_log WHERE number = 2")
    assert "Entry 2 at the end is missing" in run().stdout
    by_hand(folder, "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'signoff_log'")
    assert run().exit_code == 0
    found = run("--head", kept)
    assert found.exit_code == 1
    assert "Entry 2 at the end is missing" in found.stdout


def test_an_empty_log_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "new"))
    open_workspace().close()
    assert "whole: 0 entries" in run().stdout


def test_what_cannot_be_done_is_said(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidValueError, match="no state of the log"):
        run("--head", "yesterday")
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "nowhere"))
    with pytest.raises(WorkspaceError, match="There is no workspace"):
        run()
