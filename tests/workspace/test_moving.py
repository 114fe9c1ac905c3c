"""A workspace is taken along to another folder; the old one stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from smmlib import Draft
from smmlib.errors import InvalidValueError
from smmlib.workspace import Workspace, open_workspace


@pytest.mark.parametrize("there", [False, True])
def test_everything_comes_along(workspace: Workspace, tmp_path: Path, there: bool) -> None:
    workspace.drafts.add(Draft(id="mine", text="Grüße"))
    target = tmp_path / "disk" / "workspace"
    if there:
        target.mkdir(parents=True)
    assert workspace.copy_to(target) == target
    with open_workspace(target, create=False) as copy:
        assert copy.drafts.history("mine") == workspace.drafts.history("mine")
        copy.drafts.update(copy.drafts.get("mine").replace(text="Neu"))
    assert workspace.drafts.get("mine").text == "Grüße"
    assert [path.name for path in target.parent.iterdir()] == ["workspace"]


def test_what_is_there_is_not_touched(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    for taken in (tmp_path / "full", workspace.path):
        before = sorted(taken.iterdir())
        with pytest.raises(InvalidValueError, match="is not empty; it was not touched"):
            workspace.copy_to(taken)
        assert sorted(taken.iterdir()) == before
