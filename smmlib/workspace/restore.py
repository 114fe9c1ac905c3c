"""A workspace from a backup. The ZIP may come from anywhere, so nothing in it is trusted."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from smmlib.errors import UnreadableFileError, WorkspaceError
from smmlib.language import mark
from smmlib.workspace.backup import CONTENTS, FORMAT, Progress, blocks
from smmlib.workspace.database import Database, in_our_words
from smmlib.workspace.place import STATE

MOST_BYTES = 200 * 1024**3
"""A backup that unpacks to more than this is refused."""

FREE_BYTES = 100 * 1024**2
"""Up to this size the ratio does not matter."""

MOST_RATIO = 200
"""Above it, a backup that unpacks to more than this times its size is refused; text reaches about 20."""

_MOST_CONTENTS = 64 * 1024**2

_ALLOWED = re.compile(
    r"state\.sqlite|(?:raw|media)/[0-9a-f]{64}\.[a-z0-9]{1,8}|posts/part-[0-9a-z-]+\.parquet"
    r"|response/month=(\d{4}-\d{2}|undated)/part-[0-9a-z-]+\.parquet"
)


def restore_backup(
    source: Path, into: Path, *, at: datetime, progress: Progress | None = None
) -> Path | None:
    """Put the workspace of a backup in the place of the one that is there, which is moved aside.

    It is unpacked beside, checked and brought up to date first; only then are the two swapped.

    Args:
        source: The ZIP.
        into: Folder of the workspace.
        at: When this is.
        progress: Told how far it is.

    Returns:
        Where the workspace that was there is now; None when there was none.

    Raises:
        UnreadableFileError: It is no backup, is damaged, or holds paths or sizes a backup cannot have.
        WorkspaceError: There is no room, it was made by a newer smmlib, or the folder cannot be moved.
    """
    beside = into.with_name(f".{into.name}.{secrets.token_hex(4)}.restoring")
    try:
        with in_our_words(into):
            beside.mkdir(parents=True)
            _unpack(source, beside, progress)
            _check_database(source, beside)
            return _swap(beside, into, at)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _unpack(source: Path, beside: Path, progress: Progress | None) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            wanted = _contents(archive, source)
            total, done = _size(archive, source, beside), 0
            for name, sha256 in wanted.items():
                target, digest = beside / name, hashlib.sha256()
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as read, target.open("xb") as write:
                    for block in blocks(read):
                        digest.update(block)
                        write.write(block)
                        done += len(block)
                        if progress:
                            progress(done, total)
                    write.flush()
                    os.fsync(write.fileno())
                if digest.hexdigest() != sha256:
                    raise _damaged(source, name)
    except FileNotFoundError:
        raise UnreadableFileError(mark("{path} does not exist."), path=str(source)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        if isinstance(problem, UnreadableFileError | WorkspaceError):
            raise
        raise _damaged(source, str(problem)) from problem


def _contents(archive: zipfile.ZipFile, source: Path) -> dict[str, str]:
    """Name and checksum of every file, after checking that the ZIP holds these and nothing else."""
    entries = {entry.filename: entry for entry in archive.infolist()}
    if CONTENTS not in entries or entries[CONTENTS].file_size > _MOST_CONTENTS:
        raise _damaged(source, CONTENTS)
    for name, entry in entries.items():
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if link or not (name == CONTENTS or _ALLOWED.fullmatch(name)):
            raise UnreadableFileError(
                mark("{path} holds {name!r}, which no backup does; nothing was unpacked."),
                path=str(source),
                name=name[:200],
            )
    try:
        facts = json.loads(archive.read(CONTENTS))
        wanted = {str(name): str(sha256) for name, sha256 in facts["sha256"].items()}
        known = facts["format"] <= FORMAT
    except (ValueError, TypeError, KeyError, AttributeError):
        raise _damaged(source, CONTENTS) from None
    if not known:
        raise WorkspaceError(
            mark("{path} was made by a newer smmlib; update smmlib to restore it."), path=str(source)
        )
    twice = len(archive.infolist()) != len(entries)
    if twice or STATE not in wanted or set(wanted) != set(entries) - {CONTENTS}:
        raise _damaged(source, CONTENTS)
    return wanted


def _size(archive: zipfile.ZipFile, source: Path, beside: Path) -> int:
    """Bytes it unpacks to, after checking that they are plausible and that there is room."""
    total = sum(entry.file_size for entry in archive.infolist())
    packed = max(source.stat().st_size, 1)
    if total > MOST_BYTES or (total > FREE_BYTES and total > MOST_RATIO * packed):
        raise UnreadableFileError(
            mark("{path} would unpack to {size} bytes, more than a backup of its size can; it was refused."),
            path=str(source),
            size=total,
        )
    if total > shutil.disk_usage(beside).free:
        raise WorkspaceError(
            mark("No room left to write to {path}; nothing was stored. Free some space, then repeat."),
            path=str(beside.parent),
        )
    return total


def _check_database(source: Path, beside: Path) -> None:
    """The database is whole, its tables are brought up to date, and its parts are there."""
    try:
        with closing(sqlite3.connect(beside / STATE)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            ours = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'revisions'"
            ).fetchone()[0]
    except sqlite3.DatabaseError:
        whole, ours = False, 0
    if not whole or not ours:
        raise _damaged(source, STATE)
    Database(beside).close()
    with closing(sqlite3.connect(beside / STATE)) as connection:
        rows = connection.execute("SELECT path FROM parts WHERE retired_at IS NULL").fetchall()
    for (path,) in rows:
        if not _ALLOWED.fullmatch(path) or not (beside / path).is_file():
            raise _damaged(source, path)


def _swap(beside: Path, into: Path, at: datetime) -> Path | None:
    if not into.exists():
        beside.replace(into)
        return None
    aside = into.with_name(f"{into.name}-before-restore-{at:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}")
    with _writers_out(into / STATE):
        into.replace(aside)
        try:
            beside.replace(into)
        except OSError:
            aside.replace(into)
            raise
    return aside


@contextmanager
def _writers_out(state: Path) -> Iterator[None]:
    """Let nobody write to the old database while it is moved; Windows does not move files that are open."""
    if os.name == "nt" or not state.exists():
        yield
        return
    with closing(sqlite3.connect(state, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as problem:
            # A damaged database is just what a backup is for.
            if isinstance(problem, sqlite3.OperationalError):
                raise
        yield


def _damaged(source: Path, what: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark("{path} is no backup, or it is damaged ({what}); nothing was changed."),
        path=str(source),
        what=what[:200],
    )
