"""What happens to a notebook of the workbench when JupyterLab saves it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

OURS = (
    "workbench.ipynb",
    "01_draft_posts.ipynb",
    "02_test_copy.ipynb",
    "03_read_response.ipynb",
    "04_plan_and_control.ipynb",
)


def leave_outputs_out(model: dict[str, Any], path: str, **_more: object) -> None:
    """Save the notebooks that come with smmlib without what their cells showed.

    A saved widget is dead anyway, what a team typed or read belongs in its workspace, and JupyterLab saves
    by itself every two minutes. Notebooks of the user's own are saved as they are.

    Args:
        model: What JupyterLab is about to save; changed in place.
        path: Where, below the folder it shows.
    """
    place = PurePosixPath(path)
    if model["type"] != "notebook" or place.name not in OURS or place.parts[:1] != ("notebooks",):
        return
    for cell in model["content"]["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    model["content"]["metadata"].pop("widgets", None)
