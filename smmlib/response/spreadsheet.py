"""Spreadsheets, XLSX and XLS, as grids of text."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from smmlib.errors import UnreadableFileError
from smmlib.headings import find_header
from smmlib.language import mark
from smmlib.response.grid import Grid, text_series
from smmlib.response.inspection import LARGEST, inspect
from smmlib.sheets import read_sheets

_EXACT = 10**15


def read_spreadsheet(data: bytes, name: str) -> list[Grid]:
    """Every sheet that is not empty. Formulas are read as the value they showed, never computed.

    Raises:
        UnreadableFileError: It is damaged, locked with a password, or unpacks to too much.
    """
    safe = inspect(data, name)
    sheets = read_sheets(data, name, largest=LARGEST)
    grids = [
        _grid(cells, title, macros=safe.macros)
        for title, cells in sheets
        if any(any(c != "" for c in row) for row in cells)
    ]
    if not grids:
        raise UnreadableFileError(mark("{name} is empty. Please export it again."), name=name)
    return grids


def _grid(cells: list[list[Any]], title: str, *, macros: bool) -> Grid:
    top = [[_text(cell) for cell in row] for row in cells[:10]]
    start = find_header(top)
    header = tuple(top[start])
    body = cells[start + 1 :]
    columns = list(zip(*body, strict=True)) if body else [() for _ in header]
    return Grid(
        header=header,
        columns=tuple(text_series([_text(cell) for cell in column]) for column in columns),
        native=tuple(_native(column) for column in columns),
        rows=np.arange(start + 2, start + 2 + len(body), dtype=np.int64),
        encoding="spreadsheet",
        sheet=title,
        title=" ".join(cell.strip() for row in top[:start] for cell in row if cell.strip()),
        macros=macros,
    )


def _native(column: tuple[Any, ...]) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
    numbers = np.fromiter((isinstance(cell, (int, float)) for cell in column), dtype=bool, count=len(column))
    return numbers if numbers.any() else None


def _text(cell: Any) -> str:
    """The cell as text; whole numbers beyond fifteen digits as 1.2e+17, because Excel has rounded them."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, (int, float)):
        whole = float(cell).is_integer()
        return str(int(cell)) if whole and abs(cell) < _EXACT else (f"{cell:e}" if whole else repr(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, timedelta):
        seconds = int(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
