"""Spreadsheets from outside, XLSX and XLS, opened without trusting them: sheets as rows of plain values."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from smmlib.errors import UnreadableFileError
from smmlib.language import mark

LARGEST = 2 << 30
"""Bytes a spreadsheet may unpack to."""


def read_sheets(data: bytes, name: str, *, largest: int = LARGEST) -> list[tuple[str, list[list[Any]]]]:
    """Title and rows of every sheet. Formulas are read as the value they showed, never computed.

    Args:
        data: Content of the file.
        name: Its name, for errors.
        largest: Bytes it may unpack to.

    Raises:
        UnreadableFileError: It is damaged, locked with a password, or unpacks to more than `largest`.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _check_size(data, name, largest)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            (title, book.get_sheet_by_name(title).to_python(skip_empty_area=False))
            for title in book.sheet_names
        ]
    except (CalamineError, ValueError, OSError) as problem:
        raise _unreadable(name, problem) from None


def merged_ranges(data: bytes, name: str, sheet: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """First and last cell (row, column, counted from 1) of each merged range of a sheet of an XLSX file.

    Args:
        data: Content of the file; `read_sheets` has read it before.
        name: Its name, for errors.
        sheet: Title of the sheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        ranges = book.get_sheet_by_name(sheet).merged_cell_ranges or []
    except (CalamineError, ValueError, OSError) as problem:
        raise _unreadable(name, problem) from None
    return [((a + 1, b + 1), (c + 1, d + 1)) for (a, b), (c, d) in ranges]


def _unreadable(name: str, problem: Exception) -> UnreadableFileError:
    return UnreadableFileError(
        mark("{name} is not a readable spreadsheet ({why}). Is it damaged or locked with a password?"),
        name=name,
        why=str(problem)[:200],
    )


def _check_size(data: bytes, name: str, largest: int) -> None:
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise UnreadableFileError(
            mark("{name} is damaged: it ends too early. Please export it again."), name=name
        ) from None
    if size > largest:
        raise UnreadableFileError(
            mark("{name} unpacks to {size:.1} GB, which is too large for a spreadsheet; save it as CSV."),
            name=name,
            size=size / 1e9,
        )
