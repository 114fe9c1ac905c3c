"""What tests of several rooms share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tests.architecture import PROJECT

REAL_DATA = PROJECT.parent / "shared" / "data"


# A machine may be busy: how long one example takes says nothing about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def finished_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the practice company; not to be changed, see `practice`."""
    from smmlib.practice import build_practice_company

    path = tmp_path_factory.mktemp("practice") / "practice"
    build_practice_company(path).close()
    return path


@pytest.fixture
def practice(finished_practice: Path, tmp_path: Path) -> Path:
    """A practice company of one's own."""
    return Path(shutil.copytree(finished_practice, tmp_path / "practice"))


@pytest.fixture
def real_data() -> Path:
    """Folder of published data sets that are not part of this project."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"the published data sets are not on this machine ({REAL_DATA.name}/ beside the project)")
    return REAL_DATA
