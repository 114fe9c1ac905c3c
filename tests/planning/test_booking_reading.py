"""Bookings from tables: German and English amounts, and every bad row told by its number."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from smmlib.errors import InvalidRecordError, InvalidValueError, UnreadableFileError
from smmlib.planning import BookingMapping, read_booking_table, read_bookings, suggest_booking_mapping

GERMAN = (
    "Eingangsrechnungen Fahrrad\n\n"
    "Belegart;Rechnungsnummer;Datum;Leistungsdatum;Betrag;Steuer;MwSt;Lieferant;Kostenstelle;Bestellung\n"
    "Rechnung;R-1;31.03.2026;21.03.2026;1.234,56 €;netto;19 %;Bildwerk;Film;\n"
    "Gutschrift;G-1;02.04.2026;;-200,00;brutto;7;Bildwerk;film;\n"
    "Bestellung;PO-9;01.02.2026;;CHF 12'000,00;§ 13b;19;Vroni;Influencer;\n"
)
ENGLISH = 'Date,Amount,Budget line,Type\n2026-03-31,"1,234.56",Film,invoice\n2026-04-01,99,Film,invoice\n'


def read(text, mapping=None, **more):
    return read_bookings(text.encode(), mapping, name="a.csv", **more)


def fixed(**fields):
    return {"line": "film", **fields}


def mapping_of(text, **more):
    table = read_booking_table(text.encode(), "a.csv")
    return suggest_booking_mapping(table.headings).replace(**more)


def spreadsheet(*rows, merge=(), title="Tabelle1"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for cells in merge:
        book.active.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_german_table_with_a_title(plan):
    invoice, credit, order = read(GERMAN, plan=plan).bookings
    assert invoice.amount == Decimal("1234.56")
    assert (invoice.currency, invoice.tax, invoice.tax_rate) == ("EUR", "net", 19)
    assert (invoice.day, invoice.service_day) == (date(2026, 3, 31), date(2026, 3, 21))
    assert (invoice.line, invoice.source.text("de")) == ("film", "a.csv, Zeile 4")
    assert (credit.kind, credit.amount, credit.tax, credit.line) == ("credit note", -200, "gross", "film")
    assert (order.kind, order.amount, order.currency) == ("commitment", 12000, "CHF")
    assert (order.tax, order.line) == ("reverse charge", "face")


def test_an_english_table(plan):
    assert [booking.amount for booking in read(ENGLISH, plan=plan).bookings] == [Decimal("1234.56"), 99]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding, plan):
    sheet = read_bookings(GERMAN.encode(encoding), name="a.csv", plan=plan)
    assert sheet.bookings[0].amount == Decimal("1234.56")


def test_the_same_file_gives_the_same_ids_and_bookings(plan):
    assert read(GERMAN, plan=plan) == read(GERMAN, plan=plan)
    assert len({booking.id for booking in read(GERMAN, plan=plan).bookings}) == 3


def test_a_spreadsheet_has_days_numbers_and_per_cent(plan):
    data = spreadsheet(
        ["Datum", "Betrag", "Steuersatz", "Konto", "Nr."],
        [datetime(2026, 3, 31), 1234.56, 0.19, "Film", 4711],
        [date(2026, 4, 1), 0.1 + 0.2, 7, "Film", "0815"],
    )
    first, second = read_bookings(data, name="a.xlsx", plan=plan).bookings
    assert (first.day, first.amount, first.tax_rate, first.number) == (
        date(2026, 3, 31),
        Decimal("1234.56"),
        19,
        "4711",
    )
    assert (second.amount, second.tax_rate, second.number) == (Decimal("0.3"), 7, "0815")
    assert first.source.text() == "a.xlsx, Tabelle1, row 2"


def test_hours_need_no_kind(plan):
    (booking,) = read("Datum;Stunden;Kostenstelle\n05.03.2026;7,5;Own team\n", plan=plan).bookings
    assert (booking.kind, booking.hours, booking.line) == ("hours", Decimal("7.5"), "team")


def test_a_confirmed_mapping_is_used_again(plan):
    text = "Beleg;wann;wieviel;KST\nA-1;01.03.2026;1.234;4711\n"
    confirmed = BookingMapping(
        columns={"Beleg": "number", "wann": "day", "wieviel": "amount", "KST": "line"},
        locale="de",
        fixed={"kind": "commitment", "currency": "CHF"},
        names={"line": {"4711": "face"}},
    )
    (booking,) = read(text, BookingMapping.from_json(confirmed.model_dump_json()), plan=plan).bookings
    assert (booking.kind, booking.currency, booking.amount) == ("commitment", "CHF", 1234)
    assert booking.line == "face"


def test_a_mapping_is_remembered_under_its_headings():
    table = read_booking_table(GERMAN.encode(), "a.csv")
    mapping = suggest_booking_mapping(table.headings)
    assert mapping.columns["Kostenstelle"] == "line"
    assert mapping.columns["MwSt"] == "tax_rate"
    assert mapping.id == suggest_booking_mapping([h.upper() for h in table.headings][::-1]).id


BAD_ROWS = {
    "text for a budget": ("Datum;Betrag\n01.03.2026;rund 5000\n", "row 2: .*'rund 5000' is no amount"),
    "wrong grouping": ("Datum;Betrag\n01.03.2026;1.23,45\n", "row 2: .*is no amount"),
    "blanks within a number": ("Datum;Betrag\n01.03.2026;1 23\n", "row 2: .*is no amount"),
    "unknown currency": ("Datum;Betrag;Währung\n01.03.2026;5;EURO\n", "row 2: .*'EURO' is unknown"),
    "two currencies": ("Datum;Betrag;Währung\n01.03.2026;5 €;CHF\n", "row 2: The amount is in EUR"),
    "negative without credit flag": ("Datum;Betrag\n01.03.2026;-5,00\n", "row 2: .*no credit note"),
    "no day": ("Datum;Betrag\n;5\n", "row 2: day is missing"),
    "a total row": ("Datum;Betrag\n01.03.2026;5\nSumme;5\n", "row 3: 'Summe' is no day"),
    "American day": ("Datum;Betrag\n03/31/2026;5\n", "row 2: '03/31/2026' is no day"),
    "day that does not exist": ("Datum;Betrag\n31.02.2026;5\n", "row 2: '31.02.2026' is no day"),
    "unknown kind": (
        "Datum;Betrag;Art\n01.03.2026;5;Quittung\n",
        "row 2: Kind: 'Quittung' is none of those known",
    ),
    "unknown line": ("Datum;Betrag;KST;Konto\n01.03.2026;5;1;Filme\n", "row 2: 'Filme' is not in the plan"),
    "no amount": ("Datum;Betrag\n01.03.2026;\n", "row 2: .*nothing but hours goes without an amount"),
    "tax of 100 %": ("Datum;Betrag;MwSt\n01.03.2026;5;100\n", "row 2: .*less than 100"),
}


@pytest.mark.parametrize(("text", "told"), BAD_ROWS.values(), ids=list(BAD_ROWS))
def test_a_bad_row_is_told_by_its_number(text, told, plan):
    with pytest.raises(InvalidRecordError, match=told):
        read(text, mapping_of(text, fixed=fixed()), plan=plan)


def test_all_bad_rows_are_told_at_once(plan):
    text = "Datum;Betrag\n01.03.2026;viel\n01.03.2026;5\nmorgen;-1\n"
    with pytest.raises(InvalidRecordError) as caught:
        read(text, mapping_of(text, fixed=fixed()), plan=plan)
    assert [problem.text().partition(":")[0] for problem in caught.value.problems] == [
        "a.csv, row 2",
        "a.csv, row 4",
    ]


def test_neither_line_nor_channel(plan):
    with pytest.raises(InvalidRecordError, match=r"row 2: .*no budget line and no channel"):
        read("Datum;Betrag\n01.03.2026;5\n", plan=plan)


def test_commas_and_points_mixed_are_told_with_both_rows(plan):
    text = "Datum;Betrag\n01.03.2026;1.234,56\n02.03.2026;12\n03.03.2026;1,234.56\n"
    with pytest.raises(InvalidValueError, match=r"'1.234,56' in row 2 is German, '1,234.56' in row 4 is Eng"):
        read(text, mapping_of(text, fixed=fixed()), plan=plan)


def test_what_may_be_thousands_is_asked(plan):
    text = "Datum;Betrag\n01.03.2026;1.234\n"
    with pytest.raises(InvalidValueError, match=r"Row 2: '1.234' may be thousands or a fraction"):
        read(text, mapping_of(text, fixed=fixed()), plan=plan)
    (booking,) = read(text, mapping_of(text, fixed=fixed(), locale="en"), plan=plan).bookings
    assert booking.amount == Decimal("1.234")


def test_a_number_twice_in_the_file_or_in_what_is_known(plan):
    text = "Datum;Betrag;Nr;Lieferant\n01.03.2026;5;R 1;Bild\n02.03.2026;5;r1;BILD\n"
    mapping = mapping_of(text, fixed=fixed())
    with pytest.raises(
        InvalidRecordError, match=r"'r1' of 'BILD' is there twice: a.csv, row 2 and a.csv, row 3"
    ):
        read(text, mapping, plan=plan)
    once = "".join(text.splitlines(keepends=True)[:2])
    first = read(once, mapping, plan=plan)
    with pytest.raises(InvalidRecordError, match="is there twice"):
        read(once, mapping, plan=plan, known=first.bookings)


def test_merged_cells_are_refused_with_their_rows(plan):
    rows = (["Rechnungen", None, None], ["Datum", "Betrag", "Konto"], [date(2026, 3, 1), 5, "Film"])
    data = spreadsheet(*rows, [None, 6, "Film"], merge=["A3:A4"])
    with pytest.raises(UnreadableFileError, match=r"rows 3 to 4: cells are merged \(A3:A4\)"):
        read_bookings(data, name="a.xlsx", plan=plan)
    title = spreadsheet(*rows, merge=["A1:C1"])
    assert len(read_bookings(title, name="a.xlsx", plan=plan).bookings) == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"Datum;Betrag\n", "no rows"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\x00\x01\x02\x03" * 100, "not"),
        (b"Datum;Betrag;Betrag\n01.03.2026;5;6\n", "more than once"),
        (b"Betrag;Text\n5;a\n", "no column is the day"),
        (b"Datum,Betrag,Konto\n2026-03-01,1,234,Film\n", "row 2: more cells than headings"),
        (b'Datum;Betrag\n01.03.2026;"5\n', "quote missing"),
    ],
)
def test_what_is_no_table_of_bookings(data, told):
    with pytest.raises(UnreadableFileError, match=told):
        read_bookings(data, name="a.csv")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"missing.csv cannot be read"):
        read_bookings(tmp_path / "missing.csv")


def test_a_sheet_that_is_not_there():
    with pytest.raises(UnreadableFileError, match="no sheet 'Mai'"):
        read_bookings(spreadsheet(["Datum"], ["x"]), name="a.xlsx", sheet="Mai")


def test_a_formula_in_a_cell_stays_text(plan):
    text = 'Datum;Betrag;Lieferant\n01.03.2026;5;"=HYPERLINK(""http://x"")"\n'
    (booking,) = read(text, mapping_of(text, fixed=fixed()), plan=plan).bookings
    assert booking.supplier == '=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"columns": {"a": "sum"}}, "'sum' is no field of a booking; there is: amount"),
        ({"columns": {"a": "day", "b": "day"}}, "Two columns are to be 'day'"),
        ({"locale": "fr"}, "locale is 'fr'; it must be one of"),
        ({"fixed": {"colour": "red"}}, "'colour' is no field"),
    ],
)
def test_a_mapping_that_means_nothing(fields, told):
    with pytest.raises(InvalidRecordError, match=told):
        BookingMapping(**fields)


def test_a_table_as_a_frame():
    frame = read_booking_table(ENGLISH.encode(), "a.csv").to_frame()
    assert frame.index.tolist() == [2, 3]
    assert frame["Amount"].tolist() == ["1,234.56", "99"]
