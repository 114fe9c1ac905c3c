"""Tables as CSV and XLSX, for people who open them in a spreadsheet program.

Text that a spreadsheet would take for a formula is defused; numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import io
import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from smmlib.errors import InvalidValueError
from smmlib.formulas import is_formula, without_illegal
from smmlib.language import Language, mark, say

if TYPE_CHECKING:
    import pandas as pd

SHEET_ROWS = 1_048_575
"""Rows below the headings that a sheet can hold."""

_WIDEST = 60
_MEASURED = 500


def to_csv(frame: pd.DataFrame, language: Language = "en") -> bytes:
    """A table as CSV in UTF-8.

    English: comma, decimal point, ISO dates. German, as Excel expects it: byte order mark, semicolon,
    decimal comma, dates as 15.09.2026. Missing cells are empty. Formula-like text begins with an
    apostrophe.
    """
    import pandas as pd

    told = pd.DataFrame(
        {i: [_written(v, language) for v in _values(frame.iloc[:, i])] for i in range(frame.shape[1])}
    )
    told.columns = pd.Index([_written(str(name), language) for name in frame.columns])
    text = told.to_csv(index=False, sep=";" if language == "de" else ",", lineterminator="\r\n")
    return text.encode("utf-8-sig" if language == "de" else "utf-8", "replace")


def to_xlsx(frame: pd.DataFrame, language: Language = "en", *, title: str = "") -> bytes:
    """A table as an XLSX sheet: bold headings that stay in view, columns as wide as their content.

    Formula-like text is stored as text with Excel's quote mark, so it is shown as it is and never run.
    Times lose their offset, which a sheet cannot hold; they stay on their clock.

    Args:
        frame: The table, without its index.
        language: Format of dates, and the title when none is given.
        title: Name of the sheet.

    Raises:
        InvalidValueError: There are more rows than a sheet can hold.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    if len(frame) > SHEET_ROWS:
        raise InvalidValueError(
            mark("{rows} rows are more than a sheet can hold ({most}); export them as CSV."),
            rows=len(frame),
            most=SHEET_ROWS,
        )
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_sheet_name(title or say("Data", language)))
    sheet.freeze_panes = "A2"
    columns = [_values(frame.iloc[:, i]) for i in range(frame.shape[1])]
    for i, (name, values) in enumerate(zip(map(str, frame.columns), columns, strict=True), start=1):
        longest = max(map(len, [name, *(str(v) for v in values[:_MEASURED] if v is not None)]))
        sheet.column_dimensions[get_column_letter(i)].width = min(longest + 2, _WIDEST)
    bold = Font(bold=True)
    headings = [_styled(sheet, str(name), language) for name in frame.columns]
    for cell in headings:
        cell.font = bold
    sheet.append(headings)
    for row in zip(*columns, strict=True):
        sheet.append([_cell(sheet, value, language) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", title)[:31].strip() or "smm"


def _values(column: pd.Series[Any]) -> list[Any]:
    import pandas as pd

    return [None if value is pd.NaT or value is pd.NA else value for value in column.tolist()]


def _written(value: Any, language: Language) -> str:
    """A value as it stands in a CSV file."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return say(mark("yes") if value else mark("no"), language)
    if isinstance(value, (int, float, Decimal)):
        number = format(value, "f") if isinstance(value, Decimal) else format(value, ".15g")
        return number.replace(".", ",") if language == "de" else number
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}" if language == "de" else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}" if language == "de" else value.isoformat()
    text = str(value)
    return f"'{text}" if is_formula(text) else text


def _cell(sheet: Any, value: Any, language: Language) -> Any:
    """A value as a row of a sheet takes it: itself where that is safe, else a cell."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, (bool, int, float, Decimal)):
        return value
    if isinstance(value, date):
        return _styled(sheet, value, language)
    text = without_illegal(str(value))
    return _styled(sheet, text, language) if is_formula(text) or text.startswith("#") else text


def _styled(sheet: Any, value: Any, language: Language) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        text = without_illegal(value)
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)
        return cell
    timed = isinstance(value, datetime)
    cell = WriteOnlyCell(sheet, value.replace(tzinfo=None) if isinstance(value, datetime) else value)
    day = "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd"
    cell.number_format = f"{day} hh:mm" if timed else day
    return cell
