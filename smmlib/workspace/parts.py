"""Immutable Parquet parts and originals, written so that a crash leaves all of a file or nothing."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

RAW = "raw"
MEDIA = "media"
UNDATED = "undated"

_ORDER = ("network", "account", "metric", "period_start_utc", "entity_id")


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of the response store.

    Attributes:
        id: Its number in the manifest; 0 while it has none.
        path: Below the workspace, with forward slashes.
        kind: "response" or "posts".
        month: "2026-11", or "undated"; "" for posts.
        import_id: The import all its rows come from; "" when compaction made it of several.
        rows: How many rows it has.
    """

    id: int
    path: str
    kind: str
    month: str
    import_id: str
    rows: int


def write_response(folder: Path, table: pa.Table, name: str, import_id: str) -> list[Part]:
    """Write rows of the response table, one part for each month of `period_start_utc`.

    Args:
        folder: The workspace.
        table: Rows with the schema of the response table.
        name: Middle of the file names; it must be new.
        import_id: Where all rows come from, "" for several.
    """
    from smmlib.response.table import table_schema

    table = in_short(table)
    months = months_of(table).combine_chunks().dictionary_encode()
    counted = sorted((found["values"], found["counts"]) for found in months.value_counts().to_pylist())
    gathered = _gathered(table, _order(table, months))
    written, start = [], 0
    for month, count in counted:
        rows = gathered.slice(start, count).cast(table_schema())
        start += count
        path = f"response/month={month}/part-{name}.parquet"
        write_table(folder / path, rows)
        written.append(Part(0, path, "response", month, import_id, rows.num_rows))
    return written


def in_short(table: pa.Table) -> pa.Table:
    """The table with each text told once, and in rows by its number: a tenth of the memory and time."""
    import pyarrow as pa

    def short(column: pa.ChunkedArray) -> pa.Array:
        one = column.combine_chunks()
        return one.dictionary_encode() if pa.types.is_string(column.type) else one

    return pa.table({name: short(table[name]) for name in table.column_names})


def in_order(table: pa.Table) -> pa.Table:
    """Rows of the response table in the order they are best read."""
    return table.sort_by([(column, "ascending") for column in _ORDER])


def _gathered(table: pa.Table, order: NDArray[np.intp]) -> pa.Table:
    """The rows in this order; a column that says the same in every row stays as it is."""
    import pyarrow as pa

    def gathered(column: pa.ChunkedArray) -> pa.ChunkedArray:
        one = column.combine_chunks()
        same = pa.types.is_dictionary(one.type) and not one.null_count and len(one.dictionary) == 1
        return column if same else column.take(order)

    return pa.table({name: gathered(table[name]) for name in table.column_names})


def _order(table: pa.Table, months: pa.DictionaryArray) -> NDArray[np.intp]:
    """Positions of the rows by month, then as `in_order` has them; of a table in short."""
    import numpy as np
    import pyarrow as pa

    keys = [_ranks(months)]
    for name in _ORDER:
        column = table[name].combine_chunks()
        if not pa.types.is_dictionary(column.type):
            keys.append(column.cast(pa.int64()).fill_null(np.iinfo(np.int64).max).to_numpy())
        elif len(column.dictionary) > 1:
            keys.append(_ranks(column))
    return np.lexsort(keys[::-1])


def _ranks(column: pa.DictionaryArray) -> NDArray[np.intp]:
    import numpy as np
    import pyarrow.compute as pc

    ranks = np.empty(len(column.dictionary), dtype=np.intp)
    ranks[pc.array_sort_indices(column.dictionary).to_numpy()] = np.arange(len(ranks))
    of_rows: NDArray[np.intp] = ranks[column.indices.to_numpy()]
    return of_rows


def months_of(table: pa.Table) -> pa.ChunkedArray:
    """For each row the month whose part holds it: "2026-11", or "undated"."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # Without its zone, as Arrow would look for a time zone database to write UTC in UTC.
    start = table["period_start_utc"].cast(pa.timestamp("us"))
    # Each month is written once, then looked up: writing it for every row takes as long as the import.
    number = pc.add(pc.multiply(pc.year(start), 100), pc.month(start)).combine_chunks().dictionary_encode()
    known = pa.array([f"{month // 100:04}-{month % 100:02}" for month in number.dictionary.to_pylist()])
    return pa.chunked_array([pc.fill_null(known.cast(pa.string()).take(number.indices), UNDATED)])


def write_posts(folder: Path, posts: pa.Table, import_id: str) -> list[Part]:
    """Write rows of the posts table as one part; none when there are no rows."""
    if not posts.num_rows:
        return []
    from smmlib.response.table import posts_schema

    path = f"posts/part-{import_id}.parquet"
    write_table(folder / path, posts.cast(posts_schema()))
    return [Part(0, path, "posts", "", import_id, posts.num_rows)]


def write_table(path: Path, table: pa.Table) -> None:
    """Write one Parquet file, all or nothing."""
    import pyarrow.parquet as pq

    write_safely(path, lambda file: pq.write_table(table, file, compression="zstd"))


def keep_original(folder: Path, original: bytes, ending: str) -> str:
    """Keep an imported file as it came, under its SHA-256.

    Args:
        folder: The workspace.
        original: Its content.
        ending: Ending of its name, e.g. ".csv".

    Returns:
        Where it is kept, below the workspace.
    """
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ".bin"
    kept = f"{RAW}/{hashlib.sha256(original).hexdigest()}{ending}"
    if not (folder / kept).exists():
        write_safely(folder / kept, lambda file: file.write(original))
    return kept


def write_safely(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file to a temporary name, flush it to the disk, and rename it."""
    _make_folder(path.parent)
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with waiting.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def remove_leftovers(folder: Path, known: Iterable[str]) -> list[str]:
    """Delete what a crash left: parts the manifest does not name, and temporary files.

    Only for the one who holds the lock of the store, or parts being written would go too.

    Args:
        folder: The workspace.
        known: Paths in the manifest.

    Returns:
        What was deleted, below the workspace.
    """
    named = set(known)
    found = [(path, path.relative_to(folder).as_posix()) for path in _parts_and_temporaries(folder)]
    return [below for path, below in found if below not in named and forget_file(path)]


def forget_file(path: Path) -> bool:
    """Delete a file; False when another program still has it open (Windows), to be tried again later."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return False
    return True


def _parts_and_temporaries(folder: Path) -> Iterator[Path]:
    for place in ("response/*/part-*.parquet", "posts/part-*.parquet"):
        yield from folder.glob(place)
    for place in ("response/*", "posts", RAW):
        yield from folder.glob(f"{place}/.*.tmp")


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
