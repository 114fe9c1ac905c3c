"""`smm sample`."""

import json

import pytest
from click.testing import CliRunner

from smmlib.commands.sample import command, default_folder
from smmlib.errors import WorkspaceError
from smmlib.workspace import open_workspace


def _run(*arguments, **environ):
    return CliRunner(env={"SMM_LANGUAGE": "", **environ}).invoke(
        command, [str(a) for a in arguments], catch_exceptions=False
    )


def test_it_writes_the_export_files_and_the_truth(tmp_path) -> None:
    done = _run("--exports", tmp_path, "--seed", 7)
    assert done.exit_code == 0
    names = {found.name for found in tmp_path.iterdir()}
    assert {"truth.json", "instagram_bollerbeck.csv", "xing_typed.csv", "anzeigen.csv"} <= names
    assert json.loads((tmp_path / "truth.json").read_text("utf-8"))["seed"] == 7
    assert f"{len(names)} files" in done.output


def test_files_are_replaced_only_by_force(tmp_path) -> None:
    (tmp_path / "truth.json").write_text("mine")
    with pytest.raises(WorkspaceError, match=r"truth\.json already"):
        _run("--exports", tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == ["truth.json"]
    assert _run("--exports", tmp_path, "--force").exit_code == 0
    assert (tmp_path / "truth.json").read_text("utf-8") != "mine"


def test_a_workspace_of_your_own_is_never_replaced(tmp_path) -> None:
    open_workspace(tmp_path).close()
    for force in ([], ["--force"]):
        with pytest.raises(WorkspaceError, match=r"already|of your own"):
            _run("--into", tmp_path, *force)


@pytest.mark.slow
def test_a_practice_workspace_is_replaced_by_force(tmp_path) -> None:
    folder = tmp_path / "practice"
    assert "125 drafts" in _run("--into", folder).output
    with pytest.raises(WorkspaceError, match="already"):
        _run("--into", folder)
    done = _run("--into", folder, "--seed", 7, "--force", SMM_LANGUAGE="de")
    assert "125 Entwürfe" in done.output
    assert json.loads((folder / "truth.json").read_text("utf-8"))["seed"] == 7


def test_both_at_once_is_refused(tmp_path) -> None:
    done = _run("--into", tmp_path / "a", "--exports", tmp_path / "b")
    assert done.exit_code == 2
    assert "not both" in done.output


def test_the_default_lies_in_the_project(tmp_path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "smmlib").mkdir()
    (tmp_path / "notebooks" / "deep").mkdir()
    assert default_folder(tmp_path / "notebooks" / "deep") == tmp_path / "data" / "practice"
