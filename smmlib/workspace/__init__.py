"""Keeps everything a team makes; the only package that writes files and the database."""

from smmlib.workspace.collection import Collection, Revision
from smmlib.workspace.erasure import Erasure
from smmlib.workspace.import_report import ImportReport
from smmlib.workspace.records import ColumnMapping, Match, NetworkRules, Settings
from smmlib.workspace.response_store import ResponseStore
from smmlib.workspace.workspace import Workspace, open_workspace, restore_workspace

__all__ = [
    "Collection",
    "ColumnMapping",
    "Erasure",
    "ImportReport",
    "Match",
    "NetworkRules",
    "ResponseStore",
    "Revision",
    "Settings",
    "Workspace",
    "open_workspace",
    "restore_workspace",
]
