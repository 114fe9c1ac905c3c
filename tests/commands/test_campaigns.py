"""`smm campaigns`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smmlib import Campaign
from smmlib.__main__ import smm
from smmlib.drafting import from_yaml
from smmlib.errors import (
    InvalidRecordError,
    InvalidValueError,
    UnknownNameError,
    UnreadableFileError,
    WorkspaceError,
)
from smmlib.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with two campaigns, named by $SMM_WORKSPACE."""
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "home"))
    monkeypatch.delenv("SMM_LANGUAGE", raising=False)
    opened = open_workspace()
    opened.campaigns.add(Campaign(id="c1", name="Frühling", core_message="Es blüht."))
    opened.campaigns.add(Campaign(id="c2", name="Herbst\x1b[31m"))
    return opened


def run(*words: str, typed: bytes | None = None) -> Result:
    return CliRunner().invoke(smm, ["campaigns", *words], input=typed, catch_exceptions=False)


def test_campaigns_are_listed(workspace: Workspace) -> None:
    result = run()
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["c1", "c2"]
    assert "\x1b" not in result.stdout
    assert result.stderr == "2 campaigns\n"


def test_one_is_shown_with_what_is_open(workspace: Workspace) -> None:
    result = run("Frühling")
    assert from_yaml(result.stdout) == workspace.campaigns.get("c1")
    assert "Warning: There are no phrases yet" in result.stderr
    assert json.loads(run("c1", "--json").stdout)[0]["core_message"] == "Es blüht."


def test_a_brief_goes_out_is_changed_and_comes_back(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "brief.yaml"
    assert run("c1", "--export", str(file)).exit_code == 0
    file.write_text(file.read_text("utf-8").replace("Es blüht.", "Es grünt."), "utf-8")
    assert run("--import", str(file)).stdout == "Changed: Frühling\n"
    assert workspace.campaigns.get("c1").core_message == "Es grünt."
    assert len(workspace.campaigns.history("c1")) == 2
    file.write_text("\n".join(line for line in file.read_text("utf-8").splitlines() if "id:" not in line))
    assert run("--import", str(file)).stdout == "Added: Frühling\n"
    assert len(workspace.campaigns.list()) == 3


def test_standard_input_and_output(workspace: Workspace) -> None:
    assert run("--import", "-", typed="\ufeffname: Grüße".encode()).stdout == "Added: Grüße\n"
    assert from_yaml(run("Grüße", "--export", "-").stdout).name == "Grüße"


def test_a_file_that_is_there_is_not_replaced(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_text("mine")
    with pytest.raises(WorkspaceError, match="is there already"):
        run("c1", "--export", str(tmp_path / "brief.yaml"))
    assert (tmp_path / "brief.yaml").read_text() == "mine"
    with pytest.raises(WorkspaceError, match="cannot be used"):
        run("c1", "--export", str(tmp_path / "nowhere" / "brief.yaml"))


BAD = {
    "object": (b"name: !!python/object/apply:os.system [x]", UnreadableFileError, "asks for an object"),
    "field": (b"name: x\nstart: soon", InvalidRecordError, "Line 2, start"),
    "encoding": ("name: Grüße".encode("latin-1"), UnreadableFileError, "not text in UTF-8"),
}


@pytest.mark.parametrize(("content", "error", "said"), BAD.values(), ids=list(BAD))
def test_a_bad_file_changes_nothing(workspace: Workspace, content: bytes, error, said: str) -> None:
    before = workspace.campaigns.list()
    with pytest.raises(error, match=said):
        run("--import", "-", typed=content)
    assert workspace.campaigns.list() == before


def test_a_bad_file_makes_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "new"))
    (tmp_path / "bad.yaml").write_text("name: [")
    with pytest.raises(UnreadableFileError, match="not YAML"):
        run("--import", str(tmp_path / "bad.yaml"))
    assert not (tmp_path / "new").exists()


def test_what_does_not_go_together(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'Frühling'"):
        run("Fruehling")
    with pytest.raises(InvalidValueError, match="needs the name of a campaign"):
        run("--export", "x.yaml")
    with pytest.raises(InvalidValueError, match="takes no NAME"):
        run("c1", "--import", "x.yaml")
    with pytest.raises(WorkspaceError, match="cannot be used: No such file"):
        run("--import", str(tmp_path / "nothing.yaml"))
