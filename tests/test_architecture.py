"""The house stands: imports go down, libraries stay in their rooms, only some rooms write."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import smmlib
from tests.architecture import FLOOR, PACKAGE, PROJECT, breaches, imports_of, module_name, room_of

MODULES = sorted(PACKAGE.rglob("*.py"))
WRITING_ROOMS = {"workspace", "practice", "commands"}
WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "touch", "rmtree", "copyfile", "copytree"}


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def room(path: Path) -> str:
    return room_of(module_name(path, PROJECT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down_and_libraries_stay_in_their_rooms(path: Path) -> None:
    assert breaches(path, PROJECT) == []


def test_every_room_on_a_floor_exists() -> None:
    there = {p.stem if p.is_file() else p.name for p in PACKAGE.iterdir()}
    assert set(FLOOR) - there == set()


FORBIDDEN = {
    "import": ("networks/a.py", "import smmlib.workspace.store"),
    "import as": ("networks/a.py", "import smmlib.panels as p"),
    "from": ("networks/a.py", "from smmlib.workspace import open_workspace"),
    "from the package": ("networks/a.py", "from smmlib import workspace"),
    "front door": ("networks/a.py", "import smmlib"),
    "front door's name": ("networks/a.py", "from smmlib import open_workspace"),
    "star": ("networks/a.py", "from smmlib.workspace import *"),
    "one level up": ("campaign.py", "from . import workspace"),
    "two levels up": ("networks/a.py", "from .. import workspace"),
    "two levels up, name": ("networks/a.py", "from ..workspace.store import Store"),
    "four levels up": ("networks/rules/text/a.py", "from ....panels import kit"),
    "package's own __init__": ("networks/rules/__init__.py", "from ...workspace import x"),
    "same line": ("drafting/a.py", "from smmlib.experiments import compare"),
    "same line, modules": ("draft.py", "from smmlib.campaign import Campaign"),
    "in a function": ("errors.py", "def f():\n    from smmlib.record import Record"),
    "in a method": ("errors.py", "class A:\n    def f(self):\n        import smmlib.record"),
    "in a nested function": ("errors.py", "def f():\n    def g():\n        import smmlib.record"),
    "in try": ("errors.py", "try:\n    import smmlib.record\nexcept ImportError:\n    pass"),
    "in except": ("errors.py", "try:\n    pass\nexcept ImportError:\n    import smmlib.record"),
    "in with": ("errors.py", "with x:\n    import smmlib.record"),
    "in match": ("errors.py", "match x:\n    case 1:\n        import smmlib.record"),
    "else of TYPE_CHECKING": ("errors.py", "if TYPE_CHECKING:\n    pass\nelse:\n    import smmlib.record"),
    "import_module": ("errors.py", "import importlib\nimportlib.import_module('smmlib.record')"),
    "import_module, bare": ("errors.py", "import_module('smmlib.record')"),
    "import_module, keyword": ("errors.py", "import_module(name='smmlib.record')"),
    "import_module, relative": ("networks/a.py", "import_module('..workspace', 'smmlib.networks')"),
    "import_module, __package__": ("networks/a.py", "import_module('..workspace', __package__)"),
    "import_module, f-string": ("networks/a.py", "import_module(f'smmlib.panels.{name}')"),
    "import_module, sum": ("networks/a.py", "import_module('smmlib.panels.' + name)"),
    "__import__": ("networks/rules/a.py", "__import__('smmlib.panels')"),
    "lazy table": ("networks/a.py", "HOME = {'a': 'smmlib.panels.kit:Panel'}"),
    "figures outside plot": ("experiments/a.py", "def draw():\n    from smmlib.figures import Chart"),
    "plot to elsewhere": ("experiments/a.py", "def plot():\n    from smmlib.panels import kit"),
    "matplotlib": ("experiments/a.py", "def plot():\n    import matplotlib"),
    "matplotlib's module": ("panels/deep/down/a.py", "from matplotlib.figure import Figure"),
    "matplotlib, __import__": ("panels/a.py", "def f():\n    __import__('matplotlib.pyplot')"),
    "ipywidgets": ("figures/a.py", "def f():\n    import ipywidgets as w"),
    "ipywidgets, import_module": ("figures/deep/a.py", "def f():\n    import_module('ipywidgets')"),
    "traitlets": ("response/a.py", "from traitlets import HasTraits"),
    "anywidget": ("commands/a.py", "import anywidget"),
    "openai": ("panels/a.py", "def f():\n    import openai"),
    "openai at the top": ("assistant/a.py", "from openai import AsyncOpenAI"),
    "keyring": ("workspace/a.py", "def f():\n    import keyring"),
    "workspace beside the assistant": ("assistant/a.py", "from smmlib.workspace import open_workspace"),
    "sqlalchemy": ("response/a.py", "def f():\n    import sqlalchemy.orm"),
    "slow import at the top": ("experiments/a.py", "from scipy import stats"),
    "slow import in try at the top": (
        "experiments/a.py",
        "try:\n    import scipy.special\nfinally:\n    pass",
    ),
    "slow import in a class": ("experiments/a.py", "class A:\n    import duckdb"),
    "pandas below the tables": ("metrics.py", "import pandas as pd"),
    "room without a floor": ("utils/a.py", ""),
}


@pytest.mark.parametrize(("path", "code"), FORBIDDEN.values(), ids=list(FORBIDDEN))
def test_each_forbidden_form_is_seen(tmp_path: Path, path: str, code: str) -> None:
    assert breaches(house(tmp_path, path, code), tmp_path) != []


ALLOWED = {
    "down": ("workspace/a.py", "from smmlib.response.table import COLUMNS\nimport smmlib.errors"),
    "down, relative": ("networks/rules/a.py", "from ...errors import SmmError"),
    "same room": ("networks/a.py", "from .links import x\nfrom smmlib.networks.rules import y"),
    "version": ("commands/a.py", "from smmlib import __version__"),
    "type checker only": ("errors.py", "if TYPE_CHECKING:\n    from smmlib.workspace import Workspace"),
    "the one upward call": (
        "experiments/a.py",
        "class A:\n    def plot(self):\n        import smmlib.figures",
    ),
    "slow import where used": ("experiments/a.py", "def f():\n    from scipy import stats"),
    "matplotlib in its room": ("figures/deep/a.py", "from matplotlib.figure import Figure"),
    "a similar name": ("experiments/a.py", "import matplotlib_like, scipy.statsmore"),
    "words about a module": ("errors.py", "'''smmlib.record has more.'''"),
}


@pytest.mark.parametrize(("path", "code"), ALLOWED.values(), ids=list(ALLOWED))
def test_what_is_allowed_is_not_reported(tmp_path: Path, path: str, code: str) -> None:
    assert breaches(house(tmp_path, path, code), tmp_path) == []


def house(root: Path, path: str, code: str) -> Path:
    """A house with one file in it."""
    file = root / "smmlib" / path
    file.parent.mkdir(parents=True)
    file.write_text(code, encoding="utf-8")
    return file


def test_the_front_door_imports_nothing_when_it_is_opened() -> None:
    at_the_door = {found.module for found in imports_of(PACKAGE / "__init__.py", PROJECT) if found.at_top}
    assert at_the_door == {"__future__.annotations", "importlib", "typing.TYPE_CHECKING"}


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) not in WRITING_ROOMS], ids=name)
def test_only_some_rooms_write_files(path: Path) -> None:
    assert [f"line {line}: {what}" for line, what in writes(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "code",
    ["path.write_text('x')", "open(p, 'w')", "path.open('ab')", "open(p, mode='x')", "shutil.rmtree(p)"],
)
def test_writing_is_seen(code: str) -> None:
    assert writes(code) != []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_code_asks_which_network_it_is(path: Path) -> None:
    assert asks_for_network(path.read_text(encoding="utf-8"), set(smmlib.load_networks())) == []


def test_asking_which_network_it_is_is_seen() -> None:
    assert asks_for_network("if network.id == 'bluesky': pass", {"bluesky"}) != []
    assert asks_for_network("if 'x' in (account.network, 1): pass", {"x"}) != []


def writes(code: str) -> list[tuple[int, str]]:
    """Calls that write to the disk: line and name."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    named = [(call, getattr(call.func, "attr", getattr(call.func, "id", ""))) for call in calls]
    return [
        (call.lineno, name) for call, name in named if name in WRITING or (name == "open" and _to_write(call))
    ]


def _to_write(call: ast.Call) -> bool:
    values = [*call.args, *(k.value for k in call.keywords if k.arg == "mode")]
    modes = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
    return any(len(mode) <= 3 and set(mode) & set("wax+") for mode in modes)


def asks_for_network(code: str, ids: set[str]) -> list[str]:
    """Comparisons of something called network with the id of one."""
    compared = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Compare)]
    return [
        ast.unparse(node)
        for node in compared
        if "network" in ast.unparse(node)
        and any(isinstance(part, ast.Constant) and part.value in ids for part in ast.walk(node))
    ]
