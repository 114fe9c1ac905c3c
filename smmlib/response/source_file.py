"""The bytes of a file the user names: no folder, no device, nothing half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from smmlib.errors import UnreadableFileError
from smmlib.language import mark


def file_content(path: Path, *, folder: Path | None = None) -> bytes:
    """The bytes of a file.

    Args:
        path: The file.
        folder: Where it must lie, links followed; None: anywhere.

    Raises:
        UnreadableFileError: It does not exist, is no ordinary file, may not be read, lies outside the
            folder, or changed while it was read.
    """
    if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableFileError(
            mark("{path} leads out of the folder {folder}; name the file itself if you mean it."),
            path=str(path),
            folder=str(folder),
        )
    if path.is_dir():
        raise UnreadableFileError(mark("{path} is a folder; please name a file."), path=str(path))
    try:
        content, changed = _read(path)
    except FileNotFoundError:
        raise UnreadableFileError(mark("{path} does not exist."), path=str(path)) from None
    except OSError as problem:
        raise UnreadableFileError(
            mark("{path} cannot be opened: {why}."), path=str(path), why=problem.strerror or str(problem)
        ) from None
    if changed:
        raise UnreadableFileError(
            mark("{path} changed while it was read. Wait until it is complete, then import it again."),
            path=str(path),
        )
    return content


def _read(path: Path) -> tuple[bytes, bool]:
    """The content, and whether somebody wrote to it meanwhile."""
    # A pipe or a device would keep the reader waiting for ever; it is not even opened.
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnreadableFileError(mark("{path} is not an ordinary file."), path=str(path))
    with path.open("rb") as stream:
        before = os.fstat(stream.fileno())
        content = stream.read()
        after = os.fstat(stream.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content, not same or len(content) != after.st_size
