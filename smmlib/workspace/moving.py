"""Take a workspace along to another folder, for instance from a synchronised folder to a local one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.workspace.backup import write_backup
from smmlib.workspace.database import Database
from smmlib.workspace.place import STATE
from smmlib.workspace.restore import restore_backup

Clock = Callable[[], datetime]


def copy_workspace(database: Database, into: Path, *, clock: Clock) -> Path:
    """Copy a workspace to a folder that has none, checked on the way; the old one stays as it is.

    Args:
        database: The workspace's.
        into: The folder.
        clock: Returns the current time, with time zone.

    Returns:
        The folder, absolute.

    Raises:
        InvalidValueError: There is something in that folder already; it stays as it is.
        WorkspaceError: There is no room or the folder cannot be made; nothing is left behind.
    """
    target = into.expanduser().absolute()
    if (target / STATE).exists() or (target.exists() and any(target.iterdir())):
        raise InvalidValueError(
            mark("{path} is not empty; it was not touched. Choose another folder."), path=str(target)
        )
    with tempfile.TemporaryDirectory(prefix="smm-") as folder:
        backup = write_backup(database, Path(folder) / "workspace.zip", at=clock())
        if target.exists():
            target.rmdir()
        restore_backup(backup, target, at=clock())
    return target
