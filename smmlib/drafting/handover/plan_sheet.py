"""Posts as an editorial plan in XLSX, for people who plan in a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any

from smmlib.drafting.handover.post import Post
from smmlib.formulas import is_formula, without_illegal
from smmlib.language import Language, mark, say, weekday
from smmlib.networks import FORMAT_NAMES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADINGS = (
    (mark("Date"), 12),
    (mark("Weekday"), 10),
    (mark("Time"), 8),
    (mark("Network"), 14),
    (mark("Account"), 22),
    (mark("Format"), 12),
    (mark("Title"), 28),
    (mark("Text"), 70),
    (mark("Link"), 40),
    (mark("Media"), 30),
    (mark("Alt texts"), 40),
    (mark("Campaign"), 22),
    (mark("Labels"), 22),
)


def sheet_of(posts: Sequence[Post], language: Language) -> bytes:
    """An editorial plan: one row for each post, real dates and times, headings that stay in view.

    Text that would be taken for a formula is stored as text and never run.

    Args:
        posts: The posts, in order.
        language: Language of headings, formats and weekdays.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]
    sheet.title = say("Editorial plan", language)
    sheet.freeze_panes = "A2"
    for column, (heading, width) in enumerate(_HEADINGS, start=1):
        cell = sheet.cell(1, column, say(heading, language))
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, post in enumerate(posts, start=2):
        for column, value in enumerate(_row(post, language), start=1):
            _put(sheet, row, column, value, language)
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _row(post: Post, language: Language) -> tuple[Any, ...]:
    when = post.planned
    names = [item.name or (asset.name if asset else "") for item, asset in post.media]
    return (
        when.date() if when else None,
        weekday(when.isoweekday(), language) if when else None,
        when.time().replace(second=0, microsecond=0, tzinfo=None) if when else None,
        post.network.name,
        post.account.handle,
        say(FORMAT_NAMES[post.version.format], language),
        post.draft.title,
        post.text,
        post.link,
        "\n".join(names),
        "\n".join(item.alt_text for item, _ in post.media),
        post.campaign.name if post.campaign else "",
        ", ".join(post.draft.labels.values()),
    )


def _put(sheet: Worksheet, row: int, column: int, value: Any, language: Language) -> None:
    from openpyxl.styles import Alignment

    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, date):
        cell.value = value
        cell.number_format = "dd.mm.yyyy" if language == "de" else "yyyy-mm-dd"
    elif isinstance(value, time):
        cell.value = value
        cell.number_format = "hh:mm"
    else:
        text = without_illegal(value)
        cell.value = text[:32_767]
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)
