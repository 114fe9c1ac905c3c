"""The views `response` and `posts` of a workspace, rebuilt when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TYPE_CHECKING

from smmlib.response.table import COLUMNS, POST_COLUMNS, posts_schema, table_schema
from smmlib.workspace import manifest
from smmlib.workspace.reader import Shelf, connect, enter, lock, newest_posts, show, with_matches

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from sqlalchemy import Connection

    from smmlib.workspace.database import Database

SCHEMAS = {"response": table_schema, "posts": posts_schema}


class Views:
    """One DuckDB connection in memory for each state of the store; it can read the parts and nothing else.

    Args:
        database: Holds the manifest; its folder holds the parts.
        matches: Returns the table of matched posts, `reader.MATCHED`.
    """

    def __init__(self, database: Database, matches: Callable[[], pa.Table]) -> None:
        self._database, self._matches = database, matches
        self._building = RLock()
        self._shown: tuple[tuple[int, int], int, pa.Table] | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own on the views as they are now."""
        matched = self._matches()
        with self._building:
            with self._database.reading() as connection:
                state = (self._database.identity, manifest.version(connection), matched)
                if self._connection is None or self._shown != state:
                    shelves = {kind: shelf(connection, self._database, kind) for kind in SCHEMAS}
                    self._connection = _build(shelves, matched)
                    self._shown = state
            return self._connection.cursor()

    def close(self) -> None:
        """Let go of the parts."""
        with self._building:
            self._shown = self._connection = None


def shelf(connection: Connection, database: Database, kind: str, months: list[str] | None = None) -> Shelf:
    """The parts of a kind that count, of some months or all, and their rows that do not count.

    Args:
        connection: From `database`.
        database: Its folder holds the parts.
        kind: "response" or "posts".
        months: Which months; None: all.
    """
    import numpy as np

    parts = manifest.parts(connection, kind=kind, months=months)
    by_part: dict[int, list[manifest.Rows]] = {}
    for (part, _), rows in manifest.superseded(connection, parts).items():
        by_part.setdefault(part, []).append(rows)
    hidden = {part: np.concatenate(lists) for part, lists in by_part.items()}
    return Shelf(database.folder, parts, hidden, SCHEMAS[kind]().empty_table())


def _build(shelves: dict[str, Shelf], matched: pa.Table) -> duckdb.DuckDBPyConnection:
    connection = connect()
    enter(connection, "matched", matched)
    for kind, stored in shelves.items():
        show(connection, f"stored_{kind}", stored, numbered=kind == "posts")
    connection.execute(f"CREATE VIEW newest_posts AS {newest_posts('stored_posts')}")
    rows = (
        with_matches(COLUMNS, "stored_response", draft=False) if matched.num_rows else "FROM stored_response"
    )
    connection.execute(f"CREATE VIEW response AS {rows}")
    connection.execute(f"CREATE VIEW posts AS {with_matches(POST_COLUMNS, 'newest_posts', draft=True)}")
    lock(connection, [s.folder / part.path for s in shelves.values() for part in s.parts])
    return connection
