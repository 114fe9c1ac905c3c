"""Public data the tests read where it lies beside the project; without it they are skipped."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "data"


def real_file(name: str) -> Path:
    """The file, or a skipped test."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"public data file {name} is not beside the project ({FOLDER})")
    return path
