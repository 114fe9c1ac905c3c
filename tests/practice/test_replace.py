"""Making room for a practice workspace touches nothing else."""

import pytest

from smmlib.errors import WorkspaceError
from smmlib.practice import build_practice_company, remove_practice_company
from smmlib.workspace import open_workspace


def test_nothing_is_built_over(tmp_path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(WorkspaceError, match="is not empty"):
        build_practice_company(tmp_path)
    open_workspace(tmp_path / "own").close()
    with pytest.raises(WorkspaceError, match="There is a workspace in"):
        build_practice_company(tmp_path / "own")


def test_only_a_practice_workspace_is_removed(tmp_path) -> None:
    own = tmp_path / "own"
    open_workspace(own).close()
    with pytest.raises(WorkspaceError, match="a workspace of your own"):
        remove_practice_company(own)
    assert (own / "state.sqlite").exists()


def test_removing_leaves_other_files(tmp_path) -> None:
    folder = tmp_path / "practice"
    with open_workspace(folder) as made:
        made.change_settings(practice=True)
    (folder / "notes.txt").write_text("mine")
    remove_practice_company(folder)
    assert [found.name for found in folder.iterdir()] == ["notes.txt"]
