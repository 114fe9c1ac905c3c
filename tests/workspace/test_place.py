from __future__ import annotations

from pathlib import Path

import pytest

from smmlib.errors import WorkspaceError
from smmlib.workspace import open_workspace
from smmlib.workspace.place import find_workspace, project_root, settled, usual_folder


def test_a_named_folder_comes_first(tmp_path: Path) -> None:
    environ = {"SMM_WORKSPACE": str(tmp_path / "variable")}
    assert find_workspace("named", environ=environ, start=tmp_path) == tmp_path / "named"
    assert find_workspace(None, environ=environ, start=tmp_path) == tmp_path / "variable"
    assert find_workspace("~/smm", environ={}, start=tmp_path) == Path.home() / "smm"


def test_the_project_is_searched_upwards(tmp_path: Path) -> None:
    inner = tmp_path / "clone" / "notebooks" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "clone" / "smmlib").mkdir()
    assert find_workspace(None, environ={}, start=inner) == tmp_path / "clone" / "data" / "workspace"
    renamed = tmp_path / "other"
    renamed.mkdir()
    (renamed / "pyproject.toml").write_text('[project]\nname = "smmlib"\n')
    assert project_root(renamed) == renamed


def test_another_project_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\ndependencies = ["smmlib"]\n')
    (tmp_path / "notebooks").mkdir()
    assert project_root(tmp_path) is None


def test_without_a_project_a_folder_is_offered(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"SMM_WORKSPACE.*offered here: .*smmlib"):
        find_workspace(None, environ={}, start=tmp_path)


def test_outside_of_projects_it_is_the_one_that_the_lab_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    own = made(tmp_path / "home" / "Social-Media-Workbench" / "data" / "workspace")
    assert find_workspace(None, environ={}, start=tmp_path) == own
    (tmp_path / "pyproject.toml").write_text('name = "smmlib"')
    assert find_workspace(None, environ={}, start=tmp_path) == tmp_path / "data" / "workspace"


def test_open_uses_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMM_WORKSPACE", str(tmp_path / "mine"))
    with open_workspace() as workspace:
        assert workspace.path == tmp_path / "mine"


def test_nothing_is_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="There is no workspace in"):
        open_workspace(tmp_path / "w", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(WorkspaceError, match="cannot be made"):
        open_workspace(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_the_own_workspace_comes_before_the_practice_company_once_it_is_there(tmp_path: Path) -> None:
    environ = {"SMM_WORKSPACE": str(tmp_path / "practice"), "SMM_OWN_WORKSPACE": str(tmp_path / "own")}
    assert find_workspace(None, environ=environ, start=tmp_path) == tmp_path / "practice"
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "state.sqlite").touch()
    assert find_workspace(None, environ=environ, start=tmp_path) == tmp_path / "own"
    assert find_workspace("named", environ=environ, start=tmp_path) == tmp_path / "named"


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's local data lies."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_named, **_how: tmp_path / "own")
    return tmp_path / "own"


def made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "state.sqlite").touch()
    return folder


def test_a_project_in_a_synchronised_folder_gets_its_workspace_elsewhere(
    tmp_path: Path, own_data: Path
) -> None:
    project = tmp_path / "Nextcloud" / "clone"
    assert usual_folder(tmp_path / "clone") == tmp_path / "clone" / "data" / "workspace"
    assert usual_folder(project) == own_data / "workspace"
    there = made(project / "data" / "workspace")
    assert usual_folder(project) == there  # the only one; it is opened with a warning
    local = made(own_data / "workspace")
    assert usual_folder(project) == local
    environ = {"SMM_WORKSPACE": str(there), "SMM_OWN_WORKSPACE": str(there)}
    assert find_workspace(None, environ=environ, start=tmp_path) == local
    assert find_workspace(there, environ=environ, start=tmp_path) == there


def test_no_folder_is_offered_that_is_no_better(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_named, **_how: tmp_path / "Dropbox" / "own")
    folder = tmp_path / "Dropbox" / "clone" / "data" / "workspace"
    assert settled(folder) == folder
