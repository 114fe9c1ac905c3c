"""The calendar as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from datetime import datetime, time
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from smmlib.planning.calendar import CalendarEntry, Period, calendar_csv, calendar_of, calendar_sheet

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 28, 18, 30, tzinfo=BERLIN)
CALENDAR = calendar_of(
    [
        CalendarEntry(
            id="1", kind="insertion", title="=1+1", start=AT, campaign="c", channel="Bote; Lokales"
        ),
        CalendarEntry(id="2", title="Messe", start=datetime(2026, 3, 29, tzinfo=BERLIN), all_day=True),
    ],
    campaigns={"c": "Frühling"},
    periods=(Period(name="+Wahl", start=AT, end=AT.replace(hour=20)),),
)


def test_csv_in_both_languages() -> None:
    for language, sign, kind in (("de", ";", "Anzeigenschaltung"), ("en", ",", "Insertion")):
        text = calendar_csv(CALENDAR, language).decode("utf-8-sig")
        one, two = csv.DictReader(io.StringIO(text, newline=""), delimiter=sign)
        assert (one["day"], one["time"], one["kind"], one["title"]) == (
            "2026-03-28",
            "18:30:00",
            kind,
            "'=1+1",
        )
        assert (one["channel"], one["campaign"]) == ("Bote; Lokales", "Frühling")
        assert (two["time"], two["end_day"]) == ("", "2026-03-29")


def test_the_spreadsheet_has_real_dates_and_says_conflicts() -> None:
    data = calendar_sheet(CALENDAR, "de", conflicts={"1": ("Sperrfrist.", "Preis.")})
    book = load_workbook(io.BytesIO(data))
    plan, periods = book["Redaktionsplan"], book["Sendepausen und Sperrfristen"]
    row = {plan.cell(1, column).value: plan.cell(2, column).value for column in range(1, 14)}
    assert row["Datum"] == datetime(2026, 3, 28)
    assert (row["Wochentag"], row["Uhrzeit"]) == ("Sa", time(18, 30))
    assert row["Konflikte"] == "Sperrfrist.\nPreis."
    assert plan["H2"].data_type == "s"
    assert [cell.value for cell in periods[2]] == [
        "Sendepause",
        "+Wahl",
        "28.03.2026, 18:30 Uhr",
        "28.03.2026, 20:30 Uhr",
    ]
    assert periods["B2"].quotePrefix
