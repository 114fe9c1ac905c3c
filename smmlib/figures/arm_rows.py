"""Rows of a chart with one row per variant: names on the left, figures on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from smmlib.figures.lettering import drawable
from smmlib.figures.palette import INK, QUIET, RULE, quiet
from smmlib.figures.scales import decimals
from smmlib.language import Language, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

MOST = 14  # variants shown
WIDTH = 7.4  # inches

_TOP, _ROW, _BOTTOM = 0.62, 0.40, 0.50  # inches above, per row, below
_LEFT, _AXES, _RIGHT = 0.02, (0.345, 0.315), 0.68  # shares of the width
_LONGEST = 31  # letters of a name
MINUS = "−"


class ArmRows:
    """Axes whose height follows the number of variants, with words to both sides of each row.

    Args:
        figure: An empty figure.
    """

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        self._figure = figure
        self.ax: Axes = figure.add_axes((_AXES[0], 0.2, _AXES[1], 0.6))
        quiet(self.ax, grid="x")
        self.ax.spines["left"].set_visible(False)
        self.ax.spines["bottom"].set_color(RULE)
        self.ax.yaxis.set_visible(False)
        self._texts: list[tuple[Text, Text, Text]] = []
        self._count = 0
        self.resize(2)

    def resize(self, count: int) -> None:
        """Make room for `count` rows; row 0 is the highest."""
        if count == self._count:
            return
        self._count = count
        height = _TOP + _ROW * count + _BOTTOM
        self._figure.set_size_inches(WIDTH, height)
        self.ax.set_position((_AXES[0], _BOTTOM / height, _AXES[1], _ROW * count / height))
        self.ax.set_ylim(count - 0.5, -0.5)

    def write(self, rows: Sequence[tuple[str, str, str]], strong: int) -> None:
        """Write the words of each row: name, the line below it, figures; row `strong` stands out."""
        while len(self._texts) < len(rows):
            self._texts.append(self._new_texts(len(self._texts)))
        for i, texts in enumerate(self._texts):
            for words in texts:
                words.set_visible(i < len(rows))
        for i, (texts, row) in enumerate(zip(self._texts, rows, strict=False)):
            texts[0].set(
                text=drawable(row[0], _LONGEST - 3 * (i == strong)),
                fontweight="bold" if i == strong else "normal",
            )
            texts[1].set_text(drawable(row[1], 60))
            texts[2].set(text=row[2], fontweight="bold" if i == strong else "normal")

    def scale(self, low: float, high: float, language: Language, *, sign: bool, unit: str) -> None:
        """Round ticks from `low` to `high`, the unit in words below them."""
        from matplotlib.ticker import MaxNLocator

        span = high - low or 1.0
        low, high = low - 0.06 * span, high + 0.06 * span
        ticks = [t for t in MaxNLocator(nbins=4, min_n_ticks=2).tick_values(low, high) if low <= t <= high]
        step = ticks[1] - ticks[0] if len(ticks) > 1 else 1.0
        labels = [
            signed(t, language, decimals(step)) if sign else number(t, language, decimals(step))
            for t in ticks
        ]
        self.ax.set_xticks(ticks, labels=labels)
        self.ax.set_xlim(low, high)
        self.ax.set_xlabel(unit, loc="left")

    def _new_texts(self, row: int) -> tuple[Text, Text, Text]:
        across = self.ax.get_yaxis_transform()
        left = (_LEFT - _AXES[0]) / _AXES[1]
        right = (_RIGHT - _AXES[0]) / _AXES[1]
        plain: Any = {"transform": across, "parse_math": False}
        return (
            self.ax.text(left, row - 0.05, "", color=INK, fontsize=9.5, va="bottom", **plain),
            self.ax.text(left, row + 0.02, "", color=QUIET, fontsize=8, va="top", **plain),
            self.ax.text(right, row, "", color=INK, fontsize=9, va="center", **plain),
        )


def signed(value: float, language: Language, places: int) -> str:
    """A number with its sign; the minus is a real one."""
    shown = number(abs(value), language, places)
    nothing = number(0, language, places)
    return shown if shown == nothing else ("+" if value > 0 else MINUS) + shown
