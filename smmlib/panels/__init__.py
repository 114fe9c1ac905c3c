"""The rooms of the workbench as widgets: the only place that imports ipywidgets."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib.panels.drafting.draft_panel import DraftPanel
    from smmlib.panels.planning.planning_panel import PlanPanel
    from smmlib.panels.response.response_panel import ResponsePanel
    from smmlib.panels.testing.test_panel import TestPanel
    from smmlib.panels.workbench import Workbench

_HOME = {
    "DraftPanel": "drafting.draft_panel",
    "PlanPanel": "planning.planning_panel",
    "ResponsePanel": "response.response_panel",
    "TestPanel": "testing.test_panel",
    "Workbench": "workbench",
}

__all__ = ["DraftPanel", "PlanPanel", "ResponsePanel", "TestPanel", "Workbench"]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.panels.{_HOME[name]}"), name)
    raise AttributeError(f"module 'smmlib.panels' has no attribute {name!r}; it has {', '.join(__all__)}")
