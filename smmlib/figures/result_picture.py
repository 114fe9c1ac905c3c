"""The page of a result as one picture of an A4 sheet, upright."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from smmlib.figures.chart import Chart
from smmlib.figures.lettering import drawable
from smmlib.figures.palette import BLUE, INK, QUIET, RULE
from smmlib.figures.result_words import PageWords, Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT, _MARGIN = 8.27, 11.69, 0.62  # inches of the sheet
_INSIDE = _WIDTH - 2 * _MARGIN
_LINE = 0.98 * _INSIDE  # of words; fitted to dots they are a little wider than measured
_ROW, _LOW_ROW, _GAP = 0.235, 0.175, 0.16  # inches: of few variants, of more than `_FEW`
_LEADING = 1.42  # of a line, in its size
_ROWS, _FEW = 14, 7  # of the table, as many as charts show
_BETWEEN = 0.16  # inches between columns
_EDGE = 0.02  # share of a chart's width left of its words
_SMALLEST = 0.55  # scale below which a chart cannot be read

_TITLE, _HEADLINE, _TEXT, _CELL, _TERM = 18.0, 12.5, 10.0, 9.0, 7.8  # points
_MOST = {_TITLE: 2, _HEADLINE: 3, _TEXT: 12, _TERM: 3}  # lines


class _Sheet:
    """A sheet that is written from the top down."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.y = _MARGIN  # inches from the top

    def write(self, lines: Sequence[str], size: float, **style: Any) -> None:
        """Lines below each other."""
        for line in lines:
            self.text(_MARGIN, self.y, line, size, va="top", **style)
            self.y += size * _LEADING / 72

    def text(self, x: float, y: float, text: str, size: float, **style: Any) -> None:
        """Words at a place in inches from the left and the top."""
        plain: Any = {"color": INK, "parse_math": False, **style}
        self.figure.text(x / _WIDTH, 1 - y / _HEIGHT, text, fontsize=size, **plain)

    def rule(self, y: float, colour: str) -> None:
        """A line across the page."""
        from matplotlib.lines import Line2D

        ends = [_MARGIN / _WIDTH, 1 - _MARGIN / _WIDTH]
        level = [1 - y / _HEIGHT] * 2
        self.figure.add_artist(Line2D(ends, level, color=colour, linewidth=0.7))

    def picture(self, chart: Chart, scale: float, dpi: float) -> None:
        """A chart, drawn anew for the dots of the page."""
        import numpy as np
        from PIL import Image

        with Image.open(io.BytesIO(chart.png(paper=True, dpi=dpi * scale))) as opened:
            dots = np.asarray(opened.convert("RGB"))
        bottom = (_HEIGHT - self.y) * dpi - dots.shape[0]
        left = _MARGIN * dpi - _EDGE * dots.shape[1]  # so that its words stand below the other words
        self.figure.figimage(dots, round(left), round(bottom), origin="upper")
        self.y += dots.shape[0] / dpi


def page_png(words: PageWords, charts: Sequence[Chart], dpi: float) -> bytes:
    """The sheet as PNG. Of more than fourteen variants the first are in the table.

    Args:
        words: What stands on it.
        charts: The main chart, then more; those there is no room for are left out.
        dpi: Dots per inch.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, _HEIGHT), dpi=dpi, facecolor="white")
    FigureCanvasAgg(figure)
    sheet = _Sheet(figure)
    sheet.write(_wrapped(words.title, _TITLE, bold=True), _TITLE, fontweight="bold")
    sheet.y += 0.03
    sheet.write(_wrapped(words.headline, _HEADLINE, bold=True), _HEADLINE, fontweight="bold", color=BLUE)
    sheet.y += 0.08
    sheet.write(_wrapped(words.verdict, _TEXT), _TEXT)
    foot = [line for name, text in words.terms for line in _wrapped(f"{name}: {text}", _TERM)]
    foot_height = (len(foot) + 1) * _TERM * _LEADING / 72 + _GAP
    table_height = _row(words.table) * (min(len(words.table), _ROWS + 1) + 0.6)
    room = _HEIGHT - _MARGIN - foot_height - table_height - 2 * _GAP - sheet.y
    fitting, scale = _fitting(charts, room)
    for chart in fitting:
        sheet.y += _GAP
        sheet.picture(chart, scale, dpi)
    sheet.y += _GAP
    _write_table(sheet, words.table)
    sheet.y = _HEIGHT - _MARGIN - foot_height
    sheet.rule(sheet.y, RULE)
    sheet.y += _GAP / 2
    sheet.write([*foot, drawable(words.made)], _TERM, color=QUIET)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi, facecolor="white")
    return buffer.getvalue()


def _fitting(charts: Sequence[Chart], room: float) -> tuple[Sequence[Chart], float]:
    """The first charts that can still be read below each other, and their scale."""
    for count in range(len(charts), 0, -1):
        sizes = [chart.figure.get_size_inches() for chart in charts[:count]]
        tall = max(room - _GAP * count, 0.5) / sum(float(height) for _, height in sizes)
        scale = min(tall, *(_INSIDE / float(width) for width, _ in sizes))
        if scale >= _SMALLEST or count == 1:
            return charts[:count], scale
    return (), 1.0


def _row(table: Table) -> float:
    return _ROW if len(table) - 1 <= _FEW else _LOW_ROW


def _write_table(sheet: _Sheet, table: Table) -> None:
    """Columns as wide as their words, ending at the right edge; the names have what is left."""
    table = table[: _ROWS + 1]
    cell = _CELL if len(table) - 1 <= _FEW else _CELL - 1
    sizes = [cell - 1, *[cell] * (len(table) - 1)]  # the header is smaller
    widths = [
        max(_inches(text, size) for text, size in zip(column, sizes, strict=True)) + _BETWEEN
        for column in zip(*table, strict=True)
    ]
    row_height = _row(table)
    for place, (row, size) in enumerate(zip(table, sizes, strict=True)):
        style: Any = {"va": "center", "color": QUIET if place == 0 else INK}
        middle = sheet.y + row_height / 2
        right = _WIDTH - _MARGIN
        for width, text in zip(widths[:0:-1], row[:0:-1], strict=True):
            sheet.text(right, middle, drawable(text), size, ha="right", **style)
            right -= width
        sheet.text(_MARGIN, middle, _cut(row[0], size, right - _MARGIN), size, **style)
        sheet.y += row_height
        sheet.rule(sheet.y, QUIET if place == 0 else RULE)


def _cut(text: str, size: float, width: float) -> str:
    """As much of `text` as fits into so many inches."""
    shown = drawable(text, 80)
    length = len(shown)
    while length > 2 and _inches(shown, size) > width:
        length -= 1
        shown = drawable(text, length)
    return shown


def _wrapped(text: str, size: float, *, bold: bool = False) -> list[str]:
    """`text` in lines as wide as the page, an ellipsis where there would be too many."""
    lines = [""]
    for word in drawable(text, 3000).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _inches(longer, size, bold=bold) <= _LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    most = _MOST[size]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(".,; ") + " …"]
    return [line if _inches(line, size, bold=bold) <= _LINE else _cut(line, size, _LINE) for line in lines]


def _inches(text: str, size: float, *, bold: bool = False) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72
