"""`smm backup`, `restore`, `drafts` and `version`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smmlib import Account, Campaign, Draft, Version, __version__
from smmlib.__main__ import smm
from smmlib.errors import UnknownNameError, UnreadableFileError, WorkspaceError
from smmlib.workspace import open_workspace


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two drafts, named by $SMM_WORKSPACE."""
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "home"))
    monkeypatch.delenv("SMM_LANGUAGE", raising=False)
    with open_workspace() as workspace:
        workspace.campaigns.add(Campaign(id="c1", name="Frühling"))
        workspace.accounts.add(Account(id="a1", network="mastodon", handle="@rad@social.example"))
        workspace.drafts.add(Draft(id="one", campaign="c1", text="Grüße vom \x1b[31mRad\nzweite Zeile"))
        workspace.drafts.add(
            Draft(id="two", text="Helm", versions=(Version(account="a1", text="Eigener Text"),))
        )
        return workspace.path


def run(*words: str) -> Result:
    return CliRunner().invoke(smm, words, catch_exceptions=False)


def test_drafts_are_listed(folder: Path) -> None:
    result = run("drafts")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["one", "two"]
    assert "Frühling" in lines[0]
    assert "\x1b" not in result.stdout
    assert result.stderr == "2 drafts\n"


def test_drafts_are_searched_by_words(folder: Path) -> None:
    assert run("drafts", "gruesse", "rad").stdout.split()[0] == "one"
    assert run("drafts", "eigener").stdout.split()[0] == "two"
    assert run("drafts", "mastodon").stdout.split()[0] == "two"
    nothing = run("drafts", "nirgends")
    assert (nothing.stdout, nothing.stderr, nothing.exit_code) == ("", "0 drafts\n", 0)


def test_drafts_of_a_campaign_as_json(folder: Path) -> None:
    for name in ("Frühling", "c1"):
        (draft,) = json.loads(run("drafts", "--campaign", name, "--json").stdout)
        assert Draft(**draft).id == "one"
    with pytest.raises(UnknownNameError, match="Did you mean 'Frühling'"):
        run("drafts", "--campaign", "Fruehling")


def test_one_draft_in_full(folder: Path) -> None:
    shown = run("drafts", "--show", "two").stdout
    assert "Helm" in shown
    assert "Eigener Text" in shown
    assert "zweite Zeile" in run("drafts", "--show", "one").stdout
    with pytest.raises(UnknownNameError, match="unknown"):
        run("drafts", "--show", "three")


def test_backup_and_restore(folder: Path, tmp_path: Path) -> None:
    result = run("backup", str(tmp_path / "b.zip"))
    assert result.exit_code == 0
    assert f"{folder} is kept in {tmp_path / 'b.zip'}" in result.stdout
    with open_workspace() as workspace:
        workspace.drafts.remove("one")
    restored = run("restore", str(tmp_path / "b.zip"))
    assert "The workspace that was there is in" in restored.stdout
    aside = Path(restored.stdout.splitlines()[1].split(" is in ")[1].removesuffix("."))
    with open_workspace() as workspace, open_workspace(aside, create=False) as old:
        assert "one" in workspace.drafts
        assert "one" not in old.drafts
    assert run("restore", "--into", str(tmp_path / "new"), str(tmp_path / "b.zip")).exit_code == 0
    with open_workspace(tmp_path / "new", create=False) as workspace:
        assert "one" in workspace.drafts


def test_restore_says_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no")
    with pytest.raises(UnreadableFileError, match="is no backup"):
        run("restore", str(tmp_path / "x.zip"))


def test_without_a_workspace_there_is_nothing_to_back_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "nowhere"))
    with pytest.raises(WorkspaceError, match="There is no workspace"):
        run("backup", str(tmp_path / "b.zip"))
    assert list(tmp_path.iterdir()) == []
    version = run("version")
    assert version.exit_code == 0
    assert "There is no workspace" in version.stdout


def test_version_names_the_workspace_in_the_users_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"smmlib {__version__}" in run("version").stdout
    assert f"Workspace {folder} (tables 0003)" in run("version").stdout
    monkeypatch.setenv("SMM_LANGUAGE", "de")
    assert f"Arbeitsbereich {folder} (Tabellen 0003)" in run("version").stdout
    assert "2 Entwürfe" in run("drafts").stderr
