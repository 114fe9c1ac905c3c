"""What is installed is said once, in pyproject.toml; the other lists agree with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from smmlib.commands import COMMANDS
from tests.architecture import PROJECT

CONDA_NAMES = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base", "tzdata": "python-tzdata"}
LOCKS = ("requirements.lock", "requirements-dev.lock")
PYTHONS = ("3.11", "3.13")


def needed(*extras: str) -> list[Requirement]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [text for extra in extras for text in project["optional-dependencies"][extra]]
    return [Requirement(text) for text in (*project["dependencies"], *optional)]


def pinned(lock: str) -> Iterator[Requirement]:
    for line in (PROJECT / lock).read_text("utf-8").splitlines():
        yield Requirement(line)


def test_the_conda_environment_asks_for_the_same() -> None:
    environment = yaml.safe_load((PROJECT / "environment.yml").read_text("utf-8"))
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    same = [f"{CONDA_NAMES.get(r.name, r.name)}{r.specifier}" for r in needed()]
    assert sorted(listed) == sorted(["python>=3.11", "pip", *same])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_address(lock: str) -> None:
    text = (PROJECT / lock).read_text("utf-8")
    assert re.findall(r"\S*(?:://|\s@\s|^-|\\)\S*", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ()), (LOCKS[1], ("dev",))])
def test_a_lock_file_pins_one_fitting_version_of_everything(
    lock: str, extras: tuple[str, ...], python: str
) -> None:
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    pins = [pin for pin in pinned(lock) if pin.marker is None or pin.marker.evaluate(here)]
    versions = {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}
    assert len(versions) == len(pins)
    unfit = [r.name for r in needed(*extras) if not r.specifier.contains(versions[canonicalize_name(r.name)])]
    assert unfit == []


def test_the_tests_run_with_the_versions_that_users_get() -> None:
    assert {str(pin) for pin in pinned("requirements.lock")} <= {
        str(pin) for pin in pinned("requirements-dev.lock")
    }


def test_people_and_ci_run_the_same_command() -> None:
    assert (PROJECT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == "make test"
    assert "make test" in (PROJECT / "README.md").read_text("utf-8")


def test_the_guide_names_every_command() -> None:
    guide = (PROJECT / "docs" / "guide.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`smm {name}" not in guide] == []


def test_the_project_has_one_version() -> None:
    import smmlib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert smmlib.__version__ == project["version"]
    assert f"## [{smmlib.__version__}]" in (PROJECT / "CHANGELOG.md").read_text("utf-8")
