"""What becomes of the rows when an import is undone, or when the parts of a month are folded into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smmlib.response.table import KEY, table_schema
from smmlib.workspace.parts import UNDATED, Part, in_order, write_table
from smmlib.workspace.reader import Shelf, connect, enter, quoted, show

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Lists = Mapping[tuple[int, str], Rows]
    """(part, import that replaced them) to row numbers."""


@dataclass(frozen=True, slots=True)
class Undone:
    """Outcome of `undo`.

    Attributes:
        retired: Parts that count no longer, as all their rows came from the import.
        lists: Lists of superseded rows that change; an empty one goes.
    """

    retired: list[Part]
    lists: dict[tuple[int, str], Rows]


def undo(import_id: str, folder: Path, parts: Sequence[Part], lists: Lists) -> Undone:
    """Take an import's rows away and bring back what they replaced.

    A row it replaced stays away if a later import replaced the import's own row too: it is then listed
    under that later one, so that undoing both in any order leaves what was there before.

    Args:
        import_id: The import.
        folder: The workspace.
        parts: All parts of the response table that count.
        lists: Their rows that do not.
    """
    import pandas as pd

    retired = [part for part in parts if part.import_id == import_id]
    touched = [part for part in parts if part.import_id in ("", import_id) or (part.id, import_id) in lists]
    connection = _numbered(folder, touched, lists)
    listed = _frame(connection, "SELECT n.*, l.by FROM numbered n JOIN listed l USING (part_id, row_id)")
    own = _frame(connection, f"SELECT part_id, row_id FROM numbered WHERE import_id = {quoted(import_id)}")
    fell, rest = listed[listed["by"] == import_id], listed[listed["by"] != import_id]
    others, heirs = rest[rest["import_id"] != import_id], rest[rest["import_id"] == import_id]
    fell = fell[fell["import_id"] != import_id].drop(columns="by").merge(heirs[[*KEY, "by"]], on=list(KEY))
    after = _lists(pd.concat([others, fell, own.assign(by=import_id)]))
    gone = {part.id for part in retired}
    before = {entry for entry in lists if entry[0] in {part.id for part in touched}}
    changed = {entry for entry in before | after.keys() if entry[0] not in gone}
    return Undone(retired, {entry: after.get(entry, own["row_id"].to_numpy()[:0]) for entry in changed})


@dataclass(frozen=True, slots=True)
class Folded:
    """Outcome of `fold`: new parts, and for each its rows that do not count, by import that replaced them."""

    parts: list[Part]
    superseded: list[dict[str, Rows]]


def fold(folder: Path, parts: Sequence[Part], lists: Lists, name: str) -> Folded:
    """Write the parts of one month anew: one with what counts, one with what may come back by an undo.

    Rows of undone imports are left out.

    Args:
        folder: The workspace.
        parts: The parts that count of one month.
        lists: Their rows that do not.
        name: Middle of the new file names.
    """
    month = parts[0].month if parts else UNDATED
    connection = _numbered(folder, parts, lists)
    joined = "FROM numbered n LEFT JOIN listed l USING (part_id, row_id)"
    folded = Folded([], [])
    for ending, which in (("", "l.by IS NULL"), ("-superseded", "l.by <> n.import_id")):
        rows = in_order(
            connection.sql(f"SELECT n.*, coalesce(l.by, '') AS by {joined} WHERE {which}").to_arrow_table()
        )
        if rows.num_rows:
            path = f"response/month={month}/part-{name}{ending}.parquet"
            write_table(folder / path, rows.select(table_schema().names).cast(table_schema()))
            folded.parts.append(Part(0, path, "response", month, "", rows.num_rows))
            folded.superseded.append(_by_import(rows["by"].to_pandas()))
    return folded


def _numbered(folder: Path, parts: Sequence[Part], lists: Lists) -> duckdb.DuckDBPyConnection:
    """A connection with every row of the parts, numbered, and the lists of those that do not count."""
    import numpy as np
    import pyarrow as pa

    connection = connect()
    show(connection, "numbered", Shelf(folder, parts, {}, table_schema().empty_table()), numbered=True)
    wanted = {part.id for part in parts}
    chosen = [(part, by, rows) for (part, by), rows in lists.items() if part in wanted]
    columns = {
        "part_id": np.repeat([part for part, _, _ in chosen], [len(rows) for _, _, rows in chosen]),
        "row_id": np.concatenate([*(rows for _, _, rows in chosen), np.empty(0, np.int64)]),
        "by": np.repeat(
            np.array([by for _, by, _ in chosen], dtype=object), [len(rows) for *_, rows in chosen]
        ),
    }
    kinds = {"part_id": pa.int64(), "row_id": pa.int64(), "by": pa.string()}
    enter(connection, "listed", pa.table({key: pa.array(columns[key], kind) for key, kind in kinds.items()}))
    return connection


def _frame(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    frame: pd.DataFrame = connection.sql(query).to_arrow_table().to_pandas()
    return frame


def _lists(rows: pd.DataFrame) -> dict[tuple[int, str], Rows]:
    import numpy as np

    lists = {}
    for part in rows["part_id"].unique():
        of_part = rows[rows["part_id"] == part]
        for by in of_part["by"].unique():
            lists[int(part), str(by)] = np.sort(of_part.loc[of_part["by"] == by, "row_id"].to_numpy(np.int64))
    return lists


def _by_import(by: pd.Series[str]) -> dict[str, Rows]:
    import numpy as np

    return {name: np.flatnonzero((by == name).to_numpy()) for name in by.unique() if name}
