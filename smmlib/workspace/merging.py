"""What an import adds: the rows that are new, and the stored rows they replace."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smmlib.response.table import KEY, POST_KEY
from smmlib.workspace.reader import Shelf, enter, newest_posts, show

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

COMPARED = (
    "campaign",
    "variant",
    "labels",
    "value",
    "amount",
    "currency",
    "local_day",
    "local_weekday",
    "local_hour",
)
"""Columns in which a row of the response table may differ from a stored one with the same key."""

_LARGEST = 2**62

LIFETIME = "lifetime"
"""The window of which an entity has one value, whenever it began: an undated export and a dated one, or two
that were read in different time zones, speak of the same figure."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Outcome of `merge`.

    Attributes:
        rows: Incoming rows that are to be written: new ones and corrections.
        replaced: Number of a part to its rows that the corrections replace.
        added: How many rows are new.
        corrected: How many replace a stored row.
        unchanged: How many are stored already, or come twice in the import (the last one counts).
    """

    rows: pa.Table
    replaced: dict[int, NDArray[np.int64]]
    added: int
    corrected: int
    unchanged: int


def merge(connection: duckdb.DuckDBPyConnection, incoming: pa.Table, shelf: Shelf) -> Merge:
    """Compare an import with what is stored.

    Args:
        connection: From `reader.connect`.
        incoming: Rows of the response table.
        shelf: The stored parts of the months they fall in; with lifetime values all parts.
    """
    import numpy as np

    if not shelf.parts:
        last = _last_of_each(incoming, KEY)
        return Merge(incoming.take(last), {}, len(last), 0, incoming.num_rows - len(last))
    found = _compare(connection, incoming, shelf)
    same = found["same"].to_numpy(zero_copy_only=False)
    place, part, row = (found[name].to_numpy() for name in ("place", "part_id", "row_id"))
    last = _last_of_each(incoming, KEY)
    keep = np.zeros(incoming.num_rows, dtype=bool)
    keep[last] = True
    keep[place[same]] = False
    corrects = ~same & keep[place]
    replaced = {
        int(number): np.sort(row[corrects & (part == number)]) for number in np.unique(part[corrects])
    }
    corrected = int(corrects.sum())
    written = int(keep.sum())
    return Merge(incoming.filter(keep), replaced, written - corrected, corrected, incoming.num_rows - written)


def new_posts(connection: duckdb.DuckDBPyConnection, incoming: pa.Table, shelf: Shelf) -> pa.Table:
    """The posts that are not stored already just so; of a post that comes twice the last one.

    Args:
        connection: From `reader.connect`.
        incoming: Rows of the posts table.
        shelf: The stored posts.
    """
    import numpy as np

    keep = np.zeros(incoming.num_rows, dtype=bool)
    keep[_last_of_each(incoming, POST_KEY)] = True
    show(connection, "stored_posts", shelf, numbered=True)
    enter(connection, "incoming_posts", _numbered(incoming))
    compared = [name for name in incoming.column_names if name != "import_id"]
    stored = f"({newest_posts('stored_posts')}) s"
    query = f"SELECT i.place FROM incoming_posts i JOIN {stored} ON {_equal(compared)}"
    keep[connection.sql(query).to_arrow_table()["place"].to_numpy()] = False
    return incoming.filter(keep)


def fingerprint(table: pa.Table, posts: pa.Table) -> str:
    """SHA-256 of what an import says, whatever its number.

    Args:
        table: Rows of the response table, from `parts.in_short` like the posts.
        posts: Rows of the posts table.
    """
    import pyarrow as pa

    digest = hashlib.sha256()
    for part in (table, posts):
        told = part.drop_columns(["import_id"])
        same = {name: value for name in told.column_names if (value := _only_value(told[name])) is not None}
        digest.update(json.dumps([told.num_rows, same]).encode())
        varied = told.drop_columns(list(same))
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, varied.schema) as stream:
            stream.write_table(varied)
        digest.update(sink.getvalue())
    return digest.hexdigest()


def _only_value(column: pa.ChunkedArray) -> str | None:
    """What a column of texts says in every row; None when it says several things."""
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type) or column.null_count or column.num_chunks != 1:
        return None
    said = column.chunk(0).dictionary
    return str(said[0]) if len(said) == 1 else None


def _compare(connection: duckdb.DuckDBPyConnection, incoming: pa.Table, shelf: Shelf) -> pa.Table:
    show(connection, "stored", shelf, numbered=True)
    enter(connection, "incoming", _numbered(incoming))
    started = "period_start_utc"
    always = [name for name in KEY if name != started]
    query = (
        f"SELECT i.place, s.part_id, s.row_id, ({_equal([*COMPARED, started])}) AS same "
        f"FROM stored s JOIN incoming i ON {_equal(always)} "
        f"AND (i.\"window\" = '{LIFETIME}' OR {_equal([started])})"
    )
    return connection.sql(query).to_arrow_table()


def _equal(columns: tuple[str, ...] | list[str]) -> str:
    # DuckDB holds NaN equal to NaN and, with this operator, missing equal to missing.
    return " AND ".join(f'i."{name}" IS NOT DISTINCT FROM s."{name}"' for name in columns)


def _last_of_each(table: pa.Table, key: tuple[str, ...]) -> NDArray[np.int64]:
    import numpy as np
    import pandas as pd

    # One number for each key, as comparing eight columns row by row would take as long as the rest.
    number, width = np.zeros(table.num_rows, dtype=np.int64), 1
    for name in key:
        codes, many = _codes(table, name)
        if width > _LARGEST // many:
            number, kinds = pd.factorize(number)
            width = len(kinds)
        number, width = number * many + codes, width * many
    return np.flatnonzero(~pd.Series(number).duplicated(keep="last").to_numpy())


def _codes(table: pa.Table, name: str) -> tuple[NDArray[np.int64], int]:
    """A number for each value of a column, 0 where it is missing or does not count; and how many."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    column = table[name].combine_chunks()
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    codes = column.indices.cast(pa.int64()).fill_null(-1).to_numpy() + 1
    if name == "period_start_utc":
        lifetime = pc.equal(table["window"].cast(pa.string()), LIFETIME).to_numpy()
        codes = np.where(lifetime, 0, codes)
    return codes, len(column.dictionary) + 1


def _numbered(table: pa.Table) -> pa.Table:
    import numpy as np

    return table.append_column("place", [np.arange(table.num_rows, dtype=np.int64)])
