"""The state of a workspace in one SQLite file: opened safely, migrated, its errors in the user's words."""

from __future__ import annotations

import errno
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from smmlib.errors import WorkspaceError
from smmlib.language import mark
from smmlib.workspace.place import STATE
from smmlib.workspace.tables import SCHEMA_VERSIONS

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

BUSY_SECONDS = 10.0
"""How long a reader or writer waits for another process."""

KEPT = "kept"
"""Folder of the copies made before a migration."""


class Database:
    """SQLite in WAL mode with synchronous=FULL: what was acknowledged survives a killed process.

    Args:
        folder: The workspace.

    Raises:
        WorkspaceError: It cannot be opened, is damaged, locked, or was made by a newer smmlib.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / STATE
        self.read_only = not _writable(folder)
        with in_our_words(self.path):
            if not self.read_only:
                _bring_up_to_date(self.path)
            else:
                _check_version(self.path, schema_version(self.path), read_only=True)
            self._engine = _engine(_uri(self.path, self.read_only))
            self.identity = _identity(self.path)
        weakref.finalize(self, self._engine.dispose)  # a notebook drops a workspace without closing it

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database until it is left."""
        with in_our_words(self.path):
            self._follow()
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that excludes other writers; on disk when it is left, undone on an error."""
        self.must_be_writable()
        engine = self._engine.execution_options(begin="IMMEDIATE")
        with in_our_words(self.path):
            self._follow()
            with engine.begin() as connection:
                if _identity(self.path) != self.identity:
                    raise WorkspaceError(
                        mark("The workspace {path} was restored from a backup just now; please repeat."),
                        path=str(self.folder),
                    )
                yield connection

    def _follow(self) -> None:
        """Open the file anew when a backup has taken its place."""
        identity = _identity(self.path)
        if identity != self.identity:
            self._engine.dispose()
            self.identity = identity

    def must_be_writable(self) -> None:
        """Say so when nothing can be stored.

        Raises:
            WorkspaceError: The workspace is open for reading only.
        """
        if self.read_only:
            raise WorkspaceError(
                mark("The workspace {path} is open for reading only; nothing was stored."),
                path=str(self.folder),
            )

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the database to a new file while others go on writing."""
        with in_our_words(self.path):
            _copy(_uri(self.path, self.read_only), target)

    def scrub(self) -> None:
        """Write the file anew, so that nothing that was replaced is left in unused pages or the log."""
        with in_our_words(self.path), self._engine.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def schema_version(self) -> str:
        """Version of the tables."""
        return schema_version(self.path) or ""

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def schema_version(path: Path) -> str | None:
    """Version of the tables in a database file, None if it has none; the file is not changed."""
    if not path.exists():
        return None
    uri = _uri(path, not _writable(path.parent))
    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if named else None
    return None if row is None else str(row[0])


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system say into a `WorkspaceError`."""
    try:
        yield
    except DBAPIError as problem:
        raise _explained(str(problem.orig), path) from problem
    except sqlite3.Error as problem:
        raise _explained(str(problem), path) from problem
    except WorkspaceError:
        raise
    except OSError as problem:
        full = problem.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
        raise _explained("full" if full else str(problem), path) from problem


def _explained(said: str, path: Path) -> WorkspaceError:
    sentences = {
        "locked": mark(
            "The workspace {path} is locked by another program; nothing was stored. Close that program "
            "or wait, then repeat."
        ),
        "readonly": mark("The workspace {path} may not be written to; nothing was stored."),
        "full": mark("No room left to write to {path}; nothing was stored. Free some space, then repeat."),
        "disk I/O": mark(
            "Writing to {path} failed ({why}); nothing was stored. See whether the disk is full or gone, "
            "then repeat."
        ),
        "not a database": mark(
            "{path} is no workspace database, or it is damaged; restore a backup beside it."
        ),
        "malformed": mark("{path} is no workspace database, or it is damaged; restore a backup beside it."),
    }
    sentence = next((text for sign, text in sentences.items() if sign in said), mark("{path}: {why}."))
    return WorkspaceError(sentence, path=str(path), why=said)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _uri(path: Path, read_only: bool, *, create: bool = False) -> str:
    if not read_only:
        return path.absolute().as_uri() + ("?mode=rwc" if create else "?mode=rw")
    wal = path.with_name(path.name + "-wal")
    unwritten = wal.exists() and wal.stat().st_size > 0
    # Without a log to apply, SQLite may take the file as it is, as it cannot create its index of the log.
    return path.absolute().as_uri() + ("?mode=ro" if unwritten else "?immutable=1")


def _writable(folder: Path) -> bool:
    probe = folder / f".{datetime.now().timestamp()}.probe"
    try:
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as problem:
        return problem.errno in (errno.ENOSPC, errno.EDQUOT)
    return True


def _engine(uri: str) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")


def _bring_up_to_date(path: Path) -> None:
    version = schema_version(path)
    _check_version(path, version)
    if version == SCHEMA_VERSIONS[-1]:
        return
    with FileLock(path.with_suffix(".lock"), timeout=BUSY_SECONDS * 6):
        version = schema_version(path)
        if version == SCHEMA_VERSIONS[-1]:
            return
        if version is not None:
            keep_copy(path, version)
        _migrate(path)


def _check_version(path: Path, version: str | None, *, read_only: bool = False) -> None:
    if version is None and read_only:
        raise WorkspaceError(
            mark("There is no workspace in {path}, and none can be made as the folder is read-only."),
            path=str(path.parent),
        )
    if version is not None and version not in SCHEMA_VERSIONS:
        raise WorkspaceError(
            mark(
                "The workspace {path} was made by a newer smmlib (its tables are version {version}, this "
                "smmlib knows {known}). Update smmlib to open it; nothing was changed."
            ),
            path=str(path.parent),
            version=version,
            known=SCHEMA_VERSIONS[-1],
        )


def keep_copy(path: Path, version: str) -> Path:
    """Copy the database into the folder `kept` before its tables change."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    copy = path.parent / KEPT / f"state-{version}-{stamp}.sqlite"
    copy.parent.mkdir(exist_ok=True)
    _copy(_uri(path, read_only=False), copy)
    return copy


def _copy(uri: str, target: Path) -> None:
    with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _migrate(path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "smmlib.workspace:migrations")
    config.set_main_option("path_separator", "os")
    engine = _engine(_uri(path, read_only=False, create=True))
    try:
        with engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
        with engine.execution_options(begin="IMMEDIATE").begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, SCHEMA_VERSIONS[-1])
    finally:
        engine.dispose()
