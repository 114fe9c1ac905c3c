"""A file as a grid of text: what stands in it, before anyone says what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smmlib.errors import UnreadableFileError
from smmlib.language import mark

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_COMPOUND = b"\xd0\xcf\x11\xe0"
"""How old binary spreadsheets, and locked new ones, begin."""

Progress = Callable[[float], None]
"""Is told the share that is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of text with their headings.

    Attributes:
        header: Headings as written, one for each column.
        columns: Text of the cells, "" where empty; all of one length.
        native: For each column, True where a spreadsheet held a number (None: nowhere); the text is then
            Python's, not the locale's.
        rows: Row number of each row as a spreadsheet shows it, the first row of the file being 1.
        encoding: "utf-8", "cp1252", …, "mixed", "spreadsheet", "json" or "html".
        sheet: Name of the sheet; of text "", unless it holds several tables with titles of their own.
        title: What stands above the headings, cells joined by blanks.
        damaged: Numbers of rows left out because their cells do not fit the headings.
        odd: Cells of the first of these rows.
        other_lines: Numbers of lines in another encoding than the rest of the file.
        macros: Whether the file carries macros; they are never run.
    """

    header: tuple[str, ...]
    columns: tuple[pd.Series[str], ...]
    native: tuple[NDArray[np.bool_] | None, ...]
    rows: NDArray[np.int64]
    encoding: str
    sheet: str = ""
    title: str = ""
    damaged: tuple[int, ...] = ()
    odd: tuple[tuple[str, ...], ...] = ()
    other_lines: tuple[int, ...] = ()
    macros: bool = False

    def to_frame(self) -> pd.DataFrame:
        """The grid as a table of text; repeated headings stay repeated."""
        import pandas as pd

        frame = pd.DataFrame(dict(enumerate(self.columns)))
        return frame.set_axis(list(self.header), axis=1).set_axis(self.rows, axis=0)


def read_grids(data: bytes, name: str, progress: Progress | None = None) -> list[Grid]:
    """Read CSV (comma, semicolon, tab), XLSX, XLS, JSON or HTML by content, whatever the file is called.

    Args:
        data: Content of the file.
        name: What messages call it.
        progress: Told how far it is.

    Returns:
        One grid for each sheet that is not empty, for each titled table of a text, for each list of JSON.

    Raises:
        UnreadableFileError: It is empty, not a table, damaged, or has headings only.
    """
    if not data.strip():
        raise UnreadableFileError(mark("{name} is empty. Please export it again."), name=name)
    grids = _read(data, name, progress)
    if not any(len(grid.rows) for grid in grids):
        if any(grid.damaged for grid in grids):
            raise UnreadableFileError(
                mark(
                    "{name}: no row fits the column names. Is a quotation mark missing? "
                    "Please export it again."
                ),
                name=name,
            )
        raise UnreadableFileError(
            mark("{name} has column names but no rows. Is the period of the export the right one?"), name=name
        )
    return [grid for grid in grids if len(grid.rows)]


def _read(data: bytes, name: str, progress: Progress | None) -> list[Grid]:
    from smmlib.response.archive import is_spreadsheet, unpack
    from smmlib.response.documents import kind_of, read_documents

    zipped = data.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    if data.startswith(_COMPOUND) or (zipped and is_spreadsheet(data, name)):
        from smmlib.response.spreadsheet import read_spreadsheet

        return read_spreadsheet(data, name)
    if zipped:
        return read_documents(unpack(data, name), name)
    if kind_of(data):
        return read_documents([(name, data)], name)
    from smmlib.response.blocks import split_blocks
    from smmlib.response.delimited import read_delimited

    return split_blocks(read_delimited(data, name, progress))


def fits(cells: pd.Series[str], form: str) -> NDArray[np.bool_]:
    """Where the whole cell has the form of a regular expression (RE2)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: NDArray[np.bool_] = pc.match_substring_regex(pa.array(cells), rf"^(?:{form})$").to_numpy(
        zero_copy_only=False
    )
    return found


def text_series(cells: Any) -> pd.Series[str]:
    """Cells as a column of text."""
    import pandas as pd

    return pd.Series(cells, dtype="str")
