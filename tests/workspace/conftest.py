from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from smmlib.workspace import Workspace, open_workspace


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty workspace, to be copied: making one takes a tenth of a second."""
    path = tmp_path_factory.mktemp("empty") / "workspace"
    open_workspace(path).close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a workspace may be made; there is none yet."""
    return tmp_path / "workspace"


@pytest.fixture
def workspace(folder: Path, empty: Path) -> Iterator[Workspace]:
    """An empty workspace in `folder`."""
    shutil.copytree(empty, folder)
    with open_workspace(folder, create=False) as opened:
        yield opened
