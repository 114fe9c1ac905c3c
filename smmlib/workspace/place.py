"""Where the workspace is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from smmlib.errors import WorkspaceError
from smmlib.language import mark

VARIABLE = "SMM_WORKSPACE"
OWN_VARIABLE = "SMM_OWN_WORKSPACE"
STATE = "state.sqlite"


def find_workspace(path: str | Path | None, *, environ: Mapping[str, str], start: Path) -> Path:
    """The workspace folder: `path`, else $SMM_WORKSPACE, else data/workspace of the project.

    `smm lab` that shows the practice company names the user's own folder in $SMM_OWN_WORKSPACE: once it
    is there, kernels that start later open it.

    Args:
        path: Folder the user named, or None.
        environ: Environment variables.
        start: Folder to search the project from, upwards.

    Raises:
        WorkspaceError: No folder was named and `start` belongs to no project.
    """
    own = environ.get(OWN_VARIABLE)
    if not path and own and (Path(own) / STATE).exists():
        return Path(own)
    named = path or environ.get(VARIABLE)
    if named:
        return (start / Path(named).expanduser()).resolve()
    project = project_root(start)
    if project is None:
        raise WorkspaceError(
            mark(
                "{start} belongs to no project with a workspace. Name a folder, set SMM_WORKSPACE, "
                "or use the one offered here: {offer}"
            ),
            start=str(start),
            offer=str(own_folder()),
        )
    return project / "data" / "workspace"


def project_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds notebooks/ and smmlib/, or is smmlib's project."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if _is_project(folder)), None)


def own_folder(name: str = "workspace") -> Path:
    """A folder of this user on this machine, outside any project, network drive or sync client."""
    import platformdirs

    return Path(platformdirs.user_data_path("smmlib", appauthor=False)) / name


def _is_project(folder: Path) -> bool:
    if (folder / "notebooks").is_dir() and (folder / "smmlib").is_dir():
        return True
    try:
        return 'name = "smmlib"' in (folder / "pyproject.toml").read_text("utf-8", errors="replace")
    except OSError:
        return False
