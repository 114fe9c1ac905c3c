"""Pages of a spreadsheet for controllers: real numbers and dates, formulas of ours, text as text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from smmlib.formulas import is_formula, without_illegal
from smmlib.language import Language, say

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

MONEY, COUNT, SHARE = "#,##0.00", "#,##0", "0.0%"
_LONGEST = 32_767
_DAYS: dict[Language, str] = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}


class Formula(str):
    """A formula of ours; anything else that begins like one is stored as text and never run."""

    __slots__ = ()


Value = str | int | Decimal | date | time | None


def new_book() -> Workbook:
    """An empty workbook."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    return book


def add_page(
    book: Workbook, title: str, headings: Sequence[tuple[str, int]], language: Language
) -> Worksheet:
    """A sheet with bold headings that stay in view, landscape, as wide as a page.

    Args:
        book: The workbook.
        title: Title, in English; marked.
        headings: Headings, as they are shown, with the width of their column in characters.
        language: Language of the title.
    """
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(say(title, language)[:31])
    sheet.freeze_panes = "A2"
    for column, (heading, width) in enumerate(headings, start=1):
        cell = sheet.cell(1, column)
        _put_text(cell, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    return sheet


def add_row(
    sheet: Worksheet,
    row: int,
    values: Sequence[Value],
    language: Language,
    *,
    forms: Sequence[str] = (),
    bold: bool = False,
) -> None:
    """Write a row.

    Args:
        sheet: The sheet.
        row: Its number, counted from 1.
        values: What stands in it; None and "" leave a cell empty.
        language: Language of dates.
        forms: Number format of each column; "" is the usual one.
        bold: Whether it is a sum.
    """
    from openpyxl.styles import Alignment, Font

    for column, value in enumerate(values, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row, column)
        if isinstance(value, str) and not isinstance(value, Formula):
            _put_text(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        else:
            cell.value = str(value) if isinstance(value, Formula) else value
        if isinstance(value, date):
            cell.number_format = _DAYS[language]
        elif isinstance(value, time):
            cell.number_format = "hh:mm"
        elif len(forms) >= column and forms[column - 1]:
            cell.number_format = forms[column - 1]
        if bold:
            cell.font = Font(bold=True)


def content_of(book: Workbook) -> bytes:
    """The workbook as XLSX."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _put_text(cell: Cell | MergedCell, text: str) -> None:
    plain = without_illegal(text)[:_LONGEST]
    cell.value = plain
    cell.data_type = "s"
    cell.quotePrefix = is_formula(plain)  # shown as it is, also after somebody clicked into it
