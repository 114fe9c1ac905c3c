"""A review sheet as XLSX: a row for each post and account, with a list to decide from."""

from __future__ import annotations

import io
from typing import Any

from smmlib.campaign import ROLES
from smmlib.drafting.signoff.review_sheet import (
    CONTENT_FIELDS,
    DECISIONS,
    ReviewPost,
    ReviewSheet,
    cell_text,
    shown_content,
    shown_time,
)
from smmlib.formulas import is_formula
from smmlib.language import Language, mark, say
from smmlib.networks import account_label

SHOWN: dict[str, str] = {
    "number": mark("No."),
    "account": mark("Account"),
    "planned": mark("Planned time"),
    **CONTENT_FIELDS,
    "decision": mark("Decision"),
    "role": mark("Role"),
    "name": mark("Name"),
    "comment": mark("Comment"),
    "fingerprint": mark("Fingerprint"),
}
"""Columns a reviewer sees, with their headings."""

TOLD = ("account", "planned", *CONTENT_FIELDS)
"""Columns that say what is decided on; they must come back as they went out."""

ANSWERS = ("decision", "role", "name", "comment")
"""Columns a reviewer fills in."""

HIDDEN = ("smm_draft", "smm_account", "smm_planned", "smm_workspace", "smm_log", "smm_language")
"""Columns by which a row finds its way back."""

_WIDTHS = {"number": 5, "account": 24, "planned": 18, "text": 60, "parts": 34, "link": 30, "media": 34}
_WIDTHS |= {"decision": 16, "role": 14, "name": 18, "comment": 40, "fingerprint": 20}


def review_xlsx(sheet: ReviewSheet, language: Language = "en") -> bytes:
    """The sheet as XLSX. Only the columns to be filled in can be typed in, unless the protection is lifted.

    Text that a spreadsheet program would take for a formula is stored as text and never run.

    Args:
        sheet: What is to be decided on.
        language: Language of its words.
    """
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = say(mark("Review"), language)
    columns = [*SHOWN, *HIDDEN]
    headings = [say(SHOWN[name], language) if name in SHOWN else name for name in columns]
    for column, heading in enumerate(headings, start=1):
        _put(page, 1, column, heading, bold=True)
    for row, post in enumerate(sheet.posts, start=2):
        cells = _cells(sheet, post, row - 1, language)
        for column, name in enumerate(columns, start=1):
            _put(page, row, column, cells[name], answer=name in ANSWERS)
    _lay_out(page, columns)
    _offer(page, columns, len(sheet.posts) + 1, language)
    _explain(book.create_sheet(say(mark("How to answer"), language)), sheet, language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cells(sheet: ReviewSheet, post: ReviewPost, number: int, language: Language) -> dict[str, str | int]:
    account = post.survey.account
    return {
        "number": number,
        "account": account_label(account, post.survey.network),
        "planned": shown_time(post.sign_off.planned_at, account.time_zone, language),
        **shown_content(post.content, language),
        **dict.fromkeys(ANSWERS, ""),
        "fingerprint": post.content.fingerprint,
        "smm_draft": post.draft.id,
        "smm_account": post.content.account,
        "smm_planned": post.planned,
        "smm_workspace": sheet.workspace,
        "smm_log": sheet.head,
        "smm_language": language,
    }


def _put(
    page: Any, row: int, column: int, value: str | int, *, bold: bool = False, answer: bool = False
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    cell = page.cell(row=row, column=column)
    if isinstance(value, int):
        cell.value = value
    elif value:
        text = cell_text(value)
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = is_formula(text)
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if answer:
        cell.fill = PatternFill("solid", fgColor="FFF4D6")
        cell.protection = Protection(locked=False)


def _lay_out(page: Any, columns: list[str]) -> None:
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(columns, start=1):
        dimension = page.column_dimensions[get_column_letter(number)]
        dimension.width = _WIDTHS.get(name, 12)
        dimension.hidden = name in HIDDEN
    page.freeze_panes = "A2"
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _offer(page: Any, columns: list[str], last: int, language: Language) -> None:
    """Lists to choose the decision and the role from."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    lists = {"decision": DECISIONS.values(), "role": ROLES.values()}
    for name, words in lists.items():
        said = ",".join(say(word, language) for word in words)
        choice = DataValidation(type="list", formula1=f'"{said}"', allow_blank=True)
        choice.error = say(mark("Please choose from the list."), language)
        page.add_data_validation(choice)
        letter = get_column_letter(columns.index(name) + 1)
        choice.add(f"{letter}2:{letter}{max(last, 2)}")


def _explain(page: Any, sheet: ReviewSheet, language: Language) -> None:
    lines = explanation(sheet, language)
    for row, line in enumerate(lines, start=1):
        _put(page, row, 1, line, bold=row == 1)
    page.column_dimensions["A"].width = 100
    page.protection.sheet = True


def explanation(sheet: ReviewSheet, language: Language) -> list[str]:
    """What a reviewer has to know, a sentence each; the first is the heading."""
    lines = [say(mark("Review for {name}"), language, name=sheet.name)]
    if sheet.made_by:
        lines.append(say(mark("Sent by {name}."), language, name=sheet.made_by))
    if sheet.deadline:
        lines.append(say(mark("Please answer by {day:date}."), language, day=sheet.deadline))
    return [
        *lines,
        say(mark("Decide on each post: approve, return with a comment, or comment only."), language),
        say(
            mark(
                "A decision counts for the post exactly as it stands here, and for the day it is planned "
                "for; the fingerprint says so. If it is changed later, the decision no longer counts."
            ),
            language,
        ),
        say(
            mark(
                "Please change nothing but the answers; wishes for the text belong in the comment. "
                "Then send the file back."
            ),
            language,
        ),
        say(mark("State of the log, to be kept elsewhere: {head}"), language, head=sheet.head),
    ]
