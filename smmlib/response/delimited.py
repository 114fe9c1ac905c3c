"""Delimited text (CSV) as a grid: comma, semicolon or tab, found from the text itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from smmlib.errors import UnreadableFileError
from smmlib.headings import find_header
from smmlib.language import mark
from smmlib.response.grid import Grid, Progress, text_series
from smmlib.response.mixed_text import decode_lines

if TYPE_CHECKING:
    import pyarrow as pa

DELIMITERS = ",;\t|"
_HEAD = 1 << 16
_BLOCK = 4 << 20
_LINES_IN_A_CELL = 200
_KEPT = 50


@dataclass(frozen=True, slots=True)
class _Shape:
    delimiter: str
    header: tuple[str, ...]
    header_row: int
    body_at: int
    title: str


def read_delimited(data: bytes, name: str, progress: Progress | None = None) -> Grid:
    """Read bytes as delimited text. Every cell stays text.

    A first line `sep=;` names the delimiter; titles above the headings are passed over. A row with
    too few cells is filled up, as old Excel versions leave out empty cells at the end; a row with
    too many, or a single cell such as a note, is left out and listed in `damaged`.

    Raises:
        UnreadableFileError: It is not text, or no table.
    """
    decoded, other_lines = decode_lines(data, name)
    shape = _shape(decoded.text)
    body = decoded.text[shape.body_at :].encode("utf-8")
    odd: list[tuple[int, str]] = []
    table = _parse(body, shape, odd, progress, name)
    numbers = _row_numbers(table.num_rows, [number for number, _ in odd])
    columns = [text_series(table.column(i).to_pandas()) for i in range(len(shape.header))]
    repaired, damaged = _repair(odd, shape)
    if any(text.count("\n") > _LINES_IN_A_CELL for number, text in odd if number in damaged):
        raise _no_table(name, "a cell of hundreds of lines")
    if repaired:
        numbers = np.concatenate([numbers, np.array([number for number, _ in repaired], dtype=np.int64)])
        order = np.argsort(numbers, kind="stable")
        numbers = numbers[order]
        columns = [
            _joined(column, [cells[i] for _, cells in repaired], order) for i, column in enumerate(columns)
        ]
    first = shape.header_row
    return Grid(
        header=shape.header,
        columns=tuple(columns),
        native=(None,) * len(columns),
        rows=numbers + first,
        encoding=decoded.encoding,
        title=shape.title,
        damaged=tuple(number + first for number in damaged),
        odd=tuple(tuple(_cells(text, shape)) for number, text in odd if number in damaged[:_KEPT]),
        other_lines=other_lines,
    )


def _shape(text: str) -> _Shape:
    start, delimiters, line = 0, DELIMITERS, 0
    if named := re.match(r'"?sep=(.)"?[;,\t]*\r?\n', text, re.IGNORECASE):
        start, delimiters, line = named.end(), named.group(1), 1
    readings = [_records(text[start : start + _HEAD], delimiter) for delimiter in delimiters]
    best = max(range(len(readings)), key=lambda i: _evenness(readings[i]))
    records = readings[best]
    index = find_header([cells for cells, _ in records[:10]])
    cells, end = records[index] if records else ([], 0)
    title = " ".join(cell.strip() for row, _ in records[:index] for cell in row if cell.strip())
    return _Shape(delimiters[best], tuple(cells), line + index + 1, start + end, title)


def _records(head: str, delimiter: str) -> list[tuple[list[str], int]]:
    """Records of the head with the offset at which each ends."""
    consumed = 0

    def lines() -> Iterator[str]:
        nonlocal consumed
        for line in io.StringIO(head, newline=""):
            consumed += len(line)
            yield line

    return [(record, consumed) for record in csv.reader(lines(), delimiter=delimiter)][:100]


def _evenness(records: list[tuple[list[str], int]]) -> tuple[float, int]:
    """Share of the records that are as wide as most, and how wide: the delimiter that makes a table wins.

    A share, because the wrong delimiter breaks quoted texts and so makes more records.
    """
    widths = [len(cells) for cells, _ in records if cells]
    if not widths:
        return (0.0, 0)
    common = max(set(widths), key=widths.count)
    return (widths.count(common) / len(widths) if common > 1 else 0.0, common)


def _parse(
    body: bytes, shape: _Shape, odd: list[tuple[int, str]], progress: Progress | None, name: str
) -> pa.Table:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = [str(i) for i in range(len(shape.header))]
    empty = pa.table({n: pa.array([], pa.string()) for n in names})
    if not body.strip():
        return empty

    def keep_aside(row: Any) -> str:
        odd.append((row.number, row.text))
        return "skip"

    try:
        reader = arrow_csv.open_csv(
            io.BytesIO(body),
            arrow_csv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=names),
            arrow_csv.ParseOptions(
                delimiter=shape.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=keep_aside,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
        return pa.Table.from_batches(_watched(reader, len(body), progress), reader.schema)
    except pa.ArrowInvalid as problem:
        raise _no_table(name, str(problem)[:200]) from None


def _watched(reader: Any, total: int, progress: Progress | None) -> Iterator[Any]:
    done = 0
    for batch in reader:
        done += batch.nbytes
        if progress:
            progress(min(done / max(total, 1), 1.0))
        yield batch


def _row_numbers(count: int, odd: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Numbers of the regular rows, counted from 1, when the odd ones have these numbers."""
    everything = np.arange(1, count + len(odd) + 1, dtype=np.int64)
    return np.delete(everything, np.array(odd, dtype=np.int64) - 1)


def _repair(odd: list[tuple[int, str]], shape: _Shape) -> tuple[list[tuple[int, list[str]]], list[int]]:
    width, repaired, damaged = len(shape.header), [], []
    for number, text in odd:
        cells = _cells(text, shape)
        filled = sum(1 for cell in cells if cell.strip())
        if filled == 1 or any(cell.strip() for cell in cells[width:]):
            damaged.append(number)
        elif filled:
            repaired.append((number, (cells + [""] * width)[:width]))
    return repaired, damaged


def _cells(text: str, shape: _Shape) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter), [])


def _joined(column: Any, more: list[str], order: Any) -> Any:
    import pandas as pd

    return pd.concat([column, text_series(more)], ignore_index=True).take(order).reset_index(drop=True)


def _no_table(name: str, why: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark(
            "{name} cannot be read as a table ({why}). Is a quotation mark missing? Please export it again."
        ),
        name=name,
        why=why,
    )
