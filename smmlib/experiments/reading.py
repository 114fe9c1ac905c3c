"""Read a table of counts from a file: CSV, also compressed, XLSX or XLS, Parquet."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import pandas as pd

from smmlib.errors import UnreadableFileError
from smmlib.language import mark

_MOST_BYTES = 1_000_000_000  # of a compressed file when unpacked
_NUMBER = re.compile(r"[-+]?\d[\d.,]*")
_DOTTED = re.compile(r"[-+]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")  # 1.234 or 1.234,5
_COMMAED = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")  # 1,234 or 1,234.5
_NO_TABLE = mark("{name} is not a table with one row per variant: {why}.")


def read_counts(source: str | Path | bytes, *, name: str = "") -> pd.DataFrame:
    """Read a table with one row per variant.

    The separator (comma, semicolon, tab), the decimal and the thousands sign are found out from the
    text, so that a German file with 1.234 impressions is read as well as an English one with 1,234.

    Args:
        source: Path of the file, or its bytes (from an upload).
        name: File name for messages and to tell the kind, where `source` is bytes.

    Raises:
        UnreadableFileError: The file is not there, is empty, damaged, of an unknown kind, has no rows
            or the same column twice.
    """
    if not isinstance(source, bytes):
        name = name or Path(source).name
        source = _bytes(Path(source).expanduser())
    if name.lower().endswith(".gz"):
        source, name = _unpacked(source, name), name[:-3]
    if not source.strip():
        raise UnreadableFileError(mark("{name} is empty; choose the file with the counts."), name=name)
    if source[:4] == b"PAR1":
        table = _parquet(source, name)
    elif source[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        table = _spreadsheet(source, name)
    else:
        table = _text(source, name)
    return _checked(table, name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableFileError(
            mark("{path} cannot be read: {why}. Check the path."),
            path=str(path),
            why=problem.strerror or str(problem),
        ) from None


def _unpacked(packed: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(packed)) as stream:
            content = stream.read(_MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableFileError(
            mark("{name} is not a whole gzip file; download or export it again."), name=name
        ) from None
    if len(content) > _MOST_BYTES:
        raise UnreadableFileError(
            mark("{name} is larger than {most} bytes when unpacked; split it."), name=name, most=_MOST_BYTES
        )
    return content


def _parquet(content: bytes, name: str) -> pd.DataFrame:
    import pyarrow as pa

    try:
        return pd.read_parquet(io.BytesIO(content))
    except (pa.ArrowException, OSError, ValueError):
        raise UnreadableFileError(
            mark("{name} is a damaged Parquet file; export it again."), name=name
        ) from None


def _spreadsheet(content: bytes, name: str) -> pd.DataFrame:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except (calamine.CalamineError, IndexError):
        raise UnreadableFileError(
            mark("{name} is not a spreadsheet that can be read; save it as XLSX or CSV."), name=name
        ) from None
    if not rows:
        raise UnreadableFileError(mark("{name} is empty; choose the file with the counts."), name=name)
    table = pd.DataFrame(rows[1:], columns=pd.Index([str(cell) for cell in rows[0]]))
    return table.replace("", None).infer_objects()


def _text(content: bytes, name: str) -> pd.DataFrame:
    text = _decoded(content, name)
    header = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t", key=header.count)
    rows = list(islice(csv.reader(io.StringIO(text), delimiter=separator), 2000))
    names = next(row for row in rows if any(row))
    _check_names(names, name)
    if any(len(row) > len(names) and any(row[len(names) :]) for row in rows):
        raise UnreadableFileError(mark("{name} has rows with more cells than column names."), name=name)
    decimal, thousands = _signs((cell for row in rows for cell in row), separator)
    try:
        table = pd.read_csv(
            io.StringIO(text), sep=separator, decimal=decimal, thousands=thousands, low_memory=False
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as problem:
        raise UnreadableFileError(_NO_TABLE, name=name, why=str(problem).strip()) from None
    return table


def _decoded(content: bytes, name: str) -> str:
    utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\x00" in content[:100_000] and not utf_16:
        raise UnreadableFileError(
            mark("{name} is not a text table, spreadsheet or Parquet file; export it as CSV or XLSX."),
            name=name,
        )
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(
        mark("The letters of {name} are in an unknown encoding; save it as CSV UTF-8."), name=name
    )


def _signs(cells: Iterable[str], separator: str) -> tuple[str, str | None]:
    """Decimal and thousands sign; 1.234 is 1234 where commas do not separate the cells."""
    numbers = [cell.strip() for cell in cells if _NUMBER.fullmatch(cell.strip())]
    pointed = [cell for cell in numbers if "." in cell]
    comma = [cell for cell in numbers if "," in cell]
    if pointed and separator != "," and all(_DOTTED.fullmatch(cell) for cell in pointed):
        return ",", "."
    if comma and not all(_COMMAED.fullmatch(cell) for cell in comma):
        return ",", None
    return ".", "," if comma else None


def _check_names(names: Sequence[str], name: str) -> None:
    twice = [column for column, count in Counter(map(str, names)).items() if count > 1 and column]
    if twice:
        raise UnreadableFileError(
            mark("{name} has the column {column!r} more than once; rename one of them."),
            name=name,
            column=twice[0],
        )


def _checked(table: pd.DataFrame, name: str) -> pd.DataFrame:
    _check_names([str(column) for column in table.columns], name)
    if not len(table):
        raise UnreadableFileError(mark("{name} has column names but no rows."), name=name)
    return table
