"""A grid of cells that takes a table pasted from a spreadsheet: only the browser sees the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets as t


class Grid(anywidget.AnyWidget):
    """Rows of cells. Enter and the arrow keys move, a pasted table fills the cells from the cursor on.

    A pasted table whose first row holds the headings of the grid is read by them.

    Attributes:
        columns: One mapping a column: field, label, kind ("text", "amount", "day", "choice", or "shown"
            for what cannot be typed), width (pixels), hint, help, fresh (what a new row begins with), options
            (pairs of value and label).
        rows: One mapping a row: id ("" for a new one) and cells (field to text).
        problems: What is wrong: row (index), field (or ""), text, look ("bad" or "warn").
        words: What the buttons say: add, remove, hint.
        fixed: Whether rows cannot be added or removed.
    """

    _esm = Path(__file__).with_name("grid.js")

    columns: t.List[dict[str, Any]] = t.List().tag(sync=True)
    rows: t.List[dict[str, Any]] = t.List().tag(sync=True)
    problems: t.List[dict[str, Any]] = t.List().tag(sync=True)
    words: t.Dict[str, str] = t.Dict().tag(sync=True)
    fixed = t.Bool(False).tag(sync=True)
