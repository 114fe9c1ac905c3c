"""Files as grids of text: encodings, delimiters, sheets, and files that are no tables."""

import io
from datetime import datetime, timedelta

import openpyxl
import pytest

from smmlib.errors import UnreadableFileError
from smmlib.headings import fingerprint, plain
from smmlib.response.grid import read_grids


def grid(data, name="posts.csv"):
    return read_grids(data, name)[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_encodings(encoding):
    read = grid("Größe;Zahl\nüber;1\n".encode(encoding))
    assert read.header == ("Größe", "Zahl")
    assert read.columns[0].tolist() == ["über"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter):
    read = grid(f'a{delimiter}b\n"1,5;2"{delimiter}2\n'.encode())
    assert [column.tolist() for column in read.columns] == [["1,5;2"], ["2"]]


def test_the_line_that_names_the_delimiter_and_titles_are_passed_over():
    read = grid(b"sep=;\na;b\n1,5;2\n")
    assert (read.header, read.rows.tolist()) == (("a", "b"), [3])
    titled = grid(b"Export of 2026\n\na;b;c\n1;2;3\n")
    assert (titled.header, titled.rows.tolist()) == (("a", "b", "c"), [4])


def test_line_breaks_inside_text_stay():
    assert grid(b'a,b\n"x\ny",2\nz,3\n').columns[0].tolist() == ["x\ny", "z"]


def test_short_rows_are_filled_and_odd_rows_are_listed():
    read = grid(b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n6,7,8,,\nA note at the end\n9,9,9\n")
    assert read.rows.tolist() == [2, 3, 5, 7]
    assert read.columns[2].tolist() == ["3", "", "8", "9"]
    assert read.damaged == (4, 6)


def test_a_spreadsheet_is_read_as_text_with_its_types_noted():
    book = openpyxl.Workbook()
    book.active.append(["Export"])
    book.active.append(["Post ID", "Datum", "Likes", "Dauer"])
    book.active.append([17900000000000001, datetime(2026, 1, 2, 3, 4), 12.5, timedelta(seconds=75)])
    book.active.append(["17900000000000002", "1.2.2026", "1.234", None])
    data = io.BytesIO()
    book.save(data)
    read = grid(data.getvalue(), "a.csv")
    assert [column.tolist() for column in read.columns] == [
        ["1.790000e+16", "17900000000000002"],
        ["2026-01-02 03:04:00", "1.2.2026"],
        ["12.5", "1.234"],
        ["0:01:15", ""],
    ]
    assert read.native[2].tolist() == [True, False]
    assert read.rows.tolist() == [3, 4]


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"a,b\n", "no rows"),
        (bytes(range(256)) * 50, "not a table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a table"),
        (b"\x00\x01" * 500, "not a table"),
        (b"PK\x03\x04abc", "damaged"),
        (b"\xd0\xcf\x11\xe0aaaa", "not a readable spreadsheet"),
        (b'a,b\n"1,2\n', "no row fits"),
        (b'a,b\n1,2\n"3,4\n' + b"5,6\n" * 300, "quotation mark missing"),
    ],
)
def test_files_that_are_no_tables_say_so(data, match):
    with pytest.raises(UnreadableFileError, match=match):
        read_grids(data, "posts.csv")


def test_headings_compare_however_they_are_written():
    assert plain("„Gefällt mir“-Angaben ") == plain('"Gefällt mir"–Angaben')
    assert plain("Vi\u00addeo\u00adti\u00adtel") == "videotitel"
    assert plain("Videowiedergaben bis 25\u00a0%") == plain("Videowiedergaben bis 25 %")
    assert fingerprint(["A", "b"]) == fingerprint(["B ", "a"])
    assert fingerprint(["a"]) != fingerprint(["b"])
