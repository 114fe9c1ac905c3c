"""`import smmlib` is quick: what takes long is imported where it is used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture import PROJECT

SLOW = ("alembic", "anywidget", "babel", "duckdb", "ipywidgets", "matplotlib", "pyarrow", "pydantic",
        "scipy.special", "scipy.stats", "sqlalchemy", "statsmodels")  # fmt: skip
SLOW_FOR_ROOMS = (
    "duckdb",
    "keyring",
    "openai",
    "ipywidgets",
    "matplotlib",
    "scipy.special",
    "scipy.stats",
    "sqlalchemy",
)


def python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    return done.stdout


def loaded(code: str) -> set[str]:
    """Modules a fresh Python has after `code`."""
    return set(json.loads(python(f"{code}\nimport json, sys; print(json.dumps(list(sys.modules)))")))


def test_import_smmlib_loads_nothing_slow() -> None:
    assert loaded("import smmlib") & {*SLOW, "pandas", "numpy"} == set()


@pytest.mark.slow
@pytest.mark.parametrize("room", ["assistant", "networks", "drafting", "experiments", "response"])
def test_a_room_that_computes_loads_nothing_slow(room: str) -> None:
    assert loaded(f"import smmlib.{room}") & set(SLOW_FOR_ROOMS) == set()


def test_the_look_sees_what_is_loaded() -> None:
    assert {"babel", "pydantic"} <= loaded("import smmlib\nsmmlib.Campaign\nimport babel")
