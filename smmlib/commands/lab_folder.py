"""The folder the lab opens: the project's own, else one of the user's with copies of the notebooks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from smmlib import __version__
from smmlib.errors import WorkspaceError
from smmlib.language import Message, mark
from smmlib.workspace.place import WORKBENCH, project_root

START = "workbench.ipynb"
RECORD = ".copied.json"


@dataclass(frozen=True)
class LabFolder:
    """What JupyterLab is opened on.

    Attributes:
        root: The folder it shows.
        news: What happened to the notebooks in it, to be told to the user.
    """

    root: Path
    news: tuple[Message, ...] = ()

    @property
    def start(self) -> Path:
        """The notebook that is opened."""
        return self.root / "notebooks" / START


def find_folder(here: Path, home: Path, *, package: Path | None = None) -> LabFolder:
    """The project that `here` or smmlib itself is part of, else a folder in the user's `home`.

    Args:
        here: The current folder.
        home: The user's home; there the notebooks that came with smmlib are copied, and a notebook
            that was changed is left as it is.
        package: Folder the package is installed in; None: this one's.

    Raises:
        WorkspaceError: The notebooks cannot be copied there.
    """
    own = package or Path(__file__).parents[1]
    for project in (project_root(here), project_root(own)):
        if project and (project / "notebooks" / START).is_file():
            return LabFolder(project)
    root = home / WORKBENCH
    try:
        return LabFolder(root, copy_notebooks(own / "notebooks", root / "notebooks"))
    except OSError as problem:
        raise WorkspaceError(
            mark(
                "The notebooks cannot be copied to {path} ({why}); "
                "start smm lab as a user who may write there."
            ),
            path=str(root),
            why=str(problem),
        ) from problem


def copy_notebooks(source: Path, target: Path) -> tuple[Message, ...]:
    """Copy notebooks from `source` to `target`; a changed one stays, the new one is put beside it.

    Running a notebook does not count as a change, writing in its cells does.

    Returns:
        What the user should know, empty if nothing was in the way.
    """
    target.mkdir(parents=True, exist_ok=True)
    record = target / RECORD
    copied: dict[str, str] = json.loads(record.read_text("utf-8")) if record.exists() else {}
    news = []
    for notebook in sorted(source.glob("*.ipynb")):
        name, written = notebook.name, cells_of(notebook)
        if copied.get(name) == written and (target / name).exists():
            continue
        place = target / name
        if place.exists() and cells_of(place) not in (written, copied.get(name)):
            place = place.with_stem(f"{place.stem}-{__version__}")
            news.append(_kept(name, place.name))
        place.write_bytes(notebook.read_bytes())
        copied[name] = written
    record.write_text(json.dumps(copied, indent=1), "utf-8")
    return tuple(news)


def _kept(name: str, beside: str) -> Message:
    return Message(
        mark("{name} was changed by you and stays as it is; the new one is {beside}."),
        {"name": name, "beside": beside},
    )


def cells_of(notebook: Path) -> str:
    """A fingerprint of what is written in a notebook's cells, without outputs; empty if it is damaged."""
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        text = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in cells])
    except (ValueError, KeyError, TypeError):
        return ""
    return hashlib.sha256(text.encode()).hexdigest()
