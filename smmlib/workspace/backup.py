"""A workspace in one ZIP file: the database at one moment, the parts it names, originals and media."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO

from smmlib.drafting.signoff.chain import Head
from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.workspace.database import Database, in_our_words
from smmlib.workspace.parts import MEDIA, RAW
from smmlib.workspace.place import STATE
from smmlib.workspace.tables import SCHEMA_VERSIONS

CONTENTS = "backup.json"
"""Name of the list of contents within the ZIP."""

FORMAT = 1
"""Version of that list."""

Progress = Callable[[int, int], None]
"""Told how many bytes are done, and of how many."""

_BLOCK = 1024 * 1024


def write_backup(database: Database, target: Path, *, at: datetime, progress: Progress | None = None) -> Path:
    """Write a workspace into one ZIP while others go on working.

    Args:
        database: The workspace's.
        target: Name of the ZIP; an earlier backup of this name is replaced when the new one is complete.
        at: When this is.
        progress: Told how far it is.

    Raises:
        InvalidValueError: There is a file of this name that is no backup; it stays as it is.
        WorkspaceError: The ZIP cannot be written; nothing is left behind.
    """
    _must_not_replace_another_file(target)
    waiting = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    with in_our_words(target), tempfile.TemporaryDirectory(prefix="smm-") as folder:
        state = Path(folder) / STATE
        database.copy_to(state)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _pack(waiting, {STATE: state, **_files(database.folder, state)}, at, progress)
            waiting.replace(target)
        finally:
            waiting.unlink(missing_ok=True)
    return target


def _must_not_replace_another_file(target: Path) -> None:
    if not target.exists():
        return
    is_zip = target.is_file() and zipfile.is_zipfile(target)
    if is_zip:
        with zipfile.ZipFile(target) as archive:
            is_zip = CONTENTS in archive.namelist()
    if not is_zip:
        raise InvalidValueError(
            mark("{path} is there already and is no backup; it was not touched. Choose another name."),
            path=str(target),
        )


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The content of a file, a megabyte at a time."""
    return iter(lambda: file.read(_BLOCK), b"")


def _files(folder: Path, state: Path) -> dict[str, Path]:
    """Where the parts are that this state of the database names, the originals and the media.

    Parts are immutable, and stay for an hour after they are retired.
    """
    with closing(sqlite3.connect(state)) as connection:
        rows = connection.execute("SELECT path FROM parts WHERE retired_at IS NULL").fetchall()
    kept = [f"{place}/{path.name}" for place in (RAW, MEDIA) for path in (folder / place).glob("[0-9a-f]*")]
    return {name: folder / name for name in sorted([*(row[0] for row in rows), *kept])}


def _log_head(state: Path) -> str:
    """The state of the sign-off log in this backup, e.g. "12:9f86d081884c7d65"; "" while it is empty."""
    with closing(sqlite3.connect(state)) as connection:
        try:
            row = connection.execute("SELECT number, hash FROM signoff_log ORDER BY number DESC").fetchone()
        except sqlite3.OperationalError:  # An older workspace that may only be read has no such table.
            row = None
    return str(Head(*row)) if row else ""


def _pack(waiting: Path, files: dict[str, Path], at: datetime, progress: Progress | None) -> None:
    total, done, listed = sum(path.stat().st_size for path in files.values()), 0, {}
    with waiting.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in files.items():
                digest = hashlib.sha256()
                with path.open("rb") as read, archive.open(_entry(name, at), "w", force_zip64=True) as write:
                    for block in blocks(read):
                        digest.update(block)
                        write.write(block)
                        done += len(block)
                        if progress:
                            progress(done, total)
                listed[name] = digest.hexdigest()
            facts = {"format": FORMAT, "made_at": at.isoformat(), "tables": SCHEMA_VERSIONS[-1]}
            facts["signoff_log"] = _log_head(files[STATE])
            archive.writestr(_entry(CONTENTS, at), json.dumps({**facts, "sha256": listed}, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    # Parquet, pictures and films are compressed already.
    packed = name.endswith(".parquet") or name.startswith(f"{MEDIA}/")
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
