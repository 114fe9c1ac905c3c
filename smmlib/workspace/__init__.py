"""Keeps everything a team makes; the only package that writes files and the database.

A workspace is one folder on a local disk:

    state.sqlite (-wal, -shm)              every state every record has had; the sign-off log; the manifest
    response/month=YYYY-MM/part-*.parquet  immutable parts; month=undated where an export has no date
    posts/part-*.parquet                   what is known of the posts; of a post the newest import counts
    raw/<sha256>.<ending>                  every imported file as it came
    media/<sha256>.<ending>                every picture, film and document, cleaned
    kept/state-<version>-<time>.sqlite     copies made before the tables were brought up to date
    state.lock, response.lock              held while tables are brought up to date, and while importing

Only what the manifest names counts; what a crash left beside it is cleared away by the next import.
"""

from smmlib.workspace.collection import Collection, Revision
from smmlib.workspace.erasure import Erasure
from smmlib.workspace.handover_desk import HandOverDesk
from smmlib.workspace.import_report import ImportReport
from smmlib.workspace.media_store import MediaStore
from smmlib.workspace.records import ColumnMapping, Match, NetworkRules, Settings
from smmlib.workspace.response_store import ResponseStore
from smmlib.workspace.reviews import Reviews
from smmlib.workspace.signoff_log import SignOffLog
from smmlib.workspace.workspace import Workspace, open_workspace, restore_workspace

__all__ = [
    "Collection",
    "ColumnMapping",
    "Erasure",
    "HandOverDesk",
    "ImportReport",
    "Match",
    "MediaStore",
    "NetworkRules",
    "ResponseStore",
    "Reviews",
    "Revision",
    "Settings",
    "SignOffLog",
    "Workspace",
    "open_workspace",
    "restore_workspace",
]
