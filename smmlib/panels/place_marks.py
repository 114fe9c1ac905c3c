"""What to know about the workspace that is open: it is the practice company, or its folder is not safe."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import ipywidgets as w

from smmlib.panels import kit

if TYPE_CHECKING:
    from smmlib.workspace import Workspace


def place_marks(panel: kit.Panel, workspace: Workspace) -> w.HTML:
    """Marks for the top of a panel; empty for a workspace of one's own on a local disk.

    A panel in the workbench does not show them, because the workbench does.

    Args:
        panel: The panel, for its language.
        workspace: The workspace it shows.
    """
    texts = [warning.text(panel.language) for warning in workspace.warnings]
    if workspace.practice:
        practice = panel.say(
            "Practice company: everything here is made up. Try what you like; "
            "your own work goes into a workspace of its own."
        )
        texts = [practice, *texts]
    return kit.html("".join(f'<div class="smm-practice">{escape(text)}</div>' for text in texts), "smm-marks")
