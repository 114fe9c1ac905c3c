"""A table of bookings as it stands in a CSV file or a spreadsheet, before anyone says what it means."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

from smmlib.encoding import decode
from smmlib.errors import UnreadableFileError
from smmlib.headings import find_header, plain
from smmlib.language import mark
from smmlib.sheets import merged_ranges, read_sheets

if TYPE_CHECKING:
    import pandas as pd

_DELIMITERS = ";,\t|"
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_CENTS = Decimal("0.0001")

Cell = str | Decimal | date
"""A cell: text as written, or a number or day of a spreadsheet."""


@dataclass(frozen=True, slots=True)
class BookingTable:
    """Headings and rows.

    Attributes:
        name: Name of the file.
        sheet: Name of the sheet, "" for text.
        headings: As written, each once.
        rows: Cells of each row that is not empty, "" where missing; as many as headings.
        numbers: Row number of each as a spreadsheet shows it, the first row of the file being 1.
    """

    name: str
    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]

    def to_frame(self) -> pd.DataFrame:
        """The table with row numbers as index."""
        import pandas as pd

        return pd.DataFrame(list(self.rows), columns=list(self.headings), index=list(self.numbers))


def read_booking_table(data: bytes, name: str, *, sheet: str = "") -> BookingTable:
    """Read CSV (comma, semicolon, tab), XLSX or XLS by content.

    Titles above the headings are passed over. Formulas are read as the value they showed, never computed.

    Args:
        data: Content of the file.
        name: What messages call it.
        sheet: Name of the sheet; "" is the first that is not empty.

    Raises:
        UnreadableFileError: It is empty, damaged, no table, has a heading twice, merged cells, or rows
            wider than the headings.
    """
    if not data.strip():
        raise UnreadableFileError(mark("{name} is empty. Please export it again."), name=name)
    spreadsheet = data.startswith(_SPREADSHEETS)
    title, cells = _sheet(data, name, sheet) if spreadsheet else ("", _delimited(data, name))
    start = find_header([[str(cell) for cell in row] for row in cells[:10]])
    headings = [str(cell).strip() for cell in cells[start]] if cells else []
    while headings and not headings[-1]:
        headings.pop()
    filled = [(number, row) for number, row in enumerate(cells, 1) if number > start + 1 and any(_there(row))]
    if not filled:
        raise UnreadableFileError(mark("{name} has no rows below its headings."), name=name)
    _check(headings, filled, name)
    if spreadsheet:
        _check_merged(data, name, title, start + 1)
    rows = tuple(tuple((list(row) + [""] * len(headings))[: len(headings)]) for _, row in filled)
    return BookingTable(name, title, tuple(headings), rows, tuple(number for number, _ in filled))


def _there(row: Sequence[Cell]) -> Iterator[bool]:
    return (not isinstance(cell, str) or bool(cell.strip()) for cell in row)


def _delimited(data: bytes, name: str) -> list[list[Cell]]:
    text = decode(data, name).text
    lines = [line for line in text.splitlines() if line.strip()][:20]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(line.count(sign) > 0 for line in lines))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [list(row) for row in reader]
    except csv.Error as problem:
        raise UnreadableFileError(
            mark("{name} cannot be read as a table from row {row:plain} on ({why}); is a quote missing?"),
            name=name,
            row=reader.line_num,
            why=str(problem),
        ) from None


def _sheet(data: bytes, name: str, wanted: str) -> tuple[str, list[list[Cell]]]:
    sheets = [
        (title, [[_cell(cell) for cell in row] for row in rows])
        for title, rows in read_sheets(data, name)
        if wanted in ("", title)
    ]
    found = next(((title, rows) for title, rows in sheets if any(any(_there(row)) for row in rows)), None)
    if found is None:
        raise UnreadableFileError(
            mark("{name} has no sheet {sheet!r} with anything in it; name another, or export it again."),
            name=name,
            sheet=wanted,
        )
    return found


def _cell(cell: Any) -> Cell:
    """A cell without binary numbers: a spreadsheet keeps 1234.56 as a float, whose digits are exact here."""
    if isinstance(cell, (str, bool)):
        return str(cell)
    if isinstance(cell, (int, float)):
        exact = Decimal(repr(cell))
        near = exact.quantize(_CENTS, ROUND_HALF_EVEN) if abs(exact) < 10**12 else exact
        return near if abs(exact - near) < Decimal("1e-9") else exact  # 0.1 + 0.2 is 0.30000000000000004
    if isinstance(cell, datetime):
        return cell.date() if cell == datetime.combine(cell.date(), datetime.min.time()) else str(cell)
    return cell if isinstance(cell, date) else str(cell)


def _check(headings: Sequence[str], rows: Sequence[tuple[int, Sequence[Cell]]], name: str) -> None:
    twice = [heading for heading, count in Counter(map(plain, headings)).items() if count > 1 and heading]
    if twice:
        raise UnreadableFileError(
            mark("{name} has the column {column!r} more than once; rename one of them."),
            name=name,
            column=twice[0],
        )
    wide = [number for number, row in rows if any(_there(row[len(headings) :]))]
    if wide:
        raise UnreadableFileError(
            mark("{name}, row {row:plain}: more cells than headings; is an amount with a comma unquoted?"),
            name=name,
            row=wide[0],
        )


def _check_merged(data: bytes, name: str, sheet: str, header: int) -> None:
    """Refuse merged cells in the rows: only the first of them has the value, the others would be empty."""
    merged = [(first, last) for first, last in merged_ranges(data, name, sheet) if last[0] > header]
    if merged:
        (row, column), (last_row, last_column) = min(merged)
        raise UnreadableFileError(
            mark(
                "{name}, rows {first:plain} to {last:plain}: cells are merged ({range}). Unmerge them and "
                "fill in every row."
            ),
            name=name,
            first=row,
            last=last_row,
            range=f"{_letters(column)}{row}:{_letters(last_column)}{last_row}",
        )


def _letters(column: int) -> str:
    """Letters of a column as a spreadsheet shows them, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
