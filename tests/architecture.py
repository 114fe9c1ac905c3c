"""Reads what a module imports, in every form, and says which of it the house does not allow."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "smmlib"

# Imports go from a later line to an earlier one; rooms in one line do not import each other.
FLOORS = (
    ("language",),
    ("errors",),
    ("record",),
    ("message_house", "draft", "figures_in_text"),
    (
        "asset",
        "campaign",
        "intervals",
        "sentences",
        "timetable",
        "metrics",
        "encoding",
        "formulas",
        "headings",
        "sheets",
    ),
    ("networks",),
    ("drafting", "experiments", "planning", "response"),
    ("alignment",),
    ("workspace", "figures", "assistant"),
    ("panels", "practice"),
    ("commands",),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
BELOW_TABLES = {room for rooms in FLOORS[:5] for room in rooms}

# Libraries that only these rooms may import, wherever in the file it happens.
BELONGS_TO = {
    "matplotlib": {"figures"},
    "mpl_toolkits": {"figures"},
    "anywidget": {"panels"},
    "ipywidgets": {"panels"},
    "traitlets": {"panels"},
    "alembic": {"workspace"},
    "keyring": {"assistant"},
    "openai": {"assistant"},
    "sqlalchemy": {"workspace"},
}
# Libraries that take long to import: at the top of a module in these rooms only, elsewhere where used.
TOP_ONLY_IN = {
    "alembic": {"workspace"},
    "babel": set(),
    "duckdb": {"workspace"},
    "ipywidgets": {"panels"},
    "keyring": set(),
    "matplotlib": {"figures"},
    "openai": set(),
    "scipy.special": set(),
    "scipy.stats": set(),
    "sqlalchemy": {"workspace"},
    "statsmodels": set(),
}
IMPORTERS = {"import_module", "__import__", "find_spec"}
OUR_MODULE = re.compile(r"smmlib(\.\w+)+(:\w+)?")  # as text, in a table of lazy names


@dataclass(frozen=True)
class Import:
    """One imported name: `module` as an absolute dotted path, `within` the function it happens in."""

    module: str
    line: int
    within: str = ""

    @property
    def at_top(self) -> bool:
        return not self.within


def room_of(module: str) -> str:
    """The room a module of smmlib belongs to; empty for the package itself."""
    return re.split(r"[.:]", module)[1] if "." in module else ""


def module_name(path: Path, root: Path) -> str:
    """Dotted name of a file below `root`, which is the folder `smmlib` is in."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, root: Path) -> Iterator[Import]:
    """Everything a file imports, whatever the form; what only the type checker sees is left out."""
    name = module_name(path, root)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    yield from _walk(ast.parse(path.read_text(encoding="utf-8")), package, "")


def _walk(node: ast.AST, package: str, within: str) -> Iterator[Import]:
    for child in _children_at_run_time(node):
        for module in _imported(child, package):
            yield Import(module, getattr(child, "lineno", 0), within)
        inner = within
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            inner = getattr(child, "name", "lambda")
        yield from _walk(child, package, inner)


def _children_at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Children of a node but for the body of `if TYPE_CHECKING:`."""
    if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
        yield from node.orelse
    else:
        yield from ast.iter_child_nodes(node)


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.Import():
            yield from (alias.name for alias in node.names)
        case ast.ImportFrom():
            source = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{source}.{alias.name}".removesuffix(".*") for alias in node.names)
        case ast.Constant(value=str(text)) if OUR_MODULE.fullmatch(text) and room_of(text) in FLOOR:
            yield text.partition(":")[0]
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in IMPORTERS:
            yield from _imported_by_call(node, package)


def _imported_by_call(call: ast.Call, package: str) -> Iterator[str]:
    """The module an `import_module(…)` names, as far as it is written out."""
    written = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "name")]
    text = next((_beginning(node) for node in written), "")
    if text.startswith("."):
        anchors = [*call.args[1:2], *(k.value for k in call.keywords if k.arg == "package")]
        anchor = next((_beginning(node) for node in anchors), "") or package
        text = importlib.util.resolve_name(text, anchor)
    if text:
        yield text.rstrip(".")


def _beginning(node: ast.expr) -> str:
    """The string a node is, or, of an f-string or a sum, as much of it as comes before the first variable."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=[first, *_]):
            return _beginning(first)
        case ast.BinOp(left=left):
            return _beginning(left)
        case _:
            return ""


def breaches(path: Path, root: Path) -> list[str]:
    """What a file imports against the rules, one sentence each; empty if all is well."""
    module = module_name(path, root)
    if module == "smmlib":  # hands out the public names and is imported by nobody
        return []
    room = room_of(module)
    if room not in FLOOR:
        return [
            f"{path.relative_to(root)}: room {room!r} is on no floor; give it one in tests/architecture.py"
        ]
    return [
        f"{path.relative_to(root)}:{found.line}: {why}"
        for found in imports_of(path, root)
        for why in (_against_floors(found, room), *_against_libraries(found, room))
        if why
    ]


def _against_floors(found: Import, room: str) -> str:
    if found.module.split(".")[0] != "smmlib" or found.module == "smmlib.__version__":
        return ""
    target = room_of(found.module)
    if target not in FLOOR:
        return f"{found.module} is the front door; import from the room that has it"
    if target == room or FLOOR[target] < FLOOR[room]:
        return ""
    if target == "figures" and re.fullmatch(r"plot(_\w+)?", found.within):  # the one upward call
        return ""
    return f"{room} must not import {found.module}; imports go down"


def _against_libraries(found: Import, room: str) -> Iterator[str]:
    def is_part_of(library: str) -> bool:
        return f"{found.module}.".startswith(f"{library}.")

    for library, rooms in BELONGS_TO.items():
        if is_part_of(library) and room not in rooms:
            yield f"{found.module} belongs to {', '.join(sorted(rooms))}"
    for library, rooms in TOP_ONLY_IN.items():
        if found.at_top and is_part_of(library) and room not in rooms:
            yield f"{found.module} takes long; import it where it is used"
    if found.at_top and is_part_of("pandas") and room in BELOW_TABLES:
        yield "pandas is not for this floor; import it where it is used"
