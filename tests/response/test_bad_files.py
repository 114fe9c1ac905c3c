"""Files that are not what they seem: each is refused with a clear sentence, or read with a remark."""

import io
import os
import struct
import threading
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest

from smmlib.errors import UnreadableFileError
from smmlib.response import read_export
from smmlib.response.archive import unpack
from smmlib.response.inspection import inspect
from smmlib.response.source_file import file_content
from tests.response.exports import LINKEDIN_POSTS, table, workbook, zipped

X_OVERVIEW = [
    "Date",
    "Impressions",
    "Likes",
    "Engagements",
    "Bookmarks",
    "Shares",
    "New follows",
    "Unfollows",
    "Replies",
    "Reposts",
    "Profile visits",
    "Create Post",
    "Video views",
    "Media views",
]
X_DAY = ("Fri, Apr 26, 2024", *["1"] * 13)
INSTAGRAM = [
    "Post ID",
    "Account username",
    "Publish time",
    "Permalink",
    "Reach",
    "Likes",
    "Shares",
    "Comments",
]
POST = ("1", "acme", "09/15/2026 18:00", "https://x/1", "1", "2", "3", "4")


def read(data, **options):
    return read_export("export.csv", data=data, **options)


def told(read):
    return " | ".join(problem.text() for problem in (*read.report.dropped, *read.report.problems))


def sheet_with(cell):
    book = openpyxl.Workbook()
    for column, heading in enumerate(INSTAGRAM, 1):
        book.active.cell(1, column, heading)
    book.active.cell(2, 1, "1")
    book.active[cell] = "far away"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576"])
def test_a_sheet_that_spans_more_than_memory_is_refused_before_it_is_opened(cell):
    with pytest.raises(UnreadableFileError, match="more than memory holds"):
        inspect(sheet_with(cell), "a.xlsx", most_cells=1_000_000)


def test_a_cell_at_the_end_of_the_sheet_does_not_take_the_kernel_down():
    with pytest.raises(UnreadableFileError, match="Save the sheet with the figures as CSV"):
        read(sheet_with("XFD1048576"))


def test_a_spreadsheet_that_unpacks_to_a_thousand_times_its_size():
    bomb = zipped(**{"[Content_Types].xml": "<Types/>", "xl/sharedStrings.xml": b" " * (100 << 20)})
    assert len(bomb) < 1 << 20
    with pytest.raises(UnreadableFileError, match="more than memory holds"):
        read(bomb)


def test_an_archive_of_posts_that_unpacks_to_too_much():
    with pytest.raises(UnreadableFileError, match="too large"):
        unpack(zipped(**{"a.json": b" " * 5000}), "a.zip", largest=4000)


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
def test_a_truncated_spreadsheet(keep):
    data = workbook(Sheet=[INSTAGRAM, POST])
    with pytest.raises(UnreadableFileError, match="damaged"):
        read(data[: int(len(data) * keep)])


def test_a_spreadsheet_with_a_damaged_part():
    data = bytearray(workbook(Sheet=[INSTAGRAM, *[POST] * 200]))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    data[start : start + 40] = bytes(40)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read(bytes(data))


def test_a_spreadsheet_locked_with_a_password():
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFileError, match="locked with a password"):
        read(locked + bytes(600))


def test_a_table_inside_a_zip_says_what_to_import():
    with pytest.raises(UnreadableFileError, match=r"ZIP archive.*instagram\.csv"):
        read(zipped(**{"instagram.csv": table(INSTAGRAM, POST)}))


def test_macros_are_told_and_never_run():
    data = workbook(Sheet=[INSTAGRAM, POST])
    carrying = io.BytesIO(data)
    with zipfile.ZipFile(carrying, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    found = read(carrying.getvalue())
    assert "carries macros" in told(found)
    assert found.report.rows_kept == 1


def test_two_exports_in_one_file():
    both = table(X_OVERVIEW, X_DAY) + table(INSTAGRAM, POST)
    with pytest.raises(UnreadableFileError, match=r"two tables: in row 3"):
        read(both, account="acme")
    as_wide = table(INSTAGRAM, POST) + table(
        ["Date", "Impressions", "Likes", "Engagements", "Bookmarks", "New follows", "Unfollows", "Replies"],
        POST,
    )
    assert read(as_wide).report.rows_read == 3


def test_headings_that_come_twice_are_left_out():
    found = read(table(INSTAGRAM, POST) + table(INSTAGRAM, ("2", *POST[1:])))
    assert found.posts["entity_id"].tolist() == ["1", "2"]
    assert found.report.dropped[0].rows == (3,)


def test_a_wrong_export_for_the_chosen_format():
    with pytest.raises(
        UnreadableFileError, match=r"not “X, account analytics, overview” but looks like “Meta"
    ):
        read(table(INSTAGRAM, POST), format="x_overview")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_two_encodings_in_one_file(mark):
    utf8 = table(INSTAGRAM, ("1", "Grüße", *POST[2:]))
    cp1252 = table(("2", "Köln", *POST[2:]), encoding="cp1252")
    found = read(mark + utf8 + cp1252)
    assert found.posts["account"].tolist() == ["Grüße", "Köln"]
    assert found.report.encoding == "mixed"
    assert next(p for p in found.report.problems if "Windows-1252" in p.text()).rows == (3,)


def test_dates_that_can_hardly_be_right():
    rows = [
        ("1", "a", "01/01/1970 00:00", *POST[3:]),
        ("2", "a", "05/01/1999 00:00", *POST[3:]),
        ("3", "a", "05/01/2027 00:00", *POST[3:]),
        ("4", *POST[1:]),
    ]
    found = read(table(INSTAGRAM, *rows), now=datetime(2026, 11, 24, tzinfo=UTC))
    at = found.posts.set_index("entity_id")["published_on_local"]
    assert at.isna().tolist() == [True, False, False, False]
    rows_told = {p.message.text("en")[:16]: p.rows for p in found.report.problems}
    assert rows_told["dates of 1 Janua"] == (2,)
    assert rows_told["dates before 200"] == (3,)
    assert rows_told["dates in the fut"] == (4,)
    assert "future" not in told(read(table(INSTAGRAM, *rows)))


def test_ambiguous_dates_offer_the_choice():
    columns = {"id": "entity_id", "Datum": "published_at", "Aufrufe": "views"}
    data = table(("id", "Datum", "Aufrufe"), ("1", "04/05/2026", "3"))
    found = read(data, columns=columns, network="xing")
    problem = next(p for p in found.report.problems if p.choice)
    assert (problem.choice, problem.rows) == ("day_first", (2,))


def _read_again_and_again(path):
    for _ in range(50):
        file_content(path)


def test_a_file_that_changes_while_it_is_read(tmp_path):
    path = tmp_path / "growing.csv"
    path.write_bytes(b"a,b\n" * 5_000_000)
    done = threading.Event()

    def grow():
        with path.open("ab", buffering=0) as stream:
            while not done.wait(0.0005):
                stream.write(b"1,2\n")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        with pytest.raises(UnreadableFileError, match="changed while it was read"):
            _read_again_and_again(path)
    finally:
        done.set()
        writer.join()


def test_pipes_and_devices_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", "/dev/zero"):
        with pytest.raises(UnreadableFileError, match="not an ordinary file"):
            read_export(path)


def test_a_link_out_of_the_chosen_folder(tmp_path):
    (tmp_path / "secret.csv").write_bytes(table(INSTAGRAM, POST))
    chosen = tmp_path / "exports"
    chosen.mkdir()
    (chosen / "inside.csv").write_bytes(table(INSTAGRAM, POST))
    (chosen / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert read_export(chosen / "inside.csv", folder=chosen).report.rows_kept == 1
    for path in (chosen / "link.csv", chosen / ".." / "secret.csv"):
        with pytest.raises(UnreadableFileError, match="leads out of the folder"):
            file_content(path, folder=chosen)


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b'{"orderedItems": [', "line 1 is no JSON"),
        (b"[" * 200_000, "not a table|nested too deeply|no JSON|no known export|no rows"),
        (b'{"a": ' * 100_000, "nested too deeply|is no JSON"),
        (b"[]", "holds no posts"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "no known export|holds no posts"),
        (table(INSTAGRAM), "no rows"),
    ],
)
def test_documents_that_are_no_archive(data, match):
    with pytest.raises(UnreadableFileError, match=match):
        read(data)


def test_html_of_others_is_text_and_broken_html_ends():
    from smmlib.response.html_posts import html_row, html_text

    assert html_text("<script>alert(1)</script><b onclick=x>fett</b> &lt;i&gt;") == "fett <i>"
    assert html_text("1 < 2") == "1 < 2"
    row = html_row(b"<html><div class='main-content'>a<div>b</span></p>c", "a.html")
    assert row["main-content"].startswith("a")


def records(*rows):
    """Rows of text and numbers as the records of an old binary spreadsheet, in the layout of BIFF8."""

    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row, column, value):
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            return record(0x0204, at + struct.pack("<HB", len(value), 1) + text)
        return record(0x0203, at + struct.pack("<d", value))

    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    title = b"All posts"
    name = struct.pack("<BB", len(title), 0) + title
    book = record(0x0809, begin)
    end = record(0x000A, b"")
    start = len(book) + 4 + 6 + len(name) + len(end)
    book += record(0x0085, struct.pack("<IH", start, 0) + name) + end
    book += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    book += b"".join(cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    return book + end


def compound(stream):
    """A stream called Workbook in a compound file, the container of old binary spreadsheets."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0),
    )
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table_of_sectors = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))

    def entry(name, kind, child, start, size):
        text = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16xI16xIQ",
            *(text, len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, start, size),
        )

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return (
        header
        + struct.pack("<108I", *[0xFFFFFFFF] * 108)
        + table_of_sectors
        + folder.ljust(512, b"\0")
        + stream
    )


def test_an_old_binary_spreadsheet_of_linkedin():
    post = ("Title", "https://linkedin/7", "Organic", "", "09/15/2026", "All", 100.0, "", 5.0, 0.05)
    rows = [("Metrics of posts",), LINKEDIN_POSTS, (*post, 3.0, 2.0, 1.0, 0.0, 0.1, "Document")]
    data = compound(records(*rows))
    found = read(data)
    assert found.format == "linkedin_content"
    assert found.table.set_index("metric")["value"].to_dict()["impressions"] == 100
    assert found.posts["link"].tolist() == ["https://linkedin/7"]
    for part in (data[:700], data[:1600]):
        with pytest.raises(UnreadableFileError, match=r"readable spreadsheet|empty|damaged"):
            read(part)
