"""The calendar as CSV and as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from smmlib.formulas import defused
from smmlib.language import Language, mark, say, weekday
from smmlib.language import moment as said_moment
from smmlib.planning.calendar.editorial_calendar import Calendar
from smmlib.planning.calendar.period import PERIOD_KINDS
from smmlib.planning.pages import add_page, add_row, content_of, new_book
from smmlib.timetable import zone

_HEADINGS = (
    (mark("Date"), 12),
    (mark("Weekday"), 10),
    (mark("Time"), 8),
    (mark("Until"), 12),
    (mark("Time until"), 8),
    (mark("Kind"), 18),
    (mark("Channel"), 26),
    (mark("Title"), 40),
    (mark("Campaign"), 24),
    (mark("Owner"), 16),
    (mark("Status"), 12),
    (mark("On hold because"), 30),
    (mark("Conflicts"), 60),
)


def calendar_csv(calendar: Calendar, language: Language = "en") -> bytes:
    """All entries as CSV: UTF-8 with byte order mark, semicolons in German, commas in English.

    Columns are those of `Calendar.to_frame`, under their names; times are on the calendar's clock. Text that
    a spreadsheet would take for a formula begins with an apostrophe.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    frame = calendar.to_frame(language)
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False):
        writer.writerow([defused(value) if isinstance(value, str) else value for value in row])
    return written.getvalue().encode("utf-8-sig", "replace")


def calendar_sheet(
    calendar: Calendar, language: Language = "en", *, conflicts: Mapping[str, tuple[str, ...]] | None = None
) -> bytes:
    """All entries as XLSX, with real dates and times on the calendar's clock; blackouts and embargoes beside.

    Args:
        calendar: The calendar.
        language: Language of headings.
        conflicts: Id of an entry to the sentences about it.
    """
    book, told = new_book(), conflicts or {}
    headings = [(say(word, language), width) for word, width in _HEADINGS]
    sheet = add_page(book, mark("Editorial plan"), headings, language)
    entries: Any = calendar.to_frame(language).itertuples(index=False)
    for row, entry in enumerate(entries, start=2):
        values = (
            entry.day,
            weekday(entry.weekday, language),
            entry.time and entry.time.replace(second=0, microsecond=0),
            entry.end_day,
            entry.end_time and entry.end_time.replace(second=0, microsecond=0),
            entry.kind,
            entry.channel,
            entry.title,
            entry.campaign,
            entry.owner,
            entry.state,
            entry.hold,
            "\n".join(told.get(entry.id, ())),
        )
        add_row(sheet, row, values, language)
    sheet.auto_filter.ref = sheet.dimensions
    words = ((mark("Kind"), 16), (mark("Reason"), 40), (mark("From"), 26), (mark("Until"), 26))
    page = add_page(
        book, mark("Blackouts and embargoes"), [(say(w, language), width) for w, width in words], language
    )
    for row, period in enumerate(calendar.periods, start=2):
        edges = [_said(moment, calendar, language) for moment in (period.start, period.end)]
        add_row(page, row, [say(PERIOD_KINDS[period.kind], language), period.name, *edges], language)
    return content_of(book)


def _said(moment: datetime, calendar: Calendar, language: Language) -> str:
    return said_moment(moment.astimezone(zone(calendar.time_zone)), language)
