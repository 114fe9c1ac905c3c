from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smmlib.workspace import Workspace, open_workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with open_workspace(folder) as opened:
        yield opened
