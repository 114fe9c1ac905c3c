"""The public names are complete, sorted, and say what they are when one is misspelt."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import smmlib

ROOMS = [module.name for module in pkgutil.iter_modules(smmlib.__path__, "smmlib.") if module.ispkg]


def public(room: ModuleType) -> set[str]:
    """Functions and classes a room's __init__ holds under a name without underscore."""
    return {
        name
        for name, thing in vars(room).items()
        if not name.startswith("_")
        and (inspect.isclass(thing) or inspect.isfunction(thing))
        and thing.__module__.startswith("smmlib.")
    }


def test_smmlib_hands_out_every_name_it_lists() -> None:
    assert [name for name in smmlib.__all__ if getattr(smmlib, name, None) is None] == []


def test_the_names_are_sorted() -> None:
    assert list(smmlib.__all__) == sorted(smmlib.__all__)
    assert set(smmlib.__all__) <= set(dir(smmlib))


def test_every_name_stands_in_one_place() -> None:
    home = vars(smmlib)["_HOME"]
    rooms = {name for name in smmlib.__all__ if inspect.ismodule(getattr(smmlib, name))}
    assert set(home) | rooms == set(smmlib.__all__)


def test_what_the_type_checker_sees_is_what_python_hands_out() -> None:
    lines = inspect.getsource(smmlib).partition("if TYPE_CHECKING:\n")[2].partition("\n\n")[0].splitlines()
    seen = {name.strip() for line in lines for name in line.partition(" import ")[2].split(",")}
    assert seen == set(smmlib.__all__)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_lists_its_names_completely_and_sorted(room: str) -> None:
    module = importlib.import_module(room)
    names = list(getattr(module, "__all__", []))
    assert public(module) - set(names) == set()
    assert [name for name in names if getattr(module, name, None) is None] == []
    assert names == sorted(names, key=by_kind)


def by_kind(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions, as ruff sorts `__all__`."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("room", ["smmlib", "smmlib.panels"])
def test_a_misspelt_name_is_answered_with_the_names_there_are(room: str) -> None:
    module = importlib.import_module(room)
    known = f"module '{room}' has no attribute 'Workbenhc'; it has .*{module.__all__[-1]}"
    with pytest.raises(AttributeError, match=known):
        _ = module.Workbenhc


def test_a_name_that_is_not_there_is_not_imported() -> None:
    with pytest.raises(ImportError, match="open_workspase"):
        from smmlib import open_workspase  # noqa: F401
