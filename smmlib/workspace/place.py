"""Where the workspace is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from smmlib.errors import WorkspaceError
from smmlib.language import mark
from smmlib.workspace.surroundings import local_alternative, own_folder, surroundings_warnings

VARIABLE = "SMM_WORKSPACE"
OWN_VARIABLE = "SMM_OWN_WORKSPACE"
STATE = "state.sqlite"
WORKBENCH = "Social-Media-Workbench"
"""Folder in the user's home with notebooks and workspace, where there is no project."""


def find_workspace(path: str | Path | None, *, environ: Mapping[str, str], start: Path) -> Path:
    """The workspace folder: `path`, else $SMM_WORKSPACE, else the one of the project.

    `smm lab` names the user's own folder in $SMM_OWN_WORKSPACE: once it is there, kernels that start
    later open it. `settled` says which folder it is.

    Args:
        path: Folder the user named, or None.
        environ: Environment variables.
        start: Folder to search the project from, upwards; outside of every project it is the workspace
            that `smm lab` made in the user's home, if there is one.

    Raises:
        WorkspaceError: No folder was named and `start` belongs to no project.
    """
    own = environ.get(OWN_VARIABLE)
    if not path and own and (settled(Path(own)) / STATE).exists():
        return settled(Path(own))
    named = path or environ.get(VARIABLE)
    if named:
        return (start / Path(named).expanduser()).resolve()
    project = project_root(start)
    installed = usual_folder(Path.home() / WORKBENCH)
    if project is None and (installed / STATE).exists():
        return installed
    if project is None:
        raise WorkspaceError(
            mark(
                "{start} belongs to no project with a workspace. Name a folder, set SMM_WORKSPACE, "
                "or use the one offered here: {offer}"
            ),
            start=str(start),
            offer=str(own_folder()),
        )
    return usual_folder(project)


def usual_folder(project: Path) -> Path:
    """Where the user's own workspace of a project is or will be: data/workspace, or the local one instead."""
    return settled(project / "data" / "workspace")


def settled(folder: Path) -> Path:
    """`folder`, or the local folder that is offered in its place.

    That one is taken where `folder` is on a network drive or in a synchronised folder, unless the only
    workspace there is lies in `folder`: it is opened, with a warning, and can be moved.
    """
    local = local_alternative(folder)
    if not surroundings_warnings(folder) or surroundings_warnings(local):
        return folder
    return local if (local / STATE).exists() or not (folder / STATE).exists() else folder


def project_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds notebooks/ and smmlib/, or is smmlib's project."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if _is_project(folder)), None)


def _is_project(folder: Path) -> bool:
    if (folder / "notebooks").is_dir() and (folder / "smmlib").is_dir():
        return True
    try:
        return 'name = "smmlib"' in (folder / "pyproject.toml").read_text("utf-8", errors="replace")
    except OSError:
        return False
