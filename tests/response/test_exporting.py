"""Tables for spreadsheet programs: German CSV, formula-like text, numbers that stay numbers."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smmlib.formulas import is_formula
from smmlib.response import exporting, to_csv, to_xlsx
from smmlib.response.table import as_table

DANGEROUS = ["=cmd|' /C calc'!A0", "+49 30 1", "-2+3", "@SUM(A1)", "\tx", "\rx", " =1+1", "-Liste", "- Punkt"]


def table():
    return pd.DataFrame(
        {
            "Text": ['Grüße; "du"', None],
            "Zahl": [-1.5, float("nan")],
            "Geld": [Decimal("1234.50"), None],
            "Tag": [date(2026, 9, 1), None],
            "Wann": pd.to_datetime(["2026-09-01 10:00", None], utc=True),
            "Ganz": pd.array([7, None], dtype="Int8"),
            "Ja": [True, False],
        }
    )


def test_german_csv():
    data = to_csv(table(), "de")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").split("\r\n")[:3] == [
        "Text;Zahl;Geld;Tag;Wann;Ganz;Ja",
        '"Grüße; ""du""";-1,5;1234,50;01.09.2026;01.09.2026 10:00;7;ja',
        ";;;;;;nein",
    ]


def test_english_csv():
    assert to_csv(table(), "en").decode().split("\r\n")[1] == (
        '"Grüße; ""du""",-1.5,1234.50,2026-09-01,2026-09-01 10:00+00:00,7,yes'
    )


@pytest.mark.parametrize("text", DANGEROUS)
def test_formula_like_text_is_defused(text):
    assert is_formula(text)
    csv = pd.read_csv(io.BytesIO(to_csv(pd.DataFrame({text: [text]}))), header=None, dtype=str)
    assert [cell[0] for cell in csv[0]] == ["'", "'"]
    cells = [row[0] for row in sheet(pd.DataFrame({text: [text]})).iter_rows()]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert all(cell.quotePrefix for cell in cells)


def test_harmless_text_and_negative_numbers_stay():
    assert not any(map(is_formula, ["-5", "-1,5", "a=b", "#tag", "", "🚲"]))
    cells = sheet(pd.DataFrame({"n": [-1.5, 3]}))
    assert [cells["A2"].value, cells["A3"].value] == [-1.5, 3]
    assert cells["A2"].data_type == "n"


def test_a_sheet_has_bold_headings_in_view_and_readable_columns():
    read = sheet(table(), "de")
    assert read.freeze_panes == "A2"
    assert all(cell.font.bold for cell in read[1])
    assert read.column_dimensions["A"].width > len('Grüße; "du"')
    assert read["D2"].number_format == "dd.mm.yyyy"
    assert read["B3"].value is None


def test_a_response_table_goes_out():
    response = as_table({"network": "x", "entity_id": ["1"], "metric": "likes", "value": [-3.0]})
    assert b"-3" in to_csv(response)
    assert sheet(response)["J2"].value == -3


def test_too_many_rows_for_a_sheet(monkeypatch):
    monkeypatch.setattr(exporting, "SHEET_ROWS", 1)
    with pytest.raises(ValueError, match="export them as CSV"):
        to_xlsx(pd.DataFrame({"a": [1, 2]}))


@given(st.text(max_size=20))
def test_any_text_can_be_written_and_none_becomes_a_formula(text):
    frame = pd.DataFrame({"a": pd.Series([text], dtype=object)})
    assert to_csv(frame, "de").startswith(b"\xef\xbb\xbf")
    assert sheet(frame)["A2"].data_type != "f"


def sheet(frame, language="en"):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(frame, language))).active
