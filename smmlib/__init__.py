"""smmlib: draft posts, test copy variants, read the audience response.

Names are handed out when they are first used, so that `import smmlib` stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smmlib import assistant, drafting, experiments, figures, networks, panels, planning, response
    from smmlib.campaign import Account, Campaign
    from smmlib.draft import Draft, Media, Variant, Version
    from smmlib.errors import SmmError
    from smmlib.networks import load_networks
    from smmlib.workspace import Workspace, open_workspace

__version__ = "0.1.0"

_HOME = {
    "Account": "campaign",
    "Campaign": "campaign",
    "Draft": "draft",
    "Media": "draft",
    "SmmError": "errors",
    "Variant": "draft",
    "Version": "draft",
    "Workspace": "workspace",
    "load_networks": "networks",
    "open_workspace": "workspace",
}

__all__ = [
    "Account",
    "Campaign",
    "Draft",
    "Media",
    "SmmError",
    "Variant",
    "Version",
    "Workspace",
    "assistant",
    "drafting",
    "experiments",
    "figures",
    "load_networks",
    "networks",
    "open_workspace",
    "panels",
    "planning",
    "response",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(f"smmlib.{_HOME[name]}"), name)
    if name in __all__:
        return importlib.import_module(f"smmlib.{name}")
    raise AttributeError(f"module 'smmlib' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
