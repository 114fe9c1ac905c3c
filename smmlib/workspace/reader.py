"""Read the response table with DuckDB: one in-memory connection that can see the parts and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smmlib.errors import InvalidValueError
from smmlib.language import mark
from smmlib.response.table import POST_KEY
from smmlib.workspace.parts import Part

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

MATCHED = ("network", "account", "entity_id", "draft", "campaign", "variant", "labels")
"""Columns of the table of matches: which post is which draft, and what the draft adds to its rows."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a reader is to show.

    Attributes:
        folder: The workspace.
        parts: Parts that count, in the order they were written.
        hidden: Number of a part to the rows that do not count, where there are any.
        empty: A table without rows, for its columns.
    """

    folder: Path
    parts: Sequence[Part]
    hidden: Mapping[int, NDArray[np.int64]]
    empty: pa.Table

    def lost(self, part: Part) -> bool:
        """True when no row of the part counts."""
        return len(self.hidden.get(part.id, ())) >= part.rows


def connect() -> duckdb.DuckDBPyConnection:
    """A connection of its own, in memory; times are shown in UTC."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def lock(connection: duckdb.DuckDBPyConnection, readable: Iterable[Path]) -> None:
    """Let a connection read these files and nothing else: no other file, no network, no settings."""
    allowed = ", ".join(quoted(path) for path in readable)
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def show(connection: duckdb.DuckDBPyConnection, name: str, shelf: Shelf, *, numbered: bool = False) -> None:
    """Make a view of all rows that count.

    Args:
        connection: From `connect`.
        name: Name of the view.
        shelf: What to show.
        numbered: Add `part_id` and `row_id`, which say where each row is.
    """
    enter(connection, f"{name}_empty", shelf.empty)
    selects = [f"SELECT *{', 0 AS part_id, 0 AS row_id' if numbered else ''} FROM {name}_empty"]
    if whole := [part for part in shelf.parts if part.id not in shelf.hidden and not numbered]:
        selects.append(f"SELECT * FROM {_files(shelf.folder, whole)}")
    if some := [
        part for part in shelf.parts if (part.id in shelf.hidden or numbered) and not shelf.lost(part)
    ]:
        _enter_hidden(connection, f"{name}_hidden", some, shelf)
        ids = f", {[part.id for part in some]}[file_index::BIGINT + 1] AS part_id, file_row_number AS row_id"
        selects.append(
            f"SELECT r.*{ids if numbered else ''} FROM {_files(shelf.folder, some)} r "
            f"ANTI JOIN {name}_hidden h ON r.file_index::BIGINT = h.file AND r.file_row_number = h.row"
        )
    connection.execute(f"CREATE VIEW {name} AS {' UNION ALL '.join(selects)}")


def enter(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Copy an Arrow table into a connection."""
    connection.register("entering", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM entering")
    connection.unregister("entering")


def with_matches(columns: Iterable[str], rows: str, *, draft: bool) -> str:
    """A query that fills campaign, variant and labels of matched posts from their drafts.

    Args:
        columns: Columns of the rows.
        rows: Name of the rows; the matches are in the table `matched`, with the columns `MATCHED`.
        draft: Add the id of the draft, "" when there is none.
    """
    filled = {name: f"coalesce(nullif(m.{name}, ''), r.{name})" for name in ("campaign", "variant", "labels")}
    listed = [f'{filled[name]} AS "{name}"' if name in filled else f'r."{name}"' for name in columns]
    listed += ["coalesce(m.draft, '') AS draft"] if draft else []
    posts_only = " AND r.entity = 'post'" if "entity" in columns else ""
    return (
        f"SELECT {', '.join(listed)} FROM {rows} r LEFT JOIN matched m ON r.network = m.network "
        f"AND r.account = m.account AND r.entity_id = m.entity_id{posts_only}"
    )


def newest_posts(rows: str) -> str:
    """A query for one row per post, that of the latest import, in the order they were first imported.

    Args:
        rows: Name of all posts, with part_id and row_id.
    """
    post = ", ".join(POST_KEY)
    return (
        f"SELECT * EXCLUDE (part_id, row_id) FROM {rows} "
        f"QUALIFY row_number() OVER (PARTITION BY {post} ORDER BY part_id DESC) = 1 "
        f"ORDER BY min(part_id * 1e9 + row_id) OVER (PARTITION BY {post})"
    )


def ask(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    """Answer a SELECT.

    Raises:
        InvalidValueError: The query is something else, or fails.
    """
    import duckdb

    try:
        statements = connection.extract_statements(query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise InvalidValueError(
                mark("Only one SELECT is allowed here, as the response table is read-only; got: {query}"),
                query=query[:200],
            )
        return in_pandas(connection.cursor().sql(query).to_arrow_table())
    except duckdb.Error as problem:
        raise InvalidValueError(mark("The query failed: {why}"), why=str(problem)) from problem


def in_pandas(table: pa.Table) -> pd.DataFrame:
    """An Arrow table in pandas: days, money and small whole numbers keep their missing values exact."""
    import pandas as pd
    import pyarrow as pa

    kept = {pa.int8(): pd.Int8Dtype(), pa.bool_(): pd.BooleanDtype(), pa.date32(): pd.ArrowDtype(pa.date32())}

    def dtype(kind: pa.DataType) -> Any:
        return pd.ArrowDtype(kind) if pa.types.is_decimal(kind) else kept.get(kind)

    frame: pd.DataFrame = table.to_pandas(types_mapper=dtype)
    return frame


def quoted(value: object) -> str:
    """A text or path as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


def _enter_hidden(
    connection: duckdb.DuckDBPyConnection, name: str, parts: Sequence[Part], shelf: Shelf
) -> None:
    import numpy as np
    import pyarrow as pa

    lists = [shelf.hidden.get(part.id, np.empty(0, np.int64)) for part in parts]
    places = np.repeat(np.arange(len(parts), dtype=np.int64), [len(rows) for rows in lists])
    enter(connection, name, pa.table({"file": places, "row": np.concatenate(lists)}))


def _files(folder: Path, parts: Iterable[Part]) -> str:
    files = ", ".join(quoted(folder / part.path) for part in parts)
    return f"read_parquet([{files}], hive_partitioning = false)"
